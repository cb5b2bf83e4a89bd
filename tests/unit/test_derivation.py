"""Value, unit and qualifier of a claim follow from its words, and what is called a name is no quantity."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from zhenzhi.data import derivation, tables
from zhenzhi.data.rules import claims
from zhenzhi.data.tables import Tables


@pytest.fixture(scope="module")
def data() -> Tables:
    return tables.load()


def with_cells(data: Tables, name: str, row, **cells) -> Tables:
    """The tables with one row of one table alone, some of its cells changed."""
    frame = data.frames[name].loc[[row]].copy()
    for column, value in cells.items():
        frame.at[row, column] = value
    return replace(data, frames=MappingProxyType({**data.frames, name: frame}))


def stated(data: Tables) -> list[str]:
    """The claims that state a number and whose rows follow from their words."""
    claims = data.claims
    return list(claims.index[claims["value"].notna() & claims["reads_en"].isna()])


def slips(data: Tables, claim: str) -> dict[str, dict]:
    """Cells of a claim as a slip of the hand would have them."""
    value = data.claims.at[claim, "value"]
    qualifier = data.claims.at[claim, "qualifier"]
    return {
        "ten times": {"value": value * 10},
        "a tenth": {"value": value / 10},
        "a digit": {"value": value + 10 ** (len(str(abs(int(value)))) - 1)},
        "sign": {"value": -value},
        "an upper value": {"value_high": value + 1} if qualifier != "range" else {"value_high": None},
        "qualifier": {"qualifier": "about" if qualifier == "exact" else "exact"},
    }


@pytest.mark.slow
def test_every_slip_of_value_and_qualifier_is_refused(data):
    missed = [
        (claim, name)
        for claim in stated(data)
        for name, cells in slips(data, claim).items()
        if not list(derivation.claims_follow(with_cells(data, "claims", claim, **cells)))
    ]
    assert missed == []


@pytest.mark.slow
def test_money_land_and_shares_are_told_apart_by_their_words(data):
    sizes = ("yuan", "mu", "percent", "km", "year", "person", "household")
    claims = data.claims
    missed = [
        (claim, unit)
        for claim in stated(data)
        if claims.at[claim, "unit"] in sizes
        for unit in sizes
        if unit != claims.at[claim, "unit"]
        and not list(derivation.claims_follow(with_cells(data, "claims", claim, unit=unit)))
    ]
    assert missed == []


def test_a_slip_is_told_with_what_was_expected(data):
    (problem,) = derivation.claims_follow(with_cells(data, "claims", "jj17-land-reserve", value=Decimal(6000)))
    assert problem == (
        "claims.csv, row 2 (jj17-land-reserve), column value: 6000; expected 600, as '600多亩' says, or a reason in "
        "reads_en and reads_zh"
    )


@pytest.mark.parametrize(
    ("as_written", "value", "holds"),
    [
        ("44.98%", "-44.98", True),
        ("44.98%", "44.98", True),
        ("44.98%", "-44.89", False),
        ("降幅在40%以上", "-40", True),
        ("降幅在40%以上", "40", False),
        ("增长22.9%", "-22.9", False),
        ("下降到22.9%", "-22.9", False),
    ],
)
def test_a_figure_without_a_word_for_its_direction_may_be_a_fall(data, as_written, value, holds):
    cells = {
        "as_written": as_written,
        "value": Decimal(value),
        "qualifier": "over" if "以上" in as_written else "exact",
    }
    changed = with_cells(data, "claims", "jj21-incidents-change", **cells)
    assert (list(derivation.claims_follow(changed)) == []) == holds


@pytest.mark.parametrize(
    ("as_written", "value", "holds"),
    [
        ("回落3%", "-3", True),
        ("回落3%", "3", False),
        ("增长3%", "-3", False),
        ("3%", "-3", True),
        ("3%", "3", True),
        ("下降0%", "0", True),
    ],
)
def test_a_change_lies_on_the_side_of_zero_that_its_words_tell(data, as_written, value, holds):
    cells = {"as_written": as_written, "value": Decimal(value)}
    changed = with_cells(data, "claims", "jj21-incidents-change", **cells)
    assert (list(claims._kinds_have_their_units(changed)) == []) == holds


@pytest.mark.parametrize(
    ("as_written", "value", "qualifier", "low", "high"),
    [
        ("40%以上", "-40", "over", None, -40),
        ("近40%", "-40", "nearly", -40, -30),
        ("降幅在40%以上", "-40", "over", None, -40),
    ],
)
def test_the_bounds_of_a_fall_in_a_list_are_those_of_its_size(data, as_written, value, qualifier, low, high):
    lexicon = data.lexicon
    bounds = derivation.phrase_of(as_written, Decimal(value), None, qualifier, lexicon).bounds()
    assert (bounds.low, bounds.high) == (low, high)


def test_a_row_that_says_why_may_differ_and_one_that_follows_need_not_say(data):
    reason = {"reads_en": "read so", "reads_zh": "如此读"}
    assert not list(
        derivation.claims_follow(with_cells(data, "claims", "jj17-land-reserve", value=Decimal(6000), **reason))
    )
    (problem,) = derivation.claims_follow(with_cells(data, "claims", "jj17-land-reserve", **reason))
    assert problem.startswith("claims.csv, row 2 (jj17-land-reserve), column reads_en: ")


@pytest.mark.parametrize("reason", ["name", "word", "article"])
@pytest.mark.parametrize("as_written", ["31%", "1.2万", "1340", "200多名", "同比增长8%", "３０％", "五亩", "下降三成"])
def test_a_quantity_does_not_pass_as_a_name(data, as_written, reason):
    row = data.numerals.index[0]
    made = with_cells(data, "numerals", row, as_written=as_written, reason=reason)
    (problem,) = derivation.numerals_are_none(made)
    assert "looks like a quantity" in problem


@pytest.mark.parametrize(
    ("as_written", "reason"),
    [
        ("1320件", "date"),
        ("1.2亿元", "ordinal"),
        ("57.6%", "list-marker"),
        ("同比增长6.5%", "page"),
        ("五万元", "doctrine"),
    ],
)
def test_an_amount_passes_under_no_reason(data, as_written, reason):
    made = with_cells(data, "numerals", data.numerals.index[0], as_written=as_written, reason=reason)
    (problem,) = derivation.numerals_are_none(made)
    assert f"looks like a quantity and is called {reason!r}" in problem


@pytest.mark.parametrize(
    ("as_written", "reason"),
    [("2017-09-21", "date"), ("7月18日", "date"), ("5点半", "date"), ("第二批", "ordinal"), ("一是", "list-marker")],
)
def test_dates_and_ordinals_pass(data, as_written, reason):
    made = with_cells(data, "numerals", data.numerals.index[0], as_written=as_written, reason=reason)
    assert list(derivation.numerals_are_none(made)) == []


@pytest.mark.parametrize("as_written", ["九江", "一个", "进一步", "一方面", "G325", "两委", "4D"])
def test_names_words_and_articles_pass(data, as_written):
    made = with_cells(data, "numerals", data.numerals.index[0], as_written=as_written, reason="name")
    assert list(derivation.numerals_are_none(made)) == []
