"""The directive ``cite-this``: how to cite the chapter it stands in."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi import citing


class CiteThis(SphinxDirective):
    """``{cite-this}``: the chapter as a reference in each style, and as BibTeX."""

    def run(self) -> list[nodes.Node]:
        title = next(self.state.document.findall(nodes.title), None)
        if title is None:
            raise self.error("cite-this: the page has no title; expected one heading of the first level")
        key = "zhenzhi-" + self.env.docname.rpartition("/")[2]
        item = citing.chapter(key, title.astext())
        listing = nodes.definition_list(classes=["zz-cite"])
        for style in citing.STYLES:
            reference = nodes.paragraph(text=citing.formatted(item, style))
            listing += nodes.definition_list_item("", nodes.term(text=style), nodes.definition("", reference))
        code = nodes.literal_block(text=citing.bibtex(item), language="bibtex")
        listing += nodes.definition_list_item("", nodes.term(text="BibTeX"), nodes.definition("", code))
        return [listing]


def setup(app: Sphinx) -> None:
    app.add_directive("cite-this", CiteThis)
