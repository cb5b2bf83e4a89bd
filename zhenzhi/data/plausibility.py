"""Whether what the data package says makes sense: units, kinds, dates, places and counts are what they can be.

Rules are as those of ``integrity``. Each rests on two things that the package says of one figure, so that a slip in either is
told. Where a claim is rightly odd, its note or a note of its model says why, and the rule lets it pass.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from zhenzhi import __date__
from zhenzhi.amounts.numerals import find
from zhenzhi.amounts.phrase import Phrase, read
from zhenzhi.data import dates
from zhenzhi.data.integrity import Rule, rows_of
from zhenzhi.data.problems import Place, Problem, Row, cell_of

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

_CJK = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")
_TONES = frozenset("\u0300\u0301\u0304\u030c")

#: Columns of names and labels in which one language must not stand for the other.
_NAMES = ("name", "label", "title", "publisher", "term", "what", "definition", "states", "silent", "plural")


def problems(tables: Tables) -> list[Problem]:
    """What makes no sense, rule by rule."""
    return [problem for rule in RULES for problem in rule(tables)]


# Claims


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


def _things_are_counted_whole(tables: Tables) -> Iterator[Problem]:
    counted = dict(zip(tables.units["unit"], tables.units["counted"], strict=True))
    for table in ("claims", "external"):
        for line, unit, value in rows_of(tables.frames[table], "unit", "value"):
            if value is not None and counted.get(unit) and value % 1:
                yield Problem(cell_of(table, line, "value"), f"{value} of {unit}; expected a whole number of things")


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
    document_of = dict(zip(tables.articles["article_id"], tables.articles["document_id"], strict=True))
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
    document_of = dict(zip(tables.articles["article_id"], tables.articles["document_id"], strict=True))
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


# Dates


def _periods_run_forward(tables: Tables) -> Iterator[Problem]:
    for line, start, end in rows_of(tables.claims, "period_start", "period_end"):
        first, last = _days(start), _days(end)
        if first and last and first[0] > last[1]:
            yield Problem(
                cell_of("claims", line, "period_end"), f"{end} lies before period_start, {start}; expected a later date"
            )


def _nothing_is_told_before_it_happened(tables: Tables) -> Iterator[Problem]:
    """A reported result lies before its document; nothing was published after the date of this version of the book."""
    today = date.fromisoformat(__date__)
    published = {name: _days(day) for _, name, day in rows_of(tables.documents, "document_id", "published")}
    document_of = dict(zip(tables.articles["article_id"], tables.articles["document_id"], strict=True))
    rows = rows_of(tables.claims, "article_id", "status", "period_start", "period_end")
    for line, article, status, *period in rows:
        day = published.get(document_of.get(article, ""))
        for column, edtf in zip(("period_start", "period_end"), period, strict=True):
            about = _days(edtf)
            if status == "reported" and day and about and about[0] > day[1]:
                yield Problem(
                    cell_of("claims", line, column),
                    f"a result of {edtf}, reported by {day[1]}; "
                    "expected a date before the publication, or another status",
                )
    for table, columns in (("documents", ["published"]), ("external", ["published", "period"])):
        for line, published_on, *ended in rows_of(tables.frames[table], *columns):
            known = _days(published_on)
            if known and known[0] > today:
                fault = f"{published_on} lies in the future; expected a day up to {today}"
                yield Problem(cell_of(table, line, "published"), fault)
            lasted = _days(ended[0]) if ended else None
            if known and lasted and lasted[0] > known[1] and (known[1] < today):
                yield Problem(
                    cell_of(table, line, "period"),
                    f"{ended[0]} begins after the publication, {published_on}; expected a date before it",
                )


def _days(edtf: str | None) -> tuple[date, date] | None:
    try:
        return None if edtf is None else dates.bounds(edtf)
    except ValueError:  # told already by the reading of the cell
        return None


# Places and models


def _lines_of_places(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Each place with all that it lies in, itself first."""
    parents = dict(zip(tables.places["place_id"], tables.places["parent_id"], strict=True))
    lines = {}
    for name in parents:
        line, at = [], name
        while at is not None and at not in line:
            line.append(at)
            at = parents.get(at)
        lines[name] = tuple(line)
    return lines


def _places_fit_their_articles(tables: Tables) -> Iterator[Problem]:
    """A claim, a model or a passage is about a place of its article, or one above it; a claim elsewhere says why."""
    lines = _lines_of_places(tables)
    about = {name: (places or "").split() for _, name, places in rows_of(tables.articles, "article_id", "place_ids")}
    for line, places in rows_of(tables.articles, "place_ids"):
        for place in (places or "").split():
            if place not in lines:
                yield Problem(
                    cell_of("articles", line, "place_ids"), f"{place!r} is unknown; expected place_ids of places.csv"
                )

    @cache
    def fits(place: str, article: str) -> bool:
        own = about.get(article)
        line = lines.get(place, (place,))
        return not own or place not in lines or any(one in line or place in lines.get(one, ()) for one in own)

    for table in ("claims", "models"):
        notes = tables.frames[table]["differs_en"].tolist() if table == "claims" else [None] * len(tables.models)
        rows = rows_of(tables.frames[table], "article_id", "place_id")
        for (line, article, place), note in zip(rows, notes, strict=True):
            if not fits(place, article) and not note:
                yield Problem(
                    cell_of(table, line, "place_id"),
                    f"{place!r} lies in none of the places that {article!r} is "
                    f"about ({' '.join(about[article])}); expected one of them, or a differs_en that says why",
                )


def _claims_fit_their_models(tables: Tables) -> Iterator[Problem]:
    """A claim is told in the article of its model, about a place that lies in the model's or holds it."""
    lines = _lines_of_places(tables)
    models = {
        name: (article, place)
        for _, name, article, place in rows_of(tables.models, "model_id", "article_id", "place_id")
    }
    for line, article, place, model in rows_of(tables.claims, "article_id", "place_id", "model_id"):
        own, where = models.get(model, (None, None))
        if own is not None and own != article:
            yield Problem(
                cell_of("claims", line, "model_id"), f"{model!r} is told in {own!r}; expected a model of {article!r}"
            )
        elif where is not None and not _related(lines, place, where):
            yield Problem(
                cell_of("claims", line, "place_id"), f"{place!r} does not lie in {where!r}, whose model {model!r} is"
            )
    columns = ("document_id", "place_id", "model_id", "claim_id", "start", "end", "note_en")
    claims = {name: row for _, name, *row in rows_of(tables.claims, "claim_id", "place_id", "model_id")}
    for line, _, place, model, claim, _, _, note in rows_of(tables.instrument_evidence, *columns):
        where = models.get(model, (None, None))[1]
        if where is not None and not _related(lines, place, where) and not note:
            yield Problem(
                cell_of("instrument_evidence", line, "place_id"),
                f"{place!r} does not lie in {where!r}, whose model "
                f"{model!r} is; expected a place in it, or a note_en that says why not",
            )
        if claim in claims and model is not None and claims[claim][1] not in (None, model) and not note:
            yield Problem(
                cell_of("instrument_evidence", line, "claim_id"),
                f"{claim!r} is of the model {claims[claim][1]!r}; "
                f"expected one of {model!r}, or a note_en that says why not",
            )


def _related(lines: dict[str, tuple[str, ...]], one: str, other: str) -> bool:
    """Whether one place lies in the other."""
    return other in lines.get(one, (other,)) or one in lines.get(other, (one,))


def _models_count_as_stated(tables: Tables) -> Iterator[Problem]:
    """A stated count is the value of a claim, a listed count the number of parts, unless a note says why not."""
    stated: dict[str, set] = defaultdict(set)
    values = {name: value for _, name, value in rows_of(tables.claims, "claim_id", "value")}
    for _, model, value in rows_of(tables.claims, "model_id", "value"):
        stated[model].add(value)
    listed: dict[str, Counter] = defaultdict(Counter)
    for _, model, parent, role, claim in rows_of(tables.model_parts, "model_id", "parent_id", "role", "claim_id"):
        if claim in values:
            stated[model].add(values[claim])
        listed[model].update([(parent, role), ("under", parent), ("as", role)])
    columns = ("model_id", "stated_count", "listed_count", "count_note_en")
    for line, model, said, found, note in rows_of(tables.models, *columns):
        cell = partial(cell_of, "models", line)
        if said is not None and said not in stated[model] and not note:
            yield Problem(
                cell("stated_count"),
                f"{said}, which no claim of {model!r} says; expected its value, or a count_note_en",
            )
        if found and found not in listed[model].values() and not note:
            yield Problem(
                cell("listed_count"), f"{found}, no number of parts of {model!r}; expected theirs, or a count_note_en"
            )
        if said is not None and found is not None and found > said and not note:
            yield Problem(
                cell("listed_count"), f"{found} of {said} stated; expected at most as many, or a count_note_en"
            )


# Units, outside figures, words


def _units_are_derived_once(tables: Tables) -> Iterator[Problem]:
    bases = dict(zip(tables.units["unit"], tables.units["base_unit"], strict=True))
    for line, unit, base, factor in rows_of(tables.units, "unit", "base_unit", "factor"):
        cell = partial(cell_of, "units", line)
        if (base is None) != (factor is None):
            yield Problem(
                cell("base_unit" if base is None else "factor"), "empty; expected both base_unit and factor or neither"
            )
        if base == unit or bases.get(base) is not None:
            yield Problem(cell("base_unit"), f"{base!r} is no base; expected a unit that has none itself")
        if factor is not None and factor <= 0:
            yield Problem(cell("factor"), f"{factor}; expected a number above zero")


def _outside_figures_are_as_written(tables: Tables) -> Iterator[Problem]:
    """Where the wording of a page is recorded, the value is the one that it says."""
    for line, words, value in rows_of(tables.external, "as_written", "value"):
        found = [token.value for token in find(words)] if words else []
        if words and value is not None and abs(value) not in found:
            says = " or ".join(str(number) for number in found) or "no number"
            yield Problem(
                cell_of("external", line, "value"), f"{value} beside {words!r}, which says {says}; expected the same"
            )
    for line, unit, value in rows_of(tables.external, "unit", "value"):
        if value is not None and unit != "percent" and value < 0:
            yield Problem(cell_of("external", line, "value"), f"{value} {unit}; expected a number that is not negative")


def _languages_stand_in_their_columns(tables: Tables) -> Iterator[Problem]:
    """English is written in Latin letters and Chinese in Chinese ones."""
    for table, frame in tables.frames.items():
        for column in frame.columns:
            stem, _, language = column.rpartition("_")
            if stem not in _NAMES or language not in ("en", "zh"):
                continue
            for line, text in rows_of(frame, column):
                if text is None:
                    continue
                latin, chinese = bool(_LATIN.search(text)), bool(_CJK.search(text))
                if (language == "en" and chinese and not latin) or (language == "zh" and latin and not chinese):
                    wanted = "English" if language == "en" else "Chinese"
                    yield Problem(
                        cell_of(table, line, column), f"{text!r} is not {wanted}; expected the name in {wanted}"
                    )


def _pinyin_has_a_syllable_for_each_character(tables: Tables) -> Iterator[Problem]:
    """A tone mark for each character, but for one that may be toneless."""
    for line, term, reading in rows_of(tables.terms, "term_zh", "pinyin"):
        tones = sum(mark in _TONES for mark in unicodedata.normalize("NFD", reading))
        characters = len(_CJK.findall(term))
        if not characters - 1 <= tones <= characters:
            yield Problem(
                cell_of("terms", line, "pinyin"),
                f"{reading!r} has {tones} tones and {term!r} {characters} characters; expected one for each",
            )


def _names_are_told_apart(tables: Tables) -> Iterator[Problem]:
    """Two places, indicators or instruments do not have one name, nor do two documents have one file."""
    for table, columns in {
        "places": ("name_en", "name_zh"),
        "indicators": ("name_en", "name_zh"),
        "standard_indicators": ("name_en", "name_zh"),
        "instruments": ("name_en", "name_zh"),
        "units": ("name_en", "plural_en"),
        "documents": ("file_name", "sha256"),
    }.items():
        for column in columns:
            if column not in tables.frames[table]:
                continue
            lines: dict[str, list[int]] = defaultdict(list)
            for line, name in rows_of(tables.frames[table], column):
                lines[name].append(line)
            for name, rows in lines.items():
                if len(rows) > 1 and name is not None:
                    where = Place(tuple(Row(table, line) for line in rows), column)
                    yield Problem(where, f"all are {name!r}; expected each name once")


#: The rules, in the order in which their problems are told.
RULES: tuple[Rule, ...] = (
    _kinds_have_their_units,
    _things_are_counted_whole,
    _indicators_have_one_unit,
    _claims_are_as_coded,
    _statuses_fit_their_words,
    _repeats_tell_the_same,
    _periods_run_forward,
    _nothing_is_told_before_it_happened,
    _places_fit_their_articles,
    _claims_fit_their_models,
    _models_count_as_stated,
    _units_are_derived_once,
    _outside_figures_are_as_written,
    _languages_stand_in_their_columns,
    _pinyin_has_a_syllable_for_each_character,
    _names_are_told_apart,
)
