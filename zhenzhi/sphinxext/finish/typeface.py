"""A Chinese typeface for readers whose machine has none: the characters that the book uses, in one file.

A browser asks for it only where a page shows a character of which none of the typefaces named before it has a form.
"""

from itertools import chain
from pathlib import Path

from zhenzhi.charts import fonts
from zhenzhi.sphinxext.finish.pages import Written, serialize

#: The file, beside the style sheet that names it.
FILE = "han.woff"

#: What the pages are made from. All of it, for each language: so the file is the same whichever pages a build reads again.
_SOURCES = ("*.md", "*.bib", "chapters/**/*.md", "data/**/*.csv", "data/**/*.yml", "data/*.json", "locale/**/*.po")

#: From here on, characters are Chinese, or signs that stand among them.
_FIRST = "\u2e80"


def put(root: Path, folder: Path, frame: str = "") -> None:
    """Writes the typeface of a book into a folder.

    Args:
        root: the sources of the book.
        folder: where it is written.
        frame: what stands on the pages beside what their sources say.
    """
    files = chain.from_iterable(root.glob(pattern) for pattern in _SOURCES)
    used = set(frame).union(*(file.read_text(encoding="utf-8") for file in files))
    text = "".join(sorted(character for character in used if character >= _FIRST))
    (folder / FILE).write_bytes(fonts.web_font_for(text))


def write(written: Written) -> None:
    """A step of the finishing pass. The theme's own words stand on the home page, which each build writes once."""
    for page in written.pages:
        if page.name == written.app.config.root_doc:
            put(Path(written.app.srcdir), written.static, serialize(page.tree).decode())
