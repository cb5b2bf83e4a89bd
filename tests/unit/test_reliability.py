"""Coding reliability: kappa, and the table that the data's README publishes."""

import pytest

from zhenzhi import paths
from zhenzhi.data.reliability import agreement, kappa, markdown


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


def test_a_document_is_coded_by_both_or_by_neither(english):
    coders = english.tables.codings.groupby("document_id")["coder"].agg(set)
    assert all(both == {"A", "B"} for both in coders)


def test_without_codings_there_is_no_agreement_to_tell(made):
    assert agreement(made).empty
    assert len(markdown(agreement(made)).splitlines()) == 2


def test_the_readme_publishes_the_agreement_as_computed(english):
    readme = (paths.DATA / "README.md").read_text(encoding="utf-8")
    assert markdown(agreement(english.tables)) in readme
