"""Runs Jupyter Book's Sphinx build, so that nothing of a build goes over into the next of the same process."""

from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import TextIOBase
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx
from sphinx.locale import translators


def run(
    root: Path,
    folder: Path,
    settings: Mapping[str, Any],
    builder: str,
    doctrees: Path,
    streams: tuple[TextIOBase, TextIOBase],
    pages: Sequence[str] = (),
    strict: bool = False,
) -> int | Exception:
    """Builds pages of a project; returns what Sphinx ended with.

    Args:
        root: the project.
        folder: where to.
        settings: what Sphinx is told beside ``_config.yml``.
        builder: what makes the pages.
        doctrees: where it keeps what it read.
        streams: for what it says of its progress, and of what is wrong.
        pages: the files of those to write; by default all that changed.
        strict: whether what it warns of counts as a failure.
    """
    # What Sphinx itself says it would say in the language of the build before.
    translators.clear()
    own = {
        "external_toc_path": str(root / "_toc.yml"),
        "latex_individualpages": False,
        "gettext_compact": False,
        # To Sphinx's list, which all builds of a process share, each would add, and write all pages again.
        "templates_path": [],
    }
    log, warnings = streams
    with redirect_stdout(log), redirect_stderr(warnings):
        status = build_sphinx(
            root,
            folder,
            noconfig=True,
            path_config=str(root / "_config.yml"),
            filenames=list(pages),
            confoverrides={**own, **settings},
            builder=builder,
            doctreedir=str(doctrees),
            warningiserror=strict,
            keep_going=strict,
        )
    if isinstance(status, KeyboardInterrupt):
        raise status
    return status
