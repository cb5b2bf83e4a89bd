"""Measures how long a saved change takes to the page shown, beside sphinx-autobuild over a plain Jupyter Book.

A chromium has a chapter open. A sentence of the chapter, the value of a claim that it alone tells, that of one that most
pages tell, and a module that draws its charts are changed; the time runs from the file saved to the page that shows it. The
work is done on copies of the project.
Nothing is asserted; the aims on two idle cores are 1, 3 and 6 seconds. A wait that does not end is given up and said.

``myst start`` and ``quarto preview`` are not measured: the one (1.11.0) asks another host for a template of its pages before
it shows any, and the package of the other (1.10.19) fetches the program from one when it is installed.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, TimeoutError

import kept
from builds import change, copy_project, leave_to_jupyter_book
from zhenzhi import paths

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.chromium import chromium, executable

PAGE = "chapters/jiujiang-2017"
#: A claim that this chapter alone tells, and one that most pages do: the claim, its value, its unit.
OF_CHAPTER, OF_MANY = ("jj17-community-parks", 6, "parks"), ("jj17-grids", 104, "grids")
RUNS = 3

#: Seconds that the first build may take, and that a change may take to be shown or to be done with.
FIRST, LIMIT = 900, 120

#: Changes a copy of the project in the run of a number; returns what the page then says.
Step = Callable[[Path, int], str]


def sentence(root: Path, run: int) -> str:
    """Adds a sentence; returns what the page then says."""
    page = root / f"{PAGE}.md"
    said = f"A sentence of the benchmark, number {run}."
    page.write_text(page.read_text(encoding="utf-8").replace("\n## ", f"\n{said}\n\n## ", 1), encoding="utf-8")
    return said


def value(claim: str, before: int, unit: str) -> Step:
    """Gives a claim another value."""

    def step(root: Path, run: int) -> str:
        changed = before + run + 1
        change(claim, str(changed))(root)
        return f"{changed} {unit}"

    return step


def module(root: Path, run: int) -> str:
    """Draws the titles of charts in another size."""
    style = root / "zhenzhi" / "charts" / "style.py"
    text, count = re.subn(r"(TITLE_SIZE, .* = )[\d.]+", rf"\g<1>{12 + run / 10}", style.read_text(encoding="utf-8"))
    assert count == 1
    style.write_text(text, encoding="utf-8")
    return ""


STEPS: dict[str, Step] = {
    "a sentence": sentence, "a value of a chapter": value(*OF_CHAPTER), "a value of many": value(*OF_MANY),
    "a module of charts": module,
}  # fmt: skip


@dataclass(frozen=True)
class Server:
    """A program that serves the book and follows its sources.

    Attributes:
        command: starts it in a copy of the project.
        port: where it serves.
        done: what it says when it is done with a change, well or not.
        prepare: makes of the copy what it reads.
    """

    command: list[str]
    port: int
    done: str
    prepare: Callable[[Path], None] = lambda root: None


def _as_plain_book(root: Path) -> None:
    leave_to_jupyter_book(root)
    command = [_program("jupyter-book"), "config", "sphinx", "."]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=LIMIT)


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


SERVERS = {
    "zhenzhi watch": Server(
        [sys.executable, "-m", "zhenzhi", "watch", "--port", "8123", "--language", "en"], 8123, "whole after|: not shown"
    ),
    "sphinx-autobuild": Server(
        [_program("sphinx-autobuild"), "--port", "8124", ".", "_build/autobuild", "--ignore", "*/_build/*"],
        8124, "The HTML pages are in|Serving on|ERROR|exited with", _as_plain_book,
    ),
}  # fmt: skip


class Running:
    """A server at work over a copy of the project.

    Args:
        server: what to start.
        root: the copy.
        log: where it says what it does; not in the copy, which it follows.
    """

    def __init__(self, server: Server, root: Path, log: Path):
        server.prepare(root)
        self._server, self._log = server, log
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                server.command, cwd=root, stdout=stream, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(root)}, start_new_session=True,
            )  # fmt: skip
        self.page = f"http://127.0.0.1:{server.port}/{PAGE}.html"

    def done(self) -> int:
        """How often it was done with a change."""
        return len(re.findall(self._server.done, self._log.read_text(encoding="utf-8")))

    def last_words(self) -> str:
        """The end of what it said."""
        return self._log.read_text(encoding="utf-8")[-1500:]

    def until(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Waits until something holds; ends the benchmark where that takes too long or the server ends."""
        ends = time.monotonic() + seconds
        while not holds():
            if self.process.poll() is not None:
                sys.exit(f"{self._server.command[0]} ended with status {self.process.returncode}:\n{self.last_words()}")
            if time.monotonic() > ends:
                sys.exit(f"{what} took more than {seconds} s:\n{self.last_words()}")
            time.sleep(0.2)

    def is_there(self) -> bool:
        """Whether it sends the page."""
        try:
            urllib.request.urlopen(self.page, timeout=5).close()
        except OSError:
            return False
        return True


@contextmanager
def running(server: Server) -> Iterator[tuple[Running, Path]]:
    """A server that is done with its first build, and the project that it follows."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        root.mkdir()
        copy_project(root)
        made = Running(server, root, Path(folder) / "log")
        try:
            made.until(lambda: made.is_there() and made.done() > 0, FIRST, "the first build")
            yield made, root
        finally:
            made.process.send_signal(signal.SIGINT)
            try:
                made.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(made.process.pid, signal.SIGKILL)


def measure(browser: Browser, server: Server) -> dict[str, float | None]:
    """Median seconds of each step; nothing where the page does not show the change within the limit."""
    found = {}
    with running(server) as (made, root):
        page = browser.new_page()
        page.set_default_timeout(LIMIT * 1000)
        page.goto(made.page)
        for name, step in STEPS.items():
            times = []
            for run in range(RUNS):
                before = made.done()
                page.evaluate("window.before = true")
                began = time.perf_counter()
                said = step(root, run)
                try:
                    page.wait_for_function(
                        "(said) => !window.before && document.body && document.body.innerText.includes(said)",
                        arg=said, timeout=LIMIT * 1000, polling=20,
                    )  # fmt: skip
                except TimeoutError:
                    print(f"  {name}: not shown within {LIMIT} s\n{made.last_words()}", file=sys.stderr, flush=True)
                    break
                times.append(time.perf_counter() - began)
                print(f"  {name}: {times[-1]:.2f} s", file=sys.stderr, flush=True)
                made.until(lambda: made.done() > before, LIMIT, f"the build after {name}")  # noqa: B023
            found[name] = statistics.median(times) if len(times) == RUNS else None
        page.close()
    return found


def _told(seconds: float | None) -> str:
    return f"over {LIMIT} s" if seconds is None else f"{seconds:.2f} s"


def main() -> None:
    if executable() is None:
        print("watching is not measured: no chromium is installed")
        return
    results = {}
    with chromium() as browser:
        for name, server in SERVERS.items():
            load = os.getloadavg()[0]
            print(f"measuring: {name}, with {load:.1f} other processes at work", file=sys.stderr, flush=True)
            results[name] = measure(browser, server)
    print(f"from saved to shown, median of {RUNS}")
    print(f"{'':<20}{'zhenzhi watch':>16}{'sphinx-autobuild':>18}{'ratio':>8}")
    for step in STEPS:
        own, peer = (results[name][step] for name in SERVERS)
        ratio = f"{own / peer:.2f}" if own and peer else ""
        print(f"{step:<20}{_told(own):>16}{_told(peer):>18}{ratio:>8}")
    shown = {step: (seconds, "s") for step, seconds in results["zhenzhi watch"].items() if seconds is not None}
    kept.tell("watch", shown)


if __name__ == "__main__":
    main()
