"""What a page must know to show the text of a document."""

import hashlib
import json

from helpers.made_up import TEXTS
from zhenzhi import texts
from zhenzhi.amounts.around import squeezed
from zhenzhi.book.edition import Edition


def test_rows_are_told_with_the_place_at_which_they_read_so(made_english):
    content, text = texts.content(made_english, "aa21"), TEXTS["aa21"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert content["document"] == {"id": "aa21", "sha256": digest, "characters": len(text)}
    claims = made_english.tables.claims
    assert {row[0] for row in content["claims"]} == set(claims.index[claims["article_id"] == "aa21-report"])
    assert all(squeezed(text[start:end]) == words for _, start, end, words in content["claims"])


def test_each_other_numeral_has_its_reason_in_the_language_of_the_page(english):
    for edition in (english, Edition(english.tables, "zh")):
        content = texts.content(edition, "jj17")
        own = edition.tables.numerals[edition.tables.numerals["document_id"] == "jj17"]
        assert len(content["numerals"]) == len(own)
        assert content["reasons"]["date"] == edition.label("numeral-date")
        assert {reason for _, _, reason in content["numerals"]} == set(content["reasons"])


def test_no_content_ends_the_element_that_holds_it():
    content = {"words": "</script><!-- & 数"}
    assert "<" not in texts.as_json(content)
    assert json.loads(texts.as_json(content)) == content
