"""Checks the claims against the source texts.

The source texts are not part of the project. Where they are at hand, ``verify`` proves that every row of ``claims.csv``
and ``numerals.csv`` says what its span of the text says, and that no numeral is left out.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from zhenzhi.amounts.around import squeezed
from zhenzhi.amounts.grammar import find
from zhenzhi.amounts.growth import FALLS
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.numerals import characters, runs
from zhenzhi.data import argument, instruments
from zhenzhi.data.derivation import tells_a_direction
from zhenzhi.data.problems import Place, Problem, Row
from zhenzhi.data.rows import rows_of
from zhenzhi.data.schema import entry_place, not_utf8
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError, ZhenzhiError

_SENTENCE_END = re.compile("[。！？；;]")
_MINUS = re.compile("[-－−]")


@dataclass(frozen=True)
class Coverage:
    """How the numeral characters of one document are accounted for."""

    document_id: str
    characters: int
    numeral_characters: int
    claims: int
    numerals: int
    figure_share: float


def read_text(path: Path) -> str:
    """The text of a document as its offsets count it: UTF-8, with its line ends as they stand in the file.

    Raises:
        ZhenzhiError: there is no such file, or it is no text in UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        fault = error.strerror
    except UnicodeDecodeError as error:
        fault = not_utf8(error)
    else:
        if "\0" not in text:
            return text
        fault = f"a binary file, with a zero at character {text.index(chr(0))}"
    raise ZhenzhiError(f"{path}: {fault}; expected a text in UTF-8")


def coded_text(folder: Path, document_id: str, file_name: str, sha256: str, problems: list[str]) -> str | None:
    """The text of a document that was coded; ``None``, and what is wrong, where it is missing or another one."""
    where, path = f"documents.csv, {document_id}", folder / file_name
    if not path.is_file():
        problems.append(f"{where}, column file_name: there is no {file_name} in the folder of sources")
        return None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        problems.append(f"{where}, column sha256: {file_name} is another file than the one coded")
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(f"{where}, column file_name: {file_name}: {not_utf8(error)}; expected a text in UTF-8")
        return None


def verify(tables: Tables, folder: Path, document_ids: Collection[str] = ()) -> list[Coverage]:
    """Checks every row with a span against the texts in ``folder``.

    Args:
        document_ids: the documents to check; by default all.

    Returns:
        the coverage of each document, in the order of ``documents.csv``.

    Raises:
        DataError: a text is missing or another one, a span does not read as its row says, two rows share a character,
            a numeral character is in no row, or the matrix of instruments or the argument of the book is not borne out.
    """
    problems: list[str] = []
    coverage = []
    texts: dict[str, str] = {}
    claims_document = tables.claims["article_id"].map(tables.document_of)
    for document in tables.documents.itertuples():
        if document_ids and document.document_id not in document_ids:
            continue
        text = coded_text(Path(folder), document.document_id, document.file_name, document.sha256, problems)
        if text is None:
            continue
        texts[document.document_id] = text
        where = f"documents.csv, {document.document_id}"
        if len(text) != document.characters:
            problems.append(f"{where}, column characters: {document.characters}; expected {len(text)}")
        claims = tables.claims[claims_document == document.document_id]
        numerals = tables.numerals[tables.numerals["document_id"] == document.document_id]
        articles = tables.articles[tables.articles["document_id"] == document.document_id]
        problems += _check_articles(claims, articles, len(text))
        problems += _check_signs(claims, text, tables.lexicon)
        problems += _check_spans(document.document_id, text, list(spans(tables, document.document_id)))
        covered = sum(1 for _ in characters(text))
        length = sum(row.end - row.start for row in claims.itertuples())
        coverage.append(
            Coverage(document.document_id, len(text), covered, len(claims), len(numerals), length / len(text))
        )
    problems += unborne(tables, texts)
    if problems:
        raise DataError(problems)
    return coverage


def unborne(tables: Tables, texts: Mapping[str, str]) -> list[str]:
    """What the texts at hand do not bear out of caveats, models, the matrix of instruments and the argument of the book."""
    return [
        *_check_passages(tables, texts),
        *instruments.problems(tables, texts),
        *argument.against_texts(tables, texts),
    ]


def _check_passages(tables: Tables, texts: Mapping[str, str]) -> list[str]:
    """A caveat stands at a passage that begins and ends with a word, and a model at one that begins with a word."""
    problems = []
    for number, caveat in enumerate(tables.caveats):
        text = texts.get(caveat["document_id"])
        if text is not None and "start" in caveat and "end" in caveat:
            passage = text[caveat["start"] : caveat["end"]]
            if passage != passage.strip():
                problems.append(
                    f"caveats.yml, {entry_place(tables.caveats, number)}, key start: the passage {caveat['start']}-"
                    f"{caveat['end']} begins or ends with white space; expected a passage from its first to its last word"
                )
    articles = {
        article.article_id: texts[article.document_id][article.start : article.end]
        for article in tables.articles.itertuples()
        if article.document_id in texts
    }
    for line, model, article, start in rows_of(tables.models, "model_id", "article_id", "start"):
        if article in articles:
            first = articles[article][start - tables.articles.at[article, "start"] :][:1]
            if not first.strip():
                problems.append(
                    f"models.csv, row {line} ({model}), column start: the passage at {start} begins with white space; "
                    "expected its first word"
                )
    return problems


def _check_signs(claims: pd.DataFrame, text: str, lexicon: Lexicon) -> Iterator[str]:
    """A change whose own words tell no direction has the one that its sentence tells before it: 降幅分别为3%、4%."""
    for claim in claims.itertuples():
        if claim.kind != "change" or not claim.value or tells_a_direction(claim.as_written):
            continue
        first = max((found.end() for found in _SENTENCE_END.finditer(text, 0, claim.start)), default=0)
        sentence, start = text[first : claim.end], claim.start - first
        told = next((phrase for phrase in find(sentence, lexicon) if phrase.low and phrase.low.start >= start), None)
        before = squeezed(sentence[:start])
        where = f"claims.csv, {claim.claim_id}, column value: {claim.value} beside {claim.as_written!r}"
        if claim.value > 0 and told is not None and told.changes and told.falls:
            yield f"{where}; expected {-claim.value}, as the words before it tell of a fall: {before[-12:]!r}"
        elif claim.value < 0 and not any(word in before for word in FALLS) and not _MINUS.search(claim.as_written):
            yield f"{where}; expected a word of its sentence before it that tells of a fall, such as 降幅 or 下降"


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


class Span(NamedTuple):
    """The characters of a document that a row holds, what it says that they read, and where it stands."""

    start: int
    end: int
    as_written: str
    row: Row


def spans(tables: Tables, document_id: str) -> Iterator[Span]:
    """The rows of ``claims.csv``, ``numerals.csv`` and ``drafts.csv`` that hold characters of a document."""
    articles = set(tables.articles.index[tables.articles["document_id"] == document_id])
    columns = ("start", "end", "as_written")
    for line, name, article, start, end, words in rows_of(tables.claims, "claim_id", "article_id", *columns):
        if article in articles:
            yield Span(start, end, words, Row("claims", line, name))
    for table in ("numerals", "drafts"):
        for line, document, start, end, words in rows_of(tables.frames[table], "document_id", *columns):
            if document == document_id:
                yield Span(start, end, words, Row(table, line))


def uncovered(text: str, held: Iterable[tuple]) -> Iterator[tuple[int, int]]:
    """The stretches of a text, from the first numeral character to the last of each run, that are in no row.

    Args:
        held: what is in a row: where it begins, where it ends, and anything.
    """
    taken = {offset for start, end, *_ in held for offset in range(start, end)}
    missing = {offset for offset in characters(text) if offset not in taken}
    if not missing:
        return
    for start, end in runs(text):
        own = [offset for offset in range(start, end) if offset in missing]
        if own:
            yield own[0], own[-1] + 1
            missing.difference_update(own)
    yield from ((offset, offset + 1) for offset in sorted(missing))


def misread(text: str, span: Span) -> Problem | None:
    """What is wrong with a row whose characters read otherwise than it says."""
    found = squeezed(text[span.start : span.end])
    if found == span.as_written:
        return None
    fault = f"{span.as_written!r}; expected {found!r}, as characters {span.start}-{span.end} read"
    return Problem(Place((span.row,), "as_written"), fault)


def _check_spans(document_id: str, text: str, held: Sequence[Span]) -> list[str]:
    """Every span reads as its row says; every numeral character is in exactly one row."""
    problems: list[str] = []
    owners: dict[int, Row] = {}
    for span in held:
        if misreading := misread(text, span):
            problems.append(misreading)
            continue
        for offset in range(span.start, span.end):
            if offset in owners:
                fault = f"character {offset} is in two rows; expected each in one"
                problems.append(Problem(Place((span.row,), "start"), fault, Place((owners[offset],))))
                break
            owners[offset] = span.row
    for start, end in uncovered(text, held):
        around = squeezed(text[max(0, start - 6) : end + 6])
        problems.append(
            f"{document_id}, characters {start}-{end}: the numeral {squeezed(text[start:end])!r} in {around!r} is in no row "
            "of claims.csv, numerals.csv or drafts.csv"
        )
    return problems
