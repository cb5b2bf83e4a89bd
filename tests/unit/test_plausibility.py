"""The words of the claims make sense; what their columns say of each other is checked where they are loaded."""

import pytest

from zhenzhi.amounts.numerals import find as tokens
from zhenzhi.book.prose import typed_numbers


@pytest.fixture(scope="module")
def claims(english):
    frame = english.tables.claims
    return frame.join(english.tables.articles["document_id"], on="article_id")


def test_a_claim_without_a_number_is_a_frequency_or_a_label(claims):
    bare = [claim.claim_id for claim in claims.itertuples() if not list(tokens(claim.as_written))]
    assert set(claims.loc[bare, "kind"]) <= {"frequency", "label", "rank"}


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("over", ("超", "多", "余", "突破", "以上", "至少")),
        ("nearly", ("近", "不到", "不足", "低于")),
        ("about", ("约", "左右", "上下")),
        ("at-most", ("最大", "至多", "不超过")),
    ],
)
def test_a_qualifier_stands_in_the_words(claims, qualifier, words):
    own = claims[claims["qualifier"] == qualifier]
    assert len(own)
    assert all(any(word in phrase for word in words) for phrase in own["as_written"])


def test_targets_are_not_recorded_as_achievements(claims):
    """A target is planned: the claims whose names say so, and those of plans' articles that name a quantity to reach."""
    for words in ("target", "task of", "planned"):
        named = claims[claims["label_en"].str.contains(words)]
        assert set(named["status"]) <= {"planned", "forecast"}, list(named.index)
    assert set(claims.loc[claims["status"] == "pledged", "kind"]) <= {"flow", "level", "ratio"}


def test_labels_are_short_and_hold_no_digits(claims):
    for label in claims["label_en"]:
        assert len(label.split()) <= 12
        assert not any(character.isdigit() for character in label)


def test_what_models_state_names_claims_that_exist_and_types_no_number(english):
    for model in english.tables.models.itertuples():
        for text in (model.states_en, model.silent_en):
            assert english.plain(text)
            assert typed_numbers(text) == [], model.model_id
