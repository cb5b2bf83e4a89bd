"""What stands before a figure: a comparison, a verb of growth, a qualifier (同比增长超8.7%), read from the figure back."""

import re
from collections.abc import Iterable

from zhenzhi.amounts import wording
from zhenzhi.amounts.growth import CUT, CUTS, FALLS, NEITHER, RATE_ENDS, RATES, RISES, SPREAD

_QUALIFIERS = {word: name for name, found in wording.BEFORE.items() for word in found}
#: 约 and 近 end other words: 节约, 最近.
_PARTS_OF_WORDS = {
    "约": frozenset("节条合签契预公违履"),
    "近": frozenset("最附邻靠"),
    "超": frozenset("赶"),
    "过": frozenset("通经"),
}
#: These bound a bare magnitude only: 上千, 过半.
_BARE_ONLY = {"上": frozenset("百千万亿"), "过": frozenset("半百千万亿"), "破": frozenset("百千万亿")}
_LINKS = frozenset(("达到", "达", "共", "已", "各"))
_LINK_ENDS = frozenset("达到共已各")
_LEVELS = frozenset("到至为成")
_BEFORE_LE = frozenset("到过破")
#: Behind these a hyphen before a figure is a minus.
MINUS_BEHIND = frozenset("长降幅速为达")

#: With these end 分别, 均, 幅度 and the like.
_SPREAD_ENDS = frozenset(word[-1] for word in (*SPREAD, *RATE_ENDS))
_VERBS = dict.fromkeys(RISES, 1) | dict.fromkeys(FALLS, -1)
_VERBS |= {NEITHER[word[0]] + word: 0 for word in _VERBS if word[0] in NEITHER}

#: The characters with which 降幅, 增速 and 增长率 end.
_RATE_ENDS = frozenset(word[-1] for word in RATES)

#: 压缩审批时限: a verb with its object.
_CUTS = re.compile(f"(?P<verb>{'|'.join(CUTS)})[一-鿿]{{0,4}}(?:{'|'.join(CUT)})$")
_LONGEST_CUT = 8
SAME_PERIOD = "same period of the previous year"
_COMPARISONS = {"同比": SAME_PERIOD, "同期": SAME_PERIOD, "环比": "previous period"} | {
    verb + period: against
    for verb in "较比"
    for period, against in {
        "去年同期": SAME_PERIOD,
        "上年同期": SAME_PERIOD,
        "上年": "previous year",
        "去年": "previous year",
        "上月": "previous month",
        "上季": "previous quarter",
        "上季度": "previous quarter",
        "前年": "year before the previous year",
        "年初": "beginning of the year",
        "常年同期": "same period of an average year",
        "常年": "average year",
    }.items()
}


def _by_end(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By its last character, the lengths of the words that end with it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


_QUALIFIER_LENGTHS, _VERB_LENGTHS, _COMPARISON_LENGTHS = _by_end(_QUALIFIERS), _by_end(_VERBS), _by_end(_COMPARISONS)
#: The characters with which these words end: most figures have none of them before them.
ENDS = frozenset(
    word[-1]
    for words in (
        _QUALIFIERS,
        _LINKS,
        _LEVELS,
        _VERBS,
        CUT,
        RATE_ENDS,
        SPREAD,
        ("了", "百分之", "千分之", "-", "零下", "连续"),
    )
    for word in words
)


class Before:
    """What stands before a figure.

    Attributes:
        start: where the claim's span begins.
        wording: what the qualifier says, a key of ``wording.QUALIFIERS``; empty where there is none.
        sign: 1 where a rise is told, -1 where a fall is, 0 where a level is.
        comparison: what a change is measured against; empty where it is not said.
        each: whether 各 stands before the figure.
        fraction: 百分之 or 千分之, where the figure follows it.
        negative: whether a minus stands before the figure.
        reached: whether a verb of growth tells the level reached: 增加到8个.
    """

    wording = ""
    sign = 0
    comparison: str | None = None
    each = False
    fraction = ""
    negative = False
    reached = False

    def __init__(self, start: int):
        self.start = start


def before(text: str, at: int, low: int) -> Before:
    """What stands before the figure at an offset, no further back than ``low``."""
    found = Before(at)
    place = at
    if text[place - 1] == "下" and place - 2 >= low and text[place - 2] == "零":
        place -= 2
        found.negative, found.start = True, place
    if (
        text[place - 1] == "-"
        and place - 1 >= low
        and text[at] in "0123456789"
        and (
            place < 2 or text[place - 2] in MINUS_BEHIND or not (text[place - 2].isalnum() or text[place - 2] in "%)]-")
        )
    ):
        place -= 1
        found.negative, found.start = True, place
    if text[place - 1] == "之" and place - 3 >= low and text[place - 3 : place] in ("百分之", "千分之"):
        found.fraction = text[place - 3 : place]
        place -= 3
        found.start = place
    if text[place - 1] == "了" and place - 2 >= low and text[place - 2] in _BEFORE_LE:
        place -= 1  # 超过了, 下降到了
    for length in _QUALIFIER_LENGTHS.get(text[place - 1 : place], ()):
        word = text[place - length : place]
        if word in _QUALIFIERS and place - length >= low:
            if text[place - length - 1 : place - length] in _PARTS_OF_WORDS.get(word[0], ()) and place > length:
                break
            if word in _BARE_ONLY and text[at] not in _BARE_ONLY[word]:
                break
            found.wording = _QUALIFIERS[word]
            place -= length
            found.start = place
            break
    last = text[place - 1 : place]
    if last == "续" and text[place - 2 : place] == "连续" and place - 2 >= low:
        found.start = place - 2
        return found
    for length in (2, 1) if last in _LINK_ENDS else ():
        word = text[place - length : place]
        if word in _LINKS and place - length >= low:
            if word == "各":
                found.each, found.start = True, place - 1
            place -= length
            break
    to = text[place - 1] if place - 1 >= low and text[place - 1] in _LEVELS else ""
    place -= len(to)
    if place - 1 >= low and text[place - 1] == "了":
        place -= 1
    if place - 3 >= low and text[place - 2 : place] == "更是" and text[place - 3] in _RATE_ENDS:
        place -= 2  # 降幅更是达到
    cut = _CUTS.search(text, max(low, place - _LONGEST_CUT), place) if text[place - 2 : place] in CUT else None
    if cut:
        place = cut.end("verb")
    noun = _before_spread(text, place, low) if text[place - 1] in _SPREAD_ENDS else place
    difference, place = noun < place, noun
    for length in _VERB_LENGTHS.get(text[place - 1 : place], ()):
        word = text[place - length : place]
        if word in _VERBS and place - length >= low:
            if _VERBS[word] and (not to or (to == "为" and (difference or word in RATES))):
                _changes(found, text, place - length, low, _VERBS[word])
            else:
                found.reached = bool(_VERBS[word]) and not difference and word not in RATES
            break
    return found


def _before_spread(text: str, place: int, low: int) -> int:
    """Where the verb or noun of growth ends behind which 分别, 均 or 在 stands, or 幅度."""
    for words in (SPREAD, SPREAD, RATE_ENDS):
        place -= next((len(word) for word in words if text.endswith(word, low, place)), 0)
    return place


def _changes(found: Before, text: str, place: int, low: int, sign: int) -> None:
    """A difference is told: the span begins with the verb, and with the comparison before it."""
    found.sign, found.start = sign, place
    if place - 2 >= low and text[place - 2 : place] in ("分别", "累计"):
        place -= 2
    for length in _COMPARISON_LENGTHS.get(text[place - 1 : place], ()):
        word = text[place - length : place]
        if word in _COMPARISONS and place - length >= low:
            found.comparison, found.start = _COMPARISONS[word], place - length
            break
