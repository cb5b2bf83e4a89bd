"""What the book holds, counted: documents, claims, numerals, defects, checks, what coders agreed on, what a trial shows.

Text takes its counts from here, so that none is typed. A count that is a part of another can be shown as a percentage, or
as the percentages between which its share may lie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import ceil, floor

from zhenzhi import audit
from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.audit.result import FIGURE
from zhenzhi.book.edition import Edition
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.book.words import number_word
from zhenzhi.data import dates
from zhenzhi.data.answering import ACTS, WAYS, way
from zhenzhi.data.drafts import coded
from zhenzhi.data.instruments import town_of
from zhenzhi.data.reliability import CATEGORIES, agreement, coded_twice
from zhenzhi.data.tables import Tables
from zhenzhi.relations.measure import Rate

#: Tables of which only the rows are counted.
_TABLES = ("articles", "events", "external", "indicators", "instruments", "models", "places", "terms")

#: Capacities in which a voice speaks for Party, government, congress or village.
_IN_OFFICE = frozenset({"party", "government", "congress", "village"})


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
    found |= _silences(edition) | _voices(edition) | _targets(edition) | _told(edition) | _trial(edition)
    found |= _relations(edition)
    found["findings"] = Count(len(tables.findings))
    found["numerals"] = Count(len(tables.numerals), len(tables.numerals) + len(tables.claims))
    found["phrases"] = Count(len(tables.numerals) + len(tables.claims))
    found |= _by_word("numerals", tables.numerals["reason"])
    found["passages"] = Count(len(tables.instrument_evidence))
    found["caveats"] = Count(len(tables.caveats))
    found["caveats-touching"] = Count(sum(bool(caveat["affects"]) for caveat in tables.caveats), len(tables.caveats))
    found |= _by_word("caveats", [caveat["kind"] for caveat in tables.caveats])
    verdicts = Counter(result.verdict for result in edition.results.values())
    found["checks"] = Count(len(edition.results))
    found |= _held_against(edition)
    found |= {
        verdict: Count(verdicts[verdict], len(edition.results)) for verdict in (CONSISTENT, INCONSISTENT, UNDETERMINED)
    }
    return found


def _documents(edition: Edition) -> dict[str, Count]:
    documents = coded(edition.tables)
    twice = len(coded_twice(edition.tables))
    found = {"documents": Count(len(documents))}
    found |= {
        "documents-coded-twice": Count(twice, len(documents)),
        "documents-coded-once": Count(len(documents) - twice, len(documents)),
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


def _held_against(edition: Edition) -> dict[str, Count]:
    """What the claims, those told for the first time, and the checks of each verdict are held against."""
    claims, results = edition.tables.claims, list(edition.results.values())
    held = edition.held_against
    within = audit.decomposition(
        claims.index, [found for found in results if not any(map(edition.is_external, found.claims))]
    )
    first = [held[claim] for claim in claims.index[claims["repeats"].isna()]]
    found = {f"against-{name}": Count(0, len(held)) for name in audit.CLASSES}
    found |= _by_word("against", held.values()) | _by_word("first-against", first)
    only = [claim for claim, name in held.items() if name == "figure" != within[claim]]
    found["against-outside"] = Count(len(only), len(held))
    for verdict in (CONSISTENT, INCONSISTENT, UNDETERMINED):
        relations = [result.relation for result in results if result.verdict == verdict]
        found |= {f"{verdict}-{name}": Count(0, len(relations)) for name in audit.RELATIONS}
        found |= _by_word(verdict, relations)
        outside = [any(map(edition.is_external, result.claims)) for result in results if result.verdict == verdict]
        found[f"{verdict}-outside"] = Count(sum(outside), len(outside))
    between = Counter(
        found.verdict
        for found in results
        if found.relation == FIGURE and not any(map(edition.is_external, found.claims))
    )
    decided = between[CONSISTENT] + between[INCONSISTENT]
    return found | {"between-decided": Count(decided), "between-failing": Count(between[INCONSISTENT], decided)}


def _coders(edition: Edition) -> dict[str, Count]:
    """What the two coders found, and on how many claims of both they agreed; nothing where no document was coded."""
    table = agreement(edition.tables)
    if table.empty:
        return {}
    row = table.loc["all"]
    both = int(row["both"])
    found = {"coded-a": Count(int(row["A"])), "coded-b": Count(int(row["B"])), "coded-both": Count(both)}
    return found | {
        f"agreed-{name}": Count(round(row[name] * both), both) for name in ("value", "qualifier", *CATEGORIES)
    }


def _silences(edition: Edition) -> dict[str, Count]:
    """The systems of the table of silences, the cells asked, and the blanks among them, in all and by question."""
    silences = edition.tables.silences
    blank = silences["as_written"].isna()
    found = {
        "systems": Count(silences["model_id"].nunique()),
        "cells": Count(len(silences)),
        "silent": Count(int(blank.sum()), len(silences)),
    }
    for question, own in blank.groupby(silences["question"]):
        found[f"silent-{question}"] = Count(int(own.sum()), len(own))
        found[f"asked-{question}"] = Count(len(own), len(silences))
    return found


def _voices(edition: Edition) -> dict[str, Count]:
    """Who is heard, quoted or reported, and in what capacity; by-lines are counted apart."""
    speakers = edition.tables.speakers
    heard = speakers.loc[speakers["heard"] != "by-line", "capacity"]
    in_office = int(heard.isin(_IN_OFFICE).sum())
    return {
        "voices": Count(len(heard)),
        "voices-office": Count(in_office, len(heard)),
        "by-lines": Count(len(speakers) - len(heard)),
    } | _by_word("voices", heard)


def _targets(edition: Edition) -> dict[str, Count]:
    """Planned amounts, told first, that a result can answer; those that a document here could answer, and that one does."""
    tables = edition.tables
    claims = tables.claims
    planned = (claims["status"] == "planned") & claims["kind"].isin(["level", "flow"]) & claims["repeats"].isna()
    targets = claims[planned]
    answered = {
        check["claims"]["target"]
        for check in tables.checks
        if check["type"] == "target" and check["claims"]["result"] in claims.index
    }
    told = {name: dates.bounds(published)[1] for name, published in tables.documents["published"].items()}
    last: dict[str, date] = {}
    for article in tables.articles.itertuples():
        for place in (article.place_ids or "").split():
            town = town_of(tables, place)
            last[town] = max(last.get(town, date.min), told[article.document_id])
    own = zip(targets.index, targets["place_id"], targets["article_id"].map(tables.document_of), strict=True)
    answerable = {
        name
        for name, place, document in own
        if name in answered or last.get(town_of(tables, place), date.min) > told[document]
    }
    return {
        "targets": Count(len(targets)),
        "targets-answerable": Count(len(answerable), len(targets)),
        "targets-answered": Count(len(set(targets.index) & answered), len(targets)),
    }


def _told(edition: Edition) -> dict[str, Count]:
    """The passages on instruments in each article, and how many of them tell of one as at work, planned or only named."""
    evidence, articles = edition.tables.instrument_evidence, edition.tables.articles
    found = {}
    for article in articles.itertuples():
        own = evidence[
            (evidence["document_id"] == article.document_id)
            & (evidence["start"] >= article.start)
            & (evidence["end"] <= article.end)
        ]
        found[f"told-{article.article_id}"] = Count(len(own))
        for degree in ("at-work", "planned", "named"):
            name = f"told-{article.article_id}-{degree}"
            found[name] = Count(int((own["degree"] == degree).sum()), len(own) or None)
    return found


def _relations(edition: Edition) -> dict[str, Count]:
    """Relations of answering by act, by document and by the way that they lead, in all and within each act and document."""
    tables = edition.tables
    table = tables.relations
    ways = [way(*levels) for levels in zip(table["answers_level"], table["to_level"], strict=True)]
    found = {"relations": Count(len(table))} | {
        f"relations-{name}": Count(ways.count(name), len(table)) for name in WAYS
    }
    for column, names in (("act", ACTS), ("document_id", edition.tables.documents.index)):
        for name in names:
            own = [leads for of, leads in zip(table[column], ways, strict=True) if of == name]
            found[f"relations-{name}"] = Count(len(own), len(table))
            found |= {f"relations-{name}-{leads}": Count(own.count(leads), len(own) or None) for leads in WAYS}
    return found | _second_reading(tables, dict(zip(table.index, ways, strict=True)))


def _second_reading(tables: Tables, first: Mapping[str, str]) -> dict[str, Count]:
    """What a second reader coded as relations; ``first`` is the way of each relation of the first."""
    table, acts = tables.relation_codings, tables.relations["act"]
    ways = [way(*levels) for levels in zip(table["answers_level"], table["to_level"], strict=True)]
    both = [
        (relation, act, leads)
        for relation, act, leads in zip(table["relation_id"], table["act"], ways, strict=True)
        if relation is not None
    ]
    same_way = sum(first[relation] == leads for relation, _, leads in both)
    one_open = sum((first[relation] == "open") != (leads == "open") for relation, _, leads in both)
    found = {
        "second-relations": Count(len(table)),
        "second-relations-both": Count(len(both), len(first) or None),
        "second-relations-alone": Count(len(table) - len(both), len(table) or None),
        "second-relations-act": Count(sum(acts[relation] == act for relation, act, _ in both), len(both) or None),
        "second-relations-way": Count(same_way, len(both) or None),
        "second-relations-same": Count(
            sum(acts[relation] == act and first[relation] == leads for relation, act, leads in both), len(both) or None
        ),
        "second-relations-one-open": Count(one_open),
        "second-relations-other-level": Count(len(both) - same_way - one_open),
    }
    for act in ACTS:
        own = [leads for of, leads in zip(table["act"], ways, strict=True) if of == act]
        found |= {f"second-relations-{act}-{leads}": Count(own.count(leads), len(own) or None) for leads in WAYS}
    return found


def _trial(edition: Edition) -> dict[str, Count]:
    """What the check says of made-up texts."""
    return {f"trial-{row.Index}": Count(row.value, row.whole) for row in edition.tables.trial.itertuples()}


def _by_word(name: str, words: Iterable[str]) -> dict[str, Count]:
    """How many rows have each word of a column."""
    words = list(words)
    return {f"{name}-{word}": Count(number, len(words)) for word, number in Counter(words).items()}


def show(edition: Edition, text: str) -> str:
    """A count as a role names it: ``claims``, ``documents|word`` (five), ``checked|percent`` (68).

    The form ``interval`` tells the share of a sample with its bounds (Wilson, 95%): 44 to 59 per cent.

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
    if form in ("percent", "interval"):
        if not count.whole:
            raise UnknownReference(f"the count {name!r} is not a part of a whole; expected no form {form!r}")
        return str(round(100 * count.value / count.whole)) if form == "percent" else _interval(edition, count)
    if form:
        raise UnknownReference(
            f"the form {form!r} of a count is unknown; expected word, word-capital, percent or interval"
        )
    return edition.digits(count.value)


def _interval(edition: Edition, count: Count) -> str:
    """The bounds of a share, rounded outward to whole per cent, or to tenths where it is below one."""
    low, high = (100 * bound for bound in Rate(count.value, count.whole or 0).bounds)
    upper = ceil(high) if high > 1 else ceil(10 * high) / 10
    return edition.label("interval-percent", low=str(floor(low)), high=f"{upper:g}")
