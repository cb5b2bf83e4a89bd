"""Where a reader can read what a claim rests on: the public copy of its article, at the words of the claim.

The address ends in a text fragment, which makes a browser scroll to the first place that has these words and mark them. It
holds the phrase of the claim and nothing more of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


class Passages:
    """The passages of the claims of a data package.

    Args:
        tables: the data package.
    """

    def __init__(self, tables: Tables):
        self._tables = tables
        self._figures: dict[tuple[str, str], list[tuple[int, str]]] = {}

    def address(self, claim_id: str) -> str | None:
        """The address of the public copy that holds a claim; nothing where none is known.

        It ends in a text fragment unless a figure before the claim has its phrase too: a browser would stop there.
        """
        claims, articles = self._tables.claims, self._tables.articles
        article_id, start, phrase = (claims.at[claim_id, name] for name in ("article_id", "start", "as_written"))
        url = articles.at[article_id, "url"]
        if url is None:
            return None
        figures = self._figures_of(articles.at[article_id, "document_id"], url)
        if any(at < start and phrase in written for at, written in figures):
            return url
        # A hyphen would be read as a part of the fragment's own signs.
        return f"{url}#:~:text={quote(phrase, safe='').replace('-', '%2D')}"

    def _figures_of(self, document_id: str, url: str) -> list[tuple[int, str]]:
        """The phrases with a numeral of the articles of a document that have the same copy, with where they begin."""
        if (document_id, url) not in self._figures:
            articles, claims, numerals = (self._tables.articles, self._tables.claims, self._tables.numerals)
            own = articles["document_id"] == document_id
            copied = articles[own & (articles["url"] == url)]
            spans = list(zip(copied["start"], copied["end"], strict=True))
            frames = (
                claims[claims["article_id"].isin(articles.index[own])],
                numerals[numerals["document_id"] == document_id],
            )
            self._figures[document_id, url] = [
                (at, written)
                for frame in frames
                for at, written in zip(frame["start"], frame["as_written"], strict=True)
                if any(start <= at < end for start, end in spans)
            ]
        return self._figures[document_id, url]
