"""EDTF dates: the days that a date of the data package may mean."""

from datetime import date
from functools import cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException


@cache
def bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day that an EDTF date may mean: 2016-03 is 1 to 31 March 2016.

    Raises:
        ValueError: the text is not an EDTF date.
    """
    try:
        parsed = parse_edtf(edtf)
        return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (EDTFParseException, TypeError):  # a TypeError where one end is open
        raise ValueError(f"{edtf!r} is not an EDTF date; expected such as 2017-09-21 or 2022?") from None
