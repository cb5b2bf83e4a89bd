"""The address of the passage that a claim rests on, in a public copy of its article."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from zhenzhi.data.passages import Passages
from zhenzhi.data.tables import Tables

COPY = "https://example.org/copy.html"


def changed(tables: Tables, table: str, **columns) -> Tables:
    """The data package with columns of a table as given."""
    return replace(tables, frames={**tables.frames, table: tables.frames[table].assign(**columns)})


@pytest.fixture
def copied(made):
    """The made-up data package, with a public copy of every article."""
    return changed(made, "articles", url=COPY)


def test_an_address_ends_in_the_phrase_of_the_claim_and_nothing_more(copied):
    for claim_id, claim in copied.claims.iterrows():
        address, mark, fragment = Passages(copied).address(claim_id).partition("#:~:text=")
        assert address == COPY
        if mark:
            assert unquote(fragment) == claim["as_written"] and not set("-,&") & set(fragment)
    assert sum("#:~:text=" in Passages(copied).address(claim_id) for claim_id in copied.claims.index) > 10


def test_a_phrase_that_stands_before_the_claim_too_gets_no_fragment(copied):
    first, second = copied.claims[copied.claims["article_id"].duplicated(keep=False)].index[:2]
    alike = changed(copied, "claims", as_written="约3家")
    assert Passages(alike).address(first).endswith("#:~:text=%E7%BA%A63%E5%AE%B6")
    assert Passages(alike).address(second) == COPY


def test_no_copy_no_address(made):
    assert Passages(made).address(made.claims.index[0]) is None
