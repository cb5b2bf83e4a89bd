"""Each rule finds its relation in made-up sentences, leaves alone what only looks like it, and never blames a true text."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.marked import relations
from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED

few = settings(max_examples=40, deadline=None)


def found(text: str) -> set[tuple[str, str]]:
    """Type and verdict of each relation in a text."""
    return {(relation.proposal.type, relation.verdict) for relation in relations(text)}


HOLD = {
    "rate of two": ("收集意见{1252条:opinion}，解决{1246条:opinion}，解决率{99.5%:percent:share}。", "share"),
    "above all": ("拆除任务为{1900亩:mu}，实际完成{2315.8亩:mu}，任务完成率{122%:percent:share}。", "share"),
    "part of a total": ("共有党员{120名:person}，其中女党员{30名:person}，占{25%:percent:share}。", "share"),
    "share of the whole beside it": ("完成税收{3.06亿元:yuan}，占年度任务{4亿元:yuan}的{76.5%:percent:share}。", "share"),
    "from and to": ("税收由{100亿元:yuan}增长到{120亿元:yuan}，增长{20%:percent:change}。", "growth"),
    "with its gain": ("收入{120亿元:yuan}，比上年增加{20亿元:yuan:change}，增长{20%:percent:change}。", "growth"),
    "against a base": ("收入{12亿元:yuan}，比去年{10亿元:yuan}增加{2亿元:yuan:change}，增长{20%:percent:change}。", "growth"),
    "parts after a total": ("共有党员{120名:person}，其中男党员{80名:person}、女党员{40名:person}。", "sum"),
    "parts in the next sentence": ("到发{7.87万人:person}。其中，发送{3.5万人:person}，到达{4.37万人:person}。", "sum"),
    "in all": ("发放{3.5亿元:yuan}、{2.5亿元:yuan}，合计{6亿元:yuan}。", "sum"),
    "done and left": (
        "共有贫困户{615户:household}{2096人:person}，已脱贫{424户:household}{1500人:person}，"
        "未脱贫{191户:household}{596人:person}。", "sum"),
    "state and local taxes": ("税收{10亿元:yuan}，其中国税{6亿元:yuan}、地税{4亿元:yuan}。", "sum"),
    "average": ("{62天:day:duration}共到发旅客{77.87万人次:person-trip}，日均{1.256万人次:person-trip}。", "average"),
    "days": ("暑运7月1日至8月31日，共{62天:day:duration}。", "span"),
    "years": ("计划从2024年至2026年，为期{3年:year:duration}。", "span"),
    "list before": ("通过整治提升、农业提升、生态修复{三大:item:count-of-components}抓手推进。", "listed"),
    "list in brackets": ("用好{三张:coupon:count-of-components}券（地券、房券、绿券）。", "listed"),
    "numbered list": ("何谓{两个:support:count-of-components}支撑？一是打造平台。二是推出宣传。", "listed"),
    "told again": ("全镇财政收入{51.7亿元:yuan}。会议指出，全镇财政收入{51.7亿元:yuan}。", "same"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), HOLD.values(), ids=HOLD)
def test_a_relation_that_holds_is_found(text, kind):
    assert (kind, CONSISTENT) in found(text)
    assert INCONSISTENT not in {verdict for _, verdict in found(text)}


def test_a_task_and_what_was_done_are_found_and_left_open():
    assert ("target", UNDETERMINED) in found("拆除任务为{1900亩:mu}，实际完成{2315.8亩:mu}。")


FAIL = {
    "rate of two": ("共收集意见{1252条:opinion}，解决{1246条:opinion}，解决率{95.5%:percent:share}。", "share"),
    "part of a total": ("共有党员{120名:person}，其中女党员{40名:person}，占{25%:percent:share}。", "share"),
    "share of the whole beside it": ("完成税收{3.06亿元:yuan}，占年度任务{4.02亿元:yuan}的{86.5%:percent:share}。", "share"),
    "part among a total": ("全县{158个:village}村中有贫困村{103个:village}，占{68.2%:percent:share}。", "share"),
    "from a year to another": ("税收从去年的{320万元:yuan}提高到今年的{400万元:yuan}，增长{35%:percent:change}。", "growth"),
    "from and to": ("税收由{100亿元:yuan}增长到{120亿元:yuan}，增长{30%:percent:change}。", "growth"),
    "with its gain": ("收入{120亿元:yuan}，比上年增加{20亿元:yuan:change}，增长{30%:percent:change}。", "growth"),
    "in all": ("发放{3.5亿元:yuan}、{2.5亿元:yuan}，合计{7亿元:yuan}。", "sum"),
    "done and left": (
        "共有贫困户{615户:household}{2096人:person}，已脱贫{426户:household}{1506人:person}，"
        "未脱贫{191户:household}{596人:person}。", "sum"),
    "part above its total": ("共有党员{120名:person}，其中女党员{140名:person}。", "bound"),
    "days": ("暑运7月1日至8月31日，共{60天:day:duration}。", "span"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), FAIL.values(), ids=FAIL)
def test_a_relation_that_words_state_and_figures_break_fails(text, kind):
    assert (kind, INCONSISTENT) in found(text)


NO_ALARM = {
    "a rate of something else": "共受理{1252件:case}，办结{1246件:case}，按期办结率{95.5%:percent:share}。",
    "a rate of last year": "共受理{1252件:case}，办结{1246件:case}，去年办结率{95.5%:percent:share}。",
    "a share of a wider whole": "共有企业{120家:enterprise}，其中高新企业{40家:enterprise}，占全省的{25%:percent:share}。",
    "a share of parts together": "工业{3亿元:yuan}、农业{2亿元:yuan}，占总投资{10亿元:yuan}的{50%:percent:share}。",
    "growth at constant prices": "生产总值{120亿元:yuan}，比上年增加{20亿元:yuan:change}，增长{5%:percent:change}。",
    "growth of the same firms": "收入{120亿元:yuan}，比上年增加{20亿元:yuan:change}，同口径增长{5%:percent:change}。",
    "a yearly mean": "收入由{100亿元:yuan}增长到{120亿元:yuan}，年均增长{6.3%:percent:change}。",
    "done and left of other things": "共有党员{120名:person}，已培训{90名:person}，未参加{20名:person}。",
    "an average of the holidays": (
        "全年接待{60万人次:person-trip}，国庆{7天:day:duration}日均接待{4万人次:person-trip-per-day:ratio}。"
    ),
    "an average of a part": (
        "春运{40天:day:duration}共发送{60万人次:person-trip}，其中春节{7天:day:duration}日均{4万人次:person-trip-per-day:ratio}。"
    ),
    "growth of a yield": "产量从{1.2万吨:tonne}增加到{1.5万吨:tonne}，单产增长{5%:percent:change}。",
    "growth of spending": "收入由{8亿元:yuan}增加到{10亿元:yuan}，支出增长{5%:percent:change}。",
    "growth of a kind": "粮食由{8万吨:tonne}增加到{10万吨:tonne}，其中稻谷增长{5%:percent:change}。",
    "firms that grew so much": "收入由{8亿元:yuan}增加到{10亿元:yuan}，增长{5%:percent:change}的企业有{20家:enterprise}。",
    "growth a mu": "收入{120亿元:yuan}，比上年增加{20亿元:yuan:change}，亩均增长{5%:percent:change}。",
    "a rate of what was due": "受理{1340件:case}，办结{1200件:case}，到期办结率{98.5%:percent:share}。",
    "overlapping parts": "共有党员{120名:person}，其中女党员{70名:person}、青年党员{80名:person}。",
    "a total with more in it": "共有党员{120名:person}，其中女党员{30名:person}、青年党员{20名:person}。",
    "a total of other years": "去年发放{3.5亿元:yuan}，今年发放{2.5亿元:yuan}，三年合计{7亿元:yuan}。",
    "an average of other days": "暑运{62天:day:duration}。全年到发{77.87万人次:person-trip}，日均{2.1万人次:person-trip}。",
    "figures side by side": "甲村{476家:enterprise}，单建率{49.39%:percent:share}。",
    "a list of examples": "全区{7个:town:count-of-components}镇（西樵、九江）参加。",
    "enumerations cut short": "扛起{四个:item:count-of-components}责任，一是区域责任。二是生态责任。",
    "days of another event": "暑运7月1日启动，8月31日结束，其间停运{3天:day:duration}。",
    "leap years": "2月20日至3月5日，共{14天:day:duration}。",
    "other words": "全镇财政收入{51.7亿元:yuan}。全镇财政支出{61.7亿元:yuan}。",
}  # fmt: skip


@pytest.mark.parametrize("text", NO_ALARM.values(), ids=NO_ALARM)
def test_what_only_looks_like_a_relation_raises_no_alarm(text):
    assert INCONSISTENT not in {verdict for _, verdict in found(text)}


def test_a_share_of_an_unstated_whole_is_left_open():
    assert found("完成项目{1904个:project}，阶段完成率{68%:percent:share}。") == {("share", UNDETERMINED)}


def test_a_growth_without_a_base_is_left_open():
    assert found("税收{9.9亿元:yuan}，同比增长{25.43%:percent:change}。") == {("growth", UNDETERMINED)}


def test_growths_told_respectively_go_with_their_figures_in_order():
    text = "产值{10亿元:yuan}和{20亿元:yuan}，分别增长{3%:percent:change}和{5%:percent:change}。"
    pairs = {tuple(figure.written for figure in relation.proposal.figures) for relation in relations(text)}
    assert pairs == {("10亿元", "3%"), ("20亿元", "5%")}


def test_figures_of_two_units_are_never_put_together():
    assert found("共有党员{120名:person}，其中网格{30个:grid}，占{25%:percent:share}。") == set()


def test_a_sentence_told_twice_tells_its_relation_once():
    sentence = "共收集意见{1252条:opinion}，解决{1246条:opinion}，解决率{99.5%:percent:share}。"
    shares = [relation for relation in relations(sentence + sentence) if relation.proposal.type == "share"]
    assert len(shares) == 1


def test_a_share_that_was_cut_off_and_not_rounded_is_left_open():
    text = "共收集意见{{1252条:opinion}}，解决{{1246条:opinion}}，解决率{{{}:percent:share}}。"
    assert ("share", CONSISTENT) in found(text.format("99.52%"))
    assert ("share", UNDETERMINED) in found("共有党员{12名:person}，其中女党员{2名:person}，占{16.6%:percent:share}。")


# A text made from true numbers is never called inconsistent, however its figures are rounded.


def rounded(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


counts = st.integers(1, 99_999)


@few
@given(counts, counts, st.integers(0, 2))
def test_true_shares_are_never_blamed(one, other, places):
    part, whole = sorted((one, other))
    share = rounded(Decimal(100 * part) / whole, places)
    for text in (
        f"共收集意见{{{whole}条:opinion}}，解决{{{part}条:opinion}}，解决率{{{share}%:percent:share}}。",
        f"共有党员{{{whole}名:person}}，其中女党员{{{part}名:person}}，占{{{share}%:percent:share}}。",
    ):
        assert INCONSISTENT not in {verdict for _, verdict in found(text)}
        if 0 < Decimal(share) < 100:
            assert ("share", CONSISTENT) in found(text)


@few
@given(counts, counts, st.integers(2, 40))
def test_a_share_that_is_off_by_points_fails(one, other, off):
    part, whole = sorted((one, other))
    share = Decimal(rounded(Decimal(100 * part) / whole, 1)) + off
    if share >= 100 or part == whole:
        return
    text = f"共有党员{{{whole}名:person}}，其中女党员{{{part}名:person}}，占{{{share}%:percent:share}}。"
    assert ("share", INCONSISTENT) in found(text)


@few
@given(st.integers(100, 99_999), st.integers(100, 99_999), st.integers(0, 2), st.integers(0, 2))
def test_true_growth_is_never_blamed(before, after, places, digits):
    if after == before:
        return
    change = Decimal(100 * (after - before)) / before
    told, verb = rounded(abs(change), places), "增长" if after > before else "下降"
    base, current, gain = (rounded(Decimal(value) / 10, digits) for value in (before, after, abs(after - before)))
    more = "增加" if after > before else "减少"
    for text in (
        f"税收由{{{base}亿元:yuan}}{verb}到{{{current}亿元:yuan}}，{{{verb}{told}%:percent:change}}。",
        f"收入{{{current}亿元:yuan}}，比上年{{{more}{gain}亿元:yuan:change}}，{{{verb}{told}%:percent:change}}。",
    ):
        assert INCONSISTENT not in {verdict for _, verdict in found(text)}


@few
@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=6), st.integers(0, 3))
def test_true_totals_are_never_blamed(parts, digits):
    amounts = [rounded(Decimal(part) / 1000, digits) for part in parts]
    total = rounded(Decimal(sum(parts)) / 1000, digits)
    listed = "、".join(f"{{{amount}万元:yuan}}" for amount in amounts)
    people = "、".join(f"工作人员{{{part}名:person}}" for part in parts)
    for text in (
        f"发放{listed}，合计{{{total}万元:yuan}}。",
        f"共有人员{{{sum(parts)}名:person}}，其中{people}。",
    ):
        assert INCONSISTENT not in {verdict for _, verdict in found(text)}


@few
@given(
    st.text(alphabet="共其中占由至到为率，。、（）“”一是增长比上年合计日均七月123%亿元", max_size=60), counts, counts
)
def test_no_words_between_figures_break_a_rule(words, one, other):
    text = f"{words}{{{one}名:person}}{words}{{{other}名:person}}{words}{{{one % 100}%:percent:share}}{words}"
    assert isinstance(found(text.replace("{}", "")), set)
