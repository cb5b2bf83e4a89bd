"""Where in the book what the prose refers to stands: titles of pages, and the heading below which a label stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import dirname, normpath

from zhenzhi import project
from zhenzhi.locales import translations
from zhenzhi.takeaway.translation import Translation

_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
#: A cell of code, in which # begins a remark.
_CODE = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)

_LABEL = re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)
#: What may stand between a label and the heading that it names.
_TO_HEADING = re.compile(r"(?:\s*\n(?:\([\w-]+\)=|```\{anchors\}[^\n]*\n```))*\s*\n#+ (.+)")
_FINDINGS = re.compile(r"^```\{findings\} (.+)$", re.MULTILINE)
_CHART = re.compile(r'\bcharts\.\w+\(\s*book,\s*"([\w-]+)"')


@dataclass(frozen=True)
class Place:
    """A place in the book.

    Attributes:
        page: the name of the page.
        anchor: the place on the page of the book; empty where it is the whole page.
        heading: the heading below which it stands, as the page writes it; empty for the whole page.
    """

    page: str
    anchor: str = ""
    heading: str = ""


class Places:
    """The pages of a project in one language, and what can be referred to on them.

    Args:
        root: the project.
        language: in which titles are told.
    """

    def __init__(self, root: Path, language: str):
        self.root, self._language = root, language
        self._translations: dict[str, Translation] = {}

    def title(self, page: str) -> str:
        """The title of a page, with its roles."""
        heading = _HEADING.search(_CODE.sub("", self._source(page)))
        return self.translated(page, heading[1]) if heading else page

    def translated(self, page: str, heading: str) -> str:
        """A heading of a page in the language."""
        if page not in self._translations:
            self._translations[page] = Translation(translations(self.root, self._language, page))
        return self._translations[page].title(heading)

    def find(self, target: str, here: str) -> Place | None:
        """What a reference on the page ``here`` leads to: a label, with or without #, or a file; nothing if it is unknown."""
        file, _, label = target.rpartition("#")
        if not file and (label in self._labels):
            return self._labels[label]
        page = beside(here, (file or label).removesuffix(".md"))
        return Place(page, label if file else "") if (self.root / f"{page}.md").is_file() else None

    @cached_property
    def _labels(self) -> dict[str, Place]:
        return {
            name: place
            for page in map(str, project.contents(self.root))
            for name, place in _labels(page, self._source(page))
        }

    def _source(self, page: str) -> str:
        file = self.root / f"{page}.md"
        return file.read_text(encoding="utf-8") if file.is_file() else ""


def beside(here: str, target: str) -> str:
    """The name of a page as a reference on the page ``here`` tells it; with a slash before it, from the root."""
    return normpath(target.lstrip("/") if target.startswith("/") else f"{dirname(here) or '.'}/{target}")


def _labels(page: str, source: str) -> Iterator[tuple[str, Place]]:
    codes = [match.span() for match in _CODE.finditer(source)]
    headings = [
        (match.start(), match[1])
        for match in _HEADING.finditer(source)
        if not any(start < match.start() < end for start, end in codes)
    ]

    def above(position: int) -> str:
        return next((heading for start, heading in reversed(headings) if start < position), "")

    for label in _LABEL.finditer(source):
        below = _TO_HEADING.match(source, label.end())
        yield label[1], Place(page, label[1], below[1] if below else above(label.start()))
    for match in _CHART.finditer(source):
        yield f"fig-{match[1]}", Place(page, f"fig-{match[1]}", above(match.start()))
    for match in _FINDINGS.finditer(source):
        for name in match[1].split():
            yield name, Place(page, f"finding-{name}", above(match.start()))
