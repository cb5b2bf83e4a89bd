"""Figures, dates and references in words, in both languages; the words never promise more than the arithmetic."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.book.edition import Edition, Reference, open_book, references
from zhenzhi.book.lookups import UnknownReference


def worded(edition: Edition, as_written: str, value, unit: str, **cells) -> Edition:
    """The edition with other words and figures in the claim ``aa21-grids``."""
    claims = edition.tables.claims.copy()
    value = None if value is None else Decimal(value)
    for column, cell in {"as_written": as_written, "value": value, "unit": unit, **cells}.items():
        claims.at["aa21-grids", column] = cell
    frames = MappingProxyType({**edition.tables.frames, "claims": claims})
    return Edition(replace(edition.tables, frames=frames), edition.language)


def quantity(unit: str, low, high, counted: bool = False, **ends) -> Quantity:
    bounds = Interval(None if low is None else Fraction(low), None if high is None else Fraction(high), **ends)
    return Quantity(None, unit, bounds, counted)


# Figures


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("aa21-grids", "12 grids"),
        ("aa21-events", "1,250 events"),
        ("aa21-tax", "250 million yuan"),
        ("aa21-tax-growth", "25%"),
        ("aa21-spent", "over 3 million yuan"),
        ("aa21-path", "nearly 20 kilometres"),
        ("aa21-visits", "over 800 households"),
        ("aa21-meetings", "once a month"),
        ("aa21-actions", "4 actions"),
        ("aa21-method", "2+2"),
        ("bb22-residents", "about 1,500 people"),
        ("bb22-visitors", "10,000 to 20,000 people"),
    ],
)
def test_a_claim_in_english(made_english, claim, words):
    assert made_english.amount(claim) == words


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
        ("降幅在40%以上", -40, "percent", {"qualifier": "over"}, "a fall of 40% or more"),
        ("下降近四成", -40, "percent", {"qualifier": "nearly"}, "a fall of nearly 40%"),
        ("第一", 1, "standing", {}, "rank 1"),
        ("前五", 5, "standing", {"qualifier": "at-most"}, "among the first 5"),
        ("十强", 10, "standing", {"qualifier": "at-most"}, "among the first 10"),
        ("上升2位", 2, "position", {}, "2 positions"),
        ("Ⅳ级", 4, "rank", {}, "level 4"),
    ],
)
def test_the_wording_of_a_claim_in_english(made_english, as_written, value, unit, cells, words):
    assert worded(made_english, as_written, value, unit, **cells).amount("aa21-grids") == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (quantity("percent", Fraction(9757, 27), Fraction(9757, 27)), "about 361%"),
        (quantity("percent", "12.5", "12.5"), "12.5%"),
        (quantity("percent", "17.30005", "18.29"), "about 18%"),
        (quantity("person", 5, None, low_open=True), "over 5 people"),
    ],
)
def test_a_quantity_in_the_digits_that_help(made_english, quantity, words):
    assert made_english._words.about(quantity) == words


@pytest.mark.parametrize(
    ("as_written", "value", "unit", "qualifier", "in_english", "in_chinese"),
    [
        ("降幅在40%以上", -40, "percent", "over", "a fall of 40% or more; no upper bound", "下降不少于40%，无上限"),
        ("前五", 5, "standing", "at-most", "rank 1 to 5", "第1至5名"),
        ("第一", 1, "standing", "exact", "exactly rank 1", "恰为第1名"),
    ],
)
def test_what_falls_and_ranks_allow(
    made_english, made_chinese, as_written, value, unit, qualifier, in_english, in_chinese
):
    for edition, words in ((made_english, in_english), (made_chinese, in_chinese)):
        assert worded(edition, as_written, value, unit, qualifier=qualifier).allowed("aa21-grids") == words


@pytest.mark.parametrize("claim", ["aa21-grids", "aa21-spent", "aa21-method"])
def test_a_claim_in_chinese_stands_as_the_document_wrote_it(made_chinese, claim):
    assert made_chinese.amount(claim) == made_chinese.claim(claim)["as_written"]


@pytest.mark.parametrize(
    ("name", "in_english", "in_chinese"),
    [
        ("aa21-helpers.sum", "78 people", "78人"),
        ("aa21-events-closed.rest", "20 events", "20件"),
        ("aa21-tax-base.base", "195 to 205 million yuan", "1.95亿至2.05亿元"),
    ],
)
def test_a_computed_quantity_in_both_languages(made_english, made_chinese, name, in_english, in_chinese):
    assert made_english.amount(name) == in_english
    assert made_chinese.amount(name) == in_chinese


# Bounds in words


@pytest.mark.parametrize(
    ("bounds", "in_english", "in_chinese"),
    [
        (quantity("person", 5, None), "at least 5 people", "至少5人"),
        (quantity("person", 5, None, low_open=True), "over 5 people", "超过5人"),
        (quantity("person", None, 5), "at most 5 people", "至多5人"),
        (quantity("person", None, 5, high_open=True), "less than 5 people", "少于5人"),
        (quantity("yuan", 0, 10**8, low_open=True, high_open=True), "less than 100 million yuan", "少于1亿元"),
        (quantity("person", None, None), "any value", "任意值"),
        (quantity("person", 5, 5, counted=True), "5 people", "5人"),
        (quantity("person", "5.2", "7.1", counted=True), "6 to 7 people", "6至7人"),
        (quantity("percent", "17.30005", "18.29"), "17.3 to 18.3%", "17.3%至18.3%"),
        (quantity("percent", "99.315", "99.325"), "99.315 to 99.325%", "99.315%至99.325%"),
        (quantity("yuan", 1_513_000_000, 1_526_000_000), "1.513 to 1.526 billion yuan", "15.13亿至15.26亿元"),
        (quantity("percent", "-22.95", "-22.85"), "−22.95 to −22.85%", "−22.95%至−22.85%"),
    ],
)
def test_bounds_are_rounded_outwards(made_english, made_chinese, bounds, in_english, in_chinese):
    assert made_english.interval(bounds) == in_english
    assert made_chinese.interval(bounds) == in_chinese


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
def test_the_words_always_contain_the_interval(made_english, made_chinese, bounds):
    for edition in (made_english, made_chinese):
        told = understood(edition.interval(bounds))
        if bounds.counted and bounds.interval.is_bounded and (whole := bounds.whole_numbers()):
            assert whole[0] in told and whole[-1] in told
        else:
            assert bounds.interval.within(told)


# References


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("aa21-grids", Reference("claim", "aa21-grids", "figure")),
        ("aa21-grids|word", Reference("claim", "aa21-grids", "word")),
        (" aa21-grids | number ", Reference("claim", "aa21-grids", "number")),
        ("aa21-grids|", Reference("claim", "aa21-grids", "figure")),
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
        ("claim", "aa21-grids|figure", "12 grids"),
        ("claim", "aa21-spent|figure-capital", "Over 3 million yuan"),
        ("claim", "aa21-events|number", "1,250"),
        ("claim", "aa21-spent|number", "over 3 million"),
        ("claim", "aa21-actions|word", "four"),
        ("claim", "aa21-events|word", "1,250"),
        ("claim", "aa21-grids|written", "12个网格"),
        ("claim", "aa21-closed|range", "98.35 to 98.45%"),
        ("claim", "aa21-disputes-change|fall", "10%"),
        ("external", "qinghe-area|figure", "60,000 mu"),
        ("external", "qinghe-area|number", "60,000"),
        ("computed", "aa21-actions-listed.listed|word", "three"),
        ("computed", "aa21-helpers.sum|number", "78"),
        ("computed", "aa21-tax-base.base|word", "195 to 205 million"),
    ],
)
def test_the_forms_of_a_reference(made_english, kind, text, words):
    assert made_english.show(Reference.parse(kind, text)) == words


@pytest.mark.parametrize(
    ("written", "in_english", "in_chinese"),
    [
        ("超过6万亩", "over 60,000 mu", "超过6万亩"),
        ("6万亩以上", "60,000 mu or more", "6万亩以上"),
        ("6万亩左右", "about 60,000 mu", "约6万亩"),
        (None, "60,000 mu", "6万亩"),
    ],
)
def test_an_outside_figure_is_told_with_the_word_that_its_page_used(
    made_english, made_chinese, written, in_english, in_chinese
):
    for edition, words in ((made_english, in_english), (made_chinese, in_chinese)):
        outside = edition.tables.external.copy()
        outside["as_written"] = written
        frames = MappingProxyType({**edition.tables.frames, "external": outside})
        assert Edition(replace(edition.tables, frames=frames), edition.language).amount("qinghe-area") == words


@pytest.mark.parametrize(
    ("unit", "low", "high", "counted", "words"),
    [
        ("grid", 634, 634, True, "634个网格"),
        ("service", 3, 3, True, "3项服务"),
        ("task-per-grid-day", "17.3", "18.4", False, "每个网格每日17.3至18.4条"),
        ("person-trip-per-day", 12_500, None, False, "每日至少1.25万人次"),
        ("record", 112_120, 112_120, True, "112120条"),
        ("person-trip", 417_900, 417_900, True, "41.79万人次"),
        ("person-trip", 778_650, 778_750, True, "77.865万至77.875万人次"),
        ("camera", 1_301, 2_399, True, "1301至2399个"),
        ("yuan", 1_234, 5_678, False, "1000至6000元"),
    ],
)
def test_number_and_unit_stand_together_as_chinese_has_them(made_chinese, unit, low, high, counted, words):
    assert made_chinese.interval(quantity(unit, low, high, counted)) == words


def test_chinese_qualifies_the_number_and_not_what_it_is_taken_for(made_chinese, made_english):
    each = quantity("task-per-event", "65.17", "65.19")
    assert made_chinese._words.about(each) == "每件约65.2条"
    assert made_english._words.about(each) == "about 65.2 patrol tasks for each event"
    least = replace(each, value=None, interval=Interval(Fraction(10), None, low_open=True))
    assert made_chinese._words.allowed(least) == "每件多于10条，无上限"


@pytest.mark.parametrize(("claim", "words"), [("aa21-visits", "over 800"), ("aa21-path", "nearly 20")])
def test_a_figure_that_is_not_one_number_is_not_put_into_one_word(made_english, claim, words):
    assert made_english.word(claim) == words


@pytest.mark.parametrize(
    ("as_written", "value", "unit", "cells", "number"),
    [
        ("104个网格", 104, "grid", {}, "104"),
        ("约1.9亿元", 190_000_000, "yuan", {"qualifier": "about"}, "约1.9亿"),
        ("50多亿元", 5_000_000_000, "yuan", {"qualifier": "over"}, "超过50亿"),
        ("1200余人", 1200, "person", {"qualifier": "over"}, "超过1200"),
        ("40.37万人次", 403_700, "person", {}, "40.37万"),
        ("99.32%", "99.32", "percent", {}, "99.32"),
        ("同比下降22.9%", "-22.9", "percent", {}, "−22.9"),
        ("降幅在40%以上", "-40", "percent", {"qualifier": "over"}, "下降40以上"),
        ("前五", 5, "standing", {"qualifier": "at-most"}, "前5"),
        ("七大方面", 7, "action", {}, "7"),
        ("近亿元", 100_000_000, "yuan", {"qualifier": "nearly"}, "近1亿"),
        ("8—11家", 8, "enterprise", {"qualifier": "range", "value_high": Decimal(11)}, "8至11"),
        ("2+2", None, "label", {}, "2+2"),
    ],
)
def test_the_number_of_a_claim_in_chinese(made_chinese, as_written, value, unit, cells, number):
    edition = worded(made_chinese, as_written, value, unit, **{"qualifier": "exact"} | cells)
    assert edition.show(Reference("claim", "aa21-grids", "number")) == number
    assert edition.show(Reference("claim", "aa21-grids", "figure-capital")) == as_written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aa21-actions", "四大行动"),
        ("aa21-actions|word", "四"),
        ("aa21-grids|word", "十二"),
        ("aa21-events|word", "1250"),
        ("aa21-actions|number", "4"),
        ("aa21-visits|number", "超过800"),
        ("qinghe-area|number", "6万"),
        ("aa21-helpers.sum", "78人"),
    ],
)
def test_chinese_tells_a_claim_as_it_is_written_and_its_number_alone(made_chinese, text, words):
    name = text.partition("|")[0]
    kind = "computed" if "." in name else "external" if made_chinese.is_external(name) else "claim"
    assert made_chinese.show(Reference.parse(kind, text)) == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (quantity("percent", Fraction(9757, 27), Fraction(9757, 27)), "约361%"),
        (quantity("yuan", 17_350_000_000, 17_450_000_000), "约174亿元"),
        (quantity("person", 5, None, low_open=True), "超过5人"),
    ],
)
def test_a_quantity_in_the_digits_that_help_in_chinese(made_chinese, quantity, words):
    assert made_chinese._words.about(quantity) == words


def test_a_text_is_put_into_plain_words(made_english):
    text = "{claim}`aa21-grids`, {computed}`aa21-helpers.sum|number` in {claim}`aa21-actions|word` `areas`"
    assert made_english.plain(text) == "12 grids, 78 in four `areas`"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (Reference("claim", "nothing", "figure"), "there is no claim 'nothing'; expected a claim_id of claims.csv"),
        (
            Reference("claim", "aa21-helpers.sum", "figure"),
            "there is no claim 'aa21-helpers.sum'; expected a claim_id of claims.csv",
        ),
        (
            Reference("computed", "nothing.sum", "figure"),
            "there is no computed quantity 'nothing.sum'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("computed", "aa21-helpers.rest", "figure"),
            "there is no computed quantity 'aa21-helpers.rest'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("computed", "aa21-grids", "figure"),
            "there is no computed quantity 'aa21-grids'; expected CHECK.NAME of checks.yml",
        ),
        (
            Reference("external", "aa21-grids", "figure"),
            "there is no outside figure 'aa21-grids'; expected an external_id of external.csv",
        ),
        (
            Reference("claim", "aa21-method", "range"),
            "the claim 'aa21-method' is a label without a value; expected a figure",
        ),
        (
            Reference("claim", "aa21-grids", "roman"),
            "the form 'roman' is unknown; expected one of figure, figure-capital, number, word, written, range, about, fall",
        ),
        (
            Reference("claim", "aa21-closed", "fall"),
            "'aa21-closed' is told as a fall and is 98.4%; expected a figure below zero",
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
        "no fall",
    ],
)
def test_what_does_not_exist_is_named_with_what_was_expected(made_english, reference, message):
    with pytest.raises(UnknownReference, match=f"^{re.escape(message)}$"):
        made_english.show(reference)


@pytest.mark.parametrize("lookup", ["check", "chart_text", "label"])
def test_a_name_that_the_data_does_not_have_is_refused(made_english, lookup):
    with pytest.raises(UnknownReference, match="'nothing'"):
        getattr(made_english, lookup)("nothing")


@pytest.mark.parametrize("text", ["{roof}", "{0}", "{low.roof}", "{low!q}"])
def test_a_gap_that_nothing_fills_is_named_with_its_label(text):
    book = open_book()
    labels = MappingProxyType({**book.tables.yaml, "labels": {"range": {"en": text, "zh": text}}})
    with pytest.raises(
        UnknownReference, match="labels.yml, key range: nothing fills the gap .*; expected {low}, {high}$"
    ):
        Edition(replace(book.tables, yaml=labels), "en").label("range", low=1, high=2)


# What is known by name


def test_a_claim_and_a_computed_quantity_have_names(made_english, made_chinese):
    assert made_english.name_of("aa21-grids") == "grids"
    assert made_chinese.name_of("aa21-grids") == "网格"
    assert made_english.name_of("aa21-events-closed.rest") == "events left open"
    assert made_english.name_of("qinghe-area") == "area of the town"


def test_a_claim_knows_its_document(made_english):
    assert made_english.document_of("bb22-residents")["published"] == "2022-05"


def test_a_claim_knows_the_checks_it_takes_part_in(made_english):
    assert {result.check_id for result in made_english.verdict_of("aa21-tax")} == {"aa21-tax-base"}
    assert {result.check_id for result in made_english.verdict_of("aa21-grids")} == {"aa21-grids-told-again"}
    assert not made_english.verdict_of("aa21-spent")


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("aa21-actions", "inconsistent"),
        ("aa21-actions-listed.listed", "inconsistent"),
        ("aa21-tax", "undetermined"),
        ("aa21-tax-base.base", ""),
        ("aa21-grids", ""),
        ("aa21-spent", ""),
    ],
)
def test_a_figure_that_a_check_does_not_bear_out_has_a_flag(made_english, name, flag):
    assert made_english.flag(name) == flag


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_result_can_be_told(language):
    edition = open_book(language)
    untold = [
        name for name, result in edition.results.items() if re.search(r"[{}]", edition.plain(edition.reason(result)))
    ]
    assert untold == []


def test_the_reason_of_a_check_names_its_figures(made_english):
    reason = made_english.plain(made_english.reason(made_english.results["aa21-events-closed"]))
    assert "1,250 events" in reason and "98.4%" in reason and "20 events" in reason


# Dates


@pytest.mark.parametrize(
    ("edtf", "in_english", "in_chinese"),
    [
        ("2017", "2017", "2017年"),
        ("2017-09", "September 2017", "2017年9月"),
        ("2017-09-21", "21 September 2017", "2017年9月21日"),
        ("2022?", "2022 (?)", "2022年（？）"),
        ("2022?-03-14", "14 March 2022 (?)", "2022年3月14日（？）"),
    ],
)
def test_dates_in_words(made_english, made_chinese, edtf, in_english, in_chinese):
    assert made_english.date(edtf) == in_english
    assert made_chinese.date(edtf) == in_chinese


@pytest.mark.parametrize(
    ("claim", "in_english", "in_chinese"),
    [
        ("aa21-tax", "January 2020 to December 2020", "2020年1月至2020年12月"),
        ("bb22-residents", "1 May 2022", "2022年5月1日"),
        ("aa21-visits", "until November 2020", "截至2020年11月"),
        ("aa21-path", "since March 2019", None),
        ("aa21-grids", "not stated", "未说明"),
    ],
)
def test_the_period_of_a_claim(made_english, made_chinese, claim, in_english, in_chinese):
    assert made_english.period(claim) == in_english
    assert in_chinese is None or made_chinese.period(claim) == in_chinese


@pytest.mark.parametrize(
    ("claim", "english_words", "chinese_words"),
    [
        ("aa21-visits", "800多户: more than 800 and fewer than 900 households", "800多户：多于800、不到900户"),
        ("aa21-path", "近20公里: at least 10 and less than 20 kilometres", None),
        ("aa21-spent", "超300万元: more than 3 million yuan; no upper bound", None),
        ("aa21-grids", "12个网格: exactly 12 grids", None),
        ("aa21-method", "2+2", "2+2"),
    ],
)
def test_the_headline_of_a_claim_is_what_its_wording_allows(
    made_english, made_chinese, claim, english_words, chinese_words
):
    assert made_english.wording(claim) == english_words
    assert chinese_words is None or made_chinese.wording(claim) == chinese_words
