"""Other versions of the project, out of git: their data, and what they themselves found in it."""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhenzhi import paths
from zhenzhi.errors import ZhenzhiError

#: Asks a version of the project, by its own code, what it finds: another day's code read the same words otherwise. The names
#: that it calls have been there since 0.1.0, but for the module of ``open_book``.
_TELL = """
import json, sys
# An editable installation would lend the version those of our modules that it lacks.
sys.meta_path = [finder for finder in sys.meta_path if "editable" not in getattr(finder, "__module__", "")]
try:
    from zhenzhi.book.edition import open_book
except ImportError:
    from zhenzhi.edition import open_book
book = open_book("en")
quantities = {claim: book.quantity(claim) for claim, value in book.tables.claims["value"].items() if value is not None}
print(json.dumps({
    "readings": {claim: book.interval(quantity) for claim, quantity in quantities.items()},
    "checks": [
        {
            "check_id": check_id,
            "name": book.check(check_id)["name"]["en"],
            "verdict": result.verdict,
            "claims": list(result.claims),
            "reason": book.plain(book.reason(result)),
        }
        for check_id, result in book.results.items()
    ],
}))
"""


def git(root: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a project.

    Raises:
        ZhenzhiError: git is not installed.
    """
    try:
        return subprocess.run(["git", "-C", str(root), *command], capture_output=True)
    except FileNotFoundError:
        raise ZhenzhiError(
            "git is not installed; expected it, which knows other versions and what is committed"
        ) from None


@contextmanager
def project_at(ref: str, root: Path = paths.ROOT) -> Iterator[Path]:
    """A folder with the data package and the code as they stood at a git ref.

    Raises:
        ZhenzhiError: git knows no such ref, or it has no data package.
    """
    archive = git(root, "archive", "--format=zip", ref, "data", "zhenzhi", "pyproject.toml")
    if archive.returncode:
        reason = archive.stderr.decode(errors="replace").strip()
        shallow = git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        more = ", which a shallow clone may lack (git fetch --unshallow --tags)" if shallow else ""
        raise ZhenzhiError(f"the data of {ref!r} cannot be read: {reason}; expected a tag, branch or commit{more}")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(archive.stdout)) as files:
            files.extractall(folder)
        yield Path(folder)


def told_by(folder: Path) -> dict:
    """What a version of the project finds by its own code.

    Returns:
        ``readings``: the range of each claim in words; ``checks``: a list of ``check_id``, ``name``, ``verdict``, ``claims``,
        and ``reason`` as a sentence.

    Raises:
        ZhenzhiError: its code fails, or finds fault with its data.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _TELL]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        raise ZhenzhiError(f"this version cannot say what it finds: {reason}; expected a version whose audit runs")
    return json.loads(done.stdout)
