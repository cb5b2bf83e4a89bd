"""The data package cut down to one document, so that a book of it is built in seconds."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import yaml

#: Tables whose rows are there only because these columns refer to them.
_REFERRING = {
    "places": (("places", "parent_id"), ("claims", "place_id"), ("models", "place_id"), ("external", "place_id")),
    "indicators": (("claims", "indicator_id"),),
    "instruments": (("instrument_evidence", "instrument_id"),),
}


def cut(folder: Path, document_id: str) -> None:
    """Leaves of a data package what belongs to one document, and what belongs to none.

    A row goes where it names a row that is gone, by a key of ``datapackage.json`` or in a list of names.

    Args:
        folder: the data package; its files are written anew.
        document_id: the document that stays.
    """
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    tables = {resource["name"]: resource for resource in resources if "schema" in resource}
    rows = {name: _read(folder / resource["path"]) for name, resource in tables.items()}
    before = _names(rows, tables)
    rows["documents"] = [row for row in rows["documents"] if row["document_id"] == document_id]
    rows["page_sentences"] = []  # what pages say of the documents together
    size = None
    while size != (size := sum(map(len, rows.values()))):
        for name, resource in tables.items():
            rows[name] = _known(rows, name, resource)
        for name, referring in _REFERRING.items():
            key = next(iter(tables[name]["schema"]["primaryKey"]))
            used = {row[column] for table, column in referring for row in rows[table]}
            rows[name] = [row for row in rows[name] if row[key] in used]
        gone = before - _names(rows, tables)
        for name, table in rows.items():
            rows[name] = [row for row in table if gone.isdisjoint(row.get("bears_on", "").split())]
    for name, table in rows.items():
        _write(folder / tables[name]["path"], table)
    # The checks before the texts that may name them.
    for name in ("checks", *(resource["name"] for resource in resources if "schema" not in resource)):
        paths = next(resource["path"] for resource in resources if resource["name"] == name)
        for path in [paths] if isinstance(paths, str) else paths:
            file = folder / path
            entries = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
            if not isinstance(entries, list):
                continue
            kept = [entry for entry in entries if _stays(entry, document_id, gone, name)]
            if name == "checks":
                gone |= {entry["check_id"] for entry in entries if entry not in kept}
            file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _stays(entry: dict, document_id: str, gone: set[str], name: str) -> bool:
    """Whether an entry is of the document and names nothing that is gone."""
    text = str(entry)
    named = set(re.findall(r"\{(?:claim|computed|external)\}`([^`.|]+)", text))
    # Figures and labels name records in roles only; their words are free.
    named |= set() if name in ("figures", "labels") else _words(entry)
    return entry.get("document_id", document_id) == document_id and gone.isdisjoint(named)


def _names(rows: dict[str, list[dict]], tables: dict[str, dict]) -> set[str]:
    """The names of all rows that have one."""
    keys = {name: resource["schema"].get("primaryKey", []) for name, resource in tables.items()}
    return {row[keys[name][0]] for name, table in rows.items() if len(keys[name]) == 1 for row in table}


def _known(rows: dict[str, list[dict]], name: str, resource: dict) -> list[dict]:
    """The rows of a table that name no row that is gone by a key."""
    found = rows[name]
    for foreign in resource["schema"].get("foreignKeys", ()):
        (column,), (target,) = foreign["fields"], foreign["reference"]["fields"]
        there = {row[target] for row in rows[foreign["reference"]["resource"] or name]}
        found = [row for row in found if not row[column] or row[column] in there]
    return found


def _words(entry: Any) -> set[str]:
    """The strings in an entry, and the words of each."""
    if isinstance(entry, dict):
        return set().union(*map(_words, entry.values()))
    if isinstance(entry, list):
        return set().union(*map(_words, entry))
    return {entry, *entry.split()} if isinstance(entry, str) else set()


def _read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, table: list[dict]) -> None:
    header = file.read_text(encoding="utf-8").splitlines()[0]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, next(csv.reader([header])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
