"""Charts of claims: one look, and a form for each kind of question."""

from zhenzhi.charts.chart import Chart
from zhenzhi.charts.compare import denominators, parts
from zhenzhi.charts.events import events
from zhenzhi.charts.evidence import caveats, coders, figure_shares, numerals, wordings
from zhenzhi.charts.exhibit import ChartError, row
from zhenzhi.charts.forms import bars, rungs, whole_numbers
from zhenzhi.charts.listing import ledger, tree
from zhenzhi.charts.locator import locator
from zhenzhi.charts.profiles import profiles
from zhenzhi.charts.relations import answering, relations
from zhenzhi.charts.timeline import timeline
from zhenzhi.charts.trials import errors_by_sort, errors_by_wording, worth
from zhenzhi.charts.verdicts import held_against, verdicts_by_document, verdicts_by_type

__all__ = [
    "Chart",
    "ChartError",
    "answering",
    "bars",
    "caveats",
    "coders",
    "denominators",
    "errors_by_sort",
    "errors_by_wording",
    "events",
    "figure_shares",
    "held_against",
    "ledger",
    "locator",
    "numerals",
    "parts",
    "profiles",
    "relations",
    "row",
    "rungs",
    "timeline",
    "tree",
    "verdicts_by_document",
    "verdicts_by_type",
    "whole_numbers",
    "wordings",
    "worth",
]
