"""Files that are written all or not at all, whatever ends the writing: a full disk, a key, a request to end."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from zhenzhi.interrupts import undisturbed


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Gives files another content, or makes them.

    Raises:
        OSError: a file cannot be written; then all are as they were.
    """
    # A link stays, and what it leads to is written.
    wanted = {Path(os.path.realpath(file)): content for file, content in contents.items()}
    coming: dict[Path, Path] = {}
    try:
        for file, content in wanted.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            coming[file] = file.with_name(f".{file.name}.new")
            try:
                with coming[file].open("wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
            except OSError as error:  # of a full disk, without the name of the file
                raise OSError(error.errno, error.strerror, str(file)) from None
            if file.exists():
                shutil.copymode(file, coming[file])
        with undisturbed():
            _replace(coming)
    finally:
        for new in coming.values():
            new.unlink(missing_ok=True)


def _replace(coming: Mapping[Path, Path]) -> None:
    before = {file: file.read_bytes() if file.is_file() else None for file in coming}
    done: list[Path] = []
    try:
        for file, new in coming.items():
            new.replace(file)
            done.append(file)
    except OSError:
        for file in done:
            if (content := before[file]) is None:
                file.unlink()
            else:
                file.write_bytes(content)
        raise
