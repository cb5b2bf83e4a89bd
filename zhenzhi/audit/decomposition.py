"""What each claim was held against: the share of figures that could be checked at all is itself a finding."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from zhenzhi.audit.result import APART, RELATIONS

#: The classes of claims, from the strongest to the weakest: a claim is in the class of the strongest of its checks, and in
#: ``none`` where it takes part in no check, or only in one that refuses to compare.
NONE = "none"
CLASSES = (*(relation for relation in RELATIONS if relation != APART), NONE)


class Checked(Protocol):
    """The part of a result that counts here."""

    @property
    def relation(self) -> str: ...

    @property
    def claims(self) -> Sequence[str]: ...


def decomposition(claims: Iterable[str], results: Iterable[Checked]) -> dict[str, str]:
    """The class of each claim, in the order of the claims."""
    strongest: dict[str, str] = {}
    for result in results:
        relation = NONE if result.relation == APART else result.relation
        for name in result.claims:
            strongest[name] = min(relation, strongest.get(name, NONE), key=CLASSES.index)
    return {claim: strongest.get(claim, NONE) for claim in claims}
