// What a page shows only when it is asked: zzBeside.load() fetches the file beside the page, zzBeside.fill(element) what it holds.
globalThis.zzBeside = (() => {
  const file = document.documentElement.dataset.beside;
  let loading = null;

  const load = () => loading ||= new Promise((done) => {
    if (globalThis.zzHeld || !file) {
      done(globalThis.zzHeld || {});
      return;
    }
    const script = document.createElement("script");
    script.src = file;
    script.onload = () => done(globalThis.zzHeld);
    script.onerror = () => {
      loading = null; // to be tried again
      done({});
    };
    document.head.append(script);
  });

  const fill = async (within) => {
    const waiting = [...within.querySelectorAll("[data-held]")];
    if (!waiting.length) return;
    const held = await load();
    for (const element of waiting) {
      const names = (element.dataset.held || "").split(" ");
      if (!names.every((name) => name in held)) continue;
      element.innerHTML = names.map((name) => held[name]).join("");
      element.removeAttribute("data-held");
      globalThis.zzFillCitations(element);
    }
  };

  // The event of a fold does not rise.
  document.addEventListener("toggle", (event) => event.target.open && fill(event.target), true);
  // At the first sign of a reader, so that it is there when a card is asked for.
  for (const sign of ["pointermove", "pointerdown", "keydown"]) addEventListener(sign, load, { once: true, passive: true });

  return { load, fill };
})();
