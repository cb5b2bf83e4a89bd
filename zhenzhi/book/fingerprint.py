"""Fingerprints of what the book is made from, so that nothing stale is published and nothing is made twice."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import zhenzhi

#: The package that is at work.
_PACKAGE = Path(zhenzhi.__file__).parent

#: Parts of the package that set and publish the book and that no notebook imports (a test sees to it).
SETTING = ("takeaway", "texts", "sphinxext", "building", "releasing")

#: Parts of the package that draw what a notebook shows; a page is made from the notebook's output and not from them, but for
#: the markup of panels.
DRAWING, MARKUP = ("charts", "panels"), "panels/markup.py"

#: Files of the data package that all figures lean on, however they are asked for.
COMMON = ("datapackage.json", "documents.csv", "articles.csv", "places.csv", "units.csv")

#: Files beside the pages that decide how these are set.
_SETTINGS = ("_config.yml", "references.bib", "requirements.txt", "package-lock.json")

#: Folders of a project from which no file of the book is made.
_APART = frozenset({"_build", "benchmarks", "node_modules", "site", "tests"})

#: Endings of files that programs write while they run: what ``make watch > watch.log`` says must not be followed.
_SAID = frozenset({".log", ".out"})


def of_execution(root: Path) -> str:
    """A hash of what every notebook depends on: the package, the pinned libraries, the common tables."""
    package = {name: file for name, file in _package().items() if name.split("/")[1] not in SETTING}
    return _hash(_named(root, "requirements.txt") | _common(root) | package)


def of_data(root: Path) -> str:
    """A hash of what the files of the data to take away are made from: the data, the package, the licence."""
    data = {f"data/{name}": file for name, file in _below(root / "data").items()}
    return _hash(_named(root, "_config.yml", "requirements.txt", "LICENSE-CONTENT") | data | _package())


def of_pages(root: Path) -> str:
    """A hash of what every page depends on beside its own text and ingredients."""
    return _hash(_named(root, *_SETTINGS) | _common(root) | _setting())


def of_frame(root: Path) -> str:
    """A hash of what decides which files belong to the pages: their list, and all that sets them."""
    return _hash(_named(root, "_toc.yml", *_SETTINGS) | _setting())


def sources(root: Path) -> dict[str, str]:
    """The digests by name of all files that the book is made from: whatever lies in the project, and the package."""
    found = _package()
    for path in root.iterdir():
        if not is_of_book(path) or path == _PACKAGE:
            continue
        found |= {f"{path.name}/{name}": file for name, file in _below(path).items()} if path.is_dir() else {}
        found |= {path.name: path} if path.is_file() else {}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in found.items()}


def of_book(found: Mapping[str, str]) -> str:
    """A hash of all that the book is made from, given its ``sources``."""
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def draws(name: str) -> bool:
    """Whether a file, as ``sources`` names it, draws what notebooks show and does nothing else."""
    package, _, within = name.partition("/")
    return package == "package" and within.startswith(tuple(f"{part}/" for part in DRAWING)) and within != MARKUP


def is_of_book(path: Path) -> bool:
    """Whether the book may be made from what lies at the top of a project."""
    return path.name not in _APART and path.suffix not in _SAID and not path.name.startswith(".")


def _named(root: Path, *names: str) -> dict[str, Path]:
    return {name: root / name for name in names}


def _common(root: Path) -> dict[str, Path]:
    return _named(root, *(f"data/{name}" for name in COMMON))


def _package() -> dict[str, Path]:
    return {f"package/{name}": file for name, file in _below(_PACKAGE).items()}


def _setting() -> dict[str, Path]:
    """The package without what draws for notebooks alone."""
    return {name: file for name, file in _package().items() if not draws(name)}


def _below(folder: Path) -> dict[str, Path]:
    """The files of a folder by their names in it, without what Python and the system leave behind."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def _hash(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
