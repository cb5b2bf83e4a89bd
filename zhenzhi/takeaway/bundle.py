"""Makes all that can be taken away of a built book, within the book."""

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path, PurePath

from zhenzhi import citing, project
from zhenzhi.book import fingerprint
from zhenzhi.book.edition import Edition
from zhenzhi.data import tables
from zhenzhi.takeaway import archive, data_files, listing, names, notebooks, offline, pdf, repository, workbook


def make(root: Path, language: str, executed: Mapping[str, Path], folder: Path, with_data: bool = True) -> None:
    """Makes what needs no page: the data and the notebooks.

    Args:
        root: the project.
        language: that of the notebooks.
        executed: the executed notebooks by the names of their pages.
        folder: where to; it is emptied first. Beside it, the data are kept for the next time.
        with_data: whether to make the data, which are the same in every language.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    edition = Edition(tables.load(root / "data"), language)
    if with_data:
        shutil.copytree(_data(root, edition, folder.with_name("data")), folder, dirs_exist_ok=True)
    notebooks.write(root, edition, executed, folder, repository.address(root), site(root, language))


def _data(root: Path, edition: Edition, folder: Path) -> Path:
    """The folder of the files of the data, which are made again when what they are made from changed."""
    stamp, made_from = folder.with_suffix(".stamp"), fingerprint.of_data(root)
    if not (stamp.is_file() and stamp.read_text() == made_from):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        package = folder / PurePath(names.PACKAGE).name
        data_files.write_package(root, package, _address(root))
        archive.write(folder / names.DATA, archive.below(package))
        data_files.write_sqlite(edition, folder / names.SQLITE)
        data_files.write_parquet(edition, folder / names.PARQUET)
        workbook.write(edition, folder / names.WORKBOOK)
        stamp.write_text(made_from)
    return folder


def add(root: Path, edition: Edition, book: Path, made: Path, volumes: Collection[str] = ()) -> None:
    """Adds what ``make`` made and the PDF edition to a book's downloads.

    Args:
        root: the project.
        edition: its data.
        book: the built book in one language.
        made: the folder that ``make`` filled; it is moved into the book.
        volumes: what else to make of it, of ``names.VOLUMES``; the EPUB is left to Sphinx.
    """
    folder = book / names.FOLDER
    made.rename(folder)
    if names.PDF in volumes:
        # A link to the book leads from the folder of the downloads to the page.
        file = folder / names.of(names.PDF, edition.language)
        pdf.write(root, book, edition, file, site(root, edition.language) or "../")


def _address(root: Path) -> str:
    """The address of the folder of the data package, where a site is named; elsewhere it is empty."""
    address = citing.site(base(root))
    return address and f"{address}{names.PACKAGE}/"


def site(root: Path, language: str) -> str:
    """The address of this version of the book in a language, where ``html.baseurl`` of ``_config.yml`` names a site.

    Elsewhere it is empty.
    """
    return citing.site(base(root), language)


def base(root: Path) -> str:
    """The address of the site of all versions, where ``html.baseurl`` of ``_config.yml`` names it; empty elsewhere."""
    settings = project.settings(root)
    return (settings.get("html") or {}).get("baseurl") or ""


def finish(book: Path, editions: Mapping[str, Edition]) -> None:
    """Packs the book for reading offline and lists the downloads. Call it again when any file of the book has changed.

    The copy within the archive lists the files that it holds.

    Args:
        book: the built book.
        editions: its languages by the folders of their pages, that of the root being empty.
    """
    archive_file = book / names.FOLDER / names.BOOK
    archive_file.unlink(missing_ok=True)
    apart = {
        book / folder / names.FOLDER / names.of(name, edition.language)
        for folder, edition in editions.items()
        for name in names.NOT_OFFLINE
    } | offline.left_out(book)
    for folder, edition in editions.items():
        listing.fill(book, edition, folder, apart)
    archive.write(archive_file, offline.entries(book, f"{archive_file.stem}/", apart))
    for folder, edition in editions.items():
        listing.fill(book, edition, folder)
