"""The prose of the pages as gettext messages: taken out, merged into the catalogues, held against them.

A catalogue (``locale/zh_CN/LC_MESSAGES/PAGE.po``) has for each paragraph, heading and list item of a page its English, with
the roles in it, and its translation. Texts that directives make of the data are no messages: the data have both languages.
"""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from zhenzhi import __date__, __version__, project
from zhenzhi.data import schema
from zhenzhi.errors import BuildError
from zhenzhi.files import write_all
from zhenzhi.locales import LOCALES, catalogues, read

#: What both languages of a message must name: roles with their targets, and the targets of links.
_REFERENCE = re.compile(r"\{[a-z:]+\}`[^`]+`|\]\([^)]+\)")
#: What of a reference is the language's own: the words of ``{doc}`words <target>```, the form of ``{claim}`target|form```.
_OWN_WORDS = re.compile(r"(?<=`)[^`<]*<([^`>]+)>(?=`)|\\?\|[a-z-]+(?=`)")
#: The bar between cells; one within a cell is escaped.
_BAR = re.compile(r"(?<!\\)\|")

#: The date in a catalogue: that of the version, so that merging twice changes nothing.
_RELEASED = datetime.fromisoformat(__date__).replace(tzinfo=UTC)


def merge(root: Path, language: str) -> dict[str, int]:
    """Brings the catalogues of a language up to the pages: new messages in, changed ones fuzzy, gone ones obsolete.

    Args:
        root: the project.
        language: such as ``zh``.

    Returns:
        how many messages of each page have no translation yet, by page; pages that need none are left out.

    Raises:
        BuildError: the pages cannot be read.
    """
    waiting, changed = {}, {}
    author = schema.read_descriptor(root / "data")["contributors"][0]["title"]
    for page, found in extract(root).items():
        file = catalogues(root, language) / f"{page}.po"
        template = _catalogue(language, author, page, found)
        merged = template
        if file.is_file():
            merged = read(file)
            merged.update(template)
        merged.version, merged.creation_date, merged.revision_date = __version__, _RELEASED, _RELEASED
        for message in merged:
            message.flags.discard("python-brace-format")  # braces are of roles
        text = _written(merged)
        if not file.is_file() or file.read_bytes() != text:
            changed[file] = text
        if count := sum(1 for message in merged if message.id and (message.fuzzy or not message.string)):
            waiting[page] = count
    write_all(changed)
    return waiting


def problems(root: Path, language: str) -> list[str]:
    """What a release of a language is refused for: messages that are missing, fuzzy or obsolete, or name other references.

    Raises:
        BuildError: the pages cannot be read.
    """
    folder = catalogues(root, language)
    pages = extract(root)
    found = [
        f"{file.relative_to(root)}: there is no such page; expected one for each page of _toc.yml"
        for file in sorted(folder.rglob("*.po"))
        if file.relative_to(folder).with_suffix("").as_posix() not in pages
    ]
    for page, messages in pages.items():
        file = folder / f"{page}.po"
        known = read(file) if file.is_file() else Catalog()
        found += (f"{file.relative_to(root)}: {problem}" for problem in _problems(messages, known))
    return found


def unsettled(root: Path, language: str) -> list[str]:
    """What ``problems`` finds in the catalogues alone, which is quick: messages that are missing, fuzzy or obsolete."""
    return [
        f"{file.relative_to(root)}: {problem}"
        for file in sorted(catalogues(root, language).rglob("*.po"))
        for problem in _unsettled(read(file))
    ]


def _unsettled(known: Catalog) -> Iterator[str]:
    yield from (problem for message in known if message.id and (problem := _lacking(str(message.id), message)))
    yield from _obsolete(known)


def _lacking(text: str, message: Message | None) -> str:
    """Why a text has no translation that a reader may see; empty where it has one."""
    if message is None or not message.string:
        return f"no translation of {_short(text)}"
    return f"the translation of {_short(text)} is fuzzy; look at it, and take the mark away" if message.fuzzy else ""


def _problems(messages: list[str], known: Catalog) -> Iterator[str]:
    for text in messages:
        message = known.get(text)
        translation = "" if message is None else str(message.string)
        if lacking := _lacking(text, message):
            yield lacking
        elif differing := _references(text) ^ _references(translation):
            yield f"the translation of {_short(text)} names {', '.join(sorted(differing))} otherwise than the English"
    wanted = set(messages)
    for message in known:
        if message.id and message.id not in wanted:
            yield f"{_short(str(message.id))} does not stand on the page any more"
    yield from _obsolete(known)


def _obsolete(known: Catalog) -> Iterator[str]:
    for message in known.obsolete.values():
        yield f"{_short(str(message.id))} is obsolete; take it out"


def _references(text: str) -> set[str]:
    """The references of a text, each with its number, without what is the language's own."""
    named = Counter(_OWN_WORDS.sub(r"\1", match[0]) for match in _REFERENCE.finditer(text))
    return {f"{reference} {count} times" if count > 1 else reference for reference, count in named.items()}


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")


def extract(root: Path) -> dict[str, list[str]]:
    """The messages of each page of the table of contents, in its order.

    Raises:
        BuildError: the pages cannot be read.
    """
    work = root / "_build" / "messages"
    _run_gettext(root, work)
    captions = [tree.caption for document in project.contents(root).values() for tree in document.subtrees]
    pages = {}
    for file in sorted((work / "out").rglob("*.pot")):
        page = file.relative_to(work / "out").with_suffix("").as_posix()
        source = next((path for path in (root / f"{page}.md", root / f"{page}.ipynb") if path.is_file()), None)
        if source is None:
            continue  # the templates of the theme, which come translated
        written = _Source(project.text(source))
        texts = [str(message.id) for message in read(file) if message.id]
        pages[page] = [text for text in texts if text in captions or (written.holds(text) and _has_words(text))]
    return pages


def _has_words(message: str) -> bool:
    """Whether there is anything to translate; references alone come out in the language by themselves."""
    return any(character.isalpha() for character in _REFERENCE.sub("", message))


class _Source:
    """The text of a page, to tell its own words from what directives make of the data."""

    def __init__(self, text: str):
        lines = text.splitlines()
        cells = (cell for line in lines for cell in _BAR.split(line))
        self._whole = _run_together(text.replace(r"\|", "|"))
        # A word or two may stand anywhere by chance; of these only a heading, an item or a cell counts.
        self._short = {piece.replace(r"\|", "|").strip(" #-*>") for piece in (*lines, *cells)}

    def holds(self, message: str) -> bool:
        return message in self._short if message.count(" ") < 2 else _run_together(message) in self._whole


def _run_together(text: str) -> str:
    return " ".join(text.split())


def _run_gettext(root: Path, work: Path) -> None:
    """Runs Sphinx's own builder of message catalogues."""
    from zhenzhi.building import run_sphinx  # takes a second to load

    shutil.rmtree(work, ignore_errors=True)
    log = io.StringIO()
    settings = {"nb_execution_mode": "off", "gettext_location": False}
    status = run_sphinx.run(root, work / "out", settings, "gettext", work / "doctrees", (io.StringIO(), log))
    if status:
        raise BuildError(f"the messages of the pages cannot be taken out: {status or log.getvalue()}")


def _catalogue(language: str, author: str, page: str, messages: list[str]) -> Catalog:
    made = Catalog(
        locale=LOCALES[language], domain=page, header_comment=f"# {page}", fuzzy=False,
        project="Zhenzhi", version=__version__, creation_date=_RELEASED, revision_date=_RELEASED,
        msgid_bugs_address="", last_translator=author, language_team=language,
    )  # fmt: skip
    for text in messages:
        made.add(text)
    return made


def new(root: Path, language: str, page: str, translations: Mapping[str, str]) -> str:
    """The text of a catalogue of a page that has none: its messages with their translations."""
    author = schema.read_descriptor(root / "data")["contributors"][0]["title"]
    made = _catalogue(language, author, page, [])
    for text, translation in translations.items():
        made.add(text, translation)
    return _written(made).decode()


def added(root: Path, language: str, page: str, translations: Mapping[str, str]) -> str:
    """The text of the catalogue of a page with more messages and their translations, behind the others."""
    made = read(catalogues(root, language) / f"{page}.po")
    for text, translation in translations.items():
        made.add(text, translation)
    for message in made:
        message.flags.discard("python-brace-format")  # braces are of roles
    return _written(made).decode()


def _written(catalogue: Catalog) -> bytes:
    text = io.BytesIO()
    write_po(text, catalogue, width=0, no_location=True)
    return text.getvalue()


def compile_into(root: Path, language: str, folder: Path) -> None:
    """Writes the catalogues as Sphinx reads them, beside the build and not among the sources.

    Args:
        root: the project.
        language: such as ``zh``.
        folder: emptied first; ``LOCALE/LC_MESSAGES/PAGE.mo`` below it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    source = catalogues(root, language)
    for file in sorted(source.rglob("*.po")):
        target = folder / LOCALES[language] / "LC_MESSAGES" / file.relative_to(source).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            write_mo(stream, read(file))
