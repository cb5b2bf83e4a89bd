"""What the tables of the data package say about each other, and whether it makes sense, by what it is about.

A rule takes the tables and yields a problem for each place where they disagree. Rules pass over names that are unknown, which
the keys of ``datapackage.json`` have told of. Many rest on two things that the package says of one figure, so that a slip in
either is told; where a claim is rightly odd, its note or a note of its model says why, and the rule lets it pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenzhi.data import answering, argument, derivation
from zhenzhi.data.problems import Problem, Rule
from zhenzhi.data.rules import claims, dates, models, names, places, references, spans, texts, units

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: The rules, in the order in which their problems are told.
RULES: tuple[Rule, ...] = (
    *names.RULES,
    *spans.RULES,
    *references.RULES,
    *texts.RULES,
    *derivation.RULES,
    *claims.RULES,
    *dates.RULES,
    *places.RULES,
    *models.RULES,
    *units.RULES,
    *argument.RULES,
    *answering.RULES,
)


def problems(tables: Tables) -> list[Problem]:
    """Where the tables disagree or make no sense, rule by rule."""
    return [problem for rule in RULES for problem in rule(tables)]
