"""The built pages on the evidence: caveats, source cards, and a claim step by step."""

import re

import pytest


@pytest.fixture(scope="module")
def sources(html) -> str:
    return (html / "chapters" / "sources.html").read_text(encoding="utf-8")


def test_every_caveat_has_an_anchor_and_leads_to_its_claims(html, english):
    for caveat in english.tables.caveats:
        register = (html / "chapters" / "register" / f"{caveat['document_id']}.html").read_text(encoding="utf-8")
        start = register.index(f'id="caveat-{caveat["caveat_id"]}"')
        entry = register[start : register.index("</li>", start)]
        linked = re.findall(r'href="[^"#]*#claim-([a-z0-9-]+)"', entry)
        assert linked == caveat["affects"], caveat["caveat_id"]


def test_the_address_that_a_caveat_had_in_the_chapter_leads_to_the_register(sources, english):
    for caveat in english.tables.caveats:
        start = sources.index(f'id="caveat-{caveat["caveat_id"]}"')
        assert f'href="register/{caveat["document_id"]}.html#caveat-' in sources[start : sources.index("</p>", start)]


def test_every_document_has_a_card_with_the_basis_of_its_date(sources, english):
    for document_id, document in english.tables.documents.iterrows():
        start = sources.index(f'id="source-{document_id}"')
        card = sources[start : sources.index("</dl>", start)]
        assert f", {document['date_basis']}" in card
        assert ("not excluded" in card) == bool(document["not_excluded"])


def test_the_steps_of_a_claim_come_from_its_record(html, english):
    text = (html / "chapters" / "method.html").read_text(encoding="utf-8")
    steps = text[text.index('class="zz-anatomy"') : text.index('id="what-a-figure-in-print-can-stand-for"')]
    claim = english.claim("jm24-rail-daily")
    assert f"characters {claim['start']:,} to {claim['end']:,}" in steps
    assert english.interval(english.quantity("jm24-rail-daily")) in steps
    assert "#check-jm24-rail-average" in steps and "#caveat-jm24-growth-base" in steps
