"""The commands that read any Chinese text for its figures."""

import argparse
import json
import sys
from pathlib import Path

from zhenzhi import paths
from zhenzhi.commands import Commands

#: Exit status of ``check`` where a relation fails; 1 is bad input, and 2 a command line that is not understood.
FAILED = 3


def add(commands: Commands) -> None:
    """Describes the commands to a parser."""
    command = commands.add_parser("scan", help="find the quantities that a text states, and its other numerals")
    command.add_argument("file", type=Path)
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.set_defaults(run=_scan)

    command = commands.add_parser(
        "check",
        help="check the figures of any text against each other; ends with 3 where a relation fails",
    )
    command.add_argument("file", type=Path, help="a Chinese text in UTF-8")
    command.add_argument("--format", choices=("text", "html", "json"), default="text")
    command.add_argument("--language", choices=("en", "zh"), default="en", help="language of the report")
    command.set_defaults(run=_check)

    command = commands.add_parser("scan-corpus", help="check every text of a folder, on Dask, into Parquet")
    command.add_argument("folder", type=Path, metavar="DIR", help="plain texts, web pages and PDFs, in folders or not")
    command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="claims, relations and documents")
    command.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster; by default processes of this machine")
    command.add_argument(
        "--workers", type=_positive, metavar="N", help="processes of this machine; by default one a core"
    )
    command.add_argument("--batch", type=int, default=64, metavar="N", help="files of a batch")
    command.set_defaults(run=_scan_corpus)

    command = commands.add_parser("trial", help="what the check finds of errors that are planted in made-up texts")
    command.add_argument("--seed", type=int, metavar="N", help="another than the book's makes other texts")
    command.add_argument("--keep", action="store_true", help="keep the counts for the prose of the book, in data/")
    command.set_defaults(run=_trial)


def _positive(word: str) -> int:
    """A whole number of one or more on the command line."""
    if (number := int(word)) < 1:
        raise argparse.ArgumentTypeError(f"{number}; expected one or more")
    return number


def _scan(options: argparse.Namespace) -> None:
    from zhenzhi.data.sources import read_text
    from zhenzhi.scan import scan
    from zhenzhi.scan.writing import FORMATS

    print(FORMATS[options.format](scan(read_text(options.file))), end="")


def _check(options: argparse.Namespace) -> int:
    from zhenzhi.checking import page, terminal
    from zhenzhi.checking.report import check
    from zhenzhi.data import sources, tables

    report = check(sources.read_text(options.file), options.file.name, tables.load(), options.language)
    if options.format == "json":
        print(json.dumps(report.data(), ensure_ascii=False, indent=1))
    else:
        print(page.as_html(report) if options.format == "html" else terminal.as_text(report), end="")
    return FAILED if report.counts["inconsistent"] else 0


def _scan_corpus(options: argparse.Namespace) -> None:
    from zhenzhi.corpus.on_dask import runner
    from zhenzhi.corpus.run import Total, run

    def tell(total: Total) -> None:
        print(f"{total.files:,} files, {total.claims:,} claims, {total.relations:,} relations", file=sys.stderr)

    with runner(options.scheduler, options.workers) as on:
        total = run(options.folder, options.out, on, tell, options.batch)
    for path, reason in total.unreadable:
        print(f"passed over: {path}: {reason}", file=sys.stderr)
    if total.others:
        kinds = ", ".join(
            f"{count:,} {ending or 'without an ending'}" for ending, count in sorted(total.others.items())
        )
        print(f"of other kinds, not read: {kinds}", file=sys.stderr)
    if total.gone:
        print(
            f"{options.out} keeps the rows of {total.gone:,} text(s) that {options.folder} no longer has as they were; "
            "a new folder would be without them",
            file=sys.stderr,
        )
    print(
        f"{total.files:,} files read into {options.out}: {total.claims:,} claims, {total.relations:,} relations; "
        f"{total.known:,} files done before, {len(total.unreadable):,} passed over."
    )


def _trial(options: argparse.Namespace) -> None:
    from zhenzhi import trial
    from zhenzhi.data import tables
    from zhenzhi.trial import counts

    seed = trial.SEED if options.seed is None else options.seed
    counted = counts.counted(trial.run(trial.corpus(seed=seed), tables.load()))
    print("\n".join(f"{name}: {count}" for name, count in counted.items()))
    if options.keep:
        counts.keep(counted, paths.DATA)
