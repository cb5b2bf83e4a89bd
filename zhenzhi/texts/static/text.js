// Draws a text with marks in it. Offsets count code points, as Python does; a text is an array of them.
globalThis.zzText = (() => {
  // As Python's bytes.decode("utf-8"): what is no UTF-8 throws, line ends stay, a byte-order mark is a character.
  const decode = (bytes) => Array.from(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));

  // Without white space, as Python's re takes it.
  const squeeze = (characters) => characters.join("").replace(/[^\S\ufeff]|[\x1c-\x1f\x85]/g, "");

  // As it is shown: lines end in one way, of blank lines one, and nothing that a browser would obey is left.
  const shown = (characters) => characters.join("")
    .replace(/\r\n?/g, "\n").replace(/\n(?:[^\S\n]*\n){2,}/g, "\n\n").replace(/\p{Cf}/gu, "").replace(/[^\P{Cc}\n\t]|\p{Cs}|\p{Co}/gu, "\ufffd");

  // Fills a box with a text, each span (start, end) in the element that `make` returns for it, all as text and never as HTML.
  // Returns the spans that have no place: beyond the text, or on characters of a span before.
  const draw = (box, characters, spans, make) => {
    const drawn = document.createDocumentFragment();
    const homeless = [];
    let at = 0;
    const upTo = (end) => {
      const piece = shown(characters.slice(at, end));
      at = end;
      return piece;
    };
    for (const span of [...spans].sort((one, other) => one.start - other.start)) {
      if (!(at <= span.start && span.start < span.end && span.end <= characters.length)) {
        homeless.push(span);
        continue;
      }
      drawn.append(upTo(span.start));
      const mark = make(span);
      mark.append(upTo(span.end));
      drawn.append(mark);
    }
    drawn.append(upTo(characters.length));
    box.replaceChildren(drawn);
    return homeless;
  };

  // Makes a mark the current one and brings it into view within its box; the page stays where it is.
  const reveal = (box, mark) => {
    for (const other of box.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    mark.setAttribute("aria-current", "true");
    const own = mark.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (own.top >= frame.top && own.bottom <= frame.bottom) return;
    box.scrollTo({ top: box.scrollTop + own.top - frame.top - frame.height / 3, behavior: "instant" });
  };

  return { decode, squeeze, draw, reveal };
})();
