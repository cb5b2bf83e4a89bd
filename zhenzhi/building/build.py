"""Builds the HTML book with Jupyter Book 1, and puts it in place only when it is whole."""

import os
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from zhenzhi import locales, paths, project
from zhenzhi.book import fingerprint
from zhenzhi.book.edition import Edition
from zhenzhi.building import forks
from zhenzhi.building.lock import only_one
from zhenzhi.building.replace import coming, recover, replace
from zhenzhi.data import tables
from zhenzhi.errors import BuildError


def build(
    root: Path = paths.ROOT,
    output: Path | None = None,
    volumes: Collection[str] = (),
    amend: Callable[[Path], None] | None = None,
    language: str | None = None,
    editions: Mapping[str, Edition] | None = None,
    show: Callable[[Path, str, list[str] | None], None] | None = None,
    first: Collection[str] = (),
) -> Path:
    """Checks the data, executes what changed, builds the book, and replaces the last good book by it.

    Args:
        root: the project.
        output: the folder of the book; ``_build/html`` by default, or ``_build/LANGUAGE`` for one language. Working files lie
            beside it.
        volumes: what to put among the downloads besides, of ``names.VOLUMES``; the PDF takes minutes.
        amend: called with the folder of the new pages, to complete them before they are set as volumes and packed.
        language: the one language to build; by default the book is built in all that the project has.
        editions: the data as they are now, in each language, where they are loaded already.
        show: called when pages of a language are done, before what is taken away of them is made: with the folder in which
            they are made, where they stand in the book, and their names, or nothing where all are done.
        first: the pages to show before any other is read, where that can be done, by their files in the book.

    Returns:
        the folder of the book.

    Raises:
        DataError: the data package or a catalogue of messages breaks its contract.
        BuildError: a cell raises, a reference leads nowhere, or Sphinx warns of anything else. The last good book stays.
    """
    project.check_settings(root)  # Jupyter Book reads them without saying what is wrong
    output = output or root / "_build" / (language or "html")
    with only_one(output.parent / "lock", "a build"):
        return _build(root, output, volumes, amend, locales.wanted(root, language), editions, show, first)


def _build(
    root: Path,
    output: Path,
    volumes: Collection[str],
    amend: Callable[[Path], None] | None,
    wanted: list[str],
    editions: Mapping[str, Edition] | None,
    show: Callable[[Path, str, list[str] | None], None] | None,
    first: Collection[str],
) -> Path:
    stamp = output.with_name(f"{output.name}.stamp")
    began = time.perf_counter()
    recover(output)
    sources = fingerprint.sources(root)
    made_from = fingerprint.of_book(sources) + "".join(f" with {name}" for name in sorted(volumes))
    if (output / "index.html").is_file() and stamp.is_file() and stamp.read_text() == made_from:
        print(f"Nothing changed since the last build: {output / 'index.html'}", flush=True)
        return output
    if not (paths.WIDGET_RUNTIME.is_dir() and paths.SEARCH_ENGINE.is_file()):
        raise BuildError(
            "the widget runtime or the search engine is missing; run `make setup`, which fetches them with npm"
        )

    forks.prepare()
    print("Checking the data package", flush=True)
    editions = editions or opened(root, wanted)
    edition = editions[wanted[0]]
    print(f"  {len(edition.tables.claims)} claims, {len(edition.results)} checks", flush=True)

    # Jupyter and Arrow take seconds to import, and a build with nothing to do does not need them.
    from zhenzhi.building.pages import Pages
    from zhenzhi.takeaway import bundle

    print("Executing the notebooks and building the pages", flush=True)
    new = coming(output)
    with ExitStack() as stack:
        # One more than there are processors: a kernel that starts or ends mostly waits.
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=(os.cpu_count() or 1) + 1))
        made = [
            stack.enter_context(Pages(root, editions[name], output.parent, wanted, pool, sources, first))
            for name in wanted
        ]
        if show is not None:
            for pages in made:
                pages.show_first(show)
        for pages in made:
            pages.execute()
        for pages in made:
            pages.build(new, volumes, show)
        if amend is not None:
            amend(new)
        print("Making the downloads", flush=True)
        for pages in made:
            pages.add_downloads(new, volumes)
    bundle.finish(new, {pages.folder: pages.edition for pages in made})

    stamp.unlink(missing_ok=True)
    replace(output)
    stamp.write_text(made_from)
    print(f"Built in {time.perf_counter() - began:.1f} s: {output / 'index.html'}", flush=True)
    return output


def opened(root: Path, languages: list[str]) -> dict[str, Edition]:
    """The data of a project, loaded and audited, in each language.

    Raises:
        DataError: the data package breaks its contract.
    """
    data = tables.load(root / "data")
    first = Edition(data, languages[0])
    return {languages[0]: first} | {name: first.told_in(name) for name in languages[1:]}
