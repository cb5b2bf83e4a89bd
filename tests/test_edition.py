"""Figures, dates and references in words, in both languages; the words never promise more than the arithmetic."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenzhi.edition import Edition, Reference, UnknownReference, open_book, references
from zhenzhi.quantity import Interval, Quantity


@pytest.fixture(scope="module")
def chinese() -> Edition:
    return open_book("zh")


def worded(edition: Edition, as_written: str, value, unit: str, **cells) -> Edition:
    """The edition with other words and figures in the claim ``jj17-grids``."""
    claims = edition.tables.claims.copy()
    value = None if value is None else Decimal(value)
    for column, cell in {"as_written": as_written, "value": value, "unit": unit, **cells}.items():
        claims.at["jj17-grids", column] = cell
    frames = MappingProxyType({**edition.tables.frames, "claims": claims})
    return Edition(replace(edition.tables, frames=frames), edition.language)


def quantity(unit: str, low, high, counted: bool = False, **ends) -> Quantity:
    bounds = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high), **ends)
    return Quantity(None, unit, bounds, counted)


# Figures


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("jj17-grids", "104 grids"),
        ("jj17-tasks", "987,783 tasks"),
        ("jj17-industrial-output", "18.925 billion yuan"),
        ("jj17-tax", "990 million yuan"),
        ("jj17-industrial-output-growth", "8.7%"),
        ("jj17-guarantee-loans", "nearly 100 million yuan"),
        ("jj17-greening-funds", "about 15 million yuan"),
        ("jj17-land-reserve", "over 600 mu"),
        ("jj17-green-area", "over 1,000 mu"),
        ("jj17-shangdong-area", "52.4 mu"),
        ("jj17-tasks-per-grid", "over 10 tasks per grid and day"),
        ("jj17-exam-streak", "13 times"),
        ("jj17-aspects", "7 fields"),
        ("jj17-two-plus-two", "2+2"),
    ],
)
def test_a_claim_in_english(english, claim, words):
    assert english.figure(claim) == words


@pytest.mark.parametrize(
    ("as_written", "value", "unit", "cells", "words"),
    [
        ("1个网格", 1, "grid", {}, "1 grid"),
        ("1534.5万元", 15_345_000, "yuan", {}, "15.345 million yuan"),
        ("5000元", 5_000, "yuan", {}, "5,000 yuan"),
        ("同比下降22.9%", "-22.9", "percent", {}, "−22.9%"),
        ("8—11家", 8, "enterprise", {"qualifier": "range", "value_high": Decimal(11)}, "8 to 11 firms"),
        ("五十亩以上", 50, "mu", {"qualifier": "over"}, "50 mu or more"),
        ("至少10家", 10, "enterprise", {"qualifier": "over"}, "at least 10 firms"),
        ("不少于10家", 10, "enterprise", {"qualifier": "over"}, "at least 10 firms"),
        ("至多10家", 10, "enterprise", {"qualifier": "at-most"}, "at most 10 firms"),
    ],
)
def test_the_wording_of_a_claim_in_english(english, as_written, value, unit, cells, words):
    assert worded(english, as_written, value, unit, **cells).figure("jj17-grids") == words


@pytest.mark.parametrize("claim", ["jj17-grids", "jj17-guarantee-loans", "jj17-two-plus-two"])
def test_a_claim_in_chinese_stands_as_the_document_wrote_it(chinese, claim):
    assert chinese.figure(claim) == chinese.claim(claim)["as_written"]


@pytest.mark.parametrize(
    ("name", "in_english", "in_chinese"),
    [
        ("jj17-staff-total.sum", "510 people", "510人"),
        ("jj17-tasks-average.days", "519 to 549 days", "519至549天"),
        ("jj17-tasks-average.average", "17.3 to 18.4 tasks per grid and day", "17.3至18.4条/网格/日"),
        ("jj17-output-base.base", "17.401 to 17.419 billion yuan", "174.01至174.19亿元"),
        ("jj17-cleanup-total.whole", "2,780 to 2,820 projects", "2,780至2,820项目"),
    ],
)
def test_a_computed_quantity_in_both_languages(english, chinese, name, in_english, in_chinese):
    assert english.figure(name) == in_english
    assert chinese.figure(name) == in_chinese


# Bounds in words


@pytest.mark.parametrize(
    ("bounds", "in_english", "in_chinese"),
    [
        (quantity("person", 5, None), "at least 5 people", "至少5人"),
        (quantity("person", 5, None, low_open=True), "over 5 people", "超过5人"),
        (quantity("person", None, 5), "at most 5 people", "至多5人"),
        (quantity("person", None, 5, high_open=True), "less than 5 people", "少于5人"),
        (quantity("person", None, None), "any value", "任意值"),
        (quantity("person", 5, 5, counted=True), "5 people", "5人"),
        (quantity("person", "5.2", "7.1", counted=True), "5 to 8 people", "5至8人"),
        (quantity("percent", "17.30005", "18.29"), "17.3 to 18.3%", "17.3至18.3%"),
        (quantity("percent", "99.315", "99.325"), "99.315 to 99.325%", "99.315至99.325%"),
        (quantity("yuan", 1_513_000_000, 1_526_000_000), "1.513 to 1.526 billion yuan", "15.13至15.26亿元"),
        (quantity("percent", "-22.95", "-22.85"), "−22.95 to −22.85%", "−22.95至−22.85%"),
    ],
)
def test_bounds_are_rounded_outwards(english, chinese, bounds, in_english, in_chinese):
    assert english.interval(bounds) == in_english
    assert chinese.interval(bounds) == in_chinese


SCALES = {" million": 10**6, " billion": 10**9, "万": 10**4, "亿": 10**8}
ONE_SIDED = {
    "over ": ("low", True), "at least ": ("low", False), "less than ": ("high", True), "at most ": ("high", False),
    "超过": ("low", True), "至少": ("low", False), "少于": ("high", True), "至多": ("high", False),
}  # fmt: skip


def understood(words: str) -> Interval:
    """What a reader makes of a figure in words."""
    scale = next((size for word, size in SCALES.items() if word in words), 1)
    numbers = [
        Fraction(number.replace(",", "").replace("−", "-")) * scale
        for number in re.findall(r"−?\d[\d,]*(?:\.\d+)?", words)
    ]
    side, is_open = next((end for word, end in ONE_SIDED.items() if words.startswith(word)), (None, False))
    if side == "low":
        return Interval(numbers[0], None, low_open=is_open)
    if side == "high":
        return Interval(None, numbers[0], high_open=is_open)
    return Interval(numbers[0], numbers[-1])


@st.composite
def quantities(draw) -> Quantity:
    """Quantities of every size with at least one bound."""
    unit = draw(st.sampled_from(["yuan", "percent", "mu", "person"]))
    size = 10 ** draw(st.integers(0, 11))
    low, high = sorted(size * draw(st.fractions(-10, 10, max_denominator=1000)) for _ in "ab")
    ends = {} if low == high else {"low_open": draw(st.booleans()), "high_open": draw(st.booleans())}
    missing = draw(st.sampled_from([None, None, "low", "high"]))
    return quantity(
        unit, None if missing == "low" else low, None if missing == "high" else high, unit == "person", **ends
    )


@settings(deadline=None)
@given(quantities())
@example(quantity("yuan", 1_234_567_890, 1_234_567_890))
@example(quantity("yuan", "1234567889.5", "1234567890.5"))
@example(quantity("yuan", 1_234_567_890, None))
@example(quantity("percent", Fraction(2, 3), None))
@example(quantity("person", Fraction(10_000, 11), Fraction(10_000, 11), counted=True))
@example(quantity("person", None, Fraction(1, 3), counted=True))
def test_the_words_always_contain_the_interval(english, chinese, bounds):
    assert bounds.interval.within(understood(english.interval(bounds)))
    assert bounds.interval.within(understood(chinese.interval(bounds)))


# References


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("jj17-grids", Reference("claim", "jj17-grids", "figure")),
        ("jj17-grids|word", Reference("claim", "jj17-grids", "word")),
        (" jj17-grids | number ", Reference("claim", "jj17-grids", "number")),
        ("jj17-grids|", Reference("claim", "jj17-grids", "figure")),
    ],
)
def test_a_reference_is_an_id_and_a_form(text, reference):
    assert Reference.parse("claim", text) == reference


def test_references_are_found_in_a_text_in_order():
    text = "{claim}`a` of {computed}`b.sum|number`, see {numref}`c` and `d`."
    assert references(text) == [Reference("claim", "a", "figure"), Reference("computed", "b.sum", "number")]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("claim", "jj17-grids|figure", "104 grids"),
        ("claim", "jj17-environment-spending|figure-capital", "Nearly 70 million yuan"),
        ("claim", "jj17-grids|number", "104"),
        ("claim", "jj17-guarantee-loans|number", "nearly 100 million"),
        ("claim", "jj17-aspects|word", "seven"),
        ("claim", "jj17-grids|word", "104"),
        ("claim", "jj17-grids|written", "104个网格"),
        ("claim", "jj17-events-rate|range", "99.315 to 99.325%"),
        ("external", "jiujiang-hightech-2020|figure", "83 firms"),
        ("external", "jiujiang-gdp-2020|number", "15 billion"),
        ("computed", "jj17-aspects-listed.listed|word", "six"),
        ("computed", "jj17-staff-total.sum|number", "510"),
        ("computed", "jj17-tasks-average.days|word", "519 to 549"),
    ],
)
def test_the_forms_of_a_reference(english, kind, text, words):
    assert english.show(Reference.parse(kind, text)) == words


@pytest.mark.parametrize(
    ("claim", "words"), [("jj17-shangdong-firms", "over 10"), ("jj17-guarantee-loans", "nearly 100 million")]
)
def test_a_figure_that_is_not_one_number_is_not_put_into_one_word(english, claim, words):
    assert english.word(claim) == words


def test_chinese_has_no_words_for_small_counts_but_what_is_written(chinese):
    assert chinese.word("jj17-aspects") == "七大方面"


def test_a_text_is_put_into_plain_words(english):
    text = "{claim}`jj17-grids`, {computed}`jj17-staff-total.sum|number` in {claim}`jj17-areas|word` `areas`"
    assert english.plain(text) == "104 grids, 510 in six `areas`"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (Reference("claim", "nothing", "figure"), "there is no claim 'nothing'; expected a claim_id of claims.csv"),
        (
            Reference("claim", "jj17-staff-total.sum", "figure"),
            "there is no claim 'jj17-staff-total.sum'; expected a claim_id of claims.csv",
        ),
        (
            Reference("computed", "nothing.sum", "figure"),
            "there is no computed quantity 'nothing.sum'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("computed", "jj17-staff-total.rest", "figure"),
            "there is no computed quantity 'jj17-staff-total.rest'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("computed", "jj17-grids", "figure"),
            "there is no computed quantity 'jj17-grids'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("external", "jj17-grids", "figure"),
            "there is no outside figure 'jj17-grids'; expected an external_id of external.csv",
        ),
        (
            Reference("claim", "jj17-two-plus-two", "range"),
            "the claim 'jj17-two-plus-two' is a label without a value; expected a figure",
        ),
        (
            Reference("claim", "jj17-grids", "roman"),
            "the form 'roman' is unknown; expected one of figure, figure-capital, number, word, written, range",
        ),
    ],
    ids=[
        "claim",
        "claim that is computed",
        "check",
        "quantity",
        "computed that is a claim",
        "external that is a claim",
        "label",
        "form",
    ],
)
def test_what_does_not_exist_is_named_with_what_was_expected(english, reference, message):
    with pytest.raises(UnknownReference, match=f"^{re.escape(message)}$"):
        english.show(reference)


@pytest.mark.parametrize("lookup", ["check", "figure_text", "label"])
def test_a_name_that_the_data_does_not_have_is_refused(english, lookup):
    with pytest.raises(UnknownReference, match="'nothing'"):
        getattr(english, lookup)("nothing")


# What is known by name


def test_a_claim_and_a_computed_quantity_have_names(english, chinese):
    assert english.name_of("jj17-grids") == "social-governance grids"
    assert chinese.name_of("jj17-grids") == "社会治理网格"
    assert english.name_of("jj17-events-closed.rest") == "events left open"
    assert english.name_of("jiujiang-hightech-2020").startswith("high-tech enterprises")


def test_a_claim_knows_its_document(english):
    assert english.document_of("jj17-grids")["published"] == "2017-09-21"


def test_a_claim_knows_the_checks_it_takes_part_in(english):
    checks = {result.check_id for result in english.verdict_of("jj17-grids")}
    assert {"jj17-heads-per-grid", "jj17-tasks-average"} <= checks
    assert "jj17-tax-base" not in checks


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("jj17-aspects", "inconsistent"),
        ("jj17-aspects-listed.listed", "inconsistent"),
        ("jj17-tax", "undetermined"),
        ("jj17-tasks-per-grid", ""),
        ("jj17-schools", ""),
    ],
)
def test_a_figure_that_a_check_does_not_bear_out_has_a_flag(english, name, flag):
    assert english.flag(name) == flag


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_result_can_be_told(language):
    edition = open_book(language)
    untold = [
        name for name, result in edition.results.items() if re.search(r"[{}]", edition.plain(edition.reason(result)))
    ]
    assert untold == []


def test_the_reason_of_a_check_names_its_figures(english):
    reason = english.plain(english.reason(english.results["jj17-events-closed"]))
    assert "15,155 events" in reason
    assert "99.32%" in reason
    assert "103 events" in reason


# Dates


@pytest.mark.parametrize(
    ("edtf", "in_english", "in_chinese"),
    [
        ("2017", "2017", "2017年"),
        ("2017-09", "September 2017", "2017年9月"),
        ("2017-09-21", "21 September 2017", "2017年9月21日"),
        ("2022?", "2022 (?)", "2022年 (?)"),
        ("2022?-03-14", "14 March 2022 (?)", "2022年3月14日 (?)"),
    ],
)
def test_dates_in_words(english, chinese, edtf, in_english, in_chinese):
    assert english.date(edtf) == in_english
    assert chinese.date(edtf) == in_chinese


@pytest.mark.parametrize(
    ("claim", "in_english", "in_chinese"),
    [
        ("jj17-tax", "January 2017 to August 2017", "2017年1月至2017年8月"),
        ("jj17-deputies", "21 September 2017", "2017年9月21日"),
        ("jj17-opinions", "until September 2017", "截至2017年9月"),
        ("jj17-grids", "not stated", "未说明"),
    ],
)
def test_the_period_of_a_claim(english, chinese, claim, in_english, in_chinese):
    assert english.period(claim) == in_english
    assert chinese.period(claim) == in_chinese


def test_a_period_without_an_end(english):
    assert worded(english, "104个网格", 104, "grid", period_start="2016-03").period("jj17-grids") == "since March 2016"


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("jj21-own-rate", "inconsistent"),
        ("jj17-aspects-listed.listed", "inconsistent"),
        ("jj17-tax-growth", "undetermined"),
        ("jj17-tax-base.base", ""),
        ("jj17-opinions-rate", ""),
        ("jj17-land-reserve", ""),
    ],
)
def test_a_figure_is_marked_by_what_its_checks_find(english, name, flag):
    assert english.flag(name) == flag
