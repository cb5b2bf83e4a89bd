"""Intervals of real numbers with exact bounds, and arithmetic that never loses a value."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf


@dataclass(frozen=True)
class Interval:
    """A set of real numbers between two bounds; ``None`` is no bound. A bound is included unless marked open."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the lower bound {self.low} lies above the upper bound {self.high}")

    @classmethod
    def exactly(cls, value: Fraction | int) -> "Interval":
        """The interval that holds one value."""
        return cls(Fraction(value), Fraction(value))

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def is_bounded(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def point(self) -> Fraction | None:
        """The one number that the interval holds; ``None`` where it holds more."""
        return self.low if self.is_point else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Both bounds.

        Raises:
            ValueError: the interval has no lower or no upper bound.
        """
        if self.low is None or self.high is None:
            raise ValueError("the interval has no bound on one side")
        return self.low, self.high

    def __contains__(self, value: Fraction | int) -> bool:
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
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

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
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_open, self.high_open)

    def __add__(self, other: "Interval") -> "Interval":
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        corners = [_times(end, other_end) for end in self._ends() for other_end in other._ends()]
        low, low_open = min(corners)  # of equal bounds the included one comes first
        high, high_open = max(corners, key=lambda corner: (corner[0], not corner[1]))
        return Interval(_finite(low), _finite(high), low != -inf and low_open, high != inf and high_open)

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotient; the divisor must be above zero throughout, or below it throughout.

        Raises:
            ValueError: the divisor can be zero.
        """
        if Fraction(0) in other or ((other.low is None or other.low < 0) and (other.high is None or other.high > 0)):
            raise ValueError("the divisor must not be zero")
        if other.low is None or other.low < 0:
            return -self / -other
        low = Fraction(0) if other.high is None else 1 / other.high
        high = None if other.low == 0 else 1 / other.low
        return self * Interval(low, high, other.high is None or other.high_open, other.low_open and high is not None)

    def whole_numbers(self) -> range:
        """The whole numbers in the interval.

        Raises:
            ValueError: the interval has no lower or no upper bound.
        """
        low, high = self.bounds
        first, last = ceil(low), floor(high)
        first += self.low_open and first == low
        last -= self.high_open and last == high
        return range(first, last + 1)

    def _ends(self) -> tuple[tuple[Fraction | float, bool], tuple[Fraction | float, bool]]:
        """Both ends as numbers that can be compared, infinite where there is no bound, and whether they are open."""
        low = (-inf, True) if self.low is None else (self.low, self.low_open)
        high = (inf, True) if self.high is None else (self.high, self.high_open)
        return low, high


def _times(one: tuple[Fraction | float, bool], other: tuple[Fraction | float, bool]) -> tuple[Fraction | float, bool]:
    """The product of two ends: nothing times anything is nothing, and is reached where the zero is included."""
    zeros = [is_open for value, is_open in (one, other) if value == 0]
    if zeros:
        return Fraction(0), all(zeros)
    return one[0] * other[0], one[1] or other[1]


def _finite(value: Fraction | float) -> Fraction | None:
    return None if value in (inf, -inf) else Fraction(value)
