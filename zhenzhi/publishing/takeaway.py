"""Makes all that can be taken away of a built book, within the book."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from zhenzhi import citing, tables
from zhenzhi.edition import Edition
from zhenzhi.takeaway import archive, data_files, listing, names, notebooks, pdf, repository


def make(root: Path, executed: Mapping[str, Path], folder: Path) -> None:
    """Makes what needs no page: the data and the notebooks.

    Args:
        root: the project.
        executed: the executed notebooks by the names of their pages.
        folder: where to; it is emptied first.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    edition = Edition(tables.load(root / "data"))
    data_files.write_zip(root, folder / names.DATA)
    data_files.write_sqlite(edition, folder / names.SQLITE)
    data_files.write_parquet(edition, folder / names.PARQUET)
    notebooks.write(root, edition, executed, folder, repository.address(root))


def add(root: Path, edition: Edition, book: Path, made: Path, with_pdf: bool = False) -> None:
    """Adds the data, the notebooks and the book itself to a book's downloads.

    Args:
        root: the project.
        edition: its data.
        book: the built book.
        made: the folder that ``make`` filled; it is moved into the book.
        with_pdf: whether to make the PDF edition as well.
    """
    folder = book / names.FOLDER
    made.rename(folder)
    if with_pdf:
        # A link to the book leads from the folder of the downloads to the page.
        pdf.write(root, book, edition, folder / names.PDF, site(root) or "../")
    finish(book, edition)


def site(root: Path) -> str:
    """The address of this version of the book, where ``html.baseurl`` of ``_config.yml`` names a site; empty elsewhere."""
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return citing.site((settings.get("html") or {}).get("baseurl") or "")


def finish(book: Path, edition: Edition) -> None:
    """Packs the book for reading offline and lists the downloads. Call it again when any file of the book has changed.

    The copy within the archive lists every file but the archive.
    """
    archive_file = book / names.FOLDER / names.BOOK
    archive_file.unlink(missing_ok=True)
    listing.fill(book, edition)
    folder = archive_file.stem
    archive.write(archive_file, archive.below(book, f"{folder}/"))
    listing.fill(book, edition)
