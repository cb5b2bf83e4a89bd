"""What a scan finds in a text: proposed claims, and the numerals that are none."""

from dataclasses import dataclass
from typing import NamedTuple


class Claim(NamedTuple):
    """A quantity that a text states, as a proposal for a row of ``claims.csv``. What is unsure is ``None``.

    Attributes:
        start, end: offsets into the text as it was given.
        as_written: that span without white space.
        value, value_high: decimal strings in the base unit; the second of a range only.
        unit, qualifier, kind, status: as the codebook has them.
        comparison: what a change is measured against.
        period: an EDTF date or interval; ``?`` behind it marks a date carried from an earlier sentence.
        confidence: from 0 to 1, how sure the rule is that this is a claim.
        rule: the name of the rule that found it.
        place: a place of ``places.csv`` that the text names; ``?`` behind it marks one carried from an earlier sentence.
    """

    start: int
    end: int
    as_written: str
    value: str | None = None
    value_high: str | None = None
    unit: str | None = None
    qualifier: str | None = None
    kind: str | None = None
    comparison: str | None = None
    period: str | None = None
    status: str | None = None
    confidence: float = 0.5
    rule: str = ""
    place: str | None = None


class Numeral(NamedTuple):
    """A numeral that is no claim, as a proposal for a row of ``numerals.csv``."""

    start: int
    end: int
    as_written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found, in the order of the text. No character is in two spans."""

    claims: tuple[Claim, ...]
    numerals: tuple[Numeral, ...]
