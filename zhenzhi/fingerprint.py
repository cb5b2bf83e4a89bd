"""Fingerprints of what the book is made from, so that nothing stale is published and nothing is made twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_SUFFIXES = {".py", ".csv", ".yml", ".json", ".css", ".js", ".html", ".md"}

#: Parts of the package that set and publish the book and that no notebook imports (a test sees to it).
SETTING = ("takeaway", "sphinxext", "publishing")


#: Files of the data package that all figures lean on, however they are asked for.
COMMON = ("datapackage.json", "documents.csv", "articles.csv", "places.csv", "units.csv")


def of_execution(root: Path) -> str:
    """A hash of what every notebook depends on: the package, the pinned libraries, the common tables."""
    package = [path for path in _below(root / "zhenzhi") if path.relative_to(root).parts[1] not in SETTING]
    return _hash(root, [root / "requirements.txt", *_common(root), *package])


def of_pages(root: Path) -> str:
    """A hash of what every page depends on beside its own text and ingredients."""
    return _hash(root, [*_settings(root), *_common(root), *_below(root / "zhenzhi")])


def of_frame(root: Path) -> str:
    """A hash of what decides which files belong to the pages: their list, and all that sets them."""
    return _hash(root, [root / "_toc.yml", *_settings(root), *_below(root / "zhenzhi")])


def of_book(root: Path) -> str:
    """A hash of all that the book is made from."""
    pages = [*root.glob("*.md"), *(root / "chapters").rglob("*.md"), *(root / "images").glob("*.svg")]
    return _hash(root, [root / "_toc.yml", *pages, *_settings(root), *_below(root / "data"), *_below(root / "zhenzhi")])


def _settings(root: Path) -> list[Path]:
    return [root / name for name in ("_config.yml", "references.bib", "requirements.txt", "package-lock.json")]


def _common(root: Path) -> list[Path]:
    return [root / "data" / name for name in COMMON]


def _below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.suffix in _SUFFIXES]


def _hash(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
