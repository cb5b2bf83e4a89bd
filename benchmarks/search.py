"""Measures the book's search beside Sphinx's own on the same pages: what the data's own names find, bytes and time.

Sphinx's search runs with the index that a default Jupyter Book 1 build makes of the same content (language: en). A query
counts as found when one of the first five results leads to its page, and its record when one leads to the very record.
"""

import gzip
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from zhenzhi import paths
from zhenzhi.book import open_book
from zhenzhi.building.build import build

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.chromium import chromium  # noqa: E402
from helpers.search_queries import answers, queries  # noqa: E402
from pages import build_default  # noqa: E402

FIRST = 5

_OURS = ("minisearch.js", "search-data.js", "search.js")
_THEIRS = ("documentation_options.js", "doctools.js", "sphinx_highlight.js", "searchtools.js", "language_data.js")

_ASK_OURS = """async (queries) => {
    await zzSearch.ready;
    return queries.map((query) => {
        const began = performance.now();
        const { results } = zzSearch.find(query);
        return [results.slice(0, 5).map((result) => result.address), performance.now() - began];
    });
}"""
_ASK_THEIRS = """(queries) => queries.map((query) => {
    const began = performance.now();
    const results = Search._performSearch(...Search._parseQuery(query)).reverse();
    return [results.slice(0, 5).map(([page, , anchor]) => `${page}.html${anchor}`), performance.now() - began];
})"""


def ask(browser, folder: Path, scripts: list[Path], function: str, asked: list[str]) -> list:
    """The addresses of the first results of each query, and the milliseconds it took, on an empty page in ``folder``."""
    empty = folder / "empty.html"
    empty.write_text("<!doctype html>")
    page = browser.new_page()
    page.goto(empty.as_uri())
    for script in scripts:
        page.add_script_tag(path=script)
    answered = page.evaluate(function, asked)
    page.close()
    return answered


def weight(files: list[Path]) -> float:
    """Size in KB when sent with gzip."""
    return sum(len(gzip.compress(file.read_bytes())) for file in files) / 1000


def main() -> None:
    folder = build()
    asked = list(queries(open_book(), folder))
    static = folder / "_static"
    ours = [static / name for name in _OURS]
    texts = [query for _, query, _ in asked]
    results, weights = {}, {}
    with tempfile.TemporaryDirectory() as default, chromium() as browser:
        other = build_default(Path(default))
        theirs = [*(other / "_static" / name for name in _THEIRS), other / "searchindex.js"]
        for name, scripts, function in (("zhenzhi", ours, _ASK_OURS), ("Sphinx", theirs, _ASK_THEIRS)):
            results[name] = ask(browser, Path(default), scripts, function, texts)
            weights[name] = weight(scripts)
    print(f"{len(asked)} queries; sent: gzip; time: median of a query in chromium")
    print(f"{'':>10}{'any result':>12}{'page':>8}{'record':>8}{'sent':>10}{'time':>10}")
    for name, answered in results.items():
        scores = [_score(expected, first) for (_, _, expected), (first, _) in zip(asked, answered, strict=True)]
        any_result, page, record = (100 * statistics.mean(score) for score in zip(*scores, strict=True))
        shares = f"{any_result:>11.1f}%{page:>7.1f}%{record:>7.1f}%"
        time = statistics.median(took for _, took in answered)
        print(f"{name:>10}{shares}{weights[name]:>7.0f} KB{time:>7.2f} ms")
    print()
    print(f"found page among the first {FIRST}, by kind of query")
    kinds = defaultdict(list)
    for number, (kind, _, _) in enumerate(asked):
        kinds[kind].append(number)
    print(f"{'':>20}{'queries':>9}" + "".join(f"{name:>10}" for name in results))
    for kind, numbers in kinds.items():
        cells = "".join(
            f"{100 * statistics.mean(_score(asked[n][2], answered[n][0])[1] for n in numbers):>9.1f}%"
            for answered in results.values()
        )
        print(f"{kind:>20}{len(numbers):>9}{cells}")


def _score(expected: set[str], first: list[str]) -> tuple[bool, bool, bool]:
    """Whether anything was found, the page, and the record."""
    pages = {address.partition("#")[0] for address in expected}
    return (
        bool(first),
        any(address.partition("#")[0] in pages for address in first),
        any(answers(expected, address) for address in first),
    )


if __name__ == "__main__":
    main()
