"""The numbers of the releases, kept in ``kept.csv``, and today's beside those of the last, so that a slower commit is seen.

A benchmark calls ``tell`` with what it measured. ``KEEP=1.2.0 make bench`` keeps the numbers as those of a version. Numbers
of different machines do not compare: keep and compare on one.
"""

import csv
import os
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("kept.csv")
COLUMNS = ("version", "benchmark", "measure", "value", "unit")

#: A number so many times the last one is pointed at.
SLOWER = 1.2


def read(file: Path = FILE) -> list[dict[str, str]]:
    """The rows that are kept, the oldest version first."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def last(rows: list[dict[str, str]], benchmark: str, measure: str) -> dict[str, str] | None:
    """The newest row of a measure."""
    found = [row for row in rows if (row["benchmark"], row["measure"]) == (benchmark, measure)]
    return max(found, key=lambda row: tuple(map(int, row["version"].split("."))), default=None)


def compared(benchmark: str, measured: Mapping[str, tuple[float, str]], rows: list[dict[str, str]]) -> list[str]:
    """A line for each number: today's, the last release's, their ratio, and a mark where it is slower."""
    lines = []
    for measure, (value, unit) in measured.items():
        before = last(rows, benchmark, measure)
        line = f"{measure:<48}{value:>10.2f} {unit:<3}"
        if before is not None:
            ratio = value / float(before["value"])
            line += f"{before['version']:>8}:{float(before['value']):>9.2f}{ratio:>8.2f}"
            line += "  slower" if ratio > SLOWER else ""
        lines.append(line.rstrip())
    return lines


def tell(benchmark: str, measured: Mapping[str, tuple[float, str]]) -> None:
    """Prints numbers (seconds, milliseconds, shares: less is better) beside the last release's; keeps them if asked to.

    Args:
        benchmark: its name.
        measured: value and unit by what was measured.
    """
    rows = read()
    print("\n".join(["", f"{benchmark}, beside the last release", *compared(benchmark, measured, rows)]), flush=True)
    if version := os.environ.get("KEEP"):
        keep(version, benchmark, measured)


def keep(version: str, benchmark: str, measured: Mapping[str, tuple[float, str]], file: Path = FILE) -> None:
    """Keeps numbers as those of a version, in the place of any that it has."""
    rows = [row for row in read(file) if (row["version"], row["benchmark"]) != (version, benchmark)]
    rows += [
        dict(zip(COLUMNS, (version, benchmark, measure, f"{value:.4g}", unit), strict=True))
        for measure, (value, unit) in measured.items()
    ]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
