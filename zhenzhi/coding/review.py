"""Reviewing the proposed rows of a document: what a person sees of each, and what a decision writes.

Each decision is written at once, or not at all with a reason; the file may be edited elsewhere meanwhile, and a decision on a
row that is not as it was seen is refused. ``accept`` moves the reviewed rows.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from zhenzhi.amounts.around import squeezed
from zhenzhi.coding import indicators, propose, suggest
from zhenzhi.coding.accept import check_document, moved
from zhenzhi.coding.edit import Edit, Row, editing
from zhenzhi.coding.remaining import empty_cells, spans_of, unsure_first
from zhenzhi.data import lock, sources, standard, tables
from zhenzhi.data.problems import Problem, cell_of
from zhenzhi.data.problems import Row as Line
from zhenzhi.data.rows import rows_of
from zhenzhi.data.sources import Span
from zhenzhi.data.tables import Tables
from zhenzhi.data.vocabularies import words
from zhenzhi.errors import DataError, ZhenzhiError

#: Cells of a proposed row that a person decides on. What it quotes follows from its span; what the scan said of it stays.
CELLS = (
    *("start", "end", "proposed", "reviewed", "claim_id", "label_zh", "label_en", "indicator_id", "place_id", "kind"),
    *("status", "rung", "value", "value_high", "unit", "qualifier", "period_start", "period_end", "comparison"),
    *("comparison_zh", "repeats", "model_id", "reason", "note_en", "note_zh", "differs_en", "differs_zh", "reads_en"),
    "reads_zh",
)


class Changed(ZhenzhiError):
    """A row is not as the person saw it who decided on it; nothing is written."""


class Review:
    """The proposed rows of a document as they stand in the data package.

    Args:
        root: the project.
        folder: the texts of the documents.
        document_id: the document.

    Raises:
        ZhenzhiError: there is no such document.
        DataError: the data package breaks its contract, or the text is missing or another one.
    """

    def __init__(self, root: Path, folder: Path, document_id: str):
        data = tables.load(root / "data")
        check_document(data, document_id)
        document = data.documents.loc[document_id]
        problems: list[str] = []
        text = sources.coded_text(folder, document_id, document["file_name"], document["sha256"], problems)
        if text is None:
            raise DataError(problems)
        self.root, self.document_id, self.text = root, document_id, text
        self.title = document["title_zh"]
        self._decisions = Lock()
        self._loaded: tuple[str, Tables | None, list[str]] | None = None

    # What is seen

    def stamp(self) -> str:
        """What is different whenever a file of the data package was written."""
        files = sorted(file for file in (self.root / "data").rglob("*") if file.is_file())
        states = [(file.name, status.st_mtime_ns, status.st_size) for file in files if (status := file.stat())]
        return hashlib.sha256(repr(states).encode()).hexdigest()[:16]

    def state(self) -> dict[str, Any]:
        """The rows to review, the unsure first, with what is wrong and empty in each; what is coded; what cells allow.

        Raises:
            ZhenzhiError: a table cannot be read as CSV.
        """
        stamp, edit = self.stamp(), Edit(self.root)
        data, problems = self._load()
        drafts = edit.rows("drafts")
        own = [row for row in drafts if row["document_id"] == self.document_id]
        held = list(spans_of(edit, self.document_id))
        problems += [fault for span in held if (fault := sources.misread(self.text, span))]
        ready = [row for row in own if row["reviewed"] == "true"]
        if data is not None and ready:
            try:
                moved(Edit(self.root), data, ready)
            except DataError as error:
                problems += error.problems
        lines = {line: row for line, row in enumerate(drafts, 2) if row["document_id"] == self.document_id}
        wrong, elsewhere = _by_row(problems, lines)
        claims = list(self._claims(data))
        return {
            "stamp": stamp,
            "problems": elsewhere,
            "rows": [
                {
                    "cells": row,
                    "problems": list(map(_placed, wrong.get(row["start"], ()))),
                    "empty": empty_cells(row),
                    "suggestions": self._suggestions(data, row, [*claims, *own]),
                }
                for row in unsure_first(own)
            ],
            "claims": [{**claim, "label": claim["label_en"]} for claim in claims],
            "numerals": self._numerals(data),
            "uncovered": list(sources.uncovered(self.text, held)),
            "vocabulary": {} if data is None else _vocabulary(data, [*claims, *own]),
        }

    def _load(self) -> tuple[Tables | None, list[str]]:
        """The data package, or what is wrong with it; read again where a file was written since."""
        stamp = self.stamp()
        if self._loaded is None or self._loaded[0] != stamp:
            try:
                self._loaded = stamp, tables.load(self.root / "data"), []
            except DataError as error:
                self._loaded = stamp, None, error.problems
        _, data, problems = self._loaded
        return data, list(problems)

    def _claims(self, data: Tables | None) -> Iterator[Row]:
        """The claims of the document as rows of text."""
        if data is None:
            return
        articles = data.articles.index[data.articles["document_id"] == self.document_id]
        own = data.claims[data.claims["article_id"].isin(list(articles))]
        for row in own.to_dict("records"):
            yield {column: "" if cell is None else str(cell) for column, cell in row.items()}

    def _numerals(self, data: Tables | None) -> list[dict]:
        if data is None:
            return []
        own = data.numerals[data.numerals["document_id"] == self.document_id]
        return own[["start", "end", "reason"]].to_dict("records")

    def _suggestions(self, data: Tables | None, row: Row, others: Sequence[Row]) -> list[dict]:
        if data is None or row["proposed"] != "claim" or row["reviewed"] == "true":
            return []
        start = int(row["start"])
        earlier = [other for other in others if other["claim_id"] and int(other["start"]) < start]
        return [
            {"text": found.text, "cells": found.cells} for found in suggest.of_row(data, self.text, row, earlier)
        ]  # fmt: skip

    # What is decided

    def decide(self, start: str, seen: Row, cells: Row, indicator: Row | None = None) -> list[str]:
        """Writes cells of a proposed row, at once, and with them the indicator that it is the first to have.

        A row whose span grows over other rows that wait takes their place; a numeral that its span leaves becomes a row. An
        indicator that no row has any more is taken out.

        Args:
            start: where the row stands in the text, as ``seen`` has it.
            seen: all its cells, as the person saw them.
            cells: the cells that are to be others.
            indicator: cells of the new indicator that the row names.

        Returns:
            what else happened, in words.

        Raises:
            ValueError: a cell is none that is decided on.
            Changed: the row is not there, or not as it was seen.
            DataError: the row would break the contract as a proposal or, marked as reviewed, as what it is to become.
            ZhenzhiError: the file was changed while it was written.
        """
        if unknown := sorted(set(cells) - set(CELLS)):
            raise ValueError(f"no cells to decide on: {', '.join(unknown)}")
        with self._decisions, editing(self.root, f"the review of {self.document_id}") as edit:
            before, known = self._load()
            rows = edit.rows("drafts")
            row = next((row for row in rows if (row["document_id"], row["start"]) == (self.document_id, start)), None)
            if row is None:
                raise Changed("The row is not there any more; nothing is written.")
            if row != seen:
                raise Changed("The row was changed elsewhere; nothing is written, and it is shown as it stands now.")
            row.update({column: cell.strip() for column, cell in cells.items()})
            told = _rename(rows, seen["claim_id"], row)
            if (row["start"], row["end"]) != (seen["start"], seen["end"]):
                told += self._set_span(edit, rows, row)
            edit.write_rows("drafts", rows)
            if indicator is not None:
                indicators.describe(edit, row["indicator_id"], indicator)
            given_up = indicators.drop_unused(edit, Edit(self.root).rows("drafts"))
            told += [f"No row has the indicator {name} any more; it is taken out." for name in given_up]
            after = self._checked(edit, known, row, indicator is not None)
            if row["reviewed"] == "true":
                if after is None:
                    raise DataError(known)
                self._check_move(edit, after, rows, row)
            self._write(edit, before, after)
        return told

    def cover(self) -> int:
        """Makes a row to review of each numeral that is in none; returns how many.

        Raises:
            DataError: the data package breaks its contract.
        """
        with self._decisions, editing(self.root, f"the review of {self.document_id}") as edit:
            before, known = self._load()
            rows = edit.rows("drafts")
            new = self._left_over(edit)
            for row in new:
                _insert(rows, row)
            edit.write_rows("drafts", rows)
            self._write(edit, before, self._checked(edit, known, None))
        return len(new)

    @staticmethod
    def placed(problems: Iterable[str]) -> list[dict[str, str]]:
        """Problems of a row, each with its column, or none."""
        return list(map(_placed, problems))

    def finish(self) -> None:
        """Waits for a decision that is being written; none is written after it."""
        self._decisions.acquire()

    def _set_span(self, edit: Edit, rows: list[Row], row: Row) -> list[str]:
        """Gives a row another span: what it quotes follows, and so do the rows around it."""
        start, end = (int(row[column]) if row[column].isdecimal() else -1 for column in ("start", "end"))
        if not 0 <= start < end <= len(self.text):
            where = cell_of("drafts", 2 + rows.index(row), "end")
            raise DataError([Problem(where, f"{row['start']}-{row['end']} is no span of the text; expected one")])
        row["as_written"] = squeezed(self.text[start:end])
        rows.remove(row)
        swallowed = [
            other
            for other in rows
            if other["document_id"] == self.document_id and other["reviewed"] != "true"
            and other["start"].isdecimal() and other["end"].isdecimal()
            and start <= int(other["start"]) and int(other["end"]) <= end
        ]  # fmt: skip
        rows[:] = [other for other in rows if other not in swallowed]
        _insert(rows, row)
        edit.write_rows("drafts", rows)
        new = self._left_over(edit)
        for other in new:
            _insert(rows, other)
        return [
            *(f"{other['as_written']} is a part of it now." for other in swallowed),
            *(f"{other['as_written']} is a row of its own now." for other in new),
        ]

    def _left_over(self, edit: Edit) -> list[Row]:
        """Proposed rows for the numerals that no row holds, as the edit has it."""
        held = [{"start": str(span.start), "end": str(span.end)} for span in spans_of(edit, self.document_id)]
        empty = dict.fromkeys(edit.columns("drafts"), "")
        return [empty | row for row in propose.left_over(self.document_id, self.text, held)]

    def _checked(self, edit: Edit, known: Sequence[str], row: Row | None, described: bool = False) -> Tables | None:
        """The data package with the edit; nothing where it was broken before and no new fault has come.

        An indicator that was described is held to both languages too.
        """
        problems = []
        try:
            after = edit.checked()
        except DataError as error:
            after, problems = None, [problem for problem in error.problems if problem not in known]
        if row is not None and row["start"].isdecimal() and row["end"].isdecimal():
            line = Line("drafts", 2 + edit.rows("drafts").index(row))
            span = Span(int(row["start"]), int(row["end"]), row["as_written"], line)
            problems += filter(None, [sources.misread(self.text, span)])
        if row is not None and described and after is not None:
            problems += indicators.untold(after, row["indicator_id"])
        if problems:
            raise DataError(problems)
        return after

    def _check_move(self, edit: Edit, after: Tables, rows: Sequence[Row], row: Row) -> None:
        """Ends with what is wrong with a row as what it is to become."""
        first = [
            other
            for other in rows
            if row["repeats"] and other is not row and other["claim_id"] == row["repeats"]
            and other["document_id"] == self.document_id
        ]  # fmt: skip
        trial = Edit(self.root)
        for table in ("drafts", "indicators"):
            trial.put(f"data/{table}.csv", edit.text(f"data/{table}.csv") or "")
        try:
            moved(trial, after, [row, *first])
        except DataError as error:
            own = [
                problem
                for problem in error.problems
                if _is_about(problem, row) or not any(_is_about(problem, other) for other in first)
            ]
            if own:
                raise DataError(own) from None

    def _write(self, edit: Edit, before: Tables | None, after: Tables | None) -> None:
        if before is not None and after is not None:
            edit.put(f"data/{lock.LOCK}", lock.carried(before, after))
        edit.write()


def _rename(rows: Sequence[Row], old: str, row: Row) -> list[str]:
    """Has the rows that repeat one follow it to its new name."""
    repeating = [other for other in rows if other is not row and old and other["repeats"] == old != row["claim_id"]]
    for other in repeating:
        other["repeats"] = row["claim_id"]
    return [f"{other['as_written']} repeats it under its new name." for other in repeating]


def _insert(rows: list[Row], row: Row) -> None:
    """Puts a row where it stands in the order of its text."""
    own = [at for at, other in enumerate(rows) if other["document_id"] == row["document_id"]]
    behind = (at for at in own if rows[at]["start"].isdecimal() and int(rows[at]["start"]) > int(row["start"]))
    rows.insert(next(behind, own[-1] + 1 if own else len(rows)), row)


def _by_row(problems: Iterable[str], lines: dict[int, Row]) -> tuple[dict[str, list[str]], list[str]]:
    """Problems by the start of the row that each is about, and those that are about none of these rows."""
    wrong: dict[str, list[str]] = {}
    elsewhere = []
    for problem in problems:
        named = problem.place.rows if isinstance(problem, Problem) and problem.place else ()
        own = [lines[row.line] for row in named if row.table == "drafts" and row.line in lines]
        own = own or [row for row in lines.values() if _is_about(problem, row)]
        for row in own:
            wrong.setdefault(row["start"], []).append(problem)
        if not own:
            elsewhere.append(problem)
    return wrong, elsewhere


def _is_about(problem: str, row: Row) -> bool:
    """Whether a problem names what a row is to become."""
    name = row["claim_id"] if row["proposed"] == "claim" else f"{row['document_id']} {row['start']}"
    return bool(name) and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", problem) is not None


def _placed(problem: str) -> dict[str, str]:
    """A problem of a row without the place that the row tells, and its column; one of its new indicator is marked so."""
    place = problem.place if isinstance(problem, Problem) else None
    if place is None:
        return {"column": "", "text": problem}
    is_new = place.rows[0].table == "indicators" and place.column in indicators.CELLS
    if not is_new and place.column not in CELLS:
        return {"column": "", "text": problem}
    return {"column": f"new-{place.column}" if is_new else place.column, "text": problem.removeprefix(f"{place}: ")}


def _vocabulary(data: Tables, rows: Iterable[Row]) -> dict[str, Any]:
    """What cells allow, by column: words, or names with what each is; and the cells that follow from an indicator."""

    def named(frame, *columns: str) -> dict[str, str]:
        return {name: " ".join(filter(None, told)) for _, name, *told in rows_of(frame, *columns)}

    return {
        **{column: words("claims", column) for column in ("kind", "status", "rung", "qualifier")},
        "reason": words("numerals", "reason"),
        "topic": words("indicators", "topic"),
        "unit": named(data.units, "unit", "name_zh", "name_en"),
        "place_id": named(data.places, "place_id", "name_zh", "name_en"),
        "indicator_id": named(standard.known(data), "indicator_id", "name_zh", "name_en", "unit"),
        "model_id": named(data.models, "model_id", "name_zh", "name_en"),
        "repeats": {row["claim_id"]: f"{row['as_written']} {row['label_zh']}" for row in rows if row["claim_id"]},
        "of_indicator": {name: suggest.follows(data, name) for name in standard.known(data).index},
    }
