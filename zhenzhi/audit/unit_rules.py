"""Which figures a check may put together: their units must agree, or their quotient must have the unit that is stated.

A unit of ``units.csv`` is simple (yuan, grid), a multiple of another (li, of km), or a quotient: the column ``of`` names
what is counted, ``per`` for each of what, separated by blanks (task-per-grid-day is a task per grid and day).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from zhenzhi.audit.inputs import CheckError, Inputs

#: Units of a pure number: a share, a change, a multiple.
PURE = ("percent", "times")

#: The unit of things of any kind: seven things of seven kinds are seven items.
ANY_KIND = "item"

#: The rows of ``units.csv`` by name.
Units = Mapping[str, Mapping[str, Any]]


def dimension(units: Units, unit: str) -> Counter:
    """The simple units of which a unit is made, each with its exponent; a pure number has none."""
    if unit in PURE:
        return Counter()
    row = units[unit]
    if row.get("of") is None:
        return Counter({row.get("base_unit") or unit: 1})
    found = Counter({name: 1 for name in row["of"].split()})
    found.subtract(row["per"].split())
    return _without_zeros(found)


def quotient(units: Units, above: str, below: Iterable[str]) -> Counter:
    """What the dimension of one unit divided by others is."""
    found = Counter(dimension(units, above))
    for unit in below:
        found.subtract(dimension(units, unit))
    return _without_zeros(found)


def alike(inputs: Inputs, *parts: str) -> None:
    """Requires that all figures of some parts have one unit; counts of several kinds make up items.

    Raises:
        CheckError: a figure has another unit.
    """
    found = inputs.units_of(*parts)
    if not found:
        return
    name, unit = next((pair for pair in reversed(found) if pair[1] == ANY_KIND), found[0])
    for other, its_unit in found:
        if its_unit != unit and not (unit == ANY_KIND and inputs.counts(its_unit)):
            raise _unlike(inputs, other, its_unit, f"{unit}, the unit of {name!r}")


def alike_or_counted(inputs: Inputs, *parts: str) -> None:
    """Requires one unit, or counts throughout: as many heads as grids.

    Raises:
        CheckError: a figure has another unit and one of the two is no count.
    """
    found = inputs.units_of(*parts)
    if not all(inputs.counts(unit) for _, unit in found):
        alike(inputs, *parts)


def alike_in_kind(inputs: Inputs, *parts: str) -> None:
    """Requires that the same thing is counted, be it a total or for each of something: a day's total, an average a day.

    Raises:
        CheckError: a figure counts something else.
    """
    units = inputs.tables.unit_rows
    kinds = [(name, unit, units[unit].get("of") or unit) for name, unit in inputs.units_of(*parts)]
    for name, unit, kind in kinds[1:]:
        if kind != kinds[0][2]:
            raise _unlike(inputs, name, unit, f"{kinds[0][1]}, the unit of {kinds[0][0]!r}")


def proportion(inputs: Inputs, part: str) -> None:
    """Requires a share or a change: per cent, or so many times.

    Raises:
        CheckError: the figure has another unit.
    """
    for name, unit in inputs.units_of(part):
        if unit not in PURE:
            raise _unlike(inputs, name, unit, " or ".join(PURE))


def counted(inputs: Inputs, part: str) -> None:
    """Requires a count of whole things.

    Raises:
        CheckError: the figure has another unit.
    """
    for name, unit in inputs.units_of(part):
        if not inputs.counts(unit):
            raise _unlike(inputs, name, unit, "a unit that counts whole things")


def time(inputs: Inputs, part: str) -> None:
    """Requires a number of days or years.

    Raises:
        CheckError: the figure has another unit.
    """
    for name, unit in inputs.units_of(part):
        if unit not in ("day", "year"):
            raise _unlike(inputs, name, unit, "day or year")


def average(inputs: Inputs) -> None:
    """Requires that the total for each unit and day has the unit of the average.

    Raises:
        CheckError: it has another.
    """
    units = inputs.tables.unit_rows
    total, reported = (inputs.unit_of(part) for part in ("total", "reported"))
    days = inputs.units_of("days")
    for name, unit in days:
        if unit != "day":
            raise _unlike(inputs, name, unit, "day")
    found = quotient(units, total[1], ["day", *(unit for _, unit in inputs.units_of("units"))])
    if found != dimension(units, reported[1]):
        raise _unlike(inputs, *reported, _written(found))


def difference(inputs: Inputs) -> None:
    """Requires one unit; the difference of two shares in per cent is in percentage points.

    Raises:
        CheckError: a figure has another unit.
    """
    alike(inputs, "earlier", "later")
    (_, unit), (name, found) = inputs.unit_of("earlier"), inputs.unit_of("difference")
    expected = "percentage-point" if unit == "percent" else unit
    if found != expected:
        raise _unlike(inputs, name, found, expected)


def ratio(inputs: Inputs) -> None:
    """Requires that an amount for each of something has the unit that the check gives; of like by like it is a number.

    Raises:
        CheckError: it has another.
    """
    units = inputs.tables.unit_rows
    amount, each = (inputs.unit_of(part)[1] for part in ("amount", "each"))
    found, given = quotient(units, amount, [each]), dimension(units, inputs.unit())
    if not found and (not given or units[inputs.unit()].get("of") is None):
        return
    if found != given:
        raise CheckError(f"key unit: {inputs.unit()!r} is no unit of {amount} by {each}; expected {_written(found)}")


def product(inputs: Inputs) -> None:
    """Requires counts times an amount, and that the product has the unit of the amount or, where that is for each of what the
    counts count, of what it is: households times yuan a household are yuan.

    Raises:
        CheckError: a factor but the last is no count, or the product has another unit.
    """
    inputs.several("factors")
    *times, last = inputs.units_of("factors")
    for name, unit in times:
        if not inputs.counts(unit) and unit not in PURE:
            raise _unlike(inputs, name, unit, "a count, or the amount as the last factor")
    units = inputs.tables.unit_rows
    for name, unit in inputs.units_of("product"):
        if unit != last[1] and quotient(units, unit, [count for _, count in times]) != dimension(units, last[1]):
            raise _unlike(inputs, name, unit, f"{last[1]}, the unit of {last[0]!r}")
    if "product" not in inputs.claims and inputs.unit() != last[1]:
        raise CheckError(f"key unit: {inputs.unit()!r} is not the unit of the last factor; expected {last[1]}")


def _unlike(inputs: Inputs, name: str, unit: str, expected: str) -> CheckError:
    return CheckError(f"key claims.{inputs.part_of(name)}: {name!r} is in {unit}; expected {expected}")


def _written(found: Counter) -> str:
    above = " ".join(unit for unit, power in found.items() if power > 0) or "a number"
    below = " and ".join(unit for unit, power in found.items() if power < 0)
    return f"{above} per {below}" if below else above


def _without_zeros(found: Counter) -> Counter:
    return Counter({unit: power for unit, power in found.items() if power})
