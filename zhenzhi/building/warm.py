"""The processes behind ``make watch``: each build begins with all imported, the data loaded, and no trace of another build.

    python warm.py ROOT FOLDER LANGUAGE

This process imports the libraries. From it is forked one that imports the package, and again when a file of the package
changes; from that one, which keeps the data as they were last loaded, each build. The process of the first good build goes on
in its place: it has met all that a build needs. So a build is what ``zhenzhi build`` is, without its first seconds. Builds
are killed when something changes again, which costs them nothing (``pages.Pages``).

It reads commands from its standard input, a line each: ``build NUMBER``, and ``again`` where the package changed. It writes
what happened to its standard output, a line of JSON each, with the number of the build: ``shown``, the files that changed,
when pages can be looked at; ``whole`` when all of the book is as a clean build would make it; ``failed`` with the reason. At
the top it imports nothing of the package.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

#: What takes longest to import.
_LIBRARIES = (
    "babel.numbers", "citeproc", "fastjsonschema", "ipykernel.kernelapp", "jupyter_book.sphinx", "jupyter_cache", "lxml.html",
    "matplotlib.pyplot", "myst_nb.sphinx_", "nbclient", "pandas", "pyarrow.parquet", "sphinx.builders.html",
    "sphinx_book_theme", "sphinx_copybutton", "sphinx_design", "sphinx_external_toc.events", "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering", "sphinx_togglebutton", "sphinxcontrib.bibtex", "tinycss2", "zmq.asyncio",
)  # fmt: skip

#: Exit status of a process that is to be forked anew, because the package changed.
_AGAIN = 75


def main() -> int:
    """Forks the process of the package as often as it changes."""
    root, folder, language = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None
    # Beside this file lie modules of the package, which are imported by their full names only.
    sys.path[0] = str(root)
    os.environ["PYTHONPATH"] = str(root)
    for name in _LIBRARIES:
        with suppress(ImportError):  # whoever needs it says so
            importlib.import_module(name)
    with suppress(ImportError):
        from sphinx.application import builtin_extensions

        for name in builtin_extensions:
            importlib.import_module(name)
    gc.freeze()
    say = _teller(os.dup(1))
    os.dup2(2, 1)
    while True:
        process = os.fork()
        if process == 0:
            _leave(lambda: _serve(root, folder, language, say))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if status != _AGAIN:
            return status


def _teller(descriptor: int) -> Callable[..., None]:
    def say(**news) -> None:
        os.write(descriptor, (json.dumps(news) + "\n").encode())

    return say


def _leave(work: Callable[[], int]) -> None:
    """Ends a forked process with the status that its work returns."""
    status = 1
    try:
        status = work()
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


# The process of the package


def _serve(root: Path, folder: Path, language: str | None, say: Callable[..., None]) -> int:
    """Builds when it is told to, until it is told that the package changed or that there is nothing more to do."""
    with tempfile.TemporaryDirectory() as private:
        os.environ["TMPDIR"] = tempfile.tempdir = private  # what a killed build leaves goes with it
        try:
            forker = _fork_for_notebooks(Path(private) / "forks")
            from zhenzhi.building import build, pages  # noqa: F401
            from zhenzhi.sphinxext.finish import order  # noqa: F401
        except Exception:
            return _fail(_last_lines(traceback.format_exc(), root), say)
        try:
            return _follow(root, folder, _Loaded(root, language), say, is_first=True)
        finally:
            os.close(forker)


def _follow(root: Path, folder: Path, loaded: "_Loaded", say: Callable[..., None], is_first: bool) -> int:
    """Builds when it is told to, until it is told that the package changed or that there is nothing more to do.

    Args:
        is_first: whether the process of the first good build shall follow in the place of this one.
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
            command = _line()
            if running:
                running.kill()
                running = None
            kind, _, number = command.partition(" ")
            if kind != "build":
                return _AGAIN if kind == "again" else 0
            told = partial(say, number=int(number))
            go_on = partial(_follow, root, folder, loaded, say, is_first=False) if is_first else None
            running = _Build(partial(_build, root, folder, loaded, told), loaded, told, go_on)


def _fail(fault: str, say: Callable[..., None]) -> int:
    """Answers each command to build with a fault of the package, until this changes."""
    while (command := _line()) not in ("again", ""):
        say(failed=fault, number=int(command.partition(" ")[2]))
    return _AGAIN if command else 0


def _line() -> str:
    """The next command; empty when there is none any more."""
    text = b""
    while not text.endswith(b"\n"):
        more = os.read(0, 1)
        if not more:
            return ""
        text += more
    return text.decode().strip()


def _fork_for_notebooks(address: Path) -> int:
    """Starts the process from which kernels are forked; returns the end of a pipe whose closing ends it."""
    from zhenzhi.building import forks

    listener = forks.listening(address)
    alive, held = os.pipe()
    if os.fork() == 0:
        os.close(held)

        def work() -> int:
            os.setsid()  # the keyboard's interrupt is for the process that was started from it
            from zhenzhi.building import warm_imports  # noqa: F401

            forks.serve(listener, alive)
            return 0

        _leave(work)
    listener.close()
    os.close(alive)
    os.environ[forks.ADDRESS] = str(address)
    return held


class _Loaded:
    """The data as they were last loaded; loading them again costs nothing while their files are the same."""

    def __init__(self, root: Path, language: str | None):
        self._root, self.language = root, language
        self._of: dict | None = None
        self.editions: dict | None = None

    def load(self) -> None:
        """Loads the data where they changed; what is wrong with them is told by the build."""
        from zhenzhi import locales
        from zhenzhi.book.counts import counts
        from zhenzhi.building import build
        from zhenzhi.errors import ZhenzhiError

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
        work: builds; returns 0 where all is well.
        loaded: the data, which are loaded first.
        say: tells what happened.
        go_on: what its process does after a good build, in the place of this one; by default it ends.

    Attributes:
        news: can be read from when it has ended, or wants to go on.
    """

    def __init__(
        self, work: Callable[[], int], loaded: _Loaded, say: Callable[..., None], go_on: Callable[[], int] | None
    ):
        self._say = say
        with suppress(OSError):  # a file that went while it was looked at; its change is told as well
            loaded.load()
        self.news, theirs = socket.socketpair()
        self._process = os.fork()
        if self._process == 0:
            os.setsid()
            self.news.close()
            _leave(lambda: work() or (self._ask(theirs) and go_on() if go_on else 0))
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


# The process of a build


def _build(root: Path, folder: Path, loaded: _Loaded, say: Callable[..., None]) -> int:
    from zhenzhi.building import build
    from zhenzhi.building.mirror import mirror
    from zhenzhi.errors import ZhenzhiError
    from zhenzhi.takeaway import names

    os.chdir(root)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    gc.set_threshold(50_000, 20, 100)
    shown = folder / "shown"

    def is_list_of_downloads(page: Path) -> bool:
        """Whether it is the page whose list is filled when the downloads are made."""
        if page.suffix != ".html" or not (shown / "index.html").is_file():
            return False
        return names.MARKS[0] in page.read_text(encoding="utf-8")

    def show(pages: Path, where: str) -> None:
        changed = mirror(pages, shown / where, add_only=True, leave=is_list_of_downloads)
        say(shown=sorted(f"{where}{name}" for name in changed))

    try:
        book = build.build(root, folder / "html", language=loaded.language, editions=loaded.editions, show=show)
        changed = mirror(book, shown)
    except ZhenzhiError as error:
        say(failed=str(error))
        return 1
    except Exception:
        say(failed=_last_lines(traceback.format_exc(), root))
        return 1
    say(whole=sorted(changed))
    return 0


def _last_lines(text: str, root: Path) -> str:
    """The end of a traceback: where in the project it came from, and what it says."""
    lines = text.replace(f"{root}/", "").rstrip().splitlines()
    ours = [number for number, line in enumerate(lines) if line.lstrip().startswith('File "zhenzhi/')]
    return "\n".join(lines[ours[-1] if ours else -1 :])


if __name__ == "__main__":
    sys.exit(main())
