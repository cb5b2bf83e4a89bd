"""Runs the trial: scans and checks made-up texts as ``check`` does, and counts what it says of the relations in them."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from zhenzhi.audit import CONSISTENT, INCONSISTENT
from zhenzhi.data.tables import Tables
from zhenzhi.relations.measure import Rate
from zhenzhi.relations.scanned import ScannedRelations
from zhenzhi.scan import scan
from zhenzhi.trial.made_up import Made

#: What the check says of a relation: that it fails, that it holds, that it stays open, or nothing. The first of these counts.
SAYINGS = FAILS, HOLDS, OPEN, UNSEEN = "fails", "holds", "open", "unseen"
_MANY = 10**9
_SAYING = {INCONSISTENT: FAILS, CONSISTENT: HOLDS}


@dataclass(frozen=True)
class Told:
    """A planted relation (see ``Planted``) and what the check says of it."""

    kind: str
    plain: bool
    error: str
    says: str


@dataclass(frozen=True)
class Trial:
    """What a check says of made-up texts.

    Attributes:
        texts, characters, figures: how much was read, and how many figures a scan found in it.
        held: figures that stand in a relation that the check has decided.
        told: each planted relation with what the check says of it.
        elsewhere: alarms where no relation was planted.
    """

    texts: int
    characters: int
    figures: int
    held: int
    told: tuple[Told, ...]
    elsewhere: int

    @cached_property
    def wrong(self) -> tuple[Told, ...]:
        """The relations with an error."""
        return tuple(one for one in self.told if one.error)

    @cached_property
    def found(self) -> Rate:
        """The planted errors that the check finds."""
        return saying(FAILS, self.wrong)

    @cached_property
    def false_alarms(self) -> Rate:
        """Alarms on relations that are right or on none, of the relations that are right and the alarms on none."""
        right = saying(FAILS, (one for one in self.told if not one.error))
        return Rate(right.found + self.elsewhere, right.of + self.elsewhere)

    @cached_property
    def decided(self) -> tuple[Told, ...]:
        """The planted relations that the check calls right or wrong."""
        return tuple(one for one in self.told if one.says in (HOLDS, FAILS))

    def worth(self, wrong: Fraction) -> float:
        """The share of alarms that are true where this share of relations is wrong, by the least that the trial vouches for.

        Errors are found at the lower bound of their interval, false alarms raised at the upper one of theirs.
        """
        true, false = float(wrong) * self.found.bounds[0], float(1 - wrong) * self.false_alarms.bounds[1]
        return true / (true + false)

    def needed(self, wrong: Fraction, worth: Fraction) -> int:
        """How many right relations must pass without an alarm to vouch that this share of alarms is true.

        Args:
            wrong: the share of relations that is wrong.
        """
        most = float(wrong / (1 - wrong) * (1 - worth) / worth) * self.found.bounds[0]
        return bisect_left(range(_MANY), -most, key=lambda right: -Rate(0, right).bounds[1])


def saying(what: str, told: Iterable[Told]) -> Rate:
    """Of these relations, so many of which the check says it."""
    own = list(told)
    return Rate(sum(one.says == what for one in own), len(own))


def run(texts: Iterable[Made], data: Tables) -> Trial:
    """Checks made-up texts.

    Args:
        data: a data package, for its units.
    """
    count = characters = figures = held = elsewhere = 0
    between = ScannedRelations(data)
    told: list[Told] = []
    for made in texts:
        found = scan(made.text)
        relations, _ = between.of(made.text, found.claims)
        count, characters, figures = count + 1, characters + len(made.text), figures + len(found.claims)
        decided: set[str] = set()
        says = [UNSEEN] * len(made.planted)
        for relation in relations:
            own = relation.proposal.figures
            said = _SAYING.get(relation.verdict, OPEN)
            if said != OPEN:
                decided.update(figure.name for figure in own)
            places = [
                place
                for place, planted in enumerate(made.planted)
                if all(planted.start <= figure.start < planted.end for figure in own)
            ]
            for place in places:
                says[place] = min(said, says[place], key=SAYINGS.index)
            elsewhere += said == FAILS and not places
        held += len(decided)
        told += [Told(one.kind, one.plain, one.error, said) for one, said in zip(made.planted, says, strict=True)]
    return Trial(count, characters, figures, held, tuple(told), elsewhere)
