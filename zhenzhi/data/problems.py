"""What is wrong with the data package, as a person reads it, with the place that it is told of kept beside the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: How many lines of one file a place names before it counts the rest.
_NAMED = 5


class Row(NamedTuple):
    """A row of a table: the line of its file that it stands in, and its name where that helps to find it."""

    table: str
    line: int
    name: str = ""


class Place(NamedTuple):
    """Cells of the data package: rows, and the column; none where the rows as a whole are meant."""

    rows: tuple[Row, ...]
    column: str = ""

    def __str__(self) -> str:
        told = "; ".join(_told(table, list(own)) for table, own in groupby(self.rows, key=lambda row: row.table))
        return f"{told}, column {self.column}" if self.column else told

    def moved(self, stands: Callable[[Row], Row]) -> Place:
        """The place with each row where ``stands`` says that it stands."""
        return self._replace(rows=tuple(map(stands, self.rows)))


def cell_of(table: str, line: int, column: str = "", name: str = "") -> Place:
    """The cell of one row, or the row."""
    return Place((Row(table, line, name),), column)


def _told(table: str, rows: list[Row]) -> str:
    """Rows of one file: ``claims.csv, row 3``, ``claims.csv, rows 3, 4, 5, 6 and 12 more``."""
    lines = [str(row.line) for row in rows]
    if len(lines) > _NAMED:
        lines = [*lines[: _NAMED - 1], f"{len(lines) - _NAMED + 1} more"]
    *others, last = lines
    names = ", ".join(row.name for row in rows[:_NAMED] if row.name)
    return (
        f"{table}.csv, "
        + (f"rows {', '.join(others)} and {last}" if others else f"row {last}")
        + (f" ({names})" if names else "")
    )


class Problem(str):
    """One line: where, what is wrong, what was expected.

    Args:
        where: cells of tables, or a place in a file that has no rows, in words.
        fault: what is wrong there, and what was expected.
        first: where what may stand once stands already.

    Attributes:
        place: the cells; ``None`` where there are no rows.
        fault, first: as given.
    """

    place: Place | None
    fault: str
    first: Place | str | None

    def __new__(cls, where: Place | str, fault: str, first: Place | str | None = None) -> Problem:
        made = super().__new__(cls, f"{where}: {fault}" + (f"; the first is in {first}" if first else ""))
        made.place = where if isinstance(where, Place) else None
        made.fault = fault
        made.first = first
        return made

    def moved(self, stands: Callable[[Row], Row]) -> Problem:
        """The problem with each row where ``stands`` says that it stands."""
        if self.place is None:
            return self
        first = self.first.moved(stands) if isinstance(self.first, Place) else self.first
        return Problem(self.place.moved(stands), self.fault, first)


#: What takes the tables and tells where they disagree.
Rule = Callable[["Tables"], Iterator[Problem]]
