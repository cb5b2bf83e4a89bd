"""Facts that are told more than once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

#: The words before a scanned figure that name what it is of must be at least so many.
LEAST_WORDS = 4

#: Of a fact that is told more often, the first tellings are held against each other.
MOST_TELLINGS = 12

_NOT_CHINESE = re.compile("[^一-鿿]")
_EMPTY = re.compile(
    "全[镇市区县省]|去年|全年|今年|上年|累计|实际|完成|实现|达到?|共计?|总计|合计|同比|其中|已|了|为|约|近|超过?|突破|有|由|从"
)


def same_fact(reading: Reading) -> dict[str, str]:
    """The first telling of each figure, by name; a figure told once is its own.

    Of coded figures those are one fact that have one indicator, place, unit, period, model and label in one article; of
    scanned ones, those with one value and unit behind the same words, which name it in four characters or more.
    """
    first: dict[tuple, str] = {}
    return {figure.name: first.setdefault(_fact(figure), figure.name) for figure in reading.figures}


def _fact(figure: Figure) -> tuple:
    if figure.coded:
        sort = (figure.article, figure.indicator, figure.place, figure.unit, figure.period, figure.kind)
        return (*sort, figure.model, figure.label, figure.status)
    words = _words(figure)
    if len(words) < LEAST_WORDS or figure.value is None:
        return (figure.name,)
    return words, figure.value, figure.value_high, figure.unit, figure.kind, figure.qualifier


def _words(figure: Figure) -> str:
    """The words that name what a scanned figure is of, without those that fit any figure."""
    return _EMPTY.sub("", _NOT_CHINESE.sub("", re.split("[，,、：:（(]", figure.lead.rstrip("，,、：:（("))[-1]))[-12:]


def told_again(reading: Reading) -> Iterator[Proposal]:
    """The tellings of each fact that is told more than once."""
    tellings = defaultdict(list)
    first = same_fact(reading)
    for figure in reading.figures:
        if figure.value is not None:
            tellings[first[figure.name]].append(figure)
    for figures in tellings.values():
        if len(figures) > 1 and (figures[0].coded or _tells_much(figures[0])):
            tie = STATED if figures[0].coded else NEAR
            yield Proposal("told-again", "same", {"tellings": figures[:MOST_TELLINGS]}, tie)


def _tells_much(figure: Figure) -> bool:
    """Whether a figure has two digits or more that are not zero behind them; that 两家 stands twice says nothing."""
    value = abs(figure.value or Decimal(0)).normalize()
    return len(value.as_tuple().digits) > 1


RULES = (told_again,)
