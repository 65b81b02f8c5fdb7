"""What a function needs of a table, said before it computes anything.

A table with Japanese headers, or of amounts where KPIs are wanted, would otherwise give a
frame of missing figures that looks like an answer.
"""

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.dataset.vocabulary import HEADERS
from analysis.errors import DataError
from analysis.measures.computed import COMPUTED
from analysis.measures.keys import KPI_YEAR, PROGRAM, PROGRAM_YEAR

ONE_PROGRAM = " ".join(PROGRAM)
ONE_PROGRAM_YEAR = " ".join(PROGRAM_YEAR)
ONE_KPI_YEAR = " ".join(KPI_YEAR)
AMOUNTS = f"{ONE_PROGRAM_YEAR} kind amount_yen"
ALL_RATES = "achievement_rate progress_rate pace_rate final_rate cagr_rate"
CLOSE = 0.6  # how alike two names must be for one to be taken for a slip of the other
ALIKE = 0.8  # the share of the columns given that a table must have to be recognized in them
MOST = 12  # columns named in a message


def check_table(table: Any, name: str, needed: str, either: str = "") -> None:
    """Refuse what is no table, or one without the columns a function needs.

    Parameters
    ----------
    table
        What was given.
    name
        What it is called: a table of a dataset (kpis, budgets), or any other name.
    needed
        Names of columns with blanks between; all must be there.
    either
        Names of columns of which one must be there.

    Raises
    ------
    DataError
        It says which columns are missing, which of those there look like them, which table was
        given instead, and which function adds what is missing.

    Examples
    --------
    >>> check_table(pd.DataFrame({"実績": [5], "direction": ["up"]}), "kpis", "actual direction")
    Traceback (most recent call last):
    ...
    analysis.errors.DataError: kpis has no column actual. Did you mean 実績 → actual? ...
    """
    if isinstance(table, pd.DataFrame):
        columns = table.columns
        if all(column in columns for column in needed.split()) and (
            not either or any(column in columns for column in either.split())
        ):
            return
        raise DataError(_describe_columns(table, name, needed.split(), either.split()))
    raise DataError(_describe_other(table, name))


def check_rubric(rubric: Any) -> None:
    """Refuse what is no rubric: a name, all rubrics at once, or None.

    Raises
    ------
    DataError
        It says what was given, and how one is had.
    """
    if isinstance(rubric, dict) and {"inputs", "rules"} <= set(rubric):
        return
    if isinstance(rubric, dict):
        names = [str(name) for name, one in rubric.items() if isinstance(one, dict)]
        what = f"{len(names)} rubrics" if names else "a dict without inputs and rules"
        which = names[0] if names else "name"
    else:
        what, which = repr(rubric)[:40], rubric if isinstance(rubric, str) else "name"
    raise DataError(
        f"rubric: found {what}; give one, such as dataset.rubrics[{which!r}]. "
        "list_rubrics(dataset.rubrics) shows which there are."
    )


def check_rubrics(rubrics: Any) -> None:
    """Refuse what are not all rubrics by name.

    Raises
    ------
    DataError
        It says what was given, and how they are had.
    """
    if isinstance(rubrics, dict) and all(isinstance(one, dict) for one in rubrics.values()):
        return
    raise DataError(f"rubrics: found {type(rubrics).__name__!r}; give dataset.rubrics")


def _describe_columns(table: pd.DataFrame, name: str, needed: list[str], either: list[str]) -> str:
    columns = [str(column) for column in table.columns]
    missing = [column for column in needed if column not in columns]
    none_of = [] if set(either) & set(columns) else either
    said = [
        ", ".join(missing),
        f"one of {', '.join(none_of)}" if none_of else "",
    ]
    lacks = " nor ".join(filter(None, said))
    sentences = [f"{name} has no column {lacks}."]
    if alike := _find_alike([*missing, *none_of], columns):
        pairs = ", ".join(f"{given} → {wanted}" for given, wanted in alike.items())
        sentences.append(f"Did you mean {pairs}? Rename them with .rename(columns=...).")
    if other := _recognize(columns, name):
        meant = f"; give dataset.{name}" if name in TABLES else ""
        sentences.append(f"What was given looks like {other}{meant}.")
    for column in [*missing, *none_of]:
        if column in COMPUTED:
            sentences.append(f"{column} is added by {COMPUTED[column].function}.")
    more = f" and {len(columns) - MOST} more" if len(columns) > MOST else ""
    sentences.append(f"There are: {', '.join(columns[:MOST]) or 'no columns at all'}{more}.")
    return " ".join(sentences)


def _find_alike(missing: Iterable[str], columns: list[str]) -> dict[str, str]:
    """The columns there that are a missing one in Japanese, or nearly its name."""
    alike: dict[str, str] = {}
    for wanted in missing:
        names = {wanted, *_list_headers(wanted)}
        found = [c for c in columns if _plain(c) in names and c not in alike]
        others = [c for c in columns if c not in TABLE_COLUMNS and c not in alike]
        found = found or [
            c for c in others if difflib.get_close_matches(_plain(c), names, 1, CLOSE)
        ]
        if found:
            best = max(found, key=lambda c: _ratio(_plain(c), names))
            alike[best] = wanted
    return alike


def _ratio(name: str, names: Iterable[str]) -> float:
    return max(difflib.SequenceMatcher(None, name, other).ratio() for other in names)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


TABLE_COLUMNS = {column for table in TABLES.values() for column in table.columns}


def _list_headers(column: str) -> set[str]:
    """What publishers, and those who type their tables, head a column with."""
    return {word for word, name in HEADERS.items() if name == column}


def _recognize(columns: list[str], name: str) -> str:
    """The table of a dataset that has more of these columns than the one asked for, or empty."""
    there = set(columns)
    shares = {
        table: len(there & set(definition.columns)) / max(len(there), 1)
        for table, definition in TABLES.items()
    }
    best = max(shares, key=lambda table: shares[table])
    return best if shares[best] >= ALIKE and shares[best] > shares.get(name, 0) else ""


def _describe_other(table: Any, name: str) -> str:
    what = f"{name} is {type(table).__name__!r}, not a table (a DataFrame)."
    if isinstance(table, pd.Series):
        return (
            f"{what} It is one row or column: keep rows with {name}[{name}['kpi_id'] == ...] or "
            f"{name}.iloc[[0]], with two brackets."
        )
    if isinstance(table, dict | list):
        return f"{what} Write pd.DataFrame(...) around it."
    known = f"dataset.{name}" if name in TABLES else "dataset.kpis"
    if hasattr(table, "tables"):
        return f"{what} Give one of its tables, such as {known}."
    return f"{what} Give a table such as {known}."
