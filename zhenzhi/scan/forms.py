"""The forms in which numerals stand in a text: figures, dates, labels, marks of lists, events.

All patterns are anchored: they are tried where a numeral begins, and take time in proportion to what they match. They read
normalised text (see ``normal``).
"""

import re

from zhenzhi.amounts.numerals import AROUND, chinese

#: A multiplier that does not begin a unit: 千瓦时, 千米, 百分点.
MULTIPLIER = "(?:千(?![瓦米克卡帕伏赫分])|百(?![分帕])|十|[万亿](?!分之))"
_CHINESE = "零〇一二两三四五六七八九十百千万亿廿卅卌壹贰贳叁肆伍陆柒捌玖拾佰仟"
#: Characters that are numerals, whether or not they state a number; see ``numerals.characters``.
SIGNS = "¼½¾⅐-ↂↅ-\u2189①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉㈉-㈏㈡-㈩㉈-㉏㉑-㉟㊱-㊿〡-〩〸-〺⁰¹²³⁴-⁹₀-₉"

#: A figure in digits with its multiplier, and 多 or 余 behind it.
DIGITS = re.compile(
    r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    f"(?P<size>(?:个(?=亿))?{MULTIPLIER}{{1,4}})?(?P<more>(?:[多余]|(?<=[1-9]0)几|{AROUND})(?P<beyond>{MULTIPLIER}{{0,2}}))?"
)
#: A figure in characters, also 几十 and 十几.
CHINESE = re.compile(
    f"(?P<n>(?:[零〇一二两三四五六七八九廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟]|{MULTIPLIER})+)"
    f"(?P<more>(?<=[十百千万亿])(?:[多余几]|{AROUND})(?P<beyond>{MULTIPLIER}{{0,2}}))?"
)
#: 零下36℃
BELOW_ZERO = re.compile("零下(?=(?:[0-9.]+|[一二三四五六七八九十]+)多?(?:℃|摄氏度))")
#: The second end of a range.
RANGE = re.compile(r"-{1,2}|~{1,2}|至|到")

_YEAR = "(?:19|20)[0-9]{2}"
_TO = "(?:[-~至到、和]{1,2})"
_TIME = (
    "(?:(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚|早)?"
    "[0-9]{1,2}(?:时(?:许|[0-9]{1,2}分)?|点(?:钟|半|[0-9]{1,2}分|许)?|:[0-9]{2}(?::[0-9]{2})?))"
)
_DAY = "[0-9]{1,2}[日号]"
_MONTH = "[0-9]{1,2}月(?:份|底|初|末|中旬|上旬|下旬)?"
_MONTH_DAY = f"[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?(?:{_TO}(?:[0-9]{{1,2}}月)?{_DAY})?(?:{_TIME}(?:{_TO}{_TIME})?)?"
_LISTED = "(?:[0-9]{1,2}、){1,11}[0-9]{1,2}(?:月份?|[日号])"
_MONTHS = f"[0-9]{{1,2}}月?(?:份)?{_TO}(?:{_MONTH_DAY}|{_MONTH})"
_IN_YEAR = f"(?:{_MONTHS}|{_MONTH_DAY}|{_MONTH}|第?[一二三四1-4](?:至[一二三四1-4])?季度|前[0-9一二三]+季度|[上下]半年)"
#: Dates and times of day, in digits.
DATE = re.compile(
    f"{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}日?(?![0-9.])(?:T?{_TIME})?"
    f"|{_YEAR}-(?:0[1-9]|1[0-2])(?![-0-9./年%万亿千百])"
    r"|(?:0[1-9]|1[0-2])[-/][0-3][0-9](?=\s[0-2]?[0-9]:[0-9]{2})"
    f"|{_YEAR}(?:[-~至到]{{1,2}}){_YEAR}(?:学年度?|年度?)?(?![0-9.,%]|[万亿千百个家])"
    f"|{_YEAR}/{_YEAR}(?:学年|年度?|年)"
    f"|{_YEAR}年?(?:[、和]{_YEAR}年?)*[、和]{_YEAR}年度?"
    f"|{_YEAR}年(?:{_TO}{_YEAR}年度?|度?{_IN_YEAR}|度|[末底初])?"
    f"|{_YEAR}(?:版|级(?!别)|届)|[1-4](?:[-~至、][1-4])?季度"
    "|[0-9]{1,2}[-~至到]{1,2}[0-9]{1,2}时"
    "|0[0-9]年[初底末]|[12][0-9]年(?:[初底末]|(?=GDP|全[省市县区镇]|[上下]半年))"
    f"|(?:{_LISTED}|{_MONTHS}|{_MONTH_DAY}|{_MONTH})(?!龄)"
    f"|[0-9]{{1,2}}{_TO}[0-9]{{1,2}}日"
    f"|{_DAY}(?:{_TO}{_DAY})?(?:{_TIME}(?:{_TO}{_TIME})?)?"
    f"|{_TIME}(?:{_TO}{_TIME})?"
    f"|[0-9]{{2}}年代|[0-9]{{2}}世纪(?:[0-9]{{2}}年代)?"
)
_CN = "[〇零一二三四五六七八九十]"
#: A year of a reign or of the Republic, and the same in our years: 乾隆七年(1742年), 民国22年.
ERA_YEAR = re.compile("(?:[元一二三四五六七八九十]{1,3}|[0-9]{1,2})年(?!来|间|代)(?:\\(1[0-9]{3}年?\\))?")
#: Dates in characters.
CHINESE_DATE = re.compile(
    f"[一二][〇零一二三四五六七八九]{{3}}年(?:{_CN}{{1,2}}月(?:{_CN}{{1,3}}[日号])?)?"
    f"|{_CN}{{1,2}}月(?:份|{_CN}{{1,3}}[日号])?(?![大圆])|{_CN}{{2,3}}日(?!游)"
    f"|[一二三四五六七八九]十年代|[一二三四五六七八九十]{{1,3}}世纪|[一二三四](?:至[一二三四])?季度"
)
#: Marks that only order a text, at the beginning of a line or a sentence.
MARK = re.compile(
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}(?:[.)、](?![0-9])|(?=\.[^\S\n]))|[一二三四五六七八九十]{1,3}[、)])"
)
#: The number of a part of a part of a section: 1.4.1 工作原则.
SECTION = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,3}(?=[一-鿿“《])|[1-9]\.[0-9]{1,2}(?=[一-鿿]{2,12}\n)")
MARK_WORD = re.compile("[一二三四五六七八九十]{1,3}(?:是(?!否)|则|来(?=，)|要(?![素点件领]))")
#: A name of several numbers: 1+6+3, 1+N.
LABEL = re.compile(r"[0-9一二三]+(?:[+×](?:[0-9一二三]+|[A-Za-z])){1,9}")
#: “1-10”
HYPHENED = re.compile("[0-9]+(?:-[0-9]+){1,9}(?=”)")
#: Shares of a whole: 15.3:35.5:49.2.
PROPORTION = re.compile(r"[0-9]+(?:\.[0-9]+)?(?::[0-9]+(?:\.[0-9]+)?){1,9}")
#: Numbered congresses, sessions and the like, from their first numeral.
EVENT = re.compile(
    f"(?:{_CN}{{1,4}}|[0-9]{{1,3}})届(?:[^，。；、《》“”\n]{{0,14}}?第?[一二三四五六七八九十0-9]{{1,3}}(?:次|中)(?:全体)?(?:\\(扩大\\))?"
    "(?:会议|全会|人代会|党代会|代表大会|大会|全委会议?|代表会议?)?|[^，。；、《》“”\n]{0,8}?(?:会议|大会|人大|人代会|党代会|全会|节|赛|展|博览会|运动会|全运会|残运会|洽谈会|论坛))?"
    f"|(?:{_CN}{{1,4}}|[0-9]{{1,3}})次(?=[^，。；、\n]{{0,8}}(?:普查|党代会|代表大会|全会|常务会|常委会|全体会议|会议|峰会))"
    f"|(?:{_CN}|百){{1,4}}周年|[0-9]{{1,4}}周年|{_CN}中(?=(?:、{_CN}中)*(?:、|和)?{_CN}中全会)|{_CN}中全会"
)
#: A code, a model, a road: a letter beside digits; a hotline, a telephone.
CODE = re.compile(r"[0-9]+(?:[-.][0-9]+){0,9}[A-Za-z][A-Za-z0-9-]*")
#: The number of a file or a stake, behind its letters: XM06204-09-04, K12+300.
FILED = re.compile(r"[0-9]+(?:(?:-[0-9A-Za-z]+){2,9}|-0[0-9]+|\+[0-9]{3}(?![0-9]))")
SERIAL = re.compile("[0-9]{6,}(?:[-/][0-9A-Za-z]+){1,9}")
TELEPHONE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}|1[3-9][0-9]{9}(?![0-9])|[48]00-[0-9]{3,4}-[0-9]{3,4}")
ANY = re.compile(rf"[\d{_CHINESE}半{SIGNS}]+")
HEAD = re.compile(rf"[\d零〇一二两三四五六七八九十百千万亿廿卅卌半{SIGNS}每首翻壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
#: Capitals are numerals only where three stand together with a multiplier; see ``numerals``.
FORMAL = re.compile(
    "(?=[壹贰叁參肆伍陆陸柒捌玖零〇]{0,3}[拾佰仟十百千万亿])[壹贰叁參肆伍陆陸柒捌玖拾佰仟][壹贰叁參肆伍陆陸柒捌玖拾佰仟十百千万亿零〇]{1,24}"
)

#: Longer runs are telephone numbers, serial numbers and the like.
LONGEST = 20
_SIZES = {"个": 0, "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def zeros(multipliers: str) -> int:
    """By how many places a figure is moved: 8 for 亿, 7 for 千万."""
    return sum(_SIZES[character] for character in multipliers) if multipliers else 0


def moved(figure: str, places: int) -> str:
    """A figure in digits as a decimal string without needless zeros, its point moved to the right."""
    if figure.isdecimal() and figure[0] != "0":
        return figure + "0" * places
    whole, _, part = figure.replace(",", "").partition(".")
    if places:
        part = part.ljust(places, "0")
        whole, part = whole + part[:places], part[places:]
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def in_characters(numeral: str) -> tuple[str, str | None] | None:
    """Value and upper value of a numeral in characters as decimal strings; ``None`` where it states no number."""
    found = chinese(numeral) if len(numeral) <= LONGEST else None
    if found is None:
        return None
    value, _, high = found
    return str(value), None if high is None else str(high)
