"""Hostile text in the data ends as text: on the pages, in their metadata, in the search, in charts; nothing runs."""

import csv
import json
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import yaml
from lxml import html

from helpers.chromium import chromium, needs_browser, serving
from helpers.wire import read, watched

HOSTILE = (
    "<script>window.ran=1</script><!--<script>x{row}{{y}} *b* `c` $x^2$ [l](javascript:window.ran=1)"
    "<img src=x onerror=window.ran=1></p></article>&lt;"
)
LONG = "很长long" * 300

#: Columns that hold words for readers.
WORDS = re.compile(
    r"(name|plural|title|publisher|medium|definition|note|date_note|damage_note|label|what|silent|states)(_en|_zh)?"
)

#: One column of such a name holds keys.
KEY = ("trial.csv", "name")


def spoil(folder) -> int:
    """Adds hostile text to every text column of the data; returns how many cells changed."""
    changed = 0
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows, columns = list(reader), reader.fieldnames
        for row in rows:
            for column in columns:
                if WORDS.fullmatch(column) and (path.name, column) != KEY and row[column]:
                    row[column] += f" {'恶意' if column.endswith('_zh') else ''}{HOSTILE}"
                    changed += 1
        if path.name == "claims.csv":
            rows[0]["note_en"] = LONG
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return changed


@needs_browser
def test_hostile_text_in_every_column_ends_as_text(project):
    assert spoil(project.root / "data") > 1000
    file = project.root / "data" / "figures" / "jiujiang-2017.yml"
    figures = yaml.safe_load(file.read_text(encoding="utf-8"))
    shown = next(figure for figure in figures if figure["figure_id"] == "jj17-grid-staffing")
    shown["caption"]["en"] += HOSTILE
    file.write_text(yaml.safe_dump(figures, allow_unicode=True), encoding="utf-8")

    built = project.build()
    assert built.returncode == 0, built.stderr[-3000:]
    pages = [path for path in project.html.rglob("*.html") if "_static" not in path.parts]
    for path in pages:
        tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        assert len(tree.xpath("//article")) == 1, path.name
        assert tree.xpath("//footer"), path.name
        for script in tree.xpath("//script[@type='application/ld+json']"):
            assert json.loads(script.text)["@graph"]
            assert "<" not in script.text
        assert not tree.xpath("//*[@onerror] | //a[starts-with(@href, 'javascript')]"), path.name
    register = html.fromstring((project.html / "chapters" / "register" / "jj17.html").read_bytes().decode())
    assert register.text_content().count(HOSTILE) > 100
    assert LONG in register.text_content()
    small = html.fromstring((project.html / "chapters" / "small.html").read_bytes().decode())
    (shown,) = small.xpath("//figcaption")
    assert HOSTILE.replace("--", "–") in shown.text_content()  # running text has dashes
    data = (project.html / "_static" / "search-data.js").read_text(encoding="utf-8")
    assert HOSTILE in json.dumps(json.loads(data.partition("=")[2].strip().rstrip(";")), ensure_ascii=False)

    handler = partial(SimpleHTTPRequestHandler, directory=str(project.html))
    with chromium() as browser, serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        for path in pages:
            with watched(browser, viewport={"width": 1280, "height": 900}) as (page, visit):
                page.goto(f"{address}/{path.relative_to(project.html).as_posix()}")
                page.wait_for_load_state("networkidle")
                assert page.evaluate("window.ran") is None, path.name
                assert read(page, visit).violations == [], path.name
        with watched(browser) as (page, _):
            page.goto(f"{address}/search.html?q=script")
            page.wait_for_selector("#zz-search-results li")
            assert page.evaluate("window.ran") is None
