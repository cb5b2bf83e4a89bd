"""第 and 前 with a figure: ranks, events, dates, ordinals."""

import re

from zhenzhi.amounts import wording
from zhenzhi.scan import forms
from zhenzhi.scan.forms import in_characters, moved
from zhenzhi.scan.patterns import DIGITS, SENTENCE, STOPS, decimal, read_rare
from zhenzhi.scan.quantities import Quantities

_ALL = "(?:全球|世界|全国|全省|全市|全区|全县|全镇|省|市|(?<!社)区)"
_RANKED_BEFORE = re.compile(
    f"(?:{_ALL}|排名|排|位列|位居|名列|列|居|名次|夺得|稳居|跃居|升至|跃升至|获){_ALL}?(?:的)?$"
)
#: The same further off, where nothing follows the rank: 位居全区考核第一。
_RANKED_FAR = re.compile("(?:排名|位列|位居|名列|居|稳居|跃居|跃升|获|夺得|荣获|评为)[^，。；、\n]{0,12}$")

_RANKED_BY = re.compile(
    "(?:规模|总量|增速|增幅|产量|产值|收入|实力|成绩|得分|满意度|知晓率|综合|总分)(?:位居|居|列|排名)?$"
)
_STREAK = re.compile(
    "(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[年届次度]?连(?:冠|胜|增|降|涨|跌|升|优|霸|丰|续(?=[增降]))"
)
_AMONG = re.compile(
    "(?:跻身|位列|位居)[^，。；、\n]{0,8}$|(?:跻身|进入|入选|入围|位列|迈入|挺进|冲进|列)(?:全国|全省|全市|世界|中国)?$"
)
#: 第一方阵, 第一梯队 count in no order of places.
_RANKS_OF_GROUPS = ("方阵", "梯队", "阵营", "梯次", "序列")
_PLACES, _OF_EVENTS, _OF_PAGES = frozenset("名位"), frozenset("届次"), frozenset("页版")
#: 第 with these counts in a sequence and ranks nothing.
_OF_SEQUENCES = frozenset("个批期季届次号章节条步阶项轮代")
_ORDERED = frozenset("批期章节条届次号步轮代种类")
_AFTER_MARK = frozenset("，:、")
_OF_RANKS = frozenset("强列甲")
#: 前 behind these is no first: 目前, 以前, 年前.
_YEARS = ("今年", "去年", "明年", "当年", "上年")
_OTHER_FIRST = frozenset("目以此之日年当从提向往")


class Ordinals(Quantities):
    """Reads ordinals and ranks."""

    def _era_year(self, at: int) -> int:
        """Where the year of a reign or of the Republic ends that begins at an offset; 0 where none does."""
        text = self.text
        if text[at - 2 : at] not in self.words.eras:
            return 0
        year = forms.ERA_YEAR.match(text, at)
        return year.end() if year else 0

    def _ordinal(self, at: int, end: int) -> int:
        """第 with a figure: a rank, an event, a date, or an ordinal."""
        text = self.text
        start = at - 1 if at - 1 >= self.done else at
        follows = text[end : end + 1]
        if text.startswith("季度", end):
            self.context.date(at, text[start : end + 2])
            return self._numeral(start, end + 2, "date")
        if text.startswith("个五年", end):
            return self._numeral(start, end + 3, "event-name")  # 第十五个五年规划
        event = forms.EVENT.match(text, at) if follows in _OF_EVENTS else None
        if event:
            return self._numeral(start, event.end(), "event-name")
        if follows in _OF_PAGES:
            return self._numeral(start, end + 1, "page")
        if follows not in _OF_SEQUENCES and self.words.institution.match(text, end):
            return self._numeral(start, end, "name")
        if text.startswith(_RANKS_OF_GROUPS, end):
            return self._numeral(start, end, "ordinal")
        if follows == "年" and text[start - 2 : start] == "连续" and start - 2 >= self.done:
            years = decimal(read_rare(text[at : end + 1]).value)
            return self._claim(start - 2, end + 1, years, None, "year", "exact", "duration", "streak", 0.8)
        if follows in _PLACES or (follows not in _OF_SEQUENCES and self._ranked(start, end)):
            found = self._rank(start, at, end)
            if found:
                return found
        if follows in _ORDERED or len(self._unit_at(end)) == 1:
            end += 1
        begins = start == 0 or text[start - 1] in SENTENCE
        return self._numeral(start, end, "list-marker" if begins and follows in _AFTER_MARK else "ordinal")

    def _rank(self, start: int, at: int, end: int) -> int:
        """A place in an order, or how many of the first, with 名, 位 or 强 behind it; 0 where no number is stated."""
        number, place = self.text[at:end], self.text[end : end + 1]
        value = moved(number, 0) if number[0] in DIGITS else (in_characters(number) or (None,))[0]
        if value is None:
            return 0
        units = self.words.unit_of_tail(place) if place in _PLACES else ()
        if self.text[start] == "后":
            unit = "position"  # counted from the last
        else:
            unit = "standing" if not units or "standing" in units else units[0]
        end += place in _PLACES or place == "强"
        among = wording.QUALIFIERS["first" if self.text[start] == "前" or self.text[end - 1] == "强" else "exact"]
        self.ranked = end
        return self._claim(start, end, value, None, unit, among, "rank", "rank", 0.9)

    def _streak(self, at: int) -> int:
        """十三连冠, 9连增; 0 where it is none."""
        streak = _STREAK.match(self.text, at)
        if streak is None:
            return 0
        found = read_rare(streak.group())
        unit = found.units[0] if found.units else None
        return self._claim(at, streak.end(), decimal(found.value), None, unit, "exact", "rank", "rank", 0.9)

    def _strongest(self, at: int, end: int) -> int:
        """跻身全国50强: a rank; 0 where 强 names a list, 世界500强."""
        ranked = _AMONG.search(self.text, max(self.done, at - 12), at)
        return self._rank(at, at, end) if ranked else 0

    def _ranked(self, start: int, end: int) -> bool:
        """Whether the words before 第 tell of a rank."""
        text = self.text
        if _RANKED_BEFORE.search(text, max(self.done, start - 8), start):
            return True
        if end < len(text) and text[end] in STOPS and _RANKED_BY.search(text, max(self.done, start - 8), start):
            return True  # 搬迁规模第四
        if self.ranked == start - 1 and text[start - 1] in "、和":
            return True  # 增速位居全省第五、第二
        over = end == len(text) or text[end] in STOPS
        return over and _RANKED_FAR.search(text, max(0, start - 16), start) is not None

    def _first_so_many(self, at: int, end: int) -> int:
        """前10名, 前三: a rank; 前8个月 and 前三季度 are dates; 0 where it is neither."""
        text = self.text
        start = at - 1
        other = start and text[start - 1] in _OTHER_FIRST and text[start - 2 : start] not in _YEARS
        if start < self.done or other:
            return 0
        for unit in ("季度", "个月", "月", "年", "天"):
            if text.startswith(unit, end):
                return self._numeral(start, end + len(unit), "date")
        follows = text[end : end + 1]
        if follows == "%" and text[at] in DIGITS:
            return self._claim(at, end + 1, moved(text[at:end], 0), None, "percent", "exact", "rank", "rank", 0.8)
        if not follows or follows in _PLACES or follows in _OF_RANKS or follows in STOPS:
            return self._rank(start, at, end)
        return 0
