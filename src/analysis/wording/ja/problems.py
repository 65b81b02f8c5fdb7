"""What `check` found in a data folder, for readers: kinds, remedies, what was compared."""

import re
from collections.abc import Mapping
from functools import cache

import pandas as pd

from analysis.dataset.problems import SEVERITIES
from analysis.dataset.tables import TABLES
from analysis.wording.codebook import name_column, name_table
from analysis.wording.ja.places import name_place
from analysis.wording.labels import STATUSES, labels

KINDS, REMEDIES = labels("problem_kinds"), labels("problem_remedies")
SEVERITY_NAMES = labels("problem_severities")
COLUMNS = labels("problem_columns")
DETAILS = labels("problem_details")
WORDS = {**labels("bounds"), **labels("targets_in_words"), **STATUSES}
TEN = 10  # from which on things are counted without つ
AS_THEY_ARE = ("row", "rows", "subject", "source", "source_file", "printed", "understood")


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


@cache
def _list_details() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern, re.DOTALL), said) for pattern, said in DETAILS.items()]


def say_detail(text: str) -> str:
    """Say what was found or expected, as a check writes it; what has no words as it is.

    Examples
    --------
    >>> say_detail("about 5,005 as in the years around it"), say_detail("'約120'")
    ('前後の年度は5,005程度', '「約120」')
    """
    for pattern, said in _list_details():
        if found := pattern.fullmatch(text):
            parts = (WORDS.get(part or "", part or "") for part in found.groups())
            return said.format(*parts)
    return text


def name_cell_of(file: str, row: object, column: str) -> str:
    """Name a cell of a table, or a table or row of it.

    Examples
    --------
    >>> name_cell_of("kpis.csv", 3, "actual"), name_cell_of("ratings.csv", None, "")
    ('指標（kpis.csv）3行目「実績」', '評価（ratings.csv）')
    """
    table = file.removesuffix(".csv")
    name = f"{name_table(table)}（{file}）" if table in TABLES else file
    line = "" if row is None or pd.isna(row) else f"{row}行目"
    told = f"「{name_column(table, column)}」" if column else ""
    return f"{name}{line}{told}"


def tabulate_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems as a table for readers: what, where, what is printed and held, what to do."""
    files = problems["file"].str.removesuffix(".csv")
    cells = {
        "severity": problems["severity"].map(SEVERITY_NAMES),
        "kind": problems["kind"].map(name_problem),
        "file": problems["file"],
        "column": [name_column(f, c) for f, c in zip(files, problems["column"], strict=True)],
        "found": problems["found"].map(say_detail),
        "expected": problems["expected"].map(say_detail),
        "remedy": problems["kind"].map(advise_on_problem),
        "kind_code": problems["kind"],
        "place": problems["place"].map(name_place),
        **{name: problems[name] for name in AS_THEY_ARE},
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
    number = f"{len(rows)}つ" if len(rows) < TEN else f"{len(rows)}"
    said = f"「{folder}」の{number}の表、{sum(rows.values()):,}行を点検しました。"
    if problems.empty:
        return f"{said}確かめるところは見つかりませんでした。"
    counts = problems["severity"].value_counts()
    told = "、".join(
        f"{SEVERITY_NAMES[word]}{counts[word]:,}件" for word in SEVERITIES if word in counts
    )
    if "error" in counts:
        return f"{said}{told}が見つかりました。「誤り」を直すまで、報告は作れません。"
    return f"{said}{told}が見つかりました。報告を作れない誤りはありません。"


def say_problems_left_out(count: int) -> str:
    """Say that a table of the page is not the whole list."""
    return f"ほかに{count:,}件あります。すべての一覧は、CSV（--csv）にあります。"


def say_rows(table: str, rows: int) -> tuple[str, str]:
    """Say how many rows of a table were looked at."""
    return f"{name_table(table)}（{table}.csv）", f"{rows:,}行"
