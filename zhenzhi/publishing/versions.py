"""Other versions of the project's data, out of git."""

import io
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhenzhi import paths, tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.tables import Tables


@contextmanager
def tables_at(ref: str, root: Path = paths.ROOT) -> Iterator[Tables]:
    """The data package as it stood at a git ref.

    Raises:
        ZhenzhiError: git knows no such ref, or it has no data package.
        DataError: the data package of that version breaks its own contract.
    """
    command = ["git", "-C", str(root), "archive", "--format=zip", ref, "data"]
    archive = subprocess.run(command, capture_output=True)
    if archive.returncode:
        reason = archive.stderr.decode(errors="replace").strip()
        raise ZhenzhiError(f"the data of {ref!r} cannot be read: {reason}; expected a tag, branch or commit")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(archive.stdout)) as files:
            files.extractall(folder)
        yield tables.load(Path(folder) / "data")
