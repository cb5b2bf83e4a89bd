"""A figure on its way to a claim."""

from dataclasses import dataclass


@dataclass(slots=True)
class Figure:
    """A figure on its way to a claim.

    Attributes:
        at, end: its span, without its unit.
        value, high: decimal strings; the second of a range only.
        word: ``more`` or ``about`` where 多 or 来 stands in it, later what the words around it say, a key of
            ``wording.QUALIFIERS``.
        digits, size: as written in digits, and its multiplier; empty of a figure in characters.
        shared: whether its unit stands behind a later figure of its list.
    """

    at: int
    end: int
    value: str
    word: str = ""
    digits: str = ""
    size: str = ""
    high: str | None = None
    shared: bool = False


def signed(figure: Figure, falls: bool, negative: bool) -> None:
    """Turns a figure below zero where a fall is told or a minus stands before it, and not both."""
    if falls == negative:
        return
    low, high = figure.value, figure.high
    if high is not None:
        figure.value, figure.high = f"-{high}", _below(low)
    else:
        figure.value = _below(low)


def _below(value: str) -> str:
    return value if value == "0" else f"-{value}"
