"""The book in one language: figures, dates and references put into words.

An ``Edition`` is what notebooks and the Sphinx extension hold: the tables, the audit's results, and a language. All words
that reach a reader come from the data (``_en``/``_zh`` columns, ``labels.yml``, ``figures/``); this module only joins
them.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, log10
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from zhenzhi import audit, dates, paths, tables
from zhenzhi.audit import Result
from zhenzhi.errors import ZhenzhiError
from zhenzhi.quantity import Interval, Quantity, tokens
from zhenzhi.tables import Tables

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

#: Scales of large numbers by language: the least value, the size, and the word.
_SCALES = {
    "en": ((10**9, 10**9, " billion"), (10**6, 10**6, " million")),
    "zh": ((10**8, 10**8, "亿"), (10**4, 10**4, "万")),
}

#: Columns of the claims that say what each is and where it stands; most pictures of many claims are made from these alone.
CODING = (
    *("claim_id", "article_id", "start", "end", "place_id", "indicator_id", "model_id"),
    *("kind", "status", "rung", "unit", "repeats"),
)

#: Environment variable that names the file to which ``open_book`` notes the ingredients of a notebook.
NOTES = "ZHENZHI_NOTES"

_REFERENCE = re.compile(r"\{(claim|computed|external)\}`([^`]+)`")


class UnknownReference(ZhenzhiError):
    """A claim, computed quantity or form that does not exist is named."""


class Verdict(NamedTuple):
    """The result of a check in short, which changes less often than its figures do."""

    check_id: str
    type: str
    verdict: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """What the text of a ``claim``, ``computed`` or ``external`` role names: an ID and the form in which to show it."""

    kind: str
    target: str
    form: str

    @classmethod
    def parse(cls, kind: str, text: str) -> "Reference":
        target, _, form = text.partition("|")
        return cls(kind, target.strip(), form.strip() or "figure")


def references(text: str) -> list[Reference]:
    """The references in a text with roles, in order."""
    return [Reference.parse(*match.groups()) for match in _REFERENCE.finditer(text)]


class Edition:
    """The data package, its audit and a language.

    Args:
        data: the tables; the project's own by default.
        language: ``en`` or ``zh``.
        note: called with the name of each ingredient (``zhenzhi.ingredients``) that is asked for.

    Raises:
        DataError: the data package or a check breaks its contract.
    """

    def __init__(self, data: Tables | None = None, language: str = "en", note: Callable[[str], None] | None = None):
        self._tables = tables.load() if data is None else data
        self._note = note or (lambda name: None)
        self._noted = self._tables if note is None else _Noted(self._tables, note)
        # Taking a row out of a frame is slow, and the same rows are asked for again and again.
        self._rows: dict[tuple[str, str], pd.Series] = {}
        self.language = language

    @property
    def tables(self) -> Tables:
        """The tables; what is taken from here counts as a whole table."""
        return self._noted

    @cached_property
    def coding(self) -> Tables:
        """The tables with what each claim is and where it stands, without what it amounts to and how it is worded.

        What is made from here depends on the columns ``CODING`` of the claims and on no others.
        """
        frames = {**self._tables.frames, "claims": self._tables.claims[list(CODING)]}
        return _Noted(
            Tables(self._tables.folder, MappingProxyType(frames), self._tables.yaml), self._note, "coding:all"
        )

    def coded(self, claim_ids: Sequence[str]) -> pd.DataFrame:
        """The rows of some claims, with the columns ``CODING``.

        Raises:
            UnknownReference: there is no such claim.
        """
        claims = self.coding.claims
        for claim_id in claim_ids:
            if claim_id not in claims.index:
                raise UnknownReference(_no_claim(claim_id))
        return claims.loc[list(claim_ids)]

    def note(self, name: str) -> None:
        """Notes an ingredient that does not come from the edition itself, such as a count."""
        self._note(name)

    @cached_property
    def quiet(self) -> "Edition":
        """The same edition without notes, for what is worked out of all data and noted as one ingredient."""
        return Edition(self._tables, self.language)

    @property
    def results(self) -> dict[str, Result]:
        """The audit's results by check."""
        self._note("results:all")
        return self._results

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The audit's results by check, in short."""
        self._note("verdicts:all")
        return {name: Verdict(name, found.type, found.verdict, found.claims) for name, found in self._results.items()}

    @cached_property
    def _results(self) -> dict[str, Result]:
        return audit.run(self._tables)

    # What is known by name

    def claim(self, claim_id: str):
        """The row of a claim.

        Raises:
            UnknownReference: there is no such claim.
        """
        return self._row("claim", claim_id, self._tables.claims, _no_claim(claim_id))

    def claims_of(self, article_id: str) -> pd.DataFrame:
        """The claims of an article."""
        self._note(f"article:{article_id}")
        claims = self._tables.claims
        return claims[claims["article_id"] == article_id]

    def claims_in(self, model_id: str) -> pd.DataFrame:
        """The claims about a governance model."""
        self._note(f"model-claims:{model_id}")
        claims = self._tables.claims
        return claims[claims["model_id"] == model_id]

    def model(self, model_id: str):
        """The row of a governance model.

        Raises:
            UnknownReference: there is no such model.
        """
        return self._row(
            "model", model_id, self._tables.models, f"there is no model {model_id!r}; expected a model_id of models.csv"
        )

    def parts_of(self, model_id: str) -> pd.DataFrame:
        """The parts of a governance model."""
        self._note(f"model:{model_id}")
        parts = self._tables.model_parts
        return parts[parts["model_id"] == model_id]

    def result(self, check_id: str) -> Result:
        """What the audit found in a check.

        Raises:
            UnknownReference: there is no such check.
        """
        self.check(check_id)
        return self._results[check_id]

    def retried(self, check_id: str, rounding: str) -> Result:
        """What the audit finds in a check under another assumption on rounding (``quantity.allowed``).

        Raises:
            UnknownReference: there is no such check.
        """
        for name in self.result(check_id).claims:
            # Noted one by one: this result can change where the settled one does not.
            self.external(name) if self.is_external(name) else self.claim(name)
        return audit.run_one(self._tables, self.check(check_id), rounding)

    def is_claim(self, name: str) -> bool:
        """Whether a name is that of a claim, and not of an outside or a computed figure."""
        return name in self._tables.claims.index

    def is_external(self, name: str) -> bool:
        """Whether a name is that of a figure from outside the documents."""
        return name in self._tables.external.index

    def external(self, external_id: str):
        """The row of a figure from outside the documents.

        Raises:
            UnknownReference: there is no such figure.
        """
        return self._row(
            "external",
            external_id,
            self._tables.external,
            f"there is no outside figure {external_id!r}; expected an external_id of external.csv",
        )

    def _row(self, kind: str, key: str, frame: pd.DataFrame, missing: str):
        self._note(f"{kind}:{key}")
        if (kind, key) not in self._rows:
            if key not in frame.index:
                raise UnknownReference(missing)
            self._rows[kind, key] = frame.loc[key]
        return self._rows[kind, key]

    def document_of(self, claim_id: str):
        """The row of the document that states a claim.

        Raises:
            UnknownReference: there is no such claim.
        """
        claims = self.coding.claims
        if claim_id not in claims.index:
            raise UnknownReference(_no_claim(claim_id))
        article_id = claims.at[claim_id, "article_id"]
        return self._tables.documents.loc[self._tables.articles.at[article_id, "document_id"]]

    def quantity(self, name: str) -> Quantity:
        """The quantity that a claim states, that a check computes (``check-id.name``), or that stands outside.

        Raises:
            UnknownReference: there is no such claim or computed quantity, or the claim is a label without a value.
        """
        if "." in name:
            check_id, _, key = name.partition(".")
            self._note(f"check:{check_id}")
            result = self._results.get(check_id)
            if result is None or key not in result.quantities:
                raise UnknownReference(f"there is no computed quantity {name!r}; expected CHECK.NAME of checks.yml")
            return result.quantities[key]
        if self.is_external(name):
            self.external(name)
            return audit.external_quantity(self._tables, name)
        self.claim(name)
        quantity = audit.quantity_of(self._tables, name)
        if quantity is None:
            raise UnknownReference(f"the claim {name!r} is a label without a value; expected a figure")
        return quantity

    def name_of(self, name: str) -> str:
        """What a claim, an outside figure or a computed quantity measures, in a few words."""
        if self.is_external(name):
            return self.external(name)["what_en"]
        if "." not in name:
            return self.claim(name)[f"label_{self.language}"]
        check_id, _, key = name.partition(".")
        check = self.check(check_id)
        return check.get("quantities", {}).get(key, check["name"])[self.language]

    def check(self, check_id: str) -> dict:
        """The entry of a check, from ``checks.yml`` or made for a fact told again."""
        self._note(f"check:{check_id}")
        if check_id not in self._checks:
            raise UnknownReference(f"there is no check {check_id!r}; expected a check_id of checks.yml")
        return self._checks[check_id]

    @cached_property
    def _checks(self) -> dict[str, dict]:
        checks = (*self._tables.checks, *audit.told_again(self._tables))
        return {check["check_id"]: check for check in checks}

    def figure_text(self, figure_id: str) -> dict:
        """The entry of a figure in ``figures/``."""
        self._note(f"figure:{figure_id}")
        for entry in self._tables.figures:
            if entry["figure_id"] == figure_id:
                return entry
        raise UnknownReference(f"there is no figure {figure_id!r}; expected a figure_id of figures/")

    def label(self, key: str, **words: str) -> str:
        """A word or sentence of the interface from ``labels.yml``, its gaps filled."""
        self._note(f"label:{key}")
        if key not in self._tables.labels:
            raise UnknownReference(f"there is no label {key!r}; expected a key of labels.yml")
        return self._tables.labels[key][self.language].format(**words)

    def flag(self, name: str) -> str:
        """The mark of a figure: inconsistent where a check finds fault with it, undetermined where none can decide on it.

        A computed quantity is what it is; it is marked only where its check finds fault.
        """
        if "." in name:
            verdict = self.result(name.partition(".")[0]).verdict
            return verdict if verdict == audit.INCONSISTENT else ""
        self._note(f"flag:{name}")
        verdicts = {result.verdict for result in self._results_of.get(name, ()) if result.type != "apart"}
        if audit.INCONSISTENT in verdicts:
            return audit.INCONSISTENT
        return audit.UNDETERMINED if verdicts == {audit.UNDETERMINED} else ""

    @cached_property
    def checked(self) -> list[str]:
        """The claims that take part in a check which compares something."""
        used = {name for found in self.verdicts.values() if found.type != "apart" for name in found.claims}
        return [claim for claim in self.coding.claims.index if claim in used]

    def verdict_of(self, claim_id: str) -> list[Result]:
        """The results of the checks in which a claim takes part."""
        self._note(f"results-of:{claim_id}")
        return self._results_of.get(claim_id, [])

    @cached_property
    def _results_of(self) -> dict[str, list[Result]]:
        """The results by the claims that take part, so that asking for each claim in turn does not grow with their square."""
        found: dict[str, list[Result]] = {}
        for result in self._results.values():
            for claim_id in dict.fromkeys(result.claims):
                found.setdefault(claim_id, []).append(result)
        return found

    def caveats_of(self, claim_id: str) -> list[dict]:
        """The defects of the sources that touch a claim."""
        return [caveat for caveat in self.tables.caveats if claim_id in caveat["affects"]]

    # Words

    def show(self, reference: Reference) -> str:
        """A reference in the form it asks for.

        The forms: ``figure`` (104 grids), ``figure-capital`` (Nearly 70 million yuan), ``number`` (104), ``word`` (five),
        ``written`` (104个网格), ``range`` (the values that the wording allows).

        Raises:
            UnknownReference: the target or the form is unknown.
        """
        forms: dict[str, Callable[[str], str]] = {
            "figure": self.figure,
            "figure-capital": lambda name: self.figure(name)[:1].upper() + self.figure(name)[1:],
            "number": lambda name: self.figure(name, with_unit=False),
            "word": self.word,
            "written": lambda name: self.claim(name)["as_written"],
            "range": lambda name: self.interval(self.quantity(name)),
        }
        if reference.form not in forms:
            raise UnknownReference(f"the form {reference.form!r} is unknown; expected one of {', '.join(forms)}")
        if reference.kind == "claim":
            self.claim(reference.target)
        elif reference.kind == "external":
            self.external(reference.target)
        elif "." not in reference.target:
            raise UnknownReference(
                f"there is no computed quantity {reference.target!r}; expected CHECK.NAME of checks.yml"
            )
        return forms[reference.form](reference.target)

    def plain(self, text: str) -> str:
        """A text with its references put into words."""
        return _REFERENCE.sub(lambda match: self.show(Reference.parse(*match.groups())), text)

    def figure(self, name: str, with_unit: bool = True) -> str:
        """A claim or computed quantity as a person would write it: over 10, 990 million yuan, 2,780 to 2,820 projects."""
        if "." in name:
            return self.interval(self.quantity(name), with_unit)
        if self.is_external(name):
            row = self.external(name)
            text = self._number(Fraction(row["value"]), row["unit"], None)
            return self._with_unit(text, row["unit"], Fraction(row["value"])) if with_unit else text
        claim = self.claim(name)
        if claim["value"] is None:
            return claim["as_written"]
        if self.language == "zh" or (claim["unit"] == "label" and claim["as_written"].isdecimal()):
            return claim["as_written"]
        value = Fraction(claim["value"])
        token = next(tokens(claim["as_written"]), None)
        step = None
        if token is not None:
            step = token.step if token.step % 1 or "." in claim["as_written"] else token.last_digit
        text = self._number(value, claim["unit"], step)
        if claim["value_high"] is not None:
            high = self._number(Fraction(claim["value_high"]), claim["unit"], step)
            text = self.label("range", low=text, high=high)
        if with_unit:
            text = self._with_unit(text, claim["unit"], value)
        key = claim["qualifier"]
        if key == "over" and "以上" in claim["as_written"]:
            key = "or-more"
        elif key == "over" and any(word in claim["as_written"] for word in ("至少", "不少于")):
            key = "at-least"
        return text if key in ("exact", "range") else self.label(f"qualifier-{key}", figure=text)

    def word(self, name: str) -> str:
        """A small count in words: five."""
        interval = self.quantity(name).interval
        value = interval.low
        if not interval.is_point or value.denominator != 1 or not 0 <= value < len(_WORDS) or self.language == "zh":
            return self.figure(name, with_unit=False)
        return _WORDS[int(value)]

    def interval(self, quantity: Quantity, with_unit: bool = True) -> str:
        """The bounds of a quantity, rounded outward so that the words never promise more than the arithmetic."""
        interval, unit = quantity.interval, quantity.unit
        if interval.low is None or interval.high is None:
            bound, key = (interval.low, "over") if interval.high is None else (interval.high, "at-most")
            if bound is None:
                return self.label("any")
            if bound and not (quantity.counted and bound.denominator == 1):
                step = Fraction(10) ** (floor(log10(abs(bound))) - 3)
                bound = (floor if key == "over" else ceil)(bound / step) * step
            text = self._number(bound, unit, None)
            text = self._with_unit(text, unit, bound) if with_unit else text
            if key == "over" and not interval.low_open:
                key = "at-least"
            elif key == "at-most" and interval.high_open:
                key = "below"
            return self.label(f"qualifier-{key}", figure=text)
        if interval.is_point and _is_short(interval.low):
            text = self._number(interval.low, unit, None)
        else:
            step = Fraction(1) if quantity.counted else _step_for(interval)
            low, high = floor(interval.low / step) * step, ceil(interval.high / step) * step
            text = self.label(
                "range", low=self._number(low, unit, step, scale_of=high), high=self._number(high, unit, step)
            )
            text = self._merge_scale(text)
        return self._with_unit(text, unit, interval.high) if with_unit else text

    def _merge_scale(self, text: str) -> str:
        """Says million or 亿 once in a range."""
        for _, _, word in _SCALES[self.language]:
            if text.count(word) == 2:
                return text.replace(word, "", 1)
        return text

    def _number(self, value: Fraction, unit: str, step: Fraction | None, scale_of: Fraction | None = None) -> str:
        """A number with the digits of its step, scaled (million, 亿) where a person would."""
        counted = bool(self._tables.units.at[unit, "counted"])
        size, word = 1, ""
        reference = abs(scale_of if scale_of is not None else value)
        for least, scale, name in _SCALES[self.language]:
            if reference >= least and not (counted and step in (None, 1)):
                size, word = scale, name
                break
        scaled = value / size
        places = 0 if step is None else _places(Fraction(step) / size)
        if step is None:
            places = next((n for n in range(10) if (scaled * 10**n).denominator == 1), 6)
        rounded = round(scaled, places)
        pattern = "#,##0." + "0" * places if places else "#,##0"
        text = format_decimal(Decimal(rounded.numerator) / rounded.denominator, pattern, locale=self.language)
        return text.replace("-", "−") + word

    def _with_unit(self, text: str, unit: str, value: Fraction) -> str:
        row = self._tables.units.loc[unit]
        if unit == "percent":
            return f"{text}%"
        if unit == "label":
            return text
        if self.language == "en" and unit.startswith("per-") and value == 1:
            return row["name_en"].replace("time", "once", 1)
        if self.language == "zh":
            return f"{text}{row['name_zh']}"
        return f"{text} {row['name_en'] if abs(value) == 1 else row['plural_en']}"

    def date(self, edtf: str) -> str:
        """An EDTF date in words; an uncertain one carries a question mark."""
        precision = edtf.count("-")
        pattern = (("y", "MMMM y", "d MMMM y") if self.language == "en" else ("y年", "y年M月", "y年M月d日"))[precision]
        words = format_date(dates.bounds(edtf)[0], pattern, locale=self.language)
        return f"{words} (?)" if "?" in edtf else words

    def listing(self, words: Iterable[str]) -> str:
        """Words one after the other, with the sign that the language puts between them."""
        return self.label("list-separator").join(words)

    def place_and_year(self, place_id: str, document_id: str) -> str:
        """A place as one document tells of it: Jiujiang 2017; a year that is inferred carries a question mark."""
        published = self.tables.documents.at[document_id, "published"]
        year = published[:4] + ("?" if "?" in published else "")
        place = self.tables.places.at[place_id, f"name_{self.language}"]
        return self.label("place-and-year", place=place, year=self.date(year))

    def period(self, claim_id: str) -> str:
        """The period of a claim in words, or that none is stated."""
        claim = self.claim(claim_id)
        start, end = claim["period_start"], claim["period_end"]
        if start is None and end is None:
            return self.label("not-stated")
        if start == end:
            return self.date(end)
        if start is None:
            return self.label("until", date=self.date(end))
        if end is None:
            return self.label("since", date=self.date(start))
        return self.label("range", low=self.date(start), high=self.date(end))

    def reason(self, result: Result) -> str:
        """The reasoning of a check as a sentence with references in it."""
        return self.label(f"reason-{result.reason}", **result.words)


class _Noted:
    """The tables, with a note of each one that is taken.

    Args:
        claims: what taking the claims is noted as.
    """

    def __init__(self, data: Tables, note: Callable[[str], None], claims: str = "table:claims"):
        self._data, self._note, self._claims = data, note, claims

    def __getattr__(self, name: str):
        self._note(self._claims if name == "claims" else f"table:{name}")
        return getattr(self._data, name)


def _no_claim(claim_id: str) -> str:
    return f"there is no claim {claim_id!r}; expected a claim_id of claims.csv"


def number_word(number: int, language: str) -> str:
    """A whole number as running text has it: a small one in words, a larger one in digits."""
    return _WORDS[number] if language == "en" and 0 <= number < len(_WORDS) else f"{number:,}"


def group_of(edition: Edition, result: Result | Verdict) -> str:
    """The document a check is about, or that it compares documents or looks outside."""
    if any(edition.is_external(name) for name in result.claims):
        return "outside"
    documents = {edition.document_of(claim)["document_id"] for claim in result.claims}
    return documents.pop() if len(documents) == 1 else "across"


def _is_short(value: Fraction) -> bool:
    return any((value * 10**places).denominator == 1 for places in range(4))


def _places(step: Fraction) -> int:
    """Decimal places needed to write multiples of a step."""
    places = 0
    while places < 12 and step < 1 and (step * 10**places).denominator != 1:
        places += 1
    return places


def _step_for(interval: Interval) -> Fraction:
    """The power of ten that shows where two bounds differ: at most half their distance."""
    width = interval.high - interval.low
    if not width:
        size = abs(interval.high) or Fraction(1)
        return Fraction(10) ** (floor(log10(size)) - 3)
    return Fraction(10) ** floor(log10(width / 2))


def open_book(language: str = "en", folder: Path = paths.DATA) -> Edition:
    """Loads the data package for a notebook.

    While the book is built, ``NOTES`` names a file to which the ingredients that the notebook asks for are noted.
    """
    data = tables.load(folder)
    if NOTES not in os.environ:
        return Edition(data, language)
    noted: set[str] = set()

    def note(name: str) -> None:
        if name not in noted:
            noted.add(name)
            with open(os.environ[NOTES], "a", encoding="utf-8") as file:
                file.write(name + "\n")

    return Edition(data, language, note)
