"""Numbers, dates and ranges put into the words of one language; nothing here knows the data package."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any

from babel.dates import format_date

from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.data import dates

#: Small counts in words. 两 and not 二: a count stands before what it counts.
_WORDS = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    "zh": ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"),
}

#: Scales of large numbers by language: the least value, the size, and the word.
_SCALES = {
    "en": ((10**9, 10**9, " billion"), (10**6, 10**6, " million")),
    "zh": ((10**8, 10**8, "亿"), (10**4, 10**4, "万")),
}


class Words:
    """Words for quantities and dates.

    Args:
        language: ``en`` or ``zh``.
        label: gives a phrase by its key, its gaps filled: ``range``, ``any``, ``qualifier-...``.
        units: a row for each unit, with its names and whether it is counted.
    """

    def __init__(self, language: str, label: Callable[..., str], units: Mapping[str, Mapping[str, Any]]):
        self.language, self._label, self._units = language, label, units

    def amount(self, value: Fraction, unit: str, qualified: Callable[[str], str] = str) -> str:
        """A value as it stands, with its unit and what qualifies it."""
        return self._each(qualified(self.with_unit(self.number(value, unit, None), unit, value)), unit)

    def in_full(self, value: Decimal, unit: str) -> str:
        """A value with all its digits and its unit."""
        return self._each(self.with_unit(digits(value, self.language), unit, Fraction(value)), unit)

    def computed(self, quantity: Quantity, with_unit: bool = True) -> str:
        """The bounds of a quantity; a measure whose bounds share four digits has these, as more of them help nobody."""
        shared = None if quantity.counted or _is_short_point(quantity.interval) else _shared(quantity.interval, 4)
        if shared is None:
            return self.interval(quantity, with_unit)
        text = self.number(shared[0], quantity.unit, shared[1])
        return self._each(self.with_unit(text, quantity.unit, shared[0]), quantity.unit) if with_unit else text

    def about(self, quantity: Quantity) -> str:
        """A quantity with the digits that its bounds support, three at most: about 17.4 billion yuan.

        What has no bound on one side, a count that is nearly known and what three decimals write out stand as they are.
        """
        interval = quantity.interval
        if not interval.is_bounded or _is_short_point(interval):
            return self.interval(quantity)
        low, high = interval.bounds
        if quantity.counted and not interval.is_point and high - low <= 10:
            return self.interval(quantity)
        half, largest = (high - low) / 2, max(abs(low), abs(high))
        step = Fraction(10) ** (floor(log10(largest)) - 2)
        if half:
            step = max(step, Fraction(10) ** ceil(log10(half)))
        value = round((low + half) / step) * step
        text = self.number(value, quantity.unit, step)
        about = self._label("qualifier-about", figure=self.with_unit(text, quantity.unit, value))
        return self._each(about, quantity.unit)

    def interval(self, quantity: Quantity, with_unit: bool = True) -> str:
        """The bounds of a quantity, rounded outward so that the words never promise more than the arithmetic."""
        text = self._interval(quantity, with_unit)
        return self._each(text, quantity.unit) if with_unit else text

    def _interval(self, quantity: Quantity, with_unit: bool) -> str:
        interval, unit = quantity.interval, quantity.unit
        # What is only known to be above nought is told by its upper end: below 100 million.
        above_nought = interval.low == 0 and interval.low_open and not quantity.counted
        if interval.low is None or interval.high is None or above_nought:
            bound, key = (interval.low, "over") if interval.high is None else (interval.high, "at-most")
            if bound is None:
                return self._label("any")
            if bound and not (quantity.counted and bound.denominator == 1):
                step = Fraction(10) ** (floor(log10(abs(bound))) - 3)
                bound = (floor if key == "over" else ceil)(bound / step) * step
            text = self.number(bound, unit, None)
            text = self.with_unit(text, unit, bound) if with_unit else text
            if key == "over" and not interval.low_open:
                key = "at-least"
            elif key == "at-most" and interval.high_open:
                key = "below"
            return self._label(f"qualifier-{key}", figure=text)
        whole = quantity.whole_numbers() if quantity.counted else range(0)
        if whole:
            # Of whole things an open end is one more or one less.
            interval = Interval(Fraction(whole[0]), Fraction(whole[-1]))
        least, most = interval.bounds
        if _is_short_point(interval):
            text = self.number(least, unit, None)
        else:
            step = Fraction(1) if quantity.counted else _step_for(interval)
            low, high = floor(least / step) * step, ceil(most / step) * step
            first = self._lower(self.number(low, unit, step, high), unit if with_unit else "")
            text = self._label("range", low=first, high=self.number(high, unit, step, low))
            text = self._merge_scale(text)
        return self.with_unit(text, unit, most) if with_unit else text

    def allowed(self, quantity: Quantity) -> str:
        """The values that a figure may stand for, with what is included: more than 5 and less than 6 billion yuan.

        Of a fall its size is told.
        """
        return self._each(self._allowed(quantity), quantity.unit)

    def _allowed(self, quantity: Quantity) -> str:
        interval, unit, counted = quantity.interval, quantity.unit, "-counted" if quantity.counted else ""
        if quantity.value is not None and quantity.value < 0:
            fall = replace(quantity, value=-quantity.value, interval=-interval)
            return self._label("allows-fall", figure=self._allowed(fall))
        low, high = interval.low, interval.high
        if low is not None and low == high:
            return self._label("allows-exactly", figure=self._bound(low, unit))
        if low is not None and high is None:
            key = "allows-over" if interval.low_open else "allows-at-least"
            return self._label(key, figure=self._bound(low, unit))
        if not low and high is not None:
            key = f"allows-under{counted}" if interval.high_open else "allows-at-most"
            return self._label(key, figure=self._bound(high, unit))
        if low is None or high is None or not interval.high_open:
            return self._interval(quantity, with_unit=True)
        key = f"allows-{'between' if interval.low_open else 'from'}{counted}"
        low_text = self._lower(self.number(low, unit, None, high), unit)
        return self._merge_scale(self._label(key, low=low_text, high=self._bound(high, unit, low)))

    def _bound(self, bound: Fraction, unit: str, other: Fraction | None = None) -> str:
        return self.with_unit(self.number(bound, unit, None, other), unit, bound)

    def _lower(self, text: str, unit: str) -> str:
        """The lower end of a range: Chinese repeats the percent sign (GB/T 15835), English says it once."""
        return f"{text}%" if unit == "percent" and self.language == "zh" else text

    def _merge_scale(self, text: str) -> str:
        """Says million once in a range; Chinese repeats 亿 and 万 (GB/T 15835)."""
        if self.language == "zh":
            return text
        for _, _, word in _SCALES[self.language]:
            if text.count(word) == 2:
                return text.replace(word, "", 1)
        return text

    def number(self, value: Fraction, unit: str, step: Fraction | None, other: Fraction | None = None) -> str:
        """A number with the digits of its step, scaled (million, 亿) where a person would.

        ``other`` is the other end of a range, which is scaled alike.
        """
        ends = [value] if other is None else [value, other]
        size, word = 1, ""
        if not (self._units[unit]["counted"] and step in (None, 1)):
            size, word = self._scale(max(map(abs, ends)))
        elif self.language == "zh" and all(end % (100 if other is None else 10) == 0 for end in ends):
            # A count that stands in round numbers is told in 万: 41.79万人次, and 112120条 as it is.
            (size, word), step = self._scale(max(map(abs, ends))), None
        scaled = value / size
        places = 0 if step is None else _places(Fraction(step) / size)
        if step is None:
            places = next((n for n in range(10) if (scaled * 10**n).denominator == 1), 6)
        rounded = round(scaled, places)
        text = digits(Decimal(rounded.numerator) / rounded.denominator, self.language, f".{places}f")
        return text.replace("-", "−") + word

    def _scale(self, size: Fraction) -> tuple[int, str]:
        """The scale in which numbers up to a size are told, and its word."""
        return next(((scale, name) for least, scale, name in _SCALES[self.language] if size >= least), (1, ""))

    def with_unit(self, text: str, unit: str, value: Fraction) -> str:
        """A number in words with what stands behind it of its unit, in the plural where it is not one."""
        row = self._units[unit]
        if unit == "percent":
            return f"{text}%"
        if unit == "label":
            return text
        if unit in ("rank", "standing"):
            return self._label(unit, figure=text)
        if self.language == "en" and unit.startswith("per-") and value == 1:
            return row["name_en"].replace("time", "once", 1)
        if self.language == "zh":
            return f"{text}{self._phrase(unit)[1]}"
        return f"{text} {row['name_en'] if abs(value) == 1 else row['plural_en']}"

    def _each(self, text: str, unit: str) -> str:
        """A figure in words, qualified, behind what Chinese says before it of its unit: 每件约65.2条."""
        return self._phrase(unit)[0] + text if self.language == "zh" else text

    def _phrase(self, unit: str) -> tuple[str, str]:
        """What of a unit stands before and behind its number in Chinese: 个网格 behind, 每件 before and 条 behind."""
        row = self._units[unit]
        before, _, behind = (row.get("phrase_zh") or f"{{}}{row['name_zh']}").partition("{}")
        return before, behind

    def date(self, edtf: str) -> str:
        """An EDTF date in words: a day, a month, a year, a decade (198X), a span of them (2015/2019).

        An uncertain one carries a question mark, an approximate one says about.
        """
        low, _, high = edtf.partition("/")
        if not high:
            return self._one_date(edtf)
        same_year = low[:4] == high[:4] and low.count("-") == high.count("-") == 1
        first = self._one_date(low, without_year=same_year and self.language == "en")
        return self._label("range", low=first, high=self._one_date(high, same_year and self.language == "zh"))

    def _one_date(self, edtf: str, without_year: bool = False) -> str:
        """A date that is no span; ``without_year`` leaves out the year of a month."""
        first = dates.bounds(edtf)[0]
        if edtf.endswith("X"):
            return self._label("decade", year=str(first.year))
        patterns = ("y", "MMMM y", "d MMMM y") if self.language == "en" else ("y年", "y年M月", "y年M月d日")
        pattern = {"en": "MMMM", "zh": "M月"}[self.language] if without_year else patterns[edtf.count("-")]
        words = format_date(first, pattern, locale=self.language)
        if "~" in edtf:
            words = self._label("qualifier-about", figure=words)
        return self._label("uncertain", text=words) if "?" in edtf else words


def digits(number: int | float | Decimal, language: str, form: str = "") -> str:
    """A number in digits: English groups them by threes, Chinese running text does not, as the documents do not.

    Args:
        number: the number.
        language: ``en`` or ``zh``.
        form: how many of them, as Python writes it: ``.2f``.
    """
    return format(number, f",{form}" if language == "en" else form)


def number_word(number: int, language: str) -> str:
    """A whole number as running text has it: a small one in words, a larger one in digits."""
    if 0 <= number < len(_WORDS[language]):
        return _WORDS[language][number]
    return digits(number, language)


def _shared(interval: Interval, digits: int) -> tuple[Fraction, Fraction] | None:
    """The number of so many digits that both bounds round to, and the size of its last; ``None`` where there is none."""
    if not interval.is_bounded or not interval.high:
        return None
    bounds = interval.bounds
    step = Fraction(10) ** (floor(log10(max(abs(bound) for bound in bounds))) - digits + 1)
    low, high = (round(bound / step) for bound in bounds)
    return (low * step, step) if low == high else None


def _is_short_point(interval: Interval) -> bool:
    point = interval.point
    return point is not None and any((point * 10**places).denominator == 1 for places in range(4))


def _places(step: Fraction) -> int:
    """Decimal places needed to write multiples of a step."""
    places = 0
    while places < 12 and step < 1 and (step * 10**places).denominator != 1:
        places += 1
    return places


def _step_for(interval: Interval) -> Fraction:
    """The power of ten that shows where two bounds differ: at most half their distance."""
    low, high = interval.bounds
    width = high - low
    if not width:
        size = abs(high) or Fraction(1)
        return Fraction(10) ** (floor(log10(size)) - 3)
    return Fraction(10) ** floor(log10(width / 2))
