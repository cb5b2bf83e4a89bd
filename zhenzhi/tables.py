"""Loads the data package into typed frames and refuses what breaks its contract.

This is the only module that knows the file names of the data package. The contract itself (columns, types, keys,
allowed words) stands in ``datapackage.json`` (Data Package v2) and nowhere else; this module enforces it.
"""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

import fastjsonschema
import pandas as pd
import yaml

from zhenzhi import dates, paths
from zhenzhi.errors import DataError

#: Columns that hold EDTF dates, which Data Package has no type for.
EDTF_COLUMNS = frozenset({"published", "not_excluded", "period", "period_start", "period_end"})

#: Pairs of columns of which the second must be larger where both are filled.
ORDERED_COLUMNS = (("start", "end"), ("value", "value_high"))

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Tables:
    """The data package in memory.

    Attributes:
        frames: name of a tabular resource to its frame, indexed by its primary key where that is one column. Numbers
            are ``decimal.Decimal``, offsets and counts are ``int``, empty cells are ``None``.
        yaml: name of a YAML resource to its content.
    """

    folder: Path
    frames: MappingProxyType
    yaml: MappingProxyType

    def __getattr__(self, name: str) -> Any:
        for content in (self.frames, self.yaml):
            if name in content:
                return content[name]
        raise AttributeError(name)


def load(folder: Path = paths.DATA) -> Tables:
    """Loads and validates the data package in ``folder``.

    Raises:
        DataError: a file is missing or not UTF-8, or a cell breaks the contract; every problem is listed.
    """
    folder = Path(folder)
    descriptor = read_descriptor(folder)
    problems: list[str] = []
    rows: dict[str, list[dict]] = {}
    content: dict[str, Any] = {}
    for resource in descriptor["resources"]:
        name, files = resource["name"], resource["path"]
        if isinstance(files, list):
            parts = [_read_file(folder, file, resource, problems) for file in files]
            content[name] = [entry for part in parts for entry in part or []]
        elif "schema" in resource:
            rows[name] = _read_file(folder, files, resource, problems)
        else:
            content[name] = _read_file(folder, files, resource, problems)
    if not problems:
        for resource in descriptor["resources"]:
            if "schema" in resource:
                _check_keys(resource, rows, problems)
        _check_closed(rows, problems)
        _check_caveats(content["caveats"], rows, problems)
        _check_evidence(rows, problems)
    if problems:
        raise DataError(problems)
    frames = {
        resource["name"]: _frame(rows[resource["name"]], resource["schema"])
        for resource in descriptor["resources"]
        if "schema" in resource
    }
    return Tables(folder, MappingProxyType(frames), MappingProxyType(content))


def read_descriptor(folder: Path = paths.DATA) -> dict:
    """The description of the data package in ``folder``: its resources with their schemas.

    Raises:
        DataError: it is missing or not JSON.
    """
    try:
        return json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([f"{DESCRIPTOR}: it cannot be read: {error}; expected a Data Package descriptor"]) from None


def _read_file(folder: Path, file: str, resource: dict, problems: list[str]) -> Any:
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(f"{file}: the file is missing; {DESCRIPTOR} lists it")
    except UnicodeDecodeError as error:
        problems.append(f"{file}: byte {error.start} is not UTF-8; expected a file in UTF-8")
    else:
        if "schema" in resource:
            return _read_csv(file, text, resource["schema"], problems)
        return _read_yaml(file, text, resource["jsonSchema"], problems)
    return None


def _read_csv(name: str, text: str, schema: dict, problems: list[str]) -> list[dict]:
    """Reads one table; a row knows its line in the file under the key ``None``."""
    fields = {field["name"]: field for field in schema["fields"]}
    reader = csv.DictReader(text.splitlines())
    header = reader.fieldnames or []
    for missing in [column for column in fields if column not in header]:
        problems.append(f"{name}, row 1: the column {missing!r} is missing; expected {', '.join(fields)}")
    for unknown in [column for column in header if column not in fields]:
        problems.append(f"{name}, row 1: the column {unknown!r} is unknown; expected {', '.join(fields)}")
    if list(header) != list(fields):
        if set(header) == set(fields):
            problems.append(f"{name}, row 1: the columns stand in another order; expected {', '.join(fields)}")
        return []
    rows = []
    for cells in reader:
        line = reader.line_num
        if None in cells or None in cells.values():
            found = len(header) + len(cells.get(None, [])) - list(cells.values()).count(None)
            problems.append(f"{name}, row {line}: {found} cells; expected {len(header)}")
            continue
        row: dict = {None: line}
        for column, cell in cells.items():
            try:
                row[column] = _value(cell, fields[column])
            except ValueError as error:
                problems.append(f"{name}, row {line}, column {column}: {error}")
        for low, high in ORDERED_COLUMNS:
            if row.get(low) is not None and row.get(high) is not None and row[low] >= row[high]:
                problems.append(f"{name}, row {line}, column {high}: {row[high]}; expected more than {low}, {row[low]}")
        rows.append(row)
    return rows


def _integer(cell: str) -> int:
    if not re.fullmatch(r"-?\d+", cell):
        raise ValueError(f"{cell!r} is not a whole number; expected digits only")
    return int(cell)


def _number(cell: str) -> Decimal:
    try:
        number = Decimal(cell)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not re.fullmatch(r"-?\d+(\.\d+)?", cell):
        raise ValueError(f"{cell!r} is not a number; expected a decimal such as 5170000000 or -22.9")
    return number


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell!r} is not a truth value; expected true or false")
    return cell == "true"


_READERS: dict[str, Callable[[str], Any]] = {
    "string": str, "integer": _integer, "number": _number, "boolean": _boolean,
}  # fmt: skip


def _value(cell: str, field: dict) -> Any:
    """One cell as its type. Raises ValueError with what is wrong and what was expected."""
    constraints = field.get("constraints", {})
    if cell == "":
        if constraints.get("required"):
            raise ValueError(f"the cell is empty; expected {field['description'].rstrip('.').lower()}")
        return None
    value = _READERS[field["type"]](cell)
    if "enum" in constraints and cell not in constraints["enum"]:
        raise ValueError(f"{cell!r} is not allowed; expected one of {', '.join(constraints['enum'])}")
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], cell):
        raise ValueError(f"{cell!r} has the wrong form; expected the pattern {constraints['pattern']}")
    if "maxLength" in constraints and len(cell) > constraints["maxLength"]:
        raise ValueError(f"{len(cell)} characters long; expected at most {constraints['maxLength']}")
    if "minimum" in constraints and value < constraints["minimum"]:
        raise ValueError(f"{cell} is too small; expected at least {constraints['minimum']}")
    if field["name"] in EDTF_COLUMNS:
        dates.bounds(cell)
    return value


def _check_keys(resource: dict, rows: dict[str, list[dict]], problems: list[str]) -> None:
    """Primary keys are unique and foreign keys lead somewhere."""
    name, schema = resource["name"], resource["schema"]
    key = schema.get("primaryKey", [])
    seen: dict[tuple, int] = {}
    for row in rows[name]:
        identity = tuple(row[column] for column in key)
        if identity in seen:
            shown = ", ".join(map(str, identity))
            problems.append(
                f"{resource['path']}, row {row[None]}, column {key[0]}: {shown!r} stands in row {seen[identity]} "
                "already; expected each once"
            )
        seen[identity] = row[None]
    for foreign in schema.get("foreignKeys", []):
        (column,), (target_column,) = foreign["fields"], foreign["reference"]["fields"]
        target = foreign["reference"]["resource"] or name
        known = {row[target_column] for row in rows[target]}
        for row in rows[name]:
            if row[column] is not None and row[column] not in known:
                problems.append(
                    f"{resource['path']}, row {row[None]}, column {column}: {row[column]!r} is unknown; "
                    f"expected a {target_column} of {target}.csv"
                )


def _check_closed(rows: dict[str, list[dict]], problems: list[str]) -> None:
    """A closed claim is no claim any more: its name is used once."""
    claims = {row["claim_id"] for row in rows["claims"]}
    for row in rows.get("closed", ()):  # a data package before version 0.2 has no such table
        if row["claim_id"] in claims:
            problems.append(
                f"closed.csv, row {row[None]}, column claim_id: {row['claim_id']!r} stands in claims.csv; "
                "expected a claim that was taken out there"
            )


def _check_caveats(caveats: list[dict], rows: dict[str, list[dict]], problems: list[str]) -> None:
    """What a caveat is about exists."""
    documents = {row["document_id"] for row in rows["documents"]}
    claims = {row["claim_id"] for row in rows["claims"]}
    for number, caveat in enumerate(caveats, 1):
        where = f"caveats.yml, entry {number} ({caveat['caveat_id']})"
        if caveat["document_id"] not in documents:
            problems.append(
                f"{where}, key document_id: {caveat['document_id']!r} is unknown; "
                "expected a document_id of documents.csv"
            )
        for claim_id in caveat["affects"]:
            if claim_id not in claims:
                problems.append(f"{where}, key affects: {claim_id!r} is unknown; expected a claim_id of claims.csv")


def _check_evidence(rows: dict[str, list[dict]], problems: list[str]) -> None:
    """Evidence for an instrument names a model or a claim, and what it names is of its document."""
    documents = {row["article_id"]: row["document_id"] for row in rows["articles"]}
    told = {
        (key, row[key]): documents.get(row["article_id"])
        for table, key in (("models", "model_id"), ("claims", "claim_id"))
        for row in rows[table]
    }
    for row in rows["instrument_evidence"]:
        where = f"instrument_evidence.csv, row {row[None]}"
        for key in ("model_id", "claim_id"):
            other = told.get((key, row[key]))
            if other is not None and other != row["document_id"]:
                problems.append(
                    f"{where}, column {key}: {row[key]!r} is of {other!r}; expected one of {row['document_id']!r}"
                )
        if row["model_id"] is None and row["claim_id"] is None:
            problems.append(f"{where}, column model_id: neither a model nor a claim is named; expected one of them")


class _Loader(yaml.CSafeLoader):
    """Reads YAML and refuses a key that stands twice, of which YAML itself would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key.value!r} stands twice; expected each once", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read_yaml(name: str, text: str, schema: dict, problems: list[str]) -> Any:
    try:
        content = yaml.load(text, Loader=_Loader)
        fastjsonschema.compile(schema)(content)
    except yaml.YAMLError as error:
        problems.append(f"{name}: not YAML: {' '.join(str(error).split())}")
    except fastjsonschema.JsonSchemaValueException as error:
        problems.append(f"{name}, {_place(content, error.path[1:])}: {error.message.replace(error.name, 'it')}")
    else:
        return content
    return None


def _place(content: Any, path: list) -> str:
    """Where in a YAML file a problem lies: the entry, by number and ID, and the key."""
    where = "top level"
    if path and isinstance(content, list):
        entry = content[int(path[0])]
        name = next(iter(entry.values()), "") if isinstance(entry, dict) else entry
        where, path = f"entry {int(path[0]) + 1} ({name})", path[1:]
    return f"{where}, key {'.'.join(map(str, path)) or '-'}"


def _frame(rows: list[dict], schema: dict) -> pd.DataFrame:
    columns = [field["name"] for field in schema["fields"]]
    frame = pd.DataFrame([[row[column] for column in columns] for row in rows], columns=columns, dtype=object)
    key = schema.get("primaryKey", [])
    return frame.set_index(key[0], drop=False) if len(key) == 1 else frame
