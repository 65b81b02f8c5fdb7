"""Read one file of a data folder: a table (CSV or Parquet) as text, or the bytes of any."""

import codecs
import csv
import io
import re
import stat
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.packed import HEADER, PARQUET, NoTableError, read_columns, read_header
from analysis.dataset.plain import LARGE, read_plain
from analysis.dataset.problems import MOST_NAMED, Problem, count, keep_first, make_problem, quote
from analysis.dataset.tables import OWN, TABLES

LARGEST_TABLE = 200_000_000  # a year of the whole nation, some 150,000 amounts, takes about 60 MB
ROWS_AT_ONCE = 1_000
MOST_ROWS = 1_048_576  # what a spreadsheet holds
MOST_COLUMNS = 500  # the widest table has 45
LONGEST_CELL = 131_072  # characters, as of csv, unless another library changes that
FORMULA = re.compile(r"[=@＝＠\t\r]|[+\-][^0-9０-９.,]")  # how what a spreadsheet obeys begins
UTF8 = "text in UTF-8 (in a spreadsheet: save as 'CSV UTF-8')"


class UnreadableError(Exception):
    """A file that is not read, for what was found instead of what was expected."""

    def __init__(self, kind: str, found: str, expected: str, row: int | None = None) -> None:
        super().__init__(found)
        self.kind, self.found, self.expected, self.row = kind, found, expected, row


def read_bytes(path: Path, most: int) -> bytes:
    """Read a whole file, or a link to one, that has no more than so many bytes.

    Raises
    ------
    UnreadableError
        For anything else: a folder, a pipe (which is not waited for), a device, a link that leads
        nowhere, a file that may not be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
            raise UnreadableError("unreadable", what, "a file")
        if found.st_size > most:
            size, limit = (f"{number / 1e6:,.0f} MB" for number in (found.st_size, most))
            raise UnreadableError("too_large", size, f"a file of at most {limit}")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("unreadable", "a link that leads nowhere", "a file") from None
    except OSError as error:
        why = f"no way to read it ({error.strerror})"
        raise UnreadableError("unreadable", why, "a file that can be read") from None


def hide_formula(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Figures stay as they are printed (-5, +100); reading a table takes the apostrophe off again.

    Examples
    --------
    >>> hide_formula("=1+1"), hide_formula("-5"), show_formula(hide_formula("@SUM(A1)"))
    ("'=1+1", '-5', '@SUM(A1)')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def show_formula(cell: str) -> str:
    """Take off the apostrophe of `hide_formula`."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell, 1) else cell


def find_table(folder: Path, name: str) -> Path:
    """Where a table stands in a folder: its CSV, or its Parquet file where there is no CSV."""
    path, packed = folder / f"{name}.csv", folder / f"{name}{PARQUET}"
    return packed if not _is_there(path) and _is_there(packed) else path


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def read_table(path: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one table as text; the index is the row number a spreadsheet shows.

    A column that the table does not have bears `own_` before its name, so that nothing that looks
    for a column finds it.
    """
    name = path.stem
    if not _is_there(path):
        return _make_empty(name), list(_tell_missing(name))
    try:
        if path.suffix == PARQUET:
            return _unpack(name, read_bytes(path, LARGEST_TABLE)), []
        _check_alone(path)
        data = read_bytes(path, LARGEST_TABLE)
        rows = _read_rows(data)
        header = [show_formula(name) for name in next(rows, (1, [""]))[1]]
        _check_header(header)
        plain = _read_plain(name, header, data) if len(data) > LARGE else None
        return (plain, []) if plain is not None else _split_rows(name, header, rows)
    except UnreadableError as error:
        problem = make_problem(error.kind, path.name, error.found, error.expected, row=error.row)
        return _make_empty(name), [problem]


def _check_alone(path: Path) -> None:
    packed = path.with_suffix(PARQUET)
    if _is_there(packed):
        expected = "one file of the two: nothing says which is right"
        raise UnreadableError("two_files", f"{packed.name} beside it", expected)


def _unpack(name: str, data: bytes) -> pd.DataFrame:
    """Read a Parquet file; a row without any cell keeps its number, as in a CSV."""
    try:
        header, count_of_rows = read_header(data)
        _check_header(header)
        _check_size(count_of_rows + HEADER)
        cells = read_columns(data)
    except NoTableError as error:
        raise UnreadableError("broken_parquet", error.found, error.expected) from None
    return _keep_filled(name, header, cells)


def _read_plain(name: str, header: list[str], data: bytes) -> pd.DataFrame | None:
    """Read a large CSV that is written plainly; any other is for the reader that says why not."""
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    first = csv.reader(io.StringIO(data.partition(b"\n")[0].decode("utf-8", "replace")))
    if len(next(first, [])) != len(header):  # a name on two lines
        return None
    cells = read_plain(data, len(header), LONGEST_CELL, show_formula)
    if cells is None or len(cells[0]) >= MOST_ROWS:
        return None
    return _keep_filled(name, header, cells)


def _keep_filled(name: str, header: list[str], cells: list[Any]) -> pd.DataFrame:
    """Make the table of the rows that hold anything; each keeps its number."""
    filled = np.zeros(len(cells[0]), dtype=bool)
    for column in cells:
        filled |= column != ""
    numbers = np.flatnonzero(filled) + HEADER + 1
    return _make_table(name, header, [column[filled] for column in cells], numbers)


def _check_size(rows: int) -> None:
    if rows > MOST_ROWS:
        found, expected = f"more than {MOST_ROWS:,} rows", f"at most {MOST_ROWS:,}"
        raise UnreadableError("too_large", found, expected)


def _make_table(name: str, header: list[str], cells: list[Any], numbers: Any) -> pd.DataFrame:
    columns = [column if column in TABLES[name].columns else OWN + column for column in header]
    made = dict(zip(columns, cells, strict=True))
    return pd.DataFrame(made, index=pd.Index(numbers, dtype="int64"), dtype="str")


def _make_empty(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(TABLES[name].columns), dtype="str")


def _tell_missing(name: str) -> Iterator[Problem]:
    file = f"{name}.csv"
    if TABLES[name].required:
        yield make_problem("no_such_file", file, "no such file", "this file in the data folder")
    elif missed := TABLES[name].missed:
        expected = (
            "this file, or its header alone if there is nothing to hold: "
            f"for now reports will say that {missed}"
        )
        yield make_problem("no_table", file, "no such file", expected)


def _read_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything with their numbers; the header, whatever it holds."""
    _check_text(data)
    number, before = 0, csv.field_size_limit(LONGEST_CELL)
    try:
        lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig")
        for number, row in enumerate(csv.reader(lines, strict=True), 1):
            _check_size(number)
            if number == 1 or any(row):
                yield number, row
    except UnicodeDecodeError:
        raise UnreadableError(
            "not_utf8", "bytes that are not UTF-8", UTF8, _find_bad_line(data)
        ) from None
    except csv.Error as error:
        found, expected = f"broken CSV ({error})", "quotes in pairs"
        if "field larger" in str(error):
            found = f"a cell of more than {LONGEST_CELL:,} characters"
            expected = "a shorter text; perhaps a quote is never closed"
        raise UnreadableError("broken_csv", found, expected, number + 1) from None
    finally:
        csv.field_size_limit(before)


def _check_text(data: bytes) -> None:
    """Refuse a workbook and other files that hold no text; they may be read as one odd cell."""
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableError("not_utf8", "a workbook (xlsx, ods) or another archive", UTF8)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise UnreadableError("not_utf8", "a NUL byte, which no text holds", UTF8, line)


def _find_bad_line(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return None


def _check_header(header: list[str]) -> None:
    if not any(header):
        raise UnreadableError("empty_file", "an empty file", "a first line with column names")
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            found, expected = f"{name} between the columns", "commas (save as CSV UTF-8)"
            raise UnreadableError("broken_csv", found, expected, 1)
    if len(header) > MOST_COLUMNS:
        found, expected = count(len(header), "column"), f"at most {MOST_COLUMNS} columns"
        raise UnreadableError("too_large", found, expected, 1)
    repeated = sorted(name for name, times in Counter(header).items() if times > 1)
    if repeated:
        more = f" and {len(repeated) - MOST_NAMED} more" if len(repeated) > MOST_NAMED else ""
        found = f"{', '.join(quote(name) for name in repeated[:MOST_NAMED])}{more} more than once"
        raise UnreadableError("repeated_column", found, "each column name once", 1)


class _Shown(dict[str, str]):
    """Cells as `show_formula` shows them; one that stands in many rows is shown and held once."""

    def __missing__(self, cell: str) -> str:
        self[cell] = shown = show_formula(cell)
        return shown


def _split_rows(
    name: str, header: list[str], rows: Iterator[tuple[int, list[str]]]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Tell whole rows from ragged ones; an empty row keeps its number and is no problem."""
    cells: list[list[str]] = [[] for _ in header]
    numbers: list[int] = []
    ragged: dict[int, int] = {}
    shown = _Shown()
    while some := list(islice(rows, ROWS_AT_ONCE)):
        whole = [row for _, row in some if len(row) == len(header)]
        numbers += [number for number, row in some if len(row) == len(header)]
        ragged |= {number: len(row) for number, row in some if len(row) != len(header)}
        for column, texts in zip(cells, zip(*whole, strict=True), strict=bool(whole)):
            column.extend(map(shown.__getitem__, texts))
    table = _make_table(name, header, [np.array(c, dtype=object) for c in cells], numbers)
    expected = f"{len(header)} as in the header; put quotes around a cell that holds a comma"
    return table, keep_first(
        make_problem("ragged_row", f"{name}.csv", count(cells, "cell"), expected, row=number)
        for number, cells in ragged.items()
    )
