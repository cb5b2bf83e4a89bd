// Reviews the proposed rows of a document: shows the text with its rows marked in it, one row in a form, and sends decisions.
(() => {
  const $ = (id) => document.getElementById(id);

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  // The cells in the form: of a claim, of a numeral that is none, and those that are seldom filled.
  const OF_CLAIM = ["claim_id", "indicator_id", "label_zh", "label_en", "place_id", "kind", "status", "rung", "value", "value_high",
    "unit", "qualifier", "period_start", "period_end", "comparison", "comparison_zh", "repeats", "model_id"];
  const SELDOM = ["note_en", "note_zh", "differs_en", "differs_zh", "reads_en", "reads_zh"];
  const OF_NUMERAL = ["reason", "reads_en", "reads_zh"];
  const CHOSEN = ["kind", "status", "rung", "qualifier", "reason"];
  const OF_INDICATOR = ["name_zh", "name_en", "definition_zh", "definition", "unit", "topic"];
  const NAMED = ["indicator_id", "place_id", "unit", "repeats", "model_id"];

  // How often it is looked whether the data were changed elsewhere, in milliseconds.
  const BEAT = 3000;

  let characters = [];
  let state = null;
  let current = null; // the start of the row in the form
  let entered = {}; // cells that differ in the form from the file
  let described = {}; // cells of the indicator that the row is the first to have
  let faults = []; // what was wrong with the last decision on the row
  const marks = new Map();

  const rowOf = (start) => state.rows.find((row) => row.cells.start === start);
  const isDone = (row) => row.cells.reviewed === "true";
  const inOrder = () => ($("order").value === "unsure" ? state.rows
    : [...state.rows].sort((one, other) => one.cells.start - other.cells.start));
  const cell = (column) => entered[column] ?? rowOf(current).cells[column];
  const isDirty = () => Object.keys(entered).length > 0 || Object.keys(described).length > 0;

  // Whether the row in the form names an indicator that there is not yet.
  const isNew = () => cell("proposed") === "claim" && Boolean(cell("indicator_id")) && Boolean(state.vocabulary.indicator_id)
    && !Object.hasOwn(state.vocabulary.indicator_id, cell("indicator_id"));
  // What the row says already stands in the description of its new indicator too, until something else is written there.
  const cellOfIndicator = (column) => described[column] ?? {
    name_zh: cell("label_zh"), name_en: cell("label_en").replace(/^./, (first) => first.toUpperCase()), unit: cell("unit"),
  }[column] ?? "";
  // The new indicator, once something is said of it: a name that is only mistyped is told as one.
  const indicator = () => (isNew() && Object.keys(described).length
    ? Object.fromEntries(OF_INDICATOR.map((column) => [column, cellOfIndicator(column)])) : null);

  const tell = (lines, isWrong = false) => {
    $("told").replaceChildren(...lines.map((line) => make("p", {}, line)));
    $("told").classList.toggle("wrong", isWrong);
  };

  // Asks the server; what it cannot do is told.
  const ask = async (name, body) => {
    const options = body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    };
    let response;
    try {
      response = await fetch(name, options);
    } catch {
      tell(["The command has ended or does not answer; nothing is written. Start it again."], true);
      return null;
    }
    const content = response.headers.get("Content-Type").startsWith("application/json") ? await response.json() : null;
    if (response.ok) return content;
    tell([content?.error ?? `The command refuses this: ${response.status} ${response.statusText}`], true);
    return null;
  };

  // The text

  const kindOf = (row) => `${row.cells.proposed === "claim" ? "claim" : "numeral"} ${isDone(row) ? "done" : "waits"}`
    + (row.problems.length ? " wrong" : "");

  const drawText = () => {
    marks.clear();
    const spans = [
      ...state.rows.map((row) => ({ start: Number(row.cells.start), end: Number(row.cells.end), row })),
      ...state.claims.map((claim) => ({ start: Number(claim.start), end: Number(claim.end), title: `${claim.claim_id}: ${claim.label}` })),
      ...state.numerals.map(({ start, end, reason }) => ({ start, end, title: `no claim: ${reason}` })),
      ...state.uncovered.map(([start, end]) => ({ start, end, title: "in no row", isBare: true })),
    ];
    zzText.draw($("text"), characters, spans, ({ row, title, isBare }) => {
      if (!row) return make("span", { class: isBare ? "bare" : "coded", title });
      const told = `${kindOf(row)}${row.cells.kind && `, ${row.cells.kind}`}`;
      const mark = make("a", { class: `zz-mark ${kindOf(row)}`, href: `#${row.cells.start}`, title: told });
      marks.set(row.cells.start, mark);
      return mark;
    });
    const done = state.rows.filter(isDone).length;
    $("progress").max = state.rows.length || 1;
    $("progress").value = done;
    $("count").textContent = `${done} of ${state.rows.length} reviewed`;
  };

  // The form

  const faultsOf = (column) => [...faults, ...rowOf(current).problems].filter((fault) => fault.column === column);

  const field = (column) => {
    const value = cell(column);
    const id = `cell-${column}`;
    const own = faultsOf(column);
    const common = {
      id, "data-column": column, "aria-invalid": own.length ? "true" : null, "aria-describedby": own.length ? `fault-${column}` : null,
      onchange: (event) => enter({ [column]: event.target.value }), autocomplete: "off",
    };
    let control;
    const words = state.vocabulary[column];
    if (CHOSEN.includes(column) && words) {
      const known = words.includes(value) ? words : [value, ...words];
      control = make("select", common, ...(value ? [""] : []).map(() => make("option", { value: "" })),
        ...known.filter(Boolean).map((word) => make("option", { value: word, selected: word === value }, word)));
    } else {
      const list = NAMED.includes(column) && words ? `list-${column}` : null;
      control = make("input", { ...common, value, list, lang: column.endsWith("_zh") ? "zh-CN" : null });
    }
    return make("div", { class: own.length ? "field wrong" : "field" }, make("label", { for: id }, column), control,
      NAMED.includes(column) ? make("small", {}) : null,
      ...(own.length ? [make("p", { class: "fault", id: `fault-${column}` }, own.map((fault) => fault.text).join("; "))] : []));
  };

  // A field of the new indicator: its column is that of indicators.csv, so that a row that names one has two of unit.
  const fieldOfIndicator = (column) => {
    const id = `cell-new-${column}`;
    const own = faultsOf(`new-${column}`);
    const common = {
      id, "data-new": column, "aria-invalid": own.length ? "true" : null, "aria-describedby": own.length ? `fault-new-${column}` : null,
      onchange: (event) => { described[column] = event.target.value.trim(); refresh(); }, autocomplete: "off",
    };
    const control = column === "topic"
      ? make("select", common, ...["", ...(state.vocabulary.topic ?? [])].map((word) => make("option", { value: word }, word)))
      : make("input", { ...common, list: column === "unit" ? "list-unit" : null, lang: column.endsWith("_zh") ? "zh-CN" : null });
    return make("div", { class: own.length ? "field wrong" : "field" }, make("label", { for: id }, column), control,
      ...(own.length ? [make("p", { class: "fault", id: `fault-new-${column}` }, own.map((fault) => fault.text).join("; "))] : []));
  };

  // Cells that follow from an indicator, where they are empty or followed from the one before.
  const following = (indicator) => {
    const known = state.vocabulary.of_indicator ?? {};
    const before = known[cell("indicator_id")] ?? {};
    const follows = Object.entries(known[indicator] ?? {});
    return Object.fromEntries(follows.filter(([column]) => !cell(column) || cell(column) === before[column]));
  };

  const enter = (cells) => {
    const row = rowOf(current);
    const all = "indicator_id" in cells ? { ...following(cells.indicator_id), ...cells } : cells;
    for (const [column, value] of Object.entries(all)) {
      if (value.trim() === row.cells[column]) delete entered[column];
      else entered[column] = value.trim();
    }
    if ("proposed" in cells) drawRow();
    else refresh();
  };

  // Brings the form up to what is entered, in place: a button that is being pressed stays.
  const refresh = () => {
    const row = rowOf(current);
    const span = [Number(cell("start")), Number(cell("end"))];
    $("row").querySelector("h2").textContent = zzText.squeeze(characters.slice(...span)) || "…";
    $("span").textContent = `characters ${span[0]} to ${span[1]}`;
    for (const control of $("row").querySelectorAll("[data-column]")) {
      const { column } = control.dataset;
      const value = cell(column);
      if (control.value !== value) control.value = value;
      const box = control.parentElement;
      box.classList.toggle("entered", column in entered);
      box.classList.toggle("empty", row.empty.includes(column) && !value);
      const is = box.querySelector("small");
      if (is) is.textContent = state.vocabulary[column]?.[value] ?? "";
    }
    const box = $("indicator");
    if (!box) return;
    box.hidden = !isNew();
    box.firstElementChild.textContent = `New indicator ${cell("indicator_id")}`;
    for (const control of box.querySelectorAll("[data-new]")) {
      const value = cellOfIndicator(control.dataset.new);
      if (control.value !== value) control.value = value;
      control.parentElement.classList.toggle("entered", control.dataset.new in described);
      control.parentElement.classList.toggle("empty", !box.hidden && !value);
    }
  };

  const moveEnd = (column, by) => {
    const ends = { start: Number(cell("start")), end: Number(cell("end")) };
    ends[column] += by;
    if (0 <= ends.start && ends.start < ends.end && ends.end <= characters.length) enter({ [column]: String(ends[column]) });
  };

  const drawRow = () => {
    const row = rowOf(current);
    if (!row) {
      const all = state.rows.length;
      $("row").replaceChildren(make("p", {}, all ? "Choose a row in the text." : "No row of this document waits for review."));
      return;
    }
    const { cells, suggestions } = row;
    const isClaim = cell("proposed") === "claim";
    const button = (name, key, act, title = "") => make("button", { type: "button", onclick: act, title, "data-key": key }, name,
      key ? make("kbd", { "aria-hidden": "true" }, key) : null);
    const edge = (column, by, key, name) => button(name, key, () => moveEnd(column, by), `${column} ${by > 0 ? "later" : "earlier"}`);
    const general = [...faults, ...row.problems].filter((fault) => !(isClaim ? [...OF_CLAIM, ...SELDOM, ...OF_INDICATOR.map((column) => `new-${column}`)] : OF_NUMERAL)
      .includes(fault.column));
    const lists = NAMED.map((column) => make("datalist", { id: `list-${column}` },
      ...Object.entries(state.vocabulary[column] ?? {}).map(([name, told]) => make("option", { value: name }, told))));
    $("row").replaceChildren(...[
      make("h2", { lang: "zh-CN" }),
      make("p", { class: "about" }, make("span", { id: "span" }), `; proposed as ${cells.proposed}`,
        cells.rule ? `, by the rule ${cells.rule}, sure to ${cells.confidence || 0}` : "",
        isDone(row) ? "; reviewed" : "; waits for review"),
      ...general.map((fault) => make("p", { class: "fault" }, fault.column ? `${fault.column}: ${fault.text}` : fault.text)),
      make("div", { class: "buttons" },
        button("Accept", "a", accept), isDone(row) ? button("Take back", "u", reopen) : null, button("Save", "s", save),
        edge("start", -1, "[", "begin ⇤"), edge("start", 1, "{", "begin ⇥"), edge("end", -1, "}", "end ⇤"), edge("end", 1, "]", "end ⇥")),
      make("fieldset", { class: "reasons" }, make("legend", {}, "No claim, because it is a"),
        ...(state.vocabulary.reason ?? []).map((reason, at) => {
          const key = String((at + 1) % 10);
          const made = button(reason, key, () => decline(reason));
          if (!isClaim && cell("reason") === reason) made.setAttribute("aria-pressed", "true");
          return made;
        })),
      suggestions.length ? make("ul", { class: "suggestions" }, ...suggestions.map((one, at) =>
        make("li", {}, button(one.text, at ? "" : "l", () => enter(one.cells))))) : null,
      isClaim ? null : make("p", {}, button("It is a claim", "c", () => enter({ proposed: "claim", claim_id: cells.claim_id || `${cells.document_id}-${cells.start}` }))),
      make("form", { onsubmit: (event) => event.preventDefault() },
        make("div", { class: "fields" }, ...(isClaim ? OF_CLAIM : OF_NUMERAL).map(field)),
        isClaim ? make("fieldset", { id: "indicator" }, make("legend", {}),
          make("div", { class: "fields" }, ...OF_INDICATOR.map(fieldOfIndicator))) : null,
        isClaim ? make("details", { open: SELDOM.some((column) => cell(column) || faultsOf(column).length) },
          make("summary", {}, "notes, and reasons where the row differs"), make("div", { class: "fields" }, ...SELDOM.map(field))) : null),
      ...lists,
    ].filter(Boolean));
    refresh();
  };

  const select = (start, isGiven = false) => {
    current = start;
    if (!isGiven) faults = [];
    entered = {};
    described = {};
    drawRow();
    const mark = marks.get(start);
    if (mark) zzText.reveal($("text"), mark);
    if (start && location.hash !== `#${start}`) history.replaceState(null, "", `#${start}`);
  };

  // Another row; what was entered and is not saved would be lost, and is told.
  const leaveFor = (start) => {
    if (start === undefined || start === current) return;
    if (isDirty()) {
      tell([`Not saved: ${[...Object.keys(entered), ...Object.keys(described)].join(", ")}. Save or accept first, or press Esc twice to drop it.`], true);
      return;
    }
    tell([]);
    select(start);
  };

  const step = (by) => {
    const order = inOrder();
    const at = order.findIndex((row) => row.cells.start === current);
    leaveFor(order[at + by]?.cells.start);
  };

  // The next row that waits, in the order that was chosen, from the current one on and then from the beginning.
  const waiting = () => {
    const order = inOrder();
    const at = order.findIndex((row) => row.cells.start === current);
    return [...order.slice(at + 1), ...order.slice(0, at + 1)].find((row) => !isDone(row))?.cells.start;
  };

  // Decisions

  let isAsking = false;

  const decide = async (cells) => {
    const row = rowOf(current);
    if (!row || isAsking) return;
    isAsking = true;
    const answer = await ask("decide", { seen: row.cells, cells: { ...entered, ...cells }, indicator: indicator() });
    isAsking = false;
    if (!answer) return;
    if (current !== row.cells.start) {  // another row was opened while the answer was on its way
      if (answer.state) show(answer.state);
      const refused = answer.problems && [`Not written: ${row.cells.as_written}, ${row.cells.start}.`, ...answer.problems.map((fault) => fault.text)];
      tell(refused ?? answer.told, Boolean(answer.problems || answer.changed));
      return;
    }
    if (answer.problems) {
      faults = answer.problems;
      entered = { ...entered, ...cells };
      delete entered.reviewed;
      drawRow();
      tell(["Not written: the row would break the contract.",
        ...faults.filter((fault) => !$(`cell-${fault.column}`)).map((fault) => fault.text)], true);
      document.querySelector(".field.wrong :is(input, select)")?.focus();
      return;
    }
    const start = answer.written ? (cells.start ?? entered.start ?? current) : current;
    const lost = answer.changed ? Object.entries({ ...entered, ...described }).map(([column, value]) => `You had entered ${column}: ${value}`) : [];
    show(answer.state);
    const isOver = answer.written && { ...entered, ...cells }.reviewed === "true";
    entered = {};
    current = start;
    const next = isOver ? waiting() : start;
    select(rowOf(next ?? start) ? next ?? start : state.rows[0]?.cells.start);
    $("row").focus({ preventScroll: true });
    const last = isOver && next === undefined
      ? [`All rows are reviewed. python -m zhenzhi accept ${document.body.dataset.document} moves them.`] : [];
    tell([...answer.told, ...lost, ...last, ...state.problems], Boolean(answer.changed));
  };

  const accept = () => decide({ reviewed: "true" });
  const save = () => decide({});
  const reopen = () => decide({ reviewed: "" });
  const decline = (reason) => {
    if (isNew()) {
      delete entered.indicator_id;
      described = {};
    }
    decide({ proposed: "numeral", reason, reviewed: "true" });
  };

  const cover = async () => {
    const answer = await ask("cover", {});
    if (!answer) return;
    show(answer.state);
    tell(answer.told);
    select(rowOf(current) ? current : waiting());
  };

  // The state

  const show = (fresh) => {
    state = fresh;
    drawText();
    $("bare").hidden = !state.uncovered.length;
    $("bare").firstElementChild.textContent = `Numerals of the text that are in no row: ${state.uncovered.length}.`;
    if (state.problems.length) tell(state.problems, true);
  };

  // Whether the tables were written elsewhere: they are shown as they stand now, but for a form with something entered.
  const look = async () => {
    if (document.hidden || isAsking || !state) return;
    const stamp = await ask("stamp");
    if (stamp === null || stamp === state.stamp) return;
    const fresh = await ask("state");
    if (!fresh || isAsking) return;
    const before = JSON.stringify(rowOf(current)?.cells);
    show(fresh);
    const row = rowOf(current);
    const isSame = row && JSON.stringify(row.cells) === before;
    if (!isSame || !isDirty()) {
      const lost = isDirty() ? [`You had entered ${JSON.stringify({ ...entered, ...described })}.`] : [];
      select(row ? current : waiting() ?? state.rows[0]?.cells.start);
      tell(["The data were changed elsewhere; this is how they stand now.", ...lost, ...state.problems], lost.length > 0);
    } else {
      const mark = marks.get(current);
      if (mark) zzText.reveal($("text"), mark);
      tell(["The data were changed elsewhere, and this row was not.", ...state.problems]);
    }
  };

  const ACTS = {
    a: accept, s: save, u: reopen, j: () => step(1), k: () => step(-1), n: () => leaveFor(waiting()),
    e: () => (document.querySelector(".field.wrong :is(input, select)") ?? document.querySelector(".field.empty :is(input, select)")
      ?? document.querySelector(".field :is(input, select)"))?.focus(),
    l: () => document.querySelector(".suggestions button")?.click(),
    c: () => document.querySelector("button[data-key=c]")?.click(),
    "[": () => moveEnd("start", -1), "{": () => moveEnd("start", 1), "}": () => moveEnd("end", -1), "]": () => moveEnd("end", 1),
  };

  document.addEventListener("keydown", (event) => {
    const isField = event.target.closest("input:not([type=checkbox]), select");
    if (event.key === "Escape") {
      if (isField) $("row").focus({ preventScroll: true });
      else if (isDirty()) select(current);
      return;
    }
    if (isField && event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      isField.blur(); // so that what stands in it is entered
      accept();
      return;
    }
    if (isField || !$("keys").checked || event.ctrlKey || event.altKey || event.metaKey || !rowOf(current)) return;
    const reason = /^\d$/.test(event.key) && state.vocabulary.reason?.[(Number(event.key) + 9) % 10];
    const act = reason ? () => decline(reason) : Object.hasOwn(ACTS, event.key) && ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener("hashchange", () => {
    const start = location.hash.slice(1);
    if (start !== current && rowOf(start)) leaveFor(start);
    if (start !== current && current) history.replaceState(null, "", `#${current}`);
  });
  addEventListener("beforeunload", (event) => isDirty() && event.preventDefault());
  addEventListener("focus", look);
  $("bare").querySelector("button").addEventListener("click", cover);
  $("order").addEventListener("change", () => $("row").focus({ preventScroll: true }));

  (async () => {
    const own = await ask("text");
    const first = own && await ask("state");
    if (!first) return;
    characters = Array.from(own.text);
    document.body.dataset.document = own.id;
    document.title = `Review ${own.id}`;
    $("title").textContent = `${own.id} ${own.title}`;
    show(first);
    const asked = location.hash.slice(1);
    select(rowOf(asked) ? asked : waiting() ?? state.rows[0]?.cells.start);
    $("row").focus({ preventScroll: true });
    setInterval(look, BEAT);
  })();
})();
