"""Where rows stand in their files before an edit moves them, so that a problem names the lines that a person sees."""

from collections.abc import Iterable, Iterator, Sequence

from zhenzhi.coding.edit import Edit, Row
from zhenzhi.data.problems import Problem
from zhenzhi.data.problems import Row as Line

#: A row of a table by what it keeps where it is moved: the name of a claim or of a document, and where it begins.
_Key = tuple[str, str, str]


class Lines:
    """The lines of the files as they stand, before rows of ``drafts.csv`` are moved.

    Args:
        edit: the edit before anything is moved.
        ready: the rows of ``drafts.csv`` that it is to move.
    """

    def __init__(self, edit: Edit, ready: Sequence[Row]):
        self._edit = edit
        self._now = {key: line for line, key in _keys(edit)}
        for row in ready:
            line = self.of_draft(row)
            if row["proposed"] == "claim":
                self._now["claims", row["claim_id"], row["start"]] = line._replace(name=row["claim_id"])
            else:
                name = f"{row['document_id']} {row['start']}"
                self._now["numerals", row["document_id"], row["start"]] = line._replace(name=name)

    def of_draft(self, row: Row) -> Line:
        """Where a row of ``drafts.csv`` stands."""
        return self._now["drafts", row["document_id"], row["start"]]

    def told(self, problems: Iterable[str]) -> list[str]:
        """Problems of the edit with the rows that are moved, or have moved down, where they stand in their files now."""
        after = dict(_keys(self._edit))

        def stands(line: Line) -> Line:
            now = self._now.get(after.get(line._replace(name=""), ("", "", "")), line)
            return now._replace(name=now.name or line.name)

        return [problem.moved(stands) if isinstance(problem, Problem) else problem for problem in problems]


def _keys(edit: Edit) -> Iterator[tuple[Line, _Key]]:
    for table, name in (("claims", "claim_id"), ("numerals", "document_id"), ("drafts", "document_id")):
        for line, row in enumerate(edit.rows(table), 2):
            yield Line(table, line), (table, row[name], row["start"])
