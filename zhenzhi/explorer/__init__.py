"""The claims explorer: all claims in one table that a reader filters, sorts, searches and takes away, with no kernel.

``show(book)`` makes it, in a published page as in JupyterLab. Python writes the rows once, as column arrays; the script
``static/explorer.js`` does all else in the browser. The ready-made table, itables (DataTables), brings 440 KB of script,
gzipped, to a page whose data take 32 KB, and cannot be loaded under a strict content security policy. Both are measured
in one run by ``benchmarks/explorer.py``.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache, cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from zhenzhi import EXPLORER_MIME_TYPE, outputs
from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.book.edition import Edition
from zhenzhi.collector import without_collection
from zhenzhi.data import dates
from zhenzhi.data.tables import Tables
from zhenzhi.data.vocabularies import KINDS, RUNGS, STATUSES
from zhenzhi.errors import ZhenzhiError

#: The script and the style sheet of the table.
STATIC = Path(__file__).parent / "static"

#: The verdict on a claim that no check compares with anything.
UNCHECKED = "unchecked"

#: Words of a claim's own columns in which a search looks, and tables whose names it looks in as well.
_SEARCHED = ("claim_id", "as_written", "label_en", "label_zh", "note_en", "note_zh")
_NAMED = {"place_id": "places", "indicator_id": "indicators", "model_id": "models"}

#: Columns that lead to another table, and that table.
_FOREIGN = {**_NAMED, "article_id": "articles", "unit": "units"}

_VERDICTS = (CONSISTENT, INCONSISTENT, UNDETERMINED, UNCHECKED)

_WORDS = ("search", "hint", "all", "count", "none", "more", "reset", "csv", "sort", "table", "filters")


_BOTH = ("en", "zh")

#: Columns of the file that a reader takes away, as far as their order matters: what it is, how much, where, when, how sure.
_FILE_FIRST = (
    *("claim_id", "label_en", "label_zh", "as_written", "value", "value_high", "unit", "qualifier"),
    *("place_en", "place_zh", "period_start", "period_end", "document_id", "document_en", "document_zh"),
    *("kind", "status", "rung", "verdict"),
)


class ExplorerError(ZhenzhiError):
    """The claims cannot be shown; the text names the claim and the column."""


class Explorer:
    """The table of claims; the last value of a code cell shows it.

    Attributes:
        content: all that the script shows: names of the controls, facets, columns, and the claims as column arrays.
    """

    def __init__(self, content: dict):
        self.content = content

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return outputs.bundle({EXPLORER_MIME_TYPE: self.content}, {"text/html": self._lab(), "text/plain": repr(self)})

    def __repr__(self) -> str:
        return f"Explorer of {len(self.content['table']['claim_id'])} claims"

    def _lab(self) -> str:
        """The table for JupyterLab, with its script and style inside; a viewer that runs no script shows a plain one."""
        style, script = ((STATIC / f"explorer.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
        return f"<style>{style}</style>{panel(self.content, _plain(self.content))}<script>{script}</script>"


def show(edition: Edition, claims: pd.DataFrame | None = None) -> Explorer:
    """The explorer of a frame of claims.

    Args:
        edition: the book in one language; its audit gives the verdicts.
        claims: a frame with the columns of ``claims.csv``, such as ``book.tables.claims.query("rung == 'outcome'")``; all
            claims by default. Further columns go into the CSV file.

    Raises:
        ExplorerError: a column is missing, a claim stands twice, or a claim names something that the book does not have.
    """
    # What is made of each claim all stays, and the search for cycles would look through it again and again.
    with without_collection():
        return Explorer(_Rows(edition, edition.tables.claims if claims is None else claims).content())


def panel(content: dict, inside: str = "", address: bool = False) -> str:
    """The table as HTML: an element with the data, which the script fills.

    Args:
        inside: HTML for a reader without scripts.
        address: whether the filters are kept in the address of the page.
    """
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Within a script element only < could end the data.
    data = data.replace("<", "\\u003c")
    kept = " data-address" if address else ""
    return f'<div class="zz-explorer"{kept}>{inside}<script type="application/json">{data}</script></div>'


def _plain(content: dict) -> str:
    """What the table holds, as HTML that nothing can be done with."""
    columns = [column for column in content["columns"] if "cells" in column]
    head = "".join(f'<th scope="col">{escape(column["name"])}</th>' for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
        for row in zip(*(column["cells"] for column in columns), strict=True)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class _Rows:
    """Claims as the columns and facets of the table."""

    def __init__(self, edition: Edition, claims: pd.DataFrame):
        self.book, tables = edition, edition.tables
        missing = [column for column in tables.claims.columns if column not in claims.columns]
        if missing:
            raise ExplorerError(f"explorer: the claims lack {', '.join(missing)}; expected the columns of claims.csv")
        claims = claims.set_index("claim_id", drop=False).astype(object)
        self.claims = claims.where(claims.notna(), None)
        self._check()
        # Words are made from the frame itself, which may differ from the book's own.
        frames = MappingProxyType({**tables.frames, "claims": self.claims})
        self.edition = Edition(Tables(tables.folder, frames, tables.yaml), edition.language)

    def _check(self) -> None:
        twice = self.claims.index[self.claims.index.duplicated()]
        if len(twice):
            raise ExplorerError(f"explorer: the claim {twice[0]!r} stands twice; expected each once")
        for column, name in _FOREIGN.items():
            known = getattr(self.book.tables, name).index
            unknown = {value for value in self.claims[column].unique() if value is not None and value not in known}
            for claim_id, value in self.claims[column].items() if unknown else ():
                if value in unknown:
                    raise ExplorerError(
                        f"explorer: claim {claim_id!r}, column {column}: {value!r} is unknown; expected one of {name}.csv"
                    )

    def content(self) -> dict:
        table = {column: _cells(values) for column, values in self.claims.items()}
        return {
            "language": self.edition.language,
            "words": {word: self.edition.label(f"explorer-{word}", **_KEPT.get(word, {})) for word in _WORDS},
            "facets": self._facets(),
            "columns": self._columns(),
            "searched": _SEARCHED,
            "names": {column: self._names(column, name) for column, name in _NAMED.items()},
            "table": {**table, "verdict": self._verdicts},
            "file": self._file(),
        }

    def _file(self) -> dict:
        """The CSV that a reader takes away: its columns in order, and names that the table holds as IDs only."""
        tables, claims = self.edition.tables, self.claims
        documents = tables.articles.loc[claims["article_id"], "document_id"]
        names = {
            f"place_{language}": list(tables.places.loc[claims["place_id"], f"name_{language}"]) for language in _BOTH
        }
        names["document_id"] = list(documents)
        names |= {
            f"document_{language}": list(tables.documents.loc[documents, f"title_{language}"]) for language in _BOTH
        }
        rest = [column for column in claims.columns if column not in _FILE_FIRST]
        return {"columns": [*_FILE_FIRST, *rest], "names": names}

    def _names(self, column: str, name: str) -> dict[str, str]:
        """English and Chinese names of what the claims name in a column."""
        table = getattr(self.edition.tables, name)
        used = self.claims[column].dropna().unique()
        return {key: f"{table.at[key, 'name_en']} {table.at[key, 'name_zh']}" for key in used}

    @cached_property
    def _verdicts(self) -> list[str]:
        """The verdict on each claim: inconsistent where any check finds fault, undetermined where none can decide."""
        checked = set(self.book.checked)
        return [self.book.flag(name) or (CONSISTENT if name in checked else UNCHECKED) for name in self.claims.index]

    # Facets

    def _facets(self) -> list[dict]:
        label = self.edition.label
        documents, document_of = self.edition.tables.documents, self.edition.tables.document_of
        topics = self.edition.tables.indicators["topic"].to_dict()
        # A claim without a period is looked for in the year of its document.
        published = {article: _years(documents.at[name, "published"], None) for article, name in document_of.items()}
        told = {_FIRST: label("told-first"), _AGAIN: label("told-again")}
        claims = self.claims
        times = list(zip(claims["period_start"], claims["period_end"], claims["article_id"], strict=True))

        def words(kind: str) -> Callable[[str], str]:
            return lambda value: label(f"{kind}-{value}")

        def document(value: str) -> str:
            return label("explorer-document", id=value, title=self.edition.local(documents.loc[value], "title"))

        def years(time: tuple) -> list[str]:
            start, end, article = time
            return _years(start, end) or published[article]

        documents_of, topics_of = claims["article_id"].map(document_of), claims["indicator_id"].map(topics)
        tellings = [_FIRST if first is None else _AGAIN for first in claims["repeats"]]
        of_year = {year for time in set(times) for year in years(time)}
        return [
            self._places(),
            self._facet("document", documents.index, documents_of, document),
            self._facet("topic", list(dict.fromkeys(topics.values())), topics_of, words("topic")),
            self._facet("rung", RUNGS, claims["rung"], words("rung")),
            self._facet("kind", KINDS, claims["kind"], words("kind")),
            self._facet("status", STATUSES, claims["status"], words("status")),
            self._facet("verdict", _VERDICTS, self._verdicts, words("verdict")),
            self._facet("year", sorted(of_year), times, str, years),
            self._facet("told", list(told), tellings, told.__getitem__),
        ]

    def _facet(
        self, key: str, values: Sequence[str], cells: Iterable[Hashable], name: Callable[[str], str],
        of: Callable[[Any], list[str]] = lambda cell: [cell], depth: Callable[[str], int] = lambda value: 0,
    ) -> dict:  # fmt: skip
        """A facet: its options in order, and for each claim the positions of those that it has, its own one first.

        Args:
            values: all options that there may be.
            cells: what each claim has.
            of: the options of a cell; asked once for each distinct one.
        """
        cells = list(cells)
        own = {cell: of(cell) for cell in dict.fromkeys(cells)}
        used = {value for some in own.values() for value in some}
        options = [value for value in values if value in used]
        position = {value: number for number, value in enumerate(options)}
        positions = {cell: [position[value] for value in some] for cell, some in own.items()}
        return {
            "key": key,
            "name": self.edition.label(f"column-{key}"),
            "options": [{"value": value, "name": name(value), "depth": depth(value)} for value in options],
            "of": [positions[cell] for cell in cells],
        }

    def _places(self) -> dict:
        """Places as a tree: a claim about a village is found under its town as well."""
        places = self.edition.tables.places

        @cache
        def line(place: str | None) -> list[str]:
            return [] if place is None else [place, *line(places.at[place, "parent_id"])]

        def below(parent: str | None) -> list[str]:
            children = [place for place in places.index if places.at[place, "parent_id"] == parent]
            return [place for child in children for place in (child, *below(child))]

        name = places[f"name_{self.edition.language}"]
        cells = self.claims["place_id"]
        return self._facet("place", below(None), cells, name.get, line, lambda place: len(line(place)) - 1)

    # Columns

    def _columns(self) -> list[dict]:
        """What the table shows: cells of a column of its own, or the option of a facet."""
        edition, claims = self.edition, self.claims
        units, values = claims["unit"].tolist(), claims["value"].tolist()
        amounts = zip(units, values, claims.index, strict=True)
        figures = sorted((unit, value, name) for unit, value, name in amounts if value is not None)
        ends = [_last_day(*ends) for ends in zip(claims["period_start"], claims["period_end"], strict=True)]
        periods = sorted((day, name) for day, name in zip(ends, claims.index, strict=True) if day is not None)
        own: dict[str, dict] = {
            "what": {"cells": list(claims[f"label_{edition.language}"])},
            "figure": {"cells": self._told(edition.amount), "rank": _ranks(claims.index, figures)},
            "period": {"cells": self._told(edition.period), "rank": _ranks(claims.index, periods)},
        }
        order = ("what", "figure", "place", "document", "period", "kind", "rung", "status", "verdict")
        return [{"key": key, "name": edition.label(f"column-{key}"), **own.get(key, {})} for key in order]

    def _told(self, tell: Callable[[str], str]) -> list[str]:
        """What is told of each claim; of claims that are written and coded alike, once."""
        columns = [self.claims[column] for column in self.claims.columns if column not in _APART]
        alike: dict[tuple, str] = {}
        cells = []
        for name, *row in zip(self.claims.index, *columns, strict=True):
            key = tuple(row)
            if key not in alike:
                alike[key] = tell(name)
            cells.append(alike[key])
        return cells


#: Columns that say which claim it is and where it stands, and what is remarked of it, but neither its amount nor its period.
_APART = frozenset(
    {"claim_id", "article_id", "start", "end", "model_id", "repeats", "label_en", "label_zh", "note_en", "note_zh"}
)

#: Whether a document tells a fact for the first time or again.
_FIRST, _AGAIN = "first", "again"

#: Gaps of a sentence that the script fills.
_KEPT = {"count": {"found": "{found}", "all": "{all}"}, "more": {"count": "{count}"}}


def _cells(values: Iterable[Any]) -> list[str]:
    """The cells of a column as they stand in the CSV file."""
    return [value if type(value) is str else _cell(value) for value in values]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _years(start: str | None, end: str | None) -> list[str]:
    """The years that a period touches, as far as its ends are stated."""
    ends = [date for date in (start, end) if date is not None]
    if not ends:
        return []
    return [str(year) for year in range(dates.bounds(ends[0])[0].year, dates.bounds(ends[-1])[1].year + 1)]


def _last_day(start: str | None, end: str | None):
    """The last day of a claim's period, or its first where no end is stated."""
    end = end or start
    return None if end is None else dates.bounds(end)[1]


def _ranks(claims: pd.Index, ordered: list[tuple]) -> list[int | None]:
    """The place of each claim in an order, equal for equals; ``None`` for a claim that is not in it."""
    ranks, before, rank = {}, None, -1
    for *key, claim in ordered:
        rank += key != before
        ranks[claim], before = rank, key
    return [ranks.get(claim) for claim in claims]
