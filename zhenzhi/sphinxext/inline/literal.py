"""Text of the data on its way into a page: it reads there as it stands, whatever signs are in it."""

import re
from typing import TypeGuard

#: A reference within a text, which becomes a figure.
_ROLE = re.compile(r"(\{(?:claim|computed|external|book)\}`[^`]+`)")

#: Signs that may mean something in MyST; a backslash takes their meaning away.
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def literal(text: str) -> str:
    """A text of the data as MyST: its references stay, all else is text on one line."""
    pieces = _ROLE.split(" ".join(text.split()))
    # The pieces with odd numbers are the references.
    return "".join(piece if number % 2 else _SIGNS.sub(r"\\\1", piece) for number, piece in enumerate(pieces))


def is_web_address(url: str | None) -> TypeGuard[str]:
    """Whether an address may become a link: http and https alone."""
    return url is not None and _WEB.match(url) is not None
