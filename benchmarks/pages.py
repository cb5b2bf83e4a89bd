"""Measures pages of the book beside a default Jupyter Book 1 build of the same content, in one run.

Both are served with gzip and opened in chromium on a throttled phone, first at the top, then read to the end. Prints bytes
and requests, first and largest contentful paint, layout shift and total blocking time, with ratios. Nothing is asserted.

What the default pages ask of other hosts (Thebe, RequireJS, the widget runtime) is not let through, and not counted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import yaml

from builds import copy_project
from helpers.chromium import chromium
from helpers.wire import PHONE, Visit, compressing_server, read, scroll_through, watched
from zhenzhi import paths

PAGES = ("index.html", "chapters/jiujiang-2017.html", "chapters/audit.html", "chapters/register/jj17.html")
RUNS = 3

#: Settings that the content needs: numbered figures, anchors, the style of references.
_CONTENT = ("language", "numfig", "myst_heading_anchors", "bibtex_reference_style")

#: Measures of a visit: name, unit, how it is read.
MEASURES = (
    ("bytes, first view", "KB", lambda first, _: first["bytes"] / 1000),
    ("requests, first view", "", lambda first, _: first["requests"]),
    ("bytes, read to the end", "KB", lambda _, visit: visit.total / 1000),
    ("  without the runtime", "KB", lambda _, visit: sum(s for u, s in visit.bytes.items() if "embed" not in u) / 1000),
    ("requests, to the end", "", lambda _, visit: len(visit.bytes)),
    ("first contentful paint", "ms", lambda first, _: first["fcp"]),
    ("largest contentful paint", "ms", lambda first, _: first["lcp"]),
    ("total blocking time", "ms", lambda first, _: first["blocking"]),
    ("layout shift", "", lambda _, visit: visit.shift),
)


def build_default(root: Path) -> Path:
    """The same content with Jupyter Book's own settings.

    Returns:
        the folder of the built pages.
    """
    copy_project(root)
    path = root / "_config.yml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["sphinx"] = {
        "extra_extensions": ["zhenzhi.sphinxext"],
        "config": {key: config["sphinx"]["config"][key] for key in _CONTENT},
    }
    config["html"] = {"favicon": config["html"]["favicon"]}
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    # The parts of the extension that set content stay; those that make the page light go.
    extension = root / "zhenzhi" / "sphinxext" / "__init__.py"
    text = extension.read_text(encoding="utf-8")
    for part in ("search", "standins", "assets", "policy", "markup", "versions"):
        text = text.replace(f"        {part},\n    ", "    ").replace(f"        {part},\n", "")
    text = text.replace(
        "    app.connect(",
        '    app.add_css_file("zhenzhi.css")\n    app.add_js_file("zhenzhi.js")\n    app.connect(',
        1,
    )
    text = text.replace('    app.add_config_value("comments_config", {}, "html")\n', "")
    extension.write_text(text, encoding="utf-8")
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if result.returncode:
        sys.exit(
            f"jupyter-book build ended with status {result.returncode}:\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
        )
    return root / "_build" / "html"


def measure(browser, address: str) -> tuple[dict, Visit]:
    """One visit: what was seen at first, and all that was seen when the page was read to its end."""
    with watched(browser, throttled=True, **PHONE) as (page, visit):
        own = urlparse(address).netloc
        page.route(lambda url: urlparse(url).netloc != own, lambda route: route.abort())
        page.goto(address, wait_until="load", timeout=120_000)
        page.wait_for_load_state("networkidle", timeout=120_000)
        page.wait_for_function("window.__seen.lcp > 0")
        read(page, visit)
        first = {
            "bytes": visit.total,
            "requests": len(visit.bytes),
            "fcp": visit.fcp,
            "lcp": visit.lcp,
            "blocking": visit.blocking,
        }
        scroll_through(page)
        page.wait_for_timeout(1000)
        return first, read(page, visit)


def medians(browser, address: str, runs: int) -> list[float]:
    """The measures of a page, each the median of several visits."""
    visits = [measure(browser, address) for _ in range(runs)]
    return [statistics.median(take(*visit) for visit in visits) for _, _, take in MEASURES]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", type=Path, help="a default build made before; built anew without this")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        peer = options.peer
        if peer is None:
            print("building the same content with Jupyter Book's defaults", file=sys.stderr, flush=True)
            peer = build_default(Path(folder))
        with chromium() as browser, compressing_server(paths.HTML) as ours, compressing_server(peer) as theirs:
            for page in PAGES:
                print(f"measuring: {page}", file=sys.stderr, flush=True)
                own = medians(browser, f"{ours}/{page}", options.runs)
                other = medians(browser, f"{theirs}/{page}", options.runs)
                print(f"\n{page:<32}{'zhenzhi':>12}{'default':>12}{'ratio':>8}")
                for (name, unit, _), value, beside in zip(MEASURES, own, other, strict=True):
                    digits = 3 if name == "layout shift" else 0
                    ratio = f"{value / beside:>8.2f}" if beside else f"{'':>8}"
                    print(f"{name:<26}{unit:<6}{value:>12,.{digits}f}{beside:>12,.{digits}f}{ratio}")


if __name__ == "__main__":
    main()
