"""The written pages of the EPUB edition as XHTML that holds still, with links that stay within it or lead to the web."""

from pathlib import Path
from posixpath import dirname, normpath, relpath
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from sphinx.builders import Builder

from zhenzhi import CHANGES_MARKS
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.finish.accessibility_fixes import mend_lists
from zhenzhi.sphinxext.outputs.charts import FOLDER
from zhenzhi.takeaway import still

#: How the names of pages end here, and on the web.
_OWN, _WEB = ".xhtml", ".html"


def mend(builder: Builder) -> None:
    """Mends every page in the folder of the builder, and adds the pictures of panels."""
    folder, book = Path(builder.outdir), builder.config.zhenzhi_web
    edition, web = edition_of(builder.env), Path(builder.config.zhenzhi_pages)
    known = {file.relative_to(folder).as_posix() for file in folder.rglob(f"*{_OWN}")}

    def store(name: str, drawing: str) -> str:
        picture = folder / FOLDER / f"{name}.svg"
        picture.write_text(drawing.replace("<svg", '<svg font-family="sans-serif"', 1), encoding="utf-8")
        return relpath(picture, file.parent)

    for name in sorted(known):
        file, page = folder / name, name.removesuffix(_OWN)
        text = _filled(file.read_text(encoding="utf-8"), web / f"{page}{_WEB}")
        tree = html.document_fromstring(text)
        still.settle(tree.body, edition, f"{book}{page}{_WEB}" if book else "", store)
        mend_lists(tree)
        _relocate(tree, name, known, book)
        file.write_bytes(_xhtml(tree))


def _filled(text: str, web_page: Path) -> str:
    """A page with what changed since earlier releases, which a release tells its web page when that is made."""
    begin, end = CHANGES_MARKS
    if begin not in text or not web_page.is_file():
        return text
    told = web_page.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0]
    return text.partition(begin)[0] + told + text.partition(end)[2]


def _relocate(tree: html.HtmlElement, here: str, known: set[str], book: str) -> None:
    """Links lead to a page of the edition, or to the book on the web; where that is not known, their words stay."""
    for link in tree.xpath("//a[@href]"):
        parts = urlsplit(link.get("href"))
        if parts.scheme or not parts.path:
            continue
        target = normpath(f"{dirname(here) or '.'}/{unquote(parts.path)}")
        own = target.removesuffix(_WEB) + _OWN if target.endswith(_WEB) else target
        if own in known:
            link.set("href", parts._replace(path=relpath(own, dirname(here) or ".")).geturl())
        elif book:
            link.set("href", book + target)
        else:
            link.drop_tag()


def _xhtml(tree: html.HtmlElement) -> bytes:
    """A tree as XML; the template names the namespaces, which to this parser are attributes as any others."""
    return etree.tostring(tree, method="xml", encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
