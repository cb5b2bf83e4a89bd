"""The reference pages: models register, glossary and data dictionary, and the terms in the prose."""

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag

import frictionless
import pandas as pd
import pytest
from docutils import nodes
from docutils.utils import new_document

from zhenzhi import paths, tables
from zhenzhi.sphinxext import dictionary, model_register
from zhenzhi.sphinxext.terms import Finder, anchor, mark, term_reference

DESCRIPTOR = json.loads((paths.DATA / tables.DESCRIPTOR).read_text(encoding="utf-8"))


class Page(HTMLParser):
    """The IDs and the links of a page."""

    def __init__(self, path: Path):
        super().__init__()
        self.text = path.read_text(encoding="utf-8")
        self.ids: list[str] = []
        self.links: list[dict] = []
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes)


@pytest.fixture(scope="module")
def pages(html) -> dict[str, Page]:
    paths_of_pages = [html / "index.html", *sorted((html / "chapters").glob("*.html"))]
    return {path.stem: Page(path) for path in paths_of_pages}


def links_to(page: Page, start: str) -> set[str]:
    """What the links of a page to anchors that begin so lead to."""
    anchors = (urldefrag(link.get("href", "")).fragment for link in page.links)
    return {name.removeprefix(start) for name in anchors if name.startswith(start)}


# Finding terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("grids (网格)", ["网格"]),
        ("grid heads (网格长)", ["网格长"]),
        ("网格长和网格", ["网格长", "网格"]),
        ("直联+网格", ["直联", "网格"]),
        ("里水镇", []),
        ("十里", []),
        ("li (里)", ["里"]),
        ("北村社区", []),
        ("no Chinese", []),
        ("", []),
    ],
)
def test_the_longest_term_is_found_and_names_hide_what_they_cover(text, found):
    finder = Finder(["网格", "网格长", "直联", "里", "村社"], ["里水镇", "北村社区"])
    assert [term for _, term in finder.find(text)] == found
    assert all(text[start:].startswith(term) for start, term in finder.find(text))


def test_without_terms_nothing_is_found():
    assert list(Finder([]).find("网格")) == []


def test_no_place_hides_a_term_that_is_its_own(english):
    finder = Finder(english.tables.terms.index, english.tables.places["name_zh"])
    for term in english.tables.terms.index:
        assert [found for _, found in finder.find(term)] == [term]


@pytest.mark.parametrize(
    ("pinyin", "name"),
    [("wǎnggé zhǎng", "term-wangge-zhang"), ("lǜquàn", "term-luquan"), ("xīngqī'èr", "term-xingqi-er")],
)
def test_an_anchor_is_the_reading_without_tone_marks(pinyin, name):
    assert anchor(pinyin) == name


def document(*content: nodes.Node) -> nodes.document:
    made = new_document("page")
    made += content
    return made


def test_only_the_first_occurrence_of_a_term_is_marked():
    page = document(nodes.paragraph(text="grids (网格) and"), nodes.paragraph(text="more 网格, 网格长"))
    assert mark(page, Finder(["网格", "网格长"])) == ["网格", "网格长"]
    assert [node.astext() for node in page.findall(term_reference)] == ["网格", "网格长"]
    assert page.astext() == "grids (网格) and\n\nmore 网格, 网格长"


@pytest.mark.parametrize(
    "apart",
    [
        nodes.title(text="网格"),
        nodes.literal_block(text="网格"),
        nodes.paragraph("", "", nodes.literal(text="网格")),
        nodes.paragraph("", "", nodes.reference("", "网格", refuri="x")),
        nodes.figure("", nodes.caption(text="网格")),
        nodes.container("", nodes.paragraph(text="网格"), classes=["zz-record"]),
        nodes.paragraph(text="网格", classes=["zz-model-head"]),
    ],
    ids=["heading", "code block", "code", "link", "figure", "record", "head of a card"],
)
def test_a_term_outside_the_running_text_is_passed_over(apart):
    page = document(apart.deepcopy(), nodes.paragraph(text="grids (网格)"))
    mark(page, Finder(["网格"]))
    (marked,) = page.findall(term_reference)
    assert marked.parent.astext() == "grids (网格)"


# The glossary


def test_every_term_has_a_reading_with_tone_marks_and_an_anchor_of_its_own(english):
    terms = english.tables.terms
    toneless = [
        term
        for term, pinyin in terms["pinyin"].items()
        if not set("\u0304\u0301\u030c\u0300") & set(unicodedata.normalize("NFD", pinyin))
    ]
    assert toneless == []
    anchors = terms["pinyin"].map(anchor)
    assert anchors.is_unique
    assert anchors.str.fullmatch("term(-[a-z0-9]+)+").all()


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
            assert link["data-card"] in page.ids and link["aria-describedby"] in page.ids
            assert (name, link["id"]) in back
            used += 1
    assert used > 50
    assert not [link for link in pages["glossary"].links if link.get("class") == "zz-term"]


def test_the_chinese_within_a_term_is_marked_as_chinese(pages):
    assert re.search(r'<a class="zz-term" id="use-term-wangge-zhang"[^>]*><span lang="zh">网格长</span></a>',
                     pages["jiujiang-2017"].text)  # fmt: skip


def test_a_card_shows_the_definition(pages, english):
    definition = english.tables.terms.at["网格长", "definition_en"]
    assert f'id="card-term-wangge-zhang-brief">{definition}</p>' in pages["jiujiang-2017"].text


# The models register


def test_every_model_is_told_once_and_listed_in_the_register(pages, english):
    models = set(english.tables.models.index)
    told = [name for page in pages.values() for name in page.ids if name.startswith("model-")]
    assert {name.removeprefix("model-") for name in told} <= models
    listed = [name for name in pages["models"].ids if name.startswith("entry-model-")]
    assert sorted(listed) == sorted(f"entry-model-{model}" for model in models)
    assert len(told) == len(set(told))
    assert models - {name.removeprefix("model-") for name in told} == set()


def test_model_and_record_lead_to_each_other(pages):
    for name, page in pages.items():
        told = {anchor.removeprefix("model-") for anchor in page.ids if anchor.startswith("model-")}
        if told:
            assert told == links_to(page, "entry-model-")
        assert told <= links_to(pages["models"], "model-"), name


def test_the_register_leads_to_every_claim_of_a_model(pages, english):
    claims = english.tables.claims
    assert set(claims.index[claims["model_id"].notna()]) == links_to(pages["models"], "claim-")


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("jj17-next-stage", "7 announced, 6 listed"),
        ("jj17-contact", "no number announced, 3 listed"),
        ("jj17-rivers", "no number announced"),
        ("jj21-three-projects", "3 announced, 0 listed"),
    ],
)
def test_announced_components_are_held_against_listed_ones(english, model, text):
    assert model_register.components(english, english.tables.models.loc[model]) == text


def test_parts_are_counted_by_kind(english):
    parts = english.tables.model_parts
    for model in english.tables.models.index:
        counts = [int(number) for number in re.findall(r": (\d+)", model_register.parts(english, model))]
        assert sum(counts) == (parts["model_id"] == model).sum()


def test_the_summary_counts_all_models(english):
    models = english.tables.models
    numbers = [int(number) for number in re.findall(r"\d+", model_register.summary(english))]
    assert numbers[0] == len(models)
    assert numbers[1] == models["stated_count"].notna().sum() == sum(numbers[2:5])


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


def test_every_key_of_a_yaml_file_says_what_it_holds():
    silent = [
        f"{resource['name']}, {path}"
        for resource in DESCRIPTOR["resources"]
        if "jsonSchema" in resource
        for path, own, _ in dictionary.properties(resource["jsonSchema"])
        if not own.get("description", "").endswith(".")
    ]
    assert silent == []


def test_every_word_of_a_vocabulary_is_told_with_its_use(pages, english):
    found = dictionary.vocabularies(DESCRIPTOR)
    assert {"kind", "status", "rung", "qualifier"} <= {vocabulary.field for vocabulary in found}
    assert len({vocabulary.field for vocabulary in found}) == len(found)
    for vocabulary in found:
        assert pages["dictionary"].ids.count(f"vocabulary-{vocabulary.field}") == 1
        for name, counts in dictionary.uses(english, vocabulary).items():
            assert counts.total() == len(english.tables.frames[name])
            assert set(counts) <= set(vocabulary.words)
        for word in vocabulary.words:
            assert english.label(f"meaning-{vocabulary.field}-{word}")


@pytest.mark.parametrize("field", ["kind", "rung", "reason"])
def test_the_codebook_gives_the_same_meanings(english, field):
    rows = re.findall(
        r"^\| `([a-z-]+)` \| ([^|]+) \|", (paths.DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    (words,) = [found.words for found in dictionary.vocabularies(DESCRIPTOR) if found.field == field]
    for word in words:
        assert (word, english.label(f"meaning-{field}-{word}")) in rows


def test_every_file_of_the_package_can_be_taken_from_the_dictionary(html, pages):
    taken = {Path(link["href"]).name for link in pages["dictionary"].links if "download" in link.get("class", "")}
    files = [path.name for path in paths.DATA.rglob("*") if path.suffix in (".csv", ".yml", ".json")]
    assert set(files) <= taken


def test_the_code_that_loads_the_data_runs(monkeypatch):
    monkeypatch.chdir(paths.ROOT)
    text = (paths.CHAPTERS / "dictionary.md").read_text(encoding="utf-8")
    with_pandas, with_frictionless = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict = {}
    exec(with_pandas, names)
    assert isinstance(names["documents"], pd.DataFrame) and names["documents"]["document_id"].notna().all()
    exec(with_frictionless, names)
    assert len(names["claims"]) == len(names["documents"])
    assert frictionless.Package is names["Package"]
