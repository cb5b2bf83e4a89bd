"""The switch between the languages of the book, as a reader uses it."""

import pytest

from helpers.chromium import needs_browser
from helpers.wire import compressing_server
from zhenzhi import locales, paths
from zhenzhi.releasing import site

OTHERS = locales.languages(paths.ROOT)[1:]
pytestmark = pytest.mark.skipif(not OTHERS, reason="the project has one language: locale/ holds no translations")


@needs_browser
def test_the_switch_keeps_page_and_anchor_and_is_remembered(browser, html):
    with compressing_server(html) as address:
        page = browser.new_page()
        page.goto(f"{address}/chapters/method.html")
        anchor = page.locator("article section section[id]").last.get_attribute("id")
        page.goto(f"{address}/chapters/method.html#{anchor}")
        for language, target in (("zh", "zh/chapters/method.html"), ("en", "chapters/method.html")):
            page.locator(f"a.zz-language[data-language='{language}']").first.click()
            page.wait_for_url(f"{address}/{target}#{anchor}")
            assert page.evaluate("localStorage.getItem('zz-language')") == language
            tag = locales.LOCALES[language].replace("_", "-")
            assert page.evaluate("document.documentElement.lang") == tag
            assert page.locator(f"[id='{anchor}']").count() == 1
        page.close()


@needs_browser
@pytest.mark.parametrize(
    ("asked", "chosen", "opening"),
    [
        ("zh-CN", None, "0.9.0/zh/index.html"),
        ("zh-TW", None, "0.9.0/zh/index.html"),
        ("en-GB", None, "0.9.0/index.html"),
        ("fr-FR", None, "0.9.0/index.html"),
        ("zh-CN", "en", "0.9.0/index.html"),
        ("en-GB", "zh", "0.9.0/zh/index.html"),
    ],
)
def test_the_root_of_a_site_leads_to_the_readers_language_and_lets_go(browser, tmp_path, asked, chosen, opening):
    """By what the reader chose, or else what the browser prefers; going back does not lead there again."""
    target = tmp_path / "site"
    site.add(target, book(tmp_path / "book"), "0.9.0", "2026-11-21")
    with compressing_server(target) as address, browser.new_context(locale=asked) as context:
        page, requests = context.new_page(), []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{address}/versions.json")
        if chosen:
            page.evaluate(f"localStorage.setItem('zz-language', '{chosen}')")
        page.goto(f"{address}/index.html#part")
        page.wait_for_url(f"{address}/{opening}#part")
        assert all(url.startswith(address) for url in requests)
        page.go_back()
        page.wait_for_url(f"{address}/versions.json")


def book(folder):
    """What looks like a book in two languages."""
    for name in ("index.html", "zh/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"<h1>{name}</h1>", encoding="utf-8")
        script = (folder / name).parent / site.RELEASED
        script.parent.mkdir()
        script.write_text("globalThis.zhenzhiReleased = false;\n", encoding="utf-8")
    return folder
