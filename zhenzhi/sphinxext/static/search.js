// Finds entries of the book: zzSearch.find(query) gives them in order, once zzSearch.ready is. Needs MiniSearch and zzSearchData; touches no page.
globalThis.zzSearch = (() => {
  "use strict";

  const HAN = /\p{Script=Han}/u;
  const WORDS = /\p{Script=Han}+|\d+(?:[.,]\d+)*|\p{L}+/gu;

  // One form for full-width and half-width signs, capitals, and pinyin with and without its tone marks.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").normalize("NFC").toLowerCase();

  // A name as it stands, whatever its spaces.
  const whole = (text) => plain(text).replace(/\s+/g, "");

  // grids and grid, policies and policy.
  const singular = (word) => (word.length > 4 && word.endsWith("ies") ? word.slice(0, -3) + "y"
    : word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word);

  const pairs = (signs) => signs.slice(1).map((sign, at) => signs[at] + sign);

  const split = (text, ofHan) => (plain(text).match(WORDS) || []).flatMap((word) => {
    if (HAN.test(word)) return ofHan([...word]);
    return /\d/.test(word) ? [word.replaceAll(",", "")] : [singular(word)];
  });

  // An entry holds each character and each pair of characters; a query asks for pairs, or for a character that stands alone.
  const wordsOf = (text) => split(text, (signs) => [...signs, ...pairs(signs)]);
  const wordsAsked = (text) => split(text, (signs) => (signs.length > 1 ? pairs(signs) : signs));

  const { pages, places, entries } = globalThis.zzSearchData;

  const about = (own) => [...new Set(own.flatMap((place) => [place, places[place][2]]))];

  const documents = entries.map(([kind, page, anchor, title, own, names, text], id) => ({
    id, kind, title, names, text,
    address: pages[page][0] + (anchor && `#${anchor}`),
    page: pages[page][1],
    part: pages[page][2],
    places: about(own).map((place) => places[place].slice(0, 2)),
  }));

  const named = new Map();
  for (const { id, names } of documents) {
    for (const key of new Set(names.map(whole))) named.set(key, [...(named.get(key) || []), id]);
  }

  const engine = new MiniSearch({
    fields: ["names", "title", "where", "text"],
    extractField: (entry, field) => (field === "where" ? `${entry.page} ${entry.places.flat().join(" ")}`
      : field === "names" ? entry.names.join(" | ") : entry[field]),
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: wordsAsked,
      boost: { names: 4, title: 3, where: 1.5 },
      prefix: (term) => /^[a-z]{3,}$/.test(term),
    },
  });
  // In pieces, so that the page answers meanwhile.
  const ready = engine.addAllAsync(documents, { chunkSize: 12 });

  // First what bears the very name, then what has all the words, by rank. Where nothing has them all, what has some of them,
  // also with a letter mistaken. `complete` tells which.
  const find = (query) => {
    const first = named.get(whole(query)) || [];
    let ranked = engine.search(query, { combineWith: "AND" });
    const complete = first.length + ranked.length > 0;
    if (!complete) ranked = engine.search(query, { fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false) });
    const ids = new Set([...first, ...ranked.map((result) => result.id)]);
    return { results: [...ids].map((id) => documents[id]), complete };
  };

  return { find, ready };
})();
