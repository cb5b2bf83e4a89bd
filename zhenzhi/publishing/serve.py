"""Serves the built book on this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from zhenzhi.errors import ZhenzhiError


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        """Requests of a reader on the same machine are not worth a line each."""


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of ``folder`` on the loopback address; port 0 takes a free one.

    Raises:
        ZhenzhiError: there is no book in the folder, or the port is taken.
    """
    if not (folder / "index.html").is_file():
        raise ZhenzhiError(f"there is no book at {folder}; build it with `make book`")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        raise ZhenzhiError(f"port {port} cannot be used: {error.strerror}; choose another with PORT=") from None


def serve(folder: Path, port: int) -> None:
    """Serves until interrupted."""
    with server(folder, port) as running:
        print(f"Serving {folder} at http://127.0.0.1:{running.server_port}/ (stop with Ctrl-C)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
