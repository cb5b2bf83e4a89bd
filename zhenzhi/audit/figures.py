"""The figures that checks work on: claims, outside figures, and lengths of time, as quantities."""

from collections.abc import Iterator
from fractions import Fraction

from zhenzhi import dates
from zhenzhi.quantity import Interval, Quantity, allowed
from zhenzhi.tables import Tables

#: Statuses under which a figure is set, not measured, so that it is not rounded.
_SET_STATUSES = ("planned", "pledged")

#: Kinds that count the parts of something or name it, and so are not rounded.
_SET_KINDS = ("count-of-components", "frequency", "label")


class CheckError(Exception):
    """What is wrong with a check, without where it stands."""


def quantity_of(tables: Tables, claim_id: str, rounding: str = "half") -> Quantity | None:
    """The quantity that a claim states; ``None`` for a label without a value. See ``quantity.allowed`` for ``rounding``."""
    claim = tables.claims.loc[claim_id]
    if claim["value"] is None:
        return None
    counted = tables.units.at[claim["unit"], "counted"]
    interval = allowed(
        claim["as_written"],
        claim["value"],
        claim["qualifier"],
        value_high=claim["value_high"],
        counted=counted,
        rounded=claim["status"] not in _SET_STATUSES and claim["kind"] not in _SET_KINDS,
        rounding=rounding,
    )
    return Quantity(Fraction(claim["value"]), claim["unit"], interval, counted)


def external_quantity(tables: Tables, external_id: str) -> Quantity:
    """An outside figure. How it was written is not recorded, so it is taken as rounded at its last digit that is not zero;
    a count below a thousand is taken as it stands."""
    row = tables.external.loc[external_id]
    value, counted = Fraction(row["value"]), bool(tables.units.at[row["unit"], "counted"])
    if counted and abs(value) < 1000:
        return Quantity(value, row["unit"], Interval.exactly(value), counted)
    step = Fraction(1, 10 ** max(0, -row["value"].as_tuple().exponent))
    while value and value % (step * 10) == 0:
        step *= 10
    return Quantity(value, row["unit"], Interval(value - step / 2, value + step / 2), counted)


def days(start: str, end: str) -> Interval:
    """The number of days from ``start`` to ``end``, both included, over all days that the two EDTF dates may mean."""
    (earliest, latest), (soonest, last) = dates.bounds(start), dates.bounds(end)
    return Interval(Fraction((soonest - latest).days + 1), Fraction((last - earliest).days + 1))


class Figures:
    """The figures of one check by the part they take in it.

    A part is a claim or outside figure, or a list of them; an item of a list may itself be a list, whose product it is.
    """

    def __init__(self, tables: Tables, check: dict, rounding: str = "half"):
        self.tables = tables
        self.rounding = rounding
        self.check = check
        self.claims = check["claims"]
        self.names = list(_names(self.claims))
        for name in self.names:
            if name not in tables.claims.index and name not in tables.external.index:
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

    def length(self, part: str) -> Interval:
        """The days of the period of a part."""
        claim = self.tables.claims.loc[self.claims[part]]
        if claim["period_start"] is None or claim["period_end"] is None:
            raise CheckError(f"key claims.{part}: {self.claims[part]!r} has no period; expected a start and an end")
        return days(claim["period_start"], claim["period_end"])

    def listed(self) -> int:
        """The number of parts that the text lists: of the model that the check names, or as the check says."""
        if "listed" in self.check:
            return self.check["listed"]
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
        return unit

    def words(self) -> dict[str, str]:
        """References to the figures by part, for the sentence of the check."""
        return {
            part: ", ".join(self._reference(item) for item in _as_list(value)) for part, value in self.claims.items()
        }

    def _reference(self, item: str | list) -> str:
        if isinstance(item, list):
            return " × ".join(self._reference(name) for name in item)
        return f"{{claim}}`{item}`" if item in self.tables.claims.index else f"{{external}}`{item}`"

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
        if name in self.tables.claims.index:
            quantity = quantity_of(self.tables, name, self.rounding)
            if quantity is None:
                raise CheckError(f"key claims: {name!r} is a label without a value; expected a figure")
        else:
            quantity = external_quantity(self.tables, name)
        row = self.tables.units.loc[quantity.unit]
        if row.get("base_unit") is None:
            return quantity
        factor = Fraction(row["factor"])
        scaled = quantity.interval.scaled(factor)
        return Quantity(quantity.value * factor, row["base_unit"], scaled, counted=False)


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
