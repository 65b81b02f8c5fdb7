"""Read the files of a data folder as text and report every problem of it at once."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.amounts import find_odd_amounts
from analysis.dataset.cells import convert_loosely
from analysis.dataset.characters import find_missing_characters
from analysis.dataset.editions import compare_sources
from analysis.dataset.files import read_table
from analysis.dataset.printed_text import compare_printed
from analysis.dataset.problems import (
    Problem,
    describe_problems,
    keep_first,
    make_problem,
    table_problems,
)
from analysis.dataset.references import find_broken_references
from analysis.dataset.rows import check_rows, check_words
from analysis.dataset.rubrics import read_rubric
from analysis.dataset.series import find_odd_figures
from analysis.dataset.tables import TABLES
from analysis.environment import DATA_VARIABLE, ROOT_VARIABLE, name_file
from analysis.errors import DataError

__all__ = [
    "check",
    "describe_problems",
    "find_folder",
    "list_rubric_files",
    "name_folder",
    "read_folder",
]
PACKAGE = Path(__file__).parents[1]
LIKE_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
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
    (an `error` stops `load`; a `doubt` is probably a slip and a `note` worth knowing: neither
    stops anything), `kind`, by which problems can be counted
    (`problems.value_counts("kind")`; docs/data.md lists the kinds), and `rows`, for how many
    rows the problem stands: usually one, but lost zeros are told once for a column, and of more
    than 1,000 problems of one kind in a column the last stands for the rest.

    Raises
    ------
    DataError
        When there is no such folder.
    """
    return read_folder(find_folder(data))[2]


def find_folder(data: str | Path) -> Path:
    """Return the folder as given, or the nearest one of that name in the folders above.

    In a report the run's own data folder, by the name the command was given, is the command's,
    whatever stands beside the notebook; and what is not found there is looked for from the
    working folder of the command.
    """
    given = Path(data)
    for candidate in _list_candidates(given):
        if candidate.is_dir():
            return given if given.is_absolute() else Path(os.path.relpath(candidate))
    nowhere = "there is no such folder" + ("" if given.is_absolute() else " here or above")
    raise DataError(
        f"{data}: {'this is a file' if given.is_file() else nowhere}. "
        "Give the folder that holds programs.csv and the other tables."
    )


def _list_candidates(given: Path) -> list[Path]:
    here = [folder / given for folder in (Path.cwd(), *Path.cwd().parents)]  # if it is relative
    root = os.environ.get(ROOT_VARIABLE)
    if not root or given.is_absolute():
        return here
    there = [folder / given for folder in (Path(root), *Path(root).parents)]
    return there + here if str(given) == os.environ.get(DATA_VARIABLE) else here + there


def name_folder(data: str | Path) -> str:
    """A data folder as the run of this report knows it: as seen from the command's folder."""
    try:
        found = find_folder(data)
    except DataError:  # there is none
        return str(data) if not Path(data).is_absolute() else name_file(data)
    return name_file(found) if ROOT_VARIABLE in os.environ else str(data)


def read_folder(
    folder: Path,
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, Any]], pd.DataFrame]:
    """Return the tables as text (the index is the row number), the rubrics and the problems."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in TABLES:
        tables[name], found = read_table(folder / f"{name}.csv")
        problems += found
    unreadable = {
        problem["file"]
        for problem in problems
        if problem["severity"] == "error" or problem["kind"] == "no_table"
    }
    for name, table in tables.items():
        if f"{name}.csv" not in unreadable or len(table):
            problems += check_rows(name, table)
    names = [name for name in tables if f"{name}.csv" not in unreadable]
    problems += keep_first(_list_broken_references(tables, names, problems))
    problems += _list_unknown_files(folder)
    rubrics, found = _read_rubrics(folder)
    problems += found + check_words(tables["ratings"], rubrics) + _list_doubts(tables)
    order = {f"{name}.csv": number for number, name in enumerate(TABLES)}
    problems.sort(key=lambda p: (order.get(p["file"], len(order)), p["row"] or 0))
    return tables, rubrics, table_problems(problems)


def _list_broken_references(
    tables: dict[str, pd.DataFrame], names: list[str], problems: list[Problem]
) -> Iterator[Problem]:
    """List names that nothing bears, each cell once, and not again a cell that is wrong itself."""
    bad = {
        (p["file"].removesuffix(".csv"), row, p["column"]) for p in problems for row in p["rows"]
    }
    for broken in find_broken_references(tables, names):
        table, row, on, found, expected, kind = broken
        if not any((table, row, column) in bad for column in on):
            bad.add((table, row, on[-1]))
            yield make_problem(kind, f"{table}.csv", found, expected, row=row, column=on[-1])


def _list_unknown_files(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        meant = path.stem.strip().lower()
        if path.suffix.lower() not in LIKE_TABLES or path.name.removesuffix(".csv") in TABLES:
            continue
        if meant in TABLES:
            expected = f"{meant}.csv, in just these letters, saved as CSV UTF-8"
            yield make_problem("unknown_file", path.name, "a file of this name", expected)
        elif path.suffix.lower() == ".csv":
            expected = f"one of {', '.join(TABLES)}"
            yield make_problem("unknown_file", path.name, "a file of this name", expected)


def _list_doubts(tables: dict[str, pd.DataFrame]) -> list[Problem]:
    """Compare figures with their printed texts, with one another, and between sources.

    Texts are looked through for characters that figures cannot show. A row whose key is there
    already is an error of its own, and no further figure.
    """
    read = {name: convert_loosely(name, _drop_repeated(name, t)) for name, t in tables.items()}
    finders = (
        compare_printed,
        find_odd_amounts,
        find_odd_figures,
        compare_sources,
        find_missing_characters,
    )
    return [problem for find in finders for problem in find(read)]


def _drop_repeated(name: str, table: pd.DataFrame) -> pd.DataFrame:
    key = [column for column in TABLES[name].key if column in table]
    return table.drop_duplicates(key) if key else table


def list_rubric_folders(folder: Path) -> list[str]:
    """List where the rubrics of a folder are read from; a later file overrides one of its name."""
    return list(dict.fromkeys([*OWN_RUBRICS, os.path.realpath(folder / "rubrics")]))


def list_rubric_files(folder: Path) -> list[Path]:
    """List the rubric files of a folder in the order in which they are read."""
    return [path for f in list_rubric_folders(folder) for path in sorted(Path(f).glob("*.toml"))]


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
