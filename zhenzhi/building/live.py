"""Serves a book that changes: its pages carry a script that shows each anew when it was built, and errors above it.

The script is put in on the way to the browser and stands in no file of the book. It listens to server-sent events of this
server.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from posixpath import join, normpath
from threading import Condition
from urllib.parse import parse_qs, quote, unquote, urlsplit

from zhenzhi.building.serve import Handler, on_loopback

_STATIC = Path(__file__).parent / "static"

#: Where the server's own files and its events are found; no page of a book begins so.
_OWN = "/-live/"

#: Seconds after which a browser that said nothing is asked whether it is still there.
_BEAT = 15.0

#: The addresses of what a page loads.
_LOADS = re.compile(r'<link\b[^>]*?\bhref="([^"]+)"|\b(?:src|srcset)="([^"]+)"')

_WAITING = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Zhenzhi</title>{script}</head>
<body><p>{words}</p></body></html>
"""


class News:
    """What happened to the book: which pages changed when, and what is wrong with it now."""

    def __init__(self, book: Path):
        self._book = book
        self._condition = Condition()
        self._number = 0
        self._changed: dict[str, int] = {}
        self._fault = ""
        self._open: Counter[str] = Counter()

    @property
    def number(self) -> int:
        """How often something happened."""
        return self._number

    @property
    def fault(self) -> str:
        """What is wrong with the book."""
        return self._fault

    @property
    def open(self) -> list[str]:
        """The files of the pages that somebody has open."""
        with self._condition:
            return sorted(+self._open)

    @contextmanager
    def listened_to(self, page: str) -> Iterator[None]:
        """Counts a page among the open ones."""
        with self._condition:
            self._open[page] += 1
        try:
            yield
        finally:
            with self._condition:
                self._open[page] -= 1

    def tell(self, changed: Iterable[str] = (), fault: str = "") -> None:
        """Tells whoever listens.

        Args:
            changed: the files of the book that changed.
            fault: what is wrong, for a person; nothing where all is well.
        """
        with self._condition:
            self._number += 1
            self._changed |= dict.fromkeys(changed, self._number)
            self._fault = fault
            self._condition.notify_all()

    def of(self, page: str) -> dict:
        """What to know about a page: when it or what it loads changed last, and what is wrong with the book."""
        # What a page shows only when it is asked to lies beside it.
        try:
            loaded = loaded_by(page, (self._book / page).read_text(encoding="utf-8"))
        except OSError:
            loaded = set()
        names = [page, f"{page.removesuffix('.html')}.beside.js", *loaded]
        return {"at": max((self._changed.get(name, 0) for name in names), default=0), "fault": self._fault}

    def wait(self, seen: int) -> int:
        """Waits a while for something to happen after ``seen``; returns the number of what happened last."""
        with self._condition:
            self._condition.wait_for(lambda: self._number > seen, _BEAT)
            return self._number


def loaded_by(page: str, text: str) -> set[str]:
    """The files of the book that a page loads: pictures, scripts and styles, not what it links to."""
    addresses = {
        part.split()[0] for one, other in _LOADS.findall(text) for part in (one or other).split(",") if part.strip()
    }
    folder = page.rpartition("/")[0]
    return {normpath(join(folder, unquote(urlsplit(address).path))) for address in addresses if ":" not in address}


class _Live(Handler):
    """Sends pages with the script, and events to it."""

    def __init__(self, *args, news: News, **named):
        self._news = news
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self.is_for_this_machine():
            return
        if path == f"{_OWN}events":
            self._send_events(parse_qs(urlsplit(self.path).query).get("page", [""])[0])
        elif path in (f"{_OWN}live.js", f"{_OWN}live.css"):
            kind = "text/javascript" if path.endswith(".js") else "text/css"
            self._send((_STATIC / path.removeprefix(_OWN)).read_bytes(), kind)
        elif (file := self._page(path)) is not None:
            self._send(self._with_script(file), "text/html")
        elif path == "/":
            words = "The book is being built for the first time; this page shows it when it is there."
            self._send(_WAITING.format(script=self._script("index.html"), words=words).encode(), "text/html")
        else:
            super().do_GET()

    def _page(self, path: str) -> Path | None:
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        return file if file.suffix == ".html" and self.is_inside(file) and file.is_file() else None

    def _with_script(self, file: Path) -> bytes:
        name = file.relative_to(self.directory).as_posix()
        # The number before the text: what happens in between is told again.
        script = self._script(name).encode()
        return file.read_bytes().replace(b"</head>", script + b"</head>", 1)

    def _script(self, page: str) -> str:
        return f'<script defer src="{_OWN}live.js?page={quote(page)}&amp;at={self._news.number}"></script>'

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self, page: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self._news.number
        with self._news.listened_to(page), suppress(BrokenPipeError, ConnectionResetError):  # the page was closed
            while True:
                self.wfile.write(f"data: {json.dumps(self._news.of(page))}\n\n".encode())
                self.wfile.flush()
                seen = self._news.wait(seen)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def server(book: Path, news: News, port: int = 0) -> ThreadingHTTPServer:
    """A server of a book that changes, on the loopback address; port 0 takes a free one.

    Args:
        book: the folder of the book; it need not be there yet.
        news: what happens to it.

    Raises:
        ZhenzhiError: the port is taken.
    """
    made = on_loopback(port, partial(_Live, directory=str(book), news=news))
    made.daemon_threads = True
    return made
