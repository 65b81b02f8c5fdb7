"""Read one table of a data folder as text."""

import csv
import io
from pathlib import Path

import pandas as pd

from analysis.intake.problems import Problem, make_problem, quote
from analysis.intake.tables import TABLES


def read_table(path: Path, required: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one CSV as text; the index is the row number a spreadsheet shows."""
    nothing = pd.DataFrame(columns=list(TABLES[path.stem].columns), dtype="str")
    if not path.is_file():
        missing = make_problem(
            "no_such_file", path.name, "no such file", "this file in the data folder"
        )
        return nothing, [missing] if required else []
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        expected = "UTF-8 (in a spreadsheet: save as 'CSV UTF-8')"
        found = "bytes that are not UTF-8"
        return nothing, [make_problem("not_utf8", path.name, found, expected, row=line)]
    except csv.Error as error:
        found = f"broken CSV ({error})"
        return nothing, [make_problem("broken_csv", path.name, found, "quotes in pairs")]
    if not rows or not any(rows[0]):
        expected = "a first line with column names"
        return nothing, [make_problem("empty_file", path.name, "an empty file", expected)]
    header = rows[0]
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        found = f"{', '.join(quote(name) for name in repeated)} more than once"
        expected = "each column name once"
        return nothing, [make_problem("repeated_column", path.name, found, expected, row=1)]
    return _split_rows(path.name, header, rows)


def _split_rows(
    file: str, header: list[str], rows: list[list[str]]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Tell whole rows from ragged ones; an empty row keeps its number and is no problem."""
    body = {number: row for number, row in enumerate(rows[1:], 2) if any(row)}
    whole = {number: row for number, row in body.items() if len(row) == len(header)}
    table = pd.DataFrame(whole.values(), index=list(whole), columns=header, dtype="str")
    expected = f"{len(header)} as in the header; put quotes around a cell that holds a comma"
    return table, [
        make_problem("ragged_row", file, f"{len(row)} cells", expected, row=number)
        for number, row in body.items()
        if number not in whole
    ]
