// Shows the state of a panel that its lists choose. Sentences stand in a table, pictures in a template or beside the page.
for (const panel of document.querySelectorAll(".zz-panel")) {
  const controls = [...panel.querySelectorAll(".zz-controls select, .zz-controls input")];
  const shown = panel.querySelector(".zz-panel-state"), states = panel.querySelector(".zz-panel-states");
  const [picture, sentence] = shown.children;
  const template = panel.querySelector("template");
  const first = picture.firstElementChild;
  const rows = states.querySelectorAll("tbody tr");
  let pictures = null;

  const chosen = () => controls.reduce((number, one) => one.type === "range"
    ? number * (+one.max + 1) + +one.value : number * one.length + one.selectedIndex, 0);

  const show = async () => {
    sentence.textContent = rows[chosen()].lastElementChild.textContent;
    picture.setAttribute("aria-label", sentence.textContent);
    if (template.dataset.held) await zzBeside.fill(panel);
    pictures ||= [first, ...template.content.children];
    picture.replaceChildren(pictures[chosen()]);
  };

  // A panel keeps the height that it has reached: what stands below does not jump under a reader who goes through the states.
  const choose = () => {
    shown.style.minHeight = `${shown.offsetHeight}px`;
    show();
  };

  for (const one of controls) one.addEventListener("input", choose);
  // A browser that comes back to the page may remember what was chosen.
  if (chosen()) show();
  states.open = false;
  states.classList.add("zz-ready");
}
