"""Writes what a scan found: for the eye, as CSV, as JSON."""

import csv
import io
import json
from collections.abc import Callable

from zhenzhi.scan.result import Claim, Scan


def table(scan: Scan) -> str:
    """A line a row in the order of the text: where it stands, what it was read as, the words; then how many there are."""
    rows = [(row.start, _claim_line(row)) for row in scan.claims]
    rows += [(row.start, f"{row.start:>8}  {row.reason:<62}{row.as_written}") for row in scan.numerals]
    lines = [line for _, line in sorted(rows)]
    lines.append(f"{len(scan.claims)} claim(s), {len(scan.numerals)} other numeral(s)")
    return "\n".join(lines) + "\n"


def _claim_line(claim: Claim) -> str:
    value = claim.value or "?"
    if claim.value_high is not None:
        value += f" to {claim.value_high}"
    said = f"{claim.kind or '?'}: {value} {claim.unit or '?'}, {claim.qualifier}, {claim.status}"
    return f"{claim.start:>8}  {said:<56}{claim.confidence:>4.2f}  {claim.as_written}"


def as_csv(scan: Scan) -> str:
    """One table of claims and other numerals, told apart by the column ``table``; in the order of the text."""
    columns = list(Claim._fields)
    output = io.StringIO()
    writer = csv.DictWriter(output, ["table", *columns, "reason"], lineterminator="\n")
    writer.writeheader()
    rows = [{"table": "claims", **row._asdict()} for row in scan.claims]
    rows += [{"table": "numerals", **row._asdict()} for row in scan.numerals]
    writer.writerows(sorted(rows, key=lambda row: row["start"]))
    return output.getvalue()


def as_json(scan: Scan) -> str:
    """An object of two lists, ``claims`` and ``numerals``, a row a line."""
    lists = (("claims", scan.claims), ("numerals", scan.numerals))
    parts = []
    for name, rows in lists:
        lines = ",\n".join(f"  {json.dumps(row._asdict(), ensure_ascii=False)}" for row in rows)
        parts.append(f' "{name}": [\n{lines}\n ]' if lines else f' "{name}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


#: The formats of the command, by name.
FORMATS: dict[str, Callable[[Scan], str]] = {"table": table, "csv": as_csv, "json": as_json}
