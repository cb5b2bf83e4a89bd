"""Whether the terms of the glossary are rendered in Chinese as the glossary has them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from zhenzhi.data.tables import Tables
from zhenzhi.data.twins import twins

#: Texts that give a name as a document or a chart has it, in fewer words than prose would.
_NAMES = re.compile(
    r"(column|key) (\w+_)?(name|title|label|term|publisher|office|organisation|answers|to|plural)_zh$"
    r"|key (labels|name|quantities)\."
)


class Glossary:
    """The terms that a translation is held against.

    Args:
        terms: rows of ``terms.csv``: ``term_zh``, ``term_en`` and ``also_zh``, other renderings parted by blanks.
    """

    def __init__(self, terms: pd.DataFrame):
        self._renderings: Mapping[str, set[str]] = defaultdict(set)
        columns = (terms[column] for column in ("term_zh", "term_en", "also_zh"))
        for chinese, english, also in zip(*columns, strict=True):
            self._renderings[_key(english)] |= {chinese, *(also or "").split()}
        # The longest first: a general Party branch is no Party branch.
        words = sorted((word for word in self._renderings if len(word) > 3), key=len, reverse=True)
        self._words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, words))})(?![\w-])", re.IGNORECASE)

    def unrendered(self, english: str, chinese: str) -> Sequence[tuple[str, set[str]]]:
        """The terms of an English text that its Chinese twin has in no rendering, each with its renderings."""
        found = {_key(match.group()) for match in self._words.finditer(english)}
        return [
            (word, renderings)
            for word in sorted(found)
            if (renderings := self._renderings_of(word)) and not any(text in chinese for text in renderings)
        ]

    def _renderings_of(self, word: str) -> set[str]:
        return next((self._renderings[form] for form in _forms(word) if form in self._renderings), set())


def misrendered(tables: Tables) -> Iterator[str]:
    """A line for each term of the glossary that a text has in English and its Chinese twin does not have."""
    glossary = Glossary(tables.terms)
    for where, english, chinese in twins(tables):
        if chinese is None or _NAMES.search(where):
            continue
        for word, renderings in glossary.unrendered(english, chinese):
            yield f"{where}: {word!r} is not rendered; expected {' or '.join(sorted(renderings))}"


def _key(term: str) -> str:
    """A term as it is looked up: in lower case, without what explains it in brackets."""
    return re.sub(r"\s*\(.*?\)", "", term).lower()


def _pattern(word: str) -> str:
    """A term in the singular or plural."""
    return f"{re.escape(word[:-1])}(?:y|ies)" if word.endswith("y") else f"{re.escape(word)}s?"


def _forms(word: str) -> Iterator[str]:
    """What a word found in a text may be in the glossary: itself, or the singular of it."""
    yield word
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith("s"):
        yield word[:-1]
