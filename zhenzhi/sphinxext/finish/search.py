"""The search page: finds sections and records of the book in English and Chinese, mixed as a reader types them.

Sphinx's own search knows words and pages. It finds Chinese only where a word stands by itself, ranks a page of 150 claims
as one thing, and fetches each page that it finds to quote from it, which a browser does not do from the disk. Pagefind needs
``fetch`` and WebAssembly, so it does not work from the disk either. MiniSearch (npm, MIT) is a maintained engine that takes
any division into words, needs neither ``eval`` nor ``fetch``, and ranks entries instead of pages. This module gives it the
entries (``search_entries``) as a script; ``search.js`` divides Chinese into pairs of characters, and puts first what bears
the very name that was typed. ``benchmarks/search.py`` measures it beside Sphinx's search.
"""

import json
from collections.abc import Iterator
from typing import cast
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from zhenzhi import paths
from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.env.domain import domain_of
from zhenzhi.sphinxext.env.incremental import edition_of, once
from zhenzhi.sphinxext.finish import search_entries
from zhenzhi.sphinxext.finish.pages import Written
from zhenzhi.sphinxext.languages import captions

#: The entries, below ``_static``.
DATA = "search-data.js"

#: The scripts that search and set what is found, in their order: on the search page and in the box that Ctrl-K opens.
SCRIPTS = ("minisearch.js", DATA, "search.js", "search-results.js")

#: The Chinese characters that a reader may type in their traditional form.
_HAN = range(0x4E00, 0xA000)

#: Words of the search page, in ``labels.yml`` under ``search-``.
_WORDS = (
    "found-one",
    "found",
    "found-some",
    "found-instead",
    "searching",
    "none",
    "facet-all",
    "facet-option",
    "more",
    "section",
    "claim",
    "term",
    "model",
    "place",
    "external",
    "check",
    "figure",
    "finding",
)

#: The records of an edition as they were last made, with where they stood and what their pages are about.
_LAST: WeakKeyDictionary[Edition, tuple[dict, dict, list[search_entries.Entry]]] = WeakKeyDictionary()

#: Words of its template.
_TEMPLATE_WORDS = ("box", "help", "needs-script", "results", "persons", "facet-kind", "facet-place")


def _leave_index(app: Sphinx) -> None:
    """Sphinx makes no index of its own, which nobody would read."""
    cast(StandaloneHTMLBuilder, app.builder).search = False


def _page(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """The search page, which Sphinx makes only together with its index."""
    yield "search", {}, "search.html"


def _add_words(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    known = context["hasdoc"]
    context["hasdoc"] = lambda name: name == "search" or known(name)
    edition = edition_of(app.env)
    of_box = {"scripts": SCRIPTS, "searching": edition.label("search-searching")}
    context["zz_search_box"] = json.dumps(of_box, ensure_ascii=False)
    if pagename == "search":
        context["zz_search"] = {name: edition.label(f"search-{name}") for name in _TEMPLATE_WORDS}
        context["zz_search_scripts"] = (*SCRIPTS, "search-page.js")


def _words(edition: Edition) -> dict[str, str]:
    """The words for what is found; a script fills the gaps."""
    gaps = {name: f"{{{name}}}" for name in ("count", "query", "instead", "name")}
    return {name: edition.label(f"search-{name}", **gaps) for name in _WORDS}


def parts(app: Sphinx) -> dict[str, str]:
    """The part of the book that each page stands in, in the order of the table of contents; for the home page, none."""
    site = vars(app.env)["external_site_map"]
    found, known = {site.root.docname: ""}, captions(app)

    def add(page: str, caption: str) -> None:
        found[page] = caption
        for tree in site[page].subtrees:
            for item in tree.items:
                if item in site:
                    add(str(item), caption)

    for tree in site.root.subtrees:
        for item in tree.items:
            if item in site:
                add(str(item), known.get(tree.caption, ""))
    # A table of contents may name pages by a pattern, which the site map does not spell out.
    for page in sorted(app.env.found_docs):
        found.setdefault(page, "")
    return found


def entries(written: Written) -> list[search_entries.Entry]:
    """All that can be found, records before sections."""
    edition, env = written.edition, written.app.env
    sections = [entry for page in parts(written.app) for entry in written.told[page].sections]
    about = {entry.page: entry.places for entry in sections}
    stands = {thing: place.docname for thing, place in domain_of(env).places.items()}
    records = _records(edition.quiet, stands, about)
    return [*search_entries.places(edition, [*sections, *records]), *records, *sections]


def _records(
    edition: Edition, stands: dict[tuple[str, str], str], about: dict[str, tuple[str, ...]]
) -> list[search_entries.Entry]:
    """The records that can be found; made once of the same data while they stand where they stood."""
    last_stands, last_about, records = _LAST.get(edition, (None, None, []))
    if (stands, about) != (last_stands, last_about):
        records = list(search_entries.records(edition, stands, about))
        _LAST[edition] = stands, about, records
    return records


def data(
    edition: Edition,
    found: list[search_entries.Entry],
    captions: dict[str, str],
    titles: dict[str, str],
    address,
    simplified: dict[str, str],
) -> dict:
    """The entries as the search page reads them: pages and places once, and named by their position.

    Args:
        edition: the edition of the book.
        found: the entries.
        captions: the part of the book that each page stands in.
        titles: the title of each page.
        address: gives the address of a page as seen from the search page.
        simplified: the simplified form of traditional characters.
    """
    pages, known = list(captions), edition.tables.places
    order = list(known.index)
    return {
        "pages": [[address(page), titles[page], captions[page]] for page in pages],
        "places": [[row["name_en"], row["name_zh"], _town(known, place_id)] for place_id, row in known.iterrows()],
        "entries": [
            [e.kind, pages.index(e.page), e.anchor, e.title, [order.index(p) for p in e.places], list(e.names), e.text]
            for e in found
        ],
        "words": _words(edition),
        "traditional": ["".join(simplified), "".join(simplified.values())],
        **edition.tables.yaml["search"],
    }


def simplified_forms(characters: str) -> dict[str, str]:
    """The traditional characters whose simplified form is one of ``characters``, each with that form."""
    from opencc import OpenCC  # most builds find this done already

    known = [chr(code) for code in _HAN]
    forms = zip(known, OpenCC("t2s").convert("\n".join(known)).split("\n"), strict=True)
    return {sign: form for sign, form in forms if sign != form and form in characters}


def _town(known, place_id: str) -> int:
    """The position of the place that a village or site lies in; of itself for a town and what is larger."""
    parent = known.at[place_id, "parent_id"]
    inner = known.at[place_id, "level"] in ("village", "site") and parent
    return list(known.index).index(parent if inner else place_id)


def write(written: Written) -> None:
    """Writes the entries and the engine as scripts: a step of the finishing pass."""
    app = written.app
    titles = {page: title.astext() for page, title in app.env.titles.items()}
    found = entries(written)
    signs = set("".join(map(repr, found)))
    characters = "".join(sorted(sign for sign in signs if ord(sign) in _HAN))
    simplified = once(app, f"simplified forms of {characters}", lambda: simplified_forms(characters))
    content = data(written.edition, found, parts(app), titles, app.builder.get_target_uri, simplified)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (written.static / DATA).write_text(f"globalThis.zzSearchData = {text};\n", encoding="utf-8")
    engine = paths.SEARCH_ENGINE.read_text(encoding="utf-8")
    # Without the address of its source map, which is not sent.
    (written.static / "minisearch.js").write_text(engine.partition("//# sourceMappingURL")[0], encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _leave_index)
    app.connect("html-collect-pages", _page)
    app.connect("html-page-context", _add_words)
