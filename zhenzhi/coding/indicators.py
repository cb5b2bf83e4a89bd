"""Indicators that rows of a document bring to the book, and those that no row needs any more."""

from collections.abc import Iterable, Iterator

from zhenzhi.coding.edit import Edit, Row
from zhenzhi.data import rendering, standard, translation
from zhenzhi.data.problems import Problem, cell_of
from zhenzhi.data.rows import line_of
from zhenzhi.data.tables import Tables

_TABLE = "indicators"

#: Cells of an indicator that a person describes; its name stands in the row that has it.
CELLS = ("name_zh", "name_en", "definition_zh", "definition", "unit", "topic")


def describe(edit: Edit, indicator_id: str, cells: Row) -> None:
    """Puts a new indicator behind the others.

    Raises:
        ValueError: a cell is none of an indicator.
    """
    if unknown := sorted(set(cells) - set(CELLS)):
        raise ValueError(f"no cells of an indicator: {', '.join(unknown)}")
    described = {column: cell.strip() for column, cell in cells.items()}
    edit.write_rows(_TABLE, [*edit.rows(_TABLE), {"indicator_id": indicator_id, **described}])


def take_standard(edit: Edit, before: Tables, claims: Iterable[Row]) -> None:
    """Puts the standard indicators that claims are the first to have behind the others."""
    new = standard.rows(before, [row["indicator_id"] for row in claims])
    edit.write_rows(_TABLE, [*edit.rows(_TABLE), *new])


def drop_unused(edit: Edit, rows: Iterable[Row]) -> list[str]:
    """Takes out the indicators of rows that were given up, where no claim and no proposal has them; returns their names."""
    used = {row["indicator_id"] for table in ("claims", "drafts") for row in edit.rows(table)}
    given_up = {row["indicator_id"] for row in rows} - used
    known = edit.rows(_TABLE)
    edit.write_rows(_TABLE, [row for row in known if row["indicator_id"] not in given_up])
    return [row["indicator_id"] for row in known if row["indicator_id"] in given_up]


def untold(tables: Tables, indicator_id: str) -> Iterator[Problem]:
    """What of an indicator is not told in Chinese, or not as in English."""
    line = line_of(tables.indicators.index.get_loc(indicator_id))
    for find in (translation.untranslated, translation.differing, rendering.misrendered):
        for problem in find(tables):
            for column in CELLS:
                place = cell_of(_TABLE, line, column, indicator_id)
                if problem.startswith(f"{place}: "):
                    yield Problem(place, problem.removeprefix(f"{place}: "))
