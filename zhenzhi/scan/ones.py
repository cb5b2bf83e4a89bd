"""一: an article, a count, a frequency, a length of time, or a part of a word."""

import re

from zhenzhi.scan.counts import QUOTED_PARTS, Counts
from zhenzhi.scan.figure import Figure
from zhenzhi.scan.patterns import AND_A_HALF, CLASSIFIER_LIKE, DURATION_BEFORE, STOPS, TENTHS

_OFTEN = re.compile("一([年月日周季天])一(?!张|条)[一-鿿]?")
#: 一年一度 is said of what is held.
_HELD = {"度": "reported"}
_ONE_EACH = re.compile("一[^一，。、”]一[^一，。、”](?=[^一-鿿]|工程|模式|机制|制度|公益|项目|行动|方案|的|要求|格局)")
#: 一村一警 is a policy, 一河一湖 a name.
_OF_POLICIES = frozenset("策档品码业员警师")
#: Behind these 一成 is a tenth.
_BEFORE_TENTH = frozenset("增减降近约超逾占")
#: Behind a length of time these say that it is counted: 一年内.
_WITHIN = frozenset("内半多后")
_TIMES = frozenset(("年", "天", "个月", "周", "小时", "个小时", "分钟", "月", "日"))
_MEASURES = frozenset(("元", "亩", "公里", "平方公里", "吨", "倍", "个百分点", "百分点"))
#: Between these a list goes on.
_GOES_ON = frozenset("、，“和")
_LISTS = frozenset("(:、和，")
#: “六个一”行动(
_ONES, _LONGEST_LIST = re.compile("[两三四五六七八九十]个一[”’]?[^。；\n]*$"), 90
#: 一个中心、两个基本点
_COUNTED_ON = re.compile(
    "[一二两三四五六七八九十][个项套条张份所大名支座本类库]?[^，。；、\n“”]{1,10}”?、“?[一二两三四五六七八九十](?:[个项套条张份所大名支座本类])"
)
#: “一个中心”, and not what somebody is quoted with: “一个国家……
_SHORT_QUOTE = re.compile("[^”，。；、\n]{1,10}[”、]")
_OF_POETRY = frozenset("粒颗朵阵缕")
_STOPPED = re.compile("[。；\n]")
_CLOSED = (STOPS - frozenset("“‘(《")) | frozenset("和及")
#: Behind these 一 is an article whatever follows.
_ARTICLES = frozenset("这那了是有为某每任同第其该由变")
#: What becomes one of something is not counted: 由一册变成一张.
_BECOMES = frozenset(("变成", "形成", "合成"))
_VAGUE = frozenset("次批点起样些")
_ONLY = frozenset(("只有", "仅有"))
#: 共接到一起投诉, and 与干部一起.
_ONE_CASE_BEFORE = re.compile("(?:共|仅|只|累计)(?:接到|收到|受理|处理|调处|发生|查处|查获|破获|侦破)?$")
_CASE = re.compile("[一-鿿]{0,6}?(?:投诉|案|事故|纠纷|警情|火灾|诉求|事件)")
_WITH = re.compile("[与和跟同]")
_NEAR, _FAR = 9, 14


class Ones(Counts):
    """Reads 一."""

    def _one(self, at: int, leads: str) -> int:
        found = self._formula(at, leads)
        if found:
            return found
        text, end = self.text, at + 1
        first, unit = text[end], self._unit_at(end)
        if leads and leads in _LISTS and first in CLASSIFIER_LIKE and self._of_ones(at):
            return self._one_of_ones(at, end, unit)
        if self._measures(at, first, unit):
            return self._count(at, end, "1", leads)
        if first == "把":
            return self._numeral(at, end + 1, "word")
        if unit in _TIMES:
            return self._numeral(at, end + len(unit), "date" if unit in ("年", "月") else "word")
        if first in CLASSIFIER_LIKE:
            if self._counts(at, leads, first, end + max(len(unit), 1)):
                return self._count(at, end, "1", leads)
            return self._numeral(at, end + (max(len(unit), 1) if first != "大" else 1), "article")
        if leads and leads in "“、" and text[end + 1 : end + 2] in "一二两三四五六七八九":
            return self._named(at, leads)
        return self._numeral(at, end + ("一" <= first <= "鿿"), "word")

    def _formula(self, at: int, leads: str) -> int:
        """一月一次, 一村一警, “一核两翼”, 一成, 一个半月; 0 where it is none of them."""
        text, end = self.text, at + 1
        often = _OFTEN.match(text, at)
        units = self.words.units.units_of(often.group()[:3]) if often else ()
        if often and units:
            status = _HELD.get(often.group()[3:4])
            return self._claim(
                at, often.end(), "1", None, units[0], "exact", "frequency", "frequency", 0.8, status=status
            )
        pair = _ONE_EACH.match(text, at)
        if pair:
            return self._numeral(at, at + 4, "policy-name" if pair.group()[3] in _OF_POLICIES else "name")
        if leads == "“" and QUOTED_PARTS.match(text, at):
            return self._quoted(at, end, "1")
        if text[end] == "成" and (leads in _BEFORE_TENTH or self._lists_tenths(at)) and TENTHS.match(text, end):
            return self._figure(Figure(at, end, "1"))
        halves = AND_A_HALF.match(text, end)
        return self._rare(at, halves.end(), "half") if halves else 0

    def _measures(self, at: int, first: str, unit: str) -> bool:
        """Whether 一 states an amount, a length of time or a case."""
        text, close = self.text, at + 1 + len(unit)
        if first == "起" and self._one_case(at):
            return True
        if first == "把":
            return False
        if "多" in unit:  # 一个多月
            return True
        if unit in _TIMES:
            return text[close] in _WITHIN or bool(DURATION_BEFORE.search(text, max(self.done, at - 4), at))
        return unit in _MEASURES or bool(self._suffix(close))

    def _counts(self, at: int, leads: str, first: str, close: int) -> bool:
        """Whether 一 before a classifier counts: in a list of counts, in a name in quotes, at the end of a clause."""
        text = self.text
        if first == "大":
            return False
        if _COUNTED_ON.match(text, at) or self._goes_on(at, leads):
            return True
        if leads == "“" and first not in _OF_POETRY and _SHORT_QUOTE.match(text, at):
            return True
        if text[at - 2 : at] in _ONLY:
            return True
        if leads == "-" and text[at - 2 : at - 1] in ("\n", ""):
            return True
        if first in "名位" and self.context.clause(at).startswith("每"):
            return True  # 每个客厅由一名楼管员照看
        return (
            text[close] in _CLOSED
            and "一" <= leads <= "鿿"
            and leads not in _ARTICLES
            and text[at - 2 : at] not in _BECOMES
            and first not in _VAGUE
        )

    def _goes_on(self, at: int, leads: str) -> bool:
        """Whether a list of counts goes on: 两个中心、一个平台."""
        near = self.counted >= 0 and at - self.counted < _FAR
        return near and leads in _GOES_ON and not _STOPPED.search(self.text, self.counted, at)

    def _one_case(self, at: int) -> bool:
        """Whether 一起 at an offset counts a case: 共接到一起投诉; 查处酒驾16起(再犯一起)."""
        text = self.text
        if _ONE_CASE_BEFORE.search(text, max(self.done, at - 6), at) and _CASE.match(text, at + 2):
            return True
        _, sentence = self.told_by.get("起", (None, 0))
        alone = text[at + 2 : at + 3] in _CLOSED and sentence == self.context.sentences
        return alone and not _WITH.search(self.context.clause(at))

    def _of_ones(self, at: int) -> bool:
        """Whether a list of ones was announced before a figure in its sentence: “六个一”(一次家访、一封家信)."""
        return _ONES.search(self.text, max(0, at - _LONGEST_LIST), at) is not None

    def _one_of_ones(self, at: int, end: int, unit: str) -> int:
        """One of the parts that a number of ones announced."""
        units = self.words.unit_of_tail(unit)
        named = self._noun_behind(end + len(unit)) or (units[0] if units else "item")
        end += max(len(unit), 1)
        return self._claim(at, end, "1", None, named, "exact", "count-of-components", "parts", 0.8)

    def _lists_tenths(self, at: int) -> bool:
        """Whether tenths stand right before a figure in a list: 四成归农户，一成作风险金."""
        last = self.claims[-1] if self.claims else None
        return last is not None and last.rule == "tenths" and at - self.done < _NEAR and self.text[at - 1] in "，、和"
