"""What a reader can find: the sections of the built pages, and the records of the data under all their names.

Sections are read from the built pages, so that what is found is what is shown. A record (a claim, a term, a model, a place
...) is an entry of its own and leads to its anchor; its names in both languages, its ID and its figure as written come from
the data.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from zhenzhi.edition import Edition
from zhenzhi.sphinxext.terms import anchor as term_anchor

#: Classes of what is not the text of a section: records and terms, which have entries of their own, lists of links, cards,
#: code, data.
_APART = {
    "headerlink", "section-number", "zz-record", "glossary", "zz-claim-index", "zz-figure-index", "zz-cards", "zz-cite",
    "zz-data", "zz-downloads", "zz-used", "zz-flag", "cell_input", "zz-controls",
}  # fmt: skip
_APART_TAGS = ("script", "style")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Entry:
    """Something that a search can find.

    Attributes:
        kind: section, or the kind of record: claim, term, model, place, external, check, figure.
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


def sections(edition: Edition, page: str, file: Path) -> Iterator[Entry]:
    """The sections of a built page, each without those within it; places are those that the page's title names.

    The page is found by its own title; other titles, such as The source, are no names because many pages have them.
    """
    tree = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()
    body = next(tree.iter("article"), None)
    if body is None:
        return
    for element in [element for element in body.iter("*") if _is_apart(element)]:
        element.drop_tree()
    about: tuple[str, ...] | None = None
    for section in body.iter("section"):
        heading = next((child for child in section if child.tag in _HEADINGS), None)
        if heading is None:
            continue
        title = _words(heading)
        own = (_words(child) for child in section if child is not heading and child.tag != "section")
        text = " ".join(filter(None, own))
        if about is None:
            about = _named(edition, title)
            yield Entry("section", page, "", title, about, (title,), text)
        elif text:
            yield Entry("section", page, section.get("id", ""), title, about, (), text)


def _is_apart(element) -> bool:
    return element.tag in _APART_TAGS or not _APART.isdisjoint(element.get("class", "").split())


def _words(element) -> str:
    return " ".join(element.text_content().split())


def _named(edition: Edition, title: str) -> tuple[str, ...]:
    known = edition.tables.places
    return tuple(name for name, row in _rows(known) if row["name_en"] in title or row["name_zh"] in title)


def records(
    edition: Edition, stands: dict[tuple[str, str], str], glossary: str | None, about: dict[str, tuple[str, ...]]
) -> Iterator[Entry]:
    """The records of the data that stand on a page.

    Args:
        edition: the edition of the book.
        stands: the page of each record, by kind and name (see ``places``).
        glossary: the page that holds the terms.
        about: the places that a page is about, for records that name none.
    """
    tables, language = edition.tables, edition.language
    for claim_id, claim in _rows(tables.claims):
        if page := stands.get(("claim", claim_id)):
            indicator = tables.indicators.loc[claim["indicator_id"]]
            written, figure = claim["as_written"], edition.figure(claim_id)
            names = (claim_id, written, figure, *_both(claim, "label"), *_both(indicator))
            title = edition.label("claim-title", figure=figure, what=edition.name_of(claim_id))
            text = f"{written}. {indicator['definition']} {claim['note_en'] or ''}".strip()
            yield Entry("claim", page, f"claim-{claim_id}", title, (claim["place_id"],), _distinct(names), text)
    for model_id, model in _rows(tables.models):
        if page := stands.get(("entry", model_id)):
            parts = "; ".join(f"{part['name_en']} {part['name_zh']}" for _, part in _rows(edition.parts_of(model_id)))
            title = _capital(model[f"name_{language}"])
            names = (*_both(model), model_id)
            yield Entry("model", page, f"entry-model-{model_id}", title, (model["place_id"],), _distinct(names), parts)
    for term, row in _rows(tables.terms):
        if glossary:
            names = (term, row["term_en"], row["pinyin"])
            title = f"{term} {row['pinyin']} {row['term_en']}"
            yield Entry("term", glossary, term_anchor(row["pinyin"]), title, (), names, row["definition_en"])
    for external_id, row in _rows(tables.external):
        if page := stands.get(("external", external_id)):
            title = edition.label("claim-title", figure=edition.figure(external_id), what=row["what_en"])
            place = _distinct((row["place_id"],))
            text = f"{row['publisher']}. {row['note_en'] or ''}"
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
    for entry in tables.figures:
        if page := stands.get(("figure", entry["figure_id"])):
            title = {key: edition.plain(text) for key, text in entry["title"].items()}
            names = _distinct((title["en"], title["zh"], entry["figure_id"]))
            yield Entry("figure", page, f"fig-{entry['figure_id']}", title[language], about.get(page, ()), names)


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
            yield Entry("place", entry.page, entry.anchor, " ".join(_both(row)[::-1]), about, (*_both(row), place_id))


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


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
