"""What the sentence around a figure says of it: whether it is planned, what sort of number it is, when it was."""

import re
from bisect import bisect_left
from functools import lru_cache

from zhenzhi.scan.words import Words, words

_SENTENCE_END = re.compile("[。！？；\n]")
_CLAUSE_ENDS = frozenset("，。；！？:\n、")
#: Growth that a share in per cent is of: 增速分别达18%, and not 增长的贡献率超9成.
_GROWTH = re.compile(
    "(?:增长|增速|增幅|降幅|涨幅|跌幅|下降|上升|提高|上涨|下滑|回落|改善|扩大|缩小|收窄)(?:率|幅|速度|幅度)?"
    "(?:分别|均|约|也|又|仅|已|为|达|到|超|过|近|了|高达|累计|预计|共|保持在|稳定在|在|至|-)*$"
)
_RATIO = re.compile("[人户亩日月年校村生]均|平均|均为|每[人户亩年月天日个名家周辆组万]|单价|密度|/")
#: What is told of a whole place, also behind an amount a head.
_TOTAL = re.compile("集体|总|财政|税|投资|全|村级|镇级|产值|GDP")
_PER_BEFORE = re.compile("每[一-鿿]{1,4}$")
#: A heading of the first order, and its number: a new section, or the parts of one where they begin anew.
_FIRST_ORDER = re.compile("([一二三四五六七八九十]{1,2})、")
_REPORTS = re.compile(
    "回顾|总结|完成情况|成效|成绩|开展情况|基本情况|执行情况|主要做法|工作情况|情况(?:的)?报告|公报|纪实"
)
_PLANS = re.compile(
    "(?:下一步|下阶段|今后|明年|来年|[0-9]{2}年).{0,10}(?:计划|安排|思路|打算|目标|任务|工作|重点)(?:要求)?$"
    "|(?:工作|发展)(?:计划|安排|思路|打算|展望|目标|重点|部署|要点|任务|措施)$"
    "|(?:总体|主要|预期|具体|年度)(?:目标|任务|要求)$|(?:目标|重点|主要)任务$|任务(?:分工|目标|措施)$|(?:实施|工作)步骤$|保障措施$"
)
_PLAN_TITLE = re.compile(
    "(?:行动|实施|工作|建设|整治|创建)方案|计划(?:的通知)?$|规划(?:纲要)?(?:的通知)?$|工作要点|工作安排"
)
#: In a section of plans these tell what is done already.
_ALREADY = re.compile("已|去年|同比|累计|截至|昨日|目前|上年")
#: Words that each tell a paragraph of intentions, or of what was done.
_INTENT = re.compile(
    "将|力争|推动|打造|加快|加速|确保|着力|支持|鼓励|强化|深化|健全|完善|构建|做好|提升|提到|提出|合力|行动计划|实施意见"
)
_DONE = re.compile(
    "了|已|同比|累计|比上年|下降|增长|完成|实现|荣获|成功|得到|共有|以来|去年|截至|近年|显著|目前|现有|获|达|收集|举办|开展|解决|投入|办理|化解|发放|新增"
)
_ENOUGH, _LONG = 2, 600
#: What a document sets itself: 《行动方案》提出, 任务为.
_OF_DOCUMENT = re.compile("(?:计划|方案|规划|意见)》[^。；\n]{0,24}?(?:提到|提出|明确|包括|围绕|要求|:)")
_TASK = re.compile("(?:任务|目标|指标|预算)(?:数|值)?(?:为|是|定为)?$")
_CREDIT = re.compile("[^，。；、\n]{0,4}授信")
_LONGEST_HEADING = 34
#: So many of the first lines may be the title.
_TITLES = 2
_NUMBERS = "一二三四五六七八九十"
_BY_YEAR = re.compile("到20[0-9]{2}年")
#: 将 before these takes an object and tells no future.
_TAKEN = frozenset("0123456789一二三四五六七八九十两其该各这近军")
_NEAR = 18

#: Nouns say less than verbs: 新增绿地600亩 is a flow though 绿地 is a stock.
_NOUNS = {"stock": "level", "turnover": "flow"}
#: Kinds of units whatever the verb says.
_DURATIONS = frozenset("year month week day hour minute half-year quarter".split())
_FLOWS = frozenset(
    "yuan usd hkd person-trip person-time case event dispute opinion record task time session kwh tonne payment transaction "
    "project measure problem kilogram household-trip enterprise-trip coupon cubic-metre article document".split()
)


#: Acts are counted by these whatever the noun.
_ALWAYS_FLOWS = frozenset("person-trip person-time time session household-trip enterprise-trip firm-visit".split())


class Context:
    """Follows the sentences of a text."""

    def __init__(self, text: str, known: Words):
        self._text = text
        self._words = known
        self._start = self._end = 0
        self._marked = -1
        #: The words of the sentence that tell a status, in order: where they stand and what they tell.
        self._places: list[tuple[int, str]] = []
        self._section = self._usual = "reported"
        #: The number of the last heading of the first order, and the end of the paragraph that was judged last.
        self._number, self._judged, self._paragraph = "", -1, ""
        self._titles = 0
        #: The places that the text names, in its order, and how many of them stand before what is read.
        self._named = known.places.named(text)
        self._passed = 0
        self.year: str | None = None
        self.period: str | None = None
        self._dated = -1
        #: The kind that a verb gave last, and the sentence in which it did: lists inherit it.
        self._kind, self._kind_start = "", -1
        self._kind_unit: str | None = None

    def at(self, place: int) -> None:
        """Goes on to the sentence that holds an offset."""
        text = self._text
        while place >= self._end:
            start = self._end
            ended = _SENTENCE_END.search(text, start)
            end = len(text) + 1 if ended is None else ended.end()
            self._start, self._end = start, end
            if end - start <= _LONGEST_HEADING and (ended is None or ended.group() == "\n"):
                self._heading(text[start : end - 1])
        self._mark()

    def _heading(self, line: str) -> None:
        """A heading says what its section is about; the title, what the text is."""
        line = line.strip(": ")
        if not line or line.startswith("-"):
            return
        if line.startswith("#"):  # another piece of the page
            self._section = self._usual
        planned, reports = _PLANS.search(line) is not None, _REPORTS.search(line) is not None
        self._titles += 1
        if self._titles <= _TITLES and not _FIRST_ORDER.match(line):
            if (planned or _PLAN_TITLE.search(line)) and not reports:
                self._usual = self._section = "planned"
            return
        order = _FIRST_ORDER.match(line)
        if reports:
            self._section = "done"
        elif planned:
            self._section = "planned"
        elif order and order[1] != "一":
            nested = self._number and _NUMBERS.find(order[1]) == _NUMBERS.find(self._number) + 1
            if not nested or self._section == "done":
                self._section = self._usual
        if order:
            self._number = order[1]

    def _mark(self) -> None:
        """Finds what the sentence says of plans, once."""
        if self._marked == self._start:
            return
        self._marked = self._start
        self._places = []
        for match in self._words.status.finditer(self._text, self._start, self._end):
            means = self._words.statuses[match.group()]
            if means != "none" and not (match.group() == "将" and self._text[match.end() : match.end() + 1] in _TAKEN):
                self._places.append((match.start(), means))
        for match in _BY_YEAR.finditer(self._text, self._start, self._end):
            if self.year is None or match.group()[1:5] > self.year:
                self._places.append((match.start(), "planned"))
        for match in _OF_DOCUMENT.finditer(self._text, self._start, self._end):
            self._places.append((match.start(), "planned"))
        self._places.sort()

    def status(self, place: int, end: int) -> str:
        """The status of a figure, by the words beside it, those before it in its sentence, its section, its paragraph."""
        text = self._text
        if _TASK.search(text, max(self._start, place - 8), place):
            return "planned"
        if text.find("授信", end, end + 6) > 0 and _CREDIT.match(text, end):
            return "pledged"
        before = bisect_left(self._places, (place,))
        if before:
            return self._places[before - 1][1]
        if self._section == "planned":
            return "reported" if _ALREADY.search(text, max(self._start, place - _LONG), place) else "planned"
        return "reported" if self._section == "done" else self._of_paragraph(place)

    def _of_paragraph(self, place: int) -> str:
        """Planned where a paragraph tells intentions and nothing that was done."""
        if place >= self._judged:
            text = self._text
            start = text.rfind("\n", max(0, place - _LONG), place) + 1
            end = text.find("\n", place, place + _LONG)
            end = min(place + _LONG, len(text)) if end < 0 else end
            start = max(start, place - _LONG)
            self._judged = end
            done = _DONE.search(text, start, end) is not None
            intents = 0 if done else len(_INTENT.findall(text, start, end))
            self._paragraph = "planned" if intents >= _ENOUGH else "reported"
        return self._paragraph

    def in_sentence(self, place: int) -> bool:
        """Whether an offset stands in the sentence that is read."""
        return place >= self._start

    def date(self, start: int, written: str) -> None:
        """Takes note of a date."""
        period = edtf(written, self.year)
        if period:
            self.period, self._dated = period, self._start
            if period[:4].isdigit():
                self.year = period[:4]

    def period_at(self) -> str | None:
        """The date that was told last; marked as uncertain where an earlier sentence told it."""
        if self.period is None:
            return None
        return self.period if self._dated == self._start else self.period + "?"

    def place_at(self, place: int) -> str | None:
        """The place that was named last; marked as uncertain where an earlier sentence named it."""
        named = self._named
        while self._passed < len(named) and named[self._passed][0] < place:
            self._passed += 1
        if not self._passed:
            return None
        start, found = named[self._passed - 1]
        return found if start >= self._start else found + "?"

    def clause(self, start: int) -> str:
        """The words before an offset, up to the last stop."""
        text = self._text[max(self._start, start - _NEAR) : start]
        for place in range(len(text) - 1, -1, -1):
            if text[place] in _CLAUSE_ENDS:
                return text[place + 1 :]
        return text

    def grows(self, start: int) -> bool:
        """Whether the clause before a share in per cent tells of growth: 增速8.7%."""
        return _GROWTH.search(self.clause(start)) is not None

    def kind(self, start: int, done: int, unit: str | None) -> str:
        """Level, flow, ratio or duration of an amount or count, by its unit and by the words before it."""
        clause = self.clause(start)
        near = clause if start - done >= len(clause) else clause[len(clause) - start + done :]
        if _is_ratio(near):
            if unit == "yuan":
                self._kind, self._kind_start, self._kind_unit = "ratio", self._start, unit
            return "ratio"
        if unit in _DURATIONS:
            return "duration"
        if unit in _ALWAYS_FLOWS:
            return "flow"
        found, strong = _verb_says(clause)
        listed = self._kind == "ratio" and self._kind_start == self._start and unit == self._kind_unit == "yuan"
        if listed and not _TOTAL.search(clause):
            return "ratio"  # 人均收入3万元，其中工资性收入2万元
        carried = self._kind_start == self._start and (self._kind != "ratio" or unit == self._kind_unit)
        if carried and (found is None or (not strong and self._text[start - len(clause) - 1] in "、和")):
            return self._kind  # 新增床位1500张、学位2760个
        if found is not None:
            self._kind, self._kind_start = found, self._start
        return found or ("flow" if unit in _FLOWS else "level")


@lru_cache(maxsize=16384)
def _is_ratio(words_before: str) -> bool:
    """Whether an amount is told for each of something."""
    return bool(_RATIO.search(words_before) or _PER_BEFORE.search(words_before))


@lru_cache(maxsize=16384)
def _verb_says(clause: str) -> tuple[str | None, bool]:
    """Level or flow, as the last verb of a clause says, or its last noun where it has no verb; whether a verb does."""
    known = words()
    weak = strong = None
    for match in known.verb.finditer(clause):
        means = known.verbs[match.group()]
        if means in _NOUNS:
            weak = _NOUNS[means]
        else:
            strong = means
    return strong or weak, strong is not None


_YEAR = re.compile("(?:19|20)[0-9]{2}")
_MONTHS = re.compile("([0-9]{1,2})月?[-~至到]([0-9]{1,2})月")
_MONTH = re.compile("([0-9]{1,2})月(?:([0-9]{1,2})[日号])?")
_PLAIN = re.compile("((?:19|20)[0-9]{2})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")


def edtf(written: str, year: str | None) -> str | None:
    """A date as a text writes it, as EDTF; the year of the text where it names none, ``None`` without any."""
    plain = _PLAIN.match(written)
    if plain:
        return f"{plain[1]}-{int(plain[2]):02}-{int(plain[3]):02}"
    years = _YEAR.findall(written)
    if len(years) == 2:
        return f"{years[0]}/{years[1]}"
    year = years[0] if years else year
    if year is None:
        return None
    months = _MONTHS.search(written)
    if months:
        return f"{year}-{int(months[1]):02}/{year}-{int(months[2]):02}"
    month = _MONTH.search(written)
    if month:
        return f"{year}-{int(month[1]):02}" + (f"-{int(month[2]):02}" if month[2] else "")
    return year if years else None
