"""Figures of several documents side by side: where the same thing recurs, and where it only looks the same."""

from collections.abc import Sequence

from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart, ChartError, row
from zhenzhi.charts.compare import words_of
from zhenzhi.edition import Edition

#: Indicators that gather counts of many things; there the model tells what is counted.
GATHERING = frozenset({"components", "levels", "programme-label"})

#: What two figures can have in common, and the columns of claims that tell.
_DIMENSIONS = {
    "counted": ("indicator_id",),
    "unit": ("unit",),
    "place": ("place_id",),
    "period": ("period_start", "period_end"),
    "status": ("status",),
}


def alike(edition: Edition, figure_id: str, groups: Sequence[tuple[str, Sequence[str]]], on_one_scale: bool) -> Chart:
    """Which figures are alike? Groups of claims, each with what they have in common and what differs.

    Args:
        groups: the key of a label of the figure, and claims.
        on_one_scale: whether the figures of a group are drawn as bars on one scale, from zero. Figures that only look alike
            have no scale in common and are written without a mark.

    Raises:
        ChartError: a group holds fewer than two claims, or claims of two units that would share a scale.
    """
    data, drawn = [], []
    for key, names in groups:
        claims = [edition.claim(name) for name in names]
        if len(names) < 2:
            raise ChartError(f"figure {figure_id}: the group {key} has {len(names)} claim; expected at least two")
        if on_one_scale and len({claim["unit"] for claim in claims}) > 1:
            raise ChartError(f"figure {figure_id}: the group {key} has several units; expected one for one scale")
        head, foot = words_of(edition, figure_id, key), _common(edition, names)
        rows = [row(edition, name, what=_what(edition, name), group=head) for name in names]
        data += rows
        drawn.append((head, foot, names, rows))

    def draw(canvas: Canvas) -> None:
        room = canvas.width - 2 * layout.SIDE
        y, blocks = 0.0, []
        for head, foot, _, rows in drawn:
            lines = style.wrap(foot, room, layout.SMALL)
            words = [(entry["what"], entry["figure"]) for entry in rows]
            places, bottom = layout.spread(canvas, words, mark=0.1 if on_one_scale else 0.0, top=y + 0.27)
            blocks.append((y + 0.1, head, places, bottom, lines))
            y = bottom + 0.17 * len(lines) + 0.22
        (axes,) = canvas.axes(y)
        layout.sheet(axes, y)
        axes.set_xlim(0, 1)
        for (top, head, places, bottom, lines), (_, _, names, rows) in zip(blocks, drawn, strict=True):
            axes.text(0, top, head, va="center", color=style.light("computed"))
            axes.plot([0, 1], [top + 0.12] * 2, color=style.light("line"), linewidth=1)
            largest = max((entry["value"] for entry in rows if entry["value"]), default=1)
            for name, entry, place in zip(names, rows, places, strict=True):
                layout.write(axes, place)
                if on_one_scale:
                    colour = style.light(edition.claim(name)["rung"])
                    axes.barh(place.mark, entry["value"] / largest, height=0.1, color=colour, linewidth=0)
            for number, line in enumerate(lines):
                layout.small(axes, 0, bottom + 0.04 + 0.17 * number, line)

    told = []
    for head, foot, _, rows in drawn:
        figures = "; ".join(f"{entry['what']}: {entry['figure']}" for entry in rows)
        told.append(f"{head}: {figures}. {foot}")
    alt = edition.label("alt-alike", rows=" ".join(told).rstrip(".。"))
    return Chart(edition, figure_id, draw, data, alt)


def _what(edition: Edition, name: str) -> str:
    """What a claim measures, where and when; the date of the document where no period is stated."""
    claim = edition.claim(name)
    when = edition.period(name)
    if claim["period_start"] is None and claim["period_end"] is None:
        when = edition.label("alike-document", date=edition.date(edition.document_of(name)["published"]))
    place = edition.tables.places.at[claim["place_id"], f"name_{edition.language}"]
    return edition.label("alike-row", what=edition.name_of(name), place=place, when=when)


def _common(edition: Edition, names: Sequence[str]) -> str:
    """What the claims have in common, what differs, and what is not stated for all of them."""
    sorted_out = dimensions(edition, names)
    sentences = []
    for key in ("same", "differs", "unstated"):
        words = [edition.label(f"dimension-{name}") for name, found in sorted_out.items() if found == key]
        if words:
            sentences.append(edition.label(f"alike-{key}", dimensions=edition.listing(words)))
    return " ".join(sentences) if edition.language == "en" else "".join(sentences)


def dimensions(edition: Edition, names: Sequence[str]) -> dict[str, str]:
    """For each dimension whether claims are the same in it, whether it differs, or is unstated for one of them."""
    claims = [edition.claim(name) for name in names]
    found = {}
    for dimension, columns in _DIMENSIONS.items():
        values = [tuple(claim[column] for column in columns) for claim in claims]
        if dimension == "counted":
            values = [
                (claim["indicator_id"], claim["model_id"] if claim["indicator_id"] in GATHERING else None)
                for claim in claims
            ]
        if dimension == "period" and any(value == (None, None) for value in values):
            found[dimension] = "unstated"
        else:
            found[dimension] = "same" if len(set(values)) == 1 else "differs"
    return found
