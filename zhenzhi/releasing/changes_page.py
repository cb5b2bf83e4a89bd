"""Puts into a release what changed since each earlier one: as a part of its page of changes, and as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, relpath

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from zhenzhi import CHANGES_MARKS, locales
from zhenzhi.book.edition import Edition
from zhenzhi.errors import BuildError
from zhenzhi.releasing.changes import Changes
from zhenzhi.releasing.pages import Page

#: Folder of the JSON files in the book.
FOLDER = "changes"

_TEMPLATES = Path(__file__).parent / "templates"


def fill(book: Path, pages: Mapping[str, Page], found: Sequence[Changes], edition: Edition) -> None:
    """Fills the page of changes in a language and writes a JSON file for each earlier release.

    Args:
        book: the built book.
        pages: its pages in the language.
        found: what changed since each earlier release, told in the language.
        edition: the words.

    Raises:
        BuildError: the book has no page of changes.
    """
    begin, end = CHANGES_MARKS
    address = next((page for page in pages if begin in (book / page).read_text(encoding="utf-8")), None)
    if address is None:
        raise BuildError("the book has no page of changes; expected a page with the directive {changes} in _toc.yml")
    folder = book / locales.folder(edition.language) / FOLDER
    folder.mkdir(exist_ok=True)
    for changes in found:
        text = json.dumps(changes.data(), ensure_ascii=False, indent=1) + "\n"
        (folder / f"since-{changes.before}.json").write_text(text, encoding="utf-8")
    file = book / address
    before, _, rest = file.read_text(encoding="utf-8").partition(begin)
    shown = _render(found, _links(pages, address), edition)
    file.write_text(f"{before}{begin}{shown}{end}{rest.partition(end)[2]}", encoding="utf-8")


def _render(found: Sequence[Changes], link: Callable[[str, str], str], edition: Edition) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("changes.html")
    foreign = "" if edition.language == "zh" else Markup(' lang="zh"')
    return template.render(found=found, word=edition.label, link=link, foreign=foreign)


def _links(pages: Mapping[str, Page], here: str) -> Callable[[str, str], str]:
    """The address, as seen from a page, of an anchor on a page, or of a record by its ID; empty where there is none."""
    holders = {anchor: page.address for page in pages.values() for anchor in page.anchors}

    def link(page: str, anchor: str) -> str:
        if not page:
            record = next((name for name in (f"claim-{anchor}", f"check-{anchor}") if name in holders), None)
            return link(holders[record], record) if record else ""
        if page not in pages or (anchor and anchor not in pages[page].anchors):
            return ""
        return relpath(page, dirname(here) or ".") + (f"#{anchor}" if anchor else "")

    return link
