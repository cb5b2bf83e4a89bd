"""Sets the claims explorer in the book.

It leaves its notebook as one MIME bundle (``zhenzhi.EXPLORER_MIME_TYPE``), which MyST-NB hands to ``ExplorerRenderer`` by an
entry point. The page carries the claims as JSON and loads the script; nothing in it is executable by itself.
"""

from html import escape

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util import logging

from zhenzhi import EXPLORER_MIME_TYPE, explorer
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_page_node
from zhenzhi.sphinxext.outputs.behind import code_of

_LOGGER = logging.getLogger(__name__)


class claims_explorer(nodes.General, nodes.Element):
    """The table of claims; ``content`` is what its script shows."""


class ExplorerRenderer(MimeRenderPlugin):
    """Turns the MIME bundle of an explorer into its node."""

    mime_priority_overrides = [("*", EXPLORER_MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != EXPLORER_MIME_TYPE or inline:
            return None
        document, env = renderer.renderer.document, renderer.renderer.sphinx_env
        if next(document.findall(claims_explorer), None) is not None:
            place = (env.docname, data.line)
            _LOGGER.warning("the page has two explorers; expected one, whose filters its address keeps", location=place)
            return []
        return [claims_explorer(content=data.content), code_of(renderer, data)]


def _visit_html(self, node: claims_explorer) -> None:
    builder, page = self.builder, self.builder.current_docname
    content = node["content"]
    links = [anchors.address(builder, page, "claim", claim) for claim in content["table"]["claim_id"]]
    register = escape(next(filter(None, links), "").partition("#")[0], quote=True)
    note = escape(edition_of(builder.env).label("explorer-noscript"))
    inside = f'<noscript><p><a href="{register}">{note}</a></p></noscript>'
    self.body.append(explorer.panel({**content, "links": links}, inside, address=True))
    raise nodes.SkipNode


def _add_static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(explorer.STATIC))


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Loads the script and the style sheet on pages that have an explorer."""
    if doctree is not None and next(doctree.findall(claims_explorer), None) is not None:
        app.add_css_file("explorer.css")
        app.add_js_file("explorer.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    add_page_node(app, claims_explorer, _visit_html)
    app.connect("builder-inited", _add_static)
    app.connect("html-page-context", _add_script)
