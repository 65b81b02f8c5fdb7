"""The results as a workbook: headers for readers, codes as text, notes, filters, formats."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from analysis.page.spreadsheet import CONTROLS
from analysis.wording.labels import LANGUAGE, labels

MOST_CELLS = 400_000
ANY_DAY = datetime(2000, 1, 1)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
HEAD = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="E8EEF6"),
    "alignment": Alignment(wrap_text=True, vertical="top"),
}
FORMATS = {"ratio": "0.0%", "yen": "#,##0", "year": "0"}
WIDTHS = {"text": 18, "number": 13}
WIDE = {"program": 34, "kpi": 34, "source": 34, "meaning_ja": 60, "meaning_en": 60, "title": 60}


def write_workbook(
    tables: Mapping[str, pd.DataFrame],
    beside: Mapping[str, pd.DataFrame],
    sources: pd.DataFrame,
    path: Path,
) -> None:
    """Write the results, what their columns are, and the sources as sheets of one workbook.

    A header is the name of a column for readers; its note says the code and the meaning. No text
    is a formula, whatever it begins with.
    """
    book, sheets = Workbook(write_only=True), labels("results.sheets")
    book.properties.created = ANY_DAY
    about = beside["codebook"].set_index(["table", "column"])
    for name, table in tables.items():
        told = about.loc[name]
        meanings = told[f"meaning_{LANGUAGE}"]
        notes = [f"{column}\n{meanings[column]}" for column in table]
        headers, units = told[f"label_{LANGUAGE}"].tolist(), told["unit_en"].to_dict()
        _write_sheet(book, sheets[name], table, headers, notes, units)
    columns = labels("results.columns")
    for name, table in (*beside.items(), ("sources", _cite(sources))):
        _write_sheet(book, sheets[name], table, [columns[column] for column in table])
    _save(book, path)


def _cite(sources: pd.DataFrame) -> pd.DataFrame:
    return sources[["source_id", "publisher", "title", "published_on", "address", "license"]]


def _write_sheet(
    book: Workbook,
    title: str,
    table: pd.DataFrame,
    headers: Iterable[str],
    notes: Iterable[str] = (),
    units: Mapping[str, str] | None = None,
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    formats = [_find_format(table[name], (units or {}).get(name, "")) for name in table]
    for number, name in enumerate(table, start=1):
        kind = "number" if pd.api.types.is_numeric_dtype(table[name].dtype) else "text"
        sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(name, WIDTHS[kind])
    head = [_make_cell(sheet, text) for text in headers]
    for cell in head:
        for what, style in HEAD.items():
            setattr(cell, what, style)
    for cell, note in zip(head, notes, strict=False):
        cell.comment = Comment(note, "sosei", width=360, height=120)
    sheet.append(head)
    missing = table.isna().to_numpy()
    columns = [table[name].tolist() for name in table]
    for row, is_missing in zip(zip(*columns, strict=True), missing, strict=True):
        sheet.append(
            [
                None if none else _make_cell(sheet, value, number_format)
                for value, none, number_format in zip(row, is_missing, formats, strict=True)
            ]
        )


def _find_format(column: pd.Series, unit: str) -> str:
    if not pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == bool:
        return "@" if column.dtype != bool else "General"
    if str(column.name).endswith("year"):
        return FORMATS["year"]
    return next((f for name, f in FORMATS.items() if unit.startswith(name)), "General")


def _make_cell(sheet: Any, value: Any, number_format: str = "@") -> Any:
    text = CONTROLS.sub("\ufffd", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, text)
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins with =
    cell.number_format = number_format
    return cell


def _save(book: Workbook, path: Path) -> None:
    """Save a workbook without a time in it, so that the same figures are the same bytes."""
    written = BytesIO()
    book.save(written)
    with ZipFile(written) as before, ZipFile(path, "w", ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            day = rb"\g<1>" + ANY_DAY.isoformat().encode() + b"Z"
            content = before.read(name)
            after.writestr(ZipInfo(name), MODIFIED.sub(day, content), ZIP_DEFLATED)
