"""A project of one document with a page of each kind, which is built in seconds."""

import filecmp
from pathlib import Path

import nbformat

from helpers.cut import cut
from helpers.project import Project

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


def small(root: Path) -> Path:
    """A project of one document, with a page of each kind."""
    root.mkdir()
    project = Project(root)
    cut(root / "data", "jj17")
    for page in (root / "chapters" / "register").glob("*.md"):
        if page.stem != "jj17":
            page.unlink()
    for name, text in PAGES.items():
        (root / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    cells = [nbformat.v4.new_markdown_cell("# Plain", id="a"), nbformat.v4.new_code_cell("print(1)", id="b")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "chapters" / "plain.ipynb")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"><circle r="40"/></svg>\n'
    (root / "images" / "drawn.svg").write_text(drawing, encoding="utf-8")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    return project.root


def differing(one: Path, other: Path) -> list[str]:
    """The files in which two books differ."""
    files = {path.relative_to(book).as_posix() for book in (one, other) for path in book.rglob("*") if path.is_file()}
    return sorted(
        name
        for name in files
        if not ((one / name).is_file() and (other / name).is_file() and filecmp.cmp(one / name, other / name, False))
    )
