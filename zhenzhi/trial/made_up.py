"""Made-up reports of made-up towns, in the manner of Chinese local press, some of their figures wrong on purpose.

A seed and a number make the same text always. No town, no figure and no sentence is taken from anywhere; what a trial on
such texts shows holds of such texts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from zhenzhi.trial.passages import FILLERS, KINDS, TRAPS, Passage

#: The texts of the book's own trial, their seed, and the share of their relations that have an error.
TEXTS, SEED, WRONG = 300, 2024, 0.25

#: Relations of a text, figures that stand alone, and passages of a paragraph.
RELATIONS, ALONE, SENTENCES = 3, 4, 3

#: The ways to write a figure wrong: another digit, two that changed places, a power of ten, the last digit by one.
ERRORS = ("digit", "exchange", "size", "last")

_FIRST, _SECOND = "青柳桐澄丰石云梅清松", "溪桥岭浦塘坪坝洲湾墩"
_DIGITS = "0123456789"


class Planted(NamedTuple):
    """A relation between figures of a made-up text.

    Attributes:
        kind: a key of ``passages.KINDS``.
        plain: whether its words say plainly how its figures belong together.
        start, end: the sentences that tell it.
        error: how one of its figures was changed, one of ``ERRORS``; empty where all are right.
    """

    kind: str
    plain: bool
    start: int
    end: int
    error: str


@dataclass(frozen=True)
class Made:
    """A made-up text, and the relations that were planted in it, in its order."""

    text: str
    planted: tuple[Planted, ...]


def corpus(texts: int = TEXTS, seed: int = SEED, wrong: float = WRONG) -> Iterator[Made]:
    """So many made-up texts.

    Args:
        wrong: the share of relations that get an error.
    """
    return (made_up(number, seed, wrong) for number in range(texts))


def made_up(number: int, seed: int = SEED, wrong: float = WRONG) -> Made:
    """The made-up text of a number."""
    random = Random(f"{seed} {number}")
    town = random.choice(_FIRST) + random.choice(_SECOND) + "镇"
    parts: list[tuple[str, bool, Passage]] = []
    for kind in random.sample(sorted(KINDS), RELATIONS):
        wording = random.choice(KINDS[kind].plain + KINDS[kind].passing)
        parts.append((kind, wording in KINDS[kind].plain, wording(random)))
    parts.append(("", False, random.choice(TRAPS)(random)))
    parts += [("", False, filler(random)) for filler in random.sample(FILLERS, ALONE)]
    random.shuffle(parts)
    text, planted = f"{town}年度工作综述\n", []
    for place, (kind, plain, pieces) in enumerate(parts):
        error = _spoil(pieces, random) if kind and random.random() < wrong else ""
        start = len(text)
        text += "".join(pieces)
        if kind:
            planted.append(Planted(kind, plain, start, len(text), error))
        if place % SENTENCES == SENTENCES - 1:
            text += "\n"
    return Made(text.rstrip("\n") + "\n", tuple(planted))


def _spoil(pieces: list[str], random: Random) -> str:
    """Makes one figure of a passage wrong as a slip of hand or eye does, and tells how."""
    figures = [place for place, piece in enumerate(pieces) if piece[0] in _DIGITS]
    place = random.choice(figures)
    error, wrong = random.choice(_errors(pieces[place], random))
    pieces[place] = wrong
    return error


def _errors(figure: str, random: Random) -> list[tuple[str, str]]:
    """The ways in which a figure can be written wrong, each with what is written then."""
    found = []
    at = [place for place, sign in enumerate(figure) if sign in _DIGITS]
    place = random.choice(at[:-1] or at)
    found.append(
        ("digit", _with(figure, place, random.choice([digit for digit in "123456789" if digit != figure[place]])))
    )
    pairs = [
        (one, other)
        for one, other in zip(at, at[1:], strict=False)
        if figure[one] != figure[other] and (one or figure[other] != "0")
    ]
    if pairs:
        one, other = random.choice(pairs)
        found.append(("exchange", _with(_with(figure, one, figure[other]), other, figure[one])))
    found.append(("size", figure.replace(".", "") if "." in figure else figure + "0"))
    last = int(figure[-1])
    found.append(
        ("last", figure[:-1] + str(last - 1 if last == 9 or (last > 1 and random.random() < 0.5) else last + 1))
    )
    return found


def _with(figure: str, place: int, digit: str) -> str:
    return figure[:place] + digit + figure[place + 1 :]
