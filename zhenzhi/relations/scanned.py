"""What a scan found in a text, as figures for the rules and as tables for the audit."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

import pandas as pd

from zhenzhi.audit.unit_rules import ANY_KIND
from zhenzhi.data.tables import Tables
from zhenzhi.relations.figures import PART, SENTENCE_END, SENTENCE_LENGTH, Figure, in_text
from zhenzhi.relations.finder import Relation, judge, propose
from zhenzhi.scan import Claim

#: Words in the clause before an amount that make it an amount for each of something, with the unit of that.
_FOR_EACH = {"日均": "day", "人均": "person", "户均": "household", "亩均": "mu", "村均": "village"}
#: 平均每期: for each of what this classifier counted before; days are told by dates too.
_FOR_EACH_OF = re.compile("平均每(?![天日周月年])([一-鿿])")
#: A proportion is read as its parts, in per cent.
_PROPORTION = re.compile("[:：∶]")
_CLAUSE = 16
#: A classifier right behind a figure, without a noun.
_BARE = re.compile(r"(?<=[\d十百千万亿多余几])[一-鿿]$")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
#: Classifiers of anything: what they count is another thing each time, unless the scan cannot tell what.
_GENERIC = ("个", "项")


def relations_of(text: str, claims: Iterable[Claim], data: Tables) -> tuple[list[Relation], Tables]:
    """The relations between the figures that a scan found in a text, and the tables in which the audit judged them.

    Args:
        data: a data package, for its units.
    """
    figures, units = _figures(text, claims, data.units)
    proposals = propose(in_text(text, figures, units))
    used = {figure.name: figure for proposal in proposals for figure in proposal.figures}
    tables = _tables(used.values(), units, data)
    return judge(tables, proposals), tables


def _figures(text: str, claims: Iterable[Claim], units: pd.DataFrame) -> tuple[list[Figure], pd.DataFrame]:
    """The claims with a value as figures, and the units with those that they need beside; names count all claims."""
    more: dict[str, pd.Series] = {}
    figures: list[Figure] = []
    counted = units["counted"].to_dict()
    last = _Classifiers(units)
    for number, claim in enumerate(claims, 1):
        value, high = _decimal(claim.value), _decimal(claim.value_high)
        if claim.kind == "ratio" and claim.unit is None and value is None:
            figures += _parts(f"c{number}", claim, text)
        if value is None or claim.unit not in counted:
            continue
        unit, kind = str(claim.unit), claim.kind or "level"
        unit = last.unit_of(claim, unit, text)
        clause = re.split("[，。；：、,;]", text[max(0, claim.start - _CLAUSE) : claim.start])[-1] + claim.as_written
        each = next((unit for word, unit in _FOR_EACH.items() if word in clause), None) or last.each_of(clause)
        if each and kind in ("ratio", "level", "flow"):
            unit, kind = _per(unit, each, units, more), "ratio"
        figures.append(
            Figure(
                name=f"c{number}",
                article="",
                start=claim.start,
                end=claim.end,
                written=claim.as_written,
                value=value,
                value_high=high,
                unit=unit,
                counted=bool(counted.get(unit, False)),
                qualifier=claim.qualifier or "exact",
                kind=kind,
                status=claim.status or "reported",
                period=_period(claim.period),
            )
        )
    return figures, pd.concat([units, pd.DataFrame(more).T.astype(object)]) if more else units


def _parts(name: str, claim: Claim, text: str) -> Iterator[Figure]:
    """The numbers of a proportion, where it is written in digits: 12.3:45.6:42.1."""
    found = [*_NUMBER.finditer(text, claim.start, claim.end)]
    if len(found) == len(_PROPORTION.split(claim.as_written)):
        for place, number in enumerate(found, 1):
            yield Figure(
                name=f"{name}{PART}{place}", article="", start=number.start(), end=number.end(), written=f"{number[0]}%",
                value=Decimal(number[0]), value_high=None, unit="percent", counted=False, qualifier="exact", kind="ratio",
                status="reported", period=(None, None),
            )  # fmt: skip


class _Classifiers:
    """The last unit that each classifier of a sentence stood for: of 纠纷456件，调处成功393件 both count disputes."""

    def __init__(self, units: pd.DataFrame):
        self._counted = set(units.index[units["counted"].astype(bool)])
        self._last: dict[str, tuple[int, str]] = {}

    def each_of(self, clause: str) -> str | None:
        """What the classifier of 平均每期 counted last; ``None`` where there is none."""
        found = _FOR_EACH_OF.search(clause)
        return self._last.get(found[1], (0, None))[1] if found else None

    def unit_of(self, claim: Claim, unit: str, text: str) -> str:
        """The unit of a claim, or the one that its bare classifier stood for earlier in the sentence."""
        classifier = _BARE.search(claim.as_written)
        if classifier is None or unit not in self._counted:
            return unit
        end, earlier = self._last.get(classifier[0], (0, unit))
        near = claim.start - end <= SENTENCE_LENGTH and not SENTENCE_END.search(text, end, claim.start)
        if end and near and earlier != unit and (unit == ANY_KIND or classifier[0] not in _GENERIC):
            unit = earlier
        self._last[classifier[0]] = (claim.end, unit)
        return unit


def _per(unit: str, each: str, units: pd.DataFrame, more: dict[str, pd.Series]) -> str:
    """The unit of an amount for each of something: that of the data package, or one made for the occasion."""
    known = units.index[(units["of"] == unit) & (units["per"] == each)]
    if len(known):
        return str(known[0])
    if units.at[unit, "of"] is not None:
        return unit
    name = f"{unit}-per-{each}"
    row, other = units.loc[unit].copy(), units.loc[each]
    row["of"], row["per"], row["counted"], row["base_unit"], row["factor"] = unit, each, False, None, None
    row["name_en"] = f"{units.at[unit, 'name_en']} a {other['name_en']}"
    row["plural_en"] = f"{units.at[unit, 'plural_en']} a {other['name_en']}"
    row["name_zh"] = f"{units.at[unit, 'name_zh']}/{other['name_zh']}"
    row["phrase_zh"] = f"每{(other['phrase_zh'] or other['name_zh']).replace('{}', '')}{{}}{units.at[unit, 'name_zh']}"
    more[name] = row
    return name


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _period(period: str | None) -> tuple[str | None, str | None]:
    """First and last date of a period that the text states; one that is carried from an earlier sentence is none."""
    if period is None or "?" in period:
        return None, None
    start, _, end = period.partition("/")
    return start or None, end or start or None


def _tables(figures: Iterable[Figure], units: pd.DataFrame, data: Tables) -> Tables:
    """Figures as a data package without documents, models and outside figures."""
    rows = {figure.name: _row(figure) for figure in figures}
    claims = pd.DataFrame.from_dict(rows, orient="index", dtype=object) if rows else pd.DataFrame(columns=_NO_ROW)
    frames = {
        "claims": claims,
        "external": pd.DataFrame(columns=["value", "unit"]),
        "models": pd.DataFrame(columns=["stated_count", "listed_count"]),
        "units": units,
    }
    return Tables(data.folder, MappingProxyType(frames), MappingProxyType({"checks": [], "labels": data.labels}))


def _row(figure: Figure) -> dict[str, Any]:
    start, end = figure.period
    return {
        "article_id": figure.article, "as_written": figure.written, "value": figure.value,
        "value_high": figure.value_high, "unit": figure.unit, "qualifier": figure.qualifier, "kind": figure.kind,
        "status": figure.status, "repeats": None, "model_id": None, "period_start": start, "period_end": end,
        "label_en": figure.written, "label_zh": figure.written,
    }  # fmt: skip


#: The columns of a table of claims without a row.
_NO_ROW = ("article_id", "as_written", "value", "unit", "qualifier", "kind", "status", "repeats", "model_id")
