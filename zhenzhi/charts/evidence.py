"""Forms of chart about the evidence itself: how much of the texts is figures, what is damaged, what wording allows, how far
two coders agree.

As in ``forms``, each takes the edition and the ID of its entry in ``data/figures/``, and returns a ``Chart``. They rest
on whole documents, which their source line names.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from zhenzhi.amounts.numerals import find as find_numerals
from zhenzhi.amounts.quantity import Interval
from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.compare import expected, sentence
from zhenzhi.charts.exhibit import row
from zhenzhi.charts.stacked import counted, stacked
from zhenzhi.data.reliability import CATEGORIES, agreement


def document_name(edition: Edition, document_id: str) -> str:
    """A document by its publisher and date."""
    return edition.source_of(edition.tables.documents.loc[document_id])


def figure_shares(edition: Edition, figure_id: str) -> Chart:
    """How much of each document is figures? The share of its characters that stand in claims and in other numerals."""
    tables = edition.coding
    document_of = tables.claims["article_id"].map(tables.document_of)
    rows = []
    for document_id, document in tables.documents.iterrows():
        claims = tables.claims[document_of == document_id]
        others = tables.numerals[tables.numerals["document_id"] == document_id]
        shares = [100 * int((part["end"] - part["start"]).sum()) / document["characters"] for part in (claims, others)]
        figure = edition.label(
            "shares-of-characters",
            claims=f"{shares[0]:.1f}%",
            others=f"{shares[1]:.1f}%",
            number=edition.digits(len(claims)),
        )
        rows.append(
            counted(
                edition,
                document_name(edition, document_id),
                figure,
                characters=document["characters"],
                number_of_claims=len(claims),
                number_of_other_numerals=len(others),
                in_claims=round(shares[0], 3),
                in_others=round(shares[1], 3),
            )
        )
    parts = [("in_claims", "output", "in-claims"), ("in_others", "line", "in-other-numerals")]
    alt = edition.label("alt-shares", rows=sentence(edition, rows))
    return stacked(edition, figure_id, rows, parts, alt, percent=True)


def numerals(edition: Edition, figure_id: str) -> Chart:
    """What became of every numeral? Claims, and the others by the reason why they are none, with the commonest of each."""
    tables = edition.coding
    rows = [
        counted(
            edition,
            edition.label("numeral-claim"),
            edition.digits(len(tables.claims)),
            claimed=len(tables.claims),
            other=0,
        )
    ]
    for reason, number in Counter(tables.numerals["reason"]).most_common():
        own = tables.numerals[tables.numerals["reason"] == reason]["as_written"]
        # Of equally common ones the first in the texts, so that the picture never changes by itself.
        commonest = Counter(own).most_common(1)[0][0]
        what = edition.label("numeral-such-as", what=edition.label(f"numeral-{reason}"), example=commonest)
        rows.append(counted(edition, what, edition.digits(number), claimed=0, other=number))
    parts = [("claimed", "output", "in-claims"), ("other", "muted", "in-other-numerals")]
    return stacked(edition, figure_id, rows, parts, edition.label("alt-numerals", rows=sentence(edition, rows)))


def caveats(edition: Edition, figure_id: str) -> Chart:
    """What is wrong with the texts? The caveats by kind, those that touch a claim apart from those that touch none."""
    kinds = Counter(caveat["kind"] for caveat in edition.tables.caveats)
    rows = []
    for kind, number in kinds.most_common():
        touching = sum(bool(caveat["affects"]) for caveat in edition.tables.caveats if caveat["kind"] == kind)
        figure = edition.label("caveats-touching", number=str(number), touching=str(touching))
        what = edition.label(f"caveat-{kind}")
        rows.append(counted(edition, what, figure, touching=touching, apart=number - touching))
    parts = [("touching", "computed", "caveat-touching"), ("apart", "line", "caveat-apart")]
    return stacked(edition, figure_id, rows, parts, edition.label("alt-caveats", rows=sentence(edition, rows)))


def coders(edition: Edition, figure_id: str) -> Chart:
    """How far do two codings agree? For each document and column the share of equal entries, and kappa where it has one."""
    table = agreement(edition.tables)
    columns = ("value", "qualifier", *CATEGORIES)
    rows = []
    for name, found in table.iterrows():
        what = edition.label("all-documents") if name == "all" else document_name(edition, name)
        shares = {column: round(float(found[column]), 4) for column in columns}
        kappas = {f"{column}_kappa": round(float(found[f"{column} kappa"]), 4) for column in CATEGORIES}
        told = edition.listing(_agreed(edition, column, {**shares, **kappas}) for column in columns)
        figure = edition.label(
            "coders-found", a=f"{found['A']:.0f}", b=f"{found['B']:.0f}", both=f"{found['both']:.0f}"
        )
        rows.append(counted(edition, what, figure, **shares, **kappas, told=told))

    def draw(canvas: Canvas) -> None:
        words = [(entry["what"], entry["figure"]) for entry in rows]
        places, height = layout.spread(canvas, words, mark=0.42, top=0.22)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(0, len(columns))
        for number, column in enumerate(columns):
            layout.small(axes, number, 0.08, edition.label(f"coded-{column}"), inside=True)
        for entry, place in zip(rows, places, strict=True):
            layout.write(axes, place)
            for number, column in enumerate(columns):
                layout.small(axes, number, place.mark - 0.14, f"{100 * entry[column]:.0f}%", "ink", inside=True)
                if column in CATEGORIES:
                    kappa = f"κ {entry[f'{column}_kappa']:.2f}"
                    layout.small(axes, number, place.mark + 0.15, kappa, inside=True)
                agreed = 0.86 * entry[column]
                for left, width, role in ((0, agreed, "output"), (agreed, 0.86 - agreed, "computed")):
                    axes.barh(place.mark, width, left=number + left, height=0.09, color=style.light(role), linewidth=0)

    told = edition.sequence(
        edition.sequence((edition.named(entry["what"], entry["figure"]), entry["told"])) for entry in rows
    )
    data = [{key: value for key, value in entry.items() if key != "told"} for entry in rows]
    return Chart(edition, figure_id, draw, data, edition.label("alt-coders", rows=told), edition.tables.documents.index)


def _agreed(edition: Edition, column: str, entry: dict) -> str:
    text = edition.label("counted-part", word=edition.label(f"coded-{column}"), count=f"{100 * entry[column]:.0f}%")
    return text + edition.aside(f"κ {entry[f'{column}_kappa']:.2f}") if column in CATEGORIES else text


def wordings(edition: Edition, figure_id: str, names: Sequence[str]) -> Chart:
    """What can a figure stand for? Its bounds beside the figure as printed, on a scale of steps of its last digit."""
    rows, drawn = [], []
    for name in names:
        expected(edition, figure_id, name, "qualifier", "exact", "over", "nearly", "about", "at-most")
        claim, quantity = edition.claim(name), edition.quantity(name)
        entry = row(edition, name, stands_for=edition.interval(quantity))
        rows.append(entry)
        token = next(find_numerals(claim["as_written"]))
        step = token.step if claim["qualifier"] == "exact" else token.last_digit
        drawn.append((quantity.number, step, quantity.interval))

    def draw(canvas: Canvas) -> None:
        words = [(f"{entry['as_written']}  {entry['what']}", entry["stands_for"]) for entry in rows]
        places, height = layout.spread(canvas, words, mark=0.24, side=0.16)
        lines = style.wrap(edition.label("wordings-key"), canvas.width - 0.32, style.SMALL)
        (axes,) = canvas.axes(height, left=0.16, right=0.16, below=0.16 * len(lines))
        layout.sheet(axes, height)
        axes.set_xlim(-_REACH, _REACH)
        for (value, step, interval), place in zip(drawn, places, strict=True):
            layout.write(axes, place)
            _steps(axes, place.mark, value, step, interval)
        for number, line in enumerate(lines):
            layout.small(axes, 0, height + 0.06 + 0.16 * number, line)

    told = edition.sequence(edition.named(entry["as_written"], entry["stands_for"]) for entry in rows)
    return Chart(edition, figure_id, draw, rows, edition.label("alt-wordings", rows=told))


#: How many steps of the last digit are drawn to either side of a figure.
_REACH = 2.4


def _steps(axes: Axes, y: float, value: Fraction, step: Fraction, interval: Interval) -> None:
    """The bounds of a figure in steps of its last digit: ends filled where included, arrows where they lie further out."""
    for number in range(-2, 3):
        reach = 0.12 if number == 0 else 0.05
        colour = style.light("ink" if number == 0 else "muted")
        axes.plot([number, number], [y - reach, y + reach], color=colour, linewidth=1.6 if number == 0 else 0.8)
    colour, ends = style.light("computed"), list[float]()
    for bound, is_open, side in ((interval.low, interval.low_open, -1), (interval.high, interval.high_open, 1)):
        place = None if bound is None else float((bound - value) / step)
        beyond = place is None or abs(place) > _REACH
        ends.append(side * _REACH if place is None or beyond else place)
        marker = {-1: "<", 1: ">"}[side] if beyond else "o"
        face = style.light("paper") if is_open and not beyond else colour
        axes.plot(ends[-1:], [y], marker, color=colour, markerfacecolor=face, markersize=6, clip_on=False, zorder=3)
    axes.plot(ends, [y, y], color=colour, linewidth=3, solid_capstyle="butt", zorder=2)
