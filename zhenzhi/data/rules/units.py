"""Units and figures: derived once, whole where things are counted, and as a page outside has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from zhenzhi.amounts.numerals import find
from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _things_are_counted_whole(tables: Tables) -> Iterator[Problem]:
    counted = dict(zip(tables.units["unit"], tables.units["counted"], strict=True))
    for table in ("claims", "external"):
        for line, unit, value in rows_of(tables.frames[table], "unit", "value"):
            if value is not None and counted.get(unit) and value % 1:
                yield Problem(cell_of(table, line, "value"), f"{value} of {unit}; expected a whole number of things")


def _standard_indicators_keep_their_unit(tables: Tables) -> Iterator[Problem]:
    """A standard indicator that the book has taken is told in the same unit there."""
    units = dict(zip(tables.indicators["indicator_id"], tables.indicators["unit"], strict=True))
    for line, name, unit in rows_of(tables.standard_indicators, "indicator_id", "unit"):
        if (own := units.get(name, unit)) != unit:
            yield Problem(
                cell_of("standard_indicators", line, "unit"),
                f"{unit!r}, but {name!r} is told in {own!r} in indicators.csv; expected the same, or another name",
            )


def _units_are_derived_once(tables: Tables) -> Iterator[Problem]:
    bases = dict(zip(tables.units["unit"], tables.units["base_unit"], strict=True))
    for line, unit, base, factor in rows_of(tables.units, "unit", "base_unit", "factor"):
        cell = partial(cell_of, "units", line)
        if (base is None) != (factor is None):
            yield Problem(
                cell("base_unit" if base is None else "factor"), "empty; expected both base_unit and factor or neither"
            )
        if base == unit or bases.get(base) is not None:
            yield Problem(cell("base_unit"), f"{base!r} is no base; expected a unit that has none itself")
        if factor is not None and factor <= 0:
            yield Problem(cell("factor"), f"{factor}; expected a number above zero")


def _outside_figures_are_as_written(tables: Tables) -> Iterator[Problem]:
    """Where the wording of a page is recorded, the value is the one that it says."""
    for line, words, value in rows_of(tables.external, "as_written", "value"):
        found = [token.value for token in find(words)] if words else []
        if words and value is not None and abs(value) not in found:
            says = " or ".join(str(number) for number in found) or "no number"
            yield Problem(
                cell_of("external", line, "value"), f"{value} beside {words!r}, which says {says}; expected the same"
            )
    for line, unit, value in rows_of(tables.external, "unit", "value"):
        if value is not None and unit != "percent" and value < 0:
            yield Problem(cell_of("external", line, "value"), f"{value} {unit}; expected a number that is not negative")


RULES: tuple[Rule, ...] = (
    _things_are_counted_whole,
    _standard_indicators_keep_their_unit,
    _units_are_derived_once,
    _outside_figures_are_as_written,
)
