"""The counts that the text takes from the data."""

import pytest

from zhenzhi.book.counts import counts, show
from zhenzhi.book.lookups import UnknownReference


@pytest.mark.parametrize(("column", "name"), [("kind", "claims"), ("status", "claims"), ("rung", "claims")])
def test_the_counts_of_a_column_make_the_whole(english, column, name):
    words = english.tables.claims[column].unique()
    known = counts(english)
    assert sum(known[f"{name}-{word}"].value for word in words) == len(english.tables.claims)


def test_claims_are_counted_with_their_repeats_and_without(english):
    known = counts(english)
    assert known["claims-first"].value + known["claims-repeated"].value == known["claims"].value


def test_a_claim_touched_by_two_caveats_counts_once(english):
    touching = [claim for caveat in english.tables.caveats for claim in caveat["affects"]]
    assert len(touching) > counts(english)["claims-touched"].value == len(set(touching))


def test_a_document_is_dated_or_inferred(english):
    known = counts(english)
    assert known["documents-dated"].value + known["documents-inferred"].value == known["documents"].value
    assert known["documents-doubtful"].value <= known["documents-inferred"].value


def test_phrases_are_the_claims_and_the_other_numerals(english):
    known = counts(english)
    assert known["phrases"].value == known["claims"].value + known["numerals"].value
    assert known["numerals-name"].whole == len(english.tables.numerals)


def test_what_the_coders_agree_on_is_a_part_of_what_both_found(english):
    known = counts(english)
    assert known["coded-both"].value <= min(known["coded-a"].value, known["coded-b"].value)
    assert known["agreed-kind"].value < known["agreed-value"].value == known["agreed-value"].whole


def test_a_second_reading_of_the_relations_is_counted_against_the_first(english):
    known, first, second = counts(english), english.tables.relations, english.tables.relation_codings
    both = second[second["relation_id"].notna()]
    assert known["second-relations"].value == len(second)
    assert known["second-relations-both"].value == len(both) == both["relation_id"].nunique() <= len(first)
    ends = first[["answers_level", "to_level"]].fillna("")
    alike = sum(
        tuple(ends.loc[row.relation_id]) == (row.answers_level or "", row.to_level or "") for row in both.itertuples()
    )
    assert alike <= known["second-relations-way"].value < len(both)  # levels may differ and lead the same way
    parts = ("way", "one-open", "other-level")
    assert sum(known[f"second-relations-{part}"].value for part in parts) == len(both)
    ways = ("up", "level", "down", "open")
    assert sum(known[f"second-relations-hear-{leads}"].value for leads in ways) == sum(second["act"] == "hear")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("documents", "2"),
        ("documents|word", "two"),
        ("documents|word-capital", "Two"),
        ("documents-dated|percent", "50"),
        ("documents-dated|interval", "9 to 91 per cent"),
        ("claims|word", "25"),
    ],
)
def test_the_forms_of_a_count(made_english, text, shown):
    assert show(made_english, text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("documents", "2"),
        ("documents|word", "两"),
        ("documents|word-capital", "两"),
        ("documents-dated|percent", "50"),
        ("documents-dated|interval", "9%至91%"),
        ("claims|word", "25"),
    ],
)
def test_the_forms_of_a_count_in_chinese(made_chinese, text, shown):
    assert show(made_chinese, text) == shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("claim", "the book has no count 'claim'; expected one of against-bound, against-figure, "),
        ("claims|roman", "the form 'roman' of a count is unknown; expected word, word-capital, percent or interval"),
        ("claims|percent", "the count 'claims' is not a part of a whole; expected no form 'percent'"),
        ("claims|interval", "the count 'claims' is not a part of a whole; expected no form 'interval'"),
    ],
)
def test_an_unknown_count_or_form_is_named(english, text, problem):
    with pytest.raises(UnknownReference, match=problem):
        show(english, text)


def test_an_upper_bound_below_one_per_cent_is_told_in_tenths_and_rounded_up(english):
    assert counts(english)["trial-alarms"].value == 0 and counts(english)["trial-alarms"].whole > 400
    assert show(english, "trial-alarms|interval") == "0 to 0.6 per cent"


def test_no_count_of_the_trial_is_more_than_its_whole(english):
    parts = [count for name, count in counts(english).items() if name.startswith("trial-") and count.whole]
    assert len(parts) > 10 and all(count.value <= count.whole for count in parts)
