"""The figures that checks work on: claims, outside figures, and lengths of time, as quantities."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from zhenzhi.amounts import wording
from zhenzhi.amounts.grammar import read
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.data import dates
from zhenzhi.data.derivation import phrase_of
from zhenzhi.data.tables import Tables

#: Statuses under which a figure is set, not measured, so that it is not rounded.
SET_STATUSES = ("planned", "pledged")

#: Kinds that count the parts of something or name it, and so are not rounded.
_SET_KINDS = ("count-of-components", "frequency", "label")


class CheckError(Exception):
    """What is wrong with a check, without where it stands."""


def quantity_of(tables: Tables, claim_id: str, rounding: str = "half") -> Quantity | None:
    """The quantity that a claim states; ``None`` for a label without a value. See ``wording.bounds`` for ``rounding``."""
    claim = tables.stated[claim_id]
    if claim.value is None:
        return None
    if claim.status in SET_STATUSES or claim.kind in _SET_KINDS:
        rounding = "none"
    counted = bool(tables.unit_rows[claim.unit]["counted"])
    high = None if claim.value_high is None else str(claim.value_high)
    # As strings: 1.0 and 1 are equal numbers that say different things.
    return _quantity(
        claim.as_written,
        str(claim.value),
        high,
        claim.qualifier,
        claim.unit,
        counted,
        rounding,
        tables.lexicon,
    )


@lru_cache(maxsize=16384)
def _quantity(
    as_written: str,
    value: str,
    high: str | None,
    qualifier: str,
    unit: str,
    counted: bool,
    rounding: str,
    lexicon: Lexicon,
) -> Quantity | None:
    """What a phrase states with these cells beside it, worked out once for all claims that say the same."""
    phrase = phrase_of(as_written, Decimal(value), None if high is None else Decimal(high), qualifier, lexicon)
    usual, strict = (phrase.bounds(reading, rounding, whole=counted) for reading in wording.READINGS)
    if usual is None or phrase.low is None:
        return None
    return Quantity(Fraction(value), unit, usual, counted, None if strict == usual else strict, phrase.low.step)


def external_quantity(tables: Tables, external_id: str) -> Quantity:
    """An outside figure: what its wording allows, where that is recorded.

    Where it is not, the figure is taken as rounded at its last digit that is not zero, and a count below a thousand as
    it stands.
    """
    row = tables.external_rows[external_id]
    value, counted = Fraction(row["value"]), bool(tables.unit_rows[row["unit"]]["counted"])
    if row.get("as_written"):
        phrase = read(row["as_written"], tables.lexicon)
        usual, strict = (phrase.bounds(reading, whole=counted) for reading in wording.READINGS)
        if usual is not None and phrase.low is not None:
            return Quantity(value, row["unit"], usual, counted, None if strict == usual else strict, phrase.low.step)
    step = Fraction(1, 10 ** max(0, -row["value"].as_tuple().exponent))
    if counted and abs(value) < 1000:
        return Quantity(value, row["unit"], Interval.exactly(value), counted, step=step)
    while value and value % (step * 10) == 0:
        step *= 10
    return Quantity(value, row["unit"], Interval(value - step / 2, value + step / 2), counted, step=step)


def days(start: str, end: str) -> Interval:
    """The number of days from ``start`` to ``end``, both included, over all days that the two EDTF dates may mean."""
    (earliest, latest), (soonest, last) = dates.bounds(start), dates.bounds(end)
    return Interval(Fraction((soonest - latest).days + 1), Fraction((last - earliest).days + 1))


class Inputs:
    """The figures of one check by the part they take in it.

    A part is a claim or outside figure, or a list of them; an item of a list may itself be a list, whose product it is.

    Args:
        rounding: how rounded figures came about (see ``wording.bounds``).
        reading: ``usual``, or ``strict`` where a word such as over or nearly leaves one side open.
        others: values that figures have in place of their own, by name.
    """

    def __init__(
        self,
        tables: Tables,
        check: dict,
        rounding: str = "half",
        reading: str = "usual",
        others: Mapping[str, Fraction] = MappingProxyType({}),
    ):
        self.tables = tables
        self.rounding = rounding
        self.reading = reading
        self.others = others
        self._known: dict[str, Quantity] = {}
        self.check = check
        self.claims = check["claims"]
        self.names = list(_names(self.claims))
        for name in self.names:
            if name not in tables.stated and name not in tables.external_rows:
                raise CheckError(
                    f"key claims: {name!r} is unknown; expected a claim_id of claims.csv or an external_id"
                )

    def one(self, part: str) -> Quantity:
        """The figure of a part that the check must have."""
        if part not in self.claims:
            raise CheckError(f"key claims: the part {part!r} is missing for a check of type {self.check['type']}")
        return self._product(self.claims[part])

    def maybe(self, part: str) -> Quantity | None:
        """The figure of a part that the check may have."""
        return self.one(part) if part in self.claims else None

    def several(self, part: str, least: int = 1) -> list[Quantity]:
        """The figures of a part that is a list of at least so many."""
        given = self.claims.get(part)
        kind = self.check["type"]
        if not isinstance(given, list):
            raise CheckError(f"key claims: the part {part!r} must be a list for a check of type {kind}")
        if len(given) < least or [] in given:
            raise CheckError(f"key claims: the part {part!r} has too few figures for a check of type {kind}")
        return [self._product(item) for item in self.claims[part]]

    def proportion(self, part: str) -> Interval:
        """A share or change in per cent. A rise of 2 times is 200 per cent; a figure 2 times as large has risen by 100."""
        quantity = self.one(part)
        if quantity.unit != "times":
            return quantity.interval
        stated = self.tables.stated.get(self.claims[part])
        percent = quantity.interval.scaled(Fraction(100))
        as_large = stated is not None and stated.kind == "ratio" and part == "growth"
        return percent - Interval.exactly(100) if as_large else percent

    def units_of(self, *parts: str) -> list[tuple[str, str]]:
        """The figures of some parts by name, each with its base unit; a product stands by its last factor."""
        names = [
            item[-1] if isinstance(item, list) else item
            for part in parts
            if part in self.claims
            for item in _as_list(self.claims[part])
        ]
        return [(name, self._figure(name).unit) for name in names]

    def unit_of(self, part: str) -> tuple[str, str]:
        """The one figure of a part that the check must have, by name, with its base unit."""
        self.one(part)
        return self.units_of(part)[0]

    def counts(self, unit: str) -> bool:
        """Whether a unit counts whole things."""
        return bool(self.tables.unit_rows[unit]["counted"])

    def part_of(self, name: str) -> str:
        """The part in which a figure first stands."""
        return next(part for part, value in self.claims.items() if name in _names(_as_list(value)))

    def length(self, part: str) -> Interval:
        """The days of the period of a part."""
        claim = self.tables.claims.loc[self.claims[part]]
        if claim["period_start"] is None or claim["period_end"] is None:
            raise CheckError(f"key claims.{part}: {self.claims[part]!r} has no period; expected a start and an end")
        return days(claim["period_start"], claim["period_end"])

    def span(self, unit: str) -> Interval:
        """The days or years from the first to the last date of the check or, without one, of the period of its claim.

        Both ends count, but for an anniversary, which counts what has passed.
        """
        claim = self.claims["stated"]
        start, end = (
            str(self.check.get(name) or self._period(claim, f"period_{name}") or "") for name in ("start", "end")
        )
        if not (start and end):
            raise CheckError(
                f"key claims.stated: {claim!r} has no period and the check no dates; expected start and end"
            )
        if unit == "day":
            return days(start, end)
        return Interval.exactly(int(end[:4]) - int(start[:4]) + (not self.check.get("anniversary", False)))

    def _period(self, name: str, column: str) -> str | None:
        return self.tables.claims.at[name, column] if name in self.tables.claims.index else None

    def listed(self) -> int:
        """The number of parts that the text lists: as claims, of the model that the check names, or as the check says."""
        if "parts" in self.claims:
            return len(self.several("parts"))
        if "listed" in self.check:
            listed = self.check["listed"]
            if not isinstance(listed, int) or isinstance(listed, bool) or listed < 0:
                raise CheckError(f"key listed: {listed!r}; expected a whole number that is not negative")
            return listed
        model = self.check.get("model")
        models = self.tables.models
        if model not in models.index or models.at[model, "listed_count"] is None:
            raise CheckError(f"key model: {model!r}; expected a model_id of models.csv with a listed_count")
        return models.at[model, "listed_count"]

    def unit(self) -> str:
        """The unit that the check gives for its result."""
        unit = self.check.get("unit")
        if unit not in self.tables.units.index:
            raise CheckError(f"key unit: {unit!r} is unknown; expected a unit of units.csv")
        return str(unit)

    def words(self) -> dict[str, tuple[str, ...]]:
        """References to the figures by part, for the sentence of the check."""
        return {part: tuple(self._reference(item) for item in _as_list(value)) for part, value in self.claims.items()}

    def _reference(self, item: str | list) -> str:
        if isinstance(item, list):
            return " × ".join(self._reference(name) for name in item)
        return f"{{claim}}`{item}`" if item in self.tables.stated else f"{{external}}`{item}`"

    def _product(self, item: str | list) -> Quantity:
        if not isinstance(item, list):
            return self._figure(item)
        factors = [self._figure(name) for name in item]
        interval = factors[0].interval
        for factor in factors[1:]:
            interval = interval * factor.interval
        return Quantity(None, factors[-1].unit, interval, factors[-1].counted)

    def _figure(self, name: str) -> Quantity:
        """A figure in its base unit: 100 li are 50 km."""
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def written(self, name: str) -> Quantity:
        """A figure as it is written, in its own unit.

        Raises:
            CheckError: it is a label without a value.
        """
        if name not in self.tables.stated:
            return external_quantity(self.tables, name)
        quantity = quantity_of(self.tables, name, self.rounding)
        if quantity is None:
            raise CheckError(f"key claims: {name!r} is a label without a value; expected a figure")
        return quantity

    def _read(self, name: str) -> Quantity:
        quantity = self.written(name)
        if name in self.others:
            quantity = quantity.moved(self.others[name])
        if self.reading == "strict":
            quantity = replace(quantity, interval=quantity.strict or quantity.interval)
        row = self.tables.unit_rows[quantity.unit]
        if row.get("base_unit") is None:
            return quantity
        factor = Fraction(row["factor"])
        value = None if quantity.value is None else quantity.value * factor
        return Quantity(value, row["base_unit"], quantity.interval.scaled(factor), counted=False)


def _as_list(value: str | list) -> list:
    return value if isinstance(value, list) else [value]


def _names(claims) -> Iterator[str]:
    if isinstance(claims, dict):
        claims = list(claims.values())
    for item in _as_list(claims):
        if isinstance(item, list):
            yield from _names(item)
        else:
            yield item
