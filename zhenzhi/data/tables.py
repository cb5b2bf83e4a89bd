"""The data package in memory: typed frames, loaded and checked.

The contract itself (columns, types, keys, allowed words) stands in ``datapackage.json`` (Data Package v2) and nowhere else;
``schema`` enforces it. What tables say about each other is checked by ``rules``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from zhenzhi import paths
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.collector import without_collection
from zhenzhi.data import rules, schema
from zhenzhi.data.schema import DESCRIPTOR, read_descriptor
from zhenzhi.errors import DataError

__all__ = ["DESCRIPTOR", "Tables", "load", "read_descriptor"]


class Stated(NamedTuple):
    """What a claim states, and what its wording is read by."""

    as_written: str
    value: Decimal | None
    value_high: Decimal | None
    qualifier: str
    unit: str
    kind: str
    status: str


class _Frame:
    """A table of the package as an attribute of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tables: "Tables", owner: type) -> pd.DataFrame:
        return tables.frames[self._name]


class _List:
    """A YAML file that holds a list of entries, as an attribute of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tables: "Tables", owner: type) -> list[dict[str, Any]]:
        return tables.yaml[self._name]


class _Mapping:
    """A YAML file that holds entries by name, as an attribute of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tables: "Tables", owner: type) -> dict[str, dict[str, str]]:
        return tables.yaml[self._name]


@dataclass(frozen=True)
class Tables:
    """The data package in memory, each table an attribute: ``tables.claims``.

    Attributes:
        folder: where it was read from.
        frames: name of a tabular resource to its frame, indexed by its primary key where that is one column. Numbers
            are ``decimal.Decimal``, offsets and counts are ``int``, empty cells are ``None``.
        yaml: name of a YAML resource to its content.
    """

    folder: Path
    frames: Mapping[str, pd.DataFrame]
    yaml: Mapping[str, Any]

    documents = _Frame()
    articles = _Frame()
    places = _Frame()
    units = _Frame()
    indicators = _Frame()
    standard_indicators = _Frame()
    models = _Frame()
    model_parts = _Frame()
    claims = _Frame()
    numerals = _Frame()
    drafts = _Frame()
    codings = _Frame()
    closed = _Frame()
    terms = _Frame()
    external = _Frame()
    instruments = _Frame()
    instrument_evidence = _Frame()
    silences = _Frame()
    speakers = _Frame()
    events = _Frame()
    relations = _Frame()
    relation_codings = _Frame()
    trial = _Frame()
    page_sentences = _Frame()

    @cached_property
    def stated(self) -> dict[str, Stated]:
        """What each claim states; to take a row out of the table for each time that it is asked would take long."""
        columns = (self.claims[name].tolist() for name in Stated._fields)
        return dict(zip(self.claims.index, map(Stated, *columns), strict=True))

    @cached_property
    def unit_rows(self) -> dict[str, dict[str, Any]]:
        """The rows of the units by name, for whoever asks for one of each of many claims."""
        return rows_by_name(self.units)

    @cached_property
    def external_rows(self) -> dict[str, dict[str, Any]]:
        """The outside figures by name, likewise."""
        return rows_by_name(self.external)

    @cached_property
    def document_of(self) -> dict[str, str]:
        """The document of each article."""
        return dict(zip(self.articles["article_id"], self.articles["document_id"], strict=True))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that write the units; none in a data package before version 0.2."""
        words = self.units["written_zh"] if "written_zh" in self.units else [None] * len(self.units)
        return _lexicon(tuple(zip(self.units.index, (text or "" for text in words), strict=True)))

    caveats = _List()
    checks = _List()
    figures = _List()
    findings = _List()
    readings = _List()
    labels = _Mapping()


@lru_cache(maxsize=8)
def _lexicon(words: tuple[tuple[str, str], ...]) -> Lexicon:
    """One lexicon for all packages with the same units, so that what is known of a phrase serves them all."""
    return Lexicon((unit, text.split()) for unit, text in words)


def rows_by_name(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The rows of a table by name, in a sixth of the time that pandas takes: each text of a corpus asks for the units."""
    columns = list(frame)
    return {name: dict(zip(columns, cells, strict=True)) for name, *cells in frame.itertuples(name=None)}


def places_within(places: pd.DataFrame, place_ids: Iterable[str]) -> set[str]:
    """The places with these IDs and all that lies in them."""
    parents = places["parent_id"]
    found: set[str] = set()
    new = set(place_ids)
    while new:
        found |= new
        new = set(parents.index[parents.isin(new)]) - found
    return found


def load(folder: Path = paths.DATA, *, own_contract: bool = False) -> Tables:
    """Loads and validates the data package in ``folder``.

    Args:
        own_contract: hold it to its own ``datapackage.json`` alone, as is due to a version of another day, and not to what
            today's rules ask of the tables among each other.

    Raises:
        DataError: a file is missing or not UTF-8, or a cell breaks the contract; every problem is listed.
    """
    # What is read all stays, and the search for cycles would look through it again and again.
    with without_collection():
        return _load(Path(folder), own_contract)


def _load(folder: Path, own_contract: bool) -> Tables:
    descriptor = read_descriptor(folder)
    problems: list[str] = []
    frames: dict[str, pd.DataFrame] = {}
    content: dict[str, Any] = {}
    for resource in descriptor["resources"]:
        name, files = resource["name"], resource["path"]
        if "schema" in resource:
            text = schema.read_text(folder, files, problems)
            frame = None if text is None else schema.read_table(name, text, resource["schema"], problems)
            if frame is not None:
                frames[name] = frame
        else:
            parts = [
                _read_yaml(folder, file, resource, problems) for file in ([files] if isinstance(files, str) else files)
            ]
            content[name] = parts[0] if isinstance(files, str) else [entry for part in parts for entry in part or []]
    sound = not problems
    for resource in descriptor["resources"]:
        if "schema" in resource:
            schema.check_keys(resource, frames, problems)
    tables = Tables(folder, MappingProxyType(frames), MappingProxyType(content))
    # The rules read cells that are as their columns say, and look rows up by name.
    unique = all(frame.index.is_unique for frame in frames.values())
    if sound and unique and not own_contract:
        problems += rules.problems(tables)
    if problems:
        raise DataError(problems)
    return tables


def _read_yaml(folder: Path, file: str, resource: dict, problems: list[str]) -> Any:
    text = schema.read_text(folder, file, problems)
    return None if text is None else schema.read_yaml(file, text, resource["jsonSchema"], problems)
