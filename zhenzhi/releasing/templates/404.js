// A host sends this page for any address that it does not have: finds where the page that was asked for stands now.
(() => {
  const asked = location.pathname.match(/^(.*?\/)(\d+\.\d+\.\d+|latest|dev)\/(.*)$/);
  const root = document.body.dataset.root || (asked ? asked[1] : "/");
  for (const home of document.querySelectorAll("[data-home]")) {
    if (!document.body.dataset.root) home.href = root + home.getAttribute("href");
  }
  if (!asked) return;

  const script = document.createElement("script");
  script.src = `${root}versions.js`;
  script.onload = () => {
    const [path, name] = [asked[3], asked[3].split("/").pop()];
    const wanted = path.endsWith("/") || !path ? `${path}index.html` : path.endsWith(".html") ? path : `${path}.html`;
    const { versions } = globalThis.zhenzhiVersions;
    // The newest version that has the page; or else a page of this name that stands elsewhere.
    const same = versions.find((version) => version.pages.includes(wanted));
    const moved = versions.map((version) => [version, version.pages.find((page) => page.split("/").pop() === name)])
      .find(([, page]) => page);
    const [version, page] = same ? [same, wanted] : moved || [];
    if (!page) return;
    for (const line of document.querySelectorAll("[data-found]")) {
      const link = document.createElement("a");
      link.href = `${root}${version.version}/${page}${location.hash}`;
      link.textContent = `${version.version}/${page}`;
      line.append(line.dataset.found, " ", link);
      line.hidden = false;
    }
  };
  document.head.append(script);
})();
