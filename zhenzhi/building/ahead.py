"""Which changes allow a page to be shown ahead of the others, before these are read.

Pages tell of each other: titles, numbers of figures, where a record stands. A page that is read alone has this from the last
good build, so nothing may have changed that it could rest on: of the data none but the cells of claims and of outside figures
that name no other row; of the package only what draws; of the pages only those that are to be shown.
"""

import hashlib
from collections.abc import Collection, Mapping

from zhenzhi.book import fingerprint
from zhenzhi.book.edition import Edition
from zhenzhi.building.execute import PAGES

#: The tables of figures: which pages their rows stand on, the columns ending in ``_ID`` say.
_FIGURES, _ID = ("claims", "external"), "_id"


def made_from(edition: Edition, sources: Mapping[str, str]) -> dict[str, str]:
    """What a build is made from, as ``allowed`` compares it.

    Args:
        edition: the data.
        sources: the digests of the files, by name.
    """
    found = dict(sources)
    for name in _FIGURES:
        frame = edition.tables.frames[name]
        standing = frame[[column for column in frame if column.endswith(_ID)]]
        found[f"rows of {name}"] = hashlib.sha256(standing.to_csv().encode()).hexdigest()
    return found


def allowed(last: Mapping[str, str], now: Mapping[str, str], pages: Collection[str]) -> bool:
    """Whether pages can be shown ahead, and would not be first all the same.

    Args:
        last: what the last good build was made from.
        now: what this one is made from.
        pages: the pages, as Sphinx names them.
    """
    changed = {name for name in last.keys() | now.keys() if last.get(name) != now.get(name)}
    rest = changed - {f"{page}{suffix}" for page in pages for suffix in PAGES}
    figures = {f"data/{name}.csv" for name in _FIGURES}
    return bool(pages and rest) and all(name in figures or fingerprint.draws(name) for name in rest)
