"""What the wording of a figure allows: the values that 800多, 近50年 or 约1000 stand for.

Two readings are kept. The usual one follows the usage that the codebook cites (``data/README.md``): 800多 is above 800 and
below 900. The strict one takes from the words no more than they must mean, so that 多, 近 and 约 have no bound on their
loose side. The usual reading lies within the strict one.

A figure without a qualifier stands for every value that rounds to it, which is half a unit of its last written digit
either way, both ends included, as in interval checks on rounded figures (statcheck and GRIM do the same).
"""

import re
from fractions import Fraction

from zhenzhi.amounts.interval import Interval
from zhenzhi.amounts.numerals import Numeral

READINGS = ("usual", "strict")
ROUNDINGS = ("half", "cut", "none")

#: The wordings by the qualifier that the data contract has for them.
QUALIFIERS = {
    "exact": "exact",
    "more": "over",
    "several": "over",
    "over": "over",
    "at-least": "over",
    "nearly": "nearly",
    "under": "nearly",
    "about": "about",
    "at-most": "at-most",
    "first": "at-most",
    "range": "range",
}

#: The words that stand before a figure, by what they say. 多, 余, 几 and 数 stand inside it and are the numeral's.
BEFORE = {
    "at-least": (
        "至少",
        "不少于",
        "不低于",
        "不得少于",
        "不得低于",
        "不能少于",
        "不能低于",
        "不下于",
        "不下",
        "不小于",
        "起码",
        "上",
    ),
    "at-most": (
        "至多",
        "最多",
        "最高",
        "不超过",
        "不得超过",
        "不能超过",
        "不准超过",
        "未超过",
        "不得超",
        "不超",
        "不多于",
        "不高于",
        "不得高于",
        "不得多于",
        "不大于",
        "最大可达",
        "最高可达",
        "可达",
        "最大",
    ),
    "over": ("超过", "超", "逾", "突破", "高于", "多于", "大于", "过", "破"),
    "nearly": ("将近", "接近", "近"),
    "under": ("不到", "不足", "未满", "不满", "低于", "少于", "小于", "未达", "未到"),
    "about": ("大约", "约", "大概", "约为", "约占", "约有", "约达", "约合", "约计"),
}

#: 多 behind a unit that measures: 2米多深, 3公里多.
MEASURES = frozenset("米 公里 里 千米 厘米 公斤 千克 斤 吨".split())
BEYOND = re.compile("多(?=[深高宽长厚重远的]|[^一-鿿]|$)")

#: The words that stand behind a figure and its unit.
BEHIND = {
    "at-least": ("以上", "及以上", "或以上"),
    "at-most": ("以下", "及以下", "以内", "之内"),
    "about": ("左右", "上下"),
}


def bounds(
    wording: str,
    low: Numeral,
    high: Numeral | None = None,
    *,
    reading: str = "usual",
    rounding: str = "half",
    whole: bool = False,
) -> Interval:
    """The values that a figure may stand for.

    Args:
        wording: a key of ``QUALIFIERS``.
        low: the figure; of a range the lower one.
        high: the upper figure of a range.
        reading: ``usual`` or ``strict``.
        rounding: how a rounded figure came about: ``half`` to the nearest, ``cut`` off after its last digit, or ``none``.
        whole: whether whole things are counted, so that a figure written out to its last digit is not rounded.

    Returns:
        the interval, in the unit of the figure. The figure is a size: who reads a fall turns the interval over.

    Raises:
        ValueError: the wording, the reading or the rounding is unknown.
    """
    for given, known in ((wording, QUALIFIERS), (reading, READINGS), (rounding, ROUNDINGS)):
        if given not in known:
            raise ValueError(f"{given!r} is unknown; expected one of {', '.join(known)}")
    value, zero, strict = low.value, Fraction(0), reading == "strict"
    unit = abs(low.last_digit)
    match wording:
        case "more":
            return Interval(value, None if strict else value + unit, True, not strict)
        case "several":  # 几十, 数百: two of them at least, less than ten
            return Interval(value, None, True) if strict else Interval(2 * value, 10 * value, high_open=True)
        case "over":
            return Interval(value, None, low_open=True)
        case "at-least":
            return Interval(value, None)
        case "nearly":
            least = zero if strict else max(zero, value - unit)
            return Interval(min(least, value), value, low_open=least == 0, high_open=True)
        case "under":
            return Interval(min(zero, value), value, low_open=True, high_open=True)
        case "at-most":
            return Interval(min(zero, value), value)
        case "first":  # 前五: one of the places from the first on
            return Interval(min(Fraction(1), value), value)
        case "about":
            return Interval(zero, None, low_open=True) if strict else Interval(value - unit / 2, value + unit / 2)
    top = high or low
    below, above = (_rounded_away(figure, rounding, whole) for figure in (low, top))
    if rounding == "cut":  # towards nothing
        cut_low, cut_high = (below if low.value < 0 else zero), (above if top.value >= 0 else zero)
        return Interval(low.value - cut_low, top.value + cut_high, cut_low > 0, cut_high > 0)
    return Interval(low.value - below / 2, top.value + above / 2)


def _rounded_away(figure: Numeral, rounding: str, whole: bool) -> Fraction:
    """The unit to which a figure is rounded; nothing where it is not."""
    return Fraction(0) if rounding == "none" or (whole and figure.step == 1) else figure.step
