"""Forms of chart about what is to be done and when: targets, cadences, the dates of documents.

As in ``forms``, each takes the edition, the ID of its entry in ``data/figures/`` and the names of claims, and returns a
``Chart``.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from babel.dates import get_month_names

from zhenzhi import dates
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart, ChartError, row
from zhenzhi.charts.compare import expected, named, sentence, words_of
from zhenzhi.edition import Edition
from zhenzhi.quantity import Interval, Quantity

#: Units of frequency to the number of their periods in a year.
PERIODS = {"per-day": 365, "per-week": 52, "per-month": 12, "per-quarter": 4, "per-half-year": 2, "per-year": 1}

_HUNDRED = Interval.exactly(100)


def targets(edition: Edition, figure_id: str, pairs: Sequence[tuple[str, str]]) -> Chart:
    """How much of the target is reached? Each a bar on the scale of its target, whose tick stands at the same place.

    Args:
        pairs: the claim of what is reached and the claim of the target. Their units may differ in name, such as videos
            and video points; that they count the same is then for the caption to say.
    """
    data, lines = [], []
    for reached, target in pairs:
        share = edition.quantity(reached).interval / edition.quantity(target).interval * _HUNDRED
        first, second = row(edition, reached), row(edition, target)
        third = {
            "what": edition.label("target-reached"),
            "figure": _percent(edition, share),
            "low": None if share.low is None else float(share.low),
            "high": None if share.high is None else float(share.high),
            "unit": "percent",
            "mark": edition.label("mark-computed"),
            "claims": f"{reached} {target}",
        }
        data += [first, second, third]
        lines.append((first, second, third, edition.quantity(reached).interval))

    shares = [entry["high"] if entry["high"] is not None else entry["low"] * 1.1 for _, _, entry, _ in lines]
    top = max(112, *(share * 1.03 for share in shares)) / 100

    def draw(canvas: Canvas) -> None:
        words = [(first["what"], first["figure"]) for first, *_ in lines]
        places, height = layout.spread(canvas, words, mark=0.22, below=0.42)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(0, top)
        for (reached, _), (_, target, share, interval), place in zip(pairs, lines, places, strict=True):
            layout.write(axes, place)
            y, rung = place.mark, edition.claim(reached)["rung"]
            layout.bar(axes, y, interval, rung, 0.16, 1 / target["value"])
            axes.plot([1, 1], [y - 0.13, y + 0.13], color=style.light("ink"), linewidth=2, solid_capstyle="butt")
            told = edition.label("target-line", figure=target["figure"])
            layout.small(axes, 1, y + 0.24, told, "ink", "right" if top < 2 else "left", inside=True)
            told = edition.label("target-share", share=share["figure"], mark=share["mark"])
            layout.small(axes, 0, y + 0.42, told, "computed")

    told = "; ".join(
        edition.label(
            "alt-target",
            what=first["what"],
            reached=first["figure"],
            target=second["figure"],
            share=third["figure"],
            mark=third["mark"],
        )
        for first, second, third, _ in lines
    )
    return Chart(edition, figure_id, draw, data, edition.label("alt-targets", rows=told))


def _percent(edition: Edition, share: Interval) -> str:
    """A share in words, its bounds rounded outward: to tenths of a per cent, or finer where they lie closer."""
    if share.is_bounded and share.high - share.low < Fraction(1, 5):
        return edition.interval(Quantity(None, "percent", share))
    low = None if not share.low else Fraction(floor(share.low * 10), 10)
    high = None if share.high is None else Fraction(ceil(share.high * 10), 10)
    if low is None or high is None:
        bounds = Interval(low, high, share.low_open, share.high_open)
        return edition.interval(Quantity(None, "percent", bounds))
    low_text, high_text = (
        edition.interval(Quantity(None, "percent", Interval.exactly(bound)), with_unit=bound is high)
        for bound in (low, high)
    )
    return edition.label("range", low=low_text, high=high_text)


def per_year(edition: Edition, name: str) -> Quantity:
    """How often in a year a claim of frequency says that something is done."""
    quantity = edition.quantity(name)
    interval = quantity.interval * Interval.exactly(PERIODS[quantity.unit])
    return Quantity(None, "time", interval, counted=True)


def cadence(
    edition: Edition, figure_id: str, names: Sequence[str], extra: Sequence[tuple[str, int]] = ()
) -> Chart:  # fmt: skip
    """How often? A year of twelve months, with a bar over each period in which something is to be done once.

    When in the period is not stated, so the bar covers all of it. What is done more often has a layer for each time, and
    at least so often a hollow layer more.

    Args:
        names: claims of frequency, in a unit of ``PERIODS``.
        extra: names that sound like a cadence, such as a day of the week: the key of a label of the figure, and how often
            a year the name would mean. They are drawn hollow, because the text does not say that they are kept.
    """
    rows = []
    for name in names:
        expected(edition, figure_id, name, "unit", *PERIODS)
        times = per_year(edition, name)
        rows.append(named(edition, name, per_year=edition.interval(times)))
    hollow = [
        {
            "what": words_of(edition, figure_id, key),
            "figure": edition.label("cadence-name"),
            "per_year": "",
            "mark": edition.label("mark-described"),
            "claims": "",
        }
        for key, _ in extra
    ]
    months = {
        kind: list(get_month_names(kind, "stand-alone", edition.language).values())
        for kind in ("abbreviated", "narrow")
    }

    def draw(canvas: Canvas) -> None:
        layers = [_layers(edition.quantity(name)) for name in names]
        thicknesses = [0.15 if sum(both) == 1 else 0.11 * sum(both) for both in layers] + [0.15] * len(hollow)
        words = [(entry["what"], entry["figure"]) for entry in (*rows, *hollow)]
        places, height = layout.spread(canvas, words, mark=thicknesses, top=0.26)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(0, 12)
        inch = 12 / (canvas.width - 2 * layout.SIDE)
        for number, month in enumerate(months["narrow" if canvas.narrow else "abbreviated"]):
            layout.small(axes, number + 0.5, 0.09, month, align="center", inside=True)
        for place, thick in zip(places, thicknesses, strict=True):
            layout.write(axes, place)
            sides = range(13)
            ends = [place.mark - thick / 2 - 0.03, place.mark + thick / 2 + 0.03]
            axes.vlines(sides, *ends, color=style.light("line"), linewidth=0.8, clip_on=False, zorder=0)
        for name, (full, empty), place, thick in zip(names, layers, places, thicknesses, strict=False):
            quantity = edition.quantity(name)
            colour = style.light(edition.claim(name)["rung"])
            width = 12 / PERIODS[quantity.unit]
            gap = min(0.04 * inch, 0.25 * width)
            spans = [(number * width + gap / 2, width - gap) for number in range(PERIODS[quantity.unit])]
            layer = thick / (full + empty)
            for level in range(full + empty):
                y = place.mark + thick / 2 - (level + 1) * layer
                face = colour if level < full else style.light("paper")
                # Without snapping, a day is as wide as the next one in a picture of pixels.
                axes.broken_barh(
                    spans,
                    (y, layer * 0.85),
                    facecolor=face,
                    edgecolor=colour,
                    linewidth=0.8 * (level >= full),
                    snap=False,
                )
        for (_, times), place in zip(extra, places[len(names) :], strict=True):
            middles = [(number + 0.5) * 12 / times for number in range(times)]
            size = max(2.0, min(6.0, 0.55 * 72 * 12 / times / inch))
            axes.plot(
                middles,
                [place.mark] * times,
                "o",
                color=style.light("muted"),
                markerfacecolor=style.light("paper"),
                markersize=size,
                markeredgewidth=0.9,
            )

    told = [
        edition.label("alt-cadence-row", what=entry["what"], figure=entry["figure"], times=entry["per_year"])
        if PERIODS[entry["unit"]] > 1
        else f"{entry['what']}: {entry['figure']}"
        for entry in rows
    ]
    told += [f"{entry['what']}: {entry['figure']}" for entry in hollow]
    return Chart(edition, figure_id, draw, [*rows, *hollow], edition.label("alt-cadence", rows="; ".join(told)))


def _layers(quantity: Quantity) -> tuple[int, int]:
    """How many layers the bars of a frequency have: full ones, and a hollow one where it is a lower bound."""
    return max(1, int(quantity.interval.low)), int(quantity.interval.high is None)


def timeline(edition: Edition, figure_id: str, document_ids: Sequence[str]) -> Chart:
    """When did the documents appear? A dot on a stated day, a hollow one on an inferred day, a bar with hollow ends where
    no more than a longer span is inferred, and a dashed line over what is not excluded.
    """
    documents = edition.tables.documents
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
                "what": document[f"title_{edition.language}"],
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
            axes.plot(ends, [y] * len(ends), "o", color=colour, markerfacecolor=face, markersize=7, clip_on=False)

    return Chart(edition, figure_id, draw, rows, edition.label("alt-timeline", rows=sentence(rows)), document_ids)
