"""Citations say what was read, when it was published and in which version, to people and to reference managers.

The files are read as their readers read them: pandoc takes names apart at blanks unless a comma or a brace holds them
together, Zotero ends a record at the line ``ER  - ``, blank included, and takes the address as it stands.
"""

import json
import re
from itertools import chain

import pytest
import rispy
import yaml
from pybtex.database import parse_string

from zhenzhi import __date__, __version__, citing, paths
from zhenzhi.book.edition import Edition, open_book

TITLE = "Jiujiang 2017 (九江): grids & 99% of cases, #1_a"
ADDRESS = "chapters/register/jj17.html#claim-jj17-grids"
YEAR, MONTH, DAY = __date__.split("-")
OWN = [kind for kind in citing.KINDS if kind not in ("newspaper", "web-page")]
ARTICLES = ["jj17-report", "jj21-report", "plans-report", "jm24-action-plan"]


@pytest.fixture(scope="module", params=["en", "zh"])
def edition(request) -> Edition:
    return open_book(request.param)


@pytest.fixture(params=OWN)
def kind(request) -> str:
    return request.param


@pytest.fixture
def item(edition, kind) -> dict:
    return citing.work(edition, kind, "x", TITLE, ADDRESS)


def entry_of(text: str):
    """A BibTeX entry, with the braces that only hold letters or names together taken away."""
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry, {name: value.strip("{}") for name, value in entry.fields.items()}


@pytest.mark.parametrize("style", citing.STYLES)
def test_a_reference_names_author_title_year_version_and_address(edition, item, style):
    reference = citing.formatted(item, style)
    for part in (citing.author(edition), item["title"], citing.title(edition), YEAR, __version__, item["URL"]):
        assert part in reference
    assert not reference.startswith("[")
    assert "<" not in reference


@pytest.mark.parametrize("style", citing.STYLES)
def test_a_reference_names_the_author_once_or_as_publisher_too(edition, item, style):
    assert citing.formatted(item, style).count(citing.author(edition)) == (1 if style == "APA" else 2)


def test_the_national_standard_tells_the_day_of_access(item):
    assert f"{YEAR}[{citing.ACCESSED}]" in citing.formatted(item, "GB/T 7714")


def test_bibtex_reads_back(edition, kind, item):
    entry, fields = entry_of(citing.bibtex(kind, item))
    assert entry.type == citing.KINDS[kind][1]
    title = re.sub(r"\\([&%#_])", r"\1", fields["title"])
    assert title == (citing.title(edition) if kind == "book" else TITLE)
    assert fields.get("booktitle") == (None if kind == "book" else citing.title(edition))
    assert (fields["date"], fields["year"], fields["edition"]) == (__date__, YEAR, __version__)
    assert fields["langid"] == {"en": "english", "zh": "chinese"}[edition.language]
    assert fields["urldate"] == citing.ACCESSED
    assert fields["publisher"] == citing.author(edition)
    (person,) = entry.persons["author"]
    assert person.last_names == [f"{{{citing.author(edition)}}}"] and not person.first_names


def test_the_deep_link_stands_in_bibtex_as_it_is(item, kind):
    assert f"url = {{{citing.SITE}{ADDRESS}}}" in citing.bibtex(kind, item)


def test_ris_reads_back(edition, kind, item):
    text = citing.ris(kind, item)
    assert text.startswith("TY  - ") and text.endswith("\nER  - ")
    (record,) = rispy.loads(text)
    assert record["type_of_reference"] == citing.KINDS[kind][2]
    assert record["title"] == item["title"]
    assert record.get("secondary_title") == item.get("container-title")
    assert record["authors"] == [f"{citing.author(edition)},"]
    assert record["date"] == f"{YEAR}/{MONTH}/{DAY}"
    assert __version__ in record["edition"]
    assert record["language"] == item["language"]
    assert record["urls"] == [item["URL"]]
    assert record["access_date"] == citing.ACCESSED.replace("-", "/")


def test_csl_json_reads_back(item):
    (read,) = json.loads(citing.csl_json(item))
    assert read == item | {"accessed": {"raw": citing.ACCESSED}}
    assert read["issued"] == {"date-parts": [[int(YEAR), int(MONTH), int(DAY)]]}


def test_no_type_makes_a_reference_manager_drop_the_book_or_its_version(kind):
    assert citing.KINDS[kind] in (("book", "book", "BOOK"), ("chapter", "incollection", "CHAP"))


def test_no_two_works_share_a_key(edition):
    names = {
        "chapter": [path.stem for path in paths.CHAPTERS.rglob("*.md")],
        "figure": [entry["figure_id"] for entry in edition.tables.figures],
        "claim": list(edition.tables.claims.index),
        "finding": [entry["finding_id"] for entry in edition.tables.findings],
        "source": list(edition.tables.articles.index),
    }
    keys = [citing.key("book", ""), *chain.from_iterable((citing.key(k, n) for n in own) for k, own in names.items())]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("article_id", ARTICLES)
def test_a_source_document_is_cited_in_its_own_language(edition, article_id):
    kind, item = citing.source(edition, article_id)
    document = edition.tables.documents.loc[edition.tables.articles.at[article_id, "document_id"]]
    title = edition.tables.articles.at[article_id, "title_zh"]
    for style in citing.STYLES:
        assert citing.formatted(item, style).count(title) == 1
        assert document["published"][:4] in citing.formatted(item, style)
    assert f"[{ {'newspaper': 'N', 'web-page': 'EB/OL'}[kind] }]" in citing.formatted(item, "GB/T 7714")
    entry, fields = entry_of(citing.bibtex(kind, item))
    assert (fields["title"], fields["langid"], fields["date"]) == (title, "chinese", document["published"])
    (record,) = rispy.loads(citing.ris(kind, item))
    assert (record["title"], record["language"]) == (title, "zh-CN")
    assert record.get("date") == (document["published"].replace("-", "/") if "?" not in document["published"] else None)


def test_offices_that_publish_are_authors_and_newspapers_contain(edition):
    kind, post = citing.source(edition, "jj17-report")
    assert [name["literal"] for name in post["author"]] == ["九江镇党委办", "九江镇宣传文体办"]
    kind, page = citing.source(edition, "jj21-report")
    assert "author" not in page and page["container-title"] == "珠江时报" and page["page"] == "C03"


def test_an_inferred_year_is_marked(edition):
    kind, item = citing.source(edition, "plans-report")
    assert "(ca. 2022)" in citing.formatted(item, "APA")
    assert "[2022]" in citing.formatted(item, "GB/T 7714")
    assert edition.label("cite-year-inferred") in item["note"]


def test_the_address_of_a_copy_that_holds_a_part_is_not_that_of_an_article(edition):
    assert "URL" in citing.source(edition, "jj17-report")[1]
    assert "URL" not in citing.source(edition, "jm24-action-plan")[1]


def test_the_data_package_names_the_same_author():
    descriptor = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["contributors"][0]["title"] == citing.author(open_book("en"))


def test_the_citation_file_names_the_same_book_version_and_date():
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == citing.title(open_book("en"))
    assert citation["authors"] == [{"name": citing.author(open_book("en"))}]
    assert citation["version"] == __version__
    assert str(citation["date-released"]) == __date__


@pytest.mark.parametrize(("version", "folder"), [("1.2.0", "1.2.0"), ("1.2.0-dev", "dev")])
def test_editions_stand_in_folders_of_the_version_or_of_what_is_between_releases(monkeypatch, version, folder):
    monkeypatch.setattr(citing, "__version__", version)
    assert citing.site("https://example.org/book/") == f"https://example.org/book/{folder}/"
    assert citing.site("https://example.org/book", "zh") == f"https://example.org/book/{folder}/zh/"
    assert citing.site("") == ""
