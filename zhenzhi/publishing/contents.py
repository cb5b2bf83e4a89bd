"""What a version of the book holds: its claims, the verdicts on them, and its pages.

A release keeps its data package (``data/``) and the verdicts of its day (``audit.json``) beside its pages, so that it can be
compared with any later one, whatever the code has become. Of a version that is only in git the data are known, not the pages.
"""

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhenzhi import paths, tables
from zhenzhi.audit import Result
from zhenzhi.edition import Edition
from zhenzhi.errors import ZhenzhiError
from zhenzhi.publishing import pages
from zhenzhi.publishing.pages import Page
from zhenzhi.publishing.versions import tables_at
from zhenzhi.quantity import Interval

#: Where a release keeps its data package and the verdicts of its audit.
DATA, AUDIT = "data", "audit.json"


@dataclass(frozen=True)
class Check:
    """What a version finds in a check; the claims are those that it compares."""

    name: str
    verdict: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """What a version holds.

    Attributes:
        name: the version, or the git ref.
        claims: the rows of ``claims.csv`` by ID, cell by cell as written.
        closed: the rows of ``closed.csv`` by ID.
        checks: the checks by ID.
        pages: the pages by address; ``None`` where they are not known.
    """

    name: str
    claims: Mapping[str, dict[str, str]]
    closed: Mapping[str, dict[str, str]]
    checks: Mapping[str, Check]
    pages: Mapping[str, Page] | None


def known(name: str, site: Path) -> Contents:
    """What a version holds: that of a release of the site, or else of a git ref."""
    return of_release(site / name) if (site / name / AUDIT).is_file() else of_ref(name)


def of_release(folder: Path) -> Contents:
    """What a release holds.

    Args:
        folder: the folder of the release within a site; its name is the version.

    Raises:
        ZhenzhiError: it lacks its data package or its verdicts.
    """
    try:
        checks = json.loads((folder / AUDIT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ZhenzhiError(
            f"{folder / AUDIT}: it cannot be read: {error}; expected the verdicts of a release"
        ) from None
    return Contents(
        folder.name,
        *_rows(folder / DATA),
        {
            check["check_id"]: Check(check["name"], check["verdict"], tuple(check["claims"])) for check in checks
        },
        pages.read(folder),
    )  # fmt: skip


def of_ref(ref: str, root: Path = paths.ROOT) -> Contents:
    """What a version in git holds, without its pages.

    Raises:
        ZhenzhiError: git knows no such ref, or its data package breaks its own contract.
    """
    with tables_at(ref, root) as data:
        return Contents(ref, *_rows(data.folder), _checks(Edition(data)), None)


def of_project(name: str, book: Path, root: Path = paths.ROOT) -> Contents:
    """What the project holds now, with the pages of a built book."""
    return Contents(name, *_rows(root / "data"), _checks(Edition(tables.load(root / "data"))), pages.read(book))


def keep(edition: Edition, folder: Path) -> None:
    """Puts the data package and the verdicts into the folder of a release."""
    shutil.copytree(edition.tables.folder, folder / DATA)
    results = [audit_row(edition, result) for result in edition.results.values()]
    (folder / AUDIT).write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


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


def _checks(edition: Edition) -> dict[str, Check]:
    return {
        check_id: Check(edition.check(check_id)["name"][edition.language], result.verdict, result.claims)
        for check_id, result in edition.results.items()
    }


def _rows(folder: Path) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The claims and the closed claims of a data package, as written: an older one may have other columns than ours."""
    found = []
    for name in ("claims.csv", "closed.csv"):
        file = folder / name
        rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
        found.append({row["claim_id"]: row for row in rows})
    return found[0], found[1]
