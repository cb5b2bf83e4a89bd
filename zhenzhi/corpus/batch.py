"""One batch of files: read, scanned, judged, and written as Parquet.

A batch is three files of one name, in ``claims``, ``relations`` and ``documents``. Each is written under another name and
renamed, ``documents`` last: a batch is done where that file stands, and what a killed run left beside it is done again.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from zhenzhi.corpus.texts import Unreadable, text_of
from zhenzhi.data import tables
from zhenzhi.relations.scanned import ScannedRelations
from zhenzhi.scan import scan

#: A longer text is not read: no document of the kind is as long, and one alone must not fill the memory.
LONGEST = 20_000_000

_TEXT, _NUMBER = pa.string(), pa.int64()
#: The columns of each table. ``document`` is the SHA-256 of the file.
SCHEMAS = {
    "documents": pa.schema(
        [("document", _TEXT), ("path", _TEXT), ("characters", _NUMBER), ("claims", _NUMBER), ("relations", _NUMBER),
         ("error", _TEXT)]
    ),
    "claims": pa.schema(
        [("document", _TEXT), ("name", _TEXT), ("start", _NUMBER), ("end", _NUMBER)]
        + [(name, _TEXT) for name in ("as_written", "value", "value_high", "unit", "qualifier", "kind", "comparison")]
        + [("period", _TEXT), ("status", _TEXT), ("confidence", pa.float64()), ("rule", _TEXT), ("place", _TEXT)]
    ),
    "relations": pa.schema(
        [("document", _TEXT)]
        + [(name, _TEXT) for name in ("verdict", "type", "rule", "tie", "reason", "figures")]
        + [("start", _NUMBER), ("end", _NUMBER)]
    ),
}  # fmt: skip


class File(NamedTuple):
    """A file of the corpus: its path below the folder, and the SHA-256 of its content."""

    path: str
    digest: str


class Done(NamedTuple):
    """What became of a batch: files read, claims and relations found, and the files that could not be read, and why."""

    files: int
    claims: int
    relations: int
    unreadable: tuple[tuple[str, str], ...]


@cache
def _relations() -> ScannedRelations:
    """Finds relations with the units of the data package; once in a process."""
    return ScannedRelations(tables.load())


def run(folder: str, out: str, files: Sequence[File]) -> Done:
    """Reads the files of a batch and writes its three tables. A file that cannot be read is a row with its reason."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for file in files:
        try:
            claims, relations, characters = _read(Path(folder, file.path), file)
        except Unreadable as error:
            rows["documents"].append({"document": file.digest, "path": file.path, "error": str(error)})
            continue
        rows["claims"] += claims
        rows["relations"] += relations
        counts = {"characters": characters, "claims": len(claims), "relations": len(relations)}
        rows["documents"].append({"document": file.digest, "path": file.path, **counts})
    name = name_of(files)
    for table in ("claims", "relations", "documents"):
        _write(Path(out, table, f"{name}.parquet"), pa.Table.from_pylist(rows[table], schema=SCHEMAS[table]))
    unreadable = tuple((row["path"], row["error"]) for row in rows["documents"] if row.get("error"))
    return Done(len(files) - len(unreadable), len(rows["claims"]), len(rows["relations"]), unreadable)


def name_of(files: Sequence[File]) -> str:
    """The name of a batch, which follows from what its files hold."""
    return hashlib.sha256("".join(file.digest for file in files).encode()).hexdigest()[:32]


def _read(path: Path, file: File) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(str(error)) from None
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise Unreadable("it was changed while the corpus was read")
    text = text_of(file.path, content)
    if len(text) > LONGEST:
        raise Unreadable(f"{len(text):,} characters; expected at most {LONGEST:,}")
    found = scan(text)
    relations, _ = _relations().of(text, found.claims)
    claims = [
        {"document": file.digest, "name": f"c{number}", **claim._asdict()}
        for number, claim in enumerate(found.claims, 1)
    ]
    return claims, [_relation(file, relation) for relation in relations], len(text)


def _relation(file: File, relation) -> dict[str, Any]:
    figures = relation.proposal.figures
    return {
        "document": file.digest,
        "verdict": relation.verdict,
        "type": relation.proposal.type,
        "rule": relation.proposal.rule,
        "tie": relation.proposal.tie,
        "reason": relation.result.reason if relation.result else None,
        "figures": json.dumps(relation.proposal.claims, ensure_ascii=False),
        "start": figures[0].start,
        "end": figures[-1].end,
    }


def _write(path: Path, table: pa.Table) -> None:
    coming = path.with_suffix(f".coming-{os.getpid()}")
    pq.write_table(table, coming, compression="zstd")
    coming.replace(path)
