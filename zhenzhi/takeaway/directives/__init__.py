"""What the directives of a page set from the data, as Markdown. References to figures stay roles in it."""

from collections.abc import Callable, Mapping

from zhenzhi.book.edition import Edition
from zhenzhi.takeaway.directives import argument as argued
from zhenzhi.takeaway.directives import records


def told(edition: Edition, name: str, argument: str, options: Mapping[str, str]) -> str | None:
    """A directive in Markdown; nothing for one that has no counterpart there."""
    return _FORMS[name](edition, argument, options) if name in _FORMS else None


_FORMS: dict[str, Callable[[Edition, str, Mapping[str, str]], str]] = {
    "findings": argued.findings,
    "model-card": records.model_card,
    "programmes": records.programmes_of,
    "source-card": records.source_card,
    "caveats": records.caveats,
    "speakers": argued.speakers,
    "silences": argued.silences,
    "instrument-matrix": argued.matrix,
    "audit": records.audit,
    "audit-index": records.audit_index,
    "claim-steps": records.claim_steps,
    # Addresses that a place had in earlier releases: nothing to read.
    "anchors": lambda edition, argument, options: "",
}
