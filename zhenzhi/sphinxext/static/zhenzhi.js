// Opens the card of a figure or a term when it is hovered, focused or tapped, and closes it again.
(() => {
  const GAP = 6;
  const sheet = matchMedia("(max-width: 640px)"); // the style sets it at the foot of the screen
  let open = null;
  let wanted = null;
  let timer = 0;

  // Below the link where it fits, or else on the side that has more room, and no higher than that: it is scrolled inside.
  const place = (card, anchor) => {
    card.style.left = card.style.top = card.style.maxHeight = "";
    if (sheet.matches) return;
    const box = anchor.getClientRects()[0];
    const room = document.documentElement.clientWidth;
    const below = innerHeight - box.bottom - 2 * GAP;
    const above = box.top - 2 * GAP;
    const isBelow = card.offsetHeight <= below || below >= above;
    card.style.maxHeight = `${Math.max(0, Math.floor(isBelow ? below : above))}px`;
    card.style.left = `${Math.max(GAP, Math.min(box.left, room - card.offsetWidth - GAP))}px`;
    card.style.top = `${isBelow ? box.bottom + GAP : box.top - card.offsetHeight - GAP}px`;
  };

  const hide = () => {
    clearTimeout(timer);
    wanted = null;
    if (!open) return;
    open.card.hidePopover();
    open.anchor.classList.remove("zz-open");
    open = null;
  };

  // The card of a link; the first time it comes from beside the page.
  const cardFor = async (anchor) => {
    const name = anchor.dataset.card;
    const held = await globalThis.zzBeside.load();
    if (!document.getElementById(name) && held[name]) {
      document.querySelector(".zz-cards").insertAdjacentHTML("beforeend", held[name]);
    }
    const card = document.getElementById(name);
    if (card) anchor.setAttribute("aria-describedby", `${name}-brief`);
    return card;
  };

  const show = async (anchor) => {
    clearTimeout(timer);
    if (open && open.anchor === anchor) return;
    hide();
    wanted = anchor;
    const card = await cardFor(anchor);
    if (!card || wanted !== anchor) return;
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
    else if ((open || wanted) && document.activeElement !== open?.anchor) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const anchor = linkOf(event);
    if (anchor) {
      if (anchor.matches(":focus-visible")) show(anchor);
      else cardFor(anchor); // for who is read the description
    } else if (!cardOf(event)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // A first tap opens the card; a second one follows the link, as does the link in the card.
  document.addEventListener("click", (event) => {
    const anchor = linkOf(event);
    if (!anchor) {
      if (!cardOf(event) || event.target.closest(".zz-card-close")) hide();
      return;
    }
    const touched = event.pointerType && event.pointerType !== "mouse";
    if (touched && !(open && open.anchor === anchor)) {
      event.preventDefault();
      show(anchor);
    }
  });
  addEventListener("scroll", () => {
    if (!open) return;
    const box = open.anchor.getClientRects()[0];
    if (!sheet.matches && (!box || box.bottom < 0 || box.top > innerHeight)) hide();
    else place(open.card, open.anchor);
  }, { passive: true });
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

// Unfolds for print what a reader of paper cannot unfold.
(() => {
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(":is(.zz-caveats, .zz-folded):not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of unfolded) fold.open = false;
  });
})();
