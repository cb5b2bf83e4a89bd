"""The commands on the data package as a whole, and on its two languages."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from zhenzhi import paths
from zhenzhi.commands import Commands
from zhenzhi.errors import ZhenzhiError
from zhenzhi.locales import LOCALES, SOURCE


def add(commands: Commands) -> None:
    """Describes the commands to a parser."""
    command = commands.add_parser("audit", help="check the claims against each other")
    command.add_argument("--format", choices=("table", "json"), default="table")
    other = command.add_mutually_exclusive_group()
    other.add_argument("--against", metavar="REF", help="show the verdicts that differ from another version, a git ref")
    other.add_argument("--propose", action="store_true", help="propose checks that the claims bear out, as YAML")
    command.add_argument("--all", action="store_true", help="with --propose: those too that are checks already")
    command.add_argument("--sources", type=Path, metavar="DIR", help="with --propose: count lists in the texts of DIR")
    command.set_defaults(run=_audit)

    command = commands.add_parser("lock", help="lock the data package as it stands, and list what differs")
    command.set_defaults(run=_lock)

    command = commands.add_parser("messages", help="bring the message catalogues of a language up to the pages")
    command.add_argument("--language", choices=[name for name in LOCALES if name != SOURCE], default="zh")
    command.add_argument(
        "--check", action="store_true", help="list what is missing, fuzzy or obsolete, and change nothing"
    )
    command.set_defaults(run=_messages)

    command = commands.add_parser("untranslated", help="list the texts whose Chinese is missing or says something else")
    command.set_defaults(run=_untranslated)


def _audit(options: argparse.Namespace) -> None:
    from zhenzhi.book.edition import open_book
    from zhenzhi.releasing.contents import audit_row

    if options.propose:
        _audit_propose(options)
        return
    if options.all or options.sources is not None:
        raise ZhenzhiError("--all and --sources say what is proposed; expected --propose with them")
    book = open_book()
    results = book.results.values()
    if options.against is not None:
        _audit_against(book, options)
        return
    if options.format == "json":
        print(json.dumps([audit_row(book, result) for result in results], ensure_ascii=False, indent=1))
        return
    width = max(len(result.check_id) for result in results)
    for result in results:
        print(f"{result.check_id:<{width}}  {result.type:<9}  {result.verdict:<12}  {book.plain(book.reason(result))}")


def _audit_propose(options: argparse.Namespace) -> None:
    from zhenzhi.checking import proposals
    from zhenzhi.data import tables
    from zhenzhi.relations import measure

    data = tables.load()
    relations = proposals.of_tables(data, options.sources)
    found = measure(data, relations)
    shown = relations if options.all else found.new
    if options.format == "json":
        print(json.dumps(proposals.as_data(data, shown), ensure_ascii=False, indent=1))
    else:
        print(proposals.as_yaml(data, shown), end="")
    print(f"{len(relations)} relation(s) proposed, {len(found.new)} of them not among the checks.", file=sys.stderr)
    print(f"Checks of checks.yml that were found: {found.written}", file=sys.stderr)
    print(f"Checks that need no entry, found: {found.implicit}", file=sys.stderr)
    print(f"Proposals that are checks already: {found.precise}", file=sys.stderr)
    print(f"The same, without those that need no entry: {found.precise_written}", file=sys.stderr)
    print(f"Called inconsistent, and so by the audit: {found.alarms}", file=sys.stderr)


def _audit_against(book, options: argparse.Namespace) -> None:
    from zhenzhi import audit
    from zhenzhi.releasing.contents import of_ref

    found = audit.changes(of_ref(options.against).checks, book.results)
    if options.format == "json":
        print(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
        return
    print(f"{len(found)} verdict(s) differ from {options.against}")
    for change in found:
        print(f"{change.check_id}: {change.before or 'no such check'} -> {change.after or 'no such check'}")


def _lock(options: argparse.Namespace) -> None:
    from zhenzhi.data import lock, tables

    data = tables.load()
    found = lock.differences(data)
    # First, so that nothing is accepted that nobody could see.
    print(
        "\n".join([*map(str, found), f"{len(found)} row(s) differed; {lock.LOCK} has them as they stand now"]),
        flush=True,
    )
    lock.write(data)


def _messages(options: argparse.Namespace) -> None:
    from zhenzhi.building import messages

    if options.check:
        if problems := messages.problems(paths.ROOT, options.language):
            raise ZhenzhiError(f"{len(problems)} problem(s) in the catalogues:\n  " + "\n  ".join(problems))
        return
    waiting = messages.merge(paths.ROOT, options.language)
    print("\n".join(f"{page}: {count}" for page, count in waiting.items()))
    print(f"{sum(waiting.values())} message(s) wait for a translation")


def _untranslated(options: argparse.Namespace) -> None:
    from zhenzhi.data import rendering, tables, translation

    loaded = tables.load()
    missing = list(translation.untranslated(loaded))
    differing = [*translation.differing(loaded), *rendering.misrendered(loaded)]
    counts = f"{len(missing)} text(s) have no Chinese, {len(differing)} say something else in it"
    print("\n".join([*missing, *differing, counts]))
