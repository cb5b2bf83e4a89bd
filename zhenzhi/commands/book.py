"""The commands that build the book and show it."""

import argparse
import gc

from zhenzhi import paths
from zhenzhi.commands import Commands
from zhenzhi.locales import LOCALES


def add(commands: Commands) -> None:
    """Describes the commands to a parser."""
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
