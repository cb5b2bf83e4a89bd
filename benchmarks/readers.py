"""Reads every kind of citation back with pandoc, in each format that it reads, and tells what it did not understand.

The exit status is 1 where pandoc reads another type, author, title, book, version, day, language or address than was written.
Its reader of RIS takes the year of a date only; the day stands in ``DA``, which Zotero reads.
"""

import json
import sys
from collections.abc import Iterator

import pypandoc

from zhenzhi import citing
from zhenzhi.book.edition import Edition, open_book

READERS = {"BibTeX": ("bibtex", "biblatex"), "RIS": ("ris",), "CSL-JSON": ("csljson",)}
DAY = "2026-11-28"
COMPARED = ("type", "title", "container-title", "author", "edition", "issued", "language", "URL")


def works(edition: Edition) -> Iterator[tuple[str, dict]]:
    address = "chapters/register/jj17.html#claim-jj17-grids"
    for kind in citing.KINDS:
        if kind not in ("newspaper", "web-page"):
            yield kind, citing.work(edition, kind, "x", "104 grids: 99% of A & B #1 (九江)", address)
    for article in edition.tables.articles.index:
        yield citing.source(edition, article)


def read(text: str, reader: str) -> dict:
    for sign in "-/":
        text = text.replace(citing.ACCESSED.replace("-", sign), DAY.replace("-", sign))
    (item,) = json.loads(pypandoc.convert_text(text, "csljson", format=reader))
    return item


def told(item: dict, name: str, is_ris: bool) -> object:
    """A field, without what readers are free to write in another way."""
    value = item.get(name)
    if name == "author":
        return [person.get("literal") or person.get("family") for person in value or []]
    if name == "edition":
        return "".join(sign for sign in value or "" if sign.isdigit() or sign == ".")
    if name == "issued":
        return value["date-parts"][0][:1] if is_ris else value["date-parts"][0]
    if name == "language":
        return "zh" if value in ("chinese", "zh-CN") else (value or "")[:2]
    return value


def main() -> int:
    faults, count = [], 0
    for language in ("en", "zh"):
        for kind, item in works(open_book(language)):
            formats = citing.formats(kind, item)
            for name, readers in READERS.items():
                for reader in readers:
                    count += 1
                    got, is_ris = read(formats[name], reader), reader == "ris"
                    faults += [
                        f"{language} {item['id']} {reader}: {field} is {told(got, field, is_ris)!r}, "
                        f"expected {told(item, field, is_ris)!r}"
                        for field in COMPARED
                        if told(got, field, is_ris) != told(item, field, is_ris)
                    ]
    print("\n".join(faults) or f"pandoc {pypandoc.get_pandoc_version()} reads {count} citations as they were written")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
