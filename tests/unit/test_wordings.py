"""The readings of ``wordings.csv``, which were set down before the code, and what must hold for any wording."""

import csv
import re
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenzhi import paths
from zhenzhi.amounts.grammar import find, read
from zhenzhi.amounts.interval import Interval
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.wording import READINGS

ROWS = list(csv.DictReader((paths.ROOT / "tests" / "unit" / "wordings.csv").read_text(encoding="utf-8").splitlines()))
UNITS = {
    row["unit"]: row for row in csv.DictReader((paths.DATA / "units.csv").read_text(encoding="utf-8").splitlines())
}
LEXICON = Lexicon((unit, row["written_zh"].split()) for unit, row in UNITS.items())


def told(text: str) -> Interval:
    """An interval as the table writes it: 800<x<900, x>800, 0<=x<50, x=5."""
    low, less, x_is, high = re.fullmatch(r"(?:([-\d./]+)(<=?))?x(?:(<=?|>=?|=)([-\d./]+))?", text).groups()
    if x_is == "=":
        return Interval.exactly(Fraction(high))
    if x_is and x_is[0] == ">":
        return Interval(Fraction(high), None, x_is == ">")
    bounds = (None if low is None else Fraction(low), None if high is None else Fraction(high))
    return Interval(*bounds, less == "<", x_is == "<")


@pytest.mark.parametrize("row", ROWS, ids=[row["phrase"] for row in ROWS])
def test_a_phrase_is_read_as_a_careful_reader_reads_it(row):
    phrase = read(row["phrase"], LEXICON)
    whole = UNITS[row["unit"]]["counted"] == "true"
    assert phrase.value == Fraction(row["value"])
    assert phrase.value_high == (Fraction(row["value_high"]) if row["value_high"] else None)
    assert phrase.qualifier == row["qualifier"]
    assert row["unit"] in phrase.units
    assert phrase.bounds("usual", whole=whole) == told(row["usual"])
    assert phrase.bounds("strict", whole=whole) == told(row["strict"] or row["usual"])


@pytest.mark.parametrize("row", ROWS, ids=[row["phrase"] for row in ROWS])
def test_a_phrase_in_running_text_is_read_as_alone(row):
    text = f"去年全镇共有（{row['phrase']}），其他不计。"
    (phrase,) = find(text, LEXICON)
    alone = read(row["phrase"], LEXICON)
    assert (phrase.value, phrase.value_high, phrase.wording) == (alone.value, alone.value_high, alone.wording)
    assert row["unit"] in phrase.units


@pytest.mark.parametrize(
    ("phrase", "value", "bounds"),
    [
        ("降幅在40%以上", -40, "x<=-40"),
        ("同比降幅分别为20%", -20, "-20.5<=x<=-19.5"),
        ("跌幅均不超过3%", -3, "-3<=x<=0"),
        ("下降幅度为4%", -4, "-4.5<=x<=-3.5"),
        ("增幅分别达4%", 4, "3.5<=x<=4.5"),
        ("下降到4%", 4, "3.5<=x<=4.5"),
    ],
)
def test_a_noun_of_growth_tells_a_change_whatever_links_it_to_its_figure(phrase, value, bounds):
    assert read(phrase, LEXICON).value == value
    assert read(phrase, LEXICON).bounds() == told(bounds)


@pytest.mark.parametrize(
    ("phrase", "qualifier", "bounds"),
    [
        ("第一", "exact", "x=1"),
        ("第56位", "exact", "x=56"),
        ("前五", "at-most", "1<=x<=5"),
        ("前10名", "at-most", "1<=x<=10"),
        ("百强", "at-most", "1<=x<=100"),
        ("5名", "exact", "x=5"),
    ],
)
def test_the_first_so_many_of_an_order_begin_with_the_first(phrase, qualifier, bounds):
    place = read(phrase, LEXICON)
    assert place.qualifier == qualifier
    assert {place.bounds(reading, whole=True) for reading in READINGS} == {told(bounds)}


# What must hold for any wording

NUMBERS = st.builds(
    lambda digits, zeros, multiplier: (f"{digits}{'0' * zeros}{multiplier}", digits * 10**zeros * SIZES[multiplier]),
    st.integers(1, 9999),
    st.integers(0, 3),
    st.sampled_from(["", "千", "万", "亿"]),
)
SIZES = {"": 1, "千": 10**3, "万": 10**4, "亿": 10**8}
#: Each way to word a figure, with the side of it on which its values lie: above, below, both, or a range upwards.
WAYS = {
    "{}元": "both", "约{}元": "both", "{}元左右": "both", "超{}元": "above", "逾{}元": "above", "至少{}元": "above",
    "{}元以上": "above", "{}多元": "above", "近{}元": "below", "将近{}元": "below", "不足{}元": "below",
    "不到{}元": "below", "至多{}元": "below", "不超过{}元": "below", "{}元以下": "below",
}  # fmt: skip


@given(NUMBERS, st.sampled_from(sorted(WAYS)))
def test_the_bounds_lie_on_the_side_of_the_words_and_touch_the_figure(number, way):
    written, value = number
    phrase = read(way.format(written), LEXICON)
    assert phrase.value == value
    for reading in READINGS:
        bounds = phrase.bounds(reading)
        assert bounds.low is None or bounds.low <= value
        assert bounds.high is None or bounds.high >= value
        if WAYS[way] == "above":
            assert bounds.low == value
        if WAYS[way] == "below":
            assert bounds.high == value


@given(NUMBERS, st.sampled_from(sorted(WAYS)), st.sampled_from(["", "下降", "同比增长"]))
def test_the_usual_reading_lies_within_the_strict_one(number, way, verb):
    phrase = read(verb + way.format(number[0]), LEXICON)
    assert phrase.bounds("usual").within(phrase.bounds("strict"))


@given(st.integers(1, 9999), st.sampled_from(sorted(WAYS)))
def test_ten_thousand_times_the_figure_has_ten_thousand_times_the_bounds(digits, way):
    small, large = (read(way.format(written), LEXICON).bounds() for written in (f"{digits}", f"{digits}万"))
    assert large == small.scaled(Fraction(10**4))


@given(NUMBERS, st.sampled_from(sorted(WAYS)))
def test_a_fall_has_the_bounds_of_the_rise_turned_over(number, way):
    fall, rise = (read(verb + way.format(number[0]), LEXICON) for verb in ("减少", "增加"))
    for reading in READINGS:
        assert fall.bounds(reading) == -rise.bounds(reading)
    assert fall.value == -rise.value


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from("至到—-~～"), st.sampled_from(["", "下降", "增长"]))
def test_the_ends_of_a_range_are_in_order(low, high, joint, verb):
    phrase = read(f"{verb}{low}%{joint}{high}%", LEXICON)
    assert phrase.qualifier == "range"
    assert phrase.value <= phrase.value_high
    assert {abs(phrase.value), abs(phrase.value_high)} == {low, high}
    assert phrase.bounds().low <= phrase.value <= phrase.value_high <= phrase.bounds().high


@given(
    value=st.decimals(min_value=0, max_value=100_000, places=6),
    places=st.integers(0, 3),
    multiplier=st.sampled_from(sorted(SIZES)),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]),
)
def test_a_figure_allows_every_value_that_rounds_to_it(value, places, multiplier, rounding):
    written = value.quantize(Decimal(1).scaleb(-places), rounding)
    assert Fraction(value) * SIZES[multiplier] in read(f"{written}{multiplier}元", LEXICON).bounds()


@given(value=st.decimals(min_value=0, max_value=100_000, places=6), places=st.integers(0, 3))
def test_a_figure_that_was_cut_off_allows_every_value_that_it_was_cut_from(value, places):
    written = value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    assert Fraction(value) in read(f"{written}元", LEXICON).bounds(rounding="cut")
    assert -Fraction(value) in read(f"下降{written}元", LEXICON).bounds(rounding="cut")


@given(
    whole=st.integers(0, 9999),
    decimals=st.text("0123456789", min_size=2, max_size=6),
    multiplier=st.sampled_from(sorted(SIZES)),
)
def test_one_more_digit_narrows_the_interval(whole, decimals, multiplier):
    def width(written: str) -> Fraction:
        bounds = read(f"{written}{multiplier}元", LEXICON).bounds()
        return bounds.high - bounds.low

    assert width(f"{whole}.{decimals}") < width(f"{whole}.{decimals[:-1]}") < width(f"{whole}")


def test_what_is_counted_out_or_set_is_not_rounded():
    assert read("5个", LEXICON).bounds(whole=True) == Interval.exactly(5)
    assert read("3000万元", LEXICON).bounds(rounding="none") == Interval.exactly(30_000_000)


@pytest.mark.parametrize("how", [{"reading": "up"}, {"rounding": "up"}])
def test_an_unknown_way_of_reading_is_refused(how):
    with pytest.raises(ValueError, match="'up' is unknown; expected one of"):
        read("5个", LEXICON).bounds(**how)


@pytest.mark.parametrize("phrase", ["2+2", "1+6+3", "十百千万", "三官", "", "每"])
def test_a_phrase_that_measures_nothing_has_no_value_or_its_numeral(phrase):
    value = read(phrase, LEXICON).value
    assert value == (3 if phrase == "三官" else None)


@given(
    st.text(
        st.one_of(
            st.sampled_from("0159０.,%％一两三十百千万亿半几多余至到—-降增长约近超成分之倍番每年唯首元个 \n"),
            st.characters(),
        )
    )
)
@example("ⓐ⒜Ⓩ㉐Ↄ")
@settings(deadline=None)
def test_any_text_is_read_without_an_error(text):
    read(text, LEXICON)
    phrases = list(find(text, LEXICON))
    assert all(0 <= phrase.start <= phrase.end <= len(text) for phrase in phrases)
    for phrase in phrases:
        phrase.bounds("strict")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("医疗支出分别增长3%、下降5%和7%。", [(3, "exact"), (-5, "exact"), (-7, "exact")]),
        ("由12%下降到8%", [(12, "exact"), (8, "exact")]),
        ("从800户增至1200户", [(800, "exact"), (1200, "exact")]),
        ("获3.5亿元和各6000万元", [(350_000_000, "exact"), (60_000_000, "exact")]),
        ("近3年投入50多亿元", [(3, "exact"), (5_000_000_000, "more")]),
        ("新增储备用地600多亩，区内首个站点", [(600, "more"), (1, "exact")]),
        ("每季度召开2次会议，每月1次", [(2, "exact"), (1, "exact")]),
        ("节约30万元", [(300_000, "exact")]),
    ],
)
def test_the_quantities_of_running_text(text, told):
    assert [(phrase.value, phrase.wording) for phrase in find(text, LEXICON)] == told
