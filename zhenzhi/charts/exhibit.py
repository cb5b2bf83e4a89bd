"""What a chapter shows under a number, a picture or a listing, and all that must travel with it."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from zhenzhi import FIGURE_MIME_TYPE, __version__, outputs
from zhenzhi.audit import INCONSISTENT
from zhenzhi.book.edition import Edition
from zhenzhi.data import spreadsheet
from zhenzhi.errors import ZhenzhiError


class ChartError(ZhenzhiError):
    """An exhibit cannot be made; the text names it and what it lacks."""


class Exhibit:
    """A numbered exhibit of a chapter: its words, its claims, its source line and its data.

    Args:
        edition: the book in one language.
        figure_id: the entry of ``data/figures/`` with title, subtitle, caption and mark.
        rows: what it shows, one dictionary a row; see ``row``.
        alt: what it shows in words, with its numbers.
        documents: documents that it rests on as wholes, for the source line beside those of its claims.
        sources: what the source line names besides: pages outside, another body of data.

    Raises:
        ChartError: the words or the data are missing.
    """

    def __init__(
        self,
        edition: Edition,
        figure_id: str,
        rows: Sequence[dict],
        alt: str,
        documents: Sequence[str] = (),
        sources: Sequence[str] = (),
    ):
        entry = edition.chart_text(figure_id)
        self.edition = edition
        self.figure_id = figure_id
        self.title = edition.plain(entry["title"][edition.language])
        self.subtitle = edition.plain(entry["subtitle"][edition.language]) if "subtitle" in entry else ""
        self.caption = entry["caption"][edition.language]
        self.mark = edition.label(f"mark-{entry['mark']}")
        self.alt = alt
        self.data = pd.DataFrame(rows)
        self.documents = list(documents)
        self._sources = sources
        if not alt.strip():
            raise ChartError(f"figure {figure_id}: the alt text is empty; expected a sentence")
        if self.data.empty:
            raise ChartError(f"figure {figure_id}: it shows no data; expected at least one row")

    @cached_property
    def claims(self) -> list[str]:
        """The claims that the exhibit rests on."""
        named = [claim for cell in self.data["claims"] for claim in cell.split()]
        return list(dict.fromkeys(named))

    @cached_property
    def source(self) -> str:
        """The source line: publisher and date of each document the figure rests on, and the version of the book."""
        documents = self.edition.tables.documents
        of_claims = [self.edition.document_of(claim)["document_id"] for claim in self.claims]
        ids = dict.fromkeys([*self.documents, *of_claims])
        told = [self.edition.source_of(documents.loc[document_id]) for document_id in ids]
        sources = self.edition.sequence([*told, *self._sources])
        return self.edition.label("source-line", sources=sources, version=__version__)

    def csv(self) -> str:
        """What the exhibit shows as CSV for a spreadsheet; each row says which figure it is of, its source and licence."""
        return spreadsheet.to_csv(self.data.assign(figure_title=self.title, source=self.source, licence="CC BY 4.0"))

    def common(self) -> dict[str, str]:
        """The exhibit in MIME types that any viewer of notebooks knows.

        Raises:
            NotImplementedError: this is no kind of exhibit.
        """
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """What the book sets, as JSON can hold it."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        exchange = {
            "figure_id": self.figure_id,
            "caption": self.caption,
            "alt": self.alt,
            "claims": self.claims,
            "csv": self.csv(),
            "rows": json.loads(self.data.to_json(orient="split", force_ascii=False)),
            **self.content(),
        }
        common = {**self.common(), "text/plain": self.edition.label("title-and-text", title=self.title, text=self.alt)}
        return outputs.bundle({FIGURE_MIME_TYPE: exchange}, common)


def row(edition: Edition, name: str, **more) -> dict:
    """A row of a chart's data: what a claim or computed quantity says, its bounds, and where it comes from.

    The bounds are decimals in the base unit; an empty one is open.
    """
    quantity = edition.quantity(name)
    computed = "." in name
    claims = " ".join(edition.result(name.partition(".")[0]).claims) if computed else name
    return {
        "what": edition.name_of(name),
        "figure": edition.amount(name) + (" ≠" if edition.flag(name) == INCONSISTENT else ""),
        "value": None if quantity.value is None else float(quantity.value),
        "low": None if quantity.interval.low is None else float(quantity.interval.low),
        "high": None if quantity.interval.high is None else float(quantity.interval.high),
        "unit": quantity.unit,
        "mark": edition.label("mark-computed" if computed else "mark-reported"),
        "as_written": "" if computed else edition.claim(name)["as_written"],
        "claims": claims,
        **more,
    }
