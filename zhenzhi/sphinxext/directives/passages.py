"""Passages of the documents as nodes: a short quotation with where it stands, and a blank with what was looked for."""

from docutils import nodes

from zhenzhi.book.edition import Edition
from zhenzhi.book.passages import answers, looked_for, where_told
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


def of_silence(edition: Edition, model_id: str, question: str) -> nodes.paragraph:
    """A blank of the table of silences: the system as a link, what was asked, and the words looked for in vain."""
    row = answers(edition, model_id)[question]
    name = edition.local(edition.model(model_id), "name")
    paragraph = nodes.paragraph("", "", anchors.link(kind="model", name=model_id, text=name, classes=[]))
    paragraph += nodes.Text(
        edition.label("name-separator") + edition.label(f"question-{question}") + edition.label("word-separator")
    )
    paragraph += nodes.inline(text=looked_for(edition, row), classes=["zz-blank"])
    return paragraph
