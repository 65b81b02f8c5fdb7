"""Tables as CSV files that a spreadsheet opens as they are."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV that a spreadsheet opens as it is: UTF-8 with its mark, no cell a formula.

    A text that begins with = + - @ gets an apostrophe before it; numbers stay numbers.
    """
    missing = table.isna().to_numpy().tolist()
    rows = table.to_numpy(dtype="object").tolist()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(map(_cells, rows, missing))


def _cells(row: list[Any], missing: list[bool]) -> list[Any]:
    return ["" if none else _harmless(value) for value, none in zip(row, missing, strict=True)]


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
