"""The PDF edition: the built pages set as one printed book, by WeasyPrint.

The pages are read as they were built, so that book and PDF cannot tell different things.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import quote, unquote, urlsplit

import lxml.html
import mplfonts
from jinja2 import Environment, FileSystemLoader
from lxml.html import HtmlElement, builder

from zhenzhi import __date__, __version__, citing, locales, project
from zhenzhi.book.edition import Edition
from zhenzhi.errors import BuildError
from zhenzhi.takeaway import still
from zhenzhi.takeaway.translation import Translation

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = Path(mplfonts.__file__).parent / "fonts"


@dataclass(frozen=True)
class _Chapter:
    """A page of the book as a part of the PDF.

    Attributes:
        page: its name, such as ``chapters/audit``.
        part: the caption of the part that it opens; empty where it opens none.
        depth: 0 for a chapter, 1 for a page below one.
    """

    page: str
    part: str
    depth: int


def write(root: Path, book: Path, edition: Edition, file: Path, address: str) -> None:
    """Sets a built book as PDF.

    Args:
        root: the project, for the table of contents.
        book: the built book in the language.
        edition: the words.
        file: the PDF.
        address: where the book stands for links that lead to it, ending in a slash; may be relative to the PDF.

    Raises:
        BuildError: Pango is missing on this machine, or a page of the table of contents is missing in the book.
    """
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise BuildError(
            f"the PDF edition needs Pango, which this machine lacks ({error}); install it with the system's package manager "
            "(Debian: libpango-1.0-0 and libpangoft2-1.0-0), then run it again"
        ) from None

    chapters = list(_chapters(root, edition.language))
    known = {f"{chapter.page}.html" for chapter in chapters}
    articles = [_article(book, chapter, known, edition, address) for chapter in chapters]
    entries = [_entry(chapter, article) for chapter, article in zip(chapters, articles, strict=True)]
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    text = environment.get_template("pdf.html").render(
        word=edition.label,
        version=edition.label("pdf-version", version=__version__, date=edition.date(__date__)),
        number=__version__,
        date=__date__,
        author=citing.author(edition),
        title=citing.title(edition),
        language=locales.tag(edition.language),
        entries=entries,
        articles=[lxml.html.tostring(article, encoding="unicode") for article in articles],
        fonts={face: (_FONTS / name).as_uri() for face, name in _FACES.items()},
    )
    fonts = FontConfiguration()
    HTML(string=text, base_url=None).write_pdf(file, font_config=fonts)


#: The typefaces, all of them with Chinese; they come with ``mplfonts``.
_FACES = {
    "Zhenzhi Serif": "NotoSerifCJKsc-Regular.otf",
    "Zhenzhi Sans": "NotoSansCJKsc-Regular.otf",
    "Zhenzhi Mono": "NotoSansMonoCJKsc-Regular.otf",
}


def _chapters(root: Path, language: str) -> Iterator[_Chapter]:
    """The pages in the order of the table of contents, with the captions of its parts in a language."""
    toc = project.contents(root)
    captions = Translation(locales.translations(root, language, toc.root.docname))
    yield _Chapter(toc.root.docname, "", 0)

    def below(page: str, depth: int) -> Iterator[_Chapter]:
        for tree in toc[page].subtrees:
            for item in tree.items:
                yield _Chapter(str(item), "", depth)
                yield from below(str(item), depth + 1)

    for tree in toc.root.subtrees:
        caption = captions.title(tree.caption or "")
        for item in tree.items:
            yield _Chapter(str(item), caption, 0)
            caption = ""
            yield from below(str(item), 1)


def _article(book: Path, chapter: _Chapter, known: set[str], edition: Edition, address: str) -> HtmlElement:
    """A page as a part of the PDF: what a screen needs is gone, and every anchor and link is one of the whole."""
    file = book / f"{chapter.page}.html"
    if not file.is_file():
        raise BuildError(f"_toc.yml names {chapter.page}, and the book has no such page; expected {file.name}")
    page = lxml.html.fromstring(file.read_text(encoding="utf-8"))
    article = page.find_class("bd-article")[0]
    _set_uses(article, file, edition)
    still.settle(article, edition, f"{address}{chapter.page}.html", _inside)
    _set_registers(article, edition)
    _set_lists(article)
    _relocate(article, book, chapter, known, address)
    article.tag = "section"
    article.set("class", f"chapter depth-{chapter.depth}")
    article.set("id", _anchor(chapter.page, ""))
    if chapter.part:
        part = builder.P(builder.CLASS("part"), chapter.part)
        part.set("id", f"part--{_anchor(chapter.page, '')}")
        article.insert(0, part)
    return article


def _inside(name: str, drawing: str) -> str:
    """The picture of a panel as an address that holds it."""
    drawing = drawing.replace("<svg", '<svg font-family="Zhenzhi Sans"', 1)
    return f"data:image/svg+xml,{quote(drawing)}"


def _anchor(page: str, anchor: str) -> str:
    """A name of the whole for an anchor of a page."""
    return f"{page.replace('/', '-')}--{anchor}" if anchor else page.replace("/", "-")


def _set_uses(article: HtmlElement, file: Path, edition: Edition) -> None:
    """Where a record is used: on paper a line of it, which in the book lies beside the page until it is asked for."""
    folds = article.find_class("zz-used-fold")
    if not folds:
        return
    held = json.loads(file.with_suffix(".beside.js").read_text(encoding="utf-8").partition(" = ")[2].rstrip(";\n"))
    for fold in folds:
        line = lxml.html.fragment_fromstring(held[fold.find("div").get("data-held")])
        line.text = edition.named(fold.findtext("summary"), line.text or "")
        fold.getparent().replace(fold, line)


def _set_registers(article: HtmlElement, edition: Edition) -> None:
    """Records that follow each other become one table, a row each."""
    for first in article.xpath(
        ".//div[contains(@class,'zz-record')][not(preceding-sibling::*[1][contains(@class,'zz-record')])]"
    ):
        records = [first]
        while (following := records[-1].getnext()) is not None and "zz-record" in (following.get("class") or ""):
            records.append(following)
        claims = bool(_facts(first))
        table = builder.TABLE(builder.CLASS("register claims" if claims else "register entries"))
        first.addprevious(table)
        if claims:
            named = {name for record in records for name in _facts(record)}
            columns = [word for word in ("fact-written",) if edition.label(word) in named]
            words = ("column-claims", *columns, "pdf-known")
            table.append(builder.THEAD(builder.TR(*(builder.TH(edition.label(word)) for word in words))))
            own = [edition.label(word) for word in columns]
        for record in records:
            row = _claim_row(record, own, edition.label("fact-source")) if claims else _entry_row(record)
            row.set("id", record.get("id") or "")
            table.append(row)
            record.drop_tree()


def _facts(record: HtmlElement) -> dict[str, HtmlElement]:
    """What the record of a claim or an outside figure tells, by name; nothing of other records."""
    return {term.text_content(): term.getnext() for term in record.xpath("./dl[not(@class)]/dt")}


def _claim_row(record: HtmlElement, own: list[str], source: str) -> HtmlElement:
    """The head of a record, the facts that have a column of their own, and what else is known of it.

    Args:
        record: the record of a claim or an outside figure.
        own: the names of the facts with their own columns.
        source: the name of the fact that the heading of the table tells.
    """
    facts = _facts(record)
    for value in facts.values():
        value.tag = "span"
    cells = [builder.TD(facts[name]) if name in facts else builder.TD() for name in own]
    rest = [
        builder.SPAN(builder.CLASS("fact"), builder.SPAN(builder.CLASS("label"), f"{name} "), value)
        for name, value in facts.items()
        if name not in own and name != source
    ]
    known = builder.TD(*([builder.P(*rest)] if rest else []), *record.xpath("./p[contains(@class,'zz-record-line')]"))
    # Where it is used fills pages; the book tells it.
    return builder.TR(builder.TD(*record.xpath("./p[contains(@class,'zz-record-head')]")), *cells, known)


def _entry_row(record: HtmlElement) -> HtmlElement:
    head = builder.TD(*record.xpath("./p[contains(@class,'zz-record-head')]"))
    rest = builder.TD(*record.xpath("./*[not(contains(@class,'zz-record-head'))]"))
    return builder.TR(head, rest)


def _set_lists(article: HtmlElement) -> None:
    """Lists of terms become tables: they break over pages as tables do."""
    for terms in article.xpath(".//dl"):
        terms.tag = "table"
        terms.set("class", f"terms {terms.get('class', '')}")
        for term in terms.xpath(".//dt"):
            value = term.getnext()
            row = builder.TR()
            term.addprevious(row)
            term.tag = "th"
            row.append(term)
            if value is not None and value.tag == "dd":
                value.tag = "td"
                row.append(value)
        for group in terms.xpath("./div"):
            group.drop_tag()


def _relocate(article: HtmlElement, book: Path, chapter: _Chapter, known: set[str], address: str) -> None:
    """Anchors become those of the whole, links lead within the PDF or to the book, pictures are files."""
    for element in article.xpath(".//*[@id]"):
        element.set("id", _anchor(chapter.page, element.get("id")))
    for image in article.xpath(".//img[@src]"):
        if not image.get("src").startswith("data:"):
            image.set("src", (book / _target(chapter.page, image.get("src"))).resolve().as_uri())
            for size in ("width", "height"):
                image.attrib.pop(size, None)
    for link in article.xpath(".//a[@href][not(@class='outside')]"):
        parts = urlsplit(link.get("href"))
        if parts.scheme or parts.netloc:
            link.set("class", f"{link.get('class', '')} outside")
            continue
        target = _target(chapter.page, parts.path) if parts.path else f"{chapter.page}.html"
        if target in known:
            link.set("href", f"#{_anchor(target.removesuffix('.html'), unquote(parts.fragment))}")
        else:
            link.set("href", address + target)


def _target(page: str, reference: str) -> str:
    """The path in the book that a page's relative reference leads to."""
    return normpath(f"{dirname(page) or '.'}/{unquote(urlsplit(reference).path)}")


def _entry(chapter: _Chapter, article: HtmlElement) -> dict:
    """A line of the contents, with those of its sections."""
    return {
        "part": chapter.part,
        "depth": chapter.depth,
        "anchor": article.get("id"),
        "title": _title(article.xpath(".//h1")[0]),
        "sections": [
            {"anchor": heading.xpath("ancestor-or-self::*[@id][1]/@id")[0], "title": _title(heading)}
            for heading in (article.xpath(".//h2") if chapter.depth == 0 else ())
            if len(_title(heading)) > 1  # not the letters of the glossary
        ],
    }


def _title(heading: HtmlElement) -> str:
    return " ".join(heading.text_content().split())
