"""The directive ``silences``: what the documents say of a system when six things are asked of it, and what was not found."""

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.book.passages import answers, looked_for
from zhenzhi.data.argument import QUESTIONS
from zhenzhi.sphinxext.directives.instruments import folded
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of

#: What a cell of the matrix can be.
_STATES = ("said", "blank", "apart")


class Silences(SphinxDirective):
    """``{silences} MODEL`` or ``{silences} PREFIX``: what is said of each system; without an argument, of all.

    All together stand as a matrix of marks, narrow enough for a phone, and below it the tables by document, folded.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        models = list(dict.fromkeys(edition.tables.silences["model_id"]))
        if not self.arguments:
            return [_legend(edition), _marks(edition, models), *self._by_document(edition, models)]
        own = [model for model in models if model.startswith(self.arguments[0])]
        if not own:
            raise self.error(f"silences: no system begins with {self.arguments[0]!r}; expected some of silences.csv")
        return [self._table(edition, own)]

    def _by_document(self, edition: Edition, models: list[str]) -> list[nodes.Node]:
        documents: dict[str, list[str]] = {}
        for model in models:
            article = edition.tables.models.at[model, "article_id"]
            documents.setdefault(edition.tables.articles.at[article, "document_id"], []).append(model)
        made: list[nodes.Node] = []
        for document_id, own in documents.items():
            document = edition.tables.documents.loc[document_id]
            made.append(folded("", self._table(edition, own), summary=edition.source_of(document)))
        return made

    def _table(self, edition: Edition, models: list[str]) -> nodes.table:
        rows = []
        for model in models:
            system = nodes.entry("", nodes.paragraph("", "", _link(edition, model)), morecols=1)
            rows.append(nodes.row("", system, classes=["zz-silences-system"]))
            cells = answers(edition, model)
            for question in QUESTIONS:
                if question in cells:
                    asked = [nodes.Text(edition.label(f"question-{question}"))]
                    rows.append(_row([asked, self._cell(edition, cells[question])]))
        head = [[nodes.Text(edition.label("silence-asked"))], [nodes.Text(edition.label("silence-said"))]]
        return _table_of(head, rows, [32, 68], ["zz-silences"])

    def _cell(self, edition: Edition, row) -> list[nodes.Node]:
        if row["as_written"] is None:
            return [nodes.inline(text=f"– {looked_for(edition, row)}", classes=["zz-blank"])]
        inline, messages = self.parse_inline(edition.local(row, "says"))
        return [
            *inline,
            nodes.Text(edition.label("word-separator")),
            nodes.inline(text=row["as_written"], classes=["zz-quote"]),
        ]


def _legend(edition: Edition) -> nodes.paragraph:
    """What the signs of the matrix mean."""
    states = (
        edition.label(f"silence-mark-{state}") + " " + edition.label(f"silence-state-{state}") for state in _STATES
    )
    return nodes.paragraph(text=edition.listing(list(states)), classes=["zz-silence-legend"])


def _marks(edition: Edition, models: list[str]) -> nodes.table:
    """All systems by question: filled where something is said, open for a blank, a dot where it is not asked."""
    head = [[nodes.Text(edition.label("silence-system"))]]
    head += [[nodes.Text(edition.label(f"question-short-{question}"))] for question in QUESTIONS]
    rows = []
    for model in models:
        cells = answers(edition, model)
        states = [
            "apart" if question not in cells else "blank" if cells[question]["as_written"] is None else "said"
            for question in QUESTIONS
        ]
        row = _row([[_link(edition, model)]])
        row += [nodes.entry("", *_mark(edition, state), classes=[f"zz-mark-{state}"]) for state in states]
        rows.append(row)
    return _table_of(head, rows, [40, *([10] * len(QUESTIONS))], ["zz-silence-marks"])


def _mark(edition: Edition, state: str) -> tuple[nodes.Node, nodes.Node]:
    """A state as a sign, and in words for who does not see it."""
    words = nodes.inline(text=edition.label(f"silence-state-{state}"), classes=["zz-hidden"])
    return nodes.Text(edition.label(f"silence-mark-{state}")), words


def _link(edition: Edition, model: str) -> nodes.Node:
    return anchors.link(kind="model", name=model, text=edition.local(edition.model(model), "name"), classes=[])


def _row(contents: Sequence[Sequence[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for content in contents:
        row += nodes.entry("", nodes.paragraph("", "", *content))
    return row


def _table_of(
    head: Sequence[Sequence[nodes.Node]], rows: list[nodes.row], widths: list[int], classes: list[str]
) -> nodes.table:
    """A table whose first column heads its rows."""
    group = nodes.tgroup(cols=len(widths))
    group += [nodes.colspec(colwidth=widths[0], stub=1), *(nodes.colspec(colwidth=width) for width in widths[1:])]
    group += [nodes.thead("", _row(head)), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=classes)


def setup(app: Sphinx) -> None:
    app.add_directive("silences", Silences)
