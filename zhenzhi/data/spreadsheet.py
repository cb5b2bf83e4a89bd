"""Tables as CSV for readers who open them in a spreadsheet: Chinese shows, and no text is taken for a formula."""

import re

import pandas as pd

#: Excel takes a file without it for another encoding.
MARK = "\ufeff"

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")


def neutral(text: str) -> str:
    """A text cell that no spreadsheet computes: an apostrophe stands before what would be a formula; numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def to_csv(table: pd.DataFrame) -> str:
    """A table as CSV in UTF-8 with a mark, its text cells neutral."""
    safe = table.map(lambda cell: neutral(cell) if isinstance(cell, str) else cell)
    return MARK + safe.to_csv(index=False, lineterminator="\n")
