"""The sentences of made-up texts: relations between figures in several wordings, figures that stand alone, and traps.

A passage is a list of pieces; those that begin with a digit are figures and may be made wrong. Most kinds of relation have
wordings that say plainly how their figures belong together and one that says it in passing or over two sentences, since texts
do both. A trap has figures that look like a relation and are none.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

#: The pieces of a passage: words and figures by turns.
Passage = list[str]
Maker = Callable[[Random], Passage]


def _percent(part: float, whole: float, places: int = 1) -> str:
    return f"{100 * part / whole:.{places}f}"


def _rate(random: Random) -> tuple[int, int]:
    whole = random.randint(180, 6000)
    return whole, round(whole * random.uniform(0.71, 0.995))


def _rate_plain(random: Random) -> Passage:
    whole, part = _rate(random)
    thing, done = random.choice(
        (("矛盾纠纷", "化解"), ("群众诉求", "办结"), ("安全隐患", "整改"), ("意见建议", "采纳"))
    )
    return [f"全年共收集{thing}", str(whole), f"件，{done}", str(part), f"件，{done}率", _percent(part, whole), "%。"]


def _rate_apart(random: Random) -> Passage:
    whole, part = _rate(random)
    return [
        "网格员上报各类事件", str(whole), "件，交由镇综合治理中心统一分派。已有", str(part), "件办理完毕，办理完毕的占",
        _percent(part, whole), "%。",
    ]  # fmt: skip


def _share(random: Random) -> tuple[int, int]:
    whole = random.randint(240, 5200)
    return whole, round(whole * random.uniform(0.12, 0.68))


def _share_plain(random: Random) -> Passage:
    whole, part = _share(random)
    group, among = random.choice((("党员", "女党员"), ("志愿者", "青年志愿者"), ("网格员", "专职网格员")))
    return [f"全镇共有{group}", str(whole), f"名，其中{among}", str(part), "名，占", _percent(part, whole), "%。"]


def _share_apart(random: Random) -> Passage:
    whole, part = _share(random)
    return [
        "辖区登记企业", str(whole), "家。规模较小的占了多数，员工不足十人的有", str(part), "家，比例为",
        _percent(part, whole), "%。",
    ]  # fmt: skip


def _growth(random: Random) -> tuple[str, str, str, str]:
    base = random.randint(120, 9800) / 10
    gain = round(base * random.uniform(0.03, 0.32), 1)
    current = round(base + gain, 1)
    return f"{base:.1f}", f"{gain:.1f}", f"{current:.1f}", _percent(gain, base)


def _growth_plain(random: Random) -> Passage:
    base, _, current, rate = _growth(random)
    what = random.choice(("村级集体收入", "农产品销售额", "旅游综合收入", "民间投资"))
    return [f"{what}由上年的", base, "万元增加到", current, "万元，增长", rate, "%。"]


def _growth_by_gain(random: Random) -> Passage:
    _, gain, current, rate = _growth(random)
    return ["民生支出", current, "万元，比上年增加", gain, "万元，增长", rate, "%。"]


def _growth_apart(random: Random) -> Passage:
    base, _, current, rate = _growth(random)
    return ["上年电商销售额", base, "万元。今年在主播带动下做到了", current, "万元，同比增长", rate, "%。"]


def _parts(random: Random) -> tuple[list[str], str]:
    tenths = [random.randint(105, 3900) for _ in range(3)]
    return [f"{part / 10:.1f}" for part in tenths], f"{sum(tenths) / 10:.1f}"


def _sum_plain(random: Random) -> Passage:
    (one, two, three), whole = _parts(random)
    return ["拨付道路资金", one, "万元、水利资金", two, "万元、绿化资金", three, "万元，合计", whole, "万元。"]


def _sum_before(random: Random) -> Passage:
    (one, two, three), whole = _parts(random)
    return [
        "老街改造总投资", whole, "万元，资金来自三个方面，镇财政承担", one, "万元，村集体自筹", two, "万元，乡贤捐助",
        three, "万元。",
    ]  # fmt: skip


def _average(random: Random) -> tuple[str, str, str]:
    days = random.randint(3, 29)
    each = random.randint(210, 4800)
    return str(days), str(days * each), str(each)


def _average_plain(random: Random) -> Passage:
    days, total, each = _average(random)
    return ["文化节历时", days, "天，共接待游客", total, "人次，日均接待", each, "人次。"]


def _average_apart(random: Random) -> Passage:
    days, total, each = _average(random)
    return ["灯会连续办了", days, "天。主办方估算，总客流", total, "人次，平均每天", each, "人次。"]


def _dates_plain(random: Random) -> Passage:
    month = random.choice((5, 7, 8, 10))
    first = random.randint(2, 9)
    last = random.randint(first + 8, 29)
    return [f"专项整治从{month}月{first}日至{month}月{last}日，为期", str(last - first + 1), "天。"]


def _again(random: Random) -> Passage:
    amount = str(random.randint(1100, 98000))
    return ["镇里全年发放惠民补贴", amount, "户次。这", amount, "户次背后是一本本入户台账。"]


class Wordings(NamedTuple):
    """The wordings of a kind of relation: those that say it plainly, and those that say it in passing."""

    plain: tuple[Maker, ...]
    passing: tuple[Maker, ...] = ()


#: The kinds of relation.
KINDS = {
    "rate": Wordings((_rate_plain,), (_rate_apart,)),
    "share": Wordings((_share_plain,), (_share_apart,)),
    "growth": Wordings((_growth_plain, _growth_by_gain), (_growth_apart,)),
    "sum": Wordings((_sum_plain,), (_sum_before,)),
    "average": Wordings((_average_plain,), (_average_apart,)),
    "dates": Wordings((_dates_plain,)),
    "again": Wordings((), (_again,)),
}


def _other_rate(random: Random) -> Passage:
    whole, part = _rate(random)
    liked = f"{random.randint(900, 998) / 10:.1f}"
    return ["便民热线共受理来电", str(whole), "件，办结", str(part), "件，群众满意率", liked, "%。"]


def _other_whole(random: Random) -> Passage:
    whole, part = _share(random)
    share = f"{random.randint(11, 98) / 10:.1f}"
    return ["全镇共有耕地", str(whole), "亩，其中水田", str(part), "亩，占全县水田的", share, "%。"]


def _at_other_prices(random: Random) -> Passage:
    base, _, current, _ = _growth(random)
    rate = f"{random.randint(11, 98) / 10:.1f}"
    return ["规模以上工业增加值由", base, "万元增加到", current, "万元，按可比价格增长", rate, "%。"]


def _some_parts(random: Random) -> Passage:
    (one, two, _), whole = _parts(random)
    return ["年度预算支出", whole, "万元，其中教育", one, "万元、卫生", two, "万元。"]


def _other_days(random: Random) -> Passage:
    days, total, each = _average(random)
    return ["展会为期", days, "天，线上线下共吸引观众", total, "人次，去年同期日均", each, "人次。"]


#: Figures that look like a relation and are none.
TRAPS: tuple[Maker, ...] = (_other_rate, _other_whole, _at_other_prices, _some_parts, _other_days)


def _alone(before: str, low: int, high: int, after: str) -> Maker:
    """A figure that stands in no relation."""
    return lambda random: [before, str(random.randint(low, high)), after]


#: Figures that stand alone.
FILLERS: tuple[Maker, ...] = (
    _alone("镇里新建口袋公园", 2, 19, "个，居民出门就能散步。"),
    _alone("河长全年巡河", 300, 9800, "次，水质稳中向好。"),
    _alone("新修机耕路", 3, 48, "公里，农机下田更方便。"),
    _alone("党群服务中心开展活动", 40, 460, "场，坐诊、理发、课业辅导都在家门口。"),
    _alone("镇中心小学新增学位", 90, 960, "个。"),
    _alone("全镇种植油茶", 1200, 9900, "亩，带动周边农户务工。"),
    _alone("拆除违章建筑", 1100, 9600, "平方米，腾出的空地改成了晒谷场。"),
    _alone("乡镇卫生院为老人体检", 800, 7600, "人次。"),
    _alone("夜间巡逻队出动", 260, 3900, "人次，盗窃警情明显下降。"),
    _alone("镇里建成充电桩", 20, 290, "个，下一步还要向村里延伸。"),
    _alone("招聘会提供岗位", 160, 2900, "个，不少人当场签了意向。"),
    _alone("图书馆借出图书", 2100, 48000, "册，孩子们是常客。"),
)
