// The search page: shows what zzSearch finds while the reader types, of one kind or place where one is chosen, and keeps the query
// and the choices in the address.
(() => {
  "use strict";

  const root = document.querySelector("article.zz-search");
  if (!root) return;
  const { words, isChinese, fill, element, pattern, item, told } = globalThis.zzResults;
  const box = root.querySelector("#zz-query");
  const status = root.querySelector("#zz-search-status");
  const list = root.querySelector("#zz-search-results");
  const persons = root.querySelector("#zz-search-persons");
  const facets = root.querySelector(".zz-search-facets");

  const SHOWN = 20; // results at first, and more at each press of the button
  const WAIT = 150; // milliseconds after a key

  // What can be chosen: the list, what a result has of it, the words for a value, and the value that is chosen.
  const kind = { list: root.querySelector("#zz-search-kind"), of: (result) => [result.kind], name: (value) => words[value], value: "" };
  const place = {
    list: root.querySelector("#zz-search-place"),
    of: (result) => result.places.map((names) => names[0]),
    name: (value, names) => (isChinese ? names.get(value) : `${value} ${names.get(value)}`),
    value: "",
  };
  const choices = { kind, place };

  // Of the results those with the value of a choice; all where none is made.
  const chosen = (results, { of, value }) => (value ? results.filter((result) => of(result).includes(value)) : results);

  // Fills the list of a choice with what the results have, each value with their number.
  const offer = (choice, results, names) => {
    const counts = new Map();
    for (const value of results.flatMap(choice.of)) counts.set(value, (counts.get(value) || 0) + 1);
    const option = (value, text) => Object.assign(element("option", "", text), { value });
    const options = [...counts].sort((one, other) => other[1] - one[1])
      .map(([value, count]) => option(value, fill(words["facet-option"], { name: choice.name(value, names), count })));
    choice.list.replaceChildren(option("", fill(words["facet-all"], { count: results.length })), ...options);
    choice.list.value = choice.value;
  };

  // What is left of the results by the choices; a choice that leaves nothing is given up.
  const choose = (results) => {
    for (const choice of [kind, place]) if (!chosen(results, choice).length) choice.value = "";
    if (!chosen(chosen(results, kind), place).length) place.value = "";
    const names = new Map(results.flatMap((result) => result.places));
    offer(kind, chosen(results, place), names);
    offer(place, chosen(results, kind), names);
    facets.hidden = results.length < 2;
    return chosen(chosen(results, kind), place);
  };

  const append = (results, asked, from) => {
    list.append(...results.slice(from, from + SHOWN).map((result) => item(result, asked)));
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

  const keep = (query) => {
    const address = new URL(location.href);
    for (const [name, value] of [["q", query], ["kind", kind.value], ["place", place.value]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  };

  const search = () => {
    const query = box.value.trim();
    root.querySelector(".zz-search-more")?.remove();
    list.replaceChildren();
    const found = query ? zzSearch.find(query) : { results: [] };
    const left = choose(found.results);
    keep(query);
    persons.hidden = !query || found.complete; // who looks for a person finds nobody, or others
    status.replaceChildren(...(query ? told(query, left.length, found) : []));
    append(left, pattern(found.instead || query), 0);
  };

  let waiting;
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    zzSearch.ready.then(search);
  });
  const asked = new URLSearchParams(location.search);
  box.value = asked.get("q") || "";
  for (const [name, choice] of Object.entries(choices)) {
    choice.value = asked.get(name) || "";
    choice.list.addEventListener("change", () => {
      choice.value = choice.list.value;
      search();
    });
  }
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
