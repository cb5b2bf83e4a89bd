"""The book in its other languages: each page has its twin with the same anchors, figures and references, in its own words."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from zhenzhi import locales, paths
from zhenzhi.book.edition import Edition

OTHERS = locales.languages(paths.ROOT)[1:]
pytestmark = pytest.mark.skipif(not OTHERS, reason="the project has one language: locale/ holds no translations")

#: Anchors that follow from the words of a page: cards, the places where a term is used, and what Sphinx counts.
OWN = re.compile(r"card-.*|use-.*|id\d+")

#: Four words of English in a row.
ENGLISH = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[,;:]?\s+){3,}[A-Za-z]{2,}")

#: What may be in English on a page of another language: code, what is marked as English, titles of literature, citations.
IN_ENGLISH = (
    "ancestor-or-self::*[self::script or self::style or self::code or self::pre or self::template or self::noscript]"
    " | ancestor-or-self::*[starts-with(@lang, 'en')] | ancestor-or-self::*[@role='doc-bibliography']"
    " | ancestor-or-self::*[contains(@class, 'citation') or contains(@class, 'zz-cite') or contains(@class, 'highlight')]"
)

#: Attributes that a reader hears or sees.
HEARD = ("alt", "aria-label", "placeholder", "title", "data-told", "data-words")


def read(file: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(
        file.read_text(encoding="utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8")
    )


def addresses(html: Path, language: str) -> set[str]:
    """The pages of a language, as seen from its own root."""
    root = html / locales.folder(language)
    found = (file.relative_to(html).as_posix() for file in root.rglob("*.html") if "_static" not in file.parts)
    return {name.removeprefix(locales.folder(language)) for name in found if locales.language_of(name) == language}


@pytest.fixture(scope="module", params=OTHERS)
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def twins(html, language) -> dict[str, tuple[lxml.html.HtmlElement, lxml.html.HtmlElement]]:
    """Each page in the source language and in another."""
    return {
        name: (read(html / name), read(html / locales.folder(language) / name))
        for name in sorted(addresses(html, locales.SOURCE) & addresses(html, language))
    }


def test_every_page_has_its_twin(html, language):
    assert addresses(html, language) == addresses(html, locales.SOURCE)


def anchors(page) -> set[str]:
    return {name for name in page.xpath("//article//@id") if not OWN.fullmatch(name)}


def figures(page) -> Counter:
    """The claims, computed quantities and outside figures in the prose, each as often as it stands there."""
    return Counter(page.xpath("//article//a[contains(@class, 'zz-figure')]/@data-card"))


def charts(page) -> list[str]:
    return page.xpath("//figure[starts-with(@id, 'fig-')]/@id")


def references(page) -> set[str]:
    """What a page links to: pages, works, charts and records; terms are linked where a text first has them.

    Files are left out: they lie at the root of the book, further up for one language than for the other.
    """
    links = page.xpath(
        "//article//a[contains(@class, 'reference') and not(contains(@class, 'download'))"
        " and not(ancestor::*[contains(@class, 'zz-uses')])]/@href"
    )
    return {link for link in links if not OWN.fullmatch(link.partition("#")[2])}


@pytest.mark.parametrize("held", [anchors, figures, charts, references])
def test_twins_hold_the_same(twins, held):
    differing = {}
    for name, (source, other) in twins.items():
        found = held(source), held(other)
        if found[0] != found[1]:
            differing[name] = sorted(set(found[0]) ^ set(found[1])) or found
    assert not differing


def told(page) -> Iterator[str]:
    """The texts of a page that should be in its language."""
    for text in page.xpath("//title/text() | //body//text()"):
        element = text.getparent() if text.is_text else text.getparent().getparent()
        if not element.xpath(IN_ENGLISH):
            yield str(text)
    for name in HEARD:
        for value in page.xpath(f"//body//*[@{name}]/@{name}"):
            if not value.getparent().xpath(IN_ENGLISH):
                yield str(value)
    yield from page.xpath("//meta[@name='description' or @property='og:description' or @property='og:title']/@content")


def test_no_sentence_is_left_in_english(twins):
    left = {
        name: found for name, (_, page) in twins.items() if (found := sorted(set(filter(ENGLISH.search, told(page)))))
    }
    assert not left


#: A number that is grouped by threes, and a count told without the word that Chinese counts such a thing with.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")


#: What lies beside these pages is lists of numbers.
LISTS = {"explorer.beside.js"}


def test_chinese_numbers_stand_as_a_chinese_reader_writes_them(html, twins, language, english):
    if language != "zh":
        pytest.skip("the other language is not Chinese")
    units = english.tables.units
    named = [row.name_zh for row in units.itertuples() if row.phrase_zh and f"{{}}{row.name_zh}" != row.phrase_zh]
    bare = re.compile(rf"恰为[\d.]+(?:{'|'.join(map(re.escape, named))})")
    texts = {name: list(told(page)) for name, (_, page) in twins.items()}
    texts |= {
        file.name: [file.read_text(encoding="utf-8")]
        for file in (html / "zh").rglob("*.beside.js")
        if file.name not in LISTS
    }
    found = {
        name: wrong
        for name, page in texts.items()
        if (wrong := {m[0] for t in page for m in (*GROUPED.finditer(t), *bare.finditer(t))})
    }
    assert not found


def test_each_page_says_its_language_and_leads_to_its_twin(twins, language):
    tag = locales.LOCALES[language].replace("_", "-")
    for name, (source, page) in twins.items():
        assert page.get("lang") == tag and source.get("lang") == locales.SOURCE, name
        up = "../" * name.count("/")
        (back,) = page.xpath("//a[contains(@class, 'zz-language')]/@href")
        (there,) = source.xpath("//a[contains(@class, 'zz-language')]/@href")
        assert (back, there) == (f"../{up}{name}", f"{up}{locales.folder(language)}{name}"), name


def test_no_chinese_is_marked_as_foreign_on_a_chinese_page(twins, language):
    if language != "zh":
        pytest.skip("the other language is not Chinese")
    marked = {name: page.xpath("//body//*[@lang='zh']") for name, (_, page) in twins.items()}
    assert not {name: len(found) for name, found in marked.items() if found}


@pytest.mark.parametrize("name", ["en", *OTHERS])
def test_every_label_is_told_in_each_language(english, name):
    edition = Edition(english.tables, name)
    labels = edition.tables.labels
    empty = [key for key, text in labels.items() if not text[name] and not key.endswith("separator")]
    gaps = re.compile(r"\{(\w+)\}")
    differing = [key for key, text in labels.items() if set(gaps.findall(text["en"])) != set(gaps.findall(text[name]))]
    assert not empty and not differing
