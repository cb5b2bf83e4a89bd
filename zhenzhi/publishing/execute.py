"""Executes the notebooks of the book, several at once, and keeps what they put out until something they use changes.

The notebooks run beside the build, which goes on until it needs an output. Sphinx reads the outputs from a jupyter-cache that
this module fills, so that it executes nothing itself. An output is kept under a fingerprint of the notebook, the package and
the pinned libraries, and beside it lie the digests of the data that it used: none of these can change without the notebook
being executed again.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
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
from sphinx_external_toc.parsing import parse_toc_yaml

from zhenzhi import fingerprint, paths
from zhenzhi.edition import NOTES, Edition
from zhenzhi.errors import BuildError
from zhenzhi.ingredients import Digests
from zhenzhi.publishing.kernels import ForkingKernelManager
from zhenzhi.publishing.steady import steady

#: Seconds that one cell may take.
TIMEOUT = 120


def notebooks(root: Path = paths.ROOT) -> list[Path]:
    """The pages of the table of contents that are notebooks, in its order.

    Raises:
        BuildError: the table of contents names a page that does not exist.
    """
    pages = []
    for document in parse_toc_yaml(root / "_toc.yml"):
        path = next((p for p in (root / f"{document}.md", root / f"{document}.ipynb") if p.is_file()), None)
        if path is None:
            raise BuildError(f"_toc.yml names {document}, and there is no such page; expected {document}.md")
        if path.suffix == ".ipynb" or "format_name: myst" in path.read_text(encoding="utf-8")[:2000]:
            pages.append(path)
    return pages


class Execution:
    """The execution of the notebooks that changed, several at once; it begins when it is made, and goes on beside the build.

    As a context manager it ends with its block: what has not begun by then does not begin any more.

    Args:
        root: the project.
        edition: its data.
        store: where outputs are kept from build to build.
        cache_folder: where a fresh jupyter-cache is made.

    Attributes:
        files: the executed notebooks by the names of their pages; one that is at work is there when it is provided.

    Raises:
        BuildError: the table of contents names a page that does not exist.
    """

    def __init__(self, root: Path, edition: Edition, store: Path, cache_folder: Path):
        store.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(cache_folder, ignore_errors=True)
        self._store, self._cache_folder = store, cache_folder
        self._digests = Digests(edition)
        # Sphinx's log takes the place of the standard output while it works.
        self._terminal = sys.stdout
        common = fingerprint.of_execution(root)
        self._pages = {page.relative_to(root).with_suffix("").as_posix(): page for page in notebooks(root)}
        self.files = {name: store / f"{_key(page, common)}.ipynb" for name, page in self._pages.items()}
        due = [name for name, file in self.files.items() if not _holds(file, self._digests)]
        if not due:
            self._say("nothing changed: no notebook is executed")
        self._numbers, self._last = count(1), len(due)
        # One more than there are processors: a kernel that starts or ends mostly waits.
        self._pool = ThreadPoolExecutor(max_workers=os.cpu_count() + 1)
        self._jobs = {self._pool.submit(self._make, name): name for name in due}

    def __enter__(self) -> "Execution":
        return self

    def __exit__(self, error: type | None, *_) -> None:
        self._pool.shutdown(cancel_futures=True)
        if error is None:
            kept = {kept for file in self.files.values() for kept in (file, _ingredients(file))}
            for stale in set(self._store.iterdir()) - kept:
                stale.unlink()

    def outputs(self) -> dict[str, str | None]:
        """The SHA-256 of the executed notebooks by the names of their pages; none where the notebook is at work."""
        due = set(self._jobs.values())
        return {name: None if name in due else _digest(file) for name, file in self.files.items()}

    def provide(self, name: str) -> str:
        """Waits for the notebook of a page, and puts its output where Sphinx reads it.

        Returns:
            the SHA-256 of the executed notebook.

        Raises:
            BuildError: a cell of this notebook or of one that was done before raises, takes too long or kills its
                kernel; the text names the chapter and the cell.
        """
        if name in self._jobs.values():
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
        notebook, names, seconds = _run(self._pages[name])
        file = self.files[name]
        # An output without its ingredients counts as none, so that they never stand beside another than their own.
        _ingredients(file).unlink(missing_ok=True)
        nbformat.write(nbformat.from_dict(steady(notebook)), file)
        _ingredients(file).write_text(json.dumps(self._digests.of(names)), encoding="utf-8")
        self._say(f"[{next(self._numbers)}/{self._last}] {name} executed in {seconds:.1f} s")

    def _say(self, text: str) -> None:
        # In one piece: notebooks end beside each other.
        self._terminal.write(f"  {text}\n")
        self._terminal.flush()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _holds(output: Path, digests: Digests) -> bool:
    """Whether an output is kept and all that it was made from is as it was."""
    if not _ingredients(output).is_file():
        return False
    try:
        used = json.loads(_ingredients(output).read_text(encoding="utf-8"))
    except ValueError:
        return False  # its writing was cut short
    return digests.of(used) == used


def _ingredients(output: Path) -> Path:
    """Where the digests of the data lie that an output was made from."""
    return output.with_suffix(".json")


def _key(page: Path, common: str) -> str:
    return hashlib.sha256(common.encode() + page.read_bytes()).hexdigest()


def _run(page: Path) -> tuple[nbformat.NotebookNode, list[str], float]:
    """The executed notebook, the names of its ingredients, and the seconds it took."""
    notebook = _read(page)
    began = time.perf_counter()
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        record_timing=False,  # it would change the cells, and Sphinx would not find them in the cache
        kernel_name="python3",
        kernel_manager_class=ForkingKernelManager,
        resources={"metadata": {"path": str(page.parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.on_cell_start = lambda cell, cell_index: setattr(client, "cell_index", cell_index)
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        notes.touch()
        _execute(client, page, env={**os.environ, NOTES: str(notes)})
        names = notes.read_text(encoding="utf-8").split()
    return notebook, names, time.perf_counter() - began


def _execute(client: NotebookClient, page: Path, env: dict[str, str]) -> None:
    """Executes in a kernel with its own environment variables.

    Raises:
        BuildError: a cell raises, takes too long or kills its kernel.
    """
    notebook = client.nb
    try:
        client.execute(env=env)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        cell = notebook.cells[client.cell_index]
        place = f"chapters/{page.name}, code cell {cells.index(cell) + 1} of {len(cells)}"
        first = next((line for line in cell.source.splitlines() if line.strip()), "")
        if isinstance(error, CellExecutionError):
            what = f"{error.ename}: {error.evalue}"
        else:
            what = f"no answer within {TIMEOUT} seconds" if isinstance(error, CellTimeoutError) else "the kernel died"
        raise BuildError(f"{place}, which begins {first!r}: {what}") from error


def _read(page: Path) -> nbformat.NotebookNode:
    """A page as MyST-NB will read it; jupyter-cache finds a notebook by what it reads."""
    text = page.read_text(encoding="utf-8")
    return create_nb_reader(str(page), MdParserConfig(), NbParserConfig(), text).read(text)
