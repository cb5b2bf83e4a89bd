"""Differences told between two figures, in their unit or in percentage points, and figures told as so many times another."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.growths import FROM, REAL, TO
from zhenzhi.relations.proposal import NEAR, STATED, Part, Proposal

#: What may stand before the verb of a difference that is of the two figures right before it.
_BARE = re.compile("[，,、]?(?:共|累计|净|总共)?")
#: 新增 counts what came, and not what is more; what went is left out.
_GROSS = re.compile("新增")
_AGAINST = re.compile("[，,]?[较比][^，,]{0,12}")
_TIMES_OF = re.compile("[，,]?(?:是|为|相当于)[^，,]{0,12}")
_REACHED = re.compile("[，,]?(?:达到?|增至|升至|增加到|增长到|提高到|上升到)了?")


def from_to(reading: Reading) -> Iterator[Proposal]:
    """A difference behind the two figures that it lies between: 城镇化率从61.2%提高到64.9%，提高3.7个百分点."""
    for base, current, change in _threes(reading):
        if not (_is_difference(change, base, current) and FROM.search(base.lead) and TO.search(current.lead)):
            continue
        if _BARE.fullmatch(change.before):
            tie = NEAR if _GROSS.match(change.written) or _may_be_rounded(change, base, current) else STATED
            parts = {"earlier": base, "later": current, "difference": change}
            yield Proposal("difference-from-to", "difference", parts, tie)


def against(reading: Reading) -> Iterator[Proposal]:
    """A difference right behind the figure it is from: 满意度96.5%，比上年的94.2%提高2.3个百分点."""
    for current, base, change in _threes(reading):
        if _is_difference(change, base, current) and not change.before and _AGAINST.fullmatch(base.before):
            tie = NEAR if _may_be_rounded(change, base, current) else STATED
            parts = {"earlier": base, "later": current, "difference": change}
            yield Proposal("difference-against", "difference", parts, tie)


def _may_be_rounded(change: Figure, base: Figure, current: Figure) -> bool:
    return change.rounds((current.value or Decimal(0)) - (base.value or Decimal(0)))


def _is_difference(change: Figure, *ends: Figure) -> bool:
    """Whether a figure is a change in the unit of two figures, or in percentage points where these are in per cent."""
    unit = "percent" if change.unit == "percentage-point" else change.unit
    told = change.kind == "change" and change.value is not None and change.unit not in ("percent", "times")
    return told and not change.coded and all(end.unit == unit and end.value is not None for end in ends)


def _threes(reading: Reading) -> Iterator[tuple[Figure, Figure, Figure]]:
    """Each three neighbours of a sentence."""
    for sentence in reading.sentences():
        yield from zip(sentence, sentence[1:], sentence[2:], strict=False)


def times(reading: Reading) -> Iterator[Proposal]:
    """A figure told as so many times another: 产值达到96亿元，是2015年30亿元的3.2倍."""
    for sentence in reading.sentences():
        amounts = [figure for figure in sentence if figure.kind != "duration"]  # 是五年前30亿元的3.2倍
        for current, base, factor in zip(amounts, amounts[1:], amounts[2:], strict=False):
            if factor.unit != "times" or factor.kind != "ratio" or factor.coded or factor.before != "的":
                continue
            if not (current.is_amount and base.is_amount and current.unit == base.unit):
                continue
            if _TIMES_OF.fullmatch(reading.between(current, base)):
                parts: dict[str, Part] = {"factors": [factor, base], "product": current}
                yield Proposal("times-of", "product", parts)


def reached(reading: Reading) -> Iterator[Proposal]:
    """What a figure came to by its growth, told last: 较2019年的820万元增长35%，达到1107万元."""
    for base, growth, current in _threes(reading):
        told = growth.is_change and not growth.coded and not growth.before and base.unit == current.unit
        if told and base.is_amount and current.is_amount and re.search("[较比]", base.before):
            if _REACHED.fullmatch(current.lead):
                parts = {"current": current, "base": base, "growth": growth}
                yield Proposal("growth-reached", "growth", parts, NEAR if REAL.search(base.before) else STATED)


RULES = (from_to, against, times, reached)
