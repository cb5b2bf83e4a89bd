"""``python -m zhenzhi COMMAND``: finds the command, and ends well whatever becomes of it, its output or the terminal."""

import argparse
import errno
import io
import os
import re
import signal
import sys
from contextlib import suppress

from zhenzhi import __version__
from zhenzhi.commands import book, coding, package, reading, releasing
from zhenzhi.errors import DataError, ZhenzhiError

#: Faults of the disk and not of the program, which may name no file: full, read-only, not ours.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})

#: Characters that a terminal obeys.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: What Python puts where a word of the command line is not UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; returns the exit status: 0 where all is well, 1 with a message where not, or one of the command."""
    parser = argparse.ArgumentParser(prog="python -m zhenzhi", description="Town governance, claim by claim.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in (book, coding, reading, package, releasing):
        module.add(commands)
    options = parser.parse_args(arguments)
    try:
        _check_words(options)
        return options.run(options) or 0
    except DataError as error:
        _say("\n  ".join([f"{len(error.problems)} problem(s) in the data package:", *error.problems]))
    except ZhenzhiError as error:
        _say(f"error: {error}")
    except SyntaxError as error:  # in a module of the package that is being written
        _say(f"SyntaxError: {error}")
    except OSError as error:
        if error.filename is None and error.errno not in _OF_THE_DISK:
            raise
        _say(f"error: {error.filename or 'a file or the output'}: {error.strerror}")
    return 1


def _say(message: str) -> None:
    """Shows a message on the error output; what it quotes of a file cannot steer the terminal."""
    print(_CONTROL.sub(lambda found: repr(found.group())[1:-1], message), file=sys.stderr)


def _check_words(options: argparse.Namespace) -> None:
    """Refuses words that are not text; paths may be of any bytes."""
    for name, value in vars(options).items():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and _SURROGATE.search(word):
                raise ZhenzhiError(f"{name.replace('_', ' ')}: {word!r} is not UTF-8; expected text")


class _Ended(KeyboardInterrupt):
    """A request to end, or a terminal that closed: the command leaves nothing behind, as where a key interrupts it."""


def run() -> int:
    """Runs the command of the command line; a reader of its output who has enough ends it without a word."""
    _open_streams()
    for kind in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(kind) == signal.SIG_DFL:  # with nohup a terminal may close
            signal.signal(kind, _end)
    try:
        status = main()
    except BrokenPipeError:
        status = 1
    except KeyboardInterrupt as interrupt:
        with suppress(OSError):  # of a terminal that closed
            print("\ninterrupted; what was there before stays", file=sys.stderr)
        if isinstance(interrupt, _Ended):
            signal.raise_signal(interrupt.args[0])
        status = 130
    except SystemExit as end:  # help, or a command line that is not understood
        status = int(end.code or 0)
    return status if _flush() else 1


def _end(kind: int, _) -> None:
    signal.signal(kind, signal.SIG_DFL)
    raise _Ended(kind)


def _open_streams() -> None:
    """Lets a stream that was closed lead nowhere, or the next file that is opened would take its place."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))
    # A character that the encoding of the output lacks is told by its number.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _flush() -> bool:
    """Whether all output was written; what cannot be goes nowhere, or Python would try again as it ends."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print(f"error: the output: {error.strerror}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(run())
