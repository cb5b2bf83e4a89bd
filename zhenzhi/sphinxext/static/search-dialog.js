// The search box that Ctrl-K opens: the first results stand below it while the reader types; Enter leads to the search page.
// The engine and the entries are loaded when the box is first used.
(() => {
  "use strict";

  const dialog = document.querySelector("#pst-search-dialog");
  const box = dialog?.querySelector("input[type=search]");
  if (!box) return;
  const root = document.documentElement.dataset.content_root || "./";
  const { scripts, searching } = JSON.parse(document.querySelector(".search-button-field").dataset.search);

  const SHOWN = 6; // results
  const WAIT = 150; // milliseconds after a key

  const bring = (name) => new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: `${root}_static/${name}`, onload: done, onerror: failed });
    document.head.append(script);
  });

  let loading = null;
  const load = () => loading ||= (globalThis.zzSearch ? Promise.resolve()
    : scripts.reduce((before, name) => before.then(() => bring(name)), Promise.resolve())).then(() => zzSearch.ready);

  const status = Object.assign(document.createElement("p"), { id: "zz-search-now" });
  status.setAttribute("role", "status");
  const list = document.createElement("ol");
  const shown = document.createElement("div");
  shown.className = "zz-search zz-search-now";
  shown.append(status, list);
  dialog.append(shown);

  const search = async () => {
    const query = box.value.trim();
    list.replaceChildren();
    status.textContent = query ? searching : "";
    if (!query) return;
    await load();
    if (box.value.trim() !== query) return; // another came meanwhile
    const found = zzSearch.find(query);
    const all = document.createElement("a");
    all.href = `${root}search.html?q=${encodeURIComponent(query)}`;
    all.append(...zzResults.told(query, found.results.length, found));
    status.replaceChildren(all);
    list.replaceChildren(...found.results.slice(0, SHOWN).map((result) => zzResults.item(result, null, root)));
  };

  let waiting;
  box.addEventListener("focus", load, { once: true });
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, WAIT);
  });
})();
