"""Changes in per cent with the figure that changed, and with the figure before or the gain where these are stated."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.amounts.growth import FALLS, RISES
from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

#: How far a change may stand behind the figure that changed, in characters, and how many figures back.
NEAREST, LOOK_BACK = 30, 6
#: What may stand between a figure and its change beside the words of comparison and growth, in characters.
PLAIN = 4

FROM = re.compile("[从由].{0,16}$")
TO = re.compile(
    "(?:[增升提扩减降]|发展|增加|增长|上升|提高|提升|扩大|减少|下降).{0,2}[至到为]了?(?:(?:今年|去年|目前|20[0-9]{2}年)(?:底|末)?的?)?$"
)
_RESPECTIVELY = re.compile("分别")
#: A growth that is not the quotient of the figures as they stand: at constant prices, of the same bodies, a year's mean.
_OTHERWISE = re.compile("年均|平均|口径|可比|不变价|名义|实际|剔除|扣除|调整|两年|[三四五]年")
REAL = re.compile("生产总值|增加值|产值|GDP")
#: 翻番 is said of what has more than doubled too.
_DOUBLED = "番"
#: What may stand before a change and names nothing that changes.
_PLAINLY = re.compile(
    "|".join(["[，,、（(的了达为约超近]", "净|共|即|同比|整体|总体|一举|年[内底末]?", *RISES, *FALLS])
)
_THAN = re.compile("[较比].{0,16}$")
_COMPARED = re.compile("同比|环比|[较比](?:去年|上年|前年|年初|上月|同期)|年均|分别")


def coded(reading: Reading) -> Iterator[Proposal]:
    """A change with the figure of which the coder's indicator is the growth: X and X-growth, in one passage."""
    for passage in reading.passages():
        for number, change in enumerate(passage):
            if not (change.is_change and change.coded):
                continue
            current = [
                figure
                for figure in passage[max(0, number - LOOK_BACK) : number]
                if f"{figure.indicator}-growth" == change.indicator
                and figure.place == change.place
                and figure.is_amount
            ]
            if current:
                best = max(current, key=lambda figure: (_alike(figure.label, change.label), figure.start))
                yield Proposal("growth-of-indicator", "growth", {"current": best, "growth": change})


def _alike(label: str, other: str) -> int:
    """The length of the longest run of characters that two labels share; labels are short."""
    longest = 0
    for start in range(len(label)):
        while label[start : start + longest + 1] in other and start + longest < len(label):
            longest += 1
    return longest


def told(reading: Reading) -> Iterator[Proposal]:
    """A change right behind the figure that changed: 税收9.9亿元，同比增长25%; with a gain between, 增加2亿元，增长25%."""
    for sentence in reading.sentences():
        for number, change in enumerate(sentence):
            if not number or not change.is_change or change.coded or _RESPECTIVELY.search(change.lead):
                continue
            if _OTHERWISE.search(change.lead):
                continue
            last = sentence[number - 1]
            if change.start - last.end > NEAREST:
                continue
            if last.is_amount or last.is_each:
                yield from _with_base(sentence, number)
            elif last.kind == "change" and last.unit not in ("percent", "times", "percentage-point") and number > 1:
                current = sentence[number - 2]
                if _THAN.search(current.lead):
                    yield from _against(sentence, number)
                elif current.is_amount and current.unit == last.unit and last.start - current.end <= NEAREST:
                    parts = {"current": current, "gain": last, "growth": change}
                    certain = _short(change.lead) and not REAL.search(current.lead) and not _of_another(change, current)
                    yield Proposal("growth-with-gain", "growth", parts, STATED if certain else NEAR)


def _against(sentence: tuple[Figure, ...], number: int) -> Iterator[Proposal]:
    """A change behind the figure before and the gain: 达到120亿元，比2020年的100亿元增加20亿元，增长20%."""
    if number < 3:
        return
    current, base, gain, change = sentence[number - 3 : number + 1]
    if current.is_amount and base.is_amount and current.unit == base.unit == gain.unit:
        certain = _short(change.lead) and not REAL.search(current.lead) and not _of_another(change, current)
        parts = {"current": current, "base": base, "growth": change}
        yield Proposal("growth-against", "growth", parts, STATED if certain else NEAR)


def _with_base(sentence: tuple[Figure, ...], number: int) -> Iterator[Proposal]:
    current, change = sentence[number - 1], sentence[number]
    base = sentence[number - 2] if number > 1 else None
    if base and base.is_amount and base.unit == current.unit and FROM.search(base.lead) and TO.search(current.lead):
        told = change.lead
        certain = _short(change.lead) and not _COMPARED.search(told) and not REAL.search(base.lead)
        certain = certain and _DOUBLED not in change.written and not _as_large(change, base, current)
        certain = certain and not _of_another(change, base)
        parts = {"current": current, "base": base, "growth": change}
        yield Proposal("growth-from-to", "growth", parts, STATED if certain else NEAR)
    elif _COMPARED.search(change.lead) and len(_COMPARED.sub("", change.lead).strip("，,、；;（(")) <= PLAIN:
        yield Proposal("growth-of-figure", "growth", {"current": current, "growth": change}, NEAR)


def _as_large(change: Figure, base: Figure, current: Figure) -> bool:
    """Whether a rise of so many times is told of what is so many times as large: 由12公顷扩大到36公顷，扩大3倍."""
    if "倍" not in change.written or not (change.value and base.value and current.value):
        return False
    times = change.value if change.unit == "times" else change.value / 100
    step = Decimal(10) ** min(0, int(times.normalize().as_tuple().exponent))
    return abs(current.value / base.value - times) * 2 <= step


def _of_another(change: Figure, base: Figure) -> bool:
    """Whether a change names what it is of, and that is another thing: 航线从1条增长到22条，发货量增长10倍."""
    own = _PLAINLY.sub("", change.before)
    return own not in base.lead or change.after.startswith("的")


def _short(words: str) -> bool:
    """Whether nothing of its own stands between a figure and its change, other than the words of growth."""
    return len(words.strip("，,、（(")) <= 6


def respectively(reading: Reading) -> Iterator[Proposal]:
    """Several figures, then as many changes in the same order: 分别为10亿元和20亿元，分别增长3%和5%."""
    for sentence in reading.sentences():
        if any(figure.coded for figure in sentence):
            continue
        for first, last in _runs(sentence, lambda figure: figure.is_change):
            count = last - first
            if count < 2 or first < count or not _RESPECTIVELY.search(sentence[first].lead):
                continue
            amounts = sentence[first - count : first]
            if sentence[first].start - amounts[-1].end <= NEAREST // 2 and all(
                figure.is_amount and figure.unit == amounts[0].unit for figure in amounts
            ):
                for current, change in zip(amounts, sentence[first:last], strict=True):
                    yield Proposal("growths-respectively", "growth", {"current": current, "growth": change}, NEAR)


def _runs(figures: tuple[Figure, ...], is_one) -> Iterator[tuple[int, int]]:
    """The spans of neighbours for which a condition holds."""
    start = None
    for number in range(len(figures) + 1):
        holds = number < len(figures) and is_one(figures[number])
        if holds and start is None:
            start = number
        elif not holds and start is not None:
            yield start, number
            start = None


RULES = (coded, told, respectively)
