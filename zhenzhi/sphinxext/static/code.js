// One switch a page opens the code behind every figure, and closes it again.
(() => {
  const button = document.querySelector(".zz-code-switch");
  button?.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", shown);
    for (const fold of document.querySelectorAll("details.zz-code")) {
      fold.open = shown;
      const menu = fold.closest(".zz-menu");
      if (menu) menu.open = shown;
    }
  });
})();
