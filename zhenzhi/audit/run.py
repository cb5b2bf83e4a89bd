"""Runs the checks of the data package, and compares what two versions of it find."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from zhenzhi.audit import digits
from zhenzhi.audit.checks import TYPES
from zhenzhi.audit.implicit import entries
from zhenzhi.audit.inputs import CheckError, Inputs, quantity_of
from zhenzhi.audit.result import APART, BOUND, FIGURE, IMPLIED, INCONSISTENT, UNDETERMINED, Finding, Result
from zhenzhi.collector import without_collection
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError


def run(tables: Tables) -> dict[str, Result]:
    """Runs every check of ``checks.yml``, and those that need no entry (``implicit``).

    Returns:
        the results by check, in the order of the file.

    Raises:
        DataError: a claim stands for no values, or a check has an unknown type or names a claim, a part or a model that it
            cannot use, or figures whose units it cannot put together.
    """
    with without_collection():  # what is found all stays
        return _run(tables)


def _run(tables: Tables) -> dict[str, Result]:
    problems = _unreadable(tables)
    if problems:
        raise DataError(problems)
    results: dict[str, Result] = {}
    written = len(tables.checks)
    for number, check in enumerate(entries(tables), 1):
        where = f"checks.yml, entry {number}" if number <= written else "a check made of the claims"
        where += f" ({check.get('check_id')})"
        try:
            if missing := {"check_id", "type", "claims"} - set(check):
                raise CheckError(f"key {min(missing)}: it is missing; expected check_id, type and claims")
            if check["check_id"] in results:
                raise CheckError("key check_id: it names an earlier check; expected each once")
            results[check["check_id"]] = run_one(tables, check)
        except CheckError as error:
            problems.append(f"{where}, {error}")
    if problems:
        raise DataError(problems)
    return results


def _unreadable(tables: Tables) -> list[str]:
    """The claims that stand for no values; without this a notebook would be the first to find them."""
    problems = []
    for number, claim_id in enumerate(tables.claims.index, 2):
        try:
            quantity_of(tables, claim_id)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            problems.append(f"claims.csv, row {number} ({claim_id}), column as_written: {error}")
    return problems


def run_one(tables: Tables, check: dict) -> Result:
    """Runs one check on both readings of the wording.

    A finding of fault must hold on the strict reading too; one that rests on the usual reading alone is undetermined. Where
    fault is found and figures that were cut off, and not rounded, would agree, a remark says so.

    Raises:
        CheckError: the check cannot be run.
    """
    usual = _find(tables, check)
    if usual.verdict != INCONSISTENT:
        return _weighed(tables, check, usual)
    if _find(tables, check, reading="strict").verdict != INCONSISTENT:
        return _weighed(tables, check, replace(usual, verdict=UNDETERMINED, remarks=("usual-only",)))
    if _find(tables, check, rounding="cut").verdict != INCONSISTENT:
        return replace(usual, remarks=("cut",))
    return usual


def find(tables: Tables, check: dict, rounding: str = "half", reading: str = "usual") -> Result:
    """What one check finds on one reading (``usual`` or ``strict``) and assumption on rounding (see ``wording.bounds``).

    Raises:
        CheckError: the check cannot be run.
    """
    return _weighed(tables, check, _find(tables, check, rounding, reading), rounding)


def _weighed(tables: Tables, check: dict, result: Result, rounding: str = "half") -> Result:
    """What a result that finds no fault is worth, by what other digits in the place of a figure would have made of it.

    Where none would have failed, it decides nothing; where only grosser errors than another last digit would, it is no more
    than a bound. Fault has to be found on the strict reading, as always.
    """
    if result.verdict == INCONSISTENT or result.tested is False:
        return result

    def fails(ends: digits.Ends) -> bool:
        return any(_is_fault(tables, check, rounding, other) for other in digits.others(Inputs(tables, check), ends))

    if result.tested is None:
        by_last = fails(digits.last)
        tested = by_last or fails(digits.every)
    else:  # the type itself has tried all digits
        by_last = tested = bool(_find(tables, check, rounding, reading="strict").tested)
    if not tested:
        remarks = (*result.remarks, "cannot-fail")
        return replace(result, verdict=UNDETERMINED, tested=False, relation=IMPLIED, remarks=remarks)
    relation = BOUND if result.relation == FIGURE and not by_last else result.relation
    return replace(result, tested=True, relation=relation)


def _is_fault(tables: Tables, check: dict, rounding: str, others: Mapping[str, Fraction]) -> bool:
    try:
        return _find(tables, check, rounding, "strict", others).verdict == INCONSISTENT
    except CheckError:  # with these values nothing can be computed
        return False


def _find(
    tables: Tables,
    check: dict,
    rounding: str = "half",
    reading: str = "usual",
    others: Mapping[str, Fraction] = MappingProxyType({}),
) -> Result:
    kind = TYPES.get(check["type"])
    if kind is None:
        raise CheckError(f"key type: {check['type']!r} is unknown; expected one of {', '.join(TYPES)}")
    if not isinstance(check["claims"], dict):
        raise CheckError(f"key claims: {check['claims']!r}; expected {', '.join(kind.parts)} with their claims")
    for part in check["claims"]:
        if part not in kind.parts:
            expected = ", ".join(sorted(kind.parts))
            raise CheckError(
                f"key claims.{part}: a check of type {check['type']} has no such part; expected {expected}"
            )
    inputs = Inputs(tables, check, rounding, reading, others)
    try:
        for rule in kind.units:
            rule(inputs)
        finding = kind.find(inputs)
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise CheckError(f"key claims: {error}") from None
    words = inputs.words()
    for name in finding.quantities:
        computed = f"{check['check_id']}.{name}"
        words |= {name: (f"{{computed}}`{computed}`",), f"{name}_about": (f"{{computed}}`{computed}|about`",)}
    values = {item.name: getattr(finding, item.name) for item in fields(Finding)}
    computes = finding.tested is False and kind.relation != APART
    return Result(
        **values,
        check_id=check["check_id"],
        type=check["type"],
        claims=tuple(inputs.names),
        words=words,
        relation=IMPLIED if computes else kind.relation,
    )


@dataclass(frozen=True)
class Change:
    """A check whose verdict differs between two versions of the data; a side is ``None`` where it has no such check."""

    check_id: str
    before: str | None
    after: str | None


class HasVerdict(Protocol):
    """What a version finds in a check, as far as it is compared here."""

    @property
    def verdict(self) -> str: ...


def changes(before: Mapping[str, HasVerdict], after: Mapping[str, HasVerdict]) -> list[Change]:
    """The checks that are new, gone or flipped from one version to another."""
    found = []
    for check_id in {**before, **after}:
        old, new = before.get(check_id), after.get(check_id)
        change = Change(check_id, None if old is None else old.verdict, None if new is None else new.verdict)
        if change.before != change.after:
            found.append(change)
    return found
