"""The directive ``figure-index``: every figure of the book by chapter, with its number and title."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of


class figure_index(nodes.General, nodes.Element):
    """Becomes the list of figures when all pages are read."""


class FigureIndex(SphinxDirective):
    """``{figure-index}``: every figure of the book by chapter, with its number and title."""

    def run(self) -> list[nodes.Node]:
        return [figure_index()]


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(figure_index)):
        node.replace_self(_listing(app, docname))


def _listing(app: Sphinx, docname: str) -> list[nodes.Node]:
    """A heading and a list for each page that has figures, in the order of the table of contents."""
    edition, env = edition_of(app.env), app.env
    listing: list[nodes.Node] = []
    for page, numbers in env.toc_fignumbers.items():
        figures = numbers.get("figure", {})
        own = [name for name in anchors.names(env, "chart") if f"fig-{name}" in figures]
        if not own:
            continue
        listing.append(nodes.rubric(text=env.titles[page].astext()))
        bullets = nodes.bullet_list(classes=["zz-figure-index"])
        for name in sorted(own, key=lambda name: figures[f"fig-{name}"]):
            number = ".".join(map(str, figures[f"fig-{name}"]))
            title = edition.plain(edition.chart_text(name)["title"][edition.language])
            text = edition.label("figure-entry", number=number, title=title)
            uri = anchors.address(app.builder, docname, "chart", name)
            entry = nodes.paragraph("", "", nodes.reference("", text, internal=True, refuri=uri))
            bullets += nodes.list_item("", entry)
        listing.append(bullets)
    return listing


def setup(app: Sphinx) -> None:
    app.add_node(figure_index)
    app.add_directive("figure-index", FigureIndex)
    app.connect("doctree-resolved", _resolve)
