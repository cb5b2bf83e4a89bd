"""The chapters as executed notebooks that any Jupyter shows and that rerun, alone or together with package and data."""

import copy
import re
from collections.abc import Mapping
from pathlib import Path, PurePath

import nbformat

from zhenzhi import EXPLORER_MIME_TYPE, FIGURE_MIME_TYPE, __version__, counts
from zhenzhi.edition import Edition
from zhenzhi.takeaway import archive, names, widgets

#: A role of the book; within a table its bar is escaped.
_ROLE = re.compile(r"\{[a-z]+\}`[^`]+`")
_COUNT = re.compile(r"\{book\}`([^`]+)`")
_NUMBERED = re.compile(r"\{numref\}`([^`]+)`")
_TABLE = re.compile(r"^```\{table\} (.+)\n:name: (\S+)$", re.MULTILINE)

#: Keys of a notebook's metadata that mean something outside this project.
_KEPT = ("kernelspec", "language_info", "widgets")

#: What a notebook needs beside itself: folders, and files that a project has.
_FOLDERS = ("data", "zhenzhi")
_FILES = ("requirements.txt", "pyproject.toml", "LICENSE", "LICENSE-CONTENT")

#: First cell of every notebook: it finds the package beside the folder of the chapters, so that nothing need be installed.
_SETUP = """\
# The package and the data of the book lie beside the folder of this notebook, or are fetched from its repository.
import sys
from pathlib import Path

if not Path("../zhenzhi").is_dir():
    {otherwise}
sys.path.insert(0, str(Path("..").resolve()))"""

_WITHOUT = (
    'raise FileNotFoundError("expected the folders zhenzhi and data beside the folder of this notebook; '
    'the notebooks zip of the book holds them")'
)

#: What the notebooks import beside what Colab has.
_LIBRARIES = ("babel", "cn2an", "edtf", "fastjsonschema", "mplfonts")

_README = Path(__file__).parent / "templates" / "notebooks.md"


def portable(notebook: nbformat.NotebookNode, edition: Edition, repository: str = "") -> nbformat.NotebookNode:
    """An executed notebook as it shows anywhere.

    The book's own output types become PNG, a panel also shows its default picture, and references in the prose are put into
    words.

    Args:
        notebook: as the build keeps it.
        edition: the words.
        repository: address of the project's repository, from which the first cell fetches what is missing; may be empty.
    """
    made = copy.deepcopy(notebook)
    made.metadata = nbformat.from_dict({key: made.metadata[key] for key in _KEPT if key in made.metadata})
    models = made.metadata.get("widgets", {}).get(widgets.STATE, {}).get("state", {})
    prose = [cell for cell in made.cells if cell.cell_type == "markdown"]
    tables = {name: caption for cell in prose for caption, name in _TABLE.findall(cell.source)}
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = _in_words(cell.source, edition, tables)
        for output in cell.get("outputs", ()):
            _make_portable(output.get("data", {}), models)
        if cell.cell_type == "code":
            cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in ("tags",) if key in cell.metadata})
    made.cells.insert(0, _setup_cell(repository))
    made.nbformat, made.nbformat_minor = 4, 5
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    nbformat.validate(made)
    return made


def _in_words(text: str, edition: Edition, tables: Mapping[str, str]) -> str:
    """A text of the book as it reads where its roles are not known: figures, counts and titles of figures in words.

    ``tables`` holds the captions of the notebook's tables by their names.
    """

    def title(match: re.Match) -> str:
        if match[1] in tables:
            return f"*{tables[match[1]]}*"
        entry = edition.figure_text(match[1].removeprefix("fig-"))
        return f"*{edition.plain(entry['title'][edition.language])}*"

    text = _ROLE.sub(lambda match: match[0].replace(r"\|", "|"), text)
    text = _COUNT.sub(lambda match: counts.show(edition, match[1]), edition.plain(text))
    return _NUMBERED.sub(title, text)


def _make_portable(data: dict, models: dict) -> None:
    figure = data.pop(FIGURE_MIME_TYPE, None)
    if figure is not None:
        data["image/png"] = figure["png"]
    data.pop(EXPLORER_MIME_TYPE, None)
    if widgets.VIEW in data:
        data["text/html"] = widgets.default_picture(models, data[widgets.VIEW]["model_id"])


def _setup_cell(repository: str) -> nbformat.NotebookNode:
    otherwise = _WITHOUT
    if repository:
        lines = (
            f"%pip install --quiet {' '.join(_LIBRARIES)}",
            f"!git clone --quiet --depth 1 --branch v{__version__} {repository} zhenzhi-book",
            "%cd zhenzhi-book/chapters",
        )
        otherwise = "\n    ".join(lines)
    cell = nbformat.v4.new_code_cell(_SETUP.format(otherwise=otherwise))
    cell.metadata["tags"] = ["setup"]
    return cell


def write(root: Path, edition: Edition, executed: Mapping[str, Path], downloads: Path, repository: str = "") -> None:
    """Writes every notebook by itself, and all of them with what they need into a zip.

    Args:
        root: the project.
        edition: its words and data.
        executed: the executed notebooks by the names of their pages.
        downloads: the folder of downloads.
        repository: address of the project's repository; may be empty.
    """
    entries: dict[str, Path | bytes] = {
        "README.md": _README.read_text(encoding="utf-8").format(version=__version__).encode()
    }
    for name in _FOLDERS:
        entries |= archive.below(root / name, f"{name}/")
    entries |= {name: root / name for name in _FILES if (root / name).is_file()}
    for page, kept in executed.items():
        text = nbformat.writes(portable(nbformat.read(kept, 4), edition, repository)) + "\n"
        target = downloads / PurePath(names.notebook(page)).relative_to(names.FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        entries[f"chapters/{target.name}"] = target
    archive.write(downloads / names.NOTEBOOKS_ZIP, entries)
