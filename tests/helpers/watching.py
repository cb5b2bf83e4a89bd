"""The command that follows the sources, as a test drives it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread


def hear_the_keyboard() -> None:
    """Has a process end at an interrupt also where the tests themselves run in the background, where none is heard."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watching:
    """A running ``zhenzhi watch`` of a project.

    Attributes:
        address: where it serves.
    """

    def __init__(self, root: Path):
        self.root = root
        self._log = root.with_suffix(".watch")
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zhenzhi", "watch", "--port", "0"],
                cwd=root, stdout=log, stderr=subprocess.STDOUT,
                preexec_fn=hear_the_keyboard, env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip
        self._seen = 0
        self.address = re.search(r"http://\S+/", self.until(r"Serving (\S+)"))[0]

    @property
    def shown(self) -> Path:
        """The folder of what it shows."""
        return self.root / "_build" / "watch" / "shown"

    def until(self, pattern: str, seconds: float = 300) -> str:
        """Waits for a line that it prints; returns what it printed since the last line that was waited for."""
        ends = time.monotonic() + seconds
        while True:
            text = self._log.read_text(encoding="utf-8")
            match = re.compile(pattern).search(text, self._seen)
            if match and "\n" in text[match.end() :]:
                end = text.index("\n", match.end()) + 1
                said, self._seen = text[self._seen : end], end
                return said
            assert self.process.poll() is None, f"it ended with status {self.process.returncode}:\n{text}"
            assert time.monotonic() < ends, f"waited for {pattern!r}:\n{text[self._seen :]}"
            time.sleep(0.05)

    def get(self, path: str) -> str:
        """A page as it is served."""
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return answer.read().decode()

    def news(self, page: str) -> dict:
        """What a browser is told first that listens for a page."""
        with urllib.request.urlopen(f"{self.address}-live/events?page={page}", timeout=60) as answer:
            return json.loads(answer.readline().decode().removeprefix("data: "))

    @contextmanager
    def opened(self, page: str) -> Iterator[list[bytes]]:
        """Has a page open, as a browser does; what it gives is filled with what the page becomes, change by change."""
        file, done, shown = self.shown / page, Event(), []

        def follow() -> None:
            last = file.read_bytes()
            while not done.wait(0.02):
                if (now := file.read_bytes()) != last:
                    shown.append(last := now)

        with urllib.request.urlopen(f"{self.address}-live/events?page={page}", timeout=60) as events:
            events.readline()
            thread = Thread(target=follow)
            thread.start()
            try:
                yield shown
            finally:
                done.set()
                thread.join()


@contextmanager
def watching(root: Path) -> Iterator[Watching]:
    """Watches a project; its end is that of a person who interrupts it."""
    made = Watching(root)
    try:
        yield made
    finally:
        made.process.send_signal(2)
        made.process.wait(60)
