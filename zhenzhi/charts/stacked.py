"""Bars made of parts, with a key to their colours, for what is counted over whole texts and rests on no single claim."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart

#: Parts of a stacked bar: the key of the number in a row, the colour, and the label of the word.
Parts = Sequence[tuple[str, str, str]]


def counted(edition: Edition, what: str, figure: str, **more) -> dict:
    """A row that is counted here over whole texts and rests on no single claim."""
    return {"what": what, "figure": figure, **more, "mark": edition.label("mark-computed"), "claims": ""}


def stacked(
    edition: Edition,
    figure_id: str,
    rows: Sequence[dict],
    parts: Parts,
    alt: str,
    percent: bool = False,
    sources: Sequence[str] = (),
) -> Chart:
    """Bars from zero made of parts, each row with its words above, and a key to the colours at the top.

    Args:
        percent: whether the numbers are per cent, so that the bars stand on an axis.
        sources: what the source line names; by default all documents.
    """
    longest = max(sum(entry[key] for key, _, _ in parts) for entry in rows)

    def draw(canvas: Canvas) -> None:
        top = _key_height(canvas, edition, parts)
        words = [(entry["what"], entry["figure"]) for entry in rows]
        places, height = layout.spread(canvas, words, mark=0.15, top=top, side=0.16)
        (axes,) = canvas.axes(height, left=0.16, right=0.16, below=0.24 if percent else 0)
        layout.sheet(axes, height)
        axes.set_xlim(0, longest * 1.04)
        _key(axes, canvas, edition, parts)
        if percent:
            axes.spines["bottom"].set_visible(True)
            marks = range(0, int(longest) + 1, 5)
            axes.set_xticks(marks, [f"{mark}%" for mark in marks], size=style.SMALL)
        for entry, place in zip(rows, places, strict=True):
            layout.write(axes, place)
            left = 0.0
            for key, role, _ in parts:
                axes.barh(place.mark, entry[key], left=left, height=0.15, color=style.light(role), linewidth=0)
                left += entry[key]

    documents = () if sources else edition.tables.documents.index
    return Chart(edition, figure_id, draw, rows, alt, documents, sources)


def _key_places(canvas: Canvas, edition: Edition, parts: Parts) -> list[tuple[float, int]]:
    """Where each entry of the key stands: inches from the left, and its line."""
    places, x, line = [], 0.0, 0
    for _, _, label in parts:
        width = 0.4 + style.ems(edition.label(label)) * style.SMALL / 72
        if x and x + width > canvas.width - 0.32:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += width
    return places


def _key_height(canvas: Canvas, edition: Edition, parts: Parts) -> float:
    return 0.1 + (_key_places(canvas, edition, parts)[-1][1] + 1) * layout.LINE


def _key(axes: Axes, canvas: Canvas, edition: Edition, parts: Parts) -> None:
    """What the colours mean, in one line or more at the top."""
    room = canvas.width - 0.32
    for (_, role, label), (x, line) in zip(parts, _key_places(canvas, edition, parts), strict=True):
        y = (line + 0.5) * layout.LINE
        transform = axes.get_yaxis_transform()
        axes.plot(
            [(x + 0.06) / room], [y], "s", color=style.light(role), markersize=6, transform=transform, clip_on=False
        )
        layout.small(axes, (x + 0.17) / room, y, edition.label(label), "ink")
