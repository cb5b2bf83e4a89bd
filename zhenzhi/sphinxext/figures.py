"""Sets the charts of the notebooks in the book: numbered figures with alt text, source, data and downloads.

A chart leaves its notebook as one MIME bundle (``zhenzhi.FIGURE_MIME_TYPE``). MyST-NB hands it to ``FigureRenderer``, which
it finds by an entry point. The pictures go to ``figures/`` in the book, under the name of the figure.
"""

import base64
import re
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from zhenzhi import FIGURE_MIME_TYPE
from zhenzhi.edition import Edition
from zhenzhi.sphinxext import places
from zhenzhi.sphinxext.citation import cited_work
from zhenzhi.sphinxext.formats import add_page_node
from zhenzhi.sphinxext.freshness import edition_of

_LOGGER = logging.getLogger(__name__)

#: Folder of the pictures in the book.
FOLDER = "figures"


class picture(nodes.General, nodes.Element):
    """The pictures of a figure: for a page and for a phone, light and dark."""


class downloads(nodes.General, nodes.Element):
    """The data of a figure as a table, and what can be taken away."""


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
        if not places.note(env, "figure", bundle["figure_id"], location=(env.docname, data.line)):
            return []
        _note_uses(env, bundle)
        _store(Path(env.doctreedir), bundle)

        figure = nodes.figure("", ids=[name], names=[name], classes=["zz-chart"])
        figure.line, figure.source = data.line, document["source"]
        document.note_explicit_target(figure, figure)
        figure += picture(figure_id=bundle["figure_id"], alt=bundle["alt"], sizes=_sizes(bundle["svg"]))
        caption = nodes.caption(bundle["caption"])
        caption.line, caption.source = data.line, document["source"]
        with renderer.renderer.current_node_context(caption):
            renderer.renderer.nested_render_text(bundle["caption"], data.line or 0, inline=True)
        figure += caption
        edition = edition_of(env)
        title = edition.plain(edition.figure_text(bundle["figure_id"])["title"][edition.language])
        figure += nodes.legend(
            "",
            downloads(figure_id=bundle["figure_id"], rows=bundle["rows"]),
            cited_work(kind="figure", key=f"zhenzhi-{bundle['figure_id']}", title=title, anchor=name, folded=True),
        )
        return [figure]


def _note_uses(env: BuildEnvironment, bundle: dict) -> None:
    """Notes which claims the figure shows."""
    use = places.Use(env.docname, f"fig-{bundle['figure_id']}", edition_of(env).label("figure"))
    column = bundle["rows"]["columns"].index("claims")
    for row in bundle["rows"]["data"]:
        for claim_id in row[column].split():
            places.note_use(env, "claim", claim_id, use)


def _sizes(pictures: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Width and height in pixels of the picture for a page and for a phone."""
    sizes = {}
    for kind in ("wide", "narrow"):
        width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', pictures[kind]).groups()
        sizes[kind] = (round(float(width) * 100 / 72), round(float(height) * 100 / 72))
    return sizes


def _names(figure_id: str) -> dict[str, str]:
    """File names of a figure by kind."""
    return {
        "wide": f"{figure_id}.svg",
        "wide-dark": f"{figure_id}-dark.svg",
        "narrow": f"{figure_id}-narrow.svg",
        "narrow-dark": f"{figure_id}-narrow-dark.svg",
        "png": f"{figure_id}.png",
        "csv": f"{figure_id}.csv",
    }


def _store(doctrees: Path, bundle: dict) -> None:
    """Keeps the files of a figure with the doctrees until the book is written."""
    folder = doctrees / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(bundle["figure_id"])
    for kind, drawing in bundle["svg"].items():
        (folder / names[kind]).write_text(drawing, encoding="utf-8")
    (folder / names["png"]).write_bytes(base64.b64decode(bundle["png"]))
    (folder / names["csv"]).write_text(bundle["csv"], encoding="utf-8")


def _copy(app: Sphinx, exception: Exception | None) -> None:
    """Copies the files of the figures that the book shows."""
    if exception is not None or app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for figure_id in places.names(app.env, "figure"):
        for name in _names(figure_id).values():
            shutil.copy(Path(app.doctreedir) / FOLDER / name, target / name)


def _root(self) -> str:
    """Address of the book's root as seen from the page."""
    return "../" * self.builder.current_docname.count("/")


def _visit_picture(self, node: picture) -> None:
    names, alt = _names(node["figure_id"]), escape(node["alt"], quote=True)
    base = f"{_root(self)}{FOLDER}/"
    (wide, high), (narrow_wide, narrow_high) = node["sizes"]["wide"], node["sizes"]["narrow"]
    # The theme hides a caption that stands beside a picture of the other colour scheme, hence the wrapper.
    self.body.append("<div>")
    for theme, suffix in (("light", ""), ("dark", "-dark")):
        self.body.append(
            f'<picture class="only-{theme}"><source media="(max-width: 640px)" srcset="{base}{names["narrow" + suffix]}" '
            f'width="{narrow_wide}" height="{narrow_high}"><img class="dark-light" src="{base}{names["wide" + suffix]}" '
            f'width="{wide}" height="{high}" alt="{alt}" loading="lazy"></picture>'
        )
    self.body.append("</div>")
    raise nodes.SkipNode


def _visit_downloads(self, node: downloads) -> None:
    edition, files = edition_of(self.builder.env), _names(node["figure_id"])
    base = f"{_root(self)}{FOLDER}/"
    table = node["rows"]
    columns = [number for number, column in enumerate(table["columns"]) if column in _SHOWN]
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
    title = edition.plain(edition.figure_text(node["figure_id"])["title"][edition.language])
    region = f"{edition.label('data-of-figure')}: {title}"
    links = " · ".join(
        f'<a href="{base}{files[kind]}" download>{text}</a>'
        for kind, text in (("wide", "SVG"), ("png", "PNG"), ("csv", "CSV"))
    )
    self.body.append(
        f'<details class="zz-data"><summary>{escape(edition.label("data-of-figure"))}</summary>'
        f'<div class="zz-scroll" tabindex="0" role="region" aria-label="{escape(region, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
        f'<p class="zz-downloads">{escape(edition.label("download"))}: {links}</p>'
    )
    raise nodes.SkipNode


#: Columns of a figure's data that the page shows; the file has all.
_SHOWN = ("what", "name_zh", "role", "figure", "share_percent", "fits", "before", "after", "mark", "as_written")


def _column_name(edition: Edition, figure_id: str, column: str) -> str:
    """The head of a column: the figure's own word for it, such as Before, or the common one."""
    own = edition.figure_text(figure_id).get("labels", {})
    return edition.plain(own[column][edition.language]) if column in own else edition.label(f"column-{column}")


def _records(builder: Builder, claims: str) -> str:
    """Links to the records of the claims behind a row."""
    here = builder.current_docname
    return " ".join(
        f'<a href="{places.address(builder, here, "claim", claim)}">{claim}</a>' for claim in claims.split()
    )


def _cell(value) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _visit_picture_other(self, node: nodes.Node) -> None:
    """Formats without pictures show the alt text."""
    self.add_text(node["alt"]) if hasattr(self, "add_text") else None
    raise nodes.SkipNode


def _skip(self, node: nodes.Node) -> None:
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    app.add_node(picture, html=(_visit_picture, None), text=(_visit_picture_other, None), latex=(_skip, None))
    add_page_node(app, downloads, _visit_downloads)
    app.connect("build-finished", _copy)
