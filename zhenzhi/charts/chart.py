"""A picture of the book: what is drawn, for a page and for a phone, light and dark.

In JupyterLab a chart shows itself; in the book the Sphinx extension sets it as a numbered figure with downloads. A chart
with a character that the typeface lacks, or with a colour outside the palette, cannot be made.
"""

import base64
import io
import re
import warnings
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import matplotlib
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from zhenzhi.book.edition import Edition
from zhenzhi.charts import fonts, pixels, style
from zhenzhi.charts.exhibit import ChartError, Exhibit

_MARGIN = 0.08
#: Width in points of the outline that makes a letter bold.
_BOLD = 0.45

#: Height of a line of text in inches for each point of its size.
_LINE = 1.3 / 72


class Canvas:
    """The sheet a chart is drawn on: its finding and what is measured at the top, axes, the source line at the bottom.

    Attributes:
        width: width of the sheet in inches.
        narrow: whether the sheet is for a phone.
    """

    def __init__(self, width: float, title: str, subtitle: str, source: str):
        self.width = width
        self.narrow = width < 5
        self.figure = Figure(figsize=(width, 1))
        room = width - 2 * _MARGIN
        # A bold letter is a little wider than a plain one.
        self._title = style.wrap(title, room * 0.97, style.TITLE_SIZE)
        self._subtitle = style.wrap(subtitle, room) if subtitle else []
        self._source = style.wrap(source, room, style.SMALL)

    def axes(
        self,
        height: float,
        left: float = _MARGIN,
        right: float = _MARGIN,
        above: float = 0.0,
        below: float = 0.0,
        count: int = 1,
    ) -> list[Axes]:
        """Axes one below the other, each ``height`` inches high; sets the size of the sheet.

        The margins are in inches; ``above`` and ``below`` leave room for what stands outside the axes.
        """
        lines: list[tuple[str, float, str, str | None]] = [
            (line, style.TITLE_SIZE, "ink", f"title-{number}") for number, line in enumerate(self._title)
        ]
        lines += [(line, style.FONT_SIZE, "muted", None) for line in self._subtitle]
        top = 0.26 + sum(size for _, size, _, _ in lines) * _LINE + above
        bottom = 0.16 + len(self._source) * style.SMALL * _LINE + below
        total = top + count * height + bottom
        self.figure.set_size_inches(self.width, total)
        x, y = _MARGIN / self.width, 0.08
        for line, size, role, name in lines:
            y += size * _LINE
            self.figure.text(
                x, 1 - (y - 0.25 * size * _LINE) / total, line, fontsize=size, color=style.light(role), gid=name
            )
        for number, line in enumerate(reversed(self._source)):
            y = (0.08 + (number + 0.25) * style.SMALL * _LINE) / total
            self.figure.text(x, y, line, fontsize=style.SMALL, color=style.light("muted"))
        x, width = left / self.width, (self.width - left - right) / self.width
        return [
            self.figure.add_axes((x, (bottom + (count - 1 - number) * height) / total, width, height / total))
            for number in range(count)
        ]


class Chart(Exhibit):
    """A picture with its words and data.

    Args:
        draw: draws on a canvas; called once for a page and once for a phone.

    The others are those of ``Exhibit``.

    Raises:
        ChartError: see ``Exhibit``; or the typeface lacks a character, or a colour is not in the palette.
    """

    def __init__(
        self,
        edition: Edition,
        figure_id: str,
        draw: Callable[[Canvas], None],
        rows: Sequence[dict],
        alt: str,
        documents: Sequence[str] = (),
        sources: Sequence[str] = (),
    ):
        super().__init__(edition, figure_id, rows, alt, documents, sources)
        self._draw = draw
        self._canvases: dict[float, Canvas] = {}
        self._drawings: dict[float, str] = {}
        # Drawn at once: an error raised while a notebook displays a result would lose its message.
        for width in (style.WIDE, style.NARROW):
            self.svg(width)

    def svg(self, width: float = style.WIDE, dark: bool = False) -> str:
        """The picture as SVG at a width in inches, with title, description and licence inside."""
        drawing = self._drawings.get(width)
        if drawing is None:
            drawing = self._drawings[width] = self._svg(width)
        if not dark:
            return drawing
        exchange = dict(style.COLOURS.values())
        return re.sub(r"#[0-9a-f]{6}\b", lambda match: exchange.get(match.group(), match.group()), drawing)

    def _svg(self, width: float) -> str:
        metadata = {
            "Title": self.title,
            "Description": f"{self.alt} {self.source}",
            "Rights": "CC BY 4.0",
            "Date": None,
            "Creator": None,
        }
        drawing = self._save(width, format="svg", metadata=metadata)
        unknown = set(re.findall(rb"(?:fill|stroke): (#[0-9a-f]{6})\b", drawing)) - _PALETTE
        if unknown:
            shown = ", ".join(sorted(colour.decode() for colour in unknown))
            raise ChartError(f"figure {self.figure_id}: the colours {shown} are not in the palette")
        return _finished(drawing)

    def png(self, width: float = style.WIDE, scale: int = 2) -> bytes:
        """The picture as PNG, ``scale`` times 100 pixels an inch, with title, source and licence inside."""
        texts = {"Title": self.title, "Source": self.source, "Copyright": "CC BY 4.0"}
        self.svg(width)  # what is drawn for the one is saved as the other
        titles = [text for text in self._canvases[width].figure.texts if (text.get_gid() or "").startswith("title-")]
        for text in titles:
            text.set_path_effects([withStroke(linewidth=_BOLD, foreground=style.light("ink"))])
        picture = self._save(width, format="png", dpi=100 * scale)
        for text in titles:
            text.set_path_effects([])
        return pixels.packed(picture, texts, 100 * scale)

    def _save(self, width: float, **options) -> bytes:
        buffer = io.BytesIO()
        with matplotlib.rc_context(style.rc_params()), warnings.catch_warnings():
            warnings.filterwarnings("error", message="Glyph .* missing")
            if width not in self._canvases:
                source = f"{self.mark} · {self.source}"
                self._canvases[width] = Canvas(width, self.title, self.subtitle, source)
                self._draw(self._canvases[width])
            try:
                self._canvases[width].figure.savefig(buffer, **options)
            except UserWarning as warning:
                raise ChartError(f"figure {self.figure_id}: {warning}") from None
        return buffer.getvalue()

    def common(self) -> dict[str, str]:
        return {"image/png": self._encoded}

    @cached_property
    def _encoded(self) -> str:
        return base64.b64encode(self.png()).decode()

    def content(self) -> dict[str, Any]:
        return {
            "svg": {
                "wide": self.svg(),
                "wide-dark": self.svg(dark=True),
                "narrow": self.svg(style.NARROW),
                "narrow-dark": self.svg(style.NARROW, dark=True),
            },
            "png": self._encoded,
        }


_PALETTE = {light.encode() for light, _ in style.COLOURS.values()}
_TEXT = "{http://www.w3.org/2000/svg}text"


def _finished(drawing: bytes) -> str:
    """A drawing with the part of the typeface that its texts need, and its title in bold.

    The typeface comes in one weight; a thin outline in the colour of the letters makes them bold.
    """
    root = etree.fromstring(drawing)
    texts = root.findall(f".//{_TEXT}")
    for text in texts:
        if (text.getparent().get("id") or "").startswith("title-"):
            text.set("style", f"{text.get('style')}; stroke: {style.light('ink')}; stroke-width: {_BOLD}")
    rules = etree.SubElement(root.find("{*}defs"), "{http://www.w3.org/2000/svg}style", type="text/css")
    rules.text = fonts.css_for("".join("".join(text.itertext()) for text in texts))
    return etree.tostring(root, encoding="unicode")
