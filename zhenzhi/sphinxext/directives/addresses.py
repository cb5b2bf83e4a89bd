"""The directive ``anchors``: addresses that a place on the page had in earlier releases and keeps."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Anchors(SphinxDirective):
    """``{anchors} NAME NAME``: anchors of this page alone; a label of MyST would have to be one of its kind in the book."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for name in self.arguments[0].split():
            target = nodes.target("", "", ids=[name])
            self.state.document.note_explicit_target(target, target)
            made.append(target)
        return [nodes.container("", *made, classes=["zz-anchors"])]


def setup(app: Sphinx) -> None:
    app.add_directive("anchors", Anchors)
