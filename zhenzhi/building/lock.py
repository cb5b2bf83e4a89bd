"""One at a time: whoever builds or releases holds a lock, and others wait for it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhenzhi.errors import ZhenzhiError


@contextmanager
def only_one(file: Path, what: str, wait: bool = True) -> Iterator[None]:
    """Holds a lock, which ends with the block or with the process, however that ends.

    Args:
        file: the file of the lock; it stays.
        what: what is done, for the message that another process shows while it waits.
        wait: whether to wait for another process that holds it.

    Raises:
        ZhenzhiError: another process holds it and is not waited for, or the file cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("a+", encoding="utf-8")
    except OSError as error:
        raise ZhenzhiError(f"{file} cannot be written: {error.strerror}; expected a folder that can be") from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            other = stream.read().strip() or "another process"
            if not wait:
                raise ZhenzhiError(f"{other} is at work here; expected none, end it first") from None
            print(f"Waiting for {other}, which is at work here", flush=True)
            fcntl.flock(stream, fcntl.LOCK_EX)
        stream.truncate(0)
        stream.write(f"{what} (process {os.getpid()})\n")
        stream.flush()
        yield
