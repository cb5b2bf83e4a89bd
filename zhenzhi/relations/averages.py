"""Averages with their total, and peaks with the average."""

import re
from collections.abc import Iterator

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

#: How many figures before an average, and how many characters, its total and units are looked for.
LOOK_BACK, REACH = 12, 600

_PEAK = re.compile("最高|最大|最多|峰值")


def over_days(reading: Reading) -> Iterator[Proposal]:
    """An average a day, with its total, its units where it is for each of them too, and the days: stated, or the period's."""
    for article in reading.articles():
        for number, average in enumerate(article):
            made_of = reading.per(average.unit)
            if made_of is None or "day" not in made_of[1] or not (average.is_each or average.is_amount):
                continue
            window = article[max(0, number - LOOK_BACK) : number]
            before = [figure for figure in reversed(window) if average.start - figure.end <= REACH]
            total = _total(before, average, made_of[0])
            if total is None:
                continue
            parts: dict[str, Figure] = {"total": total}
            others = [unit for unit in made_of[1] if unit != "day"]
            units = [figure for unit in others for figure in before if figure.unit == unit and figure.is_amount][:1]
            if len(units) < len(others):
                continue
            if units:
                parts["units"] = units[0]
            days = next((figure for figure in before if figure.unit == "day" and figure.kind == "duration"), None)
            if days is not None:
                parts["days"] = days
            elif None in total.period:
                continue
            tie = STATED if average.coded or _only_one(total, days, average) else NEAR
            yield Proposal("average-over-days", "average", {**parts, "reported": average}, tie)


def _total(before: list[Figure], average: Figure, unit: str) -> Figure | None:
    """The total that an average is of: of the same model where a coder told, else the one total of the sentence."""
    found = [
        figure for figure in before if figure.unit == unit and figure.is_amount and not _PEAK.search(figure.subject)
    ]
    if average.coded:
        found = [figure for figure in found if figure.model == average.model and figure.period == average.period]
        named = [figure for figure in found if re.search("共|总|到发|全", figure.label)]
        return next(iter(named or found), None)
    found = [figure for figure in found if average.sentence - figure.sentence <= 1]
    named = [figure for figure in found if re.search("共|总|累计", figure.lead)] or found
    return named[0] if len(named) == 1 else None


def _only_one(total: Figure, days: Figure | None, average: Figure) -> bool:
    """Whether total, days and average stand in one sentence in plain words, so that no other total can be meant."""
    one = days is not None and days.sentence == total.sentence == average.sentence
    return one and total.is_exact and average.lead.strip("，,").startswith("日均")


def peaks(reading: Reading) -> Iterator[Proposal]:
    """The most of a series, which cannot be below its average or another of its figures."""
    for sentence in reading.sentences():
        for one, other in zip(sentence, sentence[1:], strict=False):
            upper, lower = (other, one) if _PEAK.search(other.subject + other.written) else (one, other)
            if not _PEAK.search(upper.subject + upper.written) or _PEAK.search(lower.subject):
                continue
            daily = reading.per(lower.unit)
            average = lower.is_each and daily is not None and daily == (upper.unit, ("day",)) and upper.is_amount
            series = upper.coded and upper.indicator == lower.indicator and upper.unit == lower.unit
            if upper.model == lower.model and (average or series):
                yield Proposal("peak-and-others", "order", {"lower": lower, "upper": upper}, NEAR)


RULES = (over_days, peaks)
