"""Finds and reads the numerals of a Chinese text: in digits, in characters, in capitals, and Unicode's own.

A numeral is read with the multipliers behind it (51.7亿, 37万4千, 三十五万) and with the words that stand inside it
(50多亿, 十几). ``cn2an`` reads characters, and is given nothing but the numeral: on running text it would rewrite names.
Blanks and line ends may stand before a multiplier, and within digits where a line of running text was broken there.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

import cn2an

#: Multipliers by what they multiply with.
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_CHINESE = "零〇一二两三四五六七八九廿卅卌兩"
_LARGE = "十百千万亿萬億"
_CAPITALS = "壹贰貳叁參肆伍陆陸柒捌玖"
_CAPITAL_MULTIPLIERS = "拾佰仟"
#: Unicode's other numerals: vulgar fractions, Roman, in circles and brackets, of Suzhou.
_SIGNS = "¼½¾⅐-ↂↅ-\u2189①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉㉈-㉏㉑-㉟㊱-㊿〡-〩〸-〺"

#: A multiplier that does not begin a unit: 千瓦时, 千米, 百分点.
_MULTIPLIER = "(?:千(?![瓦米克卡帕伏赫分])|百(?![分帕])|十|[万亿萬億](?!分之))"
_GAP = r"\s{0,6}"
#: A figure whose groups are parted as a clause is, 总额1，753亿元; not 列第1，200家企业.
GROUPED = (
    r"(?<![第前后图表\d.，,A-Za-z-])[1-9][0-9]{0,2}(?:，[0-9]{3})+"
    r"(?=(?:\.\d+)?[多余]?[万亿]{0,2}(?:[元吨亩人户个项家辆台件头斤度]|公里|立方|平方|千瓦|马力))"
)
#: A point as older pages set it, 14·1%, and not the day of an event, 12·4.
MIDDLE_POINT = r"·(?=\d{1,3}(?:[%％‰万亿倍元吨亩米]|个百分点|美元|港元|公里|公顷|平方|立方))"
_DIGITS = (
    # a figure that the end of a line of running text cuts in two
    r"(?<=[一-鿿])\d{1,12}[^\S\n]{0,3}\n\s{0,6}\d{1,12}(?:[.．]\d+)?(?=\s{0,3}[一-鿿%％‰])"
    rf"|{GROUPED}(?:\.\d+)?"
    r"|(?:[0-9]{1,3}(?:,[0-9]{3})+(?!\d)|[０-９]{1,3}(?:，[０-９]{3})+(?!\d)|\d+)"
    rf"(?:(?:[.．]\s{{0,6}}|{MIDDLE_POINT})\d+)?"
)
# Three in a row of capitals are a numeral where a multiplier is among them; alone they are parts of words (队伍, 大陆).
_FORMAL = (
    f"(?=[{_CAPITALS}零〇]{{0,3}}[{_CAPITAL_MULTIPLIERS}{_LARGE}])"
    f"[{_CAPITALS}{_CAPITAL_MULTIPLIERS}][{_CAPITALS}{_CAPITAL_MULTIPLIERS}{_LARGE}零〇]{{1,24}}"
)
_WHOLE = f"(?:[{_CHINESE}]|{_MULTIPLIER})+"
#: 十来个, 二十来年; and not 十来自, 二十来访.
AROUND = "来(?=[年个月天户人名岁里米亩斤公元块家座间辆头只条件场层吨张棵平万亿]|分钟|小时)"
_PART_OF_ONE = "点[零〇一二三四五六七八九]{1,4}"
#: The digits behind 点.
_ONES = str.maketrans("零〇一二三四五六七八九", "00123456789")
#: 百分之五点二, 三点四亿, 一点五倍, 三十点六公里; and not 三点要求, 两点一线.
POINT = (
    f"(?:(?<=分之){_WHOLE}{_PART_OF_ONE}"
    f"|{_WHOLE}{_PART_OF_ONE}(?=[万亿倍亩吨]|个?百分点|(?:平方)?公里|千米|米(?!其)|公顷|元(?![旦化])))"
)
_NUMERAL = re.compile(
    f"(?P<digits>{_DIGITS})(?P<size>(?:个(?=亿))?(?:{_GAP}{_MULTIPLIER}){{1,4}})?"
    f"(?P<more>{_GAP}(?:[多余]|(?<=[1-9]0)几|{AROUND})(?:{_GAP}{_MULTIPLIER}){{0,2}})?"
    rf"(?P<parts>(?:零?\d{{1,4}}(?:{_MULTIPLIER}){{1,2}}|零?\d{{4}}(?![\d.．年])){{1,3}})?"
    "(?P<past>(?<=[百千万])[多余]万?)?"
    f"|(?P<formal>{_FORMAL})"
    f"|(?P<half>一?半)"
    f"|(?P<several>几|(?<![人总指次件户个倍系参岁])数)(?P<tens>{_MULTIPLIER}{{1,4}})"
    f"|(?P<point>{POINT})(?P<by>[万亿]{{0,2}})"
    f"|(?P<chinese>(?!零下)(?:[{_CHINESE}]|{_MULTIPLIER})+)"
    f"(?P<beyond>(?<=[{_LARGE}])(?:[多余几]|{AROUND})(?:{_MULTIPLIER}){{0,2}})?"
    f"|(?P<sign>[{_SIGNS}])"
)
_CHARACTER = f"(?:{_FORMAL}|[\\d{_CHINESE}{_LARGE}半{_SIGNS}⁰¹²³⁴-⁹₀-₉])"
_CHARACTERS = re.compile(f"{_CHARACTER}+")
#: Numeral characters with the signs that may stand between them, and a percent sign: 51.7, 1-8, 2+2, 99.32%.
_RUN = re.compile(f"{_CHARACTER}(?:[.,．%％+~～－-]{{0,2}}{_CHARACTER})*[%％]?")
_PART = re.compile(f"零?(\\d+)([{_LARGE}]*)")
_SIMPLE = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟兩萬億", "一二二三三四五六六七八九十百千两万亿")
_TWENTIES = {"廿": "二十", "卅": "三十", "卌": "四十"}
#: Two neighbouring digits tell a range: 两三年, 三四十户, 十五六岁; so does 三五.
_NEIGHBOURS = re.compile(f"(?P<head>(?:.*[{_LARGE}])?)(?P<pair>一二|[二两]三|三四|三五|四五|五六|六七|七八|八九)"
                         f"(?P<tail>[{_LARGE}]*)")  # fmt: skip
#: Longer runs are telephone numbers, serial numbers and the like.
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of a text.

    Attributes:
        value: what it says, in units of one: 5170000000 for 51.7亿.
        step: the size of its last written digit: 0.1亿 for 51.7亿, 1 for 1246.
        last_digit: the size of its last digit that is not zero: 100 for 1500.
        size: what its multiplier multiplies with: 100000000 for 51.7亿, 1 for 1246.
        high: the upper value of a numeral that is itself a range, such as 两三.
        word: ``more`` where 多, 余 or 几 stands behind the figure, ``about`` where 来 does, ``several`` where 几 or 数
            stands before it, else empty.
        start, end: its span in the text.
        cuts: the span of a word that stands inside or behind the figure (多, 余, 几); empty where there is none.
    """

    value: Fraction
    step: Fraction
    last_digit: Fraction
    size: Fraction = Fraction(1)
    high: Fraction | None = None
    word: str = ""
    start: int = 0
    end: int = 0
    cuts: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, value: Fraction, step: Fraction, **more: Any) -> "Numeral":
        """A numeral of a value and a step; the size of its last digit follows."""
        last_digit = step
        while value and value % (last_digit * 10) == 0:
            last_digit *= 10
        return cls(value, step, last_digit, **more)

    def times(self, factor: Fraction | int) -> "Numeral":
        """The numeral told in a smaller unit, of which so many make one of its own: 三成 times 10 is 30 per cent."""
        return replace(
            self,
            value=self.value * factor,
            step=self.step * factor,
            last_digit=self.last_digit * factor,
            high=None if self.high is None else self.high * factor,
        )


def wording_of(behind: str) -> str:
    """What the word behind a figure says of it: 多, 余 and 几 that it is more, 来 that it is about so much."""
    return "about" if behind.startswith("来") else "more" if behind else ""


def find(text: str) -> Iterator[Numeral]:
    """The numerals of a text, in order, in linear time; runs that state no number (十百千万) are passed over."""
    for match in _NUMERAL.finditer(text):
        if match.end() - match.start() > _LONGEST:
            continue
        numeral = _read(match)
        if numeral is not None:
            yield numeral


def characters(text: str) -> Iterator[int]:
    """The offsets of all numeral characters of a text, whether or not they state a number.

    They are the digits of all scripts, full-width ones too, Chinese numerals with 廿, 卅, 半, capitals where they stand in
    a numeral (叁拾伍万, and not 队伍), and Unicode's other numerals such as Ⅳ and ①.
    """
    for match in _CHARACTERS.finditer(text):
        yield from range(*match.span())


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of numeral characters with the signs between them: 1-8, 2+2, 99.32%."""
    return (match.span() for match in _RUN.finditer(text))


def _read(match: re.Match) -> Numeral | None:
    start, end = match.span()
    if match["digits"]:
        return _in_digits(match)
    if match["half"]:
        return Numeral.of(Fraction(1, 2), Fraction(1, 2), start=start, end=end, cuts=(end, end))
    if match["sign"]:
        value = Fraction(unicodedata.numeric(match["sign"])).limit_denominator(100)
        return Numeral.of(value, Fraction(1, value.denominator), start=start, end=end, cuts=(end, end))
    if match["point"]:
        return _with_point(match)
    word, cuts, beyond = "", (end, end), ""
    if match["several"]:
        word, cuts = "several", (start, start + 1)
    elif match["beyond"]:
        cut = match.end("chinese")
        word, cuts, beyond = wording_of(match["beyond"]), (cut, cut + 1), match["beyond"][1:]
    found = chinese((match["tens"] or match["formal"] or match["chinese"]) + beyond)
    if found is None:
        return None
    value, size, high = found
    return Numeral.of(value, size, size=size, high=high, word=word, start=start, end=end, cuts=cuts)


def _in_digits(match: re.Match) -> Numeral:
    digits = unicodedata.normalize("NFKC", "".join(match["digits"].split())).replace(",", "").replace("·", ".")
    more = "".join((match["more"] or "").split())
    size = _size("".join((match["size"] or "").split()).removeprefix("个") + more[1:])
    value, step = Fraction(digits) * size, size
    if "." in digits:
        step /= 10 ** len(digits.partition(".")[2])
    end = match.end("size") if match["size"] else match.end("digits")
    if more:
        cut = match.end("more") - len(match["more"].lstrip())
        start, end, word = match.start(), match.end("more"), wording_of(more)
        return Numeral.of(value, step, size=size, word=word, start=start, end=end, cuts=(cut, cut + 1))
    if match["parts"] and size > 1 and "." not in digits:
        past = match["past"] or ""  # 1亿3千多万
        for part in _PART.finditer(match["parts"]):
            whole = part.end() == len(match["parts"])
            below = _size(part[2] + past[1:] if whole else part[2])
            addend = int(part[1]) * below
            if addend >= size:
                break
            value, size, step, end = value + addend, below, below, match.start("parts") + part.end()
            if past and whole:
                cuts = (end, end + 1)
                return Numeral.of(value, step, size=size, word="more", start=match.start(), end=match.end(), cuts=cuts)
    return Numeral.of(value, step, size=size, start=match.start(), end=end, cuts=(end, end))


def _with_point(match: re.Match) -> Numeral | None:
    """五十八点二, 三点四亿."""
    whole, _, part = _simple(match["point"]).partition("点")
    low = _cn2an(whole)
    if low is None:
        return None
    size, digits = _size(match["by"]), part.translate(_ONES)
    step = size / 10 ** len(digits)
    end = match.end()
    return Numeral.of(low * size + int(digits) * step, step, size=size, start=match.start(), end=end, cuts=(end, end))


def _simple(text: str) -> str:
    return text.translate(_SIMPLE)


def _size(multipliers: str) -> Fraction:
    size = Fraction(1)
    for character in _simple(multipliers):
        size *= MULTIPLIERS[character]
    return size


@lru_cache(maxsize=4096)
def chinese(text: str) -> tuple[Fraction, Fraction, Fraction | None] | None:
    """Value, size of the last step, and upper value of a numeral in characters; ``None`` for a run that states no number."""
    text = _simple(text)
    neighbours = _NEIGHBOURS.fullmatch(text)
    if neighbours:
        low, high = (_cn2an(neighbours["head"] + digit + neighbours["tail"]) for digit in neighbours["pair"])
        if low is None or high is None:
            return None
    else:
        low, high = _cn2an(text), None
        if low is None:
            return None
    return Fraction(low), _size(text[len(text.rstrip("万亿")) :]), None if high is None else Fraction(high)


def _cn2an(text: str) -> int | None:
    for character, words in _TWENTIES.items():
        text = text.replace(character, words)
    if text[0] in MULTIPLIERS:
        text = "一" + text
    try:
        return int(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError):  # it refuses 十百千万 with the one and 零十 with the other
        return None
