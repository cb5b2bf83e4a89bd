"""Reads every kind of citation back in each of its formats, with pandoc and with Zotero, and tells what was not understood.

The exit status is 1 where one reads another type, author, title, book, version, day, language or address than was written.
Zotero reads only where its translation server runs (``--zotero http://127.0.0.1:1969``): no package manager brings it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from urllib.request import Request, urlopen

import pypandoc
from dateutil import parser as dates

from zhenzhi import citing
from zhenzhi.book.edition import Edition, open_book

#: The names that pandoc has for the formats.
PANDOC = {"BibTeX": ("bibtex", "biblatex"), "RIS": ("ris",), "CSL-JSON": ("csljson",)}
DAY = "2026-11-28"
COMPARED = ("type", "title", "container-title", "author", "edition", "issued", "language", "URL")

#: Zotero's types in CSL. To it, every article in BibTeX is one of a journal.
TYPES = {"book": "book", "bookSection": "chapter", "newspaperArticle": "article-newspaper", "webpage": "webpage"}
TYPES_OF_BIBTEX = TYPES | {"journalArticle": "article-newspaper"}


def works(edition: Edition) -> Iterator[tuple[str, dict]]:
    address = "chapters/register/jj17.html#claim-jj17-grids"
    for kind in citing.KINDS:
        if kind not in ("newspaper", "web-page"):
            yield kind, citing.work(edition, kind, "x", "104 grids: 99% of A & B #1 (九江)", address)
    for article in edition.tables.articles.index:
        yield citing.source(edition, article)


def by_pandoc(reader: str, text: str) -> dict:
    (item,) = json.loads(pypandoc.convert_text(text, "csljson", format=reader))
    return item


def by_zotero(server: str, name: str, text: str) -> dict:
    """What Zotero imports, as CSL has it; a note is an item of its own."""
    request = Request(f"{server}/import", text.encode(), {"Content-Type": "text/plain"})
    with urlopen(request) as answer:
        item = json.load(answer)[0]
    day = dates.parse(item["date"].rstrip("?"))
    types = TYPES_OF_BIBTEX if name == "BibTeX" else TYPES
    return {
        "type": types.get(item["itemType"]),
        "title": item["title"],
        "container-title": item.get("bookTitle") or item.get("publicationTitle"),
        "author": [{"literal": creator.get("name")} for creator in item["creators"]],
        "edition": item.get("edition"),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": item["language"],
        "URL": item.get("url"),
    }


def readers(zotero: str | None) -> Iterator[tuple[str, str, Callable[[str], dict]]]:
    """Who reads which format: the format, its reader, and what reads it."""
    for name, known in PANDOC.items():
        yield from ((name, f"pandoc {reader}", partial(by_pandoc, reader)) for reader in known)
        if zotero:
            yield name, f"Zotero {name}", partial(by_zotero, zotero, name)


def with_day(text: str) -> str:
    """A file as a page hands it out: the day of access filled in."""
    for sign in "-/":
        text = text.replace(citing.ACCESSED.replace("-", sign), DAY.replace("-", sign))
    return text


def told(item: dict, field: str, parts: int) -> object:
    """A field, without what readers are free to write in another way; of a date so many parts."""
    value = item.get(field)
    if field == "author":
        return [person.get("literal") or person.get("family") for person in value or []]
    if field == "edition":
        return "".join(sign for sign in value or "" if sign.isdigit() or sign == ".")
    if field == "issued":
        return value["date-parts"][0][:parts]
    if field == "language":
        return "zh" if value in ("chinese", "zh-CN") else (value or "")[:2]
    return value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zotero", metavar="ADDRESS", help="of a translation server that runs")
    options = parser.parse_args()
    faults, count = [], 0
    for language in ("en", "zh"):
        for kind, item in works(open_book(language)):
            formats = citing.formats(kind, item)
            for name, reader, read in readers(options.zotero):
                count += 1
                got = read(with_day(formats[name]))
                # Of RIS, pandoc takes the year alone: the day stands in DA, which Zotero reads.
                parts = 1 if reader == "pandoc ris" else len(item["issued"]["date-parts"][0])
                faults += [
                    f"{language} {item['id']} {reader}: {field} is {told(got, field, parts)!r}, "
                    f"expected {told(item, field, parts)!r}"
                    for field in COMPARED
                    if told(got, field, parts) != told(item, field, parts)
                ]
    who = f"pandoc {pypandoc.get_pandoc_version()}" + (" and Zotero" if options.zotero else "")
    print("\n".join(faults) or f"as they were written: {count} citations, read by {who}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
