"""The package reads in one direction: no module imports from a layer above its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jupytext
import pytest

from zhenzhi import paths
from zhenzhi.book import fingerprint

#: The parts of the package, from the lowest layer to the highest; parts of one layer may import each other.
LAYERS = [
    {"__init__", "collector", "errors", "files", "interrupts", "locales", "outputs", "paths", "plain_yaml", "project"},
    {"amounts"},
    {"data"},
    {"scan"},
    {"audit"},
    {"relations"},
    {"trial"},
    {"book"},
    {"charts", "checking", "citing", "explorer", "panels", "works"},
    {"takeaway", "texts"},
    {"sphinxext"},
    {"building", "corpus", "releasing"},
    {"coding"},
    {"commands"},
    {"__main__"},
]
PACKAGE = paths.ROOT / "zhenzhi"
MODULES = sorted(PACKAGE.rglob("*.py"))
CHAPTERS = sorted(paths.CHAPTERS.glob("*.md"))


def part_of(module: Path) -> str:
    """The part of the package that a module belongs to: a module or a folder at the top."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


PARTS = {part_of(module) for module in MODULES}


def layer(part: str) -> int:
    return next(height for height, parts in enumerate(LAYERS) if part in parts)


def imported_parts(code: str) -> Iterator[str]:
    """The parts of the package that a code imports, also within functions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "zhenzhi":
                part = rest.partition(".")[0]
                yield part if part in PARTS else "__init__"


def code_of(chapter: Path) -> str:
    """The code cells of a chapter as one text."""
    notebook = jupytext.read(chapter)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("import os", []),
        ("import zhenzhi.audit", ["audit"]),
        ("from zhenzhi import __version__, data", ["__init__", "data"]),
        ("from zhenzhi.charts.chart import Chart", ["charts"]),
        ("def f():\n    from zhenzhi.building.build import build", ["building"]),
    ],
)
def test_imports_are_seen(code, parts):
    assert list(imported_parts(code)) == parts


def test_every_part_has_one_layer():
    assert sorted(part for parts in LAYERS for part in parts) == sorted(PARTS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_nothing_imports_upwards(module):
    imported = imported_parts(module.read_text(encoding="utf-8"))
    assert [part for part in imported if layer(part) > layer(part_of(module))] == []


def test_imports_are_absolute():
    relative = [
        str(module.relative_to(PACKAGE))
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_no_notebook_imports_what_sets_and_publishes_the_book():
    imported = [(chapter.name, part) for chapter in CHAPTERS for part in imported_parts(code_of(chapter))]
    assert ("jiujiang-2017.md", "book") in imported
    assert [(chapter, part) for chapter, part in imported if part in fingerprint.SETTING] == []


def test_a_notebook_cannot_reach_what_sets_the_book_by_way_of_another_part():
    assert min(layer(part) for part in fingerprint.SETTING) > layer("charts")
