"""The page as a reader gets it: what is sent, what it asks for, and whether everyone can use it.

Checked are budgets that do not depend on the machine; times are printed by ``benchmarks/pages.py``.
"""

import re

import pytest
from browser import needs_browser
from screenshots import pages
from wire import PHONE, compressing_server, read, scroll_through, watched

from zhenzhi import paths
from zhenzhi.sphinxext import policy, pruning

CHAPTER = "chapters/jiujiang-2017.html"
WIDE = {"viewport": {"width": 1280, "height": 900}}
AXE = paths.ROOT / "node_modules" / "axe-core" / "axe.min.js"

#: WCAG 2.2 at level AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Bytes and requests of a page without the widget runtime, read from top to end.
BYTES, REQUESTS, SHIFT = 300_000, 20, 0.02


@pytest.fixture(scope="module")
def address(html):
    with compressing_server(html) as running:
        yield running


def names(folder) -> list[str]:
    """All pages that a reader can come to."""
    return [*pages(folder), "search.html", "genindex.html"]


#: One page of each kind; to visit all, again and again, takes half an hour.
KINDS = (
    "index.html",
    "search.html",
    "chapters/xiqiao.html",
    "chapters/compare.html",
    "chapters/method.html",
    "chapters/explorer.html",
    "chapters/downloads.html",
    "chapters/register.html",
    "chapters/register/nanhai.html",
)


@pytest.fixture
def page_names(html, request) -> list[str]:
    """The pages to visit: one of each kind, or all where ``--every-page`` asks for it."""
    return names(html) if request.config.getoption("every_page") else list(KINDS)


def open_everything(page) -> None:
    """Unfolds what is folded and brings the panels to life."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    for place in page.locator(".zz-panel-place").all():
        place.scroll_into_view_if_needed()
    if page.locator(".zz-panel-place").count():
        page.wait_for_function("!document.querySelector('.zz-panel-place:not(.zz-live)')")


@needs_browser
@pytest.mark.parametrize("device", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_page_stays_within_its_budget(browser, address, page_names, device):
    for name in page_names:
        with watched(browser, **device) as (page, visit):
            page.goto(f"{address}/{name}")
            page.wait_for_load_state("networkidle")
            scroll_through(page)
            read(page, visit)
            sent = {url: size for url, size in visit.bytes.items() if "/embed.js" not in url}
            assert all(url.startswith(address) for url in visit.bytes), name
            assert sum(sent.values()) <= BYTES, f"{name}: {sent}"
            assert len(sent) <= REQUESTS, f"{name}: {sorted(sent)}"
            assert visit.shift <= SHIFT, f"{name}: {visit.shifted}"


@needs_browser
def test_no_page_breaks_its_policy_or_says_anything_in_the_console(browser, address, page_names):
    for name in [*page_names, "search.html?q=grid"]:
        with watched(browser, **WIDE) as (page, visit):
            page.goto(f"{address}/{name}")
            open_everything(page)
            read(page, visit)
            assert visit.violations == [], name
            assert [text for text in visit.console if text.startswith(("warning", "error"))] == [], name


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


def test_every_page_has_a_policy_and_only_pages_with_a_panel_allow_eval(html):
    for path in html.rglob("*.html"):
        if "_static" in path.parts:
            continue
        page = path.read_text(encoding="utf-8")
        rules = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert len(rules) == 1, path.name
        assert rules[0].startswith("default-src 'none'; script-src 'self'")
        scripts = rules[0].partition("script-src")[2].partition(";")[0]
        assert "unsafe-inline" not in scripts
        assert ("unsafe-eval" in scripts) == ('class="zz-panel-place"' in page), path.name
        assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_policy_knows_inline_scripts_by_hash_and_leaves_data_alone():
    page = '<script>go()</script><script type="application/ld+json">{}</script><script src="a.js"></script>'
    rules = policy.policy(page)
    assert rules.count("sha256-") == 1
    assert policy.policy(page.replace("go()", "went()")) != rules
    assert "unsafe" not in rules
    assert "style-src 'self' 'unsafe-inline'" in policy.policy('<p style="color: red">')
    assert "'unsafe-eval'" in policy.policy('<div class="zz-panel-place">')


def test_pruning_keeps_what_can_match_and_drops_what_cannot():
    sheet = """
      /* a note */ @import "other.css"; @font-face { font-family: Icons; src: url(icons.woff2) }
      .used, .unused { color: red } .used .unused { color: blue } #here > p { margin: 0 } #gone { margin: 1px }
      p:not(.unused) { color: green } .fa-sun { content: "x" }
      @media print { .unused { display: none } } @media (min-width: 1px) { .used { top: 0 } }
    """
    kept = pruning.prune(sheet, pruning.names_in(['<p class="used other" id="here">'], []))
    assert "red" in kept and "green" in kept and "margin: 0" in kept and "top: 0" in kept
    for gone in ("blue", "1px}", "print", "font-face", "import", "note", "fa-sun", ",.unused"):
        assert gone not in kept


def test_what_is_left_of_a_sheet_depends_on_the_names_asked_alone():
    sheet = ".known > #part { color: red } .lg\\:wide { color: blue } .unknown { color: green }"
    used = {"known", "part", "elsewhere", "lg:wide"}
    asked = pruning.names_asked([sheet], used)
    assert asked == {"known", "part", "lg:wide"}
    assert pruning.prune(sheet, asked) == pruning.prune(sheet, used) != pruning.prune(sheet, set())


@needs_browser
def test_the_widget_runtime_loads_only_when_a_panel_comes_near(browser, address):
    with watched(browser, **WIDE) as (page, visit):
        page.goto(f"{address}/{CHAPTER}")
        page.wait_for_load_state("networkidle")
        assert not [url for url in visit.bytes if "embed.js" in url]
        standin = page.locator(".zz-standin .zz-sentence")
        assert "make 17.3 patrol tasks for each grid and day" in standin.inner_text()
        height = page.locator(".zz-panel-place").bounding_box()["height"]
        page.locator(".zz-panel-place").scroll_into_view_if_needed()
        page.wait_for_selector(".zz-panel-place.zz-live")
        assert [url for url in visit.bytes if "embed.js" in url]
        assert standin.count() == 0
        assert page.locator(".zz-panel-place").bounding_box()["height"] == pytest.approx(height, abs=1)
        assert read(page, visit).shift <= SHIFT


@needs_browser
def test_a_panel_takes_over_what_was_chosen_before_the_runtime_came(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.route("**/embed.js*", lambda route: (page.wait_for_timeout(600), route.continue_()))
        page.goto(f"{address}/{CHAPTER}")
        page.evaluate("document.querySelector('.zz-standin select').focus({ preventScroll: true })")
        page.locator(".zz-standin select").first.select_option("events", no_wait_after=True)
        page.wait_for_selector(".zz-panel-place.zz-live")
        page.wait_for_function("document.querySelector('.zz-sentence').textContent.includes('15,155 events')")
        assert page.evaluate("document.activeElement.selectedOptions[0].textContent").replace("\xa0", " ") == "events"


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(browser, address, page_names, theme):
    """Pages as they come up, with all that can be unfolded open, with a panel alive and with a card open."""
    assert AXE.is_file(), "axe-core is missing; run `make setup`, which fetches it with npm"
    code, found = AXE.read_text(encoding="utf-8"), []
    for name in page_names:
        # Without motion: axe would take the colours of a fold that is still fading in.
        with watched(browser, color_scheme=theme, reduced_motion="reduce", **WIDE) as (page, _):
            page.goto(f"{address}/{name}")
            page.evaluate(code)
            found += violations(page, f"{name}, closed")
            open_everything(page)
            figure = page.locator("a.zz-figure").first
            if figure.count():
                figure.hover()
                page.locator(".zz-card:popover-open").wait_for()
            found += violations(page, f"{name}, open")
    assert not found, "\n".join(found)


def violations(page, where: str) -> list[str]:
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{where}: {rule['id']} at {node['target']}: {node['html'][:120]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


@needs_browser
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(browser, address, page_names, width):
    for name in page_names:
        with watched(browser, viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True) as (page, _):
            page.goto(f"{address}/{name}")
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@needs_browser
def test_only_pictures_of_the_readers_theme_are_sent(browser, address):
    for theme in ("light", "dark"):
        with watched(browser, color_scheme=theme, **WIDE) as (page, visit):
            page.goto(f"{address}/{CHAPTER}")
            scroll_through(page)
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
        page.goto(f"{address}/{CHAPTER}")
        page.emulate_media(media="print", color_scheme=theme)
        hidden = """.bd-sidebar-primary .bd-sidebar-secondary .bd-header-article .prev-next-footer .zz-card .zz-downloads
            .zz-controls .headerlink #jb-print-docs-body details.hide .zz-used"""
        for selector in hidden.split():
            shown = f"[...document.querySelectorAll({selector!r})].filter(e => e.checkVisibility()).length"
            assert page.evaluate(shown) == 0, selector
        for selector in ("article h1", ".zz-standin .zz-sentence", ".zz-licence", "figure.zz-chart figcaption"):
            assert page.locator(selector).first.is_visible(), selector
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        formats = "all => all.filter(e => e.checkVisibility()).map(e => e.firstChild.data.trim())"
        assert page.locator(".zz-cite dt").evaluate_all(formats) == ["APA", "GB/T 7714"]
        page.pdf()
        pictures = [url for url in visit.bytes if "/figures/" in url and "-dark.svg" not in url]
        assert len(pictures) == page.locator("figure.zz-chart").count()


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
