"""Indicators that towns usually tell are found by their words, and go to the book with the first claim that takes one."""

import pytest

from helpers.coding import described, project, rows, text_of
from zhenzhi.coding import propose
from zhenzhi.coding.accept import accept
from zhenzhi.coding.document import add
from zhenzhi.coding.edit import Edit
from zhenzhi.coding.remaining import remaining
from zhenzhi.data import tables
from zhenzhi.errors import DataError

DAY = "2024-03-18"
PAGE = f"""青禾镇概况

{DAY} 青禾发布

2023年末，全镇行政区域面积86.4平方千米，户籍人口6.83万人，常住人口11.2万人。有基层党组织186个，中共党员4236名，新增党员52名。
全年地区生产总值103.6亿元，同比增长5.2%；规模以上工业总产值212.5亿元；农业总产值14.7亿元。一般公共预算收入4.52亿元。
"""

FOUND = {
    "86.4平方千米": ("place-area", "level", "context", "行政区域面积"),
    "6.83万人": ("registered-population", "level", "context", "户籍人口"),
    "11.2万人": ("resident-population", "level", "context", "常住人口"),
    "186个": ("party-organisations", "level", "structure", "党组织"),
    "4236名": ("party-members", "level", "context", "党员"),
    "103.6亿元": ("gdp", "flow", "outcome", "地区生产总值"),
    "同比增长5.2%": ("gdp-growth", "change", "outcome", "地区生产总值增长率"),
    "212.5亿元": ("output-above-size", "flow", "outcome", "规模以上工业总产值"),
    "14.7亿元": ("agricultural-output", "flow", "outcome", "农业总产值"),
    "4.52亿元": ("budget-revenue", "flow", "outcome", "一般公共预算收入"),
}


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path / "project")
    add(root, text_of(root, PAGE), described())
    return root


def test_a_page_of_a_town_finds_its_indicators(root):
    found = rows(root)
    cells = ("indicator_id", "kind", "rung", "label_zh")
    assert {words: tuple(found[words][cell] for cell in cells) for words in FOUND} == FOUND


def test_what_a_change_is_held_against_has_its_chinese():
    text = "生产总值比上年增长5.2%，较年初增长3.1%。"
    found = propose.drafts(tables.load(), "xx24", text, [propose.Reach(0, len(text), ("jiujiang",))])
    assert [row["comparison_zh"] for row in found] == ["上年", "年初"]


def test_what_was_added_is_no_stock(root):
    assert rows(root)["52名"]["indicator_id"] == ""


def test_each_word_of_a_standard_indicator_finds_it():
    data = tables.load()
    for row in data.standard_indicators.itertuples():
        for word in row.words_zh.split():
            text = f"全镇{word}5"
            found = propose.likely(data, text, len(text) - 1, len(text), row.unit, row.kind)
            assert found[:1] == [row.Index], (word, found)


def test_a_claim_takes_its_indicator_into_the_book(root):
    before = tables.load(root / "data").indicators
    assert "gdp" not in before.index
    edit = Edit(root)
    held = edit.rows("drafts")
    for row in held:
        row["reviewed"] = "true" if row["indicator_id"].startswith("gdp") else ""
    edit.write_rows("drafts", held)
    edit.write()
    assert remaining(root, root.parent / "texts").wrong == []
    accept(root, "qh24")
    data = tables.load(root / "data")
    assert list(data.indicators.index) == [*before.index, "gdp", "gdp-growth"]
    columns = list(data.indicators)
    assert data.indicators.loc["gdp"].equals(data.standard_indicators.loc["gdp", columns])


def test_a_proposal_of_no_indicator_is_refused(root):
    edit = Edit(root)
    held = edit.rows("drafts")
    next(row for row in held if row["indicator_id"] == "gdp")["indicator_id"] = "gpd"
    edit.write_rows("drafts", held)
    with pytest.raises(DataError, match="'gpd' is unknown; expected an indicator_id of indicators.csv or of standard_"):
        edit.checked()


def test_a_standard_indicator_has_one_unit_in_and_out_of_the_book(root):
    edit = Edit(root)
    held = edit.rows("standard_indicators")
    next(row for row in held if row["indicator_id"] == "gross-industrial-output")["unit"] = "usd"
    edit.write_rows("standard_indicators", held)
    with pytest.raises(DataError, match="column unit: 'usd', but 'gross-industrial-output' is told in 'yuan' in indic"):
        edit.checked()
