"""Spans: each lies in its text, and no character is in two rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of
from zhenzhi.data.schema import entry_place

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _spans_lie_in_their_texts(tables: Tables) -> Iterator[Problem]:
    """Every span lies in its document or article, and is at least as long as what it is said to read."""
    documents = {name: (0, length) for _, name, length in rows_of(tables.documents, "document_id", "characters")}
    articles = {name: (start, end) for _, name, start, end in rows_of(tables.articles, "article_id", "start", "end")}
    for table, owner, within in (
        ("articles", "document_id", documents), ("claims", "article_id", articles), ("numerals", "document_id", documents),
        ("codings", "document_id", documents), ("drafts", "document_id", documents),
        ("instrument_evidence", "document_id", documents),
    ):  # fmt: skip
        frame = tables.frames[table]
        reads = frame["as_written"].tolist() if "as_written" in frame else [None] * len(frame)
        for (line, name, start, end), words in zip(rows_of(frame, owner, "start", "end"), reads, strict=True):
            low, high = within.get(name, (None, None))
            if low is None or start is None or end is None:
                continue
            if not low <= start < end <= high:
                yield Problem(
                    cell_of(table, line, owner), f"the span {start}-{end} lies outside {name}, which is {low}-{high}"
                )
            elif words is not None and end - start < len(words):
                yield Problem(
                    cell_of(table, line, "end"),
                    f"{start}-{end} is {end - start} characters long and reads "
                    f"{words!r}; expected at least {len(words)}",
                )
    for line, name, start in rows_of(tables.models, "article_id", "start"):
        low, high = articles.get(name, (None, None))
        if low is not None and start is not None and not low <= start < high:
            yield Problem(cell_of("models", line, "start"), f"{start} lies outside {name}, which is {low}-{high}")
    for number, caveat in enumerate(tables.caveats):
        _, length = documents.get(caveat["document_id"], (0, None))
        start, end = caveat.get("start"), caveat.get("end")
        where = f"caveats.yml, {entry_place(tables.caveats, number)}, key"
        if (start is None) != (end is None):
            missing = "start" if start is None else "end"
            yield Problem(f"{where} {missing}", "it is missing; expected both ends of the passage")
        elif start is not None and length is not None and not 0 <= start < end <= length:
            fault = f"the span {start}-{end} lies outside {caveat['document_id']}, which is 0-{length}"
            yield Problem(f"{where} end", fault)


def _claims_and_numerals_do_not_overlap(tables: Tables) -> Iterator[Problem]:
    """A character of a document is in one row of ``claims.csv``, ``numerals.csv`` or ``drafts.csv``."""
    document_of = tables.document_of
    spans: dict[str | None, list[tuple[int, int, str, int]]] = defaultdict(list)
    for line, article, start, end in rows_of(tables.claims, "article_id", "start", "end"):
        spans[document_of.get(article)].append((start, end, "claims", line))
    for table in ("numerals", "drafts"):
        for line, document, start, end in rows_of(tables.frames[table], "document_id", "start", "end"):
            spans[document].append((start, end, table, line))
    for own in spans.values():
        known = sorted(span for span in own if None not in span)
        for (_, end, other, before), (start, _, table, line) in zip(known, known[1:], strict=False):
            if start < end:
                fault = f"character {start} is in two rows; expected each in one"
                yield Problem(cell_of(table, line, "start"), fault, cell_of(other, before))


RULES: tuple[Rule, ...] = (
    _spans_lie_in_their_texts,
    _claims_and_numerals_do_not_overlap,
)
