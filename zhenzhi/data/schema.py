"""The contract of the data package as ``datapackage.json`` states it: files, columns, cells, keys.

Each reader returns what it could read and adds a line to ``problems`` for each thing that is wrong: file, row, column, what
is wrong, what was expected. Cells are read column by column, each distinct cell once, so that a large table costs little.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import numpy as np
import pandas as pd

from zhenzhi import paths, plain_yaml
from zhenzhi.data import columns, dates
from zhenzhi.data.problems import Place, Problem, Row, cell_of
from zhenzhi.data.rows import line_of
from zhenzhi.errors import DataError, line_at, named

DESCRIPTOR = "datapackage.json"

#: Columns that hold EDTF dates, which Data Package has no type for.
EDTF_COLUMNS = frozenset({"published", "not_excluded", "period", "period_start", "period_end"})

#: Columns that hold addresses of web pages.
URL_COLUMNS = frozenset({"url"})

#: Columns that repeat the characters of a document, full-width ones included.
QUOTING_COLUMNS = frozenset({"as_written", "words_zh", "title_zh", "authors"})

#: Pairs of columns of which the second must be larger where both are filled.
ORDERED_COLUMNS = (("start", "end"), ("value", "value_high"))

#: The longest cell or text that a page can show, in characters, and the longest that a message quotes whole.
LONGEST, _QUOTED = 2000, 80

# Controls, soft hyphens, blanks other than the plain one, zero-width and bidirectional marks, line and paragraph separators,
# fillers, variation selectors, private and undefined characters.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000110bd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_URL = re.compile(r"https?://[^\s/?#<>\"'\\]+(?:[/?#][^\s<>\"'\\]*)?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INTEGER = re.compile(r"-?[0-9]+")


def read_descriptor(folder: Path = paths.DATA) -> dict:
    """The description of the data package in ``folder``: its resources with their schemas.

    Raises:
        DataError: it is missing or not JSON.
    """
    try:
        return json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError([f"{DESCRIPTOR}: it cannot be read: {error}; expected a Data Package descriptor"]) from None


def read_text(folder: Path, file: str, problems: list[str]) -> str | None:
    """The text of a file of the package."""
    try:
        text = (folder / file).read_bytes().decode("utf-8")
    except FileNotFoundError:
        problems.append(f"{file}: the file is missing; {DESCRIPTOR} lists it")
        return None
    except OSError as error:
        problems.append(f"{file}: it cannot be read: {error.strerror}; expected a file in UTF-8")
        return None
    except UnicodeDecodeError as error:
        problems.append(f"{file}: {not_utf8(error)}; expected a file in UTF-8")
        return None
    if text.startswith("\ufeff"):
        problems.append(f"{file}: it begins with a byte-order mark; expected UTF-8 without one")
        return text[1:]
    return text


def not_utf8(error: UnicodeDecodeError) -> str:
    """What a file has where it is not UTF-8: ``byte 120, in line 3, is not UTF-8``."""
    return f"byte {error.start}, in line {line_at(error)}, is not UTF-8"


def quoted(text: str) -> str:
    """A text as a message quotes it: between quotation marks, its middle left out where it is long."""
    return repr(text if len(text) <= _QUOTED else f"{text[: _QUOTED // 2]} … {text[-_QUOTED // 2 :]}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to an unknown one; empty where none is near."""
    near = get_close_matches(word, [name for name in known if isinstance(name, str)], 1, 0.75)
    return f"; did you mean {near[0]!r}?" if near else ""


# Cells


def _text(cell: str) -> str:
    return cell


def _integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise ValueError(f"{quoted(cell)} is not a whole number; expected digits only")
    return int(cell)


def _number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise ValueError(f"{quoted(cell)} is not a number; expected a decimal such as 5170000000 or -22.9")
    return Decimal(cell)


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{quoted(cell)} is not a truth value; expected true or false")
    return cell == "true"


_READERS: dict[str, Callable[[str], Any]] = {
    "string": _text, "integer": _integer, "number": _number, "boolean": _boolean,
}  # fmt: skip


def fault_of(text: str, longest: int = LONGEST) -> str | None:
    """What no cell and no text of the package may be: not trimmed, too long, with characters that nobody sees."""
    if len(text) > longest:
        return f"{len(text)} characters long; expected at most {longest}"
    if text != text.strip():
        return f"{quoted(text)} begins or ends with a blank; expected it without"
    if text.isascii() and text.isprintable():  # most cells, and told quickly
        return None
    if found := _INVISIBLE.search(text):
        return f"character {found.start() + 1} is {named(found.group())}; expected visible characters and plain blanks"
    if not unicodedata.is_normalized("NFC", text):
        number = next(number for number in range(len(text)) if not unicodedata.is_normalized("NFC", text[: number + 1]))
        return f"character {number + 1} is {named(text[number])}, which is not in Unicode's composed form; expected NFC"
    return None


def _reader(field: dict) -> Callable[[str], Any]:
    """A function that reads one cell of a column; it raises ValueError with what is wrong and what was expected."""
    constraints = field.get("constraints", {})
    convert = _READERS[field["type"]]
    required = constraints.get("required", False)
    allowed = constraints.get("enum")
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None
    longest, least = constraints.get("maxLength", LONGEST), constraints.get("minimum")
    is_date, is_url = field["name"] in EDTF_COLUMNS, field["name"] in URL_COLUMNS
    plain = field["type"] == "string" and not (pattern or allowed) and field["name"] not in QUOTING_COLUMNS

    def read(cell: str) -> Any:
        if cell == "":
            if required:
                raise ValueError(f"the cell is empty; expected {field['description'].rstrip('.').lower()}")
            return None
        fault = fault_of(cell, longest)
        if fault:
            raise ValueError(fault)
        value = convert(cell)
        if allowed and cell not in allowed:
            raise ValueError(
                f"{quoted(cell)} is not allowed; expected one of {', '.join(allowed)}{suggestion(cell, allowed)}"
            )
        if pattern and not pattern.fullmatch(cell):
            raise ValueError(f"{quoted(cell)} has the wrong form; expected the pattern {constraints['pattern']}")
        if least is not None and value < least:
            raise ValueError(f"{cell} is too small; expected at least {least}")
        if plain and (found := _FULL_WIDTH.search(cell)):
            raise ValueError(f"{found.group()!r} is a full-width character; expected {_narrow(found.group())!r}")
        if is_date:
            dates.bounds(cell)
        if is_url and not _URL.fullmatch(cell):
            raise ValueError(
                f"{quoted(cell)} is not an address of a page; expected one that begins with http:// or https://"
            )
        return value

    return read


def _narrow(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


# Tables


def read_table(table: str, text: str, schema: dict, problems: list[str]) -> pd.DataFrame | None:
    """Reads one table; ``None`` where its columns or the number of its cells are wrong.

    Numbers are ``decimal.Decimal``, offsets and counts ``int``, empty cells ``None``; a cell that is wrong is ``None``, or
    as it stands where the column holds words.
    """
    names = [field["name"] for field in schema["fields"]]
    own = columns.of_text(text, names) or _columns_by_row(f"{table}.csv", text, names, problems)
    if own is None:
        return None
    read = {
        field["name"]: _read_column(table, column, field, problems)
        for field, column in zip(schema["fields"], own, strict=True)
    }
    _check_order(table, read, problems)
    frame = pd.DataFrame(read, columns=names, dtype=object)
    key = schema.get("primaryKey", [])
    return frame.set_index(key[0], drop=False) if len(key) == 1 else frame


def _columns_by_row(file: str, text: str, names: list[str], problems: list[str]) -> list[columns.Column] | None:
    """The columns of a table that is read row by row, to say which row is wrong."""
    try:
        header, *rows = columns.rows(text)
    except ValueError as error:
        problems.append(f"{file}: {error}; expected a header and one line a row")
        return None
    expected = ", ".join(names)
    if header != names:
        absent = [name for name in names if name not in header]
        problems += [f"{file}, row 1: the column {name!r} is missing; expected {expected}" for name in absent]
        unknown = [name for name in header if name not in names]
        problems += [f"{file}, row 1: the column {name!r} is unknown; expected {expected}" for name in unknown]
        if not (absent or unknown):
            twice = len(header) > len(names)
            fault = "a column stands twice" if twice else "the columns stand in another order"
            problems.append(f"{file}, row 1: {fault}; expected {expected}")
        return None
    width = len(names)
    ragged = [(position, len(row)) for position, row in enumerate(rows) if len(row) != width]
    if ragged:
        problems += [f"{file}, row {line_of(position)}: {cells} cells; expected {width}" for position, cells in ragged]
        return None
    return columns.of_rows(rows, width)


def _read_column(table: str, column: columns.Column, field: dict, problems: list[str]) -> np.ndarray:
    """The values of a column; each distinct cell is read once."""
    read = _reader(field)
    values = np.empty(len(column.cells), dtype=object)
    faults: list[tuple[list[int], str]] = []
    for number, cell in enumerate(column.cells):
        try:
            values[number] = read(cell)
        except ValueError as error:
            faults.append((column.rows(number), str(error)))
            values[number] = cell if field["type"] == "string" and cell else None
    for positions, fault in sorted(faults):
        rows = tuple(Row(table, line_of(position)) for position in positions)
        problems.append(Problem(Place(rows, field["name"]), fault))
    return values[column.at]


def _check_order(table: str, read: Mapping[str, np.ndarray], problems: list[str]) -> None:
    for low, high in ORDERED_COLUMNS:
        if low in read and high in read:
            for position, (a, b) in enumerate(zip(read[low], read[high], strict=True)):
                if a is not None and b is not None and a >= b:
                    where = cell_of(table, line_of(position), high)
                    problems.append(Problem(where, f"{b}; expected more than {low}, {a}"))


def check_keys(resource: dict, frames: Mapping[str, pd.DataFrame], problems: list[str]) -> None:
    """Adds what is wrong with the keys of a table: primary keys are unique, foreign keys lead somewhere.

    Args:
        frames: the tables that could be read; keys into others are passed over.
    """
    name, schema = resource["name"], resource["schema"]
    if name not in frames:
        return
    frame, key = frames[name], schema.get("primaryKey", [])
    identities = list(zip(*(frame[column].tolist() for column in key), strict=True))
    if len(set(identities)) < len(identities):
        first: dict[tuple, int] = {}
        for position, identity in enumerate(identities):
            if first.setdefault(identity, position) != position:
                shown = ", ".join(map(str, identity))
                where, before = cell_of(name, line_of(position), key[0]), cell_of(name, line_of(first[identity]))
                problems.append(Problem(where, f"{shown!r} stands twice; expected each once", before))
    for foreign in schema.get("foreignKeys", []):
        (column,), (target_column,) = foreign["fields"], foreign["reference"]["fields"]
        target = foreign["reference"]["resource"] or name
        if target not in frames:
            continue
        known, cells = set(frames[target][target_column].tolist()), frame[column].tolist()
        unknown: dict[str, list[int]] = {
            cell: [] for cell in dict.fromkeys(cells) if cell is not None and cell not in known
        }
        for position, cell in enumerate(cells) if unknown else ():
            if cell in unknown:
                unknown[cell].append(line_of(position))
        for cell, rows in unknown.items():
            expected = f"{'an' if target_column[0] in 'aei' else 'a'} {target_column} of {target}.csv"
            where = Place(tuple(Row(name, line) for line in rows), column)
            problems.append(Problem(where, f"{quoted(cell)} is unknown; expected {expected}{suggestion(cell, known)}"))


# YAML


def read_yaml(file: str, text: str, schema: dict, problems: list[str]) -> Any:
    """Reads one YAML file; ``None`` where it is not YAML or an entry breaks the contract."""
    try:
        content = plain_yaml.read(text)
    except plain_yaml.Fault as error:
        problems.append(f"{file}, {error}")
        return None
    known = len(problems)
    place_schemas: dict[int, Callable[[Any], Any]] = {}
    for place, value, own in _entries(content, schema):
        try:
            # All entries of a file share one schema, which is compiled once.
            if id(own) not in place_schemas:
                place_schemas[id(own)] = _validator(json.dumps(own))
            place_schemas[id(own)](value)
        except fastjsonschema.JsonSchemaValueException as error:
            path = [*place, *error.path[1:]]
            problems.append(f"{file}, {place_in(content, path)}: {_against(error)}")
    if len(problems) > known:
        return None
    faults = {text: fault for text in texts_of(content) if (fault := _fault_of_text(text))}
    for path, leaf in leaves(content) if faults else ():
        # What stands between two words keeps its blanks, and may be nothing.
        separates = any(isinstance(key, str) and key.endswith("separator") for key in path)
        fault = faults.get(leaf) if not separates else _fault_of_text(leaf.strip() or "-")
        if fault:
            problems.append(f"{file}, {place_in(content, path)}: {fault}")
    for path, leaf in _listed_twice(content):
        problems.append(f"{file}, {place_in(content, path)}: {quoted(leaf)} stands twice; expected each once")
    return content


def _listed_twice(content: Any, path: tuple = ()) -> Iterator[tuple[list, str]]:
    """What a list in a YAML file has twice, with the way to the list."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, dict | list):
            yield from _listed_twice(value, (*path, key))
    if isinstance(content, list) and path:  # entries of a file have names, which stand once
        texts = list(map(str, content))
        yield from ((list(path), text) for text in dict.fromkeys(texts) if texts.count(text) > 1)


def _against(error: fastjsonschema.JsonSchemaValueException) -> str:
    """How a part of a YAML file breaks the contract."""
    said = error.message.replace(error.name or "", "it")
    if error.value is None:
        return f"it is empty; {said}"
    whole = isinstance(error.value, dict | list) or error.rule not in ("type", "enum", "pattern")
    return said if whole else f"{quoted(str(error.value))} is given; {said}"


def _fault_of_text(text: str) -> str | None:
    if not text:
        return "it is empty; expected a text"
    fault = fault_of(text)
    if fault is None and (found := _FULL_WIDTH.search(text)):
        return f"{found.group()!r} is a full-width character; expected {_narrow(found.group())!r}"
    return fault


def texts_of(content: Any) -> set[str]:
    """All texts in a YAML file, keys included, each once."""
    found: set[Any] = set()
    level = [content]
    while level:
        below: list[Any] = []
        for part in level:
            kind = type(part)
            if kind is dict:
                found.update(part)
                below += part.values()
            elif kind is list:
                below += part
            elif kind is str:
                found.add(part)
        level = below
    return {text for text in found if isinstance(text, str)}


@cache
def _validator(schema: str) -> Callable[[Any], Any]:
    return fastjsonschema.compile(json.loads(schema))


def _entries(content: Any, schema: dict) -> Iterator[tuple[list, Any, dict]]:
    """The parts of a YAML file that are checked by themselves, so that each can be named: place, value, schema."""
    if schema["type"] == "array" and isinstance(content, list):
        for number, entry in enumerate(content):
            yield [number], entry, schema["items"]
    elif schema["type"] == "object" and isinstance(content, dict) and "properties" not in schema:
        for key, entry in content.items():
            yield [key], entry, schema["additionalProperties"]
    else:
        yield [], content, schema


def leaves(content: Any, path: tuple = ()) -> Iterator[tuple[list, str]]:
    """The texts in a YAML file with the way to each; keys are texts too."""
    if isinstance(content, dict):
        for key, value in content.items():
            if isinstance(key, str):
                yield [*path, key], key
            yield from leaves(value, (*path, key))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from leaves(value, (*path, number))
    elif isinstance(content, str):
        yield list(path), content


def place_in(content: Any, path: Sequence) -> str:
    """Where in a YAML file a problem lies: the entry, by number and ID, and the key."""
    where = "top level"
    if path and isinstance(content, list):
        where, path = entry_place(content, int(path[0])), path[1:]
    return f"{where}, key {'.'.join(map(str, path)) or '-'}"


def entry_place(content: list, number: int) -> str:
    """An entry of a list in a YAML file, by number and ID."""
    entry = content[number]
    name = str(next(iter(entry.values()), "") if isinstance(entry, dict) else entry)
    return f"entry {number + 1} ({name if len(name) <= _QUOTED else quoted(name)})"
