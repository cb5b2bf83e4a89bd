"""The small pictures of panels as SVG: bars, shares, whole numbers, intervals.

A panel has a picture for each of its states, up to a hundred on a page, so they are written as plainly as can be: no parts
that refer to each other, no styles. Every element has its end tag, for readers of HTML that do not know SVG. Colours and
typeface are those of the page, and follow the reader's theme.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from math import ceil, floor

from matplotlib.ticker import MaxNLocator

from zhenzhi.amounts.quantity import Interval
from zhenzhi.charts import style

#: Width of a picture, in pixels on a phone; its height follows from what it shows.
WIDTH = 340

#: Sizes of text: no smaller than those of a chart on a phone.
_SIZE, _SMALL = 13.4, 13.0

#: Heights: of a bar with a line of words above, of that line, of its base line, of the middle of the bar below the words.
_ROW, _LINE, _BASE, _MIDDLE = 40, 17, 14, 28


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: its name, its figure in words, the values that the figure may stand for, its colour's role."""

    name: str
    figure: str
    interval: Interval
    role: str


class _Sheet:
    """An SVG that is being drawn; heights run down from the top."""

    def __init__(self, height: float):
        self._height = height
        self._parts: list[str] = []

    def text(self, x: float, y: float, words: str, role: str = "ink", anchor: str = "start", small: bool = False):
        colour = "" if role == "ink" else f' fill="{_colour(role)}"'
        align = "" if anchor == "start" else f' text-anchor="{anchor}"'
        size = f' font-size="{_SMALL}"' if small else ""
        self._parts.append(f'<text x="{_short(x)}" y="{_short(y)}"{align}{size}{colour}>{escape(words)}</text>')

    def rectangle(self, left: float, right: float, middle: float, thickness: float, role: str, hollow: bool = False):
        where = f'x="{_short(left)}" y="{_short(middle - thickness / 2)}"'
        size = f'width="{_short(right - left)}" height="{_short(thickness)}"'
        look = f'fill="none" stroke="{_colour(role)}"' if hollow else f'fill="{_colour(role)}"'
        self._parts.append(f"<rect {where} {size} {look}></rect>")

    def line(self, start: tuple[float, float], end: tuple[float, float], role: str, width: float = 1):
        course = f"M{_short(start[0])} {_short(start[1])}L{_short(end[0])} {_short(end[1])}"
        thick = "" if width == 1 else f' stroke-width="{_short(width)}"'
        self._parts.append(f'<path d="{course}" stroke="{_colour(role)}"{thick}></path>')

    def dot(self, x: float, y: float, role: str, ring: bool = False, radius: float = 3):
        fill = _colour("paper" if ring else role)
        self._parts.append(
            f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}" fill="{fill}" stroke="{_colour(role)}"></circle>'
        )

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_short(self._height)}" '
            f'font-size="{_SIZE}" fill="{_colour("ink")}" aria-hidden="true">{"".join(self._parts)}</svg>'
        )


def _colour(role: str) -> str:
    """The page's colour of a role; where no page says one, the light colour."""
    return f"var(--zz-{role}, {style.light(role)})"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def spans(drawn: Sequence[Bar]) -> str:
    """Shares of one whole, each as a bar in a band that stands for the whole; its last stretch is how far it may go."""
    row = _row(drawn)
    sheet = _Sheet(row * len(drawn))
    for number, bar in enumerate(drawn):
        middle = _name(sheet, number * row, row, bar)
        low, high = (float(end) * WIDTH / 100 for end in bar.interval.bounds)
        sheet.rectangle(0, WIDTH, middle, 9, "line")
        sheet.rectangle(0, low, middle, 9, bar.role)
        sheet.rectangle(low, high, middle, 4, bar.role)
    return sheet.svg()


def _row(drawn: Sequence[Bar]) -> float:
    """Height of a row: one line of words above each bar, two where a name and a figure do not fit beside each other."""
    widest = max(style.ems(bar.name) + style.ems(bar.figure) for bar in drawn)
    return _ROW if (widest + 1) * _SIZE <= WIDTH else _ROW + _LINE


def _name(sheet: _Sheet, top: float, row: float, bar: Bar) -> float:
    """The name and the figure of a bar above it; returns where its middle is."""
    more = row - _ROW
    sheet.text(0, top + _BASE, bar.name)
    sheet.text(WIDTH, top + _BASE + more, bar.figure, anchor="end")
    return top + more + _MIDDLE


def whole_numbers(band: tuple[float, float], fits: Sequence[int], whole: int, digits: Callable[[int], str]) -> str:
    """Whole numbers up to ``whole`` as ticks on a line around a band; those that fit stand out."""
    sheet = _Sheet(54)
    low, high = max(0, ceil(band[0]) - 3), min(whole, floor(band[1]) + 3)
    shown = range(low, high + 1)
    unit = WIDTH / (len(shown) + 0.2)
    # As many numbers as the width holds.
    every = ceil((style.ems(digits(high)) * _SIZE + 9) / unit)

    def place(value: float) -> float:
        return (value - low + 0.6) * unit

    half = max((place(band[1]) - place(band[0])) / 2, 1)
    middle = place(sum(band) / 2)
    sheet.rectangle(middle - half, middle + half, 38, 28, "line")
    sheet.line((place(low), 38), (place(high), 38), "muted")
    for number in shown:
        fit = number in fits
        role, reach = ("computed", 10) if fit else ("muted", 4)
        sheet.line((place(number), 38 - reach), (place(number), 38 + reach), role, 5 if fit else 1.5)
        if (number - low) % every == 0:
            sheet.text(place(number), 16, digits(number), role, "middle")
    return sheet.svg()


def steps(numbers: Sequence[int], chosen: int, fits: bool, digits: Callable[[int], str]) -> str:
    """Whole numbers as dots on a line, the chosen one large, and in the colour of what was computed where it will do."""
    sheet = _Sheet(70)
    unit = WIDTH / (len(numbers) + 0.2)

    def place(value: float) -> float:
        return (value - numbers[0] + 0.6) * unit

    sheet.line((place(numbers[0]), 44), (place(numbers[-1]), 44), "line")
    for number in numbers:
        role = "muted" if number != chosen else "computed" if fits else "series"
        sheet.dot(place(number), 44, role, radius=7 if number == chosen else 3)
    sheet.text(place(chosen), 16, digits(chosen), "ink", "middle")
    return sheet.svg()


def intervals(drawn: Sequence[Bar], words: Callable[[Fraction], str]) -> str:
    """Intervals on one axis that shows where they differ; an open end is a ring, a side without end runs to the edge.

    Args:
        drawn: the intervals; at least one has an end.
        words: a value of the axis in words.
    """
    ends = [end for bar in drawn for end in (bar.interval.low, bar.interval.high) if end is not None]
    spread = (max(ends) - min(ends)) or abs(max(ends)) / 100 or Fraction(1)
    left, right = min(ends) - spread / 4, max(ends) + spread / 4
    row = _row(drawn)
    foot = row * len(drawn) + 3
    sheet = _Sheet(foot + 22)

    def place(value: Fraction) -> float:
        return float((value - left) / (right - left)) * WIDTH

    for number, bar in enumerate(drawn):
        interval, middle = bar.interval, _name(sheet, number * row, row, bar)
        low, high = (
            (0 if interval.low is None else place(interval.low)),
            (WIDTH if interval.high is None else place(interval.high)),
        )
        sheet.line((low, middle), (high, middle), bar.role, 5)
        for end, is_open in ((interval.low, interval.low_open), (interval.high, interval.high_open)):
            if end is not None:
                sheet.dot(place(end), middle, bar.role, ring=is_open)
    sheet.line((0, foot), (WIDTH, foot), "line")
    for mark, text in _marks(left, right, words):
        sheet.line((place(mark), foot), (place(mark), foot + 4), "muted")
        sheet.text(place(mark), foot + 17, text, "muted", "middle", small=True)
    return sheet.svg()


def _marks(left: Fraction, right: Fraction, words: Callable[[Fraction], str]) -> list[tuple[Fraction, str]]:
    """A few round values of an axis in words, as many as have room within it."""
    marks: list[tuple[Fraction, str]] = []
    for count in (5, 4, 3, 2):
        values = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(float(left), float(right))
        # The fewest digits that tell the value: a float would carry its own error into the words.
        exact = [Fraction(f"{value:.10g}") for value in values]
        half = {value: style.ems(words(value)) * _SMALL / 2 / WIDTH for value in exact}
        at = {value: float((value - left) / (right - left)) for value in exact}
        inside = [value for value in exact if half[value] <= at[value] <= 1 - half[value]]
        marks = [(value, words(value)) for value in inside]
        if all(at[b] - half[b] - at[a] - half[a] > 0.03 for a, b in zip(inside, inside[1:], strict=False)):
            break
    return marks


def paired_bars(
    names: dict[str, str], before: dict[str, int], after: dict[str, int], digits: Callable[[int], str]
) -> str:
    """A bar for each rung with the count after a change, and in outline the count before."""
    top = max(*before.values(), *after.values(), 1)
    row, drop = 26, 0.35 * _SIZE  # from the middle of a bar to the base line of its words
    sheet = _Sheet(row * len(names))
    left = (max(map(style.ems, names.values())) + 1) * _SIZE
    unit = (WIDTH - left - (style.ems(digits(top)) + 0.5) * _SIZE) / top
    for number, (rung, name) in enumerate(names.items()):
        middle = (number + 0.5) * row
        sheet.text(0, middle + drop, name)
        sheet.rectangle(left, left + after[rung] * unit, middle, 11, "series")
        sheet.rectangle(left, left + before[rung] * unit, middle, 16, "ink", hollow=True)
        sheet.text(left + max(before[rung], after[rung]) * unit + 5, middle + drop, digits(after[rung]))
    return sheet.svg()
