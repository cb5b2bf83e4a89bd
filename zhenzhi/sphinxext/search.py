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
from pathlib import Path

from sphinx.application import Sphinx

from zhenzhi import paths
from zhenzhi.edition import Edition
from zhenzhi.sphinxext import search_entries
from zhenzhi.sphinxext.freshness import edition_of

#: The entries, below ``_static``.
DATA = "search-data.js"

#: The scripts of the search page, in their order.
SCRIPTS = ("minisearch.js", DATA, "search.js", "search-page.js")

#: Words of the search page, in ``labels.yml`` under ``search-``.
_WORDS = (
    "found-one",
    "found",
    "found-some",
    "none",
    "more",
    "section",
    "claim",
    "term",
    "model",
    "place",
    "external",
    "check",
    "figure",
)

#: Words of its template.
_TEMPLATE_WORDS = ("box", "help", "needs-script", "results")


def _leave_index(app: Sphinx) -> None:
    """Sphinx makes no index of its own, which nobody would read."""
    app.builder.search = False


def _page(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """The search page, which Sphinx makes only together with its index."""
    yield "search", {}, "search.html"


def _add_words(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    known = context["hasdoc"]
    context["hasdoc"] = lambda name: name == "search" or known(name)
    if pagename != "search":
        return
    edition = edition_of(app.env)
    # The page fills the gaps.
    words = {name: edition.label(f"search-{name}", count="{count}", query="{query}") for name in _WORDS}
    context["zz_search_words"] = json.dumps(words, ensure_ascii=False)
    context["zz_search"] = {name: edition.label(f"search-{name}") for name in _TEMPLATE_WORDS}
    context["zz_search_scripts"] = SCRIPTS


def parts(app: Sphinx) -> dict[str, str]:
    """The part of the book that each page stands in, in the order of the table of contents; for the home page, none."""
    site = app.env.external_site_map
    found = {site.root.docname: ""}

    def add(page: str, caption: str) -> None:
        found[page] = caption
        for tree in site[page].subtrees:
            for item in tree.items:
                if item in site:
                    add(str(item), caption)

    for tree in site.root.subtrees:
        for item in tree.items:
            if item in site:
                add(str(item), tree.caption or "")
    # A table of contents may name pages by a pattern, which the site map does not spell out.
    for page in sorted(app.env.found_docs):
        found.setdefault(page, "")
    return found


def entries(app: Sphinx) -> list[search_entries.Entry]:
    """All that can be found, records before sections."""
    edition, env = edition_of(app.env), app.env
    files = {page: Path(app.builder.get_outfilename(page)) for page in parts(app)}
    sections = [entry for page, file in files.items() for entry in search_entries.sections(edition, page, file)]
    about = {entry.page: entry.places for entry in sections}
    records = list(search_entries.records(edition, env.zhenzhi_places, env.zhenzhi_glossary, about))
    return [*search_entries.places(edition, [*sections, *records]), *records, *sections]


def data(
    edition: Edition, found: list[search_entries.Entry], captions: dict[str, str], titles: dict[str, str], address
) -> dict:
    """The entries as the search page reads them: pages and places once, and named by their position.

    Args:
        edition: the edition of the book.
        found: the entries.
        captions: the part of the book that each page stands in.
        titles: the title of each page.
        address: gives the address of a page as seen from the search page.
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
    }


def _town(known, place_id: str) -> int:
    """The position of the place that a village or site lies in; of itself for a town and what is larger."""
    parent = known.at[place_id, "parent_id"]
    inner = known.at[place_id, "level"] in ("village", "site") and parent
    return list(known.index).index(parent if inner else place_id)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    titles = {page: title.astext() for page, title in app.env.titles.items()}
    content = data(edition_of(app.env), entries(app), parts(app), titles, app.builder.get_target_uri)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (static / DATA).write_text(f"globalThis.zzSearchData = {text};\n", encoding="utf-8")
    engine = paths.SEARCH_ENGINE.read_text(encoding="utf-8")
    # Without the address of its source map, which is not sent.
    (static / "minisearch.js").write_text(engine.partition("//# sourceMappingURL")[0], encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _leave_index)
    app.connect("html-collect-pages", _page)
    app.connect("html-page-context", _add_words)
    # After the pages are written, before styles are pruned and policies set.
    app.connect("build-finished", _write, priority=700)
