"""The languages of the book, and where their translations lie."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from zhenzhi import project
from zhenzhi.errors import BuildError, DataError

#: The language in which the pages are written.
SOURCE = "en"

#: The languages with the names that gettext and Sphinx have for them.
LOCALES = {"en": "en", "zh": "zh_CN"}

#: What the languages call themselves.
NAMES = {"en": "English", "zh": "中文"}

_STRING = r'"(?:[^"\\]|\\[nrt"\\])*"'
#: A line of a catalogue as pages need it: a text, with or without its keyword, or a remark. Babel would drop what is none.
_LINE = re.compile(rf"(?:#~ ?)?(?:msg(?:id|str) )?{_STRING}|#(?!~).*|")
#: The source of a message, which may go over several lines.
_ID = re.compile(rf"^msgid ((?:{_STRING}\s*)+)", re.MULTILINE)


def languages(root: Path) -> list[str]:
    """The languages that a project has: that of its pages, and each that it has translations for."""
    return [SOURCE, *(name for name in LOCALES if name != SOURCE and catalogues(root, name).is_dir())]


def wanted(root: Path, language: str | None) -> list[str]:
    """The languages to build.

    Raises:
        BuildError: the project does not have the language.
    """
    known = languages(root)
    if language is None:
        return known
    if language not in known:
        raise BuildError(f"the project has no language {language!r}; expected one of {', '.join(known)}")
    return [language]


def catalogues(root: Path, language: str) -> Path:
    """The folder of the message catalogues of a language, a file a page."""
    return root / "locale" / LOCALES[language] / "LC_MESSAGES"


def read(file: Path) -> Catalog:
    """A catalogue.

    Raises:
        BuildError: it is no text in UTF-8.
        DataError: it is no catalogue, or has a message twice; the text names file, line and what is wrong there.
    """
    text = project.text(file)
    if problems := list(_not_of_a_catalogue(file, text)):
        raise DataError(problems)
    try:
        made = read_po(text.split("\n"), domain=file.stem, abort_invalid=True)
    except PoFileError as error:
        where = f"{file}, line {error.lineno + 1} ({error.line.strip()!r})"
        raise DataError([f"{where}: {error}; expected a gettext catalogue"]) from None
    except ValueError as error:  # in the header: a date, a language
        raise DataError([f"{file}: {error}; expected a gettext catalogue"]) from None
    if made.charset.lower() not in ("utf-8", "utf8"):
        raise DataError([f"{file}: its header names the encoding {made.charset!r}; expected UTF-8"])
    return made


def _not_of_a_catalogue(file: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line.strip()):
            yield f"{file}, line {number}: {line[:40]!r}; expected msgid or msgstr and a text between quotation marks"
    first: dict[str, int] = {}
    for source in _ID.finditer(text):
        number = text.count("\n", 0, source.start()) + 1
        words = "".join(string[1:-1] for string in re.findall(_STRING, source[1]))
        known = first.setdefault(words, number)
        if words and known != number:
            yield f"{file}, line {number}: the message of line {known} stands here again; expected each once"


def translations(root: Path, language: str, page: str) -> dict[str, str]:
    """The translated messages of a page by their source, fuzzy ones left out; nothing for a page without a catalogue.

    Raises:
        BuildError, DataError: the catalogue of the page is none.
    """
    file = catalogues(root, language) / f"{page}.po"
    if language == SOURCE or not file.is_file():
        return {}
    return {
        str(message.id): str(message.string)
        for message in read(file)
        if message.id and message.string and not message.fuzzy
    }


def language_of(address: str) -> str:
    """The language in which a page of the built book stands, by its address from the root of the book."""
    others = (name for name in LOCALES if name != SOURCE)
    return next((name for name in others if address.startswith(folder(name))), SOURCE)


def tag(language: str) -> str:
    """The tag of a language as HTML has it: ``zh-CN``."""
    return LOCALES[language].replace("_", "-")


def folder(language: str) -> str:
    """Where the pages of a language stand in the built book: at its root, or in a folder of their own."""
    return "" if language == SOURCE else f"{language}/"


def folder_among(language: str, built: Collection[str]) -> str:
    """Where the pages of a language stand in a book that is built in some languages; one alone stands at the root."""
    return folder(language) if len(built) > 1 else ""


def to_root(page: str, language: str, built: Collection[str]) -> str:
    """The way from a page of a language to the root of a book that is built in some languages: ``../../``."""
    return "../" * (page.count("/") + folder_among(language, built).count("/"))
