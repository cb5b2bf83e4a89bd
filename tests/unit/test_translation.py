"""What has no Chinese, or says something else in it, is listed, table by table and entry by entry."""

from pathlib import Path

import pandas as pd
import pytest

from zhenzhi.data.tables import Tables
from zhenzhi.data.translation import differing, untranslated


def test_an_empty_chinese_cell_beside_an_english_one_is_named():
    frame = pd.DataFrame(
        {
            "claim_id": ["one", "two", "three"],
            "note_en": ["A doubt.", None, "Another."],
            "note_zh": [None, None, "另一疑点。"],
            "comparison": ["last year", None, None],
            "comparison_zh": [None, None, None],
            "as_written": ["3个", "4个", "5个"],
        },
        dtype=object,
    )
    assert list(untranslated(Tables(Path(), {"claims": frame}, {}))) == [
        "claims.csv, row 2 (one), column note_zh: empty beside 'A doubt.'",
        "claims.csv, row 2 (one), column comparison_zh: empty beside 'last year'",
    ]


def test_a_missing_chinese_key_beside_an_english_one_is_named():
    entries = [{"caveat_id": "a", "note_en": "Cut.", "note_zh": "截断。"}, {"caveat_id": "b", "note_en": "Misread."}]
    assert list(untranslated(Tables(Path(), {}, {"caveats": entries, "labels": {}}))) == [
        "caveats.yml, entry 2 (b), key note_zh: missing beside 'Misread.'"
    ]


def package(english: str, chinese: str) -> Tables:
    """A data package of one note in two languages."""
    return Tables(
        Path(), {"claims": pd.DataFrame({"claim_id": ["one"], "note_en": [english], "note_zh": [chinese]})}, {}
    )


@pytest.mark.parametrize(
    ("english", "chinese", "problem"),
    [
        ("A doubt about it.", "A doubt about it.", "is English; expected Chinese"),
        ("A doubt about it.", "存疑：a doubt about it。", "is English; expected Chinese"),
        ("Of 27 villages.", "涉及各村。", "27 stands in the English only"),
        ("Of all villages.", "涉及27个村。", "27 stands in the Chinese only"),
        ("Over 20,000 people.", "超过2000人。", "20000 stands in the English only"),
        ("About 750 million yuan.", "约75亿元。", "750000000 stands in the English only"),
        ("On 21 February.", "3月21日。", "3 stands in the Chinese only"),
        ("Two doubts, both small.", "存疑两处,均小。", "'处,' is of half width"),
        ("A doubt (small).", "存疑(小)。", "'疑(' is of half width"),
        ("Of 27 villages.", "涉及 27个村。", "'及 2' is of half width"),
    ],
)
def test_a_chinese_text_that_says_something_else_is_named(english, chinese, problem):
    (told,) = [line for line in differing(package(english, chinese)) if problem in line]
    assert told.startswith("claims.csv, row 2 (one), column note_zh: ")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("On 21 February 2014, at 09:58.", "2014年2月21日09:58。"),
        ("Over 20,000 people, nearly four million in all.", "超过2万人，共近400万人。"),
        ("About 7.5 billion yuan, 1,500 mu.", "约75亿元，1500亩。"),
        ("Two of the eight are named.", "8个中列名2个。"),
        ("{claim}`jj17-grids` in the text jj17.", "原文（jj17）有{claim}`jj17-grids`。"),
        ("English Wikipedia, Chuanshan Archipelago.", "英文维基百科“Chuanshan Archipelago”。"),
        ("Download .ipynb", "下载.ipynb"),
        ("Chinese Wikipedia, 九江镇 (佛山市).", "中文维基百科“九江镇 (佛山市)”。"),
    ],
)
def test_the_same_in_other_words_differs_in_nothing(english, chinese):
    assert list(differing(package(english, chinese))) == []


def test_names_as_documents_write_them_keep_their_numbers():
    frame = pd.DataFrame({"model_id": ["a"], "name_en": ["a bus for an estate"], "name_zh": ["小区2000多户"]})
    assert list(differing(Tables(Path(), {"models": frame}, {}))) == []


def test_texts_within_an_entry_are_compared_too():
    entries = [{"figure_id": "a", "labels": {"before": {"en": "Since 1995", "zh": "以来"}}}]
    assert list(differing(Tables(Path(), {}, {"figures": entries}))) == [
        "figures.yml, entry 1 (a), key labels.before.zh: 1995 stands in the English only; expected the same numbers in both"
    ]


def test_every_text_of_the_data_is_in_chinese_and_says_the_same(english):
    assert list(untranslated(english.tables)) == []
    assert list(differing(english.tables)) == []
