"""The places of ``places.csv`` that a text names."""

import re
from collections import Counter
from collections.abc import Iterable

_LEVELS = "省市区县镇乡村"
#: A short name before one of these is the name of something else: 九江市 is not the town.
_OTHER = f"(?![{_LEVELS}路街站])"
_LEVEL = re.compile(f"(?<=..)(?:街道|社区|[{_LEVELS}])$")
_BRACKETS = re.compile(r"[(（].*")


class Places:
    """Finds places by their names, also without the word for their level: 九江 for 九江镇."""

    def __init__(self, rows: Iterable[tuple[str, str, str | None]]):
        """Takes places, each with its name and the place that it lies in."""
        self._ids: dict[str, str] = {}
        self._within: dict[str, str | None] = {}
        short: dict[str, str] = {}
        for place, written, within in rows:
            self._within[place] = within
            name = _BRACKETS.sub("", written)
            self._ids.setdefault(name, place)
            if _LEVEL.search(name) and "、" not in name:
                short.setdefault(_LEVEL.sub("", name), place)
        names = [re.escape(name) for name in sorted(self._ids, key=len, reverse=True)]
        names += [re.escape(name) + _OTHER for name in short if name not in self._ids]
        self._ids = short | self._ids
        self._any = re.compile("|".join(names) or "(?!)")

    def named(self, text: str) -> list[tuple[int, str]]:
        """Where a text names a place, and which, in its order.

        A place that holds the one named most is where the text comes from, or to whom it reports: that one is meant.
        """
        found = [(match.start(), self._ids[match.group()]) for match in self._any.finditer(text)]
        if not found:
            return found
        most, _ = Counter(place for _, place in found).most_common(1)[0]
        above = self._above(most)
        return [(start, most if place in above else place) for start, place in found]

    def _above(self, place: str) -> set[str]:
        """The places that hold a place."""
        above: set[str] = set()
        holder = self._within.get(place)
        while holder and holder not in above:
            above.add(holder)
            holder = self._within.get(holder)
        return above
