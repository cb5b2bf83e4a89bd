"""The EPUB edition in both languages: what an archive of this kind must be, and that it holds the book and nothing else."""

import io
import re
import zipfile
from posixpath import dirname, join, normpath

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from helpers.validators import epubcheck, needs_java
from zhenzhi import citing, paths
from zhenzhi.book.edition import open_book
from zhenzhi.building.execute import notebooks
from zhenzhi.building.volumes import write_epub
from zhenzhi.locales import languages

XML = {
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}

#: How a figure is named under it, and a word of a record, in each language.
WORDS = {"en": ("Fig. ", "As written"), "zh": ("图", "原文")}


class Epub:
    """An unpacked EPUB: every file by name, and those that are XML as trees, which a fault in one would not let be."""

    def __init__(self, file):
        with zipfile.ZipFile(file) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        self.trees = {
            name: etree.fromstring(content)
            for name, content in self.files.items()
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg"))
        }
        self.package = self.trees["content.opf"]
        self.pages = {name: tree for name, tree in self.trees.items() if name.endswith(".xhtml")}


def found(tree, path: str) -> list:
    return tree.xpath(path, namespaces=XML)


@pytest.fixture(scope="module", params=languages(paths.ROOT))
def edition(request):
    return open_book(request.param)


@pytest.fixture(scope="module")
def made(edition, html, tmp_path_factory):
    file = tmp_path_factory.mktemp("epub") / "book.epub"
    write_epub(paths.ROOT, html, edition, file)
    return file


@pytest.fixture(scope="module")
def epub(made) -> Epub:
    return Epub(made)


@needs_java
def test_epubcheck_finds_no_fault(made):
    assert epubcheck(made) == []


def test_it_says_at_once_what_it_is(epub):
    first = epub.entries[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub.files["mimetype"] == b"application/epub+zip"
    assert found(epub.trees["META-INF/container.xml"], "//c:rootfile/@full-path") == ["content.opf"]


def test_the_package_lists_every_file_and_no_other(epub):
    listed = found(epub.package, "//o:manifest/o:item/@href")
    assert sorted(listed) == sorted(epub.files.keys() - {"mimetype", "META-INF/container.xml", "content.opf"})
    assert len(listed) == len(set(listed))


def test_it_is_read_in_the_order_of_the_contents_and_whole(epub):
    items = {item.get("id"): item.get("href") for item in found(epub.package, "//o:item")}
    spine = found(epub.package, "//o:itemref")
    order = [items[entry.get("idref")] for entry in spine]
    assert [entry.get("linear") for entry in spine if entry.get("linear")] == []
    assert sorted([*order, "nav.xhtml"]) == sorted(epub.pages)
    chapters = [page.relative_to(paths.ROOT).with_suffix(".xhtml").as_posix() for page in notebooks()]
    assert [name for name in order if name in chapters] == chapters
    contents = found(epub.trees["nav.xhtml"], "//h:nav//h:a/@href")
    assert [address for address in contents if "#" not in address] == order
    assert found(epub.trees["toc.ncx"], "//n:content/@src") == contents
    sections = [address for address in contents if address.startswith("chapters/jiujiang-2017.xhtml#")]
    assert len(sections) > 5


def test_it_names_itself_in_its_language(epub, edition):
    def told(name: str) -> list[str]:
        return [element.text for element in found(epub.package, f"//dc:{name}")]

    assert told("title") == [citing.title(edition)] and told("creator") == [citing.author(edition)]
    assert told("language") == [{"en": "en", "zh": "zh-CN"}[edition.language]]
    (identifier,) = told("identifier")
    assert found(epub.trees["toc.ncx"], "//n:meta[@name='dtb:uid']/@content") == [identifier]
    for name, page in epub.pages.items():
        assert page.get("lang") == told("language")[0], name
    title = found(epub.trees["nav.xhtml"], "//h:title")[0].text
    assert title == edition.label("pdf-contents")


def test_it_has_a_cover(epub):
    (cover,) = found(epub.package, "//o:item[@properties='cover-image']/@href")
    assert Image.open(io.BytesIO(epub.files[cover])).size == (1200, 1800)


def test_it_carries_a_typeface_for_its_chinese(epub):
    (name,) = (name for name in epub.files if name.endswith(".woff"))
    assert name.rpartition("/")[2] in epub.files["_static/epub.css"].decode()
    forms = TTFont(io.BytesIO(epub.files[name])).getBestCmap()
    text = set("".join("".join(page.itertext()) for page in epub.pages.values()))
    assert [character for character in sorted(text) if character >= "\u2e80" and ord(character) not in forms] == []


def test_each_page_has_a_title_of_its_own(epub):
    titles = {name: found(page, "string(//h:head/h:title)") for name, page in epub.pages.items()}
    assert all(titles.values()) and len(set(titles.values())) == len(titles)


def test_the_languages_have_their_own_words_although_one_process_sets_both(epub, edition):
    own, record = WORDS[edition.language]
    numbers = [
        text
        for page in epub.pages.values()
        for text in found(page, "//h:figure//h:span[@class='caption-number']/text()")
    ]
    assert len(numbers) > 20 and all(number.startswith(own) for number in numbers)
    terms = found(epub.pages["chapters/register/jj17.xhtml"], "//h:dt/text()")
    assert terms.count(record) > 20


def test_every_link_and_picture_leads_somewhere(epub):
    ids = {name: set(found(page, "//@id")) for name, page in epub.pages.items()}
    for name, page in epub.pages.items():
        assert len(found(page, "//@id")) == len(ids[name]), f"{name}: an ID stands twice"
        for address in found(page, "//h:a/@href"):
            if re.match("https?:|mailto:", address):
                continue
            path, _, anchor = address.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            assert target in ids and (not anchor or anchor in ids[target]), f"{name}: {address}"
        for image in found(page, "//h:img"):
            assert normpath(join(dirname(name), image.get("src"))) in epub.files, f"{name}: {image.get('src')}"
            assert image.get("alt"), f"{name}: {image.get('src')} has no words in its place"


def test_nothing_in_it_runs_or_is_fetched(epub):
    for name, page in epub.pages.items():
        run = "//h:script | //h:noscript | //h:button | //h:form | //h:template | //@*[starts-with(name(), 'on')]"
        assert found(page, run) == [], name
        fetched = [value for value in found(page, "//@src | //h:link/@href") if ":" in value]
        assert fetched == [], name
    assert not [name for name in epub.files if name.endswith((".js", ".csv", ".woff2"))]


def test_every_chart_stands_in_it_as_a_picture_and_every_listing_as_words(epub, html):
    web = {path.stem for path in (html / "figures").glob("*.csv")}
    shown = {
        name for page in epub.pages.values() for name in found(page, "//h:figure[contains(@class,'zz-chart')]/@id")
    }
    assert shown == {f"fig-{name}" for name in web}
    for page in epub.pages.values():
        for figure in found(page, "//h:figure[contains(@class,'zz-chart')]"):
            drawn = figure.get("id").removeprefix("fig-")
            pictures = found(figure, ".//h:img/@src")
            if (html / "figures" / f"{drawn}.png").is_file():
                assert [picture.rpartition("/")[2] for picture in pictures] == [f"{drawn}.png"]
            else:
                assert found(figure, ".//h:table | .//h:li") and pictures == []


def test_nothing_is_chosen_or_pressed(epub, edition):
    for page in epub.pages.values():
        assert not found(page, "//h:select | //h:button | //h:input"), page
    assert edition.label("volume-pick") in "".join(epub.pages["chapters/compare.xhtml"].itertext())


def test_panels_stand_as_they_open(epub, edition):
    panels = [panel for page in epub.pages.values() for panel in found(page, "//h:div[@class='panel']")]
    assert len(panels) == len([name for name in epub.files if name.endswith(".svg")]) > 3
    for panel in panels:
        (picture,) = found(panel, ".//h:img/@src")
        drawing = next(content for name, content in epub.files.items() if name.endswith(picture.rpartition("/")[2]))
        assert b"var(" not in drawing and b"viewBox" in drawing
        assert found(panel, "./h:div/h:p[@class='zz-panel-choice']/h:strong")
        assert edition.label("volume-panel") in "".join(panel.itertext())
    assert not found(epub.pages["chapters/explorer.xhtml"], "//h:table")
    assert edition.label("volume-explorer") in "".join(epub.pages["chapters/explorer.xhtml"].itertext())
