"""Panels: small questions that a reader answers by choosing, with and without a kernel."""

from zhenzhi.panels.base import Panel, PanelError
from zhenzhi.panels.forms import nested_shares, puzzle, rounding, rung_readings, share_range

__all__ = [
    "Panel",
    "PanelError",
    "nested_shares",
    "puzzle",
    "rounding",
    "rung_readings",
    "share_range",
]
