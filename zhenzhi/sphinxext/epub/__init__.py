"""The EPUB edition: the pages of the book, set by Sphinx's own builder of EPUB 3, which is told here what it is made of."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sphinx.application import Sphinx

from zhenzhi import __version__, citing
from zhenzhi.book.edition import Edition
from zhenzhi.locales import tag
from zhenzhi.sphinxext.epub.builder import EditionBuilder

_THEME = "zhenzhi-epub"


def settings(edition: Edition) -> dict[str, Any]:
    """What Sphinx is told of the edition. It is told the same when it makes web pages, or it would read all of them again."""
    title, author = citing.title(edition), citing.author(edition)
    return {
        "epub_theme": _THEME,
        "epub_basename": "zhenzhi",
        "epub_title": title,
        "epub_author": author,
        "epub_publisher": author,
        "epub_contributor": author,
        "epub_description": edition.label("book-abstract"),
        "epub_copyright": "CC BY 4.0",
        "epub_language": tag(edition.language),
        "epub_identifier": _identifier(edition),
        "epub_uid": "identifier",
        "epub_show_urls": "no",
        "epub_use_index": False,
        # The parts of the table of contents are hidden on the home page.
        "epub_tocscope": "includehidden",
        "epub_tocdup": False,
        "epub_tocdepth": 2,
    }


def _identifier(edition: Edition) -> str:
    """Of this version in this language alone."""
    return uuid5(NAMESPACE_URL, f"{citing.key('book', '')} {__version__} {edition.language}").urn


def setup(app: Sphinx) -> None:
    # Where the book in the language stands on the web, which may not be known, and the folder of its web pages: some are
    # filled in when all are made.
    app.add_config_value("zhenzhi_web", "", "")
    app.add_config_value("zhenzhi_pages", "", "")
    app.add_html_theme(_THEME, str(Path(__file__).parent / "theme"))
    app.add_builder(EditionBuilder, override=True)
