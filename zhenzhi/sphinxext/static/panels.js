// Loads the widget runtime when a panel comes near, is reached by keyboard or is touched; until then its stand-in is shown.
(() => {
  const places = [...document.querySelectorAll(".zz-panel-place")];
  if (!places.length) return;

  // How far outside of the window a panel is near.
  const NEAR = "600px";

  const selects = (element) => [...element.querySelectorAll("select")];

  // The runtime takes the place of the stand-in, with what was chosen there and where the keyboard was.
  const take = (place) => {
    const standin = place.querySelector(".zz-standin");
    const old = selects(standin);
    const lists = selects(place).filter((list) => !old.includes(list));
    const held = old.indexOf(document.activeElement);
    standin.remove();
    place.classList.add("zz-live");
    lists.forEach((list, number) => {
      if (list.selectedIndex === old[number].selectedIndex) return;
      list.selectedIndex = old[number].selectedIndex;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
    lists[held]?.focus({ preventScroll: true });
  };

  const watch = (place) => {
    const drawn = () => place.querySelector(".widget-subarea .zz-panel .zz-sentence");
    const observer = new MutationObserver(() => {
      if (!drawn()) return;
      observer.disconnect();
      take(place);
    });
    observer.observe(place, { childList: true, subtree: true });
  };

  // The runtime checks its own schema when it starts and warns of it; a reader can do nothing about it.
  const warn = console.warn;
  const start = (address) => {
    const script = document.createElement("script");
    console.warn = (...words) => /^strict mode: .*\(strictTypes\)$/.test(words[0]) || warn.apply(console, words);
    script.onload = () => {
      console.warn = warn;
      // It waits for the page to load, which may have happened before.
      if (document.readyState === "complete") dispatchEvent(new Event("load"));
    };
    script.onerror = () => { console.warn = warn; };
    script.src = address;
    document.head.append(script);
  };

  let loading = false;
  const load = () => {
    if (loading) return;
    loading = true;
    near.disconnect();
    places.forEach(watch);
    start(places[0].dataset.runtime);
  };

  const near = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && load(),
    { rootMargin: NEAR },
  );
  for (const place of places) {
    near.observe(place);
    place.addEventListener("focusin", load, { once: true });
    place.addEventListener("pointerdown", load, { once: true });
  }
})();
