"""A figure with its unit and the words around it: a claim."""

import re

from zhenzhi.amounts import wording
from zhenzhi.scan import forms
from zhenzhi.scan.before import ENDS, Before, before
from zhenzhi.scan.bounds import OF_AGE, Bounds
from zhenzhi.scan.figure import Figure, signed
from zhenzhi.scan.forms import moved, zeros
from zhenzhi.scan.patterns import (
    AND_A_HALF,
    BEHIND,
    BEHIND_FIRST,
    CLASSIFIER_LIKE,
    DIGITS,
    FRACTION,
    FROM_ABOVE,
    RATES,
    SCORE,
    STOPS,
    TENTHS,
    WINDOW,
    decimal,
    read_rare,
)

#: What stands between the members of a list that carries its verb on.
_LISTED = frozenset("、和及与")
#: What these count is the structure itself.
_STRUCTURES = frozenset(("grid", "level"))
#: These are parts of a plan where they are announced: 提出20条举措.
_OF_PLANS = frozenset(("measure", "aspect", "action", "action-plan", "plan"))
_RATE_UNITS = frozenset(RATES.values())
#: What was made so large is so large.
_SIZES = frozenset(("metre", "km", "mu", "square-metre", "square-km", "hectare"))
#: Things that are raised by so many; of others so many are raised.
_MOVES = frozenset("position standing rank person household".split())
#: These count acts and cases.
_ACTS = frozenset("件起宗例")
#: 将耕地划分成3个管区20个地块; up to a stop what follows is of it.
_DIVIDED, _STOPPED = re.compile("(?:划分?|细?分)[成为]了?$"), re.compile("[，。；：\n]")
_DIVIDED_ENDS = frozenset("成为了")
#: 全省40个老区乡镇之一
_ONE_OF = re.compile("[^，。；、\n]{0,10}?之一")
#: What a count is compared with, and what is looked for among so many: 与2010年的185869人相比, 在16个合作社中推行.
_COMPARED_WITH, _AMONG = ("相比", "相较"), re.compile("[^，。；、\n]{1,10}?[中里](?=[，推开选挑])")
#: 为1650名毕业生登记: so many were served.
_FOR = re.compile("(?:^|先后|共|累计|已|并|免费)为$")
_OF_CASES = frozenset(("case", "event", "dispute"))
#: What an amount is told for: 5公里/百平方公里.
_PER = re.compile("/(?P<base>[0-9]{0,4}[百千万亿]{0,2})(?=[一-鿿])")
#: 日均客流超万人次: of these units the one for each day.
_DAILY, _PER_DAY = re.compile("日均|每天|每日|单日"), frozenset(("person-trip", "person-time"))
#: What is worth so much, and is not counted in 亿.
_WORTH = frozenset((None, "item", "project", "industry", "enterprise", "industrial-park", "base", "platform"))
#: 这五年, 过去五年, 五年来 say when.
_SPANS = frozenset(("年", "个月", "天", "周", "个季度"))
_SPAN_BEFORE, _SPAN_LEADS = re.compile("(?:[这那]|过去的?)$"), frozenset("这那去的")
_SPAN_BEHIND = re.compile("下来|以?来(?![了到自临访])|之?前(?![期后往沿一二两三四五六七八九十0-9])")
_THINGS = re.compile("级?的?[^，。；、\n]{0,6}?(?:产业|集群|企业|项目|工程|投资|园区)")
#: 过亿元项目3个
_CLASSED_BY_MONEY = re.compile(
    "级?的?(?:大|重大|重点|产业|工业|投资|招商|制造业|文旅){0,2}(?:项目|企业|镇|村(?!级|集体)|街道|园区|集群|楼宇)"
)
#: What the figures of a list share that stands behind the last of them: 提高20.9、36.2和54个百分点.
_PLAIN, _SIZE = r"[0-9]+(?:\.[0-9]+)?", f"{forms.MULTIPLIER}{{1,2}}"
_SHARED, _SHARED_SIZED = (
    re.compile(f"(?:、{member}){{0,12}}[、和及与]{last}(?![0-9.:])")
    for member, last in ((_PLAIN, f"{_PLAIN}(?P<size>{_SIZE})?"), (_PLAIN + _SIZE, _PLAIN + _SIZE))
)
#: 增长百分之四至百分之五, 百分之四到五
_PERCENT_TO = re.compile(
    "[至到](?:百分之[一二三四五六七八九十零点两0-9.]{1,7}|[一二三四五六七八九十零点两0-9.]{1,7}(?![一-鿿]))"
)
#: 以8%的增速, 以年均10%以上增幅
_OF_GROWTH = re.compile("(?:的(?:年均|同比)?(?=增长)|的?(?:年均|同比)?(?:增长率|增[幅速]|涨幅|(?P<falls>[降跌]幅)))")
_GROWTH_AHEAD = frozenset("的年同增涨降跌")
#: These are counted without a classifier: 3县5乡, 143国.
_REGIONS = frozenset("国省州县区乡校")
#: 平均修复时间缩短22分钟 tells a difference all the same.
_TIMES = frozenset("day hour minute second".split())
_HALVES = frozenset(("年", "月", "小时", "个月"))


class Quantities(Bounds):
    """Reads figures with their units."""

    def _before(self, at: int) -> Before:
        """What stands before the figure at an offset; most figures have nothing of the kind."""
        if at > self.done and self.text[at - 1] in ENDS:
            return before(self.text, at, max(self.done, at - WINDOW))
        return Before(at)

    def _rare(self, at: int, end: int, rule: str, confidence: float = 0.8) -> int:
        """A form that the data package's own reader takes apart; ``at`` and ``end`` are its span, without its unit."""
        text = self.text
        ahead = self._before(at)
        start = ahead.start
        if text.startswith("百分之", at) and text[start - 1 : start] not in ("从", "由"):
            upper = _PERCENT_TO.match(text, end)
            end = upper.end() if upper else end
        unit = self._unit_at(end)
        end += len(unit)
        if (rule == "half" and text[end : end + 1] == "半") or (
            rule == "times" and text[end : end + 1] in ("多", "余")
        ):
            end += 1
        end += len(self._suffix(end))
        found = read_rare(text[start:end])
        if found.low is None:
            return self._numeral(at, end, "word")
        named = found.units[0] if len(found.units) == 1 else self._told_unit(at, end, found.units, unit)
        if rule == "several" and not unit:
            named = self._noun_behind(end)  # 几亿农民
        if found.changes or named == "percentage-point":
            kind = "change"
        elif named in ("percent", "per-mille"):
            kind = "change" if self.context.grows(start, ahead.reached) else "share"
        elif named == "times":
            kind = "change" if text.endswith(("翻", "翻了"), max(self.done, start - 2), start) else "ratio"
        else:
            kind = self.context.kind(start, self.done, named)
        comparison = ahead.comparison if found.changes else None
        value, high = decimal(found.value), decimal(found.value_high)
        if found.changes:
            self.told = (end, -1 if found.falls else 1, comparison)
        elif rule == "tenths" and self._carry(ahead, at):  # 分别下降12.5%和三成
            carried = Figure(at, end, value or "", high=high)
            signed(carried, ahead.sign < 0, False)
            value, high, kind, rule = carried.value, carried.high, "change", "carried"
            comparison = ahead.comparison or self.context.compared(at)
            self.told = (end, ahead.sign, comparison)
        return self._claim(start, end, value, high, named, found.qualifier, kind, rule, confidence, comparison)

    def _figure(self, figure: Figure) -> int:
        """A figure with its unit and what stands before it: a claim."""
        text, at, end = self.text, figure.at, figure.end
        ahead = self._before(at)
        follows = text[end]
        if follows == "成" and not figure.size:
            tenths = TENTHS.match(text, end)
            if tenths:
                return self._rare(at, tenths.end(), "tenths")
        if follows == "分":
            fraction = FRACTION.match(text, at)
            if fraction:
                return self._rare(at, fraction.end(), "fraction")
        if follows in "条则" and text[end + 1 : end + 2] == "”" and text[at - 1] != "“":
            return self._numbered_name(figure, end + 1)
        if ahead.fraction:
            return self._rare(max(at - len(ahead.fraction), self.done), end, "fraction")
        halves = AND_A_HALF.match(text, end) if follows == "个" else None
        if halves:
            return self._rare(at, halves.end(), "half")
        unit = "%" if follows == "%" else self._unit_at(end)
        if not unit and follows in _LISTED and figure.digits:
            shared = self._shared(end, figure.size)
            if shared:
                unit, size = shared
                figure.shared, figure.value = True, moved(figure.value, zeros(size))
                return self._rate(figure, ahead, end, unit) if unit in RATES else self._amount(figure, ahead, unit)
        end += len(unit)
        bound = self._bound_of_class(at, end, unit) if "以" in text[end : end + 3] else 0
        if bound:
            return bound
        joint = text[end]
        if ahead.wording == "over" and unit.endswith("元") and _CLASSED_BY_MONEY.match(text, end):
            return self._numeral(ahead.start, end, "policy-name")
        if joint == "的" and unit and self._tells_class(ahead, end, unit, text[at - 1]):
            return self._numeral(ahead.start, end, "policy-name")
        if joint in "-~至到" and not figure.word and self._upper(figure, end, text[ahead.start - 1 : ahead.start]):
            end = figure.end
            unit = self._unit_at(end)
            end += len(unit)
            if unit in OF_AGE:  # 0-14岁人口
                return self._numeral(at, end, "policy-name")
        if unit == "倍":
            return self._rare(at, figure.end, "times", 0.9)
        if unit in _HALVES and text[end] == "半":
            return self._rare(at, figure.end, "half")
        if unit in RATES:
            return self._rate(figure, ahead, end, unit)
        return self._amount(figure, ahead, unit)

    def _numbered_name(self, figure: Figure, end: int) -> int:
        """“稳增长20条”: a name of the place's own, or a policy from above."""
        text, at = self.text, figure.at
        opened = text.rfind("“", max(self.done, at - WINDOW), at)
        if opened > 0 and FROM_ABOVE.search(text, max(0, opened - 6), opened + 1):
            return self._numeral(at, end, "policy-name")
        return self._claim(at, end, figure.value, None, "label", "exact", "label", "label", 0.6)

    def _shared(self, place: int, own: str) -> tuple[str, str] | None:
        """The unit that the figures of a list have in common with the last of them, and its multiplier.

        Where a figure has a multiplier of its own, all of them have: 10.6万、3.8万、3.3万平方公里.
        """
        last = (_SHARED_SIZED if own else _SHARED).match(self.text, place)
        if last is None:
            return None
        unit = "%" if self.text[last.end() : last.end() + 1] == "%" else self._unit_at(last.end())
        size = "" if own else last["size"] or ""
        return (unit, size) if unit and unit not in _SPANS and unit not in OF_AGE else None

    def _upper(self, figure: Figure, place: int, leads: str) -> bool:
        """Takes in the upper end of a range that is joined at an offset; tells whether there is one."""
        text = self.text
        joint = forms.RANGE.match(text, place)
        match = forms.DIGITS.match(text, joint.end()) if joint and leads not in ("从", "由") else None
        if match is None or match["more"]:
            return False
        size, value = match["size"] or "", figure.value
        high = moved(match["n"], zeros(size))
        if text[match.end() : match.end() + 1] in ("年", "月", "日") and len(match["n"]) == 4:
            return False
        low, top = (float(number.replace(",", "")) for number in (figure.digits or figure.value, match["n"]))
        if size and not figure.size and text[place - 1] in DIGITS and low < top:  # 50-100万
            value = moved(value, zeros(size))
        figure.value, figure.high = (high, value) if float(value) > float(high) else (value, high)
        figure.end, figure.size = match.end(), size or figure.size
        return True

    def _rate(self, figure: Figure, ahead: Before, end: int, unit: str) -> int:
        """A share, a rate of growth or a difference of shares; in a list it is what the one before it is."""
        text, at = self.text, figure.at
        end = self._worded(figure, ahead, end)
        last, rule = self.last_rate, "percent"
        if self._carry(ahead, at):
            rule = "carried"
        sign, comparison = ahead.sign, ahead.comparison
        changes = bool(sign) or unit[-1] == "点" or self.context.grows(ahead.start, ahead.reached)
        if not changes and at - last[0] < 3 and text[last[0] : at] in _LISTED:
            changes = last[1]
        of_growth = _OF_GROWTH.match(text, end) if not changes and text[end] in _GROWTH_AHEAD else None
        if of_growth:
            changes, sign = True, -1 if of_growth["falls"] else 1
        self.last_rate = (end, changes)
        if sign:
            self.told = (end, sign, comparison)
        if sign < 0 or ahead.negative:
            signed(figure, sign < 0, ahead.negative)
        return self._claim(
            ahead.start, end, figure.value, figure.high, RATES[unit], wording.QUALIFIERS[figure.word],
            "change" if changes else "share", rule, 0.98, comparison or (self.context.compared(at) if changes else None),
        )  # fmt: skip

    def _carry(self, ahead: Before, at: int) -> bool:
        """Takes on the sign of the change that a list carries on to a figure; tells whether there is one."""
        told = self.told
        if ahead.sign or told is None or at - told[0] > 2 or self.text[told[0] : at] not in _LISTED:
            return False
        ahead.sign, ahead.comparison = told[1], told[2]
        return True

    def _worded(self, figure: Figure, ahead: Before, end: int) -> int:
        """Takes in what the words around a figure say of it; returns where the last of them ends."""
        suffix = self._suffix(end) if self.text[end] in BEHIND_FIRST else ""
        if figure.high is not None:
            figure.word = "range"
        elif not figure.word:
            figure.word = BEHIND[suffix] if suffix else ahead.wording or "exact"
        return end + len(suffix)

    def _amount(self, figure: Figure, ahead: Before, unit: str) -> int:
        """A claim in a unit that is no per cent."""
        text, at = self.text, figure.at
        when = self._says_when(figure, ahead, unit) if unit in _SPANS else 0
        if when:
            return when
        end, start, parts = figure.end + (0 if figure.shared else len(unit)), ahead.start, False
        classifier = (
            text[figure.end] in CLASSIFIER_LIKE
            and (not unit or unit in self.words.classifiers)
            and text[figure.end : figure.end + 2] not in self.words.no_units
        )
        if classifier and text[end] not in BEHIND_FIRST:
            unit, parts = self._behind_classifier(figure.end, unit)
            end = figure.end + len(unit)
            parts = parts and (unit[:1] == "大" or text[at] not in DIGITS or unit[-2:] not in self.words.things)
        if "多" in unit and not figure.word:
            figure.word = "more"
        if text[end] == "多" and unit in wording.MEASURES and wording.BEYOND.match(text, end):
            figure.word, end = "more", end + 1
        end = self._worded(figure, ahead, end)
        # 利润增长8%、3家上市: an amount carries on amounts alone.
        listed = bool(unit and self.claims) and self.claims[-1].unit not in _RATE_UNITS
        carried = listed and self._carry(ahead, at)
        if unit:
            named = self._unit(figure, unit, end, bool(ahead.sign))
            rule, confidence = "carried" if carried or figure.shared else "amount", 0.95
        else:
            named, end = self._unwritten(figure, end)
            rule, confidence = "figure", 0.6
        if ahead.sign and self._is_no_change(ahead.start, unit, named):
            ahead.sign, start = 0, at
        if ahead.sign < 0 or ahead.negative:
            signed(figure, ahead.sign < 0, ahead.negative)
        if named == "yuan":
            self.money = at
        elif named is None and parts:
            named = "item"
        per = _PER.match(text, end) if text[end] == "/" else None
        each = per is not None or (text[end] == "每" and named == "yuan" and self._unit_at(end + 1) != "")  # 31元每斤
        if per is not None:
            end = per.end("base") + len(self._unit_at(per.end("base")))
        kind = self._kind(figure, ahead, named, parts, each, unit != "" and (unit[0] in _ACTS or unit == "人次"))
        if named in self.words.counted and kind in ("level", "flow", "count-of-components"):
            kind = self._of_its_place(ahead.start, end, kind)
        if kind == "level" and named in self.words.counted and self.words.happens.match(text, end):
            kind = "flow"  # 2967人报名
        if kind == "change":
            self.told = (end, ahead.sign, ahead.comparison)
        if kind == "ratio" and named in _PER_DAY and _DAILY.search(self.context.clause(start)):
            named = f"{named}-per-day"
        if kind == "duration" and named == "year" and figure.word == "nearly" and len(figure.value) == 1:
            figure.word = "exact"  # 近3年: the last three years
        return self._claim(
            start, end, figure.value, figure.high, named, wording.QUALIFIERS[figure.word], kind, rule, confidence,
            ahead.comparison if kind == "change" else None,
        )  # fmt: skip

    def _unwritten(self, figure: Figure, end: int) -> tuple[str | None, int]:
        """The unit of a figure without one, and where the figure ends: the nouns beside it tell, or that it is money."""
        text, at = self.text, figure.at
        named, follows = self._noun_behind(figure.end) or self._noun_before(at), text[end]
        last = (figure.size or text[figure.end - 1])[-1]
        if follows == "分" and text[at - 1 : at] != "时" and SCORE.match(text, end):
            return "score", end + 1  # 得分91.6分, and not 4小时30分
        if last == "亿" and named == "task":
            return "yuan", end  # 完成任务100亿
        if figure.size[-1:] == "亿" and named in _WORTH and _THINGS.match(text, end):
            return "yuan", end  # 打造105亿的产业集群
        money = self.words.money
        if last in "百千万亿" and (money.search(self.context.clause(at)) or money.match(text, end)):
            return "yuan", end  # 产值突破百亿大关
        if named is None and last in "万亿" and self.context.in_sentence(self.money):
            return "yuan", end  # 收入任务174万，完成198万
        if named is None and last not in "百千万亿" and follows in _REGIONS:
            return "item", end + 1
        return named, end

    def _is_no_change(self, verb: int, unit: str, named: str | None) -> bool:
        """Whether a verb of growth before an amount tells no difference: 持续增长15年, 提升8个小区, 提高四方面能力."""
        text = self.text
        if unit in _SPANS and text[verb - 2 : verb] in ("持续", "连续"):
            return True
        return text[verb] == "提" and named in self.words.counted - _MOVES

    def _says_when(self, figure: Figure, ahead: Before, unit: str) -> int:
        """这五年, 过去的五年, 三年来: a time that says when; 0 where it is a length of time."""
        text, at, end = self.text, figure.at, figure.end + len(unit)
        behind = _SPAN_BEHIND.match(text, end)
        leads = text[at - 1] if at > self.done else ""
        told = _SPAN_BEFORE.search(text, max(self.done, at - 3), at) if leads in _SPAN_LEADS else None
        if behind or told:
            return self._numeral(told.start() if told else ahead.start, behind.end() if behind else end, "date")
        return self._numeral(at, end, "date") if leads == "的" and text[end : end + 1] in STOPS else 0

    def _kind(self, figure: Figure, ahead: Before, named: str | None, parts: bool, per: bool, acts: bool) -> str:
        """The kind of an amount or a count."""
        if named == "wind-force":
            return "level"
        if not ahead.sign and (parts or named in _STRUCTURES):
            return "count-of-components"
        if named in _OF_PLANS and self.context.plans.announced(ahead.start):
            return "count-of-components"
        if named is not None and (ahead.each or per):
            return "ratio"
        kind = self.context.kind(ahead.start, self.done, named, acts)
        if (
            kind == "flow"
            and (named in self.words.counted or named in _SIZES)
            and (ahead.reached or self.context.from_there(ahead.start))
        ):
            return "level"  # 由310个增加到525个
        if (
            kind == "flow"
            and named in self.words.counted
            and self.context.sums_up(ahead.start, bool(self.claims) and self.claims[-1].unit == named)
        ):
            return "level"  # 驰名商标总量突破百件
        differs = ahead.sign and named is not None and (kind != "ratio" or named in _TIMES)
        return "change" if differs else kind

    def _of_its_place(self, start: int, end: int, kind: str) -> str:
        """The kind of a count as the words right around it tell: what is divided, one of so many, what is compared with."""
        text = self.text
        clause = self.context.clause(start)
        near = 0 < self.divided and start - self.divided < WINDOW
        goes_on = near and _STOPPED.search(text, self.divided, start) is None
        ends = clause[-1:]
        if goes_on or (ends in _DIVIDED_ENDS and _DIVIDED.search(clause)):
            self.divided = end
            return "count-of-components"
        if (
            (text.find("之一", end, end + WINDOW) >= 0 and _ONE_OF.match(text, end))
            or text.startswith(_COMPARED_WITH, end)
            or (clause == "在" and _AMONG.match(text, end))
        ):
            return "level"
        last = self.claims[-1] if self.claims and self.done == start else None
        if last and last.end == self.normal.span(start, end)[0] and last.kind in ("level", "flow"):
            return last.kind if last.unit in _OF_CASES or last.unit in self.words.counted else kind  # 逮捕158件196人
        return "flow" if kind == "level" and ends == "为" and _FOR.search(clause) else kind
