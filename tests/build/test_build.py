"""The build: nothing stale, nothing half, and a clear message where something is wrong."""

import csv
import io
import re

import pytest

from helpers.coding import PLACE, text_of
from helpers.released import tree
from zhenzhi.coding.document import PLACE_OPTIONS


def test_a_changed_claim_reaches_prose_chart_data_and_alt_text_without_any_clean_step(built):
    page = (built.html / "chapters" / "small.html").read_text(encoding="utf-8")
    assert "104 grids" in page and "32 people" in page

    _set_claim(built, "jj17-grids", value="117", as_written="117个网格")
    _set_claim(built, "jj17-desk-staff", value="48", as_written="48名")
    second = built.build()
    assert second.returncode == 0, second.stderr
    assert "executed in" in second.stdout

    page = (built.html / "chapters" / "small.html").read_text(encoding="utf-8")
    assert "117 grids" in page and "104 grids" not in page
    alternative = re.search(r'<img[^>]*alt="([^"]*)"', page)[1]
    assert "station desk staff: 48 people" in alternative
    data = (built.html / "figures" / "jj17-grid-staffing.csv").read_text(encoding="utf-8")
    assert [row["figure"] for row in csv.DictReader(io.StringIO(data))][1] == "48 people"
    register = (built.html / "chapters" / "register" / "jj17.html").read_text(encoding="utf-8")
    assert "117个网格" in register

    third = built.build()
    assert third.returncode == 0, third.stderr
    assert "executed in" not in third.stdout
    assert "Nothing changed" in third.stdout

    built.replace("index.md", "A book.", "Another book.")
    fourth = built.build()
    assert fourth.returncode == 0, fourth.stderr
    assert "executed in" not in fourth.stdout
    assert "Another book." in (built.html / "index.html").read_text(encoding="utf-8")

    built.replace("zhenzhi/charts/forms.py", "alt-bars", "alt-tree")
    fifth = built.build()
    assert fifth.returncode == 0, fifth.stderr
    assert 'alt="Diagram. ' in (built.html / "chapters" / "small.html").read_text(encoding="utf-8")


def test_the_page_of_a_document_that_is_being_coded_says_what_it_has_nothing_of(built):
    text = text_of(built.root, "青禾镇\n\n2024-03-18 青禾发布\n\n全镇划分网格86个。\n")
    place = [part for name, cell in PLACE_OPTIONS.items() for part in (f"--place-{cell}", PLACE[name])]
    added = built.run("add-document", str(text), "--id", "qh24", "--place", "qinghe", *place)
    assert added.returncode == 0, added.stderr
    done = built.build()
    assert done.returncode == 0, done.stderr
    page = (built.html / "chapters" / "register" / "qh24.html").read_text(encoding="utf-8")
    assert page.count("None is recorded.") == 3


def test_a_model_that_no_chapter_tells_stops_the_build(built):
    built.replace("chapters/told.md", "```{model-card} jj17-grids\n```\n", "")
    done = built.build()
    assert done.returncode == 1
    assert "no chapter tells the models jj17-grids; expected a model-card" in done.stderr


def _set_claim(project, claim_id: str, **cells: str) -> None:
    path = project.root / "data" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["claim_id"] == claim_id:
            row.update(cells, differs_en="Changed by a test.", differs_zh="测试所改。")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


#: What is broken: file, text before, text after, and what the message must name.
BROKEN = {
    "a cell raises": (
        "chapters/small.md",
        "book = open_book()",
        "book = open_book()\n1 / 0",
        ["chapters/small.md, code cell 1 of 1", "from zhenzhi import charts", "ZeroDivisionError: division by zero"],
    ),
    "a cell kills its kernel": (
        "chapters/small.md",
        "book = open_book()",
        "book = open_book()\nimport os; os._exit(1)",
        ["chapters/small.md, code cell 1 of 1", "the kernel died"],
    ),
    "the package does not parse": (
        "zhenzhi/charts/forms.py",
        "from collections.abc import",
        "from collections.abc impor",
        ["SyntaxError: invalid syntax (forms.py"],
    ),
    "a claim does not exist in the prose": (
        "chapters/small.md",
        "{claim}`jj17-grids`",
        "{claim}`jj17-gridz`",
        ["chapters/small.md:15", "there is no claim 'jj17-gridz'"],
    ),
    "a claim does not exist in a cell": (
        "chapters/small.md",
        '"jj17-desk-staff"',
        '"jj17-desk-stuff"',
        ["chapters/small.md, code cell 1 of 1", "there is no claim 'jj17-desk-stuff'"],
    ),
    "a computed value does not exist": (
        "chapters/small.md",
        "jj17-events-closed.rest",
        "jj17-events-closed.remainder",
        ["chapters/small.md:15", "there is no computed quantity 'jj17-events-closed.remainder'"],
    ),
    "a cross-reference is broken": (
        "chapters/small.md",
        "{numref}`fig-jj17-grid-staffing`",
        "{numref}`fig-jj17-grid-stuffing`",
        ["chapters/small.md:15", "fig-jj17-grid-stuffing"],
    ),
    "a figure lacks a glyph": (
        "data/figures/jiujiang-2017.yml",
        "en: Nearly half of the grid staff patrol",
        "en: Nearly \U0001f9ed half of the grid staff patrol",
        ["chapters/small.md, code cell 1 of 1", "jj17-grid-staffing", "Glyph 129517"],
    ),
    "a work does not parse": (
        "references.bib",
        "year        = {2011}",
        "year        {2011}",
        ["references.bib", "line ", "expected works in BibTeX"],
    ),
    "the data is bad": (
        "data/claims.csv",
        ",reported,input,104,",
        ",reported,input,many,",
        ["claims.csv, row", "column value", "'many' is not a number"],
    ),
    "a page does not exist": (
        "_toc.yml",
        "chapters/small",
        "chapters/smaller",
        ["_toc.yml names chapters/smaller"],
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "named"), BROKEN.values(), ids=BROKEN)
def test_the_build_stops_and_leaves_the_last_good_book(built, file, old, new, named):
    before = tree(built.html)
    built.replace(file, old, new)

    result = built.build()

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for words in named:
        assert words in result.stderr
    assert tree(built.html) == before


def test_a_broken_reference_is_named_again_by_the_next_build(built):
    built.replace("chapters/small.md", "{claim}`jj17-grids`", "{claim}`jj17-gridz`")
    assert "jj17-gridz" in built.build().stderr
    assert "jj17-gridz" in built.build().stderr


def test_a_cell_that_failed_costs_no_other_page_a_reading(built):
    built.replace("chapters/small.md", "book = open_book()", "book = open_book()\n1 / 0")
    assert built.build().returncode == 1
    built.replace("chapters/small.md", "1 / 0", "1 / 2")
    mended = built.build()
    assert mended.returncode == 0, mended.stderr
    assert re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", mended.stdout) == ["chapters/small"]


def test_a_kernel_is_reached_through_files_of_its_own(built):
    """A port that is free when it is chosen may be another program's before the kernel takes it."""
    more = "import json, ipykernel\nassert json.loads(ipykernel.get_connection_info())['transport'] == 'ipc'"
    built.replace("chapters/small.md", "book = open_book()", f"book = open_book()\n{more}")
    done = built.build()
    assert done.returncode == 0, done.stderr


def test_a_page_that_left_the_table_of_contents_leaves_the_book(built):
    (built.root / "chapters" / "passing.md").write_text("# Passing\n\nIt passes.\n")
    built.replace("_toc.yml", "  - file: chapters/small", "  - file: chapters/passing\n  - file: chapters/small")
    assert built.build().returncode == 0
    assert (built.html / "chapters" / "passing.html").is_file()
    built.replace("_toc.yml", "  - file: chapters/passing\n", "")
    left = built.build()
    assert left.returncode == 0, left.stderr
    assert not (built.html / "chapters" / "passing.html").exists()


def test_a_replacement_that_was_cut_short_is_undone(tmp_path):
    from zhenzhi.building.replace import recover

    last = tmp_path / "html.last"
    last.mkdir()
    (last / "index.html").write_text("the last good book")
    recover(tmp_path / "html")
    assert (tmp_path / "html" / "index.html").read_text() == "the last good book"
    assert not last.exists()
