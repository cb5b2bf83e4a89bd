"""The page of ``review``: by key and by mouse rows are accepted, changed, called no claim; what cannot be is told there."""

import shutil
from pathlib import Path

import pytest

from helpers.axe import in_both_themes
from helpers.chromium import needs_browser, serving
from helpers.coding import change, described, project, rows, text_of
from helpers.wire import PHONE, read, watched
from zhenzhi.building.serve import server as folder_server
from zhenzhi.coding.accept import accept
from zhenzhi.coding.document import add
from zhenzhi.coding.edit import Edit, Row
from zhenzhi.coding.remaining import unsure_first
from zhenzhi.coding.review import Review
from zhenzhi.coding.review_page import server
from zhenzhi.coding.review_panel import ReviewPanel

WIDE = {"viewport": {"width": 1440, "height": 900}}

#: A made-up text with characters that UTF-16 counts twice, line ends of two characters, and what a page must not obey.
TEXT = (
    "𠮷庆镇召开工作会议\r\n\r\n2024-03-18 𠮷庆发布\r\n\r\n"
    '<img src=x onerror="window.ran=true"><script>window.ran=true</script>\r\n'
    "去年，全镇划分网格86个，上报事件1.2万件，办结率98.6%。全年实现工业总产值12.5亿元，同比增长6.3%。投入近7000万元。\r\n"
    "去年工业总产值12.5亿元。\r\n"
)


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    made = project(tmp_path_factory.mktemp("added") / "project")
    add(made, text_of(made, TEXT), described())
    return made


@pytest.fixture
def root(added, tmp_path: Path) -> Path:
    shutil.copytree(added.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "project"


@pytest.fixture
def address(root):
    made, path = server(Review(root, root.parent / "texts", "qh24"))
    with serving(made) as running:
        yield f"{running}{path}"


@pytest.fixture
def page(browser, address):
    with watched(browser, **WIDE) as (opened, visit):
        opened.goto(address)
        opened.locator("#row h2").wait_for()
        yield opened
        read(opened, visit)
        assert visit.violations == []
        assert [text for text in visit.console if text.startswith(("warning", "error"))] == []


def current(page) -> str:
    return page.locator("#row h2").inner_text()


def go(page, words: str) -> None:
    page.locator(".zz-mark", has_text=words).first.click()
    page.wait_for_function("words => document.querySelector('#row h2').textContent === words", arg=words)


def reviewed(page, count: int) -> None:
    page.get_by_text(f"{count} of 8 reviewed").wait_for()


def told(page, words: str) -> None:
    page.locator("#told", has_text=words).wait_for()


@needs_browser
def test_rows_are_marked_in_the_text_and_come_unsure_first(page, root):
    marks = page.locator(".zz-mark").all_text_contents()
    assert marks == [row["as_written"] for row in sorted(rows_of(root), key=lambda row: int(row["start"]))]
    page.keyboard.press("j")
    first = current(page)
    page.keyboard.press("k")
    assert [current(page), first] == [row["as_written"] for row in unsure_first(rows_of(root))][:2]
    assert '<img src=x onerror="window.ran=true"><script>window.ran=true</script>' in page.inner_text("#text")
    assert page.evaluate("window.ran") is None
    page.get_by_label("order").select_option("text")
    page.get_by_label("order").blur()
    go(page, "2024-03-18")
    page.keyboard.press("j")
    assert current(page) == "86个"


def rows_of(root: Path) -> list[Row]:
    return Edit(root).rows("drafts")


def fill(page, **cells: str) -> None:
    """Types into fields of the form."""
    for column, cell in cells.items():
        page.locator(f"#cell-{column}").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(cell)


@needs_browser
def test_a_document_is_reviewed_with_the_keyboard_alone(page, root):
    for done in range(8):
        words = current(page)
        if words == "86个":
            page.keyboard.press("l")  # most counts of parts have the same indicator
            fill(page, label_zh="虚构之数", label_en="grids")
            page.keyboard.press("Control+Enter")
        elif words == "近7000万元":
            page.keyboard.press("e")
            assert page.evaluate("document.activeElement.dataset.column") == "indicator_id"
            page.keyboard.type("environment-spending")
            page.keyboard.press("Tab")
            assert page.locator("#cell-label_zh").input_value() == "人居环境投入"
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.press("a")
        reviewed(page, done + 1)
    told(page, "All rows are reviewed. python -m zhenzhi accept qh24 moves them.")
    assert page.evaluate("document.querySelector('progress').position") == 1
    assert accept(root, "qh24").waiting == 0
    page.locator(".coded", has_text="86个").wait_for()  # the page follows what another command wrote
    assert page.locator(".zz-mark").count() == 0
    assert page.locator("#row").inner_text() == "No row of this document waits for review."
    page.goto(page.url.partition("#")[0])
    page.locator("#row p", has_text="No row of this document waits").wait_for()
    assert "#" not in page.url


@needs_browser
def test_a_document_is_reviewed_with_the_mouse(page, root):
    go(page, "98.6%")
    page.get_by_role("button", name="Accept").click()
    reviewed(page, 1)
    assert rows(root)["98.6%"]["reviewed"] == "true"
    go(page, "98.6%")
    page.get_by_role("button", name="Take back").click()
    reviewed(page, 0)
    go(page, "2024-03-18")
    page.get_by_role("button", name="page", exact=True).click()
    reviewed(page, 1)
    assert rows(root)["2024-03-18"]["reason"] == "page"
    go(page, "86个")
    page.locator("#cell-status").select_option("planned")
    page.get_by_role("button", name="Save").click()
    page.locator(".field.entered").first.wait_for(state="detached")
    assert rows(root)["86个"]["status"] == "planned"
    reviewed(page, 1)


@needs_browser
def test_a_click_is_not_lost_that_leaves_a_field(page, root):
    go(page, "98.6%")
    fill(page, label_en="events closed")
    page.get_by_role("button", name="Accept").click()
    reviewed(page, 1)
    assert rows(root)["98.6%"]["label_en"] == "events closed"


@needs_browser
def test_a_row_that_is_opened_while_another_is_written_stays_open(page, root):
    held = []
    page.route("**/decide", lambda route: held.append(route))
    go(page, "98.6%")
    page.get_by_role("button", name="Accept").click()
    go(page, "86个")
    fill(page, label_en="grids")
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    reviewed(page, 1)
    assert current(page) == "86个" and page.locator("#cell-label_en").input_value() == "grids"
    assert rows(root)["98.6%"]["reviewed"] == "true"


@needs_browser
def test_what_cannot_be_accepted_is_told_at_its_fields_and_not_written(page, root):
    go(page, "近7000万元")
    page.keyboard.press("a")
    told(page, "Not written: the row would break the contract.")
    assert page.locator(".field.wrong label").all_inner_texts() == ["indicator_id", "label_zh", "label_en", "rung"]
    fault = page.locator("#fault-indicator_id")
    assert fault.inner_text() == "the cell is empty; expected what is measured"
    assert page.locator("#cell-indicator_id").get_attribute("aria-describedby") == "fault-indicator_id"
    assert page.evaluate("document.activeElement.id") == "cell-indicator_id"
    assert rows(root)["近7000万元"]["reviewed"] == ""
    page.keyboard.type("environment-spendings")
    page.keyboard.press("Control+Enter")
    page.locator("#fault-indicator_id", has_text="did you mean 'environment-spending'?").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    go(page, "98.6%")
    page.keyboard.press("0")  # the reason: a word
    page.locator("#fault-reason", has_text="looks like a quantity").wait_for()
    assert rows(root)["98.6%"]["proposed"] == "claim"
    fill(page, reads_en="Quoted only.", reads_zh="仅为引用。")
    page.keyboard.press("Control+Enter")
    reviewed(page, 1)
    assert (rows(root)["98.6%"]["proposed"], rows(root)["98.6%"]["reason"]) == ("numeral", "word")


@needs_browser
def test_an_indicator_that_is_not_there_is_described_with_its_row(page, root):
    go(page, "近7000万元")
    box = page.locator("#indicator")
    assert not box.is_visible()
    fill(page, indicator_id="grid-funds", label_zh="网格投入", label_en="money for grids")
    page.keyboard.press("Tab")
    page.locator("#cell-rung").select_option("input")
    box.wait_for()
    assert box.locator("legend").inner_text() == "New indicator grid-funds"
    name, unit = page.locator("#cell-new-name_en"), page.locator("#cell-new-unit")
    assert (name.input_value(), unit.input_value()) == ("Money for grids", "yuan")
    fill(page, **{"new-definition": "Money put into the grids."})
    page.get_by_role("button", name="Accept").click()
    told(page, "Not written: the row would break the contract.")
    assert page.locator("#indicator .field.wrong label").all_inner_texts() == ["topic"]
    assert page.evaluate("document.activeElement.id") == "cell-new-topic"
    assert "grid-funds" not in [row["indicator_id"] for row in Edit(root).rows("indicators")]
    fill(page, **{"new-definition_zh": "投入网格的资金。"})
    page.keyboard.press("Tab")
    page.locator("#cell-new-topic").select_option("social-governance")
    page.locator("#row").focus()
    page.keyboard.press("j")
    told(page, "Not saved: ")
    page.keyboard.press("a")
    reviewed(page, 1)
    assert Edit(root).rows("indicators")[-1] == {
        "indicator_id": "grid-funds", "name_en": "Money for grids", "name_zh": "网格投入", "topic": "social-governance",
        "definition": "Money put into the grids.", "definition_zh": "投入网格的资金。", "unit": "yuan",
    }  # fmt: skip
    assert rows(root)["近7000万元"]["indicator_id"] == "grid-funds"


@needs_browser
def test_no_claim_has_no_new_indicator(page, root):
    go(page, "近7000万元")
    fill(page, indicator_id="grid-funds")
    page.keyboard.press("Tab")
    page.locator("#indicator").wait_for()
    page.locator("#row").focus()
    page.get_by_role("button", name="policy-name", exact=True).click()  # of an amount only a class
    reviewed(page, 1)
    assert "grid-funds" not in [row["indicator_id"] for row in Edit(root).rows("indicators")]


@needs_browser
def test_a_broken_row_is_explained_where_it_stands(page, root):
    change(root, "1.2万件", unit="furlong", as_written="1.3万件")
    told(page, "The data were changed elsewhere")
    go(page, "1.2万件")
    assert "'furlong' is unknown; expected a unit of units.csv" in page.locator("#fault-unit").inner_text()
    assert "'1.3万件'; expected '1.2万件'" in page.locator("#row > .fault").inner_text()
    assert "wrong" in page.locator(".zz-mark[aria-current]").get_attribute("class").split()


@needs_browser
def test_what_was_changed_elsewhere_is_not_overwritten(page, root):
    go(page, "86个")
    fill(page, label_en="mine")
    page.keyboard.press("Tab")
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")  # so that it is not noticed before
    change(root, "86个", label_en="theirs")
    page.get_by_role("button", name="Save").click()
    told(page, "The row was changed elsewhere; nothing is written, and it is shown as it stands now.")
    told(page, "You had entered label_en: mine")
    assert page.locator("#cell-label_en").input_value() == rows(root)["86个"]["label_en"] == "theirs"


@needs_browser
def test_a_change_of_another_row_leaves_what_is_entered(page, root):
    go(page, "86个")
    fill(page, label_en="mine")
    page.keyboard.press("Tab")
    change(root, "98.6%", status="planned")
    told(page, "The data were changed elsewhere, and this row was not.")
    assert page.locator("#cell-label_en").input_value() == "mine"
    page.locator(".zz-mark", has_text="98.6%").click()
    told(page, "Not saved: label_en")
    assert current(page) == "86个"
    page.keyboard.press("s")
    page.locator(".field.entered").first.wait_for(state="detached")
    assert rows(root)["86个"]["label_en"] == "mine"
    assert rows(root)["98.6%"]["status"] == "planned"


@needs_browser
def test_a_span_is_moved_by_characters(page, root):
    go(page, "86个")
    for key in ("[", "[", "}"):
        page.keyboard.press(key)
    assert current(page) == "网格86"
    page.keyboard.press("s")
    page.locator(".zz-mark", has_text="网格86").wait_for()
    start = TEXT.index("网格86")
    assert rows(root)["网格86"]["start"] == str(start)
    assert page.url.endswith(f"#{start}")


@needs_browser
def test_numerals_in_no_row_are_offered_as_rows(page, root):
    edit = Edit(root)
    edit.write_rows("drafts", [row for row in edit.rows("drafts") if row["as_written"] != "近7000万元"])
    edit.write()
    page.get_by_text("Numerals of the text that are in no row: 1.").wait_for()
    assert page.locator(".bare").all_text_contents() == ["7000万"]
    page.get_by_role("button", name="Make rows of them").click()
    page.locator(".zz-mark", has_text="7000万").wait_for()
    assert rows(root)["7000万"]["proposed"] == "numeral"
    go(page, "7000万")
    page.get_by_role("button", name="It is a claim").click()
    assert page.locator("#cell-claim_id").input_value() == f"qh24-{TEXT.index('7000万')}"


@needs_browser
def test_a_row_is_reviewed_within_a_notebook(browser, root):
    panel = ReviewPanel("qh24", root.parent / "texts", root=root)
    (root.parent / "index.html").write_text(panel._repr_html_(), encoding="utf-8")
    with serving(folder_server(root.parent)) as notebook:
        opened = browser.new_page()
        opened.goto(notebook)
        frame = opened.frame_locator("iframe")
        frame.locator(".zz-mark", has_text="98.6%").click()
        frame.locator("#row h2", has_text="98.6%").wait_for()
        opened.keyboard.press("a")
        frame.get_by_text("1 of 8 reviewed").wait_for()
        opened.close()
    panel.close()
    assert rows(root)["98.6%"]["reviewed"] == "true"


@needs_browser
def test_single_keys_can_be_turned_off(page, root):
    page.get_by_label("single keys").uncheck()
    page.locator("#row").focus()
    before = current(page)
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("1")
    assert current(page) == before
    assert not any(row["reviewed"] for row in rows_of(root))


@needs_browser
def test_a_command_that_has_ended_is_told(browser, root):
    made, path = server(Review(root, root.parent / "texts", "qh24"))
    with watched(browser, **WIDE) as (page, _):
        with serving(made) as running:
            page.goto(f"{running}{path}")
            page.locator("#row h2").wait_for()
        page.keyboard.press("s")
        told(page, "The command has ended or does not answer; nothing is written.")


@needs_browser
@pytest.mark.parametrize("device", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_no_violation(browser, address, root, device):
    change(root, "1.2万件", reviewed="true")
    with watched(browser, **device) as (page, _):
        page.goto(address)
        go(page, "近7000万元")
        page.keyboard.press("a")
        told(page, "Not written")
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= device["viewport"]["width"]
        assert in_both_themes(page) == []
