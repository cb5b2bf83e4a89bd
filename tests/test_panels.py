"""Panels: every combination is there before any kernel is asked."""

from fractions import Fraction

import ipywidgets
import pytest

from zhenzhi import panels
from zhenzhi.panels import choices, combinations, rates

COUNTS = ["jj17-tasks", "jj17-events"]
SHARERS = ["jj17-grids", "jj17-staff-total.sum"]


@pytest.fixture(scope="module")
def panel(english):
    return rates(english, "jj17-workload", COUNTS, SHARERS, [1, 31])


def test_every_combination_has_a_page(panel):
    pages = combinations(panel)
    assert len(pages) == 8
    assert len(set(pages)) == 8


def test_a_sentence_gives_the_count_the_days_and_the_rate(panel):
    first, second = combinations(panel)[:2]
    assert "987,783 tasks from 1 March 2016 to 31 August 2017 (549 days), shared among 104 grids" in first
    assert "make 17.3 patrol tasks for each grid and day" in first
    assert "(519 days)" in second and "make 18.3 patrol tasks" in second


def test_what_the_report_says_is_told_only_where_it_says_it(panel):
    told = [("The report says over 10" in page) for page in combinations(panel)]
    assert told == [True, True, False, False, False, False, False, False]


def test_a_rate_below_one_is_also_told_as_days(panel):
    assert "That is one for each grid in 3.77 days." in combinations(panel)[4]


def test_lists_are_linked_to_stacks_so_that_no_kernel_is_needed():
    box = choices([("a", ["x", "y"]), ("b", ["1", "2", "3"])], lambda chosen: f"{chosen}")
    assert combinations(box) == ["(0, 0)", "(0, 1)", "(0, 2)", "(1, 0)", "(1, 1)", "(1, 2)"]
    lists, outer = box.children[0].children, box.children[1]
    assert isinstance(outer, ipywidgets.Stack) and len(outer.children) == 2
    assert [len(child.children) for child in outer.children] == [3, 3]
    assert len(lists) == 2


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(987783, 104 * 549), "17.3"), (Fraction(1, 19), "0.0526"), (Fraction(12345), "12,345")]
)
def test_rates_have_three_significant_digits(value, text):
    assert panels._digits(value) == text


def test_pictures_take_the_colours_of_the_page(panel):
    page = combinations(panel)[0]
    assert "var(--zz-computed, #a8324a)" in page
    assert "<style" not in page and "<script" not in page


def test_a_verdict_is_tried_under_every_way_of_rounding(english):
    pages = combinations(panels.rounding(english, "audit-rounding", ["jj21-clearing", "jm24-credit"]))
    assert ["are consistent" in page for page in pages] == [True, False, False, True, True, True]
    assert "Reported: 121.5 to 122.5%. Computed: 121.881 to 121.887%." in pages[0]


def test_a_check_without_a_reported_figure_has_no_place_in_the_panel(english):
    with pytest.raises(panels.PanelError, match="jj17-output-base has no reported figure"):
        panels.rounding(english, "audit-rounding", ["jj17-output-base"])
