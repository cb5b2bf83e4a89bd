"""Errors that end a command with a message for a person and a status that is not zero, and words of these messages."""

import unicodedata


class ZhenzhiError(Exception):
    """A problem that the person at the keyboard can mend; its text says what is wrong and what was expected."""


class DataError(ZhenzhiError):
    """The data package breaks its contract.

    Attributes:
        problems: one line a problem: file, row, column, what is wrong, what was expected.
    """

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


class BuildError(ZhenzhiError):
    """The book cannot be built; the text names the chapter and the cell or line."""


def line_at(error: UnicodeDecodeError) -> int:
    """The line of a file where it is not UTF-8."""
    return error.object.count(b"\n", 0, error.start) + 1


def named(character: str) -> str:
    """A character by its name and number, for one that a message cannot show."""
    lines = {"\n": "a line break", "\r": "a line break", "\t": "a tabulator"}
    name = lines.get(character) or unicodedata.name(character, "a control or unassigned character").lower()
    return f"{name} (U+{ord(character):04X})"
