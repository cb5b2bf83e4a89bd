"""Finds relations: runs the rules over the figures of a text, and has the audit judge what they propose."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from zhenzhi.audit import INCONSISTENT, UNDETERMINED, Result, run_one
from zhenzhi.audit.inputs import CheckError
from zhenzhi.data.tables import Tables
from zhenzhi.relations import (
    averages,
    counts,
    differences,
    growths,
    lists,
    outside,
    repeats,
    shares,
    targets,
    totals,
    wholes,
)
from zhenzhi.relations.figures import Reading
from zhenzhi.relations.proposal import NEAR, Proposal, key_of

Rule = Callable[[Reading], Iterator[Proposal]]

#: All rules, in the order in which their proposals stand.
RULES: tuple[Rule, ...] = (
    *shares.RULES, *growths.RULES, *differences.RULES, *totals.RULES, *wholes.RULES, *averages.RULES,
    *counts.RULES, *targets.RULES, *lists.RULES, *outside.RULES, *repeats.RULES,
)  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """A proposal with what the audit finds in it.

    Attributes:
        check: the entry that it would be in ``checks.yml``, without its name.
        result: the audit's; ``None`` where it cannot be run yet, because the list is still to be counted.
    """

    proposal: Proposal
    check: dict
    result: Result | None

    @property
    def verdict(self) -> str:
        """The audit's; undetermined where it cannot be run."""
        return self.result.verdict if self.result else UNDETERMINED


def propose(reading: Reading, rules: Sequence[Rule] = RULES) -> list[Proposal]:
    """What the rules propose, each relation once.

    Between facts told again it is the one between their first tellings; scanned figures are one fact where they are written
    alike, since a text that repeats a sentence repeats its relations.
    """
    first = repeats.same_fact(reading)
    words = {figure.name: f"{figure.written} {figure.unit}" for figure in reading.figures}
    seen = set()
    found = []
    for rule in rules:
        for proposal in rule(reading):
            same = {} if proposal.type == "same" else first if proposal.head.coded else words
            key = key_of(proposal.type, proposal.claims, same)
            if key not in seen:
                seen.add(key)
                found.append(proposal)
    return found


def judge(tables: Tables, proposals: Sequence[Proposal]) -> list[Relation]:
    """The relations with the audit's verdicts.

    What cannot be put together is dropped, and what rests on nearness alone is dropped where it would be inconsistent: that
    two figures stand side by side does not say that they must fit. Where scanned figures would agree if they were cut off and
    not rounded, the relation is left open.
    """
    found = []
    names: set[str] = set()
    for proposal in proposals:
        check = entry(proposal, names)
        try:
            result = None if _is_to_count(proposal) else run_one(tables, check)
        except CheckError:
            continue
        if result and result.verdict == INCONSISTENT and proposal.tie == NEAR:
            continue
        if result and "cut" in result.remarks and not proposal.head.coded:
            result = replace(result, verdict=UNDETERMINED)
        names.add(check["check_id"])
        found.append(Relation(proposal, check, result))
    return found


def entry(proposal: Proposal, taken: set[str]) -> dict:
    """The entry of ``checks.yml`` that a proposal would be, without a name; its ID is none of those taken."""
    check_id = base = f"{proposal.head.name}-{proposal.rule}"
    number = 1
    while check_id in taken:
        number += 1
        check_id = f"{base}-{number}"
    return {"check_id": check_id, "type": proposal.type, "claims": proposal.claims, **proposal.more}


def _is_to_count(proposal: Proposal) -> bool:
    return proposal.type in ("listed", "named") and "parts" not in proposal.parts and "listed" not in proposal.more


def with_checks(tables: Tables, relations: Sequence[Relation]) -> Tables:
    """The tables with the relations as their checks and with the claims that they need, for an edition to put into words."""
    checks = [relation.check for relation in relations if relation.result]
    used = {figure.name for relation in relations for figure in relation.proposal.figures}
    claims = tables.claims
    used |= {*claims.loc[claims.index.isin(used), "repeats"].dropna()}
    frames = {**tables.frames, "claims": claims[claims.index.isin(used)]}
    return Tables(tables.folder, MappingProxyType(frames), MappingProxyType({**tables.yaml, "checks": checks}))
