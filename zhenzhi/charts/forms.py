"""The forms of chart, each for one kind of question.

Each takes the edition, the ID of its entry in ``data/figures/`` and the names of claims or computed quantities
(``check-id.name``), and returns a ``Chart``. Labels stand above their marks, so that the same drawing fits a phone.
"""

from collections.abc import Sequence
from math import log10

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from zhenzhi.audit import allowed_counts
from zhenzhi.charts import style
from zhenzhi.charts.chart import Canvas, Chart, row
from zhenzhi.edition import Edition, references
from zhenzhi.quantity import Interval

RUNGS = ("input", "activity", "output", "outcome", "structure", "context")


def _blank(axes: Axes, rows: float) -> None:
    """Axes for rows of marks: no frame, row 0 at the top."""
    axes.set_ylim(rows, 0)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _label(axes: Axes, y: float, left: str, right: str = "") -> None:
    """A line of text above a mark: what it is on the left, its figure on the right."""
    transform = axes.get_yaxis_transform()
    axes.text(0, y, left, transform=transform, va="center", ha="left")
    axes.text(1, y, right, transform=transform, va="center", ha="right")


def _sentence(edition: Edition, rows: Sequence[dict]) -> str:
    return "; ".join(f"{entry['what']}: {entry['figure']}" for entry in rows)


def bars(edition: Edition, figure_id: str, names: Sequence[str], total: str | None = None) -> Chart:
    """How much of each? Bars from zero, coloured by rung; ``total`` is named in the alt text and the data."""
    rows = [row(edition, name) for name in names]
    data = rows + ([row(edition, total)] if total else [])
    colours = [style.light(edition.claim(name)["rung"]) for name in names]

    def draw(canvas: Canvas) -> None:
        (axes,) = canvas.axes(0.46 * len(rows))
        _blank(axes, len(rows))
        axes.set_xlim(0, max(entry["value"] for entry in rows))
        for number, (entry, colour) in enumerate(zip(rows, colours, strict=True)):
            _label(axes, number + 0.28, entry["what"], entry["figure"])
            axes.barh(number + 0.68, entry["value"], height=0.3, color=colour)

    alt = edition.label("alt-bars", rows=_sentence(edition, data))
    return Chart(edition, figure_id, draw, data, alt)


def intervals(edition: Edition, figure_id: str, check_ids: Sequence[str]) -> Chart:
    """Does the figure hold? What is reported and what the other claims allow, one above the other on one scale."""
    data, pairs = [], []
    for check_id in check_ids:
        result = edition.result(check_id)
        names = list(result.quantities)
        computed = row(edition, f"{check_id}.{names[0]}")
        reported = row(edition, edition.check(check_id)["claims"]["reported"])
        pairs.append((result, reported, computed))
        data += [reported, computed]

    def draw(canvas: Canvas) -> None:
        for axes, (result, reported, computed) in zip(
            canvas.axes(1.32, left=0.16, right=0.16, below=0.24, count=len(pairs)), pairs, strict=True
        ):
            axes.set_ylim(2.25, -0.1)
            axes.set_yticks([])
            top = max(_ends(result.computed) + _ends(result.reported)) * 1.25
            axes.set_xlim(0, top)
            axes.grid(axis="x", linewidth=0.6)
            axes.set_axisbelow(True)
            for y, entry, interval, role in (
                (0.72, reported, result.reported, "activity"),
                (1.78, computed, result.computed, "computed"),
            ):
                _label(axes, y - 0.45, f"{entry['mark']}: {entry['figure']}")
                _interval(axes, y, interval, role, top)

    alt = edition.label("alt-intervals", rows=_sentence(edition, [e for pair in pairs for e in pair[1:]]))
    return Chart(edition, figure_id, draw, data, alt)


def _ends(interval: Interval | None) -> list[float]:
    bounds = (interval.low, interval.high) if interval else ()
    return [float(bound) for bound in bounds if bound is not None]


def _interval(axes: Axes, y: float, interval: Interval, role: str, top: float) -> None:
    """A bar over the interval; an open side runs to the edge with an arrow, an end not included is hollow."""
    colour = style.light(role)
    low = 0 if interval.low is None else float(interval.low)
    high = top if interval.high is None else float(interval.high)
    axes.plot([low, high], [y, y], color=colour, linewidth=4, solid_capstyle="butt")
    for bound, is_open in ((interval.low, interval.low_open), (interval.high, interval.high_open)):
        if bound is not None:
            face = style.light("paper") if is_open else colour
            axes.plot([float(bound)], [y], "o", color=colour, markerfacecolor=face, markersize=7, clip_on=False)
    if interval.high is None:
        axes.plot([top], [y], ">", color=colour, markersize=8, clip_on=False)


def whole_numbers(edition: Edition, figure_id: str, check_ids: Sequence[str]) -> Chart:
    """Which whole numbers fit a share? The counts around the one that fits, each at the share it would make."""
    data, panels = [], []
    for check_id in check_ids:
        claims = edition.check(check_id)["claims"]
        whole = int(edition.quantity(claims["whole"]).interval.low)
        share = edition.quantity(claims["share"]).interval
        fits = allowed_counts(share, whole)
        shown = range(max(0, fits[0] - 3), min(whole, fits[-1] + 3) + 1)
        panels.append((check_id, claims, whole, share, fits, shown))
        used = " ".join(edition.result(check_id).claims)
        for number in shown:
            data.append(
                {
                    "what": edition.check(check_id)["name"][edition.language],
                    "figure": f"{number:,}",
                    "value": number,
                    "share_percent": round(100 * number / whole, 4),
                    "low": float(share.low),
                    "high": float(share.high),
                    "fits": number in fits,
                    "mark": edition.label("mark-computed"),
                    "claims": used,
                }
            )
    sentences = [
        edition.label(
            "alt-whole-numbers",
            what=edition.check(check_id)["name"][edition.language],
            share=edition.figure(claims["share"]),
            whole=edition.figure(claims["whole"]),
            low=f"{float(share.low):g}%",
            high=f"{float(share.high):g}%",
            fits=", ".join(f"{n:,}" for n in fits),
            rest=", ".join(f"{whole - n:,}" for n in fits),
        )
        for check_id, claims, whole, share, fits, _ in panels
    ]

    def draw(canvas: Canvas) -> None:
        for axes, (check_id, claims, whole, share, fits, shown) in zip(
            canvas.axes(1.5, left=0.3, right=0.3, count=len(panels)), panels, strict=True
        ):
            axes.set_ylim(2.3, -0.35)
            axes.set_yticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_xticks([])
            axes.set_xlim(shown[0] - 0.5, shown[-1] + 0.5)
            band = [float(bound) * whole / 100 for bound in (share.low, share.high)]
            axes.axvspan(*band, ymin=0.02, ymax=0.72, color=style.light("band"), linewidth=0)
            _label(
                axes,
                -0.05,
                edition.check(check_id)["name"][edition.language],
                edition.label("share-of", share=edition.figure(claims["share"]), whole=edition.figure(claims["whole"])),
            )
            axes.plot([shown[0], shown[-1]], [1.2, 1.2], color=style.light("line"), linewidth=1)
            for number in shown:
                fit = number in fits
                colour = style.light("computed" if fit else "muted")
                axes.plot([number], [1.2], "o", color=colour, markersize=9 if fit else 5)
                skip = canvas.narrow and (number - shown[0]) % 2 != (fits[0] - shown[0]) % 2
                if not skip:
                    axes.text(number, 0.75, f"{number:,}", ha="center", va="center", color=colour, size=8.5)
                    axes.text(
                        number, 1.62, f"{100 * number / whole:.2f}%", ha="center", va="center", size=7.5, color=colour
                    )
            axes.text(
                sum(band) / 2,
                2.05,
                edition.label("rounds-to", share=edition.figure(claims["share"])),
                ha="center",
                va="center",
                size=7.5,
                color=style.light("muted"),
            )

    return Chart(edition, figure_id, draw, data, " ".join(sentences))


def slopes(edition: Edition, figure_id: str, check_ids: Sequence[str]) -> Chart:
    """From what to what? The base that a growth rate implies, with its bounds, to the figure reported; log scale."""
    data, lines = [], []
    for check_id in check_ids:
        claims = edition.check(check_id)["claims"]
        base, current = row(edition, f"{check_id}.base"), row(edition, claims["current"])
        growth = row(edition, claims["growth"])
        data += [base, current, growth]
        lines.append((base, current, growth))

    heads = [edition.figure_text(figure_id)["labels"][key][edition.language] for key in ("before", "after")]

    def draw(canvas: Canvas) -> None:
        side = 1.15 if canvas.narrow else 2.1
        size = 8.5

        def broken(text: str, inches: float = side - 0.1) -> str:
            return "\n".join(style.wrap(text, inches, size))

        (axes,) = canvas.axes(3.4, left=side, right=side, above=0.4)
        axes.set_yscale("log")
        axes.yaxis.set_major_locator(NullLocator())
        axes.yaxis.set_minor_locator(NullLocator())
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        axes.set_xlim(0, 1)
        values = [base["low"] for base, _, _ in lines] + [current["value"] for _, current, _ in lines]
        axes.set_ylim(min(values) / 1.5, max(values) * 1.9)
        for x, head in enumerate(heads):
            axes.text(x, 1.02, broken(head, 1.75), transform=axes.transAxes, ha="center", size=size,
                      color=style.light("muted"))  # fmt: skip
            axes.axvline(x, color=style.light("line"), linewidth=1)
        for base, current, growth in lines:
            middle = (base["low"] + base["high"]) / 2
            ends = [middle, current["value"]]
            axes.plot([0, 1], ends, color=style.light("outcome"), linewidth=2)
            axes.plot([0], ends[:1], "o", color=style.light("computed"), markersize=7, clip_on=False)
            axes.plot([1], ends[1:], "o", color=style.light("outcome"), markersize=7, clip_on=False)
            for x, entry, align, role in ((0, base, "right", "computed"), (1, current, "left", "outcome")):
                axes.annotate(broken(entry["figure"]), (x, ends[x]), (-8 if x == 0 else 8, 0), ha=align, va="center",
                              textcoords="offset points", size=size, color=style.light(role))  # fmt: skip
            text = broken(current["what"], canvas.width - 2 * side) + f"\n+{growth['figure']}"
            axes.annotate(text, (0.5, 10 ** (sum(map(log10, ends)) / 2)), (0, 9), ha="center", va="bottom",
                          textcoords="offset points", size=size)  # fmt: skip

    return Chart(edition, figure_id, draw, data, edition.label("alt-slopes", rows=_slope_sentence(edition, lines)))


def _slope_sentence(edition: Edition, lines) -> str:
    return "; ".join(
        edition.label(
            "alt-slope",
            what=current["what"],
            base=base["figure"],
            current=current["figure"],
            growth=growth["figure"],
        )
        for base, current, growth in lines
    )


def progress(edition: Edition, figure_id: str, check_id: str) -> Chart:
    """How far along? What is done, out of the totals that the stated share allows."""
    claims = edition.check(check_id)["claims"]
    done, share = row(edition, claims["part"]), row(edition, claims["share"])
    whole, rest = row(edition, f"{check_id}.whole"), row(edition, f"{check_id}.rest")

    def draw(canvas: Canvas) -> None:
        (axes,) = canvas.axes(1.2)
        _blank(axes, 2.4)
        axes.set_xlim(0, whole["high"])
        _label(axes, 0.25, f"{done['what']}: {done['figure']}")
        axes.barh(0.85, done["value"], height=0.5, color=style.light("output"))
        axes.barh(
            0.85,
            whole["low"] - done["value"],
            left=done["value"],
            height=0.5,
            color=style.light("band"),
            edgecolor=style.light("line"),
        )
        axes.barh(
            0.85,
            whole["high"] - whole["low"],
            left=whole["low"],
            height=0.5,
            facecolor=style.light("paper"),
            edgecolor=style.light("computed"),
            hatch="////",
        )
        transform = axes.get_yaxis_transform()
        for y, text in ((1.5, f"{rest['what']}: {rest['figure']}"), (2.1, f"{whole['what']}: {whole['figure']}")):
            axes.text(1, y, text, transform=transform, ha="right", va="center", color=style.light("computed"))

    data = [done, share, rest, whole]
    return Chart(edition, figure_id, draw, data, edition.label("alt-progress", rows=_sentence(edition, data)))


def ledger(edition: Edition, figure_id: str, lines: Sequence[tuple[str, str, str]]) -> Chart:
    """What is stated before and after, and what is not? A table of cells, filled where the source gives something.

    Args:
        lines: the key of a label in ``data/figures/`` for the row, for the cell before and for the cell after. A cell is a
            text with references, or empty where the source is silent.
    """
    entry = edition.figure_text(figure_id)
    text = {key: edition.plain(value[edition.language]) for key, value in entry["labels"].items()}
    raw = {key: value[edition.language] for key, value in entry["labels"].items()}
    blank = edition.label("not-stated")
    cells = [(text[what], text.get(before) or blank, text.get(after) or blank) for what, before, after in lines]
    data = []
    for what, before, after in lines:
        named = " ".join(reference.target for key in (before, after) if key for reference in references(raw[key]))
        data.append(
            {
                "what": text[what],
                "before": text.get(before) or blank,
                "after": text.get(after) or blank,
                "mark": edition.label("mark-described"),
                "claims": named,
            }
        )

    def draw(canvas: Canvas) -> None:
        size = 8.5 if canvas.narrow else style.FONT_SIZE
        inner = canvas.width - 0.16
        first = 0.24 if not canvas.narrow else 0.0
        column = (1 - first) / 2
        wrapped = [
            [style.wrap(cell, inner * column - 0.22, size) for cell in (before, after)] for _, before, after in cells
        ]
        head = 0.3
        labels = 0.26 if canvas.narrow else 0.0
        heights = [max(len(a), len(b)) * 0.175 + 0.2 + labels for a, b in wrapped]
        (axes,) = canvas.axes(head + sum(heights))
        total = head + sum(heights)
        _blank(axes, total)
        axes.set_xlim(0, 1)
        for number, key in enumerate(("before", "after")):
            axes.text(first + number * column + 0.01, head / 2, text[key], va="center", color=style.light("muted"))
        y = head
        for (what, before, after), texts, height in zip(cells, wrapped, heights, strict=True):
            axes.text(0, y + (0.13 if canvas.narrow else height / 2), what, va="center", size=size)
            for number, (cell, broken) in enumerate(zip((before, after), texts, strict=True)):
                known = cell != blank
                x = first + number * column
                axes.add_patch(
                    Rectangle(
                        (x, y + labels + 0.02),
                        column - 0.012,
                        height - labels - 0.06,
                        facecolor=style.light("band" if known else "paper"),
                        edgecolor=style.light("line"),
                        linestyle="-" if known else (0, (3, 2)),
                    )
                )
                axes.text(
                    x + 0.015,
                    y + labels + (height - labels - 0.02) / 2,
                    "\n".join(broken),
                    va="center",
                    size=size,
                    linespacing=1.25,
                    color=style.light("ink" if known else "muted"),
                )
            y += height

    sentence = "; ".join(
        f"{what}: {text['before']}: {before}, {text['after']}: {after}" for what, before, after in cells
    )
    return Chart(edition, figure_id, draw, data, edition.label("alt-ledger", rows=sentence))


def rungs(edition: Edition, figure_id: str, claim_ids: Sequence[str]) -> Chart:
    """What does a document count? Its claims by rung of the results chain, repeats left out."""
    claims = edition.coded(claim_ids)
    claims = claims[claims["repeats"].isna()]
    counts = claims.groupby("rung").size().reindex(RUNGS, fill_value=0)
    rows = [
        {
            "what": edition.label(f"rung-{rung}"),
            "figure": str(counts[rung]),
            "value": int(counts[rung]),
            "mark": edition.label("mark-computed"),
            "claims": " ".join(claims.index[claims["rung"] == rung]),
        }
        for rung in RUNGS
    ]

    def draw(canvas: Canvas) -> None:
        (axes,) = canvas.axes(0.4 * len(rows), left=1.15, right=0.35)
        axes.set_ylim(len(rows), 0)
        axes.set_xlim(0, max(counts))
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.set_yticks([number + 0.5 for number in range(len(rows))], [entry["what"] for entry in rows])
        axes.tick_params(axis="y", labelcolor=style.light("ink"))
        for number, (rung, entry) in enumerate(zip(RUNGS, rows, strict=True)):
            axes.barh(number + 0.5, entry["value"], height=0.55, color=style.light(rung))
            axes.text(entry["value"] + max(counts) * 0.015, number + 0.5, entry["figure"], va="center")

    return Chart(edition, figure_id, draw, rows, edition.label("alt-rungs", rows=_sentence(edition, rows)))
