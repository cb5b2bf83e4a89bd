"""Measures ``scan-corpus``: time and memory for 1,000 and 10,000 made-up texts, with one worker and with two.

The texts are those of the package's trial (``zhenzhi.trial``), short reports of some 250 characters with a dozen figures
each, denser than a newspaper. Memory is the largest proportional set (PSS) of the command with all its processes. The
time for a text should not grow with the corpus. From the largest run follows, on paper, what a million newspaper pages
need. Needs ``requirements-corpus.txt``; nothing is asserted.

Usage: ``python benchmarks/corpus.py [--large]``, with ``--large`` 100,000 texts too.
"""

import sys
import tempfile
from pathlib import Path

import kept
from builds import measure
from zhenzhi import trial

TEXTS, LARGE = (1_000, 10_000), 100_000
WORKERS = (1, 2)
#: A page of a newspaper on paper: so many pages, of so many characters.
PAGES, PAGE = 1_000_000, 6_000


def written(folder: Path, texts: int) -> int:
    """Writes made-up texts, a thousand a folder, and tells how many characters they have."""
    characters = 0
    for number, made in enumerate(trial.corpus(texts)):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
        characters += len(made.text)
    return characters


def size(folder: Path) -> float:
    """The megabytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    print(f"{'texts':>8}{'workers':>9}{'s':>9}{'ms/text':>9}{'chars/s':>10}{'MB (PSS)':>10}{'Parquet MB':>12}")
    measured: dict[str, tuple[float, str]] = {}
    pace = stored = 0.0
    for texts in (*TEXTS, LARGE) if "--large" in sys.argv[1:] else TEXTS:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            characters = written(root / "texts", texts)
            for workers in WORKERS:
                out = root / f"out-{workers}"
                command = [sys.executable, "-m", "zhenzhi", "scan-corpus", str(root / "texts"), "--out", str(out)]
                seconds, memory = measure([*command, "--workers", str(workers)], root)
                pace, stored = characters / seconds / workers, size(out) / characters
                measured[f"{texts:,} texts, {workers} worker(s)"] = (seconds, "s")
                measured[f"{texts:,} texts, {workers} worker(s), memory"] = (memory, "MB")
                print(
                    f"{texts:>8,}{workers:>9}{seconds:>9.1f}{1000 * seconds / texts:>9.2f}{characters / seconds:>10,.0f}"
                    f"{memory:>10.0f}{size(out):>12.1f}",
                    flush=True,
                )
    hours = PAGES * PAGE / pace / 3600
    print(
        f"\nOn paper, {PAGES:,} pages of {PAGE:,} characters as dense as these need {hours:,.0f} hours of one core"
        f" ({hours / 16:,.0f} on 16) and {stored * PAGES * PAGE / 1000:,.0f} GB for the tables; memory stays as above."
    )
    kept.tell("corpus", measured)


if __name__ == "__main__":
    main()
