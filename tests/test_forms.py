"""The forms of chart beyond bars and slopes, and the panels on shares and cadences, on claims of the book."""

from fractions import Fraction

import pytest

from zhenzhi import charts, panels
from zhenzhi.audit import allowed_counts
from zhenzhi.charts import style
from zhenzhi.charts.compare import runs
from zhenzhi.edition import Edition, UnknownReference, open_book
from zhenzhi.panels import PanelError, combinations
from zhenzhi.quantity import Interval

FIGURE = "test-form"
GIFTS = ["nanhai-gift-charity", "nanhai-gift-village", "nanhai-gift-school"]
FALLS = ["jj21-incidents-change", "jj21-losses-change"]


def with_figure(language: str) -> Edition:
    """An edition that has an entry for the figures of this file."""
    edition = open_book(language)
    labels = {
        "tuesday": {"en": "Party-Building Tuesday", "zh": "党建星期二"},
        "units-differ": {"en": "The units differ.", "zh": "单位不同。"},
        "nanhai-reports": {"en": "reports", "zh": "份报告"},
        "nanhai-supervision-meetings": {"en": "meetings", "zh": "次会议"},
        "jj17-patrol-officers": {"en": "officers", "zh": "名巡查员"},
        "units": {"en": "pairs", "zh": "对"},
    }
    edition.tables.figures.append(
        {
            "figure_id": FIGURE,
            "chapter": "jiujiang-2017",
            "mark": "computed",
            "title": {"en": "A figure", "zh": "图"},
            "caption": {"en": "A caption.", "zh": "说明。"},
            "labels": labels,
        }
    )
    return edition


@pytest.fixture(scope="module")
def book() -> Edition:
    return with_figure("en")


@pytest.fixture(scope="module")
def chinese() -> Edition:
    return with_figure("zh")


def every_form(edition: Edition) -> list[charts.Chart]:
    return [
        charts.changes(edition, FIGURE, [*FALLS, "jj21-medical-growth"]),
        charts.targets(edition, FIGURE, [("jj21-land-cleared", "jj21-clearing-task")]),
        charts.magnitudes(edition, FIGURE, ["plans-riverbank", "plans-zone"], note="units-differ"),
        charts.cadence(edition, FIGURE, ["nanhai-reports"], extra=[("tuesday", 52)]),
        charts.parts(edition, FIGURE, GIFTS, whole="nanhai-gifts-total"),
        charts.denominators(edition, FIGURE, "jj21-own-rate", 476),
        charts.timeline(edition, FIGURE, ["jj17", "plans"]),
    ]


def test_every_form_speaks_chinese(chinese):
    for chart in every_form(chinese):
        assert "。" in chart.alt
        assert chart.svg(style.WIDE) and chart.svg(style.NARROW)


def test_no_label_is_left_over(chinese):
    used = " ".join(chart.alt for chart in every_form(chinese))
    assert "{" not in used
    assert "incidents" not in used and "target" not in used


def test_every_row_of_a_form_has_its_claims_and_mark(book):
    for chart in every_form(book):
        assert chart.claims or chart.documents
        assert all(isinstance(claims, str) for claims in chart.data["claims"])
        assert all(chart.data["mark"])


# Changes


def test_changes_keep_their_order_and_sign(book):
    chart = charts.changes(book, FIGURE, ["jj21-medical-growth", *FALLS])
    assert list(chart.data["value"]) == [118, -22.9, -27.8]
    assert list(chart.data["figure"]) == ["+118%", "−22.9%", "−27.8%"]
    assert "change of confirmed incidents: −22.9%" in chart.alt


def test_changes_show_nothing_but_changes(book):
    with pytest.raises(charts.ChartError, match="the kind of jj17-tax is flow; expected change"):
        charts.changes(book, FIGURE, ["jj17-tax"])


# Targets


def test_a_target_that_is_passed_is_more_than_all_of_it(book):
    chart = charts.targets(book, FIGURE, [("jj21-land-cleared", "jj21-clearing-task")])
    share = chart.data.iloc[2]
    assert share["low"] == pytest.approx(float(Fraction("2315.75") / 1900 * 100))
    assert share["high"] == pytest.approx(float(Fraction("2315.85") / 1900 * 100))
    assert "target 1,900 mu, which is 121.881 to 121.887% of the target (computed here)" in chart.alt


def test_a_share_with_one_end_promises_no_more_than_it_holds(book):
    chart = charts.targets(book, FIGURE, [("jj21-cameras-stock", "jj21-video-target")])
    share = chart.data.iloc[2]
    assert share["high"] is None or share["high"] != share["high"]
    assert "over 66.6% of the target" in chart.alt and "4,500 video points" in chart.alt


@pytest.mark.parametrize(
    ("reached", "target", "words"),
    [
        ("jj21-cameras-two", "jj21-video-target", "11.1 to 33.4%"),
        ("jm24-rail-total", "jm24-rail-departures", "less than 208.3%"),
        ("jj21-disputes-settled", "jj21-disputes", "86.18 to 86.19%"),
    ],
)
def test_shares_of_a_target_are_rounded_outward(book, reached, target, words):
    assert charts.targets(book, FIGURE, [(reached, target)]).data.iloc[2]["figure"] == words


# Magnitudes


def test_a_number_in_a_name_is_told_apart_from_a_measure(book):
    chart = charts.magnitudes(book, FIGURE, ["plans-riverbank", "plans-roads", "plans-pond-area"])
    assert list(chart.data["is_name"]) == [False, True, False]
    assert "magnitude of roads to be built (planned): 100 li (a name, not a measure)" in chart.alt
    assert "planned area of the farming zone (planned): 52,000 mu (a measure)" in chart.alt


def test_a_name_without_a_value_has_no_magnitude(book):
    with pytest.raises(UnknownReference, match="plans-ten-hundred"):
        charts.magnitudes(book, FIGURE, ["plans-ten-hundred"])


def test_a_fall_has_no_place_on_a_logarithmic_scale(book):
    with pytest.raises(charts.ChartError, match="jj21-incidents-change is not above zero"):
        charts.magnitudes(book, FIGURE, ["jj21-incidents-change"])


def test_a_note_must_be_a_label_of_the_figure(book):
    with pytest.raises(charts.ChartError, match="there is no label 'nothing'"):
        charts.magnitudes(book, FIGURE, ["plans-zone"], note="nothing")


# Cadence


def test_a_cadence_tells_how_often_a_year(book):
    names = ["nanhai-reports", "nanhai-supervision-meetings", "nanhai-monthly-theme", "jm24-meeting-yearly"]
    chart = charts.cadence(book, FIGURE, names)
    assert list(chart.data["per_year"]) == ["4 times", "at least 2 times", "12 times", "1 time"]
    assert "joint written reports to the town committee (planned): once a quarter, which is 4 times a year" in chart.alt


def test_a_name_that_sounds_like_a_cadence_is_told_as_a_name(book):
    chart = charts.cadence(book, FIGURE, ["nanhai-reports"], extra=[("tuesday", 52)])
    assert "Party-Building Tuesday: a name; how often is not stated" in chart.alt
    assert chart.data.iloc[1]["per_year"] == "" and chart.claims == ["nanhai-reports"]


def test_a_cadence_is_in_periods_of_a_year(book):
    with pytest.raises(charts.ChartError, match="the unit of jj17-grids is grid; expected per-day"):
        charts.cadence(book, FIGURE, ["jj17-grids"])


# Parts


def test_what_a_total_over_a_bound_leaves_has_no_end(book):
    chart = charts.parts(book, FIGURE, GIFTS, whole="nanhai-gifts-total")
    rest = chart.data.iloc[-1]
    half = 3 * 5000
    assert rest["low"] == 100_000_000 - (45_100_000 + 14_800_000 + 3_000_000 + half)
    assert rest["high"] != rest["high"]
    assert "not listed in the text: over 37.08" in chart.alt
    assert rest["claims"].split() == [*GIFTS, "nanhai-gifts-total"]


def test_parts_that_make_up_the_total_leave_nothing(book):
    names = ["jm24-rail-departures", "jm24-rail-arrivals"]
    chart = charts.parts(book, FIGURE, names, whole="jm24-rail-total-text")
    assert chart.alt.endswith("the parts add up to the total.")


def test_parts_above_the_total_are_told(book):
    chart = charts.parts(book, FIGURE, ["jj21-disputes"], whole="jj21-disputes-settled")
    assert "more than the total: 63 disputes" in chart.alt


def test_parts_without_a_total_take_the_sum_of_their_check(book):
    check = next(check for check in book.tables.checks if check["check_id"] == "jj17-staff-total")
    chart = charts.parts(book, FIGURE, check["claims"]["parts"], check="jj17-staff-total")
    assert chart.data["figure"][0] == "510 people"
    assert len(chart.data) == 6


# Denominators


@pytest.mark.parametrize(("claim", "highest"), [("jj21-own-rate", 600), ("jj21-mediation-rate", 120)])
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
    chart = charts.denominators(book, FIGURE, "jj21-own-rate", 476)
    assert "164, 245, 247, 326, 328, 330, 407, 409, 411, 413. The smallest is 81 of 164." in chart.alt
    assert 476 not in list(chart.data["value"])


def test_a_share_of_no_whole_number_is_told(book):
    chart = charts.denominators(book, FIGURE, "jj21-own-rate", 60)
    assert chart.alt.endswith("49.39% is a share of no whole number up to 60.")
    assert list(chart.data["as_written"]) == ["49.39%"]


@pytest.mark.parametrize(
    ("low", "high", "whole", "counts"),
    [("99.5", "100.5", 300, [299, 300]), ("121.5", "122.5", 100, [122]), ("99.5", None, 300, [299, 300])],
)
def test_a_share_is_at_most_the_whole_unless_it_is_stated_to_be_more(low, high, whole, counts):
    share = Interval(Fraction(low), None if high is None else Fraction(high))
    assert list(allowed_counts(share, whole)) == counts


@pytest.mark.parametrize(("numbers", "text"), [([1, 2, 3, 5, 7, 8], "1–3, 5, 7, 8"), ([1000], "1,000"), ([], "")])
def test_numbers_in_a_row_are_told_as_a_range(numbers, text):
    assert runs(numbers) == text


# Timeline


def test_a_timeline_tells_how_surely_a_date_is_known(book):
    chart = charts.timeline(book, FIGURE, ["jj17", "plans", "jm24"])
    assert list(chart.data["first_day"]) == ["2017-09-21", "2022-01-01", "2024-09-04"]
    assert list(chart.data["last_day"]) == ["2017-09-21", "2022-12-31", "2024-09-04"]
    assert "21 September 2017, stated" in chart.alt and "2022 (?), inferred; 2023 not excluded" in chart.alt
    assert list(chart.data["not_excluded"]) == ["", "2023", ""]
    assert list(chart.data["mark"]) == ["as reported", "computed here", "computed here"]
    assert "Jiangmen Daily" in chart.source and "Pearl River Times" in chart.source


def test_a_timeline_knows_its_documents(book):
    with pytest.raises(charts.ChartError, match="there is no document 'jj99'"):
        charts.timeline(book, FIGURE, ["jj99"])


# Panels


def test_a_share_panel_tells_which_whole_numbers_fit(book):
    panel = panels.share_range(book, FIGURE, "jj21-own-rate", ["jj21-firms-surveyed", 164])
    surveyed, assumed = combinations(panel)
    assert "If 49.39% is a share of 476 firms, it stands for 235.07 to 235.13. No whole number" in surveyed
    assert "a share of 164 (assumed)" in assumed
    assert "Whole numbers in between: 81; left over: 83." in assumed


def test_what_fits_stands_out_in_the_picture_of_a_share(book):
    none, one = combinations(panels.share_range(book, FIGURE, "jj21-own-rate", [476, 164]))
    assert "var(--zz-computed" not in none and "var(--zz-computed" in one
    assert "url(#" not in one


def test_a_share_panel_needs_a_whole_of_one_number(book):
    with pytest.raises(PanelError, match="jj21-rental-buildings stands for over 600 buildings"):
        panels.share_range(book, FIGURE, "jj21-own-rate", ["jj21-rental-buildings"])


def test_a_share_panel_needs_a_share(book):
    with pytest.raises(PanelError, match="jj17-grids is not a share"):
        panels.share_range(book, FIGURE, "jj17-grids", [100])


def test_a_product_of_a_cadence_is_of_a_year(book):
    names = ["nanhai-reports", "nanhai-supervision-meetings"]
    pages = combinations(panels.what_if(book, FIGURE, names, ["jj21-village-rules", 10]))
    assert "once a quarter. For each of 27 villages, that would make 108 reports a year." in pages[0]
    assert "For each of 10 pairs (assumed), that would make 40 reports a year." in pages[1]
    assert (
        "at least once a half-year. For each of 27 villages, that would make at least 54 meetings a year." in pages[2]
    )


def test_every_product_is_told_as_an_assumption(book):
    pages = combinations(panels.what_if(book, FIGURE, ["nanhai-reports"], ["jj21-village-rules", 10]))
    assert "This is an assumption: both figures are reported" in pages[0]
    assert "This is an assumption: the document does not say how many there are." in pages[1]


def test_a_product_of_staff_is_not_of_a_year(book):
    (page,) = combinations(panels.what_if(book, FIGURE, ["jj17-patrol-officers"], [3]))
    assert "that would make 726 officers in all." in page


def test_a_panel_names_the_documents_of_its_claims(book):
    panel = panels.what_if(book, FIGURE, ["nanhai-reports"], ["jj17-staff-total.sum"])
    assert "Pearl River Times" in panel.children[-1].value and "Jiujiang Town" in panel.children[-1].value


def test_a_panel_speaks_the_language_of_its_edition(chinese, recwarn):
    page = combinations(panels.what_if(chinese, FIGURE, ["nanhai-reports"], [10]))[0]
    assert "按10对（假设）计，每年为40份报告。" in page
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]


LAND = ("plans-inefficient-land", "plans-land-intensity")


def test_a_share_of_a_share_is_told_with_the_bounds_of_both(book):
    of_all, of_part, of_half = combinations(panels.nested_shares(book, "plans-land-wholes", *LAND, [50]))
    assert "makes up 61.5 to 62.5% of the town&#x27;s land. That is more than the developed land, 39%, which" in of_all
    assert "makes up 23.6 to 24.7% of the town&#x27;s land. This is an assumption" in of_part
    assert "takes up 50% of the developed land (assumed), low-efficiency" in of_half
    assert "makes up 11.8 to 12.4%" in of_half and "That is more" not in of_half


def test_a_panel_of_nested_shares_needs_shares(book):
    with pytest.raises(PanelError, match="jj17-grids is not a share"):
        panels.nested_shares(book, "plans-land-wholes", LAND[0], "jj17-grids", [50])


def test_nested_shares_speak_chinese(chinese):
    pages = combinations(panels.nested_shares(chinese, "plans-land-wholes", *LAND, [50]))
    assert "若62%以工业用地（假设占已开发土地的50%）为总数" in pages[2]
