"""Every row reads as its text does and every numeral is in one row: a made-up text, and the real ones where at hand."""

import hashlib
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhenzhi import paths
from zhenzhi.amounts.numerals import characters
from zhenzhi.data import sources, tables
from zhenzhi.data.sources import Coverage
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError

FOLDER = paths.ROOT.parent / "shared" / "sources"
needs_sources = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the source texts belong to their publishers and are not part of the project"
)
few = settings(max_examples=15, deadline=None)


def with_table(data: Tables, name: str, frame: pd.DataFrame) -> Tables:
    return replace(data, frames=MappingProxyType({**data.frames, name: frame}))


def with_cell(data: Tables, name: str, row, column: str, value) -> Tables:
    frame = data.frames[name].copy()
    frame.at[row, column] = value
    return with_table(data, name, frame)


def without(data: Tables, name: str, row) -> Tables:
    return with_table(data, name, data.frames[name].drop(row))


def problems(data: Tables, folder: Path) -> list[str]:
    with pytest.raises(DataError) as error:
        sources.verify(data, folder)
    return error.value.problems


# A made-up text

TEXT = "九江镇设3个网格,投入 5\n万元。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "made.txt").write_bytes(TEXT.encode())
    return tmp_path


@pytest.fixture
def made() -> Tables:
    """The tables that code the made-up text."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    frames = {
        "documents": (["document_id", "file_name", "sha256", "characters"], [["doc", "made.txt", digest, len(TEXT)]]),
        "articles": (["article_id", "document_id", "start", "end"], [["doc-article", "doc", 0, len(TEXT)]]),
        "claims": (
            ["claim_id", "article_id", "start", "end", "as_written", "place_id", "indicator_id", "kind", "value"],
            [
                ["doc-grids", "doc-article", 4, 6, "3个", "town", "grids", "level", Decimal(3)],
                ["doc-money", "doc-article", 12, 16, "5万元", "town", "money", "flow", Decimal(50000)],
            ],
        ),
        "places": (["place_id", "parent_id"], [["city", None], ["town", "city"]]),
        "indicators": (["indicator_id"], [["grids"], ["money"]]),
        "units": (["unit", "written_zh"], [["item", "个"], ["yuan", "元"]]),
        "models": (["model_id", "place_id", "article_id", "start"], []),
        "external": (["external_id", "place_id"], []),
        "instruments": (["instrument_id", "words_zh"], []),
    }
    indexed = {
        name: pd.DataFrame(rows, columns=columns, dtype=object).set_index(columns[0], drop=False)
        for name, (columns, rows) in frames.items()
    }
    columns = ["document_id", "start", "end", "as_written", "reason"]
    numerals = pd.DataFrame([["doc", 0, 2, "九江", "name"]], columns=columns, dtype=object)
    columns = ["instrument_id", "place_id", "document_id", "start", "end", "as_written"]
    frames = {
        **indexed,
        "numerals": numerals,
        "drafts": numerals.iloc[:0],
        "instrument_evidence": pd.DataFrame([], columns=columns, dtype=object),
    }
    return Tables(Path(), MappingProxyType(frames), MappingProxyType({"caveats": []}))


def test_a_text_that_is_coded_in_full_passes_with_its_coverage(made, folder):
    assert sources.verify(made, folder) == [
        Coverage("doc", characters=17, numeral_characters=4, claims=2, numerals=1, figure_share=6 / 17)
    ]


def test_a_missing_text_is_named(made, tmp_path):
    assert problems(made, tmp_path) == [
        "documents.csv, doc, column file_name: there is no made.txt in the folder of sources"
    ]


def test_a_document_is_checked_without_the_texts_of_the_others(made, folder):
    both = made.documents.assign(file_name=["elsewhere.txt"], document_id=["other"])
    more = with_table(made, "documents", pd.concat([made.documents, both]))
    assert [row.document_id for row in sources.verify(more, folder, ["doc"])] == ["doc"]
    assert "elsewhere.txt" in problems(more, folder)[0]


def test_another_text_than_the_one_coded_is_refused(made, folder):
    (folder / "made.txt").write_bytes(TEXT.replace("3", "4").encode())
    assert problems(made, folder) == ["documents.csv, doc, column sha256: made.txt is another file than the one coded"]


def test_a_wrong_length_is_named(made, folder):
    data = with_cell(made, "documents", "doc", "characters", 99)
    assert problems(data, folder) == ["documents.csv, doc, column characters: 99; expected 17"]


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("as_written", "4个", "'4个'; expected '3个', as characters 4-6 read"),
        ("start", 3, "'3个'; expected '设3个', as characters 3-6 read"),
        ("end", 5, "'3个'; expected '3', as characters 4-5 read"),
    ],
)
def test_a_claim_that_reads_otherwise_is_named(made, folder, column, value, problem):
    data = with_cell(made, "claims", "doc-grids", column, value)
    assert f"claims.csv, row 2 (doc-grids), column as_written: {problem}" in problems(data, folder)


def test_a_numeral_that_reads_otherwise_is_named(made, folder):
    problem = "numerals.csv, row 2, column as_written: '九龙'; expected '九江', as characters 0-2 read"
    assert problem in problems(with_cell(made, "numerals", 0, "as_written", "九龙"), folder)


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("警情全面下降，降幅分别为25.9%、44.98%。", "-44.98", None),
        ("警情全面下降，降幅分别为25.9%、44.98%。", "44.98", "expected -44.98, as the words before it tell of a fall"),
        (
            "警情下降。增速分别为25.9%、44.98%。",
            "-44.98",
            "expected a word of its sentence before it that tells of a fall",
        ),
        ("增幅分别为25.9%、44.98%。", "44.98", None),
        ("警情下降5%，税收44.98%。", "44.98", None),
    ],
)
def test_a_figure_in_a_list_has_the_direction_that_stands_before_the_list(made, text, value, expected):
    start = text.index("44.98%")
    row = ["fall", "a", start, start + 6, "44.98%", "town", "rate", "change", Decimal(value)]
    claims = pd.DataFrame([row], columns=made.claims.columns, dtype=object)
    found = list(sources._check_signs(claims, text, made.lexicon))
    assert len(found) == (expected is not None)
    assert all(expected in problem for problem in found)


def test_two_rows_cannot_share_a_character(made, folder):
    data = with_cell(made, "claims", "doc-money", "start", 5)
    data = with_cell(data, "claims", "doc-money", "as_written", "个网格,投入5万元")
    problem = (
        "claims.csv, row 3 (doc-money), column start: character 5 is in two rows; expected each in one; the first is in "
        "claims.csv, row 2 (doc-grids)"
    )
    assert problem in problems(data, folder)


def test_a_numeral_in_no_row_is_named_with_its_place_and_document(made, folder):
    (problem,) = problems(without(made, "numerals", 0), folder)
    assert problem == (
        "doc, characters 0-1: the numeral '九' in '九江镇设3个网' is in no row of claims.csv, numerals.csv or drafts.csv"
    )


def test_a_claim_outside_its_article_is_named(made, folder):
    data = with_cell(made, "articles", "doc-article", "end", 10)
    assert problems(data, folder) == [
        "claims.csv, doc-money, column article_id: the span 12-16 lies outside doc-article, which is 0-10"
    ]


def test_an_article_beyond_the_end_of_its_text_is_named(made, folder):
    data = with_cell(made, "articles", "doc-article", "end", 18)
    assert problems(data, folder) == [
        "articles.csv, doc-article, column end: 18; expected more than start and at most 17"
    ]


def test_a_proposed_row_holds_its_characters_until_it_is_reviewed(made, folder):
    columns = ["document_id", "start", "end", "as_written"]
    drafts = pd.DataFrame([["doc", 0, 2, "九江"]], columns=columns, dtype=object)
    data = with_table(without(made, "numerals", 0), "drafts", drafts)
    assert [row.numerals for row in sources.verify(data, folder)] == [0]
    twice = with_table(made, "drafts", drafts)
    assert problems(twice, folder) == [
        "drafts.csv, row 2, column start: character 0 is in two rows; expected each in one; the first is in "
        "numerals.csv, row 2"
    ]


def test_numerals_in_no_row_are_named_run_by_run(made, folder):
    longer = TEXT.replace("5", "1,234.5")
    (folder / "made.txt").write_bytes(longer.encode())
    data = with_cell(without(made, "claims", "doc-money"), "documents", "doc", "characters", len(longer))
    data = with_cell(data, "documents", "doc", "sha256", hashlib.sha256(longer.encode()).hexdigest())
    data = with_cell(data, "articles", "doc-article", "end", len(longer))
    assert [problem.partition(" is in no row")[0] for problem in problems(data, folder)] == [
        "doc, characters 12-19: the numeral '1,234.5' in '网格,投入1,234.5万元。'",
        "doc, characters 20-21: the numeral '万' in '234.5万元。'",
    ]


# The texts of the documents


@pytest.fixture(scope="module")
def data() -> Tables:
    return tables.load()


@pytest.fixture(scope="module")
def claims(data) -> list[str]:
    """The claims of the document of 2017."""
    return list(data.claims.index[data.claims["article_id"] == "jj17-report"])


@pytest.fixture(scope="module")
def numerals(data) -> list[int]:
    """The other numerals of the document of 2017, by their position in the table."""
    return list(data.numerals.index[data.numerals["document_id"] == "jj17"])


@needs_sources
def test_the_data_passes_with_a_coverage_of_every_document(data):
    coverage = {row.document_id: row for row in sources.verify(data, FOLDER)}
    assert list(coverage) == list(data.documents.index)
    assert coverage["jj17"].characters == 4408
    assert coverage["jj17"].numeral_characters == 270


@pytest.mark.slow
@needs_sources
@few
@given(st.data())
def test_a_claim_that_starts_elsewhere_is_named(data, claims, example):
    claim = example.draw(st.sampled_from(claims))
    moved = with_cell(data, "claims", claim, "start", data.claims.at[claim, "start"] + 1)
    assert any(f" ({claim}), column as_written: " in problem for problem in problems(moved, FOLDER))


@pytest.mark.slow
@needs_sources
@few
@given(st.data())
def test_a_claim_with_another_wording_is_named(data, claims, example):
    claim = example.draw(st.sampled_from(claims))
    worded = with_cell(data, "claims", claim, "as_written", data.claims.at[claim, "as_written"] + "整")
    assert any(f" ({claim}), column as_written: " in problem for problem in problems(worded, FOLDER))


@pytest.mark.slow
@needs_sources
@few
@given(st.data())
def test_a_numeral_that_starts_elsewhere_is_named(data, numerals, example):
    row = example.draw(st.sampled_from(numerals))
    start = data.numerals.at[row, "start"] + 1
    moved = with_cell(data, "numerals", row, "start", start)
    name = f"numerals.csv, row {row + 2}, column as_written: "
    assert any(problem.startswith(name) for problem in problems(moved, FOLDER))


@pytest.mark.slow
@needs_sources
@few
@given(st.data())
def test_the_characters_of_a_deleted_row_are_named(data, claims, numerals, example):
    rows = [("claims", row) for row in claims] + [("numerals", row) for row in numerals]
    name, row = example.draw(st.sampled_from(rows))
    start, end = data.frames[name].loc[row, ["start", "end"]]
    text = (FOLDER / data.documents.at["jj17", "file_name"]).read_bytes().decode()
    uncovered = [offset for offset in characters(text) if start <= offset < end]
    assume(uncovered)  # 首个 and 唯一 count one without a numeral
    found = re.findall(r"characters (\d+)-(\d+): the numeral ", "\n".join(problems(without(data, name, row), FOLDER)))
    assert [at for at in uncovered if not any(int(low) <= at < int(high) for low, high in found)] == []
