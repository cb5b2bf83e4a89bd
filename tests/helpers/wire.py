"""What a reader's browser gets and does when a page is opened: for the tests and the benchmark.

The book is served as web hosts do, text compressed with gzip. Bytes are those on the wire, heads included.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event

from playwright.sync_api import Browser, Page

from helpers.chromium import FRAME, serving

#: A phone on a mobile network, as Lighthouse sets it: 1.6 Mbit/s down, 0.75 up, 150 ms, a quarter of the speed.
LATENCY, DOWN, UP, SLOWER = 150, 1.6e6 / 8, 0.75e6 / 8, 4
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}

_COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".csv"}

_WATCH = """(() => {
  const seen = (window.__seen = { fcp: 0, lcp: 0, shift: 0, blocking: 0, violations: [], shifted: [] });
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => {
    if (entry.hadRecentInput) return;
    seen.shift += entry.value;
    seen.shifted.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML?.slice(0, 90))].join(" "));
  });
  watch("longtask", (entry) => { seen.blocking += Math.max(0, entry.duration - 50); });
  addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
})();"""

#: Gives the page two frames and an idle moment; returns how many pictures in the window are still to come.
_IDLE = (
    """async () => {
  """
    + 2 * FRAME
    + """
  await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
  const box = (image) => image.getBoundingClientRect();
  return [...document.images].filter((image) => image.checkVisibility() && !image.complete &&
    (image.loading === "eager" || (box(image).top < innerHeight && box(image).bottom > 0))).length;
}"""
)

_READ = (
    """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight * 0.8) {
    scrollTo({ top, behavior: "instant" });
    """
    + FRAME
    + """
  }
  scrollTo({ top: 0, behavior: "instant" });
}"""
)


@dataclass
class Visit:
    """What was seen: bytes by address, what the console said, and how the page came up (milliseconds).

    Attributes:
        asked: the address of each request, by the browser's name for it.
        pending: the requests that are not answered yet.
    """

    bytes: dict[str, int] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    console: list[str] = field(default_factory=list)
    fcp: float = 0
    lcp: float = 0
    shift: float = 0
    blocking: float = 0
    violations: list[str] = field(default_factory=list)
    shifted: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.bytes.values())


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = _content(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """Requests are counted in the browser."""


class _Halting(_Compressing):
    """Sends what stands above the first section of a page, and the rest when that is ``drawn``."""

    def __init__(self, *args, drawn: Event, **options) -> None:
        self._drawn = drawn
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html":
            super().do_GET()
            return
        content = path.read_bytes()
        above = content.index(b"<h2")
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:above])
        self.wfile.flush()
        self._drawn.wait(60)
        self.wfile.write(content[above:])


@cache
def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 6) if path.suffix in _COMPRESSED else content


@contextmanager
def compressing_server(folder: Path, drawn: Event | None = None) -> Iterator[str]:
    """Serves a folder; yields its address. With ``drawn``, pages stop below their head until it is set."""
    handler = partial(_Halting, drawn=drawn) if drawn else _Compressing
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))) as address:
        try:
            yield address
        finally:
            _content.cache_clear()


@contextmanager
def watched(browser: Browser, throttled: bool = False, **options) -> Iterator[tuple[Page, Visit]]:
    """A page that notes what happens on it; ``read`` takes in what the page itself measured."""
    context = browser.new_context(**options)
    page, visit = context.new_page(), Visit()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: _note(visit, event))
    session.on("Network.loadingFinished", lambda event: _count(visit, event))
    session.on("Network.loadingFailed", lambda event: visit.pending.discard(event["requestId"]))
    page.on("console", lambda message: visit.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit.console.append(f"error: {error}"))
    if throttled:
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield page, visit
    finally:
        context.close()


def _note(visit: Visit, event: dict) -> None:
    url = event["request"]["url"]
    if not url.startswith(("data:", "blob:")):
        visit.asked[event["requestId"]] = url
        visit.pending.add(event["requestId"])


def _count(visit: Visit, event: dict) -> None:
    visit.pending.discard(event["requestId"])
    if event["requestId"] in visit.asked:
        url = visit.asked[event["requestId"]]
        visit.bytes[url] = visit.bytes.get(url, 0) + int(event["encodedDataLength"])


def read(page: Page, visit: Visit) -> Visit:
    """Takes in what the page measured since it was opened."""
    for name, value in page.evaluate("window.__seen").items():
        setattr(visit, name, value)
    return visit


def settle(page: Page, visit: Visit) -> None:
    """Waits until the pictures in the window are loaded, the page has nothing to do and every request is answered."""
    while page.evaluate(_IDLE) or visit.pending:
        page.wait_for_timeout(20)


def read_through(page: Page, visit: Visit) -> None:
    """Scrolls from top to end, a window at a time, and back, so that what loads late is loaded."""
    page.evaluate(_READ)
    settle(page, visit)


def open_everything(page: Page) -> None:
    """Unfolds what is folded, and uses the panels."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    for chosen in page.locator(".zz-panel select").all():
        chosen.select_option(index=chosen.locator("option").count() - 1)


def scroll_through(page: Page, past: str = "") -> None:
    """Scrolls down step by step, to the end or until the element ``past`` is within two windows."""
    height = page.viewport_size["height"]
    stop = f"document.querySelector({past!r}).getBoundingClientRect().top < {2.2 * height}" if past else "false"
    for _ in range(400):
        if page.evaluate(f"{stop} || scrollY + innerHeight >= document.documentElement.scrollHeight - 2"):
            break
        page.evaluate("scrollBy(0, innerHeight * 0.8)")
        page.wait_for_timeout(30)
    page.wait_for_load_state("networkidle")
