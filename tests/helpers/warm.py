"""Runs the build command of projects in processes that begin with the libraries imported.

As a program it reads lines with lists of projects, builds these at once, and answers with the exit codes. It has imported
nothing of the package, so that each build takes the package of its own project.
"""

import gc
import importlib
import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

#: What a build spends most of its time to import.
_LIBRARIES = (
    "babel.numbers", "fastjsonschema", "ipykernel.kernelapp", "jupyter_book.sphinx", "jupyter_cache", "lxml.html",
    "matplotlib.pyplot", "myst_nb.sphinx_", "nbclient", "pandas", "pyarrow.parquet", "sphinx.builders.html",
    "sphinx_book_theme", "sphinx_design", "sphinxcontrib.bibtex", "citeproc",
)  # fmt: skip


class Builder:
    """Builds projects; end it with ``close``."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def build(self, *roots: Path) -> list[int]:
        """Builds projects at once; returns their exit codes. What a build says is in ``log`` of its project."""
        self._process.stdin.write(json.dumps([str(root) for root in roots]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)


def log(root: Path) -> str:
    """What the last build of a project said."""
    return root.with_suffix(".log").read_text(encoding="utf-8")


def _begin(root: str) -> int:
    """Begins the build of a project; returns the ID of its process."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        with open(Path(root).with_suffix(".log"), "wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        os.chdir(root)
        sys.path.insert(0, root)
        os.environ["PYTHONPATH"] = root
        sys.argv = ["zhenzhi", "build"]
        from zhenzhi.__main__ import main

        code = main() or 0
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
        ids = [_begin(root) for root in json.loads(line)]
        print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in ids]), flush=True)


if __name__ == "__main__":
    _serve()
