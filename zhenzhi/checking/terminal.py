"""The report as plain text, for a terminal."""

import re
from collections.abc import Iterator

from zhenzhi.checking.report import VERDICTS, Finding, Report
from zhenzhi.checking.safe import shown

#: The words that stand before the first figure of an excerpt, in characters, as far as its sentence goes.
_BEFORE = 16
_SENTENCE_END = re.compile("[。！？!?；;]")


def as_text(report: Report) -> str:
    """The report, those that fail first: the line of each relation, its figures as written, and the reasoning."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    label = report.edition.label
    yield shown(label("check-title", name=report.name))
    yield report.summary
    for verdict in VERDICTS:
        findings = [finding for finding in report.findings if finding.verdict == verdict]
        if findings:
            yield ""
            yield label("check-heading", verdict=label(f"check-{verdict}"), count=len(findings))
        for finding in findings:
            yield from _finding(report, finding)
    yield ""
    yield label("check-limits")


def _finding(report: Report, finding: Finding) -> Iterator[str]:
    label = report.edition.label
    first, last = finding.spans[0][0], finding.spans[-1][1]
    yield f"  {label('check-line', line=report.line(first))}  {finding.type}"
    yield f"    {shown(excerpt(report.text, first, last))}"
    if finding.reason:
        yield f"    {shown(finding.reason)}"


def excerpt(text: str, start: int, end: int, longest: int = 120) -> str:
    """The words up to and from the first to the last figure of a relation; the middle of long ones is left out."""
    before = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    words = "".join((before + text[start:end]).split())
    if len(words) > longest:
        words = f"{words[: longest // 2]}…{words[-longest // 2 :]}"
    return words
