"""Who answers to whom: each relation that a document tells, as an arrow from one level of government to another."""

from collections import Counter

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.exhibit import ChartError

#: Levels from the lowest to the highest, as ``relations.csv`` has them.
LEVELS = ("residents", "village", "town", "district", "province")


def relations(edition: Edition, figure_id: str, documents: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Chart:
    """Who answers to whom? A row for each relation: a dot at who answers, an arrow to the level of whom is answered to.

    What is only planned or hoped for is dashed.

    Args:
        documents: the documents whose relations are shown; all by default.
        places: the places whose relations are shown; all by default.
    """
    table = edition.tables.relations
    if documents:
        table = table[table["document_id"].isin(documents)]
    if places:
        table = table[table["place_id"].isin(places)]
    if table.empty:
        raise ChartError(
            f"figure {figure_id}: no relation is of {', '.join(documents + places)}; expected some of relations.csv"
        )
    words = {level: edition.label(f"level-{level}") for level in LEVELS}
    rows = []
    for entry in table.itertuples():
        who, to, how = (edition.local(entry, part) for part in ("answers", "to", "how"))
        told = edition.label("relation-told", who=who, to=to, how=how)
        status = "" if entry.told == "at-work" else edition.label(f"relation-{entry.told}")
        rows.append(
            {
                "what": told,
                "figure": status,
                "from": words[entry.answers_level],
                "to": words[entry.to_level],
                "as_written": entry.as_written,
                "place": entry.place_id,
                "mark": edition.label("mark-described"),
                "claims": "",
            }
        )
    steps = [
        (LEVELS.index(entry.answers_level), LEVELS.index(entry.to_level), entry.told) for entry in table.itertuples()
    ]

    def draw(canvas: Canvas) -> None:
        column = (canvas.width - 2 * layout.SIDE) / len(LEVELS)
        heads = [style.wrap(words[level], column - 0.06, style.SMALL) for level in LEVELS]
        head = 0.12 + 0.16 * max(map(len, heads))
        labels = [(entry["what"], entry["figure"]) for entry in rows]
        places, height = layout.spread(canvas, labels, mark=0.14, top=head)
        (axes,) = canvas.axes(height)
        layout.sheet(axes, height)
        axes.set_xlim(-0.5, len(LEVELS) - 0.5)
        for number, lines in enumerate(heads):
            for line, text in enumerate(lines):
                layout.small(axes, number, 0.09 + 0.16 * line, text, align="center", inside=True)
            for place in places:
                ends = [place.mark - 0.09, place.mark + 0.09]
                axes.plot([number, number], ends, color=style.light("line"), linewidth=0.8, zorder=0)
        for (begin, end, status), place in zip(steps, places, strict=True):
            layout.write(axes, place)
            colour = style.light("computed" if end <= begin else "structure")
            dashes = "-" if status == "at-work" else (0, (3, 2))
            axes.plot([begin], [place.mark], "o", color=colour, markersize=6)
            if begin == end:
                axes.plot([begin], [place.mark], "o", color=colour, markersize=12, markerfacecolor="none")
                continue
            arrow = {
                "arrowstyle": "-|>",
                "color": colour,
                "linestyle": dashes,
                "linewidth": 1.6,
                "shrinkA": 0,
                "shrinkB": 0,
            }
            axes.annotate("", (end, place.mark), (begin, place.mark), arrowprops=arrow)

    ways = Counter("up" if end > begin else "down" if end < begin else "level" for begin, end, _ in steps)
    counted = edition.label("relations-counted", **{way: str(ways[way]) for way in ("up", "level", "down")})
    told = edition.sequence(
        entry["what"] + (edition.aside(entry["figure"]) if entry["figure"] else "") for entry in rows
    )
    return Chart(
        edition,
        figure_id,
        draw,
        rows,
        edition.label("alt-relations", counted=counted, rows=told),
        list(dict.fromkeys(table["document_id"])),
    )
