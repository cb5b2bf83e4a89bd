"""A CSV file read by column is what it is read by row."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhenzhi.data import columns

NAMES = ["a", "b"]

#: A file of two columns in the characters that a reader of CSV can go wrong on.
TEXTS = st.lists(st.text('x7, "\n\r\0é', max_size=6)).map(lambda lines: "\n".join(["a,b", *lines]))


def _rows(read: list[columns.Column]) -> list[list[str]]:
    return [list(row) for row in zip(*([column.cells[number] for number in column.at] for column in read), strict=True)]


@given(TEXTS)
@example("a,b\n")
@example('a,b\n"x""y","x, y"\n"",7')
@example("a,b\nx,7\n\n")
def test_a_file_is_read_the_same_by_column_and_by_row(text):
    read = columns.of_text(text, NAMES)
    if read is not None:
        header, *rows = columns.rows(text)
        assert (header, rows) == (NAMES, _rows(read))
        assert _rows(columns.of_rows(rows, len(NAMES))) == rows


@pytest.mark.parametrize(
    "text", ["", "a\n", "b,a\n", "a,b\n\n", "a,b\n1\n", "a,b\n1,2,3\n", 'a,b\nx"y,2\n', 'a,b\n"x"y,2\n', 'a,b\n"x,2\n']
)
def test_a_file_that_may_be_wrong_is_left_to_be_read_by_row(text):
    assert columns.of_text(text, NAMES) is None


def test_a_plain_file_is_read_by_column():
    first, second = columns.of_text('a,b\nx,"1\n2"\nx,""\n', NAMES)
    assert (first.cells, second.cells, first.rows(0)) == (["x"], ["1\n2", ""], [0, 1])
