"""Counts that go with other counts: one for each, so many for each, so many of such a size."""

from collections.abc import Iterator

from zhenzhi.relations.figures import Figure, Reading
from zhenzhi.relations.proposal import NEAR, Proposal

#: Equal counts below this agree by chance too often.
LEAST = 20
#: How many figures of a passage are looked at behind each.
LOOK_AHEAD = 5
#: Levels of which one holds the next stand no further apart than this, in characters.
NEXT_LEVEL = 12


def one_for_each(reading: Reading) -> Iterator[Proposal]:
    """Two equal counts of different things of one model in a passage: 104名网格长 and 104个网格."""
    for first, second in _pairs(reading):
        equal = first.value == second.value and (first.value or 0) >= LEAST and first.is_exact and second.is_exact
        if equal and first.unit != second.unit and first.counted and second.counted:
            # The count of people goes first, as the one that is tested.
            people = "person" in (first.unit, second.unit)
            one, other = (second, first) if people and second.unit == "person" else (first, second)
            yield Proposal("one-for-each", "match", {"first": one, "second": other}, NEAR)


def so_many_for_each(reading: Reading) -> Iterator[Proposal]:
    """Two figures of one model in a passage whose quotient the data package has a unit for: 239个岗位, 562名党员."""
    taken: set[tuple[str, str]] = set()
    equal = {frozenset((pair.figures[0].name, pair.figures[1].name)) for pair in one_for_each(reading)}
    matched = {name for pair in equal for name in pair}
    for amount, each in sorted(_both_ways(reading), key=lambda pair: -_tells_of(pair[0], pair[1], reading)):
        unit = reading.quotient(amount.unit, each.unit)
        if unit is None or not each.counted or (amount.unit == each.unit and amount.start < each.start):
            continue
        levels = amount.unit == each.unit
        if levels and (amount.indicator != each.indicator or amount.start - each.end > NEXT_LEVEL):
            continue
        if amount.name in matched or (not levels and (unit, each.name) in taken):
            continue
        taken.add((unit, each.name))
        parts = {"amount": amount, "each": each}
        yield Proposal("so-many-for-each", "ratio", parts, NEAR, {"unit": unit})


def _tells_of(amount: Figure, each: Figure, reading: Reading) -> int:
    """How well an amount names the things it is divided by: 网格巡查员 goes with 网格."""
    return int(
        each.unit is not None and each.unit in reading.units and reading.units[each.unit]["name_zh"] in amount.label
    )


def _both_ways(reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    for first, second in _pairs(reading):
        yield first, second
        yield second, first


def _pairs(reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    """Coded amounts of one model near each other in a passage."""
    for passage in reading.passages():
        amounts = [figure for figure in passage if figure.coded and figure.is_amount]
        for number, first in enumerate(amounts):
            for second in amounts[number + 1 : number + 1 + LOOK_AHEAD]:
                if first.model and first.model == second.model:
                    yield first, second


def of_such_size(reading: Reading) -> Iterator[Proposal]:
    """A count with a size right behind it, as a name has it: 两个万亩产业园."""
    for sentence in reading.sentences():
        for count, size in zip(sentence, sentence[1:], strict=False):
            measure = size.coded and size.kind == "label" and size.value is not None and size.unit != "label"
            if measure and not size.counted and count.end == size.start and count.is_amount and count.counted:
                yield Proposal("count-of-size", "product", {"factors": [count, size]}, NEAR, {"unit": size.unit})


def size_in_name(reading: Reading) -> Iterator[Proposal]:
    """A size in a name against the measure: 万亩示范区 of 5.2万亩."""
    for passage in reading.passages():
        names: dict[tuple, Figure] = {}
        for figure in passage:
            key = (figure.model, figure.unit)
            if figure.coded and figure.kind == "label" and figure.value is not None and not figure.counted:
                names.setdefault(key, figure)
            elif figure.coded and figure.is_amount and figure.model and key in names:
                yield Proposal("size-in-name", "magnitude", {"label": names[key], "measured": figure}, NEAR)


RULES = (one_for_each, so_many_for_each, of_such_size, size_in_name)
