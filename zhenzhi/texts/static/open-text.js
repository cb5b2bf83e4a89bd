// Read beside the document: a reader who has the file chooses it; the page checks it, sends nothing, and shows each claim in
// its place, linked both ways. The text stays in this tab, so that the next page need not be given it again.
(() => {
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const fill = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (gap, name) => words[name] ?? gap);

  const root = document.documentElement;
  const number = (value) => value.toLocaleString(root.lang, { useGrouping: root.lang.startsWith("en") });

  // The digest in hexadecimal digits; nothing where the browser works out none, as on a page that comes over plain http.
  const sha256 = async (bytes) => {
    if (!globalThis.crypto?.subtle) return null;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // What is wrong with a file that was chosen: one of the words, and what fills its gaps. Otherwise its characters.
  const judged = async (bytes, { document: own, claims }) => {
    let characters;
    try {
      characters = zzText.decode(bytes);
    } catch {
      return { wrong: "wrong-encoding" };
    }
    const lengths = { found: number(characters.length), expected: number(own.characters) };
    if (characters.length !== own.characters) return { wrong: "wrong-length", words: lengths };
    const found = await sha256(bytes);
    if (found && found !== own.sha256) return { wrong: "wrong-sha256", words: { found, expected: own.sha256 } };
    for (const [, start, end, expected] of claims) {
      const words = { found: zzText.squeeze(characters.slice(start, end)), expected };
      if (words.found !== expected) return { wrong: "wrong-words", words };
    }
    return { characters, checked: Boolean(found) };
  };

  let close = () => {};

  const begin = (fold) => {
    const key = `zz-text-${fold.dataset.sha256}`;
    let building = null;

    const build = async () => {
      const data = (await zzBeside.load())[fold.id];
      if (!data) {
        building = null; // what lies beside the page did not come; to be tried again
        return;
      }
      const { words } = data;
      const status = fold.querySelector("[role=status]");
      const input = make("input", { type: "file", accept: ".txt,.md,text/plain" });
      status.before(make("label", { class: "zz-text-choose" }, words.choose, input));

      const tell = (word, gaps = {}) => {
        status.textContent = fill(words[word], gaps);
        status.classList.toggle("zz-text-wrong", word.startsWith("wrong"));
      };

      const take = async (name, bytes) => {
        close();
        const { wrong, words: gaps, characters, checked } = await judged(bytes, data);
        if (wrong) {
          tell(wrong, { name, ...gaps });
          return false;
        }
        show(fold, data, characters, status, () => {
          sessionStorage.removeItem(key);
          input.value = "";
          status.textContent = "";
          fold.append(status);
        });
        tell(checked ? "right" : "unchecked", { count: number(data.claims.length) });
        return true;
      };

      input.addEventListener("change", async () => {
        const [file] = input.files;
        if (!file) return;
        // Four bytes are the most that a character takes: what cannot be the text is not read.
        if (file.size < data.document.characters || file.size > 4 * data.document.characters) {
          close();
          tell("wrong-bytes", { name: file.name, found: number(file.size), expected: number(data.document.characters) });
          return;
        }
        const bytes = await file.arrayBuffer();
        if (!await take(file.name, bytes)) return;
        try {
          sessionStorage.setItem(key, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
        } catch { /* full: the text is shown all the same */ }
      });

      const kept = sessionStorage.getItem(key);
      if (kept === null || !await take("", new TextEncoder().encode(kept))) return;
      // The records are narrower now, and the one that the address names has moved.
      document.querySelector(":target")?.scrollIntoView({ behavior: "instant" });
    };

    fold.addEventListener("toggle", () => fold.open && (building ||= build()));
    if (sessionStorage.getItem(key) !== null) building = build();
  };

  // Opens the text beside the records, with what was told of the file above it; `forget` is called when it is closed.
  const show = (fold, { claims, numerals, reasons, words }, characters, status, forget) => {
    close();
    const marks = new Map();
    const records = new Map(claims.map(([name]) => [`claim-${name}`, document.getElementById(`claim-${name}`)]));
    const text = make("div", { class: "zz-text", lang: "zh-CN", tabindex: "0", role: "group", "aria-label": words.region });
    const out = make("button", { type: "button", class: "zz-dock-close", "aria-label": words.close, title: words.close }, "×");
    const others = make("input", { type: "checkbox" });
    const dock = make("section", { class: "zz-dock", "aria-label": words.region },
      make("div", { class: "zz-dock-head" }, status, out, make("label", {}, others, words.numerals)), text);

    const markOf = ({ name, reason }) => {
      if (reason) return make("span", { class: "zz-numeral", title: reasons[reason] });
      const head = records.get(name)?.querySelector(".zz-record-head");
      const told = head && [...head.childNodes].slice(0, 2).map((node) => node.textContent).join("").trim();
      const mark = make("a", { class: "zz-mark", href: `#${name}`, title: told });
      marks.set(name, mark);
      return mark;
    };
    const spans = claims.map(([name, start, end]) => ({ name: `claim-${name}`, start, end }));
    const more = numerals.map(([start, end, reason]) => ({ start, end, reason }));
    const draw = () => {
      zzText.draw(text, characters, others.checked ? [...spans, ...more] : spans, markOf);
      follow();
    };

    // The record that the address names, its place in the text.
    const follow = () => {
      const mark = marks.get(decodeURIComponent(location.hash.slice(1)));
      if (mark) zzText.reveal(text, mark);
    };
    const buttons = [...records].filter(([, record]) => record).map(([name, record]) => {
      const button = make("button", { type: "button", class: "zz-to-text" }, words.mark);
      button.addEventListener("click", () => {
        zzText.reveal(text, marks.get(name));
        marks.get(name).focus({ preventScroll: true });
      });
      record.querySelector(".zz-record-head").append(" ", button);
      return button;
    });

    close = () => {
      close = () => {};
      removeEventListener("hashchange", follow);
      for (const button of buttons) button.remove();
      dock.remove();
      root.classList.remove("zz-text-open");
      forget();
    };
    out.addEventListener("click", () => {
      close();
      fold.querySelector("summary").focus();
    });
    others.addEventListener("change", draw);
    addEventListener("hashchange", follow);

    root.classList.add("zz-text-open");
    fold.after(dock);
    draw();
  };

  for (const fold of document.querySelectorAll("details.zz-text-fold")) begin(fold);
})();
