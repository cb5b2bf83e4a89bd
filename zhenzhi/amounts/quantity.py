"""A reported or computed quantity, with the values that it may stand for."""

from dataclasses import dataclass, replace
from fractions import Fraction

from zhenzhi.amounts.interval import Interval

__all__ = ["Interval", "Quantity"]


@dataclass(frozen=True)
class Quantity:
    """A reported or computed quantity.

    Attributes:
        value: the figure in its base unit, or ``None`` for a label without a value or a computed interval.
        unit: the base unit, a key of ``units.csv``.
        interval: the values that the figure may stand for on the usual reading of its wording, in the base unit.
        counted: whether the unit counts whole things.
        strict: the values on the strict reading of its wording; ``None`` where it is the usual one.
        step: the size of its last written digit, in the base unit; ``None`` where no figure is written.
    """

    value: Fraction | None
    unit: str
    interval: Interval
    counted: bool = False
    strict: Interval | None = None
    step: Fraction | None = None

    @property
    def number(self) -> Fraction:
        """The figure in its base unit.

        Raises:
            ValueError: there is none, as with a computed interval.
        """
        if self.value is None:
            raise ValueError("the quantity has no single figure")
        return self.value

    def moved(self, to: Fraction) -> "Quantity":
        """The quantity with another figure in the same words: its intervals move with it."""
        by = Interval.exactly(to - self.number)
        strict = None if self.strict is None else self.strict + by
        return replace(self, value=to, interval=self.interval + by, strict=strict)

    def whole_numbers(self) -> range:
        """The whole numbers that the quantity may stand for; see ``Interval.whole_numbers``."""
        return self.interval.whole_numbers()
