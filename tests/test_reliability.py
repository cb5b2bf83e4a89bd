"""Coding reliability: kappa, and the table that the data's README publishes."""

import pytest

from zhenzhi import paths
from zhenzhi.reliability import agreement, kappa, markdown


def test_kappa_of_the_textbook_case():
    # 50 applications read by two readers: 20 both yes, 15 both no, 5 and 10 apart; kappa is 0.4.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == pytest.approx(0.4)


def test_kappa_is_one_for_full_agreement_and_zero_for_chance():
    assert kappa(["a", "b"], ["a", "b"]) == 1
    assert kappa(["a", "a"], ["a", "a"]) == 1
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == 0


@pytest.mark.parametrize(("first", "second"), [([], []), (["a"], ["a", "b"])])
def test_kappa_needs_two_lists_of_the_same_length(first, second):
    with pytest.raises(ValueError, match="two lists of the same length"):
        kappa(first, second)


def test_every_document_was_coded_twice(english):
    coders = english.tables.codings.groupby("document_id")["coder"].agg(set)
    assert set(coders.index) == set(english.tables.documents.index)
    assert all(both == {"A", "B"} for both in coders)


def test_the_readme_publishes_the_agreement_as_computed(english):
    readme = (paths.DATA / "README.md").read_text(encoding="utf-8")
    assert markdown(agreement(english.tables)) in readme


def test_each_claim_was_found_by_a_coder(english):
    codings, claims, articles = english.tables.codings, english.tables.claims, english.tables.articles
    for claim in claims.itertuples():
        own = codings[codings["document_id"] == articles.at[claim.article_id, "document_id"]]
        assert any(row.start < claim.end and claim.start < row.end for row in own.itertuples()), claim.claim_id
