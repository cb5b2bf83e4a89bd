"""The audit: recomputes what the claims state about each other, within the bounds that their wording allows.

Checks are data (``checks.yml``); each names its type and its claims. A check of figures that stand next to each other
follows statcheck (recompute at the rounding bounds; Nuijten et al. 2016) and GRIM (a share of whole things must come from
whole numbers; Brown and Heathers 2017). Arithmetic is exact.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from zhenzhi import dates
from zhenzhi.errors import DataError
from zhenzhi.quantity import Interval, Quantity, allowed
from zhenzhi.tables import Tables

CONSISTENT, INCONSISTENT, UNDETERMINED = "consistent", "inconsistent", "undetermined"

#: Statuses under which a figure is set, not measured, so that it is not rounded.
_SET_STATUSES = ("planned", "pledged")


@dataclass(frozen=True)
class Result:
    """What a check found.

    Attributes:
        check_id: the check.
        type: its type, a key of ``CHECKS``.
        verdict: consistent, inconsistent or undetermined.
        claims: the claims it compares, in the order in which the check names them.
        unit: the unit of ``computed`` and ``reported``.
        computed: the values that follow from the other claims.
        reported: the values that the claim under test may stand for, where one states them.
        reason: key of the sentence in ``labels.yml`` that tells the reasoning, and
        words: the references that fill its gaps.
        quantities: what follows and is not stated, by name: the base of a growth rate, the rest of a share.
    """

    check_id: str
    type: str
    verdict: str
    claims: tuple[str, ...]
    unit: str
    computed: Interval
    reported: Interval | None
    reason: str
    words: Mapping[str, str]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)


class _Finding(NamedTuple):
    verdict: str
    unit: str
    computed: Interval
    reported: Interval | None
    reason: str
    quantities: Mapping[str, Quantity]


def quantity_of(tables: Tables, claim_id: str) -> Quantity | None:
    """The quantity that a claim states; ``None`` for a label without a value."""
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
        rounded=claim["status"] not in _SET_STATUSES,
    )
    return Quantity(Fraction(claim["value"]), claim["unit"], interval, counted)


def days(start: str, end: str) -> Interval:
    """The number of days from ``start`` to ``end``, both included, over all days that the two EDTF dates may mean."""
    (earliest, latest), (soonest, last) = dates.bounds(start), dates.bounds(end)
    shortest, longest = (soonest - latest).days + 1, (last - earliest).days + 1
    return Interval(Fraction(shortest), Fraction(longest))


def compare(computed: Interval, reported: Interval) -> str:
    """The verdict on a reported figure, given the values computed for it.

    A bounded figure is consistent when some value fits both. A one-sided figure (over 10) is consistent when every
    computed value keeps to it, and undetermined when only some do.
    """
    if not computed.meets(reported):
        return INCONSISTENT
    if reported.is_bounded or computed.within(reported):
        return CONSISTENT
    return UNDETERMINED


def _whole(interval: Interval) -> Interval | None:
    """The interval shrunk to its whole numbers; ``None`` where it has none."""
    numbers = interval.whole_numbers()
    return Interval(Fraction(numbers[0]), Fraction(numbers[-1])) if numbers else None


def _share(claims: Mapping[str, Quantity]) -> _Finding:
    """A share in per cent of a whole, with or without the part stated."""
    share, part, whole = claims["share"], claims.get("part"), claims.get("whole")
    if part and whole:
        computed = part.interval / whole.interval * Interval.exactly(100)
        rest = Quantity(None, part.unit, whole.interval - part.interval, part.counted)
        return _Finding(
            compare(computed, share.interval), "percent", computed, share.interval, "share-of-both", {"rest": rest}
        )
    fraction = share.interval / Interval.exactly(100)
    if whole:
        fits = whole.interval * fraction
        reason, name = "share-of-whole", "part"
    else:
        fits = part.interval / fraction
        reason, name = "share-of-part", "whole"
    known = whole or part
    shrunk = _whole(fits) if known.counted else fits
    if shrunk is None:
        return _Finding(INCONSISTENT, known.unit, fits, None, "share-fits-none", {})
    found = {name: Quantity(None, known.unit, shrunk, known.counted)}
    if whole:
        found["rest"] = Quantity(None, known.unit, whole.interval - shrunk, known.counted)
        return _Finding(CONSISTENT, known.unit, shrunk, None, reason, found)
    found["rest"] = Quantity(None, known.unit, shrunk - part.interval, known.counted)
    return _Finding(UNDETERMINED, known.unit, shrunk, None, reason, found)


def _growth(claims: Mapping[str, Quantity]) -> _Finding:
    """A figure and its growth rate in per cent: what the figure of the year before must have been."""
    current, growth = claims["current"], claims["growth"]
    factor = Interval.exactly(1) + growth.interval * Interval.exactly(Fraction(1, 100))
    base = current.interval / factor
    quantities = {"base": Quantity(None, current.unit, base, current.counted)}
    return _Finding(UNDETERMINED, current.unit, base, None, "growth-base", quantities)


def _average(claims: Mapping[str, Quantity], length: Interval) -> _Finding:
    """A total over units and days against the average that is stated."""
    total, units, reported = claims["total"], claims["units"], claims["reported"]
    computed = total.interval / units.interval / length
    quantities = {
        "average": Quantity(None, reported.unit, computed),
        "days": Quantity(None, "day", length, counted=True),
    }
    verdict = compare(computed, reported.interval)
    return _Finding(verdict, reported.unit, computed, reported.interval, "average", quantities)


def _sum(claims: Mapping[str, Quantity]) -> _Finding:
    """Parts that add up to a whole, stated or not."""
    parts = [quantity for name, quantity in claims.items() if name != "whole"]
    computed = parts[0].interval
    for part in parts[1:]:
        computed = computed + part.interval
    whole = claims.get("whole")
    quantities = {"sum": Quantity(None, parts[0].unit, computed, parts[0].counted)}
    if whole is None:
        return _Finding(UNDETERMINED, parts[0].unit, computed, None, "sum-unstated", quantities)
    verdict = compare(computed, whole.interval)
    return _Finding(verdict, whole.unit, computed, whole.interval, "sum-stated", quantities)


def _match(claims: Mapping[str, Quantity]) -> _Finding:
    """Two counts of which the text lets one expect that they are equal."""
    first, second = claims["first"], claims["second"]
    verdict = compare(first.interval, second.interval)
    return _Finding(verdict, first.unit, first.interval, second.interval, f"match-{verdict}", {})


def _listed(claims: Mapping[str, Quantity], listed: int) -> _Finding:
    """A number of parts announced against the number of parts that the text lists."""
    stated, found = claims["stated"], Interval.exactly(listed)
    quantities = {"listed": Quantity(None, stated.unit, found, counted=True)}
    verdict = compare(found, stated.interval)
    return _Finding(verdict, stated.unit, found, stated.interval, f"listed-{verdict}", quantities)


#: The types of check: a function of the named claims, and of what else the check needs.
CHECKS: dict[str, Callable[..., _Finding]] = {
    "share": _share,
    "growth": _growth,
    "average": _average,
    "sum": _sum,
    "match": _match,
    "listed": _listed,
}


def run(tables: Tables) -> dict[str, Result]:
    """Runs every check of ``checks.yml``.

    Returns:
        the results by check, in the order of the file.

    Raises:
        DataError: a check has an unknown type or names a claim, a role or a model that it cannot use.
    """
    results: dict[str, Result] = {}
    problems: list[str] = []
    for number, check in enumerate(tables.checks, 1):
        where = f"checks.yml, entry {number} ({check['check_id']})"
        if check["check_id"] in results:
            problems.append(f"{where}, key check_id: it names an earlier check; expected each once")
            continue
        try:
            results[check["check_id"]] = _run_one(tables, check)
        except _CheckError as error:
            problems.append(f"{where}, {error}")
    if problems:
        raise DataError(problems)
    return results


class _CheckError(Exception):
    """What is wrong with a check, without where it stands."""


def _run_one(tables: Tables, check: dict) -> Result:
    function = CHECKS.get(check["type"])
    if function is None:
        raise _CheckError(f"key type: {check['type']!r} is unknown; expected one of {', '.join(CHECKS)}")
    names = _flatten(check["claims"])
    quantities = {}
    for role, claim_id in names.items():
        if claim_id not in tables.claims.index:
            raise _CheckError(f"key claims.{role}: {claim_id!r} is unknown; expected a claim_id of claims.csv")
        quantities[role] = quantity_of(tables, claim_id)
        if quantities[role] is None:
            raise _CheckError(f"key claims.{role}: {claim_id!r} is a label without a value; expected a figure")
    try:
        finding = function(quantities, **_extra(tables, check, names))
    except KeyError as error:
        raise _CheckError(f"key claims: the claim {error} is missing for a check of type {check['type']}") from None
    except ValueError as error:
        raise _CheckError(f"key claims: {error}") from None
    words = {role: f"{{claim}}`{claim_id}`" for role, claim_id in names.items()}
    words |= {role: f"{{computed}}`{check['check_id']}.{role}`" for role in finding.quantities}
    if check["type"] == "sum":
        words["parts"] = ", ".join(words[role] for role in names if role != "whole")
    return Result(
        check_id=check["check_id"],
        type=check["type"],
        verdict=finding.verdict,
        claims=tuple(names.values()),
        unit=finding.unit,
        computed=finding.computed,
        reported=finding.reported,
        reason=f"reason-{finding.reason}",
        words=words,
        quantities=finding.quantities,
    )


def _flatten(claims: dict) -> dict[str, str]:
    """The claims of a check by role; a list of parts becomes part-1, part-2 and so on."""
    flat = {}
    for role, value in claims.items():
        if isinstance(value, list):
            flat |= {f"{role.removesuffix('s')}-{number}": claim_id for number, claim_id in enumerate(value, 1)}
        else:
            flat[role] = value
    return flat


def _extra(tables: Tables, check: dict, names: Mapping[str, str]) -> dict:
    """What a type of check needs beside the figures: the length of the period, the length of a list."""
    if check["type"] == "average":
        total = tables.claims.loc[names["total"]]
        if total["period_start"] is None or total["period_end"] is None:
            raise _CheckError(f"key claims.total: {names['total']!r} has no period; expected a start and an end")
        return {"length": days(total["period_start"], total["period_end"])}
    if check["type"] == "listed":
        model = check.get("model")
        if model not in tables.models.index or tables.models.at[model, "listed_count"] is None:
            raise _CheckError(f"key model: {model!r}; expected a model_id of models.csv with a listed_count")
        return {"listed": tables.models.at[model, "listed_count"]}
    return {}
