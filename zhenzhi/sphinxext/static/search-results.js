// How what zzSearch finds is told and set: for the search page and for the box that Ctrl-K opens.
globalThis.zzResults = (() => {
  "use strict";

  const { words } = globalThis.zzSearchData;
  const QUOTED = 160; // characters of a quotation
  const HAN = /\p{Script=Han}/u;
  const RUN = /([\p{Script=Han}、，。；：《》“”（）]*\p{Script=Han}[\p{Script=Han}、，。；：《》“”（）]*)/u;
  const isChinese = document.documentElement.lang.startsWith("zh");

  const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (_, name) => gaps[name]);

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  };

  // Chinese on a page of another language is marked as such, so that it is spoken and set as Chinese.
  const marked = (text) => (isChinese ? [text] : text.split(RUN).filter(Boolean).map((piece) => {
    if (!HAN.test(piece)) return piece;
    const span = element("span", "", piece);
    span.lang = "zh";
    return span;
  }));

  // What finds in a text the pieces of a query.
  const pattern = (query) => {
    const pieces = query.normalize("NFKC").match(/\p{Script=Han}+|[\d.,]*\d|\p{L}{2,}/gu) || [];
    const safe = pieces.sort((a, b) => b.length - a.length).map((piece) => piece.replaceAll(".", "\\."));
    return safe.length ? new RegExp(`(${safe.join("|")})`, "giu") : null;
  };

  // The text with what was asked for in <mark>.
  const highlighted = (text, asked) => (asked ? text.split(asked) : [text])
    .flatMap((piece, at) => (at % 2 ? [element("mark", "", ...marked(piece))] : marked(piece)));

  const quotation = (text, asked) => {
    const at = asked ? text.search(asked) : -1;
    // At a space; Chinese has none.
    const from = at > QUOTED / 2 ? text.indexOf(" ", at - QUOTED / 2) + 1 : 0;
    const start = at > QUOTED / 2 && (from > at || from === 0) ? at - 20 : from;
    const quoted = text.slice(start, start + QUOTED);
    return (start ? "… " : "") + quoted + (start + QUOTED < text.length ? " …" : "");
  };

  // A result as an item of a list: its title, where it stands, and what it says; `root` leads to the root of the book.
  const item = (result, asked, root = "") => {
    const link = element("a", "", ...marked(result.title));
    link.href = root + result.address;
    const isPage = result.page === result.title;
    const page = [result.part, isPage ? "" : result.page].filter(Boolean).join(" › ");
    const towns = result.places.map((names) => element("span", "zz-search-town", ...marked(names.join(" "))));
    const where = [[words[result.kind]], marked(page), ...towns.map((town) => [town])].filter((part) => part.length);
    const line = element("p", "zz-search-where", ...where.flatMap((part, at) => (at ? [" · ", ...part] : part)));
    const made = element("li", "", element("p", "zz-search-title", link), line);
    if (result.text && asked) made.append(element("p", "zz-search-quote", ...highlighted(quotation(result.text, asked), asked)));
    return made;
  };

  // What was found, in words: how many results, and of which query where that is another.
  const told = (query, count, { complete, instead }) => {
    const key = !count ? "none" : !complete ? "found-some" : instead ? "found-instead" : count === 1 ? "found-one" : "found";
    return marked(fill(words[key], { count, query, instead }));
  };

  return { words, isChinese, fill, element, pattern, item, told };
})();
