"""The lock of the data package: a digest of every row and entry, as it was when a person last looked at the changes.

The lock is text, ``FILE KEY DIGEST`` a line. A row that was changed, added or taken out shows in it, and so in the
differences that are reviewed, however small the change and whether a rule speaks of it or not.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhenzhi import project
from zhenzhi.data.schema import quoted, read_descriptor
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError
from zhenzhi.files import write_all

LOCK = "lock.txt"

_HEAD = "# A digest of every row of the data package: python -m zhenzhi lock writes it, a test compares it.\n"

_LINE = re.compile(r"(\S+) (.+) ([0-9a-f]{12})")

#: Lists of entries and the key that names each; other lists are locked by position.
_ENTRY_KEYS = ("check_id", "figure_id", "caveat_id", "reading_id", "finding_id")


@dataclass(frozen=True)
class Difference:
    """A row or an entry that is not as the lock has it: ``changed``, ``added`` or ``removed``."""

    kind: str
    file: str
    key: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key} was {self.kind}"


def digests(tables: Tables) -> dict[tuple[str, str], str]:
    """The digest of each row and entry, by file and key; empty cells count for nothing, nor does the order of columns."""
    found = {}
    for name, frame in tables.frames.items():
        keys = _primary_key(tables, name)
        for row in frame.to_dict("records"):
            key = "/".join(str(row[column]) for column in keys)
            found[f"{name}.csv", key] = _digest({column: cell for column, cell in row.items() if cell is not None})
    for name, content in tables.yaml.items():
        for key, entry in _entries(content):
            found[f"{name}.yml", key] = _digest(entry)
    return found


def _primary_key(tables: Tables, name: str) -> list[str]:
    frame = tables.frames[name]
    if frame.index.name is not None:
        return [str(frame.index.name)]
    resources = {resource["name"]: resource for resource in read_descriptor(tables.folder)["resources"]}
    return resources[name]["schema"]["primaryKey"]


def _entries(content) -> Iterator[tuple[str, object]]:
    if isinstance(content, dict):
        yield from content.items()
    else:
        for number, entry in enumerate(content, 1):
            name = next((entry[key] for key in _ENTRY_KEYS if key in entry), str(number))
            yield name, entry


def _digest(content) -> str:
    return hashlib.sha256(_canonical(content).encode()).hexdigest()[:12]


def _canonical(content) -> str:
    """Content as one text that does not depend on the order of keys."""
    if isinstance(content, dict):
        return "{" + ",".join(f"{key!r}:{_canonical(content[key])}" for key in sorted(content)) + "}"
    if isinstance(content, list):
        return "[" + ",".join(map(_canonical, content)) + "]"
    return repr(str(content)) if not isinstance(content, str) else repr(content)


def write(tables: Tables) -> None:
    """Writes the lock of the tables into their folder."""
    write_all({tables.folder / LOCK: written(digests(tables)).encode()})


def written(known: Mapping[tuple[str, str], str]) -> str:
    """The text of a lock."""
    return _HEAD + "".join(sorted(f"{file} {key} {digest}\n" for (file, key), digest in known.items()))


def carried(before: Tables, after: Tables) -> str:
    """The lock with what differs from one state of the tables to another, and with no other difference accepted.

    Args:
        before: the tables as they stand in their folder, beside the lock.
        after: the same with changes that somebody looked at.
    """
    known, then, now = read(before.folder), digests(before), digests(after)
    changed = {name: digest for name, digest in now.items() if then.get(name) != digest}
    return written({name: digest for name, digest in (known | changed).items() if name in now or name not in then})


def read(folder: Path) -> dict[tuple[str, str], str]:
    """The lock of a folder; empty where there is none.

    Raises:
        BuildError: it is no text.
        DataError: a line is not one of a lock, or stands twice.
    """
    path = folder / LOCK
    if not path.exists():
        return {}
    known: dict[tuple[str, str], str] = {}
    for number, line in enumerate(project.text(path).splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or (found[1], found[2]) in known:
            fault = "" if found is None else " stands twice"
            raise DataError([f"{LOCK}, row {number}: {quoted(line)}{fault}; expected FILE KEY DIGEST, each key once"])
        known[found[1], found[2]] = found[3]
    return known


def differences(tables: Tables) -> list[Difference]:
    """The rows and entries that are not as the lock in their folder has them, in the order of the files."""
    return between(read(tables.folder), digests(tables))


def between(known: Mapping[tuple[str, str], str], now: Mapping[tuple[str, str], str]) -> list[Difference]:
    """The rows and entries of which one state of the data has another digest than the other."""
    found = [
        Difference("changed" if name in known else "added", *name)
        for name, digest in now.items()
        if known.get(name) != digest
    ]
    return found + [Difference("removed", *name) for name in known if name not in now]
