"""All files of a data folder as they stand in it, and what could not be read of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from analysis.dataset.files import find_table, read_table
from analysis.dataset.locations import BESIDE_TABLES, list_rubric_files
from analysis.dataset.packed import PARQUET
from analysis.dataset.problems import Problem, make_problem
from analysis.dataset.rubrics import read_rubric
from analysis.dataset.tables import TABLES

LIKE_TABLES = (".csv", ".parquet", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")


class Reading(NamedTuple):
    """The tables as text (the index is the row number), the rubrics, and the problems so far.

    `unreadable` names the tables of which nothing can be said, as their file is not there or is
    no table. `files` has the name of each table's file.
    """

    tables: dict[str, pd.DataFrame]
    rubrics: dict[str, dict[str, Any]]
    problems: list[Problem]
    unreadable: set[str]
    files: dict[str, str]


def read_files(folder: Path) -> Reading:
    """Read every table and rubric of a folder, and look for files that are neither."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    unreadable = set()
    files = {}
    for name in TABLES:
        path = find_table(folder, name)
        files[name] = path.name
        tables[name], found = read_table(path)
        problems += found
        if any(p["severity"] == "error" or p["kind"] == "no_table" for p in found):
            unreadable.add(name)
    problems += _list_unknown_files(folder)
    rubrics, found = _read_rubrics(folder)
    return Reading(tables, rubrics, problems + found, unreadable, files)


def _list_unknown_files(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        meant = path.stem.strip().lower()
        if path.suffix.lower() not in LIKE_TABLES or path.name in BESIDE_TABLES:
            continue
        if path.name.removesuffix(path.suffix) in TABLES and path.suffix in (".csv", PARQUET):
            continue
        if meant in TABLES:
            expected = f"{meant}.csv, in just these letters, saved as CSV UTF-8"
            yield make_problem("unknown_file", path.name, "a file of this name", expected)
        elif path.suffix.lower() in (".csv", PARQUET):
            expected = f"one of {', '.join(TABLES)}"
            yield make_problem("unknown_file", path.name, "a file of this name", expected)


def _read_rubrics(folder: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    rubrics, problems = {}, []
    place = folder / "rubrics"
    if (place.exists() or place.is_symlink()) and not place.is_dir():
        expected = "a folder of rubrics, or nothing of this name"
        problems.append(make_problem("unreadable", "rubrics", "no folder", expected))
    for path in list_rubric_files(folder):
        rubrics[path.stem], found = read_rubric(path)
        problems += [
            make_problem(p.kind, f"rubrics/{path.name}", p.found, p.expected, column=p.key)
            for p in found
        ]
    return rubrics, problems
