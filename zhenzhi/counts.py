"""What the book holds, counted: documents, claims, other numerals, defects, checks and what two coders agreed on.

Text takes its counts from here, so that none is typed. A count that is a part of another can be shown as a percentage.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.edition import Edition, UnknownReference, number_word
from zhenzhi.reliability import CATEGORIES, agreement

#: Tables of which only the rows are counted.
_TABLES = ("articles", "external", "indicators", "instruments", "models", "places", "terms")


@dataclass(frozen=True)
class Count:
    """A count, and of how many it is a part where it is one."""

    value: int
    whole: int | None = None


@cache
def counts(edition: Edition) -> dict[str, Count]:
    """Every count by name."""
    tables = edition.tables
    found = {name: Count(len(getattr(tables, name))) for name in _TABLES}
    found |= _documents(edition) | _claims(edition) | _coders(edition)
    found["numerals"] = Count(len(tables.numerals), len(tables.numerals) + len(tables.claims))
    found["phrases"] = Count(len(tables.numerals) + len(tables.claims))
    found |= _by_word("numerals", tables.numerals["reason"])
    found["passages"] = Count(len(tables.instrument_evidence))
    found["caveats"] = Count(len(tables.caveats))
    found["caveats-touching"] = Count(sum(bool(caveat["affects"]) for caveat in tables.caveats), len(tables.caveats))
    found |= _by_word("caveats", [caveat["kind"] for caveat in tables.caveats])
    verdicts = Counter(result.verdict for result in edition.results.values())
    found["checks"] = Count(len(edition.results))
    found |= {
        verdict: Count(verdicts[verdict], len(edition.results)) for verdict in (CONSISTENT, INCONSISTENT, UNDETERMINED)
    }
    return found


def _documents(edition: Edition) -> dict[str, Count]:
    documents = edition.tables.documents
    found = {"documents": Count(len(documents))}
    found |= {
        "documents-dated": Count(int((documents["date_basis"] == "stated").sum()), len(documents)),
        "documents-inferred": Count(int((documents["date_basis"] == "inferred").sum()), len(documents)),
        "documents-doubtful": Count(int(documents["not_excluded"].notna().sum()), len(documents)),
        "documents-online": Count(int(documents["url"].notna().sum()), len(documents)),
    }
    return found


def _claims(edition: Edition) -> dict[str, Count]:
    """Claims in all, and those of which something holds; repeats are counted unless the name says otherwise."""
    claims = edition.tables.claims
    touched = {claim for caveat in edition.tables.caveats for claim in caveat["affects"]}
    some = {
        "claims-first": claims["repeats"].isna(),
        "claims-repeated": claims["repeats"].notna(),
        "claims-undated": claims["period_start"].isna() & claims["period_end"].isna(),
        "claims-noted": claims["note_en"].notna(),
        "claims-qualified": claims["qualifier"] != "exact",
        "claims-touched": claims.index.isin(touched),
        "checked": claims.index.isin(edition.checked),
    }
    found = {"claims": Count(len(claims))}
    found |= {name: Count(int(holds.sum()), len(claims)) for name, holds in some.items()}
    for column in ("kind", "status", "rung", "qualifier"):
        found |= _by_word("claims", claims[column])
    for column in ("kind", "rung"):
        found |= _by_word("first", claims.loc[claims["repeats"].isna(), column])
    return found


def _coders(edition: Edition) -> dict[str, Count]:
    """What the two coders found, and on how many claims of both they agreed."""
    row = agreement(edition.tables).loc["all"]
    both = int(row["both"])
    found = {"coded-a": Count(int(row["A"])), "coded-b": Count(int(row["B"])), "coded-both": Count(both)}
    return found | {
        f"agreed-{name}": Count(round(row[name] * both), both) for name in ("value", "qualifier", *CATEGORIES)
    }


def _by_word(name: str, words: Iterable[str]) -> dict[str, Count]:
    """How many rows have each word of a column."""
    words = list(words)
    return {f"{name}-{word}": Count(number, len(words)) for word, number in Counter(words).items()}


def show(edition: Edition, text: str) -> str:
    """A count as a role names it: ``claims``, ``documents|word`` (five), ``checked|percent`` (68).

    Raises:
        UnknownReference: the count or the form is unknown, or the count is not a part of a whole.
    """
    name, _, form = (part.strip() for part in text.partition("|"))
    edition.note(f"count:{name}")
    known = counts(edition.quiet)
    if name not in known:
        raise UnknownReference(f"the book has no count {name!r}; expected one of {', '.join(sorted(known))}")
    count = known[name]
    if form == "word":
        return number_word(count.value, edition.language)
    if form == "word-capital":
        return number_word(count.value, edition.language).capitalize()
    if form == "percent":
        if not count.whole:
            raise UnknownReference(f"the count {name!r} is not a part of a whole; expected no form 'percent'")
        return str(round(100 * count.value / count.whole))
    if form:
        raise UnknownReference(f"the form {form!r} of a count is unknown; expected word, word-capital or percent")
    return f"{count.value:,}"
