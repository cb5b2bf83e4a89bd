"""The audit as a picture: how many checks have which verdict."""

from collections import Counter
from collections.abc import Callable

from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.charts import style
from zhenzhi.charts.chart import Canvas, Chart
from zhenzhi.edition import Edition, Verdict, group_of

_COLOURS = {CONSISTENT: "output", INCONSISTENT: "computed", UNDETERMINED: "line"}


def verdicts_by_document(edition: Edition, figure_id: str) -> Chart:
    """How many checks of each document have which verdict?"""
    documents = edition.tables.documents
    groups = [*documents.index, "across", "outside"]

    def name(group: str) -> str:
        if group not in documents.index:
            return edition.label(f"group-{group}")
        row = documents.loc[group]
        return f"{row[f'publisher_{edition.language}']}, {edition.date(row['published'])}"

    return _stacked(edition, figure_id, groups, lambda result: group_of(edition, result), name)


def verdicts_by_type(edition: Edition, figure_id: str) -> Chart:
    """How many checks of each type have which verdict?"""
    kinds = Counter(result.type for result in edition.verdicts.values())
    groups = [kind for kind, _ in kinds.most_common()]
    return _stacked(edition, figure_id, groups, lambda result: result.type, lambda kind: edition.label(f"type-{kind}"))


def _stacked(
    edition: Edition,
    figure_id: str,
    groups: list[str],
    group_of_result: Callable[[Verdict], str],
    name: Callable[[str], str],
) -> Chart:
    counts = Counter((group_of_result(result), result.verdict) for result in edition.verdicts.values())
    rows = []
    for group in groups:
        own = {verdict: counts[group, verdict] for verdict in (CONSISTENT, INCONSISTENT, UNDETERMINED)}
        claims = [
            claim
            for result in edition.verdicts.values()
            if group_of_result(result) == group
            for claim in result.claims
            if edition.is_claim(claim)
        ]
        rows.append(
            {
                "what": name(group),
                "figure": edition.label("verdict-counts", **{verdict: str(count) for verdict, count in own.items()}),
                **own,
                "mark": edition.label("mark-computed"),
                "claims": " ".join(dict.fromkeys(claims)),
            }
        )

    def draw(canvas: Canvas) -> None:
        size = 8.5 if canvas.narrow else style.FONT_SIZE
        labels = [style.wrap(row["what"], canvas.width - 0.2, size) for row in rows]
        heights = [0.17 * len(lines) + 0.3 for lines in labels]
        (axes,) = canvas.axes(sum(heights) + 0.35)
        axes.set_axis_off()
        axes.set_ylim(sum(heights) + 0.35, 0)
        longest = max(sum(row[verdict] for verdict in _COLOURS) for row in rows)
        axes.set_xlim(0, longest * 1.02)
        x = 0.0
        for verdict, colour in _COLOURS.items():
            axes.plot([x + longest * 0.012], [0.13], "s", color=style.light(colour), markersize=7, clip_on=False)
            word = edition.label(f"verdict-{verdict}")
            axes.text(x + longest * 0.03, 0.13, word, va="center", size=size)
            x += longest * (0.32 if canvas.narrow else 0.2)
        y = 0.35
        for row, lines, height in zip(rows, labels, heights, strict=True):
            axes.text(0, y + 0.085 * len(lines), "\n".join(lines), va="center", size=size, linespacing=1.2)
            left = 0
            for verdict, colour in _COLOURS.items():
                count = row[verdict]
                if not count:
                    continue
                bar = y + 0.17 * len(lines) + 0.09
                axes.barh(bar, count, left=left, height=0.16, color=style.light(colour))
                if count >= longest * 0.035:
                    ink = "ink" if verdict == UNDETERMINED else "paper"
                    axes.text(
                        left + count / 2, bar, str(count), ha="center", va="center", size=7, color=style.light(ink)
                    )
                left += count
            y += height

    sentence = "; ".join(f"{row['what']}: {row['figure']}" for row in rows)
    return Chart(edition, figure_id, draw, rows, edition.label("alt-verdicts", rows=sentence))
