"""What stands around a numeral and bears on it: growth and qualifier before it; fraction, range and unit behind it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from zhenzhi.amounts import wording
from zhenzhi.amounts.growth import CUT, CUTS, FALLS, NEITHER, RATE_ENDS, RATES, RISES, SPREAD
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.numerals import Numeral
from zhenzhi.amounts.phrase import PER_MILLE, PERCENT, POINTS, TIMES, Phrase

BEFORE_WORDS = {word: name for name, words in wording.BEFORE.items() for word in words}
BEHIND_WORDS = {word: name for name, words in wording.BEHIND.items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: -len(word)))


def _growth(words: Iterable[str]) -> str:
    return "|".join(
        f"(?<!{NEITHER[word[0]]}){word}" if word[0] in NEITHER else word
        for word in sorted(words, key=lambda word: -len(word))
    )


#: 约 ends other words (节约, 合约), and 近 means recent ones (最近, 附近).
_QUALIFIER = "|".join(
    {"约": "(?<![节条合签契预公违履])", "近": "(?<![最附邻靠])"}.get(word[0], "") + word
    for word in sorted(BEFORE_WORDS, key=lambda word: -len(word))
)
#: These bound a bare magnitude only: 上千, 过半, and not 会上8人.
_BARE_ONLY = {"上": "百千万亿", "过": "半百千万亿", "破": "百千万亿"}
#: What stands before a figure, up to it: a comparison, a verb, and whether it tells the difference or the level reached.
BEFORE = re.compile(
    "(?P<comparison>(?:同比|环比|同期|[较比](?:去年同期|上年同期|常年同期|常年|上年|去年|上月|上季度?|前年|年初))(?:分别|累计)?)?"
    f"(?:(?:(?P<fall>{_growth(FALLS)})(?:(?<={'|'.join(CUTS)})[一-鿿]{{0,4}}(?:{'|'.join(CUT)}))?|(?P<rise>{_growth(RISES)}))"
    f"(?P<noun>{'|'.join(RATE_ENDS)})?(?P<spread>(?:{'|'.join(SPREAD)}){{0,2}}))?"
    "(?P<again>收窄)?了?(?:(?<=[幅速率])更是)?(?P<to>[到至为成])?(?:达到?|共|已|各)?"
    rf"(?P<qualifier>{_QUALIFIER})?(?:(?<=[到过破])了)?(?P<fold>翻了?)?(?P<of>[百千万]分之)?(?P<sign>零下|(?:(?<![\w%％）)])|(?<=[长降幅速为达]))[-－−])?$"
)
BEHIND = re.compile(f"(?P<word>{_any_of(BEHIND_WORDS)})")
#: Behind a unit of one or two characters that the lexicon does not have.
_BEHIND_UNKNOWN = re.compile(f"[一-鿿]{{0,2}}?{BEHIND.pattern}")
#: 成 as a tenth, not as part of 成立, 成功, 成员 and the like.
_TENTHS = re.compile("成(?![立功员果为年本交效绩都熟长品就千份分])(?P<tenth>[一二三四五六七八九半]?)(?P<more>[多余]?)")
_TENTH = {character: Fraction(number) for number, character in enumerate("零一二三四五六七八九")} | {"半": Fraction(5)}
_RANGE = re.compile(r"(?P<unit>.{0,6}?)(?:至|到|[-—–~～－]{1,2})(?:百分之)?(?P<sign>[-－−])?")
#: A verb carried over a list: 分别增长3%和5%.
_CARRIED = re.compile(r"[%％成倍元亩人户家个]?[、和及与]$")
_FROM = re.compile("(?:从|由)$")
_RANK = re.compile("连[冠胜续]|[名位](?!.*人)")
_STOP = re.compile(r"[，。；、,;!！?？：:（(）)《“”\s]")
_DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "half-year", "quarter"})
_HALF = Fraction(1, 2)
#: How far words before and behind a figure bear on it, and how far behind it the noun may stand that is counted.
WINDOW, _NOUN_WITHIN = 30, 8
#: A classifier that more units than this share says little.
_TELLING = 3


class Around:
    """A numeral with the words that bear on it, taken in one after the other; ``phrase`` is what they state together.

    Args:
        text: the text.
        first: the numeral.
        following: the numeral behind it, which may belong to the same figure; ``None`` behind the last.
        done: where the phrase before it ends.
        lexicon: the words of units.
        last: that phrase, whose verb may be carried over a list.

    Attributes:
        used: how many numerals the phrase takes up.
    """

    def __init__(self, text: str, first: Numeral, following: Numeral | None, done: int, lexicon: Lexicon, last: Phrase):
        self._text, self._first, self._lexicon = text, first, lexicon
        self._before = squeezed(text[max(done, first.start - WINDOW) : first.start])
        told = BEFORE.search(self._before)
        assert told is not None  # it matches nothing at all as well
        self._told = told
        self._low, self._end, self.used = first, first.end, 1
        self._high: Numeral | None = None
        self._unit, self._word, self._taken = "", "", 0
        self._set_direction(last)
        self._join(following)
        self._behind = squeezed(text[self._end : self._end + WINDOW])
        if not self._unit:
            self._reckon()
        self._set_unit()
        self._set_wording()

    def _set_direction(self, last: Phrase) -> None:
        """Whether a fall or a rise is told, by a verb or noun of its own or by the one of the list it stands in."""
        told = self._told
        self._fall, self._rise = bool(told["fall"]), bool(told["rise"])
        near = self._first.start - last.end < 4
        if last.changes and near and not (self._fall or self._rise) and _CARRIED.search(self._before):
            self._fall, self._rise = last.falls, not last.falls
        self._fall = self._fall != bool(told["again"] and told["fall"] != "收窄") or bool(told["sign"])

    def _join(self, following: Numeral | None) -> None:
        """Takes up the numeral behind where both are one figure: a fraction, or a range."""
        low = self._low
        if low.high is not None:
            self._high = replace(low, value=low.high, high=None)
        between = None
        if following and following.start - low.end < WINDOW:
            between = squeezed(self._text[low.end : following.start])
        self._word = low.word
        if following is None or between is None:
            return
        if between == "分之" or (between == "/" and _is_part(low, following)):
            whole, part = (low, following) if between == "分之" else (following, low)
            self._low, self._high, self._unit = _fraction(whole, part), None, PERCENT
            self._word = self._low.word
        elif low.high is None and (joined := self._range(low, following, between)):
            self._low, self._high = joined
            self._fall = self._fall and not self._told["sign"]
            self._word = following.word if following.word == "more" else ""
        else:
            return
        self.used, self._end = 2, following.end

    def _range(self, low: Numeral, high: Numeral, between: str) -> tuple[Numeral, Numeral] | None:
        """The two ends of a range in order; a multiplier behind the second only is shared: 50-100万."""
        joint = _RANGE.fullmatch(between)
        if joint is None or _FROM.search(self._before):
            return None
        unit = joint["unit"]
        if unit and self._lexicon.unit_at(unit) != unit and unit not in "个成":
            return None
        if not unit and low.size == 1 < high.size and low.value < high.value / high.size:
            low = low.times(high.size)
        if self._told["sign"]:
            low = replace(low, value=-low.value)
        if joint["sign"]:
            high = replace(high, value=-high.value)
        return (low, high) if low.value <= high.value else (high, low)

    def _reckon(self) -> None:
        """What words of arithmetic make of the figure: 百分之, 成, 翻番, 倍, 半."""
        low, behind = self._low, self._behind
        tenths = _TENTHS.match(behind)
        if self._told["of"]:
            self._unit = PER_MILLE if self._told["of"] == "千分之" else PERCENT
            if self._told["of"] == "万分之":
                self._scale(Fraction(1, 100))
        elif tenths and low.value <= 10 and low.size == 1:
            self._unit, self._taken = PERCENT, tenths.end()
            self._scale(10)
            if tenth := _TENTH.get(tenths["tenth"]):
                if self._high is None:
                    self._low = _plus(self._low, tenth)
                else:
                    self._high = _plus(self._high, tenth)
            if tenths["more"]:
                self._word = "more"
        elif self._told["fold"] and behind.startswith("番"):
            times = 2 ** min(int(low.value), 20) - 1
            self._low = Numeral.of(Fraction(100 * times), Fraction(100), start=low.start, end=low.end, cuts=low.cuts)
            self._unit, self._taken, self._rise = PERCENT, 1, True
        elif behind[:1] == "倍":
            self._taken = 1
            if (self._fall or self._rise) and not self._told["to"]:
                self._unit = PERCENT
                self._scale(100)
            else:
                self._unit = TIMES
            if behind[1:2] in ("多", "余"):
                self._word, self._taken = "more", 2
        elif low.value == low.step == _HALF and not self._lexicon.unit_at(behind):
            self._unit, self._low = PERCENT, low.times(100)
            self._taken = int(behind[:1] == "数")

    def _scale(self, times: int | Fraction) -> None:
        self._low = self._low.times(times)
        self._high = None if self._high is None else self._high.times(times)

    def _set_unit(self) -> None:
        """The words behind the figure that write its unit, and a half that stands behind them: 两年半."""
        self._written = "" if self._unit else self._lexicon.unit_at(self._behind[self._taken :])
        self._taken += len(self._written)
        if self._written in wording.MEASURES and wording.BEYOND.match(self._behind, self._taken):
            self._word = "more"
        halved = self._written and self._behind[self._taken : self._taken + 1] == "半"
        if halved and self._low.value % 1 == 0 and self._high is None:
            self._taken += 1
            self._low = replace(self._low, value=self._low.value + _HALF, step=_HALF, last_digit=_HALF)
        known = self._written or self._unit
        suffix = (BEHIND if known else _BEHIND_UNKNOWN).match(self._behind, self._taken)
        if suffix:
            self._taken = suffix.end()
        if not self._word:
            self._word = (
                BEHIND_WORDS[suffix["word"]]
                if suffix
                else qualifier(self._told["qualifier"], self._text[self._low.start])
            )
        self._units = (self._unit,) if self._unit else self._lexicon.units(self._written)
        if self._written and len(self._units) > _TELLING and not suffix:  # the noun behind it may say more
            noun = self._behind[self._taken : min(self._taken + _NOUN_WITHIN, stop(self._behind, self._taken))]
            self._units = self._lexicon.units_of(self._lexicon.noun_in(noun)) or self._units

    def _set_wording(self) -> None:
        """What the words allow, where more than one of them says something."""
        if "多" in self._written and not self._word:
            self._word = "more"  # 两个多月
        if self._word == "nearly" and "year" in self._units and self._low.value < 10:
            self._word = ""  # 近3年: the last three years
        if self._high is not None and self._word != "more":
            self._word = "range"

    def phrase(self) -> Phrase:
        """The phrase around the numeral."""
        told = self._told
        difference = (told["fall"] or told["rise"]) in RATES or told["noun"] or told["spread"]
        reached = bool(told["to"]) and not (told["to"] == "为" and difference)
        phrase = Phrase(
            start=back(self._text, self._first.start, len(told.group())),
            end=ahead(self._text, self._end, self._taken),
            low=self._low,
            high=self._high if self._word == "range" else None,
            wording=self._word or "exact",
            falls=self._fall and not reached,
            changes=(self._fall or self._rise) and not reached,
            unit_written=self._written,
            units=self._units,
        )
        return replace(phrase, kinds=_kinds(phrase, self._before, self._behind))


def qualifier(words: str | None, first: str = "") -> str:
    """The wording that the words before a figure tell; the figure begins with ``first``."""
    return "" if not words or first not in _BARE_ONLY.get(words, first) else BEFORE_WORDS[words]


def stop(text: str, start: int = 0) -> int:
    """Where the words that follow a figure end."""
    found = _STOP.search(text, start)
    return len(text) if found is None else found.start()


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def back(text: str, end: int, count: int) -> int:
    """The offset so many characters before another, white space not counted."""
    while count and end:
        end -= 1
        count -= not text[end].isspace()
    return end


def ahead(text: str, start: int, count: int) -> int:
    """The offset so many characters behind another, white space not counted."""
    while count and start < len(text):
        count -= not text[start].isspace()
        start += 1
    return start


def _fraction(whole: Numeral, part: Numeral) -> Numeral:
    """三分之二 in per cent; it is as exact as its parts are fine. Nothing of nothing is nothing."""
    step = Fraction(100) / whole.value if whole.value else Fraction(100)
    start, end = min(whole.start, part.start), max(whole.end, part.end)
    return Numeral.of(part.value * step, step, start=start, end=end, cuts=(end, end))


def _plus(figure: Numeral, ones: Fraction) -> Numeral:
    """A figure of tens with its ones: 四成五."""
    value = figure.value + ones
    return Numeral.of(value, Fraction(1), word=figure.word, start=figure.start, end=figure.end, cuts=figure.cuts)


def _is_part(part: Numeral, whole: Numeral) -> bool:
    """Whether a stroke joins two numbers to a fraction: 1/4."""
    return part.value < whole.value and part.value % 1 == 0 == whole.value % 1 and part.size == 1 == whole.size


def _kinds(phrase: Phrase, before: str, behind: str) -> tuple[str, ...]:
    """Kinds of the data contract that the words suggest."""
    found = []
    if phrase.changes or POINTS in phrase.units:
        found.append("change")
    if phrase.units == (PERCENT,) and not phrase.changes:
        found.append("share")
    if phrase.units == (TIMES,) or re.search("[每人户日月年][均]?$|各$", before[-3:]):
        found.append("ratio")
    if _RANK.match(behind) and before.endswith("第") or behind.startswith(("连冠", "连胜")):
        found.append("rank")
    if _DURATIONS.intersection(phrase.units):
        found.append("duration")
    if behind[:1] == "大" or (phrase.low is not None and not phrase.units):
        found.append("count-of-components")
    return tuple(found) or ("level", "flow")
