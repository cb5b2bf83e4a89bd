"""What each place counts: its claims by rung, with the range of other codings."""

from collections.abc import Iterable, Mapping
from math import ceil

from matplotlib.axes import Axes

from zhenzhi import instruments, readings
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.edition import Edition

#: Inches: height of the head of a place, of a rung, and of the space below; width between places, of names and of figures.
_HEAD, _BAR, _GAP, _BETWEEN, _NAMES, _NUMBER = 0.27, 0.185, 0.18, 0.4, 0.82, 0.3


def profiles(edition: Edition, figure_id: str) -> Chart:
    """What does each place count? A block a place and document, a bar a rung, repeats left out; each block has its scale.

    A broad line spans the two coders, a thin one every ruling of ``readings.yml`` that counts claims on another rung. Both
    are ranges of readings tried, not of error.
    """
    tables = edition.coding
    data, rows = [], []
    for column in instruments.columns(tables):
        what = edition.place_and_year(column.place_id, column.document_id)
        settled = readings.counts(tables, column.articles)
        coded = [readings.counts(tables, column.articles, coder) for coder in readings.CODERS]
        ruled = [readings.counts(tables, column.articles, name) for name in readings.recoding(tables)]
        claims = tables.claims
        own = claims[claims["article_id"].isin(column.articles) & claims["repeats"].isna()]
        line = []
        for rung in readings.RUNGS:
            coders, every = _range(rung, [settled, *coded]), _range(rung, [settled, *coded, *ruled])
            line.append((rung, settled[rung], coders, every))
            data.append(
                {
                    "what": f"{what}: {edition.label(f'rung-{rung}')}",
                    "figure": str(settled[rung]),
                    "value": settled[rung],
                    "coders_low": coders[0],
                    "coders_high": coders[1],
                    "low": every[0],
                    "high": every[1],
                    "mark": edition.label("mark-computed"),
                    "claims": " ".join(own.index[own["rung"] == rung]),
                }
            )
        rows.append((what, sum(settled.values()), line))
    names = {rung: edition.label(f"rung-{rung}") for rung in readings.RUNGS}
    key = edition.label("profile-key")

    def draw(canvas: Canvas) -> None:
        abreast = 1 if canvas.narrow else 2
        lines = style.wrap(key, canvas.width - 2 * layout.SIDE, layout.SMALL)
        top = 0.17 * len(lines) + 0.18
        step = _HEAD + _BAR * len(names) + _GAP
        height = top + step * ceil(len(rows) / abreast)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        # One unit of the axes is an inch in both directions.
        room = canvas.width - 2 * layout.SIDE
        axes.set_xlim(0, room)
        for number, text in enumerate(lines):
            layout.small(axes, 0, 0.1 + 0.17 * number, text)
        width = (room - _BETWEEN * (abreast - 1)) / abreast
        for number, (what, total, line) in enumerate(rows):
            left = (number % abreast) * (width + _BETWEEN)
            y = top + (number // abreast) * step
            axes.text(left, y + 0.1, what, va="center")
            told = edition.label("profile-count", number=f"{total:,}")
            layout.small(axes, left + width, y + 0.1, told, align="right", inside=True)
            axes.plot([left, left + width], [y + _HEAD - 0.06] * 2, color=style.light("line"), linewidth=1)
            scale = (width - _NAMES - _NUMBER) / max(every[1] for *_, every in line)
            for place, (rung, count, coders, every) in enumerate(line):
                middle = y + _HEAD + _BAR * (place + 0.5)
                layout.small(axes, left, middle, names[rung], rung, inside=True)
                start = left + _NAMES
                _bar(axes, start, middle, rung, count, coders, every, scale)
                end = start + every[1] * scale + 0.07
                layout.small(axes, end, middle, str(count), rung if count else "muted", inside=True)

    told = []
    for what, total, line in rows:
        words = [
            edition.label(
                "profile-rung" if every[0] == every[1] else "profile-rung-range",
                rung=names[rung].lower(),
                count=str(count),
                low=str(every[0]),
                high=str(every[1]),
            )
            for rung, count, _, every in line
        ]
        told.append(edition.label("alt-profile", what=what, number=f"{total:,}", rungs=edition.listing(words)))
    return Chart(edition, figure_id, draw, data, edition.label("alt-profiles", rows="; ".join(told)))


def _range(rung: str, tried: Iterable[Mapping[str, int]]) -> tuple[int, int]:
    numbers = [counts[rung] for counts in tried]
    return min(numbers), max(numbers)


def _bar(
    axes: Axes, start: float, y: float, rung: str, count: int, coders: tuple, every: tuple, scale: float
) -> None:  # fmt: skip
    """A bar to the right, the range of all readings as a thin line with ends, that of the coders as a broad one."""
    axes.barh(y, count * scale, left=start, height=0.11, color=style.light(rung), linewidth=0)
    ink = style.light("ink")
    if every[1] > every[0]:
        ends = [start + bound * scale for bound in every]
        axes.plot(ends, [y, y], color=ink, linewidth=1)
        for end in ends:
            axes.plot([end, end], [y - 0.05, y + 0.05], color=ink, linewidth=1)
    if coders[1] > coders[0]:
        axes.plot([start + bound * scale for bound in coders], [y, y], color=ink, linewidth=4, solid_capstyle="butt")
