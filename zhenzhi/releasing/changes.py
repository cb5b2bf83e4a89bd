"""What changed from one version to another: claims and their readings, verdicts, and the sentences and figures touched."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass

from zhenzhi import audit
from zhenzhi.data import lock
from zhenzhi.data.lock import Difference
from zhenzhi.locales import SOURCE
from zhenzhi.releasing.contents import STANDS_FOR, Contents
from zhenzhi.releasing.pages import Page, Passage, in_language

#: The columns of a claim that say what its figure stands for; a change in any other changes how it is described.
VALUE_COLUMNS = frozenset({"value", "value_high", "unit", "qualifier", "period_start", "period_end", STANDS_FOR})


@dataclass(frozen=True)
class Claim:
    """A claim that was added, closed, or is no longer there.

    Attributes:
        label: what it measures.
        as_written: its figure as the document writes it.
        reason: why it was closed.
        replaced_by: the claim that stands in its place, if any.
    """

    claim_id: str
    label: str
    as_written: str
    reason: str = ""
    replaced_by: str = ""


@dataclass(frozen=True)
class Cell:
    """A column of a claim that reads otherwise."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Edit:
    """A claim of which something reads otherwise."""

    claim_id: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Verdict:
    """A check whose verdict differs; a side is ``None`` where it has no such check."""

    check_id: str
    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Reason:
    """A check that says something else, though its verdict stands."""

    check_id: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Sentences:
    """What a section says with claims or checks that changed, before and after."""

    page: str
    anchor: str
    section: str
    names: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A figure that shows claims that changed."""

    page: str
    anchor: str
    name: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """All that changed from one version to another.

    Attributes:
        rows: the rows and entries of the data package that differ, those of ``claims.csv`` aside.
        pages_known: whether the pages of both are known; ``sentences`` and ``figures`` are empty where they are not.
    """

    before: str
    after: str
    added: tuple[Claim, ...]
    closed: tuple[Claim, ...]
    vanished: tuple[Claim, ...]
    revalued: tuple[Edit, ...]
    reworded: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]
    sentences: tuple[Sentences, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Difference, ...]
    pages_known: bool

    @property
    def any(self) -> bool:
        """Whether anything changed that the page of changes tells of."""
        return any(value for name, value in vars(self).items() if isinstance(value, tuple) and name != "rows")

    def data(self) -> dict:
        """As plain data, for JSON."""
        return asdict(self)


def between(before: Contents, after: Contents, language: str = SOURCE) -> Changes:
    """What changed from one version to another, told in a language that both are told in, with the pages in that language."""
    old, new = before.claims, after.claims
    newly_closed = [name for name in after.closed if name not in before.closed]
    edits = [_edit(name, old[name], new[name], language) for name in new if name in old]
    verdicts = tuple(
        Verdict(change.check_id, (after.checks.get(change.check_id) or before.checks[change.check_id]).name,
                change.before, change.after)
        for change in audit.changes(before.checks, after.checks)
    )  # fmt: skip
    told = [
        (check_id, before.checks[check_id], check)
        for check_id, check in after.checks.items()
        if check_id in before.checks
    ]
    reasons = tuple(
        Reason(check_id, check.name, old_check.reason, check.reason or "")
        for check_id, old_check, check in told
        if old_check.verdict == check.verdict and old_check.reason is not None and old_check.reason != check.reason
    )
    added = tuple(_claim(name, new[name], language) for name in new if name not in old)
    closed = tuple(_claim(name, after.closed[name], language) for name in newly_closed)
    vanished = tuple(_claim(name, old[name], language) for name in old if name not in new and name not in after.closed)
    touched = {claim.claim_id for claim in (*added, *closed, *vanished)}
    touched |= {edit.claim_id for edit in edits if edit.cells}
    touched |= {verdict.check_id for verdict in verdicts}
    # A quantity that a check computes may change while the verdict stands.
    for checks in (before.checks, after.checks):
        touched |= {check_id for check_id, check in checks.items() if touched.intersection(check.claims)}
    old_pages, new_pages = (in_language(version.pages or {}, language) for version in (before, after))
    pages_known = bool(old_pages and new_pages)
    return Changes(
        before=before.name,
        after=after.name,
        added=added,
        closed=closed,
        vanished=vanished,
        revalued=_edited(edits, values=True),
        reworded=_edited(edits, values=False),
        verdicts=verdicts,
        reasons=reasons,
        sentences=_sentences(old_pages, new_pages, touched) if pages_known else (),
        figures=_figures(new_pages, touched) if pages_known else (),
        pages_known=pages_known,
        rows=tuple(row for row in lock.between(before.digests, after.digests) if row.file != "claims.csv"),
    )


def _claim(claim_id: str, row: Mapping[str, str], language: str) -> Claim:
    reason = row.get(f"reason_{language}", "")
    return Claim(claim_id, row[f"label_{language}"], row["as_written"], reason, row.get("replaced_by", ""))


def _edit(claim_id: str, before: Mapping[str, str], after: Mapping[str, str], language: str) -> Edit:
    # A column that only one of the versions has says something of the contract, and nothing of the claim.
    cells = tuple(
        Cell(column, before[column], after[column])
        for column in before
        if column in after and before[column] != after[column] and _is_told(column, after, language)
    )
    return Edit(claim_id, after[f"label_{language}"], cells)


def _is_told(column: str, columns: Collection[str], language: str) -> bool:
    """Whether a column is told in a language: in Chinese, none that has its twin in Chinese."""
    return language == SOURCE or f"{column.removesuffix('_en')}_{language}" not in columns


def _edited(edits: Iterable[Edit], values: bool) -> tuple[Edit, ...]:
    """The edits of value columns, or of the others."""
    kept = []
    for edit in edits:
        cells = tuple(cell for cell in edit.cells if (cell.column in VALUE_COLUMNS) == values)
        if cells:
            kept.append(Edit(edit.claim_id, edit.label, cells))
    return tuple(kept)


def _sentences(before: Mapping[str, Page], after: Mapping[str, Page], touched: set[str]) -> tuple[Sentences, ...]:
    """The sentences that rest on what changed, by section, in the order of the newer version."""
    sides = [_by_section(pages, touched) for pages in (before, after)]
    found = []
    for key in dict.fromkeys((*sides[1], *sides[0])):
        old, new = sides[0].get(key, []), sides[1].get(key, [])
        shown = (new or old)[0]
        names = tuple(sorted({name for passage in (*old, *new) for name in passage.names} & touched))
        texts = [tuple(passage.text for passage in side) for side in (old, new)]
        found.append(Sentences(shown.page, shown.anchor, shown.section, names, *texts))
    return tuple(found)


def _by_section(pages: Mapping[str, Page], touched: set[str]) -> dict[tuple[str, str], list[Passage]]:
    found: dict[tuple[str, str], list[Passage]] = {}
    for page in pages.values():
        for passage in page.sentences:
            if touched.intersection(passage.names):
                found.setdefault((passage.page, passage.anchor), []).append(passage)
    return found


def _figures(pages: Mapping[str, Page], touched: set[str]) -> tuple[Figure, ...]:
    return tuple(
        Figure(figure.page, figure.anchor, figure.section, tuple(sorted(touched.intersection(figure.names))))
        for page in pages.values()
        for figure in page.figures
        if touched.intersection(figure.names)
    )
