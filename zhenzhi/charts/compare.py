"""Forms of chart that set figures beside each other: parts of a total, wholes of a share.

As in ``forms``, each takes the edition, the ID of its entry in ``data/figures/`` and the names of claims or computed
quantities, and returns a ``Chart``.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from zhenzhi.amounts.quantity import Quantity
from zhenzhi.audit import allowed_counts
from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.exhibit import ChartError, row


def sentence(edition: Edition, rows: Iterable[dict]) -> str:
    """What the rows of a chart say, for its alt text."""
    return edition.sequence(edition.named(entry["what"], entry["figure"]) for entry in rows)


def expected(edition: Edition, figure_id: str, name: str, column: str, *values: str) -> None:
    """Refuses a claim of another kind or unit than the form can show."""
    if edition.claim(name)[column] not in values:
        raise ChartError(
            f"figure {figure_id}: the {column} of {name} is {edition.claim(name)[column]}; "
            f"expected {' or '.join(values)}"
        )


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
    colours = [style.light("series")] * len(names)
    starts = [sum(entry["value"] for entry in rows[:number]) for number in range(len(rows))]
    listed = sum(entry["value"] for entry in rows)
    drawn_rest = rest_row is not None and kind == "rest"
    ends = [listed, *(entry["high"] or entry["value"] for entry in (head,) if entry)]
    is_open = rest is not None and drawn_rest and rest.interval.high is None
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
        if head and rest_row and kind == "excess":
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
                    axes.plot([end], [y], ">", color=colour, markersize=style.SMALL, clip_on=False)

    data = [*([head] if head else []), *rows, *([rest_row] if rest_row else [])]
    told = edition.sequence(
        edition.named(entry["what"], entry["figure"])
        if entry["what"] and entry["figure"]
        else entry["what"] or entry["figure"]
        for entry in data
        if entry["what"] or entry["figure"]
    )
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
            "figure": edition.label("denominator-of", part=runs(edition, counts), whole=edition.digits(whole)),
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
            share=edition.amount(share_claim),
            highest=edition.digits(highest),
            wholes=runs(edition, fits, edition.label("range", low="{low}", high="{high}")),
            least=least,
        )
        foot = edition.label(
            "denominator-least", least=least, count=edition.digits(len(fits)), highest=edition.digits(highest)
        )
    else:
        words = {"what": share["what"], "share": edition.amount(share_claim), "highest": edition.digits(highest)}
        alt, foot = edition.label("alt-denominators-none", **words), edition.label("denominator-none", **words)

    def draw(canvas: Canvas) -> None:
        side = 0.22
        room = canvas.width - 2 * side
        (place,), begin = layout.spread(canvas, [(share["what"], share["figure"])], mark=0, side=side)
        rows = _stagger(list(fits), room / highest, edition.digits)
        strip = begin + 0.17 * (max(rows.values(), default=0) + 1)
        lines = style.wrap(foot, room, style.SMALL)
        (axes,) = canvas.axes(strip + 0.3, left=side, right=side, below=0.34 + 0.16 * len(lines))
        layout.sheet(axes, strip + 0.3)
        axes.spines["bottom"].set_visible(True)
        axes.set_xlim(0, highest)
        step = _round_step(highest, 8 if not canvas.narrow else 4)
        marks = range(0, highest + 1, step)
        axes.set_xticks(marks, [edition.digits(number) for number in marks], size=style.SMALL)
        layout.write(axes, place)
        axes.vlines(list(fits), strip + 0.04, strip + 0.26, color=style.light("computed"), linewidth=1.2)
        for whole, number in rows.items():
            layout.small(
                axes, whole, strip - 0.09 - 0.17 * number, edition.digits(whole), "computed", "center", inside=True
            )
        for number, line in enumerate(lines):
            layout.small(axes, 0, strip + 0.3 + 0.38 + 0.16 * number, line, "computed")

    return Chart(edition, figure_id, draw, data or [share], alt)


def _stagger(numbers: Sequence[int], inches: float, digits: Callable[[int], str], rows: int = 4) -> dict[int, int]:
    """Which numbers to write above their ticks, and in which row, so that none touches another.

    All of them where a few rows hold them, or else as many as stand in one.
    """
    ends, placed = [float("-inf")] * rows, {}
    for number in numbers:
        half = style.ems(digits(number)) * style.SMALL / 72 / 2 + 0.03
        for level in range(rows):
            if number * inches - half > ends[level]:
                placed[number] = level
                ends[level] = number * inches + half
                break
    return placed if rows == 1 or len(placed) == len(numbers) else _stagger(numbers, inches, digits, rows=1)


def _round_step(highest: int, count: int) -> int:
    """A round step that divides a scale into at most ``count`` parts."""
    return next(
        size * 10**power for power in range(12) for size in (1, 2, 5) if highest / (size * 10**power) <= count
    )  # fmt: skip


def runs(edition: Edition, numbers: Iterable[int], words: str = "{low}–{high}") -> str:
    """Whole numbers in a list, those in a row as a range."""
    numbers = list(numbers)
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1), len(numbers)]
    told: list[str] = []
    for run in (numbers[a:b] for a, b in pairwise(cuts)):
        apart = [edition.digits(number) for number in run]
        told += apart if len(run) < 3 else [words.format(low=apart[0], high=apart[-1])]
    return edition.listing(told)
