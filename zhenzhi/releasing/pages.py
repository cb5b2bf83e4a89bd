"""Reads the pages of a built book: their addresses, the sentences that use a claim or a check, and the figures.

What a release promises is what its pages hold, so this is read from the pages themselves and not from what made them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from zhenzhi.locales import language_of

#: Anchors that no reader links to: cards, which open beside a figure, the places where a term is used, and names that Sphinx
#: hands out by counting.
_PASSING = re.compile(r"card-.*|use-.*|id\d+")

#: Blocks of text, the innermost of which holds a sentence.
_BLOCKS = {"p", "li", "dd", "dt", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "summary"}

#: Where one sentence ends and the next begins; the name of a figure (Fig. 2) ends none.
_BREAK = re.compile(r"(?<!\bFig\.)(?<=[.!?])\s+(?=[\"“(]?[A-Z0-9])|(?<=[。！？])")

#: What a link to a record names: a claim or a check.
_RECORD = re.compile(r"#(?:claim|check)-(.+)")


@dataclass(frozen=True)
class Passage:
    """A sentence, or a figure, that rests on claims or checks.

    Attributes:
        page: the address of its page within the book.
        anchor: of the section that holds the sentence, or of the figure; empty at the top of a page.
        section: the title of the section, or of the figure.
        text: the sentence; empty for a figure.
        names: the claims and checks.
    """

    page: str
    anchor: str
    section: str
    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page of a built book.

    Attributes:
        address: its address within the book, such as ``chapters/audit.html``.
        title: its title.
        anchors: the anchors in its text.
        sentences: the sentences that use a claim or a check.
        figures: the figures with the claims that they show.
    """

    address: str
    title: str
    anchors: frozenset[str]
    sentences: tuple[Passage, ...]
    figures: tuple[Passage, ...]


def read(book: Path) -> dict[str, Page]:
    """The pages of a built book by address."""
    files = sorted(file for file in book.rglob("*.html") if "_static" not in file.relative_to(book).parts)
    pages = (_page(file, file.relative_to(book).as_posix()) for file in files)
    return {page.address: page for page in pages}


def in_language(pages: Mapping[str, Page], language: str) -> dict[str, Page]:
    """Those pages that stand in a language."""
    return {address: page for address, page in pages.items() if language_of(address) == language}


def addresses(book: Path) -> list[str]:
    """The addresses of the pages of a built book, without reading them."""
    files = (file.relative_to(book) for file in book.rglob("*.html"))
    return sorted(file.as_posix() for file in files if "_static" not in file.parts)


def _page(file: Path, address: str) -> Page:
    document = html.document_fromstring(file.read_text(encoding="utf-8"))
    # A page without a text of its own, such as the search page, has nothing to link to but itself.
    main = next(iter(document.xpath("//article")), html.Element("article"))
    title = next(iter(main.xpath(".//h1")), None)
    return Page(
        address=address,
        title=address if title is None else _words(title),
        anchors=frozenset(name for name in main.xpath(".//@id") if not _PASSING.fullmatch(name)),
        sentences=tuple(_sentences(main, address)),
        figures=tuple(_figures(main, address)),
    )


def _sentences(main: html.HtmlElement, address: str) -> Iterator[Passage]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for link in main.xpath(".//a[contains(concat(' ', @class, ' '), ' zz-figure ')]"):
        match = _RECORD.search(link.get("href", ""))
        block = next((element for element in link.iterancestors() if element.tag in _BLOCKS), None)
        if match is None or block is None:
            continue
        anchor, section = _section(link)
        names = found.setdefault((anchor, section, _sentence_around(block, link)), [])
        if match[1] not in names:
            names.append(match[1])
    for (anchor, section, text), names in found.items():
        yield Passage(address, anchor, section, text, tuple(names))


def _figures(main: html.HtmlElement, address: str) -> Iterator[Passage]:
    for figure in main.xpath(".//figure[starts-with(@id, 'fig-')]"):
        links = figure.xpath(".//table//a/@href")
        # Its data lie beside the page; in the first releases they lay in it.
        shown = " ".join(figure.xpath(".//details/@data-claims")).split()
        names = dict.fromkeys([*shown, *(match[1] for link in links if (match := _RECORD.search(link)))])
        caption = next(iter(figure.xpath(".//figcaption")), figure)
        number = next(iter(caption.xpath(".//*[contains(@class, 'caption-number')]")), None)
        title = figure.get("id") if number is None else _words(number)
        yield Passage(address, figure.get("id"), title, "", tuple(names))


def _section(element: html.HtmlElement) -> tuple[str, str]:
    """Anchor and title of the section around an element."""
    section = next((outer for outer in element.iterancestors("section") if outer.get("id")), None)
    if section is None:
        return "", ""
    heading = next(iter(section.xpath("./*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")), None)
    return section.get("id"), section.get("id") if heading is None else _words(heading)


def _sentence_around(block: html.HtmlElement, link: html.HtmlElement) -> str:
    """The sentence of a block of text in which a link stands."""
    start: int | None = None
    whole = ""
    for element, text in _texts(block):
        if element is link and start is None:
            start = len(whole)
        whole += text
    at = start or 0
    ends = [match.end() for match in _BREAK.finditer(whole)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end > at), default=len(whole))
    return " ".join(whole[first:last].split())


def _texts(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """The pieces of text of an element, each with the element that it opens or follows; marks (sup) are left out."""
    yield element, element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag != "sup":
            yield from _texts(child)
        yield element, child.tail or ""


def _words(element: html.HtmlElement) -> str:
    """The text of a heading or a caption without its link to itself."""
    parts = [text for text in element.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]")]
    return " ".join("".join(parts).split())
