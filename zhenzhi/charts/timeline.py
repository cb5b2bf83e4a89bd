"""A chart of when documents appeared."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.compare import sentence
from zhenzhi.charts.exhibit import ChartError
from zhenzhi.data import dates, drafts


def timeline(edition: Edition, figure_id: str, document_ids: Sequence[str] | None = None) -> Chart:
    """When did the documents appear? A dot on a stated day, a hollow one on an inferred day, a bar with hollow ends where
    no more than a longer span is inferred, and a dashed line over what is not excluded. By default, all documents that
    are coded to the end.
    """
    documents = edition.tables.documents
    if document_ids is None:
        days = drafts.coded(edition.tables)["published"].map(dates.bounds)
        document_ids = sorted(days.index, key=lambda name: days[name][::-1])
    rows, spans = [], []
    for document_id in document_ids:
        if document_id not in documents.index:
            raise ChartError(f"figure {figure_id}: there is no document {document_id!r}; expected one of documents.csv")
        document = documents.loc[document_id]
        first, last = dates.bounds(document["published"])
        stated, doubtful = document["date_basis"] == "stated", document["not_excluded"]
        basis = edition.label(f"date-basis-{document['date_basis']}")
        figure = edition.label("date-with-basis", date=edition.date(document["published"]), basis=basis)
        if doubtful:
            figure = edition.label("date-not-excluded", date=figure, other=edition.date(doubtful))
        rows.append(
            {
                "what": edition.local(document, "title"),
                "figure": figure,
                "first_day": first.isoformat(),
                "last_day": last.isoformat(),
                "not_excluded": doubtful or "",
                "mark": edition.label("mark-reported" if stated else "mark-computed"),
                "claims": "",
            }
        )
        spans.append((first, last, stated, dates.bounds(doubtful) if doubtful else ()))
    days = [day for first, last, _, doubtful in spans for day in (first, last, *doubtful)]
    begin = min(days).year
    years = range(begin, max(days).year + 1)

    def draw(canvas: Canvas) -> None:
        side = 0.16
        places, height = layout.spread(canvas, [(e["what"], e["figure"]) for e in rows], mark=0.16, side=side)
        (axes,) = canvas.axes(height, left=side, right=side, below=0.24)
        layout.sheet(axes, height)
        borders = [date(year, 1, 1).toordinal() for year in (*years, years[-1] + 1)]
        axes.set_xlim(borders[0], borders[-1])
        axes.spines["bottom"].set_visible(True)
        axes.set_xticks(borders, [""] * len(borders))
        every = ceil(0.42 * len(years) / (canvas.width - 2 * side))
        for year, left, right in zip(years, borders, borders[1:], strict=False):
            if (year - begin) % every == 0:
                layout.small(axes, (left + right) / 2, height + 0.14, str(year), align="center", inside=True)
        for (first, last, stated, doubtful), place in zip(spans, places, strict=True):
            layout.write(axes, place)
            y, colour = place.mark, style.light("structure" if stated else "computed")
            axes.vlines(borders, y - 0.08, y + 0.08, color=style.light("line"), linewidth=0.8, zorder=0)
            if doubtful:
                ends = [day.toordinal() for day in doubtful]
                axes.plot(ends, [y, y], color=colour, linewidth=1.4, linestyle=(0, (3, 2)), zorder=1)
            ends = [day.toordinal() for day in dict.fromkeys((first, last))]
            axes.plot(ends, [y] * len(ends), color=colour, linewidth=2.5, zorder=1)
            face = colour if stated and len(ends) == 1 else style.light("paper")
            axes.plot(
                ends, [y] * len(ends), "o", color=colour, markerfacecolor=face, markersize=style.SMALL, clip_on=False
            )

    return Chart(
        edition, figure_id, draw, rows, edition.label("alt-timeline", rows=sentence(edition, rows)), document_ids
    )
