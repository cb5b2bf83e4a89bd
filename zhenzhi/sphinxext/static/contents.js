// Marks in the contents of the page the section that is being read: the last one whose heading stands above a third of the window.
(() => {
  const links = [...document.querySelectorAll(".page-toc a[href^='#']")];
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (!links.length) return;

  let waiting = false;
  const mark = () => {
    waiting = false;
    const read = sections.findLastIndex((section) => section && section.getBoundingClientRect().top < innerHeight / 3);
    links.forEach((link, number) => {
      link.classList.toggle("active", number === read);
      if (number === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  // After the theme, which marks a heading only while it passes.
  const soon = () => {
    if (!waiting) setTimeout(mark, 60);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  soon();
})();

// The theme draws a button to the top of the page and leaves it to others to make it work.
document.querySelector("#pst-back-to-top")?.addEventListener("click", () => scrollTo(0, 0));
