"""Counts that are announced, and the lists that the text gives of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, STATED, Proposal
from zhenzhi.relations.repeats import same_fact

#: A count that announces a list is at least two and at most this; a count of things that are not parts, at most that.
MOST, MOST_THINGS = 20, 15
#: How far before and behind a count its list is looked for, in characters.
REACH = 300

_QUOTED = r"[“‘「『《][^“”‘’「」『』《》\n]{1,20}[”’」』》]"
_QUOTED_LIST = re.compile(rf"(?:{_QUOTED}[、，和及与]{{0,2}})+$")
_ITEMS = re.compile(
    r"([^，。；：:、（）()“”《》]{1,24}(?:、[^，。；：:、（）()“”《》]{1,24})+)(?P<more>等)?(?:这)?[“「]?$"
)
#: Items with figures of their own are a list of figures, and the count is the last of them: 中心8家、基地2家.
_COUNTED = re.compile("[0-9０-９]+[家个人项条座名件]")
_LAST_AND = re.compile("[和及与]|以及")
_BRACKET = re.compile(r"^[^，。；：（(]{0,10}[（(]([^（）()]{2,80})[）)]")
_ENUMERATORS = "一二三四五六七八九十"
_FIRST = re.compile("一是|其一|第一[，、是]")


class Listed(NamedTuple):
    """How many items a text lists for a count, whether they are only some, and whether the list is closed for sure."""

    length: int
    some: bool
    closed: bool

    def fits(self, figure: Figure) -> bool:
        """Whether the list is as long as announced, or can be a part of what is; a closed list can also be wrong."""
        return self.closed or self.length == figure.value or (self.some and self.length < (figure.value or 0))


def announced(reading: Reading) -> Iterator[Proposal]:
    """A count of parts that announces a list, with the items that the text lists, where the text is at hand.

    Where the coder has made each item a claim of its own, one of each of a model, they are the list.
    """
    first = same_fact(reading)
    ones = _ones(reading, first)
    lists: dict[str, Listed] = {}
    heads: dict[str, Figure] = {}
    for figure in _heads(reading):
        head = first[figure.name]
        heads.setdefault(head, figure)
        found = _listed(reading, figure)
        if found and (
            head not in lists or (found.fits(figure), found.length) > (lists[head].fits(figure), lists[head].length)
        ):
            lists[head] = found
    for head, figure in heads.items():
        items = ones.get((figure.article, figure.model), []) if figure.coded else []
        listed = lists.get(head)
        if len(items) == figure.value and figure.kind == "count-of-components":
            yield Proposal("announced-and-claims", "listed", {"stated": figure, "parts": items}, NEAR)
        elif listed is not None and listed.fits(figure):
            kind = "named" if listed.some and listed.length != figure.value else "listed"
            tie = STATED if listed.closed and figure.coded else NEAR
            yield Proposal("announced-and-list", kind, {"stated": figure}, tie, {"listed": listed.length})
        elif figure.coded:
            yield Proposal("announced", "listed", {"stated": figure}, NEAR)


def _heads(reading: Reading) -> Iterator[Figure]:
    """Counts that may announce a list; one of several of a sort beside each other is a part of a list, not its head."""
    for sentence in reading.sentences():
        for number, figure in enumerate(sentence):
            beside = [*sentence[max(0, number - 1) : number], *sentence[number + 1 : number + 2]]
            alike = figure.coded and any(other.indicator == figure.indicator for other in beside)
            if _announces(figure) and not (alike and figure.kind != "count-of-components"):
                yield figure


def _announces(figure: Figure) -> bool:
    most = {"count-of-components": MOST, "level": MOST_THINGS, "flow": MOST_THINGS}.get(figure.kind, 0)
    small = figure.value is not None and figure.counted and 2 <= figure.value <= most
    return small and figure.is_exact and figure.unit not in ("percent", "year", "day", "month")


def _ones(reading: Reading, first: dict[str, str]) -> dict[tuple, list[Figure]]:
    """The counts of one by model, each fact once: 一项制度, 一所学校."""
    found: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in reading.figures:
        if figure.coded and figure.value == 1 and figure.model and first[figure.name] == figure.name:
            if figure.kind == "count-of-components":
                found[figure.article, figure.model].append(figure)
    return found


def _listed(reading: Reading, figure: Figure) -> Listed | None:
    """The list of a count: quoted or plain items right before it, in brackets behind it, or numbered after it."""
    text = reading.texts.get(figure.article)
    if text is None:
        return None
    before = "".join(text[max(0, figure.start - REACH) : figure.start].split())
    behind = "".join(text[figure.end : figure.end + REACH].split())
    bracket = _BRACKET.match(behind)
    if bracket and "、" in bracket[1]:
        items = bracket[1].removesuffix("等").split("、")
        return Listed(len(items), bracket[1].endswith("等"), not _LAST_AND.search(bracket[1]))
    quoted = _QUOTED_LIST.search(before.removesuffix("等"))
    if quoted:
        count = len(re.findall(_QUOTED, quoted[0]))
        if count > 1:
            return Listed(count, before.endswith("等"), False)
    plain = _ITEMS.search(before)
    if (
        plain
        and not _COUNTED.search(plain[1])
        and (figure.value != 2 or figure.kind == "count-of-components" or plain["more"])
    ):
        items = plain[1].split("、")
        last = len(_LAST_AND.findall(items[-1]))
        return Listed(len(items) + (last == 1), bool(plain["more"]), False)
    return _numbered(behind)


def _numbered(behind: str) -> Listed | None:
    """Items numbered behind a count: 一是…二是…三是."""
    if not _FIRST.search(behind[:60]):
        return None
    count = 0
    for number, character in enumerate(_ENUMERATORS, 1):
        if not re.search(f"{character}是|其{character}|第{character}[，、是]", behind):
            break
        count = number
    return Listed(count, False, False) if count > 1 else None


RULES = (announced,)
