"""What the files to take away are called, and where they lie in the book."""

from zhenzhi import __version__
from zhenzhi.locales import SOURCE

#: Folder of the files in the book.
FOLDER = "downloads"

#: Folder of the single notebooks in the book.
NOTEBOOKS = f"{FOLDER}/notebooks"

#: Folder of the data package, file by file, in the book.
PACKAGE = f"{FOLDER}/data"

_BASE = f"zhenzhi-{__version__}"

DATA = f"{_BASE}-data.zip"
SQLITE = f"{_BASE}-data.sqlite"
PARQUET = f"{_BASE}-claims.parquet"
WORKBOOK = f"{_BASE}-claims.xlsx"
NOTEBOOKS_ZIP = f"{_BASE}-notebooks.zip"
BOOK = f"{_BASE}-book.zip"
PDF = f"{_BASE}.pdf"
EPUB = f"{_BASE}.epub"

#: The whole book as one file, which not every build makes: that takes time.
VOLUMES = (PDF, EPUB)

#: What the book for reading offline leaves out, beside what ``offline.left_out`` finds: it has the data file by file.
NOT_OFFLINE = (*VOLUMES, NOTEBOOKS_ZIP, DATA, SQLITE)

#: Lists the SHA-256 of every file of the folder, as ``sha256sum -c`` reads it.
CHECKSUMS = "SHA256SUMS"

#: The files in the order in which a reader is offered them: name, label in ``labels.yml``, media type.
FILES = (
    (PDF, "download-pdf", "application/pdf"),
    (EPUB, "download-epub", "application/epub+zip"),
    (BOOK, "download-book", "application/zip"),
    (NOTEBOOKS_ZIP, "download-notebooks", "application/zip"),
    (WORKBOOK, "download-workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (DATA, "download-data", "application/zip"),
    (SQLITE, "download-sqlite", "application/vnd.sqlite3"),
    (PARQUET, "download-parquet", "application/vnd.apache.parquet"),
)

#: Those that each language has of its own; the others are in the first language's folder.
_OF_LANGUAGE = (PDF, EPUB, NOTEBOOKS_ZIP)

#: Those that hold the data set.
DATA_FILES = (WORKBOOK, DATA, SQLITE, PARQUET)

#: Marks in the page of downloads between which the files are listed when they are made.
MARKS = ("<!-- downloads -->", "<!-- /downloads -->")


def notebook(page: str) -> str:
    """The address of a chapter's notebook from the root of the book, given the name of its page."""
    return f"{NOTEBOOKS}/{page.rpartition('/')[2]}.ipynb"


def of(name: str, language: str) -> str:
    """The name of a file in a language: ``zhenzhi-1.0.0-notebooks-zh.zip``."""
    return in_language(name, language) if name in _OF_LANGUAGE else name


def in_language(name: str, language: str) -> str:
    """The name of a file of which each language has one of its own."""
    stem, _, ending = name.rpartition(".")
    return name if language == SOURCE else f"{stem}-{language}.{ending}"
