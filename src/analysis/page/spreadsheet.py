"""Tables as CSV files that a spreadsheet opens as they are."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

# LibreOffice does not obey ＝ and ＠; whether all others do not is unknown, and nobody misses them.
# ＋ and － are left as they are: figures are printed with them (＋100, －).
STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＠", "\t", "\r", "\n")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV that a spreadsheet opens as it is: UTF-8 with its mark, no cell a formula.

    A text that begins with = + - @ ＝ ＠ gets an apostrophe before it, in a cell or as a header,
    but for a sign alone, as a dash is; numbers stay numbers. For a control character stands U+FFFD.
    """
    columns = [column for _, column in table.items()]
    missing = zip(*(pd.isna(column.array) for column in columns), strict=True)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_harmless, table.columns))
    writer.writerows(map(_cells, rows, missing))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _cells(row: Iterable[Any], missing: Iterable[bool]) -> list[Any]:
    return ["" if none else _harmless(value) for value, none in zip(row, missing, strict=True)]


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = CONTROLS.sub("\ufffd", value)
    return f"'{text}" if len(text) > 1 and text.startswith(STARTS_A_FORMULA) else text
