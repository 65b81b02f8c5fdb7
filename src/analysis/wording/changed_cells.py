"""One change between two editions in words: what, before, after, how."""

from typing import Any

import pandas as pd

from analysis.dataset.tables import TABLES
from analysis.measures.achievement import RATES
from analysis.measures.keys import list_rows
from analysis.wording.codebook import name_column, name_table
from analysis.wording.formats import (
    format_fiscal_year,
    format_percent,
    format_rate,
    format_value,
    format_yen,
)
from analysis.wording.labels import (
    BUDGET_KINDS,
    DIRECTIONS,
    FLAGS,
    KPI_KINDS,
    NATURES,
    NO_FIGURE,
    READINGS,
    STATUSES,
    labels,
    say,
)
from analysis.wording.rubrics import name_grades

WORDS = labels("edition_changes")
HOW = labels("edition_changes.words")
WAYS = labels("edition_changes.ways")
MOVERS = labels("edition_changes.movers")
CONCLUSIONS = labels("edition_changes.conclusions") | READINGS
REACHED = labels("reached")
VERDICTS = {"reached": REACHED, "at_final": labels("rubrics.conditions.final_reached")}
MARKS = {"yes": "● ", "no": "◆ ", "unknown": "？ "}
BOUNDS = labels("bounds") | labels("targets_in_words")
CODES = {
    "direction": DIRECTIONS,
    "aggregation": labels("aggregations"),
    "kpi_kind": KPI_KINDS,
    "nature": NATURES,
    "flag": FLAGS,
}
Rubrics = dict[str, dict[str, Any]]
Row = dict[str, Any]


def word_changes(changes: pd.DataFrame, rubrics: Rubrics) -> pd.DataFrame:
    """Word each row of `find_changes`: `what` changed, `before`, `after` and `how`.

    `rubrics` gives the names of the rubrics and of their grades.
    """
    grades = {name: name_grades(rubric) for name, rubric in rubrics.items()}
    rows = list_rows(changes)
    return pd.DataFrame(
        {
            "what": [_say_what(row, rubrics) for row in rows],
            "before": [_say_end(row, "earlier", "before", grades) for row in rows],
            "after": [_say_end(row, "later", "after", grades) for row in rows],
            "how": [_say_how(row) for row in rows],
        },
        index=changes.index,
        dtype="str",
    )


def _say_what(row: Row, rubrics: Rubrics) -> str:
    table, column, item = row["table"], row["column"], row["item"]
    if row["part"] == "years":
        return name_table(table)
    if row["part"] == "conclusion":
        rubric = rubrics.get(str(item), {}).get("name", "")
        said = CONCLUSIONS[column]
        return say("lists.noted", what=said, note=rubric) if rubric else said
    name = str(name_column(table, column))
    if table == "programs" and row["change"] in ("new", "gone"):
        return WORDS["program_row"]
    if table == "kpis" and column == "kpi" and row["change"] in ("new", "gone"):
        return WORDS["kpi_row"]
    if pd.isna(item):
        return name
    if table == "budgets":
        kind, _, of_which = str(item).partition(" ")
        item = BUDGET_KINDS.get(kind, kind) + (f" {of_which}" if of_which else "")
    return say("lists.noted", what=name, note=item)


def _say_end(row: Row, end: str, when: str, grades: dict[str, dict[str, str]]) -> str:
    """The figure or word of one edition with its unit, and its status where that is not final."""
    value, column, status = row[end], row["column"], row[f"status_{when}"]
    if pd.isna(value):
        return STATUSES.get(status, NO_FIGURE) if pd.notna(status) else NO_FIGURE
    if row["part"] == "years":
        return say("changed_cells.rows", count=int(value))
    if row["part"] == "conclusion":
        return _say_conclusion(row, value, grades)
    said = _say_value(row["table"], column, value, row[f"unit_{when}"])
    told = pd.notna(status) and (status != "final" or row["change"] == "status")
    return say("lists.noted", what=said, note=STATUSES.get(status, status)) if told else said


def _say_conclusion(row: Row, value: Any, grades: dict[str, dict[str, str]]) -> str:
    if row["column"] in VERDICTS:
        return MARKS[value] + VERDICTS[row["column"]].get(value, REACHED[value])
    if row["column"] in RATES:
        return format_rate(value)
    if value == "unknown":
        return labels("rubrics")["unknown"]
    return grades.get(str(row["item"]), {}).get(value, str(value))


def _say_value(table: str, column: str, value: Any, unit: Any) -> str:
    if isinstance(value, str):
        words = BOUNDS if column.endswith("_bound") else CODES.get(column, {})
        return words.get(value, value)
    if TABLES[table].columns[column].kind == "year":
        return format_fiscal_year(value)
    if unit == "ratio":
        return format_percent(value)
    return format_yen(value) if unit == "yen" else format_value(value, unit)


def _say_how(row: Row) -> str:
    if row["change"] == "moved":
        moved_by = row["moved_by"]
        return HOW["moved"] if pd.isna(moved_by) else _say_movers(moved_by)
    if pd.notna(row["way"]):
        return WAYS[row["way"]]
    return HOW[row["change"]]


def _say_movers(moved_by: str) -> str:
    """Say which figures move a conclusion: each alone, or only together.

    Examples
    --------
    >>> _say_movers("target"), _say_movers("actual+target"), _say_movers("actual target")
    ('目標', '実績と目標（合わせて）', '実績と目標（どちらだけでも）')
    """
    names = [MOVERS[name] for name in moved_by.replace("+", " ").split()]
    if len(names) < 2:
        return "".join(names)
    movers = say("changed_cells.and").join(names)
    if "+" in moved_by:
        return say("changed_cells.together", movers=movers)
    return say(
        "changed_cells.either_alone" if len(names) == 2 else "changed_cells.each_alone",
        movers=movers,
    )
