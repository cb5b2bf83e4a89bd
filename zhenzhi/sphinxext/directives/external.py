"""The directive ``outside-figures``: figures from outside the documents, with their source and what they bear on."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.record_nodes import facts, line, record
from zhenzhi.sphinxext.inline.references import external_facts


class OutsideFigures(SphinxDirective):
    """``{outside-figures}``: a section for each place with a record for each figure."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        external, known = edition.tables.external, edition.tables.places
        sections: list[nodes.Node] = []
        for place_id in (place for place in known.index if place in set(external["place_id"])):
            section = nodes.section(ids=[f"outside-{place_id}"])
            section += nodes.title(text=edition.local(known.loc[place_id], "name"))
            section += [self._record(edition, row) for row in external.index[external["place_id"] == place_id]]
            sections.append(section)
        return sections

    def _record(self, edition: Edition, external_id: str) -> nodes.Node:
        anchors.note(self.env, "external", external_id, location=self.get_location())
        row = edition.external(external_id)
        entry = record(
            f"external-{external_id}", external_id, edition.amount(external_id), edition.name_of(external_id)
        )
        entry += facts(external_facts(edition, external_id))
        if row["bears_on"]:
            claims: list[nodes.Node] = []
            for claim_id in row["bears_on"].split():
                claims += [anchors.link(kind="claim", name=claim_id, text=claim_id), nodes.Text(" ")]
            entry += line(edition.label("bears-on"), *claims)
        entry += anchors.used_in(kind="external", name=external_id)
        return entry


def setup(app: Sphinx) -> None:
    app.add_directive("outside-figures", OutsideFigures)
