"""Which changes allow a page to be shown before the others are read."""

from dataclasses import replace

import pytest

from zhenzhi.building import ahead

SOURCES = {
    name: "as it was"
    for name in (
        "data/claims.csv", "data/external.csv", "data/terms.csv", "data/labels.yml", "chapters/small.md", "chapters/told.md",
        "package/charts/style.py", "package/panels/markup.py", "package/book/edition.py", "_toc.yml",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "is_allowed"),
    [
        ([], False),
        (["data/claims.csv"], True),
        (["data/claims.csv", "data/external.csv", "package/charts/style.py"], True),
        (["chapters/small.md"], False),  # it is the first all the same
        (["chapters/small.md", "data/claims.csv"], True),
        (["chapters/told.md", "data/claims.csv"], False),  # its title may be another
        (["data/terms.csv"], False),
        (["data/labels.yml"], False),
        (["package/panels/markup.py"], False),
        (["package/book/edition.py"], False),
        (["_toc.yml"], False),
    ],
)
def test_what_other_pages_tell_must_be_as_it_was(english, changed, is_allowed):
    last = ahead.made_from(english, SOURCES)
    now = ahead.made_from(english, SOURCES | dict.fromkeys(changed, "changed"))
    assert ahead.allowed(last, now, ["chapters/small"]) == is_allowed
    assert not ahead.allowed(last, now, [])


def test_rows_must_stand_where_they_stood(english):
    claims = english.tables.claims
    for changed, is_allowed in (
        (claims.assign(value=None), True),
        (claims.iloc[1:], False),
        (claims.assign(article_id="another"), False),
    ):
        other = replace(english.tables, frames={**english.tables.frames, "claims": changed})
        now = ahead.made_from(type(english)(other, "en"), SOURCES | {"data/claims.csv": "changed"})
        assert ahead.allowed(ahead.made_from(english, SOURCES), now, ["chapters/small"]) == is_allowed
