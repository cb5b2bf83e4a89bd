"""Texts of the package: what they name exists, and each language says the same, in its own letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from string import Formatter
from typing import TYPE_CHECKING

from zhenzhi.data.problems import Place, Problem, Rule, cell_of
from zhenzhi.data.rows import rows_of
from zhenzhi.data.schema import leaves, place_in, suggestion
from zhenzhi.data.twins import entries_with, twins

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: A role in a text of the data, and what it names: one whose names the data hold, and any.
_ROLE = re.compile(r"\{(claim|computed|external)\}`([^`|.]+)[^`]*`")

_ANY_ROLE = re.compile(r"\{([\w:]+)\}`([^`|.]+)[^`]*`")

_CJK = re.compile("[\u3400-\u9fff]")

_LATIN = re.compile("[A-Za-z]{2}")

_TONES = frozenset("\u0300\u0301\u0304\u030c")

#: Columns of names and labels in which one language must not stand for the other.
_NAMES = ("name", "label", "title", "publisher", "term", "what", "definition", "states", "silent", "plural")


def _roles_lead_somewhere(tables: Tables) -> Iterator[Problem]:
    """What a role in a text names exists, and both languages name the same."""
    known = {
        "claim": {*tables.claims["claim_id"], *tables.closed["claim_id"]},
        "external": set(tables.external["external_id"]),
        "computed": {check["check_id"] for check in tables.checks},
    }
    known["computed"] |= {f"{name}-told-again" for name in tables.claims["repeats"].dropna().unique()}
    for where, text in _texts(tables):
        for kind, name in _ROLE.findall(text):
            if name not in known[kind]:
                hint = suggestion(name, known[kind])
                yield Problem(where, f"{{{kind}}}`{name}` is unknown; expected a name of the data package{hint}")
    for where, english, chinese in twins(tables, "`"):
        if chinese is None:
            continue
        ours, theirs = (set(_ANY_ROLE.findall(text)) for text in (english, chinese))
        if ours != theirs:
            odd = ", ".join(sorted(f"{{{kind}}}`{name}`" for kind, name in ours ^ theirs))
            yield Problem(where, f"{odd} stands in one language only; expected the same figures in both")


def _gaps_are_the_same_in_both_languages(tables: Tables) -> Iterator[Problem]:
    """A label has the same gaps in both languages, and each brace its other half."""
    for key, label in tables.labels.items():
        gaps: list[set[str | None]] = []
        for language, text in label.items():
            # A role is no gap: it is filled where the page is read.
            bare = re.sub(r"\{(claim|computed|external|term|cite:p)\}(?=`)", "", text)
            try:
                fields = [field for _, field, _, _ in Formatter().parse(bare) if field is not None]
            except ValueError as error:
                where = f"labels.yml, top level, key {key}.{language}"
                yield Problem(where, f"{error}; expected gaps such as {{figure}}")
                break
            gaps.append(set(fields))
        if len(gaps) == 2 and gaps[0] != gaps[1]:
            odd = ", ".join(f"{{{gap}}}" for gap in sorted(map(str, gaps[0] ^ gaps[1])))
            where = f"labels.yml, top level, key {key}"
            yield Problem(where, f"{odd} stands in one language only; expected the same gaps in both")


def _texts(tables: Tables) -> Iterator[tuple[Place | str, str]]:
    for table, frame in tables.frames.items():
        for column in frame.columns:
            if column.endswith(("_en", "_zh", "note")):
                marked = {text for text in set(frame[column].tolist()) if text is not None and "`" in text}
                for line, text in rows_of(frame, column) if marked else ():
                    if text in marked:
                        yield cell_of(table, line, column), text
    for table, content in tables.yaml.items():
        for key, entry in entries_with(content, "`"):
            for path, text in leaves(entry, (key,)):
                if "`" in text:
                    yield f"{table}.yml, {place_in(content, path)}", text


def _languages_stand_in_their_columns(tables: Tables) -> Iterator[Problem]:
    """English is written in Latin letters and Chinese in Chinese ones."""
    for table, frame in tables.frames.items():
        for column in frame.columns:
            stem, _, language = column.rpartition("_")
            if stem not in _NAMES or language not in ("en", "zh"):
                continue
            for line, text in rows_of(frame, column):
                if text is None:
                    continue
                latin, chinese = bool(_LATIN.search(text)), bool(_CJK.search(text))
                if (language == "en" and chinese and not latin) or (language == "zh" and latin and not chinese):
                    wanted = "English" if language == "en" else "Chinese"
                    yield Problem(
                        cell_of(table, line, column), f"{text!r} is not {wanted}; expected the name in {wanted}"
                    )


def _pinyin_has_a_syllable_for_each_character(tables: Tables) -> Iterator[Problem]:
    """A tone mark for each character, but for one that may be toneless."""
    for line, term, reading in rows_of(tables.terms, "term_zh", "pinyin"):
        tones = sum(mark in _TONES for mark in unicodedata.normalize("NFD", reading))
        characters = len(_CJK.findall(term))
        if not characters - 1 <= tones <= characters:
            yield Problem(
                cell_of("terms", line, "pinyin"),
                f"{reading!r} has {tones} tones and {term!r} {characters} characters; expected one for each",
            )


RULES: tuple[Rule, ...] = (
    _roles_lead_somewhere,
    _gaps_are_the_same_in_both_languages,
    _languages_stand_in_their_columns,
    _pinyin_has_a_syllable_for_each_character,
)
