"""The built pages on the argument: findings with their evidence and citation, and what was looked for and not found."""

import re
from html import unescape

import pytest


@pytest.fixture(scope="module")
def page(html) -> str:
    return (html / "chapters" / "findings.html").read_text(encoding="utf-8")


def part(page: str, finding_id: str) -> str:
    start = page.index(f'id="finding-{finding_id}"')
    return page[start : page.index('class="zz-cite-fold"', start) + 300]


def test_every_finding_has_an_anchor_its_evidence_and_a_citation(page, english):
    for entry in english.tables.findings:
        own = part(page, entry["finding_id"])
        text = unescape(re.sub(r"<[^>]+>", "", own))
        assert entry["overturn"]["en"][:40] in text
        assert f'data-held="zhenzhi-finding-{entry["finding_id"]}"' in own
        for passage in (*entry["evidence"]["passages"], *entry["counter"]):
            assert passage["as_written"] in text, entry["finding_id"]
        for claim_id in entry["evidence"]["claims"]:
            assert f"#claim-{claim_id}" in own, entry["finding_id"]


def test_the_table_of_silences_says_what_was_looked_for(page, english):
    silences = english.tables.silences
    for row in silences[silences["as_written"].isna()].itertuples():
        assert "、".join(row.words_absent_zh.split()) in page, f"{row.model_id} {row.question}"
    assert page.count("zz-mark-blank") == silences["as_written"].isna().sum()


def test_a_finding_is_found_by_search(html, english):
    index = (html / "_static" / "search-data.js").read_text(encoding="utf-8")
    for entry in english.tables.findings:
        assert f"finding-{entry['finding_id']}" in index
