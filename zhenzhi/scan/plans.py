"""Whether a text tells a figure as done, planned, pledged or forecast: by headings, by words beside it, by its paragraph.

The words are data (``lexicon.csv``): of plans and intentions, of what was done, of headings and titles.
"""

import re
from bisect import bisect_left

from zhenzhi.scan.words import Words

#: A heading of the first order, and its number: a new section, or the parts of one where they begin anew.
_FIRST_ORDER = re.compile("([一二三四五六七八九十]{1,2})、")
_NUMBERS = "一二三四五六七八九十"
_LONGEST_HEADING = 34
#: So many of the first lines may be the title.
_TITLES = 2
_ENOUGH, _LONG = 2, 600
_CREDIT = re.compile("(?:[和及、]各?[0-9.]+[万亿]*元)?[^，。；、\n]{0,4}授信")
#: At the head of a clause, and not 由2015年的45%提高到2020年的48%.
_BY_YEAR = re.compile("(?<![一-鿿0-9])到20[0-9]{2}年|(?<=力争|确保)到20[0-9]{2}年")
#: 将 before these takes an object and tells no future.
_TAKEN = frozenset("0123456789一二三四五六七八九十两其该各这近军")
#: Nor where it takes an object that is divided: 将全镇划分为119个网格, and not 将划分为 or 将逐步划分为.
_DIVIDES = re.compile("(?!逐步|进一步|继续|陆续)[^，。；、\n]{1,12}?(?<!划)(?<!细)(?:划分|细分|分)[为成]")
#: Nor where a verb that disposes of the object follows: 将12家单位的场地纳入平台, and not 将新建 or 将于6月纳入.
_DISPOSES = re.compile(
    "(?!于|在|会|有|对|按|以|从|为|通过|围绕|重点|着力|全面|逐步|进一步|继续|陆续|持续|不断|大力)[^，。；\n]{1,40}?"
    "(?:纳入|列[为入]|作为|打造[成为]|改造[成为]|建设?成|变[成为]|转[为化]|融入|延伸|下沉|送[到上给达至]|交[由给]|移[交送]|推送|"
    "提高[到至]|提升[到至]|降[到低]?至|降到|缩短|压[缩减][到至]|[减增]至|整合|合并|归集|汇聚|嵌入|贯穿|落实?到|挺在|[放摆]在|"
    "确定为|认定为|明确为|设置|流转[给到]|租给|分给|细化|量化|分解|录入|抓获|调整为|更名|捐[赠给]|赠送|颁发|授予|视为|当作|用于|搬[到进]|连成|串[成起]|覆盖到)"
)
#: With these an item of a list begins.
_ITEMS = frozenset("-•·●■◆*#▲★")
#: A clause of a plan is looked through so far for its end.
_CLAUSE = 60
#: So near the head of a sentence a word tells of all its parts: 预计全年产值增长5%；税收增长3%。
_HEAD = 6
#: 计划投资9亿元, 计划实施的项目: 计划 tells of its clause alone.
_OF_NOUN = re.compile("总?投资|[^，。；、\n]{1,6}的")
#: 收入预计达5亿元: what was worked out of one figure, with its growth, and not of the next.
_COMES_TO, _GROWS, _NEXT = (
    re.compile("可?(?:达到?|为|完成|实现|增长|突破|超过?)"),
    re.compile("分别|均|同比|环比|[比较][上去前]|增[长加幅]|下降|减少|其中|占"),
    12,
)
_CLAUSE_HEADS = frozenset("，。；：:、\n")
#: 制定了年产值达7亿元的目标
_GOAL_SET = re.compile(
    "(?:制定|提出|确[定立]|设定|定下|明确)了?(?P<what>[^。；\n]{2,60}?)的(?:奋斗|发展|工作|总体|年度|预期)?目标"
)
#: The mark of an item of a list, and of the first item.
_MARK = re.compile(
    r"[-•·●■◆*▲★]|\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、)](?![0-9])|[一二三四五六七八九十]{1,2}[是要]"
    "|首先|其[次二三四]|再次|最后|第[一二三四五六七八九十]，|[①-⑳]"
)
_FIRST_MARK = re.compile(r"[-•·●■◆*▲★]|\(?(?:1[.、)](?![0-9])|一\))|一[是要]|首先|第一，|①")
#: With one of these the first item begins.
_FIRSTS = _ITEMS | frozenset("(1一首第①")
#: What announces a list: 以下项目, 三个方面.
_LIST_AHEAD = re.compile("[以如]下|[0-9一二三四五六七八九十几][个项件大方条]|:\n?$")
#: What opens a plan, in so many first characters, and what tells of one that was issued.
_OPENED = re.compile("(?:制定|提出|编制)(?:以下|如下|本)[^，。；\n]{0,6}(?:意见|方案|计划|规划|措施|办法|细则)[:。]")
_OPENING = 1500
#: What a paragraph of tasks begins with.
_TASKS = re.compile("(?:任务|目标)(?:主要)?[是为]")
_ISSUED = re.compile("(?:制定|印发|下发|出台)[^，。；\n]{0,24}(?:计划|方案|规划)》?[，。]")
#: What is named in quotes intends nothing.
_QUOTED = re.compile("“[^”\\n]*”")
#: A target that was met, and tasks that are work done: 完成年度任务, 巡查任务.
_MET = re.compile(
    "(?:完成|达到)(?!率)[^，。；\n]{0,5}(?:任务|目标|计划|指标|预算)数?的?$"
    "|(?:巡查|安保|救援|排查|执法|服务|保障|运输|处置|消杀|救治)任务$"
)
#: What was done, as a share of a target: 占调整预算105%.
_SHARE_OF = re.compile("(?:占|为)[^，。；\n]{0,5}(?:任务|目标|计划|指标|预算)数?的?$")
#: A target that something is measured against: 超目标任务200亩, 较年初预算减少4万元.
_AGAINST = re.compile("(?:较|比|超|高于|低于|超出|超额)[^，。；\n]{0,5}(?:任务|目标|计划|指标|预算)数?$")
#: What was done in a sentence that plans as well: 为下一步打好基础，投放了苗种10种.
_DONE_SINCE = re.compile("(?<![为除罢到])了(?![解结然却不])|已(?!知)")
#: A target that is moved, and what stands before its figures.
_MOVED = re.compile("(?:目标|任务|计划|指标)数?(?:从|由)[^，。；\n]*$")
_MOVES = frozenset("从由到至为")
#: So begins what is told as the part before it was: 计划拆除20亩；2021年拆除30亩.
_ALIKE = re.compile("另一方面|(?:19|20)[0-9]{2}年")
#: What was met of a task, and the task behind its figure.
_SHARE_BEHIND, _TASK_BEHIND = (
    re.compile("的[0-9.]+%"),
    re.compile("元?的?(?:招商|引资|投资|税收|收入|年度|全年|产值|增收){1,3}(?:目标)?任务"),
)
_BEFORE_TASK = frozenset("元的招引投税收年全产增")
#: How far a word that bears on a figure may stand before it; how far into its span 行动 of 五大行动计划 may.
_NEAR_TARGET, _NEAR_MET, _ANNOUNCED, _WITHIN_SPAN = 8, 14, 20, 4


class Plans:
    """Follows headings and sentences of a text for what they say of plans."""

    def __init__(self, text: str, known: Words):
        self._text = text
        self._words = known
        self._section = self._usual = "reported"
        #: The number of the last heading of the first order, and the end of the paragraph that was judged last.
        self._number, self._judged, self._paragraph = "", -1, ""
        self._titles = 0
        #: Where the sentence begins that was looked at last.
        self.marked = -1
        self._credit = False
        #: Whether a list is read whose first words plan; what the head of a sentence tells of all its parts.
        self._listed, self._head = False, ""
        opened = _OPENED.search(text, 0, _OPENING)
        #: Where a text says that what follows is a plan.
        self._opened = opened.end() if opened else len(text)
        #: The words of the sentence that tell a status, in order: where they stand and what they tell.
        self._places: list[tuple[int, str]] = []
        #: Whether the text has such words at all: most texts have none.
        self._has_years, self._has_credit, self._has_titles = "到20" in text, "授信" in text, "》" in text

    def line(self, line: str) -> None:
        """Takes in a line that may be a heading, which says what its section is about, or the title, which says it of all."""
        if len(line) > _LONGEST_HEADING:
            return
        line = line.strip(": ")
        if not line or line.startswith("-"):
            return
        if line.startswith("#"):  # another piece of the page
            self._section = self._usual
        known = self._words
        planned, reports = known.plan_heading.search(line) is not None, known.report_heading.search(line) is not None
        self._titles += 1
        order = _FIRST_ORDER.match(line)
        if self._titles <= _TITLES and not order:
            if (planned or known.plan_title.search(line)) and not reports:
                self._usual = self._section = "planned"
            elif known.unsure_heading.search(line):
                self._usual = self._section = "unsure"
            return
        if reports:
            self._section = "done"
        elif planned:
            self._section = "planned"
        elif known.unsure_heading.search(line):
            self._section = "unsure"
        elif order and order[1] != "一":
            nested = self._number and _NUMBERS.find(order[1]) == _NUMBERS.find(self._number) + 1
            if not nested or self._section == "done":
                self._section = self._usual
        if order:
            self._number = order[1]

    def sentence(self, start: int, end: int, year: str | None) -> None:
        """Finds what a sentence says of plans; a later year than that of the text lies ahead."""
        self.marked = start
        text, known = self._text, self._words
        self._listed = (self._listed or text[start] in _FIRSTS) and self._in_planned_list(start)
        before = self._places[-1][1] if self._places else ""
        self._places = places = self._told(start, end)
        if self._has_years and text.find("到20", start, end) >= 0:
            for match in _BY_YEAR.finditer(text, start, end):
                if year is None or match.group()[1:5] > year:
                    places.append((match.start(), "planned"))
        for match in _GOAL_SET.finditer(text, start, end) if text.find("目标", start, end) > 0 else ():
            places += [(match.start("what"), "planned"), (match.end(), "")]
        self._credit = self._has_credit and text.find("授信", start, end) >= 0
        if self._has_titles and text.find("》", start, end) > 0:
            for match in known.document_tells.finditer(text, start, end):
                places.append((match.start(), "planned"))
        places.sort()
        if text[start - 1] != "；":
            heads = places and places[0][0] - start <= _HEAD and places[0][1] in ("planned", "forecast")
            self._head = places[0][1] if heads else ""
        elif _ALIKE.match(text, start) or (before == "planned" and known.verb.match(text, start)):
            self._head = before
        colon = text.find(":", start, end) if places else -1
        if colon > 0:
            ahead = bisect_left(places, (colon,))
            self._listed = self._listed or (ahead > 0 and places[ahead - 1][1] == "planned")

    def _told(self, start: int, end: int) -> list[tuple[int, str]]:
        """The words between two offsets that tell a status: where they stand and what they tell."""
        statuses = self._words.statuses
        found: list[tuple[int, str]] = []
        for match in self._words.status.finditer(self._text, start, end):
            word, means = match.group(), statuses[match.group()]
            if means == "none" or (word == "将" and self._takes_an_object(match.end())):
                continue
            last, told = found[-1] if found else (start, "")
            if word == "将" and told == "forecast" and match.start() - last < _CLAUSE:
                means = "forecast"  # 预计，全年产值将超百亿元
            found.append((match.start(), means))
            stop = self._ends_at(match, start, end)
            if stop > 0:
                found.append((stop, ""))
        return found

    def _ends_at(self, match: re.Match, start: int, end: int) -> int:
        """Where a word stops telling a status that bears on its own clause alone; -1 where it goes on.

        计划投资9亿元, 规划总面积1500亩; 收入预计达5亿元，分别增长8%，支出3亿元, where it goes on through the growth.
        """
        text, word = self._text, match.group()
        reach = min(end, match.end() + _CLAUSE)
        if word.endswith("面积") or (word == "计划" and _OF_NOUN.match(text, match.end())):
            return text.find("，", match.end(), reach)
        if word != "预计" or match.start() == start or text[match.start() - 1] in _CLAUSE_HEADS:
            return -1
        if not _COMES_TO.match(text, match.end()):
            return -1
        stop = text.find("，", match.end(), reach)
        while stop > 0 and (_GROWS.match(text, stop + 1) or text.find("预计", stop, stop + _NEXT) > 0):
            stop = text.find("，", stop + 1, min(end, stop + _CLAUSE))
        return stop

    def _in_planned_list(self, start: int) -> bool:
        """Whether a sentence is of a list whose first words plan: 今年要建设以下项目:1.城南大道，长5公里。"""
        text = self._text
        if _FIRST_MARK.match(text, start) and not (text[start] in _ITEMS and self._listed):
            first = max(text.rfind(stop, max(0, start - _LONG), start - 1) for stop in "。；\n") + 1
            told = self._told(first, start) if _LIST_AHEAD.search(text, first, start) else []
            return bool(told) and told[-1][1] == "planned"
        if not self._listed:
            return False
        return text[start - 1] == "；" or _MARK.match(text, start) is not None or self._in_item(start)

    def _in_item(self, place: int) -> bool:
        """Whether the line of an offset begins as an item of a list does."""
        line = self._text.rfind("\n", max(0, place - _LONG), place) + 1
        return (line > 0 or place < _LONG) and _MARK.match(self._text, line) is not None

    def _takes_an_object(self, place: int) -> bool:
        """Whether 将 before an offset is the word that takes an object."""
        text = self._text
        if text[place : place + 1] in _TAKEN or _DIVIDES.match(text, place):
            return True
        if _DISPOSES.match(text, place) is None:
            return False
        verb = self._words.verb.match(text, place)
        return verb is None or self._words.verbs[verb.group()] != "flow"

    def status(self, place: int, end: int) -> str | None:
        """The status of a figure, by the words beside it, those before it in its sentence, its section, its paragraph.

        ``None`` in a list under a heading that names projects and does not say whether they are done.
        """
        text, known, start = self._text, self._words, self.marked
        if text[place - 1] in known.target_ends:
            met = _MET.search(text, max(start, place - _NEAR_MET), place)
            if text[end - 1] == "%" and (met or _SHARE_OF.search(text, max(start, place - _NEAR_MET), place)):
                return "reported"  # 完成年度任务100.8%
            if met and _SHARE_BEHIND.match(text, end):
                return "planned"  # 完成任务100亿的102%
            if _AGAINST.search(text, max(start, place - _NEAR_MET), place):
                return "reported"
            if not met and known.target.search(text, max(start, place - _NEAR_TARGET), place):
                return "planned"
        if text[end] in _BEFORE_TASK and _TASK_BEHIND.match(text, end):
            return "planned"  # 提前完成200亿招商引资任务
        if text[place] in "可最" and text.find("可达", place, end) >= 0:
            return "forecast"  # 年产值可达8000万元
        if text[place - 1] in _MOVES and _MOVED.search(text, max(start, place - _ANNOUNCED), place):
            return "planned"  # 目标从2640亩提升到4000亩
        if self._credit and _CREDIT.match(text, end):
            return "pledged"
        before = bisect_left(self._places, (place,)) if self._places else 0
        first, told = self._places[before - 1] if before else (start, self._head)
        if told == "planned" and before and _DONE_SINCE.search(text, max(first, place - _LONG), place):
            return "reported"
        if told:
            return told
        if self._section == "planned" or self._listed:
            return "reported" if known.already.search(text, max(start, place - _LONG), place) else "planned"
        if self._section == "done":
            return "reported"
        if (
            self._section == "unsure"
            and self._in_item(place)
            and not known.done.search(text, max(start, place - _LONG), place)
        ):
            return None
        return self._of_paragraph(place)

    def parts_of_plans(self, start: int, end: int) -> bool:
        """Whether a number or a term is one of a plan: 三年行动计划, 提出20条举措."""
        text, known = self._text, self._words
        return known.plan_parts.match(text, end - _WITHIN_SPAN) is not None or self.announced(start)

    def announced(self, start: int) -> bool:
        """Whether the words before a figure announce it."""
        return self._words.announced.search(self._text, max(self.marked, start - _ANNOUNCED), start) is not None

    def _of_paragraph(self, place: int) -> str:
        """Planned where a paragraph, or a list with the line that leads to it, tells intentions and nothing that was done."""
        if place >= self._judged:
            text, known = self._text, self._words
            first, last = max(0, place - _LONG), min(len(text), place + _LONG)
            start, end = text.rfind("\n", first, place) + 1, _line_end(text, place, last)
            self._judged = end
            if text[start : start + 1] in _ITEMS:
                while start > first and text[start] in _ITEMS:
                    start = text.rfind("\n", first, start - 1) + 1
                while end + 1 < last and text[end + 1] in _ITEMS:
                    end = _line_end(text, end + 1, last)
            start = max(start, first)
            done = known.done.search(text, start, end) is not None
            tasks = _TASKS.search(text, start, place) is not None and not known.already.search(text, start, end)
            planned = tasks or (
                not done
                and (
                    place > self._opened
                    or _ISSUED.search(text, start, place) is not None
                    or len(known.intent.findall(_QUOTED.sub("", text[start:end]))) >= _ENOUGH
                )
            )
            self._paragraph = "planned" if planned else "reported"
        return self._paragraph


def _line_end(text: str, place: int, last: int) -> int:
    end = text.find("\n", place, last)
    return last if end < 0 else end
