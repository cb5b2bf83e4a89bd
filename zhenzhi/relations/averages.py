"""Averages with their total, and peaks with the average."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Part, Proposal

#: How many figures before an average, and how many characters, its total and units are looked for.
LOOK_BACK, REACH = 12, 600

#: Without a word of its own an average is of what was given out, and not of incomes or prices.
_FOR_EACH = re.compile("[，,]?(?:人均|户均|村均|亩均|平均每[一-鿿]{1,4})(?P<of>[一-鿿]{0,4})")
_GIVEN = re.compile("分红|发放|补贴|补助|奖励|资金|投入|慰问|培训|捐|贷款")
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
    if days is not None and days.start > total.end and days.lead.strip("，,、"):
        return False  # 全年接待游客60万人次，国庆7天日均4万人次
    rounded = days is not None and bool(days.value) and average.rounds(_value(total) / _value(days))
    return one and total.is_exact and not rounded and average.lead.strip("，,").startswith("日均")


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


def for_each(reading: Reading) -> Iterator[Proposal]:
    """An average right behind a sum that was given out, and those it was given to: 分红236万元，惠及590户，户均4000元."""
    for sentence in reading.sentences():
        for number, average in enumerate(sentence):
            found = _FOR_EACH.fullmatch(average.lead)
            if average.coded or not average.is_each or not found or number < 2:
                continue
            one, other = sentence[number - 2 : number]
            certain = number == 2 and "其中" not in other.lead
            for total, count in ((one, other), (other, one)):
                given = found["of"] in total.lead if found["of"] else total.counted or bool(_GIVEN.search(total.lead))
                of_these = reading.per(average.unit) == (total.unit, (count.unit,))
                if of_these and given and total.is_amount and count.is_amount:
                    parts: dict[str, Part] = {"factors": [count, average], "product": total}
                    rounded = bool(count.value) and average.rounds(_value(total) / _value(count))
                    yield Proposal("average-for-each", "product", parts, STATED if certain and not rounded else NEAR)


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


RULES = (over_days, peaks, for_each)
