"""Numbers that stand in words without a numeral: 每季度, 首个, 翻番."""

import re

from zhenzhi.scan.patterns import decimal, read_rare
from zhenzhi.scan.quantities import Quantities

_FOLDS = re.compile("翻(?:了)?(?:[一两二三四0-9]{1,2})?番|翻倍")
_ONE = re.compile("首(?!台\\(?套)(?=[个家座条所项张例部支笔艘台套宗])")
_WEEKDAYS = frozenset("一二三四五六日")
_TIMES = re.compile(
    "[^，。；、\n]{0,8}?(?P<number>[0-9]{1,3}|[一两三四五六七八九十]{1,2})(?P<class>[次回场期轮]|班(?!级))(?!数)"
)
_DOES = re.compile(
    "召开|开展|组织|举办|例会|评选|巡查|巡逻|公布|公示|更新|通报|检查|走访|活动|学习|研究|调度|会商|报告|主题|推出|评比|党群|落实|推送|发送|开放|值班|更换|清扫|清理|清运|保洁|洒水|消毒|作业|接访|上门"
)
_MONEY_OR_RATE = re.compile("[0-9一二三四五六七八九十百千万]+.{0,3}[元%]")
_FIGURE = re.compile("[0-9]|[一二两三四五六七八九十][个名次元户班场期轮]")


class Frequencies(Quantities):
    """Reads words that hold a number."""

    def _in_words(self, at: int, character: str) -> int:
        text = self.text
        if character == "首":
            if not _ONE.match(text, at) or at < self.done:
                return at + 1
            found = read_rare(text[at : at + 2])
            unit = self._told_unit(at, at + 2, found.units, text[at + 1]) if found.units else None
            return self._claim(at, at + 2, "1", None, unit, "exact", "rank", "one", 0.6)
        if character == "翻":
            fold = _FOLDS.match(text, at)
            if fold is None:
                return at + 1
            found = read_rare(fold.group())
            return self._claim(
                at, fold.end(), decimal(found.value), None, "percent", found.qualifier, "change", "fold", 0.8
            )
        often = self.words.units.frequencies.match(text, at)
        if often is None or at < self.done:
            return at + 1
        return self._frequency(at, often.end(), often.group())

    def _frequency(self, at: int, end: int, word: str) -> int:
        """每季度, 每年召开两次: how often a body does something."""
        text = self.text
        unit = self.words.units.units_of(word)[0]
        weekday = text[end : end + 1] in _WEEKDAYS and text[end + 1 : end + 2] not in "次场回期轮个"
        if unit == "per-week" and weekday:
            self._claim(at, end, "1", None, unit, "exact", "frequency", "frequency", 0.6)
            return self._numeral(end, end + 1, "date")
        times = _TIMES.match(text, end)
        start = at - 2 if text[at - 2 : at] == "至少" and at - 2 >= self.done else at
        if times and times["class"] in "场期轮" and times["number"] not in ("一", "1"):
            return end  # 每周举办2场: so many for each
        if times:
            end = times.end() + len(self._suffix(times.end()))
            found = read_rare(text[start:end])
            return self._claim(
                start, end, decimal(found.value), None, found.units[0] if found.units else unit, found.qualifier,
                "frequency", "frequency", 0.8,
            )  # fmt: skip
        near = text[end : end + 12]
        for stop, character in enumerate(near):
            if character in "，。；\n":
                near = near[:stop]
                break
        if _MONEY_OR_RATE.search(near) or _FIGURE.search(near) or text[end : end + 1] in "人户个":
            return end
        if unit in ("per-year", "per-day") and not _DOES.search(near):
            return end
        return self._claim(at, end, "1", None, unit, "exact", "frequency", "frequency", 0.6)
