"""The forms of chart, each for one kind of question.

Each takes the edition, the ID of its entry in ``data/figures/`` and the names of claims or computed quantities
(``check-id.name``), and returns a ``Chart``. Labels stand above their marks, so that the same drawing fits a phone.
"""

from collections.abc import Sequence

from matplotlib.axes import Axes

from zhenzhi.audit import allowed_counts
from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.compare import sentence
from zhenzhi.charts.exhibit import row
from zhenzhi.data.vocabularies import RUNGS


def _label(axes: Axes, y: float, left: str, right: str = "") -> None:
    """A line of text above a mark: what it is on the left, its figure on the right."""
    transform = axes.get_yaxis_transform()
    axes.text(0, y, left, transform=transform, va="center", ha="left")
    axes.text(1, y, right, transform=transform, va="center", ha="right")


def bars(edition: Edition, figure_id: str, names: Sequence[str], total: str | None = None) -> Chart:
    """How much of each? Bars from zero; ``total`` is named in the alt text and the data."""
    rows = [row(edition, name) for name in names]
    data = rows + ([row(edition, total)] if total else [])

    def draw(canvas: Canvas) -> None:
        places, height = layout.spread(canvas, [(entry["what"], entry["figure"]) for entry in rows], mark=0.14)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(0, max(entry["value"] for entry in rows))
        for entry, place in zip(rows, places, strict=True):
            layout.write(axes, place)
            axes.barh(place.mark, entry["value"], height=0.14, color=style.light("series"))

    alt = edition.label("alt-bars", rows=sentence(edition, data))
    return Chart(edition, figure_id, draw, data, alt)


def whole_numbers(edition: Edition, figure_id: str, check_ids: Sequence[str]) -> Chart:
    """Which whole numbers fit a share? The counts around the one that fits, each at the share it would make."""
    data, panels = [], []
    for check_id in check_ids:
        claims = edition.check(check_id)["claims"]
        whole = int(edition.quantity(claims["whole"]).interval.bounds[0])
        share = edition.quantity(claims["share"]).interval
        fits, bounds = allowed_counts(share, whole), [float(bound) for bound in share.bounds]
        shown = range(max(0, fits[0] - 3), min(whole, fits[-1] + 3) + 1)
        panels.append((check_id, claims, whole, bounds, fits, shown))
        used = " ".join(edition.result(check_id).claims)
        for number in shown:
            data.append(
                {
                    "what": edition.check(check_id)["name"][edition.language],
                    "figure": edition.digits(number),
                    "value": number,
                    "share_percent": round(100 * number / whole, 4),
                    "low": bounds[0],
                    "high": bounds[1],
                    "fits": number in fits,
                    "mark": edition.label("mark-computed"),
                    "claims": used,
                }
            )
    sentences = [
        edition.label(
            "alt-whole-numbers",
            what=edition.check(check_id)["name"][edition.language],
            share=edition.amount(claims["share"]),
            whole=edition.amount(claims["whole"]),
            low=f"{bounds[0]:g}%",
            high=f"{bounds[1]:g}%",
            fits=edition.listing(edition.digits(n) for n in fits),
            rest=edition.listing(edition.digits(whole - n) for n in fits),
        )
        for check_id, claims, whole, bounds, fits, _ in panels
    ]

    def draw(canvas: Canvas) -> None:
        for axes, (check_id, claims, whole, bounds, fits, shown) in zip(
            canvas.axes(1.5, left=0.3, right=0.3, count=len(panels)), panels, strict=True
        ):
            axes.set_ylim(2.3, -0.35)
            axes.set_yticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_xticks([])
            axes.set_xlim(shown[0] - 0.5, shown[-1] + 0.5)
            band = [bound * whole / 100 for bound in bounds]
            axes.fill_between(band, 0.95, 1.45, color=style.light("line"), linewidth=0)
            _label(
                axes,
                -0.05,
                edition.check(check_id)["name"][edition.language],
                edition.label("share-of", share=edition.amount(claims["share"]), whole=edition.amount(claims["whole"])),
            )
            axes.plot([shown[0], shown[-1]], [1.2, 1.2], color=style.light("line"), linewidth=1)
            for number in shown:
                fit = number in fits
                colour = style.light("computed" if fit else "muted")
                axes.plot([number], [1.2], "o", color=colour, markersize=9 if fit else 5)
                skip = canvas.narrow and (number - shown[0]) % 2 != (fits[0] - shown[0]) % 2
                if not skip:
                    axes.text(
                        number, 0.75, edition.digits(number), ha="center", va="center", color=colour, size=style.SMALL
                    )
                    axes.text(
                        number,
                        1.62,
                        f"{100 * number / whole:.2f}%",
                        ha="center",
                        va="center",
                        size=style.SMALL,
                        color=colour,
                    )
            axes.text(
                sum(band) / 2,
                2.05,
                edition.label("rounds-to", share=edition.amount(claims["share"])),
                ha="center",
                va="center",
                size=style.SMALL,
                color=style.light("muted"),
            )

    return Chart(edition, figure_id, draw, data, " ".join(sentences))


def rungs(edition: Edition, figure_id: str, claim_ids: Sequence[str]) -> Chart:
    """What does a document count? Its claims by rung of the results chain, repeats left out."""
    claims = edition.coded(claim_ids)
    claims = claims[claims["repeats"].isna()]
    counts = claims.groupby("rung").size().reindex(RUNGS, fill_value=0)
    rows: list[dict] = [
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
        for number, entry in enumerate(rows):
            axes.barh(number + 0.5, entry["value"], height=0.55, color=style.light("series"))
            axes.text(entry["value"] + max(counts) * 0.015, number + 0.5, entry["figure"], va="center")

    return Chart(edition, figure_id, draw, rows, edition.label("alt-rungs", rows=sentence(edition, rows)))
