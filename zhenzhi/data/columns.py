"""A CSV file as columns of distinct cells: a large table has many rows and few cells that differ."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv


class Column(NamedTuple):
    """The cells of a column.

    Attributes:
        cells: the distinct ones.
        at: for each row the position of its cell among those.
    """

    cells: list[str]
    at: np.ndarray

    def rows(self, number: int) -> list[int]:
        """The positions of the rows that hold the cell with this number."""
        return np.flatnonzero(self.at == number).tolist()


def of_text(text: str, names: Sequence[str]) -> list[Column] | None:
    """The columns of a CSV file, read by Arrow, many times as fast as row by row.

    Returns:
        ``None`` where the file is not plainly what it should be: these names in the first line, as many cells in each
        row, no empty line, no quotation mark but around a cell or twice within. ``rows`` reads what may be right still.
    """
    if not text.startswith(f"{','.join(names)}\n") or "\r" in text or "\n\n" in text or not _quoted_well(text):
        return None
    cells = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pa.csv.read_csv(
            pa.py_buffer(text.encode()),
            pa.csv.ReadOptions(use_threads=False, skip_rows=1, column_names=list(names)),
            pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(names, cells)),
        )
    except pa.ArrowInvalid:
        return None
    return [
        Column(
            column.chunk(0).dictionary.to_pylist(),
            np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks]),
        )
        for column in table.unify_dictionaries().columns
    ]


def _quoted_well(text: str) -> bool:
    """Whether each quotation mark opens or closes a whole cell, or stands twice within one."""
    parts = text.split('"')
    outside = parts[::2]
    return len(parts) % 2 == 1 and all(
        (number == 0 or part[0] in ",\n") and (number == len(outside) - 1 or part[-1] in ",\n")
        for number, part in enumerate(outside)
        if part
    )


def rows(text: str) -> list[list[str]]:
    """The rows of a CSV file, the header first.

    Raises:
        ValueError: it is empty, or no CSV; the text names the row where it ends to be one.
    """
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(f"row {len(rows) + 1} cannot be read: {error}") from None
    if not rows:
        raise ValueError("the file is empty")
    return rows


def of_rows(rows: Sequence[Sequence[str]], width: int) -> list[Column]:
    """The columns of rows that have ``width`` cells each."""
    columns = []
    for column in zip(*rows, strict=True) if rows else [()] * width:
        numbers = {cell: number for number, cell in enumerate(dict.fromkeys(column))}
        columns.append(Column(list(numbers), np.fromiter(map(numbers.__getitem__, column), int, len(column))))
    return columns
