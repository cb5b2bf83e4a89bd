"""The matrix of instruments by place: its columns, its cells, and whether the texts bear them out.

A column is a town or city in one document. A cell holds the passages that mention an instrument there. It is blank where
none of the words looked for stands in the articles of the column, which says nothing about the place itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from zhenzhi.data import dates
from zhenzhi.data.tables import Tables
from zhenzhi.data.vocabularies import LEVELS

#: Levels of places that have a column of their own; what is below belongs to the place above it.
_LEVELS = frozenset(LEVELS) - {"village", "site"}


@dataclass(frozen=True)
class Column:
    """A place in one document, and the articles that are about it."""

    place_id: str
    document_id: str
    articles: tuple[str, ...]


def town_of(tables: Tables, place_id: str) -> str:
    """The place itself, or the town or city that a village or site lies in."""
    while tables.places.at[place_id, "level"] not in _LEVELS:
        place_id = tables.places.at[place_id, "parent_id"]
    return place_id


def columns(tables: Tables) -> list[Column]:
    """The columns of the matrix: the towns and cities in the order of ``places.csv``, each by the date of its documents."""
    evidence = tables.instrument_evidence
    found = [(town_of(tables, row.place_id), row.document_id, _article(tables, row)) for row in evidence.itertuples()]
    documents = [document for _, document in dict.fromkeys(entry[:2] for entry in found)]
    made = []
    for place, document in dict.fromkeys(entry[:2] for entry in found):
        if documents.count(document) == 1:
            articles = tables.articles.index[tables.articles["document_id"] == document]
        else:
            articles = dict.fromkeys(article for *column, article in found if column == [place, document])
        made.append(Column(place, document, tuple(articles)))
    order = {place: number for number, place in enumerate(tables.places.index)}

    def when_and_where(column: Column) -> tuple:
        published = tables.documents.at[column.document_id, "published"]
        return order[column.place_id], dates.bounds(published)[1]

    return sorted(made, key=when_and_where)


def _article(tables: Tables, row) -> str | None:
    articles = tables.articles[tables.articles["document_id"] == row.document_id]
    own = articles[(articles["start"] <= row.start) & (row.end <= articles["end"])]
    return own.index[0] if len(own) else None


def cells(tables: Tables) -> dict[tuple[str, Column], pd.DataFrame]:
    """The evidence for each instrument in each column; what is not there is blank."""
    evidence = tables.instrument_evidence
    towns = evidence["place_id"].map(lambda place: town_of(tables, place))
    keys = {(column.place_id, column.document_id): column for column in columns(tables)}
    grouped = evidence.groupby(["instrument_id", towns, "document_id"], sort=False)
    return {(instrument, keys[town, document]): rows for (instrument, town, document), rows in grouped}


def problems(tables: Tables, texts: Mapping[str, str]) -> list[str]:
    """What the texts do not bear out: a passage that reads otherwise, a cell without its words, a blank with them.

    Args:
        texts: the texts of documents by ID; documents without a text are passed over.
    """
    found = []
    for row in tables.instrument_evidence.itertuples():
        where = f"instrument_evidence.csv, {row.instrument_id} {row.document_id} {row.start}"
        if row.document_id not in texts:
            continue
        reads = "".join(texts[row.document_id][row.start : row.end].split())
        if reads != row.as_written:
            found.append(f"{where}, column as_written: {row.as_written!r}; expected {reads!r}, as the characters read")
        if _article(tables, row) is None:
            found.append(f"{where}, column start: the passage lies in no article of {row.document_id}")
    filled = cells(tables)
    for column in columns(tables):
        if column.document_id not in texts:
            continue
        text = "".join(
            "".join(texts[column.document_id][article["start"] : article["end"]].split())
            for article in (tables.articles.loc[name] for name in column.articles if name)
        )
        for instrument in tables.instruments.itertuples():
            stand = [word for word in instrument.words_zh.split() if word in text]
            blank = (instrument.instrument_id, column) not in filled
            where = f"instruments.csv, {instrument.instrument_id}, column words_zh"
            if blank and stand:
                found.append(
                    f"{where}: {stand[0]!r} stands in {column.document_id} on {column.place_id}, whose cell is blank; "
                    "expected a row of instrument_evidence.csv"
                )
            elif not blank and not stand:
                found.append(
                    f"{where}: none of the words stands in {column.document_id} on {column.place_id}, whose cell is "
                    "filled; expected a word of the passage"
                )
    return found
