"""Where the places lie: a locator without boundaries, with a scale and north.

Positions stand in ``places.csv`` with their source. An equirectangular projection about the middle latitude is true enough
over a hundred kilometres.
"""

from math import cos, log10, radians

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.exhibit import ChartError

#: Kilometres to a degree of latitude.
_DEGREE = 111.2


def locator(edition: Edition, figure_id: str, place_ids: tuple[str, ...], chosen: tuple[str, ...] = ()) -> Chart:
    """Where do the places lie? A dot for each at its position, north above.

    Args:
        place_ids: places with a position in ``places.csv``.
        chosen: those of them that the chapter is about; they stand out.

    Raises:
        ChartError: a place has no position.
    """
    places = edition.tables.places
    for place_id in place_ids:
        if place_id not in places.index or places.at[place_id, "latitude"] is None:
            raise ChartError(
                f"figure {figure_id}: the place {place_id!r} has no position; expected one of places.csv that has"
            )
    own = places.loc[list(place_ids)]
    north = [float(value) * _DEGREE for value in own["latitude"]]
    narrowing = cos(radians(sum(map(float, own["latitude"])) / len(own)))
    east = [float(value) * _DEGREE * narrowing for value in own["longitude"]]
    rows: list[dict] = [
        {
            "what": edition.local(place, "name"),
            "figure": edition.label("position", latitude=str(place["latitude"]), longitude=str(place["longitude"])),
            "latitude": float(place["latitude"]),
            "longitude": float(place["longitude"]),
            "position_source": edition.local(place, "coordinate_source") or "",
            "mark": edition.label("mark-described"),
            "claims": "",
        }
        for _, place in own.iterrows()
    ]
    width, height = max(east) - min(east), max(north) - min(north)

    def draw(canvas: Canvas) -> None:
        side, room = 0.3, canvas.width - 0.6
        scale = min(room * 0.72 / width, 3.0 / height)  # inches to a kilometre
        tall = height * scale + 0.9
        (axes,) = canvas.axes(tall, left=side, right=side)
        axes.set_axis_off()
        axes.set_xlim(0, room)
        axes.set_ylim(0, tall)
        left = (room - width * scale) * 0.35
        points = [
            (left + (x - min(east)) * scale, 0.55 + (y - min(north)) * scale) for x, y in zip(east, north, strict=True)
        ]
        taken: list[tuple[float, float, float, float]] = [(x - 0.06, y - 0.06, x + 0.06, y + 0.06) for x, y in points]
        for place_id, entry, (x, y) in zip(place_ids, rows, points, strict=True):
            out = place_id in chosen
            colour = style.light("computed" if out else "structure")
            axes.plot([x], [y], "o", color=colour, markersize=8 if out else 6)
            wide = style.ems(entry["what"]) * style.FONT_SIZE / 72 + 0.05
            spot = _free(x, y, wide, room, tall, taken)
            axes.text(
                spot[0], spot[1] + 0.085, entry["what"], va="center", color=style.light("ink" if out else "muted")
            )
        _scale(axes, edition, room, scale)

    told = edition.sequence(edition.named(entry["what"], entry["figure"]) for entry in rows)
    return Chart(
        edition,
        figure_id,
        draw,
        rows,
        edition.label("alt-locator", rows=told),
        sources=[edition.label("locator-sources")],
    )


def _free(
    x: float, y: float, wide: float, room: float, tall: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float]:
    """Where a name of a width has room beside its dot without touching another name or dot; takes the room."""
    tries = [(x + 0.1, y - 0.085), (x - 0.1 - wide, y - 0.085), (x - wide / 2, y + 0.08), (x - wide / 2, y - 0.27)]
    tries += [(x + 0.1, y + 0.06), (x + 0.1, y - 0.24), (x - 0.1 - wide, y + 0.06), (x - 0.1 - wide, y - 0.24)]

    def clashes(left: float, low: float) -> int:
        box = (left, low, left + wide, low + 0.17)
        outside = box[0] < -0.25 or box[2] > room + 0.25 or box[1] < 0.3 or box[3] > tall
        own = (x - 0.06, y - 0.06, x + 0.06, y + 0.06)
        return 10 * outside + sum(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in taken
            if other != own
        )

    left, low = min(tries, key=lambda spot: clashes(*spot))
    taken.append((left, low, left + wide, low + 0.17))
    return left, low


def _scale(axes, edition: Edition, room: float, scale: float) -> None:
    """A bar of a round length, and north."""
    most = room * 0.35 / scale
    power = 10 ** int(log10(most))
    length = max(step * power for step in (1, 2, 5) if step * power <= most)
    axes.plot([0, length * scale], [0.12, 0.12], color=style.light("muted"), linewidth=2, solid_capstyle="butt")
    axes.text(length * scale + 0.08, 0.12, edition.label("kilometres", number=f"{length:g}"), va="center",
              color=style.light("muted"))  # fmt: skip
    arrow = {"arrowstyle": "-|>", "color": style.light("muted"), "linewidth": 1.4}
    axes.annotate("", (room - 0.1, 0.5), (room - 0.1, 0.05), arrowprops=arrow)
    layout.small(axes, room - 0.28, 0.14, edition.label("north"), align="center", inside=True)
