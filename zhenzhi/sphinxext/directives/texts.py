"""*Read beside the document*: a fold above the records of a document, in which a reader who has its file chooses it."""

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from zhenzhi import texts
from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env.other_builders import add_page_node


class text_fold(nodes.General, nodes.Element):
    """The fold; ``content`` is what its script shows, ``words`` what stands in it before."""


def fold(edition: Edition, document_id: str) -> text_fold:
    """The fold of a document."""
    document, label = edition.tables.documents.loc[document_id], edition.label
    size = edition.digits(document["characters"])
    words = {
        "title": label("text-title"),
        "about": label("text-about", file=document["file_name"], characters=size),
        "noscript": label("text-noscript"),
    }
    return text_fold(content=texts.content(edition, document_id), words=words)


_FOLD = Markup(
    '<details class="zz-text-fold" id="text-{id}" data-sha256="{sha256}"><summary>{title}</summary><p>{about}</p>'
    '<noscript><p>{noscript}</p></noscript><p role="status"></p>'
    '<script type="application/json">{data}</script></details>'
)


def _visit_html(self, node: text_fold) -> None:
    content = node["content"]
    data = Markup(texts.as_json(content))
    self.body.append(_FOLD.format(**content["document"], **node["words"], data=data))
    raise nodes.SkipNode


def _add_static(app: Sphinx) -> None:
    app.config.html_static_path.append(str(texts.STATIC))


def _add_script(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Loads the scripts and the style sheet on pages that have the fold."""
    if doctree is not None and next(doctree.findall(text_fold), None) is not None:
        app.add_css_file("text.css")
        for name in ("text.js", "open-text.js"):
            app.add_js_file(name, loading_method="defer")


def setup(app: Sphinx) -> None:
    add_page_node(app, text_fold, _visit_html)
    app.connect("builder-inited", _add_static)
    app.connect("html-page-context", _add_script)
