"""The two files by which archives and code hosts cite the project: ``CITATION.cff`` and ``.zenodo.json``.

Both are written from the package and the data, so that version, date, title and authors stand in one place only.
"""

import json
from pathlib import Path

import yaml

from zhenzhi import __date__, __version__, citing, paths, tables

_NOTE = (
    "# Written by `python -m zhenzhi citation-files`; edit zhenzhi/__init__.py, zhenzhi/citing.py or data/ instead.\n"
)


def texts(root: Path = paths.ROOT) -> dict[str, str]:
    """The two files by name, as they should read."""
    descriptor = json.loads((root / "data" / tables.DESCRIPTOR).read_text(encoding="utf-8"))
    words = tables.load(root / "data").labels
    abstract = words["book-abstract"]["en"]
    citation = {
        "cff-version": "1.2.0",
        "message": words["citation-message"]["en"],
        "title": citing.BOOK_TITLE,
        "type": "dataset",
        "authors": [{"name": citing.AUTHOR}],
        "version": __version__,
        "date-released": __date__,
        "license": ["CC-BY-4.0", "MIT"],
        "keywords": descriptor["keywords"],
        "abstract": abstract,
    }
    deposit = {
        "title": citing.BOOK_TITLE,
        "upload_type": "publication",
        "publication_type": "book",
        "publication_date": __date__,
        "version": __version__,
        "creators": [{"name": citing.AUTHOR}],
        "description": abstract,
        "keywords": descriptor["keywords"],
        "access_right": "open",
        "license": "cc-by-4.0",
        "language": "eng",
        "notes": words["licence-note"]["en"],
    }
    return {
        "CITATION.cff": _NOTE + yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=120),
        ".zenodo.json": json.dumps(deposit, ensure_ascii=False, indent=1) + "\n",
    }


def stale(root: Path = paths.ROOT) -> list[str]:
    """The names of the files that do not read as they should."""
    return [
        name
        for name, text in texts(root).items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]


def write(root: Path = paths.ROOT) -> list[str]:
    """Writes the files that do not read as they should, and returns their names."""
    names = stale(root)
    for name in names:
        (root / name).write_text(texts(root)[name], encoding="utf-8", newline="\n")
    return names
