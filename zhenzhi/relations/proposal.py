"""What a rule proposes: a check of the audit, and on what it rests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhenzhi.relations.figures import Figure

#: How a rule ties figures together: by words (or a coder's names) that state the relation, or only by their nearness.
STATED, NEAR = "stated", "near"

#: A part of a check: a figure, a list of them, or a list with a product in it.
Part = Figure | Sequence[Figure | Sequence[Figure]]


@dataclass(frozen=True)
class Proposal:
    """A relation that a rule has found between figures.

    Attributes:
        rule: the name of the rule.
        type: a type of check, a key of ``audit.TYPES``.
        parts: the figures by the part that they take in the check.
        tie: ``STATED`` or ``NEAR``. What rests on nearness alone is never called inconsistent.
        more: further keys of the check: ``unit``, ``model``, ``listed``, ``start``, ``end``.
    """

    rule: str
    type: str
    parts: Mapping[str, Part]
    tie: str = STATED
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, in the order of the text."""
        found = {figure.name: figure for part in self.parts.values() for figure in _figures(part)}
        return tuple(sorted(found.values(), key=lambda figure: (figure.article, figure.start)))

    @property
    def head(self) -> Figure:
        """The first figure of its first part, after which it is named."""
        return _figures(next(iter(self.parts.values())))[0]

    @property
    def claims(self) -> dict[str, Any]:
        """The key ``claims`` of its check: names of claims by part."""
        return {part: _names(value) for part, value in self.parts.items()}

    @property
    def key(self) -> tuple:
        """What makes two proposals one; see ``key_of``."""
        return key_of(self.type, self.claims)


def key_of(kind: str, claims: Mapping[str, Any], first: Mapping[str, str] | None = None) -> tuple:
    """What makes two checks one: the type, and the figures by part, in whatever order a list or a match has them.

    Args:
        first: the first telling of each fact, which stands for the later ones.
    """
    parts = {"either": [claims[part] for part in claims]} if kind == "match" else claims
    return kind, tuple(sorted((part, _key(names, first or {})) for part, names in parts.items()))


def _figures(part: Part) -> list[Figure]:
    if isinstance(part, Figure):
        return [part]
    return [figure for item in part for figure in _figures(item)]


def _names(part: Part) -> Any:
    return part.name if isinstance(part, Figure) else [_names(item) for item in part]


def _key(names: Any, first: Mapping[str, str]) -> tuple[str, ...]:
    if isinstance(names, str):
        return (first.get(names, names),)
    return tuple(sorted("*".join(_key(item, first)) for item in names))
