"""A site of two releases in a browser: everything leads to the newest, and the switcher to the same place in another."""

import os
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from helpers.chromium import needs_browser, serving
from helpers.released import SMALL
from zhenzhi.releasing import site


@pytest.fixture(scope="module", params=["http", "file"])
def address(request, released):
    """The site under a path of a server, and on the disk."""
    if request.param == "file":
        yield released.site.as_uri()
        return
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(released.root)))) as root:
        yield f"{root}/site"


@pytest.fixture
def page(browser):
    """A page that must show without an error; a request dropped because the page was left is none."""
    page = browser.new_page()
    errors = []

    def failed(request):
        if request.failure != "net::ERR_ABORTED":
            errors.append(f"{request.url}: {request.failure}")

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", failed)
    yield page
    page.close()
    assert errors == []


def versions(page):
    return page.locator(".zz-version details")


@needs_browser
@pytest.mark.parametrize("start", ["", "latest/"])
def test_the_root_and_latest_lead_to_the_newest(page, address, start):
    page.goto(f"{address}/{start}index.html")
    page.wait_for_url(f"{address}/0.2.0/index.html")


@needs_browser
def test_latest_keeps_page_and_anchor(page, address):
    page.goto(f"{address}/latest/chapters/register/jj17.html#claim-jj17-grids")
    page.wait_for_url(f"{address}/0.2.0/chapters/register/jj17.html#claim-jj17-grids")


@needs_browser
def test_the_switcher_goes_to_the_same_place_in_another_version_by_keyboard(page, address):
    page.goto(f"{address}/0.2.0/chapters/register/jj17.html#claim-jj17-grids")
    versions(page).wait_for()
    page.locator(".zz-version summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".zz-version li").all_inner_texts() == ["0.2.0, the newest, this version", "0.1.0"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/0.1.0/chapters/register/jj17.html#claim-jj17-grids")


@needs_browser
def test_the_switcher_says_where_a_page_is_not_there(page, address):
    page.goto(f"{address}/0.2.0/chapters/new.html")
    versions(page).wait_for()
    page.locator(".zz-version summary").click()
    link = page.locator(".zz-version li a")
    assert link.inner_text() == "0.1.0 does not have this page; its opening"
    link.click()
    page.wait_for_url(f"{address}/0.1.0/index.html")


@needs_browser
def test_an_old_version_says_that_a_newer_one_exists(page, address):
    page.goto(f"{address}/0.1.0/{SMALL}")
    note = page.locator(".zz-newer")
    note.wait_for()
    assert note.inner_text() == "This is version 0.1.0. Version 0.2.0 is newer: read this page there."
    note.locator("a").click()
    page.wait_for_url(f"{address}/0.2.0/{SMALL}")
    versions(page).wait_for()
    assert page.locator(".zz-newer").count() == 0


@needs_browser
def test_the_state_between_releases_says_so_and_leads_to_the_newest(page, released, tmp_path):
    own = tmp_path / "site"
    shutil.copytree(released.site, own, copy_function=os.link)
    site.add_development(own, own / "0.2.0")
    page.goto(f"{own.as_uri()}/dev/{SMALL}")
    versions(page).wait_for()
    assert page.locator(".zz-version summary").inner_text() == "Between releases"
    page.locator(".zz-version summary").click()
    assert page.locator(".zz-version li a").all_inner_texts() == ["0.2.0, the newest", "0.1.0"]
    note = page.locator(".zz-newer")
    assert note.inner_text().endswith("to cite it, read this page in version 0.2.0.")
    note.locator("a").click()
    page.wait_for_url(f"{own.as_uri()}/0.2.0/{SMALL}")


@needs_browser
def test_every_page_has_the_switcher(page, address, released):
    for name in ("index.html", "search.html", "genindex.html", SMALL, "chapters/changes.html"):
        page.goto(f"{address}/0.2.0/{name}")
        versions(page).wait_for(state="attached")


@needs_browser
def test_a_plain_build_shows_its_version_and_asks_for_no_list(page, html):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((html / "index.html").as_uri())
    assert page.locator(".zz-version").inner_text().startswith("Version ")
    assert versions(page).count() == 0
    assert [url for url in requests if "versions.js" in url] == []
