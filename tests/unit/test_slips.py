"""What ``check`` says of made-up sentences with a slip in them, and of right ones: it finds most, and blames none."""

import re
from pathlib import Path

import pytest

from helpers.marked import between
from zhenzhi.audit import CONSISTENT, INCONSISTENT
from zhenzhi.scan import scan

_OPEN = re.compile(r"\{(.+?)\|(.+?)\}")
LINES = [
    line
    for line in (Path(__file__).parent / "slips.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SLIPS = [line for line in LINES if _OPEN.search(line)]
TRUE = [_OPEN.sub(r"\1", line).removeprefix("= ") for line in LINES]

#: Of the slips, so many that are found; more is better, and less a rule that was lost.
FOUND = 89


def verdicts(text: str) -> set[str]:
    relations, _ = between().of(text, scan(text).claims)
    return {relation.verdict for relation in relations}


@pytest.mark.parametrize("text", TRUE)
def test_a_right_sentence_is_not_blamed(text):
    assert INCONSISTENT not in verdicts(text)


def test_most_slips_are_found():
    found = [line for line in SLIPS if INCONSISTENT in verdicts(_OPEN.sub(r"\2", line))]
    assert len(found) == FOUND, f"{len(found)} of {len(SLIPS)}"


def test_what_holds_is_found_to_hold():
    missed = [
        line
        for line in SLIPS
        if INCONSISTENT in verdicts(_OPEN.sub(r"\2", line)) and CONSISTENT not in verdicts(_OPEN.sub(r"\1", line))
    ]
    assert missed == []


GROWN = "规上企业由{}家增加到{}家，净增{}家。"


@pytest.mark.parametrize("before", [1, 9, 320])
@pytest.mark.parametrize("after", [2, 10, 415])
def test_a_true_difference_holds_and_another_fails(before, after):
    if after > before:
        assert CONSISTENT in verdicts(GROWN.format(before, after, after - before))
        assert INCONSISTENT in verdicts(GROWN.format(before, after, after - before + 3))


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("三次产业结构为12.3:45.6:42.2。", True),  # each is rounded by itself
        ("三次产业结构为12.3:45.6:42.4。", False),
        ("三次产业结构为12:46:43。", True),
        ("常住人口城镇化率从61.2%提高到64.9%，提高3.8个百分点。", True),
        ("常住人口城镇化率从61.2%提高到64.9%，提高3.9个百分点。", False),
        ("园区产值达到96.4亿元，是2015年30亿元的3.2倍。", True),
        ("进出口总额86.4亿元，其中出口61.2亿元，进口25.3亿元。", True),
        ("进出口总额86.4亿元，其中出口61.2亿元，进口25.5亿元。", False),
    ],
)
def test_rounding_of_each_figure_is_allowed_for(sentence, holds):
    assert (INCONSISTENT in verdicts(sentence)) is not holds
