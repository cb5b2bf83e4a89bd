"""Dates: a period runs forward, and nothing is told before it happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zhenzhi import __date__
from zhenzhi.data import dates
from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _periods_run_forward(tables: Tables) -> Iterator[Problem]:
    for line, start, end in rows_of(tables.claims, "period_start", "period_end"):
        first, last = _days(start), _days(end)
        if first and last and first[0] > last[1]:
            yield Problem(
                cell_of("claims", line, "period_end"), f"{end} lies before period_start, {start}; expected a later date"
            )


def _nothing_is_told_before_it_happened(tables: Tables) -> Iterator[Problem]:
    """A reported result lies before its document; nothing was published after the date of this version of the book."""
    today = date.fromisoformat(__date__)
    published = {name: _days(day) for _, name, day in rows_of(tables.documents, "document_id", "published")}
    document_of = tables.document_of
    rows = rows_of(tables.claims, "article_id", "status", "period_start", "period_end")
    for line, article, status, *period in rows:
        day = published.get(document_of.get(article, ""))
        for column, edtf in zip(("period_start", "period_end"), period, strict=True):
            about = _days(edtf)
            if status == "reported" and day and about and about[0] > day[1]:
                yield Problem(
                    cell_of("claims", line, column),
                    f"a result of {edtf}, reported by {day[1]}; "
                    "expected a date before the publication, or another status",
                )
    for table, columns in (("documents", ["published"]), ("external", ["published", "period"])):
        for line, published_on, *ended in rows_of(tables.frames[table], *columns):
            known = _days(published_on)
            if known and known[0] > today:
                fault = f"{published_on} lies in the future; expected a day up to {today}"
                yield Problem(cell_of(table, line, "published"), fault)
            lasted = _days(ended[0]) if ended else None
            if known and lasted and lasted[0] > known[1] and (known[1] < today):
                yield Problem(
                    cell_of(table, line, "period"),
                    f"{ended[0]} begins after the publication, {published_on}; expected a date before it",
                )


def _days(edtf: str | None) -> tuple[date, date] | None:
    try:
        return None if edtf is None else dates.bounds(edtf)
    except ValueError:  # told already by the reading of the cell
        return None


RULES: tuple[Rule, ...] = (
    _periods_run_forward,
    _nothing_is_told_before_it_happened,
)
