// Finds entries of the book: zzSearch.find(query) gives them in order, once zzSearch.ready is. Needs MiniSearch and zzSearchData; touches no page.
globalThis.zzSearch = (() => {
  "use strict";

  const HAN = /\p{Script=Han}/u;
  const WORDS = /\p{Script=Han}+|\d+(?:[.,]\d+)*|\p{L}+/gu;
  const FIGURES = 3; // figures that come before other entries, where no figure is asked for

  const { pages, places, entries, traditional, asks, empty, synonyms } = globalThis.zzSearchData;

  const simple = new Map([...traditional[0]].map((sign, at) => [sign, [...traditional[1]][at]]));

  // One form for full-width and half-width signs, capitals, pinyin with and without its tone marks, traditional characters.
  const plain = (text) => [...text.normalize("NFKD").replace(/\p{M}+/gu, "").normalize("NFC").toLowerCase()]
    .map((sign) => simple.get(sign) || sign).join("");

  // A name as it stands, whatever its spaces; the tone of a syllable may stand behind it as a number.
  const whole = (text) => plain(text).replace(/\s+/g, "");
  const toneless = (text) => text.replace(/([a-zü]{1,6})[1-5](?![0-9])/g, "$1");

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

  // The words of the book in letters, and how often it has them.
  const vocabulary = new Map();

  const engine = new MiniSearch({
    fields: ["names", "title", "where", "text"],
    extractField: (entry, field) => (field === "where" ? `${entry.page} ${entry.places.flat().join(" ")}`
      : field === "names" ? entry.names.join(" | ") : entry[field]),
    tokenize: (text) => {
      const words = wordsOf(text);
      for (const word of words) if (/^[a-z]+$/.test(word)) vocabulary.set(word, (vocabulary.get(word) || 0) + 1);
      return words;
    },
    processTerm: (term) => term,
    searchOptions: {
      tokenize: wordsAsked,
      boost: { names: 4, title: 3, where: 1.5 },
      prefix: (term) => /^[a-z]{3,}$/.test(term),
    },
  });
  // In pieces, so that the page answers meanwhile.
  const ready = engine.addAllAsync(documents, { chunkSize: 12 });

  // Slips between two words: a letter more, less, another, or two exchanged; counted up to `most`.
  const slips = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [older, last] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      [older, last] = [last, row];
    }
    return last[other.length];
  };

  const isKnown = (word) => vocabulary.has(word) || (word.length > 2 && [...vocabulary.keys()].some((own) => own.startsWith(word)));

  // The word of the book that was meant; nothing where none is near.
  const nearest = (word) => {
    const most = word.length < 6 ? 1 : 2;
    let best = null;
    for (const [own, count] of vocabulary) {
      const distance = own[0] === word[0] || word.length > 4 ? slips(word, own, most) : most + 1;
      if (distance <= most && (!best || distance < best.distance || (distance === best.distance && count > best.count))) {
        best = { own, distance, count };
      }
    }
    return best?.own;
  };

  // The query with its words in letters exchanged by `change`; null where that changes none.
  const exchanged = (query, change) => {
    const made = query.replace(/[a-z]{3,}/gi, (word) => change(singular(plain(word))) || word);
    return made === query ? null : made;
  };

  const corrected = (query) => exchanged(query, (word) => (isKnown(word) ? null : nearest(word)));

  // The queries that say the same in words of this book.
  const inOurWords = (query) => Object.entries(synonyms).flatMap(([word, ours]) => {
    const pattern = HAN.test(word) ? new RegExp(word, "g") : new RegExp(`\\b${word}(?:s|es)?\\b`, "gi");
    return pattern.test(plain(query)) ? ours.map((own) => plain(query).replace(pattern, own)) : [];
  });

  const isAsked = (query) => asks.some((words) => plain(query).includes(words));

  // A question without the words that say nothing of what is looked for.
  const gist = (query) => {
    let rest = ` ${plain(query)} `;
    for (const word of [...asks, ...empty]) {
      rest = HAN.test(word) ? rest.replaceAll(word, " ") : rest.replace(new RegExp(`(?<=[^a-z])${word}(?=[^a-z])`, "g"), " ");
    }
    return WORDS.test(rest) ? rest.trim() : query;
  };

  const inName = (result) => Object.values(result.match).some((fields) => fields.includes("names") || fields.includes("title"));

  // First what bears the very name, then some figures, then what has all the words, by rank; where a number is asked for, figures first.
  const withAll = (query) => {
    const first = named.get(whole(query)) || [];
    const ranked = engine.search(gist(query), { combineWith: "AND" });
    const figures = ranked.filter((result) => documents[result.id].kind === "claim" && (isAsked(query) || inName(result)));
    const lifted = (isAsked(query) ? figures : figures.slice(0, FIGURES)).map((result) => result.id);
    return [...new Set([...first, ...lifted, ...ranked.map((result) => result.id)])];
  };

  // `complete` tells whether the results have all of the query; `instead`, which query they have all of where that is another.
  const find = (query) => {
    const tell = (ids, complete, instead = null) => ({ results: ids.map((id) => documents[id]), complete, instead });
    const ids = withAll(query);
    for (const other of inOurWords(query)) ids.push(...withAll(other).filter((id) => !ids.includes(id)));
    if (ids.length) return tell(ids, true);
    for (const other of [toneless(plain(query)), corrected(query)]) {
      const found = other && other !== plain(query) ? withAll(other) : [];
      if (found.length) return tell(found, true, other);
    }
    return tell(engine.search(gist(corrected(query) || query)).map((result) => result.id), false);
  };

  return { find, ready };
})();
