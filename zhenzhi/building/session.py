"""The builds of a session of ``make watch``, each in a process forked from one that has all imported and the data loaded.

The process of the first good build that makes pages goes on in the place of the one that it was forked from: it has met all
that a build needs. Builds are killed when something changes again, which costs them nothing (``pages.Pages``).
"""

import gc
import os
import select
import signal
import socket
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from zhenzhi import locales
from zhenzhi.book.counts import counts
from zhenzhi.building import build, live, warm
from zhenzhi.building.mirror import mirror
from zhenzhi.errors import ZhenzhiError
from zhenzhi.sphinxext.outputs import charts
from zhenzhi.takeaway import names

#: Exit status of a build that is good and had nothing to make.
_NOTHING = 3


def follow(root: Path, folder: Path, loaded: "Loaded", say: Callable[..., None], is_first: bool) -> int:
    """Builds when it is told to, until it is told that the package changed or that there is nothing more to do.

    Args:
        is_first: whether the process of the next good build that makes pages shall follow in the place of this one.
    """
    running: _Build | None = None
    while True:
        sources: list[int | socket.socket] = [0, running.news] if running else [0]
        ready, _, _ = select.select(sources, [], [])
        if running and running.news in ready:
            if running.goes_on():
                return running.wait()
            running.finish()
            running = None
        if 0 in ready:
            command = warm.next_command()
            if running:
                running.kill()
                running = None
            kind, *more = command.split()
            if kind != "build":
                return warm.AGAIN if kind == "again" else 0
            number, *pages = more
            told, first = partial(say, number=int(number)), [unquote(page) for page in pages]
            go_on = partial(follow, root, folder, loaded, say, is_first=False) if is_first else None
            running = _Build(partial(_build, root, folder, loaded, told, first), loaded, told, go_on)


class Loaded:
    """The data as they were last loaded; loading them again costs nothing while their files are the same."""

    def __init__(self, root: Path, language: str | None):
        self._root, self.language = root, language
        self._of: dict | None = None
        self.editions: dict | None = None

    def load(self) -> None:
        """Loads the data where they changed; what is wrong with them is told by the build."""
        now = {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in self._root.glob("data/**/*")}
        if now == self._of:
            return
        self._of, self.editions = now, None
        counts.cache_clear()
        with suppress(ZhenzhiError, OSError):
            editions = build.opened(self._root, locales.wanted(self._root, self.language))
            for edition in editions.values():
                counts(edition)
            self.editions = editions
        gc.freeze()  # what is looked through for unused cycles is then what a build makes itself


class _Build:
    """A build that is under way in a process of its own.

    Args:
        work: builds; returns 0 where all is well and the process can go on.
        loaded: the data, which are loaded first.
        say: tells what happened.
        go_on: what its process does after a good build, in the place of this one; by default it ends.

    Attributes:
        news: can be read from when it has ended, or wants to go on.
    """

    def __init__(
        self, work: Callable[[], int], loaded: Loaded, say: Callable[..., None], go_on: Callable[[], int] | None
    ):
        self._say = say
        with suppress(OSError):  # a file that went while it was looked at; its change is told as well
            loaded.load()
        self.news, theirs = socket.socketpair()
        self._process = os.fork()
        if self._process == 0:
            os.setsid()
            self.news.close()
            warm.leave(lambda: work() or (self._ask(theirs) and go_on() if go_on else 0))
        theirs.close()

    @staticmethod
    def _ask(parent: socket.socket) -> bool:
        """Whether the process may go on in the place of the one that it was forked from."""
        gc.collect()
        gc.freeze()
        parent.send(b"?")
        return parent.recv(1) != b""

    def goes_on(self) -> bool:
        """Lets the process go on in the place of this one, if that is what it wants."""
        if self.news.recv(1) == b"":
            return False
        self.news.send(b"!")
        return True

    def kill(self) -> None:
        """Ends it; a stretch of work that must not be cut short is waited for."""
        while os.waitpid(self._process, os.WNOHANG)[0] == 0:
            os.kill(self._process, signal.SIGTERM)
            time.sleep(0.02)
        self.news.close()

    def finish(self) -> None:
        """Takes note of its end."""
        self.news.close()
        status = self.wait()
        if status < 0:
            self._say(failed=f"the build was ended by {signal.Signals(-status).name}")

    def wait(self) -> int:
        """The status with which it ends."""
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])


def _build(root: Path, folder: Path, loaded: Loaded, say: Callable[..., None], first: list[str]) -> int:
    os.chdir(root)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    gc.set_threshold(50_000, 20, 100)
    shown, is_made = folder / "shown", False

    def is_list_of_downloads(page: Path) -> bool:
        """Whether it is the page whose list is filled when the downloads are made."""
        if page.suffix != ".html" or not (shown / "index.html").is_file():
            return False
        return names.MARKS[0] in page.read_text(encoding="utf-8")

    def show(pages: Path, where: str, done: list[str] | None) -> None:
        nonlocal is_made
        is_made = is_made or done is None
        ready = {page for page in done or [] if _has_all(pages, shown / where, page)}

        def is_to_come(file: Path) -> bool:
            name = file.relative_to(pages).as_posix()
            is_picture = name.startswith(f"{charts.FOLDER}/")
            is_done = done is None or is_picture or name.removesuffix(".html").removesuffix(".beside.js") in ready
            return not is_done or is_list_of_downloads(file)

        changed = mirror(pages, shown / where, add_only=True, leave=is_to_come)
        if changed or done is None:
            say(shown=sorted(f"{where}{name}" for name in changed))

    try:
        book = build.build(
            root, folder / "html", language=loaded.language, editions=loaded.editions, show=show, first=first
        )
        changed = mirror(book, shown)
    except ZhenzhiError as error:
        say(failed=str(error))
        return 1
    except Exception:
        say(failed=warm.last_lines(traceback.format_exc(), root))
        return 1
    say(whole=sorted(changed))
    return 0 if is_made else _NOTHING


def _has_all(pages: Path, shown: Path, page: str) -> bool:
    """Whether all that a page loads is shown already or, as the pictures of figures are, made before the pages."""
    text = (pages / f"{page}.html").read_text(encoding="utf-8")
    loaded = live.loaded_by(f"{page}.html", text)
    return all(name.startswith(f"{charts.FOLDER}/") or (shown / name).is_file() for name in loaded)
