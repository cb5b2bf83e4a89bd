"""Keeps Sphinx's note on a build's configuration with the doctrees: it is no part of the book, and differs by machine."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

_NAME = ".buildinfo"


def keep(app: Sphinx) -> None:
    """Takes the note out of the built book."""
    note = Path(app.outdir) / _NAME
    if note.is_file():
        shutil.move(note, Path(app.doctreedir) / _NAME)


def _return(app: Sphinx) -> None:
    """Puts the note where Sphinx looks for it."""
    kept = Path(app.doctreedir) / _NAME
    if kept.is_file() and app.builder.name == "html":
        Path(app.outdir).mkdir(parents=True, exist_ok=True)
        shutil.move(kept, Path(app.outdir) / _NAME)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _return)
