// Opens the card of a figure or a term when it is hovered, focused or tapped, and closes it again.
(() => {
  const GAP = 6;
  let open = null;
  let timer = 0;

  const place = (card, anchor) => {
    const box = anchor.getClientRects()[0];
    const width = card.offsetWidth;
    const height = card.offsetHeight;
    const room = document.documentElement.clientWidth;
    const left = Math.max(GAP, Math.min(box.left, room - width - GAP));
    const below = box.bottom + GAP;
    const top = below + height > innerHeight && box.top > height + GAP ? box.top - height - GAP : below;
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    if (!open) return;
    open.card.hidePopover();
    open.anchor.classList.remove("zz-open");
    open = null;
  };

  const show = (anchor) => {
    clearTimeout(timer);
    if (open && open.anchor === anchor) return;
    hide();
    const card = document.getElementById(anchor.dataset.card);
    if (!card) return;
    card.showPopover();
    place(card, anchor);
    anchor.classList.add("zz-open");
    open = { card, anchor };
  };

  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  };

  const linkOf = (event) => event.target.closest?.("a[data-card]");
  const cardOf = (event) => event.target.closest?.(".zz-card");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const anchor = linkOf(event);
    if (anchor) show(anchor);
    else if (cardOf(event)) clearTimeout(timer);
    else if (open && document.activeElement !== open.anchor) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const anchor = linkOf(event);
    if (anchor) {
      if (anchor.matches(":focus-visible")) show(anchor);
    } else if (!cardOf(event)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // A first tap opens the card; a second one follows the link, as does the link in the card.
  document.addEventListener("click", (event) => {
    const anchor = linkOf(event);
    if (!anchor) {
      if (!cardOf(event)) hide();
      return;
    }
    const touched = event.pointerType && event.pointerType !== "mouse";
    if (touched && !(open && open.anchor === anchor)) {
      event.preventDefault();
      show(anchor);
    }
  });
  addEventListener("scroll", () => open && place(open.card, open.anchor), { passive: true });
  addEventListener("resize", hide);
})();

// Opens the folded list that holds the target of a link.
(() => {
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let box = target?.closest("details:not([open])");
    if (!box) return;
    for (; box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
