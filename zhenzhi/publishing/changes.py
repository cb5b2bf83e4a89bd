"""What changed from one version to another: claims, verdicts, and the sentences and figures that this touches."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from zhenzhi import audit
from zhenzhi.publishing.contents import Contents
from zhenzhi.publishing.pages import Passage

#: The columns of a claim that say what its figure stands for; a change in any other changes how it is described.
VALUE_COLUMNS = frozenset({"value", "value_high", "unit", "qualifier", "period_start", "period_end"})


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
    sentences: tuple[Sentences, ...]
    figures: tuple[Figure, ...]
    pages_known: bool

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return any(value for value in vars(self).values() if isinstance(value, tuple))

    def data(self) -> dict:
        """As plain data, for JSON."""
        return asdict(self)


def between(before: Contents, after: Contents) -> Changes:
    """What changed from one version to another."""
    old, new = before.claims, after.claims
    newly_closed = [name for name in after.closed if name not in before.closed]
    edits = [_edit(name, old[name], new[name]) for name in new if name in old]
    verdicts = tuple(
        Verdict(change.check_id, (after.checks.get(change.check_id) or before.checks[change.check_id]).name,
                change.before, change.after)
        for change in audit.changes(before.checks, after.checks)
    )  # fmt: skip
    added = tuple(_claim(name, new[name]) for name in new if name not in old)
    closed = tuple(_claim(name, after.closed[name]) for name in newly_closed)
    vanished = tuple(_claim(name, old[name]) for name in old if name not in new and name not in after.closed)
    touched = {claim.claim_id for claim in (*added, *closed, *vanished)}
    touched |= {edit.claim_id for edit in edits if edit.cells}
    touched |= {verdict.check_id for verdict in verdicts}
    # A quantity that a check computes may change while the verdict stands.
    for checks in (before.checks, after.checks):
        touched |= {check_id for check_id, check in checks.items() if touched.intersection(check.claims)}
    known = before.pages is not None and after.pages is not None
    return Changes(
        before=before.name,
        after=after.name,
        added=added,
        closed=closed,
        vanished=vanished,
        revalued=_edited(edits, values=True),
        reworded=_edited(edits, values=False),
        verdicts=verdicts,
        sentences=_sentences(before, after, touched) if known else (),
        figures=_figures(after, touched) if known else (),
        pages_known=known,
    )


def _claim(claim_id: str, row: Mapping[str, str]) -> Claim:
    return Claim(claim_id, row["label_en"], row["as_written"], row.get("reason_en", ""), row.get("replaced_by", ""))


def _edit(claim_id: str, before: Mapping[str, str], after: Mapping[str, str]) -> Edit:
    cells = tuple(
        Cell(column, before.get(column, ""), after.get(column, ""))
        for column in dict.fromkeys((*before, *after))
        if before.get(column, "") != after.get(column, "")
    )
    return Edit(claim_id, after["label_en"], cells)


def _edited(edits: Iterable[Edit], values: bool) -> tuple[Edit, ...]:
    """The edits of value columns, or of the others."""
    kept = []
    for edit in edits:
        cells = tuple(cell for cell in edit.cells if (cell.column in VALUE_COLUMNS) == values)
        if cells:
            kept.append(Edit(edit.claim_id, edit.label, cells))
    return tuple(kept)


def _sentences(before: Contents, after: Contents, touched: set[str]) -> tuple[Sentences, ...]:
    """The sentences that rest on what changed, by section, in the order of the newer version."""
    sides = [_by_section(contents, touched) for contents in (before, after)]
    found = []
    for key in dict.fromkeys((*sides[1], *sides[0])):
        old, new = sides[0].get(key, []), sides[1].get(key, [])
        shown = (new or old)[0]
        names = tuple(sorted({name for passage in (*old, *new) for name in passage.names} & touched))
        texts = [tuple(passage.text for passage in side) for side in (old, new)]
        found.append(Sentences(shown.page, shown.anchor, shown.section, names, *texts))
    return tuple(found)


def _by_section(contents: Contents, touched: set[str]) -> dict[tuple[str, str], list[Passage]]:
    found: dict[tuple[str, str], list[Passage]] = {}
    for page in contents.pages.values():
        for passage in page.sentences:
            if touched.intersection(passage.names):
                found.setdefault((passage.page, passage.anchor), []).append(passage)
    return found


def _figures(after: Contents, touched: set[str]) -> tuple[Figure, ...]:
    return tuple(
        Figure(figure.page, figure.anchor, figure.section, tuple(sorted(touched.intersection(figure.names))))
        for page in after.pages.values()
        for figure in page.figures
        if touched.intersection(figure.names)
    )
