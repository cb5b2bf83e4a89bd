"""Puts the prose of a notebook into another language: each block of its Markdown that the catalogue of its page knows.

Sphinx translates what it has parsed. Here the source itself is translated, so that a notebook can be read anywhere: a
paragraph, a heading, a list item, a cell of a table or the title of a directive gives way to its translation as a whole.
"""

import re
from collections.abc import Mapping
from functools import cached_property

#: What may stand before a text on its line: marks of headings, lists, quotations, definitions and footnotes, the head of a
#: directive, the name of an option.
_LEAD = r"[ \t]*(?:(?:#+|[-*+>]|\d+[.)]|(?:`{3,}|:{3,})\{[a-z-]+\}|:[\w-]*:?|\[\^[^\]]+\]:)[ \t]+)*"


class Translation:
    """Translates Markdown.

    Args:
        messages: each message of the page by its source, as the catalogue has it: on one line.
    """

    def __init__(self, messages: Mapping[str, str]):
        self._messages = {_run_together(text): translation for text, translation in messages.items()}

    @cached_property
    def _known(self) -> str:
        longest_first = sorted(self._messages, key=len, reverse=True)
        return "|".join(r"\s+".join(map(re.escape, text.split())) for text in longest_first) or "(?!)"

    @cached_property
    def _block(self) -> re.Pattern[str]:
        return re.compile(rf"^({_LEAD})({self._known})([ \t]*)$", re.MULTILINE)

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        return re.compile(rf"((?<!\\)\|[ \t]*)({self._known})(?=[ \t]*\|)")

    def of(self, text: str) -> str:
        """A text with all that is known translated; what is not known stays as it is."""
        text = self._block.sub(lambda match: match[1] + self._translated(match[2]) + match[3], text)
        return self._cell.sub(lambda match: match[1] + self._translated(match[2]), text)

    def title(self, text: str) -> str:
        """The translation of a single message, or the message where there is none."""
        return self._messages.get(_run_together(text), text)

    def _translated(self, text: str) -> str:
        return self._messages[_run_together(text)]


def _run_together(text: str) -> str:
    return " ".join(text.split())
