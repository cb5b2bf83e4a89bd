"""Sets the panels of the notebooks in the book: lists to choose from, and what they choose, as HTML.

A panel leaves its notebook as one MIME bundle (``zhenzhi.PANEL_MIME_TYPE``), which MyST-NB hands to ``PanelRenderer`` by an
entry point. ``panels.js`` shows the state that is chosen.
"""

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util import logging

from zhenzhi import PANEL_MIME_TYPE
from zhenzhi.panels import markup
from zhenzhi.sphinxext.env.other_builders import add_page_node
from zhenzhi.sphinxext.outputs.behind import code_of

_LOGGER = logging.getLogger(__name__)


class panel(nodes.General, nodes.Element):
    """A panel; ``content`` is its data."""


class PanelRenderer(MimeRenderPlugin):
    """Turns the MIME bundle of a panel into its node."""

    mime_priority_overrides = [("*", PANEL_MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != PANEL_MIME_TYPE or inline:
            return None
        document, env = renderer.renderer.document, renderer.renderer.sphinx_env
        panel_id = data.content["panel_id"]
        if any(node["content"]["panel_id"] == panel_id for node in document.findall(panel)):
            place = (env.docname, data.line)
            _LOGGER.warning("the panel %s stands on the page twice; expected it once", panel_id, location=place)
            return []
        return [panel(content=data.content), code_of(renderer, data)]


def _visit_html(self, node: panel) -> None:
    self.body.append(markup.controlled(node["content"]))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    add_page_node(app, panel, _visit_html)
