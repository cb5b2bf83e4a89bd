"""The charts and directives about the evidence: numerals, caveats, codings, bounds, and a claim step by step."""

import re

import pytest

from zhenzhi import charts
from zhenzhi.amounts.grammar import anatomy
from zhenzhi.book import open_book
from zhenzhi.charts import style

pytestmark = pytest.mark.slow

WORDINGS = [
    "jj17-grids",
    "jj21-clearing-task",
    "jj21-land-cleared",
    "jj17-greening-funds",
    "jm24-rail-daily",
    "jm24-wind-coast",
]


def every_form(edition) -> list[charts.Chart]:
    return [
        charts.figure_shares(edition, "sources-shares"),
        charts.caveats(edition, "sources-caveats"),
        charts.numerals(edition, "method-numerals"),
        charts.coders(edition, "method-coders"),
        charts.wordings(edition, "method-wordings", WORDINGS),
    ]


def test_every_form_speaks_chinese():
    for chart in every_form(open_book("zh")):
        assert "。" in chart.alt and "{" not in chart.alt
        assert not re.search("[a-z]{3}", chart.alt)
        assert chart.svg(style.WIDE) and chart.svg(style.NARROW)


def test_a_chart_of_whole_documents_names_them_in_its_source(english):
    for chart in every_form(english)[:4]:
        assert chart.claims == []
        for publisher in ("Jiujiang Town Party Committee Office", "Pearl River Times", "Jiangmen Daily"):
            assert publisher in chart.source


# Shares


def test_the_shares_are_those_of_the_spans(english):
    chart = charts.figure_shares(english, "sources-shares")
    tables = english.tables
    own = tables.claims[tables.claims["article_id"] == "jj17-report"]
    share = 100 * sum(own["end"] - own["start"]) / tables.documents.at["jj17", "characters"]
    assert chart.data["in_claims"][0] == pytest.approx(share, abs=0.001)
    assert f"{share:.1f}% in {len(own)} claims" in chart.alt
    assert sum(chart.data["number_of_claims"]) == len(tables.claims)


# Numerals


def test_every_numeral_is_in_the_chart(english):
    chart = charts.numerals(english, "method-numerals")
    assert sum(chart.data["claimed"]) == len(english.tables.claims)
    assert sum(chart.data["other"]) == len(english.tables.numerals)
    assert "parts of names, such as 九江" in chart.alt


# Caveats


def test_caveats_that_touch_a_claim_are_told_apart(english):
    chart = charts.caveats(english, "sources-caveats")
    touching = sum(bool(caveat["affects"]) for caveat in english.tables.caveats)
    assert sum(chart.data["touching"]) == touching
    assert sum(chart.data["apart"]) == len(english.tables.caveats) - touching


# Codings


def test_the_agreement_in_the_chart_is_that_of_the_reliability(english):
    chart = charts.coders(english, "method-coders")
    assert len(chart.data) == len(english.tables.documents) + 1
    assert (
        "Pearl River Times, 3 March 2021: A found 78, B 76, both 76; value 100%, wording 100%, kind 87% (κ 0.83)"
        in chart.alt
    )
    assert chart.alt.endswith("rung 99% (κ 0.98).")


# Wordings


def test_the_bounds_of_each_wording_are_told(english):
    chart = charts.wordings(english, "method-wordings", WORDINGS)
    assert "104个网格: 104 grids; 1900亩: 1,900 mu; 2315.8亩: 2,315.75 to 2,315.85 mu" in chart.alt
    assert "约1500万元: 14.5 to 15.5 million yuan; 超1.25万人次: over 12,500" in chart.alt
    assert chart.claims == WORDINGS


def test_a_range_has_no_single_figure_to_stand_beside(english):
    with pytest.raises(charts.ChartError, match="the qualifier of jm24-wind-land is range; expected exact"):
        charts.wordings(english, "method-wordings", ["jm24-wind-land"])


# A phrase taken apart


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("超1.25万人次", [("wording", "超"), ("numeral", "1.25"), ("multiplier", "万"), ("unit", "人次")]),
        ("50多亿元", [("numeral", "50"), ("wording", "多"), ("multiplier", "亿"), ("unit", "元")]),
        ("同比下降22.9%", [("wording", "同比下降"), ("numeral", "22.9"), ("unit", "%")]),
        ("五大行动计划", [("numeral", "五"), ("unit", "大行动计划")]),
        ("每季度", [("wording", "每季度")]),
    ],
)
def test_a_phrase_is_taken_apart(phrase, parts):
    assert anatomy(phrase) == parts


def test_no_character_of_a_phrase_is_lost(english):
    for phrase in english.tables.claims["as_written"]:
        assert "".join(text for _, text in anatomy(phrase)) == phrase
