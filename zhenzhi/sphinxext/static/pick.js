// Sets two columns of the matrix side by side. The choice stands in the address, so that it can be shared.
for (const box of document.querySelectorAll(".zz-pick")) {
  const lists = [...box.querySelectorAll("select")], told = box.nextElementSibling;
  const table = document.querySelector("table.zz-matrix"), rows = [...table.rows];
  const names = ["first", "second"], asked = new URLSearchParams(location.search);
  names.forEach((name, n) => { lists[n].value = asked.get(name) ?? ""; if (lists[n].selectedIndex < 0) lists[n].value = ""; });

  const show = () => {
    const [first, second] = lists.map((list) => list.selectedIndex), chosen = first > 0 && second > 0 && first !== second;
    const counts = {both: 0, one: 0, other: 0};
    for (const row of rows) {
      const cells = [...row.cells];
      cells.forEach((cell, n) => { cell.hidden = chosen && n > 0 && n !== first && n !== second; });
      if (row.parentElement.tagName === "THEAD" || row.classList.contains("zz-matrix-group")) continue;
      const [here, there] = [first, second].map((n) => chosen && !cells[n].querySelector(".zz-blank-mark"));
      row.hidden = chosen && !here && !there;
      if (here && there) counts.both += 1; else if (here) counts.one += 1; else if (there) counts.other += 1;
    }
    for (const band of table.querySelectorAll(".zz-matrix-group")) {
      let next = band.nextElementSibling;
      while (next && next.hidden) next = next.nextElementSibling;
      band.hidden = chosen && (!next || next.classList.contains("zz-matrix-group"));
    }
    const words = {...counts, first: lists[0].selectedOptions[0].text, second: lists[1].selectedOptions[0].text};
    told.textContent = chosen ? box.dataset.told.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all) : "";
    const address = new URL(location.href);
    names.forEach((name, n) => chosen ? address.searchParams.set(name, lists[n].value) : address.searchParams.delete(name));
    try { history.replaceState(history.state, "", address); } catch { /* a page from the disk keeps its address */ }
  };

  for (const list of lists) list.addEventListener("change", show);
  if (lists.every((list) => list.value)) show();
}
