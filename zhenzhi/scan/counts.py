"""Counts in characters: things, parts, levels; and numbered names that look like them."""

import re

from zhenzhi.scan.figure import Figure
from zhenzhi.scan.ordinals import Ordinals
from zhenzhi.scan.patterns import CLASSIFIER_LIKE, STOPS, TENTHS, decimal, read_rare

IN_QUOTES = re.compile("[^“”\n]{1,14}?”")
_PARTS = re.compile("(?P<name>[一二两三四五六七八九十]{1,2}[^一二两三四五六七八九十百千万亿0-9、，+]{1,6})、?")
#: “三官一师”
QUOTED_PARTS = re.compile(f"(?:{_PARTS.pattern.replace('?P<name>', '?:')}){{2,5}}”")
_TIMES = frozenset("天年日夜")
_NAMED = re.compile(
    "[一二两三四五六七八九十百千万]{1,2}[一-鿿]{1,2}(?:镇|乡|村|街道|街|路|大道|山|河|桥|江|湖|涌|围|岛|社区|小学|中学|公园|广场|水库|水厂|电站|大厦)"
)
#: Units with which such a name can begin: 三城街, 五里桥.
_OF_NAMES = frozenset("村镇里方城带图米名位好化地库亩周人家")
#: Behind a numeral in quotes these are parts of a name: “两图两库”.
_OF_LABELS = frozenset("镇村好化城带库图方")
#: What is of three industries in a sentence that lists them: 纺织、机械、建材三大产业.
_LISTED_AHEAD = re.compile("、[^，。；:\n]{1,10}$")
#: 清“三堆”(土堆、粪堆、柴堆): as many parts as the number says.
_SPELLED_OUT = re.compile(r"(?P<name>[一-鿿]{1,3})”?\((?P<parts>[^()\n]{3,60})\)")
#: Behind a numbered name in quotes: its parts are listed.
_SPELLS = re.compile("[(:]|，?(?:即|指|是指)")
#: 三严禁, 四不超
_RULES = re.compile("严禁|不[准得许超漏变出让]|必须|必[查到须访]")
#: “四个明确”
_NAMED_BY = re.compile("[^一二两三四五六七八九十“”，。、0-9]{1,4}”(?!工程|行动|计划|方案)")
_LISTS = re.compile("[^。；\n]{0,8}(?:[(:]|即|[，。]一[是要])")
_PLACE = frozenset("镇村地市区县省校街港乡城")
#: 二级, 二者 and 二是 number nothing.
_AFTER_TWO = frozenset("级者是")
_AFTER_SCHOOLS = STOPS | frozenset("和与等")
#: Behind 团 these make it one of people: 团队.
GROUPS = frozenset("队员体组续")
#: Behind these 三路 are three ways or the third: 兵分三路.
_NO_STREETS = frozenset("分共有成为第各由这那的了及和")
_POINTS = re.compile("点(?:具体)?(?:要求|建议|意见|希望|倡议|主张|体会|启示|共识|认识)|句话|部分(?![人群地])")
_LEVELS = re.compile(
    "(?:[、和]?(?:省|市|县|区|镇街|镇|街道|街|乡|村居|村|社区|社|户|组))+$|(?:[省县乡村]道、?){2,}$|”$"
)
_LEVELLED = re.compile("”?[^，。、；\n]{0,5}(?:联动|体系|网络|书记|架构|平台|治理|调解|河长|同步|联席|林长)")
_RESPONSE = re.compile("[一-鿿]{0,4}响应")
#: Small counts of these are of parts.
_COUNTED_UNITS = frozenset(
    "aspect area platform level theme support project responsibility action-plan plan positioning action approach lever "
    "group list index centre system resource-set map measure type industry item association cooperation-field".split()
)


class Counts(Ordinals):
    """Reads counts in characters; each reader gives the offset where it ended, 0 where what stands there is not its own."""

    def _count(self, at: int, end: int, value: str, leads: str) -> int:
        """A count in characters: parts of a plan, levels, things; or a name."""
        if leads == "“" and QUOTED_PARTS.match(self.text, at):
            return self._quoted(at, end, value)
        unit = self._unit_at(end)
        return (
            self._numbered(at, end, leads)
            or self._regions(at, end, value)
            or self._points(at, end, value)
            or (self._short(at, end, value, leads, unit) if end - at <= 2 else 0)
            or self._things(at, end, value, leads)
        )

    def _numbered(self, at: int, end: int, leads: str) -> int:
        """A number that a thing bears, and does not state how many there are: 二村, 五十八中, 四十二团, 中山三路."""
        text, first = self.text, self.text[end]
        numbered = (
            (
                text[at:end] == "二"
                and first not in STOPS
                and first not in _AFTER_TWO
                and not text.startswith("层楼", end)
            )  # two of them are 两
            or (first == "中" and text[end + 1] in _AFTER_SCHOOLS)
            or (first == "团" and end - at > 1 and text[end + 1 : end + 2] not in GROUPS)
            or first in "号世"
            or (first == "路" and leads and "一" <= leads <= "鿿" and leads not in _NO_STREETS)
        )
        return self._numeral(at, end + 1, "name") if numbered else 0

    def _regions(self, at: int, end: int, value: str) -> int:
        """两镇, 两地."""
        text, first = self.text, self.text[end]
        if text[at:end] != "两" or first not in _PLACE or text[end + 1] == "级":
            return 0
        units = self.words.unit_of_tail(first)
        named = units[0] if units else None
        return self._claim(at, end + 1, value, None, named, "exact", "count-of-components", "places", 0.6)

    def _points(self, at: int, end: int, value: str) -> int:
        """五点要求, 七部分."""
        found = _POINTS.match(self.text, end) if self.text[end] in "点句部" else None
        if found is None:
            return 0
        return self._claim(
            at, end + 1 + (found.group() == "部分"), value, None, "aspect", "exact", "count-of-components", "parts", 0.8
        )

    def _short(self, at: int, end: int, value: str, leads: str, unit: str) -> int:
        """One or two characters: a level, tenths, a label or a name."""
        text, first = self.text, self.text[end]
        if first == "级":
            return self._level(at, end, value)
        if first == "番" or (first == "成" and TENTHS.match(text, end)):
            return self._figure(Figure(at, end, value))
        if not unit and first not in CLASSIFIER_LIKE:
            return self._without_unit(at, end, value, leads)
        if first == "个" and text[end + 1] == "“":
            return self._claim(at, end + 1, value, None, "item", "exact", "label", "label", 0.8)
        if leads == "“" and unit in _OF_LABELS:
            return self._quoted(at, end, value)
        named = _NAMED.match(text, at) if unit in _OF_NAMES and text[at:end] != "两" else None
        return self._numeral(at, named.end(), "name") if named else 0

    def _without_unit(self, at: int, end: int, value: str, leads: str) -> int:
        """三“零”, 三堆, 七星岩: a label or a name, unless more numerals stand in it."""
        text, number, first = self.text, self.text[at:end], self.text[end]
        if leads == "“":
            return self._quoted(at, end, value)
        if first == "“":
            return self._claim(at, end, value, None, "item", "exact", "label", "label", 0.6)
        spelled = _SPELLED_OUT.match(text, end)
        if spelled and spelled["parts"].count("、") + 1 == int(value):
            close = spelled.end("name")
            return self._claim(at, close, value, None, "label", "exact", "count-of-components", "parts", 0.8)
        rules = _RULES.match(text, end)
        if rules and number != "两":
            return self._claim(at, rules.end(), value, None, "label", "exact", "label", "label", 0.6)  # 三严禁
        named = _NAMED.match(text, at)
        if named:
            return self._numeral(at, named.end(), "name")
        if first == "半":
            return self._numeral(at, end + 1, "word")
        if len(number) > 1:
            return 0
        in_name = number != "两" or text[end + 1 : end + 2] in "一二三四五六七八九两"
        return self._numeral(at, end + (first not in STOPS), "name" if in_name else "word")

    def _things(self, at: int, end: int, value: str, leads: str) -> int:
        """A count with its unit: of things, or, where it is small and its noun is one of them, of parts."""
        text, start = self.text, len(self.claims)
        listed = text[end] == "类" and self._lists_ahead(at)
        close = self._figure(Figure(at, end, value))
        if len(self.claims) == start:
            return close
        made, small = self.claims[-1], end - at == 1
        named = _NAMED_BY.match(text, close) if leads == "“" and text[end] == "个" else None
        if named:  # “四个明确”
            kind = "count-of-components" if _LISTS.match(text, named.end()) else "label"
            self.claims[-1] = made._replace(kind=kind, comparison=None, rule="label")
            return close
        if leads == "“" and text[close] == "”" and made.kind != "change":
            kind = "label" if text[at:end] == "一" or made.as_written[-1] in "条类" else "count-of-components"
            self.claims[-1] = made._replace(kind=kind, comparison=None, rule="label")
            return close
        if (
            made.kind in ("level", "flow")
            and small
            and text[at] != "十"
            and (text[close] not in STOPS or listed)
            and made.unit in _COUNTED_UNITS
        ):
            self.claims[-1] = made._replace(kind="count-of-components", comparison=None, rule="parts")
            self.counted = close
        if made.kind == "count-of-components" or small:
            self.counted = close
        return close

    def _level(self, at: int, end: int, value: str) -> int:
        """三级: the levels of a list before it or of a network behind it, else a grade."""
        text, number = self.text, self.text[at:end]
        levels = (
            number in "两四五六" or _LEVELLED.match(text, end + 1) or _LEVELS.search(text, max(self.done, at - 8), at)
        )
        if levels and number not in "一二" and not _RESPONSE.match(text, end + 1):
            return self._claim(at, end + 1, value, None, "level", "exact", "count-of-components", "levels", 0.7)
        return self._numeral(at, end + 1, "ordinal")

    def _lists_ahead(self, at: int) -> bool:
        """Whether the things that a numeral counts are listed before it: 纺织、机械、建材三大产业."""
        return _LISTED_AHEAD.search(self.text, max(self.done, at - 12), at) is not None

    def _named(self, at: int, leads: str) -> int:
        """A numbered name in quotes or in a list: a label of the place's own."""
        text = self.text
        quoted = IN_QUOTES.match(text, at) if leads == "“" else None
        if quoted:
            return self._claim(at, quoted.end() - 1, None, None, "label", "exact", "label", "label", 0.5)
        return self._numeral(at, at + 1, "name")

    def _quoted(self, at: int, end: int, value: str) -> int:
        """A numbered name in quotes: “五好”, “三官一师”."""
        text = self.text
        quoted = IN_QUOTES.match(text, at) or QUOTED_PARTS.match(text, at)
        if quoted is None:
            return self._numeral(at, end + bool(text[end : end + 1].strip()), "name")
        content, spelled = quoted.group()[:-1], _SPELLS.match(text, quoted.end()) is not None
        parts = list(_PARTS.finditer(content))
        if parts and all(part["name"][1] in _TIMES and len(part["name"]) > 2 for part in parts):
            return self._numeral(at, quoted.end() - 1, "word")  # “一天当做两天用”
        if len(content) == 1 or "".join(part.group() for part in parts) != content:
            if len(content) == 1:
                return self._numeral(at, end, "name")
            return self._claim(at, quoted.end() - 1, None, None, "label", "exact", "label", "label", 0.5)
        close, status = end, None
        for part in parts:
            found = read_rare(part["name"])
            unit = "item" if "item" in found.units else found.units[0] if found.units else "label"
            number = decimal(found.value)
            kind = "count-of-components" if spelled or part["name"][1] in "个项大" else "label"
            close = self._claim(
                at + part.start(), at + part.end("name"), number, None, unit, found.qualifier, kind, "label", 0.6,
                status=status,
            )  # fmt: skip
            status = self.claims[-1].status
        return close
