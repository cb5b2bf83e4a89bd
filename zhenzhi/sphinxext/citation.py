"""How to cite a page, a figure or a claim: a block with every format, each to copy and to download.

The address of a citation is that of the version of the book. Where ``html.baseurl`` of ``_config.yml`` names the site, it is
written into the page; otherwise the page fills in the address from which it is read.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.docutils import SphinxDirective

from zhenzhi import __version__, citing
from zhenzhi.sphinxext.formats import add_page_node
from zhenzhi.sphinxext.freshness import edition_of, once

#: File name endings of the formats that reference managers read.
_ENDINGS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


class cited_work(nodes.General, nodes.Element):
    """A work to be cited: ``kind``, ``key``, ``title`` and ``anchor`` on its page; ``folded`` where it opens on demand."""


class CiteThis(SphinxDirective):
    """``{cite-this}``: the page as a reference in each style and format."""

    def run(self) -> list[nodes.Node]:
        return [_of_page(self.env, self.state.document)]


def _of_page(env, document: nodes.document) -> cited_work:
    if env.docname == env.config.root_doc:
        return cited_work(kind="book", key="zhenzhi", title=citing.BOOK_TITLE, anchor="", folded=True)
    title = next(document.findall(nodes.title)).astext()
    return cited_work(kind="chapter", key=_key(env.docname), title=title, anchor="", folded=False)


def _key(docname: str) -> str:
    return "zhenzhi-" + docname.removeprefix("chapters/").replace("/", "-")


def _add_to_page(app: Sphinx, document: nodes.document) -> None:
    """Ends every page with its citation, unless the page sets it itself."""
    section = next(document.findall(nodes.section), None)
    whole = any(node["kind"] in ("book", "chapter") for node in document.findall(cited_work))
    if section is not None and not whole:
        node = _of_page(app.env, document)
        node["folded"] = True
        section += node


def site(builder: Builder) -> str:
    """The address of this version of the book, where the configuration names a site."""
    return citing.site(builder.config.html_baseurl)


def _visit(self, node: cited_work) -> None:
    builder = self.builder
    edition = edition_of(builder.env)
    page = builder.get_target_uri(builder.current_docname)
    address = f"{page}#{node['anchor']}" if node["anchor"] else page
    item = citing.work(node["kind"], node["key"], node["title"], address)
    formats = once(builder.app, repr((node["kind"], item)), lambda: citing.formats(node["kind"], item))
    entries = "".join(
        _format(edition, node["key"], name, _located(text, site(builder))) for name, text in formats.items()
    )
    block = f'<dl class="zz-cite">{entries}</dl>'
    if node["folded"]:
        summary = escape(edition.label(f"cite-{node['kind']}"))
        block = f'<details class="zz-cite-fold"><summary>{summary}</summary>{block}</details>'
    self.body.append(block)
    raise nodes.SkipNode


def _format(edition, key: str, name: str, text: str) -> str:
    copy, download = escape(edition.label("copy")), escape(edition.label("download"))
    buttons = f'<button type="button" class="zz-copy" aria-label="{copy}: {name}">{copy}</button>'
    ending = _ENDINGS.get(name, "txt")
    buttons += (
        f'<button type="button" class="zz-save" data-name="{key}.{ending}" '
        f'aria-label="{download}: {name}">{download}</button>'
    )
    return f"<dt>{name} <span>{buttons}</span></dt><dd><pre>{text}</pre></dd>"


def _located(text: str, base: str) -> str:
    """The text as HTML, with the address of the site or a gap that the page fills in."""
    gap = escape(base) if base else f'<span class="zz-site">{__version__}/</span>'
    return escape(text, quote=False).replace(citing.SITE, gap)


def setup(app: Sphinx) -> None:
    add_page_node(app, cited_work, _visit)
    app.add_directive("cite-this", CiteThis)
    app.connect("doctree-read", _add_to_page)
