"""Terms of the glossary are rendered in Chinese as the glossary has them."""

from pathlib import Path

import pandas as pd
import pytest

from zhenzhi.data.rendering import Glossary, misrendered
from zhenzhi.data.tables import Tables

TERMS = pd.DataFrame(
    [
        ("网格长", "grid head", None),
        ("党支部", "Party branch", None),
        ("党总支", "general Party branch", None),
        ("村居", "villages and communities", "村（居） 村和社区"),
        ("乡贤", "local notable (xiangxian)", None),
        ("战新产业", "strategic emerging industry", None),
        ("行动计划", "action plan", None),
        ("行动方案", "action plan", None),
    ],
    columns=["term_zh", "term_en", "also_zh"],
    dtype=object,
)


@pytest.mark.parametrize(
    ("english", "chinese", "missing"),
    [
        ("Each grid head reports.", "每名网格长上报。", []),
        ("Grid heads report.", "格长上报。", ["grid heads"]),
        ("A general Party branch.", "党总支。", []),
        ("A Party branch and a general Party branch.", "党总支。", ["party branch"]),
        ("All villages and communities.", "全部村（居）。", []),
        ("Local notables give.", "乡绅捐款。", ["local notables"]),
        ("Strategic emerging industries.", "战新产业。", []),
        ("Two action plans.", "两个行动方案。", []),
        ("An action planned by no branch.", "未计划的行动。", []),
    ],
)
def test_a_term_of_the_glossary_has_one_of_its_renderings(english, chinese, missing):
    assert [word for word, _ in Glossary(TERMS).unrendered(english, chinese)] == missing


def test_the_place_and_the_renderings_expected_are_told():
    claims = pd.DataFrame({"claim_id": ["one"], "note_en": ["By a grid head."], "note_zh": ["由格长。"]})
    assert list(misrendered(Tables(Path(), {"claims": claims, "terms": TERMS}, {}))) == [
        "claims.csv, row 2 (one), column note_zh: 'grid head' is not rendered; expected 网格长"
    ]


def test_a_name_may_be_shorter_than_its_term():
    claims = pd.DataFrame({"claim_id": ["one"], "label_en": ["one grid head a grid"], "label_zh": ["一格一长"]})
    assert list(misrendered(Tables(Path(), {"claims": claims, "terms": TERMS}, {}))) == []


def test_the_data_render_the_terms_of_the_glossary(english):
    assert list(misrendered(english.tables)) == []
