"""The prose of a chapter as plain Markdown: what only the book's own reader of MyST understands is put into words."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePath
from urllib.parse import quote

from pybtex.backends.markdown import Backend
from pybtex.database import BibliographyData, Entry
from pybtex.plugin import find_plugin
from pybtex.style.formatting import BaseStyle

from zhenzhi import __version__, citing, works
from zhenzhi.book import counts
from zhenzhi.book.edition import Edition
from zhenzhi.takeaway import directives, names
from zhenzhi.takeaway.places import Place, Places, beside

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
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
#: What is left where a directive had nothing to say.
_GAP = re.compile(r"\n{3,}")
#: What an address begins with that leads out of the book.
_SCHEME = re.compile(r"[a-z]+:")

#: Boxes with a word of their own at the head.
_BOXES = ("note", "warning", "tip", "important", "caution")


@dataclass
class Wording:
    """Puts the prose of one page into words.

    Args:
        edition: the words and data.
        places: what the project's pages refer to.
        page: the name of the page.
        site: the address of this version of the book, ending in a slash; empty where it has none.
        tables: captions of the page's tables by their names.
        neighbours: the pages whose notebooks lie beside this one, to which it links.

    Attributes:
        cited: keys of the works cited so far, in order.
    """

    edition: Edition
    places: Places
    page: str
    site: str
    tables: Mapping[str, str]
    neighbours: Collection[str] = ()
    cited: list[str] = field(default_factory=list)
    _tells_how_to_cite: bool = False
    _leads_to_book: bool = False

    def of(self, text: str) -> str:
        """A text without roles, directives, targets and references to such."""
        text = self._without_blocks(_TARGET.sub("", text))
        text = _LINK.sub(lambda link: self._reference(link[1], link[2], link[0]), text)
        return _GAP.sub("\n\n", self._without_roles(text)).strip()

    def in_book(self, label: str) -> str:
        """Says that the book has what a notebook cannot hold, and leads there; once, and then it is empty."""
        if self._leads_to_book:
            return ""
        self._leads_to_book = True
        title = self._title(self.page)
        page = self._on_site(Place(self.page), title) or self.edition.label("title-told", title=title)
        return self.edition.label(label, page=page)

    def closing(self) -> str:
        """How to cite the page, where it has not been told, and the licence with the version."""
        kind = "book" if self.page == "index" else "chapter"
        citation = [] if self._tells_how_to_cite else [f"## {self.edition.label(f'cite-{kind}')}", self._citation(kind)]
        licence = self.edition.label("licence-line", version=__version__)
        return "\n\n".join((*citation, self.edition.label("word-separator").join(filter(None, (licence, self.site)))))

    def references(self) -> str:
        """The works cited, as a section; empty where none is."""
        if not self.cited:
            return ""
        backend = Backend()
        entries = _style(self.edition.language).format_entries([self._works.entries[key] for key in self.cited])
        lines = sorted(entry.text.render(backend) for entry in entries)
        return "\n\n".join((f"## {self.edition.label('references')}", *lines))

    @cached_property
    def _works(self) -> BibliographyData:
        return works.read(self.places.root, self.edition.language)

    def _without_blocks(self, text: str) -> str:
        return _BLOCK.sub(lambda block: self._block(*block.groups()[1:]), text)

    def _without_roles(self, text: str) -> str:
        return _ROLE.sub(lambda role: self._role(role[1], role[2].replace(r"\|", "|"), role[0]), text)

    # Roles

    def _role(self, name: str, text: str, whole: str) -> str:
        if name == "book":
            return counts.show(self.edition, text)
        if name == "numref":
            title = self.tables.get(text) or self._title_of_chart(text.removeprefix("fig-"))
            return self.edition.label("title-told", title=title)
        if name == "doc":
            words, target = _explicit(text)
            return self._link(Place(beside(self.page, target)), words)
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

    def _reference(self, words: str, target: str, whole: str) -> str:
        """A link of MyST: to a label or a file of the book it is put as any viewer follows it, or else as its words."""
        if _SCHEME.match(target):
            return whole
        place = self.places.find(target, self.page)
        return self._link(place, words) if place else words

    def _link(self, place: Place, words: str = "") -> str:
        """Words, or the title of a page, linked to the notebook beside this one or to the book, where either is."""
        shown = words or self._title(place.page)
        here = place.page == self.page
        if here or place.page in self.neighbours:
            file = "" if here else quote(PurePath(names.notebook(place.page)).name)
            heading = self._without_roles(self.places.translated(place.page, place.heading))
            anchor = f"#{_anchor(heading)}" if heading else ""
            return f"[{shown}]({file}{anchor})" if file or anchor else shown
        return self._on_site(place, shown) or words or self.edition.label("title-told", title=shown)

    def _on_site(self, place: Place, words: str) -> str:
        """Words linked to the book; nothing where that has no address."""
        anchor = f"#{place.anchor}" if place.anchor else ""
        return f"[{words}]({self.site}{place.page}.html{anchor})" if self.site else ""

    def _title(self, page: str) -> str:
        return self._without_roles(self.places.title(page))

    # Directives

    def _block(self, name: str, argument: str, options: str, body: str) -> str:
        argument, given = argument.strip(), dict(_OPTION.findall(options))
        if (told := directives.told(self.edition, name, argument, given)) is not None:
            return told
        if name in ("table", "figure"):
            return f"*{argument}*\n\n{body.strip()}"
        if name in _BOXES:
            quoted = "\n".join(f"> {line}".rstrip() for line in self._without_blocks(body).strip().splitlines())
            return f"> **{self.edition.label(f'box-{name}')}**\n>\n{quoted}"
        if name == "standfirst":
            return body.strip()
        if name == "key-points":
            return self._key_points(given, body)
        if name == "cite-this":
            self._tells_how_to_cite = True
            return self._citation("chapter")
        return self.in_book("notebook-more")

    def _key_points(self, options: Mapping[str, str], body: str) -> str:
        in_time = [
            f"{self.edition.label(f'in-time-{way}')}{self.edition.label('word-separator')}{self._link(Place(options[way]))}"
            for way in ("before", "after")
            if way in options
        ]
        return "\n\n".join((f"**{self.edition.label('key-points')}**", body.strip(), *in_time))

    def _citation(self, kind: str) -> str:
        """The page as a reference, in the first of the styles."""
        name = "" if kind == "book" else self.page.removeprefix("chapters/")
        item = citing.work(self.edition, kind, name, self._title(self.page), f"{self.page}.html")
        if not self.site:
            del item["URL"], item["accessed"]
        return citing.formatted(item, next(iter(citing.STYLES))).replace(citing.SITE, self.site)


@cache
def _style(language: str) -> BaseStyle:
    """How works are set; pybtex looks for its styles in all that is installed."""
    return find_plugin("pybtex.style.formatting", works.STYLES[language])()


def _anchor(heading: str) -> str:
    """A heading as Jupyter names it; JupyterLab finds it as it stands only, so that no more is quoted than Markdown needs."""
    return re.sub(r"[()<>\\]", lambda sign: quote(sign[0]), heading.replace(" ", "-"))


def _explicit(text: str) -> tuple[str, str]:
    """The words (none: empty) and the target of a role such as ``Words <target>``."""
    match = _EXPLICIT.fullmatch(text)
    return (match[1] or "", match[2]) if match else ("", text)
