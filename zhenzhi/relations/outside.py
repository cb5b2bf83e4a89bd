"""Figures from outside the documents, held against the claims that they bear on."""

from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

_FORECAST, _GAIN, _GROWTH = "forecast", "increase of ", "growth of "


def same(reading: Reading) -> Iterator[Proposal]:
    """An outside figure of the same place, unit and time as a claim, or of a place around it, which the claim lies within."""
    for claim, outside in _pairs(reading):
        if claim.unit != outside.unit or not (claim.is_amount or claim.kind == "count-of-components"):
            continue
        if claim.place == outside.place and _same_time(claim, outside):
            if _FORECAST in outside.label:
                yield Proposal("forecast-outside", "forecast", {"forecast": outside, "result": claim}, NEAR)
            elif _near(claim, outside):
                yield Proposal("same-outside", "match", {"first": outside, "second": claim}, NEAR)
        elif reading.lies_in(claim.place, outside.place) and claim.period == outside.period:
            yield Proposal("within-outside", "bound", {"parts": [claim], "whole": outside}, NEAR)


def _pairs(reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    for claim in reading.figures:
        for outside in reading.outside.get(claim.name, ()):
            yield claim, outside


def _near(claim: Figure, outside: Figure) -> bool:
    """Whether two values are a tenth apart at most; over 1亿 goes with any larger figure, and that says nothing."""
    one, other = (abs(figure.value or Decimal(0)) for figure in (claim, outside))
    return abs(one - other) * 10 <= max(one, other)


def _same_time(claim: Figure, outside: Figure) -> bool:
    return claim.period == outside.period or claim.period == (None, None)


def averages(reading: Reading) -> Iterator[Proposal]:
    """An outside average a day with its total, and the days that a claim states for the same place and time."""
    days = {
        (figure.place, figure.period): figure
        for figure in reading.figures
        if figure.kind == "duration" and figure.unit == "day"
    }
    for claim, total in _pairs(reading):
        length = days.get((total.place, total.period))
        if length is None:
            continue
        for average in reading.outside[claim.name]:
            made_of = reading.per(average.unit)
            if made_of == (total.unit, ("day",)) and average.period == total.period:
                parts = {"total": total, "days": length, "reported": average}
                yield Proposal("average-outside", "average", parts)


def growths(reading: Reading) -> Iterator[Proposal]:
    """An outside figure with its increase and its growth in per cent, which their descriptions name."""
    gains = [(claim, outside) for claim, outside in _pairs(reading) if outside.label.startswith(_GAIN)]
    for claim, gain in gains:
        of = gain.label.removeprefix(_GAIN)
        for growth in reading.outside[claim.name]:
            if growth.unit == "percent" and growth.label == _GROWTH + of:
                for _, current in _pairs(reading):
                    subject = " ".join(current.label.split()[:2])
                    if current.unit == gain.unit and current.period == gain.period and of.startswith(subject):
                        parts = {"current": current, "gain": gain, "growth": growth}
                        yield Proposal("growth-outside", "growth", parts, STATED)


RULES = (same, averages, growths)
