"""Read beside the document: a reader who has the file of a text sees each claim in its place, and sends nothing."""

import hashlib
import json
from pathlib import Path

import pytest

from helpers.axe import in_both_themes
from helpers.beside import held
from helpers.chromium import needs_browser
from helpers.wire import PHONE, compressing_server, read, watched
from zhenzhi import paths
from zhenzhi.amounts.around import squeezed

SOURCES = paths.ROOT.parent / "shared" / "sources"
WIDE = {"viewport": {"width": 1440, "height": 900}}
PAGE = "chapters/register/jj17.html"

#: A made-up text with what is easily miscounted: a byte-order mark, characters that UTF-16 counts twice, line ends of two
#: characters, a figure over a line end; and with what a page must not obey.
TEXT = (
    '\ufeff𠮷安村的😀报告\r\n\r\n<img src=x onerror="window.ran=1"><script>window.ran=1</script>&lt;\r\n'
    "本村有村民𠮷约1\r\n200人，种树３６棵，全部成活。" + "\r\n\r\n春去秋来，溪水长流。" * 60 + "\r\n最后建亭七座。\r\n"
)
WORDS = ("约1200人", "３６棵", "七座")


def spans() -> list[tuple[int, int]]:
    places = [(TEXT.index("约1"), TEXT.index("人，") + 1)]
    return places + [(TEXT.index(words), TEXT.index(words) + len(words)) for words in WORDS[1:]]


@pytest.fixture(scope="module")
def book(html, tmp_path_factory) -> tuple[Path, list[str]]:
    """A register page of the book whose document is the made-up text, and the claims that stand in it."""
    folder = tmp_path_factory.mktemp("texts")
    page = folder / PAGE
    page.parent.mkdir(parents=True)
    (folder / "_static").symlink_to(html / "_static")
    content = held(html / PAGE)
    own = content["text-jj17"]
    claims = [row[0] for row in own["claims"][:3]]
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    before = own["document"]["sha256"]
    own["document"] |= {"sha256": digest, "characters": len(TEXT)}
    own["claims"] = [[name, *span, words] for name, span, words in zip(claims, spans(), WORDS, strict=True)]
    at = TEXT.index("秋来")
    own["numerals"], own["reasons"] = [[at, at + 2, "word"]], {"word": "made up"}
    page.with_suffix(".beside.js").write_text(f"globalThis.zzHeld = {json.dumps(content)};\n", encoding="utf-8")
    text = (html / PAGE).read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, digest), encoding="utf-8")
    return folder, claims


@pytest.fixture(scope="module")
def address(book):
    with compressing_server(book[0]) as running:
        yield f"{running}/{PAGE}"


def choose(page, content: bytes | str | Path, name: str = "made.txt") -> None:
    """Opens the fold and chooses a file in it."""
    page.evaluate("document.querySelector('.zz-text-fold').open = true")
    field = page.locator(".zz-text-choose input")
    content = content.encode() if isinstance(content, str) else content
    field.set_input_files(
        content if isinstance(content, Path) else {"name": name, "mimeType": "text/plain", "buffer": content}
    )


def opened(page) -> None:
    choose(page, TEXT)
    page.locator(".zz-dock").wait_for()


def told(page) -> str:
    status = page.locator("[role=status]").filter(visible=True)
    status.wait_for()
    return status.inner_text()


@needs_browser
def test_each_claim_is_marked_in_its_place_and_linked_both_ways(browser, address, book):
    with watched(browser, **WIDE) as (page, _):
        page.goto(address)
        opened(page)
        assert "SHA-256 agrees" in told(page) and "3" in told(page)
        marks = page.locator(".zz-text .zz-mark")
        assert [squeezed(text) for text in marks.all_text_contents()] == list(WORDS)
        assert marks.evaluate_all("all => all.map(mark => mark.hash.slice(1))") == [f"claim-{name}" for name in book[1]]
        assert all(marks.evaluate_all("all => all.map(mark => mark.title)"))
        # From the text to the record,
        marks.nth(1).click()
        assert page.url.endswith(f"#claim-{book[1][1]}")
        assert page.locator(f"#claim-{book[1][1]}").bounding_box()["y"] < 450
        assert marks.nth(1).get_attribute("aria-current") == "true"
        # and from the record to the text, far down.
        last = page.locator(f"#claim-{book[1][2]}").get_by_role("button", name="in the text")
        assert not visible_in_text(page, 2)
        last.click()
        assert visible_in_text(page, 2)
        assert page.locator(".zz-mark[aria-current]").count() == 1
        assert page.evaluate("document.activeElement.textContent") == WORDS[2]


def visible_in_text(page, number: int) -> bool:
    return page.evaluate(
        """number => {
          const box = document.querySelector(".zz-text").getBoundingClientRect();
          const mark = document.querySelectorAll(".zz-mark")[number].getBoundingClientRect();
          return mark.top >= box.top && mark.bottom <= box.bottom;
        }""",
        number,
    )


@needs_browser
def test_the_text_is_shown_as_text_and_nothing_is_sent(browser, address):
    with watched(browser, **WIDE) as (page, visit):
        page.goto(address)
        page.evaluate("document.querySelector('.zz-text-fold').open = true")
        page.locator(".zz-text-choose input").wait_for()
        page.wait_for_load_state("networkidle")
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        opened(page)
        page.locator(".zz-mark").first.click()
        page.get_by_role("button", name="in the text").nth(2).click()
        page.locator(".zz-dock").get_by_role("checkbox").check()
        assert page.locator(".zz-numeral").all_text_contents() == ["秋来"]
        assert page.locator(".zz-numeral").get_attribute("title") == "made up"
        assert page.locator(".zz-mark").count() == 3
        assert '<img src=x onerror="window.ran=1"><script>window.ran=1</script>&lt;' in page.inner_text(".zz-text")
        assert page.locator(".zz-text :is(img, script)").count() == 0
        assert page.evaluate("window.ran") is None
        # To come to an anchor, chromium asks again for the picture of the tab.
        assert [url for url in asked if not url.endswith("favicon.svg")] == []
        read(page, visit)
        assert visit.violations == []
        assert [text for text in visit.console if text.startswith(("warning", "error"))] == []


SAME_LENGTH = TEXT.replace("春", "夏")
WRONG = [
    (b"\xff\xfe" + TEXT.encode("utf-16-le"), "is no text in UTF-8"),
    (TEXT.replace("\r\n", "\n"), f"it has {len(TEXT) - TEXT.count(chr(10))} characters, and not {len(TEXT)}"),
    (TEXT.removeprefix("\ufeff"), f"it has {len(TEXT) - 1} characters"),
    (SAME_LENGTH, f"its SHA-256 is {hashlib.sha256(SAME_LENGTH.encode()).hexdigest()}"),
    ("短", "it has 3 bytes"),
    (TEXT * 5, "bytes, which is no text of"),
]


@needs_browser
@pytest.mark.parametrize(("content", "message"), WRONG)
def test_another_file_is_refused_with_a_reason(browser, address, content, message):
    with watched(browser, **WIDE) as (page, _):
        page.goto(address)
        opened(page)
        choose(page, content, "other.txt")
        page.locator(".zz-text-wrong").wait_for()
        assert told(page).replace(",", "").startswith("other.txt is ")
        assert message.replace(",", "") in told(page).replace(",", "")
        assert page.locator(".zz-dock, .zz-to-text").count() == 0  # the text that was open before is closed
        opened(page)


@needs_browser
def test_without_a_digest_length_and_words_are_checked_and_the_page_says_so(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
        page.goto(address)
        choose(page, TEXT.replace("３６", "３７"))
        page.locator(".zz-text-wrong").wait_for()
        assert "it says ３７棵 where a claim says ３６棵" in told(page)
        opened(page)
        assert "work out no SHA-256" in told(page)
        assert page.locator(".zz-mark").count() == 3


@needs_browser
def test_the_text_stays_in_the_tab_until_it_is_closed(browser, address, book):
    with watched(browser, **WIDE) as (page, _):
        page.goto(address)
        opened(page)
        page.goto(f"{address}#claim-{book[1][2]}")
        page.reload()
        page.locator(".zz-dock").wait_for()
        page.wait_for_function("document.querySelector('.zz-mark[aria-current]')?.textContent === '七座'")
        assert visible_in_text(page, 2)
        page.get_by_role("button", name="Close the text").click()
        assert page.locator(".zz-dock, .zz-to-text").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.reload()
        page.evaluate("zzBeside.load()")
        assert page.locator(".zz-dock").count() == 0


@needs_browser
def test_it_works_where_the_browser_keeps_nothing(browser, address):
    with watched(browser, **WIDE) as (page, visit):
        page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', "
            "{ get() { throw new DOMException('no', 'SecurityError'); }, configurable: true })"
        )
        page.goto(address)
        opened(page)
        assert page.locator(".zz-mark").count() == 3
        assert [text for text in visit.console if text.startswith("error")] == []


@needs_browser
def test_it_works_from_the_disk(browser, book):
    with watched(browser, **WIDE) as (page, visit):
        page.goto((book[0] / PAGE).as_uri())
        opened(page)
        assert page.locator(".zz-mark").count() == 3
        assert [text for text in visit.console if text.startswith("error")] == []


@needs_browser
def test_the_keyboard_goes_from_record_to_text_and_back(browser, address, book):
    with watched(browser, **WIDE) as (page, _):
        page.goto(address)
        opened(page)
        page.locator(f"#claim-{book[1][2]} .zz-to-text").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className") == "zz-mark"
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) != "none"
        page.keyboard.press("Enter")
        assert page.url.endswith(f"#claim-{book[1][2]}")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.zz-record').id") == f"claim-{book[1][2]}"


@needs_browser
@pytest.mark.parametrize("device", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_no_violation_while_the_text_is_open(browser, address, device):
    with watched(browser, reduced_motion="reduce", **device) as (page, _):
        page.goto(address)
        opened(page)
        page.locator(".zz-dock").get_by_role("checkbox").check()
        page.locator(".zz-to-text").nth(1).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= device["viewport"]["width"]
        assert in_both_themes(page) == []


@needs_browser
def test_a_record_and_its_place_are_seen_together_on_a_phone(browser, address, book):
    with watched(browser, **PHONE) as (page, _):
        page.goto(address)
        opened(page)
        page.locator(".zz-mark").nth(1).tap()
        record, dock = page.locator(f"#claim-{book[1][1]}").bounding_box(), page.locator(".zz-dock").bounding_box()
        assert 0 < record["y"] < dock["y"] < page.locator(".zz-mark").nth(1).bounding_box()["y"]


@needs_browser
def test_no_text_is_printed(browser, address):
    with watched(browser, **WIDE) as (page, _):
        page.goto(address)
        opened(page)
        page.emulate_media(media="print")
        for selector in (".zz-dock", ".zz-to-text", ".zz-text-fold"):
            assert not page.locator(selector).first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).paddingRight") == "0px"


@needs_browser
@pytest.mark.skipif(not SOURCES.is_dir(), reason="the source texts are not at hand (../shared/sources)")
def test_every_claim_of_the_book_is_marked_in_its_document(browser, html, english):
    tables = english.tables
    with compressing_server(html) as running:
        for document_id, document in tables.documents.iterrows():
            articles = tables.articles.index[tables.articles["document_id"] == document_id]
            claims = tables.claims[tables.claims["article_id"].isin(articles)].sort_values("start")
            numerals = tables.numerals[tables.numerals["document_id"] == document_id]
            for language in ("", "zh/"):
                with watched(browser, **WIDE) as (page, _):
                    page.goto(f"{running}/{language}chapters/register/{document_id}.html")
                    choose(page, SOURCES / document["file_name"])
                    page.locator(".zz-dock").wait_for()
                    page.locator(".zz-dock").get_by_role("checkbox").check()
                    marks = page.locator(".zz-mark")
                    assert [squeezed(text) for text in marks.all_text_contents()] == list(claims["as_written"])
                    assert page.locator(".zz-to-text").count() == len(claims)
                    others = page.locator(".zz-numeral")
                    assert sorted(map(squeezed, others.all_text_contents())) == sorted(numerals["as_written"])
