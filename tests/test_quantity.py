"""A figure as written, the values it may stand for, and arithmetic that never loses one of them."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zhenzhi.quantity import Interval, Token, allowed, tokens

MULTIPLIERS = {"": 1, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12}
ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def interval(low, high, **ends) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high), **ends)


# The numeral in a phrase


@pytest.mark.parametrize(
    ("phrase", "value", "step", "last_digit"),
    [
        ("51.7亿元", 5_170_000_000, 10_000_000, 10_000_000),
        ("9.90亿元", 990_000_000, 1_000_000, 10_000_000),
        ("超1534万元", 15_340_000, 10_000, 10_000),
        ("约1500万元", 15_000_000, 10_000, 1_000_000),
        ("50多亿元", 5_000_000_000, 100_000_000, 1_000_000_000),
        ("1534余万元", 15_340_000, 10_000, 10_000),
        ("1246条", 1246, 1, 1),
        ("99.32%", "99.32", "0.01", "0.01"),
        ("同比下降22.9%", "22.9", "0.1", "0.1"),
        ("十三连冠", 13, 1, 1),
        ("五十公里以上", 50, 1, 10),
        ("一百零五名", 105, 1, 1),
        ("两大产业平台", 2, 1, 1),
        ("千亩", 1000, 1, 1000),
        ("0条", 0, 1, 1),
    ],
)
def test_a_numeral_has_a_value_and_a_last_digit(phrase, value, step, last_digit):
    assert list(tokens(phrase)) == [Token(Fraction(value), Fraction(step), Fraction(last_digit))]


def test_a_phrase_can_hold_several_numerals():
    assert [token.value for token in tokens("沿海风力8—11级")] == [8, 11]


@pytest.mark.parametrize("phrase", ["每月", "十百千万"], ids=["no numeral", "a name made of numerals"])
def test_a_phrase_that_states_no_number_has_no_token(phrase):
    assert list(tokens(phrase)) == []


# The values that the wording allows


@pytest.mark.parametrize(
    ("phrase", "value", "how", "expected"),
    [
        ("51.7亿元", 5_170_000_000, {}, interval(5_165_000_000, 5_175_000_000)),
        ("99.32%", Decimal("99.32"), {}, interval("99.315", "99.325")),
        ("同比下降22.9%", Decimal("-22.9"), {}, interval("-22.95", "-22.85")),
        ("1246条", 1246, {"counted": True}, interval(1246, 1246)),
        ("1246亩", 1246, {}, interval("1245.5", "1246.5")),
        ("1.2万人", 12_000, {"counted": True}, interval(11_500, 12_500)),
        ("3000万元", 30_000_000, {"rounded": False}, interval(30_000_000, 30_000_000)),
        ("十三连冠", 13, {"counted": True}, interval(13, 13)),
        ("超1534万元", 15_340_000, {"qualifier": "over"}, interval(15_340_000, None, low_open=True)),
        ("50多亿元", 5_000_000_000, {"qualifier": "over"}, interval(5_000_000_000, None, low_open=True)),
        ("五十公里以上", 50, {"qualifier": "over"}, interval(50, None)),
        ("至少10家", 10, {"qualifier": "over", "counted": True}, interval(10, None)),
        ("不少于10家", 10, {"qualifier": "over", "counted": True}, interval(10, None)),
        ("近亿元", 100_000_000, {"qualifier": "nearly"}, interval(0, 100_000_000, high_open=True)),
        ("约1500万元", 15_000_000, {"qualifier": "about"}, interval(14_500_000, 15_500_000)),
        ("至多5个", 5, {"qualifier": "at-most", "counted": True}, interval(0, 5)),
        ("8—11级", 8, {"qualifier": "range", "value_high": 11, "counted": True}, interval(8, 11)),
        ("1.5—2.5亩", Decimal("1.5"), {"qualifier": "range", "value_high": Decimal("2.5")}, interval("1.45", "2.55")),
    ],
)
def test_the_wording_sets_the_bounds(phrase, value, how, expected):
    assert allowed(phrase, value, **how) == expected


@pytest.mark.parametrize(
    ("phrase", "value", "qualifier", "inside", "outside"),
    [
        ("同比下降超22.9%", Decimal("-22.9"), "over", -30, -10),
        ("同比下降近22.9%", Decimal("-22.9"), "nearly", -20, -30),
        ("降幅不超过5%", Decimal(-5), "at-most", -3, -8),
    ],
)
def test_the_wording_of_a_fall_is_about_its_size(phrase, value, qualifier, inside, outside):
    fall = allowed(phrase, value, qualifier)
    assert inside in fall
    assert outside not in fall


def test_both_ends_of_a_range_share_the_multiplier_behind_the_second():
    assert allowed("50—60万元", 500_000, "range", value_high=600_000) == interval(495_000, 605_000)


def test_a_range_with_ends_of_different_precision_is_rounded_at_each_end():
    assert allowed("1.5—2亩", Decimal("1.5"), "range", value_high=2) == interval("1.45", "2.5")


def test_ten_thousands_in_characters_are_no_more_precise_than_in_digits():
    assert allowed("3000万元", 30_000_000).within(allowed("三千万元", 30_000_000))


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("half", interval(5_165_000_000, 5_175_000_000)),
        ("cut", interval(5_170_000_000, 5_180_000_000, high_open=True)),
        ("none", interval(5_170_000_000, 5_170_000_000)),
    ],
)
def test_the_way_of_rounding_sets_the_bounds(rounding, expected):
    assert allowed("51.7亿元", 5_170_000_000, rounding=rounding) == expected


def test_a_fall_is_cut_off_towards_nothing():
    assert allowed("下降22.9%", Decimal("-22.9"), rounding="cut") == interval(-23, "-22.9", low_open=True)


@pytest.mark.parametrize(("word", "how"), [("qualifier", {"qualifier": "up"}), ("rounding", {"rounding": "up"})])
def test_an_unknown_way_of_reading_is_refused(word, how):
    with pytest.raises(ValueError, match=f"unknown {word} 'up'"):
        allowed("5个", 5, **how)


@given(
    value=st.decimals(min_value=0, max_value=100_000, places=6),
    places=st.integers(0, 3),
    multiplier=st.sampled_from(sorted(MULTIPLIERS)),
    rounding=st.sampled_from(ROUNDINGS),
)
def test_a_figure_allows_every_value_that_rounds_to_it(value, places, multiplier, rounding):
    written = value.quantize(Decimal(1).scaleb(-places), rounding)
    size = MULTIPLIERS[multiplier]
    assert Fraction(value) * size in allowed(f"{written}{multiplier}元", written * size)


@given(value=st.decimals(min_value=0, max_value=100_000, places=6), places=st.integers(0, 3))
def test_a_figure_that_was_cut_off_allows_every_value_that_it_was_cut_from(value, places):
    written = value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    assert Fraction(value) in allowed(f"{written}元", written, rounding="cut")


@given(value=st.integers(1, 10**7), zeros=st.integers(0, 4), rounding=st.sampled_from(ROUNDINGS))
def test_about_allows_every_value_that_rounds_to_the_last_digit_that_is_not_zero(value, zeros, rounding):
    written = int(Decimal(value).quantize(Decimal(1).scaleb(zeros), rounding))
    assume(written)
    assert value in allowed(f"约{written}元", written, "about")


@given(
    whole=st.integers(0, 9999),
    decimals=st.text("0123456789", min_size=2, max_size=6),
    multiplier=st.sampled_from(sorted(MULTIPLIERS)),
)
def test_one_more_digit_narrows_the_interval(whole, decimals, multiplier):
    def width(written: str) -> Fraction:
        bounds = allowed(f"{written}{multiplier}元", Decimal(written) * MULTIPLIERS[multiplier])
        return bounds.high - bounds.low

    assert width(f"{whole}.{decimals}") < width(f"{whole}.{decimals[:-1]}") < width(f"{whole}")


@given(value=st.integers(1, 10**6), more=st.fractions(0, 10**6))
def test_over_allows_what_is_greater_and_nearly_what_is_smaller(value, more):
    over, nearly = allowed(f"超{value}元", value, "over"), allowed(f"近{value}元", value, "nearly")
    assert (value + more in over) == (more > 0)
    assert (value - more in nearly) == (0 < more <= value)


# Intervals


@st.composite
def held(draw, minimum=-100, endless=("low", "high")):
    """An interval and a value in it; the interval may lack a bound on the ``endless`` sides."""
    number = st.fractions(minimum, 100, max_denominator=12)
    low, value, high = sorted(draw(st.tuples(number, number, number)))
    made = Interval(
        None if "low" in endless and draw(st.booleans()) else low,
        None if "high" in endless and draw(st.booleans()) else high,
        low < value and draw(st.booleans()),
        value < high and draw(st.booleans()),
    )
    return made, value


#: Every interval that is not empty with bounds among 0, 1, 2 and none, and points that lie in every part of the line.
SMALL = [
    interval(low, high, low_open=low_open, high_open=high_open)
    for low, high, low_open, high_open in product((None, 0, 1, 2), (None, 0, 1, 2), (False, True), (False, True))
    if None in (low, high) or low < high or (low == high and not low_open and not high_open)
]
POINTS = [Fraction(half, 2) for half in range(-1, 6)]


def points(small: Interval) -> set[Fraction]:
    return {point for point in POINTS if point in small}


def test_two_intervals_meet_where_they_share_a_point():
    assert all(a.meets(b) == bool(points(a) & points(b)) for a, b in product(SMALL, SMALL))


def test_meeting_is_symmetric():
    assert all(a.meets(b) == b.meets(a) for a, b in product(SMALL, SMALL))


def test_an_interval_lies_within_another_where_all_its_points_do():
    assert all(a.within(b) == (points(a) <= points(b)) for a, b in product(SMALL, SMALL))


def test_what_lies_within_another_interval_meets_it():
    assert all(a.meets(b) for a, b in product(SMALL, SMALL) if a.within(b))


@given(held(), held())
def test_a_sum_encloses_the_sums(one, other):
    assert one[1] + other[1] in one[0] + other[0]


@given(held(), held())
def test_a_difference_encloses_the_differences(one, other):
    assert one[1] - other[1] in one[0] - other[0]


@given(held(), st.fractions(-100, 100), st.fractions(0, 100))
def test_clipping_keeps_the_values_between_the_bounds_and_no_others(one, low, width):
    kept, value = one
    assume(kept.meets(interval(low, low + width)))
    clipped = kept.clipped(low=low, high=low + width)
    assert (value in clipped) == (low <= value <= low + width)


def test_clipping_away_everything_is_refused():
    with pytest.raises(ValueError, match="lies above"):
        interval(5, 6).clipped(high=Fraction(4))


@given(held(), st.fractions(Fraction(1, 1000), 1000))
def test_a_scaled_interval_encloses_the_scaled_values(one, factor):
    assert one[1] * factor in one[0].scaled(factor)


@given(held(minimum=0, endless=["high"]), held(minimum=0, endless=["high"]))
@example((interval(0, 1), 0), (interval(5, 9, low_open=True), 6))
@example((interval(0, 0), 0), (interval(5, 9, high_open=True), 6))
def test_a_product_encloses_the_products(one, other):
    assert one[1] * other[1] in one[0] * other[0]


@given(held(minimum=0, endless=["high"]), held(minimum=Fraction(1, 12), endless=["high"]))
@example((interval(0, 1), 0), (interval(5, None), 6))
def test_a_quotient_encloses_the_quotients(one, other):
    assert one[1] / other[1] in one[0] / other[0]


@given(held(endless=[]))
def test_whole_numbers_are_those_that_the_interval_contains(one):
    assert list(one[0].whole_numbers()) == [number for number in range(-101, 102) if number in one[0]]


@pytest.mark.parametrize("half_line", [interval(None, 5), interval(5, None), interval(None, None)])
def test_a_half_line_has_no_list_of_whole_numbers(half_line):
    with pytest.raises(ValueError, match="no bound on one side"):
        half_line.whole_numbers()


def test_bounds_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="the lower bound 2 lies above the upper bound 1"):
        interval(2, 1)


@pytest.mark.parametrize("factor", [interval(-1, 1), interval(None, 1)])
def test_what_can_be_negative_is_not_multiplied(factor):
    with pytest.raises(ValueError, match="not negative"):
        factor * interval(1, 2)


@pytest.mark.parametrize("divisor", [interval(0, 1), interval(-1, 1), interval(None, 1)])
def test_what_can_be_zero_is_not_divided_by(divisor):
    with pytest.raises(ValueError, match="the divisor must be positive"):
        interval(1, 2) / divisor


def test_only_a_closed_interval_of_one_value_is_a_point():
    assert Interval.exactly(5).is_point
    assert not interval(5, 6).is_point
    assert not interval(None, None).is_point
