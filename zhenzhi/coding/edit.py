"""Changes to files of the project that are checked before they are written, and written all or not at all."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from zhenzhi.building.lock import only_one
from zhenzhi.data import tables
from zhenzhi.data.schema import not_utf8
from zhenzhi.data.tables import Tables
from zhenzhi.errors import ZhenzhiError
from zhenzhi.files import write_all

#: A row of a table as it stands in its file, by column.
Row = dict[str, str]


class Edit:
    """Changes to the files of a project that are not written yet."""

    def __init__(self, root: Path):
        self.root = root
        self._before: dict[Path, bytes | None] = {}
        self._after: dict[Path, bytes] = {}

    def text(self, path: str) -> str | None:
        """A file with its changes; ``None`` where there is none.

        Raises:
            ZhenzhiError: it is not UTF-8.
        """
        file = self.root / path
        if file not in self._before:
            self._before[file] = file.read_bytes() if file.is_file() else None
        content = self._after.get(file, self._before[file])
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ZhenzhiError(f"{path}: {not_utf8(error)}; expected a file in UTF-8") from None

    def put(self, path: str, text: str) -> None:
        """Gives a file another content, or makes it."""
        self.text(path)
        self._after[self.root / path] = text.encode()

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, cell by cell as they stand.

        Raises:
            ZhenzhiError: it is missing, or no table.
        """
        text = self.text(f"data/{table}.csv")
        if text is None:
            raise ZhenzhiError(f"data/{table}.csv is missing; expected the table")
        try:
            header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
            return [dict(zip(header, line, strict=True)) for line in lines]
        except (csv.Error, ValueError) as error:
            raise ZhenzhiError(f"data/{table}.csv: {error}; expected a header and as many cells in each row") from None

    def columns(self, table: str) -> list[str]:
        """The columns of a table."""
        return next(csv.reader([(self.text(f"data/{table}.csv") or "").partition("\n")[0]]))

    def write_rows(self, table: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Gives a table other rows; cells that a row does not name are empty.

        Raises:
            ValueError: a row has a column that the table has not.
        """
        out = io.StringIO()
        writer = csv.DictWriter(out, self.columns(table), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.put(f"data/{table}.csv", out.getvalue())

    def checked(self) -> Tables:
        """The data package as it will be.

        Raises:
            DataError: it would break its contract; nothing is written.
        """
        data = self.root / "data"
        with tempfile.TemporaryDirectory(prefix="zhenzhi-") as name:
            folder = Path(name)
            for file in data.rglob("*"):
                if file.is_file():
                    link = folder / file.relative_to(data)
                    link.parent.mkdir(parents=True, exist_ok=True)
                    link.symlink_to(file.resolve())
            for file, content in self._after.items():
                if file.is_relative_to(data):
                    changed = folder / file.relative_to(data)
                    changed.unlink(missing_ok=True)
                    changed.write_bytes(content)
            return replace(tables.load(folder), folder=data)

    def write(self) -> list[str]:
        """Writes the changes, all or none; returns the files.

        Raises:
            ZhenzhiError: a file was changed by another meanwhile.
            OSError: a file cannot be written.
        """
        changed = {file: content for file, content in self._after.items() if content != self._before[file]}
        for file in self._before:
            if (file.read_bytes() if file.is_file() else None) != self._before[file]:
                raise ZhenzhiError(f"{file} was changed meanwhile; nothing is written, expected to be run again")
        write_all(changed)
        return sorted(str(file.relative_to(self.root)) for file in changed)


@contextmanager
def editing(root: Path, what: str) -> Iterator[Edit]:
    """An edit of a project that no other command edits meanwhile."""
    with only_one(root / "_build" / "data.lock", what):
        yield Edit(root)
