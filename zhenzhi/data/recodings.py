"""How the picture of rungs depends on its coding: as settled, as each coder read, and as other rulings would have it.

A fact told again counts once. Claims that a coder did not find are not counted for that coder, and what only a coder took
for a claim is.
"""

from collections import Counter
from collections.abc import Collection

import pandas as pd

from zhenzhi.data.tables import Tables
from zhenzhi.data.vocabularies import RUNGS

SETTLED, CODERS = "settled", ("A", "B")


def names(tables: Tables) -> list[str]:
    """Every reading: as settled, the coders, and those of ``readings.yml``."""
    return [SETTLED, *CODERS, *(reading["reading_id"] for reading in tables.readings)]


def recoding(tables: Tables) -> list[str]:
    """The readings of ``readings.yml`` that count a claim as another rung and leave none out."""
    return [reading["reading_id"] for reading in tables.readings if reading["rung"] != "none"]


def counts(tables: Tables, articles: Collection[str], reading: str = SETTLED) -> dict[str, int]:
    """How many claims of the articles stand on each rung in a reading.

    Raises:
        KeyError: there is no such reading.
    """
    claims = tables.claims
    own = claims[claims["article_id"].isin(list(articles))]
    if reading in CODERS:
        found = _as_coded(tables, articles, own, reading)
    else:
        found = _as_ruled(tables, own[own["repeats"].isna()], reading)
    tally = Counter(found)
    return {rung: tally[rung] for rung in RUNGS}


def _as_ruled(tables: Tables, claims: pd.DataFrame, reading: str) -> list[str]:
    if reading == SETTLED:
        return list(claims["rung"])
    rulings = {entry["reading_id"]: entry for entry in tables.readings}
    where, rung = rulings[reading]["where"], rulings[reading]["rung"]
    hit = pd.Series(True, index=claims.index)
    for column, values in where.items():
        hit &= claims[column].isin(values)
    return list(claims["rung"].where(~hit, rung))


def _as_coded(tables: Tables, articles: Collection[str], claims: pd.DataFrame, coder: str) -> list[str]:
    found = []
    for name in articles:
        article = tables.articles.loc[name]
        codings = tables.codings
        rows = codings[
            (codings["document_id"] == article["document_id"])
            & (codings["coder"] == coder)
            & (codings["start"] >= article["start"])
            & (codings["end"] <= article["end"])
        ]
        for row in rows.itertuples():
            same = claims[(claims["start"] < row.end) & (row.start < claims["end"]) & (claims["article_id"] == name)]
            if same.empty or same["repeats"].isna().any():
                found.append(row.rung)
    return found
