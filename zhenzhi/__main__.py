"""The commands of the project: ``python -m zhenzhi COMMAND``."""

import argparse
import gc
import json
import shlex
import sys
from dataclasses import asdict
from pathlib import Path

from zhenzhi import __version__, paths
from zhenzhi.errors import DataError, ZhenzhiError


def _build(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.build import build

    # A tenth of a build would go into looking for unused cycles among documents that all stay in use.
    gc.set_threshold(50_000, 20, 100)
    build()
    # Nor does the end of the process look through them.
    gc.freeze()


def _pdf(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.pdf import make

    print(f"PDF edition: {make()}")


def _serve(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.serve import serve

    serve(paths.HTML, options.port)


def _verify(options: argparse.Namespace) -> None:
    from zhenzhi import sources, tables

    coverage = sources.verify(tables.load(), options.sources)
    print(f"{'document':<12}{'characters':>12}{'numeral characters':>20}{'claims':>8}{'numerals':>10}{'figures':>9}")
    for row in coverage:
        print(
            f"{row.document_id:<12}{row.characters:>12,}{row.numeral_characters:>20,}{row.claims:>8}{row.numerals:>10}"
            f"{row.figure_share:>9.1%}"
        )
    print("Every span reads as its row says, and every numeral is in one row.")


def _scan(options: argparse.Namespace) -> None:
    from zhenzhi import sources

    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ZhenzhiError(f"{options.file}: {error}; expected a text in UTF-8") from None
    print(sources.scan(text).to_csv(index=False, lineterminator="\n"), end="")


def _audit(options: argparse.Namespace) -> None:
    from zhenzhi.edition import open_book
    from zhenzhi.publishing.contents import audit_row

    book = open_book()
    results = book.results.values()
    if options.against:
        _audit_against(book, options)
        return
    if options.format == "json":
        print(json.dumps([audit_row(book, result) for result in results], ensure_ascii=False, indent=1))
        return
    width = max(len(result.check_id) for result in results)
    for result in results:
        print(f"{result.check_id:<{width}}  {result.type:<9}  {result.verdict:<12}  {book.plain(book.reason(result))}")


def _audit_against(book, options: argparse.Namespace) -> None:
    from zhenzhi import audit
    from zhenzhi.publishing.versions import tables_at

    with tables_at(options.against) as tables:
        found = audit.changes(audit.run(tables), book.results)
    if options.format == "json":
        print(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
        return
    print(f"{len(found)} verdict(s) differ from {options.against}")
    for change in found:
        print(f"{change.check_id}: {change.before or 'no such check'} -> {change.after or 'no such check'}")


def _reliability(options: argparse.Namespace) -> None:
    from zhenzhi import reliability, tables

    print(reliability.markdown(reliability.agreement(tables.load())))


def _release(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.release import TESTS, release

    tests = shlex.split(options.test_command) if options.test_command else TESTS
    folder = release(options.version, options.site, tests=tests, any_tree=options.any_tree, with_pdf=options.pdf)
    print(f"Released: {folder / 'index.html'}. Mark it in git: git tag v{options.version}")


def _check_site(options: argparse.Namespace) -> None:
    from zhenzhi.publishing import site

    problems = site.check(options.site)
    if problems:
        raise ZhenzhiError(f"{len(problems)} problem(s) in the site:\n  " + "\n  ".join(problems))
    versions = [release.version for release in site.releases(options.site)]
    if not versions:
        raise ZhenzhiError(f"there is no site at {options.site}; `make release VERSION=x.y.z` makes one")
    print(f"Every file of {len(versions)} release(s) is as it was released: {', '.join(versions)}")


def _changes(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.changes import between
    from zhenzhi.publishing.contents import known

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
    for entry in changes.sentences:
        for text in entry.after or entry.before:
            print(f"sentence  {entry.page}#{entry.anchor}: {text}")
    for figure in changes.figures:
        print(f"figure    {figure.page}#{figure.anchor}: {', '.join(figure.claims)}")
    if not changes.pages_known:
        print("Sentences and figures are known only of versions that stand in the site.", file=sys.stderr)


def _citation_files(options: argparse.Namespace) -> None:
    from zhenzhi.publishing import citation_files

    print(f"Written: {', '.join(citation_files.write()) or 'nothing, both files are as they should be'}")


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit status: 0 where all is well, 1 with a message where not."""
    parser = argparse.ArgumentParser(prog="python -m zhenzhi", description="Town governance, claim by claim.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build the book into _build/html")
    command.set_defaults(run=_build)

    command = commands.add_parser("pdf", help="set the built book as PDF, _build/zhenzhi.pdf")
    command.set_defaults(run=_pdf)

    command = commands.add_parser("serve", help="serve the built book on this machine")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(run=_serve)

    command = commands.add_parser("verify", help="check the data package against the source texts")
    command.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder of the source texts")
    command.set_defaults(run=_verify)

    command = commands.add_parser("scan", help="list the numerals of a text, as CSV")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_scan)

    command = commands.add_parser("audit", help="check the claims against each other")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.add_argument(
        "--against", metavar="REF", help="show the verdicts that differ from another version (a git ref)"
    )
    command.set_defaults(run=_audit)

    command = commands.add_parser("reliability", help="how far the two codings of the documents agree")
    command.set_defaults(run=_reliability)

    command = commands.add_parser("release", help="build the book once and add it to a site, for good")
    command.add_argument("version", help="the version to release, such as 1.2.0")
    command.add_argument("--site", type=Path, default=paths.SITE, metavar="DIR", help="folder of the site")
    command.add_argument("--test-command", metavar="COMMAND", help="the tests that must pass, instead of pytest")
    command.add_argument("--any-tree", action="store_true", help="release also what is not committed to git")
    command.add_argument("--pdf", action="store_true", help="set the PDF edition as well")
    command.set_defaults(run=_release)

    command = commands.add_parser("check-site", help="check every file of a site against the checksums of its release")
    command.add_argument("site", type=Path, nargs="?", default=paths.SITE, metavar="DIR")
    command.set_defaults(run=_check_site)

    command = commands.add_parser("changes", help="what changed from one version to another")
    command.add_argument("--from", dest="before", required=True, metavar="VERSION", help="a release, or a git ref")
    command.add_argument("--to", dest="after", required=True, metavar="VERSION", help="a release, or a git ref")
    command.add_argument("--site", type=Path, default=paths.SITE, metavar="DIR", help="folder of the site")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.set_defaults(run=_changes)

    command = commands.add_parser("citation-files", help="write CITATION.cff and .zenodo.json")
    command.set_defaults(run=_citation_files)

    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except DataError as error:
        print(f"{len(error.problems)} problem(s) in the data package:", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return 1
    except ZhenzhiError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
