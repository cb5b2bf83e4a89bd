"""Moves rows that a person has reviewed from ``drafts.csv`` to ``claims.csv`` and ``numerals.csv``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhenzhi.coding import indicators
from zhenzhi.coding.edit import Edit, Row, editing
from zhenzhi.coding.lines import Lines
from zhenzhi.data import lock, tables
from zhenzhi.data.problems import Place, Problem
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError, ZhenzhiError


@dataclass(frozen=True)
class Accepted:
    """How many rows were moved as claims and as other numerals, and how many of the document still wait."""

    claims: int
    numerals: int
    waiting: int


def accept(root: Path, document_id: str) -> Accepted:
    """Moves the rows of a document that are marked as reviewed, all or none.

    Raises:
        ZhenzhiError: there is no such document.
        DataError: a row would break the contract; every problem is listed.
    """
    with editing(root, f"accepting rows of {document_id}") as edit:
        before = tables.load(root / "data")
        check_document(before, document_id)
        own = [row for row in edit.rows("drafts") if row["document_id"] == document_id]
        ready = [row for row in own if row["reviewed"] == "true"]
        after = moved(edit, before, ready)
        edit.put(f"data/{lock.LOCK}", lock.carried(before, after))
        edit.write()
    claims = sum(row["proposed"] == "claim" for row in ready)
    return Accepted(claims, len(ready) - claims, len(own) - len(ready))


def check_document(data: Tables, document_id: str) -> None:
    """Ends with a message where there is no such document."""
    if document_id not in data.documents.index:
        known = ", ".join(data.documents.index)
        raise ZhenzhiError(f"there is no document {document_id!r}; expected one of {known}")


def moved(edit: Edit, before: Tables, ready: Sequence[Row]) -> Tables:
    """The data package with rows of ``drafts.csv`` in their tables; the edit holds it, and nothing is written.

    A standard indicator that a claim takes goes to ``indicators.csv`` with it.

    Raises:
        DataError: a row would break the contract.
    """
    lines = Lines(edit, ready)
    gone = {(row["document_id"], row["start"]) for row in ready}
    document_of = before.document_of
    coded = [{**row, "document_id": document_of.get(row["article_id"], "")} for row in edit.rows("claims")]
    ready = _followed(ready, [*coded, *edit.rows("drafts")])
    left = [row for row in edit.rows("drafts") if (row["document_id"], row["start"]) not in gone]
    waiting = {row["claim_id"]: lines.of_draft(row) for row in left if row["claim_id"]}
    problems: list[str] = [
        Problem(
            Place((lines.of_draft(row)._replace(name=row["claim_id"]),), "repeats"),
            f"{row['repeats']!r} waits for review itself ({Place((waiting[row['repeats']],))}); expected it accepted "
            "before, or together with it",
        )
        for row in ready
        if row["repeats"] in waiting
    ]
    edit.write_rows("drafts", _followed(left, [*coded, *left, *ready]))
    # What is wrong with the row beside is told as well.
    ready = [{**row, "repeats": ""} if row["repeats"] in waiting else row for row in ready]
    claims = [_claim(before, row) for row in ready if row["proposed"] == "claim"]
    numerals = [row for row in ready if row["proposed"] == "numeral"]
    indicators.take_standard(edit, before, claims)
    _insert(edit, "claims", claims, lambda row: document_of.get(row["article_id"], ""))
    _insert(edit, "numerals", numerals, lambda row: row["document_id"])
    indicators.drop_unused(edit, numerals)
    try:
        after = edit.checked()
    except DataError as error:
        problems += lines.told(error.problems)
    if problems:
        raise DataError(problems)
    return after


def _followed(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """Rows that repeat one by the name that the scan proposed for it, ``DOCUMENT-START``, under the name it has by now."""
    names = {f"{row['document_id']}-{row['start']}": row["claim_id"] for row in others if row["claim_id"]}
    known = set(names.values())
    return [
        row if row["repeats"] in known else {**row, "repeats": names.get(row["repeats"], row["repeats"])}
        for row in rows
    ]  # fmt: skip


def _claim(before: Tables, row: Row) -> Row:
    """A proposed claim as a row of ``claims.csv``: in the first article that holds it."""
    start, end = int(row["start"]), int(row["end"])
    articles = before.articles[before.articles["document_id"] == row["document_id"]]
    own = articles.index[(articles["start"] <= start) & (end <= articles["end"])]
    return {**row, "article_id": own[0] if len(own) else ""}


def _insert(edit: Edit, table: str, new: Sequence[Row], document) -> None:
    """Puts rows where they stand in the order of their text, behind the other documents where theirs has none."""
    rows = edit.rows(table)
    columns = edit.columns(table)
    for row in new:
        key, start = document(row), int(row["start"])
        own = [at for at, other in enumerate(rows) if document(other) == key]
        at = next((at for at in own if int(rows[at]["start"]) > start), own[-1] + 1 if own else len(rows))
        rows.insert(at, {column: row.get(column, "") for column in columns})
    edit.write_rows(table, rows)
