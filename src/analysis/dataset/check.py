"""Every problem of a data folder at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.amounts import find_odd_amounts
from analysis.dataset.cells import convert_loosely
from analysis.dataset.characters import find_missing_characters
from analysis.dataset.locations import find_folder
from analysis.dataset.places import add_places
from analysis.dataset.printed_text import compare_printed
from analysis.dataset.problems import Problem, keep_first, make_problem, table_problems
from analysis.dataset.reading import read_files
from analysis.dataset.references import find_broken_references
from analysis.dataset.rows import check_rows, check_words
from analysis.dataset.series import find_odd_figures
from analysis.dataset.sources import compare_sources
from analysis.dataset.tables import TABLES


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
    than 1,000 problems of one kind in a column the last stands for the rest. Then, empty where
    it is not known: `subject` (program, KPI, fiscal year), `source` (the title of the
    publication), `source_file`, `place` (where in it), `printed` (the text it was read from) and
    `understood` (the value in the table).

    Raises
    ------
    DataError
        When there is no such folder.
    """
    return check_tables(data)[0]


def check_tables(data: str | Path) -> tuple[pd.DataFrame, dict[str, int]]:
    """List every problem as `check` does, and count the rows of each table that was looked at."""
    folder = find_folder(data)
    tables, _, problems = check_folder(folder)
    return add_places(problems, tables, folder), {n: len(t) for n, t in tables.items() if len(t)}


def check_folder(
    folder: Path,
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, Any]], pd.DataFrame]:
    """Return the tables as text (the index is the row number), the rubrics and the problems."""
    tables, rubrics, problems, unreadable, files = read_files(folder)
    for name, table in tables.items():
        if name not in unreadable or len(table):
            problems += check_rows(name, table)
    readable = [name for name in tables if name not in unreadable]
    problems += keep_first(_list_broken_references(tables, readable, problems))
    problems += check_words(tables["ratings"], rubrics) + _list_doubts(tables)
    order = {f"{name}.csv": number for number, name in enumerate(TABLES)}
    problems.sort(key=lambda p: (order.get(p["file"], len(order)), p["row"] or 0))
    return tables, rubrics, table_problems(_name_files(problems, files))


def _name_files(problems: list[Problem], files: dict[str, str]) -> list[Problem]:
    """Say where a table stands in another file than its CSV."""
    named = {f"{name}.csv": file for name, file in files.items()}
    return [problem | {"file": named.get(problem["file"], problem["file"])} for problem in problems]


def _list_broken_references(
    tables: dict[str, pd.DataFrame], readable: list[str], problems: list[Problem]
) -> Iterator[Problem]:
    """List names that nothing bears, each cell once, and not again a cell that is wrong itself."""
    bad = {
        (p["file"].removesuffix(".csv"), row, p["column"]) for p in problems for row in p["rows"]
    }
    for broken in find_broken_references(tables, readable):
        table, row, on, found, expected, kind = broken
        if not any((table, row, column) in bad for column in on):
            bad.add((table, row, on[-1]))
            yield make_problem(kind, f"{table}.csv", found, expected, row=row, column=on[-1])


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
    if len(table) < 2:
        return table
    key = [column for column in TABLES[name].key if column in table]
    return table.drop_duplicates(key) if key else table
