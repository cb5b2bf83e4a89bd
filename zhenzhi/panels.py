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
from math import ceil, floor

import ipywidgets
import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zhenzhi import __version__, dates, instruments, readings
from zhenzhi.audit import allowed_counts
from zhenzhi.charts import style
from zhenzhi.charts.compare import runs
from zhenzhi.charts.plans import PERIODS, per_year
from zhenzhi.edition import Edition
from zhenzhi.errors import ZhenzhiError
from zhenzhi.quantity import Interval, Quantity

_WIDTH = 4.6


class PanelError(ZhenzhiError):
    """A panel cannot be made; the text names the panel and what it lacks."""


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
        return _bars(bars, float(top), sentence) + _told(sentence)

    panel = choices(
        [
            (edition.label("panel-count"), [words[name] for name in counts]),
            (edition.label("panel-sharer"), [words[name] for name in sharers]),
            (edition.label("panel-start"), [edition.date(start.isoformat()) for start in starts]),
        ],
        page,
    )
    return _framed(edition, entry, panel, counts)


def share_range(edition: Edition, panel_id: str, share_claim: str, wholes: Sequence[str | int]) -> ipywidgets.VBox:
    """A share of how many? For each whole that is tried, the whole numbers of which the share can come.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
        share_claim: a share in per cent whose whole is not stated.
        wholes: what may be the whole: claims or computed quantities of one number, or numbers assumed here.

    Raises:
        PanelError: the claim is not a share in per cent, or a whole is not one whole number.
    """
    entry = edition.figure_text(panel_id)
    if edition.claim(share_claim)["unit"] != "percent":
        raise PanelError(f"panel {panel_id}: the claim {share_claim} is not a share; expected one in per cent")
    numbers = [_whole_number(edition, panel_id, whole) for whole in wholes]
    names = [
        edition.label("panel-assumed", number=f"{whole:,}") if isinstance(whole, int) else edition.figure(whole)
        for whole in wholes
    ]

    def page(chosen: tuple[int, ...]) -> str:
        number = numbers[chosen[0]]
        fits = list(allowed_counts(edition.quantity(share_claim).interval, number))
        band = edition.quantity(share_claim).interval.scaled(Fraction(number, 100))
        ends = [floor(band.low * 100) / 100, number if band.high is None else ceil(band.high * 100) / 100]
        sentence = edition.label(
            "panel-share-stands",
            share=edition.figure(share_claim),
            whole=names[chosen[0]],
            low=f"{ends[0]:,.2f}",
            high=f"{ends[1]:,.2f}",
        )
        if fits:
            rest = [number - count for count in reversed(fits)]
            sentence += " " + edition.label("panel-share-fits", fits=runs(fits), rest=runs(rest))
        else:
            sentence += " " + edition.label("panel-share-none")
        return _strip((ends[0], ends[1]), fits, number, sentence) + _told(sentence)

    panel = choices([(edition.label("panel-whole"), names)], page)
    return _framed(edition, entry, panel, [share_claim, *(whole for whole in wholes if isinstance(whole, str))])


def nested_shares(
    edition: Edition, panel_id: str, inner: str, outer: str, portions: Sequence[int]
) -> ipywidgets.VBox:  # fmt: skip
    """A share of what? A share whose whole is not stated, taken of one whole after another and told as part of all.

    The wholes tried are all there is, the part of it that another claim gives, and portions of that part assumed here.

    Args:
        panel_id: the entry of ``data/figures/`` with the title and the words: ``all`` there is, the ``part`` of it that
            ``outer`` gives, what lies ``within`` that part, and what ``inner`` is a share of it by (``low``).
        inner: a claim of a share in per cent whose whole is not stated.
        outer: a claim of a share in per cent of all there is.
        portions: how many per cent of the part may lie within it, assumed.

    Raises:
        PanelError: a claim is not a share in per cent, or has no upper bound.
    """
    entry = edition.figure_text(panel_id)
    words = {key: text[edition.language] for key, text in entry["labels"].items()}
    for name in (inner, outer):
        if edition.claim(name)["unit"] != "percent" or not edition.quantity(name).interval.is_bounded:
            raise PanelError(f"panel {panel_id}: the claim {name} is not a share; expected one in per cent")
    share, part = edition.quantity(inner).interval, edition.quantity(outer).interval
    assumed = [part.scaled(Fraction(portion, 100)) for portion in portions]
    wholes = [Interval.exactly(100), part, *assumed]
    names = [
        words["all"],
        words["part"],
        *(
            edition.label("panel-nested-portion", within=words["within"], portion=f"{portion}%", part=words["part"])
            for portion in portions
        ),
    ]

    def page(chosen: tuple[int, ...]) -> str:
        whole = wholes[chosen[0]]
        product = (share * whole).scaled(Fraction(1, 100))
        told = edition.interval(Quantity(None, "percent", product))
        sentence = edition.label(
            "panel-nested", share=edition.figure(inner), whole=names[chosen[0]], low=words["low"], product=told,
            all=words["all"],
        )  # fmt: skip
        if product.low > part.high:
            sentence += " " + edition.label(
                "panel-nested-over", outer=edition.figure(outer), part=words["part"], within=words["within"]
            )
        sentence += " " + edition.label("panel-nested-assumed")
        bars = [(words["part"], edition.figure(outer), part, "structure"), (words["low"], told, product, "computed")]
        return _spans(bars, sentence) + _told(sentence)

    panel = choices([(edition.label("panel-nested-of", share=edition.figure(inner)), names)], page)
    return _framed(edition, entry, panel, [inner, outer])


def what_if(
    edition: Edition, panel_id: str, base_claims: Sequence[str], factors: Sequence[str | int]
) -> ipywidgets.VBox:  # fmt: skip
    """What would it come to? A claim times a number of units; a frequency is counted over a year.

    Every sentence says that the product is an assumption, and whose the number of units is.

    Args:
        panel_id: the entry of ``data/figures/`` with the title and the words: of each base claim what is counted (under
            its ID), and for numbers assumed here what they number (``units``).
        base_claims: claims such as reports a quarter, or staff.
        factors: numbers of units: claims or computed quantities of one number, or numbers assumed here.

    Raises:
        PanelError: a factor is not one whole number.
    """
    entry = edition.figure_text(panel_id)
    words = {key: text[edition.language] for key, text in entry["labels"].items()}
    numbers = [_whole_number(edition, panel_id, factor) for factor in factors]
    names = [
        edition.label("panel-assumed-units", number=f"{factor:,}", units=words["units"])
        if isinstance(factor, int)
        else edition.figure(factor)
        for factor in factors
    ]
    yearly = [edition.quantity(name).unit in PERIODS for name in base_claims]
    bases = [
        per_year(edition, name) if year else edition.quantity(name)
        for name, year in zip(base_claims, yearly, strict=True)
    ]

    def page(chosen: tuple[int, ...]) -> str:
        name, base = base_claims[chosen[0]], bases[chosen[0]]
        factor = factors[chosen[1]]
        # In the words of the panel, so that the product has no unit of its own.
        products = [base.interval.scaled(Fraction(number)) for number in numbers]
        amount = edition.interval(Quantity(None, base.unit, products[chosen[1]], base.counted), with_unit=False)
        sentence = edition.label(
            "panel-product-year" if yearly[chosen[0]] else "panel-product",
            what=edition.name_of(name),
            figure=edition.figure(name),
            units=names[chosen[1]],
            product=edition.label("panel-amount", number=amount, units=words[name]),
        )
        sentence += " " + edition.label("panel-assumed-number" if isinstance(factor, int) else "panel-assumed-claim")
        ends = [product.high if product.low is None else product.low for product in products]
        bars = [(unit, end, number == chosen[1]) for number, (unit, end) in enumerate(zip(names, ends, strict=True))]
        return _bars(bars, float(max(ends)), sentence) + _told(sentence)

    panel = choices(
        [
            (edition.label("panel-base"), [edition.name_of(name) for name in base_claims]),
            (edition.label("panel-factor"), names),
        ],
        page,
    )
    return _framed(edition, entry, panel, [*base_claims, *(factor for factor in factors if isinstance(factor, str))])


def rounding(edition: Edition, panel_id: str, check_ids: Sequence[str]) -> ipywidgets.VBox:
    """How much does a verdict rest on the rounding assumed? What is reported and what the other figures make, as intervals.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
        check_ids: checks that hold a computed figure against a reported one.
    """
    modes = ("half", "cut", "none")
    checks = [edition.check(check_id) for check_id in check_ids]

    def page(chosen: tuple[int, ...]) -> str:
        result = edition.retried(check_ids[chosen[0]], modes[chosen[1]])
        if result.computed is None or result.reported is None:
            raise PanelError(
                f"panel {panel_id}: {result.check_id} has no reported figure; expected a check that has one"
            )
        sentence = edition.label(
            "panel-verdict",
            reported=edition.interval(Quantity(None, result.unit, result.reported)),
            computed=edition.interval(Quantity(None, result.unit, result.computed)),
            verdict=edition.label(f"verdict-{result.verdict}"),
        )
        return f"{_two_intervals(edition, result.reported, result.computed, sentence)}{_told(sentence)}"

    panel = choices(
        [
            (edition.label("panel-check"), [check["name"][edition.language] for check in checks]),
            (edition.label("panel-rounding"), [edition.label(f"rounding-{mode}") for mode in modes]),
        ],
        page,
    )
    claims = [name for check_id in check_ids for name in edition.result(check_id).claims]
    own = [name for name in claims if edition.is_claim(name)]
    return _framed(edition, edition.figure_text(panel_id), panel, own)


def rung_readings(edition: Edition, panel_id: str) -> ipywidgets.VBox:
    """Does the picture of rungs hold? The claims of a place by rung in another reading, beside the settled one.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
    """
    tables = edition.coding
    places = [
        (edition.place_and_year(column.place_id, column.document_id), column.articles)
        for column in instruments.columns(tables)
    ]
    places.insert(0, (edition.label("panel-all-documents"), tuple(tables.articles.index)))
    ruled = {entry["reading_id"]: entry["name"][edition.language] for entry in tables.readings}
    names = {readings.SETTLED: edition.label("reading-settled")}
    names |= {coder: edition.label("reading-coder", coder=coder) for coder in readings.CODERS} | ruled
    rungs = {rung: edition.label(f"rung-{rung}") for rung in readings.RUNGS}

    def page(chosen: tuple[int, ...]) -> str:
        where, articles = places[chosen[0]]
        settled = readings.counts(tables, articles)
        counted = readings.counts(tables, articles, list(names)[chosen[1]])
        changes = [
            edition.label("panel-reading-change", rung=name, before=str(settled[rung]), after=str(counted[rung]))
            for rung, name in rungs.items()
            if settled[rung] != counted[rung]
        ]
        sentence = edition.label(
            "panel-reading-changed" if changes else "panel-reading-same",
            where=where,
            number=f"{sum(counted.values()):,}",
            changes=edition.listing(changes),
        )
        key = f'<p class="zz-panel-source">{escape(edition.label("panel-reading-key"))}</p>'
        return _paired_bars(rungs, settled, counted, sentence) + key + _told(sentence)

    panel = choices(
        [
            (edition.label("panel-column"), [where for where, _ in places]),
            (edition.label("panel-reading"), list(names.values())),
        ],
        page,
    )
    claims = tables.claims.drop_duplicates("article_id").index
    return _framed(edition, edition.figure_text(panel_id), panel, list(claims))


def _paired_bars(names: dict[str, str], settled: dict[str, int], counted: dict[str, int], alt: str) -> str:
    """A bar for each rung, and in outline the bar that it has as settled."""
    top = max(*settled.values(), *counted.values(), 1)

    def draw(axes: Axes) -> None:
        axes.set_xlim(-0.42 * top, top * 1.12)
        axes.set_ylim(len(names), 0)
        for number, (rung, name) in enumerate(names.items()):
            colour = style.light(rung)
            axes.text(-0.42 * top, number + 0.5, name, va="center")
            axes.barh(number + 0.5, counted[rung], height=0.5, color=colour, linewidth=0)
            outline = style.light("ink")
            axes.barh(number + 0.5, settled[rung], height=0.72, facecolor="none", edgecolor=outline, linewidth=0.9)
            end = max(settled[rung], counted[rung])
            axes.text(end + 0.02 * top, number + 0.5, f"{counted[rung]:,}", va="center")

    return _picture(0.3 * len(names), draw, alt)


def _two_intervals(edition: Edition, reported: Interval, computed: Interval, alt: str) -> str:
    """Two intervals on one scale that shows where they differ; an open side runs to the edge."""
    ends = [float(end) for interval in (reported, computed) for end in (interval.low, interval.high) if end is not None]
    spread = (max(ends) - min(ends)) or abs(max(ends)) * 0.01 or 1.0
    left, right = min(ends) - 0.25 * spread, max(ends) + 0.25 * spread

    def draw(axes: Axes) -> None:
        axes.set_xlim(left, right)
        axes.set_ylim(2, 0)
        rows = (("mark-reported", reported, "activity"), ("mark-computed", computed, "computed"))
        for number, (label, interval, role) in enumerate(rows):
            low = left if interval.low is None else float(interval.low)
            high = right if interval.high is None else float(interval.high)
            colour = style.light(role)
            axes.text(0.01, number + 0.2, edition.label(label), transform=axes.get_yaxis_transform(), va="center")
            axes.plot([low, high], [number + 0.65] * 2, color=colour, linewidth=5, solid_capstyle="butt")
            for end, is_open in ((interval.low, interval.low_open), (interval.high, interval.high_open)):
                if end is not None:
                    face = style.light("paper") if is_open else colour
                    axes.plot([float(end)], [number + 0.65], "o", color=colour, markerfacecolor=face, markersize=6)

    return _picture(1.1, draw, alt)


def _whole_number(edition: Edition, panel_id: str, named: str | int) -> int:
    """A number that is given, or the one whole number that a claim or computed quantity stands for."""
    if isinstance(named, int):
        return named
    interval = edition.quantity(named).interval
    if not interval.is_point or interval.low.denominator != 1:
        raise PanelError(f"panel {panel_id}: {named} stands for {edition.figure(named)}; expected one whole number")
    return int(interval.low)


def _framed(edition: Edition, entry: dict, panel: ipywidgets.VBox, names: Sequence[str]) -> ipywidgets.VBox:
    """A panel with its title above and the source of its claims below."""
    claims = [c for name in names for c in (edition.result(name.partition(".")[0]).claims if "." in name else [name])]
    documents = {document["document_id"]: document for document in map(edition.document_of, claims)}
    source = edition.label(
        "source-line",
        sources="; ".join(
            f"{document['publisher_' + edition.language]}, {edition.date(document['published'])}"
            for document in documents.values()
        ),
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
    """A small bar chart."""

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, top)
        axes.set_ylim(len(bars), 0)
        for number, (name, value, chosen) in enumerate(bars):
            colour = style.light("computed" if chosen else "structure")
            transform = axes.get_yaxis_transform()
            axes.text(0, number + 0.25, name, transform=transform, va="center", clip_on=False)
            axes.text(1, number + 0.25, _digits(value), transform=transform, va="center", ha="right")
            axes.barh(number + 0.68, float(value), height=0.3, color=colour, clip_on=False)

    return _picture(0.44 * len(bars) + 0.05, draw, alt)


def _spans(bars: Sequence[tuple[str, str, Interval, str]], alt: str) -> str:
    """Shares of one whole, each as a bar in a band that stands for the whole; its last stretch is how far it may go."""

    def draw(axes: Axes) -> None:
        axes.set_xlim(0, 100)
        axes.set_ylim(len(bars), 0)
        for number, (name, figure, interval, role) in enumerate(bars):
            low, high = float(interval.low), float(interval.high)
            transform = axes.get_yaxis_transform()
            axes.text(0, number + 0.25, name, transform=transform, va="center", clip_on=False)
            axes.text(1, number + 0.25, figure, transform=transform, va="center", ha="right")
            y, colour = number + 0.68, style.light(role)
            axes.barh(y, 100, height=0.3, color=style.light("line"), linewidth=0)
            axes.barh(y, low, height=0.3, color=colour, linewidth=0)
            axes.barh(y, high - low, left=low, height=0.14, color=colour, linewidth=0)

    return _picture(0.44 * len(bars) + 0.05, draw, alt)


def _strip(band: tuple[float, float], fits: Sequence[int], whole: int, alt: str) -> str:
    """Whole numbers as ticks on a line around a band; those that fit stand out."""
    low, high = max(0, ceil(band[0]) - 3), min(whole, floor(band[1]) + 3)
    shown = range(low, high + 1)
    # As many numbers as the width holds.
    every = ceil(len(shown) * (style.ems(f"{high:,}") * style.FONT_SIZE / 72 + 0.12) / _WIDTH)

    def draw(axes: Axes) -> None:
        axes.set_xlim(low - 0.6, high + 0.6)
        axes.set_ylim(1, 0)
        least = 0.004 * len(shown)
        middle, half = sum(band) / 2, max((band[1] - band[0]) / 2, least)
        axes.bar(middle, 0.5, width=2 * half, bottom=0.47, color=style.light("line"), linewidth=0, clip_on=False)
        axes.plot([low, high], [0.72, 0.72], color=style.light("muted"), linewidth=1, clip_on=False)
        for number in shown:
            fit = number in fits
            colour = style.light("computed" if fit else "muted")
            ends = [0.54, 0.9] if fit else [0.64, 0.8]
            axes.plot([number] * 2, ends, color=colour, linewidth=5 if fit else 1.5, clip_on=False)
            if (number - low) % every == 0:
                axes.text(number, 0.25, f"{number:,}", va="center", ha="center", color=colour)

    return _picture(0.75, draw, alt)


def _told(sentence: str) -> str:
    return f'<p class="zz-sentence">{escape(sentence)}</p>'


def _picture(height: float, draw: Callable[[Axes], None], alt: str) -> str:
    """A small picture as inline SVG, in the colours and the typeface of the page."""
    with matplotlib.rc_context(
        style.rc_params() | {"svg.fonttype": "none", "font.family": ["sans-serif", style.font_family()]}
    ):
        figure = Figure(figsize=(_WIDTH, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        draw(axes)
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
