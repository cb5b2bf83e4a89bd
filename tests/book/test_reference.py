"""The reference pages as built: glossary, models, dictionary, and the terms in the prose."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import lxml.html
import pytest
from frictionless import Package

from helpers.beside import held, whole
from zhenzhi import paths
from zhenzhi.data import tables
from zhenzhi.sphinxext.directives import dictionary
from zhenzhi.sphinxext.inline.terms import anchor
from zhenzhi.takeaway import names

DESCRIPTOR = json.loads((paths.DATA / tables.DESCRIPTOR).read_text(encoding="utf-8"))


class Page(HTMLParser):
    """The IDs and the links of a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.text = path.read_text(encoding="utf-8")
        self.ids: list[str] = []
        self.links: list[dict] = []
        self.feed(whole(path))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes)


@pytest.fixture(scope="module")
def pages(html) -> dict[str, Page]:
    paths_of_pages = [html / "index.html", *sorted((html / "chapters").rglob("*.html"))]
    return {path.stem: Page(path) for path in paths_of_pages}


def links_to(page: Page, start: str) -> set[str]:
    """What the links of a page to anchors that begin so lead to."""
    anchors = (urldefrag(link.get("href", "")).fragment for link in page.links)
    return {name.removeprefix(start) for name in anchors if name.startswith(start)}


def test_every_term_is_in_the_glossary_once_with_its_meaning(pages, english):
    glossary = pages["glossary"]
    for term, row in english.tables.terms.iterrows():
        assert glossary.ids.count(anchor(row["pinyin"])) == 1
        start = glossary.text.index(f'id="{anchor(row["pinyin"])}"')
        entry = re.sub(r"<[^>]*>", "", glossary.text[start : glossary.text.index("</dd>", start)])
        for text in (term, row["pinyin"], row["term_en"]):
            assert text in entry.replace("’", "'")


def test_terms_in_the_prose_lead_to_the_glossary_and_back(pages):
    used = 0
    back = {
        (Path(urldefrag(link["href"]).url).stem, urldefrag(link["href"]).fragment) for link in pages["glossary"].links
    }
    for name, page in pages.items():
        marked = [link for link in page.links if link.get("class") == "zz-term"]
        assert len({link["href"] for link in marked}) == len(marked)
        for link in marked:
            term = urldefrag(link["href"]).fragment
            assert term in pages["glossary"].ids
            assert link["data-card"] in page.ids and f"{link['data-card']}-brief" in page.ids
            assert (name, link["id"]) in back
            used += 1
    assert used > 50
    assert not [link for link in pages["glossary"].links if link.get("class") == "zz-term"]


def test_the_chinese_within_a_term_is_marked_as_chinese(pages):
    assert re.search(r'<a class="zz-term" id="use-term-wangge-zhang"[^>]* lang="zh">网格长</a>',
                     pages["jiujiang-2017"].text)  # fmt: skip


def test_a_card_shows_the_definition(html, english):
    definition = english.tables.terms.at["网格长", "definition_en"]
    card = held(html / "chapters" / "jiujiang-2017.html")["card-term-wangge-zhang"]
    assert f'<p class="zz-card-brief">{definition}</p>' in card


# The models register


def told_on(page) -> list[str]:
    """The models that have a card or an entry on a page; a released anchor may lead to a passage on another."""
    return re.findall(r'<div class="zz-(?:model-card|programme) [^"]*" id="model-([a-z0-9-]+)"', page.text)


def test_every_model_is_told_once_and_listed_in_the_register(pages, english):
    models = set(english.tables.models.index)
    told = [model for page in pages.values() for model in told_on(page)]
    assert sorted(told) == sorted(models)
    listed = [name for name in pages["models"].ids if name.startswith("entry-model-")]
    assert sorted(listed) == sorted(f"entry-model-{model}" for model in models)


def test_model_and_record_lead_to_each_other(pages):
    for name, page in pages.items():
        told = set(told_on(page))
        if told:
            assert told == links_to(page, "entry-model-")
        assert told <= links_to(pages["models"], "model-"), name


def test_the_register_leads_to_every_claim_of_a_model(pages, english):
    claims = english.tables.claims
    assert set(claims.index[claims["model_id"].notna()]) == links_to(pages["models"], "claim-")


# The data dictionary


def test_every_field_of_the_package_is_in_the_dictionary(pages):
    page = pages["dictionary"]
    expected = []
    for resource in DESCRIPTOR["resources"]:
        if "schema" in resource:
            fields = [field["name"] for field in resource["schema"]["fields"]]
        else:
            fields = [path for path, _, _ in dictionary.properties(resource["jsonSchema"])]
        assert fields
        expected += [f"field-{resource['name']}-{name}" for name in fields]
        assert f"table-{resource['name']}" in page.ids
    assert [name for name in page.ids if name.startswith("field-")] == expected


def test_every_word_of_a_vocabulary_is_told_with_its_use(pages, english):
    found = dictionary.vocabularies(DESCRIPTOR)
    assert {"kind", "status", "rung", "qualifier"} <= {vocabulary.field for vocabulary in found}
    assert len({vocabulary.field for vocabulary in found}) == len(found)
    for vocabulary in found:
        assert pages["dictionary"].ids.count(f"vocabulary-{vocabulary.field}") == 1
        for name, counts in dictionary.uses(english, vocabulary).items():
            assert counts.total() == len(english.tables.frames[name])
            assert set(counts) - {None} <= set(vocabulary.words)  # a cell may be empty where the text says nothing
        for word in vocabulary.words:
            assert english.label(f"meaning-{vocabulary.field}-{word}")


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_every_file_of_the_package_can_be_taken_from_the_dictionary(html, folder):
    page = lxml.html.parse(str(html / f"{folder}chapters/dictionary.html"))
    taken = {
        (html / folder / "chapters" / href).resolve() for href in page.xpath("//a[contains(@class, 'download')]/@href")
    }
    files = {path.relative_to(paths.DATA) for path in paths.DATA.rglob("*") if path.suffix in (".csv", ".yml", ".json")}
    package = html.resolve() / names.PACKAGE
    assert {package / file for file in files} <= taken and all(file.is_file() for file in taken)
    assert Package(str(package / "datapackage.json")).get_resource("claims").validate().valid
