"""Nodes of the book in formats other than HTML: a sentence keeps its text, what is made for a page is left out."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def add_text_node(app: Sphinx, node: type[nodes.Element], visit: Callable, depart: Callable) -> None:
    """Registers a node that other formats show as what it holds."""
    app.add_node(node, html=(visit, depart), latex=(_pass, _pass), text=(_pass, _pass))


def add_page_node(app: Sphinx, node: type[nodes.Element], visit: Callable) -> None:
    """Registers a node that other formats leave out; ``visit`` writes all of it."""
    app.add_node(node, html=(visit, None), latex=(_skip, None), text=(_skip, None))


def _pass(self: Any, node: nodes.Node) -> None:
    """What the node holds is shown."""


def _skip(self: Any, node: nodes.Node) -> None:
    raise nodes.SkipNode
