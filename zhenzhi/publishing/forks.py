"""The process that others of a build are forked from: it has imported what every notebook imports.

A kernel that starts from nothing takes longer to import pandas, matplotlib and the package than most chapters take to run.
As everywhere with ``multiprocessing``, a script that builds does so below ``if __name__ == "__main__"``.
"""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["zhenzhi.publishing.preloaded"])


def prepare() -> None:
    """Starts the process, which imports while the caller goes on; ``fork`` waits for it."""
    forkserver.ensure_running()


def call(function: Callable, *args):
    """What a function returns that is called in a process of its own; what it raises is raised here."""
    with ProcessPoolExecutor(1, mp_context=_PROCESSES) as pool:
        return pool.submit(function, *args).result()


def fork(target: Callable, *args) -> BaseProcess:
    """A process of its own that calls ``target``."""
    process = _PROCESSES.Process(target=target, args=args)
    process.start()
    return process
