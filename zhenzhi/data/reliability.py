"""Coding reliability: how far two independent codings of the same documents agree.

Claims are paired where their spans overlap. For the columns with few words (kind, status, rung) agreement is also given as
Cohen's kappa (Cohen 1960), which takes away the agreement that chance would bring.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from zhenzhi.data.drafts import coded
from zhenzhi.data.tables import Tables

CATEGORIES = ("kind", "status", "rung")

_COLUMNS = ["document", "A", "B", "both", "value", "qualifier"]
_COLUMNS += [column for category in CATEGORIES for column in (category, f"{category} kappa")]


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa of two lists of categories of equal length; 1 where both always use one and the same category.

    Raises:
        ValueError: the lists are empty or differ in length.
    """
    if not first or len(first) != len(second):
        raise ValueError("two lists of the same length, not empty, are needed")
    size = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / size
    categories = set(first) | set(second)
    expected = sum((list(first).count(c) / size) * (list(second).count(c) / size) for c in categories)
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def agreement(tables: Tables) -> pd.DataFrame:
    """Agreement by document, and for all documents together in the row ``all``.

    Returns:
        one row a document in which both coders found some claim, and none where there is no such document: claims found by
        A, by B and by both; of those found by both, the shares with equal value and qualifier, and the share and kappa for
        kind, status and rung.
    """
    codings = tables.codings
    pairs = {document: found for document in tables.documents.index if (found := _pairs(codings, document))}
    rows = [_row(codings[codings["document_id"] == document], found, document) for document, found in pairs.items()]
    if rows:
        coded = codings[codings["document_id"].isin(list(pairs))]
        rows.append(_row(coded, [pair for found in pairs.values() for pair in found], "all"))
    return pd.DataFrame(rows, columns=_COLUMNS).set_index("document")


def coded_twice(tables: Tables) -> list[str]:
    """The documents that both coders coded, of those that are coded to the end."""
    codings = tables.codings
    first, second = ({*codings.loc[codings["coder"] == coder, "document_id"]} for coder in "AB")
    return [document for document in coded(tables).index if document in first & second]


def differences(tables: Tables, document: str) -> Iterator[str]:
    """Where the two codings of a document differ, a line a span: what one coder alone found, and what they read otherwise."""
    pairs = _pairs(tables.codings, document)
    own = tables.codings[tables.codings["document_id"] == document].sort_values(["start", "coder"])
    paired = {(row.coder, row.start) for pair in pairs for row in pair}
    for row in own.itertuples():
        if (row.coder, row.start) not in paired:
            yield f"{row.start}-{row.end}: found by {row.coder} alone"
        for first, second in pairs:
            if row.coder == "A" and first.start == row.start and (told := _told(first, second)):
                yield f"{row.start}-{row.end}: {told}"


def _told(first, second) -> str:
    """What two rows of one passage say otherwise: ``kind flow by A, change by B; rung output by A, outcome by B``."""
    columns = ("start", "end", "value", "qualifier", *CATEGORIES)
    cells = [(column, getattr(first, column), getattr(second, column)) for column in columns]
    return "; ".join(f"{column} {_shown(a)} by A, {_shown(b)} by B" for column, a, b in cells if a != b)


def _shown(cell) -> str:
    return "none" if cell is None else str(cell)


def _pairs(codings: pd.DataFrame, document: str) -> list[tuple]:
    own = codings[codings["document_id"] == document]
    first, second = (list(own[own["coder"] == coder].itertuples()) for coder in "AB")
    return [(a, b) for a in first for b in second if a.start < b.end and b.start < a.end]


def _row(codings: pd.DataFrame, pairs: list[tuple], document: str) -> dict:
    row = {
        "document": document,
        "A": int((codings["coder"] == "A").sum()),
        "B": int((codings["coder"] == "B").sum()),
        "both": len(pairs),
    }
    for column in ("value", "qualifier"):
        row[column] = sum(getattr(a, column) == getattr(b, column) for a, b in pairs) / len(pairs)
    for column in CATEGORIES:
        first, second = ([getattr(pair[side], column) for pair in pairs] for side in (0, 1))
        row[column] = sum(a == b for a, b in zip(first, second, strict=True)) / len(pairs)
        row[f"{column} kappa"] = kappa(first, second)
    return row


def markdown(table: pd.DataFrame) -> str:
    """The table of ``agreement`` in Markdown: counts, shares in per cent, kappa with two digits."""
    lines = [
        "| document | A | B | both | value | qualifier | kind | κ | status | κ | rung | κ |",
        "|---|" + "--:|" * 11,
    ]
    for document, row in table.iterrows():
        cells = [f"{row[column]:.0f}" for column in ("A", "B", "both")]
        cells += [f"{100 * row[column]:.0f}%" for column in ("value", "qualifier")]
        for column in CATEGORIES:
            cells += [f"{100 * row[column]:.0f}%", f"{row[f'{column} kappa']:.2f}"]
        lines.append(f"| {document} | {' | '.join(cells)} |")
    return "\n".join(lines)
