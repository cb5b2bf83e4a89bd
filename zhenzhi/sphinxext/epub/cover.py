"""The cover of the EPUB edition: title, author and version, as a library of e-books shows them."""

import io
import warnings
from pathlib import Path

from zhenzhi import __version__, citing
from zhenzhi.book.edition import Edition

#: Pixels.
SIZE = (1200, 1800)

_DPI = 100
_MARGIN = 130
_NAME, _TITLE, _TEXT = 84, 37, 24  # sizes in points


def draw(file: Path, edition: Edition) -> None:
    """Writes the cover as PNG."""
    # They take most of a second to import, and only this builder needs them.
    import matplotlib
    from matplotlib.figure import Figure

    from zhenzhi.charts import pixels, style

    wide, high = SIZE
    name, _, title = citing.title(edition).partition(edition.label("name-separator"))
    with matplotlib.rc_context(style.rc_params()), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        figure = Figure(figsize=(wide / _DPI, high / _DPI), dpi=_DPI)
        figure.add_artist(matplotlib.patches.Rectangle((0, 0), 40 / wide, 1, color=style.light("series"), linewidth=0))

        def write(text: str, top: float, size: float, role: str) -> float:
            """Sets a text from a height on; returns where it ends."""
            for line in style.wrap(text, (wide - 2 * _MARGIN) / _DPI, size):
                figure.text(_MARGIN / wide, 1 - top / high, line, size=size, va="top", color=style.light(role))
                top += size * _DPI / 72 * 1.4
            return top

        end = write(name, 300, _NAME, "ink")
        write(title.strip(), end + 30, _TITLE, "muted")
        end = write(citing.author(edition), high - 260, _TEXT, "ink")
        write(edition.label("cite-version", version=__version__), end, _TEXT, "muted")
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=_DPI)
    file.write_bytes(pixels.packed(drawn.getvalue(), {"Title": citing.title(edition)}, _DPI, colours=32))
