"""Where words and marks stand on a sheet: rows measured in inches, so that no label runs into another or its mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from zhenzhi.charts import style
from zhenzhi.charts.chart import Canvas

#: Height of a line of text, and the margin of axes at the left and the right, in inches.
LINE, SIDE = 0.175, 0.08


@dataclass(frozen=True)
class Place:
    """A row of a picture: its words, and the heights at which they and the mark stand, in inches from the top."""

    left: list[str]
    right: list[str]
    top: float
    right_top: float
    mark: float
    bottom: float


def spread(
    canvas: Canvas,
    words: Sequence[tuple[str, str]],
    mark: float | Sequence[float],
    below: float = 0.0,
    side: float = SIDE,
    top: float = 0.0,
) -> tuple[list[Place], float]:
    """Rows one below the other, each with words on the left and on the right above a mark; also their height in all.

    Args:
        mark: height of the marks in inches, one for all or one for each.
        below: room for more words below each mark.
        side: margin of the axes at the left and the right.
        top: where the first row begins.
    """
    room = canvas.width - 2 * side
    heights = [mark] * len(words) if isinstance(mark, float | int) else mark
    places, y = [], top
    for (left, right), height in zip(words, heights, strict=True):
        beside = _inches(right) + 0.2 if right else 0.0
        lines, ends = style.wrap(left, room), style.wrap(right, room)
        right_top, depth = y + len(lines) * LINE, len(lines) + len(ends)
        # The right words stand beside the left ones where that takes no more lines than below them.
        if beside < 0.75 * room and len(style.wrap(left, room - beside)) <= depth:
            lines, ends = style.wrap(left, room - beside), [right]
            right_top, depth = y, len(lines)
        middle = y + depth * LINE + 0.05 + height / 2
        bottom = middle + height / 2 + below + 0.14
        places.append(Place(lines, ends, y, right_top, middle, bottom))
        y = bottom
    return places, y


def _inches(text: str, size: float = style.FONT_SIZE) -> float:
    return style.ems(text) * size / 72


def sheet(axes: Axes, height: float) -> None:
    """Axes without a frame whose heights are inches from the top."""
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)


def write(axes: Axes, place: Place) -> None:
    """The words of a row."""
    for lines, x, y, align in ((place.left, 0, place.top, "left"), (place.right, 1, place.right_top, "right")):
        for number, line in enumerate(lines):
            middle = y + (number + 0.5) * LINE
            axes.text(x, middle, line, transform=axes.get_yaxis_transform(), va="center", ha=align)


def small(
    axes: Axes, x: float, y: float, text: str, role: str = "muted", align: str = "left", inside: bool = False
) -> None:
    """A small text centred at height ``y``; ``x`` is a part of the width, or a value on the axis where ``inside``."""
    transform = axes.transData if inside else axes.get_yaxis_transform()
    axes.text(x, y, text, transform=transform, va="center", ha=align, size=style.SMALL, color=style.light(role))
