"""What a notebook or a page is made from, by name, so that it is made again when one of these changes and not before.

While a notebook runs or a page is read, the ``Edition`` notes each ingredient it is asked for, as ``kind:key``. What the
ingredient is worth today is told by its digest.
"""

import hashlib
from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

import pandas as pd

from zhenzhi.book.counts import counts
from zhenzhi.book.edition import Edition

#: The digests that are known already of an edition without notes.
_KNOWN: WeakKeyDictionary[Edition, dict[str, str]] = WeakKeyDictionary()


class Digests:
    """The digests of an edition's ingredients; each is worked out once, also where the edition notes what it is asked for."""

    def __init__(self, edition: Edition):
        self._edition = edition.quiet
        self._known = _KNOWN.setdefault(self._edition, {})

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """The digest of each ingredient named."""
        wanted = sorted(set(names))
        for name in wanted:
            if name not in self._known:
                self._known[name] = digest(self._edition, name)
        return {name: self._known[name] for name in wanted}


def digest(edition: Edition, name: str) -> str:
    """A digest of an ingredient as it stands in the data; the same for all that do not exist.

    Raises:
        KeyError: there is no such kind of ingredient.
    """
    kind, _, key = name.partition(":")
    return hashlib.sha256(_text(_KINDS[kind](edition, key)).encode()).hexdigest()[:16]


def _text(value) -> str:
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if isinstance(value, Mapping) and any(isinstance(inner, pd.DataFrame) for inner in value.values()):
        return repr([(key, _text(inner)) for key, inner in value.items()])
    if isinstance(value, pd.Series):
        return repr(list(value.items()))
    return repr(value)


def _row(table: str):
    def row(edition: Edition, key: str):
        frame = getattr(edition.tables, table)
        return frame.loc[key] if key in frame.index else None

    return row


def _check(edition: Edition, check_id: str):
    if check_id not in edition.results:
        return None
    return edition.check(check_id), edition.results[check_id]


def _model(edition: Edition, model_id: str):
    if model_id not in edition.tables.models.index:
        return None
    return _text(edition.model(model_id)) + _text(edition.parts_of(model_id))


def _passage(edition: Edition, claim_id: str):
    return edition.passage(claim_id) if claim_id in edition.tables.claims.index else None


def _words(edition: Edition, key: str):
    table, _, column = key.partition(".")
    return sorted(edition.words_used(table, column).items(), key=repr)


_KINDS = {
    "article": lambda edition, key: edition.claims_of(key),
    "check": _check,
    "claim": _row("claims"),
    "coding": lambda edition, key: edition.coding.claims,
    "count": lambda edition, key: counts(edition.quiet).get(key),
    "external": _row("external"),
    "figure": lambda edition, key: [entry for entry in edition.tables.figures if entry["figure_id"] == key],
    "finding": lambda edition, key: [entry for entry in edition.tables.findings if entry["finding_id"] == key],
    "flag": lambda edition, key: edition.flag(key),
    "label": lambda edition, key: edition.tables.labels.get(key),
    "model": _model,
    "model-claims": lambda edition, key: edition.claims_in(key),
    "names": lambda edition, key: list(edition.tables.frames[key].index),
    "passage": _passage,
    "results": lambda edition, key: edition.results,
    "results-of": lambda edition, key: edition.verdict_of(key),
    "rows": lambda edition, key: edition.rows(key),
    "table": lambda edition, key: getattr(edition.tables, key),
    "verdicts": lambda edition, key: edition.verdicts,
    "words": _words,
}
