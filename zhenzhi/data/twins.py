"""The texts of the data package that stand in two languages: each English one beside its Chinese twin."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenzhi.data.rows import line_of
from zhenzhi.data.schema import place_in

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


class Twin(NamedTuple):
    """An English text and the Chinese one beside it.

    Attributes:
        where: file, row or entry, and the column or key of the Chinese text.
        english: the English text, never empty.
        chinese: the Chinese text; ``None`` where there is none yet.
    """

    where: str
    english: str
    chinese: str | None


def twins(tables: Tables, mark: str = "") -> Iterator[Twin]:
    """Every English text of the tables and YAML files that has a place for a Chinese one.

    Args:
        tables: the data package.
        mark: characters that one of the two texts has to hold; to look at all of very many takes long.
    """
    for table, frame in tables.frames.items():
        for column in frame.columns:
            english = _english_of(column, list(frame.columns))
            if english is None:
                continue
            texts, others = frame[english].tolist(), frame[column].tolist()
            if not any(mark in (text or "") for text in {*texts, *others}):
                continue
            for position, (text, chinese) in enumerate(zip(texts, others, strict=True)):
                if text is not None and _holds(mark, text, chinese):
                    key = frame.iat[position, 0]
                    yield Twin(f"{table}.csv, row {line_of(position)} ({key}), column {column}", text, chinese)
    for name, content in tables.yaml.items():
        for key, entry in entries_with(content, mark):
            for path, text, chinese in _twins_within(entry, (key,)):
                if _holds(mark, text, chinese):
                    yield Twin(f"{name}.yml, {place_in(content, path)}", text, chinese)


def entries_with(content: Any, mark: str) -> Iterator[tuple[Any, Any]]:
    """The entries of a YAML file in which a mark stands, with the key of each."""
    entries = enumerate(content) if isinstance(content, list) else content.items()
    return ((key, entry) for key, entry in entries if not mark or mark in repr(entry))


def _holds(mark: str, english: str, chinese: str | None) -> bool:
    return mark in english or mark in (chinese or "")


def _english_of(column: str, columns: Collection[str]) -> str | None:
    """The column that says in English what a Chinese one says, if there is one."""
    if not column.endswith("_zh"):
        return None
    stem = column.removesuffix("_zh")
    return next((name for name in (f"{stem}_en", stem) if name in columns), None)


def _twins_within(content: Any, path: tuple) -> Iterator[tuple[tuple, str, str | None]]:
    """The way to each Chinese text in a part of a YAML file, the English text and the Chinese one."""
    if isinstance(content, list):
        for number, value in enumerate(content):
            yield from _twins_within(value, (*path, number))
    for key, value in content.items() if isinstance(content, dict) else ():
        if isinstance(value, str) and isinstance(key, str) and (key == "en" or key.endswith("_en")) and value.strip():
            twin = f"{key[:-2]}zh"
            yield (*path, twin), value, content.get(twin)
        yield from _twins_within(value, (*path, key))
