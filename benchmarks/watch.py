"""Measures how long a saved change takes to the page shown, beside sphinx-autobuild over a plain Jupyter Book.

A chromium has a chapter open. A sentence of the chapter, the value of a claim that it shows, and a module that draws its
charts are changed; the time runs from the file saved to the page that shows it. The work is done on copies of the project.
Nothing is asserted; the aims on two idle cores are 1, 3 and 6 seconds.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import kept
from builds import change, copy_project, leave_to_jupyter_book
from zhenzhi import paths

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.chromium import chromium, executable

PAGE, CLAIM, VALUE = "chapters/jiujiang-2017", "jj17-grids", 104
RUNS = 3


def sentence(root: Path, run: int) -> str:
    """Adds a sentence; returns what the page then says."""
    page = root / f"{PAGE}.md"
    said = f"A sentence of the benchmark, number {run}."
    page.write_text(page.read_text(encoding="utf-8").replace("\n## ", f"\n{said}\n\n## ", 1), encoding="utf-8")
    return said


def value(root: Path, run: int) -> str:
    """Gives a claim another value."""
    changed = VALUE + run + 1
    change(CLAIM, str(changed))(root)
    return f"{changed} grids"


def module(root: Path, run: int) -> str:
    """Draws the lines of charts in another width."""
    style = root / "zhenzhi" / "charts" / "style.py"
    text, count = re.subn(r'("hatch\.linewidth": )[\d.]+', rf"\g<1>{1 + run / 10}", style.read_text(encoding="utf-8"))
    assert count == 1
    style.write_text(text, encoding="utf-8")
    return ""


STEPS: dict[str, Callable[[Path, int], str]] = {
    "a sentence": sentence, "a claim's value": value, "a module of charts": module,
}  # fmt: skip


@contextmanager
def ours(root: Path) -> Iterator[str]:
    """Our server over a copy of the project; yields its address."""
    command = [sys.executable, "-m", "zhenzhi", "watch", "--port", "8123", "--language", "en"]
    with started(root, command, "http://127.0.0.1:8123/", f"{PAGE}.html") as address:
        yield address


@contextmanager
def theirs(root: Path) -> Iterator[str]:
    """sphinx-autobuild over a copy of the project as a plain Jupyter Book."""
    leave_to_jupyter_book(root)
    programs = Path(sys.executable).parent
    subprocess.run([programs / "jupyter-book", "config", "sphinx", "."], cwd=root, check=True, capture_output=True)
    command = [
        str(programs / "sphinx-autobuild"), "--port", "8124", ".", "_build/autobuild",
        "--ignore", "*/_build/*", "*/watch.log",
    ]  # fmt: skip
    with started(root, command, "http://127.0.0.1:8124/", f"{PAGE}.html") as address:
        yield address


@contextmanager
def started(root: Path, command: list[str], address: str, page: str) -> Iterator[str]:
    """A server that is ready when it sends a page."""
    with open(root / "watch.log", "wb") as log:
        process = subprocess.Popen(
            command, cwd=root, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(root)}
        )
    try:
        while True:
            if process.poll() is not None:
                sys.exit(f"{command[0]} ended:\n{(root / 'watch.log').read_text(encoding='utf-8')[-3000:]}")
            try:
                urllib.request.urlopen(address + page, timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        time.sleep(20)  # what is made after the pages
        yield address
    finally:
        process.terminate()
        process.wait(60)


def measure(browser, address: str, root: Path) -> dict[str, float]:
    """Median seconds of each step."""
    page = browser.new_page()
    page.goto(f"{address}{PAGE}.html")
    found = {}
    for name, step in STEPS.items():
        times = []
        for run in range(RUNS):
            page.evaluate("window.before = true")
            began = time.perf_counter()
            said = step(root, run)
            page.wait_for_function(
                "(said) => !window.before && document.body && document.body.innerText.includes(said)", arg=said,
                timeout=600_000, polling=20,
            )  # fmt: skip
            times.append(time.perf_counter() - began)
            time.sleep(15)
        found[name] = statistics.median(times)
    page.close()
    return found


def main() -> None:
    if executable() is None:
        print("watching is not measured: no chromium is installed")
        return
    results = {}
    with chromium() as browser:
        for name, serve in (("zhenzhi watch", ours), ("sphinx-autobuild", theirs)):
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                copy_project(root)
                print(f"measuring: {name}", file=sys.stderr, flush=True)
                with serve(root) as address:
                    results[name] = measure(browser, address, root)
    print(f"from saved to shown, median of {RUNS}")
    print(f"{'':<20}{'zhenzhi watch':>16}{'sphinx-autobuild':>18}{'ratio':>8}")
    for step in STEPS:
        own, peer = (results[name][step] for name in results)
        print(f"{step:<20}{own:>14.1f} s{peer:>16.1f} s{own / peer:>8.2f}")
    kept.tell("watch", {step: (seconds, "s") for step, seconds in results["zhenzhi watch"].items()})


if __name__ == "__main__":
    main()
