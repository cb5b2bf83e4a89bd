"""What a proposed row looks like, by the claims and indicators that the data package has already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenzhi.coding import propose
from zhenzhi.coding.edit import Row
from zhenzhi.data import standard
from zhenzhi.data.rules.claims import OF_ANY_UNIT
from zhenzhi.data.tables import Tables

#: The part of a name that must stand beside a figure for it to be worth a suggestion.
_RESEMBLING = 0.5

#: How many indicators, and how many earlier claims, are suggested of one row.
_MOST = 3


@dataclass(frozen=True)
class Suggestion:
    """Cells that a row may be meant to have, and why."""

    text: str
    cells: Row


def indicators(data: Tables, text: str, row: Row) -> list[str]:
    """The indicators that a proposed claim may be one of, the likeliest first."""
    span = int(row["start"]), int(row["end"])
    return propose.likely(data, text, *span, row["unit"] or None, row["kind"] or None, _RESEMBLING)


def example(data: Tables, indicator_id: str) -> str | None:
    """A claim of an indicator."""
    own = data.claims.index[data.claims["indicator_id"] == indicator_id]
    return own[0] if len(own) else None


def follows(data: Tables, indicator_id: str) -> Row:
    """The cells of a claim that follow from its indicator; of one under which anything is counted, few do."""
    cells = propose.of_indicator(data, indicator_id)
    if indicator_id in OF_ANY_UNIT:
        return {column: cells[column] for column in ("indicator_id", "rung")}
    return cells | {"unit": standard.row(data, indicator_id)["unit"]}


def of_row(data: Tables, text: str, row: Row, earlier: Sequence[Row]) -> Iterator[Suggestion]:
    """What a proposed claim looks like.

    Args:
        data: the data package.
        text: the text of the document.
        row: the proposed row.
        earlier: claims of the same document, coded and proposed, that stand before it.
    """
    near = indicators(data, text, row)[:_MOST]
    for name in near:
        if name != row["indicator_id"]:
            claim = example(data, name)
            like = f" {claim} ({data.claims.at[claim, 'as_written']})," if claim else ""
            yield Suggestion(f"looks like{like} indicator {name}", follows(data, name))
    usual = _usual(data, row["kind"])
    if usual and not near and not row["indicator_id"]:
        yield Suggestion(f"most claims of kind {row['kind']} have indicator {usual}", follows(data, usual))
    same = ("value", "value_high", "unit", "kind")
    alike = [other for other in earlier if row["value"] and all(other[column] == row[column] for column in same)]
    for other in alike[:_MOST]:
        if other["claim_id"] != row["repeats"] and not other["repeats"]:
            yield Suggestion(
                f"repeats {other['claim_id']} ({other['as_written']})?", {"repeats": other["claim_id"]}
            )  # fmt: skip
    start = int(row["start"])
    articles = data.articles[data.articles["document_id"] == row["document_id"]]
    for about in articles.loc[(articles["start"] <= start) & (start < articles["end"]), "place_ids"].head(1):
        place = propose.place(data, propose.places_of(data), text, start, about.split())
        if place != row["place_id"]:
            yield Suggestion(f"about {place} ({data.places.at[place, 'name_zh']})?", {"place_id": place})


def _usual(data: Tables, kind: str) -> str | None:
    """The indicator of most claims of a kind, where most have the same."""
    counts = data.claims.loc[data.claims["kind"] == kind, "indicator_id"].value_counts()
    return str(counts.index[0]) if len(counts) and counts.iloc[0] * 2 > counts.sum() else None
