"""What the reference pages are made of: terms found in text, models and their parts, the codebook."""

import json
import re
import unicodedata

import frictionless
import pandas as pd
import pytest
from docutils import nodes
from docutils.utils import new_document

from zhenzhi import paths
from zhenzhi.data import tables
from zhenzhi.sphinxext.directives import dictionary, model_register
from zhenzhi.sphinxext.inline.terms import Finder, anchor, mark, syllables, term_reference

DESCRIPTOR = json.loads((paths.DATA / tables.DESCRIPTOR).read_text(encoding="utf-8"))


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


def test_one_character_behind_a_link_belongs_to_the_words_of_the_link():
    link = nodes.reference("", "register", refuri="x")
    page = document(nodes.paragraph("", "", link, nodes.Text("里，")), nodes.paragraph(text="50 里"))
    assert mark(page, Finder(["里"])) == ["里"]
    (marked,) = page.findall(term_reference)
    assert marked.parent.astext() == "50 里"


# The glossary


def test_chinese_puts_terms_in_order_by_syllable():
    readings = ["jiāngshī zǔzhī", "jīcéng dǎngjiàn", "dǎng zhībù", "dǎngjiàn"]
    assert sorted(readings, key=syllables) == ["dǎngjiàn", "dǎng zhībù", "jīcéng dǎngjiàn", "jiāngshī zǔzhī"]


def test_a_term_has_as_many_syllables_as_characters(english):
    terms = english.tables.terms
    counted = {term: len(re.findall("[\u4e00-\u9fff]", term)) for term in terms.index}
    assert {term: len(syllables(reading)) for term, reading in terms["pinyin"].items()} == counted


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


def test_every_key_of_a_yaml_file_says_what_it_holds():
    silent = [
        f"{resource['name']}, {path}"
        for resource in DESCRIPTOR["resources"]
        if "jsonSchema" in resource
        for path, own, _ in dictionary.properties(resource["jsonSchema"])
        if not own.get("description", "").endswith(".")
    ]
    assert silent == []


@pytest.mark.parametrize("field", ["kind", "rung", "reason"])
def test_the_codebook_gives_the_same_meanings(english, field):
    rows = re.findall(
        r"^\| `([a-z-]+)` \| ([^|]+) \|", (paths.DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    (words,) = [found.words for found in dictionary.vocabularies(DESCRIPTOR) if found.field == field]
    for word in words:
        assert (word, english.label(f"meaning-{field}-{word}")) in rows


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
