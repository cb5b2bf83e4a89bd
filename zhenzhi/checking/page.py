"""The report as one page that stands alone: no script, nothing fetched, whatever the text holds ends as text."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from zhenzhi.checking.report import VERDICTS, Finding, Report
from zhenzhi.checking.safe import shown
from zhenzhi.scan import Claim

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LANGUAGES = {"en": "en", "zh": "zh-CN"}


def as_html(report: Report) -> str:
    """The page: counts, relations by verdict with links into the text, the text with its figures marked, the figures."""
    return "\n".join(_page(report)) + "\n"


def _text(text: str) -> str:
    return escape(shown(text, keep="\n\t"))


def _page(report: Report) -> Iterator[str]:
    label = report.edition.label
    title = _text(label("check-title", name=report.name))
    style = (files("zhenzhi.checking") / "page.css").read_text(encoding="utf-8")
    yield "<!DOCTYPE html>"
    yield f'<html lang="{_LANGUAGES[report.edition.language]}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{style}</style>"
    yield "</head>"
    yield "<body>"
    yield f'<a class="skip" href="#relations">{_text(label("check-skip"))}</a>'
    yield "<main>"
    yield f"<h1>{title}</h1>"
    yield f"<p>{_text(report.summary)}</p>"
    yield f"<p>{_text(label('check-limits'))}</p>"
    yield f'<section id="relations"><h2>{_text(label("check-relations"))}</h2>'
    for verdict in VERDICTS:
        yield from _group(report, verdict)
    yield "</section>"
    yield f"<section><h2>{_text(label('check-text'))}</h2>"
    yield f'<div class="text" lang="zh-CN">{_marked(report)}</div></section>'
    yield f"<section><h2>{_text(label('check-figures'))}</h2>"
    yield from _table(report)
    yield "</section>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _group(report: Report, verdict: str) -> Iterator[str]:
    findings = [finding for finding in report.findings if finding.verdict == verdict]
    label = report.edition.label
    heading = label("check-heading", verdict=label(f"check-{verdict}"), count=len(findings))
    yield f'<h3 class="{verdict}">{_text(heading)}</h3>'
    if not findings:
        yield f"<p>{_text(label('check-none'))}</p>"
        return
    yield "<ul>"
    for finding in findings:
        yield f'<li class="{verdict}"><strong>{_text(finding.type)}</strong> {_links(report, finding)}'
        yield f"<p>{_text(finding.reason)}</p></li>"
    yield "</ul>"


def _links(report: Report, finding: Finding) -> str:
    """The figures of a relation as written, each a link to its place in the text."""
    links = [
        f'<a href="#{name}" lang="zh-CN"><bdi>{_text("".join(report.text[start:end].split()))}</bdi></a>'
        for name, (start, end) in zip(finding.names, finding.spans, strict=True)
    ]
    return _text(report.edition.label("list-separator")).join(links)


def _marked(report: Report) -> str:
    """The text with each figure marked by the gravest verdict on a relation that it is in."""
    gravest: dict[str, str] = {}
    for finding in report.findings:  # the gravest come first
        for name in finding.names:
            gravest.setdefault(name, finding.verdict)
    parts, done = [], 0
    for number, claim in enumerate(report.scan.claims, 1):
        name = f"c{number}"
        verdict = gravest.get(name, "")
        parts.append(_text(report.text[done : claim.start]))
        figure = _text(report.text[claim.start : claim.end])
        said = f'<span class="said"> ({_text(report.edition.label(f"check-{verdict}"))})</span>' if verdict else ""
        parts.append(f'<mark id="{name}" class="{verdict or "alone"}">{figure}{said}</mark>')
        done = claim.end
    parts.append(_text(report.text[done:]))
    return "".join(parts)


def _table(report: Report) -> Iterator[str]:
    label = report.edition.label
    if not report.scan.claims:
        yield f"<p>{_text(label('check-none'))}</p>"
        return
    columns = ("line", "written", "value", "unit", "kind", "period")
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{_text(label("check-figures"))}"><table>'
    heads = "".join(f'<th scope="col">{_text(label(f"check-column-{column}"))}</th>' for column in columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for number, claim in enumerate(report.scan.claims, 1):
        cells = "".join(f"<td>{_text(cell)}</td>" for cell in _cells(report, claim))
        line = report.line(claim.start)
        written = f'<th scope="row" lang="zh-CN"><a href="#c{number}"><bdi>{_text(claim.as_written)}</bdi></a></th>'
        yield f"<tr><td>{line}</td>{written}{cells}</tr>"
    yield "</tbody></table></div>"


def _cells(report: Report, claim: Claim) -> tuple[str, str, str, str]:
    edition = report.edition
    units = edition.tables.units
    value = claim.value or ""
    if claim.value_high is not None:
        value = edition.label("range", low=value, high=claim.value_high)
    unit = edition.local(units.loc[claim.unit], "name") if claim.unit in units.index else ""
    kind = edition.label(f"kind-{claim.kind}") if claim.kind else ""
    return value, unit, kind, claim.period or ""
