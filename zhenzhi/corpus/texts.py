"""Reads the text out of a file: plain text, a page saved from the web, a PDF with a text layer."""

import io
import logging
from collections.abc import Callable
from pathlib import Path

#: Encodings that a plain Chinese text is tried in. GB 18030 holds GBK and GB 2312.
_ENCODINGS = ("utf-8-sig", "gb18030")


class Unreadable(Exception):
    """A file that holds no text that can be read; the message says why."""


def text_of(name: str, content: bytes) -> str:
    """The text of a file.

    Args:
        name: the file's name, whose ending says what it is.

    Raises:
        Unreadable: the ending is unknown, the file is broken, or there is no text in it.
    """
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise Unreadable(f"unknown ending; expected one of {', '.join(READERS)}")
    try:
        text = reader(content)
    except Unreadable:
        raise
    except Exception as error:  # the libraries raise whatever a broken file makes them raise
        raise Unreadable(f"{type(error).__name__}: {error}") from None
    if not text or not text.strip():
        raise Unreadable("no text in it")
    return text


def _plain(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"no text in {' or '.join(_ENCODINGS)}")


def _page(content: bytes) -> str:
    """The article of a web page, without its menus."""
    import trafilatura

    return trafilatura.extract(content, include_comments=False, include_tables=True) or ""


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told once, by its error
    return "\n\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


#: What reads a file, by its ending.
READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _page,
    ".htm": _page,
    ".pdf": _pdf,
}
