// The search page: shows what zzSearch finds while the reader types, and keeps the query in the address.
(() => {
  "use strict";

  const root = document.querySelector(".zz-search");
  if (!root) return;
  const box = root.querySelector("#zz-query");
  const status = root.querySelector("#zz-search-status");
  const list = root.querySelector("#zz-search-results");
  const words = JSON.parse(root.dataset.words);

  const SHOWN = 20; // results at first, and more at each press of the button
  const QUOTED = 160; // characters of a quotation
  const WAIT = 150; // milliseconds after a key

  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  const isChinese = document.documentElement.lang.startsWith("zh");

  // Chinese on a page of another language is marked as such, so that it is spoken and set as Chinese.
  const marked = (text) => (isChinese ? [text] : text.split(/([\p{Script=Han}、，。；：《》“”（）]*\p{Script=Han}[\p{Script=Han}、，。；：《》“”（）]*)/u)
    .filter(Boolean).map((piece) => {
      if (!/\p{Script=Han}/u.test(piece)) return piece;
      const span = element("span", "", piece);
      span.lang = "zh";
      return span;
    }));

  // The text with what was asked for in <mark>.
  const highlighted = (text, asked) => (asked ? text.split(asked) : [text])
    .flatMap((piece, at) => (at % 2 ? [element("mark", "", ...marked(piece))] : marked(piece)));

  const pattern = (query) => {
    const pieces = query.normalize("NFKC").match(/\p{Script=Han}+|[\d.,]*\d|\p{L}{2,}/gu) || [];
    const safe = pieces.sort((a, b) => b.length - a.length).map((piece) => piece.replaceAll(".", "\\."));
    return safe.length ? new RegExp(`(${safe.join("|")})`, "giu") : null;
  };

  const quotation = (text, asked) => {
    const at = asked ? text.search(asked) : -1;
    // At a space; Chinese has none.
    const from = at > QUOTED / 2 ? text.indexOf(" ", at - QUOTED / 2) + 1 : 0;
    const start = at > QUOTED / 2 && (from > at || from === 0) ? at - 20 : from;
    const quoted = text.slice(start, start + QUOTED);
    return (start ? "… " : "") + quoted + (start + QUOTED < text.length ? " …" : "");
  };

  const shown = (result, asked) => {
    const link = element("a", "", ...marked(result.title));
    link.href = result.address;
    const isPage = result.page === result.title;
    const page = [result.part, isPage ? "" : result.page].filter(Boolean).join(" › ");
    const towns = result.places.map((names) => element("span", "zz-search-town", ...marked(names.join(" "))));
    const where = [[words[result.kind]], marked(page), ...towns.map((town) => [town])].filter((part) => part.length);
    const line = element("p", "zz-search-where", ...where.flatMap((part, at) => (at ? [" · ", ...part] : part)));
    const item = element("li", "", element("p", "zz-search-title", link), line);
    if (result.text) item.append(element("p", "zz-search-quote", ...highlighted(quotation(result.text, asked), asked)));
    return item;
  };

  const append = (results, asked, from) => {
    list.append(...results.slice(from, from + SHOWN).map((result) => shown(result, asked)));
    const rest = results.length - from - SHOWN;
    if (rest <= 0) return;
    const more = element("button", "btn btn-sm zz-search-more", fill(words.more, { count: Math.min(rest, SHOWN) }));
    more.type = "button";
    more.addEventListener("click", () => {
      more.remove();
      append(results, asked, from + SHOWN);
      list.children[from + SHOWN].querySelector("a").focus();
    });
    list.after(more);
  };

  const search = () => {
    const query = box.value.trim();
    root.querySelector(".zz-search-more")?.remove();
    list.replaceChildren();
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!query) {
      status.replaceChildren();
      return;
    }
    const { results, complete, instead } = zzSearch.find(query);
    const count = results.length;
    const key = !count ? "none" : !complete ? "found-some" : instead ? "found-instead" : count === 1 ? "found-one" : "found";
    status.replaceChildren(...marked(fill(words[key], { count, query, instead })));
    append(results, pattern(instead || query), 0);
  };

  let waiting;
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    zzSearch.ready.then(search);
  });
  box.value = new URLSearchParams(location.search).get("q") || "";
  box.focus();
  if (box.value) status.textContent = words.searching;
  zzSearch.ready.then(() => {
    search();
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, WAIT);
    });
  });
})();
