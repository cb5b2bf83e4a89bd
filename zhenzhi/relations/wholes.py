"""Parts that make up a whole by what they are called: men and women, exports and imports, some and the rest."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from zhenzhi.relations.figures import PART, Figure, Reading
from zhenzhi.relations.proposal import Proposal

#: How far behind its whole the last of the parts may stand, in characters.
REACH = 200


class Division(NamedTuple):
    """Words for all parts of a whole, in pairs or more.

    Attributes:
        whole: what is told before the whole.
        parts: what alone is told before each part, behind 其中 or a comma.
        among: whether 其中 must stand before the first part, since the words alone do not say of what they are parts.
    """

    whole: re.Pattern
    parts: tuple[re.Pattern, ...]
    among: bool


def _division(whole: str, *parts: str, among: bool = False) -> Division:
    told = r"(?:.*[，,；;。：:、])?(?:其中|分产业看)?[，,：:]?(?:{})(?:为|是|有)?"
    whole = f"(?:{whole})[^，,]{{0,8}}$"
    return Division(re.compile(whole), tuple(re.compile(told.format(part)) for part in parts), among)


DIVISIONS = (
    _division(
        "人口|人员|党员|职工|学生|代表|队员", "男(?:性|党员|职工|生|代表)?", "女(?:性|党员|职工|生|代表)?", among=True
    ),
    _division("总人口|常住人口|户籍人口", "城镇(?:常住)?人口", "(?:乡村|农村)(?:常住)?人口"),
    _division("进出口", "出口(?:总?额|总?值)?", "进口(?:总?额|总?值)?"),
    _division("税收|税|两税", "国税(?:收入|税收)?", "地税(?:收入|税收)?"),
    _division("到发", "发送(?:旅客)?", "到达(?:旅客)?"),
    _division("生产总值|GDP", *(f"(?:第{number}产业|{number}产)(?:实现)?(?:增加值)?" for number in "一二三")),
    _division("全年", *(f"第?{number}季度" for number in "一二三四")),
    _division("员", "专职[一-鿿]{0,3}", "兼职[一-鿿]{0,3}", among=True),
)  # fmt: skip

#: Levels that pay: what one pays, no other does.
_LEVELS = re.compile(
    "(?:.*[，,、：:])?(?:其中)?[：:]?(?:(?:争取|整合)?(?:中央|国家|省|市|县|区|镇|村)[级里]?(?:财政)?"
    "(?:补助|资金|专项资金|配套|投入|配套资金|补助资金|投资)|(?:群众|农户|企业)自筹(?:资金)?)"
)
_PAID = re.compile("资金|投资|投入|经费")
_REST = re.compile("(?:[^，,；;、]{0,12}[，,；;、])?(?:目前|现在?)?(?:剩余|其余|尚余|余下|还剩|剩下)的?")
_SOME = re.compile("其中|已|完成")
_OTHERS = re.compile("[，,、和]?(?:其他|其它|其余)[^，,、]{0,6}占(?:比|比重)?(?:为|达)?")
_SHARE = re.compile("占")
_WITHIN = re.compile("其中|分别|[比较]|提高|下降|上升")
#: What is told in parts of a hundred.
_INDUSTRIES = re.compile("(?:三次|一二三)产业?(?:增加值)?(?:结构|比例|占比|比重|比)[^，]{0,8}$")
_BECOME = re.compile("(?:调整|优化|变化|变|演变|转变|改变|提升|发展)?[为到至]")
#: Parts of a proportion that make up much more or less are no shares.
_ABOUT_ALL = range(80, 121)


def divided(reading: Reading) -> Iterator[Proposal]:
    """All parts of a whole behind it: 进出口总额86.4亿元，其中出口61.2亿元，进口25.2亿元."""
    for article in reading.articles():
        for number, whole in enumerate(article):
            if whole.coded or not whole.is_amount:
                continue
            for division in DIVISIONS:
                if division.whole.search(whole.lead):
                    parts = _alike(article, number, len(division.parts))
                    among = bool(parts) and (not division.among or "其中" in parts[0].lead)
                    if among and _are(parts, division.parts):
                        yield Proposal("divided", "sum", {"parts": list(parts), "whole": whole})


def _alike(article: Sequence[Figure], number: int, count: int) -> tuple[Figure, ...]:
    """The next figures in the unit of one, so many, if they stand near it; changes and shares between them are passed."""
    whole, found = article[number], list[Figure]()
    for place in range(number + 1, len(article)):
        figure = article[place]
        if len(found) == count or figure.end - whole.end > REACH:
            break
        if figure.is_amount and figure.unit == whole.unit and figure.status == whole.status:
            found.append(figure)
    return tuple(found) if len(found) == count else ()


def _are(parts: Sequence[Figure], words: Sequence[re.Pattern]) -> bool:
    """Whether each word tells of one part, in whatever order."""
    told = [{place for place, word in enumerate(words) if word.fullmatch(part.lead)} for part in parts]
    return all(len(places) == 1 for places in told) and len(set.union(*told)) == len(words)


def paid(reading: Reading) -> Iterator[Proposal]:
    """What several levels pay of a sum, which is no more: 投入资金1亿元，其中中央资金3000万元、省级资金2000万元."""
    for sentence in reading.sentences():
        for number, whole in enumerate(sentence):
            if whole.coded or whole.unit != "yuan" or not whole.is_amount or not _PAID.search(whole.lead):
                continue
            parts = []
            for figure in sentence[number + 1 :]:
                if not (figure.is_amount and figure.unit == "yuan" and _LEVELS.fullmatch(figure.lead)):
                    break
                parts.append(figure)
            if len(parts) > 1 and "其中" in parts[0].lead:
                yield Proposal("paid-by-levels", "bound", {"parts": parts, "whole": whole})


def rest(reading: Reading) -> Iterator[Proposal]:
    """A whole, a part and the rest: 应改造120户，已完成95户，剩余25户."""
    for sentence in reading.sentences():
        for left in sentence:
            if left.coded or not left.is_amount or not _REST.fullmatch(left.lead):
                continue
            alike = [figure for figure in sentence if figure.is_amount and figure.unit == left.unit]
            if len(alike) == 3 and alike[2] is left and _SOME.search(alike[1].lead):
                whole, part, _ = alike
                yield Proposal("some-and-rest", "sum", {"parts": [part, left], "whole": whole})


def shares(reading: Reading) -> Iterator[Proposal]:
    """Shares of which the last is that of all others: they make a hundred."""
    for sentence in reading.sentences():
        for number, figure in enumerate(sentence):
            if figure.is_share and not figure.coded and number > 1 and _OTHERS.fullmatch(figure.lead):
                parts = sentence[: number + 1]
                of_one = all(part.is_share and _SHARE.search(part.lead) for part in parts)
                if of_one and not any(_WITHIN.search(part.lead) for part in parts):
                    yield Proposal("shares-of-all", "hundred", {"parts": list(parts)})


def industries(reading: Reading) -> Iterator[Proposal]:
    """The three industries as parts of a hundred: 三次产业结构为12.3:45.6:42.1, and what it was before."""
    for sentence in reading.sentences():
        told = False
        for parts in _proportions(sentence):
            told = bool(_INDUSTRIES.search(parts[0].before)) or (told and bool(_BECOME.fullmatch(parts[0].before)))
            if told and len(parts) == 3 and int(sum(part.value or 0 for part in parts)) in _ABOUT_ALL:
                yield Proposal("industries", "hundred", {"parts": parts})


def _proportions(sentence: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The figures that one proportion is written with."""
    parts = [figure for figure in sentence if PART in figure.name and not figure.coded]
    for _, figures in groupby(parts, key=lambda figure: figure.name.partition(PART)[0]):
        yield list(figures)


RULES = (divided, paid, rest, shares, industries)
