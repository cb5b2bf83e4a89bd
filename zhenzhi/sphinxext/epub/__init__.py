"""The EPUB edition: the pages of the book, set by Sphinx's own builder of EPUB 3, which is told here what it is made of."""

from pathlib import Path

from sphinx.application import Sphinx

from zhenzhi.sphinxext.epub.builder import EditionBuilder
from zhenzhi.takeaway.epub import THEME


def setup(app: Sphinx) -> None:
    # Where the book in the language stands on the web, which may not be known, and the folder of its web pages: some are
    # filled in when all are made.
    app.add_config_value("zhenzhi_web", "", "")
    app.add_config_value("zhenzhi_pages", "", "")
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
    app.add_builder(EditionBuilder, override=True)
