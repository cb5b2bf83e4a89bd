"""Texts with their rows marked in them; ``passages-1.txt`` says how."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

_HEAD = re.compile(r"^=== .*\n", re.MULTILINE)
_MARK = re.compile(r"\[([^\]]*)\]")
_EITHER = "either"

#: A value and its upper value; ``None`` where there is none.
Value = tuple[Decimal | None, Decimal | None]
Span = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A claim as it should be found; of each cell, the readings that will do, none where it was not coded."""

    start: int
    end: int
    value: frozenset[Value]
    unit: frozenset[str | None]
    qualifier: frozenset[str]
    kind: frozenset[str]
    status: frozenset[str]
    place: frozenset[str] = frozenset()


@dataclass
class Text:
    """A text, its claims, its other numerals with the reasons that will do, and what may be either."""

    text: str
    claims: list[Row] = field(default_factory=list)
    numerals: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)
    either: list[Span] = field(default_factory=list)


def read(path: Path) -> list[Text]:
    """The texts of a file."""
    return [_text(marked.strip()) for marked in _HEAD.split(path.read_text(encoding="utf-8"))[1:]]


def _text(marked: str) -> Text:
    found, last = Text(""), 0
    for match in _MARK.finditer(marked):
        found.text += marked[last : match.start()]
        words, *cells = match[1].split("|")
        start, end = len(found.text), len(found.text) + len(words)
        if len(cells) == 1:
            if cells[0] == _EITHER:
                found.either.append((start, end))
            else:
                found.numerals.append((start, end, frozenset(cells[0].split("/"))))
        else:
            value, unit, qualifier, kind, status = [cell.split("/") for cell in [*cells, "reported"][:5]]
            found.claims.append(
                Row(
                    start,
                    end,
                    frozenset(_value(cell) for cell in value),
                    frozenset(None if cell == "-" else cell for cell in unit),
                    frozenset(qualifier),
                    frozenset(kind),
                    frozenset(status),
                )
            )
        found.text += words
        last = match.end()
    found.text += marked[last:]
    return found


def _value(cell: str) -> Value:
    if cell == "-":
        return None, None
    low, _, high = cell.partition("~")
    return Decimal(low), Decimal(high) if high else None
