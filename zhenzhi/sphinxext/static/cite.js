// Citations: fills in the address from which the book is read, copies and saves a citation.
(() => {
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  if (location.protocol.startsWith("http")) {
    for (const gap of document.querySelectorAll(".zz-site")) gap.textContent = root;
  }

  const textOf = (button) => button.closest("dt").nextElementSibling.textContent.trim() + "\n";

  const copy = async (button) => {
    const pre = button.closest("dt").nextElementSibling.firstElementChild;
    try {
      await navigator.clipboard.writeText(textOf(button).trim());
    } catch {
      // Without the right to write to the clipboard the text is selected, ready to be copied by hand.
      getSelection().selectAllChildren(pre);
      return;
    }
    button.classList.add("zz-done");
    setTimeout(() => button.classList.remove("zz-done"), 1500);
  };

  const save = (button) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([textOf(button)], { type: "text/plain;charset=utf-8" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".zz-cite button");
    if (button) (button.classList.contains("zz-copy") ? copy : save)(button);
  });
})();
