"""A figure of the book: the drawing, and all that must travel with it.

A ``Chart`` knows its claims, caption, alt text, source line and data. In JupyterLab it shows itself; in the book the
Sphinx extension sets it as a numbered figure with downloads. A chart without caption or alt text, with a character that
the typeface lacks, or with a colour outside the palette cannot be made.
"""

import base64
import html
import io
import json
import re
import warnings
from collections.abc import Callable, Sequence
from functools import cached_property

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from zhenzhi import FIGURE_MIME_TYPE, __version__
from zhenzhi.audit import INCONSISTENT
from zhenzhi.charts import style
from zhenzhi.edition import Edition
from zhenzhi.errors import ZhenzhiError

_MARGIN = 0.08
_TITLE_SIZE = 11.5
_SMALL = 7.5
_LINE = 1.35 / 72


class ChartError(ZhenzhiError):
    """A chart cannot be made; the text names the figure and what it lacks."""


class Canvas:
    """The sheet a chart is drawn on: a title at the top, axes in the middle, the source line at the bottom.

    Attributes:
        width: width of the sheet in inches.
        narrow: whether the sheet is for a phone.
    """

    def __init__(self, width: float, title: str, mark: str, source: str):
        self.width = width
        self.narrow = width < 5
        self.figure = Figure(figsize=(width, 1))
        self._title = style.wrap(title, width - 2 * _MARGIN, _TITLE_SIZE)
        self._source = style.wrap(f"{mark} · {source}", width - 2 * _MARGIN, _SMALL)

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
        top = 0.26 + len(self._title) * _TITLE_SIZE * _LINE + above
        bottom = 0.16 + len(self._source) * _SMALL * _LINE + below
        total = top + count * height + bottom
        self.figure.set_size_inches(self.width, total)
        for number, line in enumerate(self._title):
            y = 1 - (0.1 + (number + 0.82) * _TITLE_SIZE * _LINE) / total
            self.figure.text(_MARGIN / self.width, y, line, fontsize=_TITLE_SIZE)
        for number, line in enumerate(reversed(self._source)):
            y = (0.08 + (number + 0.25) * _SMALL * _LINE) / total
            self.figure.text(_MARGIN / self.width, y, line, fontsize=_SMALL, color=style.light("muted"))
        x, width = left / self.width, (self.width - left - right) / self.width
        return [
            self.figure.add_axes((x, (bottom + (count - 1 - number) * height) / total, width, height / total))
            for number in range(count)
        ]


class Chart:
    """A figure of the book.

    Args:
        edition: the book in one language.
        figure_id: the entry of ``data/figures/`` with title, caption and mark.
        draw: draws on a canvas; called once for a page and once for a phone.
        rows: what the picture shows, one dictionary a row; see ``row``.
        alt: what the picture shows in words, with its numbers.
        documents: documents that the figure rests on as wholes, for the source line beside those of its claims.

    Raises:
        ChartError: the caption, the alt text or the data is missing, the typeface lacks a character, or a colour is not
            in the palette.
    """

    def __init__(
        self,
        edition: Edition,
        figure_id: str,
        draw: Callable[[Canvas], None],
        rows: Sequence[dict],
        alt: str,
        documents: Sequence[str] = (),
    ):
        entry = edition.figure_text(figure_id)
        self.edition = edition
        self.figure_id = figure_id
        self.chapter = entry["chapter"]
        self.title = edition.plain(entry["title"][edition.language])
        self.caption = entry["caption"][edition.language]
        self.mark = entry["mark"]
        self.alt = alt
        self.data = pd.DataFrame(rows)
        self.documents = list(documents)
        self._draw = draw
        self._canvases: dict[float, Canvas] = {}
        self._drawings: dict[float, str] = {}
        for what, text in (("caption", self.caption), ("alt text", self.alt), ("title", self.title)):
            if not text.strip():
                raise ChartError(f"figure {figure_id}: the {what} is empty; expected a sentence")
        if self.data.empty:
            raise ChartError(f"figure {figure_id}: it shows no data; expected at least one row")
        # Drawn at once: an error raised while a notebook displays a result would lose its message.
        for width in (style.WIDE, style.NARROW):
            self.svg(width)

    @cached_property
    def claims(self) -> list[str]:
        """The claims that the figure rests on."""
        named = [claim for cell in self.data["claims"] for claim in cell.split()]
        return list(dict.fromkeys(named))

    @cached_property
    def source(self) -> str:
        """The source line: publisher and date of each document the figure rests on, and the version of the book."""
        documents = self.edition.tables.documents
        of_claims = [self.edition.document_of(claim)["document_id"] for claim in self.claims]
        ids = dict.fromkeys([*self.documents, *of_claims])
        publishers = "; ".join(
            f"{documents.at[i, f'publisher_{self.edition.language}']}, {self.edition.date(documents.at[i, 'published'])}"
            for i in ids
        )
        return self.edition.label("source-line", sources=publishers, version=__version__)

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
        drawing = self._save(width, format="svg", metadata=metadata).decode()
        unknown = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})\b", drawing)) - set(dict(style.COLOURS.values()))
        if unknown:
            raise ChartError(
                f"figure {self.figure_id}: the colours {', '.join(sorted(unknown))} are not in the palette"
            )
        return drawing[drawing.index("<svg") :]

    def png(self, width: float = style.WIDE, scale: int = 2) -> bytes:
        """The picture as PNG, ``scale`` times 100 pixels an inch, with title, source and licence inside."""
        metadata = {"Title": self.title, "Source": self.source, "Copyright": "CC BY 4.0", "Software": None}
        return self._save(width, format="png", dpi=100 * scale, metadata=metadata)

    def _save(self, width: float, **options) -> bytes:
        buffer = io.BytesIO()
        with matplotlib.rc_context(style.rc_params()), warnings.catch_warnings():
            warnings.filterwarnings("error", message="Glyph .* missing")
            if width not in self._canvases:
                mark = self.edition.label(f"mark-{self.mark}")
                self._canvases[width] = Canvas(width, self.title, mark, self.source)
                self._draw(self._canvases[width])
            try:
                self._canvases[width].figure.savefig(buffer, **options)
            except UserWarning as warning:
                raise ChartError(f"figure {self.figure_id}: {warning}") from None
        return buffer.getvalue()

    def csv(self) -> str:
        """What the picture shows as CSV, with the source line and the licence as the last two rows."""
        table = self.data.to_csv(index=False, lineterminator="\n")
        return f'{table}"# {self.source}"\n"# {self.title}. Licence: CC BY 4.0."\n'

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        wide, narrow = self.svg(), self.svg(style.NARROW)
        picture = base64.b64encode(wide.encode()).decode()
        caption = html.escape(self.edition.plain(self.caption))
        lab = (
            f'<figure style="margin:0"><img style="max-width:100%" alt="{html.escape(self.alt, quote=True)}" '
            f'src="data:image/svg+xml;base64,{picture}"><figcaption>{caption}</figcaption></figure>'
        )
        exchange = {
            "figure_id": self.figure_id,
            "caption": self.caption,
            "alt": self.alt,
            "claims": self.claims,
            "svg": {
                "wide": wide,
                "wide-dark": self.svg(dark=True),
                "narrow": narrow,
                "narrow-dark": self.svg(style.NARROW, dark=True),
            },
            "png": base64.b64encode(self.png()).decode(),
            "csv": self.csv(),
            "rows": json.loads(self.data.to_json(orient="split", force_ascii=False)),
        }
        return {FIGURE_MIME_TYPE: exchange, "text/html": lab, "text/plain": f"{self.title}. {self.alt}"}


def row(edition: Edition, name: str, **more) -> dict:
    """A row of a chart's data: what a claim or computed quantity says, its bounds, and where it comes from.

    The bounds are decimals in the base unit; an empty one is open.
    """
    quantity = edition.quantity(name)
    computed = "." in name
    check = edition.result(name.partition(".")[0]) if computed else None
    return {
        "what": edition.name_of(name),
        "figure": edition.figure(name) + (" ≠" if edition.flag(name) == INCONSISTENT else ""),
        "value": None if quantity.value is None else float(quantity.value),
        "low": None if quantity.interval.low is None else float(quantity.interval.low),
        "high": None if quantity.interval.high is None else float(quantity.interval.high),
        "unit": quantity.unit,
        "mark": edition.label("mark-computed" if computed else "mark-reported"),
        "as_written": "" if computed else edition.claim(name)["as_written"],
        "claims": " ".join(check.claims) if computed else name,
        **more,
    }
