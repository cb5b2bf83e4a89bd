// Citations: fills in the address from which the book is read and the day, copies and saves a citation.
globalThis.zzFillCitations = (() => {
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  const two = (number) => String(number).padStart(2, "0");

  const fill = (within) => {
    if (location.protocol.startsWith("http")) {
      for (const gap of within.querySelectorAll(".zz-site")) gap.textContent = root;
    }
    const now = new Date();
    for (const gap of within.querySelectorAll(".zz-accessed")) {
      gap.textContent = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join(gap.dataset.sign);
    }
  };
  fill(document);

  const preOf = (button) => button.closest("dt").nextElementSibling.firstElementChild;

  const copy = async (button) => {
    const pre = preOf(button);
    try {
      await navigator.clipboard.writeText(pre.textContent);
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
    // The last line of a RIS record ends in a blank, which is part of it.
    link.href = URL.createObjectURL(new Blob([preOf(button).textContent, "\n"], { type: "text/plain;charset=utf-8" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".zz-cite button");
    if (button) (button.classList.contains("zz-copy") ? copy : save)(button);
  });

  return fill;
})();
