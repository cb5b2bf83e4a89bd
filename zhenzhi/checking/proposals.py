"""Proposed checks of coded claims, as entries of ``checks.yml`` with what they rest on, and as data."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from zhenzhi.amounts.interval import Interval
from zhenzhi.book.edition import Edition
from zhenzhi.data import sources
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.relations import Relation, judge, of_claims, propose, with_checks


def of_tables(tables: Tables, folder: Path | None = None) -> list[Relation]:
    """The relations between the claims of a data package.

    Args:
        folder: the source texts that are at hand; lists are counted in them.

    Raises:
        ZhenzhiError: no text of the data package is in the folder, or one is not UTF-8.
    """
    texts = {}
    if folder is not None:
        at_hand = {
            name: folder / file for name, file in tables.documents["file_name"].items() if (folder / file).is_file()
        }
        if not at_hand:
            raise ZhenzhiError(f"{folder}: no text of documents.csv; expected the folder of one source text at least")
        texts = {name: sources.read_text(path) for name, path in at_hand.items()}
    return judge(tables, propose(of_claims(tables, texts)))


def as_yaml(tables: Tables, relations: Sequence[Relation]) -> str:
    """The relations as entries of ``checks.yml``, each below its rule, its verdict and its evidence.

    A list that is still to be counted stands as a comment, with a question mark for its length.
    """
    edition = Edition(with_checks(tables, relations), "en")
    return "".join(_entry(edition, relation) for relation in relations)


def _entry(edition: Edition, relation: Relation) -> str:
    proposal, result = relation.proposal, relation.result
    remark = edition.plain(edition.reason(result)) if result else "The list is still to be counted."
    comments = [f"{proposal.rule} ({proposal.tie}), {relation.verdict}: {remark}"]
    comments += [f"  {line}" for line in _evidence(relation)]
    check = dict(relation.check)
    check = {"check_id": check.pop("check_id"), "type": check.pop("type"), "name": _name(edition, relation), **check}
    if result is None:
        check["listed"] = "?"
    text = yaml.safe_dump([check], allow_unicode=True, sort_keys=False, width=10_000)
    lines = [*(f"# {comment}" for comment in comments), *((text if result else _commented(text)).splitlines())]
    return "\n".join(lines) + "\n"


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.splitlines())


def _name(edition: Edition, relation: Relation) -> dict[str, str]:
    """The name of the figure that the relation is about, in both languages."""
    head = relation.proposal.head
    external = edition.is_external(head.name)
    row = edition.external(head.name) if external else edition.claim(head.name)
    column = "what" if external else "label"
    english, chinese = row[f"{column}_en"], row[f"{column}_zh"]
    return {"en": english[:1].upper() + english[1:], "zh": chinese or english}


def _evidence(relation: Relation) -> Iterator[str]:
    """The figures with their places in the text, and the arithmetic with its bounds."""
    for figure in relation.proposal.figures:
        where = f"{figure.article} {figure.start}-{figure.end}" if figure.article else "outside"
        yield f"{figure.name}: {where} {figure.written}"
    result = relation.result
    if result is not None and result.computed is not None:
        reported = f"; reported {bounds(result.reported)}" if result.reported is not None else ""
        yield f"computed {bounds(result.computed)} {result.unit}{reported}"


def bounds(interval: Interval) -> str:
    """An interval as mathematicians write it, to nine digits: [99.5, 99.6)."""
    low = "-inf" if interval.low is None else f"{float(interval.low):.9g}"
    high = "inf" if interval.high is None else f"{float(interval.high):.9g}"
    opens = "(" if interval.low is None or interval.low_open else "["
    return f"{opens}{low}, {high}{')' if interval.high is None or interval.high_open else ']'}"


def as_data(tables: Tables, relations: Sequence[Relation]) -> list[dict[str, Any]]:
    """The relations as plain data, with rule, tie, verdict, sentence and evidence."""
    edition = Edition(with_checks(tables, relations), "en")
    return [_data(edition, relation) for relation in relations]


def _data(edition: Edition, relation: Relation) -> dict[str, Any]:
    result = relation.result
    return {
        "rule": relation.proposal.rule,
        "tie": relation.proposal.tie,
        "verdict": relation.verdict,
        "reason": edition.plain(edition.reason(result)) if result else None,
        "check": {**relation.check, "name": _name(edition, relation)},
        "evidence": [
            {
                "claim_id": figure.name,
                "article_id": figure.article or None,
                "start": figure.start,
                "end": figure.end,
                "as_written": figure.written,
            }
            for figure in relation.proposal.figures
        ],  # fmt: skip
        "computed": bounds(result.computed) if result and result.computed else None,
        "reported": bounds(result.reported) if result and result.reported else None,
    }
