// Goes on to the page that this one stands for, with anchor and query; of several languages, to that which the reader chose in the
// book, or else to the first of the browser's that there is.
(() => {
  const chosen = () => { try { return localStorage.getItem("zz-language"); } catch { return null; } };
  const links = [...document.querySelectorAll("a")];
  const wanted = [chosen(), ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());
  const found = wanted.map((language) => links.find((link) => link.dataset.language === language)).find(Boolean);
  location.replace((found ?? links[0]).href + location.search + location.hash);
})();
