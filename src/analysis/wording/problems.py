"""What `check` found in a data folder, for readers: kinds, remedies, what was compared."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.dataset.problems import SEVERITIES
from analysis.dataset.tables import TABLES
from analysis.wording.codebook import name_table
from analysis.wording.details import name_columns_of, name_value, say_detail
from analysis.wording.formats import LISTS
from analysis.wording.labels import labels, say
from analysis.wording.places import name_place

KINDS, REMEDIES = labels("problem_kinds"), labels("problem_remedies")
SEVERITY_NAMES = labels("problem_severities")
COLUMNS = labels("problem_columns")
TEN = 10  # from which on things are counted without つ
COMPARED, HELD = ("found", "expected"), ("printed", "understood")
AS_THEY_ARE = ("row", "rows", "subject", "source", "source_file")


def name_problem(kind: str) -> str:
    """Name a kind of problem.

    Examples
    --------
    >>> name_problem("printed_differs")
    '表の値が資料の記載と違う'
    """
    return KINDS.get(kind, kind)


def advise_on_problem(kind: str) -> str:
    """What to do about a kind of problem."""
    return REMEDIES.get(kind, "")


def name_cell_of(file: str, row: object, column: str) -> str:
    """Name a cell of a table, or a table or row of it.

    Examples
    --------
    >>> name_cell_of("kpis.csv", 3, "actual"), name_cell_of("ratings.csv", None, "")
    ('指標（kpis.csv）3行目「実績」', '評価（ratings.csv）')
    """
    table = file.removesuffix(".csv")
    name = _name_file(table, file) if table in TABLES else file
    told = name_columns_of(table, column)
    if row is None or pd.isna(row):
        return say("problems.column", table=name, column=told) if column else name
    return say("problems.cell" if column else "problems.row", table=name, row=row, column=told)


def _name_file(table: str, file: str) -> str:
    return say("lists.noted", what=name_table(table), note=file)


def show_value(text: str, table: str, column: str) -> str:
    """Show what a cell holds or what is printed of it, in the words of readers.

    Examples
    --------
    >>> show_value("final", "kpis", "actual_status"), show_value("148", "kpis", "actual")
    ('公表値', '148')
    """
    return name_value(table, column, text)


def _say_each(
    word: Callable[[str, str, str], str], texts: "pd.Series[str]", where: list[tuple[str, str]]
) -> list[str]:
    return [word(text, *cell) for text, cell in zip(texts, where, strict=True)]


def tabulate_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems as a table for readers: what, where, what is printed and held, what to do."""
    where = list(zip(problems["file"].str.removesuffix(".csv"), problems["column"], strict=True))
    cells = {
        "severity": problems["severity"].map(SEVERITY_NAMES),
        "kind": problems["kind"].map(name_problem),
        "file": problems["file"],
        "column": [name_columns_of(*cell) for cell in where],
        "remedy": problems["kind"].map(advise_on_problem),
        "kind_code": problems["kind"],
        "place": problems["place"].map(name_place),
        **{name: problems[name] for name in AS_THEY_ARE},
        **{name: _say_each(say_detail, problems[name], where) for name in ("found", "expected")},
        **{
            name: _say_each(show_value, problems[name], where) for name in ("printed", "understood")
        },
    }
    return pd.DataFrame({word: cells[code] for code, word in COLUMNS.items()})


def summarize_problems(folder: str, problems: pd.DataFrame, rows: Mapping[str, int]) -> str:
    """Say in two or three sentences what was looked at, and how much was found in it.

    Examples
    --------
    >>> nothing = pd.DataFrame({"severity": [], "rows": []})
    >>> summarize_problems("data", nothing, {"kpis": 107, "budgets": 200})
    '「data」の2つの表、307行を点検しました。確かめるところは見つかりませんでした。'
    """
    said = say(
        "problems.looked_at_few" if len(rows) < TEN else "problems.looked",
        folder=folder,
        tables=len(rows),
        rows=sum(rows.values()),
    )
    if problems.empty:
        return said + say("problems.nothing")
    counts = problems["severity"].value_counts()
    told = LISTS["comma"].join(
        say(f"problems_found.{word}", count=counts[word]) for word in SEVERITIES if word in counts
    )
    return said + say("problems.errors" if "error" in counts else "problems.no_error", found=told)


def say_problems_left_out(count: int) -> str:
    """Say that a table of the page is not the whole list."""
    return say("problems.left_out", count=count)


def say_rows(table: str, rows: int) -> tuple[str, str]:
    """Say how many rows of a table were looked at."""
    return _name_file(table, f"{table}.csv"), say("problems.rows", rows=rows)
