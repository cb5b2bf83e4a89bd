"""Where things stand in the window: charts beside their text, the contents, menus, what is at the end of a page."""

import pytest

from helpers.chromium import needs_browser
from helpers.wire import PHONE, compressing_server
from helpers.wire import watched as watching

CHAPTER = "chapters/jiujiang-2017.html"
WITH_PANEL = "chapters/audit.html"


def watched(browser, **options):
    """A page that notes what happens on it. Playwright waits by eval, which the pages' policy forbids."""
    return watching(browser, bypass_csp=True, **options)


@pytest.fixture(scope="module")
def address(html):
    with compressing_server(html) as running:
        yield running


@needs_browser
def test_the_contents_make_room_for_a_chart_and_come_back_for_the_keyboard(browser, address):
    with watched(browser, viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        contents = page.locator("#pst-secondary-sidebar")
        height = "document.querySelector('#pst-secondary-sidebar').offsetHeight"
        whole = page.evaluate(height)
        page.locator("#fig-jj17-grid-staffing").scroll_into_view_if_needed()
        page.wait_for_function(f"{height} < 60")
        contents.locator("a").first.focus()
        page.wait_for_function(f"{height} >= Math.min({whole}, 700)")
        assert page.evaluate("getComputedStyle(document.querySelector('nav.page-toc')).opacity") == "1"
        # No chart covers what has the focus.
        box = contents.locator("a").first.bounding_box()
        top = "([x, y]) => document.elementFromPoint(x, y).closest('#pst-secondary-sidebar') !== null"
        assert page.evaluate(top, [box["x"] + 5, box["y"] + 5])


@needs_browser
def test_a_button_to_the_top_covers_no_chart(browser, address):
    with watched(browser, viewport={"width": 1280, "height": 800}) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        page.locator("#fig-jj17-grid-staffing").scroll_into_view_if_needed()
        button = page.locator("#pst-back-to-top")
        button.wait_for(state="visible")
        bar = page.locator(".bd-header-article").bounding_box()
        box = button.bounding_box()
        assert bar["y"] <= box["y"] and box["y"] + box["height"] <= bar["y"] + bar["height"] + 1
        for control in page.locator(".bd-header-article :is(a, button):not(#pst-back-to-top)").all():
            if control.is_visible():
                other = control.bounding_box()
                assert other["x"] + other["width"] <= box["x"] or box["x"] + box["width"] <= other["x"]
        button.click()
        page.wait_for_function("scrollY === 0")


@needs_browser
@pytest.mark.parametrize("language", ["", "zh/"])
def test_a_figure_has_one_menu_with_its_files_data_citation_and_code(browser, address, english, language):
    with watched(browser, viewport={"width": 1280, "height": 900}) as (page, visit):
        page.goto(f"{address}/{language}{CHAPTER}")
        figures = page.locator("figure.zz-chart")
        menus = page.locator("figure.zz-chart details.zz-menu")
        assert figures.count() == menus.count() > 3
        titles = menus.locator("> summary .zz-hidden").all_inner_texts()
        assert len(set(titles)) == len(titles)  # heard one after the other, each says of which figure it is
        menu = page.locator("#fig-jj17-grid-staffing .zz-menu")
        menu.locator("> summary").focus()
        page.keyboard.press("Enter")
        assert menu.locator(".zz-downloads a").count() == 3
        for part, held in ((".zz-data", "table td"), (".zz-cite-fold", ".zz-cite pre"), (".zz-code", "pre")):
            page.keyboard.press("Tab")
            while not page.evaluate("document.activeElement.matches('summary')"):
                page.keyboard.press("Tab")
            assert page.evaluate(f"document.activeElement.parentElement.matches('{part}')"), part
            page.keyboard.press("Enter")
            menu.locator(f"{part} {held}").first.wait_for(state="visible")
            page.keyboard.press("Enter")
        assert "charts.bars(" in menu.locator(".zz-code pre").text_content()
        assert [line for line in visit.console if line.startswith("error")] == []


@needs_browser
def test_one_switch_shows_the_code_behind_every_figure_and_panel(browser, address):
    with watched(browser, viewport={"width": 1280, "height": 900}) as (page, _):
        page.goto(f"{address}/{WITH_PANEL}")
        switch = page.get_by_role("button", name="Code", exact=True)
        assert switch.get_attribute("aria-pressed") == "false"
        made = page.locator("figure.zz-chart, .zz-panel").count()
        folds = page.locator("details.zz-code")
        assert folds.count() == made and not any(fold.is_visible() for fold in folds.all())
        switch.press("Enter")
        assert switch.get_attribute("aria-pressed") == "true"
        for fold in folds.all():
            fold.locator("pre").wait_for(state="visible")
        assert "panels.rounding(" in page.locator(".cell:has(.zz-panel) .zz-code pre").inner_text()
        switch.press("Enter")
        assert switch.get_attribute("aria-pressed") == "false"
        assert not any(fold.is_visible() for fold in folds.all())
        page.goto(f"{address}/chapters/glossary.html")
        assert page.locator(".zz-code-switch").count() == 0


@needs_browser
@pytest.mark.parametrize("width", [320, 390])
def test_the_way_to_the_next_page_lies_within_the_window(browser, address, html, width):
    for name in ("chapters/jiujiang-2017.html", "zh/chapters/method.html", "index.html"):
        with watched(browser, **{**PHONE, "viewport": {"width": width, "height": 800}}) as (page, _):
            page.goto(f"{address}/{name}")
            ends = page.locator(".prev-next-area :is(i, p)").evaluate_all(
                "all => all.map(e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right])"
            )
            assert ends and all(left >= 0 and right <= width for left, right in ends), (name, ends)


@needs_browser
@pytest.mark.parametrize("device", [PHONE, {"viewport": {"width": 1280, "height": 900}}], ids=["phone", "wide"])
def test_the_words_in_a_panel_are_large_enough(browser, address, device):
    sizes = """() => [...document.querySelectorAll(".zz-panel-picture text")].map((text) =>
      [text.textContent, parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a])"""
    for name in ("index.html", WITH_PANEL, "chapters/method.html", "zh/chapters/jiujiang-plans.html"):
        with watched(browser, **device) as (page, _):
            page.goto(f"{address}/{name}")
            found = page.evaluate(sizes)
            assert found and all(size >= 12.9 for _, size in found), (name, found)
