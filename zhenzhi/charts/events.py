"""What happened when: the events that the documents tell, and a few that other pages date, on one scale of years."""

from datetime import date
from math import ceil
from urllib.parse import urlsplit

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.exhibit import ChartError
from zhenzhi.data import dates

#: What an event rests on: the colour of its mark.
_COLOURS = {"stated": "structure", "inferred": "computed", "outside": "context"}


def events(edition: Edition, figure_id: str, place_ids: tuple[str, ...], first_year: int = 2016) -> Chart:
    """What happened when? A dot on a day or a bar over a longer time; hollow where the date is inferred or uncertain.

    Args:
        place_ids: the places whose events are shown, with all that lies within them.
        first_year: what ended before it is left out.

    Raises:
        ChartError: there is no such event.
    """
    table = edition.tables.events
    table = table[table["place_id"].isin(edition.places_within(place_ids))]
    spans = {entry.event_id: dates.bounds(entry.period) for entry in table.itertuples()}
    shown = sorted(
        (entry for entry in table.itertuples() if spans[entry.event_id][1].year >= first_year),
        key=lambda entry: (*spans[entry.event_id], entry.event_id),
    )
    if not shown:
        raise ChartError(
            f"figure {figure_id}: there is no event of {', '.join(place_ids)}; expected some of events.csv"
        )
    rows = [
        {
            "what": edition.local(entry, "label"),
            "figure": edition.date(entry.period),
            "first_day": spans[entry.event_id][0].isoformat(),
            "last_day": spans[entry.event_id][1].isoformat(),
            "kind": edition.label(f"event-{entry.event_kind}"),
            "basis": edition.label(f"event-basis-{entry.basis}"),
            "as_written": entry.as_written or "",
            "url": entry.url or "",
            "mark": edition.label("mark-described"),
            "claims": "",
        }
        for entry in shown
    ]
    years = range(first_year, max(spans[entry.event_id][1].year for entry in shown) + 1)
    borders = [date(year, 1, 1).toordinal() for year in (*years, years[-1] + 1)]

    def draw(canvas: Canvas) -> None:
        side = 0.16
        key = [edition.label(f"event-basis-{basis}") for basis in _COLOURS]
        top = 0.24 * len(key) if canvas.narrow else 0.28
        words = [(entry["what"], entry["figure"]) for entry in rows]
        places, height = layout.spread(canvas, words, mark=0.12, side=side, top=top)
        (axes,) = canvas.axes(height, left=side, right=side, below=0.24)
        layout.sheet(axes, height)
        axes.set_xlim(borders[0], borders[-1])
        room = canvas.width - 2 * side
        x = 0.06
        for number, (role, text) in enumerate(zip(_COLOURS.values(), key, strict=True)):
            y = 0.09 + (0.24 * number if canvas.narrow else 0)
            face = style.light("paper" if role == "computed" else role)
            transform = axes.get_yaxis_transform()
            axes.plot([x / room], [y], "o", color=style.light(role), markerfacecolor=face, markersize=6,
                      transform=transform, clip_on=False)  # fmt: skip
            layout.small(axes, (x + 0.12) / room, y, text, "ink")
            x += 0 if canvas.narrow else 0.4 + style.ems(text) * style.SMALL / 72
        axes.spines["bottom"].set_visible(True)
        axes.set_xticks(borders, [""] * len(borders))
        every = ceil(0.42 * len(years) / room)
        for year, left, right in zip(years, borders, borders[1:], strict=False):
            if (year - first_year) % every == 0:
                layout.small(axes, (left + right) / 2, height + 0.14, str(year), align="center", inside=True)
        for entry, place in zip(shown, places, strict=True):
            layout.write(axes, place)
            first, last = (max(day.toordinal(), borders[0]) for day in spans[entry.event_id])
            colour = style.light(_COLOURS[entry.basis])
            sure = entry.basis != "inferred"
            axes.vlines(
                borders, place.mark - 0.06, place.mark + 0.06, color=style.light("line"), linewidth=0.8, zorder=0
            )
            ends = [first] if first == last else [first, last]
            axes.plot(ends, [place.mark] * len(ends), color=colour, linewidth=2.5, zorder=1)
            face = colour if sure else style.light("paper")
            axes.plot(
                ends, [place.mark] * len(ends), "o", color=colour, markerfacecolor=face, markersize=6, clip_on=False
            )

    told = edition.sequence(
        edition.named(entry["figure"], entry["what"] + edition.aside(entry["basis"])) for entry in rows
    )
    documents = list(dict.fromkeys(entry.document_id for entry in shown if entry.document_id))
    pages = list(dict.fromkeys(urlsplit(entry.url).netloc for entry in shown if entry.url))
    return Chart(edition, figure_id, draw, rows, edition.label("alt-events", rows=told), documents, pages)
