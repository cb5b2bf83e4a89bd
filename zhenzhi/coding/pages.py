"""Where a new document stands in the book: its page of the register, its place among the sources, and their Chinese."""

import re
from pathlib import Path

from zhenzhi import locales
from zhenzhi.book.edition import Edition
from zhenzhi.building import messages
from zhenzhi.coding.edit import Edit
from zhenzhi.data.drafts import MARKS
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError

#: The line of ``_toc.yml`` behind which the page of a new document is named.
_REGISTER = re.compile(r"^( *- )file: chapters/register/\S+\n", re.MULTILINE)

#: The page that has a card of each document, and what ends the place of one on it.
_SOURCES = "chapters/sources"
_CAVEATS = re.compile(r"^```\{caveats\} \S+\n:counted:\n```\n", re.MULTILINE)

#: What a person is to say of a document beside its card, by language.
_UNTOLD = {
    "en": f"{MARKS['en']}: who wrote and published the text, who speaks in it, and where the copy comes from.",
    "zh": f"{MARKS['zh']}：由谁撰写和发布，谁在文中讲话，副本从何而来。",
}


def put_pages(edit: Edit, root: Path, after: Tables, place_id: str, document_id: str) -> None:
    """Gives a document its page, the line of it in the table of contents, and its place on the page of the sources.

    Raises:
        ZhenzhiError: there is such a page already, or no place for the line or for the card.
    """
    page = f"chapters/register/{document_id}"
    if edit.text(f"{page}.md") is not None:
        raise ZhenzhiError(f"{page}.md is there already; expected no page of a document that is new")
    editions = {language: Edition(after, language) for language in locales.languages(root)}
    alone = _is_alone(root, editions[locales.SOURCE], place_id, document_id)
    names = {language: _name(edition, place_id, document_id, alone) for language, edition in editions.items()}
    texts = {language: _texts(edition, names[language]) for language, edition in editions.items()}
    edit.put(f"{page}.md", _page(texts[locales.SOURCE], document_id))
    _put_in_contents(edit, page)
    for language, own in texts.items():
        if language != locales.SOURCE:
            file = locales.catalogues(root, language) / f"{page}.po"
            translated = dict(zip(texts[locales.SOURCE], own, strict=True))
            edit.put(str(file.relative_to(root)), messages.new(root, language, page, translated))
    _put_among_sources(edit, root, names, document_id)


def _is_alone(root: Path, english: Edition, place_id: str, document_id: str) -> bool:
    """Whether no other document is of this place and year."""
    title = english.label("register-page-title", name=english.place_and_year(place_id, document_id))
    pages = (root / "chapters" / "register").glob("*.md")
    return not any(page.read_text(encoding="utf-8").startswith(f"# {title}\n") for page in pages)


def _name(edition: Edition, place_id: str, document_id: str, alone: bool) -> str:
    name = edition.place_and_year(place_id, document_id)
    return name if alone else name + edition.aside(f"`{document_id}`")


def _texts(edition: Edition, name: str) -> list[str]:
    """The title of the page, what it says of itself, and the heading and the sentence of each of its sections."""
    return [
        edition.label("register-page-title", name=name),
        edition.label("register-page-about"),
        edition.label("register-page-programmes"),
        edition.label("register-page-programmes-about"),
        edition.label("register-page-checks"),
        edition.label("register-page-checks-about"),
        edition.label("register-page-defects"),
        edition.label("register-page-defects-about"),
    ]


def _page(texts: list[str], document_id: str) -> str:
    title, about, *sections = texts
    blocks = [f"# {title}", about, f"```{{claim-register}} {document_id}\n```"]
    sets = (f"{{programmes}} {document_id}-", f"{{audit}} {document_id}-", f"{{caveats}} {document_id}")
    for heading, sentence, directive in zip(sections[::2], sections[1::2], sets, strict=True):
        blocks += [f"## {heading}", sentence, f"```{directive}\n```"]
    return "\n\n".join(blocks) + "\n"


def _put_in_contents(edit: Edit, page: str) -> None:
    contents = edit.text("_toc.yml") or ""
    if "glob: chapters/register/" in contents:
        return
    named = list(_REGISTER.finditer(contents))
    if not named:
        raise ZhenzhiError("_toc.yml names no page of chapters/register; expected one, behind which the new one stands")
    last = named[-1]
    line = f"{last[1]}file: {page}\n"
    edit.put("_toc.yml", contents[: last.end()] + line + contents[last.end() :])


def _put_among_sources(edit: Edit, root: Path, names: dict[str, str], document_id: str) -> None:
    """The card of the document behind those of the others; a book without the page needs none."""
    text = edit.text(f"{_SOURCES}.md")
    if text is None:
        return
    others = list(_CAVEATS.finditer(text))
    if not others:
        raise ZhenzhiError(f"{_SOURCES}.md counts no caveats; expected a document behind which the new one stands")
    end = others[-1].end()
    blocks = [
        f"### {names[locales.SOURCE]}", f"```{{source-card}} {document_id}\n```", _UNTOLD[locales.SOURCE],
        f"```{{caveats}} {document_id}\n:counted:\n```",
    ]  # fmt: skip
    edit.put(f"{_SOURCES}.md", text[:end] + "\n" + "\n\n".join(blocks) + "\n" + text[end:])
    for language, name in names.items():
        if language != locales.SOURCE:
            file = locales.catalogues(root, language) / f"{_SOURCES}.po"
            edit.text(str(file.relative_to(root)))  # so that a change by another meanwhile is seen
            new = {names[locales.SOURCE]: name, _UNTOLD[locales.SOURCE]: _UNTOLD[language]}
            edit.put(str(file.relative_to(root)), messages.added(root, language, _SOURCES, new))
