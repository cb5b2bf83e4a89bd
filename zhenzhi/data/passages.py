"""Where a reader can read what a claim rests on: the public copy of its article, at the words of the claim.

The address ends in a text fragment, which makes a browser scroll to the first place that has these words and mark them. It
holds the phrase of the claim and nothing more of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def address(tables: Tables, claim_id: str) -> str | None:
    """The address of the public copy that holds a claim; nothing where none is known.

    It ends in a text fragment unless a figure before the claim has its phrase too: a browser would stop there.
    """
    claim = tables.claims.loc[claim_id]
    url = tables.articles.at[claim["article_id"], "url"]
    if url is None:
        return None
    if _stands_before(tables, claim, url):
        return url
    # A hyphen would be read as a part of the fragment's own signs.
    return f"{url}#:~:text={quote(claim['as_written'], safe='').replace('-', '%2D')}"


def _stands_before(tables: Tables, claim: pd.Series, url: str) -> bool:
    """Whether a phrase with a numeral that holds the claim's stands before it in the articles of the same copy."""
    documents, numerals = tables.articles["document_id"], tables.frames["numerals"]
    document = documents[claim["article_id"]]
    copied = tables.articles[(tables.articles["url"] == url) & (documents == document)]
    claims = tables.claims[tables.claims["article_id"].map(documents) == document]
    rows = pd.concat(
        [frame[["start", "as_written"]] for frame in (claims, numerals[numerals["document_id"] == document])]
    )
    earlier = rows[(rows["start"] < claim["start"]) & rows["as_written"].str.contains(claim["as_written"], regex=False)]
    spans = list(zip(copied["start"], copied["end"], strict=True))
    return any(start <= at < end for at in earlier["start"] for start, end in spans)
