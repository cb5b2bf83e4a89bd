"""The built book: what a reader gets, read from the files."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlparse

import pytest

from zhenzhi import paths
from zhenzhi.fingerprint import of_book

#: Attributes that make a browser ask for something by itself.
FETCHING = {("img", "src"), ("script", "src"), ("source", "srcset"), ("iframe", "src"), ("link", "href")}


class Page(HTMLParser):
    """The elements of a page: their tag and attributes, and the IDs."""

    def __init__(self, path: Path):
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.feed(path.read_text(encoding="utf-8"))
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


def test_no_page_names_another_host_for_a_browser_to_fetch_from(html, pages):
    outside = [
        f"{path.relative_to(html)}: {attributes[name]}"
        for path, page in pages.items()
        for tag, attributes in page.elements
        for name in ("src", "srcset", "href")
        if (tag, name) in FETCHING and re.match(r"(https?:)?//", attributes.get(name, ""))
    ]
    assert not outside


def test_the_book_holds_no_script_or_style_that_no_page_loads(html, pages):
    static = html / "_static"
    texts = [path.read_text(encoding="utf-8") for path in pages]
    named = {name for text in texts for name in re.findall(r"_static/([^\"'?#)]+)", text)}
    held = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    assert named <= held
    # The widget runtime asks for its typefaces itself.
    assert {name for name in held - named if not name.endswith(".woff2")} == {"embed.js.LICENSE.txt"}
    assert not (html / "searchindex.js").exists()


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
            assert entry["title"]["en"] in page_of(html, entry).read_text(encoding="utf-8")
            continue
        assert f"fig-{figure_id}" in page.ids
        for suffix in (".svg", "-dark.svg", "-narrow.svg", "-narrow-dark.svg", ".png", ".csv"):
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
            if record != path:
                assert f"{path.stem}.html#" in own, f"{anchor} does not lead back to {path.name}"


def test_a_record_leads_to_its_checks_its_model_and_the_figures_that_show_it(html, pages, english):
    path = html / "chapters" / "register" / "jj17.html"
    found = links(pages[path], path)
    chapter = html / "chapters" / "jiujiang-2017.html"
    assert {
        (chapter, "check-jj17-tasks-average"),
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


def test_every_figure_in_the_prose_has_a_card_and_a_record(html, pages):
    used = 0
    for page in pages.values():
        for attributes in page.all("a", "zz-figure"):
            used += 1
            assert attributes["data-card"] in page.ids
            assert attributes["aria-describedby"] in page.ids
    assert used > 50


#: The chapters on places.
TOWNS = ("jiujiang-2017", "jiujiang-2021", "jiujiang-plans", "dungen-shangxi", "lishui", "xiqiao", "jiangmen")


def test_every_claim_is_shown_in_a_chapter_on_a_place(html, pages, english):
    shown = set()
    for chapter in TOWNS:
        path = html / "chapters" / f"{chapter}.html"
        shown |= {anchor.removeprefix("claim-") for _, anchor in links(pages[path], path)}
    claims = english.tables.claims
    assert [claim for claim in claims.index[claims["repeats"].isna()] if claim not in shown] == []


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


def test_the_fingerprint_of_the_book_depends_on_every_kind_of_input(project):
    seen = {of_book(project.root)}
    for name in (
        "data/claims.csv", "zhenzhi/edition.py", "chapters/small.md", "index.md", "_toc.yml", "_config.yml",
        "references.bib", "requirements.txt", "zhenzhi/sphinxext/static/zhenzhi.css", "package-lock.json",
    ):  # fmt: skip
        with (project.root / name).open("a") as file:
            file.write("\n")
        seen.add(of_book(project.root))
    assert len(seen) == 11


def test_the_data_of_a_ledger_has_the_heads_of_its_picture(html, english):
    text = (html / "chapters" / "jiujiang-2021.html").read_text(encoding="utf-8")
    table = text[text.index('id="fig-jj21-outcomes"') :]
    heads = re.findall(r'<th scope="col">([^<]*)</th>', table)[:3]
    labels = english.figure_text("jj21-outcomes")["labels"]
    assert heads == ["What", labels["before"]["en"], labels["after"]["en"]]
