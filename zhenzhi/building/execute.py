"""Executes the notebooks of the book, several at once, and keeps what they put out until something they use changes.

The notebooks run beside the build, which goes on until it needs an output. Sphinx reads the outputs from a jupyter-cache that
this module fills, so that it executes nothing itself. An output is kept under a fingerprint of the notebook's code, the
package and the pinned libraries, and beside it lie the digests of the data that it used: none of these can change without the
notebook being executed again. Where only the prose around the cells changed, the kept output is put into the new prose.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from itertools import count
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.config import NbParserConfig
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

from zhenzhi import paths, project
from zhenzhi.book import fingerprint
from zhenzhi.book.dependencies import Digests
from zhenzhi.book.edition import DATA, LANGUAGE, Edition
from zhenzhi.book.tracking import NOTES
from zhenzhi.building.kernels import ForkingKernelManager, kill_running
from zhenzhi.building.normalize_notebook import normalize_notebook
from zhenzhi.errors import BuildError

#: Seconds that one cell may take.
TIMEOUT = 120

#: So many characters of what a cell raises, and of its first line, are shown.
_SHOWN = 1000

#: What a page's file is called beside its name.
PAGES = (".md", ".ipynb")

#: Under which name MyST-NB notes at which lines of the page the cells stand.
_LINES = "source_map"


def notebooks(root: Path = paths.ROOT) -> list[Path]:
    """The pages of the table of contents that are notebooks, in its order.

    Raises:
        BuildError: the table of contents is none, or names a page that does not exist or is no text.
    """
    pages = []
    for document in project.contents(root):
        path = page_file(root, str(document))
        if path is None:
            raise BuildError(f"_toc.yml names {document}, and there is no such page; expected {document}.md")
        text = project.page(path)
        if path.suffix == ".ipynb" or "format_name: myst" in text[:2000]:
            pages.append(path)
    return pages


def page_file(root: Path, page: str) -> Path | None:
    """The source of a page; nothing where there is none."""
    return next((file for file in (root / f"{page}{suffix}" for suffix in PAGES) if file.is_file()), None)


class Execution:
    """The execution of the notebooks that changed, several at once, beside the build.

    As a context manager it ends with its block: what has not begun by then does not begin any more.

    Args:
        root: the project.
        edition: its data.
        store: where outputs are kept from build to build.
        cache_folder: where a fresh jupyter-cache is made.
        pool: executes them, in the order in which they are asked for.

    Attributes:
        files: the executed notebooks by the names of their pages; one that is at work is there when it is provided.

    Raises:
        BuildError: the table of contents is none, or names a page that does not exist or cannot be read.
    """

    def __init__(self, root: Path, edition: Edition, store: Path, cache_folder: Path, pool: ThreadPoolExecutor):
        store.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(cache_folder, ignore_errors=True)
        self._store, self._cache_folder, self._pool = store, cache_folder, pool
        self._digests = Digests(edition)
        self._book = {LANGUAGE: edition.language, DATA: str(root / "data")}
        # Sphinx's log takes the place of the standard output while it works.
        self._terminal = sys.stdout
        common = fingerprint.of_execution(root)
        self._pages = {page.relative_to(root).with_suffix("").as_posix(): page for page in notebooks(root)}
        codes = _Codes(store)
        self.files = {
            name: store / f"{_hash(f'{common} {name} {codes.of(name, page)}'.encode())}.ipynb"
            for name, page in self._pages.items()
        }
        codes.keep()
        self._due = [name for name, page in self._pages.items() if not self._holds(name, page)]
        if not self._due:
            self._say("nothing changed: no notebook is executed")
        self._numbers = count(1)
        self._jobs: dict[Future, str] = {}

    def __enter__(self) -> "Execution":
        return self

    def __exit__(self, error: type | None, *_) -> None:
        for job in self._jobs:
            job.cancel()
        if error is not None and issubclass(error, KeyboardInterrupt):
            kill_running()  # a cell may take minutes
        wait(self._jobs)  # the pool tells whoever waits for a cancelled one
        if error is None:
            kept = {kept for file in self.files.values() for kept in (file, _ingredients(file))} | {
                _Codes.file(self._store)
            }
            for stale in set(self._store.iterdir()) - kept:
                stale.unlink()

    def begin(self, names: Collection[str] | None = None) -> None:
        """Begins to execute the notebooks that changed: those of some pages, or all that have not begun."""
        begun = set(self._jobs.values())
        for name in self._due:
            if name not in begun and (names is None or name in names):
                self._jobs[self._pool.submit(self._make, name)] = name

    def outputs(self) -> dict[str, str | None]:
        """The SHA-256 of the executed notebooks by the names of their pages; none where the notebook is at work."""
        return {name: None if name in self._due else _digest(file) for name, file in self.files.items()}

    def provide(self, name: str) -> str:
        """Waits for the notebook of a page, and puts its output where Sphinx reads it.

        Returns:
            the SHA-256 of the executed notebook.

        Raises:
            BuildError: a cell of this notebook or of one that was done before raises, takes too long or kills its
                kernel; the text names the chapter and the cell.
        """
        if name in self._due:
            self.begin([name])
            self.wait(name)
        bundle = CacheBundleIn(nbformat.read(self.files[name], 4), str(self._pages[name]), data={})
        get_cache(self._cache_folder).cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        return _digest(self.files[name])

    def wait(self, name: str | None = None) -> None:
        """Waits for the notebook of a page that is at work, or for all of them.

        Raises:
            BuildError: it cannot be executed, or another cannot that was done before.
        """
        for job in as_completed(self._jobs):
            job.result()
            if self._jobs[job] == name:
                return

    def _make(self, name: str) -> None:
        """Executes a notebook and keeps its output."""
        page = self._pages[name]
        content = page.read_bytes()
        notebook, names, seconds = _run(page, f"{name}{page.suffix}", self._book)
        self._keep(name, notebook, {"page": _hash(content), "made_from": self._digests.of(names)})
        self._say(f"[{next(self._numbers)}/{len(self._due)}] {name} executed in {seconds:.1f} s")

    def _keep(self, name: str, notebook: nbformat.NotebookNode, ingredients: dict) -> None:
        file = self.files[name]
        # An output without its ingredients counts as none, so that they never stand beside another than their own.
        _ingredients(file).unlink(missing_ok=True)
        nbformat.write(nbformat.from_dict(normalize_notebook(notebook)), file)
        if not _warns(notebook):  # what a library warned of once is not held against the next execution
            _ingredients(file).write_text(json.dumps(ingredients), encoding="utf-8")

    def _holds(self, name: str, page: Path) -> bool:
        """Whether an output is kept and all that it was made from is as it was; new prose is put around it."""
        file = self.files[name]
        try:
            kept = json.loads(_ingredients(file).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):  # a ValueError where its writing was cut short
            return False
        if self._digests.of(kept["made_from"]) != kept["made_from"]:
            return False
        content = _hash(page.read_bytes())
        if kept["page"] != content:
            self._keep(name, _with_outputs(_read(page), nbformat.read(file, 4)), kept | {"page": content})
        return True

    def _say(self, text: str) -> None:
        # In one piece: notebooks end beside each other.
        self._terminal.write(f"  {text}\n")
        self._terminal.flush()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest(file: Path) -> str:
    return _hash(file.read_bytes())


def _ingredients(output: Path) -> Path:
    """Where the digests of the data lie that an output was made from."""
    return output.with_suffix(".json")


class _Codes:
    """Hashes of the code of the notebooks: their cells and what their front matter says of these, without the prose between.

    To read a notebook takes longer than to hash its file, so what is known of a file is kept.

    Args:
        store: the folder in which it is kept.
    """

    def __init__(self, store: Path):
        self._kept = self.file(store)
        try:
            self._known: dict[str, str] = json.loads(self._kept.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            self._known = {}
        self._asked: dict[str, str] = {}

    @staticmethod
    def file(store: Path) -> Path:
        return store / "codes.json"

    def of(self, name: str, page: Path) -> str:
        """The hash of the code of a page."""
        whole = f"{name} {_hash(page.read_bytes())}"
        self._asked[whole] = self._known.get(whole) or _hash(_code(_read(page)))
        return self._asked[whole]

    def keep(self) -> None:
        """Keeps what was asked for."""
        if self._asked != self._known:
            self._kept.write_text(json.dumps(self._asked), encoding="utf-8")


def _code(notebook: nbformat.NotebookNode) -> bytes:
    front = {key: value for key, value in notebook.metadata.items() if key != _LINES}
    cells = [[cell.source, cell.metadata] for cell in notebook.cells if cell.cell_type == "code"]
    return json.dumps([front, cells], sort_keys=True).encode()


def _with_outputs(notebook: nbformat.NotebookNode, executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook with the outputs of one that has the same code."""
    own, others = ([cell for cell in made.cells if cell.cell_type == "code"] for made in (notebook, executed))
    for cell, other in zip(own, others, strict=True):
        cell.outputs, cell.execution_count = other.outputs, other.execution_count
    lines = {_LINES: notebook.metadata[_LINES]} if _LINES in notebook.metadata else {}
    notebook.metadata = nbformat.from_dict({**executed.metadata, **lines})
    return notebook


def _warns(notebook: nbformat.NotebookNode) -> bool:
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return any(output.output_type == "stream" and output.name == "stderr" for output in outputs)


class _Client(NotebookClient):
    """Executes a notebook; ``at`` is the position of the cell it is at."""

    at = 0

    async def async_execute_cell(self, cell: nbformat.NotebookNode, cell_index: int, *more, **named):
        self.at = cell_index
        return await super().async_execute_cell(cell, cell_index, *more, **named)


def _run(page: Path, place: str, book: dict[str, str]) -> tuple[nbformat.NotebookNode, list[str], float]:
    """A notebook executed for a book that environment variables name, its ingredients, and the seconds it took.

    Args:
        page: its file.
        place: the file as errors name it.
        book: the environment variables.
    """
    notebook = _read(page)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        # Sockets in a folder of its own: a free port may be taken by another program before the kernel binds it.
        sockets = {"ForkingKernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}}
        client = _Client(
            notebook,
            config=Config(sockets),
            timeout=TIMEOUT,
            record_timing=False,  # it would change the cells, and Sphinx would not find them in the cache
            kernel_name="python3",
            kernel_manager_class=ForkingKernelManager,
            resources={"metadata": {"path": str(page.parent)}},
            extra_arguments=["--log-level=ERROR"],
        )
        notes = Path(folder) / "notes"
        notes.touch()
        _execute(client, place, env={**os.environ, NOTES: str(notes), **book})
        names = notes.read_text(encoding="utf-8").split()
    return notebook, names, time.perf_counter() - began


def _execute(client: _Client, place: str, env: dict[str, str]) -> None:
    """Executes in a kernel with its own environment variables.

    Raises:
        BuildError: a cell raises, takes too long or kills its kernel.
    """
    notebook = client.nb
    try:
        client.execute(env=env)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        cell = notebook.cells[client.at]
        where = f"{place}, code cell {cells.index(cell) + 1} of {len(cells)}"
        first = next((line for line in cell.source.splitlines() if line.strip()), "")
        if isinstance(error, CellExecutionError):
            what = f"{error.ename}: {error.evalue}"[:_SHOWN]
        else:
            what = f"no answer within {TIMEOUT} seconds" if isinstance(error, CellTimeoutError) else "the kernel died"
        raise BuildError(f"{where}, which begins {first[:_SHOWN]!r}: {what}") from error


def _read(page: Path) -> nbformat.NotebookNode:
    """A page as MyST-NB will read it; jupyter-cache finds a notebook by what it reads.

    Raises:
        BuildError: it is no notebook.
    """
    text = project.text(page)
    try:
        reader = create_nb_reader(str(page), MdParserConfig(), NbParserConfig(), text)
        if reader is not None:
            notebook = reader.read(text)
            language = notebook.metadata.get("kernelspec", {}).get("language", "python")
            if language == "python":
                return notebook
            raise ValueError(f"its kernel is one of {language!r}, expected python")
        fault = "it has no front matter, or one that does not name the format"
    except Exception as error:  # the readers raise whatever a broken page makes them raise
        fault = " ".join(f"{type(error).__name__}: {error}".split())
    raise BuildError(f"{page}: it cannot be read as a notebook: {fault}; expected one as Jupyter or Jupytext writes it")
