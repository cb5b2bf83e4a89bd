"""Measures the build beside a plain ``jupyter-book build`` of the same chapters, in one run.

Prints wall time and peak memory of a cold build, of builds after one claim was given another value, one that a single chapter
uses and the one that most pages use, and of a build with nothing changed, each beside the plain build, as ratios. The work is
done on a copy of the project; nothing here is asserted.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import psutil
import yaml

import kept
from zhenzhi import paths

COPIED = ("zhenzhi", "data", "chapters", "images")
FILES = (
    *("_config.yml", "_toc.yml", "index.md", "references.bib"),
    *("pyproject.toml", "requirements.txt", "package-lock.json", "LICENSE", "LICENSE-CONTENT"),
)


def copy_project(target: Path) -> None:
    """A copy of what the book is made from."""
    for folder in COPIED:
        shutil.copytree(paths.ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(paths.ROOT / name, target / name)
    (target / "node_modules").symlink_to(paths.ROOT / "node_modules")


def measure(command: list[str], root: Path) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of a command with all processes it starts.

    Memory is the sum of the proportional sets (PSS), in which a page that processes share counts once, sampled every 50 ms;
    where the system does not tell them, of the resident sets.
    """
    environment = {**os.environ, "PYTHONPATH": str(root)}
    log = tempfile.TemporaryFile()
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)
    peak, done = [0.0], Event()

    def sample() -> None:
        parent = psutil.Process(process.pid)
        while not done.wait(0.05):
            total = 0
            try:
                for member in (parent, *parent.children(recursive=True)):
                    memory = member.memory_full_info()
                    total += getattr(memory, "pss", memory.rss)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            peak[0] = max(peak[0], total / 1e6)

    sampler = Thread(target=sample)
    sampler.start()
    status = process.wait()
    seconds = time.perf_counter() - began
    done.set()
    sampler.join()
    if status:
        log.seek(0)
        sys.exit(f"{' '.join(command)} ended with status {status}:\n{log.read().decode()}")
    return seconds, peak[0]


def change(claim_id: str, value: str) -> Callable[[Path], None]:
    """Gives a claim another value, in words and number."""

    def prepare(root: Path) -> None:
        path = root / "data" / "claims.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        (claim,) = (row for row in rows if row["claim_id"] == claim_id)
        claim["as_written"], claim["value"] = claim["as_written"].replace(claim["value"], value), value
        claim.update(differs_en="Changed by a benchmark.", differs_zh="测试所改。")
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return prepare


def leave_to_jupyter_book(root: Path) -> None:
    """Has a copy of the project built by Jupyter Book alone, which otherwise hands over to the build of the project."""
    config = root / "_config.yml"
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    settings["sphinx"]["config"]["extensions"].remove("zhenzhi.building.handover")
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def touch_nothing(root: Path) -> None:
    """Leaves the project as it is."""


def main() -> None:
    ours = [sys.executable, "-m", "zhenzhi", "build"]
    plain = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
    steps: list[tuple[str, Callable[[Path], None]]] = [
        ("cold build", touch_nothing),
        ("claim of a chapter", change("jj17-listing-pool", "19")),
        ("claim of many", change("jj17-grids", "105")),
        ("nothing changed", touch_nothing),
    ]
    results = {}
    for name, command in (("zhenzhi", ours), ("plain", plain)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            copy_project(root)
            if name == "plain":
                leave_to_jupyter_book(root)
            for step, prepare in steps:
                prepare(root)
                print(f"measuring: {name}, {step}", file=sys.stderr, flush=True)
                results[name, step] = measure(command, root)
    print(f"{'':<20}{'zhenzhi build':>22}{'plain jupyter-book':>22}{'ratio':>16}")
    print(f"{'':<20}{'s':>12}{'MB':>10}{'s':>12}{'MB':>10}{'time':>8}{'memory':>8}")
    for step, _ in steps:
        (seconds, memory), (other_seconds, other_memory) = results["zhenzhi", step], results["plain", step]
        print(
            f"{step:<20}{seconds:>12.1f}{memory:>10.0f}{other_seconds:>12.1f}{other_memory:>10.0f}"
            f"{seconds / other_seconds:>8.2f}{memory / other_memory:>8.2f}"
        )

    own = {step: results["zhenzhi", step][0] for step, _ in steps}
    measured = {step: (seconds, "s") for step, seconds in own.items()}
    measured |= {f"{step}, share of the cold build": (own[step] / own["cold build"], "") for step, _ in steps[1:]}
    kept.tell("builds", measured)


if __name__ == "__main__":
    main()
