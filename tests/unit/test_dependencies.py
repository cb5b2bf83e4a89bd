"""What notebooks and pages are made from: it changes with what is asked for, and with nothing else."""

from collections import Counter
from types import MappingProxyType, SimpleNamespace

import pytest

from zhenzhi.book import dependencies
from zhenzhi.book.dependencies import Digests
from zhenzhi.book.edition import Edition
from zhenzhi.data.tables import Tables
from zhenzhi.sphinxext.env import incremental


def with_value(edition: Edition, claim_id: str, value: str) -> Edition:
    """An edition in which a claim has another value."""
    tables = edition.quiet.tables
    claims = tables.claims.copy()
    claims.at[claim_id, "value"] = type(claims.at[claim_id, "value"])(value)
    frames = MappingProxyType({**tables.frames, "claims": claims})
    return Edition(Tables(tables.folder, frames, tables.yaml))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("claim:jj17-listing-pool", True),
        ("article:jj17-report", True),
        ("model-claims:jj17-listing-pool", True),
        ("table:claims", True),
        ("claim:jj17-grids", False),
        ("article:jj21-report", False),
        ("coding:all", False),
        ("verdicts:all", False),
        ("check:jj17-tasks-average", False),
        ("model:jj17-listing-pool", False),
        ("label:range", False),
        ("passage:jj17-listing-pool", False),
        ("rows:claims", False),
        ("words:claims.kind", False),
        ("words:claims.value", True),
    ],
)
def test_a_changed_value_changes_what_shows_it(english, name, changes):
    changed = with_value(english, "jj17-listing-pool", "19")
    assert (Digests(changed).of([name]) != Digests(english.quiet).of([name])) == changes


def test_each_digest_is_worked_out_once(english, monkeypatch):
    asked = Counter()
    digest = dependencies.digest
    monkeypatch.setattr(dependencies, "digest", lambda edition, name: asked.update([name]) or digest(edition, name))
    digests = Digests(Edition(english.quiet.tables))
    first = digests.of(["claim:jj17-grids", "label:range"])
    assert digests.of(["label:range", "claim:jj17-grids"]) == first
    assert asked == {"claim:jj17-grids": 1, "label:range": 1}


@pytest.mark.slow
def test_a_check_tried_again_rests_on_its_own_claims_and_not_on_the_whole_table(english):
    noted = set()
    result = Edition(english.quiet.tables, note=noted.add).result_under("jj17-tasks-average", "none", "usual")
    assert {"check:jj17-tasks-average", *(f"claim:{claim}" for claim in result.claims)} <= noted
    assert "table:claims" not in noted


def test_a_check_tried_again_as_it_is_settled_comes_out_the_same(english):
    for check_id in ("jj17-tasks-average", "jj17-opinions-resolved"):
        assert english.result_under(check_id, "half", "usual") == english.results[check_id]


def test_pages_whose_notebooks_are_at_work_are_read_last_in_the_order_of_these():
    outputs = {"index": None, "chapters/b": None, "chapters/a": "1234", "chapters/c": None}
    docnames = ["chapters/a", "chapters/b", "chapters/c", "chapters/register", "index"]
    incremental._order(SimpleNamespace(zhenzhi=SimpleNamespace(outputs=outputs)), None, docnames)
    assert docnames == ["chapters/a", "chapters/register", "index", "chapters/b", "chapters/c"]


def test_what_takes_long_is_made_once():
    domain = SimpleNamespace(data={"made": {}})
    app, made = SimpleNamespace(env=SimpleNamespace(domains={"zhenzhi": domain})), []
    for what in ("one", "two", "one"):
        assert (
            incremental.once(app, what, lambda what=what: made.append(what) or f"made of {what}") == f"made of {what}"
        )
    assert made == ["one", "two"]
