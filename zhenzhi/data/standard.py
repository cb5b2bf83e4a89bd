"""Indicators that yearbooks and reports of towns usually tell: offered to whoever codes a document, until a claim takes one.

An indicator of ``standard_indicators.csv`` is none of the book's. When a claim names it, its row goes to ``indicators.csv``,
where its definition may be sharpened for the documents; here it stays for the words by which it is told.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from zhenzhi.data.tables import Tables, rows_by_name


def known(tables: Tables) -> pd.DataFrame:
    """The indicators that a claim may have: those of the book, and the standard ones that it does not have yet."""
    new = tables.standard_indicators.loc[
        lambda frame: ~frame.index.isin(tables.indicators.index), list(tables.indicators)
    ]
    return pd.concat([tables.indicators, new])


def row(tables: Tables, indicator_id: str) -> pd.Series:
    """An indicator that a claim may have.

    Raises:
        KeyError: there is no such indicator.
    """
    frame = tables.indicators if indicator_id in tables.indicators.index else tables.standard_indicators
    return frame.loc[indicator_id]


def rows(tables: Tables, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Rows of ``indicators.csv`` for those of the names that are standard and that the book does not have yet."""
    standard = rows_by_name(tables.standard_indicators[list(tables.indicators)])
    for name in dict.fromkeys(names):
        if name in standard and name not in tables.indicators.index:
            yield standard[name]
