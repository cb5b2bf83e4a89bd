"""Reads a phrase that states a quantity: its value, unit and wording, as they follow from the words alone.

``read`` takes the phrase of a claim (同比下降22.9%), ``find`` a whole text. Neither raises on any text, and both take time
in proportion to its length. The words of units are data (``Lexicon``); the words of growth and the arithmetic of 成, 分之,
倍 and 番 stand here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from zhenzhi.amounts import numerals, wording
from zhenzhi.amounts.interval import Interval
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.numerals import Numeral
from zhenzhi.amounts.traditional import INVISIBLE, simplified

#: Units of arithmetic, which the words of growth and of shares make.
PERCENT, PER_MILLE, POINTS, TIMES = "percent", "per-mille", "percentage-point", "times"

#: Words that tell a rise or a fall, and of them the nouns: 降幅为8% tells a change and no level.
RISES = tuple(
    "比升 前移 跃升 提速 回升 上调 上浮 攀升 增长率 增长 增加 增幅 增速 增收 增支 增产 涨幅 上升 提高 提升 上涨 扩大 递增 "
    "多支出 多支 多收 多缴 增 涨".split()
)
FALLS = tuple(
    "放缓 压缩 缩小 下调 下浮 下降 减少 减产 精简 降低 下滑 回落 下跌 降幅 减幅 跌幅 缩减 缩短 收窄 压减 压降 递减 "
    "减收 减支 负增长 萎缩 少支出 少支 少收 少缴 降 减 跌".split()
)
RATES = frozenset("增长率 增幅 增速 涨幅 降幅 减幅 跌幅".split())
#: What makes such a noun of any of these: 下降幅度, 压降率.
RATE_ENDS = ("幅度", "率")
#: What stands between them and the figures of which they tell: 降幅分别为3%、5%, 降幅在40%以上.
SPREAD = ("分别", "依次", "均", "都", "在")
#: Of these a fall is also told with its object between: 压缩审批时限60%.
CUTS = tuple("压减 压缩 精简 缩短 缩减".split())
CUT = tuple("时限 时间 材料 环节 用时 耗时 周期 流程 成本".split())
#: Of words that begin so, those behind these characters tell neither: 新增, 提降, 削减, 至少支出.
NEITHER = {"增": "新", "降": "提", "减": "削", "少": "至", "多": "最"}
_BEFORE_WORDS = {word: name for name, words in wording.BEFORE.items() for word in words}
_BEHIND_WORDS = {word: name for name, words in wording.BEHIND.items() for word in words}


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
    for word in sorted(_BEFORE_WORDS, key=lambda word: -len(word))
)
#: These bound a bare magnitude only: 上千, 过半, and not 会上8人.
_BARE_ONLY = {"上": "百千万亿", "过": "半百千万亿", "破": "百千万亿"}
#: What stands before a figure, up to it: a comparison, a verb, and whether it tells the difference or the level reached.
_BEFORE = re.compile(
    "(?P<comparison>(?:同比|环比|同期|[较比](?:去年同期|上年同期|上年|去年|上月|上季度?|前年|年初))(?:分别|累计)?)?"
    f"(?:(?:(?P<fall>{_growth(FALLS)})(?:(?<={'|'.join(CUTS)})[一-鿿]{{0,4}}(?:{'|'.join(CUT)}))?|(?P<rise>{_growth(RISES)}))"
    f"(?P<noun>{'|'.join(RATE_ENDS)})?(?P<spread>(?:{'|'.join(SPREAD)}){{0,2}}))?"
    "(?P<again>收窄)?了?(?:(?<=[幅速率])更是)?(?P<to>[到至为成])?(?:达到?|共|已|各)?"
    rf"(?P<qualifier>{_QUALIFIER})?(?:(?<=[到过破])了)?(?P<fold>翻了?)?(?P<of>百分之|千分之)?(?P<sign>(?:(?<![\w%％）)])|(?<=[长降幅速为达]))[-－−])?$"
)
_BEHIND = re.compile(f"(?P<word>{_any_of(_BEHIND_WORDS)})")
#: Behind a unit of one or two characters that the lexicon does not have.
_BEHIND_UNKNOWN = re.compile(f"[一-鿿]{{0,2}}?{_BEHIND.pattern}")
#: 成 as a tenth, not as part of 成立, 成功, 成员 and the like.
_TENTHS = re.compile("成(?![立功员果为年本交效绩都熟长品就千份分])(?P<tenth>[一二三四五六七八九半]?)(?P<more>[多余]?)")
_FOLDS = re.compile("番")
_RANGE = re.compile(r"(?P<unit>.{0,6}?)(?:至|到|[-—–~～－]{1,2})(?P<sign>[-－−])?")
#: A verb carried over a list: 分别增长3%和5%.
_CARRIED = re.compile(r"[%％成倍元亩人户家个]?[、和及与]$")
_FROM = re.compile("(?:从|由)$")
_RANK = re.compile("连[冠胜续]|[名位](?!.*人)")
#: How many of an order are meant, the first of them: 前五名, 十强.
_FIRST = re.compile(r"前[\d一二三四五六七八九十百千]+[名位强]?|[\d一二三四五六七八九十百千]+强")
_STOP = re.compile(r"[，。；、,;!！?？：:（(）)《“”\s]")
#: Words that count one thing without a figure of their own.
_ONE = re.compile("唯一|首(?=[个家座条所项])")
_PROPORTION = re.compile(r"\d+(?:[.．]\d+)?(?:[:：]\d+(?:[.．]\d+)?)+")
_WHOLE = re.compile("百分百|翻倍|翻番")
_TENTH = {character: Fraction(number) for number, character in enumerate("零一二三四五六七八九")} | {"半": Fraction(5)}
_WINDOW, _NOUN_WITHIN = 30, 8
_DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "half-year", "quarter"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quantity as a phrase states it.

    Attributes:
        start, end: its span in the text, with the words that bear on it.
        low, high: the figure, and the upper one of a range; sizes, in the unit. ``None`` where no number is stated.
        wording: what the words around it say, a key of ``wording.QUALIFIERS``.
        falls: whether a fall is told, so that the figure is below zero.
        changes: whether a difference is told, not a level.
        unit_written: the words that write the unit, up to the end of the phrase; empty where there are none.
        units: the units that they may mean; empty where the words are unknown.
        kinds: kinds of the data contract that the words suggest, the likeliest first.
    """

    start: int
    end: int
    low: Numeral | None
    high: Numeral | None = None
    wording: str = "exact"
    falls: bool = False
    changes: bool = False
    unit_written: str = ""
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def value(self) -> Fraction | None:
        """The figure; of a range the lower end; below zero where a fall is told."""
        if self.low is None:
            return None
        return -(self.high or self.low).value if self.falls else self.low.value

    @property
    def value_high(self) -> Fraction | None:
        """The upper end of a range."""
        if self.low is None or self.high is None:
            return None
        return -self.low.value if self.falls else self.high.value

    @property
    def qualifier(self) -> str:
        """The word of the data contract for the wording."""
        return wording.QUALIFIERS[self.wording]

    def bounds(self, reading: str = "usual", rounding: str = "half", whole: bool = False) -> Interval | None:
        """The values that the phrase may stand for (see ``wording.bounds``); ``None`` where it states no number."""
        if self.low is None:
            return None
        sizes = wording.bounds(
            self.wording, self.low, self.high, reading=reading, rounding=rounding, whole=whole
        )  # fmt: skip
        return -sizes if self.falls else sizes


def _stop(text: str, start: int = 0) -> int:
    """Where the words that follow a figure end."""
    found = _STOP.search(text, start)
    return len(text) if found is None else found.start()


def read(as_written: str, lexicon: Lexicon) -> Phrase:
    """The quantity of a claim's phrase: the first that it states, with its unit told by all that follows.

    A phrase whose numerals are joined by a plus sign (1+6+3) or stand in proportion (8:52:40), or that has none, states no
    number.
    """
    text = simplified("".join(INVISIBLE.sub("", as_written).split()))
    found = next(find(text, lexicon), None)
    if found is None or found.low is None or "+" in text or _PROPORTION.fullmatch(text):
        return Phrase(0, len(text), None, kinds=("label",))
    if found.wording == "exact" and _FIRST.fullmatch(text):
        found = replace(found, wording="first")
    if "frequency" in found.kinds or found.units in ((PERCENT,), (TIMES,), (PER_MILLE,), (POINTS,)):
        return found
    behind = text[found.end - len(found.unit_written) :] if found.unit_written else text[found.end :]
    for word in _BEHIND_WORDS:
        behind = behind.removesuffix(word)
    behind = re.sub(r"（(\w+)）", r"\1", behind)
    units = lexicon.units(behind) or found.units
    return replace(found, end=len(text), unit_written=behind, units=units)


def find(text: str, lexicon: Lexicon) -> Iterator[Phrase]:
    """The quantities that a text states, in order. Which of them are claims, and which are dates or names, is not told."""
    figures = list(numerals.find(text))
    words = [match for pattern in (_ONE, _WHOLE, lexicon.frequencies) for match in pattern.finditer(text)]
    words.sort(key=lambda match: (match.start(), -match.end()))
    done, number, carried = 0, 0, Phrase(0, 0, None)
    for match in [*words, None]:
        limit = match.start() if match else len(text)
        while number < len(figures) and figures[number].start < limit:
            if figures[number].start >= done:
                carried, used = _phrase(text, figures, number, done, lexicon, carried)
                done, number = carried.end, number + used
                yield carried
            else:
                number += 1
        if match and match.start() >= done:
            phrase = _in_words(text, match, figures, lexicon)
            done = phrase.end
            yield phrase


def anatomy(as_written: str) -> list[tuple[str, str]]:
    """A phrase taken apart at its first numeral: pairs of a part (wording, numeral, multiplier, unit) and its characters.

    The wording is what stands before the numeral or between it and its multiplier, the unit all that follows.
    """
    figure = next(numerals.find(as_written), None)
    if figure is None:
        return [("wording", as_written)]
    start, end = figure.cuts
    digits = as_written[figure.start : start]
    bare = digits.rstrip("".join(numerals.MULTIPLIERS)) if digits[:1].isascii() else digits
    cuts = [0, figure.start, figure.start + len(bare), start, end, figure.end, len(as_written)]
    parts = ("wording", "numeral", "multiplier", "wording", "multiplier", "unit")
    return [
        (part, as_written[low:high]) for part, low, high in zip(parts, cuts, cuts[1:], strict=False) if low < high
    ]  # fmt: skip


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _back(text: str, end: int, count: int) -> int:
    """The offset so many characters before another, white space not counted."""
    while count and end:
        end -= 1
        count -= not text[end].isspace()
    return end


def _ahead(text: str, start: int, count: int) -> int:
    """The offset so many characters behind another, white space not counted."""
    while count and start < len(text):
        count -= not text[start].isspace()
        start += 1
    return start


def _phrase(
    text: str, figures: list[Numeral], number: int, done: int, lexicon: Lexicon, last: Phrase
) -> tuple[Phrase, int]:
    """The phrase around a numeral, and how many numerals it takes up."""
    low, high, used = figures[number], None, 1
    before = _squeezed(text[max(done, low.start - _WINDOW) : low.start])
    told = _BEFORE.search(before)
    assert told is not None  # it matches nothing at all as well
    if _CARRIED.search(before) and not (told["fall"] or told["rise"]) and last.changes and low.start - last.end < 4:
        fall, rise = last.falls, not last.falls
    else:
        fall, rise = bool(told["fall"]), bool(told["rise"])
    fall = fall != bool(told["again"] and told["fall"] != "收窄") or bool(told["sign"])
    end = low.end
    following = figures[number + 1] if number + 1 < len(figures) else None
    between = _squeezed(text[low.end : following.start]) if following and following.start - low.end < _WINDOW else None
    unit = ""
    if following and between == "分之":
        low, used, end = _fraction(low, following), 2, following.end
        unit = PERCENT
    elif following and between == "/" and _is_part(low, following):
        low, used, end = _fraction(following, low), 2, following.end
        unit = PERCENT
    elif following and between is not None and low.high is None:
        joined = _range(low, following, between, before, told["sign"], lexicon)
        if joined:
            (low, high), used, end = joined, 2, following.end
            fall = fall and not told["sign"]
    elif low.high is not None:
        high = replace(low, value=low.high, high=None)
    word = low.word
    if used == 2 and high is not None:
        word = {"more": "more"}.get(following.word, "") if following else ""
    behind = _squeezed(text[end : end + _WINDOW])
    scale: Fraction | int = 1
    taken = 0
    tenths = _TENTHS.match(behind)
    if unit == PERCENT:
        pass
    elif told["of"]:
        unit = PERCENT if told["of"] == "百分之" else PER_MILLE
    elif tenths and low.value <= 10 and low.size == 1:
        unit, taken = PERCENT, tenths.end()
        figure = low.times(10)
        if tenths["tenth"]:
            value = figure.value + _TENTH[tenths["tenth"]]
            low = Numeral.of(value, Fraction(1), word=low.word, start=low.start, end=low.end, cuts=low.cuts)
        else:
            low, high = figure, None if high is None else high.times(10)
        if tenths["more"]:
            word = "more"
    elif told["fold"] and behind.startswith("番"):
        times = 2 ** min(int(low.value), 20) - 1
        low = Numeral.of(Fraction(100 * times), Fraction(100), start=low.start, end=low.end, cuts=low.cuts)
        unit, taken, rise = PERCENT, 1, True
    elif behind[:1] == "倍":
        taken = 1
        unit, scale = (PERCENT, 100) if (fall or rise) and not told["to"] else (TIMES, 1)
        low, high = low.times(scale), None if high is None else high.times(scale)
        if behind[1:2] in ("多", "余"):
            word, taken = "more", 2
    elif low.value == Fraction(1, 2) and low.step == Fraction(1, 2) and not lexicon.unit_at(behind):
        unit, low = PERCENT, low.times(100)
        taken = int(behind[:1] == "数")
    written = "" if unit else lexicon.unit_at(behind[taken:])
    taken += len(written)
    if written and behind[taken : taken + 1] == "半" and low.value % 1 == 0 and high is None:
        taken += 1
        low = replace(low, value=low.value + Fraction(1, 2), step=Fraction(1, 2), last_digit=Fraction(1, 2))
    suffix = _BEHIND.match(behind, taken) if written or unit else _BEHIND_UNKNOWN.match(behind, taken)
    if suffix:
        taken = suffix.end()
    if not word:
        word = _BEHIND_WORDS[suffix["word"]] if suffix else _qualifier(told["qualifier"], text[low.start])
    if written and "多" in written and not word:
        word = "more"  # 两个多月
    units = (unit,) if unit else lexicon.units(written)
    if written and len(units) > 3 and not suffix:  # a classifier says little; the noun behind it may say more
        ahead = behind[taken : min(taken + _NOUN_WITHIN, _stop(behind, taken))]
        units = lexicon.units_of(lexicon.noun_in(ahead)) or units
    if word == "nearly" and "year" in units and low.value < 10:
        word = ""  # 近3年: the last three years
    if high is not None and word not in ("more",):
        word = "range"
    difference = (told["fall"] or told["rise"]) in RATES or told["noun"] or told["spread"]
    to = bool(told["to"]) and not (told["to"] == "为" and difference)
    changes = (fall or rise) and not to
    phrase = Phrase(
        start=_back(text, figures[number].start, len(told.group())),
        end=_ahead(text, end, taken),
        low=low,
        high=high if word == "range" else None,
        wording=word or "exact",
        falls=fall and not to,
        changes=changes,
        unit_written=written,
        units=units,
    )
    return replace(phrase, kinds=_kinds(phrase, before, behind)), used


def _qualifier(words: str | None, first: str = "") -> str:
    """The wording that the words before a figure tell; the figure begins with ``first``."""
    return "" if not words or first not in _BARE_ONLY.get(words, first) else _BEFORE_WORDS[words]


def _fraction(whole: Numeral, part: Numeral) -> Numeral:
    """三分之二 in per cent; it is as exact as its parts are fine. Nothing of nothing is nothing."""
    step = Fraction(100) / whole.value if whole.value else Fraction(100)
    start, end = min(whole.start, part.start), max(whole.end, part.end)
    return Numeral.of(part.value * step, step, start=start, end=end, cuts=(end, end))


def _is_part(part: Numeral, whole: Numeral) -> bool:
    """Whether a stroke joins two numbers to a fraction: 1/4."""
    return part.value < whole.value and part.value % 1 == 0 == whole.value % 1 and part.size == 1 == whole.size


def _range(
    low: Numeral, high: Numeral, between: str, before: str, sign: str | None, lexicon: Lexicon
) -> tuple[Numeral, Numeral] | None:
    """The two ends of a range in order; a multiplier behind the second only is shared: 50-100万."""
    joint = _RANGE.fullmatch(between)
    if joint is None or _FROM.search(before):
        return None
    unit = joint["unit"]
    if unit and lexicon.unit_at(unit) != unit and unit not in "个成":
        return None
    if not unit and low.size == 1 < high.size and low.value < high.value / high.size:
        low = low.times(high.size)
    if sign:
        low = replace(low, value=-low.value)
    if joint["sign"]:
        high = replace(high, value=-high.value)
    return (low, high) if low.value <= high.value else (high, low)


def _in_words(text: str, match: re.Match, figures: list[Numeral], lexicon: Lexicon) -> Phrase:
    """A phrase whose number stands in a word: 唯一, 首个, 每季度, 翻倍."""
    word, start, end = match.group(), match.start(), match.end()
    one = Numeral.of(Fraction(1), Fraction(1), start=start, end=end, cuts=(end, end))
    before = _BEFORE.search(_squeezed(text[max(0, start - _WINDOW) : start]))
    qualifier = _qualifier(before["qualifier"]) if before else ""
    start = _back(text, start, len(before.group())) if before else start
    if _WHOLE.fullmatch(word):
        hundred = replace(one, value=Fraction(100), last_digit=Fraction(100))
        if word != "百分百":
            hundred = replace(hundred, step=Fraction(100))
        changes = word != "百分百"
        kind = "change" if changes else "share"
        return Phrase(start, end, hundred, None, qualifier or "exact", False, changes, word, (PERCENT,), (kind,))
    behind = _squeezed(text[end : end + _WINDOW])
    if word not in ("唯一", "首"):
        times = re.match(r"([^，。；]{0,6}?)(\d{1,4}|[一两三四五六七八九十]{1,3})[次回]", behind)
        if times:
            counted = next(numerals.find(times[2]), one)
            one = replace(one, value=counted.value, last_digit=counted.last_digit)
            within, suffix = _BEFORE.search(times[1]), _BEHIND.match(behind, times.end())
            if suffix:  # 每周2次以上
                qualifier = _BEHIND_WORDS[suffix["word"]]
            elif within and within["qualifier"]:  # 每周不少于2次
                qualifier = _qualifier(within["qualifier"])
            end = _ahead(text, end, (suffix or times).end())
        units = lexicon.units_of(word)
        return Phrase(start, end, one, None, qualifier or "exact", False, False, word, units, ("frequency",))
    written = lexicon.unit_at(behind)
    units = lexicon.units(behind[: _stop(behind)]) or lexicon.units("个")
    end = _ahead(text, end, len(written))
    return Phrase(start, end, one, None, "exact", False, False, written, units, ("rank", "level"))


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
