"""The written pages of a book as trees, each read once and written once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html
from sphinx.application import Sphinx

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env.incremental import edition_of


@dataclass
class Page:
    """A page that Sphinx wrote.

    Attributes:
        name: as Sphinx names it: ``chapters/method``.
        path: its file.
        tree: its ``html`` element, which the steps of the finishing pass change in place.
    """

    name: str
    path: Path
    tree: html.HtmlElement

    @classmethod
    def read(cls, path: Path, folder: Path) -> "Page":
        """Reads the file of a page that lies below ``folder``."""
        return cls(path.relative_to(folder).with_suffix("").as_posix(), path, parse(path.read_bytes()))

    def classes(self) -> set[str]:
        """The classes of its elements."""
        return {name for value in self.tree.xpath("//@class") for name in value.split()}

    def ids(self) -> set[str]:
        """The IDs of its elements."""
        return set(self.tree.xpath("//@id"))

    def write(self) -> None:
        """Writes the tree over the file, unless the file says the same already."""
        text = serialize(self.tree)
        if text != self.path.read_bytes():
            self.path.write_bytes(text)


@dataclass(frozen=True)
class Written:
    """A written book: what the steps of the finishing pass work on.

    Attributes:
        app: the Sphinx application.
        pages: all its pages.
    """

    app: Sphinx
    pages: list[Page]

    @classmethod
    def read(cls, app: Sphinx) -> "Written":
        """Reads the pages that lie in the folder of the build."""
        folder = Path(app.outdir)
        files = sorted(path for path in folder.rglob("*.html") if folder / "_static" not in path.parents)
        return cls(app, [Page.read(path, folder) for path in files])

    @property
    def static(self) -> Path:
        """The folder of scripts and style sheets."""
        return Path(self.app.outdir) / "_static"

    @property
    def edition(self) -> Edition:
        """The words of the book."""
        return edition_of(self.app.env)


def parse(text: bytes) -> html.HtmlElement:
    """A page as a tree; libxml2 reads HTML as browsers do since 2.14."""
    return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


def serialize(tree: html.HtmlElement) -> bytes:
    """A tree as a page."""
    text = html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    # An element without an end, which libxml2 does not know as such. In text and attributes < is escaped.
    return text.replace(b"</source>", b"") + b"\n"


def elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements of a tree in their order, without comments."""
    return tree.iter("*")
