"""Panels: every state is there before any kernel is asked, and each viewer gets what it can show."""

from fractions import Fraction
from types import SimpleNamespace

import lxml.html
import pytest
from lxml import etree

from zhenzhi import PANEL_MIME_TYPE, panels
from zhenzhi.amounts.quantity import Interval
from zhenzhi.panels import Panel, drawing, markup, widget
from zhenzhi.panels.base import Control, PanelError, State
from zhenzhi.panels.drawing import Bar
from zhenzhi.takeaway import still


@pytest.fixture(scope="module")
def panel(made_english):
    return panels.rounding(made_english, "made-panel", ["aa21-signing"])


@pytest.fixture
def small(made_english):
    """Two lists, and states that name what is chosen; with characters that HTML would take for its own."""
    controls = [Control("a <b>", ["x", "<i>y</i>"]), Control("c", ["1", "2", "3"])]
    return Panel(made_english, "made-panel", controls, lambda chosen: State(f"<s>{chosen}", "<svg/>"), ["aa21-grids"])


def sentences(panel: Panel) -> list[str]:
    return [state.sentence for state in panel.states]


def test_every_combination_has_a_state(panel):
    assert len(panel.states) == 1 * 3 * 2


def test_the_last_list_changes_fastest(small):
    assert sentences(small) == [f"<s>({a}, {b})" for a in range(2) for b in range(3)]


def test_a_verdict_is_tried_under_every_way_of_rounding_and_reading(made_english):
    told = sentences(panels.rounding(made_english, "made-panel", ["aa21-signing"]))
    assert ["are consistent" in sentence for sentence in told[::2]] == [True, True, False]
    assert "Reported: 84.5 to 85.5%" in told[0]


def test_a_check_without_a_reported_figure_has_no_place_in_the_panel(made_english):
    with pytest.raises(panels.PanelError, match="aa21-tax-base has no reported figure"):
        panels.rounding(made_english, "made-panel", ["aa21-tax-base"])


# Pictures


def texts(picture: str) -> list[str]:
    return etree.fromstring(picture).xpath("//*[local-name()='text']/text()")


def test_pictures_take_the_colours_of_the_page_and_refer_to_nothing(panel):
    for state in panel.states:
        root = etree.fromstring(state.picture)
        assert "var(--zz-computed, #a8324a)" in state.picture
        assert not root.xpath("//@style | //@id | //@href | //*[local-name()='use' or local-name()='script']")


def test_words_in_a_picture_stay_words():
    drawn = drawing.spans([Bar("<script>", "a & b", Interval(Fraction(0), Fraction(1)), "input")])
    assert texts(drawn) == ["<script>", "a & b"]


def test_an_interval_shows_open_and_closed_ends_and_an_axis():
    drawn = [
        Bar("reported", "over 10", Interval(Fraction(10), None, low_open=True), "activity"),
        Bar("computed", "12 to 14", Interval(Fraction(12), Fraction(14)), "computed"),
    ]
    picture = drawing.intervals(drawn, lambda value: f"{value} %")
    circles = [circle.get("fill") for circle in etree.fromstring(picture).iter("{*}circle")]
    assert ["--zz-paper" in fill for fill in circles] == [True, False, False]
    marks = [text for text in texts(picture) if text.endswith(" %")]
    assert len(marks) >= 2 and marks == sorted(marks, key=lambda text: Fraction(text[:-2]))


@pytest.mark.parametrize("ends", [(0, 0), (5, 5), ("0.0811", "0.0812"), (10**12, 10**12 + 7), (-3, 2)])
def test_the_marks_of_an_axis_are_round_and_lie_on_it(ends):
    low, high = map(Fraction, ends)
    picture = drawing.intervals([Bar("", "", Interval(low, high), "input")], lambda value: f"{float(value):.10g}")
    spots = [
        float(text.get("x"))
        for text in etree.fromstring(picture).iter("{*}text")
        if text.get("text-anchor") == "middle"
    ]
    assert spots and all(0 < spot < drawing.WIDTH for spot in spots)


def test_a_whole_number_that_fits_stands_out():
    picture = drawing.whole_numbers((80.5, 81.5), [81], 164, str)
    assert picture.count("--zz-computed") == 2
    assert "--zz-computed" not in drawing.whole_numbers((80.1, 80.2), [], 164, str)


# What each viewer gets


def test_a_panel_leaves_its_notebook_as_data_and_as_a_table(small):
    bundle = small._repr_mimebundle_()
    assert set(bundle) == {PANEL_MIME_TYPE, "text/html", "text/plain"}
    assert [state["sentence"] for state in bundle[PANEL_MIME_TYPE]["states"]] == sentences(small)
    table = lxml.html.fromstring(f"<div>{bundle['text/html']}</div>")
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["a <b>", "c", "Answer"]
    assert rows[1:] == [
        [x, y, f"<s>({a}, {b})"] for a, x in enumerate(["x", "<i>y</i>"]) for b, y in enumerate(["1", "2", "3"])
    ]


def test_a_page_holds_every_state_once_and_its_lists_have_names(small):
    page = lxml.html.fromstring(markup.controlled(small.content()))
    assert len(page.xpath("//template/*")) == len(small.states) - 1
    named = {label.get("for"): label.text_content() for label in page.iter("label")}
    assert [named[select.get("id")] for select in page.iter("select")] == ["a <b>", "c"]
    assert [option.text for option in page.iter("option")] == ["x", "<i>y</i>", "1", "2", "3"]
    assert not page.xpath("//i | //b | //s")
    (shown,) = page.find_class("zz-sentence")
    assert shown.text == page.find_class("zz-panel-picture")[0].get("aria-label") == sentences(small)[0]


def test_where_no_script_runs_a_panel_is_its_first_state_and_what_is_chosen(small, english):
    page = lxml.html.fromstring(f"<div>{markup.controlled(small.content())}</div>")
    kept = {}
    still.settle(
        page, english, "https://example.org/page.html", lambda name, drawing: kept.setdefault(name, drawing) and name
    )
    assert [choice.text_content() for choice in page.find_class("zz-panel-choice")] == ["a <b>: x", "c: 1"]
    assert not page.xpath(".//select | .//template | .//details") and len(page.find_class("zz-sentence")) == 1
    (picture,) = page.iter("img")
    assert picture.get("alt") == sentences(small)[0] and kept[picture.get("src")].startswith("<svg")
    assert page.xpath(".//a/@href") == ["https://example.org/page.html"]


@pytest.fixture
def asked(monkeypatch):
    """A kernel at work on a request that may, or may not, be answered."""

    def ask(**content) -> None:
        shell = SimpleNamespace(get_parent=lambda: {"content": content})
        monkeypatch.setattr(widget, "get_ipython", lambda: shell)

    return ask


def test_only_someone_who_can_answer_gets_a_widget(small, asked, monkeypatch):
    monkeypatch.setattr(widget, "get_ipython", lambda: None)
    assert widget.VIEW not in small._repr_mimebundle_()
    asked(allow_stdin=False)
    assert widget.VIEW not in small._repr_mimebundle_()
    asked(allow_stdin=True)
    assert small._repr_mimebundle_()[widget.VIEW]["model_id"]


def test_the_widget_shows_the_state_that_its_lists_choose(panel):
    made = widget.make(panel.content())
    lists, shown = made.children[1].children, made.children[2]
    assert [len(chosen.options) for chosen in lists] == [1, 3, 2]
    for at, state in enumerate(panel.states):
        for chosen, position in zip(lists, (0, at // 2, at % 2), strict=True):
            chosen.index = position
        assert state.sentence in shown.value and state.picture in shown.value


def test_a_puzzle_tries_the_numbers_around_the_smallest_that_will_do(made_english):
    told = sentences(panels.puzzle(made_english, "made-panel", "aa21-closed", "aa21-events", reach=2))
    assert ["this can be" in sentence for sentence in told][:3] == [False, False, True]


def test_a_puzzle_without_a_number_that_will_do_is_refused(made_english):
    with pytest.raises(PanelError, match="no number up to 12 has a share of 98.4%"):
        panels.puzzle(made_english, "made-panel", "aa21-closed", "aa21-grids")


def test_a_slider_stands_where_the_options_are_steps(made_english):
    puzzle = panels.puzzle(made_english, "made-panel", "aa21-closed", "aa21-events")
    (slider,) = lxml.html.fromstring(markup.controlled(puzzle.content())).xpath("//input[@type='range']")
    assert int(slider.get("max")) + 1 == len(puzzle.states)
