"""What the book knows by name: claims, checks, models, outside figures, and what the audit found in them.

Each lookup notes what it reads, so that a page or a notebook is made again when that changes and not before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Self, cast

import pandas as pd

from zhenzhi import audit
from zhenzhi.amounts.quantity import Quantity
from zhenzhi.audit import Result
from zhenzhi.book.tracking import Note, NotedTables
from zhenzhi.data import tables
from zhenzhi.data.passages import Passages
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError

#: Columns of the claims that say what each is and where it stands; most pictures of many claims are made from these alone.
CODING = (
    *("claim_id", "article_id", "start", "end", "place_id", "indicator_id", "model_id"),
    *("kind", "status", "rung", "unit", "repeats"),
)


#: What the English name of a part ends with that a document only plans.
PLANNED = "(planned)"


class UnknownReference(ZhenzhiError):
    """A claim, computed quantity or form that does not exist is named."""


class Verdict(NamedTuple):
    """The result of a check in short, which changes less often than its figures do."""

    check_id: str
    type: str
    verdict: str
    claims: tuple[str, ...]
    relation: str


class Lookups:
    """The data package and its audit in one language, by name.

    Args:
        data: the tables; the project's own by default.
        language: ``en`` or ``zh``.
        note: called with the name of each ingredient (``zhenzhi.book.dependencies``) that is asked for.

    Raises:
        DataError: the data package or a check breaks its contract.
    """

    def __init__(self, data: Tables | None = None, language: str = "en", note: Note | None = None):
        self._tables = tables.load() if data is None else data
        self._has_notes = note is not None
        self._note = note or (lambda name: None)
        self._noted = self._tables if note is None else cast(Tables, NotedTables(self._tables, note))
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
        coding = Tables(self._tables.folder, MappingProxyType(frames), self._tables.yaml)
        return cast(Tables, NotedTables(coding, self._note, "coding:all"))

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
    def quiet(self) -> Self:
        """The same without notes, for what is worked out of all data and noted as one ingredient."""
        return type(self)(self._tables, self.language) if self._has_notes else self

    def told_in(self, language: str) -> Self:
        """The same in another language; the audit is not run again."""
        other = type(self)(self._tables, language)
        other._results = self.quiet._results
        return other

    def noting(self, note: Note) -> Self:
        """The same with notes of what is asked for; what was worked out of all data is not worked out again."""
        other = type(self)(self._tables, self.language, note)
        other.quiet, other._results = self.quiet, self.quiet._results
        return other

    @property
    def results(self) -> dict[str, Result]:
        """The audit's results by check."""
        self._note("results:all")
        return self._results

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The audit's results by check, in short."""
        self._note("verdicts:all")
        return {
            name: Verdict(name, found.type, found.verdict, found.claims, found.relation)
            for name, found in self._results.items()
        }

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

    def places_within(self, place_ids: Iterable[str]) -> set[str]:
        """The places and all that lies in them."""
        return tables.places_within(self.tables.places, place_ids)

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

    def result_under(self, check_id: str, rounding: str, reading: str) -> Result:
        """What the audit finds in a check on one assumption on rounding and one reading of its wording (``audit.find``).

        Raises:
            UnknownReference: there is no such check.
        """
        for name in self.result(check_id).claims:
            # Noted one by one: this result can change where the settled one does not.
            self.external(name) if self.is_external(name) else self.claim(name)
        return audit.find(self._tables, self.check(check_id), rounding, reading)

    def is_claim(self, name: str) -> bool:
        """Whether a name is that of a claim, and not of an outside or a computed figure."""
        return self._names("claims", name)

    def is_external(self, name: str) -> bool:
        """Whether a name is that of a figure from outside the documents."""
        return self._names("external", name)

    def _names(self, table: str, name: str) -> bool:
        self._note(f"names:{table}")
        return name in self._tables.frames[table].index

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

    def passage(self, claim_id: str) -> str | None:
        """The address of the passage that a claim rests on, in a public copy of its article; nothing where none is known."""
        self._note(f"passage:{claim_id}")
        return self.quiet._passages.address(claim_id)

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self._tables)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        self._note(f"rows:{table}")
        return len(self._tables.frames[table])

    def words_used(self, table: str, column: str) -> Counter:
        """How many rows of a table have each word in a column."""
        self._note(f"words:{table}.{column}")
        return Counter(self._tables.frames[table][column])

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

    def local(self, row: Any, name: str) -> str:
        """What a row says in the language of the edition: ``local(model, "name")`` is its ``name_en`` or ``name_zh``.

        English may stand in the column without a language: ``definition`` beside ``definition_zh``. A Chinese cell that is
        not written yet is told in English.

        Args:
            row: a row of a table, a named tuple of one, or an entry of a YAML file.
            name: the column without its language.
        """
        cells = row._asdict() if hasattr(row, "_asdict") else row
        english = f"{name}_en" if f"{name}_en" in cells else name
        own = english if self.language == "en" else f"{name}_{self.language}"
        return cells.get(own) or cells[english]

    def original(self, row: Any, name: str) -> str:
        """What stands in Chinese beside the words of another language: nothing in a Chinese book."""
        cells = row._asdict() if hasattr(row, "_asdict") else row
        return "" if self.language == "zh" else cells[f"{name}_zh"]

    def name_of(self, name: str) -> str:
        """What a claim, an outside figure or a computed quantity measures, in a few words."""
        if self.is_external(name):
            return self.local(self.external(name), "what")
        if "." not in name:
            return self.local(self.claim(name), "label")
        check_id, _, key = name.partition(".")
        check = self.check(check_id)
        return check.get("quantities", {}).get(key, check["name"])[self.language]

    def part_name(self, part: Any) -> str:
        """The name of a part of a model, given as a named tuple of its row, with a mark where the part is only planned."""
        name = self.local(part, "name")
        return self.label("planned-what", what=name.removesuffix(f" {PLANNED}")) if PLANNED in part.name_en else name

    def check(self, check_id: str) -> dict:
        """The entry of a check, from ``checks.yml`` or made for a fact told again."""
        self._note(f"check:{check_id}")
        if check_id not in self._checks:
            raise UnknownReference(f"there is no check {check_id!r}; expected a check_id of checks.yml")
        return self._checks[check_id]

    @cached_property
    def _checks(self) -> dict[str, dict]:
        return {check["check_id"]: check for check in audit.entries(self._tables)}

    def chart_text(self, figure_id: str) -> dict:
        """The entry of a figure in ``figures/``."""
        self._note(f"figure:{figure_id}")
        for entry in self._tables.figures:
            if entry["figure_id"] == figure_id:
                return entry
        raise UnknownReference(f"there is no figure {figure_id!r}; expected a figure_id of figures/")

    def label(self, key: str, **words: str | int) -> str:
        """A word or sentence of the interface from ``labels.yml``, its gaps filled."""
        self._note(f"label:{key}")
        if key not in self._tables.labels:
            raise UnknownReference(f"there is no label {key!r}; expected a key of labels.yml")
        try:
            return self._tables.labels[key][self.language].format(**words)
        except (KeyError, IndexError, AttributeError, ValueError) as error:
            gaps = ", ".join(f"{{{word}}}" for word in words) or "no gap"
            raise UnknownReference(f"labels.yml, key {key}: nothing fills the gap {error}; expected {gaps}") from None

    def flag(self, name: str) -> str:
        """The mark of a figure: inconsistent where a check finds fault with it, undetermined where none can decide on it.

        A bound on one side that is kept decides on no figure.
        A computed quantity is what it is; it is marked only where its check finds fault.
        """
        if "." in name:
            verdict = self.result(name.partition(".")[0]).verdict
            return verdict if verdict == audit.INCONSISTENT else ""
        self._note(f"flag:{name}")
        results = [result for result in self._results_of.get(name, ()) if result.type != "apart"]
        if any(result.verdict == audit.INCONSISTENT for result in results):
            return audit.INCONSISTENT
        if any(result.verdict == audit.CONSISTENT and result.relation != audit.BOUND for result in results):
            return ""
        return audit.UNDETERMINED if results else ""

    @property
    def checked(self) -> list[str]:
        """The claims that take part in a check which compares something."""
        used = {name for found in self.verdicts.values() if found.type != "apart" for name in found.claims}
        return [claim for claim in self.coding.claims.index if claim in used]

    @property
    def held_against(self) -> dict[str, str]:
        """What each claim was held against in its strongest check, one of ``audit.CLASSES``."""
        return audit.decomposition(self.coding.claims.index, self.verdicts.values())

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


def _no_claim(claim_id: str) -> str:
    return f"there is no claim {claim_id!r}; expected a claim_id of claims.csv"
