"""Finds relations between the figures of a text: shares, growth, totals, averages, lists, facts told twice, targets.

A rule looks at figures within a window and proposes a check of the audit; the audit judges it with its own arithmetic on
the bounds of each wording. Precision comes first: what rests on nearness alone is never called inconsistent.
"""

from zhenzhi.relations.figures import Figure, Reading, in_text, of_claims
from zhenzhi.relations.finder import RULES, Relation, judge, propose, with_checks
from zhenzhi.relations.measure import Measure, Rate, measure
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

__all__ = [
    "NEAR",
    "RULES",
    "STATED",
    "Figure",
    "Measure",
    "Proposal",
    "Rate",
    "Reading",
    "Relation",
    "in_text",
    "judge",
    "measure",
    "of_claims",
    "propose",
    "with_checks",
]
