"""A record of a register: the entry of a claim, an outside figure or a model, with an anchor that leads to itself."""

from docutils import nodes
from markupsafe import Markup

from zhenzhi.book.edition import Edition


def record(anchor: str, name: str, figure: str, text: str) -> nodes.container:
    """A record with its head: the figure, what it is (or nothing), and the name of the record as a link to it."""
    entry = nodes.container(ids=[anchor], classes=["zz-record"])
    head = nodes.paragraph(classes=["zz-record-head"])
    head += nodes.strong(text=figure)
    head += nodes.Text(f" {text} " if text else " ")
    head += nodes.reference("", name, internal=True, refid=anchor, classes=["zz-record-id"])
    entry += head
    return entry


def facts(pairs: list[tuple[str, str]]) -> nodes.raw:
    """What is told of a record, from pairs of a term and a text; a text is escaped unless it is ``Markup``."""
    listed = Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(term, text) for term, text in pairs)
    return nodes.raw("", str(Markup("<dl>{}</dl>").format(listed)), format="html")


def verdict_mark(edition: Edition, verdict: str) -> nodes.inline:
    """A verdict in words, with the sign and the colour of what it says."""
    return nodes.inline(text=edition.label(f"verdict-{verdict}"), classes=["zz-verdict", f"zz-{verdict}"])


def line(term: str, *content: nodes.Node) -> nodes.paragraph:
    """A line of a record: a term and what it leads to."""
    paragraph = nodes.paragraph(text=f"{term} ", classes=["zz-record-line"])
    paragraph += list(content)
    return paragraph
