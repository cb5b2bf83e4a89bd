"""Exhibits that are read and not looked at: a table of what is stated before and after, a model as a tree of its parts."""

import html
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from zhenzhi.book.edition import Edition, references
from zhenzhi.book.lookups import PLANNED
from zhenzhi.charts.exhibit import ChartError, Exhibit


class _Text(Exhibit):
    """An exhibit that a notebook shows as HTML."""

    def common(self) -> dict[str, str]:
        caption = html.escape(self.edition.plain(self.caption))
        return {"text/html": f"<figure>{self._html()}<figcaption>{caption}</figcaption></figure>"}

    def _html(self) -> str:
        """The exhibit without its caption.

        Raises:
            NotImplementedError: this is no kind of exhibit.
        """
        raise NotImplementedError


class Table(_Text):
    """A table; a cell is a text with references, or empty where the source is silent.

    Args:
        head: the words above the columns.
        cells: the cells row by row.

    The others are those of ``Exhibit``.
    """

    def __init__(self, edition: Edition, figure_id: str, head: Sequence[str], cells: Sequence[Sequence[str]],
                 rows: Sequence[dict], alt: str):  # fmt: skip
        super().__init__(edition, figure_id, rows, alt)
        self.head = list(head)
        self.cells = [list(row) for row in cells]

    def _html(self) -> str:
        plain = [[self.edition.plain(cell) or "–" for cell in row] for row in self.cells]
        head = "".join(f'<th scope="col">{html.escape(self.edition.plain(cell))}</th>' for cell in self.head)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in plain)
        title = f"<caption>{html.escape(self.title)}</caption>"
        return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def content(self) -> dict[str, Any]:
        return {"table": {"head": self.head, "cells": self.cells}}


class Tree(_Text):
    """A model with its parts, each below the part it belongs to; the first row is the model itself."""

    def _html(self) -> str:
        return _nested(self.edition, self.content()["tree"])

    def content(self) -> dict[str, Any]:
        branches: list[dict[str, Any]] = []
        path: list[list[dict[str, Any]]] = [branches]
        for entry in self.data.itertuples():
            branch = {"what": entry.what, "name_zh": entry.name_zh, "role": entry.role, "planned": bool(entry.planned),
                      "claim": entry.claims if entry.figure else "", "parts": []}  # fmt: skip
            del path[entry.depth + 1 :]
            path[-1].append(branch)
            path.append(branch["parts"])
        return {"tree": branches}


def _nested(edition: Edition, branches: Sequence[Mapping[str, Any]]) -> str:
    items = "".join(
        f"<li>{html.escape(' '.join(filter(None, _words(edition, branch))))}{_nested(edition, branch['parts'])}</li>"
        for branch in branches
    )
    return f"<ul>{items}</ul>" if items else ""


def _words(edition: Edition, branch: Mapping[str, Any]) -> tuple[str, ...]:
    amount = edition.amount(branch["claim"]) if branch["claim"] else ""
    other = branch["name_zh"] if branch["name_zh"] not in branch["what"] else ""
    return branch["what"], other, edition.label("aside", text=amount) if amount else ""


def ledger(edition: Edition, figure_id: str, lines: Sequence[tuple[str, str, str]]) -> Table:
    """What is stated before and after, and what is not? A table of two columns.

    Args:
        lines: the key of a label in ``data/figures/`` for the row, for the cell before and for the cell after. A cell is a
            text with references, or empty where the source is silent.
    """
    raw = {key: value[edition.language] for key, value in edition.chart_text(figure_id)["labels"].items()}
    cells = [[raw[what], raw.get(before, ""), raw.get(after, "")] for what, before, after in lines]
    plain = [[edition.plain(cell) for cell in row] for row in cells]
    heads = [edition.plain(raw[key]) for key in ("before", "after")]
    data = [
        {
            "what": what,
            "before": before,
            "after": after,
            "mark": edition.label("mark-described"),
            "claims": " ".join(reference.target for cell in row[1:] for reference in references(cell)),
        }
        for row, (what, before, after) in zip(cells, plain, strict=True)
    ]
    silent = edition.label("not-stated")
    told = edition.sequence(
        edition.named(what, edition.listing(edition.named(*pair) for pair in zip(heads, (before, after), strict=True)))
        for what, before, after in ([cell or silent for cell in row] for row in plain)
    )
    alt = edition.label("alt-ledger", rows=told)
    return Table(edition, figure_id, ["", raw["before"], raw["after"]], cells, data, alt)


def tree(edition: Edition, figure_id: str, model_id: str, opened: Mapping[str, str] = MappingProxyType({})) -> Tree:
    """A model as a tree: each part with its Chinese name, its English name, its role and its amount.

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
    own = " ".join(claim for entry in data for claim in entry["claims"].split())
    root = {
        "what": edition.local(model, "name"),
        "name_zh": model["name_zh"],
        "role": "",
        "depth": 0,
        "figure": "",
        "planned": False,
        "mark": edition.label("mark-described"),
        # A model without an amount still names its source.
        "claims": own or edition.claims_of(model["article_id"]).index[0],
    }
    told = edition.sequence(
        edition.named(entry["role"], entry["what"] + (edition.aside(entry["figure"]) if entry["figure"] else ""))
        for entry in data
    )
    return Tree(edition, figure_id, [root, *data], edition.label("alt-tree", rows=edition.named(root["what"], told)))


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
    return {
        "what": edition.part_name(part),
        "name_zh": part.name_zh,
        "role": edition.label(f"role-{part.role}"),
        "depth": depth,
        "figure": edition.amount(part.claim_id) if part.claim_id else "",
        "planned": PLANNED in part.name_en,
        "mark": edition.label("mark-described"),
        "claims": part.claim_id or "",
    }
