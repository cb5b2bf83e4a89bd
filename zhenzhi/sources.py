"""Checks the claims against the source texts, and lists what numerals a text holds.

The source texts are not part of the project. Where they are at hand, ``verify`` proves that every row of ``claims.csv``
and ``numerals.csv`` says what its span of the text says, and that no numeral is left out.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from zhenzhi import instruments
from zhenzhi.errors import DataError
from zhenzhi.quantity import NUMERAL_CHARACTERS
from zhenzhi.tables import Tables

_NUMERALS = frozenset(NUMERAL_CHARACTERS)
_RUN = re.compile(f"[{NUMERAL_CHARACTERS}](?:[{NUMERAL_CHARACTERS}.,%+~－-]*[{NUMERAL_CHARACTERS}%])?")


@dataclass(frozen=True)
class Coverage:
    """How the numeral characters of one document are accounted for."""

    document_id: str
    characters: int
    numeral_characters: int
    claims: int
    numerals: int
    figure_share: float


def squeeze(text: str) -> str:
    """The text with all white space removed, as ``as_written`` has it."""
    return re.sub(r"\s+", "", text)


def scan(text: str, context: int = 12) -> pd.DataFrame:
    """Lists the numerals of a text: ``start``, ``end``, ``as_written`` and the words around them.

    A starting point for coding a new document; see CONTRIBUTING.md.
    """
    return pd.DataFrame(
        [
            {
                "start": run.start(),
                "end": run.end(),
                "as_written": squeeze(run.group()),
                "context": squeeze(text[max(0, run.start() - context) : run.start()])
                + f"[{squeeze(run.group())}]"
                + squeeze(text[run.end() : run.end() + context]),
            }
            for run in _RUN.finditer(text)
        ],
        columns=["start", "end", "as_written", "context"],
    )


def verify(tables: Tables, folder: Path) -> list[Coverage]:
    """Checks every row with a span against the texts in ``folder``.

    Returns:
        the coverage of each document, in the order of ``documents.csv``.

    Raises:
        DataError: a text is missing or another one, a span does not read as its row says, two rows share a character,
            a numeral character is in no row, or the matrix of instruments is not borne out.
    """
    problems: list[str] = []
    coverage = []
    texts: dict[str, str] = {}
    claims_document = tables.claims["article_id"].map(tables.articles["document_id"])
    for document in tables.documents.itertuples():
        path = Path(folder) / document.file_name
        where = f"documents.csv, {document.document_id}"
        if not path.is_file():
            problems.append(f"{where}, column file_name: there is no {document.file_name} in the folder of sources")
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != document.sha256:
            problems.append(f"{where}, column sha256: {document.file_name} is another file than the one coded")
            continue
        text = texts[document.document_id] = content.decode("utf-8")
        if len(text) != document.characters:
            problems.append(f"{where}, column characters: {document.characters}; expected {len(text)}")
        claims = tables.claims[claims_document == document.document_id]
        numerals = tables.numerals[tables.numerals["document_id"] == document.document_id]
        articles = tables.articles[tables.articles["document_id"] == document.document_id]
        problems += _check_articles(claims, articles, len(text))
        problems += _check_spans(document.document_id, text, claims, numerals)
        covered = sum(character in _NUMERALS for character in text)
        spans = sum(row.end - row.start for row in claims.itertuples())
        coverage.append(
            Coverage(document.document_id, len(text), covered, len(claims), len(numerals), spans / len(text))
        )
    for name in ("places", "indicators"):
        problems += _orphans(tables, name)
    problems += instruments.problems(tables, texts)
    if problems:
        raise DataError(problems)
    return coverage


def _check_articles(claims: pd.DataFrame, articles: pd.DataFrame, length: int) -> list[str]:
    problems = [
        f"articles.csv, {article.article_id}, column end: {article.end}; expected more than start and at most {length}"
        for article in articles.itertuples()
        if not article.start < article.end <= length
    ]
    for claim in claims.itertuples():
        article = articles.loc[claim.article_id]
        if not article["start"] <= claim.start < claim.end <= article["end"]:
            problems.append(
                f"claims.csv, {claim.claim_id}, column article_id: the span {claim.start}-{claim.end} lies outside "
                f"{claim.article_id}, which is {article['start']}-{article['end']}"
            )
    return problems


def _check_spans(document_id: str, text: str, claims: pd.DataFrame, numerals: pd.DataFrame) -> list[str]:
    """Every span reads as its row says; every numeral character is in exactly one row."""
    problems = []
    owners: dict[int, str] = {}
    rows = [("claims.csv", claim.claim_id, claim) for claim in claims.itertuples()]
    rows += [("numerals.csv", f"{row.document_id} {row.start}", row) for row in numerals.itertuples()]
    for file, name, row in rows:
        found = squeeze(text[row.start : row.end])
        if found != row.as_written:
            problems.append(
                f"{file}, {name}, column as_written: {row.as_written!r}; expected {found!r}, as characters "
                f"{row.start}-{row.end} read"
            )
            continue
        for offset in range(row.start, row.end):
            if offset in owners:
                problems.append(f"{file}, {name}, column start: character {offset} is in {owners[offset]} already")
                break
            owners[offset] = f"{file}, {name}"
    for offset, character in enumerate(text):
        if character in _NUMERALS and offset not in owners:
            around = squeeze(text[max(0, offset - 6) : offset + 7])
            problems.append(
                f"{document_id}, character {offset}: the numeral {character!r} in {around!r} is in no row of claims.csv "
                "or numerals.csv"
            )
    return problems


def _orphans(tables: Tables, name: str) -> list[str]:
    """Rows of a table that nothing refers to."""
    frame = getattr(tables, name)
    key = frame.index.name
    referring = {
        "places": (("places", "parent_id"), ("claims", key), ("models", key), ("external", key)),
        "indicators": (("claims", key),),
    }[name]
    used = {value for table, column in referring for value in getattr(tables, table)[column]}
    return [
        f"{name}.csv, {row}, column {key}: no row of {' or '.join(table for table, _ in referring)} refers to it"
        for row in frame.index
        if row not in used
    ]
