"""Panels: ipywidgets that also work in the published page, where no kernel runs.

Every picture a panel can show is drawn when the notebook runs. The controls are linked to nested stacks of pictures with
``jslink``, which the widget runtime carries out in the reader's browser.
"""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from html import escape

import ipywidgets
import matplotlib
from matplotlib.figure import Figure

from zhenzhi import __version__, dates
from zhenzhi.charts import style
from zhenzhi.edition import Edition

_WIDTH = 4.6


def choices(controls: Sequence[tuple[str, Sequence[str]]], page: Callable[[tuple[int, ...]], str]) -> ipywidgets.VBox:
    """Drop-down lists over all combinations of their options.

    Args:
        controls: the name and the options of each list.
        page: the HTML to show for the chosen options, given their positions.
    """
    lists = [
        ipywidgets.Dropdown(options=list(options), description=name, index=0, style={"description_width": "initial"})
        for name, options in controls
    ]

    def stack(chosen: tuple[int, ...]) -> ipywidgets.Widget:
        depth = len(chosen)
        if depth == len(controls):
            return ipywidgets.HTML(page(chosen))
        inner = ipywidgets.Stack([stack((*chosen, option)) for option in range(len(controls[depth][1]))])
        inner.selected_index = 0
        ipywidgets.jslink((lists[depth], "index"), (inner, "selected_index"))
        return inner

    return ipywidgets.VBox([ipywidgets.HBox(lists).add_class("zz-controls"), stack(())]).add_class("zz-panel")


def rates(
    edition: Edition, panel_id: str, counts: Sequence[str], sharers: Sequence[str], days: Sequence[int]
) -> ipywidgets.VBox:
    """How much falls on each, each day? A count shared among people or units over the days since a start day.

    The first claim of ``counts`` fixes the period: its start is a month, of which ``days`` are tried as the start day.

    Args:
        panel_id: the entry of ``data/figures/`` with the title and the words for counts and sharers.
        counts: claims of what is counted, such as patrol tasks.
        sharers: claims or computed quantities among which it is shared, such as grids.
        days: days of the month from which counting may have begun.
    """
    entry = edition.figure_text(panel_id)
    words = {key: text[edition.language] for key, text in entry["labels"].items()}
    claim = edition.claim(counts[0])
    month, _ = dates.bounds(claim["period_start"])
    _, end = dates.bounds(claim["period_end"])
    starts = [month + timedelta(days=day - 1) for day in days]
    totals = {name: edition.quantity(name).interval.low for name in (*counts, *sharers)}

    def rate(count: str, sharer: str, start: date) -> Fraction:
        return totals[count] / totals[sharer] / ((end - start).days + 1)

    def page(chosen: tuple[int, ...]) -> str:
        count, sharer, start = counts[chosen[0]], sharers[chosen[1]], starts[chosen[2]]
        value = rate(count, sharer, start)
        sentence = edition.label(
            "panel-rate",
            count=edition.figure(count),
            start=edition.date(start.isoformat()),
            end=edition.date(end.isoformat()),
            days=f"{(end - start).days + 1:,}",
            sharers=edition.figure(sharer),
            rate=_digits(value),
            unit=words[count],
            sharer=words[sharer],
        )
        if value < 1:
            sentence += " " + edition.label("panel-seldom", sharer=words[sharer], days=_digits(1 / value))
        stated = words.get(f"stated-{count}-{sharer}", "")
        if stated:
            sentence += " " + edition.plain(stated)
        bars = [(words[name], rate(count, name, start), name == sharer) for name in sharers]
        top = max(rate(count, name, starts[-1]) for name in sharers)
        return f'{_bars(bars, float(top), sentence)}<p class="zz-sentence">{escape(sentence)}</p>'

    panel = choices(
        [
            (edition.label("panel-count"), [words[name] for name in counts]),
            (edition.label("panel-sharer"), [words[name] for name in sharers]),
            (edition.label("panel-start"), [edition.date(start.isoformat()) for start in starts]),
        ],
        page,
    )
    document = edition.document_of(counts[0])
    source = edition.label(
        "source-line",
        sources=f"{document['publisher_' + edition.language]}, {edition.date(document['published'])}",
        version=__version__,
    )
    title = ipywidgets.HTML(f'<p class="zz-panel-title">{escape(entry["title"][edition.language])}</p>')
    foot = ipywidgets.HTML(
        f'<p class="zz-panel-source">{escape(edition.label("mark-computed"))} · {escape(source)}</p>'
    )
    panel.children = (title, *panel.children, foot)
    return panel


def combinations(panel: ipywidgets.VBox) -> list[str]:
    """The HTML of every page of a panel, for tests."""

    def leaves(widget) -> list[str]:
        if isinstance(widget, ipywidgets.Stack):
            return [leaf for child in widget.children for leaf in leaves(child)]
        return [widget.value]

    return [leaf for child in panel.children if isinstance(child, ipywidgets.Stack) for leaf in leaves(child)]


def _digits(value: Fraction) -> str:
    """Three significant digits."""
    number = float(value)
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def _bars(bars: Sequence[tuple[str, Fraction, bool]], top: float, alt: str) -> str:
    """A small bar chart as inline SVG, in the colours of the page."""
    with matplotlib.rc_context(style.rc_params() | {"svg.fonttype": "none", "font.family": ["sans-serif"]}):
        figure = Figure(figsize=(_WIDTH, 0.44 * len(bars) + 0.05))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, top)
        axes.set_ylim(len(bars), 0)
        for number, (name, value, chosen) in enumerate(bars):
            colour = style.light("computed" if chosen else "structure")
            transform = axes.get_yaxis_transform()
            axes.text(0, number + 0.25, name, transform=transform, va="center", clip_on=False)
            axes.text(1, number + 0.25, _digits(value), transform=transform, va="center", ha="right")
            axes.barh(number + 0.68, float(value), height=0.3, color=colour, clip_on=False)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    drawing = buffer.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<(metadata|defs)>.*?</\1>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r"font-family: [^;]*; ", "", drawing)
    roles = {light: role for role, (light, _) in style.COLOURS.items()}
    drawing = re.sub(
        r"#[0-9a-f]{6}\b", lambda m: f"var(--zz-{roles[m.group()]}, {m.group()})" if m.group() in roles else m.group(),
        drawing,
    )  # fmt: skip
    drawing = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", drawing, count=1)
    drawing = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", drawing, count=1)
    drawing = " ".join(drawing.split())
    return drawing.replace(
        "<svg",
        f'<svg class="zz-panel-picture" style="max-width:30rem" role="img" aria-label="{escape(alt, quote=True)}"',
        1,
    )
