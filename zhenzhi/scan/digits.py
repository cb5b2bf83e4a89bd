"""Numerals in digits: figures, dates, labels, codes, telephones, marks of lists."""

import re

from zhenzhi.amounts.numerals import wording_of
from zhenzhi.scan import forms
from zhenzhi.scan.before import MINUS_BEHIND
from zhenzhi.scan.counts import GROUPS
from zhenzhi.scan.figure import Figure
from zhenzhi.scan.forms import moved, zeros
from zhenzhi.scan.normal import DAY
from zhenzhi.scan.ordinals import Ordinals
from zhenzhi.scan.patterns import BLANKS, CAPTIONS, DIGITS, DURATION_BEFORE, FROM_ABOVE, MEANS, STOPS, WINDOW

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
_DATE_FOLLOWS = frozenset("年月日号时点-./~至到、和:世季后版届级")
#: The links to the other pages of a text: 上一页 1 2 下一页
_PAGER, _PAGER_AHEAD = re.compile("(?:[上下]一?|首|尾|末)[页版][0-9\n]*$"), re.compile("(?:[上下]一?|首|尾|末)?页")
#: What goes on behind the digits that a page labels: 编号:1674-7747(2017)28-0012-08.
_TOKEN = re.compile("(?:[-/.()_A-Za-z0-9]*[A-Za-z0-9])?")
_PAGE = re.compile("条评论|次浏览|人阅读|次阅读|页(?!岩)|版(?!块|图|本)")
_NAME_BEHIND = re.compile(
    "[国省县乡]道|号线|号楼|号院|号文|号公告|号令|号|路公交|路车|路(?!径)|楼(?![栋宇长道盘房市])|栋(?=[0-9]+(?![0-9套户间人])|楼[0-9]|单元)|单元|后(?!的|天|续|来|期|，|。)|千伏(?!安)|版本|线(?!上|下|索|路)|型(?=[一-鿿])"
)
_SPECIAL_DIGITS = re.compile(
    "(?:123[0-9]{2}|110|119|120|122|114|96[0-9]{3,4})(?=热线|平台|警情|接警|报警|指挥|急救|联动|电话|便民|政务|投诉|司法|公共|消防|宣传|刑事|治安)"
    "|1(?:10|19|2[02])(?=(?:[、和与]1(?:10|19|2[02]))*(?:[、和与]1(?:10|19|2[02])|等[^，。；、\n]{0,6}热线))"
    "|(?<=[、和与])1(?:10|19|2[02])(?=等[^，。；、\n]{0,6}热线|热线)"
    "|(?:985|211)(?=高校|院校|大学|工程)|863(?=计划)|12306"
    "|(?<=打)1[12][0-9]{1,3}|96(?:110|119|333|345)(?=[^0-9一-鿿])|123[0-9]{2}(?![0-9.,]|[个件人次元万千多余户名家条亩米公吨])"
)
#: ICP备10202203号-1
_FILED = re.compile("[0-9]{6,}号?(?:-[0-9]{1,3})?")
#: 国道318线
_ROADS = frozenset(("国道", "省道", "县道"))
#: “12·4”国家宪法日, “6.26”禁毒日
#: 东经121°37′-121°39′
_COORDINATES = re.compile(
    r"[0-9.]+°(?:[0-9.]+['′’](?:[0-9.]+[\"″”])?)?(?:[-~至]?[东西南北EWNS]?[经纬]?[0-9.]+[°′'’\"″”])*"
)
_OF_COORDINATES = frozenset("经纬EWNS")
#: An address of the web, up to a digit in it, and how it goes on: www.gov.cn/art/2021
_ADDRESS, _ADDRESS_ON = re.compile(r"(?:https?:/|www\.|[a-z]\.(?:com|cn|net|org|gov)/)[!-~]*$"), re.compile("[!-~]+")
_OF_WEB = _LETTERS | frozenset("/.=?&_-@#%")
#: 23-25号有21户
_HOUSES = re.compile("[0-9]{1,4}(?:[-、][0-9]{1,4}){1,9}号(?![线机])")
#: 村1、2、3组, 村1至7组
_GROUPS = re.compile("[0-9]{1,2}(?:[、和至到-][0-9]{1,2}){1,12}[组社队](?![织团伙])")
#: 7×24小时服务
_ROUND_THE_CLOCK = re.compile("7[×*]24小时")
_NAMED_DAY = re.compile(r"[0-9]{1,2}·[0-9]{1,2}(?![0-9])|(?:1[0-2]|[1-9])\.(?:[12][0-9]|3[01]|[1-9])(?=”)")
#: 15分钟生活圈
_CIRCLE = re.compile("(?:分钟|小时)[一-鿿]{0,7}?圈")
#: 国发[2015]40号
_ISSUED = re.compile(r"(?:19|20)[0-9]{2}\](?:第)?[0-9]{1,4}号")
#: 图3-1, 表2.3
_CAPTIONED = re.compile("[0-9]+(?:[-.][0-9]+){0,9}")
#: (2021)粤06民终123号
_OF_CASES = re.compile("(?:民|刑|行|执|知)[初终特申再监保撤辖更异恢]?")
#: 约占1/4, and not 1/3页
_STROKE = re.compile("([0-9]{1,2})/([0-9]{1,3})(?![0-9./])")
_IN_PARTS = re.compile("[0-9]+[千万亿](?:零?[0-9]{1,4}[百千万]?){1,2}(?:(?<=[百千万])[多余]万?)?")
#: What a mark of a list may stand before, and how far the next may be.
_MARKED, _LIST_REACH = re.compile("[一-鿿“《(]"), 200
_FIRST_DIGITS = re.compile("[0-9]+")
_LINE = frozenset("\n(。；")
#: A date with one of these is more than a day or an hour.
_WITHIN_DAY = frozenset("年月-")
_QUALIFIERS = frozenset("近约逾超余")
_NOT_AFTER_DAY, _NOT_AFTER_HOUR, _NOT_AFTER_TIME = frozenset("均游"), frozenset("间代"), frozenset(".:比")
_OF_DAY = frozenset("晨早晚午夜")
_AFTER_HOUR = frozenset("至到-~开前左许")
_NUMBERED, _OF_FURNITURE = frozenset("号路楼栋单后千版线国省县乡型"), frozenset("条次人页版")
_OF_ADDRESSES, _HOUSED = frozenset("幢栋楼室单号"), frozenset("元栋幢座楼")
#: 双店村3社, 2组村民: the groups of a village are numbered.
_OF_VILLAGES, _VILLAGERS = frozenset("社组队"), ("村民", "居民", "社员", "贫困户", "农户")
_HOTLINES = frozenset("12345 12315 12348 12309 12388 12333 12380 12319 12350 12369 110 119 120 122 114".split())
_ENDS_OF_PAGE = frozenset(":备次数话线真机编号码证信Q(量率藏论赞享")
#: Without one of these beside it a short figure neither names nor numbers.
_TELLS_BEHIND, _TELLS_BEFORE = (
    _NUMBERED | _OF_FURNITURE | frozenset("周-》"),
    _ENDS_OF_PAGE | frozenset("[〔〕(道页版\n"),
)
#: Behind so few digits these count, unless one of the others stands before.
_COUNTS, _NAMES_BEFORE, _COUNTED = (
    frozenset("个家亩元%户名处座项件宗所公吨平场支多余"),
    _TELLS_BEFORE | frozenset("第前“打"),
    9,
)
_CLOCKS, _LONGEST_ADDRESS = frozenset("×*"), 80
_YEAR = re.compile("(?:19[5-9]|20[0-4])[0-9]")
_DAY = re.compile(DAY)


class Digits(Ordinals):
    """Reads what begins with a digit."""

    def _in_digits(self, at: int) -> int:
        text, done = self.text, self.done
        match = forms.DIGITS.match(text, at)
        assert match is not None  # the place was found by its digit
        number, size, more, beyond = match.groups("")
        if len(number) > forms.LONGEST:
            return self._numeral(at, match.end("n"), "page")
        end = match.end()
        follows = text[end]
        leads = text[at - 1] if at > done else ""
        if leads == "-" and self._is_model(at, end, size):
            return self._code(at)
        if leads in _OF_WEB or follows == "@":
            address = follows == "@" or _ADDRESS.search(text, max(0, at - _LONGEST_ADDRESS), at)
            if address:
                return self._numeral(at, _ADDRESS_ON.match(text, at).end(), "page")  # type: ignore[union-attr]
            if leads in _LETTERS and not (size or follows == "%" or self._unit_at(end) == "元"):
                return self._code(at)
        if follows in _LETTERS and not self._in_latin(end):
            return self._code(at)
        if not (size or more) and (follows not in _COUNTS or leads in _NAMES_BEFORE or len(number) > _COUNTED):
            found = self._bare_digits(at, end, leads, follows, number)
            if found:
                return found
        if size and leads == ":" and not self._unit_at(end):
            label = self.words.page_label.search(text, max(self.done, at - 12), at)
            if label and label.end("label") == at - 1:
                return self._numeral(at, end, "page")
        if size and leads == "每" and follows in "人户" and number.strip("0") == "1":
            return self._numeral(at, end + 1, "word")  # 每10万人口
        if follows == "/" and not size:
            part = _STROKE.match(text, at)
            if part and int(part[1]) <= int(part[2]) and _PAGER_AHEAD.match(text, part.end()):
                return self._numeral(at, part.end(), "page")
            if part and int(part[1]) < int(part[2]) and not self._unit_at(part.end()):
                return self._rare(at, part.end(), "fraction")
        if size and not more and follows in DIGITS:
            parts = _IN_PARTS.match(text, at)
            if parts:
                return self._rare(at, parts.end(), "parts")
        value = moved(number, zeros(size + beyond) if size or beyond else 0)
        return self._figure(Figure(at, end, value, wording_of(more) if more else "", number, size))

    def _in_latin(self, end: int) -> bool:
        """Whether the letters behind a figure are its unit: 668km, 1.2GW, and not 5G or 20mg."""
        unit = self._unit_at(end)
        behind = self.text[end + len(unit) : end + len(unit) + 1]
        return unit != "" and behind not in _LETTERS and behind not in DIGITS

    def _is_model(self, at: int, end: int, size: str) -> bool:
        """Whether a hyphen joins digits to what they are a model of: 歼-35, B-52; a range has a unit behind it."""
        before = self.text[at - 2 : at - 1]
        named = before in _LETTERS or ("一" <= before <= "鿿" and before not in MINUS_BEHIND)
        return named and at - 2 >= self.done and not size and self.text[end : end + 1] != "%" and not self._unit_at(end)

    def _bare_digits(self, at: int, end: int, leads: str, follows: str, digits: str) -> int:
        """Digits without a multiplier that are a date, a label, a mark, an ordinal; 0 where they are a figure."""
        return (
            self._borne_digits(at, end, leads)
            or self._of_days(at, end, leads, follows)
            or self._of_places(at, end, leads, follows, digits)
            or self._of_signs(at, end, leads, follows)
            or self._of_lines(at, end, leads, digits)
            or self._in_order(at, end, leads, follows)
            or (self._quoted_digits(at, end, follows, digits) if leads == "“" else 0)
            or self._other_digits(at, end, leads, follows, digits)
            or (self._first_so_many(at, end) if leads == "前" else 0)
        )

    def _borne_digits(self, at: int, end: int, leads: str) -> int:
        """图3-1, 案例2: what stands before them bears them."""
        if leads in CAPTIONS and self._captioned(at, end):
            return self._numeral(at, _CAPTIONED.match(self.text, at).end(), "page")  # type: ignore[union-attr]
        return self._borne(at, end) if leads in self.words.numbered_ends else 0

    def _of_days(self, at: int, end: int, leads: str, follows: str) -> int:
        """12·4, 民国22年, 7月18日, 7×24小时, 15分钟生活圈."""
        text = self.text
        if (follows == "·" and leads not in DIGITS) or (leads == "“" and follows == "”"):
            day = _NAMED_DAY.match(text, at)
            if day:
                return self._numeral(at, day.end(), "name")
        circle = _CIRCLE.match(text, end) if follows in "分小" else None
        if circle:
            return self._numeral(at, circle.end(), "policy-name")
        era = self._era_year(at) if follows == "年" else 0
        if era:
            return self._numeral(at, era, "date")
        clock = _ROUND_THE_CLOCK.match(text, at) if follows in _CLOCKS else None
        if clock:
            return self._numeral(at, clock.end(), "word")
        return self._date(at, leads) if follows in _DATE_FOLLOWS else 0

    def _of_places(self, at: int, end: int, leads: str, follows: str, digits: str) -> int:
        """23-25号, 双泉村3社, 5栋2室, 东经121°37′, 粤06民终123号; 0距离 and 每100人, which count nothing."""
        text = self.text
        if digits[0] == "0" and len(digits) > 1 and _OF_CASES.match(text, end):
            return self._numeral(at, end, "name")
        if digits == "0" and "一" <= follows <= "鿿" and not self._unit_at(end):
            return self._numeral(at, end, "word")
        if leads == "每" and follows == "人" and digits.strip("0") == "1":
            return self._numeral(at, end + 1, "word")
        groups = _GROUPS.match(text, at) if text[at - 1 : at] in ("村", "区") and follows in "、和至到-" else None
        if groups:
            return self._numeral(at, groups.end(), "name")
        houses = _HOUSES.match(text, at) if follows == "-" else None
        if houses:
            return self._numeral(at, houses.end(), "name")
        before = text[at - 1 : at]
        of_village = follows in _OF_VILLAGES and (
            (before in ("村", "区") and text[at - 2 : at - 1] not in DIGITS)
            or text.startswith(_VILLAGERS, end + 1)
            or self._lists_names(at, follows)
        )
        if of_village or (follows in _OF_ADDRESSES and before == "号") or (follows == "室" and before in _HOUSED):
            return self._numeral(at, end + 1, "name")
        place = _COORDINATES.match(text, at) if follows == "°" else None
        if place and (leads in _OF_COORDINATES or "′" in place.group()):
            return self._numeral(at, place.end(), "name")
        return 0

    def _of_signs(self, at: int, end: int, leads: str, follows: str) -> int:
        """1+6+3, “4×3”, 15:35:50, “1-10”."""
        text = self.text
        label = forms.LABEL.match(text, at) if follows == "+" or (follows == "×" and leads == "“") else None
        if label and (follows == "+" or not self._unit_at(label.end())):
            return self._claim(at, label.end(), None, None, "label", "exact", "label", "label", 0.9)
        hyphened = forms.HYPHENED.match(text, at) if leads == "“" and follows == "-" else None
        if hyphened:
            return self._claim(at, hyphened.end(), None, None, "label", "exact", "label", "label", 0.7)
        return self._proportion(at) if follows == ":" else 0

    def _of_lines(self, at: int, end: int, leads: str, digits: str) -> int:
        """A mark of a list, the number of a section, at the head of a line or a sentence; of a list within a line too."""
        if self._marks_within_line(at, end, digits):
            return self._numeral(at, end + 1, "list-marker")
        if at and leads not in _LINE:
            return 0
        mark = forms.SECTION.match(self.text, at) or forms.MARK.match(self.text, at)
        if mark and (at == 0 or self._begins_line(at)):
            return self._numeral(at, mark.end(), "list-marker")
        heads = leads in ("", "\n") and self._heads(at, end, digits)
        return self._numeral(at, end, "list-marker") if heads else 0

    def _marks_within_line(self, at: int, end: int, digits: str) -> bool:
        """Whether a number with a point is one of a list that is set in one line: 1.华表奖 2.童牛奖."""
        text = self.text
        if text[end] != "." or len(digits) > 2 or not digits.isdigit() or not _MARKED.match(text, end + 1):
            return False
        last, following = f"{int(digits) - 1}.", f"{int(digits) + 1}."
        return text.find(following, end, end + _LIST_REACH) > 0 or text.rfind(last, max(0, at - _LIST_REACH), at) >= 0

    def _in_order(self, at: int, end: int, leads: str, follows: str) -> int:
        """9连增, 24连, 第3, 50强."""
        streak = self._streak(at) if follows == "连" else 0
        if streak:
            return streak
        if follows in "连团" and leads not in _QUALIFIERS and self.text[end + 1] not in GROUPS:
            return self._numeral(at, end + 1, "name")  # 农一师12团
        if leads == "第":
            return self._ordinal(at, end)
        if follows == "强":
            return self._strongest(at, end) or self._numeral(at, end + 1, "name")
        return 0

    def _heads(self, at: int, end: int, digits: str) -> bool:
        """Whether a number heads a line, with a blank behind it in the text as given: 1.2 组织领导."""
        if len(digits) > (5 if "." in digits else 2) or "," in digits or not self._titles(end, digits):
            return False
        behind = self.source[self.normal.span(at, end)[1]]
        if digits[0] == "0" and digits.isdigit() and behind in "\r\n":
            return True  # on a line of its own: 01
        unit = self._unit_at(end)
        if unit and ("." not in digits or not self.words.counted.issuperset(self.words.unit_of_tail(unit))):
            return False
        return behind in BLANKS

    def _titles(self, end: int, digits: str) -> bool:
        """Whether what stands behind a number may be a title."""
        follows = self.text[end : end + 1]
        return "一" <= follows <= "鿿" or ("." in digits and follows in "“《")

    def _quoted_digits(self, at: int, end: int, follows: str, digits: str) -> int:
        """A numbered name in quotes: a label of the place's own, or one from above."""
        if follows != "”":
            return 0
        if len(digits) < 3:
            return self._numeral(at, end, "name") if MEANS.match(self.text, end) else 0
        word = self.words.numeral_word(self.text, at, self.done)
        if word is not None:
            return self._numeral(*word)
        if digits in _HOTLINES:
            return self._numeral(at, end, "name")
        if FROM_ABOVE.search(self.text, max(self.done, at - 6), at):
            return self._numeral(at, end, "policy-name")
        return self._claim(at, end, moved(digits, 0), None, "label", "exact", "label", "label", 0.9)

    def _other_digits(self, at: int, end: int, leads: str, follows: str, digits: str) -> int:
        """Digits that name or number: roads, telephones, notes, pages, versions; 0 where they do not."""
        text = self.text
        if len(digits) < 3 and follows not in _TELLS_BEHIND and leads not in _TELLS_BEFORE:
            return 0
        if leads == "[" and _ISSUED.match(text, at):
            return self._numeral(at, end + 1, "name")
        if leads == "[" and follows == "]":
            return self._numeral(at - 1, end + 1, "page")
        if follows == "》" and not self._unit_at(end):
            return self._numeral(at, end, "name")
        filed = _FILED.match(text, at) if leads == "备" else None
        if filed:
            return self._numeral(at, filed.end(), "page")
        if leads == "道" and text[at - 2 : at] in _ROADS and not self._unit_at(end):
            return self._numeral(at, end, "name")
        if leads == "〔" or leads == "〕":
            close = end + (follows in ("〕", "号"))
            return self._numeral(at, close, "name")
        label = self.words.page_label.search(text, max(self.done, at - 12), at) if leads in _ENDS_OF_PAGE else None
        if label and (label.end("label") == at - 1 or not self._unit_at(end)):
            return self._numeral(at, _TOKEN.match(text, end).end(), "page")  # type: ignore[union-attr]
        if leads == "(" and follows == ")" and len(digits) < 3:
            return self._numeral(at - 1 if at - 1 >= self.done else at, end + 1, "list-marker")
        if follows == "周" and text[end : end + 2] == "周年":
            return self._numeral(at, end + 2, "event-name")
        if len(digits) == 8 and _DAY.fullmatch(digits) and not self._unit_at(end):
            return self._numeral(at, end, "date")
        if (len(digits) == 4 or digits[0] == "0") and self._unit_at(end) in ("", "周") and digits.isdigit():
            if _YEAR.fullmatch(digits) and follows not in "-~%+":
                self.context.date(at, digits)
                return self._numeral(at, end, "date")
        if len(digits) >= 6 and follows in "-/":
            serial = forms.SERIAL.match(text, at)
            if serial:
                return self._numeral(at, serial.end(), "name")
        if len(digits) >= 5 or digits[0] in "048" and follows == "-":
            telephone = forms.TELEPHONE.match(text, at)
            if telephone:
                return self._numeral(at, telephone.end(), "page")
            if len(digits) > 12 and "," not in digits:
                return self._numeral(at, end, "page")
        if len(digits) >= 3:
            special = _SPECIAL_DIGITS.match(text, at)
            if special:
                return self._numeral(at, special.end(), "name")
        if follows == "版" and "." in digits:
            return self._numeral(at, end + 1, "name")
        if follows in _NUMBERED:
            name = _NAME_BEHIND.match(text, end)
            if name and not (follows == "后" and len(digits) != 2):
                return self._numeral(at, name.end(), "ordinal" if leads == "第" else "name")
        if follows in _OF_FURNITURE:
            page = _PAGE.match(text, end)
            if page:
                return self._numeral(at, page.end(), "page")
        if digits.endswith(".0") and len(digits) == 3 and text[at - 1 : at].strip() and not self._unit_at(end):
            return self._numeral(at, end, "name")
        if (
            text[at - 1 : at] in ("页", "版", "\n")
            and _PAGER.search(text, max(0, at - WINDOW), at)
            and not self._unit_at(end)
        ):
            return self._numeral(at, end, "page")
        return 0

    def _lists_names(self, at: int, ends: str) -> bool:
        """Whether a name that ends so stands right before in a list: 13组和17组."""
        if not self.numerals or self.done != at - 1 or self.text[at - 1] not in "、和":
            return False
        last = self.numerals[-1]
        return (last.reason, last.as_written[-1]) == ("name", ends)

    def _code(self, at: int) -> int:
        """Letters and digits that name something: G325, 4A, PM2.5."""
        text, start = self.text, at
        while (
            start > self.done
            and at - start < WINDOW
            and (text[start - 1] in _LETTERS or text[start - 1] in "-0123456789")
        ):
            start -= 1
        match = forms.CODE.match(text, at) or forms.FILED.match(text, at)
        end = match.end() if match else forms.DIGITS.match(text, at).end("n")  # type: ignore[union-attr]
        page = (
            end - start <= 4
            and text[start] in "ABCD"
            and (start == 0 or text[start - 1] in "\n第 ")
            and text[end : end + 1] in "\n版 "
        )
        if page and end == at + 2:
            return self._numeral(start, end, "page")
        return self._numeral(start, end, "name")

    def _date(self, at: int, leads: str) -> int:
        text = self.text
        match = forms.DATE.match(text, at)
        if match is None:
            return 0
        written, end = match.group(), match.end()
        follows = text[end : end + 1]
        if _WITHIN_DAY.isdisjoint(written):
            if self._is_no_day(at, written, leads, follows):
                return 0
        elif (len(written) == 5 and written[4] == "年" and leads in _QUALIFIERS) or (
            written[-1] == "月" and follows == "均"
        ):
            return 0  # 近2000年, 8月均
        start = at - 1 if leads == "前" and "月" in written else at
        self.context.date(at, written)
        return self._numeral(start, end, "date")

    def _is_no_day(self, at: int, written: str, leads: str, follows: str) -> bool:
        """Whether what looks like a day or an hour is something else: 11号线, 为期62日, 3点要求, 8:52:40."""
        text, last = self.text, written[-1]
        if last == "号":
            return text[at - 1 : at] in ("〕", "]") or leads != "" and text[at - 2 : at] not in ("本月", "当月")
        if last == "日":
            day = int(_FIRST_DIGITS.match(written).group())  # type: ignore[union-attr]
            lasts = DURATION_BEFORE.search(text, max(self.done, at - 4), at)
            return day > 31 or lasts is not None or follows in _NOT_AFTER_DAY
        if last == "点":
            told = leads != "" and leads in _OF_DAY
            return not told and follows != "" and follows not in STOPS and follows not in _AFTER_HOUR
        if last == "时":
            return follows in _NOT_AFTER_HOUR
        return ":" in written and (follows in _NOT_AFTER_TIME or self._of_proportion(at))

    def _proportion(self, at: int) -> int:
        match = forms.PROPORTION.match(self.text, at)
        if match is None:
            return 0
        written = match.group()
        clock = written.count(":") == 1 and "." not in written and len(written) - written.index(":") > 2
        if clock and not self._of_proportion(at):
            return 0
        return self._claim(at, match.end(), None, None, None, "exact", "ratio", "proportion", 0.7)
