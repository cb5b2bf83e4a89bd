"""Where a row stands in its file: problems of an edit that moves rows, told by the lines that a person sees."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from zhenzhi.coding.edit import Edit, Row

#: Rows of a table as the contract tells them, the last number how many are not named; and a row of the same table.
_ROWS = re.compile(r"(claims|numerals|drafts)\.csv, rows? (\d+(?:, \d+)*(?: and \d+)?)( more)?(?![\d ]*more)")
_SAME = re.compile(r"stands in row (\d+)")
_UNKNOWN = re.compile(r"column repeats: '([^']+)' is unknown; expected .*")

#: A row of a table by what it is told by: the name of a claim or of a document, and where it begins.
_Key = tuple[str, str, str]


class Lines:
    """The lines of the files as they stand, before rows of ``drafts.csv`` are moved.

    Args:
        edit: the edit before anything is moved.
        ready: the rows of ``drafts.csv`` that it is to move.
    """

    def __init__(self, edit: Edit, ready: Sequence[Row]):
        self._edit = edit
        self._held = {key: line for table in ("claims", "numerals", "drafts") for line, key in _keys(edit, table)}
        drafts = edit.rows("drafts")
        lines = {(row["document_id"], row["start"]): line for line, row in enumerate(drafts, 2)}
        self._moved: dict[_Key, tuple[int, str]] = {}
        for row in ready:
            line = lines[row["document_id"], row["start"]]
            if row["proposed"] == "claim":
                self._moved["claims", row["claim_id"], row["start"]] = line, row["claim_id"]
            else:
                self._moved["numerals", row["document_id"], row["start"]] = line, f"{row['document_id']} {row['start']}"
        gone = {line for line, _ in self._moved.values()}
        self._waiting = {row["claim_id"]: line for line, row in enumerate(drafts, 2) if line not in gone}

    def told(self, problems: Iterable[str]) -> list[str]:
        """Problems of the edit with the rows that are moved, or have moved down, where they stand in their files now."""
        after = {
            (table, line): key for table in ("claims", "numerals", "drafts") for line, key in _keys(self._edit, table)
        }
        return [self._told(problem, after) for problem in problems]

    def _told(self, problem: str, after: dict[tuple[str, int], _Key]) -> str:
        first = _ROWS.match(problem)

        def rows(match: re.Match) -> str:
            numbers = [int(number) for number in re.findall(r"\d+", match[2])]
            more = f" and {numbers.pop()} more" if match[3] else ""
            keys = [after.get((match[1], line)) for line in numbers]
            return match[0] if None in keys else self._rows([key for key in keys if key]) + more

        def same(match: re.Match) -> str:
            key = after.get((first[1], int(match[1]))) if first else None
            return f"stands in {self._rows([key])}" if key else match[0]

        def waiting(match: re.Match) -> str:
            line = self._waiting.get(match[1])
            if line is None:
                return match[0]
            return (
                f"column repeats: {match[1]!r} waits for review itself (drafts.csv, row {line}); "
                "expected it accepted before, or together with it"
            )

        return _UNKNOWN.sub(waiting, _ROWS.sub(rows, _SAME.sub(same, problem)))

    def _rows(self, keys: Sequence[_Key]) -> str:
        """Rows by their files, those of ``drafts.csv`` with the names that they are to have."""
        places = [
            ("drafts", *self._moved[key]) if key in self._moved else (key[0], self._held[key], "") for key in keys
        ]
        return "; ".join(_several(table, list(own)) for table, own in groupby(places, key=lambda place: place[0]))


def _several(table: str, places: Sequence[tuple[str, int, str]]) -> str:
    *others, last = (str(line) for _, line, _ in places)
    names = ", ".join(name for *_, name in places if name)
    told = f"rows {', '.join(others)} and {last}" if others else f"row {last}"
    return f"{table}.csv, {told}{f' ({names})' if names else ''}"


def _keys(edit: Edit, table: str) -> Iterator[tuple[int, _Key]]:
    for line, row in enumerate(edit.rows(table), 2):
        yield line, (table, row["claim_id" if table == "claims" else "document_id"], row["start"])
