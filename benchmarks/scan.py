"""Measures the scanner: how many claims it finds, how often it is right, how fast it is, beside named peers.

The texts are made-up passages with their rows (below) and, where the source texts are at hand, the five documents with their
coded rows. The peers are recognizers-text (numbers and percentages in Chinese) and JioNLP (amounts of money); neither tells
claims from dates and names, and neither knows qualifiers. Precision is the share of what is found that overlaps a claim. The
documents were at hand when the rules were written, so what is found in them flatters. Nothing here is asserted.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhenzhi import paths
from zhenzhi.data import sources, tables
from zhenzhi.scan import scan

SOURCES = paths.ROOT.parent / "shared" / "sources"
SPEED_CHARACTERS = 400_000
PEER_CHARACTERS = 4_000

#: In brackets what is a claim: its words, value, unit, qualifier and kind; or a numeral and its reason.
PASSAGES = [
    "[一、|list-marker]经济稳中有进。[2022年|date]，全县实现生产总值[86.4亿元|8640000000|yuan|exact|flow]，[增长5.1%|5.1|percent|exact|change]；"
    "粮食总产量[12.6万吨|126000|tonne|exact|flow]，出栏生猪[8.3万头|83000|animal|exact|flow]。新开工项目[近40个|40|project|nearly|flow]，"
    "完成技改投资[超7亿元|700000000|yuan|over|flow]，单位能耗[下降2.8%|-2.8|percent|exact|change]。",
    "[二、|list-marker]民生持续改善。改造老旧小区[14个|14|community|exact|flow]，惠及居民[3200余户|3200|household|over|flow]；新建幼儿园"
    "[2所|2|school|exact|flow]，增加学位[约600个|600|item|about|flow]；发放养老补贴[410万元|4100000|yuan|exact|flow]，城乡居民医保参保率"
    "[稳定在98%以上|98|percent|over|share]。",
    "街道下辖[9个社区|9|community|exact|level]，户籍人口[4.7万人|47000|person|exact|level]，设党支部[62个|62|party-branch|exact|level]，划分"
    "网格[118个|118|grid|exact|count-of-components]，配备专职网格员[130名|130|person|exact|level]。网格员[每周|1|per-week|exact|frequency]"
    "走访，收集诉求[2713件|2713|event|exact|flow]，办结[2690件|2690|event|exact|flow]，办结率[99.2%|99.2|percent|exact|share]。",
    "深入学习贯彻[二十大|event-name]精神，坚持“[两个确立|doctrine]”，落实“[百千万工程|policy-name]”。镇村推行"
    "“[1+4+N|-|label|exact|label]”机制，完善[三级|3|level|exact|count-of-components]调解网络，实施[六大行动|6|action|exact|count-of-components]，"
    "[连续五年|5|year|exact|duration]考核名列全市[第二|2|rank|exact|rank]。",
    "力争[三年|3|year|exact|duration]内整治河涌[28公里|28|km|exact|flow]，新增绿地[150亩|150|mu|exact|flow]，[2026年|date]底污水处理率"
    "达到[95%|95|percent|exact|share]。居民人均可支配收入由[3.1万元|31000|yuan|exact|ratio]增至[3.6万元|36000|yuan|exact|ratio]，"
    "城镇调查失业率[降低0.4个百分点|-0.4|percentage-point|exact|change]。",
    "[9月6日|date]，[一场|article]招聘会在[三水|name]举行，[70多家|70|enterprise|over|level]企业带来[1800多个|1800|post|over|level]岗位，"
    "吸引[数千名|1000|person|over|flow]求职者，[三成|30|percent|exact|share]当场达成意向。[统一|word]搭建的[一批|word]平台[进一步|word]"
    "畅通渠道。",
]

#: What a text may repeat without end.
PIECES = "1|一|1 |1\n|1,|1.|1-|(|“|“一|1:|第一|将1个|增长1%、|每|伍|A1|2020年|两三年|三届| |\n|1个。|1万1千".split("|")

_MARK = re.compile(r"\[([^\]]*)\]")


@dataclass
class Row:
    """A claim as it should be found."""

    start: int
    end: int
    value: Decimal | None
    qualifier: str
    kind: str


Text = tuple[str, list[Row]]


def passage(marked: str) -> Text:
    """A passage without its marks, and its claims."""
    text, rows, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        cells = match[1].split("|")
        if len(cells) > 2:
            value = None if cells[1] == "-" else Decimal(cells[1])
            rows.append(Row(len(text), len(text) + len(cells[0]), value, cells[3], cells[4]))
        text += cells[0]
        last = match.end()
    return text + marked[last:], rows


def documents() -> list[Text]:
    """The source texts with their coded claims; none where they are not at hand."""
    data = tables.load()
    owner = data.claims["article_id"].map(data.articles["document_id"])
    found = []
    for document in data.documents.itertuples():
        path = SOURCES / document.file_name
        if path.is_file():
            claims = data.claims[owner == document.document_id]
            rows = [
                Row(claim.start, claim.end, claim.value, claim.qualifier, claim.kind) for claim in claims.itertuples()
            ]
            found.append((sources.read_text(path), rows))
    return found


def spans_of_scan(text: str) -> list[tuple[int, int]]:
    return [(claim.start, claim.end) for claim in scan(text).claims]


def recognizers() -> Callable[[str], list[tuple[int, int]]] | None:
    """Spans of Chinese numbers and percentages as recognizers-text finds them."""
    try:
        from recognizers_number import Culture, NumberRecognizer
    except ImportError:
        return None
    recognizer = NumberRecognizer(Culture.Chinese)
    models = [recognizer.get_number_model(), recognizer.get_percentage_model()]
    return lambda text: [(found.start, found.end + 1) for model in models for found in model.parse(text)]


def jionlp() -> Callable[[str], list[tuple[int, int]]] | None:
    """Spans of amounts of money as JioNLP finds them."""
    try:
        import jionlp
    except ImportError:
        return None
    return lambda text: [tuple(found["offset"]) for found in jionlp.ner.extract_money(text)]


def overlaps(span: tuple[int, int], row: Row) -> bool:
    return span[0] < row.end and row.start < span[1]


def found_and_right(find: Callable[[str], list[tuple[int, int]]], texts: list[Text]) -> tuple[float, float]:
    """Recall: the share of claims found. Precision: the share of what is found that is a claim."""
    claims = hits = spans = right = 0
    for text, rows in texts:
        found = find(text)
        claims, spans = claims + len(rows), spans + len(found)
        hits += sum(any(overlaps(span, row) for span in found) for row in rows)
        right += sum(any(overlaps(span, row) for row in rows) for span in found)
    return hits / claims, right / max(spans, 1)


def agreement(texts: list[Text]) -> Iterator[tuple[str, float]]:
    """Of the claims found, the share with value, qualifier and kind as they should be."""
    pairs = []
    for text, rows in texts:
        claims = scan(text).claims
        pairs += [(row, claim) for row in rows for claim in claims if overlaps((claim.start, claim.end), row)][
            : len(rows) * 2
        ]
    yield (
        "value",
        sum((None if claim.value is None else Decimal(claim.value)) == row.value for row, claim in pairs) / len(pairs),
    )
    yield "qualifier", sum(claim.qualifier == row.qualifier for row, claim in pairs) / len(pairs)
    yield "kind", sum(claim.kind == row.kind for row, claim in pairs) / len(pairs)


def speed(find: Callable[[str], list[tuple[int, int]]], text: str) -> float:
    """Characters a second of processor time, the best of three runs."""
    find(text[:1000])
    taken = []
    for _ in range(3):
        began = time.process_time()
        find(text)
        taken.append(time.process_time() - began)
    return len(text) / min(taken)


def growth() -> tuple[str, float]:
    """Of the pieces, the one whose repetition grows worst: processor time of eight times the text over that of the text."""
    worst = []
    for piece in PIECES:
        short, long = (len(piece * times) / speed(spans_of_scan, piece * times) for times in (6_000, 48_000))
        worst.append((long / short, piece))
    ratio, piece = max(worst)
    return piece, ratio


def main() -> None:
    made_up = [passage(marked) for marked in PASSAGES]
    sets = {"made-up": made_up, "documents": documents()}
    tools = {"zhenzhi": spans_of_scan, "recognizers-text": recognizers(), "JioNLP": jionlp()}
    print(f"{'texts':<12}{'tool':<18}{'recall':>8}{'precision':>11}")
    for name, texts in sets.items():
        for tool, find in tools.items():
            if texts and find:
                recall, precision = found_and_right(find, texts)
                print(f"{name:<12}{tool:<18}{recall:>8.1%}{precision:>11.1%}")
        if texts:
            print(
                f"{name:<12}zhenzhi, of the claims found:  "
                + ", ".join(f"{part} {share:.1%}" for part, share in agreement(texts))
            )
    text = "\n".join(text for texts in sets.values() for text, _ in texts)
    own = speed(spans_of_scan, (text * (SPEED_CHARACTERS // len(text) + 1))[:SPEED_CHARACTERS])
    print(f"\n{'tool':<18}{'characters a second':>20}{'ratio':>10}")
    print(f"{'zhenzhi':<18}{own:>20,.0f}{1:>10}")
    for tool, find in tools.items():
        if tool != "zhenzhi":
            if find is None:
                print(f"{tool:<18}{'is not installed':>20}")
            else:
                rate = speed(find, text[:PEER_CHARACTERS])
                print(f"{tool:<18}{rate:>20,.0f}{own / rate:>10,.0f}")
    piece, ratio = growth()
    print(f"\nEight times the text takes at most {ratio:.1f} times as long (of {piece!r}).")


if __name__ == "__main__":
    main()
