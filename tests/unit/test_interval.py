"""Intervals: arithmetic that never loses a value and knows its open ends."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from zhenzhi.amounts.interval import Interval


def interval(low, high, **ends) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high), **ends)


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


@given(held(), held())
@example((interval(0, 1), 0), (interval(5, 9, low_open=True), 6))
@example((interval(0, 0), 0), (interval(5, 9, high_open=True), 6))
@example((interval(0, 1), 0), (interval(None, None), -6))
def test_a_product_encloses_the_products(one, other):
    assert one[1] * other[1] in one[0] * other[0]


@given(held(endless=[]), held(endless=[]))
def test_a_product_is_no_wider_than_its_ends_make_it(one, other):
    corners = [a * b for a in (one[0].low, one[0].high) for b in (other[0].low, other[0].high)]
    product_ = one[0] * other[0]
    assert (product_.low, product_.high) == (min(corners), max(corners))


@given(held(), held(minimum=Fraction(1, 12), endless=["high"]))
@example((interval(0, 1), 0), (interval(5, None), 6))
@example((interval(2, 3), 2), (interval(0, 5, low_open=True), Fraction(1, 100)))
def test_a_quotient_encloses_the_quotients(one, other):
    quotient = one[1] / other[1]
    assert quotient in one[0] / other[0]
    assert -quotient in one[0] / -other[0]


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


@pytest.mark.parametrize(
    "divisor",
    [interval(low, high) for low, high in [(0, 1), (-1, 1), (None, 1), (-1, None), (None, None), (-1, 0)]],
)
def test_what_can_be_zero_is_not_divided_by(divisor):
    with pytest.raises(ValueError, match="the divisor must not be zero"):
        interval(1, 2) / divisor


def test_only_a_closed_interval_of_one_value_is_a_point():
    assert Interval.exactly(5).is_point
    assert not interval(5, 6).is_point
    assert not interval(None, None).is_point
