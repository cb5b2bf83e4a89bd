// The claims explorer: filters, searches and sorts the claims that stand as JSON in its element, and hands them out as CSV.
// It needs no kernel and no network, works from a file, and writes text only, never HTML.
(() => {
  "use strict";
  const FIRST = 30;
  const MORE = 200;
  const SEARCH = "q";
  const SORT = "sort";

  const normal = (text) => text.normalize("NFKC").toLowerCase();

  // An element with attributes and children; an attribute that is null or undefined is left out.
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // The text of each claim in which a search looks, normalised once.
  const haystacks = (data) => {
    const { table, names } = data;
    const figures = data.columns.find((column) => column.key === "figure").cells;
    return figures.map((figure, row) => {
      const own = data.searched.map((column) => table[column][row]);
      const named = Object.keys(names).map((column) => names[column][table[column][row]] ?? "");
      return normal([figure, ...own, ...named].join("\n"));
    });
  };

  // What each claim is sorted by: a number for each, null for a claim that always comes last.
  const ranks = (data, column) => {
    const facet = data.facets.find((each) => each.key === column.key);
    if (facet) return facet.of.map((positions) => positions[0]);
    const compare = new Intl.Collator(data.language, { numeric: true }).compare;
    const sorted = [...new Set(column.cells)].sort(compare);
    const place = new Map(sorted.map((text, rank) => [text, rank]));
    return column.cells.map((text) => place.get(text));
  };

  // All claims in the order of a column; claims that are equal stay in the order of the data.
  const ordered = (data, sort) => {
    const order = Array.from(data.table.claim_id, (_, row) => row);
    const column = data.columns.find((each) => each.key === sort.key);
    if (!column) return order;
    column.rank ??= ranks(data, column);
    const { rank } = column;
    const sign = sort.descending ? -1 : 1;
    return order.sort((a, b) => {
      if (rank[a] === null || rank[b] === null) return (rank[a] === null) - (rank[b] === null);
      return sign * (rank[a] - rank[b]);
    });
  };

  // The claims that fit the search and all filters, and for each facet how many claims each option would leave (the last
  // number: with no option chosen), given the search and the other filters. Runs at each key, hence the plain loops.
  const choose = (data, order, texts, state) => {
    const { facets } = data;
    const words = normal(state.query).split(/\s+/).filter(Boolean);
    const chosen = facets.map((facet) => facet.options.findIndex((option) => option.value === state.filters[facet.key]));
    const counts = facets.map((facet) => new Uint32Array(facet.options.length + 1));
    const count = (number, row) => {
      const own = counts[number];
      for (const position of facets[number].of[row]) own[position] += 1;
      own[own.length - 1] += 1;
    };
    const found = [];
    for (const row of order) {
      if (!words.every((word) => texts[row].includes(word))) continue;
      let against = 0;
      let last = -1;
      for (let number = 0; number < facets.length && against < 2; number += 1) {
        if (chosen[number] < 0 || facets[number].of[row].includes(chosen[number])) continue;
        against += 1;
        last = number;
      }
      if (against === 1) count(last, row);
      if (against > 0) continue;
      found.push(row);
      for (let number = 0; number < facets.length; number += 1) count(number, row);
    }
    return { found, counts };
  };

  // As spreadsheets read it: with a mark before UTF-8, and an apostrophe before a text that would be a formula.
  const csv = (data, rows) => {
    const neutral = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d,.]*%?$/.test(text) ? `'${text}` : text);
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const { columns, names } = data.file;
    const cells = columns.map((column) => data.table[column] ?? names[column]);
    const lines = rows.map((row) => cells.map((own) => quoted(neutral(own[row]))).join(","));
    return `\ufeff${[columns.join(","), ...lines, ""].join("\n")}`;
  };

  const download = (name, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  // The state as the part of an address after #, and back. The hash of a heading has no = and says nothing of the state.
  const written = (state) => {
    const entries = new URLSearchParams();
    if (state.query) entries.set(SEARCH, state.query);
    for (const [key, value] of Object.entries(state.filters)) entries.set(key, value);
    if (state.sort.key) entries.set(SORT, (state.sort.descending ? "-" : "") + state.sort.key);
    return entries.toString();
  };

  const read = (data, text) => {
    const entries = new URLSearchParams(text);
    const filters = {};
    for (const { key, options } of data.facets) {
      const value = entries.get(key);
      if (options.some((option) => option.value === value)) filters[key] = value;
    }
    const sort = entries.get(SORT) ?? "";
    const key = sort.replace(/^-/, "");
    const known = data.columns.some((column) => column.key === key);
    return {
      query: entries.get(SEARCH) ?? "",
      filters,
      sort: known ? { key, descending: sort.startsWith("-") } : { key: "", descending: false },
    };
  };

  const show = (root) => {
    const data = globalThis.zzHeld?.explorer || JSON.parse(root.querySelector("script").textContent);
    const { words, language } = data;
    const texts = haystacks(data);
    const number = (value) => value.toLocaleString(language, { useGrouping: language === "en" });
    const keepsAddress = root.hasAttribute("data-address");
    let state = read(data, "");
    let order = ordered(data, state.sort);
    let found = [];
    let shown = FIRST;
    let timer = 0;

    const search = make("input", { type: "search", placeholder: words.hint, autocomplete: "off", spellcheck: "false" });
    const lists = data.facets.map((facet) => {
      const list = make("select", {}, make("option", { value: "*" }));
      list.append(...facet.options.map((option) => make("option", { value: option.value })));
      return list;
    });
    const status = make("p", { role: "status", "aria-live": "polite", class: "zz-explorer-count" });
    const reset = make("button", { type: "button" }, words.reset);
    const save = make("button", { type: "button" }, words.csv);
    const more = make("button", { type: "button", class: "zz-explorer-more" });
    const none = make("p", { class: "zz-explorer-none" }, words.none);
    const heads = data.columns.map((column) => {
      const button = make("button", { type: "button" }, column.name);
      button.addEventListener("click", () => sortBy(column.key));
      return make("th", { scope: "col", role: "columnheader", "data-column": column.key }, button);
    });
    const headRow = make("tr", { role: "row", "data-sort": words.sort }, ...heads);
    const body = make("tbody", { role: "rowgroup" });
    // The roles keep it a table for a screen reader where a narrow screen sets its rows as cards.
    const table = make("table", { role: "table", "aria-label": words.table }, make("thead", { role: "rowgroup" }, headRow), body);

    const cellOf = (column, row) => {
      const facet = column.cells ? null : data.facets.find((each) => each.key === column.key);
      if (column.key === "document") return [data.table.claim_id && facet.options[facet.of[row][0]].value];
      if (facet) return [facet.options[facet.of[row][0]].name];
      const text = column.cells[row];
      const written = data.table.as_written[row];
      if (column.key === "figure") return written === text ? [text] : [text, make("small", { lang: "zh" }, written)];
      if (column.key !== "what") return [text];
      const link = data.links?.[row];
      const second = language === "zh" ? [] : [make("small", { lang: "zh" }, data.table.label_zh[row])];
      return [link ? make("a", { href: link }, text) : text, ...second, make("small", {}, make("code", {}, data.table.claim_id[row]))];
    };

    const rowOf = (row) => {
      const cells = data.columns.map((column, place) => {
        const attributes = place ? { role: "cell" } : { scope: "row", role: "rowheader" };
        const kind = column.key === "verdict" ? `zz-is-${data.table.verdict[row]}` : null;
        return make(place ? "td" : "th", { ...attributes, "data-column": column.key, "data-name": column.name, class: kind },
          ...cellOf(column, row));
      });
      return make("tr", { role: "row" }, ...cells);
    };

    const fill = () => {
      more.hidden = shown >= found.length;
      more.textContent = words.more.replace("{count}", number(Math.min(MORE, found.length - shown)));
    };

    const update = () => {
      const result = choose(data, order, texts, state);
      found = result.found;
      shown = FIRST;
      lists.forEach((list, each) => {
        const { key, options } = data.facets[each];
        const counts = result.counts[each];
        const chosen = state.filters[key] ?? "*";
        list.options[0].textContent = `${words.all} (${number(counts[options.length])})`;
        options.forEach((option, place) => {
          const item = list.options[place + 1];
          item.textContent = `${"\u2003".repeat(option.depth)}${option.name} (${number(counts[place])})`;
          item.disabled = counts[place] === 0 && option.value !== chosen;
        });
        list.value = chosen;
        list.classList.toggle("zz-chosen", chosen !== "*");
      });
      heads.forEach((head, place) => {
        const sorted = data.columns[place].key === state.sort.key;
        head.setAttribute("aria-sort", sorted ? (state.sort.descending ? "descending" : "ascending") : "none");
      });
      if (search.value !== state.query) search.value = state.query;
      const sentence = words.count.replace("{found}", number(found.length));
      status.textContent = sentence.replace("{all}", number(order.length));
      none.hidden = found.length > 0;
      table.hidden = !none.hidden;
      save.disabled = found.length === 0;
      body.replaceChildren(...found.slice(0, shown).map(rowOf));
      fill();
    };

    // The address follows after a pause: browsers allow only so many changes of it in a while.
    const changed = () => {
      update();
      if (!keepsAddress) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const hash = written(state);
        history.replaceState(null, "", location.href.split("#")[0] + (hash && `#${hash}`));
      }, 200);
    };

    const sortBy = (key) => {
      const { sort } = state;
      if (sort.key !== key) state.sort = { key, descending: false };
      else state.sort = sort.descending ? { key: "", descending: false } : { key, descending: true };
      order = ordered(data, state.sort);
      changed();
    };

    const follow = () => {
      const hash = location.hash.slice(1);
      if (hash && !hash.includes("=")) return;
      state = read(data, hash);
      order = ordered(data, state.sort);
      update();
    };

    search.addEventListener("input", () => {
      state.query = search.value;
      changed();
    });
    lists.forEach((list, each) => {
      list.addEventListener("change", () => {
        const { key } = data.facets[each];
        if (list.value === "*") delete state.filters[key];
        else state.filters[key] = list.value;
        changed();
      });
    });
    reset.addEventListener("click", () => {
      state = { ...state, query: "", filters: {} };
      changed();
      search.focus();
    });
    save.addEventListener("click", () => download("zhenzhi-claims.csv", csv(data, found)));
    more.addEventListener("click", () => {
      const next = found.slice(shown, shown + MORE).map(rowOf);
      shown += next.length;
      body.append(...next);
      fill();
      // The button may have gone; whoever uses the keyboard goes on at the first of the new rows.
      (next[0].querySelector("a") ?? more).focus({ preventScroll: true });
    });

    addEventListener("beforeprint", () => {
      body.append(...found.slice(shown).map(rowOf));
      shown = found.length;
      fill();
    });

    // A page of JupyterLab can hold several explorers, hence the random names.
    const labelled = (name, control) => {
      control.id = `zz-${Math.random().toString(36).slice(2)}`;
      return make("div", {}, make("label", { for: control.id }, name), control);
    };
    const filters = lists.map((list, each) => labelled(data.facets[each].name, list));
    root.replaceChildren(
      make("div", { class: "zz-explorer-search", role: "search" }, labelled(words.search, search)),
      make("div", { class: "zz-explorer-filters", role: "group", "aria-label": words.filters }, ...filters),
      make("div", { class: "zz-explorer-bar" }, status, reset, save),
      table, none, more,
    );
    update();
    // So that the first sort by a column of words need not wait for their order.
    setTimeout(() => data.columns.forEach((column) => (column.rank ??= ranks(data, column))), 500);
    if (keepsAddress) {
      addEventListener("hashchange", follow);
      follow();
    }
  };

  for (const root of document.querySelectorAll(".zz-explorer:not([data-shown])")) {
    root.setAttribute("data-shown", "");
    show(root);
  }
})();
