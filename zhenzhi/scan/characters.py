"""Numerals in characters and signs: what sort of numeral begins where."""

import re

from zhenzhi.amounts.numerals import POINT, wording_of
from zhenzhi.scan import forms
from zhenzhi.scan.before import ENDS, before
from zhenzhi.scan.counts import IN_QUOTES, QUOTED_PARTS
from zhenzhi.scan.figure import Figure
from zhenzhi.scan.forms import in_characters
from zhenzhi.scan.ones import Ones
from zhenzhi.scan.patterns import (
    CAPTIONS,
    CLASSIFIER_LIKE,
    DURATION_BEFORE,
    FRACTION,
    FROM_ABOVE,
    MEANS,
    SENTENCE,
    TENTHS,
    WINDOW,
    decimal,
    read_rare,
)

_POINT = re.compile(f"(?:{POINT})[万亿]{{0,2}}")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")
_LARGE = frozenset("十百千万亿")
#: 唯一 before these is an adjective.
_NO_ONE = frozenset("性的一")
_VILLAGE = re.compile("[^亩里名户元人村镇个家吨”，。、](?:[村镇]|街道|(?<![条个])乡)")
_PLAN_PERIOD = re.compile("[一二三四五六七八九十]{1,2}五(?=”)")
#: “千村整治、百村示范”
_MAGNITUDES = re.compile("[十百千万][一-鿿]{1,4}、[十百千万][一-鿿]{1,4}(?=”)")
#: These count nothing behind a bare magnitude: 百城, 千步.
_PARTS_OF_NAMES = frozenset("城 带 库 方 好 化 地 路 河 周 口 面 道 分 头 位 级 类 项 张 步 轮 期".split())
#: 晚上十点, and 提出五点要求.
_OF_DAY = frozenset("午晨晚夜")
_CLOCK = re.compile("点(?:半|钟|多|[零一二三四五十]{1,3}分)?")
#: 十至十五年
_UP_TO = re.compile("[至到][一两三四五六七八九十]{1,3}(?![一-鿿]级)")
#: Behind these a numeral is a day of the old calendar: 腊月二十三.
_OLD_DATES = frozenset(("正月", "腊月", "冬月", "大年"))
_SHORT = 9
_SHARES = ("占", "占了", "占到", "占据")
#: Behind a number that is read digit by digit: 一四三团.
_TROOPS = frozenset("团师连营旅")
_LISTS = frozenset("(:、和，")
_MILLIONS = frozenset(("百万", "十万", "千万"))
#: 半月一调度
_HALF_OFTEN, _HALF_UNITS = re.compile("半[月年]一(?!年|月|天)[一-鿿]?"), {"月": "per-half-month", "年": "per-half-year"}
#: 六(3)班
_FORM = re.compile(r"[一二三四五六七八九]\([0-9一二三四五六七八九十]{1,2}\)班")
_WEEKDAYS = frozenset("一二三四五六")
#: Between a surname and a numeral these begin a given name.
_IN_GIVEN_NAMES = frozenset("小大阿老国建志文永光春德")
_GIVEN_NAME = re.compile("(?![余多人名家户分一众元亩件里])[一-鿿]{2}")
#: 骑马要两天
_TAKES_DAYS = re.compile(f"{DURATION_BEFORE.pattern}|(?:需要?|要|得|花|才|只用)$")
#: 万人起诉率, 千人口床位数: a rate, and what it is for.
_BASE_OF_RATE = re.compile("(?:人口?|元|户)[^，。；、的\n]{0,10}?(?:率|拥有量|数|能耗|水耗|用水量|排放量|占有量)")
_CLASSED = re.compile("级|[^，。；、的\n]{0,8}?(?:项目|企业|产业|集群|园区|工程)")
_POINTS_AT = frozenset("这那前")
_NOT_DATED = frozenset("建的型式")


class Characters(Ones):
    """Reads what begins with a numeral in characters or with a sign."""

    def _in_characters(self, at: int) -> int:
        text = self.text
        leads = text[at - 1] if at > self.done else ""
        fraction = FRACTION.match(text, at) if text.find("分之", at, at + 6) > 0 else None
        if fraction:
            return self._rare(at, fraction.end(), "fraction")
        point = _POINT.match(text, at) if text.find("点", at, at + 12) > 0 else None
        if point:
            return self._rare(at, point.end(), "times" if text[point.end() : point.end() + 1] == "倍" else "point")
        if text.startswith("百分百", at):
            return self._claim(at, at + 3, "100", None, "percent", "exact", "share", "percent", 0.8)
        if leads == "唯" and text[at] == "一" and text[at + 1 : at + 2] not in _NO_ONE:
            return self._claim(at - 1, at + 1, "1", None, "item", "exact", "rank", "one", 0.6)
        form = _FORM.match(text, at) if text[at + 1 : at + 2] == "(" else None
        if form:
            return self._numeral(at, form.end(), "name")
        found = self._person(at, leads) or self._known(at, leads)
        if found:
            return found
        match = forms.CHINESE.match(text, at)
        if match is None:  # the 千 of 千瓦
            return self._numeral(at, at + 1, "word")
        return self._ordered(at, match, leads) or self._number(at, match, leads)

    def _person(self, at: int, leads: str) -> int:
        """A numeral in a person's name behind a title: 记者王三水, 村民马小五, 校长万志红; 0 where it is in none."""
        text, surnames = self.text, self.words.surnames
        if leads in surnames:
            start = at - 1
            if leads in "周高" and text[at] in _WEEKDAYS:  # 周三, 高三
                return 0
        elif leads in _IN_GIVEN_NAMES and at - 2 >= self.done and text[at - 2] in surnames:
            start = at - 2
        elif text[at] == "万" and _GIVEN_NAME.match(text, at + 1):
            start = at
        else:
            return 0
        if not self.words.title.search(text, max(self.done, start - _SHORT), start):
            return 0
        return self._numeral(start, at + 1 + ("一" <= text[at + 1 : at + 2] <= "鿿"), "name")

    def _known(self, at: int, leads: str) -> int:
        """A numeral in a word of the lexicon; 0 where it is in none, or where more than the word says stands here."""
        text = self.text
        word = self.words.numeral_word(text, at, self.done)
        if word is None:
            return 0
        start, end, reason = word
        if text[end - 1] == "期" and text[start - 1 : start] == "分":
            return 0  # 分三期建成
        if text[end : end + 1] == "是" and (not leads or leads in SENTENCE) and forms.MARK_WORD.match(text, at):
            return 0  # 十一是强化考核
        if text[at] == "一" and leads and leads in _LISTS and self._of_ones(at):
            return 0
        if text[start:end] == "一起" and self._one_case(at):
            return 0
        if leads == "第" and (start == at or (reason == "ordinal" and self._ranked(start, end))):
            return 0
        follows = text[end : end + 1]
        if leads == "第" and start >= at - 1 and reason == "ordinal" and follows:
            if (
                follows in "名位，批季届次产"
                or self.words.institution.match(text, end)
                or text.startswith("个五年", end)
            ):
                return 0
        sorts = reason == "ordinal" and text[end - 1] in "类级档"
        if sorts and (text[start - 1 : start] in ("为", "成", "分") or self._lists_ahead(start)):
            return 0  # 划为三类; 简易、复杂两类
        if text.endswith("产业", start, end) and (
            text[end : end + 2] in ("集群", "平台", "园区") or self._lists_ahead(start)
        ):
            return 0
        if (
            end - start == 2
            and _NUMERALS.issuperset(text[start:end])
            and (follows in CLASSIFIER_LIKE or self._unit_at(end))
        ):
            return 0  # 十一个
        if start == at and text[at] != "一" and leads != "、" and at + 1 + len(self._unit_at(at + 1)) > end:
            return 0  # 三轮次, and not 三轮
        parts = QUOTED_PARTS.match(text, at) if leads == "“" else None
        if parts and (reason in ("word", "name") or (follows != "”" and len(parts.group()) <= _SHORT)):
            return 0  # “一核两翼三带”
        if text[start:end] == "一半" and (
            self._before(start).start < start or text.endswith(_SHARES, max(self.done, start - 2), start)
        ):  # 缩短近一半, 占了一半
            return self._rare(start, end, "half")
        if reason == "word" and text[end - 1] == "天" and leads not in _POINTS_AT:
            if _TAKES_DAYS.search(text, max(self.done, start - 4), start) or text.startswith(("时间", "内", "就"), end):
                return 0  # 用了两天, 两天时间
        if reason in ("word", "ordinal"):
            longer = forms.CHINESE.match(text, at)
            if longer is not None and longer.end() > end:
                return 0
        if reason == "date":
            if text[start : start + 2] in ("星期", "礼拜") and text[start - 1 : start] in _NOT_DATED:
                reason = "name"  # in the name of a day of the Party
            else:
                self.context.date(start, text[start:end])
        return self._numeral(start, end, reason)

    def _ordered(self, at: int, match: re.Match, leads: str) -> int:
        """A date, an event, a mark of a list, an ordinal, a rank; 0 where it is none of them."""
        text = self.text
        end, follows = match.end(), text[match.end() : match.end() + 1]
        if follows in "年月日季世":
            date = forms.CHINESE_DATE.match(text, at)
            if date and not (date.group()[-1] in "日月" and DURATION_BEFORE.search(text, max(self.done, at - 3), at)):
                self.context.date(at, date.group())
                return self._numeral(at, date.end(), "date")
        era = self._era_year(at) if follows == "年" else 0
        if era:
            return self._numeral(at, era, "date")
        if leads == "第":
            return self._ordinal(at, match.end("n"))
        if leads and leads in CAPTIONS and self._captioned(at, end):
            return self._numeral(at, end, "page")
        if leads and leads in self.words.numbered_ends:
            borne = self._borne(at, match.end("n"))
            if borne:
                return borne
        if follows in "组队社" and (
            text[at - 1 : at] in ("村", "区") or text[end + 1 : end + 3] in ("组长", "队长", "社长")
        ):
            return self._numeral(at, end + 1, "name")  # 双泉社区五组
        if follows == "强":
            return self._strongest(at, match.end("n"))
        if follows in "届次周中":
            event = forms.EVENT.match(text, at)
            if event and event.group()[-1] != "届":
                return self._numeral(at, event.end(), "event-name")
        if follows in "、)" and (at == 0 or self._begins_line(at) or leads == "("):
            mark = forms.MARK.match(text, at)
            if mark:
                return self._numeral(at, mark.end(), "list-marker")
        if follows in "是则要来" and (not leads or leads in SENTENCE):
            mark = forms.MARK_WORD.match(text, at)
            if mark:
                return self._numeral(at, mark.end(), "list-marker")
        if text[at - 2 : at] in _OLD_DATES and not self._unit_at(end):
            return self._numeral(at, end, "date")
        if leads == "其":
            return self._numeral(at - 1, end, "list-marker")
        if follows == "点" and (leads in _OF_DAY or text[at - 2 : at] in ("晚上", "早上")):
            return self._numeral(at, _CLOCK.match(text, end).end(), "date")  # type: ignore[union-attr]
        if follows == "局" and leads and leads in "铁建交":
            return self._numeral(at, end + 1, "name")  # 中铁十二局
        if follows in "连年届":
            streak = self._streak(at)
            if streak:
                return streak
        if leads == "后" and follows in "位名":
            return self._rank(at - 1, at, match.end("n"))
        return self._first_so_many(at, end) if leads == "前" else 0

    def _number(self, at: int, match: re.Match, leads: str) -> int:
        """A number in characters: a count, a magnitude, a range, or a numbered name."""
        text, end, number = self.text, match.end(), match["n"]
        if leads and leads in "几数" and _LARGE.issuperset(number):
            return self._several(at, end, leads)
        value = in_characters(number + (match["beyond"] or ""))  # 七亿七千多万
        if number in "零〇":
            return self._numeral(at, end, "word")
        upper = _UP_TO.match(text, end) if text[end : end + 1] in "至到" and leads not in ("从", "由") else None
        if upper and self._unit_at(upper.end()):
            return self._rare(at, upper.end(), "range")
        if value is not None and value[1] is not None and text[end : end + 1] == "期":
            return self._numeral(at, end + 1, "name")  # 一二期工程
        if value is not None and value[1] is not None:  # 两三年
            if self._unit_at(end) or text[end : end + 1] in CLASSIFIER_LIKE:
                return self._rare(at, end, "neighbours")
            tenths = TENTHS.match(text, end)
            if tenths:
                return self._rare(at, tenths.end(), "tenths")  # 三四成
            return self._numeral(at, end, "word")
        if value is None or (len(number) > 1 and not _LARGE.intersection(number)):  # 十百千万; 三三制: not thirty-three
            quoted = IN_QUOTES.match(text, at) if leads == "“" and value is not None else None
            if quoted and _PLAN_PERIOD.match(text, at):  # “八五”普法
                return self._numeral(at, end, "event-name")
            if quoted and FROM_ABOVE.search(text, max(self.done, at - 6), at):
                return self._numeral(at, end, "policy-name")
            if quoted:
                return self._claim(at, quoted.end() - 1, None, None, "label", "exact", "label", "label", 0.6)
            if value is None and len(number) > 2:
                return self._claim(at, end, None, None, "label", "exact", "label", "label", 0.5)
            troops = text[end : end + 1] in _TROOPS
            return self._numeral(at, end + troops, "word" if value and not troops else "name")
        if number[0] in _LARGE and number[0] != "十":
            return self._bare_magnitude(at, end, number, value[0], leads, match["more"] or "")
        if match["more"]:
            return self._figure(Figure(at, end, value[0], wording_of(match["more"])))
        if number == "一":
            return self._one(at, leads)
        return self._count(at, end, value[0], leads)

    def _several(self, at: int, end: int, leads: str) -> int:
        """几十, 数百 and the like."""
        text = self.text
        if leads == "数" and at > 1 and text[at - 2] in "人总指次件户个倍系参岁" or at - 1 < self.done:
            return self._bare_magnitude(at, end, text[at:end], in_characters(text[at:end])[0], "", "")  # type: ignore[index]
        return self._rare(at - 1, end, "several")

    def _bare_magnitude(self, at: int, end: int, number: str, value: str, leads: str, more: str) -> int:
        """近亿元, 上千人, 万亩, 千村: an amount where a qualifier or money says so, else a name."""
        text = self.text
        unit = self._unit_at(end)
        qualified = leads in ENDS and before(text, at, max(self.done, at - WINDOW)).wording if leads else ""
        if leads == "“" and unit and text[end + len(unit) : end + len(unit) + 2] in ("村”", "镇”", "户”", "级”"):
            units = self.words.unit_of_tail(unit)
            return self._claim(at, end + len(unit), value, None, units[0], "exact", "label", "magnitude", 0.6)
        if leads == "每" or (not qualified and not more and _BASE_OF_RATE.match(text, end)):
            return self._numeral(at, end + len(unit), "word")
        paired = _MAGNITUDES.match(text, at) if leads == "“" else None
        if paired:
            return self._numeral(at, paired.end(), "policy-name")
        if len(number) == 1 and not qualified:
            place = _VILLAGE.match(text, end)
            if place:
                return self._numeral(at, place.end(), "name")
        if number in _MILLIONS and not unit and not qualified and self.words.crowd.match(text, end):
            return self._claim(at, end, value, None, "person", "exact", "label", "magnitude", 0.6)  # 百万市民
        if len(number) > 1 and not unit and not more and not qualified:
            return self._numeral(at, end, "policy-name" if leads == "“" else "word")
        if unit == "元" and not qualified and not more and _CLASSED.match(text, end + 1):
            return self._numeral(at, end + 1, "policy-name")  # 百亿元级产业集群
        if qualified or more or unit in ("元", "美元", "港元") or (unit and self._suffix(end + len(unit))):
            return self._figure(Figure(at, end, value, wording_of(more), size=number))
        if unit and unit not in _PARTS_OF_NAMES:
            units = self.words.unit_of_tail(unit)
            named = units[0] if len(units) == 1 else self._told_unit(at, end + len(unit), units, unit)
            if leads == "“" or unit == "村" or named is None:
                named = "label"  # “万名党员进党校”
            return self._claim(at, end + len(unit), value, None, named, "exact", "label", "magnitude", 0.6)
        follows = text[end : end + 1]
        if leads == "“" and MEANS.match(text, end):
            return self._numeral(at, end, "name")  # “百”是指百里交通
        if leads == "“" or follows in "村镇县企校":
            return self._numeral(at, end + len(follows), "policy-name")
        return self._numeral(at, end, "word")

    def _in_capitals(self, at: int) -> int:
        match = forms.FORMAL.match(self.text, at)
        if match is None:
            return at + 1
        value = in_characters(match.group())
        if value is None:
            return self._numeral(at, match.end(), "word")
        return self._figure(Figure(at, match.end(), value[0]))

    def _sign(self, at: int) -> int:
        """Numerals of other scripts, in circles, as powers."""
        match = forms.ANY.match(self.text, at)
        end = match.end() if match else at + 1
        character = self.text[at]
        if "①" <= character <= "⒛" or "㈠" <= character <= "㈩":
            end = at + 1
        if character in "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ" and self.text[end : end + 1] == "级":
            found = read_rare(self.text[at : end + 1])
            if found.low is not None:
                return self._claim(
                    at, end + 1, decimal(found.value), None, "rank", found.qualifier, "rank", "grade", 0.7
                )
        if self.text[end : end + 1] == "类":
            return self._numeral(at, end + 1, "ordinal")
        if "①" <= character <= "⒛" or "㈠" <= character <= "㈩":
            return self._numeral(at, end, "list-marker")
        return self._numeral(at, end, "name")

    def _half(self, at: int) -> int:
        text = self.text
        leads = text[at - 1] if at > self.done else ""
        if leads in "上下" and leads and text[at + 1 : at + 2] == "年":
            return self._numeral(at - 1, at + 2, "date")
        word = self.words.numeral_word(text, at, self.done)
        if word is not None:
            return self._numeral(*word)
        often = _HALF_OFTEN.match(text, at)
        if often:
            return self._claim(
                at, often.end(), "1", None, _HALF_UNITS[text[at + 1]], "exact", "frequency", "frequency", 0.8
            )
        if leads == "过" or text[at + 1 : at + 2] in ("数",):
            return self._rare(at, at + 1 + (text[at + 1 : at + 2] == "数"), "half", 0.7)
        unit = self._unit_at(at + 1)
        if text[at + 1 + len(unit)] == "》":
            return self._numeral(at, at + 1 + len(unit), "name")  # 《经济半小时》
        if unit == "年" and text[at + 2 : at + 4] in ("以来", "下来"):
            return self._numeral(at, at + 2, "date")  # 半年以来
        if unit in ("年", "个月", "小时", "天", "个小时"):
            return self._rare(at, at + 1, "half", 0.7)
        return self._numeral(at, at + 1, "word")
