"""Charts and diagrams: complete, in Chinese where it is due, the same every time."""

import re

import pytest

from zhenzhi import charts, diagrams
from zhenzhi.charts import style
from zhenzhi.edition import Edition, open_book
from zhenzhi.errors import ZhenzhiError

STAFF = ["jj17-grid-heads", "jj17-patrol-officers"]


def staffing(edition: Edition):
    return charts.bars(edition, "jj17-grid-staffing", STAFF)


def changed(language: str = "en", **entry) -> Edition:
    """An edition in which the entry of the staffing figure says something else."""
    edition = open_book(language)
    edition.figure_text("jj17-grid-staffing").update(entry)
    return edition


def test_a_chart_knows_its_claims_source_and_data(english):
    chart = staffing(english)
    assert chart.claims == STAFF
    assert "Jiujiang Town Party Committee Office" in chart.source and "21 September 2017" in chart.source
    assert list(chart.data["value"]) == [104, 242]
    assert list(chart.data["as_written"]) == ["104名网格长", "242名网格巡查员"]
    assert chart.alt == "Bar chart. grid heads: 104 people; grid patrol officers: 242 people."


@pytest.mark.parametrize("what", ["caption", "title"])
def test_a_chart_without_words_cannot_be_made(what):
    with pytest.raises(charts.ChartError, match=f"jj17-grid-staffing: the {what} is empty"):
        staffing(changed(**{what: {"en": " ", "zh": " "}}))


def test_a_chart_without_alt_text_cannot_be_made(english):
    with pytest.raises(charts.ChartError, match="the alt text is empty"):
        charts.Chart(english, "jj17-grid-staffing", lambda canvas: None, [charts.row(english, STAFF[0])], alt="")


def test_a_chart_without_data_cannot_be_made(english):
    with pytest.raises(charts.ChartError, match="it shows no data"):
        charts.Chart(english, "jj17-grid-staffing", lambda canvas: None, [], alt="Nothing.")


def test_a_missing_glyph_is_an_error():
    with pytest.raises(charts.ChartError, match="jj17-grid-staffing: Glyph 129517"):
        staffing(changed(title={"en": "Staff \U0001f9ed", "zh": "人员"}))


def test_a_colour_outside_the_palette_is_an_error(english):
    def draw(canvas):
        (axes,) = canvas.axes(1)
        axes.barh([0], [1], color="#123456")

    with pytest.raises(charts.ChartError, match="#123456"):
        charts.Chart(english, "jj17-grid-staffing", draw, [charts.row(english, STAFF[0])], alt="A bar.")


def test_the_same_chart_is_the_same_bytes(english):
    assert staffing(english).svg() == staffing(english).svg()
    assert staffing(english).png() == staffing(english).png()


def test_a_chart_speaks_the_language_of_its_edition():
    chart = staffing(open_book("zh"))
    assert chart.title == "各类网格化人员"
    assert "网格长" in chart.alt and "grid heads" not in chart.alt
    assert "<svg" in chart.svg()


def test_narrow_and_wide_pictures_have_their_widths(english):
    for width in (style.WIDE, style.NARROW):
        box = re.search(r'viewBox="0 0 ([\d.]+)', staffing(english).svg(width))[1]
        assert float(box) == pytest.approx(width * 72)


def test_every_colour_has_a_dark_partner_of_its_own():
    lights = [light for light, _ in style.COLOURS.values()]
    assert len(set(lights)) == len(lights)


def test_whole_numbers_names_the_only_count_that_fits(english):
    chart = charts.whole_numbers(english, "jj17-closed", ["jj17-events-closed"])
    assert "fits 15,052 and leaves 103 open" in chart.alt
    assert list(chart.data.loc[chart.data["fits"], "value"]) == [15052]


def test_intervals_tells_what_is_reported_and_what_is_computed(english):
    chart = charts.intervals(english, "jj17-tasks-per-grid", ["jj17-tasks-average"])
    assert "over 10 tasks per grid and day" in chart.alt and "17.3 to 18.4 tasks" in chart.alt


def test_a_diagram_has_every_part_of_the_model(english):
    chart = diagrams.tree(english, "jj17-grid-system", "jj17-grids")
    parts = english.tables.model_parts
    names = set(parts.loc[parts["model_id"] == "jj17-grids", "name_en"])
    assert names <= set(chart.data["what"])


def test_rungs_count_each_fact_once(english):
    claims = english.tables.claims
    own = claims[claims["article_id"] == "jj17-report"]
    chart = charts.rungs(english, "jj17-rungs", own.index)
    assert sum(chart.data["value"]) == own["repeats"].isna().sum() < len(own)


@pytest.mark.parametrize(
    ("text", "inches", "lines"),
    [
        ("one two three", 0.7, ["one two", "three"]),
        ("直联网格化党员", 0.55, ["直联网格", "化党员"]),
        ("short", 5, ["short"]),
    ],
)
def test_text_is_broken_between_words_and_chinese_characters(text, inches, lines):
    assert style.wrap(text, inches, size=9.5) == lines


def test_the_audit_in_pictures_counts_every_check_once(english):
    for chart in (
        charts.verdicts_by_document(english, "audit-by-document"),
        charts.verdicts_by_type(english, "audit-by-type"),
    ):
        counted = chart.data[["consistent", "inconsistent", "undetermined"]].to_numpy().sum()
        assert counted == len(english.results)


def test_a_figure_that_a_check_finds_fault_with_is_marked_in_a_chart(english):
    assert charts.row(english, "jj21-own-rate")["figure"] == "49.39% ≠"
    assert charts.row(english, "jj21-mediation-rate")["figure"] == "86%"


def test_a_part_of_a_diagram_opens_into_its_model(english):
    opened = {"plans-governance-finish": "plans-finish", "plans-finish-model-town": "plans-demo-town"}
    rows = diagrams.tree(english, "plans-governance-tree", "plans-governance", opened).data
    depths = dict(zip(rows["name_zh"], rows["depth"], strict=True))
    assert [depths[name] for name in ("点睛计划", "“创熟”工作", "整镇提升")] == [1, 2, 3]
    assert "“九江战龙”先锋" not in depths


@pytest.mark.parametrize(
    ("opened", "message"),
    [
        ({"plans-land-map": "plans-one-map"}, "there is no part 'plans-land-map' to open"),
        ({"plans-governance-finish": "plans-end"}, "there is no model 'plans-end'"),
    ],
)
def test_only_a_part_of_the_diagram_opens_and_into_a_model(english, opened, message):
    with pytest.raises(ZhenzhiError, match=message):
        diagrams.tree(english, "plans-governance-tree", "plans-governance", opened)
