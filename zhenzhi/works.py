"""The works that the chapters cite: in English as BibTeX sets them, in Chinese after GB/T 7714.

A work in ``references.bib`` may have fields in a language, such as ``title_zh``; there they stand for the others.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pypinyin import lazy_pinyin

from zhenzhi import project
from zhenzhi.errors import BuildError

BIBLIOGRAPHY = "references.bib"

#: The style of the list of works by language.
STYLES = {"en": "plain", "zh": "zhenzhi-chinese"}

#: What GB/T 7714 calls the kinds of works.
_KINDS = {"article": "J", "book": "M", "techreport": "S", "misc": "EB/OL"}

#: What a work must say besides, by its kind.
_OWN_FIELDS = {"article": ("journal",), "book": ("publisher",), "techreport": ("institution",), "misc": ()}

#: So many authors are named.
_NAMED = 3


def read(root: Path, language: str) -> BibliographyData:
    """The works of a project in a language.

    Raises:
        BuildError: ``references.bib`` is no BibTeX, or a work lacks what a list of works says of it; the text says where.
    """
    try:
        works = parse_string(project.text(root / BIBLIOGRAPHY), "bibtex")
        problems = [f"{BIBLIOGRAPHY}, {key}: {fault}" for key, work in works.entries.items() for fault in _faults(work)]
    except PybtexError as error:
        raise BuildError(f"{BIBLIOGRAPHY}: {' '.join(str(error).split())}; expected works in BibTeX") from None
    if problems:
        raise BuildError("\n".join(problems))
    localize(works, language)
    return works


def _faults(work: Entry) -> Iterator[str]:
    """What keeps a work from being listed in each language."""
    if work.type not in _KINDS:
        yield f"a work of the kind {work.type!r}; expected one of {', '.join(_KINDS)}"
        return
    if "crossref" in work.fields:
        yield "it refers to another work (crossref); expected its own fields"
        return
    missing = [name for name in ("title", "year", *_OWN_FIELDS[work.type]) if not work.fields.get(name, "").strip()]
    if not any(names(work)):
        missing.append("author" if work.type != "book" else "author or editor")
    yield from (
        f"the field {name} is missing or empty; expected it in a work of the kind {work.type}" for name in missing
    )
    yield from (f"the field {name} is empty; expected a text" for name, text in work.fields.items() if not text.strip())
    url = work.fields.get("url", "https://")
    if not url.startswith(("http://", "https://")):
        yield f"the address {url!r}; expected one that begins with http:// or https://"


def localize(works: BibliographyData, language: str) -> None:
    """Puts the fields that works have in a language in the place of the others."""
    for entry in works.entries.values():
        for field in [name for name in entry.fields if name.endswith(f"_{language}")]:
            name, text = field.removesuffix(f"_{language}"), entry.fields[field]
            if name in ("author", "editor"):
                entry.persons[name] = [Person(person) for person in text.split(" and ")]
            else:
                entry.fields[name] = text


def names(entry: Entry) -> list[str]:
    """The family names of those who wrote or edited a work."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    return [str(Text.from_latex(" ".join(person.prelast_names + person.last_names))) for person in persons]


def _is_chinese(entry: Entry) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in entry.fields["title"])


class _Order(BaseSortingStyle):
    """Chinese works first, each kind by name."""

    def sorting_key(self, entry: Entry) -> tuple[bool, list[str], str]:
        return (
            not _is_chinese(entry),
            [part.lower() for part in lazy_pinyin("".join(names(entry)))],
            entry.fields["year"],
        )


class _Labels(BaseLabelStyle):
    """A work by name and year, as the text cites it."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        for entry in sorted_entries:
            known = names(entry)
            by = "、".join(known) if len(known) < _NAMED else f"{known[0]}等"
            yield f"{by}，{entry.fields['year']}"


class Chinese(BaseStyle):
    """The list of works after GB/T 7714."""

    default_name_style, default_label_style, default_sorting_style = "plain", _Labels, _Order

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        fields = entry.fields
        number = f": {fields['number']}" if entry.type == "techreport" else ""
        parts = [self._by(entry), Text(Text.from_latex(fields["title"]), f"{number}[{_KINDS[entry.type]}]")]
        parts += [part for part in (fields.get("edition"), self._where(entry), fields.get("note")) if part]
        link = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url")
        if link:
            parts.append(HRef(link, f"DOI: {fields['doi']}" if "doi" in fields else link))
        return FormattedEntry(entry.key, Text(Text(". ").join(parts), "" if link else "."), label)

    def _by(self, entry: Entry) -> str:
        persons = entry.persons.get("author") or entry.persons.get("editor") or []
        known = [self._name(person) for person in persons[:_NAMED]]
        if len(persons) > _NAMED:
            known.append("等" if _is_chinese(entry) else "et al")
        return ", ".join(known)

    def _name(self, person: Person) -> str:
        given = [name.strip(".").replace(".", " ") for name in person.first_names + person.middle_names]
        return str(Text.from_latex(" ".join(person.prelast_names + person.last_names + given)))

    def _where(self, entry: Entry) -> str:
        """Where and when a work came out."""
        fields = entry.fields
        if entry.type == "article":
            number = f"({fields['number']})" if "number" in fields else ""
            volume = f", {fields['volume']}{number}" if "volume" in fields else number
            pages = f": {fields['pages'].replace('--', '-')}" if "pages" in fields else ""
            return f"{fields['journal']}, {fields['year']}{volume}{pages}"
        place = f"{fields['address']}: {fields['publisher']}, " if "address" in fields else ""
        publisher = f"{fields['publisher']}, " if "publisher" in fields and not place else ""
        return f"{place or publisher}{fields['year']}"


register_plugin("pybtex.style.formatting", STYLES["zh"], Chinese)
