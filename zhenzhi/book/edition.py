"""The book in one language: figures, dates and references put into words.

An ``Edition`` is what notebooks and the Sphinx extension hold: the tables, the audit's results, and a language. All words
that reach a reader come from the data (``_en``/``_zh`` columns, ``labels.yml``, ``figures/``); this module only joins
them. It rests on three others: ``lookups`` knows the data by name, ``words`` puts numbers and dates into words, ``tracking``
notes what is asked for.
"""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from zhenzhi import paths
from zhenzhi.amounts.grammar import read
from zhenzhi.amounts.numerals import find as find_numerals
from zhenzhi.amounts.quantity import Quantity
from zhenzhi.audit import Result
from zhenzhi.book import tracking
from zhenzhi.book.lookups import Lookups, UnknownReference, Verdict
from zhenzhi.book.words import Words, digits, number_word
from zhenzhi.data import tables

#: Environment variables that name the language of the book that is being built and the folder of its data.
LANGUAGE, DATA = "ZHENZHI_LANGUAGE", "ZHENZHI_DATA"

_REFERENCE = re.compile(r"\{(claim|computed|external)\}`([^`]+)`")


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


class Edition(Lookups):
    """The data package, its audit and a language, in words; see ``Lookups`` for its arguments."""

    @cached_property
    def _words(self) -> Words:
        return Words(self.language, self.label, self._tables.unit_rows)

    def show(self, reference: Reference) -> str:
        """A reference in the form it asks for.

        The forms: ``figure`` (104 grids), ``figure-capital`` (Nearly 70 million yuan), ``number`` (104), ``word`` (five),
        ``written`` (104个网格), ``range`` (the values that the wording allows), ``about`` (about 17.4 billion yuan), ``fall``
        (22.9%, where the prose says that it fell). In Chinese a claim stands as the document wrote it, its ``number`` without
        the unit: 约1.9亿 of 约1.9亿元.

        Raises:
            UnknownReference: the target or the form is unknown, or what is told as a fall is none.
        """
        forms: dict[str, Callable[[str], str]] = {
            "figure": self.amount,
            "figure-capital": lambda name: self.amount(name)[:1].upper() + self.amount(name)[1:],
            "number": lambda name: self.amount(name, with_unit=False),
            "word": self.word,
            "written": lambda name: self.claim(name)["as_written"],
            "range": lambda name: self.interval(self.quantity(name)),
            "about": lambda name: self._words.about(self.quantity(name)),
            "fall": self._fall,
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

    def amount(self, name: str, with_unit: bool = True) -> str:
        """A claim or computed quantity as a person would write it: over 10, 990 million yuan, 2,780 to 2,820 projects.

        In Chinese a claim is told as the document tells it; without its unit, as the number alone.
        """
        if "." in name:
            return self._words.computed(self.quantity(name), with_unit)
        if self.is_external(name):
            row = self.external(name)
            value, unit, written = Fraction(row["value"]), row["unit"], row.get("as_written")
            key = read(written, self._tables.lexicon).qualifier if written else "exact"
            if not with_unit:
                return self._qualified(key, written, self._words.number(value, unit, None))
            return self._words.amount(value, unit, lambda text: self._qualified(key, written, text))
        claim = self.claim(name)
        if claim["value"] is None:
            return claim["as_written"]
        if claim["unit"] == "label" and claim["as_written"].isdecimal():
            return claim["as_written"]
        if self.language == "zh":
            if with_unit:
                return claim["as_written"]
            return self._qualified(claim["qualifier"], claim["as_written"], self._number_as_written(claim))
        value = Fraction(claim["value"])
        token = next(find_numerals(claim["as_written"]), None)
        step = None
        if token is not None:
            step = token.step if token.step % 1 or "." in claim["as_written"] else token.last_digit
        text = self._words.number(value, claim["unit"], step)
        if claim["value_high"] is not None:
            high = self._words.number(Fraction(claim["value_high"]), claim["unit"], step)
            text = self.label("range", low=text, high=high)
        if with_unit and not (claim["unit"] == "standing" and claim["qualifier"] == "at-most"):  # among the first 5
            text = self._words.with_unit(text, claim["unit"], value)
        return self._qualified(claim["qualifier"], claim["as_written"], text)

    def _fall(self, name: str) -> str:
        text, high = self.amount(name), self.quantity(name).interval.high
        if high is None or high >= 0:
            raise UnknownReference(f"{name!r} is told as a fall and is {text}; expected a figure below zero")
        return text.removeprefix("−")

    def _qualified(self, key: str, written: str | None, text: str) -> str:
        """A figure in words with its qualifier, which the phrase as written makes more exact: over 10.

        What bounds a fall bounds its size: a fall of 40% or more.
        """
        if text.startswith("−") and key not in ("exact", "range"):
            return self.label("allows-fall", figure=self._qualified(key, written, text.removeprefix("−")))
        if key == "over" and "以上" in (written or ""):
            key = "or-more"
        elif key == "over" and any(word in (written or "") for word in ("至少", "不少于")):
            key = "at-least"
        elif key == "at-most" and ((written or "").startswith("前") or (written or "").endswith("强")):
            key = "first"
        return text if key in ("exact", "range") else self.label(f"qualifier-{key}", figure=text)

    def _number_as_written(self, claim: pd.Series) -> str:
        """The figure of a claim with its scale, as the document writes it in digits; what it writes in characters in digits.

        A fall has its sign. A word within or behind the figure says what the qualifier says: 50亿 of 50多亿元.
        """
        written, values = claim["as_written"], [claim["value"]]
        if claim["value_high"] is not None:
            values.append(claim["value_high"])
        found = [token for token in find_numerals(written) if written[token.start].isdecimal()]
        if len(found) == len(values) and claim["value"] >= 0:
            numbers = [
                written[token.start : token.end].replace(written[slice(*token.cuts)], "")
                if token.word
                else written[token.start : token.end]
                for token in found
            ]
        else:
            numbers = [self._words.number(Fraction(value), claim["unit"], None) for value in values]
        return self.label("range", low=numbers[0], high=numbers[1]) if len(numbers) > 1 else numbers[0]

    def digits(self, number: int | float | Decimal, form: str = "") -> str:
        """A number in digits, as the language groups them; ``form`` as Python writes it: ``.2f``."""
        return digits(number, self.language, form)

    def characters(self, start: int, end: int) -> str:
        """Where something stands in a text: characters 1,558 to 1,566."""
        return self.label("characters", start=self.digits(start), end=self.digits(end))

    def in_base_unit(self, claim_id: str) -> str:
        """The value of a claim in full, in its base unit: 12,500 passenger trips a day."""
        claim = self.claim(claim_id)
        return self._words.in_full(claim["value"], claim["unit"])

    def word(self, name: str) -> str:
        """A small count in words: five."""
        value = self.quantity(name).interval.point
        if value is None or value.denominator != 1:
            return self.amount(name, with_unit=False)
        text = number_word(int(value), self.language)
        return self.amount(name, with_unit=False) if text[-1].isdigit() else text

    def interval(self, quantity: Quantity, with_unit: bool = True) -> str:
        """The bounds of a quantity in full, rounded outward so that the words never promise more than the arithmetic."""
        return self._words.interval(quantity, with_unit)

    def wording(self, claim_id: str) -> str:
        """What a claim says and what its wording allows, in words: 800多个: more than 800 and fewer than 900."""
        claim = self.claim(claim_id)
        if claim["value"] is None or claim["unit"] == "label":
            return claim["as_written"]
        return self.label("wording", written=claim["as_written"], allowed=self.allowed(claim_id))

    def allowed(self, claim_id: str) -> str:
        """The values that the wording of a claim allows on the usual reading, in words."""
        return self._words.allowed(self.quantity(claim_id))

    def date(self, edtf: str) -> str:
        """An EDTF date in words; an uncertain one carries a question mark."""
        return self._words.date(edtf)

    def source_of(self, document: pd.Series) -> str:
        """The publisher of a document and its date: Foshan Daily, 21 September 2017."""
        publisher = self.local(document, "publisher")
        return self.label("publisher-and-date", publisher=publisher, date=self.date(document["published"]))

    def listing(self, words: Iterable[str]) -> str:
        """Words one after the other, with the sign that the language puts between them."""
        return self.label("list-separator").join(words)

    def sequence(self, told: Iterable[str]) -> str:
        """Longer words one after the other, such as the rows of a chart: industrial output: 18.9 billion yuan; ..."""
        return self.label("sequence-separator").join(told)

    def named(self, name: str, text: str) -> str:
        """What is said of something, behind its name and a colon: industrial output: 18.9 billion yuan."""
        return self.label("name-and-text", name=name, text=text)

    def aside(self, text: str) -> str:
        """A text in brackets, with the space that the language sets before them."""
        return self.label("word-separator") + self.label("aside", text=text)

    def place_and_year(self, place_id: str, document_id: str) -> str:
        """A place as one document tells of it: Jiujiang 2017; a year that is inferred carries a question mark.

        Where a document tells of a part of the place, ``labels.yml`` has its name under ``column-PLACE-DOCUMENT``.
        """
        published = self.tables.documents.at[document_id, "published"]
        year = published[:4] + ("?" if "?" in published else "")
        own = f"column-{place_id}-{document_id}"
        known = own in self.tables.labels
        place = self.label(own) if known else self.local(self.tables.places.loc[place_id], "name")
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
        words = {part: self.listing(named) for part, named in result.words.items()}
        remarks = [self.label(f"remark-{remark}") for remark in result.remarks]
        return self.label("sentence-separator").join([self.label(f"reason-{result.reason}", **words), *remarks])


def group_of(edition: Edition, result: Result | Verdict) -> str:
    """The document a check is about, or that it compares documents or looks outside."""
    if any(edition.is_external(name) for name in result.claims):
        return "outside"
    documents = {edition.document_of(claim)["document_id"] for claim in result.claims}
    return documents.pop() if len(documents) == 1 else "across"


def open_book(language: str | None = None, folder: Path | None = None) -> Edition:
    """Loads the data package for a notebook, and notes what the notebook asks for while the book is built.

    Args:
        language: ``en`` or ``zh``; by default that of the book that is being built, English elsewhere.
        folder: the data package; by default that of the book that is being built, the project's own elsewhere.
    """
    folder = folder or Path(os.environ.get(DATA, paths.DATA))
    return Edition(tables.load(folder), language or os.environ.get(LANGUAGE, "en"), tracking.of_notebook())
