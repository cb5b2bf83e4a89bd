"""The directives ``model-card`` and ``programmes``: governance models as the data package has them."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book import cards
from zhenzhi.book.edition import Edition
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.book.telling import programmes
from zhenzhi.sphinxext.directives.sources import known_document, nothing_yet
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.inline.literal import literal


class ModelCard(SphinxDirective):
    """``{model-card} MODEL``: who leads, which units, staff, instruments and feedback, what is counted, what is not."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        model_id = self.arguments[0]
        try:
            model, parts = edition.model(model_id), edition.parts_of(model_id)
        except UnknownReference as error:
            raise self.error(f"model-card: {error}") from None
        anchors.note(self.env, "model", model_id, location=self.get_location())
        card = nodes.container(ids=[f"model-{model_id}"], classes=["zz-model-card"])
        head = nodes.paragraph(classes=["zz-model-head"])
        head += nodes.strong(text=_capital(edition.local(model, "name")))
        head += _original(edition, model)
        head += anchors.link(kind="entry", name=model_id, text=edition.label("open-model"), classes=["zz-model-record"])
        card += head
        entries = nodes.definition_list()
        for label, role in cards.ROWS:
            own = parts[parts["role"] == role]
            if not own.empty:
                entries += self._entry(edition.label(label), self._parts(edition, own))
        if counted := cards.counted(edition, model_id):
            label, lines = counted
            told = self.parse_text_to_nodes("\n\n".join(map(literal, lines)))
            blank = nodes.paragraph(text=edition.label("nothing-counted"), classes=["zz-blank"])
            entries += self._entry(edition.label(label), told or [blank])
        entries += self._entry(
            edition.label("card-silent"), self.parse_text_to_nodes(literal(edition.local(model, "silent")))
        )
        card += entries
        return [card]

    def _entry(self, term: str, content: list[nodes.Node]) -> nodes.definition_list_item:
        return nodes.definition_list_item("", nodes.term(text=term), nodes.definition("", *content))

    def _parts(self, edition, parts) -> list[nodes.Node]:
        paragraph = nodes.paragraph()
        for number, part in enumerate(parts.itertuples()):
            if number:
                paragraph += nodes.Text(edition.label("sequence-separator"))
            paragraph += nodes.Text(edition.part_name(part))
            if original := edition.original(part, "name"):
                paragraph += [nodes.Text(" "), nodes.Text(original)]
            if part.claim_id:
                inline, messages = self.parse_inline(edition.aside(f"{{claim}}`{part.claim_id}`"))
                paragraph += inline
        return [paragraph]


class Programmes(SphinxDirective):
    """``{programmes} PREFIX``: the models whose ID begins with the prefix: what the document states of each, and what not.

    Models that have a card elsewhere are named after ``:except:``, so that each anchor stands once.
    """

    required_arguments = 1
    option_spec = {"except": str.split}

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        prefix, leave_out = self.arguments[0], self.options.get("except", [])
        own = programmes(edition.tables.models.index, prefix, leave_out)
        if not own and known_document(edition, prefix):
            return nothing_yet(edition)
        if not own:
            raise self.error(f"programmes: no model begins with {prefix!r}; expected some of models.csv")
        listing = nodes.container(classes=["zz-programmes"])
        for model_id in own:
            model = edition.model(model_id)
            anchors.note(self.env, "model", model_id, location=self.get_location())
            entry = nodes.container(ids=[f"model-{model_id}"], classes=["zz-programme"])
            head = nodes.paragraph(classes=["zz-programme-head"])
            head += nodes.strong(text=_capital(edition.local(model, "name")))
            head += _original(edition, model)
            head += anchors.link(
                kind="entry", name=model_id, text=edition.label("open-model"), classes=["zz-model-record"]
            )
            entry += head
            entry += self.parse_text_to_nodes(literal(edition.local(model, "states")))
            silent = nodes.paragraph(classes=["zz-silent"])
            silent += nodes.emphasis(text=edition.label("card-silent") + edition.label("name-separator"))
            inline, messages = self.parse_inline(literal(edition.local(model, "silent")))
            silent += inline
            entry += silent
            listing += entry
        return [listing]


def _original(edition: Edition, model) -> list[nodes.Node]:
    """The name of a model in Chinese behind its name in another language, between spaces."""
    original = edition.original(model, "name")
    return [nodes.Text(" "), nodes.Text(f"{original} ")] if original else [nodes.Text(" ")]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def setup(app: Sphinx) -> None:
    app.add_directive("model-card", ModelCard)
    app.add_directive("programmes", Programmes)
