"""Finds numbers that somebody typed into the prose of a chapter instead of naming a claim or a computed value.

A digit may stand in prose only inside a role, in code, in a link's address, in a year or date, or in a label of
``LABELS``. Text is read as MyST by the parser that the book itself uses, so that what counts as prose is what a reader sees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

#: Labels that hold digits and count nothing: names of roads, kitchens, licences, citation styles, days of events.
LABELS = (r"G325", r"4D", r"CC BY 4\.0", r"GB/T 7714", r"2\+2", r"Data Package v2")

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:\d{{1,2}}(?:[-–]\d{{1,2}})? )?{_MONTH}(?: \d{{4}})?|(?<!\d)(?:19[5-9]|20[0-4])\d(?:[-–](?:\d\d|\d{{4}}))?(?!\d)"
_ALLOWED = re.compile("|".join((*LABELS, _DATE)))

#: Directives whose body is prose.
_PROSE_DIRECTIVES = frozenset(
    "admonition attention card caution danger dropdown error grid grid-item-card hint important margin note seealso "
    "sidebar tip warning".split()
)

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class TypedNumber:
    """A number in the prose: its line in the text and the words around it."""

    line: int
    text: str


def typed_numbers(text: str) -> list[TypedNumber]:
    """The typed numbers in a MyST text, in order."""
    front = _FRONT_MATTER.match(text)
    skipped = front.group().count("\n") if front else 0
    body = text[front.end() :] if front else text
    return [TypedNumber(skipped + line, found) for line, found in _in_block(body, 1)]


def _in_block(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    extensions = {"colon_fence", "deflist", "attrs_inline", "substitution"}
    parser = create_md_parser(MdParserConfig(enable_extensions=extensions), DocutilsRenderer)
    for token in parser.parse(text):
        if token.type in ("fence", "colon_fence"):
            yield from _in_directive(token, first_line)
        elif token.type == "inline":
            yield from _in_line(token, first_line + _line(token))


def _line(token: Token) -> int:
    """The line of a block on which a token begins."""
    return token.map[0] if token.map else 0


def _in_directive(token: Token, first_line: int) -> Iterator[tuple[int, str]]:
    match = re.match(r"\{([\w-]+)\}\s*(.*)", token.info)
    if not match or match[1] not in _PROSE_DIRECTIVES:
        return
    start = first_line + _line(token)
    if match[1] != "grid":
        yield from _in_block(match[2], start)
    body = re.sub(r"^:[\w-]+:.*$", "", token.content, flags=re.MULTILINE)
    yield from _in_block(body, start + 1)


def _in_line(token: Token, first_line: int) -> Iterator[tuple[int, str]]:
    """The typed numbers in a paragraph; the place of each piece in the source tells its line."""
    source, position, in_address = token.content, 0, False
    for child in token.children or []:
        if child.type in ("link_open", "link_close"):
            in_address = child.type == "link_open" and child.markup in ("autolink", "linkify")
        if not child.content:
            continue
        # A line break within a code span or a role has become a space.
        pattern = re.escape(child.content).replace(r"\ ", r"\s+")
        piece = re.compile(pattern).search(source, position)
        start = piece.start() if piece else position
        position = piece.end() if piece else position
        if child.type == "text" and not in_address:
            for offset, found in _in_text(child.content):
                yield first_line + source.count("\n", 0, start + offset), found


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    allowed = [match.span() for match in _ALLOWED.finditer(text)]
    for match in re.finditer(r"\d+(?:[.,]\d+)*", text):
        if not any(start <= match.start() and match.end() <= end for start, end in allowed):
            yield match.start(), text[max(0, match.start() - 25) : match.end() + 25].strip()
