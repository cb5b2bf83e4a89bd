"""How to cite a page, a figure, a finding, a claim or a source document: every format, each to copy and to download.

The address of a citation is that of the version of the book. Where ``html.baseurl`` of ``_config.yml`` names the site, it is
written into the page; otherwise the page fills in the address from which it is read, as it does with the day of access.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from zhenzhi import citing
from zhenzhi.book.edition import Edition
from zhenzhi.locales import folder
from zhenzhi.sphinxext.env.incremental import edition_of, once
from zhenzhi.sphinxext.env.other_builders import add_page_node

#: File name endings of the formats that reference managers read.
_ENDINGS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


class cited_work(nodes.General, nodes.Element):
    """A work to be cited: ``kind``, ``name``, ``title`` and ``anchor`` on its page; ``folded`` where it opens on demand.

    ``articles`` are those of source documents that are cited with it; of the kind ``document`` they are all that is cited.
    """


def articles_to_cite(articles: list[str]) -> cited_work:
    """The articles of a source document, to be cited."""
    return cited_work(kind="document", name="", title="", anchor="", folded=True, articles=articles)


class CiteThis(SphinxDirective):
    """``{cite-this}``: the page as a reference in each style and format."""

    def run(self) -> list[nodes.Node]:
        return [_of_page(self.env)]


def _of_page(env: BuildEnvironment) -> cited_work:
    """The page that is being read; its title is known when it has been translated."""
    if env.docname == env.config.root_doc:
        return cited_work(kind="book", name="", title="", anchor="", folded=True)
    name = env.docname.removeprefix("chapters/").replace("/", "-")
    return cited_work(kind="chapter", name=name, title="", anchor="", folded=False)


def _add_to_page(app: Sphinx, document: nodes.document) -> None:
    """Ends every page with its citation, unless the page sets it itself."""
    section = next(document.findall(nodes.section), None)
    whole = any(node["kind"] in ("book", "chapter") for node in document.findall(cited_work))
    if section is not None and not whole:
        node = _of_page(app.env)
        node["folded"] = True
        section += node


def site(builder: Builder) -> str:
    """The address of this version of the book, where the configuration names a site."""
    return citing.site(builder.config.html_baseurl, edition_of(builder.env).language)


def _visit(self, node: cited_work) -> None:
    builder = self.builder
    edition = edition_of(builder.env)
    works = [] if node["kind"] == "document" else [(node["kind"], _item(builder, builder.current_docname, node))]
    named: list[str] = node.get("articles", [])
    articles = [citing.source(edition, article) for article in named]
    in_book, in_source = ("cite-in-book", "cite-in-source") if works and articles else ("", "")
    shown = [(*work, in_book) for work in works] + [(*article, in_source) for article in articles]
    if node["folded"]:
        block = "".join(_work(builder, edition, *entry) for entry in shown)
        self.body.append(_fold(edition.label(f"cite-{node['kind']}"), block))
    else:
        self.body += [_opened(builder, edition, kind, item) for kind, item, _ in shown]
    raise nodes.SkipNode


def _fold(summary: str, block: str) -> str:
    return f'<details class="zz-cite-fold"><summary>{escape(summary)}</summary>{block}</details>'


def _item(builder: Builder, page: str, node: cited_work) -> dict:
    title = builder.env.titles[page].astext() if node["kind"] == "chapter" else node["title"]
    uri = builder.get_target_uri(page)
    address = f"{uri}#{node['anchor']}" if node["anchor"] else uri
    return citing.work(edition_of(builder.env), node["kind"], node["name"], title, address)


def _work(builder: Builder, edition: Edition, kind: str, item: dict, label: str) -> str:
    """A work in every format, as HTML, under a label where it has one."""
    head = f"<p>{escape(edition.label(label))}</p>" if label else ""
    entries = "".join(_entries(builder, edition, kind, item).values())
    return f'<div class="zz-cite-work" data-work="{item["id"]}">{head}<dl class="zz-cite">{entries}</dl></div>'


def _opened(builder: Builder, edition: Edition, kind: str, item: dict) -> str:
    """A work as a reference in each style, and the formats for reference managers folded."""
    entries = _entries(builder, edition, kind, item)
    styles = "".join(entry for name, entry in entries.items() if name not in _ENDINGS)
    files = "".join(entry for name, entry in entries.items() if name in _ENDINGS)
    held = f'<div class="zz-cite-work" data-work="{item["id"]}"><dl class="zz-cite">{files}</dl></div>'
    return f'<dl class="zz-cite">{styles}</dl>{_fold(edition.label("cite-files"), held)}'


def _entries(builder: Builder, edition: Edition, kind: str, item: dict) -> dict[str, str]:
    """The formats of a work as HTML, by name."""
    formats = once(builder.app, repr((kind, item)), lambda: citing.formats(kind, item))
    base = site(builder)
    return {name: _format(edition, item["id"], name, _located(edition, text, base)) for name, text in formats.items()}


def _format(edition: Edition, key: str, name: str, text: str) -> str:
    copy, download = escape(edition.label("copy")), escape(edition.label("download"))
    buttons = f'<button type="button" class="zz-copy" aria-label="{edition.named(copy, name)}">{copy}</button>'
    ending = _ENDINGS.get(name, "txt")
    kind = "" if name in _ENDINGS else ' class="zz-cite-prose"'
    buttons += (
        f'<button type="button" class="zz-save" data-name="{key}.{ending}" '
        f'aria-label="{edition.named(download, name)}">{download}</button>'
    )
    return f"<dt>{name} <span>{buttons}</span></dt><dd><pre{kind}>{text}</pre></dd>"


def _located(edition: Edition, text: str, base: str) -> str:
    """The text as HTML, with the address of the site or a gap that the page fills in, and a gap for the day of access."""
    here = f'<span class="zz-site">{citing.in_site()}/{folder(edition.language)}</span>'
    text = escape(text, quote=False).replace(citing.SITE, escape(base) if base else here)
    gap = escape(edition.label("cite-access-gap"))
    for sign in "-/":
        day = f'<span class="zz-accessed" data-sign="{sign}">{gap}</span>'
        text = text.replace(citing.ACCESSED.replace("-", sign), day)
    return text


def setup(app: Sphinx) -> None:
    add_page_node(app, cited_work, _visit)
    app.add_directive("cite-this", CiteThis)
    app.connect("doctree-read", _add_to_page)
