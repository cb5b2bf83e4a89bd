"""Any text is read for its quantities: made-up sentences, and what must hold of every text."""

import csv
import gc
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenzhi import paths
from zhenzhi.amounts.grammar import read
from zhenzhi.amounts.numerals import characters
from zhenzhi.scan import Claim, Scan, scan
from zhenzhi.scan.words import words

INK = "0159０９.．,，%％零一二两三九十百千万亿廿卅半几数多余壹伍拾佰Ⅳ½①²分之成年元个人级月日第前每首翻番"
INK += " \n-—至到近约增长降“”（）:+A"
WORDS = (
    "同比增长 下降 超 约 近 至少 不足 亿元 万人 个百分点 % 倍 左右 以上 三成 两三 五百 1,234 51.7 8 十五 第 个 家 亩 大行动 "
    "年 月 “ ” 、 和 ， 。 翻一番 增速为- 三分之一 1+3 8:2 每季度 \n"
)
CONTRACT = {
    resource["name"]: resource["schema"]["fields"]
    for resource in json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    if "schema" in resource
}
UNITS = {row["unit"] for row in csv.DictReader((paths.DATA / "units.csv").read_text(encoding="utf-8").splitlines())}
texts = st.text(st.one_of(st.sampled_from(INK), st.characters()), max_size=60)
phrases = st.lists(st.sampled_from(WORDS.split(" ")), max_size=14).map("".join)


def found(text: str) -> list[tuple]:
    return [(claim.as_written, claim.value, claim.unit, claim.qualifier, claim.kind) for claim in scan(text).claims]


def reasons(text: str) -> list[tuple[str, str]]:
    return [(numeral.as_written, numeral.reason) for numeral in scan(text).numerals]


# What is found


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("全年实现产值51.7亿元，同比增长8.7%。",
         [("51.7亿元", "5170000000", "yuan", "exact", "flow"), ("同比增长8.7%", "8.7", "percent", "exact", "change")]),
        ("全镇下辖12个行政村，户籍人口5.3万人，外来人口约8万人。",
         [("12个", "12", "village", "exact", "level"), ("5.3万人", "53000", "person", "exact", "level"),
          ("约8万人", "80000", "person", "about", "level")]),
        ("盗窃、诈骗警情分别下降31.2%、12.8%，破案率上升5.6个百分点。",
         [("下降31.2%", "-31.2", "percent", "exact", "change"), ("12.8%", "-12.8", "percent", "exact", "change"),
          ("上升5.6个百分点", "5.6", "percentage-point", "exact", "change")]),
        ("投资增速为-3.5%，能耗比上年缩小4%",
         [("增速为-3.5%", "-3.5", "percent", "exact", "change"), ("比上年缩小4%", "-4", "percent", "exact", "change")]),
        ("盗窃等警情同比降幅分别为25.9%、44.98%和6%，企业减少12家、5家，单月警情降幅在40%以上且排名前五",
         [("同比降幅分别为25.9%", "-25.9", "percent", "exact", "change"), ("44.98%", "-44.98", "percent", "exact", "change"),
          ("6%", "-6", "percent", "exact", "change"), ("减少12家", "-12", "enterprise", "exact", "change"),
          ("5家", "-5", "enterprise", "exact", "change"), ("降幅在40%以上", "-40", "percent", "over", "change"),
          ("前五", "5", "standing", "at-most", "rank")]),
        ("利润下降幅度均为3%、4%、5家企业上市，税收增幅分别达2%、5%，失业率下降到3%、4%",
         [("下降幅度均为3%", "-3", "percent", "exact", "change"), ("4%", "-4", "percent", "exact", "change"),
          ("5家企业", "5", "enterprise", "exact", "level"),
          ("增幅分别达2%", "2", "percent", "exact", "change"), ("5%", "5", "percent", "exact", "change"),
          ("3%", "3", "percent", "exact", "share"), ("4%", "4", "percent", "exact", "share")]),
        ("诉求同比减少9957件、降幅7.66%，8月降幅更是达到17.14%",
         [("同比减少9957件", "-9957", "event", "exact", "change"), ("降幅7.66%", "-7.66", "percent", "exact", "change"),
          ("降幅更是达到17.14%", "-17.14", "percent", "exact", "change")]),
        ("提高四方面能力，减少两个环节，提高两个百分点，日均客流超2万人次",
         [("四方面", "4", "aspect", "exact", "count-of-components"), ("减少两个环节", "-2", "link", "exact", "change"),
          ("提高两个百分点", "2", "percentage-point", "exact", "change"),
          ("超2万人次", "20000", "person-trip-per-day", "over", "ratio")]),
        ("实施供水改造提升8个小区，旱粮单产增一成，千人口托位数达3.8个",
         [("8个", "8", "community", "exact", "flow"), ("增一成", "10", "percent", "exact", "change"),
          ("3.8个", "3.8", "item", "exact", "ratio")]),
        ("增速分别位居全省第五、第二，位列全国镇域经济17强，落实“稳增长20条”",
         [("第五", "5", "standing", "exact", "rank"), ("第二", "2", "standing", "exact", "rank"),
          ("17强", "17", "standing", "at-most", "rank"), ("20条", "20", "label", "exact", "label")]),
        ("境内国道136.75公里，人均收入增长8%，达到2万元",
         [("136.75公里", "136.75", "km", "exact", "level"), ("增长8%", "8", "percent", "exact", "change"),
          ("2万元", "20000", "yuan", "exact", "ratio")]),
        ("每周巡河不少于2次，每月例会2次以上，分三期建成，把7栋楼改成客厅，存款余额3亿元，其中活期1亿元",
         [("每周巡河不少于2次", "2", "per-week", "over", "frequency"),
          ("每月例会2次以上", "2", "per-month", "over", "frequency"), ("三期", "3", "issue", "exact", "level"),
          ("7栋", "7", "building", "exact", "level"), ("3亿元", "300000000", "yuan", "exact", "level"),
          ("1亿元", "100000000", "yuan", "exact", "level")]),
        ("亩产387公斤，每个客厅由一名楼管员照看，每千人拥有床位6张、医师3名",
         [("387公斤", "387", "kilogram", "exact", "ratio"), ("一名", "1", "person", "exact", "ratio"),
          ("6张", "6", "bed", "exact", "ratio"), ("3名", "3", "person", "exact", "ratio")]),
        ("用了两天时间，满足十至十五年的需要，讲三句话，深化三点认识，容量6.3万千伏安，上亿资金",
         [("两天", "2", "day", "exact", "duration"), ("十至十五年", "10", "year", "range", "duration"),
          ("三句", "3", "aspect", "exact", "count-of-components"), ("三点", "3", "aspect", "exact", "count-of-components"),
          ("6.3万千伏安", "63000", "kilovolt-ampere", "exact", "level"), ("上亿", "100000000", "yuan", "over", "flow")]),
        ("2052名社区工作者担任网格长", [("2052名", "2052", "person", "exact", "level")]),
        ("共排查矛盾纠纷1245宗，调处成功率达96.6%。",
         [("1245宗", "1245", "dispute", "exact", "flow"), ("96.6%", "96.6", "percent", "exact", "share")]),
        ("新增储备用地600多亩，用电量5.6亿千瓦时",
         [("600多亩", "600", "mu", "over", "flow"), ("5.6亿千瓦时", "560000000", "kwh", "exact", "flow")]),
        ("组建队伍，发布五大行动计划，提出8个方面、20条具体举措。",
         [("五大行动计划", "5", "action-plan", "exact", "count-of-components"),
          ("8个方面", "8", "aspect", "exact", "count-of-components"),
          ("20条具体举措", "20", "measure", "exact", "count-of-components")]),
        ("推行“1+3+X”模式，打造“一心两轴”，实施“2345”工程",
         [("1+3+X", None, "label", "exact", "label"), ("一心", "1", "label", "exact", "label"),
          ("两轴", "2", "label", "exact", "label"), ("2345", "2345", "label", "exact", "label")]),
        ("连续三年位居全区考核第一，跻身榜单第56位，实现十三连冠。",
         [("连续三年", "3", "year", "exact", "duration"), ("第一", "1", "standing", "exact", "rank"),
          ("第56位", "56", "standing", "exact", "rank"), ("十三连冠", "13", "time", "exact", "rank")]),
        ("补贴50-100万元，风力8-11级，每户3至5人",
         [("50-100万元", "500000", "yuan", "range", "flow"), ("8-11级", "8", "wind-force", "range", "level"),
          ("3至5人", "3", "person", "range", "ratio")]),
        ("研发投入翻一番，利润增长近两倍，三分之一以上的企业、七成的门店扭亏",
         [("翻一番", "100", "percent", "exact", "change"), ("增长近两倍", "200", "percent", "nearly", "change"),
          ("三分之一以上", "33.3333333333", "percent", "over", "share"), ("七成", "70", "percent", "exact", "share")]),
        ("人均可支配收入2.9万元，三次产业结构调整为8:52:40",
         [("2.9万元", "29000", "yuan", "exact", "ratio"), ("8:52:40", None, None, "exact", "ratio")]),
        ("每季度召开一次联席会议，至少每周巡查不少于3次",
         [("每季度召开一次", "1", "per-quarter", "exact", "frequency"),
          ("至少每周巡查不少于3次", "3", "per-week", "over", "frequency")]),
        ("产值突破百亿，新城经济总量破千亿",
         [("突破百亿", "10000000000", "yuan", "over", "flow"), ("破千亿", "100000000000", "yuan", "over", "level")]),
        ("新建公园一个、停车场两个、公厕三座",
         [("一个", "1", "park", "exact", "flow"), ("两个", "2", "item", "exact", "flow"),
          ("三座", "3", "structure", "exact", "flow")]),
        ("前10%的企业，名列全市第二",
         [("10%", "10", "percent", "exact", "rank"), 
          ("第二", "2", "standing", "exact", "rank")]),
        ("车位由210个增加到340个，岗位从6个增至9个",
         [("210个", "210", "parking-space", "exact", "level"), ("340个", "340", "parking-space", "exact", "level"),
          ("6个", "6", "post", "exact", "level"), ("9个", "9", "post", "exact", "level")]),
        ("合格率由71%提高到83%，增速提高到6%",
         [("71%", "71", "percent", "exact", "share"), ("83%", "83", "percent", "exact", "share"),
          ("6%", "6", "percent", "exact", "change")]),
        ("每千人拥有床位5张，场均观众300人，材料精简四成，工时缩短近一半",
         [("5张", "5", "bed", "exact", "ratio"), ("300人", "300", "person", "exact", "ratio"),
          ("精简四成", "-40", "percent", "exact", "change"), ("缩短近一半", "-50", "percent", "nearly", "change")]),
        ("收集意见230条，采纳120条。发动500名党员认领岗位，4个工作日办结，位列后三位",
         [("230条", "230", "opinion", "exact", "flow"), ("120条", "120", "opinion", "exact", "flow"),
          ("500名", "500", "person", "exact", "flow"), ("4个工作日", "4", "day", "exact", "duration"),
          ("后三位", "3", "position", "exact", "rank")]),
        ("带动40人以上就业，建成5公里以上绿道，新增6家以上企业，收入达30万元以上",
         [("40人以上", "40", "person", "over", "flow"), ("5公里以上", "5", "km", "over", "flow"),
          ("6家以上", "6", "enterprise", "over", "flow"), ("30万元以上", "300000", "yuan", "over", "flow")]),
        ("历时两个多月，约十五六人参加，数百名党员报名",
         [("两个多月", "2", "month", "over", "duration"), ("约十五六人", "15", "person", "range", "level"),
          ("数百名", "100", "person", "over", "level")]),
        ("失业率下降到了3.1%，总产值超过了2亿元，压缩审批时限60%，用时一个多月",
         [("3.1%", "3.1", "percent", "exact", "share"), ("超过了2亿元", "200000000", "yuan", "over", "flow"),
          ("压缩审批时限60%", "-60", "percent", "exact", "change"), ("一个多月", "1", "month", "over", "duration")]),
        ("床位610张，其中医院430张。园区企业35户，税收超过百万元的企业6家，排名较去年上升2位，跻身全省十强",
         [("610张", "610", "bed", "exact", "level"), ("430张", "430", "bed", "exact", "level"),
          ("35户", "35", "enterprise", "exact", "level"),
          ("6家", "6", "enterprise", "exact", "level"), ("较去年上升2位", "2", "position", "exact", "change"),
          ("十强", "10", "standing", "at-most", "rank")]),
        ("会议提出五点要求", [("五点", "5", "aspect", "exact", "count-of-components")]),
        ("路网密度达到5公里/百平方公里，打造105亿的产业集群，形成纺织、家电、建材三大产业，农村污水处理池12个",
         [("5公里/百平方公里", "5", "km", "exact", "ratio"), ("105亿", "10500000000", "yuan", "exact", "flow"),
          ("三大产业", "3", "industry", "exact", "count-of-components"), ("12个", "12", "item", "exact", "flow")]),
        ("划为三类村庄，投资千余万元，增加一倍多，推行“1-10”联户，再用两年半，增速回升至6.5%，前移5个位次",
         [("三类", "3", "type", "exact", "count-of-components"), ("千余万元", "10000000", "yuan", "over", "flow"),
          ("增加一倍多", "100", "percent", "over", "change"), ("1-10", None, "label", "exact", "label"),
          ("两年半", "2.5", "year", "exact", "duration"), ("6.5%", "6.5", "percent", "exact", "change"),
          ("前移5个位次", "5", "position", "exact", "change")]),
        ("以“一核两翼三带”为布局，每周一汇报，每周一次，每10万人口拥有床位62张",
         [("一核", "1", "label", "exact", "label"), ("两翼", "2", "label", "exact", "label"),
          ("三带", "3", "belt", "exact", "label"), ("每周", "1", "per-week", "exact", "frequency"),
          ("每周一次", "1", "per-week", "exact", "frequency"), ("62张", "62", "bed", "exact", "ratio")]),
        ("三次产业比重为9.2∶40.3∶50.5，约占全县1/4，绿化率分别提高1.5、2.25和4个百分点，收入分别达2.1、3万元",
         [("9.2∶40.3∶50.5", None, None, "exact", "ratio"), ("1/4", "25", "percent", "exact", "share"),
          ("提高1.5", "1.5", "percentage-point", "exact", "change"), ("2.25", "2.25", "percentage-point", "exact", "change"),
          ("4个百分点", "4", "percentage-point", "exact", "change"), ("2.1", "21000", "yuan", "exact", "flow"),
          ("3万元", "30000", "yuan", "exact", "flow")]),
        ("案件量七连降，粮食9连增，跻身全省50强，连续第六年盈利，以3.5%的增速领跑、4%的降幅垫底，反对0票，约占两成，约有9人，节约达3元",
         [("七连降", "7", "time", "exact", "rank"), ("9连增", "9", "time", "exact", "rank"),
          ("50强", "50", "standing", "at-most", "rank"), ("连续第六年", "6", "year", "exact", "duration"),
          ("3.5%", "3.5", "percent", "exact", "change"), ("4%", "-4", "percent", "exact", "change"),
          ("0票", "0", "vote", "exact", "level"), ("约占两成", "20", "percent", "about", "share"),
          ("约有9人", "9", "person", "about", "level"), ("3元", "3", "yuan", "exact", "flow")]),
        ("占百分之四十一点五，投资三点二亿元，增长一点五倍，提出两点要求",
         [("百分之四十一点五", "41.5", "percent", "exact", "share"), ("三点二亿元", "320000000", "yuan", "exact", "flow"),
          ("增长一点五倍", "150", "percent", "exact", "change"), ("两点", "2", "aspect", "exact", "count-of-components")]),
        ("90%以上的楼栋装了门禁，寿命延长到81岁以上，12万名网格长巡查三轮次，30万以上孕产妇受益，分简易、复杂两类，实施“4×3”计划",
         [("90%以上", "90", "percent", "over", "share"), ("81岁以上", "81", "year-of-age", "over", "level"),
          ("12万名", "120000", "person", "exact", "level"), ("三轮次", "3", "round", "exact", "flow"),
          ("30万以上", "300000", "person", "over", "flow"), ("两类", "2", "type", "exact", "count-of-components"),
          ("4×3", None, "label", "exact", "label")]),
        ("全县人均收入由8000元提高到1.2万元，实现存款余额9亿元，总产值跨越7万亿、8万亿两个台阶，货运班列开行300列，专人每天对街面清扫",
         [("8000元", "8000", "yuan", "exact", "ratio"), ("1.2万元", "12000", "yuan", "exact", "ratio"),
          ("9亿元", "900000000", "yuan", "exact", "level"), ("7万亿", "7000000000000", "yuan", "exact", "flow"),
          ("8万亿", "8000000000000", "yuan", "exact", "flow"), ("两个", "2", "item", "exact", "count-of-components"),
          ("300列", "300", "train", "exact", "flow"), ("每天", "1", "per-day", "exact", "frequency")]),
        ("全长668km，流域55558km2，装机1.2GW，库容20万m³，重3kg",
         [("668km", "668", "km", "exact", "level"), ("55558km2", "55558", "square-km", "exact", "level"),
          ("1.2GW", "1.2", "gigawatt", "exact", "level"), ("20万m³", "200000", "cubic-metre", "exact", "level"),
          ("3kg", "3", "kilogram", "exact", "level")]),
        ("争了二十来年，来了10来户，较上年少支出3.2亿元，至少支出3万元，按4:3出资，每半月通报一次",
         [("二十来年", "20", "year", "about", "duration"), ("10来户", "10", "household", "about", "level"),
          ("较上年少支出3.2亿元", "-320000000", "yuan", "exact", "change"), ("3万元", "30000", "yuan", "exact", "flow"),
          ("4:3", None, None, "exact", "ratio"), ("每半月通报一次", "1", "per-half-month", "exact", "frequency")]),
        ("20多国参会，覆盖3县5乡，采购4亿桶，产量居世界第一",
         [("20多国", "20", "item", "over", "level"), ("3县", "3", "item", "exact", "level"),
          ("5乡", "5", "item", "exact", "level"), ("4亿桶", "400000000", "barrel", "exact", "flow"),
          ("第一", "1", "standing", "exact", "rank")]),
        ("启动“清三堆”（土堆、粪堆、柴堆）活动，持续增长15年，以年均10%以上增幅领跑",
         [("三堆", "3", "label", "exact", "count-of-components"), ("15年", "15", "year", "exact", "duration"),
          ("10%以上", "10", "percent", "over", "change")]),
        ("改造農房3.5萬畝，惠及120餘戶，增長8%，下降52%",
         [("3.5萬畝", "35000", "mu", "exact", "flow"), ("120餘戶", "120", "household", "over", "flow"),
          ("增長8%", "8", "percent", "exact", "change"), ("下降52%", "-52", "percent", "exact", "change")]),
    ],
)  # fmt: skip
def test_quantities_with_value_unit_wording_and_kind(text, claims):
    assert found(text) == claims


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("2023年1至9月，截至8月31日，9时30分", [("2023年1至9月", "date"), ("8月31日", "date"), ("9时30分", "date")]),
        ("入围2023先进名单", [("2023", "date")]),
        ("一、总体情况。（二）问题。一是加强领导；二是抓好落实。3.加强领导", [
            ("一、", "list-marker"), ("二）", "list-marker"), ("一是", "list-marker"), ("二是", "list-marker"),
            ("3.", "list-marker")]),
        ("九江镇、三水区和四会市", [("九江", "name"), ("三水", "name"), ("四会", "name")]),
        ("省道S272线、5G基站、PM2.5浓度", [("S272", "name"), ("5G", "name"), ("PM2.5", "name")]),
        ("坚持“两个维护”，落实“十四五”规划和“百千万工程”", [
            ("两个维护", "doctrine"), ("十四五", "event-name"), ("百千万工程", "policy-name")]),
        ("第三届人民代表大会第二次会议，建党100周年", [
            ("第三届人民代表大会第二次会议", "event-name"), ("100周年", "event-name")]),
        ("进一步统一思想，建立一套机制，打造一个样板，形成一批经验", [
            ("进一步", "word"), ("统一", "word"), ("一套", "article"), ("一个", "article"), ("一批", "word")]),
        ("第二批名单，发展是第一要务", [("第二批", "ordinal"), ("第一要务", "ordinal")]),
        ("60岁以上老人、50头以上养殖户、亿元以上的项目、6层以上住宅", [
            (words, "policy-name") for words in ("60岁以上", "50头以上", "亿元以上", "6层以上")]),
        ("第二污水处理厂、第三人民医院达到Ⅲ类标准", [("第二", "name"), ("第三人民医院", "name"), ("Ⅲ类", "ordinal")]),
        ("古城社区第十网格网格长，上面千条线", [("第十", "ordinal"), ("千条线", "word")]),
        ("一要压实责任，二要完善3.0版方案，保持两位数增长，一以贯之", [
            ("一要", "list-marker"), ("二要", "list-marker"), ("3.0版", "name"), ("两位数", "word"), ("一以贯之", "word")]),
        ("电话：0757-12345678，12345热线", [("0757-12345678", "page"), ("12345", "name")]),
        ("0-14岁人口、5亿元以上和百亿元级项目，拨打“12345”，住在176号5幢，档案115001130093/2024-00007", [
            ("0-14岁", "policy-name"), ("5亿元以上", "policy-name"), ("百亿元", "policy-name"), ("12345", "name"),
            ("176号", "name"), ("5幢", "name"), ("115001130093/2024-00007", "name")]),
        ("图1:2012-2016年，附表二。前五年和这三年，第二十届，四中、五中、六中全会，“千村整治、百村示范”", [
            ("1", "page"), ("2012-2016年", "date"), ("二", "page"), ("前五年", "date"), ("这三年", "date"),
            ("第二十届", "event-name"), ("四中、五中", "event-name"), ("六中全会", "event-name"),
            ("千村整治、百村示范", "policy-name")]),
        ("梧桐二村，每晚7点，六普，“两山”理论", [
            ("二村", "name"), ("7点", "date"), ("六普", "event-name"), ("两山", "doctrine")]),
        ("嫦娥六号、歼-35和B-52，107国道旁的中山三路，“12·4”宣传，985高校，0门槛", [
            ("六号", "name"), ("-35", "name"), ("B-52", "name"), ("107国道", "name"), ("三路", "name"), ("12·4", "name"),
            ("985", "name"), ("0", "word")]),
        ("“6.26”禁毒日晚上十点，下午三点二十分，中铁十二局，三定方案", [
            ("6.26", "name"), ("十点", "date"), ("三点二十分", "date"), ("十二局", "name"), ("三定", "policy-name")]),
        ("15分钟便民生活圈、四级应急响应、满60周岁的老人、工作满3年的干部", [
            ("15分钟便民生活圈", "policy-name"), ("四级", "ordinal"), ("60周岁", "policy-name"), ("3年", "policy-name")]),
        ("（粤府〔2021〕35号）2024-06-05 18:26\n11月7日", [
            ("2021〕", "name"), ("35号", "name"), ("2024-06-05", "date"), ("18:26", "date"), ("11月7日", "date")]),
        ("过去五年、过去的三年、四年来、近十年来，是不平凡的五年。引进过亿元项目，超5亿元企业", [
            ("过去五年", "date"), ("过去的三年", "date"), ("四年来", "date"), ("近十年来", "date"), ("五年", "date"),
            ("过亿元", "policy-name"), ("超5亿元", "policy-name")]),
        ("材料由一册变一张，清单变成一张", [("一册", "article"), ("一张", "article"), ("一张", "article")]),
        ("双店村3社，2组村民，省委“一二三四”思路，落实省、市“稳增长20条”，半年以来，两年前外出，“一天当做两天用”", [
            ("3社", "name"), ("2组", "name"), ("一二三四", "policy-name"), ("20条", "policy-name"), ("半年", "date"),
            ("两年前", "date"), ("一天当做两天用", "word")]),
        ("蜀ICP备10202203号-1，content_199762，产值超亿元村", [
            ("10202203号-1", "page"), ("content_199762", "name"), ("超亿元", "policy-name")]),
        ("比1季度回落，半年下来，门前五包", [("1季度", "date"), ("半年", "date"), ("门前五包", "policy-name")]),
        ("“百”：指推动交通，“千”是指", [("百", "name"), ("千", "name")]),
        ("三圣社区13组和17组，假期前5天，今年前两个月，24年底，干部齐聚一堂", [
            ("三圣社区", "name"), ("13组", "name"), ("17组", "name"), ("前5天", "date"), ("前两个月", "date"),
            ("24年底", "date"), ("齐聚一堂", "word")]),
        ("《新闻》 20260327 21:00播出，10月3日0—24时，神舟二十一号、卡尔十六世、二十国集团、“四梁八柱”", [
            ("20260327", "date"), ("21:00", "date"), ("10月3日", "date"), ("0—24时", "date"), ("二十一号", "name"),
            ("十六世", "name"), ("二十国集团", "name"), ("四梁八柱", "policy-name")]),
        ("国道318线、中国企业500强、2型糖尿病、《愿景2049》、全省第一方阵、七届人代会、第十届全运会", [
            ("318", "name"), ("500强", "name"), ("2型", "name"), ("2049", "name"), ("第一", "ordinal"),
            ("七届人代会", "event-name"), ("第十届全运会", "event-name")]),
        ("“1”是指一张卡片，“两山”［3］，万人起诉率、千人口床位数、“一个村子怎样才算富，我们想了很久”", [
            ("1", "name"), ("一张", "article"), ("两山", "doctrine"), ("［3］", "page"), ("万人", "word"),
            ("千人口", "word"), ("一个", "article")]),
        ("抓好落实\n1.2 组织领导\n压实责任。\n3 考核督导\n2/3 首页 上页 1 2", [
            ("1.2", "list-marker"), ("3", "list-marker"), ("2/3", "page"), ("1", "page"), ("2", "page")]),
        ("来源：镇政府网\n01-16 15:29:25 浏览次数:419次 邮政区码：123003\n阅读：174\n本报讯", [
            ("01-16", "date"), ("15:29:25", "date"), ("419", "page"), ("123003", "page"), ("174", "page")]),
        ("见http://www.abc.gov.cn/art/2021/5/10/art_1631252.html，信箱123456@qq.com，文章编号：1674-7747(2017)28-0012-08", [
            ("2021/5/10/art_1631252.html", "page"), ("123456@qq.com", "page"), ("1674-7747(2017)28-0012-08", "page")]),
        ("位于东经121°37′-121°39′，7×24小时服务，拨打12356。\n01\n组织有力", [
            ("121°37′-121°39′", "name"), ("7×24小时", "word"), ("12356", "name"), ("01", "list-marker")]),
        ("第十五个五年规划。十一是强化考核。一体推进改革，到二○三五年，三湘四水", [
            ("第十五个五年", "event-name"), ("十一是", "list-marker"), ("一体推进", "word"), ("二○三五年", "date"),
            ("三湘", "name"), ("四水", "name")]),
        ("案例一：住在三楼和5楼，大马弄23-25号，地块2由企业竞得，双泉社区五组，三早畈", [
            ("一", "list-marker"), ("三楼", "name"), ("5楼", "name"), ("23-25号", "name"), ("2", "name"), ("五组", "name"),
            ("三早", "name")]),
        ("索引号：XM06204-09-04-2024-001，方案\n1.4 原则\n1.4.1 坚持，7、8、9月，2015、2016、2017年，最新评论（0条）", [
            ("XM06204-09-04-2024-001", "name"), ("1.4", "list-marker"), ("1.4.1", "list-marker"), ("7、8、9月", "date"),
            ("2015、2016、2017年", "date"), ("0", "page")]),
        ("邮发代号45-1 刊号CN44-0119 阅读：1.2万 转发(8) 收藏 12\n2023-05，国发[2015]40号，(2021)粤06民终123号", [
            ("45-1", "page"), ("CN44-0119", "name"), ("1.2万", "page"), ("8", "page"), ("12", "page"), ("2023-05", "date"),
            ("2015]", "name"), ("40号", "name"), ("2021", "date"), ("06", "name"), ("123号", "name")]),
        ("3单元402室，K12+300，附件1 图2 表3-1", [
            ("3单元", "name"), ("402室", "name"), ("K12+300", "name"), ("1", "page"), ("2", "page"), ("3-1", "page")]),
        ("6000人口以下的社区，“2016周庄水乡”", [("6000人口以下", "policy-name"), ("2016", "date")]),
    ],
)  # fmt: skip
def test_other_numerals_with_their_reasons(text, numerals):
    assert reasons(text) == numerals
    assert scan(text).claims == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("完成投资3亿元", "reported"),
        ("力争完成投资3亿元", "planned"),
        ("将投资3亿元", "planned"),
        ("将划分为10个网格", "planned"),
        ("将全镇划分为10个网格", "reported"),
        ("将3万人纳入管理", "reported"),
        ("将辖区12家单位的场地纳入平台", "reported"),
        ("将于明天把12家单位纳入平台", "planned"),
        ("年度任务10个", "planned"),
        ("完成年度任务100.8%", "reported"),
        ("占调整预算105.4%", "reported"),
        ("完成巡查任务900条", "reported"),
        ("目标任务是引进外资2亿元", "planned"),
        ("按播种计划任务种下油菜30亩", "reported"),
        ("年内力争开工，截至6月底完成投资3亿元", "reported"),
        ("规划建设2个公园", "planned"),
        ("一、下步工作计划\n全县拥有侨眷9人。", "reported"),
        ("主要投资3亿元", "reported"),
        ("预计投资3亿元", "forecast"),
        ("承诺捐赠3亿元", "pledged"),
        ("二、下一步工作计划\n新建公园3个。", "planned"),
        ("今年要建设以下项目：\n1．城南大道改造工程。总投资3亿元。", "planned"),
        ("三、拟建项目\n1．城南大道改造工程。总投资3亿元。", "planned"),
        ("2025年重点项目\n1．城南大道改造工程。总投资3亿元。", None),
        ("2025年重点项目\n1．城南大道改造工程。已完成投资3亿元。", "reported"),
        ("明年将办好实事：一是改造学校；二是新建公园3个。", "planned"),
        ("明年将抓好以下工作。一是改造学校。今年新建公园3个。", "reported"),
        ("二、下一步工作计划\n深化“万名党员进党校”。", "reported"),
        ("年度计划投资已定，完成投资3亿元。", "reported"),
        ("统一规划建设2个公园", "reported"),
        ("将自家两亩耕地流转给合作社", "reported"),
        ("年产值可达3亿元", "forecast"),
        ("用工高峰每天要200人", "reported"),
        ("二、下一步工作计划\n举行一年一度的评选。", "reported"),
        ("围绕“推动发展”“加快转型”主题，全镇有企业8家。", "reported"),
        ("按照规划，新建公园3个。", "planned"),
        ("拟建公园，去年投入3亿元", "reported"),
        ("计划投资比去年增加3亿元", "planned"),
        ("完成年计划112.3%", "reported"),
        ("现提出如下实施意见。\n一、产业\n建设公园3个。", "planned"),
        ("我市制定下发重点项目建设计划。项目共100个。", "planned"),
        ("二、下一步工作计划\n三、基本情况\n建有公园3个。", "reported"),
    ],
)
def test_what_is_planned_is_told_from_what_is_done(text, status):
    assert [claim.status for claim in scan(text).claims] == [status]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("全年接待游客86万人次，其中春节18万人次、国庆24万人次。", ["person-trip", "person-trip", "person-trip"]),
        ("车站发送旅客5万人次，服务重点旅客300人次。", ["person-trip", "person-time"]),
        ("日均客流2万人次，吸引各地游客3万人次。", ["person-trip-per-day", "person-trip"]),
        ("义诊惠及村民800人次；举办培训46场，3200人次参训。", ["person-time", "session", "attendance"]),
        ("龙舟赛有观众3万人次，巡河4800人次。", ["attendance", "attendance"]),
        ("接待群众来访120人次。", ["person-time"]),
        ("全年达3万人次。去年服务老人2万人次。今年3万人次。", [None, "person-time", None]),
        ("下辖12个村民委员会、3个居民委员会，设村（居）委会15个。", ["village", "village", "village"]),
    ],
)
def test_words_beside_a_figure_tell_what_its_unit_counts(text, units):
    assert [claim.unit for claim in scan(text).claims] == units


def test_the_date_told_last_is_the_period_and_marked_where_another_sentence_told_it():
    claims = scan("2023年1至9月完成投资3亿元。新建公园2个。8月接待游客5人。").claims
    assert [claim.period for claim in claims] == ["2023-01/2023-09", "2023-01/2023-09?", "2023-08"]


def test_the_day_on_which_a_page_was_issued_is_no_period():
    claims = scan("成文日期：2024年12月31日\n全镇有企业41家。8月新增3家。").claims
    assert [claim.period for claim in claims] == [None, "2024-08"]


def test_a_change_names_what_it_is_measured_against():
    claims = scan("税收同比增长3%，用电量环比下降2%，投资比上年增长1%，利润增长5%").claims
    assert [claim.comparison for claim in claims] == [
        "same period of the previous year", "previous period", "previous year", None,
    ]  # fmt: skip


# Settings of a text


@pytest.mark.parametrize(
    "text",
    [
        "拆除５１．７万平方米，同比增长８．７％",
        "拆除51.7 万 平方米，同比增长 8.7 %",
        "拆除51.\n7万平方米，同比增\n长8.7%",
        "拆除5\n1.7万平\n方米，同比增长8.\n7%",
    ],
)
def test_full_width_signs_blanks_and_line_ends_within_figures_change_nothing(text):
    claims = scan("全镇设立机构，推进工作，\n" + text + "，取得成效。").claims
    assert [(claim.value, claim.unit) for claim in claims] == [("517000", "square-metre"), ("8.7", "percent")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("税收完成1 4,717万元，非税完成11,1 36万元", ["147170000", "111360000"]),
        ("结案率98.5 3%，面积35343.4\n6亩", ["98.53", "35343.46"]),
        ("推行“1 83”行动，结构为2 1:50:29", ["183", None]),
        ("补贴1\n,350亩，投入9,\n864万元，流域555\n58km2", ["1350", "98640000", "55558"]),
        (" ".join("全镇改造农村厕所1,268户"), ["1268"]),
        ("投资5\u200b1.7\u200b亿元，惠及1\u200b20户", ["5170000000", "120"]),
        ("（政办〔20 17〕103号，20 12-2016年）", []),
    ],
)
def test_a_gap_within_a_figure_is_none(text, values):
    assert [claim.value for claim in scan(text).claims] == values


def test_a_text_set_wide_is_read_as_one_that_is_not():
    claims = scan(" ".join("全镇拆除51.7万平方米，同比增长8.7%。")).claims
    assert [(claim.as_written, claim.value) for claim in claims] == [
        ("51.7万平方米", "517000"),
        ("同比增长8.7%", "8.7"),
    ]


def test_groups_of_digits_may_be_parted_by_a_comma_of_full_width():
    assert [claim.value for claim in scan("总额1，753亿元，列第2，200人参加，补贴3，500.5元").claims] == [
        "175300000000", "2", "200", "3500.5",
    ]  # fmt: skip


def test_digits_set_wide_in_a_text_that_is_not_are_one_figure():
    text = "1 9 9 7 年产值7 4 7 7 2 亿元，增长1 2 ．5 ％。\n上一页 1 2 3 4 下一页\n3 5 户"
    found = scan(text)
    assert [claim.value for claim in found.claims][:2] == ["7477200000000", "12.5"]
    assert found.claims[0].period == "1997"
    assert "1234" not in [row.as_written for row in (*found.claims, *found.numerals)]


def test_figures_of_older_pages():
    text = "投资增长14·1%，木材4，910万立方米，成果3，000多项，企业由5千多户增加到1万6千多户。\n图2，300人过“12·4”"
    assert [(claim.value, claim.qualifier) for claim in scan(text).claims] == [
        ("14.1", "exact"), ("49100000", "exact"), ("3000", "over"), ("5000", "over"), ("16000", "over"), ("300", "exact"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("收入预计达1亿元，分别增长8%，支出542万元，同比增长10%。", ["forecast", "forecast", "reported", "reported"]),
        ("预计全年收入达1亿元，支出542万元。", ["forecast", "forecast"]),
        ("沼气池建设30万户。\n(二)目标任务。“十一五”期间新建沼气池40万户。", ["reported", "planned"]),
        ("公司制定了年产值达7个亿、出口3500万美元的目标，去年产值6亿元。", ["planned", "planned", "reported"]),
        ("项目投产后，年可实现销售收入5亿多元。", ["forecast"]),
        ("园区规划总面积1500亩，现有企业29家。", ["planned", "reported"]),
        ("预计，全年生产总值将首超百亿元，达到102亿元。", ["forecast", "forecast"]),
        ("会上将友人东洲的20万元捐赠给小学，每家愿意拿出1000元。", ["reported", "pledged"]),
        ("“第一巡”活动将持续至春节前\n1月3日上午，河长10余人一起巡河。", ["reported"]),
    ],
)
def test_how_far_words_of_plans_and_forecasts_bear(text, statuses):
    assert [claim.status for claim in scan(text).claims] == statuses


def test_small_forms_of_pages():
    assert reasons("道路贯穿我们村1、2、3组的土地和芭蕉溪村1至7组，四组组长介绍") == [
        ("1、2、3组", "name"), ("1至7组", "name"), ("四组", "name"),
    ]  # fmt: skip
    assert scan("年产值达7个亿").claims[0].value == "700000000"
    assert scan("平均办理时长压缩至12天").claims[0].kind == "duration"
    assert scan("建成通车142村1120组").claims[1].as_written == "1120组"
    assert reasons("二OO四年，一二期工程，四级公路") == [
        ("二OO四年", "date"), ("一二期", "name"), ("四级公路", "ordinal"),
    ]  # fmt: skip


def test_five_year_plans_are_told_by_their_number():
    text = "第一个五年计划，第七个五年，第十四个五年规划"
    assert [reason for _, reason in reasons(text)] == ["event-name"] * 3


def test_marks_of_a_list_in_one_line_and_centuries():
    assert reasons("奖项：1．电影“华表奖”2．文学奖3.“童牛奖”，十六世纪起") == [
        ("1．", "list-marker"), ("2．", "list-marker"), ("3.", "list-marker"), ("十六世纪", "date"),
    ]  # fmt: skip
    assert reasons("共建路3.5公里，人口达2.4万人。全镇有村12.") == []


@pytest.mark.parametrize(
    ("text", "written", "value", "high", "unit"),
    [
        ("城镇有几百万人需要就业", "几百万人", "1000000", None, "person"),
        ("方便几亿农民看病", "几亿", "100000000", None, "person"),
        ("原煤产量达到七亿七千多万吨", "七亿七千多万吨", "770000000", None, "tonne"),
        ("收入增长百分之四至百分之五", "增长百分之四至百分之五", "4", "5", "percent"),
        ("收入增长百分之四点五到五。", "增长百分之四点五到五", "4.5", "5", "percent"),
    ],
)
def test_large_figures_and_ranges_in_characters(text, written, value, high, unit):
    (claim,) = scan(text).claims
    assert (claim.as_written, claim.value, claim.value_high, claim.unit) == (written, value, high, unit)


def test_a_list_of_figures_with_multipliers_shares_its_unit():
    text = "面积分别净减少10.6万、3.8万、3.3万平方公里。"
    assert [(claim.value, claim.unit) for claim in scan(text).claims] == [
        ("-106000", "square-km"), ("-38000", "square-km"), ("-33000", "square-km"),
    ]  # fmt: skip


def test_the_columns_of_a_table_stay_apart():
    assert [claim.value for claim in scan("指标\n2167.67\n8.5\n332.13\n8.0\n其中：工业\n").claims] == [
        "2167.67", "8.5", "332.13", "8",
    ]  # fmt: skip


def test_lines_of_a_narrow_column_are_one_text():
    text = "\n\n".join(
        ["统筹抓好经济发展，全年实", "现工商税收首次突破20亿", "元大关，全镇经济发展逆", "势上扬，完成工业产值同"] * 3
    )
    assert [claim.as_written for claim in scan(text).claims] == ["突破20亿元"] * 3


def test_a_short_line_of_a_narrow_column_is_a_heading():
    lines = ["统筹抓好经济发展推进全镇乡村振兴工作", "取得新进展新成效各项事业再上新的台阶"] * 4
    text = "\n".join(
        [*lines, "各项事业再上台阶。", "工作目标", "新建公园3个，绿化村道5公里，让居民在家", "门口就能休闲。"]
    )
    assert [claim.status for claim in scan(text).claims] == ["planned", "planned"]


def test_a_title_and_a_heading_stay_apart_from_the_lines_of_a_column():
    text = (
        "清河区城市更新行动实施方案\n"
        "全区老旧小区改造惠及居民1200户，改造面积2万平方米，加装电梯300台，增设车位500个，铺设管网5公里。"
    )
    lines = [line[place : place + 20] for line in text.split("\n") for place in range(0, len(line), 20)]
    report = ["二、二〇二四年工作回顾", *lines[1:]] * 2
    assert {claim.status for claim in scan("\n".join(lines + lines[1:] * 3)).claims} == {"planned"}
    assert {claim.status for claim in scan("\n".join(lines + report)).claims} == {"planned", "reported"}


def test_radicals_of_a_pdf_are_read_as_characters():
    claims = scan("全镇常住⼈⼝12.5万⼈，⻓江路⻓3公里，增⻓⼆成，⻔店5家").claims
    plain = scan("全镇常住人口12.5万人，长江路长3公里，增长二成，门店5家").claims
    assert [claim._replace(as_written="") for claim in claims] == [claim._replace(as_written="") for claim in plain]
    assert claims[0].as_written == "12.5万⼈"


def test_traditional_characters_change_nothing():
    simple = scan("进一步统一思想，去年两万余名党员参加三轮次巡查，35岁以上占六成，每周至少3次。")
    text = "進一步統一思想，去年兩萬餘名黨員參加三輪次巡查，35歲以上占六成，每週至少3次。"
    claims = [claim._replace(as_written="") for claim in scan(text).claims]
    assert claims == [claim._replace(as_written="") for claim in simple.claims]
    assert [numeral.reason for numeral in scan(text).numerals] == [numeral.reason for numeral in simple.numerals]
    assert all(follows(claim) for claim in scan(text).claims)


def test_a_bound_that_says_which_are_counted_is_no_claim():
    text = "收入超10万元的农户达30户，投资超亿元的3个，占地超30亩的公园"
    assert reasons(text) == [("超10万元", "policy-name"), ("超亿元", "policy-name")]
    assert [claim.as_written for claim in scan(text).claims] == ["30户", "3个", "超30亩"]


# What holds of every text


def rows(result: Scan) -> list:
    return sorted([*result.claims, *result.numerals], key=lambda row: row.start)


@given(st.one_of(texts, phrases))
@settings(deadline=None, max_examples=300)
def test_spans_slice_to_what_was_read_and_every_numeral_is_in_one(text):
    result = rows(scan(text))
    assert all("".join(text[row.start : row.end].split()) == row.as_written != "" for row in result)
    assert all(one.end <= other.start for one, other in zip(result, result[1:], strict=False))
    covered = {offset for row in result for offset in range(row.start, row.end)}
    assert set(characters(text)) <= covered


def follows(claim: Claim) -> bool:
    """Whether value, unit and qualifier follow from the words of a claim, as the data package derives them."""
    phrase = read(claim.as_written, words().units)
    is_name = claim.kind == "label" and claim.value is None
    if not is_name:
        for derived, cell in ((phrase.value, claim.value), (phrase.value_high, claim.value_high)):
            if (derived is None) != (cell is None):
                return False
            if derived is not None and cell is not None and abs(derived - Fraction(Decimal(cell))) > Fraction(1, 10**9):
                return False
    fits = claim.unit is None or not phrase.units or claim.unit in phrase.units or claim.unit == "label" == claim.kind
    # “1-10” in quotes is a name, and without them a range
    return fits and claim.qualifier == ("exact" if is_name else phrase.qualifier)


@given(st.one_of(texts, phrases))
@settings(deadline=None, max_examples=300)
def test_a_cell_holds_a_word_of_the_contract(text):
    result = scan(text)
    fields = {field["name"]: field.get("constraints", {}).get("enum") for field in CONTRACT["claims"]}
    for claim in result.claims:
        assert claim.kind in fields["kind"] and claim.qualifier in fields["qualifier"]
        assert claim.status in (None, *fields["status"]) and 0 <= claim.confidence <= 1
        assert claim.unit is None or claim.unit in UNITS
    reasons = next(field["constraints"]["enum"] for field in CONTRACT["numerals"] if field["name"] == "reason")
    assert {numeral.reason for numeral in result.numerals} <= set(reasons)


@example("1大<行动左右")
@example("降0元、1成")
@example("“1,200”")
@given(st.one_of(texts, phrases))
@settings(deadline=None, max_examples=300)
def test_a_row_follows_from_its_words_unless_a_list_carries_its_verb_on(text):
    assert [claim for claim in scan(text).claims if claim.rule != "carried" and not follows(claim)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *"1|一|1 |1\n|1,|1.|1-|(|“|“一|1:|第一|将1个|增长1%、|\x00|每|伍|A1|1A|2020年|两三年|三届| |\n|1个。".split(
            "|"
        ),
        *"增长1%，|1人次，|0.5、|1+|划分成3个管区".split("|"),
    ],
)
def test_a_long_text_is_read_to_its_end(piece):
    text = piece * 24_000
    found = scan(text)
    spans = [(row.start, row.end) for row in (*found.claims, *found.numerals)]
    read = {offset for start, end in spans for offset in range(start, end)}
    assert read >= set(characters(text))


@pytest.mark.parametrize(
    "text, statuses",
    [
        (
            "某县商业体系建设实施方案\n一、工作目标\n建成商贸中心12个。\n二、有关情况\n改造服务站3处。",
            ["planned", "planned"],
        ),
        ("一、2023年工作回顾\n新建公园3个。\n二、2024年工作安排\n新建公园5个。", ["reported", "planned"]),
        ("预计全年产值3亿元；税收2亿元。去年产值1亿元。", ["forecast", "forecast", "reported"]),
        ("一方面，将建公园3个；另一方面，培育样板6个。", ["planned", "planned"]),
        ("2020年计划拆除20亩；2021年拆除30亩。2022年拆除40亩。", ["planned", "planned", "reported"]),
        ("目标从2640亩提升到4000亩，完成2315亩。", ["planned", "planned", "reported"]),
        ("到2020年，绿化率达30%；到2030年，达40%。到2025年，达35%。", ["planned"] * 3),
        ("财政收入任务174万元，完成198万元。", ["planned", "reported"]),
        ("《三年行动方案》提出8个方面。今年共建公园6个。", ["planned", "reported"]),
        ("向两家企业给予6000万元授信额度。", ["reported", "pledged"]),
        ("推动三县共建园区2个，打造特色小镇5个。", ["planned", "planned"]),
        ("工程内容：\n- 推动治理河岸50公里。\n- 共建园区2个，打造小镇。", ["planned", "planned"]),
        ("县里提出改革举措8条。完成投资计划的90%。", ["planned", "reported"]),
        ("分别给予3亿元和各600万元的授信。", ["pledged", "pledged"]),
        ("推动三县共建园区2个，已打造特色小镇5个。", ["reported", "reported"]),
    ],
)
def test_sections_paragraphs_and_words_tell_what_is_planned(text, statuses):
    found = [claim for claim in scan(text).claims if "三县" not in claim.as_written]
    assert [claim.status for claim in found][-len(statuses) :] == statuses


def test_a_list_carries_its_verb_past_nouns_of_stocks():
    kinds = [claim.kind for claim in scan("新增就业1200人、养老床位1500张、停车泊位1600个。").claims]
    assert kinds == ["flow"] * 3


def test_money_goes_on_in_its_sentence_without_its_unit():
    units = [claim.unit for claim in scan("财政收入任务174万元，完成198万。工业总产值突破百亿大关。").claims]
    assert units == ["yuan"] * 3


def test_places_are_proposed_where_the_text_names_them():
    places = [
        claim.place for claim in scan("全区有镇7个。九江镇设网格104个。发现问题20个。江西省九江市有县7个。").claims
    ]
    assert places == [None, "jiujiang", "jiujiang?", "jiujiang?"]


def test_a_place_that_holds_the_one_named_most_is_not_meant():
    claims = scan("九江镇设网格104个。佛山市评选，九江镇有8家企业入选。南海区公布名单，九江镇表彰10人。").claims
    assert [claim.place for claim in claims] == ["jiujiang"] * 3
    assert scan("佛山市设网格104个。").claims[0].place == "foshan"


def test_a_scan_leaves_the_collector_as_it_was():
    for switch in (gc.disable, gc.enable):
        switch()
        before = gc.isenabled()
        scan("网格104个")
        assert gc.isenabled() is before


# What a reader from outside found


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("占人口的十分之一，不良率由千分之三降到万分之五",
         [("十分之一", "10", "percent", "exact", "share"), ("千分之三", "3", "per-mille", "exact", "share"),
          ("万分之五", "0.05", "percent", "exact", "share")]),
        ("损耗三四成。四成归农户，三成归合作社，一成作风险金",
         [("三四成", "30", "percent", "range", "share"), ("四成", "40", "percent", "exact", "share"),
          ("三成", "30", "percent", "exact", "share"), ("一成", "10", "percent", "exact", "share")]),
        ("可保用水一个半月。进城骑马要两天",
         [("一个半月", "1.5", "month", "exact", "duration"), ("两天", "2", "day", "exact", "duration")]),
        ("配变容量由2.1千伏安提升至2.86千伏安",
         [("2.1千伏安", "2.1", "kilovolt-ampere", "exact", "level"),
          ("2.86千伏安", "2.86", "kilovolt-ampere", "exact", "level")]),
        ("选派302名优秀干部。家里四口人，拥有上市公司16家，总装机容量12.4兆瓦",
         [("302名", "302", "person", "exact", "flow"), ("四口人", "4", "person", "exact", "level"),
          ("16家", "16", "enterprise", "exact", "level"), ("12.4兆瓦", "12.4", "megawatt", "exact", "level")]),
        ("中央厨房开设32门课程，判处罪犯3案19人，589户入股合作社",
         [("32门", "32", "item", "exact", "flow"), ("3案", "3", "case", "exact", "flow"),
          ("19人", "19", "person", "exact", "flow"), ("589户", "589", "household", "exact", "flow")]),
    ],
)  # fmt: skip
def test_forms_and_words_from_outside(text, claims):
    assert found(text) == claims


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("（记者 林一鸣 通讯员 郑三水）校长万志红、村民马小五、大户覃五妹。（陆一帆）",
         [("林一鸣", "name"), ("郑三水", "name"), ("万志", "name"), ("马小五", "name"),
          ("覃五妹", "name"), ("陆一帆", "name")]),
        ("教师周三授课", [("周三", "date")]),
        ("清乾隆七年（1742年）设县，民国22年复设，宣统三年修志",
         [("七年（1742年）", "date"), ("22年", "date"), ("三年", "date")]),
        ("超亿元投资项目、10万元以上大要案、较五年前多",
         [("超亿元", "policy-name"), ("10万元以上", "policy-name"), ("五年前", "date")]),
        ("一家一户、一孩、三孩、二万五千里长征",
         [("一家一户", "word"), ("一孩", "policy-name"), ("三孩", "policy-name"), ("二万五千里长征", "event-name")]),
    ],
)  # fmt: skip
def test_numerals_from_outside(text, numerals):
    assert reasons(text) == numerals


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("净增企业7家、达到41家。商标总量突破百件",
         [("7家", "7", "enterprise", "exact", "flow"), ("41家", "41", "enterprise", "exact", "level"),
          ("突破百件", "100", "item", "over", "level")]),
        ("死亡人数分别下降12.5%和三成。较常年同期偏少六成",
         [("下降12.5%", "-12.5", "percent", "exact", "change"), ("三成", "-30", "percent", "exact", "change"),
          ("较常年同期偏少六成", "-60", "percent", "exact", "change")]),
        ("新登记市场主体3万户。其中私营企业1万户",
         [("3万户", "30000", "enterprise", "exact", "flow"), ("1万户", "10000", "enterprise", "exact", "flow")]),
        ("户均增收近万元，村集体收入由2万元增加到16万元。综合产值从9亿元增加到15亿元",
         [("增收近万元", "10000", "yuan", "nearly", "ratio"), ("2万元", "20000", "yuan", "exact", "flow"),
          ("16万元", "160000", "yuan", "exact", "flow"), ("9亿元", "900000000", "yuan", "exact", "flow"),
          ("15亿元", "1500000000", "yuan", "exact", "flow")]),
        ("平均修复时间缩短22分钟，供水6万方",
         [("缩短22分钟", "-22", "minute", "exact", "change"), ("6万方", "60000", "cubic-metre", "exact", "flow")]),
        ("每天近200场演出。每周两班。每周举办2场。每月举办一场",
         [("近200场", "200", "session", "nearly", "ratio"), ("每周两班", "2", "per-week", "exact", "frequency"),
          ("2场", "2", "session", "exact", "ratio"), ("每月举办一场", "1", "per-month", "exact", "frequency")]),
        ("共有2967人报名，纯收入不下八万元，2米多深的水，走了3公里多",
         [("2967人", "2967", "person", "exact", "flow"), ("不下八万元", "80000", "yuan", "over", "flow"),
          ("2米多", "2", "metre", "over", "level"), ("3公里多", "3", "km", "over", "level")]),
        ("“三个一”行动（一次家访、一堂党课、一支队伍）",
         [("三个", "3", "item", "exact", "count-of-components"), ("一次", "1", "time", "exact", "count-of-components"),
          ("一堂", "1", "session", "exact", "count-of-components"), ("一支", "1", "team", "exact", "count-of-components")]),
        ("咬定“一个目标、两条主线、三大突破、四项保障”的思路",
         [("一个目标", "1", "item", "exact", "count-of-components"), ("两条主线", "2", "item", "exact", "label"),
          ("三大突破", "3", "label", "exact", "count-of-components"),
          ("四项保障", "4", "item", "exact", "count-of-components")]),
        ("可保百万市民用水。半月一调度",
         [("百万", "1000000", "person", "exact", "label"), ("半月一调", "1", "per-half-month", "exact", "frequency")]),
    ],
)  # fmt: skip
def test_kinds_from_outside(text, claims):
    assert found(text) == claims


def test_hotlines_of_a_list_and_forms_of_a_school_are_names():
    assert reasons("与110、120等7条热线联动，六（3）班") == [("110", "name"), ("120", "name"), ("六（3）班", "name")]


def test_a_task_without_its_unit_is_planned_money_and_what_was_met_of_it_is_not():
    claims = scan("完成市下达任务100亿的100.2%；提前完成200亿元招商引资任务").claims
    assert [(claim.unit, claim.status) for claim in claims] == [
        ("yuan", "planned"), ("percent", "reported"), ("yuan", "planned"),
    ]  # fmt: skip


def test_the_head_of_a_sentence_says_what_its_changes_are_measured_against():
    claims = scan("与去年同期相比，起数下降8.4%，损失上升3.1%。").claims
    assert {claim.comparison for claim in claims} == {"same period of the previous year"}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("测评得分91.6分，比上年提高2.4分。7分靠落实",
         [("91.6分", "91.6", "score", "exact", "level"), ("比上年提高2.4分", "2.4", "score", "exact", "change"),
          ("7", "7", None, "exact", "level")]),
        ("历时4小时30分，缩短为3个半小时，农户占了一半",
         [("4小时", "4", "hour", "exact", "duration"), ("30", "30", None, "exact", "level"),
          ("3个半小时", "3.5", "hour", "exact", "duration"), ("一半", "50", "percent", "exact", "share")]),
        ("颁发全省首张“绿票”，首场演出，播放量80多万。位列全市10个县（区）第三。",
         [("首张", "1", "item", "exact", "rank"), ("80多万", "800000", None, "over", "flow"),
          ("10个", "10", "item", "exact", "level"), ("第三", "3", "standing", "exact", "rank")]),
        ("现有社员118户。单产籽棉420公斤。劝阻受害人1870人次",
         [("118户", "118", "household", "exact", "level"), ("420公斤", "420", "kilogram", "exact", "ratio"),
          ("1870人次", "1870", "person-time", "exact", "flow")]),
    ],
)  # fmt: skip
def test_what_a_second_reading_found(text, claims):
    assert found(text) == claims


def test_troops_hotlines_and_marks_behind_a_bracket():
    assert reasons("【治超】一是源头管。一四三团说，“我是96110。”") == [
        ("一是", "list-marker"), ("一四三团", "name"), ("96110", "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("执法队截获香烟30条，另抽检调味品5批次，不合格1批次。", ["flow", "flow", "flow"]),
        ("临时加开列车17列，发射火箭弹4枚。", ["flow", "flow"]),
        ("临时加开甲山、乙河、丙湾等方向列车17列。", ["flow"]),
        ("设有甲室、乙室、丙室等功能室9间。", ["level"]),
        ("洪水致死亡2人，失踪1人。", ["flow", "flow"]),
        ("全镇有45名群众获救助，为320名妇女免费筛查，18名官兵参加演练。", ["flow", "flow", "flow"]),
        ("巡逻车30辆次。", ["flow"]),
    ],
)
def test_verbs_before_a_list_and_behind_a_count_tell_of_a_flow(text, kinds):
    assert [claim.kind for claim in scan(text).claims] == kinds


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("投放鱼苗600万尾。", [("600万尾", "6000000", "animal", "exact", "flow")]),
        ("省道、县道、村道三级管养。", [("三级", "3", "level", "exact", "count-of-components")]),
        ("热线共接到一起噪声投诉；查处超载9起(其中再犯一起)。",
         [("一起", "1", "case", "exact", "flow"), ("9起", "9", "case", "exact", "flow"),
          ("一起", "1", "case", "exact", "flow")]),
        ("短短一天就修好，往返花了十来分钟。",
         [("一天", "1", "day", "exact", "duration"), ("十来分钟", "10", "minute", "about", "duration")]),
        ("修路三十点六公里，量得四点二米。",
         [("三十点六公里", "30.6", "km", "exact", "level"), ("四点二米", "4.2", "metre", "exact", "level")]),
        ("夜里起了(10级)雷暴大风。", [("10级", "10", "wind-force", "exact", "level")]),
        ("宴席办了五桌，省城跑了四趟，打了300余针疫苗。",
         [("五桌", "5", "item", "exact", "level"), ("四趟", "4", "item", "exact", "level"),
          ("300余针", "300", "item", "over", "level")]),
        ("针对三具体问题，近50名老人参与。", [("近50名", "50", "person", "nearly", "flow")]),
        ("招聘会迎来900人次。", [("900人次", "900", "attendance", "exact", "flow")]),
    ],
)  # fmt: skip
def test_counts_of_one_levels_of_roads_and_decimals_in_characters(text, claims):
    assert found(text) == claims


def test_a_plan_in_the_name_of_a_programme_plans_nothing():
    assert [claim.status for claim in scan("推行营养改善计划学校共40所。").claims] == ["reported"]


def test_a_year_of_two_digits_troops_and_the_first_of_famous_things():
    assert reasons("石路于08年底通车。四十二团开犁，干部与村民一起，立第一名泉碑。") == [
        ("08年底", "date"), ("四十二团", "name"), ("一起", "word"), ("第一名泉", "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["西樵、九江两镇", "全镇分三类", "建成景区一个", "实行一家一档", "共3", "增长2番", "第三", "五级"]
)
def test_the_end_of_a_text_says_no_more_than_the_end_of_a_sentence(text):
    ended = scan(f"{text}。")
    assert (scan(text).claims, scan(text).numerals) == (ended.claims, ended.numerals)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("把全乡耕地划分成5个管区27个地块，栽树300棵。", ["count-of-components", "count-of-components", "flow"]),
        ("批准逮捕158件196人，现有社员12户31人。", ["flow", "flow", "level", "level"]),
        ("推进全镇24个村组培训，在16个合作社中推行，是全省40个茶乡之一。", ["level", "level", "level"]),
        ("为1650名毕业生登记，与普查的1869人相比增加。", ["flow", "level"]),
        ("每人救助2000元，发放善款72万元。", ["ratio", "flow"]),
        ("茶青以31元每斤被收购。县财政每年安排3000万元。", ["ratio", "flow"]),
        ("年平均气温13.2℃，年降雨量300毫米，日洪水总量分别达到4000万立方米。", ["level", "flow", "flow"]),
        ("产值由2亿元增长到了4亿元，收入翻了三倍。", ["flow", "flow", "change"]),
        ("手机上都有“两群一码”，即微信群和名片。", ["count-of-components", "count-of-components"]),
        ("打出“两群一码”的牌子。", ["label", "label"]),
        ("变电容量6万千伏安，上亿资金到位。", ["level", "flow"]),
        ("涉及4个村，里面只有一张床。", ["level", "level"]),
        ("主动公开信息69条。其中，机构信息7条，政策信息40条。", ["flow", "flow", "flow"]),
        ("资助学生60名，平均年龄在32岁左右。", ["flow", "level"]),
        ("打出“四个明确”的牌子。", ["label"]),
        ("做到“四个明确”。一是明确目标。", ["count-of-components"]),
    ],
)
def test_words_right_around_a_figure_tell_its_kind(text, kinds):
    assert [claim.kind for claim in scan(text).claims] == kinds


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("为给下一步打好基础，投放了鱼苗10种，投资近千万元。", ["reported", "reported"]),
        ("收入较年初预算减少4万元，超目标任务200亩。", ["reported", "reported"]),
        ("今年计划打井36眼；加固水库5座，整治河流5公里。", ["planned"] * 3),
        ("主要任务是：打井9眼。计划投资300万元。实现灌溉面积5800亩，治理河流7公里。", ["planned"] * 4),
        ("主要任务是：打井9眼。截至目前已打井5眼。治理河流7公里。", ["planned", "reported", "reported"]),
        ("建立“县抓部署、镇抓推进”的三级体系。", ["reported"]),
        ("将河东、河西、河南、河北、上街、下街、东门、西门、南门、北门等6个小组作为试点。", ["reported"]),
    ],
)
def test_a_plan_goes_as_far_as_its_sentence_and_no_further_than_what_was_done(text, statuses):
    assert [claim.status for claim in scan(text).claims] == statuses


def test_a_bound_that_defines_a_class_is_no_claim():
    text = (
        "投资1000万元以上的，按5%奖励。万亩以上的湖泊2处。纳税过1亿元的企业30家。"
        "死亡3人以上、10人以下或者损失500万元以上的为较大事故。90%以上的事在当天办好。"
    )
    assert reasons(text) == [
        ("1000万元以上", "policy-name"), ("万亩以上", "policy-name"), ("1亿元", "policy-name"), ("3人以上", "policy-name"),
        ("10人以下", "policy-name"), ("500万元以上", "policy-name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("最低气温零下36℃。", [("零下36℃", "-36", "degree-celsius", "exact", "level")]),
        ("请来10几名女工。袜子260双左右。",
         [("10几名", "10", "person", "over", "flow"), ("260双左右", "260", "pair", "about", "level")]),
        ("每桌不得超过200元，迎亲车队不超6辆，绿地率不得低于30%。",
         [("不得超过200元", "200", "yuan", "at-most", "ratio"), ("不超6辆", "6", "vehicle", "at-most", "level"),
          ("不得低于30%", "30", "percent", "over", "share")]),
        ("慈善会捐资60万，善款港币26.8万元，一月能挣四千块。",
         [("60万", "600000", "yuan", "exact", "flow"), ("26.8万元", "268000", "hkd", "exact", "flow"),
          ("四千块", "4000", "yuan", "exact", "flow")]),
        ("搬迁规模第四，安置楼房53栋6077套，全书由七部分组成。",
         [("第四", "4", "standing", "exact", "rank"), ("53栋", "53", "building", "exact", "flow"),
          ("6077套", "6077", "item", "exact", "flow"), ("七部分", "7", "aspect", "exact", "count-of-components")]),
        ("两天时间就卖完了，有三严禁，干部包户的“三级”责任体系。",
         [("两天", "2", "day", "exact", "duration"), ("三严禁", "3", "label", "exact", "label"),
          ("三级", "3", "level", "exact", "count-of-components")]),
    ],
)  # fmt: skip
def test_forms_of_figures_from_towns(text, claims):
    assert found(text) == claims


def test_days_troops_headings_and_names_from_towns():
    text = "1.3事件分级\n本月17至22日下雨。24连在12团。《经济半小时》在百官街道，入选第三批中小学基地。一审:某某"
    assert reasons(f"{text}。十二中、五十八中") == [
        ("1.3", "list-marker"), ("17至22日", "date"), ("24连", "name"), ("12团", "name"), ("半小时", "name"),
        ("百官街道", "name"), ("第三批", "ordinal"), ("一审:", "page"), ("十二中", "name"), ("五十八中", "name"),
    ]  # fmt: skip
