"""Makes the PDF edition of the book as it is now."""

from pathlib import Path

from zhenzhi import paths, tables
from zhenzhi.edition import Edition
from zhenzhi.publishing.build import build
from zhenzhi.publishing.takeaway import site
from zhenzhi.takeaway import pdf


def make(root: Path = paths.ROOT) -> Path:
    """Sets the built book as PDF beside it, ``_build/zhenzhi.pdf``; builds the book first where anything changed.

    Returns:
        the PDF.

    Raises:
        BuildError: the book cannot be built, or Pango is missing on this machine.
    """
    book = build(root)
    file = book.parent / "zhenzhi.pdf"
    temporary = file.with_suffix(".tmp")
    pdf.write(root, book, Edition(tables.load(root / "data")), temporary, site(root) or f"{book.name}/")
    temporary.replace(file)
    return file
