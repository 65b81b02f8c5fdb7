"""What `check` found in a data folder, for readers: kinds, remedies, what was compared."""

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.dataset.problems import SEVERITIES
from analysis.dataset.problems import summarize_problems as summarize_kinds
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


def describe_kinds(problems: pd.DataFrame) -> str:
    """Count the problems in a line for each kind, file and column: how many, where, what to do."""
    counted = summarize_kinds(problems).to_dict("records")
    return "\n".join(
        say(
            "problems.of_kind",
            severity=SEVERITY_NAMES[group["severity"]],
            count=group["rows"],
            cell=_begin(name_cell_of(group["file"], row, group["column"]), row),
            kind=name_problem(group["kind"]),
            remedy=advise_on_problem(group["kind"]),
        )
        for group in counted
        for row in [group["first_row"]]
    )


def _begin(cell: str, row: object) -> str:
    """Where the first of several problems is; of a whole file, what it is."""
    return cell if pd.isna(row) else say("problems.since", cell=cell)


def describe_each(problems: pd.DataFrame) -> str:
    """Say each problem in a line: where, what is there and should be, what is printed and where."""
    lines = []
    for problem in problems.to_dict("records"):
        where = problem["file"].removesuffix(".csv"), problem["column"]
        printed = show_value(problem["printed"], *where)
        told = " ".join(
            filter(
                None, [problem["source_file"] or problem["source"], name_place(problem["place"])]
            )
        )
        said = say(
            "problems.line",
            severity=SEVERITY_NAMES[problem["severity"]],
            cell=name_cell_of(problem["file"], problem["row"], problem["column"]),
            found=say_detail(problem["found"], *where),
            expected=say_detail(problem["expected"], *where),
        )
        said += say("problems.line_printed", printed=printed) if printed else ""
        lines.append(said + (say("problems.line_place", place=told) if told else ""))
    return "\n".join(lines)
