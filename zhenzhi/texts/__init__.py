"""The text of a document with what is recorded of it in its place, for a person who has the file.

The texts are no part of the book. A page carries what it must know to show one, ``content``; the scripts in ``STATIC`` check
the file that a reader chooses and draw it (``text.js`` draws any text with marks in it).
"""

import json
from pathlib import Path

from zhenzhi.book.edition import Edition

#: The scripts and style sheets.
STATIC = Path(__file__).parent / "static"

_WORDS = (
    *("choose", "close", "mark", "numerals", "region", "right", "unchecked"),
    *("wrong-bytes", "wrong-encoding", "wrong-length", "wrong-sha256", "wrong-words"),
)

#: Gaps of a sentence that the script fills.
_KEPT = ("count", "expected", "found", "name")


def content(edition: Edition, document_id: str) -> dict:
    """What a page must know to show the text of a document: which file it is, its rows with their spans, and words.

    A claim is its ID, its first character, one past its last, and the words that stand there without white space; another
    numeral its two characters and its reason.

    Raises:
        KeyError: there is no such document.
    """
    tables = edition.tables
    document = tables.documents.loc[document_id]
    articles = tables.articles.index[tables.articles["document_id"] == document_id]
    claims = [
        [claim_id, int(claim["start"]), int(claim["end"]), claim["as_written"]]
        for article in articles
        for claim_id, claim in edition.claims_of(article).iterrows()
    ]
    numerals = tables.numerals[tables.numerals["document_id"] == document_id]
    reasons = dict.fromkeys(numerals["reason"])
    kept = {name: f"{{{name}}}" for name in _KEPT}
    return {
        "document": {"id": document_id, "sha256": document["sha256"], "characters": int(document["characters"])},
        "claims": claims,
        "numerals": [[int(row.start), int(row.end), row.reason] for row in numerals.itertuples()],
        "reasons": {reason: edition.label(f"numeral-{reason}") for reason in reasons},
        "words": {
            word: edition.label(f"text-{word}", **kept | {"title": edition.local(document, "title")}) for word in _WORDS
        },
    }


def as_json(content: dict) -> str:
    """Content as it may stand in a script element, in which only < could end it."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
