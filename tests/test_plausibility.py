"""The claims make sense: shares, units, periods, statuses and repeats are what they can be."""

import pytest

from zhenzhi import dates
from zhenzhi.prose import typed_numbers
from zhenzhi.quantity import tokens

#: Indicators whose claims count different things, so that their units differ.
MIXED_UNITS = {"components", "programme-label"}

#: Names in which the numerals are read one by one: 七一工程 is the project of the seven ones, not of seventy-one.
READ_APART = {"七一工程"}


@pytest.fixture(scope="module")
def claims(english):
    frame = english.tables.claims
    return frame.join(english.tables.articles["document_id"], on="article_id")


def test_shares_lie_between_nothing_and_all_unless_they_tell_completion(claims):
    shares = claims[(claims["kind"] == "share") & (claims["indicator_id"] != "completion-rate")]
    assert len(shares) > 5
    assert all(0 <= value <= 100 for value in shares["value"])


def test_percentages_are_shares_or_changes_and_the_other_way_round(claims):
    percent = claims[claims["unit"] == "percent"]
    assert set(percent["kind"]) == {"share", "change"}
    assert set(claims.loc[claims["kind"].isin(["share", "change"]), "unit"]) == {"percent"}


def test_a_value_is_what_its_token_says(claims):
    """One numeral: the value. More: the first is the value, as in a range."""
    wrong = []
    for claim in claims.itertuples():
        found = list(tokens(claim.as_written))
        if claim.value is None or not found:
            continue
        if abs(claim.value) != found[0].value and claim.as_written not in READ_APART:
            wrong.append((claim.claim_id, claim.as_written, str(claim.value)))
    assert wrong == []


def test_a_claim_without_a_number_is_a_frequency_or_a_label(claims):
    bare = [claim.claim_id for claim in claims.itertuples() if not list(tokens(claim.as_written))]
    assert set(claims.loc[bare, "kind"]) <= {"frequency", "label"}


def test_a_fall_is_negative_and_a_rise_positive(claims):
    for claim in claims[claims["kind"] == "change"].itertuples():
        assert (claim.value < 0) == ("降" in claim.as_written), claim.claim_id


def test_only_ranges_and_no_others_have_an_upper_value(claims):
    assert all((claims["qualifier"] == "range") == claims["value_high"].notna())


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("over", ("超", "多", "余", "突破", "以上", "至少")),
        ("nearly", ("近",)),
        ("about", ("约",)),
        ("at-most", ("最大", "至多", "不超过")),
    ],
)
def test_a_qualifier_stands_in_the_words(claims, qualifier, words):
    own = claims[claims["qualifier"] == qualifier]
    assert len(own)
    assert all(any(word in phrase for word in words) for phrase in own["as_written"])


def test_results_are_not_dated_after_their_publication(claims, english):
    for claim in claims[(claims["status"] == "reported") & claims["period_end"].notna()].itertuples():
        published = dates.bounds(english.tables.documents.at[claim.document_id, "published"])[1]
        assert dates.bounds(claim.period_end)[0] <= published, claim.claim_id


def test_periods_run_forward(claims):
    for claim in claims[claims["period_start"].notna() & claims["period_end"].notna()].itertuples():
        assert dates.bounds(claim.period_start)[0] <= dates.bounds(claim.period_end)[1], claim.claim_id


def test_targets_are_not_recorded_as_achievements(claims):
    """A target is planned: the claims whose names say so, and those of plans' articles that name a quantity to reach."""
    for words in ("target", "task of", "planned"):
        named = claims[claims["label_en"].str.contains(words)]
        assert set(named["status"]) <= {"planned", "forecast"}, list(named.index)
    assert set(claims.loc[claims["status"] == "pledged", "kind"]) <= {"flow", "level", "ratio"}


def test_whole_things_are_counted_in_whole_numbers(claims, english):
    counted = english.tables.units["counted"]
    for claim in claims[claims["value"].notna()].itertuples():
        if counted[claim.unit]:
            assert claim.value == int(claim.value), claim.claim_id


def test_an_indicator_has_one_unit(claims, english):
    units = english.tables.indicators["unit"]
    for claim in claims.itertuples():
        if claim.indicator_id not in MIXED_UNITS:
            assert claim.unit == units[claim.indicator_id], claim.claim_id


def test_a_repeat_leads_to_the_first_telling_in_the_same_document(claims):
    for claim in claims[claims["repeats"].notna()].itertuples():
        first = claims.loc[claim.repeats]
        assert first["repeats"] is None, claim.claim_id
        assert first["start"] < claim.start
        assert first["document_id"] == claim.document_id
        assert first["indicator_id"] == claim.indicator_id
        assert first["value"] == claim.value or claim.note_en, claim.claim_id


def test_labels_are_short_and_hold_no_digits(claims):
    for label in claims["label_en"]:
        assert len(label.split()) <= 12
        assert not any(character.isdigit() for character in label)


def test_models_lie_in_their_article_and_list_no_more_than_they_state(english):
    articles = english.tables.articles
    for model in english.tables.models.itertuples():
        article = articles.loc[model.article_id]
        assert article["start"] <= model.start < article["end"], model.model_id


def test_a_model_lists_as_many_components_as_it_says_it_lists(english):
    parts = english.tables.model_parts
    for model in english.tables.models.itertuples():
        if model.listed_count is None:
            continue
        own = parts[parts["model_id"] == model.model_id]
        assert model.listed_count <= len(own), model.model_id


def test_what_models_state_names_claims_that_exist_and_types_no_number(english):
    for model in english.tables.models.itertuples():
        for text in (model.states_en, model.silent_en):
            assert english.plain(text)
            assert typed_numbers(text) == [], model.model_id
