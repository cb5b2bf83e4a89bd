"""Where a reader finds what can be taken away: the list of downloads, and each chapter's notebook with its launch buttons.

The files themselves are made when the pages are built (``zhenzhi.takeaway.bundle``).
"""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.directives.citation import cited_work
from zhenzhi.sphinxext.env.incremental import edition_of, state_of
from zhenzhi.sphinxext.env.other_builders import add_page_node
from zhenzhi.takeaway import names, repository


class chapter_notebook(nodes.General, nodes.Element):
    """The page's notebook to download, and where it can be launched."""


class Downloads(SphinxDirective):
    """``{downloads}``: the files to take away, listed when they have been made."""

    def run(self) -> list[nodes.Node]:
        begin, end = names.MARKS
        text = escape(edition_of(self.env).label("downloads-pending"))
        return [nodes.raw("", f'<div class="zz-take-away">{begin}<p>{text}</p>{end}</div>', format="html")]


def _add_to_page(app: Sphinx, document: nodes.document) -> None:
    """Puts a chapter's notebook after its citation; pages that are no notebooks have none."""
    if app.env.docname not in state_of(app).outputs:
        return
    whole = next((node for node in document.findall(cited_work) if node["kind"] in ("book", "chapter")), None)
    if whole is not None:
        whole.parent.insert(whole.parent.index(whole) + 1, chapter_notebook())


def _visit(self, node: chapter_notebook) -> None:
    edition, page = edition_of(self.builder.env), self.builder.current_docname
    file = "../" * page.count("/") + names.notebook(page)
    links = [f'<a href="{file}" download>{escape(edition.label("notebook-download"))}</a>']
    url = self.builder.config.zhenzhi_repository
    if url:
        launch = {"launch-binder": repository.binder(url, page), "launch-colab": repository.colab(url, page)}
        links += [
            f'<a class="zz-launch" href="{escape(address)}" rel="external">{escape(edition.label(label))}</a>'
            for label, address in launch.items()
            if address
        ]
    head = escape(edition.named(edition.label("notebook"), ""))
    self.body.append(f'<p class="zz-downloads">{head}{" · ".join(links)}</p>')
    if url:
        self.body.append(
            f'<details class="zz-launch"><summary>{escape(edition.label("launch-local"))}</summary>'
            f"<pre>{escape(repository.local(url))}</pre></details>"
        )
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_config_value("zhenzhi_repository", repository.address(Path(app.srcdir)), "html")
    add_page_node(app, chapter_notebook, _visit)
    app.add_directive("downloads", Downloads)
    # After the citation has been added to the page.
    app.connect("doctree-read", _add_to_page, priority=600)
