"""Models: their parts hang together, and their counts are those that are stated and listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _parts_belong_to_the_model_of_their_parent(tables: Tables) -> Iterator[Problem]:
    parts = tables.model_parts
    models = dict(zip(parts["part_id"], parts["model_id"], strict=True))
    for line, model, parent in rows_of(parts, "model_id", "parent_id"):
        other = models.get(parent, model)
        if other != model:
            yield Problem(
                cell_of("model_parts", line, "parent_id"),
                f"{parent!r} is a part of {other!r}; expected a part of {model!r}",
            )


def _models_count_as_stated(tables: Tables) -> Iterator[Problem]:
    """A stated count is the value of a claim, a listed count the number of parts, unless a note says why not."""
    stated: dict[str, set] = defaultdict(set)
    values = {name: value for _, name, value in rows_of(tables.claims, "claim_id", "value")}
    for _, model, value in rows_of(tables.claims, "model_id", "value"):
        stated[model].add(value)
    listed: dict[str, Counter] = defaultdict(Counter)
    for _, model, parent, role, claim in rows_of(tables.model_parts, "model_id", "parent_id", "role", "claim_id"):
        if claim in values:
            stated[model].add(values[claim])
        listed[model].update([(parent, role), ("under", parent), ("as", role)])
    columns = ("model_id", "stated_count", "listed_count", "count_note_en")
    for line, model, said, found, note in rows_of(tables.models, *columns):
        cell = partial(cell_of, "models", line)
        if said is not None and said not in stated[model] and not note:
            yield Problem(
                cell("stated_count"),
                f"{said}, which no claim of {model!r} says; expected its value, or a count_note_en",
            )
        if found and found not in listed[model].values() and not note:
            yield Problem(
                cell("listed_count"), f"{found}, no number of parts of {model!r}; expected theirs, or a count_note_en"
            )
        if said is not None and found is not None and found > said and not note:
            yield Problem(
                cell("listed_count"), f"{found} of {said} stated; expected at most as many, or a count_note_en"
            )


RULES: tuple[Rule, ...] = (
    _parts_belong_to_the_model_of_their_parent,
    _models_count_as_stated,
)
