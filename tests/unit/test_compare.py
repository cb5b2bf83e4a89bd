"""The comparison of governance models: the matrix of instruments, readings of the rungs, figures side by side."""

import shutil
from collections import Counter
from dataclasses import replace
from types import MappingProxyType

import pytest

from zhenzhi import charts, panels, paths
from zhenzhi.book import open_book
from zhenzhi.charts import style
from zhenzhi.data import instruments, recodings, tables
from zhenzhi.errors import DataError

pytestmark = pytest.mark.slow


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
    problem, *_ = broken(tmp_path, "jj17,at-work,jj17-grids,jj17-grids,3307", f"jj17,at-work,{new},3307")
    assert problem.startswith(f"instrument_evidence.csv, row 2, column {column}: ")
    assert problem.endswith("is of 'jj21'; expected one of 'jj17'")


def test_an_unknown_model_or_degree_is_refused(tmp_path):
    problem, *_ = broken(tmp_path, "at-work,jj17-grids,jj17-grids,3307", "at-work,nothing,jj17-grids,3307")
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
    counts = recodings.counts(book.tables, columns["jiujiang", "jj17"].articles)
    assert Counter({rung: number for rung, number in counts.items() if number}) == Counter(own["rung"])


def test_a_ruling_moves_claims_and_loses_none(book, columns):
    for column in columns.values():
        settled = recodings.counts(book.tables, column.articles)
        for name in recodings.recoding(book.tables):
            assert sum(recodings.counts(book.tables, column.articles, name).values()) == sum(settled.values())


def test_a_ruling_counts_what_it_says(book):
    articles = ["jj17-report"]
    settled = recodings.counts(book.tables, articles)
    moved = recodings.counts(book.tables, articles, "staff-as-structure")
    assert (settled["input"] - moved["input"], moved["structure"] - settled["structure"]) == (5, 5)


def test_claims_can_be_left_out(book):
    assert recodings.counts(book.tables, ["plans-report"], "reported-only") == {
        "input": 0, "activity": 0, "output": 0, "outcome": 0, "structure": 0, "context": 2,
    }  # fmt: skip


def test_an_unknown_reading_is_refused(book):
    with pytest.raises(KeyError):
        recodings.counts(book.tables, ["jj17-report"], "as-hoped")


# Charts


def test_the_profiles_are_shares_of_the_claims_told_first(book):
    data = charts.profiles(book, "compare-profiles").data
    for _, own in data.groupby(data["what"].str.rpartition(":")[0]):
        assert own["share_percent"].sum() == pytest.approx(100, abs=0.5)
        total = own["value"].sum()
        assert list(own["figure"]) == [f"{100 * n / total:.0f}% ({n})" for n in own["value"]]
    claims = book.tables.claims
    assert data["value"].sum() == claims["repeats"].isna().sum()


def test_the_charts_speak_chinese(chinese):
    for chart in (charts.profiles(chinese, "compare-profiles"), charts.relations(chinese, "compare-answering")):
        assert "。" in chart.alt and "{" not in chart.alt
        assert chart.svg(style.WIDE) and chart.svg(style.NARROW)


# The panel


def test_the_panel_shows_every_reading_of_every_place(book, columns):
    pages = [state.sentence for state in panels.rung_readings(book, "compare-readings").states]
    assert len(pages) == (1 + len(columns)) * len(recodings.names(book.tables))
    first = book.tables.claims["repeats"].isna().sum()
    assert f"All documents: {first} claims counted, on the same rungs as settled." in pages[0]


def test_the_panel_tells_what_a_reading_changes(book):
    settled = recodings.counts(book.tables, ["jj17-report"])
    changed = recodings.counts(book.tables, ["jj17-report"], "staff-as-structure")
    pages = [state.sentence for state in panels.rung_readings(book, "compare-readings").states]
    told = [page for page in pages if page.startswith("Jiujiang 2017: ")]
    parts = [f"{rung.capitalize()}s {settled[rung]} to {changed[rung]}" for rung in ("input",)]
    assert any(all(part in page for part in parts) for page in told)


def test_the_panel_speaks_chinese(chinese):
    pages = [state.sentence for state in panels.rung_readings(chinese, "compare-readings").states]
    assert all("。" in page and "{" not in page for page in pages)
    assert any("与定稿相比：" in page for page in pages)


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
        names = ["settled", "A", "B", *recodings.recoding(book.tables)]
        return [recodings.counts(book.tables, [article], name) for name in names]

    assert all(max(counts, key=counts.get) == "output" for counts in tried("jj17-report"))
    leads = {max(counts, key=counts.get) for counts in tried("jj21-report")}
    assert leads == {"output", "structure"}
    for article in ("plans-report", "nanhai-lishui"):
        assert all(max(counts, key=counts.get) == "structure" for counts in tried(article))
    assert recodings.counts(book.tables, ["plans-report"], "targets-as-structure")["output"] == 0
