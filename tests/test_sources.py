"""Every row reads as its text does and every numeral is in one row: a made-up text, and the real ones where at hand."""

import hashlib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenzhi import paths, sources, tables
from zhenzhi.errors import DataError
from zhenzhi.quantity import NUMERAL_CHARACTERS
from zhenzhi.sources import Coverage
from zhenzhi.tables import Tables

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
            ["claim_id", "article_id", "start", "end", "as_written", "place_id", "indicator_id"],
            [
                ["doc-grids", "doc-article", 4, 6, "3个", "town", "grids"],
                ["doc-money", "doc-article", 12, 16, "5万元", "town", "money"],
            ],
        ),
        "places": (["place_id", "parent_id"], [["city", None], ["town", "city"]]),
        "indicators": (["indicator_id"], [["grids"], ["money"]]),
        "models": (["model_id", "place_id"], []),
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
    frames = {**indexed, "numerals": numerals, "instrument_evidence": pd.DataFrame([], columns=columns, dtype=object)}
    return Tables(Path(), MappingProxyType(frames), MappingProxyType({}))


def test_a_text_that_is_coded_in_full_passes_with_its_coverage(made, folder):
    assert sources.verify(made, folder) == [
        Coverage("doc", characters=17, numeral_characters=4, claims=2, numerals=1, figure_share=6 / 17)
    ]


def test_a_missing_text_is_named(made, tmp_path):
    assert problems(made, tmp_path) == [
        "documents.csv, doc, column file_name: there is no made.txt in the folder of sources"
    ]


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
    assert f"claims.csv, doc-grids, column as_written: {problem}" in problems(data, folder)


def test_a_numeral_that_reads_otherwise_is_named(made, folder):
    problem = "numerals.csv, doc 0, column as_written: '九龙'; expected '九江', as characters 0-2 read"
    assert problem in problems(with_cell(made, "numerals", 0, "as_written", "九龙"), folder)


def test_two_rows_cannot_share_a_character(made, folder):
    data = with_cell(made, "claims", "doc-money", "start", 5)
    data = with_cell(data, "claims", "doc-money", "as_written", "个网格,投入5万元")
    problem = "claims.csv, doc-money, column start: character 5 is in claims.csv, doc-grids already"
    assert problem in problems(data, folder)


def test_a_numeral_in_no_row_is_named_with_its_place_and_document(made, folder):
    (problem,) = problems(without(made, "numerals", 0), folder)
    assert "character 0: the numeral '九' in '九江镇设3个网' is in no row of claims.csv or numerals.csv" in problem
    assert "doc" in problem.partition("character 0")[0]


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


def test_a_place_that_nothing_refers_to_is_named(made, folder):
    data = with_cell(made, "places", "town", "parent_id", None)
    assert problems(data, folder) == [
        "places.csv, city, column place_id: no row of places or claims or models or external refers to it"
    ]


def test_an_indicator_that_no_claim_has_is_named(made, folder):
    data = with_cell(made, "claims", "doc-money", "indicator_id", "grids")
    assert problems(data, folder) == ["indicators.csv, money, column indicator_id: no row of claims refers to it"]


# The numerals of a text


def test_scan_lists_numerals_with_their_place_and_the_words_around_them():
    found = sources.scan(TEXT, context=3)
    assert found.to_dict("records")[:2] == [
        {"start": 0, "end": 1, "as_written": "九", "context": "[九]江镇设"},
        {"start": 4, "end": 5, "as_written": "3", "context": "江镇设[3]个网格"},
    ]


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("办结率99.32%。", ["99.32%"]),
        ("1,234个", ["1,234"]),
        ("2017年1-8月", ["2017", "1-8"]),
        ("1~8月", ["1~8"]),
        ("“2+2”战略", ["2+2"]),
        ("完成一百二十万亩", ["一百二十万"]),
        ("一、投入", ["一"]),
        ("没有数字", []),
    ],
)
def test_scan_keeps_the_signs_of_a_numeral_with_it(text, numerals):
    assert list(sources.scan(text)["as_written"]) == numerals


@given(st.text(NUMERAL_CHARACTERS + ".,%+~-年元 \n", max_size=40))
def test_scan_finds_every_numeral_character_once(text):
    found = sources.scan(text)
    offsets = [offset for row in found.itertuples() for offset in range(row.start, row.end)]
    assert len(offsets) == len(set(offsets))
    assert {offset for offset, character in enumerate(text) if character in NUMERAL_CHARACTERS} <= set(offsets)


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


@needs_sources
@few
@given(st.data())
def test_a_claim_that_starts_elsewhere_is_named(data, claims, example):
    claim = example.draw(st.sampled_from(claims))
    moved = with_cell(data, "claims", claim, "start", data.claims.at[claim, "start"] + 1)
    assert any(problem.startswith(f"claims.csv, {claim}, column as_written: ") for problem in problems(moved, FOLDER))


@needs_sources
@few
@given(st.data())
def test_a_claim_with_another_wording_is_named(data, claims, example):
    claim = example.draw(st.sampled_from(claims))
    worded = with_cell(data, "claims", claim, "as_written", data.claims.at[claim, "as_written"] + "整")
    assert any(problem.startswith(f"claims.csv, {claim}, column as_written: ") for problem in problems(worded, FOLDER))


@needs_sources
@few
@given(st.data())
def test_a_numeral_that_starts_elsewhere_is_named(data, numerals, example):
    row = example.draw(st.sampled_from(numerals))
    start = data.numerals.at[row, "start"] + 1
    moved = with_cell(data, "numerals", row, "start", start)
    name = f"numerals.csv, jj17 {start}, column as_written: "
    assert any(problem.startswith(name) for problem in problems(moved, FOLDER))


@needs_sources
@few
@given(st.data())
def test_the_characters_of_a_deleted_row_are_named(data, claims, numerals, example):
    rows = [("claims", row) for row in claims] + [("numerals", row) for row in numerals]
    name, row = example.draw(st.sampled_from(rows))
    start, end = data.frames[name].loc[row, ["start", "end"]]
    text = (FOLDER / data.documents.at["jj17", "file_name"]).read_bytes().decode()
    uncovered = [offset for offset in range(start, end) if text[offset] in NUMERAL_CHARACTERS]
    found = "\n".join(problems(without(data, name, row), FOLDER))
    assert uncovered
    assert [offset for offset in uncovered if f"character {offset}: the numeral " not in found] == []
