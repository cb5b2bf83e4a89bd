"""Bounds that say who or what is meant, and count nothing: 60岁以上的老人, 投资1000万元以上的项目."""

import re

from zhenzhi.scan.before import Before
from zhenzhi.scan.nouns import Nouns, last_noun, phrase
from zhenzhi.scan.patterns import RATES, STOPS, WINDOW

#: Units of age; classifiers of anything; units that measure a thing and class none.
OF_AGE, _GENERAL = frozenset(("岁", "周岁")), frozenset(("个", "项", "家", "件"))
_OF_LENGTH = frozenset(("公里", "米", "里", "千米"))
#: 1000万元以上的，按5%奖励; 万亩以上的湖泊2处
_DEFINED = re.compile(
    "(?:\\(含\\))?的(?:，|[一-鿿]{1,8}?(?:[0-9]|[一二两三四五六七八九十]+[个家户名条项座处]|占|达|共|有|给予|按))"
)
#: Bounds, and what is defined by them.
_BOUNDS = re.compile("[0-9一二三四五六七八九十百千万亿][^，。；、\n]{0,4}?以[上下]")
_DEFINES = re.compile(
    "以[上下](?:\\(含[^)]{0,6}\\))?的?[^，。；\n]{0,12}[为属是](?:[一二三四]级|[ⅠⅡⅢⅣ]级|特别?重?大|重大|较大|一般|大型|中型|小型|轻微|严重)"
)
#: 30亿元以上、50亿元以上项目: bounds of one class.
_MORE_BOUNDS = re.compile("(?:(?:[、和及]|以及)[0-9.]{0,6}[百千万亿]{1,2}元?(?:及?以上)?)+")
#: 投资超亿元的3个, 满5年的护理员: the bound says which are counted.
_CLASS_COUNTED = re.compile("的(?:，|[一-鿿]{0,8}?(?:[0-9]|[一二两三四五六七八九十]+[个家户名条项座处]))")
#: 达到80岁以上 tells an age, and 占95%以上 a share.
_REACHED = frozenset("到达至为")
#: 占比超过10%的有44种, and not 超过80%的农户种了3亩
_SHARE_COUNTED = re.compile("的(?:就|共|仅)?有?[0-9]")


class Bounds(Nouns):
    """Tells bounds of a class from figures."""

    def _bound_of_class(self, at: int, end: int, unit: str) -> int:
        """60岁以上的老人, 50头以上养殖户: a bound that says who or what is meant and counts nothing; 0 where it is none."""
        text, known = self.text, self.words
        place = end if unit or text[end] == "以" else end + 1  # 6层以上
        if text[place] in "及或":
            place += 1
        if text[place : place + 2] not in ("以上", "以下"):
            return 0
        place += 2
        last = _MORE_BOUNDS.match(text, place)
        if unit in OF_AGE and not (at > self.done and text[at - 1] in _REACHED and text[place : place + 1] in STOPS):
            return self._numeral(at, place, "policy-name")
        if unit not in RATES and _DEFINED.match(text, place) or (place - at < WINDOW and self._defines(at, place)):
            return self._numeral(at, place, "policy-name")
        if unit in OF_AGE or unit in RATES or unit in _GENERAL or unit in _OF_LENGTH:
            return 0
        behind = phrase(text, (last.end() if last else place) + (text[place : place + 1] == "的"), 10)
        told = last_noun(behind)
        if told and not unit and text[end] == "以":
            return 0  # 30万以上孕产妇
        if told in known.unit_of_tail(unit) if told else not known.classed.search(behind):
            return 0
        return self._numeral(at, place, "policy-name")

    def _defines(self, at: int, place: int) -> bool:
        """Whether a bound is one of a sentence that defines a class by bounds: 死亡3人以上、10人以下的为较大事故."""
        if self.defined < self.context.end:
            sentence = self.text[at : self.context.end]
            bounds = _BOUNDS.findall(sentence)
            self.defining = len(bounds) > 1 and _DEFINES.search(sentence) is not None
            self.defined = self.context.end
        return self.defining

    def _tells_class(self, ahead: Before, end: int, unit: str, leads: str) -> bool:
        """投资超亿元的3个, 满5年的护理员: whether a bound before 的 says which are counted."""
        if leads == "满":
            return True
        if leads == "过" and unit.endswith("元") and not ahead.wording:  # 纳税过1亿元的企业
            return True
        counted = _SHARE_COUNTED if unit in RATES else _CLASS_COUNTED
        return bool(ahead.wording) and counted.match(self.text, end) is not None
