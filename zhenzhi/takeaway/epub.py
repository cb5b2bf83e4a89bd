"""What Sphinx is told of the EPUB edition, apart from the extension, which is imported where the book is built."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from zhenzhi import __version__, citing
from zhenzhi.book.edition import Edition
from zhenzhi.locales import tag

#: The theme of its pages.
THEME = "zhenzhi-epub"

#: Its cover.
COVER = "_static/cover.png"


def settings(edition: Edition) -> dict[str, Any]:
    """What Sphinx is told of the edition. It is told the same when it makes web pages, or it would read all of them again."""
    title, author = citing.title(edition), citing.author(edition)
    return {
        "epub_theme": THEME,
        "epub_basename": "zhenzhi",
        "epub_cover": (COVER, ""),
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
