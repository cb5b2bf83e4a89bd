"""Measures the scanner: how many claims it finds, how often it is right, how fast it is, beside named peers.

Six sets of texts. The passages of ``passages-1.txt`` to ``passages-3.txt`` were made up and coded before the scanner was
run on them; then whole kinds of misreading were mended, so that only what it gave before (``BEFORE``) was blind. Those of
``passages-4.txt`` were coded last; what was misread in them was looked at only after both columns of ``BEFORE`` were kept.
Blind as well were the first runs on 63 passages of public pages, which are not part of the project, in three batches, each
after what the one before it showed was mended: recall 98.8% (807 of 817), precision 96.2% (807 of 839), value and qualifier
99.9% (806 of 807), unit's family 99.4% (802), kind 94.7% (764), status 94.4% (762), row 92.5%
(756 of 817), reason 87.7% (291 of 332). So were the first runs on 80 further passages of public pages, with what such pages
say of themselves left in (counts of readers, addresses, numbers of files), in four batches, the second with the first, the
others each after what those before it showed was mended:

    ========  =======  ============  ==============  ==============  ==============  ==============  ==============
    measure   sum      share         first, 20       second, 21      third, 20       fourth, 19      second, mended
    ========  =======  ============  ==============  ==============  ==============  ==============  ==============
    recall    705/733  96.2%         95.8%, 204/213  94.7%, 213/225  98.4%, 126/128  97.0%, 162/167  97.3%, 219/225
    precision 710/794  89.4%         92.7%, 204/220  87.2%, 218/250  81.8%, 126/154  95.3%, 162/170  95.7%, 224/234
    value     701/705  99.4%         100%, 204       98.1%, 209/213  100%, 126       100%, 162       98.2%, 215/219
    qualifier 702/705  99.6%         100%, 204       99.5%, 212/213  100%, 126       98.8%, 160/162  100%, 219
    family    697/705  98.9%         99.5%, 203/204  97.2%, 207/213  99.2%, 125/126  100%, 162       97.7%, 214/219
    kind      666/705  94.5%         97.5%, 199/204  93.9%, 200/213  90.5%, 114/126  94.4%, 153/162  94.1%, 206/219
    row       676/733  92.2%         94.8%, 202/213  89.8%, 202/225  90.6%, 116/128  93.4%, 156/167  92.9%, 209/225
    reason    624/704  88.6%         89.7%, 140/156  87.4%, 160/183  85.4%, 182/213  93.4%, 142/152  94.0%, 172/183
    ========  =======  ============  ==============  ==============  ==============  ==============  ==============

The last column is the second batch after what the first showed was mended: what is misread in it was not looked at, but who
mended had coded it, and knew its kinds of text.

One more first run, on 26 passages of public pages of many kinds (courts, customs, fisheries, weather, sports, archives, power
lines), shortened, some joined from two pages, coded by one who had read neither rules nor lexicon, with several values where
the codebook leaves a field open: recall 98.4% (311 of 316), precision 98.4% (311 of 316), value 99.4% (309 of 311), qualifier
99.7% (310), unit's family 96.8% (301), kind 81.7% (254), status 97.4% (303), row 91.8% (290), reason 96.0% (97 of 101).
Kind was low since verbs of such work (加开, 截获, 抽检, 放流) were unknown; they were added.

Then two more coders who had read neither rules nor lexicon took 36 passages each from public pages, of towns and villages (A)
and of reports and bulletins (B), and coded them before the scanner was run; what they showed was mended by kind, and five
hundred verbs of other subjects were added:

    ========  ==============  ==============  ==============  ==============
    measure   A, first        B, first        A, mended       B, mended
    ========  ==============  ==============  ==============  ==============
    recall    95.2%, 413/434  99.8%, 635/636  97.0%, 421/434  99.8%, 635/636
    precision 96.7%, 415/429  96.1%, 635/661  98.1%, 423/431  99.7%, 635/637
    value     99.8%, 412/413  99.8%, 634/635  99.8%, 420/421  100%, 635
    qualifier 98.8%, 408/413  100%, 635       100%, 421       100%, 635
    family    98.1%, 405/413  99.7%, 633/635  99.0%, 417/421  99.8%, 634/635
    kind      87.4%, 361/413  90.9%, 577/635  94.1%, 396/421  95.1%, 604/635
    row       87.1%, 378/434  96.2%, 612/636  91.5%, 397/434  99.2%, 631/636
    reason    83.2%, 129/155  85.6%, 185/216  92.3%, 143/155  98.1%, 212/216
    ========  ==============  ==============  ==============  ==============

After that a third such coder took 44 passages, half from the press and half from offices (a few of pages that A or B had met
as well), and coded them blind: recall 98.6% (414 of 420), precision 97.2% (414 of 426), value 100% (414), qualifier 99.5%
(412), unit's family 98.3% (407), kind 91.5% (379), status 95.2% (394), row 91.7% (385 of 420), reason 92.7% (203 of 219).
What it showed was mended again.

The last such coder took 28 passages (306 claims, 131 other numerals), after that and after what work reports of seventy
years had shown: recall 98.4% (301 of 306), precision 96.1% (299 of 311), value 98.7% (297 of 301), qualifier 100% (301),
unit's family 97.3% (293), kind 93.7% (282), status 92.7% (279), row 88.9% (272 of 306), reason 90.8% (118 of 130). The
rows were lost by status: a heading of plans within its line, 预计 that bears on one figure, 达产后. Mended, status is
98.0%, row 94.1%, and the rows of A and C, for which nothing was changed, rose to 92.4% and 95.5%.

At the same time another took 36 passages (349 claims, 205 other numerals) and coded them blind; the scanner was as it
stood after that: recall 98.0% (342 of 349), precision 94.4% (340 of 360), value 99.1% (339 of 342), qualifier 99.7%
(341), unit's family 98.0% (335), kind 94.4% (323), status 93.6% (320), row 89.4% (312 of 349), reason 86.8% (178 of 205).
Twelve of the lost rows stand in one passage behind one word (预计). Mended, row is 93.7% and reason 89.3%, and the rows
of the batch before, for which nothing was changed, rose to 95.4%.

``passages-seen.txt`` and, where the source texts are at hand, the five documents were known when the rules were written: a
scanner flatters itself on what it has seen. Each share has its 95% interval after Wilson, as if the rows were drawn at
random: they come in passages of one writer, who coded them too, so that the true doubt is wider.

Precision is the share of what is found that overlaps a claim; value to place are shares of the claims found (place in the
documents only: the places of the passages are invented); a row is right, of all claims, where it was found with value,
qualifier, unit's family and status, whatever its kind and the noun that it counts; a reason is right where the other numeral
was found as one, with its reason. The peers are recognizers-text (numbers and percentages in Chinese) and JioNLP (amounts of
money); neither tells claims from dates and names, and neither knows qualifiers. The speed is that of a text read again and
again; one that is new all through takes about a third longer. Nothing is asserted.
"""

import time
from collections.abc import Callable
from decimal import Decimal
from math import sqrt

from marked import Row, Span, Text, read
from zhenzhi import paths
from zhenzhi.data import sources, tables
from zhenzhi.scan import Claim, scan

HERE = paths.ROOT / "benchmarks"
SOURCES = paths.ROOT.parent / "shared" / "sources"
SPEED_CHARACTERS = 400_000
PEER_CHARACTERS = 4_000
#: A fraction that was coded to so many places.
NEAR = Decimal("0.0001")
Z = 1.96

_MEASURES = ("recall", "precision", "value", "qualifier", "unit", "unit's family", "kind", "status", "place", "reason")
#: What a row is right by; kind, and the noun that is counted, are left to who codes.
_OF_ROW = ("value", "qualifier", "unit's family", "status")
#: What the scanner gave before the passages showed what it misread.
BEFORE = {
    name: dict(zip(_MEASURES, shares, strict=True))
    for name, shares in {
        "1": (0.962, 0.958, 0.992, 0.992, 0.920, 0.988, 0.896, 0.976, 0, 0.788),
        "2": (0.992, 0.968, 0.967, 0.983, 0.942, 0.992, 0.908, 0.983, 0, 0.854),
        "3": (0.980, 0.945, 0.997, 0.983, 0.959, 0.990, 0.915, 0.976, 0, 0.846),
        "4": (0.989, 0.993, 0.989, 0.978, 0.964, 0.993, 0.935, 0.982, 0, 0.959),
        "documents": (0.993, 1, 0.978, 1, 0.858, 0.948, 0.854, 0.840, 0.743, 0.977),
    }.items()
}

#: What a text may repeat without end.
PIECES = "1|一|1 |1\n|1,|1.|1-|(|“|“一|1:|第一|将1个|增长1%、|每|伍|A1|2020年|两三年|三届| |\n|1个。|1万1千".split("|")
PIECES += [
    "计划投资1亿元",
    "要建设:\n1.",
    "社区1组和",
    "从5人增加到10人，增长100%，",
    "培训5人次，",
    "划分成3个管区",
    "死亡3人以上、10人以下，",
]

Find = Callable[[str], list[Span]]
#: How many were right, of how many, by what was measured.
Counts = dict[str, tuple[int, int]]


def documents() -> list[Text]:
    """The source texts with their coded rows; none where they are not at hand."""
    data = tables.load()
    owner = data.claims["article_id"].map(data.articles["document_id"])
    found = []
    for document in data.documents.itertuples():
        path = SOURCES / document.file_name
        if path.is_file():
            claims = data.claims[owner == document.document_id]
            others = data.numerals[data.numerals["document_id"] == document.document_id]
            found.append(
                Text(
                    sources.read_text(path),
                    [_coded(claim) for claim in claims.itertuples()],
                    [(row.start, row.end, frozenset((row.reason,))) for row in others.itertuples()],
                )
            )
    return found


def _coded(claim) -> Row:
    return Row(
        claim.start,
        claim.end,
        frozenset(((claim.value, claim.value_high),)),
        *(frozenset((cell,)) for cell in (claim.unit, claim.qualifier, claim.kind, claim.status, claim.place_id)),
    )


def meets(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def found_and_right(find: Find, texts: list[Text]) -> Counts:
    """Recall, the share of claims found; precision, the share of what is found that is a claim."""
    hits = claims = right = spans = 0
    for text in texts:
        found = [span for span in find(text.text) if not any(meets(span, open_) for open_ in text.either)]
        rows = [(row.start, row.end) for row in text.claims]
        claims, spans = claims + len(rows), spans + len(found)
        hits += sum(any(meets(span, row) for span in found) for row in rows)
        right += sum(any(meets(span, row) for row in rows) for span in found)
    return {"recall": (hits, claims), "precision": (right, spans)}


def cells_right(texts: list[Text], counted: frozenset[str]) -> Counts:
    """Of the claims found, how many have each cell as it should be; of the other numerals, how many their reason."""
    marks: dict[str, list[bool]] = {}
    for text in texts:
        result = scan(text.text)
        for row in text.claims:
            claim = _nearest(row, result.claims)
            compared = _compared(row, claim, counted) if claim is not None else {}
            for cell, right in compared.items():
                marks.setdefault(cell, []).append(right)
            marks.setdefault("row", []).append(claim is not None and all(compared[cell] for cell in _OF_ROW))
        for start, end, reasons in text.numerals:
            given = {numeral.reason for numeral in result.numerals if meets((numeral.start, numeral.end), (start, end))}
            clear = not any(meets((claim.start, claim.end), (start, end)) for claim in result.claims)
            marks.setdefault("reason", []).append(clear and bool(given & reasons))
    return {cell: (sum(rights), len(rights)) for cell, rights in marks.items()}


def _nearest(row: Row, claims: tuple[Claim, ...]) -> Claim | None:
    """The claim that has most characters in common with a row."""
    common = [(min(row.end, claim.end) - max(row.start, claim.start), claim) for claim in claims]
    most, claim = max(common, key=lambda pair: pair[0], default=(0, None))
    return claim if most > 0 else None


def _compared(row: Row, claim: Claim, counted: frozenset[str]) -> dict[str, bool]:
    value = tuple(None if cell is None else Decimal(cell) for cell in (claim.value, claim.value_high))
    unit = claim.unit in row.unit
    found = {
        "value": any(all(map(_same, value, known)) for known in row.value),
        "qualifier": claim.qualifier in row.qualifier,
        "unit": unit,
        "unit's family": unit or (claim.unit in counted and not counted.isdisjoint(row.unit)),
        "kind": claim.kind in row.kind,
        "status": claim.status in row.status,
    }
    if row.place:
        found["place"] = claim.place is not None and claim.place.rstrip("?") in row.place
    return found


def _same(value: Decimal | None, known: Decimal | None) -> bool:
    return value == known or (value is not None and known is not None and abs(value - known) < NEAR)


def interval(right: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share, after Wilson."""
    share, square = right / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    reach = Z / (1 + square) * sqrt(share * (1 - share) / of + square / of / 4)
    return middle - reach, middle + reach


def spans_of_scan(text: str) -> list[Span]:
    return [(claim.start, claim.end) for claim in scan(text).claims]


def recognizers() -> Find | None:
    """Spans of Chinese numbers and percentages as recognizers-text finds them."""
    try:
        from recognizers_number import Culture, NumberRecognizer
    except ImportError:
        return None
    recognizer = NumberRecognizer(Culture.Chinese)
    models = [recognizer.get_number_model(), recognizer.get_percentage_model()]
    return lambda text: [(found.start, found.end + 1) for model in models for found in model.parse(text)]


def jionlp() -> Find | None:
    """Spans of amounts of money as JioNLP finds them."""
    try:
        import jionlp
    except ImportError:
        return None
    return lambda text: [tuple(found["offset"]) for found in jionlp.ner.extract_money(text)]


def speed(find: Find, text: str) -> float:
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


def show(name: str, tool: str, counts: Counts) -> None:
    """A line for each share, with its interval, and what the scanner gave before whole kinds of misreading were mended."""
    before = BEFORE.get(name, {}) if tool == "zhenzhi" else {}
    for measure, (right, of) in counts.items():
        if of:
            low, high = interval(right, of)
            doubt = f"{low:.1%} to {high:.1%}"
            was = f"{before[measure]:>9.1%}" if measure in before else ""
            print(f"{name:<11}{tool:<18}{measure:<15}{right / of:>7.1%}{right:>7}/{of:<5}{doubt:>18}{was}")


def main() -> None:
    sets = {name: read(HERE / f"passages-{name}.txt") for name in ("1", "2", "3", "4", "seen")} | {
        "documents": documents()
    }
    tools: dict[str, Find | None] = {
        "zhenzhi": spans_of_scan,
        "recognizers-text": recognizers(),
        "JioNLP": jionlp(),
    }
    units = tables.load().units
    counted = frozenset(units.index[units["counted"]])
    print(f"{'texts':<11}{'tool':<18}{'measure':<15}{'share':>7}{'right/of':>12}{'95% interval':>19}{'before':>9}")
    for name, texts in sets.items():
        for tool, find in tools.items():
            if texts and find:
                show(name, tool, found_and_right(find, texts))
        if texts:
            show(name, "zhenzhi", cells_right(texts, counted))
    print(f"\n{'tool':<18}{'texts':<12}{'characters a second':>20}{'ratio':>10}")
    texts_of = {name: "\n".join(text.text for text in texts) for name, texts in sets.items() if texts}
    for name, text in texts_of.items():
        own = speed(spans_of_scan, (text * (SPEED_CHARACTERS // len(text) + 1))[:SPEED_CHARACTERS])
        print(f"{'zhenzhi':<18}{name:<12}{own:>20,.0f}{1:>10}")
        for tool, find in tools.items():
            if tool != "zhenzhi" and find is not None:
                rate = speed(find, text[:PEER_CHARACTERS])
                print(f"{tool:<18}{name:<12}{rate:>20,.0f}{own / rate:>10,.0f}")
    for tool, find in tools.items():
        if find is None:
            print(f"{tool} is not installed")
    piece, ratio = growth()
    print(f"\nEight times the text takes at most {ratio:.1f} times as long (of {piece!r}).")


if __name__ == "__main__":
    main()
