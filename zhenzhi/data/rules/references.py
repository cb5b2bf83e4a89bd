"""What refers to what: it exists, is of the same document, and nothing is there to which nothing refers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of
from zhenzhi.data.schema import entry_place, suggestion
from zhenzhi.data.vocabularies import KINDS, RUNGS, STATUSES

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


def _caveats_are_about_something(tables: Tables) -> Iterator[Problem]:
    """What a caveat is about exists, and is of its document."""
    document_of = tables.document_of
    for number, caveat in enumerate(tables.caveats):
        where = f"caveats.yml, {entry_place(tables.caveats, number)}"
        document = caveat["document_id"]
        if document not in tables.documents.index:
            expected = f"expected a document_id of documents.csv{suggestion(document, tables.documents.index)}"
            yield Problem(f"{where}, key document_id", f"{document!r} is unknown; {expected}")
        for claim_id in caveat["affects"]:
            if claim_id not in tables.claims.index:
                expected = f"expected a claim_id of claims.csv{suggestion(claim_id, tables.claims.index)}"
                yield Problem(f"{where}, key affects", f"{claim_id!r} is unknown; {expected}")
            elif (other := document_of.get(tables.claims.at[claim_id, "article_id"])) not in (None, document):
                yield Problem(f"{where}, key affects", f"{claim_id!r} is of {other!r}; expected one of {document!r}")


def _evidence_is_of_its_document(tables: Tables) -> Iterator[Problem]:
    """Evidence for an instrument names a model or a claim, and what it names is of its document."""
    documents = tables.document_of
    told = {
        (key, name): documents.get(article)
        for frame, key in ((tables.models, "model_id"), (tables.claims, "claim_id"))
        for name, article in zip(frame[key], frame["article_id"], strict=True)
    }
    columns = ("document_id", "model_id", "claim_id")
    for line, document, model, claim in rows_of(tables.instrument_evidence, *columns):
        cell = partial(cell_of, "instrument_evidence", line)
        for key, name in (("model_id", model), ("claim_id", claim)):
            other = told.get((key, name))
            if other is not None and other != document:
                yield Problem(cell(key), f"{name!r} is of {other!r}; expected one of {document!r}")
        if model is None and claim is None:
            yield Problem(cell("model_id"), "neither a model nor a claim is named; expected one of them")


def _parts_are_counted_by_claims_of_their_article(tables: Tables) -> Iterator[Problem]:
    claims = dict(zip(tables.claims["claim_id"], tables.claims["article_id"], strict=True))
    models = dict(zip(tables.models["model_id"], tables.models["article_id"], strict=True))
    for line, model, claim in rows_of(tables.model_parts, "model_id", "claim_id"):
        told, own = claims.get(claim), models.get(model)
        if None not in (told, own) and told != own:
            yield Problem(
                cell_of("model_parts", line, "claim_id"),
                f"{claim!r} is of {told!r}; expected a claim of {own!r}, which tells of {model!r}",
            )


def _drafts_have_indicators(tables: Tables) -> Iterator[Problem]:
    """What is proposed as a claim has an indicator of the book, or a standard one, which goes to the book with it."""
    known = {*tables.indicators["indicator_id"], *tables.standard_indicators["indicator_id"]}
    for line, name in rows_of(tables.drafts, "indicator_id"):
        if name is not None and name not in known:
            expected = (
                f"expected an indicator_id of indicators.csv or of standard_indicators.csv{suggestion(name, known)}"
            )
            yield Problem(cell_of("drafts", line, "indicator_id"), f"{name!r} is unknown; {expected}")


def _figures_of_checks_exist(tables: Tables) -> Iterator[Problem]:
    """A check compares claims and outside figures that there are, each once, and counts the parts of a model there is."""
    known = {*tables.claims["claim_id"], *tables.external["external_id"]}
    for number, check in enumerate(tables.checks):
        for part, named in check["claims"].items():
            for name in _named(named):
                if name not in known:
                    where = f"checks.yml, {entry_place(tables.checks, number)}, key claims.{part}"
                    expected = "expected a claim_id of claims.csv or an external_id of external.csv"
                    yield Problem(where, f"{name!r} is unknown; {expected}{suggestion(name, known)}")
        for key, table, column in (("model", "models", "model_id"), ("unit", "units", "unit")):
            if key in check and check[key] not in tables.frames[table].index:
                hint = suggestion(check[key], tables.frames[table].index)
                where = f"checks.yml, {entry_place(tables.checks, number)}, key {key}"
                yield Problem(where, f"{check[key]!r} is unknown; expected a {column} of {table}.csv{hint}")


def _named(part: Any) -> list[str]:
    """The names of figures in one part of a check: one, a list, or a list of products."""
    if isinstance(part, list):
        return [name for item in part for name in _named(item)]
    return [part] if isinstance(part, str) else []


def _readings_pick_claims(tables: Tables) -> Iterator[Problem]:
    """A reading picks claims by words that their column can hold."""
    known: dict[str, set[str]] = {
        "indicator_id": set(tables.indicators.index), "unit": set(tables.units.index), "kind": set(KINDS),
        "rung": set(RUNGS), "status": set(STATUSES),
    }  # fmt: skip
    for number, reading in enumerate(tables.readings):
        for column, picked in reading["where"].items():
            for word in picked:
                if word not in known[column]:
                    where = f"readings.yml, {entry_place(tables.readings, number)}, key where.{column}"
                    hint = suggestion(word, known[column])
                    yield Problem(
                        where, f"{word!r} is unknown; expected a word that column {column} of claims.csv allows{hint}"
                    )


def _everything_is_referred_to(tables: Tables) -> Iterator[Problem]:
    """Places, indicators, documents and instruments are there because something refers to them."""
    for table, referring in {
        "places": (
            *("places.parent_id", "claims.place_id", "drafts.place_id", "models.place_id", "external.place_id"),
            "articles.place_ids",
        ),
        "indicators": ("claims.indicator_id", "drafts.indicator_id"),
        "documents": ("articles.document_id",),
        "instruments": ("instrument_evidence.instrument_id",),
    }.items():
        used: set[str] = set()
        for reference in referring:
            other, column = reference.split(".")
            cells = tables.frames[other][column]
            used.update(name for cell in cells if cell is not None for name in cell.split())
        key = str(tables.frames[table].index.name)
        for line, name in rows_of(tables.frames[table], key):
            if name not in used:
                others = " or ".join(f"{reference.split('.')[0]}.csv" for reference in referring)
                yield Problem(cell_of(table, line, key), f"nothing refers to {name!r}; expected a row of {others}")


RULES: tuple[Rule, ...] = (
    _caveats_are_about_something,
    _evidence_is_of_its_document,
    _parts_are_counted_by_claims_of_their_article,
    _drafts_have_indicators,
    _figures_of_checks_exist,
    _readings_pick_claims,
    _everything_is_referred_to,
)
