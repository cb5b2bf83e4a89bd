"""The page on which a person reviews proposed rows: on the loopback address only, at an address that nobody can guess.

It answers requests that name this machine, under a token of this run; what writes must come from the page itself.
"""

import hmac
import json
import secrets
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from zhenzhi import texts
from zhenzhi.building.serve import on_loopback
from zhenzhi.coding.review import Changed, Review
from zhenzhi.errors import DataError, ZhenzhiError

_STATIC = Path(__file__).parent / "static"

#: The files of the page, by their names in its address.
_FILES = {
    "": (_STATIC / "review.html", "text/html"),
    "review.js": (_STATIC / "review.js", "text/javascript"),
    "review.css": (_STATIC / "review.css", "text/css"),
    "text.js": (texts.STATIC / "text.js", "text/javascript"),
    "text.css": (texts.STATIC / "text.css", "text/css"),
}

#: The longest body of a request, in bytes.
_LONGEST = 1_000_000

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors"
)

#: Pages that may show the page within them, where any may: those of this machine, as JupyterLab's.
_THIS_MACHINE = "http://127.0.0.1:* http://localhost:*"


class _Page(BaseHTTPRequestHandler):
    """Sends the page and its state, and takes decisions."""

    #: Seconds after which a browser that opened a connection and asks nothing is let go.
    timeout = 30

    def __init__(self, *args, review: Review, token: str, within: str, **named):
        self._review, self._token, self._within = review, token, within
        super().__init__(*args, **named)

    def do_GET(self) -> None:
        name = self._name()
        if name is None:
            return
        if name in _FILES:
            file, kind = _FILES[name]
            self._send(file.read_bytes(), kind)
        elif name == "text":
            document = {"id": self._review.document_id, "title": self._review.title, "text": self._review.text}
            self._send_json(document)
        elif name == "state":
            self._answer(self._review.state)
        elif name == "stamp":
            self._send_json(self._review.stamp())
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        name = self._name()
        if name is None:
            return
        if self.headers.get("Origin") != f"http://{self.headers['Host']}":
            self.send_error(HTTPStatus.FORBIDDEN, "expected a request of the page itself")
            return
        if self.headers.get_content_type() != "application/json":
            self.send_error(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "expected application/json")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LONGEST:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            asked = json.loads(self.rfile.read(int(length)))
            act = {"decide": self._decide, "cover": self._cover}[name]
            self._answer(partial(act, asked))
        except (ValueError, KeyError, TypeError) as error:
            self.send_error(HTTPStatus.BAD_REQUEST, explain=repr(error))

    def _decide(self, asked: dict[str, Any]) -> dict[str, Any]:
        seen, cells = (_row(asked[name]) for name in ("seen", "cells"))
        indicator = _row(asked["indicator"]) if asked.get("indicator") is not None else None
        try:
            told = self._review.decide(seen["start"], seen, cells, indicator)
        except Changed as error:
            return {"written": False, "changed": True, "told": [str(error)], "state": self._review.state()}
        except DataError as error:
            return {"written": False, "problems": self._review.placed(error.problems), "told": []}
        return {"written": True, "told": told, "state": self._review.state()}

    def _cover(self, asked: Any) -> dict[str, Any]:
        count = self._review.cover()
        return {"written": True, "told": [f"{count} row(s) are new."], "state": self._review.state()}

    def _answer(self, make: Callable[[], Any]) -> None:
        """Sends what was made, or what the person can mend."""
        try:
            self._send_json(make())
        except (ZhenzhiError, OSError) as error:
            self._send_json({"error": str(error)}, HTTPStatus.CONFLICT)

    def _name(self) -> str | None:
        """What is asked for, where the request may ask: it names this machine, and knows the token."""
        port = cast(HTTPServer, self.server).server_port
        if self.headers.get("Host") not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.FORBIDDEN, "expected a request for 127.0.0.1")
            return None
        token, slash, name = urlsplit(self.path).path.removeprefix("/").partition("/")
        if not (hmac.compare_digest(token.encode(), self._token.encode()) and slash):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return name

    def _send_json(self, content: Any, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(json.dumps(content, ensure_ascii=False).encode(), "application/json", status)

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", f"{_POLICY} {self._within}")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args) -> None:
        """Requests of one person on the same machine are not worth a line each."""


def _row(cells: Any) -> dict[str, str]:
    if not isinstance(cells, dict) or not all(isinstance(cell, str) for pair in cells.items() for cell in pair):
        raise TypeError("expected cells of text by their columns")
    return cells


def server(review: Review, port: int = 0, framed: bool = False) -> tuple[ThreadingHTTPServer, str]:
    """A server of the page on the loopback address, and the path of the page.

    Args:
        review: what the page shows and writes.
        port: where it listens; 0 takes a free one.
        framed: whether other pages of this machine may show the page within them.

    Raises:
        ZhenzhiError: the port is taken.
    """
    token, within = secrets.token_urlsafe(24), _THIS_MACHINE if framed else "'none'"
    return on_loopback(port, partial(_Page, review=review, token=token, within=within)), f"/{token}/"


def serve(review: Review, port: int) -> None:
    """Serves the page until interrupted; a decision that is being written is written whole."""
    made, path = server(review, port)
    with made:
        print(
            f"Review {review.document_id} at http://127.0.0.1:{made.server_port}{path} (stop with Ctrl-C)", flush=True
        )
        try:
            made.serve_forever()
        except KeyboardInterrupt:
            print()
        finally:
            review.finish()
