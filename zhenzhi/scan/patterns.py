"""Words and patterns that several readers of the scanner share."""

import re
from functools import lru_cache

from zhenzhi.amounts import wording
from zhenzhi.amounts.grammar import read
from zhenzhi.amounts.phrase import Phrase
from zhenzhi.scan.words import words

DIGITS = frozenset("0123456789")
STOPS = frozenset("，。；、：:！？,()《》“”‘’…\n|")
SENTENCE = frozenset("\n(。；;：:！？，,、》】")
BLANKS = frozenset(" \t\u3000")
BEHIND = {word: name for name, found in wording.BEHIND.items() for word in found}
BEHIND_FIRST = frozenset(word[0] for word in BEHIND)
WINDOW = 16
RATES = {"%": "percent", "‰": "per-mille", "个百分点": "percentage-point", "百分点": "percentage-point"}
#: With these end the words that number a picture, a table, an annex: 图1, 附件二.
CAPTIONS = frozenset("图表件录")
CAPTION = re.compile("(?:附件|附录|附[图表]|(?<![一-鿿])[图表])$")
FRACTION = re.compile(
    "[一二三四五六七八九十百千万两几0-9]{1,4}分之[一二三四五六七八九十百零点两0-9.]{1,7}(?:个百分点)?"
)
TENTHS = re.compile("成(?![立功员果为年本交效绩都熟长品就千份分])[一二三四五六七八九半]?[多余]?")
#: Whose numbered labels are policies from above: 省委“33668”.
FROM_ABOVE = re.compile("(?:中央|国家|全国|省|省委|省委、省政府|省、市|自治区)(?:的)?“$")
#: “1”是指一个中心
MEANS = re.compile("”:?(?:是|即)?(?:指|即|代表)")
#: 得分91.6分, and not 3分部署.
SCORE = re.compile(r"分(?=[，。；、：:！？,;()》”’\n|]|以[上下内]|的|$)")
#: 三个半小时, 一个半月
AND_A_HALF = re.compile("个半(?:月|小时)")
DURATION_BEFORE = re.compile(
    "(?:为期|历时|连续|共|用|用时|近|超|约|逾|满|长达|达|前后|持续|累计|不到|超过|仅|每|期限|用了|短短|花了?)$"
)
CLASSIFIER_LIKE = frozenset(
    "个大项种群排串层股丝双副卷杯餐顿类条份套张件名位家户所座支批次场笔宗起间栋台辆艘组处只本部幅棵株头封块片段届期篇首辈门股队滴粒颗朵枝阵缕扇桩箱袋桶瓶根堂盏册顶"
)


@lru_cache(maxsize=16384)
def read_rare(as_written: str) -> Phrase:
    """The phrase as the data package reads it, of forms that are rare: 三成, 翻一番, 两三年."""
    return read(as_written, words().units)


def decimal(value) -> str | None:
    """A fraction as a decimal string: exact where it has one, else to ten digits."""
    if value is None:
        return None
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.10f}".rstrip("0")
