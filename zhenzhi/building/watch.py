"""Serves the book and follows its sources: what is written is shown as a clean build would show it, in a moment.

This process watches and serves, and holds nothing of the book; ``warm`` builds. A fault stands on the pages and in the
terminal, with the last good page below it, until it is mended.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Lock, Thread
from urllib.parse import quote

import watchfiles

from zhenzhi import locales, paths
from zhenzhi.book import fingerprint
from zhenzhi.building import live, warm
from zhenzhi.building.lock import only_one

#: Milliseconds of quiet after which changes are taken to be one, and for which they are waited for at most.
_STEP, _DEBOUNCE = 20, 300


def watch(port: int, language: str | None = None, root: Path = paths.ROOT) -> None:
    """Serves and follows until interrupted.

    Args:
        port: where to serve; 0 takes a free port.
        language: the one language to show; by default all that the project has.
        root: the project.

    Raises:
        ZhenzhiError: the port is taken, the project does not have the language, or is watched already.
    """
    locales.wanted(root, language)
    folder = root / "_build" / "watch"
    with ExitStack() as stack:
        stack.enter_context(only_one(folder / "watch.lock", "make watch", wait=False))
        executed = root / "_build" / "executed"
        if executed.is_dir() and not (folder / "executed").exists():
            shutil.copytree(executed, folder / "executed")
        news = live.News(folder / "shown")
        server = stack.enter_context(live.server(folder / "shown", news, port))
        Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        print(f"Serving http://127.0.0.1:{server.server_port}/ and following {root} (stop with Ctrl-C)", flush=True)
        worker = stack.enter_context(_Worker(root, folder, language, news))
        stop = Event()
        stack.callback(stop.set)
        for recursive, watched in ((True, _folders(root)), (False, [root])):
            follow = Thread(target=_follow, args=(root, watched, recursive, stop, worker.take_up), daemon=True)
            follow.start()
        worker.take_up([])
        try:
            worker.wait()
        except KeyboardInterrupt:
            print()


def _folders(root: Path) -> list[Path]:
    """The folders that the book is made from."""
    return sorted(path for path in root.iterdir() if path.is_dir() and fingerprint.is_of_book(path))


def _follow(
    root: Path, watched: list[Path], recursive: bool, stop: Event, take_up: Callable[[list[Path]], None]
) -> None:
    found = watchfiles.watch(
        *watched, watch_filter=None, step=_STEP, debounce=_DEBOUNCE, stop_event=stop, recursive=recursive,
        raise_interrupt=False, rust_timeout=500, ignore_permission_denied=True,
    )  # fmt: skip
    for changes in found:
        files = sorted({Path(name) for _, name in changes if _matters(root, Path(name))})
        if files:
            take_up(files)


def _matters(root: Path, file: Path) -> bool:
    """Whether the book is made from a file: not what lies apart, nor what an editor or Python leaves for itself."""
    parts = file.relative_to(root).parts
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    return bool(parts) and fingerprint.is_of_book(root / parts[0]) and not hidden and not file.name.endswith("~")


class _Worker:
    """The processes that build; what they tell goes to the terminal and to the pages."""

    def __init__(self, root: Path, folder: Path, language: str | None, news: live.News):
        self._root, self._news = root, news
        command = [sys.executable, str(Path(warm.__file__)), str(root), str(folder), language or ""]
        # In a session of its own: the keyboard's interrupt is for this process, which ends the others.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root, start_new_session=True
        )
        self._lock = Lock()
        self._number, self._saved, self._what = 0, 0.0, ""

    def __enter__(self) -> "_Worker":
        return self

    def __exit__(self, *_) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def take_up(self, files: list[Path]) -> None:
        """Has the book built, because files changed."""
        package = any(file.is_relative_to(self._root / "zhenzhi") for file in files)
        with self._lock:
            self._number += 1
            self._saved = time.time() if not files else min(map(_saved, files), default=time.time())
            self._what = _named(self._root, files)
            assert self._process.stdin is not None
            try:
                pages = " ".join(map(quote, self._news.open))
                self._process.stdin.write(("again\n" if package else "") + f"build {self._number} {pages}\n")
                self._process.stdin.flush()
            except BrokenPipeError:
                pass  # it has ended, which ``wait`` tells

    def wait(self) -> None:
        """Passes on what the processes tell, until they end."""
        assert self._process.stdout is not None
        shown = 0
        for line in self._process.stdout:
            told = json.loads(line)
            with self._lock:
                seconds, what, is_last = time.time() - self._saved, self._what, told["number"] == self._number
            if not is_last:
                self._news.tell(told.get("shown") or told.get("whole") or [], self._news.fault)
            elif "failed" in told:
                self._news.tell(fault=told["failed"])
                print(f"{what}: not shown\n{told['failed']}", file=sys.stderr, flush=True)
            elif "shown" in told:
                self._news.tell(told["shown"])
                if shown != told["number"]:
                    shown = told["number"]
                    print(f"{what}: shown after {seconds:.1f} s", flush=True)
            else:
                self._news.tell(told["whole"])
                begin = "  and" if shown == told["number"] else f"{what}: as before,"
                print(f"{begin} whole after {seconds:.1f} s", flush=True)


def _saved(file: Path) -> float:
    """When a file was saved, as seconds since the epoch; now where it is gone."""
    try:
        return min(time.time(), file.stat().st_mtime)
    except OSError:
        return time.time()


def _named(root: Path, files: Iterable[Path]) -> str:
    """Files in a few words."""
    names = [str(file.relative_to(root)) for file in files]
    if not names:
        return "the book"
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
