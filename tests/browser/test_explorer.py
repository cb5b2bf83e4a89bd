"""The claims explorer in a browser: a reader finds, sorts, follows and takes away claims."""

import csv
import io
import re
from urllib.parse import unquote

import pytest

from helpers.chromium import needs_browser, serving
from helpers.exploring import HOSTILE, hostile_claims, options
from zhenzhi import explorer
from zhenzhi.building.serve import server

PAGE = "chapters/explorer.html"


@pytest.fixture(scope="module")
def content(english):
    return explorer.show(english).content


@pytest.fixture(scope="module")
def hostile(english):
    return hostile_claims(english.tables.claims)


# In a browser


@pytest.fixture(scope="module")
def address(html):
    with serving(server(html)) as book:
        yield f"{book}/{PAGE}"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    context.close()
    assert opened.errors == []


def found(page) -> list[str]:
    """The IDs of the claims that the table shows."""
    return page.locator(".zz-explorer tbody code").all_inner_texts()


def total(page) -> int:
    return int(page.get_by_role("status").filter(has_text="claims").inner_text().split()[0].replace(",", ""))


def take_away(page) -> list[dict]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    with open(download.value.path(), "rb") as file:
        raw = file.read()
    assert raw.startswith(b"\xef\xbb\xbf")  # Excel reads Chinese by it
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@needs_browser
@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("网格", lambda row: "jj17-grids" == row["claim_id"]),
        ("grid", lambda row: "jj17-grids" == row["claim_id"]),
        ("GRID  staff", lambda row: True),
        ("乡贤", lambda row: True),
        ("ｊｊ１７-tax", lambda row: row["claim_id"] == "jj17-tax"),
        ("9.90亿", lambda row: row["claim_id"] == "jj17-tax"),
    ],
)
def test_the_search_finds_words_in_both_languages(page, address, english, query, holds):
    page.goto(address)
    page.get_by_label("Search the claims").fill(query)
    assert 0 < total(page) < len(english.tables.claims)
    rows = take_away(page)
    assert any(holds(row) for row in rows)


@needs_browser
def test_the_search_finds_exactly_the_claims_that_hold_all_words(page, address, english):
    page.goto(address)
    page.get_by_label("Search the claims").fill("grid atlantis")
    assert total(page) == 0
    assert page.get_by_text("No claim fits").is_visible()
    page.get_by_label("Search the claims").fill("grid tasks")
    tables = english.tables

    def text(row):
        named = [tables.indicators.loc[row["indicator_id"]], tables.places.loc[row["place_id"]]]
        if row["model_id"]:
            named.append(tables.models.loc[row["model_id"]])
        own = [row[c] or "" for c in ("claim_id", "as_written", "label_en", "label_zh", "note_en")]
        return "\n".join(
            [english.amount(row["claim_id"]), *own, *(f"{n['name_en']} {n['name_zh']}" for n in named)]
        ).lower()

    expected = [claim for claim, row in tables.claims.iterrows() if all(w in text(row) for w in ("grid", "tasks"))]
    assert found(page) == expected and expected


@needs_browser
def test_filters_join_and_their_counts_follow_each_other(page, address, english):
    page.goto(address)
    claims = english.tables.claims
    page.get_by_label("Rung").select_option("outcome")
    page.get_by_label("Status").select_option("reported")
    expected = claims.query("rung == 'outcome' and status == 'reported'")
    assert [row["claim_id"] for row in take_away(page)] == list(expected.index)
    assert total(page) == len(expected)
    flows = page.get_by_label("Kind", exact=True).locator("option[value=flow]")
    assert flows.inner_text().strip() == f"flow ({(expected['kind'] == 'flow').sum()})"
    inputs = page.get_by_label("Rung").locator("option[value=input]").inner_text()
    assert inputs == f"Inputs ({((claims['rung'] == 'input') & (claims['status'] == 'reported')).sum()})"
    everywhere = page.get_by_label("Status").locator("option").first.inner_text()
    assert everywhere == f"All ({(claims['rung'] == 'outcome').sum()})"
    assert page.get_by_label("Kind", exact=True).locator("option[value=label]").is_disabled()


@needs_browser
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Place", "jiujiang"),
        ("Document", "plans"),
        ("Topic", "land"),
        ("Kind", "change"),
        ("Verdict", "inconsistent"),
        ("Year, or the document's", "2016"),
        ("Told", "first"),
    ],
)
def test_every_filter_finds_what_its_option_promises(page, address, content, name, value):
    page.goto(address)
    chosen = page.get_by_label(name, exact=True)
    promised = int(re.search(r"\((\d+)\)", chosen.locator(f"option[value='{value}']").inner_text()).group(1))
    chosen.select_option(value)
    expected = [claim for claim, own in options(content, name.lower().partition(",")[0]).items() if value in own]
    assert total(page) == promised == len(expected)
    assert [row["claim_id"] for row in take_away(page)] == expected


@needs_browser
def test_every_column_sorts_up_down_and_not_at_all(page, address, english):
    page.goto(address)
    first = found(page)
    for name in ("What", "Figure", "Place", "Document", "Period", "Kind", "Rung", "Status", "Verdict"):
        head = page.get_by_role("columnheader", name=name, exact=True)
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "ascending"
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        head.get_by_role("button").click()
        assert found(page) == first
    page.get_by_role("button", name="What").click()
    page.get_by_label("Document", exact=True).select_option("jj17")
    labels = [english.claim(claim)["label_en"].casefold() for claim in found(page)]
    assert labels[0] < labels[-1] and labels[:5] == sorted(labels[:5])


@needs_browser
def test_claims_without_a_period_come_last_both_ways(page, address, english):
    page.goto(address)
    for _ in range(2):
        page.get_by_role("button", name="Period").click()
        rows = take_away(page)
        stated = [bool(row["period_start"] or row["period_end"]) for row in rows]
        assert stated == sorted(stated, reverse=True) and not stated[-1]


@needs_browser
def test_a_row_opens_its_claim(page, address):
    page.goto(address)
    page.get_by_label("Search the claims").fill("jj17-grids")
    page.locator(".zz-explorer tbody a").first.click()
    page.wait_for_url("**#claim-jj17-grids*")
    assert page.locator("#claim-jj17-grids").is_visible()


@needs_browser
def test_all_is_done_by_keyboard(page, address):
    page.goto(address)
    search = page.get_by_label("Search the claims")
    search.focus()
    page.keyboard.type("网格")
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.get_by_label("Rung").evaluate("element => element === document.activeElement")
    page.keyboard.type("Outp")
    assert page.get_by_label("Rung").input_value() == "output"
    head = page.get_by_role("button", name="Figure")
    for _ in range(20):
        page.keyboard.press("Tab")
        if head.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="Figure").get_attribute("aria-sort") == "ascending"
    link = page.locator(".zz-explorer tbody a").first
    for _ in range(10):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**#claim-*")


@needs_browser
def test_the_address_keeps_the_selection(page, address, browser, english):
    page.goto(address)
    page.get_by_label("Search the claims").fill("网格")
    page.get_by_label("Place").select_option("jiujiang")
    page.get_by_role("button", name="Figure").click()
    page.get_by_role("button", name="Figure").click()
    page.wait_for_url("**sort=-figure**")
    assert unquote(page.url.partition("#")[2]) == "q=网格&place=jiujiang&sort=-figure"
    other = browser.new_page()
    other.goto(page.url)
    assert found(other) == found(page) and total(other) == total(page) > 0
    assert other.get_by_label("Search the claims").input_value() == "网格"
    other.close()
    page.get_by_role("button", name="Clear all filters").click()
    assert total(page) == len(english.tables.claims)
    page.wait_for_url(lambda url: "q=" not in url)


@needs_browser
def test_an_address_with_nonsense_or_a_heading_changes_nothing(page, address, english):
    everything = len(english.tables.claims)
    page.goto(f"{address}#place=atlantis&sort=-colour&rung=%00")
    assert total(page) == everything
    page.goto(f"{address}#how-to-read-the-columns")
    page.reload()
    page.wait_for_timeout(400)
    assert total(page) == everything and page.url.endswith("#how-to-read-the-columns")


@needs_browser
def test_more_rows_are_shown_on_demand(page, address, english):
    page.goto(address)
    assert len(found(page)) == 30
    left = len(english.tables.claims) - 30
    while left > 0:
        page.get_by_role("button", name=f"Show {min(200, left)} more").click()
        left -= 200
    assert found(page) == list(english.tables.claims.index)
    assert page.locator(".zz-explorer-more").is_hidden()


@needs_browser
def test_all_that_fits_is_printed_with_what_was_asked_for(page, address, english):
    page.goto(f"{address}#q=grids&rung=input")
    count = total(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(found(page)) == count
    assert page.locator(".zz-explorer select").evaluate_all(
        "lists => lists.filter(list => list.checkVisibility()).map(list => list.value)"
    ) == ["input"]
    assert page.locator(".zz-explorer input[type=search]").is_visible()
    assert page.locator(".zz-explorer-bar button").evaluate_all("all => all.some(b => b.checkVisibility())") is False

    page.goto(address.partition("#")[0])
    page.reload()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert found(page) == list(english.tables.claims.index)
    assert page.locator(".zz-explorer input[type=search]").is_hidden()
    assert page.locator(".zz-explorer-more").is_hidden()


@needs_browser
def test_the_file_taken_away_is_claims_csv_with_names(page, html, english):
    page.goto((html / PAGE).as_uri())
    rows = take_away(page)
    with (english.tables.folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        claims = list(csv.DictReader(file))
    assert [{key: row[key] for key in claims[0]} for row in rows] == claims
    assert list(rows[0])[:4] == ["claim_id", "label_en", "label_zh", "as_written"]
    for row in rows:
        assert row["place_zh"] == english.tables.places.at[row["place_id"], "name_zh"]
        document = english.document_of(row["claim_id"])
        assert (row["document_id"], row["document_en"]) == (document["document_id"], document["title_en"])


@needs_browser
def test_html_in_the_data_is_shown_as_text_and_quoted_in_the_file(page, tmp_path, english, hostile):
    path = tmp_path / "page.html"
    path.write_text(f"<meta charset=utf-8>{explorer.show(english, claims=hostile)._repr_mimebundle_()['text/html']}")
    page.goto(path.as_uri())
    assert page.locator("tbody th").first.inner_text().startswith(HOSTILE)
    assert page.title() == "" and page.locator(".zz-explorer img, .zz-explorer b").count() == 0
    row = take_away(page)[0]
    assert row["label_en"] == HOSTILE and row["note_en"] == f"{HOSTILE}\nend" and row["as_written"] == "<b>1</b>"
    page.get_by_label("Search the claims").fill("网格")
    assert "#" not in page.url


@needs_browser
@pytest.mark.parametrize("query", ["", "#q=%E7%BD%91%E6%A0%BC", "#place=chuandao"])
def test_a_phone_has_no_sideways_scroll(browser, address, query):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(address + query)
    assert total(phone) > 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "[...document.querySelectorAll('.zz-explorer *')].filter(e => e.getBoundingClientRect().right > 391).length"
    assert phone.evaluate(wide) == 0
    phone.get_by_label("Kind", exact=True).select_option(index=1)
    phone.get_by_role("button", name="What").tap()
    assert phone.get_by_role("columnheader", name="What").get_attribute("aria-sort") == "ascending"
    context.close()


@needs_browser
def test_a_change_is_told_to_a_screen_reader(page, address, english):
    page.goto(address)
    status = page.locator(".zz-explorer [role=status]")
    assert status.get_attribute("aria-live") == "polite"
    page.get_by_label("Search the claims").fill("jj17-grids")
    assert re.fullmatch(rf"\d+ of {len(english.tables.claims)} claims", status.inner_text())
    assert page.get_by_role("table", name="The claims that fit").get_by_role("row").count() == total(page) + 1
