"""Executes the notebooks of the book, several at once, and keeps what they put out until something they use changes.

Sphinx reads the outputs from a jupyter-cache that this module fills, so that the build itself executes nothing. An output is
kept under a fingerprint of the notebook, the package and the pinned libraries, and carries the digests of the data that it
used: none of these can change without the notebook being executed again.
"""

import hashlib
import os
import shutil
import tempfile
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

from zhenzhi import fingerprint, ingredients, paths
from zhenzhi.edition import NOTES, Edition
from zhenzhi.errors import BuildError
from zhenzhi.publishing.steady import steady

#: Seconds that one cell may take.
TIMEOUT = 120

#: Where the metadata of an output keeps what it was made from.
_INGREDIENTS = "zhenzhi_ingredients"


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


def execute(root: Path, edition: Edition, store: Path, cache_folder: Path) -> dict[str, Path]:
    """Executes what changed and fills a fresh jupyter-cache with the outputs of all notebooks.

    Args:
        root: the project.
        edition: its data.
        store: where outputs are kept from build to build.
        cache_folder: where the jupyter-cache is made.

    Returns:
        the executed notebooks by the names of their pages.

    Raises:
        BuildError: a cell raises, takes too long or kills its kernel; the text names the chapter and the cell.
    """
    store.mkdir(parents=True, exist_ok=True)
    common = fingerprint.of_execution(root)
    kept = {page: store / f"{_key(page, common)}.ipynb" for page in notebooks(root)}
    due = [page for page, output in kept.items() if not _holds(output, edition)]
    for number, (page, notebook, names, seconds) in enumerate(_run(due), 1):
        print(f"  [{number}/{len(due)}] {page.relative_to(root)} executed in {seconds:.1f} s", flush=True)
        notebook.metadata[_INGREDIENTS] = ingredients.digests(edition, names)
        temporary = kept[page].with_suffix(".tmp")
        nbformat.write(nbformat.from_dict(steady(notebook)), temporary)
        temporary.replace(kept[page])
    if not due:
        print("  nothing changed: no notebook is executed", flush=True)
    for stale in set(store.glob("*.ipynb")) - set(kept.values()):
        stale.unlink()
    _fill(cache_folder, kept)
    return {page.relative_to(root).with_suffix("").as_posix(): output for page, output in kept.items()}


def _holds(output: Path, edition: Edition) -> bool:
    """Whether an output is kept and all that it was made from is as it was."""
    if not output.is_file():
        return False
    used = nbformat.read(output, 4).metadata[_INGREDIENTS]
    return ingredients.digests(edition, used) == used


def _key(page: Path, common: str) -> str:
    return hashlib.sha256(common.encode() + page.read_bytes()).hexdigest()


def _run(pages: list[Path]) -> Iterator[tuple[Path, nbformat.NotebookNode, list[str], float]]:
    """Executes notebooks side by side, one kernel each, and yields them as they finish."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = {pool.submit(_run_one, page): page for page in pages}
        try:
            for job in as_completed(jobs):
                yield jobs[job], *job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _run_one(page: Path) -> tuple[nbformat.NotebookNode, list[str], float]:
    """The executed notebook, the names of its ingredients, and the seconds it took."""
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


def _fill(folder: Path, kept: dict[Path, Path]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    cache = get_cache(folder)
    for page, output in kept.items():
        bundle = CacheBundleIn(nbformat.read(output, 4), str(page), data={})
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
