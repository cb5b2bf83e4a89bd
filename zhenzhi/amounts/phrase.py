"""A quantity as a phrase states it: figure, unit and wording. ``grammar`` finds and reads phrases."""

from dataclasses import dataclass
from fractions import Fraction

from zhenzhi.amounts import wording
from zhenzhi.amounts.interval import Interval
from zhenzhi.amounts.numerals import Numeral

#: Units of arithmetic, which the words of growth and of shares make.
PERCENT, PER_MILLE, POINTS, TIMES = "percent", "per-mille", "percentage-point", "times"


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
