"""Executes the notebooks of the book, several at once, and keeps what they put out until something they use changes.

Sphinx reads the outputs from a jupyter-cache that this module fills, so that the build itself executes nothing. An output is
kept under a fingerprint of the notebook, the data, the package and the pinned libraries: none of them can change without
the notebook being executed again.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
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
from zhenzhi.errors import BuildError

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


def execute(root: Path, store: Path, cache_folder: Path) -> int:
    """Executes what changed and fills a fresh jupyter-cache with the outputs of all notebooks.

    Args:
        root: the project.
        store: where outputs are kept from build to build.
        cache_folder: where the jupyter-cache is made.

    Returns:
        the number of notebooks executed.

    Raises:
        BuildError: a cell raises, takes too long or kills its kernel; the text names the chapter and the cell.
    """
    store.mkdir(parents=True, exist_ok=True)
    common = fingerprint.of_execution(root)
    kept = {page: store / f"{_key(page, common)}.ipynb" for page in notebooks(root)}
    due = [page for page, output in kept.items() if not output.is_file()]
    for number, (page, notebook, seconds) in enumerate(_run(due), 1):
        print(f"  [{number}/{len(due)}] {page.relative_to(root)} executed in {seconds:.1f} s", flush=True)
        temporary = kept[page].with_suffix(".tmp")
        nbformat.write(notebook, temporary)
        temporary.replace(kept[page])
    if not due:
        print("  nothing changed: no notebook is executed", flush=True)
    for stale in set(store.glob("*.ipynb")) - set(kept.values()):
        stale.unlink()
    _fill(cache_folder, kept)
    return len(due)


def _key(page: Path, common: str) -> str:
    return hashlib.sha256(common.encode() + page.read_bytes()).hexdigest()


def _run(pages: list[Path]) -> Iterator[tuple[Path, nbformat.NotebookNode, float]]:
    """Executes notebooks side by side, one kernel each, and yields them as they finish."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = {pool.submit(_run_one, page): page for page in pages}
        try:
            for job in as_completed(jobs):
                yield jobs[job], *job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _run_one(page: Path) -> tuple[nbformat.NotebookNode, float]:
    notebook = _read(page)
    began = time.perf_counter()
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        record_timing=False,  # it would change the cells, and Sphinx would not find them in the cache
        kernel_name="python3",
        resources={"metadata": {"path": str(page.parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.on_cell_start = lambda cell, cell_index: setattr(client, "cell_index", cell_index)
    try:
        client.execute()
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
    return notebook, time.perf_counter() - began


def _read(page: Path) -> nbformat.NotebookNode:
    """A page as MyST-NB will read it; jupyter-cache finds a notebook by what it reads."""
    text = page.read_text(encoding="utf-8")
    return create_nb_reader(str(page), MdParserConfig(), NbParserConfig(), text).read(text)


def _fill(folder: Path, kept: dict[Path, Path]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    cache = get_cache(folder)
    for page, output in kept.items():
        bundle = CacheBundleIn(nbformat.read(output, 4), str(page), data={})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
