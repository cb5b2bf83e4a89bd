"""What the search is made from: sections of pages and the places that they name."""

from zhenzhi.sphinxext.finish import search, search_entries
from zhenzhi.sphinxext.finish.pages import parse
from zhenzhi.sphinxext.finish.search_entries import Entry

PAGE = """<html><article><section id="lishui-page"><h1>7. Lishui: a bus<a class="headerlink">#</a></h1><p>Opening.</p>
<!-- a remark -->
<section id="bus"><h2><span class="section-number">7.1. </span>The bus</h2><p>A bus line. <!-- no text --></p>
<div class="zz-record">A record.</div><section id="empty"><h3>Empty</h3></section></section></section></article></html>"""


def test_sections_are_read_without_records_and_numbers(english):
    assert list(search_entries.sections(english, "page", parse(PAGE.encode()))) == [
        Entry("section", "page", "", "7. Lishui: a bus", ("lishui",), ("7. Lishui: a bus",), "Opening."),
        Entry("section", "page", "bus", "The bus", ("lishui",), (), "A bus line."),
    ]


def test_traditional_characters_have_the_simplified_form_that_the_book_uses():
    forms = search.simplified_forms("网格调解")
    assert {sign: forms[sign] for sign in "網調"} == {"網": "网", "調": "调"}
    assert set(forms.values()) <= set("网格调解")


def test_names_are_found_as_they_are_spoken():
    assert search_entries.pinyin("九江镇") == "jiujiangzhen"


def test_no_synonym_leads_away_from_the_book(english):
    """What the book is said to say stands in its data."""
    words = " ".join(
        str(cell)
        for name in ("claims", "indicators", "terms", "models", "model_parts", "external")
        for cell in english.tables.frames[name].to_numpy().ravel()
        if cell is not None
    ).lower()
    for word, ours in english.tables.yaml["search"]["synonyms"].items():
        assert all(own in words for own in ours), word


def test_a_place_leads_to_the_section_that_names_it_most_often(english):
    once, twice = (
        Entry("section", "a", "x", "A", text="Dungen."),
        Entry("section", "b", "y", "B", text="Dungen 敦根社区"),
    )
    record = Entry("claim", "c", "z", "C", places=("chuandao",))
    found = {entry.title: entry for entry in search_entries.places(english, [once, twice, record])}
    assert (found["Dungen 敦根社区"].page, found["Dungen 敦根社区"].anchor) == ("b", "y")
    # Named in no section: a record about it; no record either: what is told about a place within it.
    assert found["Taishan 台山市"].page == "c"
    assert "Lishui 里水镇" not in found
