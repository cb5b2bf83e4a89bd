"""Reads any Chinese text of government or press for the quantities that it states: proposals for the data package."""

from zhenzhi.scan.result import Claim, Numeral, Scan
from zhenzhi.scan.scanner import scan

__all__ = ["Claim", "Numeral", "Scan", "scan"]
