"""Who answers to whom: each relation that a document tells, as an arrow from one level of government to another."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes

from zhenzhi.book.edition import Edition
from zhenzhi.charts import layout, style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.charts.exhibit import ChartError
from zhenzhi.charts.stacked import counted, stacked
from zhenzhi.data.answering import ABOVE, ACTS, LEVELS, WAYS, way

#: Where the lanes of the levels begin and end on the axis, and where a question mark stands for what is not said.
_LEFT, _OPEN, _RIGHT = -0.42, 4.75, 4.95

#: After so many rows the heads of the lanes are told again, so that they stay in sight.
_ROWS = 7

#: The colour of each way in a bar, and of a mark on the lanes, which is too small to be pale.
_BARS = {"up": "structure", "level": "context", "down": "computed", "open": "line"}
_MARKS = {**_BARS, "open": "muted"}

#: A line of the key in inches, and the room left of its words for a mark.
_KEY_LINE, _KEY_MARK = 0.19, 0.58


def answering(edition: Edition, figure_id: str) -> Chart:
    """By which act is how often answered upward, on one level or downward, and how often do the texts leave it open?"""
    rows = []
    for act in ACTS:
        own = edition.tables.relations[edition.tables.relations["act"] == act]
        ways = Counter(way(*levels) for levels in zip(own["answers_level"], own["to_level"], strict=True))
        told = _in_words(edition, ways)
        rows.append(counted(edition, edition.label(f"act-{act}"), told, **{name: ways[name] for name in WAYS}))
    told = edition.sequence(edition.named(row["what"], row["figure"]) for row in rows)
    parts = [(name, role, f"relations-{name}") for name, role in _BARS.items()]
    return stacked(edition, figure_id, rows, parts, edition.label("alt-answering", rows=told))


def relations(edition: Edition, figure_id: str, documents: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Chart:
    """Who answers to whom? A row for each relation: a dot at who answers, an arrow to the level of whom is answered to.

    An end that the text does not give is a question mark. What is only planned or hoped for is dashed. Relations of
    several documents each say which place and year they are of.

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
    several = table["document_id"].nunique() > 1
    rows = [_row(edition, entry, several) for entry in table.itertuples()]
    ways = _in_words(edition, Counter(row["way"] for row in rows))
    title = edition.label("relations-of", number=str(len(rows)), counted=ways)

    def draw(canvas: Canvas) -> None:
        key = [(mark, line) for mark, text in _key(edition, rows) for line, mark in _lines(canvas, text, mark)]
        blocks, y = [], 0.06 + _KEY_LINE * len(key)
        for first in range(0, len(rows), _ROWS):
            part = rows[first : first + _ROWS]
            lines = [] if first else style.wrap(title, canvas.width - 2 * layout.SIDE)
            head = y + 0.1 + layout.LINE * len(lines)
            spots, y = layout.spread(canvas, [(row["what"], row["figure"]) for row in part], mark=0.14, top=head + 0.24)
            blocks.append((lines, head, list(zip(part, spots, strict=True))))
        (axes,) = canvas.axes(y)
        layout.sheet(axes, y)
        axes.set_xlim(_LEFT, _RIGHT)
        inch = (_RIGHT - _LEFT) / (canvas.width - 2 * layout.SIDE)
        for number, (mark, text) in enumerate(key):
            middle = 0.09 + _KEY_LINE * number
            if mark:
                mark(axes, middle, inch)
            layout.small(axes, _LEFT + _KEY_MARK * inch, middle, text, inside=True)
        for lines, head, placed in blocks:
            for number, line in enumerate(reversed(lines)):
                axes.text(_LEFT, head - (number + 0.5) * layout.LINE, line, va="center")
            for lane, level in enumerate(LEVELS):
                layout.small(axes, lane, head + 0.1, edition.label(f"level-{level}"), align="center", inside=True)
            layout.small(axes, _OPEN, head + 0.1, "?", align="center", inside=True)
            for row, place in placed:
                layout.write(axes, place)
                for lane in range(len(LEVELS)):
                    ends = [place.mark - 0.09, place.mark + 0.09]
                    axes.plot([lane, lane], ends, color=style.light("line"), linewidth=0.8, zorder=0)
                _mark(axes, row, place.mark)

    told = edition.sequence(row["what"] + (edition.aside(row["figure"]) if row["figure"] else "") for row in rows)
    return Chart(
        edition,
        figure_id,
        draw,
        rows,
        edition.label("alt-relations", counted=ways, rows=told),
        list(dict.fromkeys(table["document_id"])),
    )


def _row(edition: Edition, entry: Any, several: bool) -> dict[str, Any]:
    who, to = (
        edition.local(entry, party) if getattr(entry, f"{party}_en") else edition.label("relation-unnamed")
        for party in ("answers", "to")
    )
    status = [] if entry.told == "at-work" else [edition.label(f"relation-{entry.told}")]
    whence = [edition.place_and_year(entry.place_id, entry.document_id)] if several else []
    levels = (entry.answers_level, entry.to_level)
    begin, end = (edition.label(f"level-{level}") if level else edition.label("relation-unnamed") for level in levels)
    return {
        "what": edition.label("relation-told", who=who, to=to, how=edition.local(entry, "how")),
        "figure": edition.listing([*whence, *status]),
        "act": entry.act,
        "way": way(*levels),
        "answers_level": entry.answers_level,
        "to_level": entry.to_level,
        "told": entry.told,
        "from": begin,
        "to": end,
        "as_written": entry.as_written,
        "place": entry.place_id,
        "document": entry.document_id,
        "note": edition.local(entry, "note"),
        "mark": edition.label("mark-described"),
        "claims": "",
    }


def _in_words(edition: Edition, ways: Counter[str]) -> str:
    return edition.label("relations-counted", **{name: str(ways[name]) for name in WAYS})


Mark = Callable[[Axes, float, float], None]


def _key(edition: Edition, rows: list[dict]) -> list[tuple[Mark | None, str]]:
    """What the marks mean that these rows have, each with the mark itself."""
    ways = {row["way"] for row in rows}
    answers, to = ({row[end] for row in rows if row["way"] == "open"} - {None} for end in ("answers_level", "to_level"))
    dashed = any(row["told"] != "at-work" and row["way"] in ("up", "down") for row in rows)
    shown = [
        ("up" in ways, "up", _sample("village", "town")),
        (any(row["to_level"] == ABOVE for row in rows), "above", _sample("village", ABOVE)),
        ("level" in ways, "level", _sample("village", "village")),
        ("down" in ways, "down", _sample("town", "village")),
        (dashed, "planned", _sample("village", "town", "planned")),
        (bool(answers), "who", _sample("village", None)),
        (bool(to), "whom", _sample(None, "village")),
        ("open" in ways, "open", _question),
        (True, "levels", None),
    ]
    return [(mark, edition.label(f"relation-key-{name}")) for holds, name, mark in shown if holds]


def _sample(answers: str | None, to: str | None, told: str = "at-work") -> Mark:
    def draw(axes: Axes, y: float, inch: float) -> None:
        lanes = {"village": _LEFT + 0.1 * inch, "town": _LEFT + 0.4 * inch, ABOVE: _LEFT + 0.28 * inch}
        _draw(axes, y, lanes.get(answers or ""), lanes.get(to or ""), way(answers, to), told)

    return draw


def _question(axes: Axes, y: float, inch: float) -> None:
    layout.small(axes, _LEFT + 0.1 * inch, y, "?", align="center", inside=True)


def _lines(canvas: Canvas, text: str, mark: Mark | None) -> list[tuple[str, Mark | None]]:
    """The lines of an entry of the key, the first with its mark."""
    lines = style.wrap(text, canvas.width - 2 * layout.SIDE - _KEY_MARK, style.SMALL)
    return [(line, None if number else mark) for number, line in enumerate(lines)]


def _mark(axes: Axes, row: dict, y: float) -> None:
    """The mark of a row on its lanes, and a question mark for what is not said."""
    begin, end = row["answers_level"], row["to_level"]
    lane = LEVELS.index(begin) if begin else None
    # How far above superiors stand is not said: the arrow ends between two lanes.
    goal = (lane + 0.5 if lane is not None else None) if end == ABOVE else LEVELS.index(end) if end else None
    _draw(axes, y, lane, goal, row["way"], row["told"])
    if row["way"] == "open":
        layout.small(axes, _OPEN, y, "?", align="center", inside=True)


def _draw(axes: Axes, y: float, begin: float | None, end: float | None, leads: str, told: str) -> None:
    """A dot at who answers and an arrow to whom; both in one place are a dot in a ring."""
    colour = style.light(_MARKS[leads])
    if begin is not None:
        axes.plot([begin], [y], "o", color=colour, markersize=6)
    if end is not None and leads in ("level", "open"):
        size = 12 if leads == "level" else 7
        axes.plot([end], [y], "o", color=colour, markersize=size, markerfacecolor="none")
    if leads in ("up", "down"):
        arrow = {
            "arrowstyle": "-|>",
            "color": colour,
            "linestyle": "-" if told == "at-work" else (0, (3, 2)),
            "linewidth": 1.6,
            "shrinkA": 0,
            "shrinkB": 0,
        }
        axes.annotate("", (end, y), (begin, y), arrowprops=arrow)
