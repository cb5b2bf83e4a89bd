"""Which way a relation of answering leads, so far as its text gives both of its ends.

An empty cell of ``relations.csv`` is what the text does not say: no party and no level is put in its place.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import line_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: Levels from the lowest to the highest, as ``relations.csv`` has them.
LEVELS = ("residents", "village", "town", "district", "province")

#: Stands for the level of superiors where the text calls them no more than that.
ABOVE = "above"

#: By which act somebody answers, as ``relations.csv`` has them.
ACTS = ("task", "report", "inspect", "assess", "judge", "choose", "ask", "hear")

#: The ways that a relation can lead; open where the text leaves an end or its level open.
WAYS = ("up", "level", "down", "open")


def way(answers_level: str | None, to_level: str | None) -> str:
    """Which way leads from who answers to whom."""
    if answers_level is None or to_level is None:
        return "open"
    if to_level == ABOVE:
        return "up"
    rise = LEVELS.index(to_level) - LEVELS.index(answers_level)
    return "up" if rise > 0 else "down" if rise < 0 else "level"


def _relations_claim_no_more_than_they_name(tables: "Tables") -> Iterator[Problem]:
    """A relation names at least one party, and gives no level to one that it does not name."""
    for position, row in enumerate(tables.relations.to_dict("records")):
        for party in ("answers", "to"):
            if row[f"{party}_en"] is None and row[f"{party}_level"] is not None:
                yield Problem(
                    cell_of("relations", line_of(position), f"{party}_level"),
                    f"{row[f'{party}_level']!r}; expected no level where {party}_en is empty",
                )
        if row["answers_en"] is None and row["to_en"] is None:
            yield Problem(
                cell_of("relations", line_of(position), "answers_en"),
                "the cell is empty; expected one of the two parties named",
            )


RULES: tuple[Rule, ...] = (_relations_claim_no_more_than_they_name,)
