"""Forms of chart that set figures beside each other: changes, magnitudes, parts of a total, wholes of a share.

As in ``forms``, each takes the edition, the ID of its entry in ``data/figures/`` and the names of claims or computed
quantities, and returns a ``Chart``.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor, log10

from matplotlib.ticker import NullLocator

from zhenzhi.audit import allowed_counts
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart, ChartError, row
from zhenzhi.edition import Edition
from zhenzhi.quantity import Interval, Quantity


def sentence(rows: Iterable[dict]) -> str:
    """What the rows of a chart say, for its alt text."""
    return "; ".join(f"{entry['what']}: {entry['figure']}" for entry in rows)


def words_of(edition: Edition, figure_id: str, key: str) -> str:
    """A text of the figure's own labels in ``data/figures/``, its references put into words."""
    labels = edition.figure_text(figure_id).get("labels", {})
    if key not in labels:
        raise ChartError(f"figure {figure_id}: there is no label {key!r}; expected a key of its labels")
    return edition.plain(labels[key][edition.language])


def expected(edition: Edition, figure_id: str, name: str, column: str, *values: str) -> None:
    """Refuses a claim of another kind or unit than the form can show."""
    if edition.claim(name)[column] not in values:
        raise ChartError(
            f"figure {figure_id}: the {column} of {name} is {edition.claim(name)[column]}; "
            f"expected {' or '.join(values)}"
        )


def named(edition: Edition, name: str, **more) -> dict:
    """The row of a claim, which says so where it is only planned."""
    what = edition.name_of(name)
    if edition.claim(name)["status"] == "planned":
        what = edition.label("planned-what", what=what)
    return row(edition, name, what=what, **more)


def changes(edition: Edition, figure_id: str, names: Sequence[str]) -> Chart:
    """By how much more or less? Rates of change as bars from zero, falls to the left, in the order given."""
    rows = []
    for name in names:
        expected(edition, figure_id, name, "kind", "change")
        entry = row(edition, name)
        if entry["value"] > 0 and entry["figure"][0].isdigit():
            entry["figure"] = f"+{entry['figure']}"
        rows.append(entry)

    def draw(canvas: Canvas) -> None:
        places, height = layout.spread(canvas, [(entry["what"], entry["figure"]) for entry in rows], mark=0.15)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        values = [entry["value"] for entry in rows]
        axes.set_xlim(min(0, *values), max(0, *values))
        for name, place in zip(names, places, strict=True):
            layout.write(axes, place)
            quantity = edition.quantity(name)
            # Rounding is too small to draw beside the figure; only a side without end is shown.
            interval = Interval.exactly(abs(quantity.value)) if quantity.interval.is_bounded else quantity.interval
            layout.bar(axes, place.mark, interval, edition.claim(name)["rung"], 0.15, -1 if quantity.value < 0 else 1)
            ends = [place.mark - 0.11, place.mark + 0.11]
            axes.plot([0, 0], ends, color=style.light("muted"), linewidth=1, clip_on=False)

    return Chart(edition, figure_id, draw, rows, edition.label("alt-changes", rows=sentence(rows)))


def magnitudes(edition: Edition, figure_id: str, names: Sequence[str], note: str = "") -> Chart:
    """Of what order? Figures as dots on one logarithmic scale; a number in a name is hollow, for it measures nothing.

    Args:
        note: the key of a label of the figure, printed below the scale, such as that the units differ.
    """
    rows, is_name = [], [edition.claim(name)["kind"] == "label" for name in names]
    for name, only_name in zip(names, is_name, strict=True):
        if edition.quantity(name).value <= 0:
            raise ChartError(f"figure {figure_id}: {name} is not above zero; a logarithmic scale cannot show it")
        kind = edition.label("magnitude-name" if only_name else "magnitude-measure")
        rows.append(named(edition, name, is_name=only_name, sort=kind))
    foot = [words_of(edition, figure_id, note)] if note else []
    if any(is_name):
        foot.insert(0, edition.label("magnitude-key"))
    values = [entry["value"] for entry in rows]
    low, high = min(values) / 2, max(values) * 4

    def draw(canvas: Canvas) -> None:
        side = 0.16
        places, height = layout.spread(canvas, [(e["what"], e["figure"]) for e in rows], mark=0.15, side=side)
        lines = [line for text in foot for line in style.wrap(text, canvas.width - 2 * side, layout.SMALL)]
        (axes,) = canvas.axes(height, left=side, right=side, below=0.24 + 0.16 * len(lines))
        layout.sheet(axes, height)
        axes.spines["bottom"].set_visible(True)
        axes.set_xscale("log")
        axes.set_xlim(low, high)
        powers = [10**n for n in range(ceil(log10(low)), floor(log10(high)) + 1)]
        # As many numbers as the width holds; every power has its line.
        decade = (canvas.width - 2 * side) / log10(high / low)
        texts = [edition.interval(Quantity(None, "label", Interval.exactly(power))) for power in powers]
        halves = [style.ems(text) * layout.SMALL / 72 / 2 for text in texts]
        every = ceil((2 * max(halves) + 0.12) / decade)
        for number, (power, half) in enumerate(zip(powers, halves, strict=True)):
            room = side + decade * min(log10(power / low), log10(high / power))
            if number % every or half > room:
                texts[number] = ""
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticks(powers, texts, size=layout.SMALL)
        for name, entry, only_name, place in zip(names, rows, is_name, places, strict=True):
            layout.write(axes, place)
            colour = style.light(edition.claim(name)["rung"])
            y = place.mark
            for power in powers:
                axes.plot([power, power], [y - 0.075, y + 0.075], color=style.light("line"), linewidth=0.8)
            face = style.light("paper") if only_name else colour
            if not only_name:
                interval = edition.quantity(name).interval
                ends = [float(interval.low or low), float(interval.high or high)]
                axes.plot(ends, [y, y], color=colour, linewidth=2.5, solid_capstyle="butt")
                for bound, x, arrow in ((interval.low or None, low, "<"), (interval.high, high, ">")):
                    if bound is None:
                        axes.plot([x], [y], arrow, color=colour, markersize=7, clip_on=False)
            axes.plot([entry["value"]], [y], "o", color=colour, markerfacecolor=face, markersize=7)
        for number, line in enumerate(lines):
            layout.small(axes, 0, height + 0.32 + 0.16 * number, line)

    told = "; ".join(f"{entry['what']}: {entry['figure']} ({entry['sort']})" for entry in rows)
    return Chart(edition, figure_id, draw, rows, edition.label("alt-magnitudes", rows=told))


def parts(
    edition: Edition, figure_id: str, names: Sequence[str], whole: str | None = None, check: str | None = None
) -> Chart:
    """What is a total made of? Its parts as one bar and each below with its label, and what the text leaves unlisted.

    Args:
        names: claims of the parts.
        whole: the claim of the total, where the text states one.
        check: the check that adds the parts up; its ``rest`` is shown if it has one, or its ``sum`` without a total.
    """
    rows = [row(edition, name) for name in names]
    total = whole or (f"{check}.sum" if check else None)
    head = row(edition, total) if total else None
    claims = " ".join(dict.fromkeys([*names, *([whole] if whole else [])]))
    rest_name = f"{check}.rest" if check and "rest" in edition.result(check).quantities else ""
    rest, rest_row = _rest(edition, names, whole, rest_name), None
    if rest:
        kind = "rest"
        if rest.interval.high is not None and rest.interval.high < 0:
            kind = "excess"
        elif 0 in rest.interval:
            kind = "complete"
        shown = Quantity(None, rest.unit, -rest.interval, rest.counted) if kind == "excess" else rest
        rest_row = {
            "what": edition.name_of(rest_name) if rest_name and kind == "rest" else edition.label(f"parts-{kind}"),
            "figure": "" if kind == "complete" else edition.interval(shown),
            "low": None if rest.interval.low is None else float(rest.interval.low),
            "high": None if rest.interval.high is None else float(rest.interval.high),
            "unit": rest.unit,
            "mark": edition.label("mark-computed"),
            "claims": claims,
        }
    colours = [style.light(edition.claim(name)["rung"]) for name in names]
    starts = [sum(entry["value"] for entry in rows[:number]) for number in range(len(rows))]
    listed = sum(entry["value"] for entry in rows)
    drawn_rest = rest_row is not None and kind == "rest"
    ends = [listed, *(entry["high"] or entry["value"] for entry in (head,) if entry)]
    is_open = drawn_rest and rest.interval.high is None
    top = max(ends) * (1.15 if is_open else 1)

    def draw(canvas: Canvas) -> None:
        first = (head["what"], head["figure"]) if head else ("", "")
        words = [(entry["what"], entry["figure"]) for entry in (*rows, *([rest_row] if rest_row else []))]
        (whole_place,), begin = layout.spread(canvas, [first], mark=0.26)
        places, height = layout.spread(canvas, words, mark=0.07, top=begin + 0.04)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(0, top)
        gap = top * 0.016 / canvas.width
        for place in (whole_place, *places):
            layout.write(axes, place)
        for start, entry, colour, place in zip(starts, rows, colours, places[: len(rows)], strict=True):
            for y, thickness in ((whole_place.mark, 0.26), (place.mark, 0.07)):
                width = max(entry["value"] - gap, entry["value"] / 2)
                axes.barh(y, width, left=start, height=thickness, color=colour, linewidth=0)
        if rest_row and kind == "excess":
            ends_of_tick = [whole_place.mark - 0.17, whole_place.mark + 0.17]
            axes.plot([head["value"]] * 2, ends_of_tick, color=style.light("ink"), linewidth=2, solid_capstyle="butt")
        if drawn_rest:
            dashes, colour = (0, (3, 2)), style.light("computed")
            end = top if is_open else max(ends)
            for y, thickness in ((whole_place.mark, 0.26), (places[-1].mark, 0.07)):
                # An open end has no line that closes it.
                corners = [(end, y - thickness / 2), (listed + gap, y - thickness / 2)]
                corners += [(x, 2 * y - height) for x, height in reversed(corners)]
                corners += [] if is_open else corners[:1]
                axes.plot(*zip(*corners, strict=True), color=colour, linewidth=1.1, linestyle=dashes, clip_on=False)
                if is_open:
                    axes.plot([end], [y], ">", color=colour, markersize=7, clip_on=False)

    data = [*([head] if head else []), *rows, *([rest_row] if rest_row else [])]
    told = "; ".join(filter(None, (": ".join(filter(None, (e["what"], e["figure"]))) for e in data)))
    return Chart(edition, figure_id, draw, data, edition.label("alt-parts", rows=told))


def _rest(edition: Edition, names: Sequence[str], whole: str | None, computed: str) -> Quantity | None:
    """What the total leaves beside its parts: as a check computes it, or else here."""
    if computed:
        return edition.quantity(computed)
    if whole is None:
        return None
    interval = edition.quantity(whole).interval
    for name in names:
        interval = interval - edition.quantity(name).interval
    quantity = edition.quantity(whole)
    return Quantity(None, quantity.unit, interval, quantity.counted)


def denominators(edition: Edition, figure_id: str, share_claim: str, highest: int) -> Chart:
    """A share of how many? The wholes up to ``highest`` of which some whole number is the share, as ticks on a strip."""
    expected(edition, figure_id, share_claim, "unit", "percent")
    share = row(edition, share_claim)
    interval = edition.quantity(share_claim).interval
    fits = {whole: counts for whole in range(1, highest + 1) if (counts := allowed_counts(interval, whole))}
    data = [
        {
            "what": share["what"],
            "figure": edition.label("denominator-of", part=runs(counts), whole=f"{whole:,}"),
            "value": whole,
            "numerators": " ".join(map(str, counts)),
            "share_percent": " ".join(f"{100 * count / whole:.4f}" for count in counts),
            "low": share["low"],
            "high": share["high"],
            "mark": edition.label("mark-computed"),
            "claims": share_claim,
        }
        for whole, counts in fits.items()
    ]
    if fits:
        least = data[0]["figure"]
        alt = edition.label(
            "alt-denominators",
            what=share["what"],
            share=edition.figure(share_claim),
            highest=f"{highest:,}",
            wholes=runs(fits, edition.label("range", low="{low}", high="{high}")),
            least=least,
        )
        foot = edition.label("denominator-least", least=least, count=f"{len(fits):,}", highest=f"{highest:,}")
    else:
        words = {"what": share["what"], "share": edition.figure(share_claim), "highest": f"{highest:,}"}
        alt, foot = edition.label("alt-denominators-none", **words), edition.label("denominator-none", **words)

    def draw(canvas: Canvas) -> None:
        side = 0.22
        room = canvas.width - 2 * side
        (place,), begin = layout.spread(canvas, [(share["what"], share["figure"])], mark=0, side=side)
        rows = _stagger(list(fits), room / highest)
        strip = begin + 0.17 * (max(rows.values(), default=0) + 1)
        lines = style.wrap(foot, room, layout.SMALL)
        (axes,) = canvas.axes(strip + 0.3, left=side, right=side, below=0.34 + 0.16 * len(lines))
        layout.sheet(axes, strip + 0.3)
        axes.spines["bottom"].set_visible(True)
        axes.set_xlim(0, highest)
        step = _round_step(highest, 8 if not canvas.narrow else 4)
        marks = range(0, highest + 1, step)
        axes.set_xticks(marks, [f"{number:,}" for number in marks], size=layout.SMALL)
        layout.write(axes, place)
        axes.vlines(list(fits), strip + 0.04, strip + 0.26, color=style.light("computed"), linewidth=1.2)
        for whole, number in rows.items():
            layout.small(axes, whole, strip - 0.09 - 0.17 * number, f"{whole:,}", "computed", "center", inside=True)
        for number, line in enumerate(lines):
            layout.small(axes, 0, strip + 0.3 + 0.38 + 0.16 * number, line, "computed")

    return Chart(edition, figure_id, draw, data or [share], alt)


def _stagger(numbers: Sequence[int], inches: float, rows: int = 4) -> dict[int, int]:
    """Which numbers to write above their ticks, and in which row, so that none touches another.

    All of them where a few rows hold them, or else as many as stand in one.
    """
    ends, placed = [float("-inf")] * rows, {}
    for number in numbers:
        half = style.ems(f"{number:,}") * layout.SMALL / 72 / 2 + 0.03
        for level in range(rows):
            if number * inches - half > ends[level]:
                placed[number] = level
                ends[level] = number * inches + half
                break
    return placed if rows == 1 or len(placed) == len(numbers) else _stagger(numbers, inches, rows=1)


def _round_step(highest: int, count: int) -> int:
    """A round step that divides a scale into at most ``count`` parts."""
    return next(
        size * 10**power for power in range(12) for size in (1, 2, 5) if highest / (size * 10**power) <= count
    )  # fmt: skip


def runs(numbers: Iterable[int], words: str = "{low}–{high}") -> str:
    """Whole numbers in a list, those in a row as a range."""
    numbers = list(numbers)
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1), len(numbers)]
    runs = [numbers[a:b] for a, b in pairwise(cuts)]
    return ", ".join(
        words.format(low=f"{run[0]:,}", high=f"{run[-1]:,}") if len(run) > 2 else ", ".join(f"{n:,}" for n in run)
        for run in runs
    )
