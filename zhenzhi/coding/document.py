"""Adds a document to the project: all that can be written without a person, and what is left for one."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhenzhi.coding import propose
from zhenzhi.coding.articles import Article, articles, shortened
from zhenzhi.coding.edit import Edit, Row, editing
from zhenzhi.coding.pages import put_pages
from zhenzhi.data import dates, lock, sources, tables
from zhenzhi.data.drafts import MARKS, waiting
from zhenzhi.data.schema import suggestion
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

#: A whole date, as texts write it.
_DATE = re.compile(r"(20\d\d|19\d\d)(?:年\s*|[-/.])(\d{1,2})(?:月\s*|[-/.])(\d{1,2})(?:日|\b)")

#: A line that tells when a text was published has no more than this, and none of the signs of a sentence.
_LONGEST_DATE_LINE, _OF_SENTENCE = 60, re.compile("^#|[，。；！？]")

#: What a document is, where nothing else is said, by its form.
_MEDIA = {"newspaper": ("newspaper report", "报纸报道"), "web-page": ("web page", "网页")}

_RESTS_ON = {
    "date_note": f"{MARKS['en']}: what the date rests on.",
    "date_note_zh": f"{MARKS['zh']}：日期的依据。",
}
_UNDATED = {
    "date_note": f"{MARKS['en']}: the first line of the text with a whole date; say what the date rests on.",
    "date_note_zh": f"{MARKS['zh']}：取自文中第一个有完整日期的行；须说明日期的依据。",
}

#: Cells of ``documents.csv`` that a person may say on the command line.
OPTIONS = (
    *("published", "date_basis", "form", "title_zh", "title_en", "medium", "medium_zh", "publisher_zh", "publisher_en"),
    *("page", "url"),
)

#: Cells of ``places.csv`` for a new place, and the ends of the options that say them.
PLACE_OPTIONS = {"name_zh": "zh", "name_en": "en", "level": "level", "parent_id": "in"}


@dataclass(frozen=True)
class Described:
    """What a person says of a document. What is left out is read from the text, or marked as to be filled.

    Attributes:
        document_id: its name in the project.
        place_id: the place that it is about.
        place: ``name_zh``, ``name_en``, ``level`` and ``parent_id`` of a place that the project does not have yet.
        above: rows of ``places.csv`` for new places that the new one lies in.
        cells: other cells of its row of ``documents.csv``.
        headlines: where its articles begin; by default at its headings.
    """

    document_id: str
    place_id: str
    place: Row = field(default_factory=dict)
    above: Sequence[Row] = ()
    cells: Row = field(default_factory=dict)
    headlines: Sequence[str] = ()


@dataclass(frozen=True)
class Added:
    """What was written for a document, and what is left.

    Attributes:
        files: the files that were written.
        articles: its articles.
        claims, numerals: how many rows wait for review as claims, and as other numerals.
        unfilled: the cells that are marked as to be filled: file, row and column.
        terms: the terms of the glossary that stand in it, and how often.
        places: names of places that the text has and ``places.csv`` has not, and where each stands first.
        models: figures that may belong to a model of governing, as written: numbered names, and counts of parts.
    """

    files: list[str]
    articles: list[Article]
    claims: int
    numerals: int
    unfilled: list[str]
    terms: list[tuple[str, int]]
    places: list[str]
    models: list[str]


def read(file: Path) -> str:
    """A text to be coded.

    Raises:
        ZhenzhiError: it is no file in UTF-8, is empty, or is binary.
    """
    text = sources.read_text(file)
    if not text.strip():
        raise ZhenzhiError(f"{file}: the file is empty; expected a text in UTF-8")
    return text


def add(root: Path, file: Path, described: Described) -> Added:
    """Writes all that can be written of a document, or nothing.

    Args:
        root: the project.
        file: the text, which stays where it is.
        described: what a person says of it.

    Raises:
        ZhenzhiError: the text cannot be read, the name is taken, or the description does not do.
        DataError: the data package would break its contract.
    """
    text = read(file)
    with editing(root, f"adding {described.document_id}") as edit:
        before = tables.load(root / "data")
        document = _document(before, file, text, described)
        found = articles(text, described.headlines)
        _append(edit, "documents", [document])
        if described.place:
            _append(edit, "places", [*described.above, {"place_id": described.place_id, **described.place}])
        rows = _articles(described, found, document)
        _append(edit, "articles", rows)
        # The places are known from here on, and the rest can be read against them.
        known = edit.checked()
        reach = [propose.Reach(article.start, article.end, (described.place_id,)) for article in found]
        drafts = propose.drafts(known, described.document_id, text, reach)
        _append(edit, "drafts", drafts)
        after = edit.checked()
        put_pages(edit, root, after, described.place_id, described.document_id)
        edit.put(f"data/{lock.LOCK}", lock.carried(before, after))
        files = edit.write()
    own = waiting(after, described.document_id)
    return Added(
        files=files,
        articles=found,
        claims=int((own["proposed"] == "claim").sum()),
        numerals=int((own["proposed"] == "numeral").sum()),
        unfilled=_unfilled(document, rows),
        terms=list(propose.terms(after, text)),
        places=[f"{name} ({start})" for name, start in propose.unknown_places(after, text)],
        models=[
            f"{row.as_written} ({row.start})"
            for row in own.itertuples()
            if row.kind in ("label", "count-of-components")
        ],
    )  # fmt: skip


def larger_place(words: Sequence[str]) -> Row:
    """A new place that the new one lies in, as ``--place-above`` tells it.

    Raises:
        ZhenzhiError: there are too few words, or too many.
    """
    if len(words) not in (4, 5):
        raise ZhenzhiError(
            f"--place-above {' '.join(words)}: expected ID, name, English name, level, and the place it lies in"
        )
    return dict(zip(("place_id", *PLACE_OPTIONS), words, strict=False))


def _append(edit: Edit, table: str, rows: Sequence[Row]) -> None:
    edit.write_rows(table, [*edit.rows(table), *rows])


def _document(before: Tables, file: Path, text: str, described: Described) -> Row:
    """The row of ``documents.csv``."""
    name, digest = described.document_id, hashlib.sha256(text.encode()).hexdigest()
    _check_name(before, name)
    for column, cell, what in (("sha256", digest, "text"), ("file_name", file.name, "file name")):
        for other, known in zip(before.documents.index, before.documents[column], strict=True):
            if known == cell:
                raise ZhenzhiError(f"{file}: document {other!r} has this {what} already; expected a new document")
    if described.place_id in before.places.index and described.place:
        raise ZhenzhiError(f"the place {described.place_id!r} is known already; expected its name alone, --place")
    if described.place_id not in before.places.index and not described.place:
        near = suggestion(described.place_id, before.places.index)
        raise ZhenzhiError(
            f"the place {described.place_id!r} is unknown; expected a place_id of places.csv, or a new one with --place-zh, "
            f"--place-en, --place-level and --place-in{near}"
        )
    _check_parents(before, described)
    form = described.cells.get("form") or "web-page"
    if form not in _MEDIA:
        raise ZhenzhiError(f"the form {form!r} is unknown; expected one of {', '.join(_MEDIA)}")
    medium, medium_zh = _MEDIA[form]
    title = next(line.strip().strip("#").strip() for line in text.splitlines() if line.strip())
    return {
        "document_id": name, "file_name": file.name, "sha256": digest, "characters": str(len(text)),
        "title_zh": shortened(title), "title_en": f"{MARKS['en']}: English headline", "form": form,
        "medium": medium, "medium_zh": medium_zh, "publisher_zh": f"{MARKS['zh']}：发布者",
        "publisher_en": f"{MARKS['en']}: publisher", **_date(text, described),
        **{column: cell for column, cell in described.cells.items() if cell},
    }  # fmt: skip


def _check_name(before: Tables, name: str) -> None:
    if not _ID.fullmatch(name):
        raise ZhenzhiError(f"the ID {name!r} has the wrong form; expected lower-case letters and digits, such as jj17")
    if name in before.documents.index:
        raise ZhenzhiError(f"there is a document {name!r} already; expected an ID that was never used")
    for other in before.documents.index:
        if name.startswith(f"{other}-") or other.startswith(f"{name}-"):
            raise ZhenzhiError(f"the ID {name!r} could not be told from {other!r} in names of claims; expected another")
    for frame in (before.claims, before.closed):
        if taken := next((claim for claim in frame["claim_id"] if claim.startswith(f"{name}-")), None):
            raise ZhenzhiError(f"the ID {name!r} was used: {taken!r} begins with it; expected one that was never used")


def _check_parents(before: Tables, described: Described) -> None:
    """Ends with a message where a new place lies in one that is neither known nor new."""
    known = {*before.places.index, *(row["place_id"] for row in described.above)}
    for row in (*described.above, described.place):
        parent = row.get("parent_id")
        if parent and parent not in known:
            raise ZhenzhiError(
                f"the place {parent!r} is unknown; expected a place_id of places.csv, or a new one with --place-above"
                f"{suggestion(parent, known)}"
            )


def _date(text: str, described: Described) -> Row:
    """When the document was published: as said, or the first whole date that stands in a line of its own."""
    if described.cells.get("published"):
        try:
            dates.bounds(described.cells["published"])
        except ValueError as error:
            raise ZhenzhiError(f"--published: {error}") from None
        return {"date_basis": "stated", **_RESTS_ON}
    lines = (line.strip() for line in text.splitlines())
    of_dates = (line for line in lines if len(line) <= _LONGEST_DATE_LINE and not _OF_SENTENCE.search(line))
    match = next(filter(None, map(_DATE.search, of_dates)), None)
    if match is None:
        inside = _DATE.search(text)
        told = (
            f"no line of its own for a date; {inside[0]!r} within it may tell another day"
            if inside
            else "no whole date"
        )
        raise ZhenzhiError(f"the text has {told}; expected --published with an EDTF date, such as 2024-03-01 or 2024?")
    day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return {"published": day, "date_basis": "stated", **_UNDATED}


def _articles(described: Described, found: Sequence[Article], document: Row) -> list[Row]:
    """The rows of ``articles.csv``: the whole text, or one a headline."""
    alone = len(found) == 1
    return [
        {
            "article_id": f"{described.document_id}-{'report' if alone else f'article-{number}'}",
            "document_id": described.document_id, "title_zh": document["title_zh"] if alone else article.title,
            "title_en": document["title_en"] if alone else f"{MARKS['en']}: English headline {number}",
            "start": str(article.start), "end": str(article.end), "place_ids": described.place_id,
            "url": document.get("url", "") if alone else "",
        }
        for number, article in enumerate(found, 1)
    ]  # fmt: skip


def _unfilled(document: Row, articles: Sequence[Row]) -> list[str]:
    marks = tuple(MARKS.values())
    cells = [f"documents.csv, {column}" for column, cell in document.items() if cell.startswith(marks)]
    return cells + [
        f"articles.csv, {row['article_id']}, {column}"
        for row in articles
        for column, cell in row.items()
        if cell.startswith(marks)
    ]
