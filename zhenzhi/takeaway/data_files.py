"""The data package as a zip, as one SQLite file, and its claims as one Parquet file."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet

from zhenzhi import __date__, __version__
from zhenzhi.book.edition import Edition
from zhenzhi.data import dates, schema, tables
from zhenzhi.locales import SOURCE
from zhenzhi.takeaway import archive, croissant, listing, repository

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}

#: What a row of claims.csv takes from other tables: prefix of the column, table, column that names its row, columns taken.
_JOINED = (
    ("article", "articles", "article_id", ("document_id", "title_en", "title_zh")),
    ("document", "documents", "document_id", ("title_en", "title_zh", "publisher_en", "publisher_zh", "published")),
    ("place", "places", "place_id", ("name_en", "name_zh", "level", "parent_id")),
    ("indicator", "indicators", "indicator_id", ("name_en", "name_zh", "definition", "topic")),
    ("model", "models", "model_id", ("name_en", "name_zh")),
)


def write_package(root: Path, folder: Path, site: str = "") -> None:
    """The data package as it stands in the project, with its codebook as README, its licence, and its Croissant description.

    Args:
        root: the project.
        folder: where to; it is made.
        site: the address under which the folder will stand; may be empty.
    """
    for name, file in archive.below(root / "data").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / name)
    descriptor = described(root)
    for name, told in (
        (schema.DESCRIPTOR, descriptor),
        (croissant.FILE, croissant.described(descriptor, folder, site)),
    ):
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    shutil.copy(root / "LICENSE-CONTENT", folder / "LICENSE")


def described(root: Path) -> dict[str, Any]:
    """The descriptor of the data package with what is known when it is packed: version, sources, size and hash of files.

    Raises:
        BuildError: ``_config.yml`` names a repository whose address is none.
    """
    folder = root / "data"
    descriptor = schema.read_descriptor(folder)
    known = {"version": __version__, "created": f"{__date__}T00:00:00Z"}
    if homepage := repository.address(root):
        known["homepage"] = homepage
    documents = tables.load(folder).documents.to_dict("records")
    sources = [
        {"title": f"{row['publisher_zh']}: {row['title_zh']}", **({"path": row["url"]} if row["url"] else {})}
        for row in documents
    ]
    resources = []
    for resource in descriptor["resources"]:
        if isinstance(resource["path"], str):  # a hash is that of one file
            file = folder / resource["path"]
            resource = {**resource, "bytes": file.stat().st_size, "hash": f"sha256:{listing.digest(file)}"}
        resources.append(resource)
    return {**descriptor, **known, "sources": sources, "resources": resources}


def write_sqlite(edition: Edition, file: Path) -> None:
    """One table a resource, with types, keys and allowed words; numbers keep their exact value.

    A YAML resource is a table of its entries as JSON. The table ``about`` holds the name, version, date and licence.
    """
    data = edition.tables
    descriptor = schema.read_descriptor(data.folder)
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with connection:
            # Tables first: one may name another that comes after it.
            for resource in descriptor["resources"]:
                if "schema" in resource:
                    connection.execute(_table(resource))
            for resource in descriptor["resources"]:
                if "schema" in resource:
                    _fill(connection, resource["name"], data.frames[resource["name"]])
                else:
                    _add_entries(connection, resource["name"], data.yaml[resource["name"]])
            connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            told = {**about(descriptor), "datapackage": json.dumps(descriptor, ensure_ascii=False)}
            connection.executemany("INSERT INTO about VALUES (?, ?)", told.items())
        connection.execute("VACUUM")


def about(descriptor: dict) -> dict[str, str]:
    """What the data are, and of which version."""
    return {
        **{key: descriptor[key] for key in ("title", "title_zh", "description", "description_zh")},
        "version": __version__,
        "date": __date__,
        "licence": descriptor["licenses"][0]["path"],
    }


def _table(resource: dict) -> str:
    """The statement that creates the table of a resource."""
    schema, name = resource["schema"], resource["name"]
    parts = [_column(field) for field in schema["fields"]]
    parts.append(f"PRIMARY KEY ({', '.join(map(_quoted, schema['primaryKey']))})")
    for foreign in schema.get("foreignKeys", []):
        target = foreign["reference"]
        own, others = (", ".join(map(_quoted, fields)) for fields in (foreign["fields"], target["fields"]))
        # Deferred: a row may name one that comes after it.
        there = f"{_quoted(target['resource'] or name)} ({others})"
        parts.append(f"FOREIGN KEY ({own}) REFERENCES {there} DEFERRABLE INITIALLY DEFERRED")
    columns = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(name)} (\n  {columns}\n)"


def _fill(connection: sqlite3.Connection, name: str, frame) -> None:
    gaps = ", ".join("?" * len(frame.columns))
    rows = ([_stored(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
    connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({gaps})", rows)


def _column(field: dict) -> str:
    constraints = field.get("constraints", {})
    text = f"{_quoted(field['name'])} {_TYPES[field['type']]}"
    if constraints.get("required"):
        text += " NOT NULL"
    if "enum" in constraints:
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in constraints["enum"])
        text += f" CHECK ({_quoted(field['name'])} IN ({words}))"
    return text


def _add_entries(connection: sqlite3.Connection, name: str, content: Any) -> None:
    """A list of entries by position, or a mapping by key."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content, 1)
    key = "key TEXT" if isinstance(content, dict) else "position INTEGER"
    connection.execute(f"CREATE TABLE {_quoted(name)} ({key} PRIMARY KEY, entry TEXT NOT NULL)")
    rows = [(position, json.dumps(entry, ensure_ascii=False, default=str)) for position, entry in pairs]
    connection.executemany(f"INSERT INTO {_quoted(name)} VALUES (?, ?)", rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(cell: Any) -> Any:
    """A cell as SQLite takes it; a decimal goes as text, which the column turns into a number."""
    return str(cell) if isinstance(cell, Decimal) else cell


def write_parquet(edition: Edition, file: Path) -> None:
    """The claims, one row each, joined with article, document, place, indicator and model, and with their verdict.

    ``low`` and ``high`` bound the values that the wording allows, in the base unit; an empty one is open. ``verdict`` is
    ``inconsistent`` where a check finds fault with the claim, ``undetermined`` where none can decide on it, ``consistent``
    where one confirms it, and empty where no check compares it. ``period_first_day`` and ``period_last_day`` bound the days
    that the period may mean.
    """
    descriptor = schema.read_descriptor(edition.tables.folder)
    rows = claim_rows(edition)
    known = descriptions(edition, rows, "en")
    described = {field["name"]: field for field in _fields(descriptor, "claims")}
    fields = [
        _field(described[name], rows)
        if name in described
        else pyarrow.field(name, _MADE.get(name, pyarrow.string()), metadata={"description": known[name]})
        for name in rows[0]
    ]
    table = pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields, metadata=about(descriptor)))
    pyarrow.parquet.write_table(table, file)


#: What is worked out for each claim, by its type.
_MADE = {
    "low": pyarrow.float64(),
    "high": pyarrow.float64(),
    "period_first_day": pyarrow.date32(),
    "period_last_day": pyarrow.date32(),
    "verdict": pyarrow.string(),
    "checks": pyarrow.string(),
}


def claim_rows(edition: Edition) -> list[dict]:
    """The claims, one row each, joined with what other tables and the audit say of them."""
    return [_claim_row(edition, claim) for claim in edition.tables.claims.to_dict("records")]


def descriptions(edition: Edition, rows: list[dict], language: str) -> dict[str, str]:
    """What each column of ``claim_rows`` holds, in a language."""
    descriptor, labels = schema.read_descriptor(edition.tables.folder), edition.tables.labels
    key = "description" if language == SOURCE else f"description_{language}"
    found = {field["name"]: field[key] for field in _fields(descriptor, "claims")}
    for prefix, table, _, columns in _JOINED:
        for field in _fields(descriptor, table):
            if field["name"] in columns:
                found.setdefault(f"{prefix}_{field['name']}", field[key])
                found.setdefault(field["name"], field[key])
    found |= {name: labels[f"made-{name}"][language] for name in _MADE}
    return {name: found[name] for name in rows[0]}


def _fields(descriptor: dict, table: str) -> list[dict]:
    return next(resource for resource in descriptor["resources"] if resource["name"] == table)["schema"]["fields"]


def _day(edtf: str | None, is_last: bool) -> date | None:
    return None if edtf is None else dates.bounds(edtf)[is_last]


def _claim_row(edition: Edition, claim: dict) -> dict:
    row = dict(claim)
    for prefix, table, key, columns in _JOINED:
        frame = edition.tables.frames[table]
        for column in columns:
            name = column if column == "document_id" else f"{prefix}_{column}"
            row[name] = None if row[key] is None else frame.at[row[key], column]
    # A label without a value, such as 2+2, allows nothing.
    interval = None if row["value"] is None else edition.quantity(row["claim_id"]).interval
    bounds = (None, None) if interval is None else (interval.low, interval.high)
    row["low"], row["high"] = (None if bound is None else float(bound) for bound in bounds)
    row["period_first_day"] = _day(claim["period_start"], is_last=False)
    row["period_last_day"] = _day(claim["period_end"], is_last=True)
    results = [result for result in edition.verdict_of(claim["claim_id"]) if result.type != "apart"]
    row["verdict"] = edition.flag(claim["claim_id"]) or ("consistent" if results else None)
    row["checks"] = " ".join(result.check_id for result in results) or None
    return row


def _field(field: dict, rows: list[dict]) -> pyarrow.Field:
    """A column with its type and description; numbers are decimals with as many places as the data have."""
    if field["type"] == "number":
        places = max(
            (-row[field["name"]].as_tuple().exponent for row in rows if row[field["name"]] is not None), default=0
        )
        kind = pyarrow.decimal128(30, max(places, 0))
    else:
        kind = {"string": pyarrow.string(), "integer": pyarrow.int64(), "boolean": pyarrow.bool_()}[field["type"]]
    return pyarrow.field(field["name"], kind, metadata={"description": field["description"]})
