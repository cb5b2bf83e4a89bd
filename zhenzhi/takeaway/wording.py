"""The prose of a chapter as plain Markdown: what only the book's own reader of MyST understands is put into words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import dirname, normpath

from pybtex.backends.markdown import Backend
from pybtex.database import BibliographyData, Entry
from pybtex.plugin import find_plugin

from zhenzhi import citing, works
from zhenzhi.audit import CONSISTENT
from zhenzhi.book import counts
from zhenzhi.book.edition import Edition
from zhenzhi.locales import translations
from zhenzhi.takeaway.translation import Translation

#: A role; within a table its bar is escaped.
_ROLE = re.compile(r"\{([a-z:-]+)\}`([^`]+)`")

#: A directive: its fence, name, argument, options and body.
_BLOCK = re.compile(
    r"^(`{3,}|:{3,})\{([a-z-]+)\}([^\n]*)\n((?:[ \t]*:[\w-]+:[^\n]*\n)*)(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL
)
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
#: A reference with or without words of its own: ``words <target>``.
_EXPLICIT = re.compile(r"(?:(.+?)\s*<)?([^<>]+)>?", re.DOTALL)
_TARGET = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)

#: Boxes with a word of their own at the head.
_BOXES = ("note", "warning", "tip", "important", "caution")


@dataclass
class Wording:
    """Puts the prose of one page into words.

    Args:
        edition: the words and data.
        root: the project, for the titles of its pages and its references.
        page: the name of the page.
        site: the address of this version of the book, ending in a slash; empty where it has none, and then nothing is linked.
        tables: captions of the page's tables by their names.

    Attributes:
        cited: keys of the works cited so far, in order.
    """

    edition: Edition
    root: Path
    page: str
    site: str
    tables: Mapping[str, str]
    cited: list[str] = field(default_factory=list)

    def of(self, text: str) -> str:
        """A text without roles, directives and targets."""
        text = _BLOCK.sub(lambda block: self._block(*block.groups()[1:]), _TARGET.sub("", text))
        return _ROLE.sub(lambda role: self._role(role[1], role[2].replace(r"\|", "|"), role[0]), text)

    def references(self) -> str:
        """The works cited, as a section; empty where none is."""
        if not self.cited:
            return ""
        backend = Backend()
        style = find_plugin("pybtex.style.formatting", works.STYLES[self.edition.language])()
        entries = style.format_entries([self._works.entries[key] for key in self.cited])
        lines = sorted(entry.text.render(backend) for entry in entries)
        return "\n\n".join((f"## {self.edition.label('references')}", *lines))

    @cached_property
    def _works(self) -> BibliographyData:
        return works.read(self.root, self.edition.language)

    # Roles

    def _role(self, name: str, text: str, whole: str) -> str:
        if name == "book":
            return counts.show(self.edition, text)
        if name == "numref":
            return f"*{self.tables.get(text) or self._title_of_chart(text.removeprefix('fig-'))}*"
        if name == "doc":
            words, target = _explicit(text)
            return self._link(normpath(f"{dirname(self.page) or '.'}/{target}"), words)
        if name.startswith("cite"):
            return self.edition.label(
                "aside", text=self.edition.sequence(self._cite(key.strip()) for key in text.split(","))
            )
        if name == "data-file":
            return f"`{text}`"
        return self.edition.plain(whole.replace(r"\|", "|"))

    def _title_of_chart(self, figure_id: str) -> str:
        return self.edition.plain(self.edition.chart_text(figure_id)["title"][self.edition.language])

    def _cite(self, key: str) -> str:
        if key not in self.cited:
            self.cited.append(key)
        entry: Entry = self._works.entries[key]
        known = works.names(entry)
        authors = known[0] if known else ""
        if len(known) > 1:
            key = "two-authors" if len(known) == 2 else "several-authors"
            authors = self.edition.label(key, first=known[0], second=known[1])
        return f"{authors} {entry.fields['year']}"

    def _link(self, page: str, words: str = "") -> str:
        """The title of a page, as a link where the book has an address."""
        words = words or self._title(page)
        return f"[{words}]({self.site}{page}.html)" if self.site else f"*{words}*"

    def _title(self, page: str) -> str:
        source = (self.root / f"{page}.md").read_text(encoding="utf-8")
        heading = next(iter(_HEADING.findall(source)), page)
        heading = Translation(translations(self.root, self.edition.language, page)).title(heading)
        return _ROLE.sub(lambda role: self._role(role[1], role[2], role[0]), heading)

    # Directives

    def _block(self, name: str, argument: str, options: str, body: str) -> str:
        argument, given = argument.strip(), dict(_OPTION.findall(options))
        if name in ("table", "figure"):
            return f"*{argument}*\n\n{body.strip()}"
        if name in _BOXES:
            quoted = "\n".join(f"> {line}".rstrip() for line in self.of(body).strip().splitlines())
            return f"> **{self.edition.label(f'box-{name}')}**\n>\n{quoted}"
        if name == "grid":
            return self.of(body).strip()
        if name == "grid-item-card":
            title = self._link(normpath(given["link"]), argument) if "link" in given else argument
            return f"**{title}**\n\n{body.strip()}\n"
        if name == "model-card":
            return "\n\n".join(self._model(argument))
        if name == "programmes":
            left_out = given.get("except", "").split()
            models = [
                key for key in self.edition.tables.models.index if key.startswith(argument) and key not in left_out
            ]
            return "\n\n".join(line for key in models for line in self._model(key))
        if name == "audit":
            return "\n".join(self._checks(tuple(argument.split())))
        if name == "cite-this":
            return self._citation()
        return self.edition.label("notebook-more", page=self._link(self.page))

    def _citation(self) -> str:
        """The page as a reference, in the first of the styles."""
        name = self.page.removeprefix("chapters/")
        item = citing.work(self.edition, "chapter", name, self._title(self.page), f"{self.page}.html")
        return citing.formatted(item, next(iter(citing.STYLES))).replace(citing.SITE, self.site)

    def _model(self, model_id: str) -> list[str]:
        """What the document states of a model, and what not."""
        edition = self.edition
        model, parts = edition.model(model_id), edition.parts_of(model_id)
        lines = [f"**{self._in_both(model)}**", edition.local(model, "states")]
        if len(parts):
            lines.append("\n".join(f"- {self._in_both(part)}" for part in parts.itertuples()))
        head = edition.label("card-silent") + edition.label("name-separator").strip()
        return [*lines, f"*{head}*{edition.label('word-separator')}{edition.local(model, 'silent')}"]

    def _in_both(self, row) -> str:
        """A name in the language of the book, and in Chinese where that is another."""
        return " ".join(filter(None, (self.edition.local(row, "name"), self.edition.original(row, "name"))))

    def _checks(self, prefixes: tuple[str, ...]) -> list[str]:
        lines = []
        for key, found in self.edition.verdicts.items():
            if key.startswith(prefixes) and (found.type, found.verdict) != ("same", CONSISTENT):
                name = self.edition.check(key)["name"][self.edition.language]
                verdict = self.edition.aside(self.edition.label(f"verdict-{found.verdict}"))
                reason = self.edition.reason(self.edition.result(key))
                lines.append(self.edition.named(f"- **{name}**{verdict}", reason))
        return lines


def _explicit(text: str) -> tuple[str, str]:
    """The words (none: empty) and the target of a role such as ``Words <target>``."""
    match = _EXPLICIT.fullmatch(text)
    return (match[1] or "", match[2]) if match else ("", text)
