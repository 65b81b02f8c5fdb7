"""The keys of tables, and rows found by them: on few rows a dict is far quicker than a merge.

A report joins some dozen tables of one to ten rows and sixty columns; what pandas prepares for
a merge or a group costs a hundred times what is done with the rows.
"""

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset.tables import PROGRAM as PROGRAM
from analysis.dataset.tables import PROGRAM_YEAR as PROGRAM_YEAR
from analysis.dataset.tables import list_keys as list_keys

KPI = [*PROGRAM, "kpi_id"]
KPI_YEAR = [*KPI, "fiscal_year"]
RATED = [*KPI_YEAR, "rated_by"]

Rows = NDArray[np.intp]


def list_rows(table: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """List the rows of a table as dicts of some columns, or all; one it does not have is absent.

    `to_dict("records")` of the sixty columns of a table of KPIs takes longer than to write or
    draw what they say.
    """
    if not columns:
        return [dict(zip(table, row, strict=True)) for row in table.to_numpy(dtype=object).tolist()]
    names = [name for name in columns if name in table]
    cells = zip(*(table[name].tolist() for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]


def find_cells(table: pd.DataFrame, name: str) -> Rows:
    """Find the positions of the cells of a column that are there; none if there is no column."""
    if name not in table:
        return np.array([], dtype=np.intp)
    return np.flatnonzero(~pd.isna(table[name].array))


def list_cells(table: pd.DataFrame, name: str, rows: Rows) -> list[Any]:
    """List the cells of a column at some positions; None if there is no such column."""
    if name not in table:
        return [None] * len(rows)
    return table[name].array.take(rows).tolist()  # type: ignore[no-any-return]


def take_cells(table: pd.DataFrame, columns: Iterable[str], rows: Rows) -> dict[str, Any]:
    """Take the cells of some columns at some positions, as the first columns of a new table."""
    return {name: table[name].array.take(rows) for name in columns}


def find_rows(wanted: pd.DataFrame, table: pd.DataFrame, on: list[str]) -> Rows:
    """Find for each row wanted the position in `table` of the last row with its key, else -1.

    Examples
    --------
    >>> budgets = pd.DataFrame({"program_id": ["a", "b", "a"]})
    >>> find_rows(pd.DataFrame({"program_id": ["a", "c"]}), budgets, ["program_id"]).tolist()
    [2, -1]
    """
    place = {key: row for row, key in enumerate(list_keys(table, on))}
    return np.array([place.get(key, -1) for key in list_keys(wanted, on)], dtype=np.intp)


def take(column: pd.Series, rows: Rows, index: pd.Index) -> pd.Series:
    """Take the cells of a column at some positions; missing at -1."""
    cells = pd.api.extensions.take(column.array, rows, allow_fill=True)
    return pd.Series(cells, index=index)


def number_groups(table: pd.DataFrame, on: list[str]) -> tuple[Rows, Rows]:
    """Number the groups of rows with one key, in order of first appearance.

    Returns
    -------
    The number of each row's group, and the position of the first row of each group.

    Examples
    --------
    >>> programs = pd.DataFrame({"program_id": ["b", "a", "b"]})
    >>> numbers, first = number_groups(programs, ["program_id"])
    >>> numbers.tolist(), first.tolist()
    ([0, 1, 0], [0, 1])
    """
    numbers: dict[tuple[Any, ...], int] = {}
    keys = list_keys(table, on)
    of_rows = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)
    return of_rows, np.unique(of_rows, return_index=True)[1]


def is_among(column: pd.Series, words: Collection[str]) -> Any:
    """Whether each cell is one of some words: `isin` for tables of a few rows."""
    wanted = set(words)
    return np.array([cell in wanted for cell in column.tolist()], dtype=bool)
