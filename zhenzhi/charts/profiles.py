"""What each place counts: the shares of its claims by rung of the results chain, all on one scale."""

from math import ceil

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.data import instruments, recodings
from zhenzhi.data.vocabularies import RUNGS

#: Inches: height of the head of a place, of a rung, and of the space below; width between places, of names and of figures.
_HEAD, _BAR, _GAP, _BETWEEN, _NAMES, _NUMBER = 0.27, 0.195, 0.18, 0.4, 0.86, 0.72


def profiles(edition: Edition, figure_id: str) -> Chart:
    """What does each place count? A block a place and document, a bar a rung: its share of the first-told claims."""
    tables = edition.coding
    data: list[dict] = []
    blocks = []
    names = {rung: edition.label(f"rung-{rung}") for rung in RUNGS}
    for column in instruments.columns(tables):
        what = edition.place_and_year(column.place_id, column.document_id)
        counts = recodings.counts(tables, column.articles)
        total = sum(counts.values())
        own = tables.claims[tables.claims["article_id"].isin(column.articles) & tables.claims["repeats"].isna()]
        for rung in RUNGS:
            data.append(
                {
                    "what": edition.named(what, names[rung]),
                    "figure": edition.label(
                        "profile-share", share=f"{100 * counts[rung] / total:.0f}%", count=str(counts[rung])
                    ),
                    "value": counts[rung],
                    "share_percent": round(100 * counts[rung] / total, 1),
                    "mark": edition.label("mark-computed"),
                    "claims": " ".join(own.index[own["rung"] == rung]),
                }
            )
        blocks.append((what, total, data[-len(RUNGS) :]))
    most = max(entry["share_percent"] for entry in data)

    def draw(canvas: Canvas) -> None:
        abreast = 1 if canvas.narrow else 2
        step = _HEAD + _BAR * len(RUNGS) + _GAP
        height = step * ceil(len(blocks) / abreast)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        # One unit of the axes is an inch in both directions.
        room = canvas.width - 2 * layout.SIDE
        axes.set_xlim(0, room)
        width = (room - _BETWEEN * (abreast - 1)) / abreast
        scale = (width - _NAMES - _NUMBER) / most
        for number, (what, total, line) in enumerate(blocks):
            left, y = (number % abreast) * (width + _BETWEEN), (number // abreast) * step
            axes.text(left, y + 0.1, what, va="center")
            told = edition.label("profile-count", number=edition.digits(total))
            layout.small(axes, left + width, y + 0.1, told, align="right", inside=True)
            axes.plot([left, left + width], [y + _HEAD - 0.06] * 2, color=style.light("line"), linewidth=1)
            for place, (rung, entry) in enumerate(zip(RUNGS, line, strict=True)):
                middle, start = y + _HEAD + _BAR * (place + 0.5), left + _NAMES
                layout.small(axes, left, middle, names[rung], "ink", inside=True)
                length = entry["share_percent"] * scale
                axes.barh(middle, length, left=start, height=0.11, color=style.light("series"), linewidth=0)
                layout.small(axes, start + length + 0.05, middle, entry["figure"], "muted", inside=True)

    told = [
        edition.label(
            "alt-profile",
            what=what,
            number=edition.digits(total),
            rungs=edition.listing(
                [
                    edition.label("counted-part", word=names[rung].lower(), count=entry["figure"])
                    for rung, entry in zip(RUNGS, line, strict=True)
                ]
            ),
        )
        for what, total, line in blocks
    ]
    return Chart(edition, figure_id, draw, data, edition.label("alt-profiles", rows=edition.sequence(told)))
