"""Takes a second coding of a document, made without sight of the first, into ``codings.csv``."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from zhenzhi.amounts.around import squeezed
from zhenzhi.coding.accept import check_document
from zhenzhi.coding.edit import Row, editing
from zhenzhi.data import lock, tables
from zhenzhi.data.columns import rows as rows_of_file
from zhenzhi.data.drafts import waiting
from zhenzhi.data.problems import Problem, cell_of
from zhenzhi.data.schema import check_keys, quoted, read_descriptor, read_table
from zhenzhi.data.sources import coded_text, read_text
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError

#: What a coder fills in, of the columns of ``codings.csv``.
COLUMNS = ("start", "end", "value", "qualifier", "kind", "status", "rung")

_WORDS = "as_written"


def add(root: Path, file: Path, document_id: str, *, sources: Path | None = None, replace: bool = False) -> Tables:
    """Takes a file as what coder B found in a document; coder A found its claims, where nothing else is recorded.

    Args:
        file: a CSV file with ``COLUMNS`` and, where it has them, the words of each span.
        sources: the folder of the texts, against which these words are held.
        replace: take it in the place of the coder B that there is.

    Returns:
        the data package as it was written.

    Raises:
        ZhenzhiError: the file is wrong, and every problem is listed; there is no such document, its first coding is not
            complete, or it has a second one already. Nothing is written.
    """
    with editing(root, f"taking a second coding of {document_id}") as edit:
        before = tables.load(root / "data")
        check_document(before, document_id)
        codings = edit.rows("codings")
        own = [row for row in codings if row["document_id"] == document_id]
        first, second = ([row for row in own if row["coder"] == coder] for coder in "AB")
        if second and not replace:
            raise ZhenzhiError(f"{document_id} has a coder B in codings.csv; expected --replace to take another")
        second = _coded(_read(before, file, document_id, sources), document_id, "B")
        if not first:
            first = _coded(_claims(before, edit.rows("claims"), document_id), document_id, "A")
        at = next((at for at, row in enumerate(codings) if row["document_id"] == document_id), len(codings))
        others = [row for row in codings if row["document_id"] != document_id]
        edit.write_rows("codings", [*others[:at], *first, *second, *others[at:]])
        after = edit.checked()
        edit.put(f"data/{lock.LOCK}", lock.carried(before, after))
        edit.write()
    return after


def _coded(rows: Sequence[Row], document_id: str, coder: str) -> list[Row]:
    """The rows of a coder as ``codings.csv`` has them, in the order of the text."""
    return [
        {"document_id": document_id, "coder": coder} | {column: row[column] for column in COLUMNS}
        for row in sorted(rows, key=lambda row: int(row["start"]))
    ]


def _claims(before: Tables, claims: Sequence[Row], document_id: str) -> list[Row]:
    """The claims of a document, of which no row waits for review any more."""
    left = len(waiting(before, document_id))
    own = [row for row in claims if before.document_of[row["article_id"]] == document_id]
    if left or not own:
        fault = f"{left} row(s) of {document_id} wait for review" if left else f"{document_id} has no claim"
        raise ZhenzhiError(f"{fault}; expected its first coding to be complete")
    return own


def _read(before: Tables, file: Path, document_id: str, sources: Path | None) -> list[Row]:
    """The rows of a coder's file, cell by cell as they stand.

    Raises:
        ZhenzhiError: a cell breaks the contract of ``codings.csv``, or a span lies outside the text or reads otherwise.
    """
    problems: list[str] = []
    name = file.name.removesuffix(".csv")
    rows = _rows(file)
    fields = {field["name"]: field for field in _fields(before)}
    schema = {"fields": [fields[column] for column in COLUMNS], "primaryKey": ["start"]}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    frame = read_table(name, out.getvalue(), schema, problems)
    if frame is not None:
        check_keys({"name": name, "schema": schema}, {name: frame}, problems)
        text = None if sources is None else _text(before, sources, document_id, problems)
        length = int(before.documents.at[document_id, "characters"])
        problems += _spans(name, document_id, frame, [row.get(_WORDS, "") for row in rows], length, text)
    _end_where(file, problems)
    return rows


def _rows(file: Path) -> list[Row]:
    """The rows of a CSV file that has at least ``COLUMNS``; other columns than these and the words are left out."""
    try:
        header, *lines = rows_of_file(read_text(file).removeprefix("\ufeff"))  # which spreadsheets write
    except ValueError as error:
        raise ZhenzhiError(f"{file}: {error}; expected a header and one line a row") from None
    expected = ", ".join(COLUMNS)
    problems = [
        f"{file.name}, row 1: the column {column!r} is missing; expected {expected}"
        for column in COLUMNS
        if column not in header
    ]
    problems += [
        f"{file.name}, row 1: the column {column!r} stands twice; expected it once"
        for column in (*COLUMNS, _WORDS)
        if header.count(column) > 1
    ]
    problems += [
        f"{file.name}, row {number}: {len(line)} cells; expected {len(header)}"
        for number, line in enumerate(lines, 2)
        if len(line) != len(header)
    ]
    if not lines:
        problems.append(f"{file.name}: it has no row; expected one for each claim that was found")
    _end_where(file, problems)
    at = {column: header.index(column) for column in (*COLUMNS, _WORDS) if column in header}
    return [{column: line[number] for column, number in at.items()} for line in lines]


def _fields(before: Tables) -> list[dict]:
    resources = {resource["name"]: resource for resource in read_descriptor(before.folder)["resources"]}
    return resources["codings"]["schema"]["fields"]


def _text(before: Tables, sources: Path, document_id: str, problems: list[str]) -> str | None:
    document = before.documents.loc[document_id]
    return coded_text(sources, document_id, document["file_name"], document["sha256"], problems)


def _spans(
    name: str, document_id: str, frame: pd.DataFrame, quotes: Sequence[str], length: int, text: str | None
) -> list[str]:
    """Each span lies in the document, and reads as the row says where it says so and the text is at hand."""
    problems: list[str] = []
    for line, (start, end, quote) in enumerate(zip(frame["start"], frame["end"], quotes, strict=True), 2):
        if start is None or end is None or start >= end:
            continue  # told of the cell
        if end > length:
            fault = f"the span {start}-{end} lies outside {document_id}; expected an end of at most {length}"
            problems.append(Problem(cell_of(name, line, "end"), fault))
        elif text is not None and quote and squeezed(quote) != (found := squeezed(text[start:end])):
            fault = f"{quoted(quote)} at {start}-{end}; expected {quoted(found[:24])}, as the text reads there"
            problems.append(Problem(cell_of(name, line, _WORDS), fault))
    return problems


def _end_where(file: Path, problems: Sequence[str]) -> None:
    if problems:
        raise ZhenzhiError("\n  ".join([f"{len(problems)} problem(s) in {file}:", *problems]))
