"""What a scan found in a text, as figures for the rules and as tables for the audit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

import pandas as pd

from zhenzhi.audit import INCONSISTENT
from zhenzhi.audit.inputs import SET_STATUSES
from zhenzhi.audit.unit_rules import ANY_KIND
from zhenzhi.data.tables import Tables, rows_by_name
from zhenzhi.relations.figures import PART, SENTENCE_END, SENTENCE_LENGTH, Figure, in_text
from zhenzhi.relations.finder import Relation, judge, propose
from zhenzhi.relations.shares import SET
from zhenzhi.scan import Claim

#: Words in the clause before an amount that make it an amount for each of something, with the unit of that.
_FOR_EACH = {"日均": "day", "人均": "person", "户均": "household", "亩均": "mu", "村均": "village"}
#: 平均每期: for each of what this classifier counted before; days are told by dates too.
_FOR_EACH_OF = re.compile("平均每(?![天日周月年])([一-鿿]{1,5})")
#: A proportion is read as its parts, in per cent.
_PROPORTION = re.compile("[:：∶]")
_CLAUSE = 16
#: The words that a figure counts in: a classifier alone, or with its noun.
_COUNTED = re.compile(r"(?<=[\d十百千万亿多余几])(?![零〇一二两三四五六七八九十百千万亿多余几])[一-鿿]{1,5}$")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
#: Classifiers of anything: what they count is another thing each time, unless the scan cannot tell what.
_GENERIC = ("个", "项")


class ScannedRelations:
    """Finds relations in scanned texts, one after another with the same units.

    Args:
        data: a data package, for its units and words.
    """

    def __init__(self, data: Tables):
        self._data = data
        self._units = _Units(data.units)

    def of(self, text: str, claims: Iterable[Claim]) -> tuple[list[Relation], Tables]:
        """The relations between the figures that a scan found in a text, and the tables in which the audit judged them."""
        figures = _figures(text, claims, self._units)
        proposals = propose(in_text(text, figures, self._units.rows))
        used = {figure.name: figure for proposal in proposals for figure in proposal.figures}
        tables = _tables(used.values(), self._units.frame, self._data)
        relations = judge(tables, proposals)
        doubtful = [relation.proposal for relation in relations if _may_be_rounded(relation)]
        if doubtful:
            measured = [
                figure if SET.search(figure.subject) else replace(figure, status="reported") for figure in used.values()
            ]
            again = iter(judge(_tables(measured, self._units.frame, self._data), doubtful))
            relations = [next(again) if _may_be_rounded(relation) else relation for relation in relations]
        return relations, tables


def _may_be_rounded(relation: Relation) -> bool:
    """Whether a relation fails where a plan tells a figure, which counts as set and not rounded.

    The scan takes a status from the sentence, and growth that a plan tells was worked out: neither is sure to be set, as
    a figure is that the words right before it call a task or a goal.
    """
    planned = any(figure.status in SET_STATUSES for figure in relation.proposal.figures)
    return planned and relation.verdict == INCONSISTENT and relation.proposal.type != "target"


class _Units:
    """The units of a data package, and those of amounts for each of something that texts needed beside them."""

    def __init__(self, units: pd.DataFrame):
        self.frame = units
        self.rows = rows_by_name(units)

    def per(self, unit: str, each: str) -> str:
        """The unit of an amount for each of something: that of the data package, or one made for the occasion."""
        rows = self.rows
        known = next((name for name, row in rows.items() if row["of"] == unit and row["per"] == each), None)
        if known is not None or rows[unit]["of"] is not None:
            return known or unit
        own, other = rows[unit], rows[each]
        row = {
            **own,
            "of": unit,
            "per": each,
            "counted": False,
            "base_unit": None,
            "factor": None,
            "name_en": f"{own['name_en']} a {other['name_en']}",
            "plural_en": f"{own['plural_en']} a {other['name_en']}",
            "name_zh": f"{own['name_zh']}/{other['name_zh']}",
            "phrase_zh": f"每{(other['phrase_zh'] or other['name_zh']).replace('{}', '')}{{}}{own['name_zh']}",
        }
        name = f"{unit}-per-{each}"
        self.rows[name] = row
        self.frame = pd.concat([self.frame, pd.DataFrame({name: row}, dtype=object).T])
        return name


def _figures(text: str, claims: Iterable[Claim], units: _Units) -> list[Figure]:
    """The claims with a value as figures; names count all claims."""
    figures: list[Figure] = []
    last = _Classifiers(units)
    for number, claim in enumerate(claims, 1):
        value, high = _decimal(claim.value), _decimal(claim.value_high)
        if claim.kind == "ratio" and claim.unit is None and value is None:
            figures += _parts(f"c{number}", claim, text)
        if value is None or claim.unit not in units.rows:
            continue
        unit, kind = str(claim.unit), claim.kind or "level"
        unit = last.unit_of(claim, unit, text)
        clause = re.split("[，。；：、,;]", text[max(0, claim.start - _CLAUSE) : claim.start])[-1] + claim.as_written
        each = next((unit for word, unit in _FOR_EACH.items() if word in clause), None) or last.each_of(clause)
        if each and kind in ("ratio", "level", "flow"):
            unit, kind = units.per(unit, each), "ratio"
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
                counted=bool(units.rows[unit]["counted"]),
                qualifier=claim.qualifier or "exact",
                kind=kind,
                status=claim.status or "reported",
                period=_period(claim.period),
            )
        )
    return figures


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

    def __init__(self, units: _Units):
        self._rows = units.rows
        self._last: dict[str, tuple[int, str]] = {}

    def each_of(self, clause: str) -> str | None:
        """What the classifier of 平均每期 counted last, or 平均每个示范点; ``None`` where there is none."""
        found = _FOR_EACH_OF.search(clause)
        words = found[1] if found else ""
        told = (self._last.get(words[:length]) for length in range(len(words), 0, -1))
        return next((unit for _, unit in filter(None, told)), None)

    def unit_of(self, claim: Claim, unit: str, text: str) -> str:
        """The unit of a claim, or the one that its bare classifier stood for earlier in the sentence."""
        counted = _COUNTED.search(claim.as_written)
        if counted is None or not self._rows[unit]["counted"]:
            return unit
        words = counted[0]
        end, earlier = self._last.get(words, (0, unit)) if len(words) == 1 else (0, unit)
        near = claim.start - end <= SENTENCE_LENGTH and not SENTENCE_END.search(text, end, claim.start)
        if end and near and earlier != unit and (unit == ANY_KIND or words not in _GENERIC):
            unit = earlier
        self._last[words] = (claim.end, unit)
        return unit


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
    figures = list(figures)
    names = [figure.name for figure in figures]
    claims = pd.DataFrame([_row(figure) for figure in figures], names, _COLUMNS, dtype=object)
    frames = {"claims": claims, "external": _NO_EXTERNAL, "models": _NO_MODELS, "units": units}
    return Tables(data.folder, MappingProxyType(frames), MappingProxyType({"checks": [], "labels": data.labels}))


#: The columns of ``_row``.
_COLUMNS = (
    "article_id", "as_written", "value", "value_high", "unit", "qualifier", "kind", "status", "repeats", "model_id",
    "period_start", "period_end", "label_en", "label_zh",
)  # fmt: skip
_NO_EXTERNAL = pd.DataFrame(columns=["value", "unit"])
_NO_MODELS = pd.DataFrame(columns=["stated_count", "listed_count"])


def _row(figure: Figure) -> tuple:
    start, end = figure.period
    return (
        figure.article, figure.written, figure.value, figure.value_high, figure.unit, figure.qualifier, figure.kind,
        figure.status, None, None, start, end, figure.written, figure.written,
    )  # fmt: skip
