"""Shares with their part and whole."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.audit.inputs import SET_STATUSES
from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal

#: How many figures before a share are looked at.
LOOK_BACK = 6
#: A rate of a total stands right behind it, in characters.
NEXT = 12
#: Words so short before the stem of a rate name no class of its own: 调解成功率.
_SHORT = 2

#: What a rate is of: 解决率 is of what was 解决.
_RATE = re.compile(r"(?P<of>[一-鿿]*?)(?P<stem>[一-鿿]{2})(?:率|比例|占比)")
#: A rate in other words than its part, of which it may then not be.
_OTHER_RATE = re.compile(
    "按[期时]|[到限逾超]期|应|年内|当[年日天]|初次|首办|及时|一次|当场|首次|平均|综合|整体|总体|历年|去年|上年|同期|[较比]|网上|线上|规范|群众|[^，]{5}"
)
_OF_ALL = re.compile(r"占(?P<of>[一-鿿]{0,12})$")
#: Words that make of what stands behind 占 no more than the whole told before.
_ONLY_TOTAL = re.compile(r"(?:总数|总量|总额|全部|其|的|比|比例|约|近|超过?|达到?|为)*$")
#: The part is told as one of the total: 其中30名, 158个村中有103个.
_AMONG = re.compile("其中|(?<!集)中共?有")
#: A whole that is stated between its part and the share: 占年度任务4亿元的76.5%; a list of parts may be the part together.
_WHOLE = re.compile("[，,、]?(?:已|约|仅)?(?:占|完成|为)[一-鿿]{0,12}$")
_LISTED, _TOGETHER_OR_EACH = re.compile("[、和及与]"), re.compile("合计|总计|共计|分别|均|各|同期")
_TOTAL = re.compile("共|总|全[镇市区县省村街部]|合计|累计")
_OF_PLAN = re.compile("[，,]?(?:已|仅)?(?:占|完成|为)[一-鿿]{0,4}(?:计划|目标|任务)[一-鿿]{0,3}的")
_PLAN = re.compile("(?:计划|目标|任务)[一-鿿]{0,4}$")
_YEARLY = re.compile("年")
_DONE = re.compile("[，,]?(?:目前|现|实际)?已?(?:累计)?(?:完成|实现|到位)(?:投资)?")
#: 应参保1.25万人，实际参保1.2万人，参保率: what should be and what is.
_DUE, _ACTUAL = re.compile("应(?P<verb>[一-鿿])[一-鿿]{0,5}$"), re.compile("实[一-鿿]{1,6}$")
#: 收到提案86件，办结82件，办结率: what came in is what is dealt with.
_TAKEN_IN = re.compile("收到|受理|接到|收集")
SET = re.compile("任务|目标|计划")
#: 年 in 青年, 老年 and the like tells of persons.
_OTHER_TIME = re.compile("去年|上年|同期|(?<![青老少中成幼壮])年|[月日]")
_TOGETHER = re.compile("合计|总计|[和及与、].{0,6}占比")


def completed(reading: Reading) -> Iterator[Proposal]:
    """A rate behind what it is of: 收集1252条，解决1246条，解决率99.5%.

    The part is what the rate names. Where one amount only stands before the rate, the other follows from it; but a coded rate
    that names what it is of (五类企业单建率), where the amount is of others, has its whole among these.
    """
    for sentence in reading.sentences():
        for number, share in enumerate(sentence):
            if not share.is_share or share.value in (0, 100) or _OF_ALL.search(share.lead):
                continue
            named = _RATE.search(re.split("[，,；：:]", share.subject.strip("，,；：:"))[-1])
            if named is None:
                continue
            before = _amounts_before(sentence, number)
            if before and (share.coded or _is_of(share, named, before)):
                named_there = len(named["of"]) <= _SHORT or any(named["of"] in figure.subject for figure in before)
                # 案件1000件，审结900件，审判案件结案率95%: a rate of some of them
                certain = share.coded or (named_there and not _OTHER_RATE.search(named["of"]))
                yield _of_rate(share, named, before, certain)


def _is_of(share: Figure, named: re.Match, before: list[Figure]) -> bool:
    """Whether a scanned rate is of what was told before: one of two amounts, or the only one, is of its stem, or a total."""
    done = [named["stem"] in figure.subject for figure in before]
    if len(before) == 2:
        due = _DUE.search(before[1].lead) if _ACTUAL.search(before[0].lead) else None
        return done[0] != done[1] or all(done) or bool(due and due["verb"] in named["stem"])  # 应检, 实检, 检验率
    if len(named["of"]) > _SHORT or _OTHER_RATE.search(named["of"]):
        return False
    return done[0] or ("共" in before[0].subject and share.start - before[0].end <= NEXT)


def _amounts_before(sentence: tuple[Figure, ...], number: int) -> list[Figure]:
    """The nearest amounts of one unit before a figure, at most two, the nearest first."""
    amounts = [figure for figure in reversed(sentence[max(0, number - LOOK_BACK) : number]) if figure.is_amount]
    return [figure for figure in amounts if figure.unit == amounts[0].unit][:2]


def _of_rate(share: Figure, named: re.Match, before: list[Figure], certain: bool) -> Proposal:
    done = [named["stem"] in figure.subject and not _is_set(figure) for figure in before]
    together = all(figure.coded and figure.model is not None and figure.model == share.model for figure in before)
    if len(before) == 1:
        among = len(named["of"]) > _SHORT and named["of"] not in before[0].subject
        role = "part" if done[0] else "within" if among else "whole"
        return Proposal("rate-of-one", "share", {role: before[0], "share": share}, STATED if together else NEAR)
    near, far = before
    if done == [False, True] or (done[0] == done[1] and _value(near) > _value(far) and not _is_set(far)):
        near, far = far, near
    of_due = not share.coded and _ACTUAL.search(near.lead) and _DUE.search(far.lead)
    taken = _ACTUAL.search(near.lead) or _TAKEN_IN.search(far.lead)
    # A figure between the two would be another part of what came in.
    alone = near.start - far.end <= len(near.before) and _value(near) <= _value(far)
    of_taken = not share.coded and done == [True, False] and taken and alone
    told = of_due or of_taken or (done[0] != done[1] and (together or _is_whole(far)))
    tie = STATED if certain and told else NEAR
    return Proposal("rate-of-two", "share", {"part": near, "whole": far, "share": share}, tie)


def _is_set(figure: Figure) -> bool:
    return figure.status in SET_STATUSES or bool(SET.search(figure.subject))


def _is_whole(figure: Figure) -> bool:
    return bool(_TOTAL.search(figure.subject)) or _is_set(figure)


def _value(figure: Figure) -> Decimal:
    return figure.value or Decimal(0)


def of_total(reading: Reading) -> Iterator[Proposal]:
    """A part with its share right behind it: 共有党员120名，其中女党员30名，占25%.

    What the share is of must be the total of the sentence: a noun of its own between 占 and the figure is another whole.
    """
    for sentence in reading.sentences():
        for number, share in enumerate(sentence):
            found = _OF_ALL.search(share.lead)
            if not (share.is_share and found and number >= 2) or share.value in (0, 100):
                continue
            part = sentence[number - 1]
            if not part.is_amount or not share.lead.lstrip("，,、（(").startswith("占"):
                continue
            wholes = [
                figure
                for figure in sentence[max(0, number - LOOK_BACK) : number - 1]
                if figure.is_amount and figure.unit == part.unit and _value(figure) >= _value(part)
            ]
            if not wholes:
                continue
            total = [figure for figure in wholes if _TOTAL.search(figure.subject)]
            between = _ONLY_TOTAL.fullmatch(found["of"])
            among = between and _AMONG.search(part.lead) is not None
            if not total and len(wholes) == 1 and wholes[0] is sentence[number - 2] and "其中" in part.before:
                total = wholes
            certain = len(total) == 1 and among and not _year_between(total[0], sentence)
            whole = total[-1] if total else wholes[0]
            yield Proposal(
                "part-and-share", "share", {"part": part, "whole": whole, "share": share}, STATED if certain else NEAR
            )


def of_stated_whole(reading: Reading) -> Iterator[Proposal]:
    """A part, its whole and the share in one breath: 完成税收3.06亿元，占年度任务4亿元的76.5%."""
    for sentence in reading.sentences():
        for part, whole, share in zip(sentence, sentence[1:], sentence[2:], strict=False):
            together = part.is_amount and whole.is_amount and part.unit == whole.unit and share.is_share
            if not together or share.before != "的" or not _WHOLE.fullmatch(whole.before):
                continue
            parts = {"part": part, "whole": whole, "share": share}
            certain = not (_LISTED.match(part.before) or _TOGETHER_OR_EACH.search(part.lead + whole.lead))
            yield Proposal("share-of-stated-whole", "share", parts, STATED if certain else NEAR)


def _year_between(total: Figure, sentence: tuple[Figure, ...]) -> bool:
    """Whether another time is told of behind the total, so that what follows may be of that."""
    behind = [figure for figure in sentence if figure.start >= total.start]
    return any(_OTHER_TIME.search(figure.lead) for figure in behind[1:])


def shares_together(reading: Reading) -> Iterator[Proposal]:
    """A share and the share of it and more: 单建率49.39%，单建和联建合计占比100%."""
    for sentence in reading.sentences():
        shares = [figure for figure in sentence if figure.is_share]
        for one, both in zip(shares, shares[1:], strict=False):
            together = one.coded and one.model == both.model and _TOGETHER.search(both.subject)
            if together and not _TOGETHER.search(one.subject):
                yield Proposal("share-within-share", "bound", {"parts": [one], "whole": both}, NEAR)


def of_plan(reading: Reading) -> Iterator[Proposal]:
    """A plan, what was done and how much of it that is: 年度计划投资50亿元，已完成32亿元，完成年度计划的64%."""
    for sentence in reading.sentences():
        for plan, done, share in zip(sentence, sentence[1:], sentence[2:], strict=False):
            alike = plan.is_amount and done.is_amount and plan.unit == done.unit and share.is_share
            if not alike or share.coded or not _OF_PLAN.fullmatch(share.before) or not _PLAN.search(plan.lead):
                continue
            same_time = bool(_YEARLY.search(share.before)) == bool(_YEARLY.search(plan.lead))
            certain = same_time and _DONE.fullmatch(done.before)
            parts = {"part": done, "whole": plan, "share": share}
            yield Proposal("share-of-plan", "share", parts, STATED if certain else NEAR)


RULES = (completed, of_total, of_stated_whole, of_plan, shares_together)
