"""Notes of what an edition is asked for: the ingredients of a notebook or a page, by name.

What each name stands for is told in ``zhenzhi.book.dependencies``.
"""

import os
from collections.abc import Callable
from typing import Any

from zhenzhi.data.tables import Tables

#: Environment variable that names the file to which the ingredients of a notebook are noted.
NOTES = "ZHENZHI_NOTES"

#: Takes the name of an ingredient.
Note = Callable[[str], None]


class NotedTables:
    """The tables, with a note of each one that is taken.

    Args:
        data: the tables.
        note: takes the names.
        claims: what taking the claims is noted as.
    """

    def __init__(self, data: Tables, note: Note, claims: str = "table:claims"):
        self._data, self._note, self._claims = data, note, claims

    def __getattr__(self, name: str) -> Any:
        self._note(self._claims if name == "claims" else f"table:{name}")
        return getattr(self._data, name)


def of_notebook() -> Note | None:
    """What notes the ingredients of the notebook that is being executed; nothing where none are asked for."""
    file = os.environ.get(NOTES)
    if file is None:
        return None
    noted: set[str] = set()

    def note(name: str) -> None:
        if name not in noted:
            noted.add(name)
            with open(file, "a", encoding="utf-8") as stream:
                stream.write(name + "\n")

    return note
