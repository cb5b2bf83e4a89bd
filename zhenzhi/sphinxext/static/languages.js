// Keeps the place when the language is switched: the anchor, and what an explorer shows. Remembers what the reader chose.
for (const link of document.querySelectorAll("a.zz-language")) {
  const follow = () => {
    link.search = location.search;
    link.hash = location.hash;
  };
  for (const event of ["pointerenter", "touchstart", "focus", "click"]) link.addEventListener(event, follow);
  link.addEventListener("click", () => localStorage.setItem("zz-language", link.dataset.language));
}
