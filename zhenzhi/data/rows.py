"""Where the rows of a table stand in its file, one line a row below the header."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def line_of(position: int) -> int:
    """The line of a file in which the row at a position of its table stands."""
    return position + 2


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table, row by row, each with the line of the file that it stands in."""
    lines = range(line_of(0), line_of(len(frame)))
    return zip(lines, *(frame[column].tolist() for column in columns), strict=True)
