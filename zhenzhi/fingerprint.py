"""Fingerprints of what the book is made from, so that nothing stale is published and nothing is made twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_SUFFIXES = {".py", ".csv", ".yml", ".json", ".css", ".js"}

#: Parts of the package that set and publish the book and that no notebook imports (a test sees to it).
SETTING = ("sphinxext", "publishing")


def of_execution(root: Path) -> str:
    """A hash of what the outputs of every notebook may depend on: the data, the package, the pinned libraries."""
    package = [path for path in _below(root / "zhenzhi") if path.relative_to(root).parts[1] not in SETTING]
    return _hash(root, [root / "requirements.txt", *_below(root / "data"), *package])


def of_pages(root: Path) -> str:
    """A hash of what every page may depend on beside its own text."""
    files = [root / name for name in ("_config.yml", "references.bib", "requirements.txt", "package-lock.json")]
    return _hash(root, [*files, *_below(root / "data"), *_below(root / "zhenzhi")])


def of_book(root: Path) -> str:
    """A hash of all that the book is made from."""
    pages = [*root.glob("*.md"), *(root / "chapters").rglob("*.md"), *(root / "images").glob("*.svg")]
    return _hash(root, [root / "_toc.yml", *pages], of_pages(root))


def _below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in _SUFFIXES]


def _hash(root: Path, files: Iterable[Path], start: str = "") -> str:
    digest = hashlib.sha256(start.encode())
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
