"""What of the data package waits for a person: rows that a scan proposed, and cells that are marked as not yet filled.

A row of ``drafts.csv`` holds its characters, so that each numeral of a document is in one row, and is in no count, table or
chart of the book until it is moved to ``claims.csv`` or ``numerals.csv``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from zhenzhi import project
from zhenzhi.data.rows import rows_of
from zhenzhi.data.tables import Tables

#: What a cell begins with that waits to be filled, by language.
MARKS = {"en": "to be filled in", "zh": "待填"}

#: A line of a page, or of a catalogue of its translations, that is marked so.
_MARKED = re.compile(rf'(?:#+ |msgstr ")?(?:{"|".join(MARKS.values())})')


def waiting(tables: Tables, document_id: str | None = None) -> pd.DataFrame:
    """The proposed rows of a document, or of all, in the order of the file."""
    drafts = tables.drafts
    return drafts if document_id is None else drafts[drafts["document_id"] == document_id]


def coded(tables: Tables) -> pd.DataFrame:
    """The documents of which no row waits: a document that is not coded to the end is none of the book's yet."""
    return tables.documents[~tables.documents.index.isin(list(tables.drafts["document_id"]))]


def unfilled(tables: Tables) -> Iterator[str]:
    """File, row and column of each cell that is marked as not yet filled."""
    marks = tuple(MARKS.values())
    for table, frame in tables.frames.items():
        for column in frame.columns:
            for line, cell in rows_of(frame, column):
                if isinstance(cell, str) and cell.startswith(marks):
                    yield f"{table}.csv, row {line} ({frame.iat[line - 2, 0]}), column {column}"


def unfilled_pages(root: Path) -> Iterator[str]:
    """File and line of each text of a page of a project, or of its translation, that is marked as not yet filled."""
    for folder, ending in (("chapters", "md"), ("locale", "po")):
        for file in sorted((root / folder).rglob(f"*.{ending}")):
            for line, text in enumerate(project.text(file).splitlines(), 1):
                if _MARKED.match(text):
                    yield f"{file.relative_to(root)}, line {line}"


def undated(tables: Tables) -> Iterator[str]:
    """File, row and column of each note that is to say what the date of a document rests on and says nothing."""
    for line, name, note in rows_of(tables.documents, "document_id", "date_note"):
        if not note:
            yield f"documents.csv, row {line} ({name}), column date_note: expected what the date rests on"


def left(tables: Tables) -> list[str]:
    """What keeps the data package from being released, a line for each document and each cell; empty where nothing does."""
    counts = tables.drafts["document_id"].value_counts(sort=False).to_dict()
    rows = [f"drafts.csv: {count} row(s) of {document} wait for review" for document, count in counts.items()]
    return rows + [f"{where}: it is not filled yet" for where in unfilled(tables)]
