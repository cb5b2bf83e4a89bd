"""Diagrams of governance models, drawn from the tree of parts in the data package."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from matplotlib.patches import FancyBboxPatch

from zhenzhi.charts import style
from zhenzhi.charts.chart import Canvas, Chart, ChartError
from zhenzhi.edition import Edition

#: Colour of a part by its role in the model.
ROLE_COLOURS = {
    "component": "structure",
    "leader": "outcome",
    "unit": "structure",
    "actor": "input",
    "instrument": "activity",
    "feedback": "output",
}

_INDENT = 0.3
_GAP = 0.09
_SIZE = 9.0
_SMALL = 7.5


def tree(
    edition: Edition, figure_id: str, model_id: str, opened: Mapping[str, str] = MappingProxyType({})
) -> Chart:  # fmt: skip
    """A model as an indented tree: each part a box with its Chinese name, its English name and its figure.

    The role of a part is told in words and by colour; a part that the text only plans has a dashed frame.

    Args:
        opened: parts that are models themselves, whose own parts are to stand below them: part ID to model ID.

    Raises:
        ChartError: a part to be opened is not in the tree.
        UnknownReference: a model does not exist.
    """
    model = edition.model(model_id)
    walked = list(_walk(edition, model_id, opened))
    met = {part.part_id for part, _ in walked}
    for part_id in opened:
        if part_id not in met:
            raise ChartError(f"figure {figure_id}: there is no part {part_id!r} to open; expected a part of the tree")
    data = [_row(edition, part, depth) for part, depth in walked]
    root_claims = " ".join(claim for entry in data for claim in entry["claims"].split()) or _any_claim(edition, model)
    root = {
        "what": model[f"name_{edition.language}"],
        "name_zh": model["name_zh"],
        "role": "",
        "depth": 0,
        "figure": "",
        "planned": False,
        "mark": edition.label("mark-described"),
        "claims": root_claims,
    }
    rows = [root, *data]

    def draw(canvas: Canvas) -> None:
        boxes, y = [], 0.02
        for entry in rows:
            indent = _INDENT * (0.6 if canvas.narrow else 1) * entry["depth"]
            width = canvas.width - 0.2 - indent
            role = edition.label(f"role-{entry['role']}") if entry["role"] else ""
            names = dict.fromkeys([entry["what"], entry["name_zh"]])
            beside = max(style.ems(entry["figure"]), style.ems(role)) * _SIZE / 72 + 0.2
            lines = style.wrap(" ".join(names), width - 0.2 - beside, _SIZE)
            if len(lines) > 1:
                lines = [line for name in names for line in style.wrap(name, width - 0.2 - beside, _SIZE)]
            height = 0.16 + 0.165 * max(len(lines), 2 if entry["figure"] and role else 1)
            boxes.append((entry, role, lines, indent, y, width, height))
            y += height + _GAP
        (axes,) = canvas.axes(y)
        axes.set_axis_off()
        axes.set_xlim(0, canvas.width - 0.16)
        axes.set_ylim(y, 0)
        for number, (entry, role, lines, x, top, width, height) in enumerate(boxes):
            colour = style.light(ROLE_COLOURS.get(entry["role"], "ink"))
            axes.add_patch(
                FancyBboxPatch(
                    (x + 0.03, top),
                    width - 0.03,
                    height,
                    boxstyle="round,pad=0,rounding_size=0.04",
                    facecolor=style.light("band" if not entry["role"] else "paper"),
                    edgecolor=colour,
                    linestyle=(0, (3, 2)) if entry["planned"] else "-",
                    linewidth=1.1,
                )
            )
            axes.text(x + 0.13, top + height / 2, "\n".join(lines), va="center", size=_SIZE, linespacing=1.25)
            right = x + width - 0.1
            middle = top + height / 2
            both = bool(role and entry["figure"])
            if entry["figure"]:
                axes.text(right, middle - 0.085 * both, entry["figure"], va="center", ha="right", size=_SIZE)
            if role:
                axes.text(right, middle + 0.1 * both, role, va="center", ha="right", size=_SMALL, color=colour)
            parent = next((box for box in reversed(boxes[:number]) if box[0]["depth"] == entry["depth"] - 1), None)
            if parent:
                trunk = parent[3] + 0.1
                axes.plot(
                    [trunk, trunk, x + 0.03],
                    [parent[4] + parent[6], middle, middle],
                    color=style.light("line"),
                    linewidth=1.1,
                    zorder=0,
                )

    sentence = "; ".join(
        " ".join(
            filter(None, (f"{edition.label('role-' + e['role'])}:", e["what"], e["figure"] and f"({e['figure']})"))
        )
        for e in data
    )
    alt = edition.label("alt-tree", rows=f"{root['what']}: {sentence}")
    return Chart(edition, figure_id, draw, rows, alt)


def _walk(
    edition: Edition, model_id: str, opened: Mapping[str, str], parent: str | None = None, depth: int = 1
) -> Iterator[tuple]:  # fmt: skip
    """The parts of a model with their depth, each before its own parts, and before those of the model it opens into."""
    for part in edition.parts_of(model_id).itertuples():
        if part.parent_id == parent:
            yield part, depth
            yield from _walk(edition, model_id, opened, part.part_id, depth + 1)
            if part.part_id in opened:
                edition.model(opened[part.part_id])
                yield from _walk(edition, opened[part.part_id], opened, None, depth + 1)


def _row(edition: Edition, part, depth: int) -> dict:
    planned_mark = edition.label("planned-mark")
    name = getattr(part, f"name_{edition.language}")
    planned = "(planned)" in part.name_en
    return {
        "what": name.replace("(planned)", planned_mark) if planned else name,
        "name_zh": part.name_zh,
        "role": part.role,
        "depth": depth,
        "figure": edition.figure(part.claim_id) if part.claim_id else "",
        "planned": planned,
        "mark": edition.label("mark-described"),
        "claims": part.claim_id or "",
    }


def _any_claim(edition: Edition, model) -> str:
    """A claim of the same article, so that a model without figures still names its source."""
    return edition.claims_of(model["article_id"]).index[0]
