"""The audit as a picture: how many checks have which verdict, and what the claims were held against."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from zhenzhi.audit import CLASSES, CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.book.edition import Edition, group_of
from zhenzhi.book.lookups import Verdict
from zhenzhi.charts import style
from zhenzhi.charts.chart import Canvas, Chart

_VERDICTS = {CONSISTENT: "output", INCONSISTENT: "computed", UNDETERMINED: "line"}
_CLASSES = dict(zip(CLASSES, ("output", "context", "activity", "input", "structure", "line"), strict=True))


def held_against(edition: Edition, figure_id: str) -> Chart:
    """What were the claims of each document held against?"""
    held, first = edition.held_against, edition.coding.claims["repeats"].isna()
    claims: dict[str, list[str]] = {document: [] for document in edition.tables.documents.index}
    for claim in held:
        if first[claim]:
            claims[edition.document_of(claim)["document_id"]].append(claim)
    rows = []
    for group, own in {"all": [claim for some in claims.values() for claim in some], **claims}.items():
        name = edition.label("panel-all-documents") if group == "all" else _document_name(edition, group)
        counts = _counted(edition, "held", _CLASSES, [held[claim] for claim in own], prefix="against-")
        what = edition.label("name-and-count", name=name, count=str(len(own)))
        rows.append({"what": what, **counts, "claims": " ".join(own)})
    return _stacked(edition, figure_id, rows, "held", _CLASSES, prefix="against-", shares=True)


def verdicts_by_document(edition: Edition, figure_id: str) -> Chart:
    """How many checks of each document have which verdict?"""
    documents = edition.tables.documents.index

    def name(group: str) -> str:
        return _document_name(edition, group) if group in documents else edition.label(f"group-{group}")

    groups = [*documents, "across", "outside"]
    return _verdicts(edition, figure_id, groups, lambda result: group_of(edition, result), name)


def verdicts_by_type(edition: Edition, figure_id: str) -> Chart:
    """How many checks of each type have which verdict?"""
    kinds = Counter(result.type for result in edition.verdicts.values())
    groups = [kind for kind, _ in kinds.most_common()]
    return _verdicts(edition, figure_id, groups, lambda result: result.type, lambda kind: edition.label(f"type-{kind}"))


def _document_name(edition: Edition, document_id: str) -> str:
    return edition.source_of(edition.tables.documents.loc[document_id])


def _verdicts(
    edition: Edition,
    figure_id: str,
    groups: Sequence[str],
    group_of_result: Callable[[Verdict], str],
    name: Callable[[str], str],
) -> Chart:
    rows = []
    for group in groups:
        own = [result for result in edition.verdicts.values() if group_of_result(result) == group]
        claims = [claim for result in own for claim in result.claims if edition.is_claim(claim)]
        counts = _counted(edition, "verdict", _VERDICTS, [result.verdict for result in own])
        rows.append({"what": name(group), **counts, "claims": " ".join(dict.fromkeys(claims))})
    return _stacked(edition, figure_id, rows, "verdict", _VERDICTS)


def _counted(edition: Edition, kind: str, parts: Mapping[str, str], found: Sequence[str], prefix: str = "") -> dict:
    """The counts of a row, each in a column of its part behind ``prefix``, and in words."""
    counts = Counter(found)
    told = [
        edition.label("counted-part", word=edition.label(f"{kind}-{part}"), count=str(counts[part])) for part in parts
    ]
    own = {prefix + part: counts[part] for part in parts}
    return {"figure": edition.listing(told), **own, "mark": edition.label("mark-computed")}


def _stacked(
    edition: Edition,
    figure_id: str,
    rows: list[dict],
    kind: str,
    colours: Mapping[str, str],
    prefix: str = "",
    shares: bool = False,
) -> Chart:
    """Bars of counts, one a row, divided into parts with a word each (``kind``-part) below the title."""

    def draw(canvas: Canvas) -> None:
        size = style.SMALL if canvas.narrow else style.FONT_SIZE
        labels = [style.wrap(row["what"], canvas.width - 0.2, size) for row in rows]
        heights = [0.17 * len(lines) + 0.3 for lines in labels]
        columns = 3 if len(colours) == 3 or not canvas.narrow else 2
        legend = 0.15 + 0.2 * -(-len(colours) // columns)
        (axes,) = canvas.axes(sum(heights) + legend)
        axes.set_axis_off()
        axes.set_ylim(sum(heights) + legend, 0)
        lengths = [sum(row[prefix + part] for part in colours) for row in rows]
        longest = max(lengths)
        axes.set_xlim(0, longest * 1.02)
        for number, (part, colour) in enumerate(colours.items()):
            x, y = longest * 0.98 * (number % columns) / columns, 0.13 + 0.2 * (number // columns)
            axes.plot([x + longest * 0.012], [y], "s", color=style.light(colour), markersize=style.SMALL, clip_on=False)
            axes.text(
                x + longest * (0.05 if canvas.narrow else 0.03),
                y,
                edition.label(f"{kind}-{part}"),
                va="center",
                size=size,
            )
        y = legend
        for row, lines, height, length in zip(rows, labels, heights, lengths, strict=True):
            scale = longest / length if shares and length else 1
            axes.text(0, y + 0.085 * len(lines), "\n".join(lines), va="center", size=size, linespacing=1.2)
            left = 0.0
            for part, colour in colours.items():
                count = row[prefix + part]
                if not count:
                    continue
                bar = y + 0.17 * len(lines) + 0.09
                axes.barh(bar, count * scale, left=left, height=0.16, color=style.light(colour))
                if count * scale >= longest * 0.035:
                    ink = "ink" if colour == "line" else "paper"
                    axes.text(
                        left + count * scale / 2,
                        bar,
                        str(count),
                        ha="center",
                        va="center",
                        size=style.SMALL,
                        color=style.light(ink),
                    )
                left += count * scale
            y += height

    sentence = edition.sequence(edition.named(row["what"], row["figure"]) for row in rows)
    return Chart(edition, figure_id, draw, rows, edition.label(f"alt-{kind}", rows=sentence))
