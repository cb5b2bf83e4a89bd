"""The findings across the documents, and whether the book still holds what their sentences say."""

from zhenzhi.book.counts import counts
from zhenzhi.book.edition import Edition
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.data.schema import entry_place


def finding(edition: Edition, finding_id: str) -> dict:
    """The entry of a finding.

    Raises:
        UnknownReference: there is no such finding.
    """
    edition.note(f"finding:{finding_id}")
    for entry in edition.quiet.tables.findings:
        if entry["finding_id"] == finding_id:
            return entry
    raise UnknownReference(f"there is no finding {finding_id!r}; expected a finding_id of findings.yml")


def outgrown(edition: Edition, entry: dict) -> list[str]:
    """Why a finding's sentence must be read again: the counts that left the bounds within which it was written.

    Raises:
        UnknownReference: a count that the book does not hold is named.
    """
    problems = []
    known = counts(edition.quiet)
    findings = edition.quiet.tables.findings
    place = entry_place(findings, [other["finding_id"] for other in findings].index(entry["finding_id"]))
    for bound in entry["holds_while"]:
        name, low, high = bound["count"], bound["at_least"], bound["at_most"]
        edition.note(f"count:{name}")
        if name not in known:
            raise UnknownReference(f"the book has no count {name!r}; expected one of {', '.join(sorted(known))}")
        if not low <= known[name].value <= high:
            problems.append(
                f"findings.yml, {place}, key holds_while: the finding was written for {low} to {high} of {name!r}, now "
                f"{known[name].value}; expected its sentence read again, then other bounds"
            )
    return problems
