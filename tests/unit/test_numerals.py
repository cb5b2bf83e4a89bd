"""Numerals are found in any text, in digits, characters and capitals, and read with their steps."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenzhi.amounts.numerals import characters, find, runs

#: Characters that make, join or cut numerals.
INK = "0159０９.．,，%％零一二两三九十百千万亿廿卅半几数多余壹伍拾佰Ⅳ½①²分之成年元个人 \n-—至到近约"
texts = st.text(st.one_of(st.sampled_from(INK), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("phrase", "value", "step", "last_digit"),
    [
        ("51.7亿元", 5_170_000_000, 10_000_000, 10_000_000),
        ("9.90亿元", 990_000_000, 1_000_000, 10_000_000),
        ("超1534万元", 15_340_000, 10_000, 10_000),
        ("约1500万元", 15_000_000, 10_000, 1_000_000),
        ("50多亿元", 5_000_000_000, 100_000_000, 1_000_000_000),
        ("1534余万元", 15_340_000, 10_000, 10_000),
        ("3千多万元", 30_000_000, 10_000_000, 10_000_000),
        ("37万4千人", 374_000, 1000, 1000),
        ("5亿零300万", 503_000_000, 10_000, 1_000_000),
        ("6,543.2万元", 65_432_000, 1000, 1000),
        ("２．４亿元", 240_000_000, 10_000_000, 10_000_000),
        ("1246条", 1246, 1, 1),
        ("99.32%", "99.32", "0.01", "0.01"),
        ("十三连冠", 13, 1, 1),
        ("五十公里以上", 50, 1, 10),
        ("一百零五名", 105, 1, 1),
        ("千亩", 1000, 1, 1000),
        ("0条", 0, 1, 1),
        ("廿三", 23, 1, 1),
        ("叁拾伍万", 350_000, 10_000, 10_000),
        ("Ⅳ级", 4, 1, 1),
        ("半年", "1/2", "1/2", "1/2"),
        ("31.6亿千瓦时", 3_160_000_000, 10_000_000, 10_000_000),
        ("21千米", 21, 1, 1),
        ("五千米", 5, 1, 1),
    ],
)
def test_a_numeral_has_a_value_and_a_last_digit(phrase, value, step, last_digit):
    (found,) = find(phrase)
    assert (found.value, found.step, found.last_digit) == (Fraction(value), Fraction(step), Fraction(last_digit))


@pytest.mark.parametrize(("phrase", "ends"), [("两三年", (2, 3)), ("三五十户", (30, 50)), ("十五六岁", (15, 16))])
def test_neighbouring_digits_are_a_range(phrase, ends):
    (found,) = find(phrase)
    assert (found.value, found.high) == ends


@pytest.mark.parametrize("phrase", ["每月", "十百千万", "队伍", "大陆", "陆续", "9" * 40])
def test_what_states_no_number_has_no_numeral(phrase):
    assert list(find(phrase)) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("收入51.\n\n7 亿元", [5_170_000_000]),
        ("共10\n\n4个网格", [104]),
        ("共 10\n4\n", [10, 4]),
        ("800 多\n个", [800]),
        ("1万6千多户，1亿3千多万人次，增长14·1%", [16_000, 130_000_000, Fraction("14.1")]),
        ("一\r\n104个", [1, 104]),
    ],
)
def test_a_figure_that_the_layout_breaks_is_one(text, values):
    assert [numeral.value for numeral in find(text)] == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ⅳ级", "Ⅳ"),
        ("队伍", ""),
        ("登陆3次", "3"),
        ("卅年半", "卅半"),
        ("共９４万㎡", "９４万"),
        ("壹佰元", "壹佰"),
        ("½", "½"),
    ],
)
def test_the_numeral_characters_of_a_text(text, found):
    assert "".join(text[offset] for offset in characters(text)) == found


@given(texts)
@settings(deadline=None)
def test_any_text_is_read(text):
    numerals = list(find(text))
    assert all(0 <= one.start < one.end <= len(text) for one in numerals)
    assert all(one.end <= other.start for one, other in zip(numerals, numerals[1:], strict=False))
    found = set(characters(text))
    assert all(found.intersection(range(one.start, one.end)) for one in numerals)
    assert found == found & {offset for start, end in runs(text) for offset in range(start, end)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["1", " 1", "1\n", "中1\n", "1,", "1万", "伍", "一", "十", "多", "数", "\n", "1万1千"]
)
def test_a_long_text_is_read_to_its_end(piece):
    text = piece * 40_000
    assert all(one.end <= len(text) for one in find(text))
    assert set(characters(text)) <= {offset for start, end in runs(text) for offset in range(start, end)}
