"""A reported quantity: the token as written, its value, and the interval that its wording allows.

Bounds follow the practice of interval checks on rounded figures (statcheck and GRIM; ixbrl tools use the same): a figure
stands for every value that rounds to it, which is half a unit of its last digit either way, both ends included. Words
such as over or nearly leave one side open. All arithmetic is exact (``fractions.Fraction``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import cn2an

#: The characters of which Chinese numerals and digits consist.
NUMERAL_CHARACTERS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿"

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TOKEN = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)[多余]?(?P<multiplier>[十百千万亿]*)|(?P<chinese>[零〇一二两三四五六七八九十百千万亿]+)"
)

#: Words that include the bound itself: "50 km or more", "at least once".
_INCLUSIVE = ("以上", "至少", "不少于")


@dataclass(frozen=True)
class Interval:
    """A set of real numbers between two bounds; ``None`` is no bound. A bound is included unless marked open."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self):
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the lower bound {self.low} lies above the upper bound {self.high}")

    @classmethod
    def exactly(cls, value) -> "Interval":
        """The interval that holds one value."""
        return cls(Fraction(value), Fraction(value))

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def is_bounded(self) -> bool:
        return self.low is not None and self.high is not None

    def __contains__(self, value) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))

    def meets(self, other: "Interval") -> bool:
        """Whether the two intervals share a value."""
        for a, b in ((self, other), (other, self)):
            if a.high is not None and b.low is not None:
                if a.high < b.low or (a.high == b.low and (a.high_open or b.low_open)):
                    return False
        return True

    def within(self, other: "Interval") -> bool:
        """Whether every value of this interval lies in the other."""
        above = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open)))
        )
        below = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open)))
        )
        return above and below

    def __neg__(self) -> "Interval":
        flip = lambda bound: None if bound is None else -bound  # noqa: E731
        return Interval(flip(self.high), flip(self.low), self.high_open, self.low_open)

    def clipped(self, low: Fraction | None = None, high: Fraction | None = None) -> "Interval":
        """The part of the interval that lies between two bounds, both included.

        Raises:
            ValueError: no part of it does.
        """
        new_low, low_open, new_high, high_open = self.low, self.low_open, self.high, self.high_open
        if low is not None and (new_low is None or new_low < low):
            new_low, low_open = low, False
        if high is not None and (new_high is None or new_high > high):
            new_high, high_open = high, False
        return Interval(new_low, new_high, low_open, high_open)

    def scaled(self, factor: Fraction) -> "Interval":
        """The interval times a number above zero, whatever the signs of its bounds."""
        low, high = (None if bound is None else bound * factor for bound in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)

    def __add__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        """The product of two intervals of numbers that are not negative.

        Raises:
            ValueError: a bound is negative or a lower bound is missing; no check of this project needs that case.
        """
        for interval in (self, other):
            if interval.low is None or interval.low < 0:
                raise ValueError("only intervals of numbers that are not negative can be multiplied")
        if self.high == 0 or other.high == 0:
            return Interval.exactly(0)
        high = None if self.high is None or other.high is None else self.high * other.high
        # Nothing times anything is nothing, so a zero that is included is reached whatever the other bound.
        has_zero = Fraction(0) in self or Fraction(0) in other
        low_open = (self.low_open or other.low_open) and not has_zero
        return Interval(self.low * other.low, high, low_open, self.high_open or other.high_open)

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotient; the divisor must be positive throughout.

        Raises:
            ValueError: the divisor can be zero or negative.
        """
        if other.low is None or other.low <= 0:
            raise ValueError("the divisor must be positive")
        inverse = Interval(
            Fraction(0) if other.high is None else 1 / other.high,
            1 / other.low,
            other.high is None or other.high_open,
            other.low_open,
        )
        return self * inverse

    def whole_numbers(self) -> range:
        """The whole numbers in the interval.

        Raises:
            ValueError: the interval has no lower or no upper bound.
        """
        if not self.is_bounded:
            raise ValueError("the interval has no bound on one side")
        low, high = ceil(self.low), floor(self.high)
        low += self.low_open and low == self.low
        high -= self.high_open and high == self.high
        return range(low, high + 1)


@dataclass(frozen=True)
class Token:
    """The numeral in a phrase as written.

    Attributes:
        value: what it says, in units of one.
        step: the size of its last written digit: 0.1亿 for 51.7亿, 1 for 1246.
        last_digit: the size of its last digit that is not zero: 100 for 1500.
    """

    value: Fraction
    step: Fraction
    last_digit: Fraction


def tokens(as_written: str) -> Iterator[Token]:
    """The numerals in a phrase such as 超1534万元 or 8—11级, in order; names made of numerals (十百千万) are passed over.

    A numeral is read by ``cn2an``, which is given nothing but the numeral: on running text it would rewrite names.
    """
    for match in _TOKEN.finditer(as_written):
        if match["digits"]:
            step = Fraction(1)
            for character in match["multiplier"]:
                step *= _MULTIPLIERS[character]
            value = Fraction(match["digits"]) * step
            if "." in match["digits"]:
                step /= 10 ** len(match["digits"].split(".")[1])
        else:
            text = match["chinese"]
            text = "一" + text if text[0] in _MULTIPLIERS else text
            try:
                value, step = Fraction(int(cn2an.cn2an(text, "smart"))), Fraction(1)
            except ValueError:  # a name made of numerals, such as 十百千万
                continue
            for character in text[len(text.rstrip("万亿")) :]:
                step *= _MULTIPLIERS[character]
        last_digit = step
        while value and value % (last_digit * 10) == 0:
            last_digit *= 10
        yield Token(value, step, last_digit)


def anatomy(as_written: str) -> list[tuple[str, str]]:
    """A phrase taken apart at its first numeral: pairs of a part (wording, numeral, multiplier, unit) and its characters.

    The wording is what stands before the numeral or between it and its multiplier, the unit all that follows.
    """
    match = _TOKEN.search(as_written)
    if match is None:
        return [("wording", as_written)]
    if match["digits"]:
        ends = (match.start(), match.end("digits"), match.start("multiplier"), match.end())
    else:
        ends = (match.start(), match.end(), match.end(), match.end())
    cuts = [0, *ends, len(as_written)]
    parts = zip(("wording", "numeral", "wording", "multiplier", "unit"), cuts, cuts[1:], strict=False)
    return [(part, as_written[start:end]) for part, start, end in parts if start < end]


@dataclass(frozen=True)
class Quantity:
    """A reported or computed quantity.

    Attributes:
        value: the figure in its base unit, or ``None`` for a label without a value or a computed interval.
        unit: the base unit, a key of ``units.csv``.
        interval: the values that the figure may stand for, in the base unit.
        counted: whether the unit counts whole things.
    """

    value: Fraction | None
    unit: str
    interval: Interval
    counted: bool = False

    def whole_numbers(self) -> range:
        """The whole numbers that the quantity may stand for; see ``Interval.whole_numbers``."""
        return self.interval.whole_numbers()


def allowed(
    as_written: str,
    value: Decimal | Fraction | int,
    qualifier: str = "exact",
    *,
    value_high: Decimal | Fraction | int | None = None,
    counted: bool = False,
    rounded: bool = True,
    rounding: str = "half",
) -> Interval:
    """The interval that the wording of a figure allows.

    Args:
        as_written: the phrase with the figure, its qualifier and its unit.
        value: the figure in the base unit; negative where the phrase tells a fall.
        qualifier: a word of the data contract: exact, over, nearly, about, at-most, range.
        value_high: the upper figure of a range.
        counted: whether the unit counts whole things, so that a figure written out to its last digit is not rounded.
        rounded: whether the figure may be rounded at all; a target or a count of a plan's parts is not.
        rounding: how a rounded figure came about: ``half`` to the nearest, ``cut`` off after its last digit, or ``none``.

    Raises:
        ValueError: the qualifier or the rounding is unknown.
    """
    if rounding not in ("half", "cut", "none"):
        raise ValueError(f"unknown rounding {rounding!r}; expected half, cut or none")
    if value < 0:
        high_size = None if value_high is None else -value_high
        size = -value
        return -allowed(
            as_written, size, qualifier, value_high=high_size, counted=counted, rounded=rounded, rounding=rounding
        )
    low, high = Fraction(value), Fraction(value if value_high is None else value_high)
    found = list(tokens(as_written)) or [Token(low, Fraction(1), Fraction(1))]

    def step(token: Token, size: Fraction) -> Fraction:
        # In 50-100万 the multiplier stands behind the second figure only.
        one = token.step * size / token.value if value_high is not None and token.value else token.step
        return Fraction(0) if not rounded or rounding == "none" or (counted and one == 1) else one

    if qualifier in ("exact", "range"):
        below, above = step(found[0], low), step(found[-1] if value_high is not None else found[0], high)
        if rounding == "cut":
            return Interval(low, high + above, high_open=above > 0)
        return Interval(low - below / 2, high + above / 2)
    if qualifier == "about":
        return Interval(low - found[0].last_digit / 2, low + found[0].last_digit / 2)
    if qualifier == "over":
        return Interval(low, None, low_open=not any(word in as_written for word in _INCLUSIVE))
    if qualifier == "nearly":
        return Interval(Fraction(0), low, high_open=True)
    if qualifier == "at-most":
        return Interval(Fraction(0), high)
    raise ValueError(f"unknown qualifier {qualifier!r}")
