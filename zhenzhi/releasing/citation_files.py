"""The two files by which archives and code hosts cite the project: ``CITATION.cff`` and ``.zenodo.json``.

Both are written from the package and the data, so that version, date, title and authors stand in one place only.
"""

import json
from pathlib import Path

import yaml

from zhenzhi import __date__, __version__, citing, paths
from zhenzhi.book.edition import Edition
from zhenzhi.data import schema, tables
from zhenzhi.files import write_all
from zhenzhi.locales import SOURCE
from zhenzhi.takeaway import bundle, repository

_NOTE = (
    "# Written by `python -m zhenzhi citation-files`; edit zhenzhi/__init__.py, zhenzhi/citing.py or data/ instead.\n"
)


def texts(root: Path = paths.ROOT) -> dict[str, str]:
    """The two files by name, as they should read. To both, what is cited is a book."""
    descriptor = schema.read_descriptor(root / "data")
    edition = Edition(tables.load(root / "data"))
    abstract, title, author = edition.label("book-abstract"), citing.title(edition), citing.author(edition)
    doi, orcid = citing.doi(edition), citing.orcid(edition)
    year, month, _ = map(int, __date__.split("-"))
    known = {"doi": doi, "url": bundle.site(root, SOURCE), "repository-code": repository.address(root)}
    known = {name: value for name, value in known.items() if value}
    entity = {"name": author} | ({"orcid": orcid} if orcid else {})
    citation = {
        "cff-version": "1.2.0",
        "message": edition.label("citation-message"),
        "title": title,
        "type": "dataset",
        "authors": [entity],
        "version": __version__,
        "date-released": __date__,
        **known,
        "license": "CC-BY-4.0",
        "keywords": descriptor["keywords"],
        "abstract": abstract,
        "preferred-citation": {
            "type": "book",
            "title": title,
            "authors": [entity],
            "publisher": {"name": author},
            "year": year,
            "month": month,
            "version": __version__,
            **known,
        },
    }
    deposit = {
        "title": title,
        "upload_type": "publication",
        "publication_type": "book",
        "publication_date": __date__,
        "version": __version__,
        "creators": [{"name": author} | ({"orcid": orcid.rpartition("/")[2]} if orcid else {})],
        "description": abstract,
        "keywords": descriptor["keywords"],
        "access_right": "open",
        "license": "cc-by-4.0",
        "language": "eng",
        "notes": edition.label("licence-note"),
    } | ({"doi": doi} if doi else {})
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
    names, wanted = stale(root), texts(root)
    write_all({root / name: wanted[name].encode() for name in names})
    return names
