"""Files that a reader takes away, unpacked."""

import zipfile
from pathlib import Path


def unpack(file: Path, folder: Path) -> Path:
    with zipfile.ZipFile(file) as files:
        assert files.testzip() is None
        files.extractall(folder)
    return folder
