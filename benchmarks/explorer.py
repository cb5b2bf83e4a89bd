"""Measures the claims explorer on 10,000 synthetic claims beside itables (DataTables) on the same rows, and alone on 100,000.

For a filter, a search and a sort it prints the time from the input to the painted result in chromium, and the ratio of the
two. Both pages are opened from a file. Where chromium or itables is not installed it says so; nothing here is asserted.
"""

import gzip
import random
import statistics
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType

import pandas as pd

import kept
from zhenzhi import explorer, paths
from zhenzhi.book.edition import Edition
from zhenzhi.data import tables
from zhenzhi.data.tables import Tables
from zhenzhi.explorer import Explorer

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.chromium import chromium, executable

ROWS, MANY = 10_000, 100_000
RUNS = 15

#: Milliseconds from an input to the frame that shows its result: a task queued in a frame runs once that frame is painted.
PAINTED = """
async (act) => {
  await new Promise((ready) => requestAnimationFrame(() => setTimeout(ready)));
  const began = performance.now();
  act();
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  return performance.now() - began;
}
"""

_LIST = "document.querySelectorAll('.zz-explorer select')[3]"
_SEARCH = "document.querySelector('.zz-explorer input')"
_HEAD = "document.querySelector('.zz-explorer thead button')"


def _enter(element: str, value: str, event: str) -> str:
    """Puts a value into a control as a reader would."""
    return f"{element}.value = '{value}'; {element}.dispatchEvent(new Event('{event}'));"


#: What is done and undone, by name: for the explorer as a reader does it, for DataTables through its API.
OURS = {
    "filter": (_enter(_LIST, "outcome", "change"), _enter(_LIST, "*", "change")),
    "search 网格": (_enter(_SEARCH, "网格", "input"), _enter(_SEARCH, "", "input")),
    "search a letter": (_enter(_SEARCH, "e", "input"), _enter(_SEARCH, "", "input")),
    "sort": (f"{_HEAD}.click();", f"{_HEAD}.click(); {_HEAD}.click();"),
}
THEIRS = {
    "filter": ("peer.column(6).search('Outcomes').draw()", "peer.column(6).search('').draw()"),
    "search 网格": ("peer.search('网格').draw()", "peer.search('').draw()"),
    "search a letter": ("peer.search('e').draw()", "peer.search('').draw()"),
    "sort": ("peer.order([0, 'asc']).draw()", "peer.order([]).draw()"),
}


OURS_READY = "document.querySelector('.zz-explorer tbody tr')"
#: Also names the API of the table, ``peer``.
THEIRS_READY = """
async () => {
  const { jQuery } = await window._itables_2_9_0;
  const table = document.querySelector("table.dataTable");
  if (table) window.peer = jQuery(table).DataTable();
  return Boolean(table);
}
"""


def synthetic(size: int) -> Edition:
    """The book with ``size`` claims: its own ones over and over, under new IDs and with a number in the label."""
    own, source = tables.load(), random.Random(size)
    rows = list(own.claims.itertuples(index=False))
    made = []
    for number in range(size):
        row = source.choice(rows)
        made.append(
            row._replace(claim_id=f"{row.claim_id}-{number}", label_en=f"{row.label_en} {number}", repeats=None)
        )
    claims = pd.DataFrame([*rows, *made][:size], dtype=object).set_index("claim_id", drop=False)
    return Edition(Tables(own.folder, MappingProxyType({**own.frames, "claims": claims}), own.yaml))


def our_page(made: Explorer) -> str:
    """A page of its own with the table, as JupyterLab would get it."""
    return f"<!doctype html><meta charset=utf-8><title>explorer</title>{made._repr_mimebundle_()['text/html']}"


def their_page(made: Explorer) -> str | None:
    """The same cells in itables, its script included; ``None`` where it is not installed."""
    try:
        import itables
        from itables.javascript import generate_init_offline_itables_html
    except ImportError:
        return None
    package = Path(itables.__file__).parent / "html"
    table = itables.to_html_datatable(_shown(made), connected=False, showIndex=False, maxBytes=0, pageLength=30)
    library = generate_init_offline_itables_html(package / "dt_bundle.js")
    return f"<!doctype html><meta charset=utf-8><title>itables</title>{library}{table}"


def _shown(made: Explorer) -> pd.DataFrame:
    """The cells of the explorer as text, one column each."""
    facets = {facet["key"]: facet for facet in made.content["facets"]}
    table = {}
    for column in made.content["columns"]:
        key, cells = column["key"], column.get("cells")
        if cells is None:
            facet = facets[key]
            cells = [facet["options"][positions[0]]["name"] for positions in facet["of"]]
        elif key in ("what", "figure"):
            other = made.content["table"]["label_zh" if key == "what" else "as_written"]
            cells = [f"{cell} {second}" for cell, second in zip(cells, other, strict=True)]
        table[column["name"]] = cells
    return pd.DataFrame(table)


def measure(browser, page_text: str, steps: dict[str, tuple[str, str]], ready: str, folder: Path) -> dict[str, float]:
    """Median milliseconds of each step on a page."""
    path = folder / "page.html"
    path.write_text(page_text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function(ready, timeout=120_000)
    found = {}
    for name, (act, undo) in steps.items():
        times = []
        for _ in range(RUNS):
            times.append(page.evaluate(f"({PAINTED})(() => {{ {act} }})"))
            page.evaluate(f"() => {{ {undo} }}")
        found[name] = statistics.median(times)
    page.close()
    return found


def main() -> None:
    if executable() is None:
        print("the explorer is not measured: no chromium is installed")
        return
    made = explorer.show(synthetic(ROWS))
    ours_text, theirs_text = our_page(made), their_page(made)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        ours = measure(browser, ours_text, OURS, OURS_READY, Path(folder))
        if theirs_text is None:
            print("the peer is not measured: itables is not installed (pip install -r benchmarks/requirements.txt)")
            theirs = {}
        else:
            theirs = measure(browser, theirs_text, THEIRS, THEIRS_READY, Path(folder))
        many = measure(browser, our_page(explorer.show(synthetic(MANY))), OURS, OURS_READY, Path(folder))
    print(f"{ROWS:,} claims, from input to painted result, median of {RUNS}")
    print(f"{'':<18}{'zhenzhi':>12}{'itables':>12}{'ratio':>8}")
    for step, milliseconds in ours.items():
        peer = f"{theirs[step]:>9.0f} ms{milliseconds / theirs[step]:>8.2f}" if theirs else ""
        print(f"{step:<18}{milliseconds:>9.0f} ms{peer}")
    sizes = [len(gzip.compress(text.encode())) / 1000 if text else None for text in (ours_text, theirs_text)]
    peer = f"{sizes[1]:>9.0f} KB{sizes[0] / sizes[1]:>8.2f}" if theirs else ""
    print(f"{'page, gzipped':<18}{sizes[0]:>9.0f} KB{peer}")
    print(f"{MANY:,} claims: " + ", ".join(f"{step} {milliseconds:.0f} ms" for step, milliseconds in many.items()))
    measured = {f"{step}, {ROWS:,} claims": (milliseconds, "ms") for step, milliseconds in ours.items()}
    kept.tell("explorer", measured | {f"{step}, {MANY:,} claims": (took, "ms") for step, took in many.items()})


if __name__ == "__main__":
    main()
