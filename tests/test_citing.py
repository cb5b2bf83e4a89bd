"""Citations say what was read, when it was published and in which version."""

import json

import pytest
import rispy
import yaml
from pybtex.database import parse_string

from zhenzhi import __date__, __version__, citing, paths

TITLE = "Jiujiang 2017: a town counts its grids"
ADDRESS = "chapters/jiujiang-2017.html"
YEAR, MONTH, DAY = __date__.split("-")


@pytest.fixture(scope="module")
def item() -> dict:
    return citing.work("chapter", "zhenzhi-jiujiang-2017", TITLE, ADDRESS)


@pytest.mark.parametrize("style", citing.STYLES)
@pytest.mark.parametrize(
    "part", [TITLE, citing.BOOK_TITLE, YEAR, __version__], ids=["chapter", "book", "year", "version"]
)
def test_a_reference_names_chapter_book_year_and_version(item, style, part):
    assert part in citing.formatted(item, style)


@pytest.mark.parametrize("style", citing.STYLES)
def test_a_reference_names_the_author(item, style):
    assert citing.AUTHOR.casefold() in citing.formatted(item, style).casefold()


@pytest.mark.parametrize("style", citing.STYLES)
def test_a_reference_carries_no_number_and_no_markup(item, style):
    reference = citing.formatted(item, style)
    assert not reference.startswith("[")
    assert "<" not in reference


def test_an_item_is_dated_to_the_day(item):
    assert item["issued"]["date-parts"] == [[int(YEAR), int(MONTH), int(DAY)]]


@pytest.mark.parametrize("title", [TITLE, "Jiujiang 2017 (九江): grids & 99% of cases, #1_a"])
def test_bibtex_reads_back_as_it_was_written(title):
    entries = parse_string(
        citing.bibtex("chapter", citing.work("chapter", "zhenzhi-jiujiang-2017", title, ADDRESS)), "bibtex"
    ).entries
    (entry,) = entries.values()
    assert list(entries) == ["zhenzhi-jiujiang-2017"]
    assert entry.type == "incollection"
    assert dict(entry.fields) == {
        "title": title.replace("&", r"\&").replace("%", r"\%").replace("#", r"\#").replace("_", r"\_"),
        "booktitle": citing.BOOK_TITLE,
        "year": YEAR,
        "month": MONTH,
        "edition": f"version {__version__}",
        "url": citing.SITE + ADDRESS,
    }
    assert [str(author) for author in entry.persons["author"]] == [f"{{{citing.AUTHOR}}}"]


def test_the_citation_file_names_the_same_book_version_and_date():
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == citing.BOOK_TITLE
    assert citation["authors"] == [{"name": citing.AUTHOR}]
    assert citation["version"] == __version__
    assert str(citation["date-released"]) == __date__


@pytest.fixture(params=citing.KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def any_work(kind) -> dict:
    return citing.work(kind, "zhenzhi-x", TITLE, "chapters/register/jj17.html#claim-jj17-grids")


def test_a_reference_of_any_kind_names_title_year_version_and_address(any_work):
    for style in citing.STYLES:
        reference = citing.formatted(any_work, style)
        for part in (TITLE, YEAR, __version__, any_work["URL"]):
            assert part in reference


def test_ris_reads_back_as_it_was_written(kind, any_work):
    (record,) = rispy.loads(citing.ris(kind, any_work))
    assert record["type_of_reference"] == citing.KINDS[kind][2]
    assert record["title"] == TITLE
    assert record.get("secondary_title") == any_work.get("container-title")
    assert record["authors"] == [citing.AUTHOR]
    assert record["date"] == f"{YEAR}/{MONTH}/{DAY}"
    assert record["edition"] == f"version {__version__}"
    assert record["urls"] == [any_work["URL"]]


def test_csl_json_reads_back_as_it_was_written(kind, any_work):
    assert json.loads(citing.formats(kind, any_work)["CSL-JSON"]) == [any_work]
