"""Reads a phrase that states a quantity: its value, unit and wording, as they follow from the words alone.

``read`` takes the phrase of a claim (同比下降22.9%), ``find`` a whole text. Neither raises on any text, and both take time
in proportion to its length. The words of units are data (``Lexicon``); what is told around a numeral reads ``around``, and a
number that stands in a word (唯一, 每季度, 翻倍) is read here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from zhenzhi.amounts import numerals
from zhenzhi.amounts.around import BEFORE, BEHIND, BEHIND_WORDS, WINDOW, Around, ahead, back, qualifier, squeezed, stop
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.numerals import Numeral
from zhenzhi.amounts.phrase import PER_MILLE, PERCENT, POINTS, TIMES, Phrase
from zhenzhi.amounts.traditional import INVISIBLE, simplified

#: How many of an order are meant, the first of them: 前五名, 十强.
_FIRST = re.compile(r"前[\d一二三四五六七八九十百千]+[名位强]?|[\d一二三四五六七八九十百千]+强")
#: Words that count one thing without a figure of their own.
_ONE = re.compile("唯一|首(?=[个家座条所项张例部支笔艘台套宗])")
_PROPORTION = re.compile(r"\d+(?:[.．]\d+)?(?:[:：]\d+(?:[.．]\d+)?)+")
_WHOLE = re.compile("百分百|翻倍|翻番")


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
    for word, wording in BEHIND_WORDS.items():
        if behind.endswith(word):
            behind = behind.removesuffix(word)
            if found.wording not in ("more", "range"):
                found = replace(found, wording=wording)
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
                following = figures[number + 1] if number + 1 < len(figures) else None
                around = Around(text, figures[number], following, done, lexicon, carried)
                carried = around.phrase()
                done, number = carried.end, number + around.used
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


def _in_words(text: str, match: re.Match, figures: list[Numeral], lexicon: Lexicon) -> Phrase:
    """A phrase whose number stands in a word: 唯一, 首个, 每季度, 翻倍."""
    word, start, end = match.group(), match.start(), match.end()
    one = Numeral.of(Fraction(1), Fraction(1), start=start, end=end, cuts=(end, end))
    before = BEFORE.search(squeezed(text[max(0, start - WINDOW) : start]))
    told = qualifier(before["qualifier"]) if before else ""
    start = back(text, start, len(before.group())) if before else start
    if _WHOLE.fullmatch(word):
        hundred = replace(one, value=Fraction(100), last_digit=Fraction(100))
        if word != "百分百":
            hundred = replace(hundred, step=Fraction(100))
        changes = word != "百分百"
        kind = "change" if changes else "share"
        return Phrase(start, end, hundred, None, told or "exact", False, changes, word, (PERCENT,), (kind,))
    behind = squeezed(text[end : end + WINDOW])
    if word not in ("唯一", "首"):
        times = re.match(r"([^，。；]{0,6}?)(\d{1,4}|[一两三四五六七八九十]{1,3})(?:[次回]|班(?!级))", behind)
        if times:
            counted = next(numerals.find(times[2]), one)
            one = replace(one, value=counted.value, last_digit=counted.last_digit)
            within, suffix = BEFORE.search(times[1]), BEHIND.match(behind, times.end())
            if suffix:  # 每周2次以上
                told = BEHIND_WORDS[suffix["word"]]
            elif within and within["qualifier"]:  # 每周不少于2次
                told = qualifier(within["qualifier"])
            end = ahead(text, end, (suffix or times).end())
        units = lexicon.units_of(word)
        return Phrase(start, end, one, None, told or "exact", False, False, word, units, ("frequency",))
    written = lexicon.unit_at(behind)
    units = lexicon.units(behind[: stop(behind)]) or lexicon.units("个")
    end = ahead(text, end, len(written))
    return Phrase(start, end, one, None, "exact", False, False, written, units, ("rank", "level"))
