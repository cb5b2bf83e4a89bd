"""The search in a real browser: every name of the data, in both languages, finds its record."""

from collections import Counter

import pytest

from helpers.chromium import needs_browser, serving
from helpers.search_queries import answers, queries
from zhenzhi.building.serve import server

#: Results among which a page must stand.
FIRST = 5

#: Whether the search says what it found; at first it says that it searches.
ANSWERED = """() => {
    const said = document.querySelector("#zz-search-status").textContent;
    return said && said !== zzSearchData.words.searching;
}"""


@pytest.fixture(scope="module")
def address(html):
    with serving(server(html)) as book:
        yield f"{book}/search.html"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def box(browser, address):
    """The search page, in which one test after the other types."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
    opened = context.new_page()
    open_search(opened, address, "grid")
    yield opened
    context.close()


@pytest.fixture(scope="module")
def asked(english, html):
    """Every query of the data with what answers it."""
    return list(queries(english, html))


@pytest.fixture(scope="module")
def found(browser, address, asked):
    """The addresses of the first results of every query, in their order."""
    page = browser.new_page(bypass_csp=True)
    page.goto(address)
    addresses = page.evaluate(
        """async ([queries, first]) => {
            await zzSearch.ready;
            return queries.map((query) => zzSearch.find(query).results.slice(0, first).map((result) => result.address));
        }""",
        [[query for _, query, _ in asked], FIRST],
    )
    page.close()
    return addresses


def open_search(page, address: str, query: str) -> list[str]:
    """Opens the search page with a query; returns the titles of the results."""
    page.goto(f"{address}?q={query}")
    page.wait_for_function(ANSWERED)
    return page.locator("#zz-search-results .zz-search-title").all_inner_texts()


def ask(box, query: str) -> list[str]:
    """Types a query on the search page; returns the titles of the results."""
    box.get_by_label("Search the book").fill(query)
    box.wait_for_function("query => new URL(location.href).searchParams.get('q') === query", arg=query)
    return box.locator("#zz-search-results .zz-search-title").all_inner_texts()


@needs_browser
def test_the_queries_are_those_of_the_data(asked, english):
    kinds = Counter(kind for kind, _, _ in asked)
    assert kinds["claim ID"] == len(english.tables.claims)
    assert kinds["place"] == 2 * len(english.tables.places)
    assert kinds["two-character term"] == sum(len(term) == 2 for term in english.tables.terms.index)
    assert kinds["pair within a term"] > 200
    assert all(expected for _, _, expected in asked)


@needs_browser
def test_no_query_is_without_a_result(asked, found):
    assert [query for (_, query, _), addresses in zip(asked, found, strict=True) if not addresses] == []


@needs_browser
def test_every_query_finds_its_page_among_the_first_results(asked, found):
    missed = [
        (kind, query, addresses)
        for (kind, query, expected), addresses in zip(asked, found, strict=True)
        if not any(answers(expected, address) for address in addresses)
    ]
    assert missed == []


@needs_browser
def test_an_id_of_a_claim_leads_straight_to_its_record(asked, found):
    answered = [(*query, addresses) for query, addresses in zip(asked, found, strict=True) if query[0] == "claim ID"]
    assert [query for _, query, expected, addresses in answered if addresses[0] not in expected] == []


@needs_browser
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("104个网格", "register/jj17.html#claim-jj17-grids"),
        ("189.25亿元", "register/jj17.html#claim-jj17-industrial-output"),
        ("wangge", "glossary.html#term-wangge"),
        ("WANGGE", "glossary.html#term-wangge"),
    ],
)
def test_a_result_leads_to_the_record(page, address, query, first):
    open_search(page, address, query)
    links = page.locator("#zz-search-results a")
    assert links.first.get_attribute("href").endswith(first)
    links.first.click()
    page.wait_for_url(f"**{first}")
    assert page.locator(f"#{first.partition('#')[2]}").count() == 1


@needs_browser
@pytest.mark.parametrize("query", ["网格 104", "104 网格"])
def test_the_claims_with_all_words_as_written_come_first(box, query):
    """The grids (104个网格) and their heads (104名网格长), before the checks that tell of them."""
    ask(box, query)
    links = box.locator("#zz-search-results a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {link.partition("#")[2] for link in links[:2]} == {"claim-jj17-grids", "claim-jj17-grid-heads"}


@needs_browser
@pytest.mark.parametrize("query", ["网格 grid", "grids 网格", "网格grid"])
def test_both_languages_can_be_mixed_in_a_query(box, query):
    titles = ask(box, query)
    assert any("网格" in title and "grid" in title for title in titles[:FIRST])


@needs_browser
def test_a_result_shows_its_kind_part_page_and_town(box):
    ask(box, "104个网格")
    result = box.locator("#zz-search-results li").first
    assert result.locator(".zz-search-title").inner_text() == "104 grids: social-governance grids"
    assert (
        result.locator(".zz-search-where").inner_text()
        == "Claim · Reference › Claims of Jiujiang 2017 · Jiujiang 九江镇"
    )
    assert result.locator("mark").first.inner_text() == "104"


@needs_browser
def test_chinese_in_results_is_marked_as_chinese(box):
    ask(box, "网格")
    unmarked = box.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.querySelector(".zz-search"), NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const { data, parentElement } = walker.currentNode;
                if (/\\p{Script=Han}/u.test(data) && !parentElement.closest("[lang|=zh], [lang=zh]")) found.push(data);
            }
            return found;
        }"""
    )
    assert unmarked == []


@needs_browser
def test_a_query_without_a_match_is_told_plainly(box):
    assert ask(box, "xyzzyx") == []
    status = box.locator("#zz-search-status")
    assert status.inner_text() == "Nothing in the book matches xyzzyx"
    assert status.get_attribute("role") == "status"


@needs_browser
@pytest.mark.parametrize(
    ("query", "meant", "title"),
    [
        ("industriel output", "industrial output", "industrial output"),
        ("gird", "grid", "104 grids"),
        ("Jiujang", "jiujiang", "Jiujiang"),
        ("wang2ge2", "wangge", "网格"),
    ],
)
def test_a_slip_still_finds_and_is_told(box, query, meant, title):
    titles = ask(box, query)
    assert any(title in found for found in titles[:FIRST])
    status = box.locator("#zz-search-status").inner_text()
    assert f"Did you mean {meant}?" in status and query in status


@needs_browser
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("網格", "网格"),
        ("調解", "调解"),
        ("wǎng gé", "网格"),
        ("CCTV", "cameras"),
        ("how many grids did Jiujiang have", "104 grids: social-governance grids"),
        ("九江有多少网格", "104 grids: social-governance grids"),
        ("网格", "104 grids: social-governance grids"),
    ],
)
def test_readers_are_answered_in_their_own_words(box, query, title):
    assert any(title in found for found in ask(box, query)[:FIRST])
    assert "Did you mean" not in box.locator("#zz-search-status").inner_text()


@needs_browser
def test_results_are_narrowed_by_kind_and_place_and_the_address_keeps_the_choice(page, address):
    open_search(page, address, "九江")
    kind, place, status = page.get_by_label("Kind"), page.get_by_label("Place"), page.locator("#zz-search-status")

    def promised(chosen, text: str) -> int:
        return int(chosen.locator("option", has_text=text).first.inner_text().rpartition("(")[2].rstrip(")"))

    everything, claims = promised(kind, "All"), promised(kind, "Claim")
    assert everything == int(status.inner_text().split()[0]) > claims > 0
    kind.select_option("claim")
    assert int(status.inner_text().split()[0]) == claims == promised(place, "All")
    shown = page.locator("#zz-search-results .zz-search-where").all_inner_texts()
    assert shown and all(line.startswith("Claim ·") for line in shown)
    town = place.locator("option").nth(2).get_attribute("value")
    there = promised(place, town)
    assert 0 < there < claims
    place.select_option(town)
    assert int(status.inner_text().split()[0]) == there
    assert all(town in line for line in page.locator("#zz-search-results .zz-search-where").all_inner_texts())
    assert "&kind=claim&place=" in page.url
    page.reload()
    page.wait_for_function(ANSWERED)
    assert kind.input_value() == "claim" and place.input_value() == town
    assert int(status.inner_text().split()[0]) == there


@needs_browser
def test_a_choice_that_leaves_nothing_of_another_query_is_given_up(page, address):
    open_search(page, address, "wangge&kind=claim&place=nowhere")
    assert page.get_by_label("Place").input_value() == "" and "nowhere" not in page.url
    page.get_by_label("Search the book").fill("xyzzyx")
    page.wait_for_function("document.querySelector('#zz-search-status').textContent.includes('xyzzyx')")
    assert not page.get_by_label("Kind").is_visible() and page.url.endswith("?q=xyzzyx")


@needs_browser
def test_who_looks_for_a_person_in_vain_is_told_why(box, english):
    persons = box.locator("#zz-search-persons")
    ask(box, "欧阳小明")
    assert persons.inner_text() == english.label("search-persons")
    ask(box, "网格")
    assert not persons.is_visible()


@needs_browser
@pytest.mark.parametrize(("start", "query"), [("chapters/lishui.html", "104个网格"), ("zh/index.html", "104个网格")])
def test_the_box_of_the_keyboard_shows_results_while_one_types(page, html, address, start, query):
    requests = []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address.removesuffix('search.html')}{start}")
    assert not any("search-data" in url for url in requests)
    page.keyboard.press("Control+k")
    page.keyboard.type(query)
    first = page.locator("#pst-search-dialog .zz-search-title a").first
    first.wait_for()
    assert first.get_attribute("href").endswith("register/jj17.html#claim-jj17-grids")
    assert query in page.locator("#zz-search-now").inner_text()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.closest('.zz-search-title') !== null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/jj17.html#claim-jj17-grids")
    assert page.locator("#claim-jj17-grids").is_visible()


@needs_browser
def test_the_box_of_the_keyboard_works_from_the_disk(page, html):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((html / "chapters" / "lishui.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("网格")
    page.locator("#pst-search-dialog .zz-search-title a").first.wait_for()


@needs_browser
def test_markup_in_a_query_is_text(page, address):
    open_search(page, address, "%3Cimg src=x%3E")
    assert "<img src=x>" in page.locator("#zz-search-status").inner_text()
    assert page.locator(".zz-search img").count() == 0


@needs_browser
def test_results_follow_what_is_typed_and_are_reached_by_keyboard(page, address):
    page.goto(address)
    page.wait_for_function("document.activeElement.id === 'zz-query'")
    page.evaluate("zzSearch.ready")
    page.keyboard.type("乡贤")
    page.wait_for_function(ANSWERED)
    assert page.url.endswith("?q=%E4%B9%A1%E8%B4%A4")
    for _ in range(3):  # past the two choices
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("#term-xiangxian")


@needs_browser
def test_more_results_come_on_request_and_take_the_focus(page, address):
    assert len(open_search(page, address, "jiujiang")) == 20
    page.locator(".zz-search-more").press("Enter")
    assert page.locator("#zz-search-results li").count() == 40
    assert page.evaluate("document.activeElement === document.querySelectorAll('#zz-search-results a')[20]")


@needs_browser
def test_the_search_works_from_the_disk_and_asks_no_one(page, html):
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    assert open_search(page, (html / "search.html").as_uri(), "网格")
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert errors == []


@needs_browser
def test_results_need_no_sideways_scroll_on_a_phone(box):
    ask(box, "jiujiang")
    assert box.evaluate("document.documentElement.scrollWidth") <= 390


@needs_browser
def test_the_search_page_has_one_box(page, address):
    open_search(page, address, "grid")
    page.keyboard.press("Control+k")
    boxes = page.locator("input[type=search]")
    assert sum(boxes.nth(at).is_visible() for at in range(boxes.count())) == 1
