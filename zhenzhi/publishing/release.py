"""Releases a version of the book: builds it once and adds it to a site, unless that would break what was promised.

A release is refused, and nothing is written, while tests fail, the changelog does not tell of it, a claim or an address of
an earlier release is gone, or the release could not be made again from what is in git.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhenzhi import __date__, __version__, paths, tables
from zhenzhi.edition import Edition
from zhenzhi.errors import ZhenzhiError
from zhenzhi.publishing import changes_page, citation_files, contents, pages, site
from zhenzhi.publishing.build import build
from zhenzhi.publishing.changes import between
from zhenzhi.publishing.pages import Page

#: The tests that must pass.
TESTS = (sys.executable, "-m", "pytest", "-q")

_SHOWN = 10


class Refused(ZhenzhiError):
    """The version cannot be released; the text says why."""


def release(
    version: str,
    target: Path,
    root: Path = paths.ROOT,
    tests: Sequence[str] = TESTS,
    any_tree: bool = False,
    with_pdf: bool = False,
) -> Path:
    """Builds the book once, from nothing, and adds it to a site.

    Args:
        version: the version to release; it must be that of the package.
        target: the folder of the site.
        root: the project.
        tests: the command that tests it.
        any_tree: whether to release what is not committed.
        with_pdf: whether to set the PDF edition as well.

    Returns:
        the folder of the release.

    Raises:
        Refused: the version cannot be released.
        BuildError: the book cannot be built.
        ZhenzhiError: the site is not as it was released.
    """
    earlier = _check_version(version, target, root)
    problems = site.check(target)
    if problems:
        raise Refused("the site is not as it was released:" + _listed(problems))
    if not any_tree:
        _check_tree(root)
    edition = Edition(tables.load(root / "data"))
    before = [contents.of_release(target / older.version) for older in earlier]
    _check_claims(edition, before)

    print(f"Running the tests: {' '.join(tests)}", flush=True)
    if subprocess.run(tests, cwd=root).returncode:
        raise Refused("the tests fail; expected all of them to pass")
    if not any_tree:
        # The tests take minutes, and the tree may have changed under them.
        _check_tree(root)

    folder = root / "_build" / "release"
    shutil.rmtree(folder, ignore_errors=True)

    def tell_of_changes(new: Path) -> None:
        now = contents.of_project(version, new, root)
        changes_page.fill(new, now.pages, [between(older, now) for older in before], edition)
        if before:
            _check_addresses(before[0], pages.read(new))

    book = build(root, folder / "html", with_pdf, tell_of_changes)
    contents.keep(edition, book)
    site.add(target, book, version, __date__)
    shutil.rmtree(folder)
    return target / version


def _check_version(version: str, target: Path, root: Path) -> list[site.Release]:
    """Whether this version may be released now; returns the earlier releases, the newest first."""
    number = site.number(version)
    if version != __version__:
        raise Refused(
            f"the package is version {__version__}; expected __version__ = {version!r} in zhenzhi/__init__.py"
        )
    earlier = site.releases(target)
    if (target / version).exists():
        raise Refused(f"{target / version} is there already; a release is never changed, expected a new version")
    if earlier and number < site.number(earlier[0].version):
        raise Refused(f"version {earlier[0].version} is released already; expected a newer one than that")
    _check_changelog(version, root)
    stale = citation_files.stale(root)
    if stale:
        raise Refused(f"{', '.join(stale)} does not agree with the package; run `python -m zhenzhi citation-files`")
    return earlier


def _check_changelog(version: str, root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = re.search(rf"^## {re.escape(version)} \((.*?)\)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if entry is None or not entry[2].strip():
        raise Refused(f"CHANGELOG.md has no entry for {version}; expected one under '## {version} ({__date__})'")
    if entry[1] != __date__:
        raise Refused(f"CHANGELOG.md dates {version} {entry[1]}; expected {__date__}, as in zhenzhi/__init__.py")


def _check_tree(root: Path) -> None:
    """Whether git has all that the release is made from."""
    status = subprocess.run(["git", "-C", str(root), "status", "--porcelain"], capture_output=True, text=True)
    if status.returncode:
        raise Refused(f"git knows nothing of {root}: {status.stderr.strip()}; expected a repository with all committed")
    if status.stdout:
        raise Refused("the working tree is not clean; expected all committed:" + _listed(status.stdout.splitlines()))


def _check_claims(edition: Edition, before: Sequence[contents.Contents]) -> None:
    known = {*edition.tables.claims.index, *edition.tables.closed.index}
    for older in before:
        gone = [claim for claim in (*older.claims, *older.closed) if claim not in known]
        if gone:
            raise Refused(
                f"claims of version {older.name} are gone; expected each in claims.csv, or closed in closed.csv:"
                + _listed(gone)
            )


def _check_addresses(before: contents.Contents, now: Mapping[str, Page]) -> None:
    """Whether every address of the release before leads somewhere still; that one had those of all before it."""
    gone = []
    for address, page in before.pages.items():
        if address not in now:
            gone.append(address)
        else:
            gone += [f"{address}#{anchor}" for anchor in sorted(page.anchors - now[address].anchors)]
    if gone:
        raise Refused(f"addresses of version {before.name} are gone; expected every page and anchor:" + _listed(gone))


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - _SHOWN
    return "".join(f"\n  {problem}" for problem in problems[:_SHOWN]) + (f"\n  and {more} more" if more > 0 else "")
