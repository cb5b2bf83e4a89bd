"""The commands of versions: releasing one, checking a site of them, and telling what changed."""

import argparse
import json
import shlex
import sys
from pathlib import Path

from zhenzhi import DEVELOPMENT, paths
from zhenzhi.commands import Commands
from zhenzhi.errors import ZhenzhiError


def add(commands: Commands) -> None:
    """Describes the commands to a parser."""
    command = commands.add_parser("release", help="build the book once and add it to a site, for good")
    command.add_argument("version", help="the version to release, such as 1.2.0")
    command.add_argument("--site", type=Path, default=paths.SITE, metavar="DIR", help="folder of the site")
    command.add_argument("--test-command", metavar="COMMAND", help="the tests that must pass, instead of pytest")
    command.add_argument("--any-tree", action="store_true", help="release also what is not committed to git")
    command.add_argument("--pdf", action="store_true", help="set the PDF edition as well")
    command.add_argument("--epub", action="store_true", help="set the EPUB edition as well")
    command.set_defaults(run=_release)

    command = commands.add_parser(
        "development", help="put the built book into a site as dev/, the state between releases"
    )
    command.add_argument("--site", type=Path, default=paths.SITE, metavar="DIR", help="folder of the site")
    command.set_defaults(run=_development)

    command = commands.add_parser("check-site", help="check every file of a site against the checksums of its release")
    command.add_argument("site", type=Path, nargs="?", default=paths.SITE, metavar="DIR")
    command.add_argument("--digest", metavar="SHA256", help="what the newest release said vouches for the site")
    command.set_defaults(run=_check_site)

    command = commands.add_parser("changes", help="what changed from one version to another")
    command.add_argument("--from", dest="before", required=True, metavar="VERSION", help="a release, or a git ref")
    command.add_argument("--to", dest="after", required=True, metavar="VERSION", help="a release, or a git ref")
    command.add_argument("--site", type=Path, default=paths.SITE, metavar="DIR", help="folder of the site")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.set_defaults(run=_changes)

    command = commands.add_parser("citation-files", help="write CITATION.cff and .zenodo.json")
    command.set_defaults(run=_citation_files)


def _release(options: argparse.Namespace) -> None:
    from zhenzhi.releasing import site
    from zhenzhi.releasing.release import TESTS, release
    from zhenzhi.takeaway import names

    try:
        tests = shlex.split(options.test_command) if options.test_command else TESTS
    except ValueError as error:
        raise ZhenzhiError(f"--test-command: {error}; expected a command as a shell reads it") from None
    volumes = [name for name, wanted in ((names.PDF, options.pdf), (names.EPUB, options.epub)) if wanted]
    folder = release(options.version, options.site, tests=tests, any_tree=options.any_tree, volumes=volumes)
    print(f"Released: {folder / 'index.html'}")
    print(
        f"Mark it in git with what vouches for the site: git tag -m 'site {site.digest(options.site)}' v{options.version}"
    )


def _development(options: argparse.Namespace) -> None:
    from zhenzhi.releasing import site

    if not paths.HTML.is_dir():
        raise ZhenzhiError(f"there is no book at {paths.HTML}; `make book` builds it")
    site.add_development(options.site, paths.HTML)
    print(f"Between releases: {options.site / DEVELOPMENT / 'index.html'}")


def _check_site(options: argparse.Namespace) -> None:
    from zhenzhi.releasing import site

    problems = site.check(options.site)
    if problems:
        raise ZhenzhiError(f"{len(problems)} problem(s) in the site:\n  " + "\n  ".join(problems))
    versions = [release.version for release in site.releases(options.site)]
    if not versions:
        raise ZhenzhiError(f"there is no site at {options.site}; `make release VERSION=x.y.z` makes one")
    if options.digest and (found := site.digest(options.site)) != options.digest:
        raise ZhenzhiError(f"the site is {found}; expected {options.digest}")
    print(f"Every file of {len(versions)} release(s) is as it was released: {', '.join(versions)}")


def _changes(options: argparse.Namespace) -> None:
    from zhenzhi.releasing.changes import between
    from zhenzhi.releasing.contents import known

    before, after = (known(name, options.site) for name in (options.before, options.after))
    changes = between(before, after)
    if options.format == "json":
        print(json.dumps(changes.data(), ensure_ascii=False, indent=1))
        return
    for kind in ("added", "closed", "vanished"):
        for claim in getattr(changes, kind):
            print(f"{kind:<9} {claim.claim_id}: {claim.label} {claim.as_written} {claim.reason}".rstrip())
    for kind in ("revalued", "reworded"):
        for edit in getattr(changes, kind):
            for cell in edit.cells:
                print(f"{kind:<9} {edit.claim_id}: {cell.column} {cell.before!r} -> {cell.after!r}")
    for verdict in changes.verdicts:
        none = "no such check"
        print(f"verdict   {verdict.check_id}: {verdict.before or none} -> {verdict.after or none}")
    for reason in changes.reasons:
        print(f"reason    {reason.check_id}: {reason.before!r} -> {reason.after!r}")
    for entry in changes.sentences:
        for text in entry.after or entry.before:
            print(f"sentence  {entry.page}#{entry.anchor}: {text}")
    for figure in changes.figures:
        print(f"figure    {figure.page}#{figure.anchor}: {', '.join(figure.claims)}")
    for row in changes.rows:
        print(f"{row.kind:<9} {row.file} {row.key}")
    if not changes.pages_known:
        print("Sentences and figures are known only of versions that stand in the site.", file=sys.stderr)


def _citation_files(options: argparse.Namespace) -> None:
    from zhenzhi.releasing import citation_files

    print(f"Written: {', '.join(citation_files.write()) or 'nothing, both files are as they should be'}")
