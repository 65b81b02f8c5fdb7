"""Read the files of a data folder as text and report every problem of it at once."""

import csv
import io
import os
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.intake.cells import find_cell_problems
from analysis.intake.references import find_broken_references
from analysis.intake.rubrics import read_rubric
from analysis.intake.tables import (
    PROGRAM,
    REQUIRED_TABLES,
    STATUSES,
    TABLES,
    WITHOUT_VALUE,
    Column,
)

PROBLEM_COLUMNS = ["file", "row", "column", "found", "expected", "severity"]
VALUES = {
    "budgets": {"amount_yen": "amount_status"},
    "kpis": {"baseline": "baseline_status", "target": "target_status", "actual": "actual_status"},
    "observations": {"value": "value_status"},
    "instruments": {"quantity": "quantity_status"},
}
NEVER_SILENTLY_EMPTY = ("amount_yen", "actual", "value", "quantity")
ORDERED = (("start_year", "end_year"), ("first_year", "last_year"), ("target", "target_upper"))
Problem = dict[str, Any]
PACKAGE = Path(__file__).parents[1]
OWN_RUBRICS = [
    os.path.realpath(folder)
    for folder in (PACKAGE / "rubrics", PACKAGE.parents[1] / "data" / "rubrics")
]


def check(data: str | Path) -> pd.DataFrame:
    """List every problem of a data folder; an empty table when there is none.

    Returns
    -------
    One row per problem: `file`, `row` (as a spreadsheet counts: the header is row 1;
    missing for a problem of the whole file), `column`, `found`, `expected`, `severity`
    (an `error` stops `load`, a `warning` does not).
    """
    return read_folder(find_folder(data))[2]


def describe_problems(problems: pd.DataFrame) -> str:
    """Say each problem in one line: where, what was found, what to write instead."""
    return "\n".join(_describe_problem(problem) for problem in problems.to_dict("records"))


def _describe_problem(problem: dict[Any, Any]) -> str:
    row = "" if pd.isna(problem["row"]) else f" row {problem['row']}"
    column = f", column {problem['column']}" if problem["column"] else ""
    warning = " (warning)" if problem["severity"] == "warning" else ""
    text = f"{problem['found']}; expected {problem['expected']}"
    return " ".join(f"{problem['file']}{row}{column}{warning}: found {text}".split())


def find_folder(data: str | Path) -> Path:
    """Return the folder as given, or the nearest one of that name in the folders above."""
    given = Path(data)
    candidates = [given] if given.is_absolute() else [f / given for f in _here_and_above()]
    for candidate in candidates:
        if candidate.is_dir():
            return given if given.is_dir() else candidate
    above = f"there is no such folder here or above {Path.cwd()}"
    raise DataError(
        f"{data}: {'this is a file' if given.is_file() else above}. "
        "Give the folder that holds programs.csv and the other tables."
    )


def _here_and_above() -> list[Path]:
    return [Path.cwd(), *Path.cwd().parents]


def read_folder(
    folder: Path,
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, Any]], pd.DataFrame]:
    """Return the tables as text (the index is the row number), the rubrics and the problems."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in TABLES:
        tables[name], found = _read_table(folder / f"{name}.csv", name in REQUIRED_TABLES)
        problems += found
    unreadable = {problem["file"] for problem in problems}
    for name, table in tables.items():
        if f"{name}.csv" not in unreadable or len(table):
            problems += _check_table(name, table)
    bad = {(p["file"].removesuffix(".csv"), p["row"], p["column"]) for p in problems}
    names = [name for name in tables if f"{name}.csv" not in unreadable]
    for broken in find_broken_references(tables, names):
        table, row, on, found_there, expected = broken
        if not any((table, row, column) in bad for column in on):
            bad.add((table, row, on[-1]))
            problems.append(_problem(f"{table}.csv", found_there, expected, row=row, column=on[-1]))
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name.removesuffix(".csv") not in TABLES:
            expected = f"one of {', '.join(TABLES)}"
            problems.append(_problem(path.name, "a file of this name", expected, "warning"))
    rubrics, found = _read_rubrics(folder)
    found += _check_words(tables["ratings"], rubrics) + _check_series(tables["kpis"])
    order = {f"{name}.csv": number for number, name in enumerate(TABLES)}
    ordered = sorted(
        problems + found, key=lambda p: (order.get(p["file"], len(order)), p["row"] or 0)
    )
    listed = pd.DataFrame(ordered, columns=PROBLEM_COLUMNS).astype({"row": "Int64"})
    return tables, rubrics, listed


def _problem(
    file: str,
    found: str,
    expected: str,
    severity: str = "error",
    *,
    row: Any = None,
    column: str = "",
) -> Problem:
    return {
        "file": file,
        "row": row,
        "column": column,
        "found": found,
        "expected": expected,
        "severity": severity,
    }


def _read_table(path: Path, required: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one CSV as text; the index is the row number a spreadsheet shows."""
    nothing = pd.DataFrame(columns=list(TABLES[path.stem].columns), dtype="str")
    if not path.is_file():
        missing = _problem(path.name, "no such file", "this file in the data folder")
        return nothing, [missing] if required else []
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        expected = "UTF-8 (in a spreadsheet: save as 'CSV UTF-8')"
        return nothing, [_problem(path.name, "bytes that are not UTF-8", expected, row=line)]
    except csv.Error as error:
        return nothing, [_problem(path.name, f"broken CSV ({error})", "quotes in pairs")]
    if not rows or not any(rows[0]):
        expected = "a first line with column names"
        return nothing, [_problem(path.name, "an empty file", expected)]
    header = rows[0]
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        found = f"{', '.join(_quote(name) for name in repeated)} more than once"
        return nothing, [_problem(path.name, found, "each column name once", row=1)]
    body = {number: row for number, row in enumerate(rows[1:], 2) if any(row)}
    whole = {number: row for number, row in body.items() if len(row) == len(header)}
    table = pd.DataFrame(whole.values(), index=list(whole), columns=header, dtype="str")
    expected = f"{len(header)} as in the header; put quotes around a cell that holds a comma"
    return table, [
        _problem(path.name, f"{len(row)} cells", expected, row=number)
        for number, row in body.items()
        if number not in whole
    ]


def _check_table(name: str, table: pd.DataFrame) -> list[Problem]:
    file, definition = f"{name}.csv", TABLES[name]
    columns = definition.columns
    needed = {c for c, d in columns.items() if d.filled or d.core}
    absent = [c for c in columns if c in needed and c not in table]
    problems = [
        _problem(file, "no such column", _describe_column(c, columns[c]), row=1, column=c)
        for c in absent
    ]
    problems += [
        _problem(
            file,
            "a column that is not part of this table; nothing reads it",
            f"one of {', '.join(columns)}",
            "warning",
            row=1,
            column=column,
        )
        for column in table
        if column not in columns
    ]
    problems += [
        _problem(file, _quote(cell.found), cell.expected, row=cell.row, column=cell.column)
        for cell in find_cell_problems(name, table)
    ]
    if not set(definition.key) & set(absent):
        problems += _check_key(file, [c for c in definition.key if c in table], table)
    if "inferred" in table:
        problems += _check_inferred(file, table)
    if {"kind", "amount_yen"} <= set(table):
        problems += _check_amounts(file, table)
    if {"quantity", "unit"} <= set(table):
        problems += _check_quantities(file, table)
    for value, status in VALUES.get(name, {}).items():
        if value in table:
            problems += _check_status(file, table, value, status)
    for low, high in ORDERED:
        if {low, high} <= set(table):
            problems += _check_order(file, table, low, high)
    return problems


def _describe_column(name: str, column: Column) -> str:
    empty = "" if column.filled else "; leave its cells empty where nothing is printed"
    return f"{name}: {column.meaning}{empty}"


def _quote(text: str) -> str:
    return f"'{text}'" if text else "an empty cell"


def _check_key(file: str, key: list[str], table: pd.DataFrame) -> list[Problem]:
    first: dict[tuple[str, ...], Any] = {}
    problems = []
    for number, cells in zip(table.index, zip(*(table[c] for c in key), strict=True), strict=True):
        if first.setdefault(cells, number) != number:
            found = f"the key of row {first[cells]} again ({', '.join(filter(None, cells))})"
            expected = "one row per key: remove one of the two, or correct what tells them apart"
            problems.append(_problem(file, found, expected, row=number, column=" + ".join(key)))
    return problems


def _check_inferred(file: str, table: pd.DataFrame) -> list[Problem]:
    known = set(table)
    expected = "names of columns of this table with blanks between them"
    return [
        _problem(file, _quote(name), expected, row=number, column="inferred")
        for number, names in table["inferred"].items()
        for name in names.split()
        if name not in known
    ]


def _check_status(file: str, table: pd.DataFrame, value: str, status: str) -> list[Problem]:
    if status not in table and value not in NEVER_SILENTLY_EMPTY:
        return []
    empty = table[value] == ""
    word = table.get(status, pd.Series("", index=table.index))
    empty &= word.isin(["", *STATUSES])  # another word is a problem of its own
    contradicting = table.index[~empty & word.isin(WITHOUT_VALUE)]
    silent = table.index[empty & ~word.isin(WITHOUT_VALUE) & (value in NEVER_SILENTLY_EMPTY)]
    why = f"a number, or in {status} the reason why there is none: {', '.join(WITHOUT_VALUE)}"
    return [
        _problem(
            file,
            f"'{table[value][n]}' although {status} is {word[n]}",
            f"an empty cell, or another {status}",
            row=n,
            column=value,
        )
        for n in contradicting
    ] + [
        _problem(file, f"an empty cell and {status} '{word[n]}'", why, row=n, column=value)
        for n in silent
    ]


def _check_amounts(file: str, table: pd.DataFrame) -> list[Problem]:
    below_zero = table["amount_yen"].str.startswith("-") & (table["kind"] != "supplementary")
    expected = "an amount of 0 or more; only a supplementary budget may take money away"
    return [
        _problem(file, _quote(amount), expected, row=number, column="amount_yen")
        for number, amount in table["amount_yen"][below_zero].items()
    ]


def _check_quantities(file: str, table: pd.DataFrame) -> list[Problem]:
    """Compare the figures of terms with their units: a rate as a ratio, none below zero or bare."""
    figures = pd.to_numeric(table["quantity"], errors="coerce")
    wrong = {
        "a rate between 0 and 1, such as 0.5 for 1/2": (table["unit"] == "割合") & (figures > 1),
        "a figure of 0 or more": figures < 0,
        "the unit of this figure in the column unit": figures.notna() & (table["unit"] == ""),
    }
    return [
        _problem(file, _quote(table["quantity"][row]), expected, row=row, column="quantity")
        for expected, rows in wrong.items()
        for row in table.index[rows]
    ]


def _check_words(ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> list[Problem]:
    """Compare published words with those their rubric knows.

    A level outside the rubric is an error, for no grade can be looked up. A scheme, a word of
    progress or a grade that has not been seen is a warning: it may be new, or a slip.
    """
    if "scheme" not in ratings:
        return []
    problems = _strange_words(ratings, "scheme", list(rubrics), "warning")
    for name, rows in ratings.groupby("scheme"):
        rubric = rubrics.get(str(name))
        if rubric:
            for column in rubric["inputs"] if "level_words" in rubric else []:
                problems += _strange_words(rows, column, rubric["level_words"], "error")
            if "progress_words" in rubric:
                problems += _strange_words(rows, "progress", rubric["progress_words"], "warning")
            grades = [grade["grade"] for grade in rubric["grades"]]
            if rubric["unknown"] != "unknown":
                grades.append(rubric["unknown"])
            problems += _strange_words(rows, "grade", grades, "warning")
    return problems


def _strange_words(
    ratings: pd.DataFrame, column: str, words: list[str], severity: str
) -> list[Problem]:
    if column not in ratings:
        return []
    cells = ratings[column]
    expected = f"one of {', '.join(words)}"
    expected += "" if severity == "error" else "; if it is new, add it to data/rubrics"
    return [
        _problem("ratings.csv", _quote(word), expected, severity, row=number, column=column)
        for number, word in cells[(cells != "") & ~cells.isin(words)].items()
    ]


def _check_series(kpis: pd.DataFrame) -> list[Problem]:
    """Compare the unit and direction of a KPI with those of its first row: years must compare."""
    key = [*PROGRAM, "kpi_id"]
    if not {*key, "unit", "direction"} <= set(kpis):
        return []
    first = kpis.groupby(key, sort=False)[["unit", "direction"]].transform("first")
    return [
        _problem(
            "kpis.csv",
            _quote(kpis.loc[number, column]),
            f"{_quote(first.loc[number, column])} as in this KPI's first row, or another kpi_id",
            "warning",
            row=number,
            column=column,
        )
        for column in ("unit", "direction")
        for number in kpis.index[kpis[column] != first[column]]
    ]


def _check_order(file: str, table: pd.DataFrame, low: str, high: str) -> list[Problem]:
    lows, highs = (pd.to_numeric(table[c], errors="coerce") for c in (low, high))
    return [
        _problem(
            file,
            f"{table[high][n]}, below {low} {table[low][n]}",
            f"{low} or more",
            row=n,
            column=high,
        )
        for n in table.index[highs < lows]
    ]


def list_rubric_folders(folder: Path) -> list[str]:
    """List where the rubrics of a folder are read from; a later file overrides one of its name."""
    return list(dict.fromkeys([*OWN_RUBRICS, os.path.realpath(folder / "rubrics")]))


def list_rubric_files(folder: Path) -> list[Path]:
    """List the rubric files of a folder in the order in which they are read."""
    return [path for f in list_rubric_folders(folder) for path in sorted(Path(f).glob("*.toml"))]


def _read_rubrics(folder: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    rubrics, problems = {}, []
    for path in list_rubric_files(folder):
        rubrics[path.stem], found = read_rubric(path)
        problems += [
            _problem(f"rubrics/{path.name}", p.found, p.expected, column=p.key) for p in found
        ]
    return rubrics, problems
