"""The directive ``speakers``: who is heard in a document, in what office, and with what stake."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env.incremental import edition_of


class Speakers(SphinxDirective):
    """``{speakers} DOCUMENT`` or ``{speakers} ARTICLE``: each voice with its office and what it has to do with the matter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        speakers, name = edition.tables.speakers, self.arguments[0]
        own = speakers[(speakers["document_id"] == name) | (speakers["article_id"] == name)]
        if own.empty:
            raise self.error(
                f"speakers: nobody is heard in {name!r}; expected a document or an article of speakers.csv"
            )
        listed = nodes.definition_list(classes=["zz-speakers"])
        for voice in own.to_dict("records"):
            listed += _voice(edition, voice)
        return [listed]


def _voice(edition: Edition, voice) -> nodes.definition_list_item:
    term = nodes.term()
    named = list(filter(None, (edition.local(voice, "name"), edition.original(voice, "name"))))
    office = edition.local(voice, "office") or edition.local(voice, "organisation")
    if named:
        term += nodes.strong(text=" ".join(named))
        term += nodes.Text(edition.label("clause-separator"))
    term += nodes.Text(office)
    term += nodes.inline(text=edition.aside(edition.label(f"heard-{voice['heard']}")), classes=["zz-label"])
    stake = nodes.paragraph("", edition.local(voice, "stake") + edition.label("word-separator"))
    stake += nodes.inline(text=voice["as_written"], classes=["zz-quote"])
    return nodes.definition_list_item("", term, nodes.definition("", stake))


def setup(app: Sphinx) -> None:
    app.add_directive("speakers", Speakers)
