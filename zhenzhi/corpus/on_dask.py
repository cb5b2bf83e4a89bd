"""Runs batches on Dask: on processes of this machine, or on a cluster by its address. The same code either way.

A cluster's workers must have this package and see the corpus and the output under the paths given.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from zhenzhi.corpus import batch
from zhenzhi.corpus.batch import Done, File
from zhenzhi.corpus.run import IN_FLIGHT, Runner
from zhenzhi.errors import ZhenzhiError

MISSING = "it needs Dask: pip install -r requirements-corpus.txt"


@contextmanager
def runner(address: str | None = None, workers: int | None = None) -> Iterator[Runner]:
    """A runner on Dask, for as long as the block lasts.

    Args:
        address: of a scheduler, such as ``tcp://10.0.0.1:8786``; without one, processes of this machine, on loopback only.
        workers: how many processes; by default one for each core.

    Raises:
        ZhenzhiError: Dask is not installed, or there is no scheduler at the address.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise ZhenzhiError(MISSING) from None
    if address is None:
        count = workers or os.cpu_count() or 1
        with (
            LocalCluster(
                n_workers=count, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            yield _on(client)
        return
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise ZhenzhiError(f"{address}: {error}; expected the address of a Dask scheduler") from None
    with client:
        yield _on(client)


def _on(client) -> Runner:
    def run(folder: str, out: str, batches: Iterable[list[File]]) -> Iterator[Done]:
        from distributed import as_completed

        batches = iter(batches)
        most = IN_FLIGHT * max(1, len(client.scheduler_info()["workers"]))
        flying = as_completed()
        files_of = {}

        def start() -> bool:
            files = next(batches, None)
            if files is not None:
                # A batch names its own output: to run it twice, as Dask may where a worker is lost, does no harm.
                future = client.submit(batch.run, folder, out, files, pure=False)
                files_of[future.key] = files
                flying.add(future)
            return files is not None

        while flying.count() < most and start():
            pass
        for future in flying:
            files = files_of.pop(future.key)
            try:
                done = future.result()
            except Exception as error:  # a worker was lost, or ran out of memory; the next run takes the batch up again
                reason = f"{type(error).__name__}: {error}"
                done = Done(0, 0, 0, tuple((file.path, reason) for file in files))
            yield done
            future.release()
            start()

    return run
