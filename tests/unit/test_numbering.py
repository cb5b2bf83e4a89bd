"""Figures are numbered again where anything changed that they are numbered by, and nowhere else."""

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.locale import translators

FIGURE = """
.. figure:: /drawn.png
   :name: {name}

   A caption.
"""
PAGES = {
    "index": "Home\n====\n\n.. toctree::\n   :numbered:\n\n   a\n   b\n",
    "a": "A\n=\n\nProse.\n" + FIGURE.format(name="one"),
    "b": "B\n=\n\nPart\n----\n\nSee :numref:`two`.\n" + FIGURE.format(name="two"),
}


@pytest.fixture(autouse=True)
def _english():
    """Sphinx keeps the language of a book that was built in this process before."""
    translators.clear()


@pytest.fixture
def source(tmp_path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "drawn.png").write_bytes(b"")
    for name, text in PAGES.items():
        (folder / f"{name}.rst").write_text(text)
    return folder


def built(source: Path, folder: Path) -> dict[str, str]:
    """Builds the pages, and again where they were built into a folder before; returns their bodies."""
    settings = {
        "extensions": ["zhenzhi.sphinxext.env.domain", "zhenzhi.sphinxext.env.numbering"],
        "numfig": True, "numfig_secnum_depth": 0, "html_theme": "basic",
    }  # fmt: skip
    Sphinx(source, None, folder, folder / "doctrees", "html", settings, status=None, warning=None).build()
    return {name: (folder / f"{name}.html").read_text().partition('<div class="body"')[2] for name in PAGES}


@pytest.fixture
def numbered(monkeypatch) -> list[str]:
    """Grows each time that Sphinx numbers the figures."""
    calls: list[str] = []
    assign = TocTreeCollector.assign_figure_numbers
    monkeypatch.setattr(
        TocTreeCollector, "assign_figure_numbers", lambda self, env: calls.append("called") or assign(self, env)
    )
    return calls


@pytest.mark.parametrize(
    ("page", "old", "new", "is_numbered"),
    [
        ("a", "Prose.", "Prose, and more of it.", False),
        ("b", "See", "More prose. See", False),
        ("a", "Prose.", FIGURE.format(name="first"), True),
        ("a", FIGURE.format(name="one"), "\n.. _one:\n\nNo figure.\n", True),
        ("b", "Part\n----", "First\n-----\n\nText.\n\nPart\n----", True),
        ("b", "   A caption.\n", "", True),
        ("index", "   a\n   b\n", "   b\n   a\n", True),
    ],
)
def test_pages_are_numbered_as_those_built_from_nothing(source, tmp_path, numbered, page, old, new, is_numbered):
    assert "Fig. 2" in built(source, tmp_path / "built")["b"]
    file = source / f"{page}.rst"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    numbered.clear()
    again = built(source, tmp_path / "built")
    assert bool(numbered) == is_numbered
    assert again == built(source, tmp_path / "clean")
