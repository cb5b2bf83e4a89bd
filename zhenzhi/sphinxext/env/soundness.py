"""What Sphinx would pass over in a page, or tell of another: that it has a title, and pictures that open."""

from pathlib import Path

from docutils import nodes
from lxml import etree
from PIL import Image
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

_LOG = logging.getLogger(__name__)

_SVG = "{http://www.w3.org/2000/svg}svg"


def fault_of_picture(file: Path) -> str | None:
    """What keeps a browser from showing a picture; nothing where it opens."""
    if file.suffix == ".svg":
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            root = etree.fromstring(file.read_bytes(), parser)
        except etree.XMLSyntaxError as error:
            return f"{error.msg}; expected a picture in SVG"
        if root.tag != _SVG:
            return f"its root is {root.tag}; expected {_SVG}"
        if root.getroottree().docinfo.internalDTD is not None:
            return "it declares entities of its own (DOCTYPE); expected none"
        return None
    try:
        with Image.open(file) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return f"it cannot be read; expected a picture as its name says, {file.suffix}"
    return None


def _check(app: Sphinx, doctree: nodes.document) -> None:
    page = app.env.docname
    if doctree.next_node(nodes.title) is None:
        _LOG.warning("the page has no title; expected a first line such as # Title", location=(page, 1))
    for image in doctree.findall(nodes.image):
        names: set[str] = set(image.get("candidates", {}).values())
        for name in names:
            file = Path(app.srcdir) / name
            if file.is_file() and (fault := fault_of_picture(file)):
                _LOG.warning("%s: %s", name, fault, location=image)


def _leave_titles_to_us(app: Sphinx, config: Config) -> None:
    # Sphinx says it once for each page that lists the others, and of that page.
    config.suppress_warnings = [*config.suppress_warnings, "toc.no_title"]


def setup(app: Sphinx) -> None:
    app.connect("config-inited", _leave_titles_to_us)
    app.connect("doctree-read", _check)
