"""The typeface of pictures: Noto Sans CJK SC, which ``mplfonts`` carries, and the part of it that a text needs.

An SVG that is shown as a picture may load no file beside it, and a reader's machine may have no Chinese typeface. So each
SVG carries the characters that it shows. HarfBuzz (``uharfbuzz``) takes them out of the whole typeface in milliseconds.
"""

import base64
import io
from functools import cache
from pathlib import Path

import mplfonts
import uharfbuzz
from fontTools.ttLib import TTFont
from matplotlib import font_manager

_FILE = Path(mplfonts.__file__).parent / "fonts" / "NotoSansCJKsc-Regular.otf"

#: Tables for typesetting downwards and for other forms, which a picture does not need.
_UNUSED = (b"BASE", b"DSIG", b"GPOS", b"GSUB", b"VORG", b"vhea", b"vmtx")


@cache
def family() -> str:
    """The family name of the typeface, known to matplotlib from now on."""
    font_manager.fontManager.addfont(_FILE)
    return font_manager.FontProperties(fname=_FILE).get_name()


@cache
def _face() -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(_FILE)))


def part_for(text: str) -> bytes:
    """The part of the typeface (OpenType) that holds the characters of a text."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, set(text)))
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNUSED)
    wanted.name_id_set.clear()  # no name, but the table: browsers refuse a typeface without
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    return uharfbuzz.subset(_face(), wanted).blob.data


def web_font_for(text: str) -> bytes:
    """The part of the typeface for a text as WOFF, the form that pages, pictures and EPUBs take."""
    font = TTFont(io.BytesIO(part_for(text)), recalcTimestamp=False)
    font.flavor = "woff"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def css_for(text: str) -> str:
    """A style rule that carries the part of the typeface for a text."""
    data = base64.b64encode(web_font_for(text)).decode()
    return f"@font-face{{font-family:'{family()}';src:url(data:font/woff;base64,{data}) format('woff')}}"
