"""``{data-file}`claims.csv```: a file of the data package, which lies among the downloads at the root of the book.

Sphinx's own role for downloads copies a file into the pages of each language, under a name that no other page can know.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from zhenzhi import locales
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.takeaway import names

_LOGGER = logging.getLogger(__name__)


class data_file(nodes.Inline, nodes.Element):
    """A link to a file of the data package (``name``), which leads there when the page is written."""


def link(name: str) -> data_file:
    """A link to a file by its name in the folder ``data``."""
    return data_file("", nodes.literal(text=name), name=name)


class _Role(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if not (Path(self.env.srcdir) / "data" / self.text).is_file():
            message = "data-file: there is no file %r in data"
            _LOGGER.warning(message, self.text, location=self.get_location(), type="zhenzhi", subtype="data-file")
        return [link(self.text)], []


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    root = locales.to_root(docname, edition_of(app.env).language, app.config.zhenzhi_languages)
    for node in list(doctree.findall(data_file)):
        uri = f"{root}{names.PACKAGE}/{node['name']}"
        node.replace_self(nodes.reference("", "", *node.children, internal=True, refuri=uri, classes=["download"]))


def setup(app: Sphinx) -> None:
    app.add_role("data-file", _Role())
    app.connect("doctree-resolved", _resolve)
