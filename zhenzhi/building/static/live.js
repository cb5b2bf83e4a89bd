// Put into each page by the server of `make watch`: shows the page anew at its place when it was built again, and what is
// wrong with the book above it.
{
  const own = new URL(document.currentScript.src);
  const page = own.searchParams.get("page");
  const key = `zz-live-place:${page}`;

  // The element of the text nearest above the top of the window, and how far above; what is folded out.
  const place = () => {
    const named = [...document.querySelectorAll("article [id]")].filter((element) => element.offsetParent);
    const top = (element) => element.getBoundingClientRect().top;
    const near = named.filter((element) => top(element) <= 1).pop();
    const open = [...document.querySelectorAll("details")].map((element) => element.open);
    return near ? { id: near.id, by: top(near), open } : { y: scrollY, open };
  };

  const goBack = () => {
    const kept = sessionStorage.getItem(key);
    if (!kept) return;
    sessionStorage.removeItem(key);
    const { id, by, y, open } = JSON.parse(kept);
    const folds = document.querySelectorAll("details");
    if (folds.length === open.length) folds.forEach((element, number) => { element.open = open[number]; });
    const element = id && document.getElementById(id);
    scrollTo({ top: element ? scrollY + element.getBoundingClientRect().top - by : y, behavior: "instant" });
  };

  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/-live/live.css";
  document.head.append(sheet);

  const box = document.createElement("div");
  box.id = "zz-live-fault";
  box.setAttribute("role", "alert");
  box.hidden = true;
  const show = (fault) => {
    box.hidden = !fault;
    box.textContent = fault;
  };
  document.body.prepend(box);

  const events = new EventSource(`/-live/events?page=${encodeURIComponent(page)}`);
  events.onmessage = (event) => {
    const { at, fault } = JSON.parse(event.data);
    show(fault);
    if (at <= Number(own.searchParams.get("at"))) return;
    events.close();
    sessionStorage.setItem(key, JSON.stringify(place()));
    location.reload();
  };

  history.scrollRestoration = "manual";
  goBack();
  addEventListener("load", goBack);
}
