"""Parts with their total, and parts that cannot be above it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import prod

from zhenzhi.audit.unit_rules import ANY_KIND
from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

#: A list that is looked through for a total has at most so many figures.
LONGEST = 12

#: What a coder's indicator of an addition ends with; without it, it is that of the stock.
_ADDED = "-added"
_EACH = re.compile("各|每")
_IN_ALL = re.compile("合计|共计|总计|[，,、]共$|总共|两项共|三项共")
#: A list of what was added and what was changed, and what there is now: 新增159种，修订1101种，总共6385种.
_ADDED_TO, _STOCK = re.compile("新增|净增|增加"), re.compile("总共|[，,、]共$")
#: 总长 closes a list only right behind it, as it may be that of more.
_MEASURED_IN_ALL = re.compile("[，,]总(?:长度?|面积|投资额?|金额|里程)(?:为|达)?")
_SOME_OF = re.compile("[一-鿿]{0,6}中[，,]?(?:已|共|目前)?有")
#: What may stand behind a bare classifier that counts what was counted before.
_OF_THESE = re.compile("[，。；,]|[村镇社单]|已|完成|建成|实现|达|通[了过]|获|被|脱|开[展通]|设|建|纳入|列入|评")
#: 已脱贫, 未脱贫
_DONE, _LEFT = re.compile("已经?(?P<verb>[一-鿿]{2,4})$"), re.compile("(?:未|没有?)(?P<verb>[一-鿿]{2,4})$")
_AMONG = re.compile("其中|包括|含")
_TOTAL = re.compile("共|总|全[镇市区县省村街部]|合计|累计|到发")
_OTHER_TIME = re.compile("(?<![青老少中成幼壮])年|[月日季]|同期|比|较")

Parts = list[Figure | list[Figure]]


def coded(reading: Reading) -> Iterator[Proposal]:
    """Neighbours to which a coder gave one indicator, and their total, which has it too; without one, what they add up to.

    A total is one of the article's other figures of that indicator, or the first or last of the list, where the sum is met.
    """
    alike = defaultdict(list)
    for figure in reading.figures:
        if figure.coded and figure.is_amount:
            alike[_sort(figure)].append(figure)
    bounded = {figure.name for proposal in within(reading) for figure in proposal.figures}
    for passage in reading.passages():
        runs = list(_lists(passage))
        for number, run in enumerate(runs):
            parts = _with_products(run, runs[number - 1] if number else None)
            rest = [figure for figure in alike[_sort(run[0])] if figure not in run and not _told(figure, run)]
            found = _total_of(run, parts, rest)
            if found:
                yield Proposal("parts-and-total", "sum", {"parts": found[0], "whole": found[1]}, NEAR)
            elif not bounded.intersection(figure.name for figure in run):  # it is part of something that is stated
                yield Proposal("parts-alone", "sum", {"parts": parts}, NEAR)


def _sort(figure: Figure) -> tuple:
    """What figures must share to be added up: the article, the thing counted, the place, the period and the status."""
    return figure.article, figure.indicator, figure.place, figure.unit, figure.period, figure.status


def _told(figure: Figure, run: Sequence[Figure]) -> bool:
    """Whether a figure is one of a list told again."""
    return any(figure.label == other.label for other in run)


def _lists(passage: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The runs of neighbours that can be added up, at least two; an amount for each of something may be among them."""
    run: list[Figure] = []
    for figure in passage:
        adds = figure.is_amount or (figure.is_each and _EACH.search(figure.written))
        fits = figure.coded and figure.qualifier != "at-most" and adds
        if run and not (fits and _sort(figure) == _sort(run[0]) and not _told(figure, run)):
            if len(run) > 1:
                yield run
            run = []
        if fits and len(run) < LONGEST:
            run.append(figure)
    if len(run) > 1:
        yield run


def _with_products(run: list[Figure], counts: list[Figure] | None) -> Parts:
    """The parts of a list; 各6000万元 stands for as many as the list before has at its place."""
    if counts is None or len(counts) != len(run):
        return list(run)
    return [[count, part] if part.is_each else part for part, count in zip(run, counts, strict=True)]


def _total_of(run: list[Figure], parts: Parts, rest: list[Figure]) -> tuple[Parts, Figure] | None:
    """The parts and their total: one outside the list, or its first or last, whichever the sum meets."""
    if any(figure.is_each and figure in parts for figure in run):
        return None
    candidates: list[tuple[Parts, Figure]] = [(parts, whole) for whole in rest]
    if len(run) > 2:
        candidates += [(parts[1:], run[0]), (parts[:-1], run[-1])]
    return next((candidate for candidate in candidates if _adds_up(*candidate)), None)


def _adds_up(parts: Parts, whole: Figure) -> bool:
    """Whether the figures as written add up, to half a unit of the last digit of each."""
    total, slack = Decimal(0), _step(whole)
    for part in parts:
        *times, amount = part if isinstance(part, list) else [part]
        factor = prod((time.value or Decimal(0) for time in times), start=Decimal(1))
        total += factor * (amount.value or Decimal(0))
        slack += factor * _step(amount)
    return abs(total - (whole.value or 0)) * 2 <= slack


def _step(figure: Figure) -> Decimal:
    """The size of the last digit of a value that is not zero; nothing for a small count."""
    value = figure.value or Decimal(0)
    if figure.counted and abs(value) < 1000:
        return Decimal(0)
    return Decimal(10) ** int(value.normalize().as_tuple().exponent)


def within(reading: Reading) -> Iterator[Proposal]:
    """What was added, within the stock; what a part of a place has, within what the place has."""
    by_indicator = defaultdict(list)
    for figure in reading.figures:
        if figure.coded and figure.is_amount and figure.status == "reported":
            by_indicator[figure.article, figure.indicator, figure.unit].append(figure)
    for (article, indicator, unit), figures in by_indicator.items():
        stock = by_indicator.get((article, str(indicator).removesuffix(_ADDED), unit), figures)
        if stock is not figures:
            near = [figure for figure in stock if figure.passage == figures[-1].passage]
            if near:
                yield Proposal("added-within-stock", "bound", {"parts": list(figures), "whole": near[0]})
            continue
        for whole in figures:
            parts = [part for part in figures if reading.lies_in(part.place, whole.place)]
            if parts:
                yield Proposal("places-within-place", "bound", {"parts": parts, "whole": whole}, NEAR)


def flow_within_stock(reading: Reading) -> Iterator[Proposal]:
    """Next to each other and of one programme: what was done in a time, and what there is."""
    for sentence in reading.sentences():
        for flow, stock in zip(sentence, sentence[1:], strict=False):
            alike = flow.coded and flow.model is not None and flow.model == stock.model and flow.unit == stock.unit
            if alike and flow.is_amount and stock.is_amount and (flow.kind, stock.kind) == ("flow", "level"):
                if not str(flow.indicator).endswith(_ADDED):
                    yield Proposal("flow-within-stock", "bound", {"parts": [flow], "whole": stock}, NEAR)


def among(reading: Reading) -> Iterator[Proposal]:
    """A total and what is among it: 共有党员120名，其中男80名、女40名. Each part is within it; all may make it up."""
    for figures in reading.articles():
        for number, part in enumerate(figures):
            if part.coded or not number or not _AMONG.search(part.lead) or not part.is_amount:
                continue
            whole = figures[number - 1]
            if part.sentence - whole.sentence > 1 or not (
                whole.is_amount and whole.unit == part.unit and whole.status == part.status
            ):
                continue
            parts = _same_unit(figures[number : number + LONGEST], part)
            told = bool(_TOTAL.search(whole.lead)) and not _OTHER_TIME.search(part.lead)
            told = told and whole.sentence == part.sentence and _of_one_kind(whole, part)
            if len(parts) > 1 and _adds_up(list(parts), whole):
                yield Proposal("total-and-parts", "sum", {"parts": list(parts), "whole": whole}, NEAR)
            elif told:
                yield Proposal("part-among-total", "bound", {"parts": [part], "whole": whole})


def _of_one_kind(whole: Figure, part: Figure) -> bool:
    """Whether a part counts what its whole counts: 标准1660项，包含2万项指标 counts another thing."""
    return (
        part.unit != ANY_KIND or _OF_THESE.match(part.after) is not None or part.after[:2] in whole.lead + whole.after
    )


def _classifier(figure: Figure) -> str:
    return figure.written[-1]


def some_of(reading: Reading) -> Iterator[Proposal]:
    """So many of so many: 全镇21个村中已有18个村完成改造."""
    for sentence in reading.sentences():
        for whole, part in zip(sentence, sentence[1:], strict=False):
            if part.coded or not (whole.is_amount and part.is_amount and whole.unit == part.unit):
                continue
            if _SOME_OF.fullmatch(part.before) and (part.unit != ANY_KIND and _OF_THESE.match(part.after)):
                yield Proposal("some-of", "bound", {"parts": [part], "whole": whole})


def done_and_left(reading: Reading) -> Iterator[Proposal]:
    """A total, what was done of it, and what was not: 共有贫困户615户，已脱贫426户，未脱贫191户."""
    for sentence in reading.sentences():
        for unit in {figure.unit: None for figure in sentence if not figure.coded and figure.is_amount}:
            alike = [figure for figure in sentence if figure.unit == unit and figure.is_amount]
            leads = {figure.name: _lead_of(figure, sentence) for figure in alike}
            for whole, done, left in zip(alike, alike[1:], alike[2:], strict=False):
                told = _DONE.search(leads[done.name])
                rest = _LEFT.search(leads[left.name]) if told else None
                exact = all(figure.is_exact and figure.status == whole.status for figure in (whole, done, left))
                if told and rest and rest["verb"] == told["verb"] and exact and _TOTAL.search(leads[whole.name]):
                    yield Proposal("done-and-left", "sum", {"parts": [done, left], "whole": whole})


def _lead_of(figure: Figure, sentence: Sequence[Figure]) -> str:
    """The words that lead up to a figure; of one right behind another, those that lead up to that: 615户2096人."""
    place = sentence.index(figure)
    return _lead_of(sentence[place - 1], sentence) if place and not figure.lead else figure.lead


def in_all(reading: Reading) -> Iterator[Proposal]:
    """A list and its total behind it: 发放3.5亿元、2.5亿元，合计6亿元."""
    for sentence in reading.sentences():
        for number, whole in enumerate(sentence):
            told = _IN_ALL.search(whole.lead) or (
                _MEASURED_IN_ALL.fullmatch(whole.lead) and not whole.after.startswith("的")
            )
            if whole.coded or number < 2 or not whole.is_amount or not told:
                continue
            before = sentence[max(0, number - LONGEST) : number]
            parts = _same_unit(tuple(reversed(before)), whole)
            if len(parts) < 2:
                continue
            only = len(parts) == number and len(sentence) == number + 1
            plain = not any(_OTHER_TIME.search(part.lead) for part in (*parts[:-1], whole))
            plain = plain and not any(_TOTAL.search(part.lead) or _AMONG.search(part.lead) for part in parts)
            added = any(_ADDED_TO.search(part.lead) for part in parts) and _STOCK.search(whole.lead)
            plain = (
                plain
                and not added
                and (whole.unit != ANY_KIND or len({_classifier(part) for part in (*parts, whole)}) == 1)
            )
            exact = all(part.is_exact for part in (*parts, whole))
            yield Proposal(
                "list-in-all", "sum", {"parts": list(reversed(parts)), "whole": whole},
                STATED if only and plain and exact else NEAR,
            )  # fmt: skip


def _same_unit(figures: Sequence[Figure], first: Figure) -> tuple[Figure, ...]:
    """The neighbours from the start on that are amounts of a unit."""
    found = []
    for figure in figures:
        if not (figure.is_amount and figure.unit == first.unit):
            break
        found.append(figure)
    return tuple(found)


RULES = (coded, within, flow_within_stock, among, some_of, done_and_left, in_all)
