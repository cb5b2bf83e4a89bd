"""A text with its figures marked in it, for tests of rules that look for relations between figures.

``解决{1246条:opinion}，解决率{99.5%:percent:share}`` is the text without the marks, with a claim for each: as written, its
unit, and its kind where that is no level. Value and wording follow from the words as everywhere in the package.
"""

import re
from functools import cache

from zhenzhi.amounts.grammar import read
from zhenzhi.data import tables
from zhenzhi.data.tables import Tables
from zhenzhi.relations import Relation
from zhenzhi.relations.scanned import ScannedRelations
from zhenzhi.scan import Claim

_MARK = re.compile(r"\{([^{}:]+):([^{}:]+)(?::([^{}:]+))?(?::([^{}:]+))?\}")


@cache
def data() -> Tables:
    """The project's own data package, read once."""
    return tables.load()


@cache
def between() -> ScannedRelations:
    """Finds relations with the units of that."""
    return ScannedRelations(data())


def marked(text: str) -> tuple[str, list[Claim]]:
    """The text without the marks, and its claims."""
    plain, done, claims = "", 0, []
    for match in _MARK.finditer(text):
        plain += text[done : match.start()]
        done = match.end()
        written, unit, kind, status = match.groups()
        phrase = read(written, data().lexicon)
        value, high = (None if end is None else _decimal(end) for end in (phrase.value, phrase.value_high))
        start = len(plain)
        plain += written
        claims.append(
            Claim(
                start,
                len(plain),
                written,
                value,
                high,
                unit,
                phrase.qualifier,
                kind or "level",
                status=status or "reported",
                confidence=1.0,
                rule="marked",
            )  # fmt: skip
        )
    return plain + text[done:], claims


def _decimal(value) -> str:
    whole, rest = divmod(abs(value.numerator) * 10**9 // value.denominator, 10**9)
    text = f"{whole}.{rest:09}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def relations(text: str) -> list[Relation]:
    """The relations between the figures that are marked in a text."""
    plain, claims = marked(text)
    return between().of(plain, claims)[0]
