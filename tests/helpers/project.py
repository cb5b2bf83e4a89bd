"""A small copy of the project, for tests that build."""

import re
import shutil
import subprocess
from pathlib import Path

from helpers import warm
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

SMALL_CHAPTER = (
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

TOC = """format: jb-book
root: index
chapters:
  - file: chapters/small
  - file: chapters/register
    sections:
      - glob: chapters/register/*
"""


class Project:
    """A small copy of the project: all of the package and the data, one chapter."""

    def __init__(self, root: Path):
        self.root = root
        for folder in ("zhenzhi", "data", "images"):
            shutil.copytree(paths.ROOT / folder, root / folder)
        for name in ("_config.yml", "references.bib", "requirements.txt", "package-lock.json", "pyproject.toml"):
            shutil.copy(paths.ROOT / name, root / name)
        for name in ("LICENSE", "LICENSE-CONTENT"):
            shutil.copy(paths.ROOT / name, root / name)
        (root / "node_modules").symlink_to(paths.ROOT / "node_modules")
        (root / "chapters").mkdir()
        shutil.copy(paths.CHAPTERS / "register.md", root / "chapters" / "register.md")
        (root / "chapters" / "register").mkdir()
        for page in (paths.CHAPTERS / "register").glob("*.md"):
            # The chapters that they lead to are not there.
            text = re.sub(r"\{doc\}`[^`]*`", "the chapter", page.read_text(encoding="utf-8"))
            (root / "chapters" / "register" / page.name).write_text(text, encoding="utf-8")
        (root / "index.md").write_text("# Home\n\nA book.\n")
        (root / "_toc.yml").write_text(TOC)
        self.chapter.write_text(SMALL_CHAPTER)

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
