"""The texts of the data package that stand in two languages: each English one beside its Chinese twin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from zhenzhi.data.schema import entry_place, line_of

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables


#: Told an English text and the Chinese one, whether they are wanted.
_Wanted = Callable[[str, str | None], bool]


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


def twins(tables: Tables, wanted: _Wanted = lambda english, chinese: True) -> Iterator[Twin]:
    """Every English text of the tables and YAML files that has a place for a Chinese one.

    Args:
        tables: the data package.
        wanted: told both texts, whether to yield them; to say where each of very many stands takes long.
    """
    for table, frame in tables.frames.items():
        for column in frame.columns:
            english = _english_of(column, list(frame.columns))
            if english is None:
                continue
            for position, (text, chinese) in enumerate(
                zip(frame[english].tolist(), frame[column].tolist(), strict=True)
            ):
                if text is not None and wanted(text, chinese):
                    key = frame.iat[position, 0]
                    yield Twin(f"{table}.csv, row {line_of(position)} ({key}), column {column}", text, chinese)
    for name, content in tables.yaml.items():
        for path, text, chinese in _twins_within(content, wanted):
            yield Twin(f"{name}.yml, {_place(content, path)}", text, chinese)


def _english_of(column: str, columns: Collection[str]) -> str | None:
    """The column that says in English what a Chinese one says, if there is one."""
    if not column.endswith("_zh"):
        return None
    stem = column.removesuffix("_zh")
    return next((name for name in (f"{stem}_en", stem) if name in columns), None)


def _twins_within(content: Any, wanted: _Wanted, path: tuple = ()) -> Iterator[tuple[tuple, str, str | None]]:
    """The way to each Chinese text of a YAML file, the English text and the Chinese one."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, (dict, list)):
            yield from _twins_within(value, wanted, (*path, key))
        elif isinstance(value, str) and isinstance(key, str) and (key == "en" or key.endswith("_en")) and value.strip():
            twin = f"{key[:-2]}zh"
            if wanted(value, content.get(twin)):
                yield (*path, twin), value, content.get(twin)


def _place(content: Any, path: tuple) -> str:
    if isinstance(content, list):
        return f"{entry_place(content, path[0])}, key {'.'.join(map(str, path[1:]))}"
    return f"top level, key {'.'.join(map(str, path))}"
