"""One view of the figures of a text, be they coded rows of ``claims.csv`` or what a scan found, for rules to look at.

Rules look only within windows: a sentence, a passage of a few sentences, or the figures of one article that a coder gave
the same name. Where the text is not at hand, sentences and passages are told by the distance between figures.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from zhenzhi.amounts.around import squeezed
from zhenzhi.data.tables import Tables

#: Without the text: figures further apart than this, in characters, stand in two sentences, and in two passages.
SENTENCE_GAP, PASSAGE_GAP = 40, 150
#: With the text: a sentence is no longer than this, and a passage either.
SENTENCE_LENGTH, PASSAGE_LENGTH = 200, 600
#: The words before and behind a figure that rules may read, in characters.
CONTEXT = 40

#: In the name of a figure, before its number within the proportion that it is a part of: c12-1.
PART = "-"

SENTENCE_END = re.compile(r"[。！？!?；;]|(?<=[。！？!?；;”』」])\s*\n|\n[ \t\r]*\n[ \t\r]*\n")
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿几数半廿卅]")
_PASSAGE_END = re.compile(r"[。！？!?”』」][^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity as rules see it.

    Attributes:
        name: the claim's ID, or a number of the scan: ``c12``.
        article: the article it stands in; of a scanned text there is one, without a name.
        start, end, written: its span in the text, and the span without white space.
        value, value_high, unit, counted, qualifier, kind, status, period: as the data contract has them.
        sentence, passage: numbers of the windows in which it stands; they grow through the text.
        before, after: the words between the figure before it and this one, and from it to the next or the sentence's end;
            empty where the text is not at hand.
        label: what a coder called it; empty for a scanned one.
        indicator, place, model: the coder's names; ``None`` for a scanned one.
    """

    name: str
    article: str
    start: int
    end: int
    written: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str | None
    counted: bool
    qualifier: str
    kind: str
    status: str
    period: tuple[str | None, str | None]
    sentence: int = 0
    passage: int = 0
    before: str = ""
    after: str = ""
    label: str = ""
    indicator: str | None = None
    place: str | None = None
    model: str | None = None

    @property
    def coded(self) -> bool:
        """Whether a person has coded it."""
        return self.indicator is not None

    @property
    def lead(self) -> str:
        """The words that lead up to its numeral: those before its span, and those with which the span begins."""
        first = _NUMERAL.search(self.written)
        return self.before + (self.written[: first.start()] if first else "")

    @property
    def subject(self) -> str:
        """The words that tell what the figure is of."""
        return self.label or self.lead

    @property
    def is_share(self) -> bool:
        return self.kind == "share" and self.unit == "percent" and self.value is not None

    @property
    def is_change(self) -> bool:
        """Whether it is a change in per cent or in times."""
        return self.kind == "change" and self.unit in ("percent", "times") and self.value is not None

    @property
    def is_amount(self) -> bool:
        """Whether it is a number of things or a measure, and no share, rank or name, nor an amount for each of something."""
        return self.kind in ("level", "flow", "count-of-components") and self._measures

    @property
    def is_each(self) -> bool:
        """Whether it is an amount for each of something."""
        return self.kind == "ratio" and self._measures

    @property
    def is_exact(self) -> bool:
        return self.qualifier == "exact" and self.value_high is None

    def rounds(self, value: Decimal) -> bool:
        """Whether it may be told for a value, rounded to its last digit that is not zero: 4000元 for 4008 yuan."""
        own = self.value or Decimal(0)
        return abs(own - value) * 2 <= Decimal(10) ** int(own.normalize().as_tuple().exponent)

    @property
    def _measures(self) -> bool:
        return self.value is not None and self.unit not in (None, "percent", "times", "label", "percentage-point")


@dataclass(frozen=True)
class Reading:
    """The figures of a text, or of several articles, in order, with their windows.

    Attributes:
        figures: all of them.
        units: the row of each unit.
        parents: the place that each place lies in.
        texts: the texts at hand, by article; empty where there is none.
        outside: figures from outside the documents that bear on a figure, by its name.
    """

    figures: tuple[Figure, ...]
    units: Mapping[str, Mapping[str, Any]]
    parents: Mapping[str, str | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    outside: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)

    def sentences(self) -> list[tuple[Figure, ...]]:
        """The figures sentence by sentence."""
        return _grouped(self.figures, lambda figure: (figure.article, figure.sentence))

    def passages(self) -> list[tuple[Figure, ...]]:
        """The figures passage by passage."""
        return _grouped(self.figures, lambda figure: (figure.article, figure.passage))

    def articles(self) -> list[tuple[Figure, ...]]:
        """The figures article by article."""
        return _grouped(self.figures, lambda figure: figure.article)

    def lies_in(self, place: str | None, other: str | None) -> bool:
        """Whether one place is part of another, and not the same."""
        parent = self.parents.get(place) if place else None
        while parent is not None and parent != other:
            parent = self.parents.get(parent)
        return parent is not None

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures, without white space; empty where the text is not at hand."""
        return squeezed(self.texts.get(one.article, "")[one.end : other.start])

    def per(self, unit: str | None) -> tuple[str, tuple[str, ...]] | None:
        """What a unit counts and for each of what: person-trip-per-day is a passenger trip, for each day."""
        return self._made_of.get(unit)

    def quotient(self, of: str | None, per: str | None) -> str | None:
        """The unit of an amount for each of something, where the data package has one."""
        return self._quotients.get((of, (per,)))

    @cached_property
    def _quotients(self) -> dict[tuple, str]:
        return {made_of: str(unit) for unit, made_of in self._made_of.items()}

    @cached_property
    def _made_of(self) -> dict[str | None, tuple[str, tuple[str, ...]]]:
        made = {unit: row for unit, row in self.units.items() if row["of"] is not None}
        return {unit: (row["of"], tuple(row["per"].split())) for unit, row in made.items()}


def of_claims(tables: Tables, texts: Mapping[str, str] | None = None) -> Reading:
    """The coded claims of the data package.

    Args:
        texts: the texts of the documents, by document, where they are at hand.
    """
    documents = tables.document_of
    texts = texts or {}
    figures = []
    for claim in tables.claims.sort_values(["article_id", "start"], kind="stable").itertuples():
        figures.append(
            Figure(
                claim.Index,
                claim.article_id,
                claim.start,
                claim.end,
                claim.as_written,
                claim.value,
                claim.value_high,
                claim.unit,
                bool(tables.units.at[claim.unit, "counted"]),
                claim.qualifier,
                claim.kind,
                claim.status,
                (claim.period_start, claim.period_end),
                label=claim.label_zh,
                indicator=claim.indicator_id,
                place=claim.place_id,
                model=claim.model_id,
            )  # fmt: skip
        )
    by_article = {article: texts[document] for article, document in documents.items() if document in texts}
    placed: list[Figure] = []
    for article, group in groupby(figures, key=lambda figure: figure.article):
        placed += _in_windows(list(group), by_article.get(article))
    parents = tables.places["parent_id"].to_dict()
    return Reading(tuple(placed), tables.unit_rows, parents, by_article, _outside(tables))


def _outside(tables: Tables) -> dict[str, tuple[Figure, ...]]:
    """The outside figures by the claim they bear on."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for row in tables.external[tables.external["bears_on"].notna()].itertuples():
        start, _, end = (row.period or "").partition("/")
        figure = Figure(
            row.Index, "", 0, 0, row.as_written or str(row.value), row.value, None, row.unit,
            bool(tables.units.at[row.unit, "counted"]), "exact", "level", "reported",
            (start or None, end or start or None), label=row.what_en, place=row.place_id,
        )  # fmt: skip
        found[row.bears_on].append(figure)
    return {name: tuple(figures) for name, figures in found.items()}


def in_text(text: str, figures: Sequence[Figure], units: Mapping[str, Mapping[str, Any]]) -> Reading:
    """Figures that were found in one text, in its order."""
    return Reading(tuple(_in_windows(figures, text)), units, texts={"": text})


def _in_windows(figures: Sequence[Figure], text: str | None) -> Iterable[Figure]:
    if text is None:
        return _by_distance(figures)
    sentences = _breaks(text, SENTENCE_END, SENTENCE_LENGTH)
    passages = _breaks(text, _PASSAGE_END, PASSAGE_LENGTH)
    found = []
    for number, figure in enumerate(figures):
        sentence = bisect_right(sentences, figure.start)
        first = max(sentences[sentence - 1] if sentence else 0, figures[number - 1].end if number else 0)
        last = sentences[sentence] if sentence < len(sentences) else len(text)
        if number + 1 < len(figures):
            last = min(last, figures[number + 1].start)
        # Twice the context leaves room for blanks and line ends.
        before = squeezed(text[max(first, figure.start - 2 * CONTEXT) : figure.start])[-CONTEXT:]
        after = squeezed(text[figure.end : min(last, figure.end + 2 * CONTEXT)])[:CONTEXT]
        found.append(
            replace(figure, sentence=sentence, passage=bisect_right(passages, figure.start), before=before, after=after)
        )
    return found


def _by_distance(figures: Sequence[Figure]) -> Iterable[Figure]:
    sentence = passage = 0
    last: Figure | None = None
    for figure in figures:
        gap = figure.start - last.end if last else 0
        sentence += gap > SENTENCE_GAP
        passage += gap > PASSAGE_GAP
        last = replace(figure, sentence=sentence, passage=passage)
        yield last


def _breaks(text: str, end: re.Pattern, longest: int) -> list[int]:
    """The offsets at which windows begin, other than the first: behind each end, and where one would be too long."""
    found: list[int] = []
    last = 0
    for offset in [*(match.end() for match in end.finditer(text)), len(text)]:
        while offset - last > longest:
            last += longest
            found.append(last)
        if offset > last and offset < len(text):
            found.append(offset)
            last = offset
    return found


def _grouped(figures: Iterable[Figure], key) -> list[tuple[Figure, ...]]:
    return [tuple(group) for _, group in groupby(figures, key=key)]
