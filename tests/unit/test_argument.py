"""The argument of the book: findings, silences, voices and events rest on the tables and on the texts."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
import yaml

from zhenzhi import paths
from zhenzhi.book import open_book
from zhenzhi.book.edition import references
from zhenzhi.book.findings import finding, outgrown
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.data import argument, tables
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data() -> Tables:
    return tables.load()


@pytest.fixture(scope="module", params=["en", "zh"])
def book(request, data):
    return open_book(request.param)


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str, str, str], list[str]]:
    """What loading complains of when a text of a file is changed."""

    def change(file: str, old: str, new: str) -> list[str]:
        folder = shutil.copytree(paths.DATA, tmp_path / "data")
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(DataError) as error:
            tables.load(folder)
        return error.value.problems

    return change


# Against the tables


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("silences.csv", ",In full since March 2016.,", ",,", "column says_en: the cell is empty"),
        ("silences.csv", "jj17-grids,who-pays,jj17", "jj17-grids,who-pays,jj21", "expected 'jj17', as of jj17-grids"),
        ("silences.csv", "jj17-grids,who-pays", "jj17-grids,who-pays-it", "'who-pays-it' is not allowed"),
        ("speakers.csv", "jj17-mayor,jj17,", "jj17-mayor,jj21,", "expected 'jj17', as of jj17-report"),
        ("events.csv", "2019,outside", "2019,stated", "an event of a document; expected a passage and no address"),
        ("events.csv", "2016-03,stated", "2016-03,outside", "an outside event; expected an address and no document"),
        (
            "relations.csv",
            ",grid staff,网格人员,village,,,,",
            ",grid staff,网格人员,village,,,town,",
            "expected no level where to_en",
        ),
        ("relations.csv", ",grid staff,网格人员,village,,,,", ",,,,,,,", "expected one of the two parties named"),
        ("relations.csv", ",village,,,,report,", ",above,,,,report,", "'above' is not allowed"),
        ("relations.csv", ",village,,,,report,", ",village,,,,obey,", "'obey' is not allowed"),
        ("places.csv", "22.83,112.99", "22.83,", "column latitude: a position in part"),
        ("findings.yml", "- jj21-clearing-task", "- nothing", "there is no claim 'nothing'"),
        ("findings.yml", "finding_id: who-stands", "finding_id: answers-upward", "key finding_id: it stands twice"),
        ("findings.yml", "instrument_id: deputies", "instrument_id: coupons", "there is no cell 'jj17 of coupons'"),
        ("findings.yml", "question: residents-say", "question: how-measured", "there is no silence"),
        ("findings.yml", "start: 4188", "start: 4198", "the passage 4198-4199 of jj17, which is 0-4408, cannot read"),
        ("findings.yml", "start: 4188", "start: 4200", "the passage 4200-4199 of jj17, which is 0-4408, cannot read"),
        ("findings.yml", "at_most: 5", "at_most: 4", "key holds_while: 5 to 4 of 'documents'"),
        (
            "findings.yml",
            "    - jj21-video-target\n",
            "    - jj21-clearing-task\n",
            "'jj21-clearing-task' stands twice",
        ),
    ],
)
def test_what_the_tables_do_not_bear_out_is_named(broken, file, old, new, problem):
    assert any(file in found and problem in found for found in broken(file, old, new))


def test_a_blank_says_what_was_looked_for(broken):
    (problem,) = broken(
        "silences.csv", "jj17-grids,who-pays,jj17,,,,,,出资 经费 拨款 自筹 补贴 捐,", "jj17-grids,who-pays,jj17,,,,,,,"
    )
    assert "expected the words that were looked for in vain" in problem


# Against a made-up text

TEXT = "本镇网格由镇政府出资,\n村民意见较多。"


@pytest.fixture
def made() -> Tables:
    def frame(name: str, rows: list[dict]) -> pd.DataFrame:
        return pd.DataFrame(rows, dtype=object).set_index(name, drop=False)

    silences = [
        {
            "model_id": "grids",
            "question": "who-pays",
            "document_id": "doc",
            "start": 5,
            "end": 10,
            "as_written": "镇政府出资",
        },
        {"model_id": "grids", "question": "what-costs", "document_id": "doc", "words_absent_zh": "万元 成本"},
    ]
    speaker = {
        "speaker_id": "mayor", "article_id": "article", "document_id": "doc", "start": 0, "end": 2, "as_written": "本镇"
    }  # fmt: skip
    event = {"event_id": "held", "document_id": "doc", "start": 12, "end": 14, "as_written": "村民"}
    frames = {
        "articles": frame(
            "article_id", [{"article_id": "article", "document_id": "doc", "start": 0, "end": len(TEXT)}]
        ),
        "models": frame("model_id", [{"model_id": "grids", "article_id": "article"}]),
        "silences": pd.DataFrame(silences, dtype=object).astype(object).where(lambda cells: cells.notna(), None),
        "speakers": frame("speaker_id", [speaker]),
        "relations": pd.DataFrame(
            [], columns=["relation_id", "document_id", "start", "end", "as_written"], dtype=object
        ),
        "relation_codings": pd.DataFrame([{**event, "as_written": "村民"}], dtype=object),
        "events": frame("event_id", [event]),
    }
    frames["silences"]["words_elsewhere_zh"] = [None, "出资"]
    passage = {"document_id": "doc", "start": 12, "end": 18, "as_written": "村民意见较多"}
    entry = {"finding_id": "voices", "evidence": {"passages": [passage]}, "counter": [dict(passage)]}
    return Tables(Path(), MappingProxyType(frames), MappingProxyType({"findings": [entry]}))


def test_passages_that_read_as_their_rows_pass(made):
    assert argument.against_texts(made, {"doc": TEXT}) == []


def test_a_document_without_a_text_is_passed_over(made):
    assert argument.against_texts(made, {}) == []


@pytest.mark.parametrize("table", ["silences", "speakers", "relation_codings", "events"])
def test_a_passage_that_reads_otherwise_is_named(made, table):
    frame = made.frames[table].copy()
    frame["as_written"] = frame["as_written"].where(frame["as_written"].isna(), "网格")
    other = replace(made, frames=MappingProxyType({**made.frames, table: frame}))
    (problem,) = argument.against_texts(other, {"doc": TEXT})
    assert problem.startswith(f"{table}.csv") and "'网格'; expected" in problem


def test_a_passage_of_a_finding_that_reads_otherwise_is_named(made):
    made.findings[0]["counter"][0]["end"] = 16
    (problem,) = argument.against_texts(made, {"doc": TEXT})
    assert (
        problem
        == "findings.yml, voices 12, column as_written: '村民意见较多'; expected '村民意见', as the characters read"
    )


def test_a_word_looked_for_in_vain_that_stands_there_is_named(made):
    frame = made.frames["articles"].copy()
    frame.at["article", "end"] = len(TEXT) + 4
    longer = replace(made, frames=MappingProxyType({**made.frames, "articles": frame}))
    (problem,) = argument.against_texts(longer, {"doc": TEXT + "成本不详"})
    assert problem == (
        "silences.csv, grids what-costs, column words_absent_zh: '成本' stands in the article; "
        "expected a passage or another word"
    )


def test_a_word_said_to_stand_elsewhere_must_stand(made):
    frame = made.frames["silences"].copy()
    frame["words_elsewhere_zh"] = [None, "预算"]
    other = replace(made, frames=MappingProxyType({**made.frames, "silences": frame}))
    (problem,) = argument.against_texts(other, {"doc": TEXT})
    assert "'预算' does not stand in the article" in problem


# The data


def test_every_finding_has_what_stands_against_it_and_a_sentence_with_figures_that_exist(book):
    for entry in book.tables.findings:
        assert entry["counter"]
        for field in ("title", "sentence", "scope", "overturn"):
            book.plain(entry[field][book.language])


def test_both_languages_of_a_sentence_name_the_same_figures(data):
    for entry in data.findings:
        named = {
            language: sorted({(reference.kind, reference.target) for reference in references(text)})
            for language, text in entry["sentence"].items()
        }
        assert named["en"] == named["zh"], entry["finding_id"]


def test_a_title_has_ten_words_at_most(data):
    for entry in data.findings:
        assert len(entry["title"]["en"].split()) <= 10, entry["finding_id"]
        assert len(entry["title"]["zh"]) <= 20, entry["finding_id"]


def test_the_sentences_hold_for_the_data(book):
    assert [problem for entry in book.tables.findings for problem in outgrown(book, entry)] == []


def test_a_count_that_left_its_bounds_is_named(book):
    entry = {**finding(book, "answers-upward"), "holds_while": [{"count": "documents", "at_least": 1, "at_most": 1}]}
    (problem,) = outgrown(book, entry)
    assert "expected its sentence read again" in problem


def test_an_unknown_finding_or_count_is_refused(book):
    with pytest.raises(UnknownReference, match="there is no finding 'nothing'"):
        finding(book, "nothing")
    with pytest.raises(UnknownReference, match="the book has no count 'rivers'"):
        outgrown(
            book, {**finding(book, "who-stands"), "holds_while": [{"count": "rivers", "at_least": 1, "at_most": 1}]}
        )


def test_every_question_is_asked_of_a_system_in_order(data):
    assert set(data.silences["question"]) == set(argument.QUESTIONS)


def test_members_of_the_public_are_not_named(data):
    private = data.speakers["capacity"].isin(["resident", "visitor"])
    assert data.speakers.loc[private, "name_zh"].isna().all()


def test_a_name_stands_in_both_scripts_or_in_none(data):
    for name in ("name", "office", "organisation"):
        assert (data.speakers[f"{name}_zh"].isna() == data.speakers[f"{name}_en"].isna()).all()


def test_the_file_of_findings_is_yaml_that_any_reader_reads():
    assert yaml.safe_load((paths.DATA / "findings.yml").read_text(encoding="utf-8"))


def test_the_chapter_argues_every_finding_under_its_title(data):
    text = (paths.CHAPTERS / "findings.md").read_text(encoding="utf-8")
    for entry in data.findings:
        heading = f"## {entry['title']['en']}\n\n```{{findings}} {entry['finding_id']}\n```"
        assert heading in text, entry["finding_id"]
