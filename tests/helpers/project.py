"""A project of one document with a page of each kind, which is built in seconds; for tests that build."""

import filecmp
import re
import shutil
import subprocess
from pathlib import Path

import nbformat

from helpers import warm
from helpers.cut import cut
from zhenzhi import paths

#: What makes a page a notebook whose cells are executed.
FRONT_MATTER = """---
jupytext:
  formats: md:myst
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""

SMALL = (
    FRONT_MATTER
    + """# Small

The town has {claim}`jj17-grids` and {computed}`jj17-events-closed.rest` left open; see {numref}`fig-jj17-grid-staffing`.

```{code-cell} ipython3
from zhenzhi import charts
from zhenzhi.book import open_book

book = open_book()
charts.bars(book, "jj17-grid-staffing", ["jj17-grid-heads", "jj17-desk-staff"])
```
"""
)

TOLD = """# Told

```{model-card} jj17-grids
```

```{caveats} jj17
:counted:
```

The town is 九江 and has 网格长; see {zhenzhi:claim}`jj17-grids`.

![A drawing](../images/drawn.svg)
"""

PAGES = {
    "small": SMALL,
    "told": TOLD,
    "glossary": "# Glossary\n\n```{glossary-table}\n```\n",
    "outside": "# Outside\n\n```{outside-figures}\n```\n",
    "models": "# Models\n\n```{model-register}\n```\n",
    "dictionary": "# Dictionary\n\n```{data-dictionary} vocabularies\n```\n\n```{data-dictionary} files\n```\n",
    "away": "# Take away\n\n```{downloads}\n```\n\n```{figure-index}\n```\n",
}

TOC = """format: jb-book
root: index
chapters:
  - file: chapters/small
  - file: chapters/plain
  - file: chapters/told
  - file: chapters/register/jj17
  - file: chapters/models
  - file: chapters/outside
  - file: chapters/glossary
  - file: chapters/dictionary
  - file: chapters/away
"""

_FILES = (
    "_config.yml", "references.bib", "requirements.txt", "package-lock.json", "pyproject.toml", "LICENSE", "LICENSE-CONTENT",
)  # fmt: skip


class Project:
    """All of the package, the data of one document, and a page of each kind, in one language."""

    def __init__(self, root: Path):
        self.root = root
        root.mkdir(parents=True)
        for folder in ("zhenzhi", "data", "images"):
            shutil.copytree(paths.ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name in _FILES:
            shutil.copy(paths.ROOT / name, root / name)
        (root / "node_modules").symlink_to(paths.ROOT / "node_modules")
        cut(root / "data", "jj17")
        (root / "index.md").write_text("# Home\n\nA book.\n")
        (root / "_toc.yml").write_text(TOC)
        (root / "chapters" / "register").mkdir(parents=True)
        # The chapters that it leads to are not there.
        register = (paths.CHAPTERS / "register" / "jj17.md").read_text(encoding="utf-8")
        register = re.sub(r"\{doc\}`[^`]*`", "the chapter", register)
        for name, page in {**PAGES, "register/jj17": register}.items():
            (root / "chapters" / f"{name}.md").write_text(page, encoding="utf-8")
        cells = [nbformat.v4.new_markdown_cell("# Plain", id="a"), nbformat.v4.new_code_cell("print(1)", id="b")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "chapters" / "plain.ipynb")
        drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><circle r="40"/></svg>\n'
        (root / "images" / "drawn.svg").write_text(drawing, encoding="utf-8")

    @property
    def chapter(self) -> Path:
        return self.root / "chapters" / "small.md"

    @property
    def html(self) -> Path:
        return self.root / "_build" / "html"

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        """Runs a command of the project, with its own package."""
        return warm.run(self.root, *arguments, **more)

    def build(self) -> subprocess.CompletedProcess:
        return self.run("build")

    def replace(self, path: str | Path, old: str, new: str) -> None:
        """Changes a file of the project; fails where there is nothing to change."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def files(folder: Path) -> set[str]:
    """The names of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def differing(one: Path, other: Path) -> list[str]:
    """The files in which two books differ."""
    there, here = files(one), files(other)
    both = there & here
    return sorted((there ^ here) | {name for name in both if not filecmp.cmp(one / name, other / name, False)})


def put_back(kept: Path, folder: Path) -> None:
    """Makes a folder what its copy is; a file of the same size and time is taken to be the same."""
    filecmp.clear_cache()
    for name in files(folder) - files(kept):
        (folder / name).unlink()
    for name in files(kept):
        if not (folder / name).is_file() or not filecmp.cmp(kept / name, folder / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept / name, folder / name)
