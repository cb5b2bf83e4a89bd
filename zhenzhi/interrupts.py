"""Short stretches of work that the keyboard and a request to end do not cut short."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def undisturbed() -> Iterator[None]:
    """Puts off SIGINT, SIGTERM and SIGHUP (a key, a request to end, a terminal that closes) until the block is done."""
    if current_thread() is not main_thread():  # where no signal arrives
        yield
        return
    arrived: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, lambda number, _: arrived.append(number)) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in dict.fromkeys(arrived):
            signal.raise_signal(number)
