"""Measures ``scan-corpus``: time and memory for 1,000 and 10,000 made-up texts, with one worker and with two.

The texts are those of the package's trial (``zhenzhi.trial``), short reports of some 250 characters with a dozen figures
each. Time is that of the clock and that of the processors, memory the largest proportional set (PSS), both of the command
with all its processes. Time for a figure and memory should not grow with the corpus. From the processor time of the largest
run follows, on paper, what a million newspaper pages need whose figures stand as thick as in the documents of the book.
Needs ``requirements-corpus.txt``; nothing is asserted.

Usage: ``python benchmarks/corpus.py [--large]``, with ``--large`` 100,000 texts too.
"""

import resource
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

import kept
from builds import measure
from zhenzhi import trial
from zhenzhi.data import tables

TEXTS, LARGE = (1_000, 10_000), 100_000
WORKERS = (1, 2)
#: A page of a newspaper on paper: so many pages, of so many characters.
PAGES, PAGE = 1_000_000, 6_000


def write(folder: Path, texts: int) -> None:
    """Writes made-up texts, a thousand a folder."""
    for number, made in enumerate(trial.corpus(texts)):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")


def size(folder: Path) -> float:
    """The megabytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def figures(out: Path) -> int:
    """The figures that were found in a corpus."""
    return sum(pq.read_metadata(path).num_rows for path in (out / "claims").glob("*.parquet"))


def processor() -> float:
    """The processor time, in seconds, of all processes that have been started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    heads = ("texts", "workers", "s", "processor s", "figures", "ms/figure", "MB (PSS)", "Parquet MB")
    print("".join(f"{head:>{len(head) + 3}}" for head in heads))
    measured: dict[str, tuple[float, str]] = {}
    each = stored = 0.0
    for texts in (*TEXTS, LARGE) if "--large" in sys.argv[1:] else TEXTS:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write(root / "texts", texts)
            for workers in WORKERS:
                out = root / f"out-{workers}"
                command = [sys.executable, "-m", "zhenzhi", "scan-corpus", str(root / "texts"), "--out", str(out)]
                before = processor()
                seconds, memory = measure([*command, "--workers", str(workers)], root)
                used, found = processor() - before, figures(out)
                each, stored = used / found, size(out) / found
                name = f"{texts:,} texts, {workers} worker(s)"
                measured |= {name: (seconds, "s"), f"{name}, processor": (used, "s"), f"{name}, memory": (memory, "MB")}
                values = (
                    *(f"{texts:,}", f"{workers}", f"{seconds:.1f}", f"{used:.1f}", f"{found:,}"),
                    *(f"{1000 * each:.2f}", f"{memory:.0f}", f"{size(out):.1f}"),
                )
                line = (f"{value:>{len(head) + 3}}" for head, value in zip(heads, values, strict=True))
                print("".join(line), flush=True)
    book = tables.load()
    apart = book.documents["characters"].sum() / len(book.claims)
    found = PAGES * PAGE / apart
    hours = found * each / 3600
    print(
        f"\nOn paper, {PAGES:,} pages of {PAGE:,} characters, a figure every {apart:.0f} as in the book's documents, hold"
        f" {found / 1e6:,.0f} million figures and need {hours:,.0f} hours of one core ({hours / 16:,.1f} hours of 16) and"
        f" {stored * found / 1000:,.1f} GB for the tables; memory stays as above."
    )
    kept.tell("corpus", measured)


if __name__ == "__main__":
    main()
