"""The page as a reader gets it, and whether everyone can use it; what is asked of every page: ``test_every_page.py``."""

from threading import Event

import pytest

from helpers.axe import in_both_themes
from helpers.chromium import needs_browser
from helpers.wire import compressing_server, open_everything, read, read_through, settle, watched

CHAPTER = "chapters/jiujiang-2017.html"
#: A chapter with a panel.
WITH_PANEL = "chapters/jiujiang-plans.html"
WIDE = {"viewport": {"width": 1280, "height": 900}}
#: How much of a page may move.
SHIFT = 0.02


@pytest.fixture(scope="module")
def address(html):
    with compressing_server(html) as running:
        yield running


@needs_browser
def test_a_policy_stops_what_is_not_the_books_own(browser, address):
    with watched(browser, **WIDE) as (page, visit):
        page.goto(f"{address}/{CHAPTER}")
        page.evaluate("""() => {
          const script = document.createElement("script");
          script.textContent = "window.foreign = true";
          document.head.append(script);
          document.body.append(Object.assign(new Image(), { src: "https://example.org/a.png" }));
        }""")
        page.wait_for_function("window.__seen.violations.length === 2")
        assert page.evaluate("window.foreign") is None


@needs_browser
@pytest.mark.parametrize(
    "name", ["index.html", CHAPTER, f"zh/{CHAPTER}", "chapters/compare.html", "chapters/explorer.html"]
)
def test_nothing_moves_while_a_page_comes_in(browser, html, name):
    drawn = Event()
    with compressing_server(html, drawn) as address, watched(browser, **WIDE) as (page, visit):
        page.goto(f"{address}/{name}", wait_until="commit")
        for _ in range(250):  # a window without a screen may not draw
            if read(page, visit).fcp:
                break
            page.wait_for_timeout(20)
        drawn.set()
        page.wait_for_load_state()
        settle(page, visit)
        seen = read(page, visit)
    assert seen.shift <= SHIFT, seen.shifted


@needs_browser
def test_nothing_is_loaded_for_a_panel(browser, address):
    with watched(browser, **WIDE) as (page, visit):
        page.goto(f"{address}/{WITH_PANEL}")
        read_through(page, visit)
        before = set(visit.bytes)
        height = page.locator(".zz-panel").bounding_box()["height"]
        page.locator(".zz-panel select").first.select_option(index=1)
        assert set(visit.bytes) == before
        assert page.locator(".zz-panel").bounding_box()["height"] == pytest.approx(height, abs=1)
        assert read(page, visit).shift <= SHIFT


@needs_browser
def test_axe_finds_no_violation(browser, address, some_pages):
    """Pages as they come up, with all that can be unfolded open, with the panels used and with a card open."""
    found = []
    for name in some_pages:
        # Without motion: axe would take the colours of a fold that is still fading in.
        with watched(browser, reduced_motion="reduce", **WIDE) as (page, _):
            page.goto(f"{address}/{name}")
            found += in_both_themes(page, f"{name}, closed")
            open_everything(page)
            figure = page.locator("a.zz-figure").first
            if figure.count():
                figure.hover()
                page.locator(".zz-card:popover-open").wait_for()
            found += in_both_themes(page, f"{name}, open")
    assert not found, "\n".join(found)


@needs_browser
def test_only_pictures_of_the_readers_theme_are_sent(browser, address):
    for theme in ("light", "dark"):
        with watched(browser, color_scheme=theme, **WIDE) as (page, visit):
            page.goto(f"{address}/{CHAPTER}")
            read_through(page, visit)
            pictures = [url for url in visit.bytes if "/figures/" in url]
            assert pictures
            assert all(("-dark.svg" in url) == (theme == "dark") for url in pictures)


@needs_browser
def test_the_keyboard_reaches_the_text_first_and_sees_where_it_is(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
        unseen = []
        for _ in range(120):
            page.keyboard.press("Tab")
            unseen += page.evaluate("""() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const box = element.getBoundingClientRect();
              const seen = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none" && box.width > 0;
              return element === document.body || seen ? [] : [element.outerHTML.slice(0, 120)];
            }""")
        assert unseen == []


@needs_browser
def test_reduced_motion_and_forced_colours_are_respected(browser, address):
    with watched(browser, reduced_motion="reduce", forced_colors="active", **WIDE) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        moving = """[...document.querySelectorAll('body *')].filter(element =>
          parseFloat(getComputedStyle(element).transitionDuration) > 0 ||
          getComputedStyle(element).animationName !== 'none').length"""
        assert page.evaluate(moving) == 0
        paper = "getComputedStyle(document.querySelector('.zz-chart img')).backgroundColor"
        assert page.evaluate(paper) not in ("rgba(0, 0, 0, 0)", "transparent")


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_printed_page_is_the_text_and_its_figures_on_white(browser, address, theme):
    with watched(browser, color_scheme=theme, **WIDE) as (page, visit):
        page.goto(f"{address}/{WITH_PANEL}")
        page.emulate_media(media="print", color_scheme=theme)
        hidden = """.bd-sidebar-primary .bd-sidebar-secondary .bd-header-article .prev-next-footer .zz-card .zz-downloads
            .zz-controls .headerlink #jb-print-docs-body details.hide .zz-used"""
        for selector in hidden.split():
            shown = f"[...document.querySelectorAll({selector!r})].filter(e => e.checkVisibility()).length"
            assert page.evaluate(shown) == 0, selector
        for selector in ("article h1", ".zz-panel .zz-sentence", ".zz-licence", "figure.zz-chart figcaption"):
            assert page.locator(selector).first.is_visible(), selector
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        formats = "all => all.filter(e => e.checkVisibility()).map(e => e.firstChild.data.trim())"
        assert page.locator(".zz-cite dt").evaluate_all(formats) == ["APA", "GB/T 7714"]
        page.pdf()
        # A chart in the margin of the window is drawn anew, and wider, for the paper.
        pictures = {url.replace("-narrow", "") for url in visit.bytes if "/figures/" in url and "-dark.svg" not in url}
        assert len(pictures) == page.locator("figure.zz-chart:has(img)").count() > 0


@needs_browser
def test_the_end_of_a_page_gives_the_licence_and_the_version(browser, address, english):
    from zhenzhi import __version__

    with watched(browser, **WIDE) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        assert page.locator(".zz-licence").inner_text() == english.label("licence-line", version=__version__)


@needs_browser
def test_a_wide_page_has_one_search_box(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        buttons = page.locator(".search-button__button")
        assert sum(button.is_visible() for button in buttons.all()) == 1
        page.locator(".search-button-field").click()
        page.locator("#pst-search-dialog input").fill("grids")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=grids")


@needs_browser
@pytest.mark.parametrize("name", ["localStorage", "sessionStorage"])
def test_a_page_works_where_the_browser_keeps_nothing(browser, address, name):
    with watched(browser, **WIDE) as (page, visit):
        page.add_init_script(
            f"Object.defineProperty(window, '{name}', "
            "{ get() { throw new DOMException('no', 'SecurityError'); }, configurable: true })"
        )
        page.goto(f"{address}/{CHAPTER}")
        page.locator("a.zz-figure").first.hover()
        page.locator(".zz-card:popover-open").wait_for()
        assert [text for text in visit.console if text.startswith("error")] == []


@needs_browser
def test_the_contents_mark_the_section_that_is_read_and_a_button_leads_to_the_top(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.goto(f"{address}/{CHAPTER}")
        links = page.locator(".page-toc a[href^='#']")
        for number in (2, links.count() // 2, 1):
            target = links.nth(number).get_attribute("href")
            page.evaluate(
                "id => scrollTo(0, document.getElementById(id).getBoundingClientRect().top + scrollY - 290)", target[1:]
            )
            page.wait_for_function(
                "href => document.querySelector('.page-toc a.active')?.getAttribute('href') === href", arg=target
            )
        assert page.locator("#pst-back-to-top").is_visible()


@needs_browser
def test_the_citations_of_a_record_have_its_full_width(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.goto(f"{address}/chapters/register/jj17.html")
        page.evaluate("document.querySelector('.zz-record .zz-cite-fold').open = true")
        record = page.locator(".zz-record:has(.zz-cite-fold)").first
        citation = record.locator(".zz-cite pre").first
        assert citation.bounding_box()["width"] > 0.9 * record.bounding_box()["width"]
