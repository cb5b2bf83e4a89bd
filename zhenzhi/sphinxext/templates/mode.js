// The colours that the reader chose, or those of the system, before anything is drawn.
(() => {
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const mode = stored("mode") || "auto";
  const dark = mode === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : mode === "dark";
  Object.assign(document.documentElement.dataset, { mode, theme: dark ? "dark" : "light" });
})();
