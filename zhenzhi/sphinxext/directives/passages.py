"""Passages of the documents as nodes: a short quotation with where it stands, and a blank with what was looked for."""

from docutils import nodes

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env import anchors


def quoted(edition: Edition, passage: dict) -> nodes.paragraph:
    """A passage (``document_id``, ``start``, ``as_written``, ``shows``): its words, where they stand, what they show."""
    paragraph = nodes.paragraph("", "", nodes.inline(text=passage["as_written"], classes=["zz-quote"]))
    where = where_told(edition, passage["document_id"], passage["start"])
    paragraph += nodes.Text(
        edition.label("word-separator")
        + edition.label("passage-told", where=where, shows=passage["shows"][edition.language])
    )
    return paragraph


def where_told(edition: Edition, document_id: str, start: int) -> str:
    """The place that the article around a character is about, and the year of its document."""
    articles = edition.tables.articles
    own = articles[(articles["document_id"] == document_id) & (articles["start"] <= start) & (start < articles["end"])]
    place_id = own.iloc[0]["place_ids"].split()[0]
    return edition.place_and_year(place_id, document_id)


def of_silence(edition: Edition, model_id: str, question: str) -> nodes.paragraph:
    """A blank of the table of silences: the system as a link, what was asked, and the words looked for in vain."""
    silences = edition.tables.silences
    row = silences[(silences["model_id"] == model_id) & (silences["question"] == question)].to_dict("records")[0]
    name = edition.local(edition.model(model_id), "name")
    paragraph = nodes.paragraph("", "", anchors.link(kind="model", name=model_id, text=name, classes=[]))
    paragraph += nodes.Text(
        edition.label("name-separator") + edition.label(f"question-{question}") + edition.label("word-separator")
    )
    paragraph += nodes.inline(text=looked_for(edition, row), classes=["zz-blank"])
    return paragraph


def looked_for(edition: Edition, row) -> str:
    """Which words were looked for in vain, and which stand in the article about something else."""
    text = edition.label("silence-looked-for", words="、".join(row["words_absent_zh"].split()))
    if row["words_elsewhere_zh"]:
        text += edition.label("sentence-separator") + edition.label(
            "silence-elsewhere", words="、".join(row["words_elsewhere_zh"].split())
        )
    return text
