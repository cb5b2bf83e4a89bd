"""The forms of chart that set figures beside each other or in time, and the panels on shares, on made-up claims."""

from fractions import Fraction

import pytest

from zhenzhi import charts, panels
from zhenzhi.amounts.quantity import Interval
from zhenzhi.audit import allowed_counts
from zhenzhi.book.edition import Edition
from zhenzhi.charts import style
from zhenzhi.charts.compare import runs
from zhenzhi.panels import Panel, PanelError

FIGURE = "made-chart"
STAFF = ["aa21-staff", "aa21-volunteers"]


@pytest.fixture(scope="module")
def book(made_english) -> Edition:
    return made_english


@pytest.fixture(scope="module")
def chinese(made_chinese) -> Edition:
    return made_chinese


def every_form(edition: Edition) -> list[charts.Chart]:
    return [
        charts.parts(edition, FIGURE, STAFF, whole="aa21-total"),
        charts.denominators(edition, FIGURE, "aa21-closed", 300),
        charts.timeline(edition, FIGURE, ["aa21", "bb22"]),
    ]


def test_every_form_speaks_chinese(chinese):
    for chart in every_form(chinese):
        assert "。" in chart.alt
        assert chart.svg(style.WIDE) and chart.svg(style.NARROW)


def test_no_label_is_left_over(chinese):
    used = " ".join(chart.alt for chart in every_form(chinese))
    assert "{" not in used
    assert "officers" not in used and "volunteers" not in used


def test_every_row_of_a_form_has_its_claims_and_mark(book):
    for chart in every_form(book):
        assert chart.claims or chart.documents
        assert all(isinstance(claims, str) for claims in chart.data["claims"])
        assert all(chart.data["mark"])


# Parts


def test_what_a_total_over_a_bound_leaves_has_no_end(book):
    chart = charts.parts(book, FIGURE, ["aa21-visits-target"], whole="aa21-visits")
    assert chart.data.iloc[-1]["claims"].split() == ["aa21-visits-target", "aa21-visits"]
    assert "more than the total" in chart.alt


def test_parts_that_make_up_the_total_leave_nothing(book):
    chart = charts.parts(book, FIGURE, STAFF, whole="aa21-total")
    assert chart.alt.endswith("the parts add up to the total.")


def test_parts_leave_what_the_text_does_not_list(book):
    chart = charts.parts(book, FIGURE, ["aa21-staff"], whole="aa21-total")
    rest = chart.data.iloc[-1]
    assert (rest["low"], rest["high"]) == (30, 30)
    assert "not listed in the text: 30 people" in chart.alt


def test_parts_without_a_total_take_the_sum_of_their_check(book):
    chart = charts.parts(book, FIGURE, STAFF, check="aa21-helpers")
    assert chart.data["figure"][0] == "78 people"
    assert len(chart.data) == 3


# Denominators


@pytest.mark.parametrize(("claim", "highest"), [("aa21-closed", 300), ("bb22-members", 120)])
def test_the_wholes_of_a_share_agree_with_brute_force(book, claim, highest):
    share = book.quantity(claim).interval
    found = {
        whole: [part for part in range(whole + 1) if Fraction(100 * part, whole) in share]
        for whole in range(1, highest + 1)
    }
    chart = charts.denominators(book, FIGURE, claim, highest)
    assert {
        row["value"]: list(map(int, row["numerators"].split())) for _, row in chart.data.iterrows()
    } == {whole: parts for whole, parts in found.items() if parts}  # fmt: skip


def test_the_alt_text_lists_every_whole(book):
    chart = charts.denominators(book, FIGURE, "aa21-closed", 130)
    assert "The smallest is 60 of 61." in chart.alt
    assert 100 not in list(chart.data["value"])


def test_a_share_of_no_whole_number_is_told(book):
    chart = charts.denominators(book, FIGURE, "aa21-closed", 60)
    assert chart.alt.endswith("98.4% is a share of no whole number up to 60.")
    assert list(chart.data["as_written"]) == ["98.4%"]


@pytest.mark.parametrize(
    ("low", "high", "whole", "counts"),
    [("99.5", "100.5", 300, [299, 300]), ("121.5", "122.5", 100, [122]), ("99.5", None, 300, [299, 300])],
)
def test_a_share_is_at_most_the_whole_unless_it_is_stated_to_be_more(low, high, whole, counts):
    share = Interval(Fraction(low), None if high is None else Fraction(high))
    assert list(allowed_counts(share, whole)) == counts


@pytest.mark.parametrize(("numbers", "text"), [([1, 2, 3, 5, 7, 8], "1–3, 5, 7, 8"), ([1000], "1,000"), ([], "")])
def test_numbers_in_a_row_are_told_as_a_range(book, numbers, text):
    assert runs(book, numbers) == text


# Timeline


def test_a_timeline_tells_how_surely_a_date_is_known(book):
    chart = charts.timeline(book, FIGURE, ["aa21", "bb22"])
    assert list(chart.data["first_day"]) == ["2021-01-15", "2022-05-01"]
    assert list(chart.data["last_day"]) == ["2021-01-15", "2022-05-31"]
    assert "15 January 2021, stated" in chart.alt and "May 2022, inferred; 2023 not excluded" in chart.alt
    assert list(chart.data["not_excluded"]) == ["", "2023"]
    assert list(chart.data["mark"]) == ["as reported", "computed here"]
    assert "Qinghe Town Office" in chart.source


def test_a_timeline_shows_all_documents_that_are_coded_to_the_end(book):
    chart = charts.timeline(book, FIGURE)
    assert list(chart.data["first_day"]) == ["2021-01-15", "2022-05-01"]


def test_a_timeline_knows_its_documents(book):
    with pytest.raises(charts.ChartError, match="there is no document 'jj99'"):
        charts.timeline(book, FIGURE, ["jj99"])


# Panels


def sentences(panel: Panel) -> list[str]:
    return [state.sentence for state in panel.states]


def test_a_share_panel_tells_which_whole_numbers_fit(book):
    panel = panels.share_range(book, FIGURE, "aa21-closed", ["aa21-grids", 61])
    stated, assumed = sentences(panel)
    assert "If 98.4% is a share of 12 grids, it stands for 11.8" in stated and "No whole number" in stated
    assert "a share of 61 (assumed)" in assumed
    assert "Whole numbers in between: 60; left over: 1." in assumed


def test_a_share_panel_needs_a_whole_of_one_number(book):
    with pytest.raises(PanelError, match="aa21-visits stands for over 800 households"):
        panels.share_range(book, FIGURE, "aa21-closed", ["aa21-visits"])


def test_a_share_panel_needs_a_share(book):
    with pytest.raises(PanelError, match="aa21-grids is not a share"):
        panels.share_range(book, FIGURE, "aa21-grids", [100])


SHARES = ("aa21-closed", "bb22-members")


def test_a_share_of_a_share_is_told_with_the_bounds_of_both(book):
    of_all, of_part, of_half = sentences(panels.nested_shares(book, FIGURE, *SHARES, [50]))
    assert "makes up 98.35 to 98.45% of all residents. That is more than the members, 8%, which" in of_all
    assert "makes up 7.3 to 8.4% of all residents. This is an assumption" in of_part
    assert "the active that takes up 50% of the members (assumed)" in of_half and "3.6 to 4.2%" in of_half
    assert "That is more" not in of_half


def test_a_panel_of_nested_shares_needs_shares(book):
    with pytest.raises(PanelError, match="aa21-grids is not a share"):
        panels.nested_shares(book, FIGURE, SHARES[0], "aa21-grids", [50])


def test_nested_shares_speak_chinese(chinese):
    pages = sentences(panels.nested_shares(chinese, FIGURE, *SHARES, [50]))
    assert "若98.4%以在职党员（假设占党员的50%）为总数" in pages[2]
