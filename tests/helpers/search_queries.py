"""The queries that the data themselves name, each with what answers it; for the tests and the benchmark."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml import html

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.inline.terms import anchor

#: Prefixes of the anchors of records.
_RECORDS = ("claim-", "entry-model-", "term-", "external-")


def anchors(folder: Path) -> dict[str, str]:
    """The address of each record, by its anchor, from the built pages."""
    found = {}
    for page in sorted(folder.glob("chapters/**/*.html")):
        for element in html.parse(str(page), html.HTMLParser(encoding="utf-8")).iter("*"):
            name = element.get("id", "")
            if name.startswith(_RECORDS) and element.tag in ("div", "dt") and "zz-card" not in element.get("class", ""):
                found[name] = f"{page.relative_to(folder)}#{name}"
    return found


def queries(edition: Edition, folder: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Kind, query and the addresses that answer it; for a place, pages that tell of it or have a record about it.

    Where several records bear one name or one figure as written, each of them answers it.
    """
    tables, known = edition.tables, anchors(folder)
    claims = {claim_id: known[f"claim-{claim_id}"] for claim_id in tables.claims.index}
    for claim_id, address in claims.items():
        yield "claim ID", claim_id, {address}
    for written, own in tables.claims.groupby("as_written"):
        yield "as written", written, {claims[claim_id] for claim_id in own.index}
    for column in ("name_zh", "name_en"):
        for name, own in tables.indicators.groupby(column):
            with_it = tables.claims.index[tables.claims["indicator_id"].isin(own.index)]
            yield "indicator", name, {claims[claim_id] for claim_id in with_it}
        for name, own in tables.models.groupby(column):
            yield "model", name, {known[f"entry-model-{model_id}"] for model_id in own.index}
    for term, row in ((term, tables.terms.loc[term]) for term in tables.terms.index):
        own = {known[anchor(row["pinyin"])]}
        yield "two-character term" if len(term) == 2 else "term", term, own
    within: dict[str, set[str]] = {}
    for term in tables.terms.index:
        # Nobody types the sign between two words.
        for first, second in (pair for pair in pairwise(term) if "".join(pair).isalnum()):
            within.setdefault(first + second, set()).add(known[anchor(tables.terms.at[term, "pinyin"])])
    for pair in sorted(within.keys() - set(tables.terms.index)):
        # Claims whose name has the pair answer it as well.
        named = tables.claims.index[tables.claims["label_zh"].str.contains(pair, regex=False)]
        yield "pair within a term", pair, within[pair] | {claims[claim_id] for claim_id in named}
    for name, own in tables.terms.groupby("term_en"):
        yield "term", name, {known[anchor(row)] for row in own["pinyin"]}
    yield from _places(edition, folder, known)


def _places(edition: Edition, folder: Path, known: dict[str, str]) -> Iterator[tuple[str, str, set[str]]]:
    tables = edition.tables
    files = sorted(folder.glob("chapters/**/*.html"))
    pages = {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}
    for place_id in tables.places.index:
        own = {place_id, *tables.places.index[tables.places["parent_id"] == place_id]}
        records = {known[f"claim-{name}"] for name in tables.claims.index[tables.claims["place_id"].isin(own)]}
        records |= {known[f"entry-model-{name}"] for name in tables.models.index[tables.models["place_id"].isin(own)]}
        records |= {known[f"external-{name}"] for name in tables.external.index[tables.external["place_id"].isin(own)]}
        names = tables.places.loc[place_id, ["name_zh", "name_en"]]
        titled = {page for page, text in pages.items() if names["name_en"] in _title(text)}
        telling = {page for page, text in pages.items() if any(name in text for name in names)}
        for name in names:
            # A page named after the place is its page; where there is none, each that tells of it.
            yield "place", name, titled or telling | {address.partition("#")[0] for address in records}


def _title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def answers(expected: set[str], address: str) -> bool:
    """Whether a result leads to what was asked for; where a page answers, so does each part of it."""
    return address in expected or address.partition("#")[0] in expected
