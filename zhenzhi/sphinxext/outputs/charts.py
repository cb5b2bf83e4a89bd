"""Sets the charts of the notebooks in the book: numbered figures with alt text, source, data and downloads.

A chart leaves its notebook as one MIME bundle (``zhenzhi.FIGURE_MIME_TYPE``). MyST-NB hands it to ``FigureRenderer``, which
it finds by an entry point. The pictures go to ``figures/`` in the book, under the name of the figure.
"""

import base64
import filecmp
import os
import re
import shutil
from collections.abc import Collection
from html import escape
from pathlib import Path

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.writers.text import TextTranslator

from zhenzhi import FIGURE_MIME_TYPE
from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.directives.citation import cited_work
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.domain import Use, domain_of
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_page_node
from zhenzhi.sphinxext.inline.literal import literal
from zhenzhi.sphinxext.outputs.behind import code_of, menu

_LOGGER = logging.getLogger(__name__)

#: Folder of the pictures in the book.
FOLDER = "figures"

#: The tag of a cell whose chart stands beside the text where a window has the room.
_MARGIN = "margin"


class picture(nodes.General, nodes.Element):
    """The pictures of a figure, light and dark: a wide one, and a narrow one for a phone and for the margin of a page."""


class downloads(nodes.General, nodes.Element):
    """The files of a figure and its data as a table."""


class FigureRenderer(MimeRenderPlugin):
    """Turns the MIME bundle of a chart into a figure."""

    mime_priority_overrides = [("*", FIGURE_MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != FIGURE_MIME_TYPE or inline:
            return None
        bundle = data.content
        env, document = renderer.renderer.sphinx_env, renderer.renderer.document
        name = f"fig-{bundle['figure_id']}"
        where = f"cell {data.cell_index}"
        for key in ("caption", "alt"):
            if not bundle[key].strip():
                _LOGGER.warning("%s: the figure %s has no %s", where, name, key, location=(env.docname, data.line))
        if name in document.nameids:
            _LOGGER.warning(
                "%s: the figure %s stands on the page twice", where, name, location=(env.docname, data.line)
            )
            return []
        if not anchors.note(env, "chart", bundle["figure_id"], location=(env.docname, data.line)):
            return []
        _note_uses(env, bundle)
        _store(Path(env.doctreedir), bundle)

        edition = edition_of(env)
        figure = nodes.figure("", ids=[name], names=[name], classes=["zz-chart"])
        figure.line, figure.source = data.line, document["source"]
        document.note_explicit_target(figure, figure)
        if "svg" in bundle:
            figure += picture(
                figure_id=bundle["figure_id"],
                alt=bundle["alt"],
                sizes=_sizes(bundle["svg"]),
                aside=_MARGIN in data.cell_metadata.get("tags", ()),
            )
        else:
            listing = _Setting(renderer, document["source"], data.line or 0).listing(bundle, edition)
            # As one: to docutils what comes second in a figure is its caption.
            figure += nodes.container("", _heading(edition, bundle["figure_id"]), listing)
        caption = nodes.caption(bundle["caption"])
        caption.line, caption.source = data.line, document["source"]
        with renderer.renderer.current_node_context(caption):
            renderer.renderer.nested_render_text(literal(bundle["caption"]), data.line or 0, inline=True)
        figure += caption
        title = edition.plain(edition.chart_text(bundle["figure_id"])["title"][edition.language])
        entries = (
            downloads(figure_id=bundle["figure_id"], rows=bundle["rows"], pictures="svg" in bundle),
            cited_work(kind="figure", name=bundle["figure_id"], title=title, anchor=name, folded=True),
            code_of(renderer, data),
        )
        called = edition.label("menu-of-picture" if "svg" in bundle else "menu-of-listing")
        figure += nodes.legend("", menu("", *entries, name=called, title=title))
        return [figure]


def _note_uses(env: BuildEnvironment, bundle: dict) -> None:
    """Notes which claims the figure shows."""
    use = Use(env.docname, f"fig-{bundle['figure_id']}", edition_of(env).label("figure"))
    column = bundle["rows"]["columns"].index("claims")
    for row in bundle["rows"]["data"]:
        for claim_id in row[column].split():
            domain_of(env).note_use("claim", claim_id, use)


def _sizes(pictures: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of the picture for a page and for a phone."""
    sizes = {}
    for kind in ("wide", "narrow"):
        (size,) = re.findall(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"', pictures[kind])
        width, height = (round(float(length) * 100 / 72) for length in size)
        sizes[kind] = (width, height)
    return sizes


def _heading(edition: Edition, figure_id: str) -> nodes.container:
    """The finding of a listing, and what is measured, as a picture has them inside."""
    entry = edition.chart_text(figure_id)
    heading = nodes.container(classes=["zz-exhibit-head"])
    heading += nodes.paragraph(text=edition.plain(entry["title"][edition.language]), classes=["zz-exhibit-title"])
    if "subtitle" in entry:
        heading += nodes.paragraph(text=edition.plain(entry["subtitle"][edition.language]))
    return heading


class _Setting:
    """Sets the tables and trees of one output."""

    def __init__(self, renderer: NbElementRenderer, source: str, line: int):
        self._renderer, self._source, self._line = renderer, source, line

    def listing(self, bundle: dict, edition: Edition) -> nodes.Node:
        if "table" in bundle:
            return self._table(bundle["table"], edition)
        return nodes.container("", self._branches(bundle["tree"], edition), classes=["zz-tree"])

    def _inline(self, parent: nodes.Element, text: str) -> nodes.Element:
        parent.line, parent.source = self._line, self._source
        with self._renderer.renderer.current_node_context(parent):
            self._renderer.renderer.nested_render_text(text, self._line, inline=True)
        return parent

    def _table(self, table: dict, edition: Edition) -> nodes.table:
        group = nodes.tgroup(cols=len(table["head"]))
        group += [nodes.colspec(colwidth=1) for _ in table["head"]]
        # A head without words is heard all the same.
        unheaded = nodes.inline(text=edition.label("table-corner"), classes=["zz-hidden"])
        head = nodes.row()
        for cell in table["head"]:
            words = self._inline(nodes.paragraph(), literal(cell)) if cell else nodes.paragraph("", "", unheaded)
            head += nodes.entry("", words)
        body = nodes.tbody()
        for cells in table["cells"]:
            row = nodes.row()
            for cell in cells:
                blank = nodes.paragraph(text="–", classes=["zz-blank"])
                row += nodes.entry("", self._inline(nodes.paragraph(), literal(cell)) if cell else blank)
            body += row
        group += [nodes.thead("", head), body]
        return nodes.table("", group, classes=["zz-listing"])

    def _branches(self, branches: list[dict], edition: Edition) -> nodes.bullet_list:
        listing = nodes.bullet_list()
        for branch in branches:
            words = nodes.paragraph(classes=["zz-planned"] if branch["planned"] else [])
            words += nodes.strong(text=branch["what"])
            if branch["name_zh"] not in branch["what"]:
                words += nodes.Text(f" {branch['name_zh']}")
            if branch["role"]:
                words += [nodes.Text(" "), nodes.inline(text=branch["role"], classes=["zz-role"])]
            if branch["claim"]:
                self._inline(words, f" {{claim}}`{branch['claim']}`")
            item = nodes.list_item("", words)
            if branch["parts"]:
                item += self._branches(branch["parts"], edition)
            listing += item
        return listing


#: Endings of the file names of a figure by kind.
_PICTURES = {
    "wide": ".svg",
    "wide-dark": "-dark.svg",
    "narrow": "-narrow.svg",
    "narrow-dark": "-narrow-dark.svg",
    "png": ".png",
}


def _names(figure_id: str) -> dict[str, str]:
    """File names of a figure by kind; a listing has the data alone."""
    return {kind: figure_id + ending for kind, ending in (_PICTURES | {"csv": ".csv"}).items()}


def _store(doctrees: Path, bundle: dict) -> None:
    """Keeps the files of a figure with the doctrees until the book is written."""
    folder = doctrees / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(bundle["figure_id"])
    for kind in _PICTURES:  # of an earlier build, in which the figure was a picture
        (folder / names[kind]).unlink(missing_ok=True)
    if "svg" in bundle:
        for kind, drawing in bundle["svg"].items():
            (folder / names[kind]).write_text(drawing, encoding="utf-8")
        (folder / names["png"]).write_bytes(base64.b64decode(bundle["png"]))
    (folder / names["csv"]).write_text(bundle["csv"], encoding="utf-8")


def file(app: Sphinx, figure_id: str, kind: str) -> Path | None:
    """A file of a figure, kept with the doctrees; none where the figure has none of this kind."""
    kept = Path(app.doctreedir) / FOLDER / _names(figure_id)[kind]
    return kept if kept.is_file() else None


def copy(app: Sphinx, kinds: Collection[str]) -> None:
    """Puts the files of the figures that the book shows, those of some kinds, into its folder, and no others."""
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    found = [file(app, figure_id, kind) for figure_id in anchors.names(app.env, "chart") for kind in kinds]
    kept = {path.name: path for path in found if path is not None}
    for stale in set(os.listdir(target)) - kept.keys():
        (target / stale).unlink()
    for name, path in kept.items():
        if not (target / name).is_file() or not filecmp.cmp(path, target / name):
            shutil.copy2(path, target / name)


def _copy_all(app: Sphinx, builder: Builder) -> None:
    """Before the pages are written, which can be shown as soon as they are."""
    if builder.name == "html":
        copy(app, (*_PICTURES, "csv"))


def _root(self) -> str:
    """Address of the book's root as seen from the page."""
    return "../" * self.builder.current_docname.count("/")


def _visit_picture(self, node: picture) -> None:
    names, alt = _names(node["figure_id"]), escape(node["alt"], quote=True)
    base = f"{_root(self)}{FOLDER}/"
    if self.builder.name == "epub":
        # Which reader of EPUBs shows the typeface of an SVG cannot be known.
        self.body.append(f'<img src="{base}{names["png"]}" alt="{alt}">')
        raise nodes.SkipNode
    (wide, high), (narrow_wide, narrow_high) = node["sizes"]["wide"], node["sizes"]["narrow"]
    windows = "(max-width: 640px)" + (", screen and (min-width: 1280px)" if node["aside"] else "")
    # The theme hides a caption that stands beside a picture of the other colour scheme, hence the wrapper.
    self.body.append("<div>")
    for theme, suffix in (("light", ""), ("dark", "-dark")):
        self.body.append(
            f'<picture class="only-{theme}"><source media="{windows}" srcset="{base}{names["narrow" + suffix]}" '
            f'width="{narrow_wide}" height="{narrow_high}"><img class="dark-light" src="{base}{names["wide" + suffix]}" '
            f'width="{wide}" height="{high}" alt="{alt}" loading="lazy"></picture>'
        )
    self.body.append("</div>")
    raise nodes.SkipNode


def _visit_downloads(self, node: downloads) -> None:
    edition, files = edition_of(self.builder.env), _names(node["figure_id"])
    base = f"{_root(self)}{FOLDER}/"
    table = node["rows"]
    named = [column for column in _SHOWN if not (column == "name_zh" and edition.language == "zh")]
    columns = [number for number, column in enumerate(table["columns"]) if column in named]
    claims = table["columns"].index("claims")
    names = [_column_name(edition, node["figure_id"], table["columns"][number]) for number in columns]
    names.append(edition.label("column-claims"))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escape(_cell(row[number]))}</td>" for number in columns)
        + f"<td>{_records(self.builder, row[claims])}</td></tr>"
        for row in table["data"]
    )
    title = edition.plain(edition.chart_text(node["figure_id"])["title"][edition.language])
    region = edition.named(edition.label("data"), title)
    links = " · ".join(
        f'<a href="{base}{files[kind]}" download>{text}</a>'
        for kind, text in (("wide", "SVG"), ("png", "PNG"), ("csv", "CSV"))
        if kind == "csv" or node["pictures"]
    )
    shown = " ".join(dict.fromkeys(claim for row in table["data"] for claim in row[claims].split()))
    self.body.append(
        f'<p class="zz-downloads">{escape(edition.label("download") + edition.label("name-separator"))}{links}</p>'
        f'<details class="zz-data" data-claims="{shown}"><summary>{escape(edition.label("data"))}</summary>'
        f'<div class="zz-scroll" data-figure="data-{node["figure_id"]}" tabindex="0" role="region" '
        f'aria-label="{escape(region, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )
    raise nodes.SkipNode


#: Columns of a figure's data that the page shows; the file has all.
_SHOWN = ("what", "name_zh", "role", "figure", "share_percent", "fits", "before", "after", "mark", "as_written")


def _column_name(edition: Edition, figure_id: str, column: str) -> str:
    """The head of a column: the figure's own word for it, such as Before, or the common one."""
    own = edition.chart_text(figure_id).get("labels", {})
    return edition.plain(own[column][edition.language]) if column in own else edition.label(f"column-{column}")


def _records(builder: StandaloneHTMLBuilder, claims: str) -> str:
    """Links to the records of the claims behind a row."""
    here = builder.current_docname
    return " ".join(
        f'<a href="{anchors.address(builder, here, "claim", claim)}">{claim}</a>' for claim in claims.split()
    )


def _cell(value) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _visit_picture_text(self: TextTranslator, node: picture) -> None:
    """Text shows the alt text."""
    self.add_text(node["alt"])
    raise nodes.SkipNode


def _skip(self, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(picture, html=(_visit_picture, None), text=(_visit_picture_text, None), latex=(_skip, None))
    add_page_node(app, downloads, _visit_downloads)
    app.connect("write-started", _copy_all)
