"""Makes the PDF edition of the book as it is now."""

from pathlib import Path

from zhenzhi import paths
from zhenzhi.book.edition import Edition
from zhenzhi.building.build import build
from zhenzhi.data import tables
from zhenzhi.locales import SOURCE
from zhenzhi.takeaway import pdf
from zhenzhi.takeaway.bundle import site
from zhenzhi.takeaway.names import in_language


def make(root: Path = paths.ROOT, language: str | None = None) -> Path:
    """Sets the built book as PDF beside it, ``_build/zhenzhi.pdf``; builds the book first where anything changed.

    Args:
        root: the project.
        language: the language of the PDF, ``_build/zhenzhi-LANGUAGE.pdf``, of which the pages are built alone; by default the
            whole book is built, and its pages in the source language are set.

    Returns:
        the PDF.

    Raises:
        BuildError: the book cannot be built, or Pango is missing on this machine.
    """
    book = build(root, language=language)
    edition = Edition(tables.load(root / "data"), language or SOURCE)
    file = book.parent / in_language("zhenzhi.pdf", edition.language)
    temporary = file.with_suffix(".tmp")
    pdf.write(root, book, edition, temporary, site(root, edition.language) or f"{book.name}/")
    temporary.replace(file)
    return file
