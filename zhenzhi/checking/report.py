"""The report on any text: the figures that were found in it, and the relations that hold, fail or cannot be decided."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED
from zhenzhi.book.edition import Edition
from zhenzhi.checking.proposals import bounds
from zhenzhi.data.tables import Tables
from zhenzhi.relations import NEAR, Relation, with_checks
from zhenzhi.relations.scanned import ScannedRelations
from zhenzhi.scan import Scan, scan

#: The verdicts in the order in which a reader wants them.
VERDICTS = (INCONSISTENT, UNDETERMINED, CONSISTENT)


class Finding(NamedTuple):
    """A relation in words.

    Attributes:
        verdict: consistent, inconsistent or undetermined.
        type: what kind of relation it is, in words, and whether any words of the text state it.
        reason: the audit's sentence.
        spans: start and end of its figures in the text, in order.
        names: names of its figures: ``c12`` is the twelfth of the text.
    """

    verdict: str
    type: str
    reason: str
    spans: tuple[tuple[int, int], ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What was found in a text.

    Attributes:
        name: what the text is called, such as its file.
        text: the text.
        scan: its figures.
        relations: the relations between them.
        edition: puts them into words.
    """

    name: str
    text: str
    scan: Scan
    relations: tuple[Relation, ...]
    edition: Edition

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of relations by verdict."""
        found = Counter(relation.verdict for relation in self.relations)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @cached_property
    def unstated(self) -> int:
        """How many of those that hold no words state: had they failed, they would not be listed."""
        return sum(relation.verdict == CONSISTENT and relation.proposal.tie == NEAR for relation in self.relations)

    @property
    def summary(self) -> str:
        """How many figures were found, and relations by verdict, in words."""
        figures = len(self.scan.claims)
        return self.edition.label("check-counts", figures=figures, unstated=self.unstated, **self.counts)

    @cached_property
    def findings(self) -> list[Finding]:
        """The relations in words: those that fail first, then in the order of the text."""
        found = [self._finding(relation) for relation in self.relations]
        return sorted(found, key=lambda finding: (VERDICTS.index(finding.verdict), finding.spans))

    def _finding(self, relation: Relation) -> Finding:
        figures = relation.proposal.figures
        reason = self.edition.plain(self.edition.reason(relation.result)) if relation.result else ""
        kind = self.edition.label(f"type-{relation.proposal.type}")
        return Finding(
            relation.verdict,
            self.edition.label("check-unstated", type=kind) if relation.proposal.tie == NEAR else kind,
            reason,
            tuple((figure.start, figure.end) for figure in figures),
            tuple(figure.name for figure in figures),
        )

    def line(self, offset: int) -> int:
        """The number of the line that an offset stands in."""
        return bisect_right(self._lines, offset) + 1

    @cached_property
    def _lines(self) -> list[int]:
        return [offset + 1 for offset, character in enumerate(self.text) if character == "\n"]

    def data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "file": self.name,
            "characters": len(self.text),
            "counts": {
                "figures": len(self.scan.claims),
                "other_numerals": len(self.scan.numerals),
                **self.counts,
                "unstated": self.unstated,
            },
            "figures": [{"name": f"c{number}", **claim._asdict()} for number, claim in enumerate(self.scan.claims, 1)],
            "relations": [
                self._relation(relation)
                for verdict in VERDICTS
                for relation in self.relations
                if relation.verdict == verdict
            ],
        }

    def _relation(self, relation: Relation) -> dict[str, Any]:
        result = relation.result
        return {
            "verdict": relation.verdict,
            "type": relation.proposal.type,
            "rule": relation.proposal.rule,
            "tie": relation.proposal.tie,
            "reason": self.edition.plain(self.edition.reason(result)) if result else None,
            "figures": relation.proposal.claims,
            "evidence": [
                {"name": figure.name, "start": figure.start, "end": figure.end, "as_written": figure.written}
                for figure in relation.proposal.figures
            ],
            "computed": bounds(result.computed) if result and result.computed else None,
            "reported": bounds(result.reported) if result and result.reported else None,
        }


def check(text: str, name: str, data: Tables, language: str = "en") -> Report:
    """Looks for the figures of a text and the relations between them.

    Args:
        name: what the text is called.
        data: a data package, for its units and words.
        language: of the report: ``en`` or ``zh``.
    """
    found = scan(text)
    relations, tables = ScannedRelations(data).of(text, found.claims)
    edition = Edition(with_checks(tables, relations), language)
    return Report(name, text, found, tuple(relations), edition)
