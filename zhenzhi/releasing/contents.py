"""What a version of the book holds: its claims, the verdicts on them, and its pages.

A release keeps its data package (``data/``), the verdicts of its day (``audit.json``) and its readings of the claims
(``readings.json``) beside its pages, so that it can be compared with any later one, whatever the code has become. A version
that is only in git is asked by its own code; its pages are not known.
"""

import csv
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhenzhi import paths
from zhenzhi.amounts.quantity import Interval
from zhenzhi.audit import Result
from zhenzhi.book.edition import Edition
from zhenzhi.data import lock, tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.locales import SOURCE
from zhenzhi.releasing import pages
from zhenzhi.releasing.git_data import project_at, told_by
from zhenzhi.releasing.pages import Page
from zhenzhi.takeaway.names import in_language

#: Where a release keeps its data package, the verdicts of its audit, and its readings of the claims.
DATA, AUDIT, READINGS = "data", "audit.json", "readings.json"

#: The name under which the reading of a claim, a range in words, stands among its cells.
STANDS_FOR = "stands for"


@dataclass(frozen=True)
class Check:
    """What a version finds in a check, with its sentence; the claims are those that it compares.

    The sentence is ``None`` where the version did not tell it in the language.
    """

    name: str
    verdict: str
    claims: tuple[str, ...]
    reason: str | None = ""


@dataclass(frozen=True)
class Contents:
    """What a version holds.

    Attributes:
        name: the version, or the git ref.
        claims: the rows of ``claims.csv`` by ID, cell by cell as written, and what each stands for where that is known.
        closed: the rows of ``closed.csv`` by ID.
        checks: the checks by ID.
        pages: the pages by address, of all languages; ``None`` where they are not known.
        digests: the digest of every row and entry of the data package, by file and key.
    """

    name: str
    claims: Mapping[str, dict[str, str]]
    closed: Mapping[str, dict[str, str]]
    checks: Mapping[str, Check]
    pages: Mapping[str, Page] | None
    digests: Mapping[tuple[str, str], str] = field(default_factory=dict)


def known(name: str, site: Path) -> Contents:
    """What a version holds: that of a release of the site, or else of a git ref."""
    return of_release(site / name) if (site / name / AUDIT).is_file() else of_ref(name)


def of_release(folder: Path, language: str = SOURCE) -> Contents:
    """What a release holds.

    Args:
        folder: the folder of the release within a site; its name is the version.
        language: that in which checks and readings are told. A release that did not have it tells neither sentences nor
            readings.

    Raises:
        ZhenzhiError: it lacks its verdicts.
        DataError: it lacks its data package, or the package breaks its own contract.
    """
    try:
        checks = json.loads((folder / AUDIT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ZhenzhiError(
            f"{folder / AUDIT}: it cannot be read: {error}; expected the verdicts of a release"
        ) from None
    own = folder / in_language(AUDIT, language)
    told = {row["check_id"]: row for row in (json.loads(own.read_text(encoding="utf-8")) if own.is_file() else ())}
    checks = [told.get(row["check_id"], row | {"reason": None}) for row in checks]
    kept = folder / in_language(READINGS, language)
    readings = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    digests = lock.digests(tables.load(folder / DATA, own_contract=True))
    return Contents(folder.name, *_rows(folder / DATA, readings), _checks(checks), pages.read(folder), digests)


def of_ref(ref: str, root: Path = paths.ROOT) -> Contents:
    """What a version in git holds, without its pages.

    Raises:
        ZhenzhiError: git knows no such ref, or its own code finds fault with its data.
    """
    with project_at(ref, root) as folder:
        told = told_by(folder)
        digests = lock.digests(tables.load(folder / "data", own_contract=True))
        return Contents(ref, *_rows(folder / "data", told["readings"]), _checks(told["checks"]), None, digests)


def of_project(name: str, book: Path, root: Path = paths.ROOT, language: str = SOURCE) -> Contents:
    """What the project holds now, told in a language, with the pages of a built book."""
    edition = Edition(tables.load(root / "data"), language)
    checks = [audit_row(edition, result) for result in edition.results.values()]
    rows = _rows(root / "data", _readings(edition))
    return Contents(name, *rows, _checks(checks), pages.read(book), lock.digests(edition.quiet.tables))


def keep(editions: Sequence[Edition], folder: Path) -> None:
    """Puts the data package, and the verdicts and readings in each language, into the folder of a release."""
    shutil.copytree(editions[0].tables.folder, folder / DATA)
    for edition in editions:
        results = [audit_row(edition, result) for result in edition.results.values()]
        _keep(folder / in_language(AUDIT, edition.language), results)
        _keep(folder / in_language(READINGS, edition.language), _readings(edition))


def _keep(file: Path, content: list | dict) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def audit_row(edition: Edition, result: Result) -> dict:
    """The result of a check as plain data."""
    return {
        "check_id": result.check_id,
        "name": edition.check(result.check_id)["name"][edition.language],
        "type": result.type,
        "verdict": result.verdict,
        "claims": list(result.claims),
        "unit": result.unit,
        "computed": _bounds(result.computed),
        "reported": _bounds(result.reported),
        "reason": edition.plain(edition.reason(result)),
    }


def _bounds(interval: Interval | None) -> dict | None:
    if interval is None:
        return None
    return {
        "low": None if interval.low is None else str(interval.low),
        "high": None if interval.high is None else str(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def _checks(rows: Iterable[Mapping]) -> dict[str, Check]:
    """The checks as a version kept or told them."""
    return {
        row["check_id"]: Check(row["name"], row["verdict"], tuple(row["claims"]), row["reason"]) for row in rows
    }  # fmt: skip


def _readings(edition: Edition) -> dict[str, str]:
    """What each claim stands for, in words; a label without a value stands for none."""
    values = edition.tables.claims["value"]
    return {claim: edition.interval(edition.quantity(claim)) for claim in values.index[values.notna()]}


def _rows(folder: Path, readings: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The claims and the closed claims of a data package, as written: an older one may have other columns than ours."""
    found = []
    for name in ("claims.csv", "closed.csv"):
        file = folder / name
        rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
        found.append({row["claim_id"]: row for row in rows})
    for claim_id in readings.keys() & found[0].keys():
        found[0][claim_id][STANDS_FOR] = readings[claim_id]
    return found[0], found[1]
