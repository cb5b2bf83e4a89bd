"""Where the articles of a document begin: at its headings, or at the headlines that a person names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhenzhi.errors import ZhenzhiError

#: A heading of the first or second order, as conversions of pages mark it.
_HEADING = re.compile(r"^#{1,2} +(\S.*?)[ \r]*$", re.MULTILINE)

#: The longest headline that is written down whole; of a longer one the beginning is.
LONGEST = 24


@dataclass(frozen=True)
class Article:
    """An article of a text: its headline, and its span in characters."""

    title: str
    start: int
    end: int


def articles(text: str, headlines: Sequence[str] = ()) -> list[Article]:
    """The articles of a text, in order, the first from its first character and the last to its last.

    Args:
        text: the text as its offsets count it.
        headlines: where articles begin, as a person read it; by default headings (``#``, ``##``) that text follows.

    Raises:
        ZhenzhiError: a headline stands nowhere, or more than once on a line of its own.
    """
    found = [_place(text, headline) for headline in headlines] or _headings(text)
    found = sorted(found) or [(0, _first_line(text))]
    starts = [0, *(start for start, _ in found[1:])]
    ends = [*starts[1:], len(text)]
    return [
        Article(shortened(title), start, end)
        for (_, title), start, end in zip(found, starts, ends, strict=True)
    ]  # fmt: skip


def shortened(title: str) -> str:
    """A headline without marks and with single blanks, cut where it is long."""
    plain = " ".join(title.replace("*", "").split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _headings(text: str) -> list[tuple[int, str]]:
    """Headings that begin an article; one that stands right below another is a part of the same headline."""
    found: list[tuple[int, str]] = []
    last = None
    for match in _HEADING.finditer(text):
        if last is None or text[last : match.start()].strip():
            found.append((match.start(), match[1]))
        last = match.end()
    return found


def _place(text: str, headline: str) -> tuple[int, str]:
    lines = [match.start() for match in re.finditer(rf"^[# \u3000]*{re.escape(headline)}[ \r]*$", text, re.MULTILINE)]
    places = lines or [match.start() for match in re.finditer(re.escape(headline), text)]
    if len(places) != 1:
        count = "nowhere" if not places else f"{len(places)} times"
        raise ZhenzhiError(f"the headline {headline!r} stands {count} in the text; expected it once")
    return places[0], headline


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
