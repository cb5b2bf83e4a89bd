"""The commands of coding a document: adding it, reviewing its proposed rows, and checking all against the texts."""

import argparse
from pathlib import Path

from zhenzhi import paths
from zhenzhi.commands import Commands
from zhenzhi.errors import ZhenzhiError


def add(commands: Commands) -> None:
    """Describes the commands to a parser."""
    command = commands.add_parser("verify", help="check the data package against the source texts")
    command.add_argument("documents", nargs="*", metavar="ID", help="the documents to check; all by default")
    command.add_argument("--sources", type=Path, required=True, metavar="DIR", help="folder of the source texts")
    command.add_argument("--draft", action="store_true", help="list all that is left of them, or of each in drafts.csv")
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
        "codings",
        aliases=["reliability"],
        help="how far the two codings of the documents agree; with FILE: take a second coding of one first",
    )
    command.add_argument("file", type=Path, nargs="?", help="what coder B found: CSV with start, end and the cells")
    command.add_argument("--document", metavar="ID", help="the document that was coded; tells where the codings differ")
    command.add_argument("--sources", type=Path, metavar="DIR", help="hold as_written of FILE against the text in DIR")
    command.add_argument("--replace", action="store_true", help="take FILE in the place of the coder B that there is")
    command.set_defaults(run=_codings)

    command = commands.add_parser(
        "add-document", help="write all of a new document that can be written, its figures as proposals to review"
    )
    command.add_argument("file", type=Path, help="a Chinese text in UTF-8; it stays where it is")
    command.add_argument("--id", required=True, metavar="ID", help="its name in the project, such as jj17")
    command.add_argument(
        "--place", required=True, metavar="ID", help="the place that it is about, of places.csv or new"
    )
    for name, told in (
        ("zh", "its name"),
        ("en", "its name in English"),
        ("level", "its level, such as town (also of a 乡) or county"),
        ("in", "the place it lies in"),
    ):
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


def _verify(options: argparse.Namespace) -> int:
    from zhenzhi.coding.accept import check_document
    from zhenzhi.data import lock, sources, tables

    if not options.sources.is_dir():
        raise ZhenzhiError(f"{options.sources} is no folder; expected the folder of the source texts")
    if options.draft:
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

    left = remaining(paths.ROOT, options.sources, options.documents)
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


def _review(options: argparse.Namespace) -> None:
    from zhenzhi.coding.review import Review
    from zhenzhi.coding.review_page import serve

    serve(Review(paths.ROOT, options.sources, options.document), options.port)


def _accept(options: argparse.Namespace) -> None:
    from zhenzhi.coding.accept import accept

    done = accept(paths.ROOT, options.document)
    print(
        f"{done.claims} claim(s) and {done.numerals} other numeral(s) accepted; {done.waiting} row(s) wait for review."
    )


def _codings(options: argparse.Namespace) -> None:
    from zhenzhi.coding import second
    from zhenzhi.coding.accept import check_document
    from zhenzhi.data import reliability, tables

    if options.file is None:
        if options.replace or options.sources is not None:
            raise ZhenzhiError("--replace and --sources say how a coding is taken; expected FILE with them")
        data = tables.load()
    elif options.document is None:
        raise ZhenzhiError(f"{options.file}: of which document is it? expected --document ID")
    else:
        data = second.add(paths.ROOT, options.file, options.document, sources=options.sources, replace=options.replace)
    print(reliability.markdown(reliability.agreement(data)))
    if options.document is not None:
        check_document(data, options.document)
        found = list(reliability.differences(data, options.document))
        print("\n".join([f"{options.document}: the two codings differ in {len(found)} row(s)", *found]))


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
    if any(article.title.endswith("…") for article in added.articles):
        print(
            "a headline ends with …: it was cut, as no more than 24 characters are quoted; shorten it in articles.csv"
        )
    print(f"{added.claims} claim(s) and {added.numerals} other numeral(s) are proposed in data/drafts.csv.")
    print("\n".join(f"to be filled: {cell}" for cell in added.unfilled))
    print(f"terms of the glossary: {', '.join(f'{term} ({count})' for term, count in added.terms) or 'none'}")
    if added.places:
        print(f"named in the text, not in places.csv (and place_ids of the article): {', '.join(added.places)}")
    print("if the copy is damaged: damage_note and damage_note_zh in documents.csv; what happened when: events.csv")
    print(f"may belong to a model of governing (models.csv): {', '.join(added.models) or 'none'}")
