"""Targets with their results, and lengths of time with the dates between which they lie."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from zhenzhi.audit.inputs import SET_STATUSES
from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal
from zhenzhi.relations.shares import SET

_DONE = re.compile("完成|实现|达到?|实际")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:至|到|[-—–~～－]{1,2})\s*((?:19|20)\d\d)\s*年")
_DAYS = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日?(?:至|到|[-—–~～－]{1,2})(?:(\d{1,2})月)?(\d{1,2})日")
#: Between the dates and the length nothing may stand that makes it the length of something else.
_IN_ALL = re.compile("[，,、（(）)]*(?:的|为期|历时|共计?|总计|前后)?(?:共)?$")
#: The length of time is that between the dates: 2018年至2022年的五年间, 五年来.
_TIME = re.compile("[间来]")
_ANY_YEAR = 2023


def reached(reading: Reading) -> Iterator[Proposal]:
    """A planned and a reported figure to which a coder gave one indicator, place and period."""
    set_figures: dict[tuple, Figure] = {}
    done: dict[tuple, Figure] = {}
    for figure in reading.figures:
        if figure.coded and figure.is_amount:
            key = (figure.article, figure.indicator, figure.place, figure.unit, figure.period)
            if figure.status in SET_STATUSES:
                set_figures.setdefault(key, figure)
            elif figure.status == "reported":
                done.setdefault(key, figure)
    for key, target in set_figures.items():
        if key in done and done[key].model == target.model and target.period != (None, None):
            yield Proposal("target-and-result", "target", {"target": target, "result": done[key]})


def told(reading: Reading) -> Iterator[Proposal]:
    """A task and what was done of it next to each other: 任务为1900亩，实际完成2315.8亩."""
    for sentence in reading.sentences():
        for target, result in zip(sentence, sentence[1:], strict=False):
            if target.coded or not (target.is_amount and result.is_amount) or target.unit != result.unit:
                continue
            if SET.search(target.lead) and _DONE.search(result.lead) and not SET.search(result.lead):
                yield Proposal("task-and-done", "target", {"target": target, "result": result}, NEAR)


def periods(reading: Reading) -> Iterator[Proposal]:
    """A length of time, in days or years, with the first and last date that a coder recorded."""
    seen: dict[str, set[str]] = defaultdict(set)
    for figure in reading.figures:
        start, end = figure.period
        if not (figure.coded and figure.kind == "duration" and figure.unit in ("day", "year") and start and end):
            continue
        precise = all(len(edge) == (10 if figure.unit == "day" else 4) for edge in (start, end))
        if precise and figure.label not in seen[figure.article]:
            seen[figure.article].add(figure.label)
            yield Proposal("length-and-dates", "span", {"stated": figure})


def between_dates(reading: Reading) -> Iterator[Proposal]:
    """A length of time right behind its dates: 7月1日至8月31日，共62天."""
    for figure in reading.figures:
        if figure.coded or figure.unit not in ("day", "year") or not figure.is_exact or figure.value is None:
            continue
        text = reading.texts.get(figure.article, "")
        words = "".join(text[max(0, figure.start - 60) : figure.start].split())
        dates = list((_DAYS if figure.unit == "day" else _YEARS).finditer(words))
        found = dates[-1] if dates else None
        if found is None or not _IN_ALL.fullmatch(words[found.end() :]):
            continue
        edges = _days(found) if figure.unit == "day" else (found[1], found[2])
        if edges and edges[0] <= edges[1]:
            told = words[found.end() :] + figure.lead
            tie = STATED if re.search("共|为期|历时", told) or _TIME.match(figure.after) else NEAR
            more: dict[str, str | bool] = {"start": edges[0], "end": edges[1]}
            # From 2015 to 2020 are six years, or five have passed.
            if figure.unit == "year" and figure.value == int(edges[1]) - int(edges[0]):
                more["anniversary"] = True
            yield Proposal("length-between-dates", "span", {"stated": figure}, tie, more)


def _days(found: re.Match) -> tuple[str, str] | None:
    """The first and last day, in the year told or in one that is no leap year; ``None`` where February's end matters."""
    year, month, day, last_month, last_day = found.groups()
    first, last = int(month), int(last_month or month)
    if year is None and first <= 2 < last:
        return None
    try:
        edges = [date(int(year or _ANY_YEAR), first, int(day)), date(int(year or _ANY_YEAR), last, int(last_day))]
    except ValueError:
        return None
    return edges[0].isoformat(), edges[1].isoformat()


RULES = (reached, told, periods, between_dates)
