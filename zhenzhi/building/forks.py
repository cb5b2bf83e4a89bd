"""The process that others of a build are forked from: it has imported what every notebook imports.

A kernel that starts from nothing takes longer to import pandas, matplotlib and the package than most chapters take to run.
As everywhere with ``multiprocessing``, a script that builds does so below ``if __name__ == "__main__"``.

The processes of ``make watch`` outlive a build, and builds come and go: there one process forks for all of them (``serve``),
at an address that an environment variable names (``ADDRESS``).
"""

import multiprocessing
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver, util
from multiprocessing.connection import Client, Connection, wait
from pathlib import Path
from threading import Thread
from typing import Protocol

#: Environment variable that names the socket of a process that forks for this one.
ADDRESS = "ZHENZHI_FORKS"

#: Environment variable that names the folder in which this process keeps its sockets, which is to go with it.
FOLDER = "ZHENZHI_FORKS_FOLDER"

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["zhenzhi.building.warm_imports"])


class Forked(Protocol):
    """A process that was forked."""

    @property
    def pid(self) -> int | None: ...

    @property
    def exitcode(self) -> int | None:
        """Its exit status, negative where a signal ended it; nothing while it runs."""

    def join(self) -> None:
        """Waits for its end."""


def prepare() -> None:
    """Starts the process, which imports while the caller goes on; ``fork`` waits for it."""
    if ADDRESS not in os.environ:
        os.environ[FOLDER] = util.get_temp_dir()
        forkserver.ensure_running()


def call(function: Callable, *args):
    """What a function returns that is called in a process of its own; what it raises is raised here."""
    if ADDRESS in os.environ:
        return _Asked(function, args).result()
    with ProcessPoolExecutor(1, mp_context=_PROCESSES, initializer=_end_with_parent) as pool:
        return pool.submit(function, *args).result()


def fork(target: Callable, *args) -> Forked:
    """A process of its own that calls ``target``."""
    if ADDRESS in os.environ:
        return _Asked(target, args)
    process = _PROCESSES.Process(target=_beside_parent, args=(target, *args))
    process.start()
    return process


def _beside_parent(target: Callable, *args) -> None:
    _end_with_parent()
    target(*args)


def _end_with_parent() -> None:
    """Lets this process end when the one that asked for it is gone, of which the one it was forked from learns nothing."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    Thread(target=follow, daemon=True).start()


class _Asked:
    """A process forked by ``serve``. It ends when nobody holds this object any more, so it does not outlive its build."""

    def __init__(self, target: Callable, args: tuple):
        self._connection = Client(os.environ[ADDRESS], "AF_UNIX")
        self._connection.send((target, args))
        self.pid: int = self._connection.recv()
        self._outcome: tuple[bool, object] | None = None
        self._exitcode: int | None = None

    @property
    def exitcode(self) -> int | None:
        if self._exitcode is None and self._connection.poll():
            self.join()
        return self._exitcode

    def join(self) -> None:
        if self._exitcode is None:
            try:
                self._outcome = self._connection.recv()
                self._exitcode = 0 if self._outcome[0] else 1
            except (EOFError, ConnectionResetError):
                self._exitcode = -signal.SIGKILL

    def result(self):
        """What the function returned; what it raised is raised.

        Raises:
            ChildProcessError: the process was killed.
        """
        self.join()
        if self._outcome is None:
            raise ChildProcessError(f"process {self.pid} was killed")
        is_done, value = self._outcome
        if isinstance(value, BaseException) and not is_done:
            raise value
        return value


def listening(address: Path) -> socket.socket:
    """A socket at an address, for ``serve``: whoever asks before it serves waits."""
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(address))
    made.listen(64)
    return made


def serve(listener: socket.socket, alive: int) -> None:
    """Forks for whoever asks, until the other end of the pipe ``alive`` is closed; called in a process of one thread."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever asked is told of the end
    while alive not in wait([listener, alive]):
        accepted, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            os.close(alive)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _answer(Connection(accepted.detach()))
        accepted.close()


def _answer(connection: Connection) -> None:
    """Calls what was asked for, tells the outcome, and ends the process."""
    try:
        target, args = connection.recv()
        connection.send(os.getpid())
    except (EOFError, OSError):
        os._exit(1)  # whoever asked is gone
    Thread(target=_end_with, args=(connection,), daemon=True).start()
    try:
        outcome = True, target(*args)
    except SystemExit as end:
        outcome = not end.code, None
    except BaseException as error:
        outcome = False, error
    with suppress(OSError):
        connection.send(outcome)
    os._exit(0 if outcome[0] else 1)


def _end_with(connection: Connection) -> None:
    """Ends the process when whoever asked for it is gone."""
    try:
        connection.recv()
    except (EOFError, OSError):
        os._exit(1)
