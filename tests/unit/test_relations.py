"""The rules find what people wrote down as checks, from the claims alone, and call nothing inconsistent that is not."""

import json
from types import MappingProxyType

import pytest
import yaml

from zhenzhi import audit, paths
from zhenzhi.__main__ import main
from zhenzhi.audit import INCONSISTENT
from zhenzhi.checking import proposals
from zhenzhi.data import tables
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.relations import Measure, Rate, measure

FOLDER = paths.ROOT.parent / "shared" / "sources"


@pytest.fixture(scope="module")
def data() -> Tables:
    return tables.load()


@pytest.fixture(scope="module", params=["claims alone", "with the texts"])
def relations(request, data):
    if request.param == "claims alone":
        return proposals.of_tables(data)
    if not FOLDER.is_dir():
        pytest.skip("the source texts belong to their publishers and are not part of the project")
    return proposals.of_tables(data, FOLDER)


@pytest.fixture(scope="module")
def found(data, relations) -> Measure:
    return measure(data, relations)


def test_three_checks_of_four_are_found(found):
    assert found.written.rate >= 0.75, found.missed
    assert found.implicit.rate >= 0.75, found.missed


def test_nothing_is_called_inconsistent_that_the_audit_calls_consistent(found):
    assert found.wrong == ()
    assert found.alarms.found == found.alarms.of > 0


def test_figures_that_must_be_kept_apart_are_not_held_against_each_other(found):
    assert found.mixed == ()


def test_most_proposals_are_checks_that_people_wrote(data, relations):
    """In the documents that were coded twice; those of a new one may wait to be adopted."""
    coded_twice = set(data.codings["document_id"])
    documents = {claim: data.document_of[article] for claim, article in data.claims["article_id"].items()}
    found = measure(
        data,
        [one for one in relations if {documents.get(figure.name) for figure in one.proposal.figures} <= coded_twice],
    )
    assert found.precise.bounds[0] >= 0.8
    assert found.precise_written.bounds[0] >= 0.7


def test_a_proposal_that_is_inconsistent_rests_on_words_that_state_the_relation(relations):
    alarms = [relation for relation in relations if relation.verdict == INCONSISTENT]
    assert {relation.proposal.tie for relation in alarms} == {"stated"}


def test_accepted_proposals_are_entries_that_the_audit_runs(data, relations):
    entries = yaml.safe_load(proposals.as_yaml(data, relations))
    run = [relation for relation in relations if relation.result]
    assert [entry["check_id"] for entry in entries] == [relation.check["check_id"] for relation in run]
    assert all(entry["name"]["en"] and entry["name"]["zh"] for entry in entries)
    accepted = Tables(data.folder, data.frames, MappingProxyType({**data.yaml, "checks": entries}))
    results = audit.run(accepted)
    assert [results[entry["check_id"]].verdict for entry in entries] == [relation.verdict for relation in run]


def test_a_list_that_is_still_to_be_counted_stands_as_a_comment(data):
    relations = [relation for relation in proposals.of_tables(data) if relation.result is None]
    assert relations
    text = proposals.as_yaml(data, relations)
    assert all(line.startswith("#") for line in text.splitlines())
    assert text.count("listed: '?'") == len(relations)


def test_a_relation_is_told_where_a_figure_of_it_was_told_before(data, relations):
    first = data.claims["repeats"].dropna()
    told_again = [
        relation
        for relation in relations
        if (names := {figure.name for figure in relation.proposal.figures} & {*first.index})
        and not {*first[[*names]]} <= names
    ]
    assert told_again
    for relation in told_again[:3]:
        assert proposals.as_yaml(data, [relation])


def test_the_command_prints_what_is_not_among_the_checks(data, capsys):
    assert main(["audit", "--propose"]) == 0
    output = capsys.readouterr()
    new = measure(data, proposals.of_tables(data)).new
    assert output.out == proposals.as_yaml(data, new)
    assert "Checks of checks.yml that were found: " in output.err


def test_the_command_prints_all_as_json_with_their_evidence(data, capsys):
    assert main(["audit", "--propose", "--all", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown) == len(proposals.of_tables(data))
    claims = data.claims
    for relation in shown:
        for evidence in relation["evidence"]:
            if evidence["article_id"]:
                row = claims.loc[evidence["claim_id"]]
                assert (row["start"], row["end"], row["as_written"]) == (
                    evidence["start"], evidence["end"], evidence["as_written"],
                )  # fmt: skip


def test_texts_that_are_not_at_hand_are_passed_over(data, tmp_path):
    (tmp_path / data.documents["file_name"].iloc[0]).write_text("", encoding="utf-8")
    assert len(proposals.of_tables(data, tmp_path)) == len(proposals.of_tables(data))


def test_a_folder_without_the_texts_is_told_of(data, tmp_path):
    with pytest.raises(ZhenzhiError, match="no text of documents.csv; expected the folder of one source text at least"):
        proposals.of_tables(data, tmp_path)


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_the_interval_is_wilsons(found, of, low, high):
    assert Rate(found, of).bounds == pytest.approx((low, high), abs=1e-4)
