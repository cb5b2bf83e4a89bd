"""Runs a corpus through Dask, batch by batch, and takes up again what a stopped run has left.

The driver keeps the digests of the files it has seen and a bounded number of batches in flight, and nothing else: memory
does not grow with what the corpus holds, and by some hundred bytes a file.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from zhenzhi.corpus import batch
from zhenzhi.corpus.batch import Done, File
from zhenzhi.corpus.texts import READERS
from zhenzhi.errors import ZhenzhiError

#: Files of a batch, and batches in flight for each worker.
BATCH, IN_FLIGHT = 64, 2

#: Runs batches: takes folder, output and batches, and yields what became of each as it is done.
Runner = Callable[[str, str, Iterable[list[File]]], Iterator[Done]]


@dataclass
class Total:
    """What a run did.

    Attributes:
        files, claims, relations: how many were read and found in this run.
        known: files that an earlier run or an earlier file of the same content had done.
        gone: contents that an earlier run had done and no file has any more; their rows stay.
        unreadable: files that could not be read, with the reason.
        others: files of kinds that are not read, such as the pictures of a saved page, by their ending.
    """

    files: int = 0
    claims: int = 0
    relations: int = 0
    known: int = 0
    gone: int = 0
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def add(self, done: Done) -> None:
        """Counts a batch in."""
        self.files += done.files
        self.claims += done.claims
        self.relations += done.relations
        self.unreadable += done.unreadable


def run(folder: Path, out: Path, runner: Runner, tell: Callable[[Total], None], size: int = BATCH) -> Total:
    """Scans all files of a folder that are not done yet.

    Args:
        out: folder of the tables; it is made, or taken up where an earlier run stopped.
        runner: ``here`` or a runner on Dask.
        tell: called after each batch.
        size: files of a batch.

    Raises:
        ZhenzhiError: the folder is none, or lies around the output, or a batch has no size.
    """
    folder, out = folder.resolve(), out.resolve()
    if not folder.is_dir():
        raise ZhenzhiError(f"{folder} is no folder; expected a folder of texts")
    if size < 1:
        raise ZhenzhiError(f"a batch of {size} files; expected one or more")
    if out.is_relative_to(folder):
        raise ZhenzhiError(f"{out} lies in the corpus; expected a folder outside {folder}")
    done_before = _take_up(out)
    seen: set[bytes] = set()
    total = Total()
    new = _new(folder, seen, done_before, total)
    batches = iter(lambda: list(islice(new, size)), [])
    for done in runner(str(folder), str(out), batches):
        total.add(done)
        tell(total)
    total.gone = len(done_before - seen)
    return total


def _take_up(out: Path) -> set[bytes]:
    """Makes the folders, takes away what a killed run left half done, and tells the files that are done by their digests."""
    for table in batch.SCHEMAS:
        (out / table).mkdir(parents=True, exist_ok=True)
        for left in (out / table).glob("*.coming-*"):
            left.unlink()
    done = {path.name for path in (out / "documents").glob("*.parquet")}
    for table in ("claims", "relations"):
        for path in (out / table).glob("*.parquet"):
            if path.name not in done:
                path.unlink()
    return {
        bytes.fromhex(digest.as_py())
        for name in sorted(done)
        for digest in pq.read_table(out / "documents" / name, columns=["document"])["document"]
    }


def _new(folder: Path, seen: set[bytes], done_before: set[bytes], total: Total) -> Iterator[File]:
    """The files whose content is not done yet, each content once, in the order of their paths folder by folder.

    ``seen`` takes in the content of every file, by its digest.
    """
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() not in READERS:
            total.others[path.suffix.lower()] += 1
            continue
        if path.exists() and not path.is_file():
            total.unreadable.append((name, "no file that ends, such as a pipe, or a folder"))
            continue
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
        except OSError as error:
            total.unreadable.append((name, str(error)))
            continue
        content = digest.digest()
        known = content in seen or content in done_before
        seen.add(content)
        if known:
            total.known += 1
        else:
            yield File(name, digest.hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def here(folder: str, out: str, batches: Iterable[list[File]]) -> Iterator[Done]:
    """Runs batches one after the other in this process."""
    for files in batches:
        yield batch.run(folder, out, files)
