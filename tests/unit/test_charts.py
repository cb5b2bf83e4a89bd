"""Charts and listings: complete, in Chinese where it is due, the same every time."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from zhenzhi import audit, charts
from zhenzhi.book.counts import counts
from zhenzhi.book.edition import Edition, open_book
from zhenzhi.charts import pixels, style
from zhenzhi.data.answering import ACTS
from zhenzhi.errors import ZhenzhiError

pytestmark = pytest.mark.slow

STAFF = ["jj17-grid-heads", "jj17-patrol-officers"]


def staffing(edition: Edition):
    return charts.bars(edition, "jj17-grid-staffing", STAFF)


def changed(language: str = "en", **entry) -> Edition:
    """An edition in which the entry of the staffing figure says something else."""
    edition = open_book(language)
    edition.chart_text("jj17-grid-staffing").update(entry)
    return edition


@pytest.fixture
def worded(monkeypatch) -> Edition:
    """An edition that has words for any chart."""
    edition = open_book("en")
    words = {"en": "Most lead upward", "zh": "多向上"}
    entry = {"chapter": "compare", "mark": "described", "title": words, "subtitle": words, "caption": words}
    monkeypatch.setattr(edition, "chart_text", lambda figure_id: entry)
    return edition


def test_a_chart_knows_its_claims_source_and_data(english):
    chart = staffing(english)
    assert chart.claims == STAFF
    assert "Jiujiang Town Party Committee Office" in chart.source and "21 September 2017" in chart.source
    assert list(chart.data["value"]) == [104, 242]
    assert list(chart.data["as_written"]) == ["104名网格长", "242名网格巡查员"]
    assert chart.alt == "Bar chart. grid heads: 104 people; grid patrol officers: 242 people."


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
    edition = open_book("zh")
    chart = staffing(edition)
    assert chart.title == edition.chart_text("jj17-grid-staffing")["title"]["zh"]
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


def test_a_tree_has_every_part_of_the_model(worded):
    chart = charts.tree(worded, "any", "jj17-grids")
    parts = worded.tables.model_parts
    names = set(parts.loc[parts["model_id"] == "jj17-grids", "name_en"])
    assert names <= set(chart.data["what"])


def test_rungs_count_each_fact_once(worded):
    claims = worded.tables.claims
    own = claims[claims["article_id"] == "jj17-report"]
    chart = charts.rungs(worded, "any", own.index)
    assert sum(chart.data["value"]) == own["repeats"].isna().sum() < len(own)


@pytest.mark.parametrize(
    ("text", "inches", "lines"),
    [
        ("one two three", 0.7, ["one two", "three"]),
        ("直联网格化党员", 0.55, ["直联网格", "化党员"]),
        ("short", 5, ["short"]),
        ("村（居）支部", 0.3, ["村", "（居）", "支部"]),
        ("各方称“数读”框", 0.55, ["各方称", "“数读”框"]),
        ("总额之余（元）；未列", 0.8, ["总额之余", "（元）；未列"]),
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
    assert charts.row(english, "jj17-aspects")["figure"].endswith(" ≠")
    assert charts.row(english, "jj21-mediation-rate")["figure"] == "86%"


def test_a_part_of_a_tree_opens_into_its_model(english):
    opened = {"plans-governance-finish": "plans-finish", "plans-finish-model-town": "plans-demo-town"}
    rows = charts.tree(english, "plans-governance-tree", "plans-governance", opened).data
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
def test_only_a_part_of_the_tree_opens_and_into_a_model(english, opened, message):
    with pytest.raises(ZhenzhiError, match=message):
        charts.tree(english, "plans-governance-tree", "plans-governance", opened)


def written(chart: charts.Chart, width: float = style.WIDE) -> list[str]:
    """The texts of a picture."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", chart.svg(width))


def test_relations_tell_who_answers_to_whom_and_count_the_ways(worded):
    table = worded.tables.relations
    chart = charts.relations(worded, "any")
    assert len(chart.data) == len(table)
    ranks = {
        level: rank for rank, level in enumerate(("residents", "village", "town", "district", "province", "above"))
    }
    ends = [(ranks.get(row.answers_level), ranks.get(row.to_level)) for row in table.itertuples()]
    rises = [to - answers for answers, to in ends if None not in (answers, to)]
    up, down = sum(rise > 0 for rise in rises), sum(rise < 0 for rise in rises)
    told = f"{up} upward, {len(rises) - up - down} on one level, {down} downward, {len(ends) - len(rises)} not said"
    assert told in chart.alt and up and down and len(rises) < len(ends)


def test_an_end_that_the_text_leaves_open_is_a_question_mark(worded):
    rows = charts.relations(worded, "any", ("jj21",)).data.set_index("what")
    (row,) = (rows.loc[what] for what in rows.index if what.startswith("candidates for village bodies"))
    assert (row["to"], row["way"]) == ("[not said]", "open") and " → [not said]: are settled" in row.name
    for documents in (("jj21",), ("jj17",)):
        chart = charts.relations(worded, "any", documents)
        heads = written(chart).count("province")
        assert written(chart).count("?") == heads + 1 + sum(chart.data["way"] == "open")


def test_superiors_without_a_level_are_above_and_on_no_level(worded):
    rows = charts.relations(worded, "any", ("jj17",)).data
    own = rows[rows["what"].str.contains("→ superiors:", regex=False)]
    assert len(own) == 2 and set(own["to"]) == {"above, level not said"} and set(own["way"]) == {"up"}


def test_relations_of_several_documents_name_place_and_year(worded):
    chart = charts.relations(worded, "any")
    table = worded.tables.relations
    for shown, own in zip(chart.data.itertuples(), table.itertuples(), strict=True):
        assert shown.figure.startswith(worded.place_and_year(own.place_id, own.document_id))
    alone = charts.relations(worded, "any", ("jj17",)).data
    assert not any("2017" in figure for figure in alone["figure"])


def test_the_heads_of_the_lanes_stay_in_sight(worded):
    chart = charts.relations(worded, "any", ("jj17",))
    for width in (style.WIDE, style.NARROW):
        texts = written(chart, width)
        heads = [number for number, text in enumerate(texts) if text == "province"]
        assert len(heads) == -(-len(chart.data) // 7)


def test_the_key_tells_of_the_marks_that_are_drawn(worded):
    assert "both on one level" in written(charts.relations(worded, "any", ("jj17",)))
    few = written(charts.relations(worded, "any", ("plans",)))
    assert "both on one level" not in few and "dashed: planned or hoped for" in few


def test_the_acts_are_counted_by_the_way_they_lead(worded):
    data = charts.answering(worded, "any").data
    ways = ["up", "level", "down", "open"]
    assert data[ways].to_numpy().sum() == len(worded.tables.relations)
    every = counts(worded)
    assert data[ways].sum().tolist() == [every[f"relations-{name}"].value for name in ways]
    assert data["down"].tolist() == [every[f"relations-{act}-down"].value for act in ACTS]
    assert sum(every[f"relations-{name}"].value for name in worded.tables.documents.index) == len(
        worded.tables.relations
    )


def test_relations_of_one_document_rest_on_it_alone(worded):
    chart = charts.relations(worded, "any", ("jm24",))
    assert set(chart.data["place"]) == {"jiangmen"} and chart.documents == ["jm24"]


def test_relations_of_one_place_are_those_of_its_rows(worded):
    chart = charts.relations(worded, "any", places=("lishui",))
    table = worded.tables.relations
    assert set(chart.data["place"]) == {"lishui"} and len(chart.data) == sum(table["place_id"] == "lishui") > 0


def test_relations_of_no_document_are_refused(worded):
    with pytest.raises(charts.ChartError, match="figure any: no relation is of nowhere"):
        charts.relations(worded, "any", ("nowhere",))


def test_events_of_a_place_are_those_within_it_in_order_of_time(worded):
    chart = charts.events(worded, "any", ("jiujiang",))
    assert list(chart.data["first_day"]) == sorted(chart.data["first_day"])
    own = worded.tables.events
    inside = own[own["place_id"].isin(worded.places_within(["jiujiang"]))]
    assert "dungen" in set(inside["place_id"])
    assert set(chart.data["what"]) <= set(inside["label_en"])
    assert all(day >= "2016" for day in chart.data["last_day"])


def test_events_of_a_place_without_any_are_refused(worded):
    with pytest.raises(charts.ChartError, match="there is no event of nowhere"):
        charts.events(worded, "any", ("nowhere",))


def test_a_locator_sets_each_place_at_its_position_and_names_its_source(worded):
    chart = charts.locator(worded, "any", ("foshan", "jiujiang", "lishui"), chosen=("jiujiang",))
    assert list(chart.data["what"]) == ["Foshan", "Jiujiang", "Lishui"]
    assert all(chart.data["position_source"])
    assert "23.02° N, 113.12° E" in chart.alt


def test_a_place_without_a_position_is_refused(worded):
    with pytest.raises(charts.ChartError, match="'guangdong' has no position"):
        charts.locator(worded, "any", ("guangdong",))


def test_what_claims_are_held_against_is_told_class_by_class(english):
    chart = charts.held_against(english, "audit-held-against")
    everything = chart.data.iloc[0]
    for name in audit.CLASSES:
        assert everything[f"against-{name}"] == chart.data[f"against-{name}"].iloc[1:].sum()
        assert f"{english.label(f'held-{name}')} {everything[f'against-{name}']}" in everything["figure"]
    assert everything["figure"] in chart.alt


@pytest.mark.parametrize("inches", [0.3, 0.5, 0.9, 1.6])
def test_no_line_ends_with_an_opening_bracket_or_begins_with_a_closing_one(chinese_figure_words, inches):
    for text in chinese_figure_words:
        lines = style.wrap(text, inches, size=9.5)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not [line for line in lines if line.endswith(tuple("（《“‘【「"))], lines
        assert not [line for line in lines[1:] if line.startswith(tuple("）》”’】」，。；：、"))], lines


@pytest.fixture(scope="module")
def chinese_figure_words(english) -> list[str]:
    entries = english.tables.figures
    return [entry[key]["zh"] for entry in entries for key in ("title", "subtitle") if key in entry]


def test_a_picture_of_few_colours_is_small_looks_the_same_and_tells_what_it_is(english, monkeypatch):
    chart = staffing(english)
    packed = chart.png()
    monkeypatch.setattr(pixels, "packed", lambda picture, *_: picture)
    drawn = chart.png()
    assert len(packed) < len(drawn) * 0.5
    before, after = (np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), int) for data in (drawn, packed))
    assert before.shape == after.shape
    off = abs(before - after).max(axis=2)
    assert off.mean() < 0.2 and (off > 16).mean() < 0.001
    with Image.open(io.BytesIO(packed)) as picture:
        assert picture.text["Title"] == chart.title and picture.text["Copyright"] == "CC BY 4.0"
        assert "Jiujiang" in picture.text["Source"] and round(picture.info["dpi"][0]) == 200
