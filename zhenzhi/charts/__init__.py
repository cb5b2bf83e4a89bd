"""Charts of claims: one look, and a form for each kind of question."""

from zhenzhi.charts.alike import alike
from zhenzhi.charts.chart import Chart, ChartError, row
from zhenzhi.charts.compare import changes, denominators, magnitudes, parts
from zhenzhi.charts.evidence import caveats, coders, figure_shares, numerals, wordings
from zhenzhi.charts.forms import bars, intervals, ledger, progress, rungs, slopes, whole_numbers
from zhenzhi.charts.plans import cadence, targets, timeline
from zhenzhi.charts.profiles import profiles
from zhenzhi.charts.verdicts import verdicts_by_document, verdicts_by_type

__all__ = [
    "Chart",
    "ChartError",
    "alike",
    "bars",
    "cadence",
    "caveats",
    "changes",
    "coders",
    "denominators",
    "figure_shares",
    "intervals",
    "ledger",
    "magnitudes",
    "numerals",
    "parts",
    "profiles",
    "progress",
    "row",
    "rungs",
    "slopes",
    "targets",
    "timeline",
    "verdicts_by_document",
    "verdicts_by_type",
    "whole_numbers",
    "wordings",
]
