"""Whether each row of a table is sound by itself: its cells, its key, its statuses, its signs."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.dataset.cells import LOST_ZERO, CellProblem, find_cell_problems
from analysis.dataset.problems import (
    LONG,
    MOST_NAMED,
    Problem,
    count,
    keep_first,
    list_problems,
    make_problem,
    quote,
)
from analysis.dataset.tables import OWN, STATUSES, TABLES, WITHOUT_VALUE, Column
from analysis.dataset.values import SIGNS
from analysis.dataset.vocabulary import RATIO

KNOWN_WORDS = {"", *STATUSES}
MINUS_SIGNS = tuple(sign for sign in SIGNS if sign and SIGNS[sign] < 0)
MAY_BE_NEGATIVE = ("supplementary", "carried_in", "carried_out", "reserve", "total")


def check_rows(name: str, table: pd.DataFrame) -> list[Problem]:
    """List what is wrong with the header of a table and with each of its rows."""
    columns = TABLES[name].columns
    problems = _check_header(name, table)
    if table.empty:
        return problems
    problems += _check_cells(name, find_cell_problems(name, table))
    absent = {c for c, d in columns.items() if d.needed and c not in table}
    if not set(TABLES[name].key) & absent:
        problems += _check_key(name, [c for c in TABLES[name].key if c in table], table)
    if "inferred" in table:
        problems += _check_inferred(name, table)
    if {"kind", "amount_yen"} <= set(table):
        problems += _check_amounts(name, table)
    if {"quantity", "unit"} <= set(table):
        problems += _check_quantities(name, table)
    for column, definition in columns.items():
        if definition.status and column in table:
            problems += _check_status(name, table, column, definition)
    for column, definition in columns.items():
        if definition.not_below and {column, definition.not_below} <= set(table):
            problems += _check_order(name, table, definition.not_below, column)
    return problems


def _check_header(name: str, table: pd.DataFrame) -> list[Problem]:
    columns = TABLES[name].columns
    file = f"{name}.csv"
    absent = [c for c, d in columns.items() if d.needed and c not in table]
    return [
        make_problem(
            "missing_column",
            file,
            "no such column",
            _describe_column(column, columns[column]),
            row=1,
            column=column,
        )
        for column in absent
    ] + _list_unknown_columns(name, [c.removeprefix(OWN) for c in table if c not in columns])


def _list_unknown_columns(name: str, unknown: list[str]) -> list[Problem]:
    if not unknown:
        return []
    found = "a column that is not part of this table; nothing reads it"
    if len(unknown) > 1:
        named = ", ".join(map(quote, unknown[:MOST_NAMED])) + ", …" * (len(unknown) > MOST_NAMED)
        found = f"{len(unknown)} columns that are not part of this table ({named})"
        found += "; nothing reads them"
    expected = f"one of {', '.join(TABLES[name].columns)}; load names an own column {OWN}…"
    column = unknown[0] if len(unknown) == 1 and len(unknown[0]) <= LONG else ""
    return [make_problem("unknown_column", f"{name}.csv", found, expected, row=1, column=column)]


def _check_cells(name: str, cells: Iterable[CellProblem]) -> list[Problem]:
    """List cells that do not fit; the lost zeros of a column together, as one slip made them."""
    lost: dict[str, list[CellProblem]] = {}
    problems = keep_first(
        make_problem(
            "bad_cell",
            f"{name}.csv",
            quote(cell.found),
            cell.expected,
            row=cell.row,
            column=cell.column,
        )
        for cell in _take_lost_zeros(cells, lost)
    )
    for column, (first, *others) in lost.items():
        rows = [first.row, *(cell.row for cell in others)]
        said = quote(first.found)
        if others:
            named = ", ".join(str(row) for row in rows[:MOST_NAMED]) + ", …" * (
                len(rows) > MOST_NAMED
            )
            said += f" and {count(len(others), 'more such code')} (rows {named})"
        problems.append(
            make_problem("lost_zero", f"{name}.csv", said, first.expected, column=column, rows=rows)
        )
    return problems


def _take_lost_zeros(
    cells: Iterable[CellProblem], lost: dict[str, list[CellProblem]]
) -> Iterator[CellProblem]:
    """Put codes without their zero aside by column, and hand on the other cells."""
    for cell in cells:
        if LOST_ZERO in cell.expected:
            lost.setdefault(cell.column, []).append(cell)
        else:
            yield cell


def _describe_column(name: str, column: Column) -> str:
    empty = "" if column.filled else "; leave its cells empty where nothing is printed"
    return f"{name}: {column.meaning}{empty}"


def _check_key(name: str, key: list[str], table: pd.DataFrame) -> list[Problem]:
    again = table.index[table.duplicated(key)]
    if again.empty:
        return []
    first: dict[tuple[str, ...], Any] = {}
    for row, cells in zip(table.index, table[key].itertuples(index=False, name=None), strict=True):
        first.setdefault(cells, row)
    repeated = table.loc[again, key].itertuples(index=False, name=None)
    return list_problems(
        "key_again",
        name,
        " + ".join(key),
        again,
        (
            f"the key of row {first[cells]} again ({', '.join(map(_cut, filter(None, cells)))})"
            for cells in repeated
        ),
        "one row per key: remove one of the two, or correct what tells them apart",
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONG else quote(text)


def _check_inferred(name: str, table: pd.DataFrame) -> list[Problem]:
    known = {column.removeprefix(OWN) for column in table}
    strange = [
        (row, column)
        for row, names in table["inferred"][table["inferred"] != ""].items()
        for column in names.split()
        if column not in known
    ]
    return list_problems(
        "unknown_inferred",
        name,
        "inferred",
        (row for row, _ in strange),
        (quote(column) for _, column in strange),
        "names of columns of this table with blanks between them",
    )


def _check_status(name: str, table: pd.DataFrame, value: str, definition: Column) -> list[Problem]:
    status = definition.status
    if status not in table and not definition.explained:
        return []
    figures = table[value].tolist()
    words = table[status].tolist() if status in table else [""] * len(table)
    contradicting, silent = [], []
    for row, figure, word in zip(table.index, figures, words, strict=True):
        is_empty = figure == "" and word in KNOWN_WORDS  # another word is a problem of its own
        if not is_empty and word in WITHOUT_VALUE:
            contradicting.append((row, figure, word))
        elif is_empty and definition.explained and word not in WITHOUT_VALUE:
            silent.append((row, word))
    why = f"a number, or in {status} the reason why there is none: {', '.join(WITHOUT_VALUE)}"
    return list_problems(
        "value_despite_status",
        name,
        value,
        (row for row, *_ in contradicting),
        (f"{quote(figure)} although {status} is {word}" for _, figure, word in contradicting),
        f"an empty cell, or another {status}",
    ) + list_problems(
        "silently_empty",
        name,
        value,
        (row for row, _ in silent),
        (f"an empty cell and {status} '{word}'" for _, word in silent),
        why,
    )


def _check_amounts(name: str, table: pd.DataFrame) -> list[Problem]:
    below = table["amount_yen"].str.startswith("-") & ~table["kind"].isin(MAY_BE_NEGATIVE)
    if "amount_printed" in table:  # what is printed so is held so
        below &= ~table["amount_printed"].str.strip().str.startswith(MINUS_SIGNS)
    return list_problems(
        "negative_amount",
        name,
        "amount_yen",
        table.index[below],
        map(quote, table["amount_yen"][below]),
        f"an amount of 0 or more; only {', '.join(MAY_BE_NEGATIVE)} may take money away",
    )


def _check_quantities(name: str, table: pd.DataFrame) -> list[Problem]:
    """Compare the figures of terms with their units: a rate as a ratio, none below zero or bare."""
    if not any(table["quantity"].tolist()):
        return []
    figures = pd.to_numeric(table["quantity"], errors="coerce")
    wrong = {
        "a rate between 0 and 1, such as 0.5 for 1/2": (table["unit"] == RATIO) & (figures > 1),
        "a figure of 0 or more": figures < 0,
        "the unit of this figure in the column unit": figures.notna() & (table["unit"] == ""),
    }
    return [
        problem
        for expected, rows in wrong.items()
        for problem in list_problems(
            "impossible_quantity",
            name,
            "quantity",
            table.index[rows],
            map(quote, table["quantity"][rows]),
            expected,
        )
    ]


def _check_order(name: str, table: pd.DataFrame, low: str, high: str) -> list[Problem]:
    if not all(any(table[column].tolist()) for column in (low, high)):
        return []
    lows, highs = (pd.to_numeric(table[c], errors="coerce") for c in (low, high))
    wrong = table[highs < lows]
    return list_problems(
        "wrong_order",
        name,
        high,
        wrong.index,
        (f"{_cut(h)}, below {low} {_cut(w)}" for w, h in zip(wrong[low], wrong[high], strict=True)),
        f"{low} or more",
    )


def check_words(ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> list[Problem]:
    """Compare published words with those their rubric knows.

    A level outside the rubric is an error, for no grade can be looked up. A scheme, a word of
    progress or a grade that has not been seen is a doubt: it may be new, or a slip.
    """
    if "scheme" not in ratings:
        return []
    problems = _strange_words(ratings, "scheme", list(rubrics), "unknown_word")
    for name, rows in ratings.groupby("scheme"):
        rubric = rubrics.get(str(name))
        if rubric:
            for column in rubric["inputs"] if "level_words" in rubric else []:
                problems += _strange_words(rows, column, rubric["level_words"], "unknown_level")
            if "progress_words" in rubric:
                words = rubric["progress_words"]
                problems += _strange_words(rows, "progress", words, "unknown_word")
            grades = [grade["grade"] for grade in rubric["grades"]]
            if rubric["unknown"] != "unknown":
                grades.append(rubric["unknown"])
            problems += _strange_words(rows, "grade", grades, "unknown_word")
    return problems


def _strange_words(
    ratings: pd.DataFrame, column: str, words: list[str], kind: str
) -> list[Problem]:
    if column not in ratings:
        return []
    cells = ratings[column]
    strange = cells[(cells != "") & ~cells.isin(words)]
    expected = f"one of {', '.join(words)}"
    expected += "" if kind == "unknown_level" else "; if it is new, add it to data/rubrics"
    return list_problems(kind, "ratings", column, strange.index, map(quote, strange), expected)
