"""Sentences of pages on the documents as a whole, and whether the book still holds what they were written for.

A sentence that tells a count names it by a role and changes with it. One that says that no text does a thing, or which texts
are alike, must be read again when a document comes: ``page_sentences.csv`` has it with the count that it was last read for.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from zhenzhi import project
from zhenzhi.book.counts import counts
from zhenzhi.book.edition import Edition
from zhenzhi.data.problems import Problem, cell_of
from zhenzhi.data.rows import rows_of

_TABLE = "page_sentences"


def outgrown(edition: Edition, root: Path) -> Iterator[str]:
    """The sentences that must be read again, by file and line, and rows whose words stand on no page any more.

    Args:
        edition: the book in the language of the pages.
        root: the project; pages that it does not have are passed over.
    """
    known = counts(edition.quiet)
    for line, page, words, name, value in rows_of(
        edition.quiet.tables.page_sentences, "page", "words", "count", "value"
    ):
        file = root / f"{page}.md"
        if not file.is_file():
            continue
        text = project.text(file)
        found = re.search(r"\s+".join(map(re.escape, words.split())), text)
        row = cell_of(_TABLE, line)
        if found is None:
            yield Problem(row, f"{words!r} does not stand on {page}.md; expected words of the page, or no row")
        elif name not in known:
            yield Problem(row, f"the book has no count {name!r}; expected one of {', '.join(sorted(known))}")
        elif known[name].value != value:
            where = f"{page}.md, line {text.count(chr(10), 0, found.start()) + 1}"
            yield Problem(
                where, f"{words!r} was written for {value} of {name!r}, now {known[name].value}; expected it read again, "
                f"then the number that it was read for ({row})",
            )  # fmt: skip
