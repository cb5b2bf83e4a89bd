"""The built book in a real browser: quiet, independent, and usable by mouse, keyboard, touch and screen reader."""

import pytest

from helpers.chromium import serving
from zhenzhi.building.serve import server

CHAPTER = "chapters/jiujiang-2017.html"

#: A page with one panel, of three lists.
PANEL_PAGE = "chapters/audit.html"


@pytest.fixture(scope="module")
def address(html):
    with serving(server(html)) as book:
        yield book


@pytest.fixture
def page(browser):
    # Playwright waits by eval, which the pages' policy forbids; test_page.py has the policy in force.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def scroll_through(page) -> None:
    """Scrolls to the end, so that everything that loads late has loaded."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 700):
        page.evaluate(f"scrollTo(0, {top})")
    page.wait_for_load_state("networkidle")


def open_card(page):
    return page.locator(".zz-card:popover-open")


def test_the_browser_takes_the_typefaces_of_the_book(page, address):
    """That of a picture, and that for pages where the machine has none for Chinese."""
    page.goto(f"{address}/figures/jj17-answering.svg")
    loaded = "document.fonts.ready.then(fonts => [...fonts].map(font => font.status))"
    assert page.evaluate(loaded) == ["loaded"]
    page.goto(f"{address}/index.html")
    assert page.evaluate("new FontFace('x', 'url(_static/han.woff)').load().then(font => font.status)") == "loaded"


def test_hovering_a_figure_shows_what_the_document_wrote(page, address):
    page.goto(f"{address}/{CHAPTER}")
    page.locator("a.zz-claim", has_text="990 million yuan").first.hover()
    card = open_card(page)
    card.wait_for()
    text = card.inner_text()
    for words in (
        "9.90亿元",
        "characters 415 to 421",
        "January 2017 to August 2017",
        "21 September 2017",
        "989.5 to 990.5 million yuan",
    ):
        assert words in text
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768), (1280, 400)])
def test_a_card_keeps_within_the_screen_wherever_its_figure_stands(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/{CHAPTER}")
    figures = page.locator("article a.zz-figure")
    for number in range(0, figures.count(), 7):
        figure = figures.nth(number)
        if not figure.is_visible():
            continue
        figure.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
        page.mouse.move(2, 2)
        figure.hover()
        open_card(page).wait_for()
        box = open_card(page).bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0, figure.inner_text()
        assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], figure.inner_text()
        page.keyboard.press("Escape")


def test_a_card_says_the_wording_first_and_nothing_twice(page, address):
    page.goto(f"{address}/{CHAPTER}")
    page.locator("a.zz-claim", has_text="990 million yuan").first.hover()
    open_card(page).wait_for()
    text = open_card(page).inner_text()
    assert text.startswith("9.90亿元: ")
    assert text.count("9.90亿元") == 1 and text.count("reported") <= 1


def test_the_card_of_a_computed_value_tells_how_it_was_computed(page, address):
    page.goto(f"{address}/{CHAPTER}")
    page.locator("a.zz-computed", has_text="17.3 to 18.4").first.hover()
    text = open_card(page).inner_text()
    assert "987,783 tasks, divided by 104 grids" in text
    assert "consistent" in text


def claim_of(figure) -> str:
    """The claim that a figure in the prose leads to."""
    return figure.get_attribute("href").partition("#claim-")[2]


def test_the_keyboard_opens_closes_and_follows_a_figure(page, address, english):
    page.goto(f"{address}/{CHAPTER}")
    figure = page.locator("a.zz-claim").first
    claim_id = claim_of(figure)
    for _ in range(90):
        page.keyboard.press("Tab")
        if figure.evaluate("element => element === document.activeElement"):
            break
    card = open_card(page)
    card.wait_for()
    described_by = figure.get_attribute("aria-describedby")
    assert described_by == f"{card.get_attribute('id')}-brief"
    assert english.claim(claim_id)["as_written"] in page.locator(f"#{described_by}").inner_text()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/register/jj17.html#claim-{claim_id}")


def test_a_tap_opens_the_card_and_its_link_leads_to_the_record(phone, address):
    phone.goto(f"{address}/{CHAPTER}")
    figure = phone.locator("a.zz-claim").first
    claim_id = claim_of(figure)
    figure.tap()
    card = open_card(phone)
    card.wait_for()
    assert CHAPTER in phone.url
    box, screen = card.bounding_box(), phone.viewport_size
    assert box["x"] == 0 and box["width"] == screen["width"]
    assert abs(box["y"] + box["height"] - screen["height"]) <= 1
    card.locator(".zz-card-close").tap()
    card.wait_for(state="hidden")
    figure.tap()
    card.wait_for()
    card.locator(".zz-card-link a").tap()
    phone.wait_for_url(f"**/register/jj17.html#claim-{claim_id}")


def test_a_term_shows_its_definition_and_leads_to_the_glossary(page, phone, address, english):
    definition = english.tables.terms.at["社会治理网格化", "definition_en"]
    page.goto(f"{address}/{CHAPTER}")
    page.locator("#use-term-shehui-zhili-wanggehua").hover()
    assert definition in open_card(page).inner_text()
    page.keyboard.press("Escape")
    assert open_card(page).count() == 0
    phone.goto(f"{address}/{CHAPTER}")
    phone.locator("#use-term-shehui-zhili-wanggehua").tap()
    assert definition in open_card(phone).inner_text()
    open_card(phone).locator(".zz-card-link a").tap()
    phone.wait_for_url("**/glossary.html#term-shehui-zhili-wanggehua")


def test_the_panel_answers_every_list_without_a_kernel(page, address):
    page.goto(f"{address}/{PANEL_PAGE}")
    panel = page.locator(".zz-panel")
    sentence, picture = panel.locator(".zz-sentence"), panel.locator(".zz-panel-picture")
    answers = [row.text_content() for row in panel.locator("tbody tr td:last-child").all()]
    lists = panel.locator("select").all()
    sizes = [one.locator("option").count() for one in lists]
    assert sentence.inner_text() == answers[0]
    chosen, pictures = [0] * len(lists), {picture.inner_html()}
    for number, one in enumerate(lists):
        chosen[number] = sizes[number] - 1
        one.select_option(index=chosen[number])
        place = 0
        for size, option in zip(sizes, chosen, strict=True):
            place = place * size + option
        assert sentence.inner_text() == answers[place]
        pictures.add(picture.inner_html())
    assert len(pictures) > 1 and len(set(answers)) > 1
    assert sentence.count() == picture.locator("svg").count() == 1
    assert picture.get_attribute("aria-label") == sentence.inner_text()


def test_the_keyboard_answers_a_panel(page, address):
    page.goto(f"{address}/{PANEL_PAGE}")
    before = page.locator(".zz-panel .zz-sentence").inner_text()
    page.get_by_label("Check", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(".zz-panel .zz-sentence").inner_text() != before


def test_a_slider_tries_numbers_by_keyboard(page, address):
    page.goto(f"{address}/index.html")
    sentence = page.locator(".zz-panel .zz-sentence")
    before = sentence.inner_text()
    page.locator(".zz-panel input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    assert sentence.inner_text() != before


def test_a_panel_folds_its_table_of_all_states_where_a_script_runs(page, address):
    page.goto(f"{address}/{PANEL_PAGE}")
    table = page.locator(".zz-panel-states table")
    assert not table.is_visible()
    page.get_by_text("All answers").click()
    assert table.is_visible()


def test_a_panel_without_script_shows_its_first_state_and_all_as_a_table(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{PANEL_PAGE}")
    panel = page.locator(".zz-panel")
    rows = panel.locator("tbody tr")
    assert panel.locator("p.zz-sentence").inner_text() == rows.first.locator("td").last.inner_text()
    assert not panel.locator("select").first.is_visible()
    assert rows.count() > 1 and all(row.is_visible() for row in rows.all())
    context.close()


def test_panel_controls_have_names_for_a_screen_reader(page, address):
    page.goto(f"{address}/{PANEL_PAGE}")
    for name in ("Check", "Figures are", "Words are read"):
        assert page.get_by_label(name, exact=True).count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_follow_the_theme(browser, address, theme):
    context = browser.new_context(color_scheme=theme)
    page = context.new_page()
    page.goto(f"{address}/{CHAPTER}")
    shown = "[...document.querySelectorAll('.zz-chart img')].filter(i => i.checkVisibility()).map(i => i.src)"
    names = page.evaluate(shown)
    assert names
    assert all(("-dark.svg" in name) == (theme == "dark") for name in names)
    context.close()


def test_the_book_works_unpacked_from_a_folder(page, html):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((html / CHAPTER).as_uri())
    page.locator("a.zz-claim").first.hover()
    open_card(page).wait_for()
    scroll_through(page)
    page.goto((html / PANEL_PAGE).as_uri())
    before = page.locator(".zz-panel .zz-sentence").inner_text()
    page.get_by_label("Check", exact=True).select_option(index=1)
    assert page.locator(".zz-panel .zz-sentence").inner_text() != before
    assert errors == []


def test_a_link_to_a_caveat_opens_the_list_it_is_in(page, address):
    page.goto(f"{address}/chapters/register/jm24.html#caveat-jm24-growth-base")
    page.wait_for_selector("#caveat-jm24-growth-base", state="visible")
    assert page.evaluate("document.querySelectorAll('details.zz-caveats[open]').length") == 1


def test_the_matrix_scrolls_by_itself_and_keeps_its_names_in_view(phone, address):
    phone.goto(f"{address}/chapters/compare.html")
    region = phone.get_by_role("region", name="Instruments of governing")
    region.focus()
    assert region.evaluate("region => region === document.activeElement")
    name = region.locator("tbody th").nth(1)
    before = name.bounding_box()
    region.evaluate("region => region.scrollTo(200, 0)")
    assert region.evaluate("region => region.scrollLeft") > 100
    assert name.bounding_box()["x"] == pytest.approx(before["x"], abs=1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_name_of_an_instrument_opens_its_passages(page, address):
    page.goto(f"{address}/chapters/compare.html")
    passages = page.locator("#instrument-coupons")
    assert not passages.is_visible()
    page.get_by_role("link", name="Coupons for land, housing and green").click()
    passages.wait_for(state="visible")
    assert passages.get_by_text("三张券").first.is_visible()
