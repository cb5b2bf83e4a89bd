"""A small project that is ready to be released, in a repository of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import TOC, Project

from zhenzhi import paths

#: A panel, whose widgets Jupyter names by chance.
PANEL = """
```{code-cell} ipython3
from zhenzhi import panels

panels.share_range(book, "jj21-share-of-what", "jj21-own-rate", ["jj21-firms-surveyed", 200])
```
"""

_FILES = (".gitignore", "CHANGELOG.md", "CITATION.cff", ".zenodo.json")


class Releasable(Project):
    """A small copy of the project with all that a release asks for."""

    def __init__(self, root: Path):
        root.mkdir(parents=True)
        super().__init__(root)
        for name in _FILES:
            shutil.copy(paths.ROOT / name, root / name)
        shutil.copy(paths.CHAPTERS / "changes.md", root / "chapters" / "changes.md")
        self.chapter.write_text(self.chapter.read_text(encoding="utf-8") + PANEL, encoding="utf-8")
        (root / "_toc.yml").write_text(TOC + "  - file: chapters/changes\n")
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

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        """Runs a command of the project as a person would, with its own package."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=600,
        )

    def release(self, version: str, tests: str = "true", **more: str) -> subprocess.CompletedProcess:
        return self.run("release", version, "--test-command", tests, **more)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
