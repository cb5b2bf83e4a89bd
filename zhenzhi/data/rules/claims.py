"""Claims: kind, unit, value, status and rung are what they can be beside each other, and as they were coded."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from zhenzhi.amounts.grammar import read
from zhenzhi.amounts.phrase import Phrase
from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: Kinds that count the parts of something or name it: each has the unit of its own parts.
_OF_PARTS = frozenset({"count-of-components", "label"})

#: Indicators under which parts of any sort are counted or named.
OF_ANY_UNIT = frozenset({"components", "programme-label"})

#: Units that only one kind of number has, by what the name of the unit begins with.
_TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})

#: Shares that may lie above all: how far a plan is fulfilled.
_ABOVE_ALL = frozenset({"completion-rate"})

#: Words of a figure that say that it is still to come, or done.
_TO_COME = re.compile("计划|力争|预计|目标|将")

_DONE = re.compile("已|同比")


def _kinds_have_their_units(tables: Tables) -> Iterator[Problem]:
    """A share is told in per cent, and nothing else is but a change; the same holds for lengths of time and frequencies."""
    lexicon = tables.lexicon
    columns = ("claim_id", "kind", "unit", "value", "value_high", "qualifier", "indicator_id", "as_written")
    for line, name, kind, unit, value, high, qualifier, indicator, words in rows_of(tables.claims, *columns):
        cell = partial(cell_of, "claims", line)
        for kinds, fits, expected in (
            (("share", "change"), unit == "percent", "per cent"),
            (("duration",), unit in _TIMES, "a unit of time"),
            (("frequency",), unit.startswith("per-"), "a unit such as per-month"),
        ):
            if fits and kind not in kinds and kind not in _OF_PARTS:
                yield Problem(cell("kind"), f"{name!r} is a {kind} in {unit}; expected {' or '.join(kinds)}")
            elif kind in kinds and not fits and kind != "change":  # which may be a difference: 减少9957件
                yield Problem(cell("unit"), f"{name!r} is a {kind} in {unit}; expected {expected}")
        if (qualifier == "range") != (high is not None):
            shown = "empty" if high is None else high
            yield Problem(
                cell("value_high"), f"{shown} for {qualifier!r}; expected a number for a range and none for others"
            )
        if value is None:
            if kind != "label":
                yield Problem(cell("value"), f"a {kind} without a value; expected one, or the kind label")
        elif kind == "share" and not (0 <= value <= 100 or indicator in _ABOVE_ALL):
            yield Problem(cell("value"), f"a share of {value} per cent; expected 0 to 100")
        elif kind not in ("change", "share") and value < 0:
            yield Problem(cell("value"), f"a {kind} of {value}; expected a number that is not negative")
        elif kind == "change" and _is_turned(value, read(words, lexicon)):
            yield Problem(cell("value"), f"{value} beside {words!r}; expected a fall below zero and a rise above")


def _is_turned(value: Decimal, phrase: Phrase) -> bool:
    """Whether a change lies on the other side of zero than its words say; those of a figure in a list may say nothing."""
    return phrase.changes and (value > 0 if phrase.falls else value < 0)


def _indicators_have_one_unit(tables: Tables) -> Iterator[Problem]:
    """The unit of a claim is that of its indicator, unless it counts parts; its kind and rung are those of the others."""
    units = dict(zip(tables.indicators["indicator_id"], tables.indicators["unit"], strict=True))
    told: dict[str, dict[str, Counter]] = defaultdict(lambda: {"kind": Counter(), "rung": Counter()})
    rows = list(rows_of(tables.claims, "claim_id", "indicator_id", "unit", "kind", "rung", "differs_en"))
    for line, _, indicator, unit, kind, _, _ in rows:
        own = units.get(indicator, unit)
        if unit != own and not (indicator in OF_ANY_UNIT and kind in _OF_PARTS):
            yield Problem(
                cell_of("claims", line, "unit"), f"{unit!r}, but {indicator!r} is told in {own!r}; expected that"
            )
    counted = Counter((indicator, kind, rung) for _, _, indicator, _, kind, rung, note in rows if not note)
    for (indicator, kind, rung), count in counted.items():
        if indicator not in OF_ANY_UNIT:
            told[indicator]["kind"][kind] += count
            told[indicator]["rung"][rung] += count
    usual = {name: {column: words.most_common(1)[0][0] for column, words in own.items()} for name, own in told.items()}
    for line, name, indicator, _, kind, rung, note in rows:
        expected = usual.get(indicator)
        if note or expected is None:
            continue
        for column, word in (("kind", kind), ("rung", rung)):
            if word != expected[column]:
                yield Problem(
                    cell_of("claims", line, column),
                    f"{name!r} is {word!r}, other claims of {indicator!r} are "
                    f"{expected[column]!r}; expected one {column}, or a differs_en that says why",
                )


def _claims_are_as_coded(tables: Tables) -> Iterator[Problem]:
    """Where the document was coded twice, a claim is as one of the coders had it, or its note says why not."""
    if tables.codings.empty:
        return
    document_of = tables.document_of
    columns = ("value", "qualifier", "kind", "status", "rung")
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    coded: dict[str, dict[int, list[tuple]]] = defaultdict(lambda: defaultdict(list))
    for _, document, start, end, *words in rows_of(tables.codings, "document_id", "start", "end", *columns):
        if start is not None and end is not None:
            spans[document].add((start, end))
            for offset in range(start, end):
                coded[document][offset].append(tuple(words))
    rows = rows_of(tables.claims, "claim_id", "article_id", "start", "end", "differs_en", *columns)
    for line, name, article, start, end, differs, *words in rows:
        document = document_of.get(article, "")
        if document not in spans or differs or start is None or end is None:
            continue
        if (start, end) not in spans[document]:
            yield Problem(
                cell_of("claims", line, "start"),
                f"no coder found the span {start}-{end} of {name!r} (codings.csv); "
                "expected the span of one, or a differs_en that says why",
            )
            continue
        readings = [reading for offset in range(start, end) for reading in coded[document].get(offset, ())]
        for column, word, others in zip(columns, words, zip(*readings, strict=True), strict=True):
            if word not in others:
                shown = " or ".join(dict.fromkeys(map(str, others)))
                yield Problem(
                    cell_of("claims", line, column),
                    f"{word} for {name!r}, which was coded as {shown} "
                    "(codings.csv); expected the same, or a differs_en that says why",
                )


def _statuses_fit_their_words(tables: Tables) -> Iterator[Problem]:
    for line, status, words, kind in rows_of(tables.claims, "status", "as_written", "kind"):
        if status == "reported" and kind not in _OF_PARTS and (found := _TO_COME.search(words)):
            yield Problem(
                cell_of("claims", line, "status"), f"'reported' beside {found.group()!r}; expected planned or forecast"
            )
        if status == "planned" and (found := _DONE.search(words)):
            yield Problem(cell_of("claims", line, "status"), f"'planned' beside {found.group()!r}; expected reported")


def _repeats_tell_the_same(tables: Tables) -> Iterator[Problem]:
    """A claim repeats an earlier one of its document that repeats none, about the same thing, with the same value."""
    document_of = tables.document_of
    columns = ("repeats", "article_id", "start", "indicator_id", "value", "unit", "differs_en")
    claims = {name: row for _, name, *row in rows_of(tables.claims, "claim_id", *columns)}
    for line, name, first in rows_of(tables.claims, "claim_id", "repeats"):
        if first not in claims:
            continue
        (_, article, start, indicator, value, unit, note) = claims[name]
        (again, other, before, what, stated, stated_unit, _) = claims[first]
        where, it = cell_of("claims", line, "repeats"), f"{name!r} repeats {first!r}"
        if again is not None:
            yield Problem(where, f"{it}, which repeats {again!r}; expected the first telling")
        elif document_of.get(article) != document_of.get(other):
            yield Problem(
                where, f"{it}, which is of {document_of.get(other)!r}; expected one of {document_of.get(article)!r}"
            )
        elif start is not None and before is not None and before >= start:
            yield Problem(where, f"{it}, which stands at {before} and not before {start}; expected an earlier telling")
        elif (indicator, unit) != (what, stated_unit):
            yield Problem(where, f"{it}, which tells {what!r} in {stated_unit!r}; expected {indicator!r} in {unit!r}")
        elif value != stated and not note:
            yield Problem(where, f"{it}, which tells {stated}; expected {value}, or a differs_en that says why")


RULES: tuple[Rule, ...] = (
    _kinds_have_their_units,
    _indicators_have_one_unit,
    _claims_are_as_coded,
    _statuses_fit_their_words,
    _repeats_tell_the_same,
)
