"""The comparison of governance models: the matrix of instruments, readings of the rungs, figures side by side."""

import re
import shutil
from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from zhenzhi import charts, instruments, panels, paths, readings, tables
from zhenzhi.charts import style
from zhenzhi.charts.alike import GATHERING, dimensions
from zhenzhi.edition import open_book
from zhenzhi.errors import DataError
from zhenzhi.panels import combinations

LOOKALIKE = [("grids", ["jj17-grids", "jj21-grids-one"]), ("tax", ["jj17-tax", "jj21-tax"])]
RECURRING = [("projects", ["jj17-equipment-projects", "jj21-projects"])]
CHAPTER = (paths.CHAPTERS / "compare.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def book():
    return open_book("en")


@pytest.fixture(scope="module")
def chinese():
    return open_book("zh")


@pytest.fixture(scope="module")
def columns(book):
    """The columns of the matrix by place and document."""
    return {(column.place_id, column.document_id): column for column in instruments.columns(book.tables)}


def broken(tmp_path, old: str, new: str) -> list[str]:
    """What loading complains of when a text of the evidence is changed."""
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    path = folder / "instrument_evidence.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        tables.load(folder)
    return error.value.problems


# The data


def test_evidence_must_name_a_model_or_a_claim(tmp_path):
    (problem,) = broken(tmp_path, "at-work,jj17-grids,jj17-grids,3307", "at-work,,,3307")
    assert problem == (
        "instrument_evidence.csv, row 2, column model_id: neither a model nor a claim is named; expected one of them"
    )


@pytest.mark.parametrize(
    ("new", "column"), [("jj21-video,jj17-grids", "model_id"), ("jj17-grids,jj21-tax", "claim_id")]
)
def test_evidence_is_of_its_document(tmp_path, new, column):
    (problem,) = broken(tmp_path, "jj17,at-work,jj17-grids,jj17-grids,3307", f"jj17,at-work,{new},3307")
    assert problem.startswith(f"instrument_evidence.csv, row 2, column {column}: ")
    assert problem.endswith("is of 'jj21'; expected one of 'jj17'")


def test_an_unknown_model_or_degree_is_refused(tmp_path):
    (problem,) = broken(tmp_path, "at-work,jj17-grids,jj17-grids,3307", "at-work,nothing,jj17-grids,3307")
    assert "'nothing' is unknown; expected a model_id of models.csv" in problem


def test_every_instrument_has_evidence_and_a_definition(book):
    known = set(book.tables.instruments.index)
    assert set(book.tables.instrument_evidence["instrument_id"]) == known
    assert all(book.tables.instruments["definition_en"].str.endswith("."))


def test_columns_stand_by_place_and_then_by_date(columns):
    assert list(columns) == [
        ("jiujiang", "jj17"), ("jiujiang", "jj21"), ("jiujiang", "nanhai"), ("jiujiang", "plans"),
        ("lishui", "nanhai"), ("xiqiao", "nanhai"), ("jiangmen", "jm24"),
    ]  # fmt: skip


def test_a_document_on_several_places_is_divided_by_its_articles(columns, book):
    assert columns["lishui", "nanhai"].articles == ("nanhai-lishui",)
    assert len(columns["jiangmen", "jm24"].articles) == 8
    articles = [article for column in columns.values() for article in column.articles]
    assert sorted(articles) == sorted(book.tables.articles.index)


def test_a_village_belongs_to_its_town(book):
    assert instruments.town_of(book.tables, "shangdong-park") == "jiujiang"
    assert instruments.town_of(book.tables, "jiangmen") == "jiangmen"


# Whether the texts bear it out; made-up texts, because the real ones are not part of the project


@pytest.fixture
def small(book):
    """The tables with one passage, one instrument and the document of 2017."""
    evidence = book.tables.instrument_evidence.iloc[:1]
    frames = {
        **book.tables.frames,
        "instrument_evidence": evidence,
        "instruments": book.tables.instruments.loc[["social-grids"]],
    }
    return replace(book.tables, frames=MappingProxyType(frames))


def text_with(passage: str, at: int = 3307) -> str:
    return "甲" * at + passage + "甲" * (4408 - at - len(passage))


def test_a_passage_that_reads_as_its_row_and_has_a_word_passes(small):
    assert instruments.problems(small, {"jj17": text_with("104个网格") + "网格化"[:0]}) != []
    assert instruments.problems(small, {"jj17": "网格化" + text_with("104个网格")[3:]}) == []


def test_a_passage_that_reads_otherwise_is_named(small):
    found = instruments.problems(small, {"jj17": "网格化" + text_with("105个网格")[3:]})
    assert found == [
        "instrument_evidence.csv, social-grids jj17 3307, column as_written: '104个网格'; expected '105个网格', "
        "as the characters read"
    ]


def test_a_filled_cell_without_its_words_is_named(small):
    (problem,) = instruments.problems(small, {"jj17": text_with("104个网格")})
    assert "none of the words stands in jj17 on jiujiang, whose cell is filled" in problem


def test_a_blank_where_a_word_stands_is_named(book):
    evidence = book.tables.instrument_evidence
    kept = evidence[(evidence["document_id"] == "jj17") & (evidence["instrument_id"] == "patrols")]
    frames = {**book.tables.frames, "instrument_evidence": kept}
    frames["instruments"] = book.tables.instruments.loc[["neighbours"]]
    data = replace(book.tables, frames=MappingProxyType(frames))
    start = kept.iloc[0]["start"]
    text = "街坊会" + text_with(kept.iloc[0]["as_written"], start)[3:]
    (problem,) = instruments.problems(data, {"jj17": text})
    assert problem == (
        "instruments.csv, neighbours, column words_zh: '街坊会' stands in jj17 on jiujiang, whose cell is blank; "
        "expected a row of instrument_evidence.csv"
    )


# Readings of the rungs


def test_the_settled_reading_is_that_of_the_claims(book, columns):
    claims = book.tables.claims
    own = claims[(claims["article_id"] == "jj17-report") & claims["repeats"].isna()]
    counts = readings.counts(book.tables, columns["jiujiang", "jj17"].articles)
    assert Counter({rung: number for rung, number in counts.items() if number}) == Counter(own["rung"])


def test_a_ruling_moves_claims_and_loses_none(book, columns):
    for column in columns.values():
        settled = readings.counts(book.tables, column.articles)
        for name in readings.recoding(book.tables):
            assert sum(readings.counts(book.tables, column.articles, name).values()) == sum(settled.values())


def test_a_ruling_counts_what_it_says(book):
    articles = ["jj17-report"]
    settled = readings.counts(book.tables, articles)
    moved = readings.counts(book.tables, articles, "staff-as-structure")
    assert (settled["input"] - moved["input"], moved["structure"] - settled["structure"]) == (5, 5)


def test_claims_can_be_left_out(book):
    assert readings.counts(book.tables, ["plans-report"], "reported-only") == {
        "input": 0, "activity": 0, "output": 0, "outcome": 0, "structure": 0, "context": 2,
    }  # fmt: skip


def test_a_coder_is_counted_as_the_coder_read(book):
    """Coder B read the pool of firms as structure and found no number in the name of the three officials."""
    settled, coder = (readings.counts(book.tables, ["jj17-report"], name) for name in ("settled", "B"))
    assert coder["output"] == settled["output"] - 1
    assert coder["structure"] == settled["structure"]


def test_the_coders_differ_on_names_but_for_one_claim(book):
    """As the chapter says; of the claims told once."""
    claims, codings = book.tables.claims, book.tables.codings
    document = claims["article_id"].map(book.tables.articles["document_id"])
    differing = []
    for claim in claims[claims["repeats"].isna()].itertuples():
        same = codings[
            (codings["document_id"] == document[claim.Index])
            & (codings["start"] < claim.end)
            & (claim.start < codings["end"])
        ]
        if set(same["coder"]) != {"A", "B"} or set(same["rung"]) != {claim.rung}:
            differing.append(claim)
    assert len(differing) > 2
    assert [claim.claim_id for claim in differing if claim.kind != "label"] == ["jj17-listing-pool"]


def test_an_unknown_reading_is_refused(book):
    with pytest.raises(KeyError):
        readings.counts(book.tables, ["jj17-report"], "as-hoped")


# Charts


def test_the_profiles_tell_counts_and_ranges(book):
    chart = charts.profiles(book, "compare-profiles")
    assert "Jiujiang 2017, 51 claims: inputs 7 (2 to 7 in other readings)" in chart.alt
    assert "Xiqiao 2021 (?), 2 claims: inputs 0, activities 0" in chart.alt
    rows = chart.data.set_index("what")
    row = rows.loc["Jiujiang 2017: Outputs"]
    assert (row["value"], row["coders_low"], row["coders_high"], row["low"], row["high"]) == (16, 15, 16, 13, 17)
    assert all((chart.data["low"] <= chart.data["value"]) & (chart.data["value"] <= chart.data["high"]))


def test_the_range_of_all_readings_takes_in_the_coders(book):
    data = charts.profiles(book, "compare-profiles").data
    assert all((data["low"] <= data["coders_low"]) & (data["coders_high"] <= data["high"]))
    assert any(data["coders_low"] < data["coders_high"])


def test_figures_side_by_side_tell_what_they_share(book):
    assert dimensions(book, ["jj17-tax", "jj21-tax"]) == {
        "counted": "differs", "unit": "same", "place": "same", "period": "differs", "status": "same",
    }  # fmt: skip
    assert dimensions(book, ["jj17-grids", "jj21-grids-one"])["period"] == "unstated"


def test_numbers_of_parts_are_of_one_thing_only_in_one_model(book):
    assert dimensions(book, ["jj17-platforms", "plans-platforms"])["counted"] == "differs"
    assert dimensions(book, ["jj17-areas", "jj17-areas"])["counted"] == "same"


def test_figures_side_by_side_are_told_with_place_and_time(book):
    chart = charts.alike(book, "compare-lookalikes", LOOKALIKE, on_one_scale=False)
    assert "social-governance grids (Jiujiang, document of 21 September 2017): 104 grids" in chart.alt
    assert "Same: unit, place, whether reported or planned. Different: what is counted, period." in chart.alt


def test_figures_on_one_scale_have_one_unit(book):
    groups = [("projects", ["jj17-opinions-solved", "jj21-problems"])]
    with pytest.raises(charts.ChartError, match="the group projects has several units; expected one for one scale"):
        charts.alike(book, "compare-recurring", groups, on_one_scale=True)


def test_a_group_has_at_least_two_figures(book):
    with pytest.raises(charts.ChartError, match="the group tax has 1 claim; expected at least two"):
        charts.alike(book, "compare-lookalikes", [("tax", ["jj17-tax"])], on_one_scale=False)


def test_the_charts_speak_chinese(chinese):
    for chart in (
        charts.profiles(chinese, "compare-profiles"),
        charts.alike(chinese, "compare-recurring", RECURRING, on_one_scale=True),
        charts.alike(chinese, "compare-lookalikes", LOOKALIKE, on_one_scale=False),
    ):
        assert "。" in chart.alt and "{" not in chart.alt
        assert chart.svg(style.WIDE) and chart.svg(style.NARROW)


# The panel


def test_the_panel_shows_every_reading_of_every_place(book, columns):
    pages = combinations(panels.rung_readings(book, "compare-readings"))
    assert len(pages) == (1 + len(columns)) * len(readings.names(book.tables))
    assert "All documents: 213 claims counted, on the same rungs as settled." in pages[0]


def test_the_panel_tells_what_a_reading_changes(book):
    pages = combinations(panels.rung_readings(book, "compare-readings"))
    told = [page for page in pages if "Jiujiang 2017: 51 claims counted" in page]
    assert any("Against the settled coding: Inputs 7 to 2, Structure 10 to 15." in page for page in told)


def test_the_panel_speaks_chinese(chinese):
    page = combinations(panels.rung_readings(chinese, "compare-readings"))[4]
    assert "全部文献：计213条。与定稿相比：投入由17变为11、结构由81变为87。" in page


# What the chapter says of them


def filled(book, instrument_id: str) -> set[tuple[str, str]]:
    cells = instruments.cells(book.tables)
    return {(column.place_id, column.document_id) for name, column in cells if name == instrument_id}


def degrees(book, place_id: str, document_id: str) -> set[str]:
    cells = instruments.cells(book.tables)
    return {
        degree
        for (_, column), rows in cells.items()
        if (column.place_id, column.document_id) == (place_id, document_id)
        for degree in rows["degree"]
    }


def test_no_instrument_stands_in_every_column(book, columns):
    assert all(filled(book, name) < set(columns) for name in book.tables.instruments.index)


def test_genre_decides_the_degree(book):
    assert degrees(book, "jiujiang", "nanhai") == {"at-work"}
    assert "at-work" not in degrees(book, "jiujiang", "plans")
    evidence, models = book.tables.instrument_evidence, book.tables.models
    plan = evidence["model_id"].map(models["article_id"]) == "jm24-action-plan"
    assert "at-work" not in set(evidence[plan]["degree"])


def test_some_instruments_are_told_of_jiujiang_alone(book):
    for name in ("mediation", "elections", "video", "patrols"):
        assert {place for place, _ in filled(book, name)} == {"jiujiang"}, name
    for name in ("posts", "coupons", "land-map"):
        assert len(filled(book, name)) == 1, name


def test_the_robust_order_of_rungs_is_robust(book):
    def tried(article: str) -> list[dict]:
        names = ["settled", "A", "B", *readings.recoding(book.tables)]
        return [readings.counts(book.tables, [article], name) for name in names]

    assert all(max(counts, key=counts.get) == "output" for counts in tried("jj17-report"))
    leads = {max(counts, key=counts.get) for counts in tried("jj21-report")}
    assert leads == {"output", "structure"}
    for article in ("plans-report", "nanhai-lishui"):
        assert all(max(counts, key=counts.get) == "structure" for counts in tried(article))
    assert readings.counts(book.tables, ["plans-report"], "targets-as-structure")["output"] == 0


def test_every_indicator_that_recurs_is_in_the_figure(book):
    """All that stand in more than one document, but for those that gather counts of many things."""
    claims = book.tables.claims[book.tables.claims["repeats"].isna()]
    documents = claims["article_id"].map(book.tables.articles["document_id"])
    spread = documents.groupby(claims["indicator_id"]).nunique()
    recurring = set(spread.index[spread > 1]) - (GATHERING - {"levels"})
    cell = CHAPTER.partition('"compare-recurring"')[2].partition("on_one_scale=True")[0]
    named = {name for name in claims.index if f'"{name}"' in cell}
    assert {claims.at[name, "indicator_id"] for name in named} == recurring
    assert {name for name in claims.index if claims.at[name, "indicator_id"] in recurring} == named


def test_every_group_kept_apart_across_documents_is_in_the_figure(book):
    cell = CHAPTER.partition('"compare-lookalikes"')[2].partition("on_one_scale=False")[0]
    for check in book.tables.checks:
        if check["check_id"].startswith("across-") and check["type"] == "apart":
            assert all(f'"{name}"' in cell for name in check["claims"]["figures"]), check["check_id"]


# The built page


def test_each_passage_is_a_link_to_where_it_is_told(html, book):
    """To the model, in the chapter that has its anchor; without one, to a record in the register."""
    chapters = {path.name: path.read_text(encoding="utf-8") for path in (html / "chapters").glob("*.html")}
    links = re.findall(
        r'<a class="[^"]*" href="([^"]*)"[^>]*>((?:<span lang="zh">|</span>|[^<])*)</a>', chapters["compare.html"]
    )
    told = {(href, re.sub("<[^>]*>", "", text)) for href, text in links}
    claims = book.tables.claims
    for row in book.tables.instrument_evidence.itertuples():
        anchors = [name for name, page in chapters.items() if f'id="model-{row.model_id}"' in page]
        if anchors:
            assert (f"{anchors[0]}#model-{row.model_id}", row.as_written) in told
            continue
        own = [row.claim_id, *claims.index[claims["model_id"] == row.model_id]]
        records = [f"#claim-{claim}" for claim in own] + [f"#document-{row.document_id}"]
        assert any(href.endswith(tuple(records)) for href, text in told if text == row.as_written), row.as_written


def test_a_blank_says_that_it_is_one(html, book, columns):
    page = (html / "chapters" / "compare.html").read_text(encoding="utf-8")
    matrix = page.partition('class="zz-scroll zz-matrix-region"')[2].partition("</table>")[0]
    blanks = len(book.tables.instruments) * len(columns) - len(instruments.cells(book.tables))
    assert matrix.count("not mentioned") == blanks
