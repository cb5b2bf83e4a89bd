"""What is left to do on the documents that are being coded, and all that is wrong with them, in one list."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zhenzhi.amounts.around import squeezed
from zhenzhi.book import sentences
from zhenzhi.book.edition import Edition
from zhenzhi.book.findings import outgrown
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.book.telling import untold_on
from zhenzhi.building import messages
from zhenzhi.coding import suggest
from zhenzhi.coding.accept import check_document, moved
from zhenzhi.coding.edit import Edit, Row
from zhenzhi.data import drafts, sources, tables, translation
from zhenzhi.data.problems import Row as Line
from zhenzhi.data.sources import Span
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError
from zhenzhi.locales import SOURCE, languages
from zhenzhi.scan import scan

#: Cells that a claim cannot do without and that a scan may leave empty.
_NEEDED = (
    "claim_id",
    "label_en",
    "label_zh",
    "place_id",
    "indicator_id",
    "kind",
    "status",
    "rung",
    "unit",
    "qualifier",
)


@dataclass(frozen=True)
class Remaining:
    """What is left, each a line.

    Attributes:
        wrong: what breaks the contract or does not read as the text does.
        uncovered: numerals of the texts that are in no row, run by run.
        rows: proposed rows that wait for review, the unsure ones first.
        cells: cells and texts of pages that are marked as to be filled, dates without a note, English texts without
            Chinese, and messages of catalogues that are missing, fuzzy or obsolete.
        models: figures that may belong to a model and name none.
        book: what of the book no longer follows from the data: findings and sentences of pages that must be read again, and
            models that no page tells.
    """

    wrong: list[str]
    uncovered: list[str]
    rows: list[str]
    cells: list[str]
    models: list[str]
    book: list[str]

    def __bool__(self) -> bool:
        return any((self.wrong, self.uncovered, self.rows, self.cells, self.models, self.book))


def remaining(root: Path, folder: Path, document_ids: Collection[str] = ()) -> Remaining:
    """What is left of documents, or of each that has rows to review.

    Args:
        root: the project.
        folder: the texts of the documents.
        document_ids: the documents; by default each that has a row in ``drafts.csv``.

    Raises:
        ZhenzhiError: there is no such document, or a table cannot be read as CSV.
    """
    edit = Edit(root)
    wrong: list[str] = []
    data = None
    try:
        data = tables.load(root / "data")
    except DataError as error:
        wrong += error.problems
    if data is not None:
        for document_id in document_ids:
            check_document(data, document_id)
    proposed = edit.rows("drafts")
    names = list(document_ids) or list(dict.fromkeys(row["document_id"] for row in proposed))
    texts = {name: text for name in names if (text := _text(edit, folder, name, wrong)) is not None}
    uncovered: list[str] = []
    for name, text in texts.items():
        held = list(spans_of(edit, name))
        wrong += [fault for span in held if (fault := sources.misread(text, span))]
        uncovered += _uncovered(name, text, held)
    if data is not None:
        wrong += sources.unborne(data, texts)
    own = [row for row in proposed if row["document_id"] in names]
    ready = [row for row in own if row["reviewed"] == "true"]
    if data is not None and ready:
        try:
            moved(Edit(root), data, ready)
        except DataError as error:
            wrong += error.problems
    lines = {(row["document_id"], row["start"]): line for line, row in enumerate(proposed, 2)}
    return Remaining(
        wrong=wrong,
        uncovered=uncovered,
        rows=[
            f"drafts.csv, row {lines[row['document_id'], row['start']]}, {_told(row)}{_advice(data, texts, row)}"
            for row in unsure_first(own)
            if row["reviewed"] != "true"
        ],
        cells=[
            *(() if data is None else _unsaid(data)),
            *drafts.unfilled_pages(root),
            *(line for language in languages(root) for line in messages.unsettled(root, language)),
        ],
        models=[
            f"{row['claim_id']}: {row['as_written']}"
            for row in own
            if row["kind"] in ("label", "count-of-components") and not row["model_id"]
        ],
        book=[] if data is None else list(_outgrown(root, data)),
    )  # fmt: skip


def _unsaid(data: Tables) -> Iterator[str]:
    """The cells of the data package that wait to be filled."""
    yield from drafts.unfilled(data)
    yield from drafts.undated(data)
    yield from translation.untranslated(data)


def _outgrown(root: Path, data: Tables) -> Iterator[str]:
    """What a build would stop at, though the data package itself is sound."""
    edition = Edition(data, SOURCE)
    for entry in data.findings:
        try:
            yield from outgrown(edition, entry)
        except UnknownReference as error:
            yield f"findings.yml, the finding {entry['finding_id']!r}: {error}"
    yield from sentences.outgrown(edition, root)
    pages = sorted((root / "chapters").rglob("*.md"))
    if problem := untold_on(pages, data.models.index):
        yield problem


def _text(edit: Edit, folder: Path, name: str, wrong: list[str]) -> str | None:
    document = next((row for row in edit.rows("documents") if row["document_id"] == name), None)
    if document is None:
        return None
    return sources.coded_text(folder, name, document["file_name"], document["sha256"], wrong)


def unsure_first(rows: Iterable[Row]) -> list[Row]:
    """Proposed rows in the order in which they are best reviewed: claims before others, the least sure first."""

    def doubt(row: Row) -> tuple[bool, float]:
        try:
            return row["proposed"] != "claim", float(row["confidence"] or 0)
        except ValueError:
            return row["proposed"] != "claim", 0.0

    return sorted(rows, key=doubt)


def empty_cells(row: Row) -> list[str]:
    """The cells that a proposed row cannot do without and has not."""
    needed = _NEEDED if row["proposed"] == "claim" else ("reason",)
    return [column for column in needed if not row[column]]


def spans_of(edit: Edit, name: str) -> Iterator[Span]:
    """The rows that hold characters of a document, as far as their cells can be read."""
    articles = {row["article_id"] for row in edit.rows("articles") if row["document_id"] == name}
    for table in ("claims", "numerals", "drafts"):
        for line, row in enumerate(edit.rows(table), 2):
            is_own = row["article_id"] in articles if table == "claims" else row["document_id"] == name
            if is_own and row["start"].isdecimal() and row["end"].isdecimal():
                yield Span(int(row["start"]), int(row["end"]), row["as_written"], Line(table, line))


def _uncovered(name: str, text: str, held: list[Span]) -> Iterator[str]:
    """The numerals in no row, each with what a scan takes it for."""
    found = scan(text)
    for start, end in sources.uncovered(text, held):
        claim = next((row for row in found.claims if row.start < end and start < row.end), None)
        numeral = next((row for row in found.numerals if row.start < end and start < row.end), None)
        like = ""
        if claim is not None:
            like = (
                f"; a claim? {claim.start}-{claim.end} {claim.as_written!r}, {claim.kind}, {claim.value} {claim.unit}"
            )
        elif numeral is not None:
            like = f"; no claim? {numeral.start}-{numeral.end} {numeral.as_written!r}, {numeral.reason}"
        yield f"{name}, characters {start}-{end}: {squeezed(text[start:end])!r} is in no row{like}"


def _told(row: Row) -> str:
    """A proposed row in short: what it is taken for, and what is still empty."""
    where = f"{row['as_written']!r} at {row['start']}-{row['end']}: "
    if row["proposed"] != "claim":
        return f"{where}no claim, {row['reason']}"
    value = " to ".join(filter(None, (row["value"], row["value_high"])))
    empty = empty_cells(row)
    return f"{where}{row['kind']} {value} {row['unit']}, sure to {row['confidence'] or '0'}" + (
        f"; empty: {', '.join(empty)}" if empty else ""
    )


def _advice(data: Tables | None, texts: dict[str, str], row: Row) -> str:
    """The indicator that a row without one seems to have, with a claim of it."""
    text = texts.get(row["document_id"])
    if data is None or text is None or row["proposed"] != "claim" or row["indicator_id"]:
        return ""
    near = suggest.indicators(data, text, row)
    if not near:
        return ""
    claim = suggest.example(data, near[0])
    return f"; looks like {claim} ({near[0]})" if claim else f"; looks like indicator {near[0]}"
