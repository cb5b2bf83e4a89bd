"""The chapters as executed notebooks that any Jupyter shows and that rerun, alone or together with package and data."""

import copy
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path, PurePath

import nbformat

from zhenzhi import EXPLORER_MIME_TYPE, FIGURE_MIME_TYPE, PANEL_MIME_TYPE, __version__
from zhenzhi.book.edition import LANGUAGE, Edition
from zhenzhi.locales import SOURCE, translations
from zhenzhi.outputs import PORTABLE
from zhenzhi.takeaway import archive, names
from zhenzhi.takeaway.places import Places
from zhenzhi.takeaway.repository import revision
from zhenzhi.takeaway.translation import Translation
from zhenzhi.takeaway.wording import Wording

_TABLE = re.compile(r"^```\{table\} (.+)\n:name: (\S+)$", re.MULTILINE)

#: Keys of a notebook's metadata that mean something outside this project.
_KEPT = ("kernelspec", "language_info", "widgets")

#: What a notebook needs beside itself: folders, and files that a project has.
_FOLDERS = ("data", "zhenzhi")
_FILES = ("requirements.txt", "pyproject.toml", "LICENSE", "LICENSE-CONTENT")

#: First cell of every notebook: it finds the package in this folder or in one above, so that nothing need be installed.
_SETUP = """\
# The package and the data of the book lie in this folder or in one above it, or are fetched from the book's repository.
import os
import sys
from pathlib import Path


def book_folder():
    folders = (Path.cwd(), *Path.cwd().parents)
    return next((f for f in folders if (f / "zhenzhi").is_dir() and (f / "data" / "claims.csv").is_file()), None)


if book_folder() is None:
    {otherwise}
sys.path.insert(0, str(book_folder()))
os.environ["{portable}"] = "1"  # outputs that any viewer of notebooks shows"""

#: What it says in a language other than that of the pages, so that the notebook reruns in it.
_IN_LANGUAGE = '\nos.environ["{variable}"] = "{language}"  # the language of the book'

_WITHOUT = (
    'raise FileNotFoundError("expected the folders zhenzhi and data in the working folder or above it; '
    'the notebooks zip of the book holds them")'
)

#: What the notebooks import beside what Colab has.
_LIBRARIES = ("babel", "cn2an", "edtf", "fastjsonschema", "mplfonts", "uharfbuzz")

_TEMPLATES = Path(__file__).parent / "templates"


def portable(notebook: nbformat.NotebookNode, wording: Wording, repository: str = "") -> nbformat.NotebookNode:
    """An executed notebook as it shows anywhere: outputs in common types, prose in plain Markdown, references at its end.

    Args:
        notebook: as the build keeps it.
        wording: puts the prose of the page into words.
        repository: address of the project's repository, from which the first cell fetches what is missing; may be empty.
    """
    made = copy.deepcopy(notebook)
    made.metadata = nbformat.from_dict({key: made.metadata[key] for key in _KEPT if key in made.metadata})
    made.cells = [cell for kept in made.cells for cell in _in_words(kept, wording)]
    for text in (wording.references(), wording.closing()):
        made.cells += _prose(text)
    made.cells.insert(0, _setup_cell(repository, wording.edition.language))
    made.nbformat, made.nbformat_minor = 4, 5
    _number(made)
    nbformat.validate(made)
    return made


def _in_words(cell: nbformat.NotebookNode, wording: Wording) -> list[nbformat.NotebookNode]:
    """A cell as it shows anywhere, and what a page sets below it; none where nothing of it is left."""
    if cell.cell_type == "markdown":
        return _prose(wording.of(cell.source))
    below = []
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        figure, *others = [data.pop(kind, None) for kind in (FIGURE_MIME_TYPE, PANEL_MIME_TYPE, EXPLORER_MIME_TYPE)]
        if figure and "image/png" in data:  # a table tells its caption itself
            below += _prose(wording.of(figure["caption"]))
        if others != [None, None]:
            below += _prose(wording.in_book("notebook-screen"))
    if cell.cell_type == "code":
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in ("tags",) if key in cell.metadata})
    return [cell, *below]


def _prose(text: str) -> list[nbformat.NotebookNode]:
    return [nbformat.v4.new_markdown_cell(text)] if text else []


def _translate(notebook: nbformat.NotebookNode, translation: Translation) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = translation.of(cell.source)


def captions(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The captions of a notebook's tables by their names."""
    prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return {name: caption for text in prose for caption, name in _TABLE.findall(text)}


def _number(notebook: nbformat.NotebookNode) -> None:
    """Numbers the cells as they stand, and their executions as they would run one after the other."""
    executions = count(1)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        if cell.cell_type == "code":
            cell.execution_count = next(executions)
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = cell.execution_count


def _setup_cell(repository: str, language: str) -> nbformat.NotebookNode:
    otherwise = _WITHOUT
    if repository:
        lines = (
            f"%pip install --quiet {' '.join(_LIBRARIES)}",
            f"!git clone --quiet --depth 1 --branch {revision()} {repository} zhenzhi-book",
            "%cd zhenzhi-book",
        )
        otherwise = "\n    ".join(lines)
    code = _SETUP.format(otherwise=otherwise, portable=PORTABLE)
    if language != SOURCE:
        code += _IN_LANGUAGE.format(variable=LANGUAGE, language=language)
    cell = nbformat.v4.new_code_cell(code)
    cell.metadata |= {"tags": ["setup"], "jupyter": {"source_hidden": True}}
    return cell


def _text(notebook: nbformat.NotebookNode) -> bytes:
    return f"{nbformat.writes(notebook)}\n".encode()


def write(
    root: Path, edition: Edition, executed: Mapping[str, Path], downloads: Path, repository: str = "", site: str = ""
) -> None:  # fmt: skip
    """Writes every notebook by itself, and all of them, linked to each other, with what they need into a zip.

    Args:
        root: the project.
        edition: its words and data.
        executed: the executed notebooks by the names of their pages.
        downloads: the folder of downloads.
        repository: address of the project's repository; may be empty.
        site: address of this version of the book, to which the prose links; may be empty.
    """
    readme = _TEMPLATES / names.in_language("notebooks.md", edition.language)
    entries: dict[str, Path | bytes] = {
        "README.md": readme.read_text(encoding="utf-8").format(version=__version__).encode()
    }
    for name in _FOLDERS:
        entries |= archive.below(root / name, f"{name}/")
    entries |= {name: root / name for name in _FILES if (root / name).is_file()}
    places = Places(root, edition.language)
    for page, kept in executed.items():
        notebook = nbformat.read(kept, 4)
        _translate(notebook, Translation(translations(root, edition.language, page)))
        tables = captions(notebook)
        alone, beside = (Wording(edition, places, page, site, tables, near) for near in ((), executed))
        target = downloads / PurePath(names.notebook(page)).relative_to(names.FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_text(portable(notebook, alone, repository)))
        entries[f"chapters/{target.name}"] = _text(portable(notebook, beside, repository))
    archive.write(downloads / names.of(names.NOTEBOOKS_ZIP, edition.language), entries)
