"""Serves the built book on this machine only, and of this machine only the book."""

import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from zhenzhi.errors import ZhenzhiError

#: The names of this machine under which the book is asked for; another host's page that points here has its own.
_HOSTS = ("127.0.0.1", "localhost")


class Handler(SimpleHTTPRequestHandler):
    """Sends files of the book: no lists of folders, and no file that a link leads to outside."""

    def send_head(self):
        if not self.is_for_this_machine():
            return None
        if not self.is_inside(Path(self.translate_path(self.path))):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def is_for_this_machine(self) -> bool:
        """Whether this machine is asked under a name of its own; another is refused."""
        if self.headers.get("Host", "").partition(":")[0] in _HOSTS:
            return True
        self.send_error(HTTPStatus.FORBIDDEN, f"expected a request for {' or '.join(_HOSTS)}")
        return False

    def is_inside(self, file: Path) -> bool:
        """Whether a file lies in the book, wherever links lead."""
        try:
            return file.resolve().is_relative_to(Path(self.directory).resolve())
        except (OSError, ValueError):
            return False  # no name of a file, such as one with a zero byte

    def list_directory(self, path):
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *args) -> None:
        """Requests of a reader on the same machine are not worth a line each."""


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of ``folder`` on the loopback address; port 0 takes a free one.

    Raises:
        ZhenzhiError: there is no book in the folder, or the port is taken.
    """
    if not (folder / "index.html").is_file():
        raise ZhenzhiError(f"there is no book at {folder}; build it with `make book`")
    return on_loopback(port, partial(Handler, directory=str(folder)))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address) -> None:
        """A browser that closes a page while it is answered is no fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def on_loopback(port: int, handler: Callable[..., BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server on the loopback address.

    Raises:
        ZhenzhiError: the port is taken, or there is none of this number.
    """
    try:
        return _Server(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:  # an OverflowError where there is no such port
        reason = getattr(error, "strerror", None) or "expected one from 0 to 65535"
        raise ZhenzhiError(f"port {port} cannot be used: {reason}; choose another with PORT=") from None


def serve(folder: Path, port: int) -> None:
    """Serves until interrupted."""
    with server(folder, port) as running:
        print(f"Serving {folder} at http://127.0.0.1:{running.server_port}/ (stop with Ctrl-C)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
