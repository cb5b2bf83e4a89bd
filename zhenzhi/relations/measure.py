"""How well the rules find what people wrote down: recall and precision against the checks of a data package.

Checks of type ``apart`` say that figures must not be compared: they are no relations to be found, and a proposal that tests
such figures against each other is counted against the rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Any

from zhenzhi.audit import CONSISTENT, INCONSISTENT, entries, run
from zhenzhi.audit.result import BOUND, FIGURE
from zhenzhi.data.tables import Tables
from zhenzhi.relations.finder import Relation
from zhenzhi.relations.proposal import key_of

#: Types that hold a count against a list, whether it is all that is announced or some of it.
_LISTS = {"named": "listed"}


@dataclass(frozen=True)
class Rate:
    """So many of so many, with the bounds of Wilson's interval for 95%."""

    found: int
    of: int

    @property
    def rate(self) -> float:
        return self.found / self.of if self.of else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval; of nothing, from 0 to 1."""
        if not self.of:
            return 0.0, 1.0
        z = 1.959964
        spread = z * sqrt(self.rate * (1 - self.rate) / self.of + z * z / (4 * self.of**2))
        middle, scale = self.rate + z * z / (2 * self.of), 1 + z * z / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)

    def __str__(self) -> str:
        low, high = floor(1000 * self.bounds[0]) / 10, ceil(1000 * self.bounds[1]) / 10
        return f"{self.found} of {self.of} ({self.rate:.1%}, 95% interval {low}% to {high}%)"


@dataclass(frozen=True)
class Measure:
    """What the rules found of the checks of a data package.

    Attributes:
        written: of the checks written by hand, other than ``apart``, those that were found.
        implicit: of the checks that need no entry, those that were found.
        precise: of the proposals, those that are checks of the package.
        precise_written: of the proposals that are no check without an entry, those that are written by hand.
        alarms: of the proposals called inconsistent, those whose check the package finds inconsistent too.
        missed: the checks that were not found.
        new: the proposals that are no checks of the package.
        wrong: the checks whose proposal has another verdict where both are decided.
        mixed: the proposals that test figures which a check of type ``apart`` keeps apart.
    """

    written: Rate
    implicit: Rate
    precise: Rate
    precise_written: Rate
    alarms: Rate
    missed: tuple[str, ...]
    new: tuple[Relation, ...]
    wrong: tuple[str, ...]
    mixed: tuple[Relation, ...]


def measure(tables: Tables, relations: Sequence[Relation]) -> Measure:
    """Holds relations against the checks of the data package that they were proposed for."""
    first = tables.claims["repeats"].dropna().to_dict()
    verdicts = {check_id: result.verdict for check_id, result in run(tables).items()}
    proposed = {_key(relation.check, first): relation for relation in relations}
    apart = [check for check in tables.checks if check["type"] == "apart"]
    checks = [check for check in entries(tables) if check["type"] != "apart"]
    written = {check["check_id"] for check in tables.checks}
    known: dict[tuple, list[str]] = {}
    for check in checks:
        known.setdefault(_key(check, first), []).append(check["check_id"])
    by_hand = {key for key, names in known.items() if written.intersection(names)}
    found = {name for key, names in known.items() if key in proposed for name in names}
    every = [check["check_id"] for check in checks]
    alarmed = [key for key, relation in proposed.items() if relation.verdict == INCONSISTENT]
    right = [key for key in alarmed if any(verdicts[name] == INCONSISTENT for name in known.get(key, ()))]
    decided = {CONSISTENT, INCONSISTENT}
    return Measure(
        written=_rate(found, [name for name in every if name in written]),
        implicit=_rate(found, [name for name in every if name not in written]),
        precise=Rate(sum(key in known for key in proposed), len(proposed)),
        precise_written=Rate(
            sum(key in by_hand for key in proposed), sum(key in by_hand or key not in known for key in proposed)
        ),
        alarms=Rate(len(right), len(alarmed)),
        missed=tuple(name for name in every if name not in found),
        new=tuple(relation for key, relation in proposed.items() if key not in known),
        wrong=tuple(
            name
            for key, names in known.items()
            for name in names
            if key in proposed and {proposed[key].verdict, verdicts[name]} == decided
        ),
        mixed=tuple(relation for relation in relations if any(_tests(relation, check) for check in apart)),
    )


def _rate(found: set[str], names: Sequence[str]) -> Rate:
    return Rate(sum(name in found for name in names), len(names))


def _key(check: dict[str, Any], first: dict[str, str]) -> tuple:
    """What makes a check and a proposal one; the list of a count is the same whether it is given by claims or by length."""
    kind = _LISTS.get(check["type"], check["type"])
    claims = {"stated": check["claims"]["stated"]} if kind == "listed" else check["claims"]
    return key_of(kind, claims, first)


def _tests(relation: Relation, apart: dict[str, Any]) -> bool:
    """Whether a relation holds two figures against each other that are to be kept apart."""
    names = {figure.name for figure in relation.proposal.figures}
    return (
        relation.result is not None
        and relation.result.relation in (FIGURE, BOUND)
        and len(names & set(apart["claims"]["figures"])) > 1
    )
