"""What a check finds, and how a computed figure is held against a reported one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhenzhi.amounts.quantity import Interval, Quantity

CONSISTENT, INCONSISTENT, UNDETERMINED = "consistent", "inconsistent", "undetermined"

#: What a check holds its claims against, from the strongest to the weakest: another stated figure, so that another last
#: digit could have failed; a bound on one side, which only a grosser error would break; the same fact told again; the length
#: of a list; or nothing that could have failed: it only computes what follows, or only says why it does not compare.
FIGURE, BOUND, ITSELF, LIST, IMPLIED, APART = RELATIONS = ("figure", "bound", "itself", "list", "implied", "apart")


@dataclass(frozen=True)
class Finding:
    """What a type of check finds.

    Attributes:
        verdict: consistent, inconsistent or undetermined.
        reason: the key of the sentence that tells the reasoning, without ``reason-``.
        unit: the unit of ``computed`` and ``reported``.
        computed: the values that follow from the other claims; ``None`` where nothing is computed.
        reported: the values that the claim under test may stand for; ``None`` where no claim states it.
        quantities: what follows and is not stated, by name: the base of a growth rate, the rest of a share.
        tested: whether a stated figure could have failed; ``None`` where other digits have to be tried (``digits``).
    """

    verdict: str
    reason: str
    unit: str
    computed: Interval | None = None
    reported: Interval | None = None
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    tested: bool | None = None


@dataclass(frozen=True)
class Result(Finding):
    """A finding of a check of the book.

    Attributes:
        check_id: the check.
        type: its type, a key of ``TYPES``.
        claims: the claims (and outside figures) that it compares, in the order in which the check names them.
        words: references that fill the gaps of the sentence, one or several for each.
        relation: what the check holds its claims against, one of ``RELATIONS``.
        remarks: keys of further sentences, without ``remark-``: what another reading or cutting off would find.
    """

    check_id: str = ""
    type: str = ""
    claims: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relation: str = FIGURE
    remarks: tuple[str, ...] = ()


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
