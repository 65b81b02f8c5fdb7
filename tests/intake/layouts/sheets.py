"""How the files are written: cells from a corner on, merged cells, zips without the time of day."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

MIDNIGHT = (2020, 4, 1, 0, 0, 0)


def put(sheet: Worksheet, corner: str, rows: Iterable[Iterable]) -> None:
    """Write rows of cells from a corner on; None leaves a cell as it is."""
    letters, top = coordinate_from_string(corner)
    left = column_index_from_string(letters)
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(top + down, left + right, value)
            cell.alignment = Alignment(wrap_text=True, vertical="center")


def merge(sheet: Worksheet, spans: str) -> None:
    """Merge each of the spans, blanks between."""
    for span in spans.split():
        sheet.merge_cells(span)


def show(sheet: Worksheet, pattern: str, cells: str) -> None:
    """Give a number format to cells and ranges, blanks between."""
    for name in cells.split():
        found = sheet[name]
        rows = found if isinstance(found, tuple) else ((found,),)
        for row in rows:
            for cell in row if isinstance(row, tuple) else (row,):
                cell.number_format = pattern


def save(book: Workbook, path: Path) -> None:
    """Save a workbook so that the same cells give the same bytes."""
    held = BytesIO()
    book.save(held)
    parts = {}
    with zipfile.ZipFile(held) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "2020-04-01T00:00:00Z", core)
    pack(path, parts)


def pack(path: Path, parts: dict[str, bytes | str]) -> None:
    """Write a zip whose members all bear the same date."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, MIDNIGHT)
            is_stored = name == "mimetype"
            member.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            packed.writestr(member, text)
