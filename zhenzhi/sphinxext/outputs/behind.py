"""What stands behind an output: the menu of a figure, the code that made it, and one switch a page that shows all code.

The code is read from the notebook, so that a cell may leave it out of the page (``remove-input``) and a reader finds it all
the same. ``beside.js`` brings it when it is asked for, and ``code.js`` lets the switch open every piece.
"""

from html import escape

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx

from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_page_node


class menu(nodes.General, nodes.Element):
    """A fold that holds what can be had of a figure: ``name`` is what the fold says, ``title`` that of the figure."""


class cell_code(nodes.General, nodes.Element):
    """The code of a cell: ``source``, its language ``lexer``, and ``name``, by which the page asks for it."""


def code_of(renderer: NbElementRenderer, data: MimeData) -> cell_code:
    """The code of the cell whose output is being set."""
    client = renderer.renderer.nb_client
    source = client.notebook["cells"][data.cell_index]["source"]
    return cell_code(source=source, lexer=client.nb_source_code_lexer() or "python", name=f"code-{data.cell_index}")


def _open_menu(self, node: menu) -> None:
    if self.builder.name != "html":
        raise nodes.SkipNode
    separator = edition_of(self.builder.env).label("name-separator")
    # Who hears the folds of a page one after the other hears of which figure each is.
    of = f'<span class="zz-hidden">{escape(separator + node["title"])}</span>'
    self.body.append(f'<details class="zz-menu"><summary>{escape(node["name"])}{of}</summary>')


def _close_menu(self, node: menu) -> None:
    self.body.append("</details>")


def _visit_code(self, node: cell_code) -> None:
    if self.builder.name == "html":
        code = self.highlighter.highlight_block(node["source"], node["lexer"], location=node)
        name = escape(edition_of(self.builder.env).label("code"))
        self.body.append(
            f'<details class="zz-code"><summary>{name}</summary><div class="zz-scroll" data-code="{node["name"]}" '
            f'tabindex="0" role="group" aria-label="{name}">{code}</div></details>'
        )
    raise nodes.SkipNode


def _add_switch(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """The switch, on a page that has code behind its figures."""
    context["zz_code"] = ""
    if doctree is not None and next(doctree.findall(cell_code), None) is not None:
        edition = edition_of(app.env)
        context["zz_code"] = Markup(
            '<button type="button" class="zz-code-switch pst-js-only" aria-pressed="false" title="{}">{}</button>'
        ).format(edition.label("code-switch"), edition.label("code"))


def setup(app: Sphinx) -> None:
    add_page_node(app, cell_code, _visit_code)
    app.add_node(menu, html=(_open_menu, _close_menu), latex=(_leave_out, None), text=(_leave_out, None))
    app.connect("html-page-context", _add_switch)


def _leave_out(self, node: menu) -> None:
    raise nodes.SkipNode
