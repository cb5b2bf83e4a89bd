"""A small project that is ready to be released, in a repository of its own."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from helpers.project import TOC, Project
from zhenzhi import paths

#: A panel, and a widget of another kind, which Jupyter names by chance.
PANEL = """
```{code-cell} ipython3
from zhenzhi import panels

panels.rounding(book, "audit-rounding", ["jj17-opinions-resolved"])
```

```{code-cell} ipython3
from ipywidgets import IntSlider

IntSlider(value=3, description="A slider")
```
"""

SMALL = "chapters/small.html"
CLOSED, SUCCESSOR = "jj17-deputies-text", "jj17-deputies-text-again"

#: A sentence on a check that flips between the two releases.
SENTENCE = "\nOf the opinions, {claim}`jj17-opinions-solved` were resolved.\n"

_FILES = (".gitignore", "CHANGELOG.md", "CITATION.cff", ".zenodo.json")


class Releasable(Project):
    """A small copy of the project with all that a release asks for."""

    def __init__(self, root: Path):
        super().__init__(root)
        for name in _FILES:
            shutil.copy(paths.ROOT / name, root / name)
        shutil.copy(paths.CHAPTERS / "changes.md", root / "chapters" / "changes.md")
        self.chapter.write_text(self.chapter.read_text(encoding="utf-8") + PANEL, encoding="utf-8")
        (root / "_toc.yml").write_text(TOC + "  - file: chapters/changes\n")
        # What differs from a coding would have to say why.
        codings = root / "data" / "codings.csv"
        codings.write_text(codings.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
        self.git("init", "-q")
        self.become("0.1.0")

    @property
    def site(self) -> Path:
        return self.root / "site"

    def git(self, *command: str) -> None:
        identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
        subprocess.run(["git", *identity, *command], cwd=self.root, check=True)

    def become(self, version: str) -> None:
        """Sets the version everywhere and commits all."""
        source = self.root / "zhenzhi" / "__init__.py"
        text = source.read_text(encoding="utf-8")
        source.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{version}"', text), encoding="utf-8")
        date = re.search(r'__date__ = "(.*)"', text)[1]
        (self.root / "CHANGELOG.md").write_text(
            f"# Changelog\n\n## {version} ({date})\n\nSomething.\n", encoding="utf-8"
        )
        assert self.run("citation-files").returncode == 0
        self.commit()

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "change", "--allow-empty")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "zhenzhi", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1", **more}

    def release(self, version: str, tests: str = "true", **more: str) -> subprocess.CompletedProcess:
        return self.run("release", version, "--test-command", tests, "--epub", **more)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(project: Releasable) -> None:
    """What the second release changes: a value, a wording, a verdict; a claim closed and one added; a page added."""
    path = project.root / "data" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["claim_id"] == "jj17-grids":
            row.update(value="105", as_written="105个网格", note_en="Counted anew.")
        elif row["claim_id"] == "jj17-opinions-solved":
            row.update(value="1200", as_written="1200条")
        elif row["claim_id"] == CLOSED:
            closed = dict(row)
            row["claim_id"] = SUCCESSOR
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    closed |= {
        "closed": "0.2.0",
        "replaced_by": SUCCESSOR,
        "reason_en": "Its name was wrong.",
        "reason_zh": "名称有误。",
    }
    file = project.root / "data" / "closed.csv"
    columns = file.read_text(encoding="utf-8").strip().split(",")
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n").writerow(closed)
    (project.root / "chapters" / "new.md").write_text("# New\n\nA new page.\n")
    (project.root / "_toc.yml").write_text((project.root / "_toc.yml").read_text() + "  - file: chapters/new\n")


def first_release(root: Path) -> Releasable:
    project = Releasable(root)
    project.chapter.write_text(project.chapter.read_text(encoding="utf-8") + SENTENCE, encoding="utf-8")
    project.commit()
    return project


def two_releases(root: Path) -> Releasable:
    """A project with two releases in its site, about to make the third; ``first``: the files of the site after the first."""
    project = first_release(root)
    done = project.release("0.1.0")
    assert done.returncode == 0, done.stdout + done.stderr
    project.first = tree(project.site)
    change(project)
    project.become("0.2.0")
    done = project.release("0.2.0")
    assert done.returncode == 0, done.stdout + done.stderr
    project.become("0.3.0")
    project.git("tag", "next")
    return project
