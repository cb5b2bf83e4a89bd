"""Runs commands of projects in processes that begin with the libraries imported.

As a program it reads lines of JSON, each a list of runs, begins these at once, and answers with their exit codes. It has
imported nothing of the package, so that each run takes the package of its own project.
"""

import gc
import importlib
import json
import os
import subprocess
import sys
import traceback
from functools import cache
from pathlib import Path

#: What a build spends most of its time to import.
_LIBRARIES = (
    "babel.numbers", "fastjsonschema", "ipykernel.kernelapp", "jupyter_book.sphinx", "jupyter_cache", "lxml.html",
    "matplotlib.pyplot", "myst_nb.sphinx_", "nbclient", "pandas", "pyarrow.parquet", "sphinx.builders.html",
    "sphinx_book_theme", "sphinx_design", "sphinxcontrib.bibtex", "citeproc",
)  # fmt: skip


def build(*roots: Path) -> list[int]:
    """Builds projects at once; returns their exit codes. What a build says is in ``log`` of its project."""
    return _run(*({"root": str(root), "arguments": ["build"], "environment": {}} for root in roots))


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs ``python -m zhenzhi`` with these arguments in a project, with the project's own package."""
    (code,) = _run({"root": str(root), "arguments": arguments, "environment": environment})
    return subprocess.CompletedProcess(arguments, code, *_said(root))


def log(root: Path) -> str:
    """What the last run in a project said."""
    return "".join(_said(root))


def _said(root: Path) -> list[str]:
    return [Path(f"{root}.{stream}").read_text(encoding="utf-8") for stream in ("stdout", "stderr")]


def _run(*runs: dict) -> list[int]:
    process = _process()
    process.stdin.write(json.dumps(runs) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@cache
def _process() -> subprocess.Popen:
    """The process with the libraries, which ends when this one does and its input closes."""
    return subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _begin(root: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Begins a command of a project; returns the ID of its process."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for number, stream in ((1, "stdout"), (2, "stderr")):
            with open(f"{root}.{stream}", "wb") as file:
                os.dup2(file.fileno(), number)
        os.chdir(root)
        sys.path.insert(0, root)
        sys.dont_write_bytecode = True
        os.environ.update(PYTHONPATH=root, PYTHONDONTWRITEBYTECODE="1", **environment)
        sys.argv = ["zhenzhi", *arguments]
        from zhenzhi.__main__ import run

        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        ids = [_begin(**run) for run in json.loads(line)]
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in ids]), flush=True)


if __name__ == "__main__":
    _serve()
