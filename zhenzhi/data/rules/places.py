"""Places: each lies in a larger one, and what is told of one is told where it can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of
from zhenzhi.data.vocabularies import LEVELS

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _parents_form_trees(tables: Tables) -> Iterator[Problem]:
    """Nothing is its own parent, near or far."""
    for table, key in (("places", "place_id"), ("model_parts", "part_id")):
        frame = tables.frames[table]
        parents = dict(zip(frame[key], frame["parent_id"], strict=True))
        rooted: set[str] = set()
        for line, name in rows_of(frame, key):
            path, at = [], name
            while at is not None and at not in rooted and at not in path:
                path.append(at)
                at = parents.get(at)
            if path and at == name:
                way = " in ".join(path + [name])
                yield Problem(cell_of(table, line, "parent_id"), f"{way} is a circle; expected a tree")
            elif at is None or at in rooted:
                rooted.update(path)


def _places_lie_in_larger_ones(tables: Tables) -> Iterator[Problem]:
    """A place lies in one of a higher level; only the highest lies in none."""
    levels = dict(zip(tables.places["place_id"], tables.places["level"], strict=True))
    order = {level: rank for rank, level in enumerate(LEVELS)}
    for line, level, parent in rows_of(tables.places, "level", "parent_id"):
        cell = partial(cell_of, "places", line)
        if parent is None and level != LEVELS[0]:
            yield Problem(cell("parent_id"), f"a {level} lies in no place; expected the place it lies in")
        above = levels.get(parent)
        if above in order and level in order and order[above] >= order[level]:
            fault = f"a {level} in a {above}, {parent!r}; expected a place of a lower level than its parent"
            yield Problem(cell("level"), fault)


def _lines_of_places(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Each place with all that it lies in, itself first."""
    parents = dict(zip(tables.places["place_id"], tables.places["parent_id"], strict=True))
    lines = {}
    for name in parents:
        line, at = [], name
        while at is not None and at not in line:
            line.append(at)
            at = parents.get(at)
        lines[name] = tuple(line)
    return lines


def _places_fit_their_articles(tables: Tables) -> Iterator[Problem]:
    """A claim, a model or a passage is about a place of its article, or one above it; a claim elsewhere says why."""
    lines = _lines_of_places(tables)
    about = {name: (places or "").split() for _, name, places in rows_of(tables.articles, "article_id", "place_ids")}
    for line, places in rows_of(tables.articles, "place_ids"):
        for place in (places or "").split():
            if place not in lines:
                yield Problem(
                    cell_of("articles", line, "place_ids"), f"{place!r} is unknown; expected place_ids of places.csv"
                )

    @cache
    def fits(place: str, article: str) -> bool:
        own = about.get(article)
        line = lines.get(place, (place,))
        return not own or place not in lines or any(one in line or place in lines.get(one, ()) for one in own)

    for table in ("claims", "models"):
        notes = tables.frames[table]["differs_en"].tolist() if table == "claims" else [None] * len(tables.models)
        rows = rows_of(tables.frames[table], "article_id", "place_id")
        for (line, article, place), note in zip(rows, notes, strict=True):
            if not fits(place, article) and not note:
                yield Problem(
                    cell_of(table, line, "place_id"),
                    f"{place!r} lies in none of the places that {article!r} is "
                    f"about ({' '.join(about[article])}); expected one of them, or a differs_en that says why",
                )


def _claims_fit_their_models(tables: Tables) -> Iterator[Problem]:
    """A claim is told in the article of its model, about a place that lies in the model's or holds it."""
    lines = _lines_of_places(tables)
    models = {
        name: (article, place)
        for _, name, article, place in rows_of(tables.models, "model_id", "article_id", "place_id")
    }
    for line, article, place, model in rows_of(tables.claims, "article_id", "place_id", "model_id"):
        own, where = models.get(model, (None, None))
        if own is not None and own != article:
            yield Problem(
                cell_of("claims", line, "model_id"), f"{model!r} is told in {own!r}; expected a model of {article!r}"
            )
        elif where is not None and not _related(lines, place, where):
            yield Problem(
                cell_of("claims", line, "place_id"), f"{place!r} does not lie in {where!r}, whose model {model!r} is"
            )
    columns = ("document_id", "place_id", "model_id", "claim_id", "start", "end", "note_en")
    claims = {name: row for _, name, *row in rows_of(tables.claims, "claim_id", "place_id", "model_id")}
    for line, _, place, model, claim, _, _, note in rows_of(tables.instrument_evidence, *columns):
        where = models.get(model, (None, None))[1]
        if where is not None and not _related(lines, place, where) and not note:
            yield Problem(
                cell_of("instrument_evidence", line, "place_id"),
                f"{place!r} does not lie in {where!r}, whose model "
                f"{model!r} is; expected a place in it, or a note_en that says why not",
            )
        if claim in claims and model is not None and claims[claim][1] not in (None, model) and not note:
            yield Problem(
                cell_of("instrument_evidence", line, "claim_id"),
                f"{claim!r} is of the model {claims[claim][1]!r}; "
                f"expected one of {model!r}, or a note_en that says why not",
            )


def _related(lines: dict[str, tuple[str, ...]], one: str, other: str) -> bool:
    """Whether one place lies in the other."""
    return other in lines.get(one, (other,)) or one in lines.get(other, (one,))


RULES: tuple[Rule, ...] = (
    _parents_form_trees,
    _places_lie_in_larger_ones,
    _places_fit_their_articles,
    _claims_fit_their_models,
)
