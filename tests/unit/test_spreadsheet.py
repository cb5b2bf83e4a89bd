"""CSV for spreadsheets."""

import io

import pandas as pd
import pytest

from zhenzhi.data import spreadsheet


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+cmd", "-2+3", "\t=1", "\r=1"])
def test_a_formula_is_text(text):
    assert spreadsheet.neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-22.9", "+5", "1,246", "-3.5%", "104个网格", "", "a=b"])
def test_numbers_and_words_stay(text):
    assert spreadsheet.neutral(text) == text


def test_a_table_keeps_its_numbers_and_begins_with_the_mark():
    text = spreadsheet.to_csv(pd.DataFrame({"what": ["=1", '网格, "x"'], "value": [-1.5, None]}))
    assert text.startswith("\ufeffwhat,value\n")
    back = pd.read_csv(io.BytesIO(text.encode()), encoding="utf-8-sig")
    assert list(back["what"]) == ["'=1", '网格, "x"']
    assert back["value"][0] == -1.5
