"""The page in the other languages of the book: a switch on every page, and addresses for machines.

Pages stand at the same path in each language, that of the source language at the root, others in a folder of their own, so
that the switch needs nothing but the name of the page. The script keeps the anchor, and remembers what the reader chose.
"""

from html import escape
from pathlib import Path

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from zhenzhi import citing
from zhenzhi.locales import NAMES, SOURCE, folder, tag, to_root, translations
from zhenzhi.sphinxext.env.incremental import edition_of


def twins(app: Sphinx, pagename: str) -> dict[str, str]:
    """The addresses of a page in the other languages of the book as seen from it, by language."""
    own = app.config.language[:2]
    page = app.builder.get_target_uri(pagename)
    root = to_root(page, own, app.config.zhenzhi_languages)
    return {name: f"{root}{folder(name)}{page}" for name in app.config.zhenzhi_languages if name != own}


def _add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    found = twins(app, pagename)
    links = [
        Markup('<a class="zz-language" href="{}" hreflang="{}" lang="{}" data-language="{}">{}</a>').format(
            uri, tag(name), tag(name), name, NAMES[name]
        )
        for name, uri in found.items()
    ]
    context["zz_languages"] = Markup().join(links)
    base = citing.site(app.config.html_baseurl)
    if not base or not found:
        return
    # Machines want whole addresses, and of all languages, the page's own included.
    page = app.builder.get_target_uri(pagename)
    tags = [
        f'<link rel="alternate" hreflang="{tag(name)}" href="{escape(base + folder(name) + page)}">'
        for name in app.config.zhenzhi_languages
    ]
    tags.append(f'<link rel="alternate" hreflang="x-default" href="{escape(base + folder(SOURCE) + page)}">')
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)


class CellsOfCaptionedTables(SphinxTransform):
    """Tells where the cells of a table with a caption come from; Sphinx takes no text without a source for a message."""

    default_priority = 5  # before messages are taken out or translated

    def apply(self, **kwargs) -> None:
        for table in self.document.findall(nodes.table):
            if not isinstance(table[0], nodes.title):
                continue
            for cell in table.findall(nodes.paragraph):
                cell.source, cell.line = cell.source or self.document["source"], cell.line or table.line or 1


class Captions(SphinxTransform):
    """Translates the names of the parts of the book; the table of contents comes when messages are translated already."""

    default_priority = 101  # after the table of contents has been set

    def apply(self, **kwargs) -> None:
        captioned = [toctree for toctree in self.document.findall(addnodes.toctree) if toctree.get("caption")]
        known = captions(self.app) if captioned else {}
        for toctree in captioned:
            toctree["caption"] = known[toctree["caption"]]


def captions(app: Sphinx) -> dict[str, str]:
    """The names of the parts of the book in the language of the pages, by those in the table of contents."""
    root = vars(app.env)["external_site_map"].root
    known = translations(Path(app.srcdir), edition_of(app.env).language, app.config.root_doc)
    return {tree.caption: known.get(tree.caption, tree.caption) for tree in root.subtrees if tree.caption}


def setup(app: Sphinx) -> None:
    app.add_transform(Captions)
    app.add_transform(CellsOfCaptionedTables)
    app.add_config_value("zhenzhi_languages", [SOURCE], "html")
    app.add_js_file("languages.js", loading_method="defer")
    app.connect("html-page-context", _add)
