"""The book for reading offline: the built pages, without what a reader who has them can do without."""

import re
from collections.abc import Collection
from pathlib import Path

from zhenzhi.takeaway import archive

#: What it leaves out of which folders: notebooks, the PNG of a chart that the page shows as SVG, the previews of links.
_LEFT_OUT = {"notebooks": ".ipynb", "figures": ".png", "share": ".png"}

_PICTURE = re.compile(r' · <a href="[^"]*\.png" download>[^<]*</a>')
_NOTEBOOK = re.compile(r'<a href="[^"]*\.ipynb" download>[^<]*</a>(?: · )?')
_EMPTY = re.compile(r'<p class="zz-downloads">[^<]*</p>')


def left_out(book: Path) -> set[Path]:
    """The files of a built book that the copy does not hold, beside what ``names.NOT_OFFLINE`` names."""
    return {path for path in book.rglob("*") if _LEFT_OUT.get(path.parent.name) == path.suffix != ""}


def entries(book: Path, prefix: str, apart: Collection[Path]) -> dict[str, Path | bytes]:
    """The files of the copy by their names in the archive; its pages have no link to what it leaves out.

    Args:
        book: the built book.
        prefix: the folder in the archive.
        apart: the files that it leaves out.
    """
    files = {name: path for name, path in archive.below(book, prefix).items() if path not in apart}
    return {name: _page(path) if path.suffix == ".html" else path for name, path in files.items()}


def _page(path: Path) -> bytes:
    text = _NOTEBOOK.sub("", _PICTURE.sub("", path.read_text(encoding="utf-8")))
    return _EMPTY.sub("", text).encode()
