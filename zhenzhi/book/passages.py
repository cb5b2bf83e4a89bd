"""What stands behind a statement of the book: where a passage is told, what was looked for in vain, what fills a cell."""

import pandas as pd

from zhenzhi.book.edition import Edition


def where_told(edition: Edition, document_id: str, start: int) -> str:
    """The place that the article around a character is about, and the year of its document."""
    articles = edition.tables.articles
    own = articles[(articles["document_id"] == document_id) & (articles["start"] <= start) & (start < articles["end"])]
    place_id = own.iloc[0]["place_ids"].split()[0]
    return edition.place_and_year(place_id, document_id)


def answers(edition: Edition, model_id: str) -> dict[str, dict]:
    """The rows of the table of silences on a system, by question."""
    silences = edition.tables.silences
    return {row["question"]: row for row in silences[silences["model_id"] == model_id].to_dict("records")}


def looked_for(edition: Edition, row) -> str:
    """Which words were looked for in vain, and which stand in the article about something else."""
    text = edition.label("silence-looked-for", words="、".join(row["words_absent_zh"].split()))
    if row["words_elsewhere_zh"]:
        text += edition.label("sentence-separator") + edition.label(
            "silence-elsewhere", words="、".join(row["words_elsewhere_zh"].split())
        )
    return text


def of_cell(edition: Edition, cell: dict) -> pd.DataFrame:
    """The passages behind a cell of the matrix of instruments (``instrument_id``, ``document_id``)."""
    evidence = edition.tables.instrument_evidence
    return evidence[
        (evidence["instrument_id"] == cell["instrument_id"]) & (evidence["document_id"] == cell["document_id"])
    ]
