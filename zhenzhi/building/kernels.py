"""Kernels that are forked (``forks``): each a process of its own, as Jupyter's are, which begins with its imports done."""

import os
import signal
from subprocess import Popen
from typing import Any, cast
from weakref import WeakSet

from jupyter_client import AsyncKernelManager
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import LocalProvisioner

from zhenzhi.building import forks

#: The kernels of this process that may be running.
_RUNNING: WeakSet["_Popen"] = WeakSet()


def kill_running() -> None:
    """Ends all kernels of this process at once, whatever they are at."""
    for process in list(_RUNNING):
        process.kill()


class ForkingKernelManager(AsyncKernelManager):
    """Jupyter's kernel manager, with kernels that are forked."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification, which names what starts it by its entry point in ``pyproject.toml``."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": "zhenzhi-forked"}
        return spec


class ForkedProvisioner(LocalProvisioner):
    """Jupyter's provisioner of local kernels, with kernels that are forked."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Starts a kernel.

        Args:
            cmd: the command that Jupyter would start; its arguments go to the kernel.
            kwargs: folder (``cwd``) and environment variables (``env``) of the kernel.

        Returns:
            how to reach it.
        """
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        process = _Popen(forks.fork(_serve, arguments, kwargs["cwd"], kwargs["env"]))
        # Jupyter asks of its process no more than ``_Popen`` has.
        self.process = cast(Popen, process)
        self.pid, self.cwd = process.pid, kwargs["cwd"]
        return self.connection_info


class _Popen:
    """A forked process as Jupyter handles one of ``subprocess``."""

    stdin = stdout = stderr = None

    def __init__(self, process: forks.Forked):
        self._process = process
        self.pid = process.pid
        _RUNNING.add(self)

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Serves as a kernel until it is told to end, or until the process that it was forked from is gone."""
    from ipykernel.kernelapp import launch_new_instance

    # A key that interrupts the build does not reach the kernel, which the build ends itself.
    os.setsid()
    # What cells write goes to the build as output; what is left is of a kernel that is ended while it is at work.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
