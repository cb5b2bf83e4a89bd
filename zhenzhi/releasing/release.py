"""Releases a version of the book: builds it once and adds it to a site, unless that would break what was promised.

A release is refused, and nothing is written, while tests fail, the changelog does not tell of it, a claim or an address of
an earlier release is gone, or the release could not be made again from what is in git.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from zhenzhi import __date__, __version__, locales, paths
from zhenzhi.book.edition import Edition
from zhenzhi.building import messages
from zhenzhi.building.build import build
from zhenzhi.building.lock import only_one
from zhenzhi.building.replace import recover
from zhenzhi.data import drafts, tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.releasing import changes_page, citation_files, contents, pages, site
from zhenzhi.releasing.changes import between
from zhenzhi.releasing.git_data import git
from zhenzhi.releasing.pages import Page
from zhenzhi.takeaway import bundle

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
    volumes: Collection[str] = (),
) -> Path:
    """Builds the book once, from nothing, and adds it to a site.

    Args:
        version: the version to release; it must be that of the package.
        target: the folder of the site.
        root: the project.
        tests: the command that tests it.
        any_tree: whether to release what is not committed.
        volumes: as what to set the book besides, of ``names.VOLUMES``.

    Returns:
        the folder of the release.

    Raises:
        Refused: the version cannot be released.
        BuildError: the book cannot be built.
        ZhenzhiError: the site is not as it was released.
    """
    with (
        only_one(root / "_build" / "release.lock", f"the release of {version}"),
        only_one(target.absolute().with_name(f"{target.absolute().name}.lock"), f"the release of {version}"),
    ):
        recover(target)
        return _release(version, target, root, tests, any_tree, volumes)


def _release(
    version: str, target: Path, root: Path, tests: Sequence[str], any_tree: bool, volumes: Collection[str]
) -> Path:
    earlier = _check_version(version, target, root)
    problems = site.check(target)
    if problems:
        raise Refused("the site is not as it was released:" + _listed(problems))
    if not any_tree:
        _check_tree(root)
    data = tables.load(root / "data")
    if unfinished := [*drafts.left(data), *(f"{where}: it is not filled yet" for where in drafts.unfilled_pages(root))]:
        raise Refused(
            "documents are not coded to the end; `python -m zhenzhi verify --draft` lists what is left:"
            + _listed(unfinished)
        )
    editions = [Edition(data, language) for language in locales.languages(root)]
    before = {
        edition.language: [contents.of_release(target / older.version, edition.language) for older in earlier]
        for edition in editions
    }
    _check_claims(editions[0], before[locales.SOURCE])
    for edition in editions[1:]:
        if problems := messages.problems(root, edition.language):
            raise Refused(f"the catalogues in {locales.LOCALES[edition.language]} are not whole:" + _listed(problems))

    print(f"Running the tests: {' '.join(tests)}", flush=True)
    if subprocess.run(tests, cwd=root).returncode:
        raise Refused("the tests fail; expected all of them to pass")
    if not any_tree:
        # The tests take minutes, and the tree may have changed under them.
        _check_tree(root)

    folder = root / "_build" / "release"
    shutil.rmtree(folder, ignore_errors=True)

    def tell_of_changes(new: Path) -> None:
        _check_twins(pages.read(new), [edition.language for edition in editions])
        for edition in editions:
            language = edition.language
            now = contents.of_project(version, new, root, language)
            found = [between(older, now, language) for older in before[language]]
            changes_page.fill(new, pages.in_language(now.pages or {}, language), found, edition)
        if earlier:
            _check_addresses(before[locales.SOURCE][0], pages.read(new))

    book = build(root, folder / "html", volumes, tell_of_changes)
    contents.keep(editions, book)
    site.add(target, book, version, __date__, bundle.base(root))
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
    status = git(root, "status", "--porcelain")
    said, fault = (text.decode(errors="replace") for text in (status.stdout, status.stderr))
    if status.returncode:
        raise Refused(f"git knows nothing of {root}: {fault.strip()}; expected a repository with all committed")
    if said:
        raise Refused("the working tree is not clean; expected all committed:" + _listed(said.splitlines()))


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
    for address, page in (before.pages or {}).items():
        if address not in now:
            gone.append(address)
        else:
            gone += [f"{address}#{anchor}" for anchor in sorted(page.anchors - now[address].anchors)]
    if gone:
        raise Refused(f"addresses of version {before.name} are gone; expected every page and anchor:" + _listed(gone))


def _check_twins(now: Mapping[str, Page], languages: Sequence[str]) -> None:
    """Whether every page stands in every language, with the anchors of its twin."""
    problems: list[str] = []
    for language in languages[1:]:
        own = {
            address.removeprefix(locales.folder(language)): page
            for address, page in pages.in_language(now, language).items()
        }
        source = pages.in_language(now, locales.SOURCE)
        problems += (f"{address}: there is no such page in {language}" for address in sorted({*source} - {*own}))
        problems += (f"{address}: there is no such page in {locales.SOURCE}" for address in sorted({*own} - {*source}))
        for address in sorted({*own} & {*source}):
            differing = sorted(own[address].anchors ^ source[address].anchors)
            problems += (f"{address}#{anchor}: in one of {locales.SOURCE} and {language} alone" for anchor in differing)
    if problems:
        raise Refused("a page or an anchor lacks its twin; expected each in every language:" + _listed(problems))


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - _SHOWN
    return "".join(f"\n  {problem}" for problem in problems[:_SHOWN]) + (f"\n  and {more} more" if more > 0 else "")
