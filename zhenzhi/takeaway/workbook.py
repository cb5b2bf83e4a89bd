"""The claims as an Excel workbook: numbers and days are typed, and no text is a formula."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from zhenzhi import __date__, citing
from zhenzhi.book.edition import Edition
from zhenzhi.data import schema
from zhenzhi.takeaway import archive
from zhenzhi.takeaway.data_files import about, claim_rows, descriptions

#: The columns as a person reads them, each with its width in characters.
_COLUMNS = {
    "claim_id": 28, "label_en": 36, "label_zh": 24, "place_name_en": 14, "place_name_zh": 12,
    "document_title_en": 30, "document_title_zh": 30, "document_publisher_zh": 18, "document_published": 12,
    "as_written": 18, "value": 16, "value_high": 16, "low": 16, "high": 16, "unit": 12, "qualifier": 12,
    "kind": 12, "status": 12, "rung": 12, "period_start": 12, "period_end": 12, "period_first_day": 14, "period_last_day": 14,
    "comparison": 20, "indicator_name_en": 30, "indicator_name_zh": 20, "model_name_en": 30, "verdict": 14, "checks": 30,
    "note_en": 50, "note_zh": 40, "article_id": 18, "start": 8, "end": 8,
}  # fmt: skip


#: Characters of a text above which it is broken into lines.
_LONG = 40

_STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)


def write(edition: Edition, file: Path) -> None:
    """Writes the workbook: the claims as a table that can be filtered, what the columns hold, and what the data are."""
    book, rows = Workbook(), claim_rows(edition)
    claims = book.worksheets[0]
    claims.title, claims.freeze_panes = "claims", "B2"
    _fill(claims, list(_COLUMNS), [[row[name] for name in _COLUMNS] for row in rows], list(_COLUMNS.values()))
    claims.add_table(Table(displayName="claims", ref=claims.dimensions, tableStyleInfo=_STYLE))
    english, chinese = (descriptions(edition, rows, language) for language in ("en", "zh"))
    described = [[name, english[name], chinese[name]] for name in _COLUMNS]
    _fill(book.create_sheet("columns"), ["column", "description", "description_zh"], described, [24, 80, 60])
    told = about(schema.read_descriptor(edition.tables.folder))
    _fill(book.create_sheet("about"), ["name", "value"], [[*pair] for pair in told.items()], [24, 100])
    _describe(book, told, citing.author(edition))
    saved = io.BytesIO()
    book.save(saved)
    _write_same(saved, file)


def _describe(book: Workbook, told: Mapping[str, str], author: str) -> None:
    """Sets what a file manager shows of the file."""
    named = book.properties
    named.title, named.creator = told["title"], author
    named.description = " ".join((told["description"], f"Version {told['version']}.", told["licence"]))


def _fill(sheet: Worksheet, head: list[str], rows: list[list[Any]], widths: list[int]) -> None:
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, values in enumerate([head, *rows], 1):
        for place, value in enumerate(values, 1):
            cell = sheet.cell(number, place, float(value) if isinstance(value, Decimal) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # also where it begins as a formula does
                cell.alignment = Alignment(vertical="top", wrap_text=len(value) > _LONG)
            elif isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def _write_same(saved: io.BytesIO, file: Path) -> None:
    """Writes what was saved so that the same claims make the same bytes: without the time of writing."""
    moment = datetime.combine(date.fromisoformat(__date__), time()).isoformat() + "Z"
    with zipfile.ZipFile(saved) as packed:
        entries: dict[str, Path | bytes] = {name: packed.read(name) for name in packed.namelist()}
    core = entries["docProps/core.xml"]
    assert isinstance(core, bytes)
    entries["docProps/core.xml"] = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), core)
    archive.write(file, entries)
