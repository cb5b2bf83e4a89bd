"""A second coding is taken whole or not at all, and what the book says of two codings follows the data."""

import csv
import hashlib
import io
from pathlib import Path

import pytest

from helpers.coding import files, project, project_with_document
from zhenzhi import paths
from zhenzhi.__main__ import main
from zhenzhi.book.counts import show
from zhenzhi.book.edition import Edition
from zhenzhi.coding import second
from zhenzhi.coding.edit import Edit
from zhenzhi.data import lock, tables
from zhenzhi.data.reliability import agreement
from zhenzhi.errors import ZhenzhiError
from zhenzhi.sphinxext.directives import register


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose one document was coded once."""
    made = project(tmp_path / "project")
    edit = Edit(made)
    edit.write_rows("codings", [])
    edit.write()
    lock.write(tables.load(made / "data"))
    return made


def found(root: Path) -> list[dict[str, str]]:
    """What a coder found who agrees with every claim, with the words of each span and a column of their own."""
    columns = (*second.COLUMNS, "as_written")
    return [{column: row[column] for column in columns} | {"sure": "yes"} for row in Edit(root).rows("claims")]


def coded(root: Path, rows: list[dict[str, str]]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file = root.parent / "second.csv"
    file.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
    return file


def refused(root: Path, rows: list[dict[str, str]], document: str = "jj17", **options) -> list[str]:
    """Each problem that taking a coding ends with; nothing is written."""
    file, before = coded(root, rows), files(root)
    with pytest.raises(ZhenzhiError) as error:
        second.add(root, file, document, **options)
    assert files(root) == before
    return str(error.value).split("\n  ")


def test_the_claims_are_the_first_coding_and_the_file_is_the_second(root):
    rows = found(root)
    data = second.add(root, coded(root, rows[::-1]), "jj17")
    again = tables.load(root / "data")
    assert again.codings.to_dict("records") == data.codings.to_dict("records")
    assert [row["coder"] for row in Edit(root).rows("codings")] == ["A"] * len(rows) + ["B"] * len(rows)
    whole = agreement(again).loc["jj17"]
    assert (whole["A"], whole["B"], whole["kind"], whole["kind kappa"]) == (len(rows), len(rows), 1, 1)
    assert lock.differences(again) == []


BAD = [
    ("start", "", "row 3, column start: "),
    ("start", "-1", "row 3, column start: "),
    ("end", "x", "row 3, column end: "),
    ("end", "3", "row 3, column end: 3; expected more than start"),
    ("end", "999999", "row 3, column end: the span 366-999999 lies outside jj17; expected an end of at most 4408"),
    ("value", "many", "row 3, column value: "),
    ("qualifier", "roughly", "row 3, column qualifier: "),
    ("kind", "flows", "row 3, column kind: "),
    ("status", "", "row 3, column status: "),
    ("rung", "result", "row 3, column rung: "),
    ("start", "357", "row 3, column start: '357' stands twice; expected each once; the first is in second.csv, row 2"),
]


@pytest.mark.parametrize(("column", "cell", "told"), BAD)
def test_a_bad_cell_is_named_and_nothing_is_written(root, column, cell, told):
    rows = found(root)
    rows[1][column] = cell
    head, problem = refused(root, rows)
    assert head == f"1 problem(s) in {root.parent / 'second.csv'}:"
    assert problem.startswith(f"second.csv, {told}")
    assert "expected" in problem


def test_all_bad_cells_are_told_at_once(root):
    rows = found(root)
    rows[0]["kind"], rows[1]["end"], rows[2]["rung"] = "flows", "999999", ""
    assert [problem.partition(": ")[0] for problem in refused(root, rows)[1:]] == [
        "second.csv, row 2, column kind",
        "second.csv, row 4, column rung",
        "second.csv, row 3, column end",
    ]


def test_a_missing_column_and_a_short_row_are_told(root):
    file = root.parent / "second.csv"
    file.write_text("start,end,value,qualifier,kind,status\n1,2\n", encoding="utf-8")
    with pytest.raises(ZhenzhiError, match="column 'rung' is missing(.|\n)*row 2: 2 cells; expected 6"):
        second.add(root, file, "jj17")
    file.write_text(",".join(second.COLUMNS) + "\n", encoding="utf-8")
    with pytest.raises(ZhenzhiError, match="it has no row"):
        second.add(root, file, "jj17")


def test_the_words_of_a_span_are_held_against_the_text(root):
    rows = found(root)
    text = ["一"] * 4408
    for row in rows:
        text[int(row["start"]) : int(row["start"]) + len(row["as_written"])] = row["as_written"]
        text[int(row["start"]) + len(row["as_written"]) : int(row["end"])] = " " * (
            int(row["end"]) - int(row["start"]) - len(row["as_written"])
        )
    folder = root.parent / "texts"
    folder.mkdir()
    edit = Edit(root)
    document = next(row for row in edit.rows("documents") if row["document_id"] == "jj17")
    content = "".join(text).encode()
    (folder / document["file_name"]).write_bytes(content)
    edit.write_rows(
        "documents", [{**row, "sha256": hashlib.sha256(content).hexdigest()} for row in edit.rows("documents")]
    )
    edit.write()
    rows[0]["as_written"], rows[1]["as_written"] = "189亿元", ""
    assert refused(root, rows, sources=folder)[1:] == [
        "second.csv, row 2, column as_written: '189亿元' at 357-365; expected '189.25亿元', as the text reads there"
    ]
    second.add(root, coded(root, rows[1:]), "jj17", sources=folder)


def test_an_unknown_document_is_refused(root):
    assert refused(root, found(root), "jj71") == ["there is no document 'jj71'; expected one of jj17"]


def test_a_second_coding_is_replaced_only_where_that_is_asked(root):
    rows = found(root)
    second.add(root, coded(root, rows), "jj17")
    first = [row for row in Edit(root).rows("codings") if row["coder"] == "A"]
    assert refused(root, rows[1:]) == ["jj17 has a coder B in codings.csv; expected --replace to take another"]
    second.add(root, coded(root, rows[1:]), "jj17", replace=True)
    codings = Edit(root).rows("codings")
    assert [row for row in codings if row["coder"] == "A"] == first
    assert len(codings) == 2 * len(rows) - 1


def test_a_document_that_waits_for_review_has_no_first_coding(tmp_path):
    root = project_with_document(tmp_path)
    (problem,) = refused(root, [{**found(root)[0], "start": "1", "end": "2"}], "qh24")
    assert problem == "9 row(s) of qh24 wait for review; expected its first coding to be complete"


def test_the_command_tells_where_the_codings_differ(root, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", root)
    monkeypatch.setattr(tables.load, "__defaults__", (root / "data",))
    rows = found(root)
    rows[0]["kind"], rows[0]["end"] = "level", "364"
    assert main(["codings", str(coded(root, [rows[0], *rows[2:]])), "--document", "jj17"]) == 0
    table, _, told = capsys.readouterr().out.partition("jj17: the two codings differ in ")
    assert f"| jj17 | {len(rows)} | {len(rows) - 1} | {len(rows) - 1} |" in table
    assert told.splitlines() == [
        "2 row(s)",
        "357-365: end 365 by A, 364 by B; kind flow by A, level by B",
        "366-377: found by A alone",
    ]
    assert main(["codings"]) == 0
    assert capsys.readouterr().out == table


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["FILE"], "expected --document ID"),
        (["--replace"], "expected FILE"),
        (["--document", "jj71"], "there is no document 'jj71'"),
    ],
)
def test_the_command_says_what_it_lacks(arguments, told, capsys):
    assert main(["codings", *arguments]) == 1
    assert told in capsys.readouterr().err


# What the book says


def shown(edition: Edition) -> list[str]:
    return [show(edition, f"documents-coded-{times}|word") for times in ("twice", "once")]


def test_the_counts_and_the_register_follow_the_codings(made, made_english, made_chinese, english):
    assert shown(made_english) == ["zero", "two"]
    for edition in (made_english, made_chinese):
        (line,) = register._standing(edition, "aa21")
        assert line.astext() == edition.label("document-coded-once")
    assert shown(english)[1] == "zero"
    assert all(register._standing(english, document) == [] for document in english.tables.documents.index)


@pytest.mark.parametrize("page", ["method", "limits"])
def test_no_page_says_that_all_documents_were_coded_twice(page):
    text = (paths.CHAPTERS / f"{page}.md").read_text(encoding="utf-8")
    assert "{book}`documents-coded-twice|word" in text
    assert "Every document was coded" not in text
