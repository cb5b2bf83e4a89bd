"""The built book: what a reader gets, read from the files."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import lxml.html
import pytest
import yaml
from fontTools.ttLib import TTFont

from helpers.beside import held, whole
from helpers.validators import needs_java, vnu
from zhenzhi import paths

#: Attributes that make a browser ask for something by itself.
FETCHING = {("img", "src"), ("script", "src"), ("source", "srcset"), ("iframe", "src"), ("link", "href")}


class Page(HTMLParser):
    """The elements of a page: their tag and attributes, and the IDs; with what lies beside it, unless it is read alone."""

    def __init__(self, path: Path, alone: bool = False):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.feed(path.read_text(encoding="utf-8") if alone else whole(path))
        self.ids = {attributes["id"] for _, attributes in self.elements if "id" in attributes}

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def all(self, tag: str, name: str = "") -> list[dict]:
        return [
            attributes for found, attributes in self.elements if found == tag and name in attributes.get("class", "")
        ]


@pytest.fixture(scope="module")
def pages(html) -> dict[Path, Page]:
    return {path: Page(path) for path in html.rglob("*.html") if "_static" not in path.parts}


@needs_java
def test_vnu_finds_no_fault_on_any_page(html):
    assert vnu(html) == []


def test_every_link_within_the_book_leads_somewhere(html, pages):
    broken = []
    for path, page in pages.items():
        for attributes in page.all("a"):
            address, anchor = urldefrag(attributes.get("href", ""))
            if urlparse(address).scheme or attributes.get("href", "").startswith("mailto:"):
                continue
            target = (path.parent / address).resolve() if address else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].ids):
                broken.append(f"{path.relative_to(html)}: {attributes['href']}")
    assert not broken


#: What refers to an ID of the same page or picture, and attributes that hold IDs.
WITHIN = re.compile(r"(?:\bhref=[\"']#|url\([\"']?#)([^\"')]+)")
NAMING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget")


def test_nothing_on_a_page_or_in_a_picture_refers_to_what_is_not_there(html, pages):
    lost = []
    for path, page in pages.items():
        text = path.read_text(encoding="utf-8")
        named = {unquote(unescape(name)) for name in WITHIN.findall(text)}
        named |= {name for _, found in page.elements for kind in NAMING for name in found.get(kind, "").split()}
        lost += [f"{path.relative_to(html)}: {name}" for name in named - page.ids]
    for path in html.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        lost += [
            f"{path.name}: {name}" for name in set(WITHIN.findall(text)) - set(re.findall(r'\bid="([^"]+)"', text))
        ]
    assert not lost


def test_no_page_has_an_id_twice(html, pages):
    twice = []
    for path, page in pages.items():
        found = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
        twice += [f"{path.relative_to(html)}: {name}" for name, count in found.items() if count > 1]
    assert not twice


def test_no_page_needs_the_widget_runtime(html, pages):
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert "jupyter.widget" not in text and "embed.js" not in text, path


def test_no_page_names_another_host_for_a_browser_to_fetch_from(html, pages):
    outside = [
        f"{path.relative_to(html)}: {attributes[name]}"
        for path, page in pages.items()
        for tag, attributes in page.elements
        for name in ("src", "srcset", "href")
        if (tag, name) in FETCHING and re.match(r"(https?:)?//", attributes.get(name, ""))
    ]
    assert not outside


def test_the_book_holds_no_script_style_or_typeface_that_no_page_loads(html, pages):
    static = html / "_static"
    texts = [path.read_text(encoding="utf-8") for path in pages]
    named = {name for text in texts for name in re.findall(r"_static/([^\"'?#)]+)", text)}
    named |= set(re.findall(r'url\("([^":]+)"\)', (static / "book.css").read_text(encoding="utf-8")))
    held = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    assert named <= held
    assert held <= named
    assert not (html / "searchindex.js").exists()


def test_the_typeface_for_chinese_has_every_character_of_the_pages(html):
    missing = []
    for file in html.rglob("han.woff"):
        forms = TTFont(file).getBestCmap()
        own = {page for name in ("*.html", "chapters/**/*.html") for page in file.parents[1].glob(name)}
        text = {character for page in own for character in whole(page)}
        missing += [character for character in text if "\u2e80" <= character < "\ufff0" and ord(character) not in forms]
    assert missing == []


def test_style_sheets_fetch_nothing_from_another_host(html):
    outside = [
        path.name for path in html.rglob("*.css") if re.search(r"(url\(|@import )['\"]?(https?:)?//", path.read_text())
    ]
    assert not outside


def test_every_picture_has_alt_text_with_numbers_or_words(pages):
    for path, page in pages.items():
        for attributes in page.all("img"):
            assert len(attributes.get("alt", "")) > 20, path


def page_of(html: Path, entry: dict) -> Path:
    """The page of a figure; the home page stands at the root."""
    return html / "index.html" if entry["chapter"] == "index" else html / "chapters" / f"{entry['chapter']}.html"


def test_every_figure_of_the_data_is_in_its_chapter_with_its_files(html, pages, english):
    for entry in english.tables.figures:
        page = pages[page_of(html, entry)]
        figure_id = entry["figure_id"]
        if entry.get("panel"):
            title = english.plain(entry["title"]["en"])
            assert title in unescape(page_of(html, entry).read_text(encoding="utf-8"))
            continue
        assert f"fig-{figure_id}" in page.ids
        # A table or a tree is text of the page; its data can be taken away like those of a picture.
        drawn = (html / "figures" / f"{figure_id}.svg").is_file()
        pictures = (".svg", "-dark.svg", "-narrow.svg", "-narrow-dark.svg", ".png") if drawn else ()
        for suffix in (".csv", *pictures):
            assert (html / "figures" / f"{figure_id}{suffix}").stat().st_size > 200


def test_a_figure_carries_its_source_and_licence_inside(html):
    for path in (html / "figures").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "Source:" in text and "CC BY 4.0" in text, path.name
    for path in (html / "figures").glob("*.csv"):
        assert "CC BY 4.0" in path.read_text(encoding="utf-8"), path.name


def test_dark_pictures_differ_from_light_ones_in_colours_only(html):
    def without_colours(path):
        return re.sub(r"#[0-9a-f]{6}", "", path.read_text(encoding="utf-8"))

    for dark in (html / "figures").glob("*-dark.svg"):
        light = dark.with_name(dark.name.replace("-dark", ""))
        assert without_colours(dark) == without_colours(light)
        assert dark.read_bytes() != light.read_bytes()


def test_every_claim_has_a_record_of_its_own(html, pages, english):
    for claim in english.tables.claims.index:
        document = english.document_of(claim).name
        assert f"claim-{claim}" in pages[html / "chapters" / "register" / f"{document}.html"].ids


def links(page: Page, path: Path) -> set[tuple[Path, str]]:
    """Where the links of a page lead within the book: page and anchor."""
    found = set()
    for attributes in page.all("a"):
        address, anchor = urldefrag(attributes.get("href", ""))
        if not urlparse(address).scheme:
            found.add(((path.parent / address).resolve() if address else path, anchor))
    return found


def test_the_record_of_a_figure_in_the_prose_leads_back_to_every_page_that_uses_it(html, pages):
    for path, page in pages.items():
        for attributes in page.all("a", "zz-figure"):
            address, anchor = urldefrag(attributes["href"])
            record = (path.parent / address).resolve() if address else path
            text = record.read_text(encoding="utf-8")
            own = re.split(r'id="(?:claim|check|external)-', text[text.index(f'id="{anchor}"') :], maxsplit=2)[1]
            own += held(record).get(f"used-{anchor}", "")
            if record != path:
                assert f"{path.stem}.html#" in own, f"{anchor} does not lead back to {path.name}"


def test_a_record_leads_to_its_checks_its_model_and_the_figures_that_show_it(html, pages, english):
    path = html / "chapters" / "register" / "jj17.html"
    found = links(pages[path], path)
    chapter = html / "chapters" / "jiujiang-2017.html"
    assert {
        (path, "check-jj17-tasks-average"),
        (chapter, "model-jj17-grids"),
        (chapter, "fig-jj17-grid-staffing"),
    } <= found


def test_every_verdict_bears_its_own_sign(html, english):
    kinds = {english.label(f"verdict-{kind}"): kind for kind in ("consistent", "inconsistent", "undetermined")}
    found = Counter()
    for path in (
        *(html / "chapters").glob("register/*.html"),
        html / "chapters/audit.html",
        html / "chapters/method.html",
    ):
        for classes, word in re.findall(r'class="(zz-verdict[^"]*)">([^<]+)<', path.read_text(encoding="utf-8")):
            assert f"zz-{kinds[word]}" in classes.split(), f"{path.name}: {word}"
            found[word] += 1
    assert set(found) == set(kinds)


def test_every_outside_figure_has_a_record_with_its_source(html, pages, english):
    page = pages[html / "chapters" / "outside.html"]
    addresses = {attributes.get("href") for attributes in page.all("a")}
    for external_id, row in english.tables.external.iterrows():
        assert f"external-{external_id}" in page.ids
        assert row["url"] in addresses


def test_the_list_of_figures_has_every_figure_with_number_and_title(html, pages, english):
    path = html / "chapters" / "figures.html"
    found, text = links(pages[path], path), unescape(path.read_text(encoding="utf-8"))
    for entry in english.tables.figures:
        if not entry.get("panel"):
            assert (page_of(html, entry), f"fig-{entry['figure_id']}") in found
            assert re.search(r"Figure [\d.]+\. " + re.escape(english.plain(entry["title"]["en"])), text)


#: Bytes of HTML and elements of a page; a register lists more than is read at once.
BYTES, ELEMENTS = 200_000, 2_500
BYTES_OF_LISTS, ELEMENTS_OF_LISTS = 245_000, 4_000
LISTS = ("register/jj21", "register/jm24", "register/jj17", "register/plans", "models", "dictionary")


def test_a_page_is_small_without_what_lies_beside_it(html, pages):
    for path in pages:
        name = path.relative_to(html).with_suffix("").as_posix().removeprefix("zh/").removeprefix("chapters/")
        own = Page(path, alone=True)
        is_list = name in LISTS
        assert path.stat().st_size <= (BYTES_OF_LISTS if is_list else BYTES), path.name
        assert len(own.elements) <= (ELEMENTS_OF_LISTS if is_list else ELEMENTS), path.name
        asked = {name for _, attributes in own.elements for name in attributes.get("data-held", "").split()}
        asked |= {attributes["data-card"] for attributes in own.all("a") if "data-card" in attributes}
        assert asked <= set(held(path)), path.name


def test_every_figure_in_the_prose_has_a_card_and_a_record(html, pages):
    used = 0
    for page in pages.values():
        for attributes in page.all("a", "zz-figure"):
            used += 1
            assert {attributes["data-card"], f"{attributes['data-card']}-brief"} <= page.ids
    assert used > 50


def test_every_claim_is_shown_in_a_chapter_on_a_place_or_with_a_programme(html, pages, english):
    """Of a document that no chapter tells of yet, the register has the claims."""
    parts = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    (places,) = [part for part in parts if part["caption"] == "Places"]
    shown = set()
    for chapter in places["chapters"]:
        path = html / f"{chapter['file']}.html"
        shown |= {anchor.removeprefix("claim-") for _, anchor in links(pages[path], path)}
    for path in (html / "chapters" / "register").glob("*.html"):
        page = lxml.html.fromstring(path.read_text(encoding="utf-8"))
        targets = page.xpath('//div[contains(concat(@class, " "), "zz-programme ")]//a/@href')
        shown |= {urldefrag(target).fragment.removeprefix("claim-") for target in targets}
    claims = english.tables.claims
    document_of = claims["article_id"].map(english.tables.articles["document_id"])
    told = claims[claims["repeats"].isna() & document_of.isin(document_of[claims.index.isin(shown)])]
    assert len(told) > 200
    assert [claim for claim in told.index if claim not in shown] == []


def test_chinese_in_the_prose_is_marked_as_chinese(html):
    text = (html / "chapters" / "jiujiang-2017.html").read_text(encoding="utf-8")
    assert '<span lang="zh">九江镇</span>' in text


def test_source_texts_are_not_in_the_book(html):
    sources = paths.ROOT.parent / "shared" / "sources"
    if not sources.is_dir():
        pytest.skip("the source texts are not at hand (../shared/sources)")
    length = 25
    runs = set()
    for path in sources.glob("*.txt"):
        text = re.sub(r"\s", "", path.read_text(encoding="utf-8"))
        runs |= {text[start : start + length] for start in range(len(text) - length + 1)}
    for path in html.rglob("*.html"):
        text = re.sub(r"\s|<[^>]*>", "", path.read_text(encoding="utf-8"))
        found = [part for start in range(len(text) - length + 1) if (part := text[start : start + length]) in runs]
        assert not found, path


def test_the_data_of_a_ledger_has_the_heads_of_its_picture(html, english):
    table = held(html / "chapters" / "jiujiang-2021.html")["data-jj21-outcomes"]
    heads = re.findall(r'<th scope="col">([^<]*)</th>', table)[:3]
    labels = english.chart_text("jj21-outcomes")["labels"]
    assert heads == ["What", labels["before"]["en"], labels["after"]["en"]]
