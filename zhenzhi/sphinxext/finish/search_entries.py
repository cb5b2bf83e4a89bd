"""What a reader can find: the sections of the built pages, and the records of the data under all their names.

Sections are read from the built pages, so that what is found is what is shown. A record (a claim, a term, a model, a place
...) is an entry of its own and leads to its anchor; its names in both languages, its ID and its figure as written come from
the data.
"""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lxml import html
from pypinyin import lazy_pinyin

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.inline.terms import anchor as term_anchor

#: Classes of what is not the text of a section: records, checks, terms and names of models, which have entries of their own,
#: lists of links, cards, code, data, menus, how often a word is used, the states of panels, a matrix, whose names stand
#: in words below it, and blanks, which tell words that were looked for there in vain.
_APART = {
    "headerlink", "section-number", "zz-record", "zz-check", "glossary", "zz-claim-index", "zz-figure-index",
    "zz-audit-index", "zz-cards", "zz-cite", "zz-cite-fold", "zz-data", "zz-downloads", "zz-used", "zz-flag", "zz-code",
    "cell_input", "zz-marks", "zz-controls", "zz-panel", "zz-matrix-region", "zz-menu", "zz-constraints", "zz-programme-head",
    "zz-blank",
}  # fmt: skip
_APART_TAGS = ("script", "style")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Entry:
    """Something that a search can find.

    Attributes:
        kind: section, or the kind of record: claim, term, model, place, external, check, finding, figure.
        page: the page, as Sphinx names it.
        anchor: the element on the page; empty for its top.
        title: what a result shows.
        places: the places it is about, by ID.
        names: what finds it first when it is typed as it stands.
        text: what finds it after that, and what a result quotes.
    """

    kind: str
    page: str
    anchor: str
    title: str
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: str = ""


def sections(edition: Edition, page: str, tree: html.HtmlElement) -> Iterator[Entry]:
    """The sections of a built page, each without those within it; places are those that the page's title names.

    The page is found by its own title; other titles, such as The source, are no names because many pages have them.
    """
    article = next(tree.iter("article"), None)
    if article is None:
        return
    body = copy.deepcopy(article)
    for element in [element for element in body.iter("*") if _is_apart(element)]:
        element.drop_tree()
    about: tuple[str, ...] | None = None
    for section in body.iter("section"):
        heading = next((child for child in section if child.tag in _HEADINGS), None)
        if heading is None:
            continue
        title = _words(heading)
        own = (_words(child) for child in section.iterchildren("*") if child is not heading and child.tag != "section")
        text = " ".join(filter(None, own))
        if about is None:
            about = _named(edition, title)
            yield Entry("section", page, "", title, about, (title,), text)
        elif text:
            yield Entry("section", page, section.get("id", ""), title, about, (), text)


def _is_apart(element) -> bool:
    # What a caveat touches is found by its own name.
    if element.tag == "a" and element.xpath("ancestor::ul[contains(@class, 'zz-caveat-list')]"):
        return True
    return element.tag in _APART_TAGS or not _APART.isdisjoint(element.get("class", "").split())


def _words(element) -> str:
    return " ".join(element.text_content().split())


def _named(edition: Edition, title: str) -> tuple[str, ...]:
    known = edition.tables.places
    return tuple(name for name, row in _rows(known) if row["name_en"] in title or row["name_zh"] in title)


def records(edition: Edition, stands: dict[tuple[str, str], str], about: dict[str, tuple[str, ...]]) -> Iterator[Entry]:
    """The records of the data that stand on a page.

    Args:
        edition: the edition of the book.
        stands: the page of each record, by kind and name.
        about: the places that a page is about, for records that name none.
    """
    tables, language = edition.tables, edition.language
    for claim_id, claim in _rows(tables.claims):
        if page := stands.get(("claim", claim_id)):
            indicator = tables.indicators.loc[claim["indicator_id"]]
            written, figure = claim["as_written"], edition.amount(claim_id)
            names: tuple[str, ...] = (
                claim_id,
                written,
                figure,
                *_named_thrice(claim, "label"),
                *_named_thrice(indicator),
            )
            title = edition.label("claim-title", figure=figure, what=edition.name_of(claim_id))
            definition, note = edition.local(indicator, "definition"), edition.local(claim, "note") or ""
            about_it = edition.label("sentence-separator").join((definition, note)).strip()
            text = edition.label("title-and-text", title=written, text=about_it)
            yield Entry("claim", page, f"claim-{claim_id}", title, (claim["place_id"],), _distinct(names), text)
    for model_id, model in _rows(tables.models):
        if page := stands.get(("entry", model_id)):
            parts = edition.sequence(
                " ".join(_in_order(edition, part)) for _, part in _rows(edition.parts_of(model_id))
            )
            title = _capital(edition.local(model, "name"))
            names = (*_named_thrice(model), model_id)
            yield Entry("model", page, f"entry-model-{model_id}", title, (model["place_id"],), _distinct(names), parts)
    for term, row in _rows(tables.terms):
        if page := stands.get(("term", term)):
            names = (term, row["term_en"], row["pinyin"])
            title = f"{term} {row['pinyin']} {row['term_en']}"
            yield Entry("term", page, term_anchor(row["pinyin"]), title, (), names, edition.local(row, "definition"))
    for external_id, row in _rows(tables.external):
        if page := stands.get(("external", external_id)):
            title = edition.label("claim-title", figure=edition.amount(external_id), what=edition.name_of(external_id))
            place = _distinct((row["place_id"],))
            publisher, note = edition.local(row, "publisher"), edition.local(row, "note") or ""
            text = edition.label("title-and-text", title=publisher, text=note)
            yield Entry("external", page, f"external-{external_id}", title, place, (external_id,), text)
    for check_id in edition.results:
        if page := stands.get(("check", check_id)):
            name = edition.check(check_id)["name"]
            text = edition.plain(edition.reason(edition.results[check_id]))
            names = (name["en"], name["zh"], check_id)
            yield Entry(
                "check",
                page,
                f"check-{check_id}",
                _capital(name[language]),
                about.get(page, ()),
                _distinct(names),
                text,
            )
    for entry in tables.findings:
        if page := stands.get(("finding", entry["finding_id"])):
            title = entry["title"]
            names = _distinct((title["en"], title["zh"], entry["finding_id"]))
            text = edition.plain(entry["sentence"][language])
            yield Entry(
                "finding", page, f"finding-{entry['finding_id']}", title[language], about.get(page, ()), names, text
            )
    for entry in tables.figures:
        if page := stands.get(("chart", entry["figure_id"])):
            told = {key: edition.plain(text) for key, text in entry["title"].items()}
            names = _distinct((told["en"], told["zh"], entry["figure_id"]))
            yield Entry("figure", page, f"fig-{entry['figure_id']}", told[language], about.get(page, ()), names)


def places(edition: Edition, found: list[Entry]) -> Iterator[Entry]:
    """An entry for each place; it leads to where the book tells most about the place.

    That is the opening of a page that names the place in its title, or else the section that names it most often, or the
    first record about it. A place that is named nowhere has what the book tells about a place within it.
    """
    known = edition.tables.places
    best = {place_id: entry for place_id, row in _rows(known) if (entry := _most(place_id, row, found))}
    for place_id, row in _rows(known):
        within = (child for child in known.index[known["parent_id"] == place_id] if child in best)
        entry = best.get(place_id) or best.get(next(within, None))
        if entry:
            about = _distinct((row["parent_id"],))
            names = (*_named_thrice(row), place_id)
            yield Entry("place", entry.page, entry.anchor, " ".join(_both(row)[::-1]), about, names)


def _most(place_id: str, row, found: Iterable[Entry]) -> Entry | None:
    """The section that tells most about a place, or the first record about it."""
    names = _both(row)

    def mentions(entry: Entry) -> tuple[bool, int]:
        is_named = entry.anchor == "" and any(name in entry.title for name in names)
        return is_named, sum(f"{entry.title} {entry.text}".count(name) for name in names)

    section = max((entry for entry in found if entry.kind == "section"), key=mentions, default=None)
    if section is not None and mentions(section)[1]:
        return section
    return next((entry for entry in found if entry.kind != "section" and place_id in entry.places), None)


def _rows(frame) -> Iterator[tuple]:
    """The rows of a table; pandas' own iteration makes numbers of empty cells."""
    return ((name, frame.loc[name]) for name in frame.index)


def _both(row, column: str = "name") -> tuple[str, str]:
    return row[f"{column}_zh"], row[f"{column}_en"]


def _named_thrice(row, column: str = "name") -> tuple[str, str, str]:
    """A name in Chinese, in English, and as the Chinese is spoken."""
    chinese, english = _both(row, column)
    return chinese, english, pinyin(chinese)


@cache
def pinyin(chinese: str) -> str:
    """Chinese as it is spoken, without tones and spaces; other signs as they are."""
    return "".join(lazy_pinyin(chinese))


def _in_order(edition: Edition, row) -> tuple[str, str]:
    """The names in both languages, that of the edition first."""
    chinese, english = _both(row)
    return (chinese, english) if edition.language == "zh" else (english, chinese)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
