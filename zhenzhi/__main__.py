"""The commands of the project: ``python -m zhenzhi COMMAND``."""

import argparse
import errno
import gc
import io
import json
import os
import re
import shlex
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from zhenzhi import __version__, paths
from zhenzhi.errors import DataError, ZhenzhiError
from zhenzhi.locales import LOCALES, SOURCE

#: Exit status of ``check`` where a relation fails; 1 is bad input, and 2 a command line that is not understood.
FAILED = 3

#: Faults of the disk and not of the program, which may name no file: full, read-only, not ours.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})


#: Characters that a terminal obeys.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: What Python puts where a word of the command line is not UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")


def _build(options: argparse.Namespace) -> None:
    from zhenzhi.building.build import build

    # A tenth of a build would go into looking for unused cycles among documents that all stay in use.
    gc.set_threshold(50_000, 20, 100)
    build(language=options.language)
    # Nor does the end of the process look through them.
    gc.freeze()


def _pdf(options: argparse.Namespace) -> None:
    from zhenzhi.building.volumes import pdf

    print(f"PDF edition: {pdf(language=options.language)}")


def _epub(options: argparse.Namespace) -> None:
    from zhenzhi.building.volumes import epub

    print(f"EPUB edition: {epub(language=options.language)}")


def _serve(options: argparse.Namespace) -> None:
    from zhenzhi.building.serve import serve

    serve(paths.HTML, options.port)


def _watch(options: argparse.Namespace) -> None:
    from zhenzhi.building.watch import watch

    watch(options.port, options.language)


def _verify(options: argparse.Namespace) -> int:
    from zhenzhi.coding.accept import check_document
    from zhenzhi.data import lock, sources, tables

    if not options.sources.is_dir():
        raise ZhenzhiError(f"{options.sources} is no folder; expected the folder of the source texts")
    if options.draft is not None:
        return _verify_draft(options)
    data = tables.load()
    for document in options.documents:
        check_document(data, document)
    coverage = sources.verify(data, options.sources, options.documents)
    print(f"{'document':<12}{'characters':>12}{'numeral characters':>20}{'claims':>8}{'numerals':>10}{'figures':>9}")
    for row in coverage:
        print(
            f"{row.document_id:<12}{row.characters:>12,}{row.numeral_characters:>20,}{row.claims:>8}{row.numerals:>10}"
            f"{row.figure_share:>9.1%}"
        )
    print("Every span reads as its row says, and every numeral is in one row.")
    differences = lock.differences(data)
    if differences:
        print(f"{len(differences)} row(s) differ from data/{lock.LOCK}; python -m zhenzhi lock lists and accepts them.")
    if len(data.drafts):
        print(f"{len(data.drafts)} proposed row(s) wait for review; --draft lists them.")
    return 0


def _verify_draft(options: argparse.Namespace) -> int:
    from zhenzhi.coding.remaining import remaining

    left = remaining(paths.ROOT, options.sources, options.draft or None)
    for heading, lines in (
        ("wrong", left.wrong),
        ("in no row", left.uncovered),
        ("to review, the unsure first", left.rows),
        ("to fill or to translate", left.cells),
        ("of a model?", left.models),
        ("to read again or to tell", left.book),
    ):
        if lines:
            print("\n".join([f"{heading} ({len(lines)}):", *(f"  {line}" for line in lines)]))
    print("Something is left to do." if left else "Nothing is left to do.")
    return 1 if left else 0


def _accept(options: argparse.Namespace) -> None:
    from zhenzhi.coding.accept import accept

    done = accept(paths.ROOT, options.document)
    print(
        f"{done.claims} claim(s) and {done.numerals} other numeral(s) accepted; {done.waiting} row(s) wait for review."
    )


def _review(options: argparse.Namespace) -> None:
    from zhenzhi.coding.review import Review
    from zhenzhi.coding.review_page import serve

    serve(Review(paths.ROOT, options.sources, options.document), options.port)


def _add_document(options: argparse.Namespace) -> None:
    from zhenzhi.coding import document

    place = {column: getattr(options, f"place_{name}") or "" for column, name in document.PLACE_OPTIONS.items()}
    cells = {column: getattr(options, column) or "" for column in document.OPTIONS}
    above = [document.larger_place(words) for words in options.place_above or ()]
    described = document.Described(
        options.id, options.place, place if any(place.values()) else {}, above, cells, options.article or ()
    )
    added = document.add(paths.ROOT, options.file, described)
    print("\n".join(f"written: {file}" for file in added.files))
    print("\n".join(f"article: {article.start}-{article.end} {article.title}" for article in added.articles))
    print(f"{added.claims} claim(s) and {added.numerals} other numeral(s) are proposed in data/drafts.csv.")
    print("\n".join(f"to be filled: {cell}" for cell in added.unfilled))
    print(f"terms of the glossary: {', '.join(f'{term} ({count})' for term, count in added.terms) or 'none'}")
    print(f"may belong to a model of governing (models.csv): {', '.join(added.models) or 'none'}")


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


def _trial(options: argparse.Namespace) -> None:
    from zhenzhi import trial
    from zhenzhi.data import tables
    from zhenzhi.trial import counts

    seed = trial.SEED if options.seed is None else options.seed
    counted = counts.counted(trial.run(trial.corpus(seed=seed), tables.load()))
    print("\n".join(f"{name}: {count}" for name, count in counted.items()))
    if options.keep:
        counts.keep(counted, paths.DATA)


def _scan_corpus(options: argparse.Namespace) -> None:
    from zhenzhi.corpus.on_dask import runner
    from zhenzhi.corpus.run import Total, run

    def tell(total: Total) -> None:
        print(f"{total.files:,} files, {total.claims:,} claims, {total.relations:,} relations", file=sys.stderr)

    with runner(options.scheduler, options.workers) as on:
        total = run(options.folder, options.out, on, tell, options.batch)
    for path, reason in total.unreadable:
        print(f"passed over: {path}: {reason}", file=sys.stderr)
    print(
        f"{total.files:,} files read into {options.out}: {total.claims:,} claims, {total.relations:,} relations; "
        f"{total.known:,} files done before, {len(total.unreadable):,} passed over."
    )


def _audit(options: argparse.Namespace) -> None:
    from zhenzhi.book.edition import open_book
    from zhenzhi.releasing.contents import audit_row

    if options.propose:
        _audit_propose(options)
        return
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


def _reliability(options: argparse.Namespace) -> None:
    from zhenzhi.data import reliability, tables

    print(reliability.markdown(reliability.agreement(tables.load())))


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
    print(f"Between releases: {options.site / site.DEVELOPMENT / 'index.html'}")


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


def _positive(word: str) -> int:
    """A whole number of one or more on the command line."""
    if (number := int(word)) < 1:
        raise argparse.ArgumentTypeError(f"{number}; expected one or more")
    return number


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit status: 0 where all is well, 1 with a message where not.

    ``check`` has a status of its own for a relation that fails: ``FAILED``.
    """
    parser = argparse.ArgumentParser(prog="python -m zhenzhi", description="Town governance, claim by claim.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build the book into _build/html")
    command.add_argument("--language", choices=tuple(LOCALES), help="one language alone, into _build/LANGUAGE")
    command.set_defaults(run=_build)

    command = commands.add_parser("pdf", help="set the built book as PDF, _build/zhenzhi.pdf")
    command.add_argument("--language", choices=tuple(LOCALES), help="its language; English by default")
    command.set_defaults(run=_pdf)

    command = commands.add_parser("epub", help="set the book as EPUB, _build/zhenzhi.epub")
    command.add_argument("--language", choices=tuple(LOCALES), help="its language; English by default")
    command.set_defaults(run=_epub)

    command = commands.add_parser("serve", help="serve the built book on this machine")
    command.add_argument("--port", type=int, default=8000)
    command.set_defaults(run=_serve)

    command = commands.add_parser("watch", help="serve the book and follow its sources")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--language", choices=tuple(LOCALES), help="show one language alone, which is faster")
    command.set_defaults(run=_watch)

    command = commands.add_parser("verify", help="check the data package against the source texts")
    command.add_argument("documents", nargs="*", metavar="ID", help="the documents to check; all by default")
    command.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder of the source texts")
    command.add_argument(
        "--draft",
        nargs="?",
        const="",
        metavar="ID",
        help="list all that is left of a document, or of each in drafts.csv",
    )
    command.set_defaults(run=_verify)

    command = commands.add_parser(
        "review", help="review the proposed rows of a document in the browser, beside its text, on this machine only"
    )
    command.add_argument("document", metavar="ID")
    command.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder of the source texts")
    command.add_argument("--port", type=int, default=0, help="by default a free one")
    command.set_defaults(run=_review)

    command = commands.add_parser("accept", help="move the reviewed rows of drafts.csv to claims.csv and numerals.csv")
    command.add_argument("document", metavar="ID")
    command.set_defaults(run=_accept)

    command = commands.add_parser(
        "add-document", help="write all of a new document that can be written, its figures as proposals to review"
    )
    command.add_argument("file", type=Path, help="a Chinese text in UTF-8; it stays where it is")
    command.add_argument("--id", required=True, metavar="ID", help="its name in the project, such as jj17")
    command.add_argument(
        "--place", required=True, metavar="ID", help="the place that it is about, of places.csv or new"
    )
    for name, told in (
        ("zh", "its name"), ("en", "its name in English"), ("level", "its level"), ("in", "the place it lies in"),
    ):  # fmt: skip
        command.add_argument(f"--place-{name}", metavar="TEXT", help=f"of a new place: {told}")
    command.add_argument(
        "--place-above",
        action="append",
        nargs="+",
        metavar="TEXT",
        help="a new place that the place lies in: ID, name, English name, level, and the place it lies in; repeatable",
    )
    command.add_argument("--article", action="append", metavar="HEADLINE", help="an article begins here; repeatable")
    command.add_argument("--published", metavar="DATE", help="EDTF; by default the first whole date of the text")
    command.add_argument("--date-basis", metavar="BASIS", help="stated, inferred or unknown")
    command.add_argument("--form", metavar="FORM", help="newspaper or web-page, the default")
    for name in ("title-zh", "title-en", "medium", "medium-zh", "publisher-zh", "publisher-en", "page", "url"):
        command.add_argument(f"--{name}", metavar="TEXT", help="of documents.csv")
    command.set_defaults(run=_add_document)

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

    command = commands.add_parser("audit", help="check the claims against each other")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.add_argument(
        "--against", metavar="REF", help="show the verdicts that differ from another version (a git ref)"
    )
    command.set_defaults(run=_audit)

    command.add_argument("--propose", action="store_true", help="propose checks that the claims bear out, as YAML")
    command.add_argument("--all", action="store_true", help="with --propose: those too that are checks already")
    command.add_argument("--sources", type=Path, metavar="DIR", help="with --propose: count lists in the texts of DIR")

    command = commands.add_parser("reliability", help="how far the two codings of the documents agree")
    command.set_defaults(run=_reliability)

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

    options = parser.parse_args(arguments)
    try:
        _check_words(options)
        return options.run(options) or 0
    except DataError as error:
        _say("\n  ".join([f"{len(error.problems)} problem(s) in the data package:", *error.problems]))
    except ZhenzhiError as error:
        _say(f"error: {error}")
    except SyntaxError as error:  # in a module of the package that is being written
        _say(f"SyntaxError: {error}")
    except OSError as error:
        if error.filename is None and error.errno not in _OF_THE_DISK:
            raise
        _say(f"error: {error.filename or 'a file or the output'}: {error.strerror}")
    return 1


def _say(message: str) -> None:
    """Shows a message on the error output; what it quotes of a file cannot steer the terminal."""
    print(_CONTROL.sub(lambda found: repr(found.group())[1:-1], message), file=sys.stderr)


def _check_words(options: argparse.Namespace) -> None:
    """Refuses words that are not text; paths may be of any bytes."""
    for name, value in vars(options).items():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and _SURROGATE.search(word):
                raise ZhenzhiError(f"{name.replace('_', ' ')}: {word!r} is not UTF-8; expected text")


class _Ended(KeyboardInterrupt):
    """A request to end, or a terminal that closed: the command leaves nothing behind, as where a key interrupts it."""


def run() -> int:
    """Runs the command of the command line; a reader of its output who has enough ends it without a word."""
    _open_streams()
    for kind in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(kind) == signal.SIG_DFL:  # with nohup a terminal may close
            signal.signal(kind, _end)
    try:
        status = main()
    except BrokenPipeError:
        status = 1
    except KeyboardInterrupt as interrupt:
        with suppress(OSError):  # of a terminal that closed
            print("\ninterrupted; what was there before stays", file=sys.stderr)
        if isinstance(interrupt, _Ended):
            signal.raise_signal(interrupt.args[0])
        status = 130
    except SystemExit as end:  # help, or a command line that is not understood
        status = int(end.code or 0)
    return status if _flush() else 1


def _end(kind: int, _) -> None:
    signal.signal(kind, signal.SIG_DFL)
    raise _Ended(kind)


def _open_streams() -> None:
    """Lets a stream that was closed lead nowhere, or the next file that is opened would take its place."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))
    # A character that the encoding of the output lacks is told by its number.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _flush() -> bool:
    """Whether all output was written; what cannot be goes nowhere, or Python would try again as it ends."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"error: the output: {error.strerror}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(run())
