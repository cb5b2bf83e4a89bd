"""The picture by which a link to a page is previewed: its title, and a chart or its opening sentence.

A picture is drawn once for what it shows and kept with the doctrees.
"""

import hashlib
import io
import shutil
import warnings
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from zhenzhi import __version__, citing
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.outputs import charts

#: Folder of the pictures in the book, and with the doctrees.
FOLDER = "share"

#: Pixels.
SIZE = (1200, 630)

_DPI = 100
_MARGIN, _BASE = 60, 40
_TITLE, _TEXT, _NAME = 30, 19, 15  # sizes in points


def note(app: Sphinx, page: str, doctree: nodes.document, title: str, opening: str) -> str:
    """Draws the picture of a page, unless it is there; returns its address within the book.

    Of a page that is shown before the others are read it is not drawn: its reader does not see it.
    """
    address = f"{FOLDER}/{page.replace('/', '-')}.png"
    if app.config.zhenzhi_first:
        return address
    # A chart that is much higher than wide would not be read.
    shown = (
        node for node in doctree.findall(charts.picture) if node["sizes"]["wide"][0] > 0.9 * node["sizes"]["wide"][1]
    )
    first = next(shown, None)
    chart = None if first is None else charts.file(app, first["figure_id"], "png")
    edition = edition_of(app.env)
    name = f"{citing.title(edition).partition(edition.label('name-separator'))[0]} {__version__}"
    words = repr((title, opening if chart is None else "", name)).encode()
    digest = hashlib.sha256(words + (b"" if chart is None else chart.read_bytes())).hexdigest()[:16]
    folder = Path(app.doctreedir) / FOLDER
    file = folder / f"{page.replace('/', '-')}-{digest}.png"
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for older in folder.glob(f"{page.replace('/', '-')}-{'?' * 16}.png"):
            older.unlink()
        draw(file, title, opening, name, chart)
    return address


def draw(file: Path, title: str, opening: str, name: str, chart: Path | None) -> None:
    """Writes a picture of 1200 by 630 pixels.

    Args:
        file: the PNG.
        title: what the page is called.
        opening: what it says first; shown where it has no chart.
        name: the name of the book.
        chart: the PNG of its chart.
    """
    # Only a page whose picture is not there yet needs them; they take most of a second to import.
    import matplotlib
    from matplotlib.figure import Figure

    from zhenzhi.charts import pixels, style

    wide, high = SIZE
    with matplotlib.rc_context(style.rc_params()), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        figure = Figure(figsize=(wide / _DPI, high / _DPI), dpi=_DPI)

        def write(lines: list[str], left: float, top: float, size: float, role: str, weight: str = "normal") -> float:
            """Sets lines at a place in pixels from the upper left; returns where they end."""
            for line in lines:
                figure.text(
                    left / wide, 1 - top / high, line, size=size, va="top", color=style.light(role), weight=weight
                )
                top += size * _DPI / 72 * 1.35
            return top

        figure.add_artist(matplotlib.patches.Rectangle((0, 0), 14 / wide, 1, color=style.light("series"), linewidth=0))
        room = (wide - 2 * _MARGIN if chart is None else wide * 0.40 - _MARGIN) / _DPI
        end = write(style.wrap(title, room, _TITLE), _MARGIN, _MARGIN, _TITLE, "ink")
        write([name], _MARGIN, high - _BASE - _NAME * _DPI / 72, _NAME, "muted")
        if chart is None:
            write(style.wrap(opening, room, _TEXT)[:9], _MARGIN, end + 20, _TEXT, "muted")
        else:
            picture = matplotlib.image.imread(chart)
            left, bottom, width, height = 0.43, 0.06, 0.54, 0.88
            axes = figure.add_axes((left, bottom, width, height))
            axes.set_axis_off()
            axes.imshow(picture, interpolation="lanczos", aspect="equal")
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=_DPI)
    # Few colours: a third of the bytes.
    texts = {"Title": title, "Copyright": "CC BY 4.0"}
    file.write_bytes(pixels.packed(drawn.getvalue(), texts, _DPI, colours=64))


def _copy(app: Sphinx, exception: Exception | None) -> None:
    """Copies the pictures into the book, without the digests in their names."""
    if exception is not None or app.builder.name != "html":
        return
    target = Path(app.outdir) / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    kept = Path(app.doctreedir) / FOLDER
    pages = {page.replace("/", "-") for page in app.env.found_docs}
    if kept.is_dir():
        target.mkdir()
        for file in sorted(kept.glob("*.png")):
            page = file.stem.rpartition("-")[0]
            if page in pages:
                shutil.copy(file, target / f"{page}.png")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", _copy)
