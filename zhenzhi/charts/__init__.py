"""Charts of claims: one look, and a form for each kind of question."""

from zhenzhi.charts.chart import Chart, ChartError, row
from zhenzhi.charts.forms import bars, intervals, ledger, progress, rungs, slopes, whole_numbers

__all__ = [
    "Chart",
    "ChartError",
    "bars",
    "intervals",
    "ledger",
    "progress",
    "row",
    "rungs",
    "slopes",
    "whole_numbers",
]
