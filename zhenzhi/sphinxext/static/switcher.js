// Offers the page in the other versions of the book, and says where a newer one exists, or that this is none of them.
(() => {
  const own = document.querySelector(".zz-version");
  if (!own || !globalThis.zhenzhiReleased) return;
  const { page, opening } = own.dataset;
  const words = JSON.parse(own.dataset.words);
  const between = globalThis.zhenzhiBetweenReleases;
  const version = between ? null : own.dataset.version;
  // Pages of another language stand in a folder of their version.
  const up = "../".repeat(opening.split("/").length);
  const site = new URL(up, new URL(document.documentElement.dataset.content_root || "./", location.href));

  const fill = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // The anchor goes along. A page that is not there is left for the opening of the book, in the same language if it has it.
  const link = (release, text) => {
    const there = release.pages.includes(page);
    const anchor = document.createElement("a");
    anchor.textContent = text;
    const start = release.pages.includes(opening) ? opening : "index.html";
    anchor.href = new URL(`${release.version}/${there ? page : start}`, site).href;
    if (there) {
      const follow = () => { anchor.hash = location.hash; };
      follow();
      addEventListener("hashchange", follow);
    }
    return anchor;
  };

  const entry = (release, newest) => {
    const item = document.createElement("li");
    const name = release.version === newest ? fill("version-newest", release) : release.version;
    if (release.version === version) {
      item.textContent = fill("version-this", { version: name });
      item.setAttribute("aria-current", "true");
    } else if (release.pages.includes(page)) {
      item.append(link(release, name));
    } else {
      item.append(link(release, fill("version-missing", { version: name })));
    }
    return item;
  };

  const offer = ({ newest, versions }) => {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = between ? words["version-between"] : own.textContent;
    const list = document.createElement("ul");
    list.append(...versions.map((release) => entry(release, newest)));
    details.append(summary, list);
    own.replaceChildren(details);

    if (newest === version) return;
    const latest = versions.find((release) => release.version === newest);
    const there = latest.pages.includes(page);
    const note = document.createElement("p");
    note.className = "zz-newer";
    note.setAttribute("role", "note");
    const told = between ? "version-not-released" : "version-newer";
    note.append(link(latest, fill(there ? told : `${told}-missing`, { version, newest })));
    (document.querySelector(".bd-article, article") || document.body).prepend(note);
  };

  const script = document.createElement("script");
  script.src = new URL("versions.js", site).href;
  script.addEventListener("load", () => offer(globalThis.zhenzhiVersions));
  document.head.append(script);
})();
