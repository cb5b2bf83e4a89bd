"""What the sentence around a figure says of it: what sort of number it is, when and where it was."""

import re
from functools import lru_cache

from zhenzhi.amounts.growth import RATES
from zhenzhi.scan.before import SAME_PERIOD
from zhenzhi.scan.plans import Plans
from zhenzhi.scan.words import Words, words

_SENTENCE_END = re.compile("[。！？；\n]")
_UP_TO_CLAUSE = re.compile("(?s).*[，。；！？:\n、]")
_UP_TO_STOP = re.compile("(?s)^.*[，。；！？:\n]")
#: Growth that a share in per cent is of: 增速分别达18%, and not 增长的贡献率超9成.
_GROWTH = re.compile(
    "(?:增长|增速|增幅|降幅|涨幅|跌幅|下降|上升|提高|上涨|下滑|回落|改善|扩大|缩小|收窄)(?:率|幅|速度|幅度)?"
    "(?:分别|均|约|也|又|仅|已|为|达|到|超|过|近|了|高达|累计|预计|共|保持在|稳定在|控制在|在|至|-)*$"
)
_RATE = re.compile("|".join(RATES))
_RATIO = re.compile(
    "[人户亩日月年校村生场店班镇企组次车站周季]均|平均|均为|每[人户亩月天日个名家周辆组千万百斤吨公桌盒瓶箱株棵间台期班页]|每学[年期]"
    "|单价|密度|[亩单]产(?![业值])|/"
)
#: 每千人拥有: the figure before the noun is the base of what stands behind it.
_BASE = re.compile("每(?:10*)?[百千万]|千人口?[^，]{0,6}数")
#: One of these stands in what the two patterns of amounts for each match.
_FOR_EACH = frozenset("均每/单密亩")
_FROM = re.compile("[由从][^，。；、\n]{0,8}$")
#: A clause that says of the one before it what it came to.
_GOING_ON = frozenset("达由从增提上升约为")
_GOES_ON = re.compile("(?:达到?|由|从|增加?[到至]|提高[到至]|上升到|升至|约?为)[^均每]{0,8}$")
#: What is told of a whole place, also behind an amount a head.
_TOTAL = re.compile("集体|总|预算|财政|税|投资|全|村级|镇级|产值|GDP")
_PER_BEFORE = re.compile("每(?!年)[一-鿿]{1,4}$")
_NEAR = 18
#: So far before a figure a very long sentence is looked through.
_LONG = 600
#: A heading within its line, （二）目标任务。, is no longer than this.
_SHORT_HEADING = 14
#: As far before a figure a list of things may begin that ends with 等.
_LISTED = 48

#: Nouns say less than verbs: 新增绿地600亩 is a flow though 绿地 is a stock.
_NOUNS = {"stock": "level", "turnover": "flow"}
#: Kinds of units whatever the verb says.
_DURATIONS = frozenset("year month week day hour minute half-year quarter".split())
_FLOWS = frozenset(
    "yuan usd hkd person-trip person-time attendance case event dispute opinion record task time session kwh tonne payment "
    "transaction project measure problem kilogram household-trip enterprise-trip coupon cubic-metre article document".split()
)


#: Stocks whatever the verb.
#: 与去年同期相比，事故起数、死亡人数分别下降5%、8%
_COMPARED = re.compile("[与和同跟较](?:去年|上年)(?:同期|同比)相?比")
_REACHED = re.compile("(?:增加|提高|上升|增长|下降|减少)到了?$|增至$")
#: 全镇24个: as many as there are.
_OF_ALL = re.compile("全[省市区县州旗镇乡村街]$")
#: Averages of these are levels as well: 年平均气温13.2℃, 平均海拔2100米.
_LEVELLED = re.compile("平均(?:最[高低])?(?:气温|温度|水温|海拔|水位|年龄)(?:约?为|在|约)?$")
#: 平均办理时长压缩至12天 tells a time, and no amount for each of something.
_LASTING = re.compile("平均[^，。；、]{0,8}(?:时长|时间|用时|时限|周期|耗时|寿命)")
#: 年降雨量, 年加工出口鱼糜: so much in a year.
_IN_A_YEAR = re.compile("(?:(?:^|[全该])年[^，均]{0,7}|[洪径来]水?流?总)量(?:约|分别|达到?|为|可达|在){0,2}$")
_BALANCES = ("余额", "存量", "保有量", "余额达", "余额为", "保有量达")
#: What these tell is all there is; behind a count these tell what there is with it: 净增7家，达到41家.
_SUMS = ("总量", "总数", "总量达", "总数达", "总量达到", "总数达到", "总量为", "总数为")
_COME_TO = frozenset(("达到", "达", "已达", "总数达", "总数达到", "累计达到", "累计达"))
#: Acts are counted by these whatever the noun.
_ALWAYS_FLOWS = frozenset(
    "sailing person-trip person-time attendance time session household-trip enterprise-trip firm-visit vehicle-trip".split()
)


class Context:
    """Follows the sentences of a text."""

    def __init__(self, text: str, known: Words):
        self._text = text
        self._counted, self._issued = known.counted, known.issued
        self._start = 0
        #: Where the sentence ends that is read.
        self.end = 0
        #: A sentence that was asked for what its changes are measured against, and where it has said so.
        self._compared = (-1, 0)
        #: How many sentences were begun.
        self.sentences = 0
        #: The clause that was asked for last, and before what.
        self._asked, self._clause = -1, ""
        self.plans = Plans(text, known)
        #: The places that the text names, in its order, and how many of them stand before what is read.
        self._named = known.places.named(text)
        self._passed = 0
        self.year: str | None = None
        #: The date that was told last; marked as uncertain where an earlier sentence told it.
        self.period: str | None = None
        #: The kind that a verb gave last, and the sentence in which it did: lists inherit it.
        self._kind, self._kind_start = "", -1
        self._kind_unit: str | None = None
        #: Where the amount for each of something began that was told last.
        self._each = -1
        #: The kind and the unit of the last count or amount that is a level or a flow, and in which sentence it was.
        self._last: tuple[str, str | None, int] = ("", None, -1)

    def at(self, place: int) -> None:
        """Goes on to the sentence that holds an offset."""
        text = self._text
        while place >= self.end:
            start = self.end
            ended = _SENTENCE_END.search(text, start)
            end = len(text) + 1 if ended is None else ended.end()
            self._start, self.end = start, end
            self.sentences += 1
            heads = (
                end - start <= _SHORT_HEADING
                and (not start or text[start - 1] == "\n")
                and text[start] in "(一二三四五六七八九十"
            )
            if ended is None or ended.group() == "\n" or heads:
                self.plans.line(text[start : end - 1])
        if self.period and self.period[-1] != "?":
            self.period += "?"
        self.plans.sentence(self._start, self.end, self.year)

    def in_sentence(self, place: int) -> bool:
        """Whether an offset stands in the sentence that is read."""
        return place >= self._start

    def date(self, start: int, written: str) -> None:
        """Takes note of a date; that on which a page was issued is no period of what it tells."""
        period = edtf(written, self.year)
        if period:
            if self._text[start - 1 : start] != ":" or not self._issued.search(
                self._text, max(0, start - _NEAR), start - 1
            ):
                self.period = period
            if period[:4].isdigit() and self._text[start - 1 : start] != "到":
                self.year = period[:4]

    def place_at(self, place: int) -> str | None:
        """The place that was named last; marked as uncertain where an earlier sentence named it."""
        named = self._named
        if not named:
            return None
        while self._passed < len(named) and named[self._passed][0] < place:
            self._passed += 1
        if not self._passed:
            return None
        start, found = named[self._passed - 1]
        return found if start >= self._start else found + "?"

    def clause(self, start: int) -> str:
        """The words before an offset, up to the last stop."""
        if start == self._asked:
            return self._clause
        text = self._text
        first = start - _NEAR if start - _NEAR > self._start else self._start
        ended = _UP_TO_CLAUSE.match(text, first, start)
        self._asked, self._clause = start, text[first if ended is None else ended.end() : start]
        return self._clause

    def _clause_before(self, place: int) -> str:
        """The clause that ends with a comma right before an offset; empty where none does."""
        text = self._text
        if text[place - 1 : place] != "，":
            return ""
        ended = _UP_TO_CLAUSE.match(text, max(self._start, place - _NEAR - 1), place - 1)
        return text[max(self._start, place - _NEAR - 1) if ended is None else ended.end() : place - 1]

    def from_there(self, start: int) -> bool:
        """Whether a figure is what something came from: 由310个增加到525个."""
        return _FROM.search(self.clause(start)) is not None

    def grows(self, start: int, reached: bool = False) -> bool:
        """Whether the clause before a share tells of growth, 增速8.7%; where it is reached, whether it is a rate of it."""
        return (_RATE if reached else _GROWTH).search(self.clause(start)) is not None

    def kind(self, start: int, done: int, unit: str | None, acts: bool = False) -> str:
        """Level, flow, ratio or duration of an amount or count, by its unit and by the words before it.

        ``acts`` says that its classifier counts acts and not things, unless a word tells otherwise.
        """
        told = self._told_kind(start, done, unit, acts)
        if told in ("level", "flow"):
            self._last = (told, unit, self.sentences)
        return told

    def _told_kind(self, start: int, done: int, unit: str | None, acts: bool) -> str:
        clause = self.clause(start)
        near = clause if start - done >= len(clause) else clause[len(clause) - start + done :]
        if clause[:1] in _GOING_ON and _GOES_ON.match(clause):
            near = self._clause_before(start - len(clause)) + near  # 人均收入增长8%，达到2万元
        if "平均" in clause:
            if _LEVELLED.search(clause):
                return "level"
            if unit in _DURATIONS and _LASTING.search(clause):
                return "duration"
        if _is_ratio(near) or (("每" in clause or "千人" in clause) and _BASE.search(clause)):
            if unit == "yuan":
                self._kind, self._kind_start, self._kind_unit = "ratio", self._start, unit
            self._each = done
            return "ratio"
        if self._each >= self._start and self._text[start - len(clause) - 1] in "、和" and done - self._each < _NEAR:
            self._each = done
            return "ratio"  # 每千人拥有床位6.4张、医师2.9名
        if unit in _DURATIONS:
            return "duration"
        if unit in _ALWAYS_FLOWS or ("量" in clause and unit not in self._counted and _IN_A_YEAR.search(clause)):
            return "flow"
        if clause.endswith(_BALANCES):
            self._kind, self._kind_start = "level", self._start
            return "level"  # 实现在保余额8.8亿元
        if "全" in clause and unit in self._counted and _OF_ALL.search(clause):
            return "level"  # 推进全镇24个村组
        found, strong, of_money = verb_says(clause)
        if not strong and "等" in clause:
            ahead = verb_says(_UP_TO_STOP.sub("", self._text[max(self._start, start - _LISTED) : start]))
            if ahead[1]:
                found, strong, of_money = ahead  # 加开甲、乙、丙等方向列车78列
        if of_money and unit in self._counted:
            found = None  # 税收500万元以上企业6家
            alike = self._last[1:] == (unit, self.sentences)  # 新引进项目21个，超10亿元投资项目2个
            if not alike and self._text[start - len(clause) - 1] not in "、和" and not clause.startswith("其中"):
                return "level"
        listed = self._kind == "ratio" and self._kind_start == self._start and unit == self._kind_unit == "yuan"
        if listed:
            did = strong and found == "flow" and not _REACHED.search(clause)  # 每人救助2000元，发放善款72.4万元
            if not did and (not _TOTAL.search(clause) or (_is_ratio(clause) and not _TOTAL.search(near))):
                return "ratio"  # 人均收入3万元，其中工资性收入2万元
            self._kind_start = -1  # 户均增收近万元，村集体收入由2万元增加到16万元
        carried = self._kind_start == self._start and (self._kind != "ratio" or unit == self._kind_unit)
        if not strong and self._last[1] == unit and self._of_them(clause):
            return self._last[0]  # 公开信息69条。其中，机构信息7条，政策信息40条
        if carried and (found is None or (not strong and self._text[start - len(clause) - 1] in "、和")):
            return self._kind  # 新增床位1500张、学位2760个
        if found and (strong or (found == "flow" and not of_money)):
            self._kind, self._kind_start = found, self._start
        return found or ("flow" if acts or unit in _FLOWS else "level")

    def _of_them(self, clause: str) -> bool:
        """Whether a clause, or its whole sentence, tells of the things that were counted right before."""
        sentence = self._last[2]
        if clause.startswith("其中"):
            return sentence >= self.sentences - 1
        return sentence >= self.sentences - 1 and self._text.startswith("其中", self._start)

    def sums_up(self, start: int, same: bool) -> bool:
        """Whether the words before a count say that it is all there is, or, behind one of the same things, what that made."""
        clause = self.clause(start)
        return clause.endswith(_SUMS) or (same and clause in _COME_TO)

    def compared(self, start: int) -> str | None:
        """What the head of the sentence says that its changes are measured against: 与去年同期相比，."""
        if self._compared[0] != self._start:
            found = _COMPARED.search(self._text, self._start, self.end)
            self._compared = self._start, len(self._text) + 1 if found is None else found.end()
        return SAME_PERIOD if self._compared[1] <= start else None

    def sentence_before(self, start: int) -> str:
        """The words of the sentence before an offset; of a very long one the nearest."""
        return self._text[max(self._start, start - _LONG) : start]


@lru_cache(maxsize=16384)
def _is_ratio(words_before: str) -> bool:
    """Whether an amount is told for each of something."""
    if _FOR_EACH.isdisjoint(words_before):
        return False
    return bool(_RATIO.search(words_before) or _PER_BEFORE.search(words_before))


@lru_cache(maxsize=16384)
def verb_says(clause: str) -> tuple[str | None, bool, bool]:
    """Level or flow, as the last verb of a clause says, or its last noun where it has no verb.

    Then whether a verb says it, and whether a noun of money does.
    """
    known = words()
    weak = strong = None
    of_money = False
    for match in known.verb.finditer(clause):
        means = known.verbs[match.group()]
        if means == "none":
            continue
        if means in _NOUNS:
            weak, of_money = _NOUNS[means], known.money.fullmatch(match.group()) is not None
        else:
            strong = means
    if strong == "level" and weak == "flow" and of_money and _REACHED.search(clause):
        return weak, True, False  # 产值从9亿增加到15亿元
    return strong or weak, strong is not None, strong is None and of_money


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
