"""EDTF dates: the days that a date of the data package may mean."""

import re
from datetime import date
from functools import cache

import pandas as pd
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

#: A year, a month or a day.
_PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")

#: A decade, or a date that may be uncertain or approximate: the forms of EDTF that the book can put into words.
_ONE = r"(?:[0-9]{3}X|[0-9]{4}[?~]?(?:-[0-9]{2}){0,2}[?~]?)"
_SHOWN = re.compile(f"{_ONE}(?:/{_ONE})?")


@cache
def bounds(edtf: str) -> tuple[date, date]:
    """The first and the last day that an EDTF date may mean: 2016-03 is 1 to 31 March 2016.

    Raises:
        ValueError: the text is not an EDTF date, or one that the book cannot put into words, such as a season.
    """
    try:
        if not _SHOWN.fullmatch(edtf):
            raise ValueError(edtf)
        if _PLAIN.fullmatch(edtf):  # the grammar of all of EDTF takes a hundred times as long
            period = pd.Period(edtf)
            return period.start_time.date(), period.end_time.date()
        parsed = parse_edtf(edtf)
        first, last = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
        if first > last:
            raise ValueError(edtf)
        return first, last
    except (
        EDTFParseException,
        pd.errors.OutOfBoundsDatetime,
        ValueError,
        TypeError,
    ):  # a TypeError where one end is open
        raise ValueError(
            f"{edtf!r} is not an EDTF date; expected such as 2017-09-21, 2022?, 2019~, 198X or 2015/2019"
        ) from None
