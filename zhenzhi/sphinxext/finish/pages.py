"""The written pages of a book: those that changed as trees, each read and written once, and what is known of the others."""

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html
from sphinx.application import Sphinx

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.finish.search_entries import Entry


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
        return cls(_name(path, folder), path, parse(path.read_bytes()))

    def classes(self) -> set[str]:
        """The classes of its elements."""
        return {name for value in self.tree.xpath("//@class") for name in value.split()}

    def ids(self) -> set[str]:
        """The IDs of its elements."""
        return set(self.tree.xpath("//@id"))

    def files(self) -> set[str]:
        """The files below ``_static`` that it names."""
        return {static_file(value) for element in elements(self.tree) for value in element.attrib.values()} - {""}

    def write(self) -> str:
        """Writes the tree over the file, unless the file says the same already; returns the digest of the file."""
        text = serialize(self.tree)
        if text != self.path.read_bytes():
            self.path.write_bytes(text)
        return digest(text)


@dataclass
class Told:
    """What is known of a finished page, so that it need not be read again for what all pages share.

    Attributes:
        sections: what the search finds in it.
        classes: the classes of its elements, which the style sheet keeps its rules for.
        ids: the IDs of its elements, likewise.
        files: the files below ``_static`` that it names.
        versions: the fingerprints with which it names the joined files.
        digest: that of its file as it was left.
    """

    sections: list[Entry]
    classes: set[str]
    ids: set[str]
    files: set[str]
    versions: dict[str, str] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True)
class Written:
    """A written book: what the steps of the finishing pass work on.

    Attributes:
        app: the Sphinx application.
        pages: the pages that are not as the last pass left them.
        told: what is known of all pages, by their names; of one that changed, what was known before it is noted anew.
    """

    app: Sphinx
    pages: list[Page]
    told: dict[str, Told] = field(default_factory=dict)

    @classmethod
    def read(cls, app: Sphinx) -> "Written":
        """Reads the pages that lie in the folder of the build, but for those that are as the last pass left them."""
        folder = Path(app.outdir)
        kept = pickle.loads(file.read_bytes()) if (file := _kept(app)).is_file() else {}
        written = cls(app, [])
        for path in sorted(path for path in folder.rglob("*.html") if folder / "_static" not in path.parents):
            name, text = _name(path, folder), path.read_bytes()
            if name in kept:
                written.told[name] = kept[name]
            if name not in kept or kept[name].digest != digest(text):
                written.pages.append(Page(name, path, parse(text)))
        return written

    def reread(self, name: str) -> Page:
        """A page, read if it has not been; it will be written."""
        page = next((page for page in self.pages if page.name == name), None)
        if page is None:
            page = Page.read(Path(self.app.outdir) / f"{name}.html", Path(self.app.outdir))
            self.pages.append(page)
        return page

    def last_versions(self) -> dict[str, str]:
        """The fingerprints with which the pages named the joined files in the last pass; none where there was no pass."""
        return next((told.versions for told in self.told.values()), {})

    def write(self) -> None:
        """Writes the pages, and keeps what is known of all."""
        for page in self.pages:
            self.told[page.name].digest = page.write()
        _kept(self.app).write_bytes(pickle.dumps(self.told))

    @property
    def static(self) -> Path:
        """The folder of scripts and style sheets."""
        return Path(self.app.outdir) / "_static"

    @property
    def edition(self) -> Edition:
        """The words of the book."""
        return edition_of(self.app.env)


def digest(text: bytes) -> str:
    """The digest of a page by which it is known again."""
    return hashlib.sha256(text).hexdigest()


def static_file(address: str) -> str:
    """Path of a style sheet or script below ``_static``; empty for other addresses."""
    return address.partition("_static/")[2].partition("?")[0]


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _kept(app: Sphinx) -> Path:
    """Where it is kept what is known of the pages: with the doctrees, as it is no part of the book."""
    return Path(app.doctreedir) / "finished.pickle"


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
