"""What a row of the data package says must follow from the words that it quotes.

The value, the unit and the qualifier of a claim are derived from its phrase and compared with the row; a row that must
differ says why. What is called a name, a word or an article must not look like a quantity, unless it says why.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zhenzhi.amounts.grammar import find, read
from zhenzhi.amounts.growth import FALLS, RISES
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.amounts.numerals import Numeral
from zhenzhi.amounts.phrase import Phrase
from zhenzhi.data.problems import Problem, cell_of
from zhenzhi.data.rows import line_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: Reasons of ``numerals.csv`` that any quantity could hide under, and those that none of money, in per cent or of a change
#: has; a bound that says who is meant is one of a policy (亿元以上项目).
_NOT_QUANTITIES = frozenset({"name", "word", "article"})
_NO_AMOUNTS = frozenset({"ordinal", "list-marker", "date", "event-name", "page", "doctrine"})
_AMOUNTS = frozenset({"yuan", "usd", "hkd", "percent", "percentage-point", "per-mille"})
#: What a date is made of.
_TIMES = frozenset("year month week day hour minute second quarter half-year".split())


def phrase_of(as_written: str, value: Decimal | None, high: Decimal | None, qualifier: str, lexicon: Lexicon) -> Phrase:
    """The phrase of a claim as its row has it: read from the words, and corrected where the other cells differ."""
    phrase = _with_sign(read(as_written, lexicon), as_written, value)
    if not _says(phrase.value, value) or not _says(phrase.value_high, high):
        ends = [_written(end) for end in (value, high) if end is not None]
        phrase = Phrase(0, len(as_written), ends[0], ends[-1] if high is not None else None)
    if phrase.qualifier != qualifier:
        return Phrase(phrase.start, phrase.end, phrase.low, phrase.high, qualifier, phrase.falls)
    return phrase


def tells_a_direction(as_written: str) -> bool:
    """Whether a phrase has a word for a rise or a fall; of 降幅分别为3%、4% the second figure has none."""
    return any(word in as_written for word in (*RISES, *FALLS))


def _with_sign(phrase: Phrase, as_written: str, value: Decimal | None) -> Phrase:
    """A phrase that tells no direction, as a fall where its value is below zero: the words before its span tell of it."""
    silent = not phrase.falls and not tells_a_direction(as_written)
    return replace(phrase, falls=True) if value is not None and value < 0 and silent else phrase


def _says(derived: Fraction | None, value: Decimal | None) -> bool:
    """Whether a derived value is the one of a cell, to the digits of the cell."""
    if derived is None or value is None:
        return derived is None and value is None
    return abs(derived - Fraction(value)) * 2 <= Fraction(10) ** int(value.as_tuple().exponent) and (
        derived == Fraction(value) or derived.denominator % 3 == 0
    )


def _written(value: Decimal) -> Numeral:
    """A value whose figure the phrase does not tell: as it stands in the cell."""
    return Numeral.of(Fraction(value), Fraction(1, 10 ** max(0, -int(value.as_tuple().exponent))))


class _Reading(NamedTuple):
    """What of a claim's row must follow from its words, and what that depends on."""

    as_written: str
    kind: str
    indicator_id: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    qualifier: str


def claims_follow(tables: "Tables") -> Iterator[Problem]:
    """Value, upper value, unit and qualifier of every claim follow from its phrase, or the row says why they do not."""
    lexicon = tables.lexicon
    units = tables.indicators["unit"].to_dict()
    columns = _Reading._fields
    known: dict[tuple, list[tuple[str, str]]] = {}  # the same words with the same reading are looked at once
    rows = zip(*(tables.claims[column].tolist() for column in ("claim_id", "reads_en", *columns)), strict=True)
    for position, (claim_id, reason, *cells) in enumerate(rows):
        reading = tuple(cells)
        if reading not in known:
            claim = _Reading(*reading)
            phrase = read(claim.as_written, lexicon)
            if claim.kind == "change":
                phrase = _with_sign(phrase, claim.as_written, claim.value)
            known[reading] = list(_differences(claim, phrase, units.get(claim.indicator_id)))
        cell = partial(cell_of, "claims", line_of(position), name=claim_id)
        if reason is None:
            for column, fault in known[reading]:
                yield Problem(cell(column), f"{fault}, or a reason in reads_en and reads_zh")
        elif not known[reading]:
            yield Problem(cell("reads_en"), f"the row follows from {cells[0]!r}; expected an empty cell")


def _differences(claim: _Reading, phrase: Phrase, usual_unit: str | None) -> Iterator[tuple[str, str]]:
    """What of a claim's row does not follow from its phrase: the column and its cell, and what was expected."""
    says = f"as {claim.as_written!r} says"
    label = claim.kind == "label"
    if not (label and claim.value is None):  # a name may measure nothing, whatever numerals it holds
        for column, derived in (("value", phrase.value), ("value_high", phrase.value_high)):
            cell = getattr(claim, column)
            if not _says(derived, cell):
                yield column, f"{_shown(cell)}; expected {_shown(derived)}, {says}"
    if claim.qualifier != phrase.qualifier:
        yield "qualifier", f"{claim.qualifier!r}; expected {phrase.qualifier!r}, {says}"
    units = phrase.units or (usual_unit,)
    if claim.unit not in units and not (label and claim.unit == "label"):
        expected = (
            f"one of {', '.join(phrase.units)}" if phrase.units else f"{usual_unit!r}, the unit of {claim.indicator_id}"
        )
        yield "unit", f"{claim.unit!r}; expected {expected}, {says}"


def _shown(number: Decimal | Fraction | None) -> str:
    if number is None:
        return "no number"
    whole = Fraction(number)
    return str(whole.numerator) if whole.denominator == 1 else f"{float(whole):.10g}"


def numerals_are_none(tables: "Tables") -> Iterator[Problem]:
    """A numeral that is called a name, a word or an article carries no unit, percent sign or growth verb, or says why.

    Under the other reasons it is no money, percentage or change, and a date is in no unit but those of time.
    """
    lexicon = tables.lexicon
    for position, row in enumerate(tables.numerals.itertuples()):
        if row.reason not in _NOT_QUANTITIES | _NO_AMOUNTS:
            continue
        phrases = find(row.as_written, lexicon)
        if row.reason in _NOT_QUANTITIES:
            found = any(_measures(phrase, row.as_written) for phrase in phrases)
        else:
            found = any(_is_amount(phrase, row.reason) for phrase in phrases)
        cell = partial(cell_of, "numerals", line_of(position))
        if found and row.reads_en is None:
            yield Problem(
                cell("reason"),
                f"{row.as_written!r} looks like a quantity and is called {row.reason!r}; expected a row of claims.csv, or a "
                "reason in reads_en and reads_zh",
            )
        elif row.reads_en is not None and not found:
            yield Problem(cell("reads_en"), f"{row.as_written!r} looks like no quantity; expected an empty cell")


def _is_amount(phrase: Phrase, reason: str) -> bool:
    """Whether a phrase is an amount, a share or a change; of a date, whether it counts anything but time."""
    if phrase.low is None or not phrase.units:
        return False
    if reason == "date":
        return _TIMES.isdisjoint(phrase.units) and phrase.unit_written != ""  # and not 5点半
    return phrase.changes or not _AMOUNTS.isdisjoint(phrase.units)


def _measures(phrase: Phrase, as_written: str) -> bool:
    """Whether a phrase looks like a quantity: one thing of a kind is an article or a part of a word (一个, 一方面)."""
    if phrase.low is None:
        return False
    one = phrase.low.value == 1 and as_written[phrase.low.start] == "一" and phrase.wording == "exact"
    bare = any(character.isdigit() and character.isdecimal() for character in as_written) and (
        phrase.start == 0 and phrase.end == len(as_written)
    )
    return phrase.changes or bare or (bool(phrase.units) and not one)


RULES = (claims_follow, numerals_are_none)
