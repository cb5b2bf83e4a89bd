"""Makes the PDF and the EPUB edition of the book as it is now."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from zhenzhi import locales, paths
from zhenzhi.book.edition import Edition
from zhenzhi.building.build import build
from zhenzhi.building.lock import only_one
from zhenzhi.building.pages import Pages
from zhenzhi.data import tables
from zhenzhi.locales import SOURCE
from zhenzhi.takeaway import pdf as printed
from zhenzhi.takeaway.bundle import site
from zhenzhi.takeaway.names import in_language


def pdf(root: Path = paths.ROOT, language: str | None = None) -> Path:
    """Sets the book as PDF, ``_build/zhenzhi.pdf``; see ``_make``.

    Raises:
        BuildError: the book cannot be built, or Pango is missing on this machine.
    """

    def write(book: Path, edition: Edition, file: Path) -> None:
        printed.write(root, book, edition, file, site(root, edition.language) or f"{book.name}/")

    return _make(root, language, "zhenzhi.pdf", write)


def epub(root: Path = paths.ROOT, language: str | None = None) -> Path:
    """Sets the book as EPUB, ``_build/zhenzhi.epub``; see ``_make``.

    Raises:
        BuildError: the book cannot be built.
    """

    def write(book: Path, edition: Edition, file: Path) -> None:
        write_epub(root, book, edition, file, language)

    return _make(root, language, "zhenzhi.epub", write)


def write_epub(root: Path, book: Path, edition: Edition, file: Path, language: str | None = None) -> None:
    """Sets the pages of a built book in the language of an edition as EPUB.

    Args:
        root: the project.
        book: the folder of the book, beside its working files.
        edition: the words.
        file: the EPUB.
        language: the one language that the book was built in; by default it was built in all.

    Raises:
        BuildError: Sphinx warns of something.
    """
    wanted = locales.wanted(root, language)
    with (
        only_one(book.parent / "lock", "a build"),
        ThreadPoolExecutor(1) as pool,
        Pages(root, edition, book.parent, wanted, pool, {}) as pages,
    ):
        pages.write_epub(book / pages.folder, file)


def _make(root: Path, language: str | None, name: str, write: Callable[[Path, Edition, Path], None]) -> Path:
    """Makes a volume beside the built book; builds the book first where anything changed.

    Args:
        root: the project.
        language: the language of the volume, ``_build/zhenzhi-LANGUAGE``, of which the pages are built alone; by default the
            whole book is built, and its pages in the source language are set.
        name: the name of the file in the source language.
        write: writes it, given the built book, the words and the file.

    Returns:
        the file.
    """
    book = build(root, language=language)
    edition = Edition(tables.load(root / "data"), language or SOURCE)
    file = book.parent / in_language(name, edition.language)
    temporary = file.with_suffix(".tmp")
    write(book, edition, temporary)
    temporary.replace(file)
    return file
