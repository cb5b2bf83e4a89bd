"""Every page of the book, visited once: what it is sent, asks for and says, and where things stand; some also on a phone.

Budgets do not depend on the machine; times are printed by ``benchmarks/pages.py``.
"""

from dataclasses import dataclass, field, replace

import pytest

from helpers.chromium import needs_browser
from helpers.wire import PHONE, Visit, compressing_server, open_everything, read, read_through, settle, watched

#: Bytes and requests of a page, read from top to end, and how much of it moves.
BYTES, REQUESTS, SHIFT = 300_000, 20, 0.02

WINDOWS = {"wide": {"viewport": {"width": 1280, "height": 900}}, "phone": PHONE}

#: Widths of a window, and whether charts then stand in its margin.
WIDTHS = {"wide": {1280: True, 1440: True, 1920: True, 1024: False}, "phone": {390: False}}

#: The charts beside the text: where each stands, the paragraph after it, and whatever else of the text reaches over.
ASIDES = """() => {
  const box = (element) => element.getBoundingClientRect();
  const shown = [...document.querySelectorAll(".bd-article section > :not(section, .cell.tag_margin)")]
    .filter((element) => element.checkVisibility() && box(element).height > 0 && element.className !== "zz-cards");
  return [...document.querySelectorAll(".cell.tag_margin")].map((cell) => {
    const figure = box(cell.querySelector("figure"));
    const next = cell.nextElementSibling;
    return {
      name: cell.querySelector("figure").id,
      left: figure.left, right: figure.right, top: figure.top + scrollY, bottom: figure.bottom + scrollY,
      text: box(next).top + scrollY, tag: next.tagName,
      over: shown.filter((other) => box(other).right > figure.left + 1 && box(other).left < figure.right &&
        box(other).top < figure.bottom && box(other).bottom > figure.top).map((other) => other.outerHTML.slice(0, 80)),
      room: document.documentElement.clientWidth,
      picture: [...cell.querySelectorAll("img")].find((image) => image.checkVisibility())?.currentSrc,
    };
  });
}"""

#: What stands over what comes after it.
OVERLAPS = """() => [...document.querySelectorAll(".bd-article section")].flatMap((section) => {
  const boxes = [...section.children].filter((box) => box.checkVisibility() && box.getBoundingClientRect().height > 0);
  const low = (box) => Math.max(...[box, ...box.querySelectorAll("table, p, li")]
    .filter((inner) => inner.checkVisibility() && !inner.closest(".zz-hidden"))
    .map((inner) => inner.getBoundingClientRect().bottom));
  return boxes.slice(1).flatMap((box, at) => {
    const over = low(boxes[at]) - box.getBoundingClientRect().top;
    return over > 2 ? [`${boxes[at].className} over ${box.outerHTML.slice(0, 80)} by ${over}`] : [];
  });
})"""

#: The first of what is folded that is not printed.
UNPRINTED = """() => [...document.querySelectorAll(":is(.zz-caveats, .zz-folded) li")].slice(0, 3)
  .filter((item) => !item.checkVisibility()).map((item) => item.outerHTML.slice(0, 80))"""

#: Signs of a font for signs, which is not sent: a reader would see an empty box.
SIGNS = r"""() => [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility() &&
  ["::before", "::after"].some((part) => /[\ue000-\uf8ff]/.test(getComputedStyle(element, part).content)))
  .map((element) => element.outerHTML.slice(0, 80))"""

EAGER = "document.querySelectorAll('img').forEach(image => image.loading = 'eager')"
PICTURES = "[...document.images].filter(image => image.checkVisibility())"
BROKEN = f"{PICTURES}.filter(image => !image.naturalWidth).map(image => image.src)"
CHARTS = f"{PICTURES}.filter(image => image.closest('.zz-chart')).map(image => image.currentSrc)"


@dataclass
class Seen:
    """One visit to a page.

    Attributes:
        read: what was sent when the page had been read from top to end, and how much moved until then.
        visit: what was asked for and said in all, also while everything was unfolded and used.
        broken: the pictures that did not load.
        signs: what bears a sign of a font that is not sent.
        charts: the pictures of charts as they were chosen for the window.
        asides: the charts beside the text, by the width of the window; of a page that has any.
        reach: how wide the page is with everything unfolded, by the width of the window.
        misprinted: what overlaps in print, and what is folded there; of a wide page.
    """

    read: Visit
    visit: Visit
    broken: list[str]
    signs: list[str]
    charts: list[str]
    asides: dict[int, list[dict]] = field(default_factory=dict)
    reach: dict[int, int] = field(default_factory=dict)
    misprinted: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def address(html):
    with compressing_server(html) as running:
        yield running


@pytest.fixture(scope="module", params=WINDOWS)
def device(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def seen(device, browser, address, every_page, some_pages) -> dict[str, Seen]:
    """What was seen of each page."""
    names = {"wide": every_page, "phone": some_pages}[device]
    searches = ["search.html?q=grid", "zh/search.html?q=网格"]
    return {name: look(browser, f"{address}/{name}", device) for name in [*names, *searches]}


def look(browser, address: str, device: str) -> Seen:
    with watched(browser, **WINDOWS[device]) as (page, visit):
        page.goto(address)
        settle(page, visit)
        read_through(page, visit)
        first = replace(read(page, visit), bytes=dict(visit.bytes))
        found = Seen(first, visit, page.evaluate(BROKEN), page.evaluate(SIGNS), page.evaluate(CHARTS))
        page.evaluate(EAGER)
        if page.locator(".cell.tag_margin").count():
            for width in WIDTHS[device]:
                resize(page, width)
                settle(page, visit)
                found.asides[width] = page.evaluate(ASIDES)
        if device == "wide":
            found.misprinted = misprinted(page)
        open_everything(page)
        found.reach = {width: reach(page, width) for width in (390, 320)}
        settle(page, visit)
        read(page, visit)
    return found


def resize(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": page.viewport_size["height"]})


def reach(page, width: int) -> int:
    resize(page, width)
    return page.evaluate("document.documentElement.scrollWidth")


def misprinted(page) -> list[str]:
    resize(page, 720)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    found = page.evaluate(OVERLAPS) + page.evaluate(UNPRINTED)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    return found


@needs_browser
def test_a_page_stays_within_its_budget(seen):
    for name, page in seen.items():
        assert page.read.total <= BYTES, f"{name}: {page.read.bytes}"
        assert len(page.read.bytes) <= REQUESTS, f"{name}: {sorted(page.read.bytes)}"
        assert page.read.shift <= SHIFT, f"{name}: {page.read.shifted}"


@needs_browser
def test_no_page_asks_another_host(seen, address):
    assert [url for page in seen.values() for url in page.visit.asked.values() if not url.startswith(address)] == []


@needs_browser
def test_no_page_breaks_its_policy_or_says_anything_in_the_console(seen):
    """Also that no request fails: the console would say so."""
    for name, page in seen.items():
        assert page.visit.violations == [], name
        assert [text for text in page.visit.console if text.startswith(("warning", "error"))] == [], name


@needs_browser
def test_every_picture_loads_and_a_phone_gets_narrow_ones(seen, device):
    for name, page in seen.items():
        assert page.broken == [], name
        assert device == "wide" or all("-narrow" in source for source in page.charts), name
    assert any(page.charts for page in seen.values())


@needs_browser
def test_no_sign_is_an_empty_box(seen):
    assert {name: page.signs for name, page in seen.items() if page.signs} == {}


@needs_browser
def test_no_page_scrolls_sideways_in_a_narrow_window(seen):
    for name, page in seen.items():
        for width, reached in page.reach.items():
            assert reached <= width, name


@needs_browser
def test_the_main_charts_stand_beside_their_text_where_there_is_room_and_elsewhere_before_it(seen, device):
    assert device == "phone" or sum(any(page.asides.values()) for page in seen.values()) >= 20  # in two languages
    for name, page in seen.items():
        for width, charts in page.asides.items():
            beside, above = WIDTHS[device][width], 0.0
            for chart in charts:
                where = f"{name}: {chart}"
                assert ("-narrow" in chart["picture"]) == (beside or device == "phone"), where
                if not beside:
                    assert chart["bottom"] <= chart["text"], where
                    continue
                assert chart["right"] <= chart["room"], where
                assert chart["over"] == [], where
                # At the top of the text that tells it, or below the chart before.
                assert 0 <= chart["top"] - max(chart["text"], above) <= 60, where
                above = chart["bottom"]


@needs_browser
def test_nothing_overlaps_in_print_and_what_is_folded_is_printed(seen):
    assert {name: page.misprinted for name, page in seen.items() if page.misprinted} == {}


@needs_browser
def test_a_chart_of_the_margin_is_printed_in_the_column(browser, address):
    with watched(browser, **WINDOWS["wide"]) as (page, visit):
        page.goto(f"{address}/chapters/jiujiang-2017.html")
        page.emulate_media(media="print")
        page.evaluate(EAGER)
        settle(page, visit)
        charts = page.evaluate(ASIDES)
    assert charts
    for chart in charts:
        assert chart["bottom"] <= chart["text"] and chart["right"] <= chart["room"], chart
        assert "-narrow" not in chart["picture"], chart
