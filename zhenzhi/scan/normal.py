"""A text as the grammar reads it, with a map back to the text as it was given.

Full-width signs become plain ones, one for one. Blanks and line ends are dropped where they stand within a sentence, since
pages set in columns break words and figures anywhere; they stay as one line end where a line is over, and between digits
that are two figures.
"""

import re
from bisect import bisect_right

from zhenzhi.amounts.numerals import GROUPED, MIDDLE_POINT
from zhenzhi.amounts.traditional import INVISIBLE, simplified

#: Signs that have a plain twin; digits and letters of full width are looked for first, since most texts have none.
_SIGNS = {
    "％": "%", "﹪": "%", "．": ".", "＋": "+", "～": "~", "∼": "~", "〜": "~", "：": ":", "／": "/", "（": "(", "）": ")",
    ";": "；", "!": "！", "?": "？", "‘": "“", "’": "”", "「": "“", "」": "”", "『": "“", "』": "”",
    "∶": ":", "［": "[", "］": "]",
    "－": "-", "﹣": "-", "−": "-", "–": "-", "—": "-",
}  # fmt: skip
_FULL_DIGIT, _FULL_LETTER = re.compile("[０-９]"), re.compile("[Ａ-Ｚａ-ｚ]")
_FULL_DIGITS = {chr(code): chr(code - 0xFEE0) for code in range(ord("０"), ord("９") + 1)}
_FULL_LETTERS = {
    chr(code): chr(code - 0xFEE0) for code in (*range(ord("Ａ"), ord("Ｚ") + 1), *range(ord("ａ"), ord("ｚ") + 1))
}
#: A ring or a letter for the zero of a year: 二○一五年, 二OO四年.
_RING = re.compile("[○OＯ](?:(?<=○)|(?<=[一二○〇OＯ].))(?=[○〇OＯ一二三四五六七八九]{0,2}年)")
#: A comma of full width that groups the digits of one figure.
_GROUPING = re.compile(r"(?<=\d)，(?=\d{3}(?:，\d{3})*(?!\d))")
#: The same in digits of half width, where a clause may end with a figure.
_GROUPED, _MAY_GROUP = re.compile(GROUPED), re.compile("，[0-9]{3}(?![0-9，。、；])")
_MIDDLE_POINT = re.compile(f"(?<=[0-9]){MIDDLE_POINT}")
#: Digits set wide in a text that is not: 1 9 9 7 年, 7 4 7 7 2 亿元, 1 2 .5 %; not the links to pages.
_ON_WIDE, _POINT_WIDE = "(?:[ \u3000][0-9])", "(?:[ \u3000]\\.[ \u3000]?[0-9]|\\.[ \u3000][0-9])"
_DIGITS_WIDE = re.compile(
    "[0-9](?<![0-9.,页][0-9])(?<![0-9.,页][ \u3000][0-9])"
    f"(?:{_ON_WIDE}{{2,12}}(?:{_POINT_WIDE}{_ON_WIDE}{{0,3}})?|{_ON_WIDE}?{_POINT_WIDE}{_ON_WIDE}{{0,3}})"
    "(?=[ \u3000]?(?![页下末尾版])[%‰一-鿿])"
)
_WHITE = re.compile(rf"[\s{INVISIBLE.pattern[1:-2]}]+")
#: After these a line is over.
_ENDS = frozenset("。！？；!?;…”」』）)")
#: Before these a line begins: marks of lists, headings and pictures.
_BEGINS = re.compile(
    r"[#▲■●◆★►▶·•※【|]|[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}) ?(?:[)）、]|[.．](?![0-9０-９]))"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}[ \u3000\t]+(?![十百千万亿元])[一-鿿“《]"
    r"|第[一二三四五六七八九十百]{1,4}[章节条部]|[-—]{2}|(?:19|20)\d\d-\d\d-\d\d"
)
#: A figure up to a gap, and how it goes on behind it: 1 904个, 12\n34人; not the columns of a table, nor two years.
_UP_TO = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})*(?:,\d{0,2})?|\d{1,12}\.?)$")
_ON = re.compile(r"(?!(?:19|20)\d\d年)\d{1,12}(?:,\d{3})*(?:\.\d+)?(?:[ \u3000]{0,4}\s?[%％‰℃㎡a-z一-鿿]|:\d)")
#: The same behind a point, and of what stands in quotes or brackets: 98.5 3%, “1 83”, 〔20 17〕.
_POINT, _POINT_ON = re.compile(r"(?<![\d.,])\d{1,9}\.\d{1,3}$"), re.compile(r"\d{1,2}[ \u3000]{0,4}\s?[%％‰一-鿿]")
_CLOSED_ON = re.compile(r"\d{1,5}[”〕]")
#: So begins a paragraph behind a headline: 1月3日上午，.
_MONTH_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?年|[-~/.]\d)")
#: A day in eight digits: 20251113.
DAY = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])"
#: A day that a page gives in digits: 2025-11-13 18:26, 20251113 18:26, 11-13 18:26.
_DATED = re.compile(rf"(?<!\d)(?:(?:19|20)\d\d([-/.])\d{{1,2}}\1\d{{1,2}}|{DAY}|(?:0\d|1[0-2])[-/][0-3]\d)$")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_QUOTED = re.compile('"([^"]{1,40})"')
_COMMA = re.compile(r",(?:(?![\n\u200b]?[0-9]\s?[0-9]\s?[0-9](?![0-9]))|(?<![0-9],)(?<![0-9][\s\u200b],))")
#: The same in a text that is set wide: 1 , 2 6 8 户.
_COMMA_WIDE = re.compile(r",(?:(?!\s?[0-9]\s?[0-9]\s?[0-9](?!\s?[0-9]))|(?<![0-9],)(?<![0-9][\s\u200b],))")
#: At these a figure is broken, or what bears on it, in texts of any setting.
_JOINS_BEFORE = _DIGITS | frozenset("长降加少约近超过达逾足到至为之幅速.,")
_JOINS_AFTER = _DIGITS | frozenset("%％‰万亿")
#: So begins a heading.
_ORDER = re.compile("[(（]?[一二三四五六七八九十]{1,3}[、)）]")
#: A line of this length without a stop at its end goes on in the next.
_FULL_LINE = 26
_SAMPLE = 20_000
_WINDOW = 24
#: A text of which every third character has a blank behind it is set wide: blanks within figures say nothing either.
_HAN, _SPACED, _BLANKS = re.compile("[一-鿿]"), re.compile("[一-鿿][ \u3000](?=[一-鿿])"), frozenset(" \u3000")


class Normal:
    """A text without the accidents of its setting.

    Attributes:
        text: the text that the grammar reads.
    """

    __slots__ = ("_piece", "_shifts", "_starts", "text")

    def __init__(self, text: str, starts: list[int], shifts: list[int]):
        self.text = text
        #: Where the pieces begin that stand as they were given, and by how much each was moved.
        self._starts, self._shifts = [*starts, len(text) + 1], shifts
        #: The piece that was asked for last: most spans lie in it or in the next.
        self._piece = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as it was given that a span of this one stands for."""
        starts, shifts, piece = self._starts, self._shifts, self._piece
        if not starts[piece] <= start < starts[piece + 1]:
            piece = self._piece = bisect_right(starts, start) - 1
        last = piece if end <= starts[piece + 1] else bisect_right(starts, end - 1) - 1
        return start + shifts[piece], end + shifts[last]


def normalise(text: str) -> Normal:
    """The text as the grammar reads it, in linear time."""
    plain = simplified(_with_twins(text, _SIGNS))
    if _FULL_LETTER.search(text):
        plain = _with_twins(plain, _FULL_LETTERS)
    if _FULL_DIGIT.search(text):
        plain = _GROUPING.sub(",", _with_twins(plain, _FULL_DIGITS))
    elif _MAY_GROUP.search(plain):
        plain = _GROUPED.sub(lambda match: match.group().replace("，", ","), plain)
    if "·" in plain:
        plain = _MIDDLE_POINT.sub(".", plain)
    plain = _RING.sub("〇", plain)
    if '"' in plain:
        plain = _QUOTED.sub("“\\1”", plain)
    column = _column(plain)
    spaced = len(_SPACED.findall(plain[:_SAMPLE])) * 3 > len(_HAN.findall(plain[:_SAMPLE])) > 0
    if "," in plain:
        plain = (_COMMA_WIDE if spaced else _COMMA).sub("，", plain)
    wide = {gap for run in _DIGITS_WIDE.finditer(plain) for gap in range(*run.span()) if plain[gap] in _BLANKS}
    parts: list[str] = []
    starts, shifts = [0], [0]
    done = length = 0
    for white in _WHITE.finditer(plain):
        start, end = white.span()
        written = white.group()
        hidden = (spaced and written in _BLANKS) or start in wide
        hidden = hidden or not (written.isspace() or INVISIBLE.fullmatch(written) is None)
        mark = "" if hidden else _mark(plain, start, end, column)
        if mark == written:
            continue
        parts += (plain[done:start], mark)
        length += start - done + len(mark)
        done = end
        starts.append(length)
        shifts.append(end - length)
    parts.append(plain[done:])
    return Normal("".join(parts), starts, shifts)


def _with_twins(text: str, twins: dict[str, str]) -> str:
    for sign, twin in twins.items():
        text = text.replace(sign, twin)
    return text


def _column(text: str) -> int:
    """How long the lines of a text are that is set in narrow columns, where few of them end a sentence; 0 of other texts."""
    lines = [line for line in map(str.strip, text[:_SAMPLE].split("\n")) if line]
    if len(lines) < 8:
        return 0
    lengths = sorted(map(len, lines))
    open_ends = sum(line[-1] not in _ENDS and line[-1] not in "，、" for line in lines)
    middle = lengths[len(lengths) // 2]
    return middle if 8 <= middle <= 26 and open_ends * 10 > len(lines) * 6 else 0


def _mark(text: str, start: int, end: int, column: int) -> str:
    """What a run of white space stands for: nothing within a sentence, a line end where a line is over."""
    if start == 0 or end == len(text):
        return "\n"
    before, after = text[start - 1], text[end]
    broken = "\n" in text[start:end] or "\r" in text[start:end]
    if after in _DIGITS and (before in _DIGITS or before in ".,"):
        return "" if _goes_on(text, start, end, broken) else "\n"
    if not broken:
        plain = before <= "\x7f" and after <= "\x7f" and after != "%"
        return " " if plain and before not in _DIGITS and after not in _DIGITS else ""
    line = start - text.rfind("\n", max(0, start - _FULL_LINE), start) - 1
    dated = not column and 0 <= line < _FULL_LINE - 1 and _MONTH_DAY.match(text, end) is not None
    if before in _ENDS or dated or _BEGINS.match(text, end):
        return "\n"
    if (
        before in _JOINS_BEFORE
        or (after in _JOINS_AFTER and not _YEAR.match(text, end))
        or not _DIGITS.isdisjoint(text[max(0, start - 3) : start])
    ):
        return ""
    if column:  # a short line of a column is a heading, and one of a single sign is set upright
        titles = line < column - 2 and (line == start or _ORDER.match(text, start - line) is not None)
        return "" if line < 2 or (line * 2 > column and not titles) else "\n"
    return "" if line >= _FULL_LINE - 1 or line < 0 else "\n"


def _goes_on(text: str, start: int, end: int, broken: bool) -> bool:
    """Whether a gap between digits stands within one figure."""
    low = max(0, start - _WINDOW)
    if _DATED.search(text, low, start):
        return False
    known = _UP_TO.search(text, low, start)
    if known is None:
        known = _POINT.search(text, low, start)
        return known is not None and _POINT_ON.match(text, end) is not None and not _figure_ahead(text, known.start())
    first, head = known.start(), known.group()
    if first and text[first - 1] in "“〔" and _CLOSED_ON.match(text, end):
        return True
    if _YEAR.match(head + text[end : end + 6]) and not text[first - 1 : first].isdigit():
        return True
    if _ON.match(text, end) is None:
        return False
    alone = broken and (not first or text[first - 1] == "\n")
    return not alone and not _figure_ahead(text, first)


def _figure_ahead(text: str, first: int) -> bool:
    """Whether another figure stands before one, as in the columns of a table."""
    return text[max(0, first - 8) : first].rstrip()[-1:].isdigit()
