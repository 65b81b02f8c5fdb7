"""What `check` found in a data folder, as a page and as a file: each problem beside its source."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.files import hide_formula
from analysis.dataset.problems import SEVERITIES
from analysis.intake.page import clean, load_template
from analysis.wording import (
    advise_on_problem,
    name_cell_of,
    name_place,
    name_problem,
    say_detail,
    say_problems_left_out,
    say_rows,
    show_value,
    summarize_problems,
    tabulate_problems,
)
from analysis.wording.labels import LANGUAGE, labels

LABELS = labels("problem_page")
COLUMNS = labels("problem_columns")
SEVERITY_NAMES = labels("problem_severities")
MARKS = labels("problem_marks")
MOST_ROWS = 100  # of one kind on the page
LONGEST = 200  # of a text on the page
STYLE_OF = {"error": "problem", "doubt": "doubt", "note": "left_out"}  # as the page of ingest


def write_problem_page(
    problems: pd.DataFrame, rows: Mapping[str, int], folder: str, path: Path
) -> None:
    """Write the page of the problems of a folder; `rows` counts those of each table."""
    write_page(make_problem_page(problems, rows, folder), path)


def write_problems(problems: pd.DataFrame, path: Path) -> None:
    """Write every problem into a CSV that a spreadsheet opens."""
    write_csv(tabulate_problems(problems), path)


def write_page(page: str, path: Path) -> None:
    """Write a page, and make the folder it is to stand in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table for readers: with a byte order mark, and no cell that is a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = table.astype("object").where(table.notna(), "")
    shown = texts.map(lambda cell: hide_formula(cell) if isinstance(cell, str) else cell)
    shown.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def make_problem_page(problems: pd.DataFrame, rows: Mapping[str, int], folder: str) -> str:
    """The problems of a folder as one page that needs nothing else: by kind, errors first."""
    counts = problems["severity"].value_counts()
    return load_template("problems").render(
        labels=LABELS,
        columns=COLUMNS,
        folder=clean(folder),
        summary=summarize_problems(clean(folder), problems, rows),
        counts=[
            (STYLE_OF[word], MARKS[word], SEVERITY_NAMES[word], int(counts.get(word, 0)))
            for word in SEVERITIES
        ],
        checked=[say_rows(table, count) for table, count in rows.items()],
        severities=_describe_severities(problems),
        language=LANGUAGE,
    )


def _describe_severities(problems: pd.DataFrame) -> list[dict[str, Any]]:
    """The kinds of each severity that was found, the most frequent first."""
    told = labels("problem_severities_told")
    found = []
    for severity in SEVERITIES:
        of_it = problems[problems["severity"] == severity]
        kinds = [_describe_kind(str(k), of_it[of_it["kind"] == k]) for k in _order(of_it)]
        if kinds:
            style = {"style": STYLE_OF[severity], "mark": MARKS[severity]}
            said = {"name": SEVERITY_NAMES[severity], "told": told[severity], "kinds": kinds}
            found.append({"code": severity, **style, **said})
    return found


def _order(problems: pd.DataFrame) -> list[Any]:
    return [*problems["kind"].value_counts().index]


def _describe_kind(kind: str, problems: pd.DataFrame) -> dict[str, Any]:
    more = len(problems) - MOST_ROWS
    return {
        "id": kind,
        "name": name_problem(kind),
        "count": len(problems),
        "remedy": advise_on_problem(kind),
        "rows": [_describe_row(row) for row in problems.head(MOST_ROWS).to_dict("records")],
        "more": say_problems_left_out(more) if more > 0 else "",
    }


def _describe_row(problem: dict[Any, Any]) -> dict[str, str]:
    table = problem["file"].removesuffix(".csv").removesuffix(".parquet")
    cell = table, problem["column"]
    where = [problem["source_file"] or problem["source"], name_place(problem["place"])]
    return {
        "cell": _show(name_cell_of(problem["file"], problem["row"], problem["column"])),
        "subject": _show(problem["subject"]),
        "place": _show(" ".join(filter(None, where))),
        "printed": _show(show_value(problem["printed"], *cell)),
        "understood": _show(show_value(problem["understood"], *cell)),
        "found": _show(say_detail(problem["found"], *cell)),
        "expected": _show(say_detail(problem["expected"], *cell)),
    }


def _show(text: str) -> str:
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
