"""Pictures of points, as small as they can be without a difference that a reader would see."""

import io
from collections.abc import Mapping

from PIL import Image
from PIL.PngImagePlugin import PngInfo

#: A chart has a few hues and their edges: with these colours no point is far from what was drawn, at a quarter of the bytes.
COLOURS = 32


def packed(picture: bytes, texts: Mapping[str, str], dpi: int, colours: int = COLOURS) -> bytes:
    """A PNG with a palette.

    Args:
        picture: a PNG in any colours, opaque.
        texts: what it says of itself, such as its title, by keyword.
        dpi: its points an inch.
        colours: how many colours it keeps.
    """
    about = PngInfo()
    for name, text in texts.items():
        about.add_itxt(name, text)
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    saved = io.BytesIO()
    few.save(saved, "png", optimize=True, pnginfo=about, dpi=(dpi, dpi))
    return saved.getvalue()
