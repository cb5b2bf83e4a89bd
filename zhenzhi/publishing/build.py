"""Builds the HTML book with Jupyter Book 1, and puts it in place only when it is whole."""

import io
import re
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from zhenzhi import fingerprint, paths, tables
from zhenzhi.edition import Edition
from zhenzhi.errors import BuildError
from zhenzhi.publishing import forks
from zhenzhi.publishing.replace import coming, recover, replace

if TYPE_CHECKING:
    from zhenzhi.publishing.execute import Execution

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build(
    root: Path = paths.ROOT,
    output: Path | None = None,
    with_pdf: bool = False,
    amend: Callable[[Path], None] | None = None,
) -> Path:
    """Checks the data, executes what changed, builds the book, and replaces the last good book by it.

    Args:
        root: the project.
        output: the folder of the book; ``_build/html`` by default. Working files lie beside it.
        with_pdf: whether to put the PDF edition among the downloads, and its address into the pages; it takes minutes.
        amend: called with the folder of the new pages, to complete them before they are set as PDF and packed.

    Returns:
        the folder of the book.

    Raises:
        DataError: the data package breaks its contract.
        BuildError: a cell raises, a reference leads nowhere, or Sphinx warns of anything else. The last good book stays.
    """
    output = output or root / "_build" / "html"
    work = output.parent / "work"
    stamp = output.parent / "stamp"
    began = time.perf_counter()
    recover(output)
    made_from = fingerprint.of_book(root) + (" with PDF" if with_pdf else "")
    if (output / "index.html").is_file() and stamp.is_file() and stamp.read_text() == made_from:
        print(f"Nothing changed since the last build: {output / 'index.html'}", flush=True)
        return output
    if not (paths.WIDGET_RUNTIME.is_dir() and paths.SEARCH_ENGINE.is_file()):
        raise BuildError(
            "the widget runtime or the search engine is missing; run `make setup`, which fetches them with npm"
        )

    forks.prepare()
    print("Checking the data package", flush=True)
    edition = Edition(tables.load(root / "data"))
    print(f"  {len(edition.tables.claims)} claims, {len(edition.results)} checks", flush=True)

    # Jupyter and Arrow take seconds to import, and a build with nothing to do does not need them.
    from zhenzhi.publishing.execute import Execution

    _clear(work, fingerprint.of_frame(root))
    print("Executing the notebooks and building the pages", flush=True)
    made = work / "downloads"
    with (
        ThreadPoolExecutor(1) as beside,
        Execution(root, edition, output.parent / "executed", work / "cache") as execution,
    ):
        from zhenzhi.publishing import takeaway
        from zhenzhi.sphinxext import assets

        def make_downloads() -> None:
            execution.wait()
            forks.call(takeaway.make, root, execution.files, made)

        making = beside.submit(make_downloads)
        problems = _sphinx(root, work, execution, with_pdf)
        if problems:
            # A second build would not warn again of pages that it does not read again.
            shutil.rmtree(work / "doctrees", ignore_errors=True)
            raise BuildError("\n".join(problems))

        print("Making the downloads", flush=True)
        new = coming(output)
        shutil.copytree(work / "html", new, ignore=assets.unsent(work / "html"))
        if amend is not None:
            amend(new)
        making.result()
        takeaway.add(root, edition, new, made, with_pdf)

    stamp.unlink(missing_ok=True)
    replace(output)
    stamp.write_text(made_from)
    print(f"Built in {time.perf_counter() - began:.1f} s: {output / 'index.html'}", flush=True)
    return output


def _clear(work: Path, frame: str) -> None:
    """Empties the working folder where it may hold files that do not belong to the pages any more."""
    mark = work / "frame"
    if not mark.is_file() or mark.read_text() != frame:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        mark.write_text(frame)


def _sphinx(root: Path, work: Path, execution: "Execution", with_pdf: bool) -> list[str]:
    """Runs Jupyter Book's Sphinx build in ``work``; returns what is wrong, nothing where all is well.

    Raises:
        BuildError: a notebook cannot be executed.
    """
    from jupyter_book.sphinx import build_sphinx

    def provide(page: str) -> str:
        try:
            return execution.provide(page)
        except BuildError as error:
            raise _Stop from error

    log, warnings = _Progress(), io.StringIO()
    overrides = {
        "external_toc_path": str(root / "_toc.yml"),
        "latex_individualpages": False,
        "nb_execution_mode": "cache",
        "nb_execution_cache_path": str(work / "cache"),
        "zhenzhi_outputs": execution.outputs(),
        "zhenzhi_provide": provide,
        "zhenzhi_pdf": with_pdf,
    }
    try:
        with redirect_stdout(log), redirect_stderr(warnings):
            status = build_sphinx(
                root,
                work / "html",
                noconfig=True,
                path_config=str(root / "_config.yml"),
                confoverrides=overrides,
                doctreedir=str(work / "doctrees"),
                warningiserror=True,
                keep_going=True,
            )
    except _Stop as stop:
        raise stop.__cause__ from None
    if isinstance(status, KeyboardInterrupt):
        raise status
    lines = [_COLOUR.sub("", line).strip() for line in warnings.getvalue().splitlines()]
    problems = [line.replace(f"{root}/", "") for line in lines if "WARNING" in line or "ERROR" in line]
    problems += [f"{page} was executed a second time by Sphinx; its output was not kept" for page in log.executed]
    if isinstance(status, Exception) and not problems:
        problems = [f"Sphinx: {type(status).__name__}: {status}"]
    return problems or ([f"Sphinx ended with status {status}", *lines] if status else [])


class _Stop(BaseException):
    """Ends a Sphinx build for the error that it is raised from. At an ``Exception`` Sphinx would forget all pages."""


class _Progress(io.TextIOBase):
    """Passes on the lines of Sphinx's log that tell which page it is at.

    Attributes:
        executed: pages that Sphinx executed itself, which it should not.
    """

    def __init__(self):
        self._terminal = sys.stdout
        self._begun = ""
        self.executed: list[str] = []

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            line = " ".join(_COLOUR.sub("", line).split())
            if "Executing notebook" in line:
                self.executed.append(line.partition(":")[0])
            if line.startswith(("reading sources", "writing output")) and "%" in line:
                print(f"  {line}", file=self._terminal, flush=True)
        return len(text)
