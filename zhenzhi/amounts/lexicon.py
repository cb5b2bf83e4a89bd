"""The words by which texts write units, as data: the column ``written_zh`` of ``units.csv``."""

import re
from collections import defaultdict
from collections.abc import Iterable

#: A classifier that this many units share says nothing where a noun stands beside it.
_GENERIC = 4


class Lexicon:
    """Finds the units that a wording may mean.

    Attributes:
        words: each word with the units that it may stand for.
        frequencies: finds the words that say how often something happens, such as 每半年 and 一年一.
    """

    def __init__(self, units: Iterable[tuple[str, Iterable[str]]]):
        """Takes pairs of a unit and the words (classifiers, nouns, signs) that write it."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit, words in units:
            for word in words:
                found[word].append(unit)
        self.words = {word: tuple(names) for word, names in found.items()}
        #: Words of frequency hold their own count: 每半年, 一年一.
        self.frequencies = _any_of(word for word in self.words if word[0] in "每一")
        plain = [word for word in self.words if word[0] not in "每一"]
        self._first = _any_of(plain)
        self._behind_classifier = re.compile(f"[个大项]?(?:{self._first.pattern})")
        self._last = re.compile(f"(?:{self._first.pattern})$")

    def unit_at(self, text: str) -> str:
        """The longest word of a unit with which a text begins, with a classifier before it; empty where there is none."""
        found = self._first.match(text)
        with_classifier = self._behind_classifier.match(text)
        ends = [match.group() for match in (found, with_classifier) if match]
        return max(ends, key=len, default="")

    def units(self, written: str) -> tuple[str, ...]:
        """The units that may be meant by what stands behind a figure: a classifier, a noun, or both.

        A noun at the end says more than a classifier that many units share: 13个优质项目 counts projects.
        """
        first, last = self._first.match(written), self._last.search(written)
        behind = self._behind_classifier.match(written)
        found = [self.units_of(match.group()) for match in (last, first) if match]
        if behind and behind.group() not in self.words:
            found.append(self.units_of(behind.group()[1:]))
        telling = [units for units in found if 0 < len(units) < _GENERIC] or found
        return tuple(dict.fromkeys(unit for units in telling for unit in units))

    def noun_in(self, text: str) -> str:
        """The first word in a text that says what is counted; classifiers that many units share say nothing."""
        for match in self._first.finditer(text):
            if len(self.units_of(match.group())) < _GENERIC:
                return match.group()
        return ""

    def units_of(self, word: str) -> tuple[str, ...]:
        """The units that a word of the lexicon may stand for."""
        return self.words.get(word, ())


def _any_of(words: Iterable[str]) -> re.Pattern:
    """A pattern of any of the words, the longest first; of none, one that never matches."""
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)")
