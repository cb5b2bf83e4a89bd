"""What the built pages say of themselves to reference managers, link previews and search engines."""

import json
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from helpers.beside import held
from zhenzhi import citing
from zhenzhi.sphinxext.outputs import share

CHAPTER, REGISTER = "chapters/jiujiang-2017.html", "chapters/register/jj17.html"


@pytest.fixture(scope="module")
def trees(html) -> dict[str, lxml.html.HtmlElement]:
    files = [path for path in html.rglob("*.html") if "_static" not in path.parts]
    return {path.relative_to(html).as_posix(): lxml.html.fromstring(path.read_bytes()) for path in files}


def tags(tree) -> dict[str, str]:
    return {meta.get("name") or meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[@content]")}


def graph(tree) -> list[dict]:
    return json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]


@pytest.mark.parametrize("name", ["index.html", CHAPTER, REGISTER])
def test_a_page_names_an_institution_as_its_author(trees, english, name):
    said = tags(trees[name])
    last, first = (part.strip() for part in said["citation_author"].split(","))
    assert (last, first) == (citing.author(english), "")
    assert said["citation_publisher"] == citing.author(english)
    assert said["DC.rights"].startswith("https://creativecommons.org/")
    assert said["og:locale"] == "en_US"


def test_only_the_book_has_the_pdf_of_the_book(trees):
    assert [name for name, tree in trees.items() if "citation_pdf_url" in tags(tree) and name != "index.html"] == []
    assert "citation_inbook_title" in tags(trees[CHAPTER]) and "citation_inbook_title" not in tags(trees["index.html"])


def test_every_chapter_has_a_picture_for_previews(html, trees):
    shown = {name: tags(tree).get("og:image") for name, tree in trees.items()}
    assert shown["index.html"] and shown[CHAPTER] and not shown[REGISTER]
    pictures = {name: (html / name).parent / address for name, address in shown.items() if address}
    for name, picture in pictures.items():
        with Image.open(picture.resolve()) as image:
            assert image.size == share.SIZE, name
        assert tags(trees[name])["twitter:card"] == "summary_large_image"
        assert picture.stat().st_size < 100_000, name
    assert len({picture.resolve() for picture in pictures.values()}) == len(pictures)


def test_a_page_in_chinese_has_chinese_keywords(trees):
    keywords = {}
    for name in ("index.html", "zh/index.html"):
        (data_set,) = (thing for thing in graph(trees[name]) if thing["@type"] == "Dataset")
        keywords[name] = data_set["keywords"]
    assert len(keywords["index.html"]) == len(keywords["zh/index.html"]) and "governance" in keywords["index.html"]
    # The one name that is written alike in both.
    assert set(keywords["index.html"]) & set(keywords["zh/index.html"]) == {"Jupyter Book"}


def test_the_data_set_is_described_on_the_home_page_and_where_it_is_taken_away(html, trees, english):
    for name in ("index.html", "chapters/downloads.html"):
        (data_set,) = (thing for thing in graph(trees[name]) if thing["@type"] == "Dataset")
        assert data_set["creator"]["name"] == citing.author(english)
        years = english.tables.documents["published"].str[:4]
        assert data_set["temporalCoverage"] == f"{years.min()}/{years.max()}"
        places = {place["name"] for place in data_set["spatialCoverage"]}
        assert {"Jiujiang", "Lishui", "Xiqiao", "Jiangmen"} <= places
        used = set(english.tables.claims["indicator_id"])
        assert {variable["propertyID"] for variable in data_set["variableMeasured"]} == used
        for download in data_set["distribution"]:
            assert ((html / name).parent / download["contentUrl"]).resolve().is_file()


def test_the_claims_of_a_page_lead_to_its_documents(trees):
    things = graph(trees[REGISTER])
    documents = {thing["@id"] for thing in things if thing["@type"] == "CreativeWork"}
    claims = [thing for thing in things if thing["@type"] == "Claim"]
    assert claims and {claim["appearance"]["@id"] for claim in claims} == documents == {"#document-jj17"}


def test_no_two_works_of_the_book_share_a_key(html, trees):
    keys = Counter()
    for name, tree in trees.items():
        own = {key for key in held(Path(html / name)) if key.startswith("zhenzhi")}
        # A source document is cited wherever a claim of it is.
        keys.update(key for key in own if not key.startswith("zhenzhi-source-"))
        assert own <= {key for names in tree.xpath("//@data-held") for key in names.split()}
    assert [key for key, count in keys.items() if count > 1] == []
    assert len(keys) > 300


def test_a_claim_is_cited_in_the_book_and_in_its_document(html, english):
    beside = held(html / REGISTER)
    for claim_id in english.tables.claims.index[english.tables.claims["article_id"] == "jj17-report"]:
        assert f"#claim-{claim_id}" in beside[citing.key("claim", claim_id)]
    assert "九江镇党委办" in beside[citing.key("source", "jj17-report")]
