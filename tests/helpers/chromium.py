"""A headless chromium for the tests and screenshots (Debian's, driven by Playwright), and a server for it to read from."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, sync_playwright

#: Flags under which chromium runs as root and asks nothing of the network by itself.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Lets a page draw once. A window without a screen now and then draws no more until it is touched: then time has to do.
FRAME = "await Promise.race([new Promise(requestAnimationFrame), new Promise((done) => setTimeout(done, 250))]);"


def executable() -> str | None:
    """Path of the installed browser; ``None`` where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


#: Without a browser these tests are left out; in continuous integration they fail.
needs_browser = pytest.mark.skipif(
    executable() is None and "CI" not in os.environ, reason="no chromium is installed; .ci/install brings it"
)


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """Serves in the background; yields the address."""
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
