"""The commands of the project: ``python -m zhenzhi COMMAND``."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from zhenzhi import __version__, paths
from zhenzhi.errors import DataError, ZhenzhiError


def _build(options: argparse.Namespace) -> None:
    from zhenzhi.publishing.build import build

    build()


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

    book = open_book()
    results = book.results.values()
    if options.against:
        _audit_against(book, options)
        return
    if options.format == "json":
        print(json.dumps([_as_data(book, result) for result in results], ensure_ascii=False, indent=1))
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


def _as_data(book, result) -> dict:
    def bounds(interval) -> dict | None:
        if interval is None:
            return None
        return {
            "low": None if interval.low is None else str(interval.low),
            "high": None if interval.high is None else str(interval.high),
            "low_open": interval.low_open,
            "high_open": interval.high_open,
        }

    return {
        "check_id": result.check_id,
        "type": result.type,
        "verdict": result.verdict,
        "claims": list(result.claims),
        "unit": result.unit,
        "computed": bounds(result.computed),
        "reported": bounds(result.reported),
        "reason": book.plain(book.reason(result)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit status: 0 where all is well, 1 with a message where not."""
    parser = argparse.ArgumentParser(prog="python -m zhenzhi", description="Town governance, claim by claim.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build the book into _build/html")
    command.set_defaults(run=_build)

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
