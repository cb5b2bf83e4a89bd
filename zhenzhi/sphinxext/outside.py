"""The directive ``outside-figures``: figures from outside the documents, with their source and what they bear on."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.edition import Edition
from zhenzhi.sphinxext import places
from zhenzhi.sphinxext.freshness import edition_of
from zhenzhi.sphinxext.references import external_facts


class OutsideFigures(SphinxDirective):
    """``{outside-figures}``: a section for each place with a record for each figure."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        external, known = edition.tables.external, edition.tables.places
        sections = []
        for place_id in (place for place in known.index if place in set(external["place_id"])):
            section = nodes.section(ids=[f"outside-{place_id}"])
            section += nodes.title(text=known.at[place_id, f"name_{edition.language}"])
            section += [self._record(edition, row) for row in external.index[external["place_id"] == place_id]]
            sections.append(section)
        return sections

    def _record(self, edition: Edition, external_id: str) -> nodes.Node:
        places.note(self.env, "external", external_id, location=self.get_location())
        row = edition.external(external_id)
        record = nodes.container(ids=[f"external-{external_id}"], classes=["zz-record"])
        head = nodes.paragraph(classes=["zz-record-head"])
        head += nodes.strong(text=edition.figure(external_id))
        head += nodes.Text(f" {row['what_en']} ")
        head += nodes.reference(
            "", external_id, internal=True, refid=f"external-{external_id}", classes=["zz-record-id"]
        )
        record += head
        facts = "".join(
            f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in external_facts(edition, external_id)
        )
        record += nodes.raw("", f"<dl>{facts}</dl>", format="html")
        if row["bears_on"]:
            line = nodes.paragraph(classes=["zz-record-line"])
            line += nodes.inline(text=edition.label("bears-on") + " ", classes=["zz-label"])
            for claim_id in row["bears_on"].split():
                line += places.link(kind="claim", name=claim_id, text=claim_id)
                line += nodes.Text(" ")
            record += line
        record += places.used_in(kind="external", name=external_id)
        return record


def setup(app: Sphinx) -> None:
    app.add_directive("outside-figures", OutsideFigures)
