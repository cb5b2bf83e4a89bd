"""The processes behind ``make watch``: each build begins with all imported, the data loaded, and no trace of another build.

    python warm.py ROOT FOLDER LANGUAGE

This process imports the libraries. From it is forked one that imports the package, and again when a file of the package
changes; from that one each build (``session``). So a build is what ``zhenzhi build`` is, without its first seconds.

It reads commands from its standard input, a line each: ``build NUMBER PAGES``, with the pages that readers have open, each as
an address, and ``again`` where the package changed. It writes what happened to its standard output, a line of JSON each, with
the number of the build: ``shown``, the files that changed, when pages can be looked at; ``whole`` when all of the book is as
a clean build would make it; ``failed`` with the reason. At the top it imports nothing of the package.
"""

import gc
import importlib
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: What takes longest to import.
_LIBRARIES = (
    "babel.numbers", "citeproc", "fastjsonschema", "ipykernel.kernelapp", "jupyter_book.sphinx", "jupyter_cache", "lxml.html",
    "matplotlib.pyplot", "myst_nb.sphinx_", "nbclient", "pandas", "pyarrow.parquet", "sphinx.builders.html",
    "sphinx_book_theme", "sphinx_copybutton", "sphinx_design", "sphinx_external_toc.events", "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering", "sphinx_togglebutton", "sphinxcontrib.bibtex", "tinycss2", "zmq.asyncio",
)  # fmt: skip

#: Exit status of a process that is to be forked anew, because the package changed.
AGAIN = 75


def main() -> int:
    """Forks the process of the package as often as it changes."""
    root, folder, language = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None
    # Beside this file lie modules of the package, which are imported by their full names only.
    sys.path[0] = str(root)
    os.environ["PYTHONPATH"] = str(root)
    for name in _LIBRARIES:
        with suppress(ImportError):  # whoever needs it says so
            importlib.import_module(name)
    with suppress(ImportError):
        from sphinx.application import builtin_extensions

        for name in builtin_extensions:
            importlib.import_module(name)
    gc.freeze()
    say = _teller(os.dup(1))
    os.dup2(2, 1)
    while True:
        process = os.fork()
        if process == 0:
            leave(lambda: _serve(root, folder, language, say))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if status != AGAIN:
            return status


def _teller(descriptor: int) -> Callable[..., None]:
    def say(**news) -> None:
        os.write(descriptor, (json.dumps(news) + "\n").encode())

    return say


def leave(work: Callable[[], int]) -> None:
    """Ends a forked process with the status that its work returns."""
    status = 1
    try:
        status = work()
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


# The process of the package


def _serve(root: Path, folder: Path, language: str | None, say: Callable[..., None]) -> int:
    """Builds when it is told to, until it is told that the package changed or that there is nothing more to do."""
    with tempfile.TemporaryDirectory() as private:
        os.environ["TMPDIR"] = tempfile.tempdir = private  # what a killed build leaves goes with it
        try:
            forker = _fork_for_notebooks(Path(private) / "forks")
            from zhenzhi.building import pages, session  # noqa: F401
            from zhenzhi.sphinxext.finish import order  # noqa: F401
        except Exception:
            return _fail(last_lines(traceback.format_exc(), root), say)
        try:
            return session.follow(root, folder, session.Loaded(root, language), say, is_first=True)
        finally:
            os.close(forker)


def _fail(fault: str, say: Callable[..., None]) -> int:
    """Answers each command to build with a fault of the package, until this changes."""
    while (command := next_command()) not in ("again", ""):
        say(failed=fault, number=int(command.split()[1]))
    return AGAIN if command else 0


def next_command() -> str:
    """The next command; empty when there is none any more."""
    text = b""
    while not text.endswith(b"\n"):
        more = os.read(0, 1)
        if not more:
            return ""
        text += more
    return text.decode().strip()


def _fork_for_notebooks(address: Path) -> int:
    """Starts the process from which kernels are forked; returns the end of a pipe whose closing ends it."""
    from zhenzhi.building import forks

    listener = forks.listening(address)
    alive, held = os.pipe()
    if os.fork() == 0:
        os.close(held)

        def work() -> int:
            os.setsid()  # the keyboard's interrupt is for the process that was started from it
            from zhenzhi.building import warm_imports  # noqa: F401

            forks.serve(listener, alive)
            return 0

        leave(work)
    listener.close()
    os.close(alive)
    os.environ[forks.ADDRESS] = str(address)
    return held


def last_lines(text: str, root: Path) -> str:
    """The end of a traceback: where in the project it came from, and what it says."""
    lines = text.replace(f"{root}/", "").rstrip().splitlines()
    ours = [number for number, line in enumerate(lines) if line.lstrip().startswith('File "zhenzhi/')]
    return "\n".join(lines[ours[-1] if ours else -1 :])


if __name__ == "__main__":
    sys.exit(main())
