"""What a problem of a data folder is: its kinds, how severe each is, and how it is told.

An error stops `load`. A doubt is probably a slip of whoever typed the data, a note is worth
knowing; neither stops anything, for what is printed may be strange and true.
"""

import itertools
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

PROBLEM_COLUMNS = ["file", "row", "column", "found", "expected", "severity", "kind", "rows"]
SEVERITIES = ("error", "doubt", "note")
Problem = dict[str, Any]

ERRORS = {
    "no_such_file": "a table that every folder must have is missing",
    "unreadable": "a folder, a pipe, a link that leads nowhere, or a file that may not be read",
    "too_large": "a file has more bytes, rows or columns than a table may have",
    "not_utf8": "the file is not UTF-8 text",
    "broken_csv": "a quote is never closed, or a cell is endless",
    "broken_parquet": "the file is no Parquet file, or holds what is neither text, number nor day",
    "two_files": "a table stands both as CSV and as Parquet",
    "empty_file": "the file holds nothing, no header either",
    "repeated_column": "a column name stands twice in the header",
    "ragged_row": "a row has more or fewer cells than the header",
    "missing_column": "a column that a report is about does not stand in the header",
    "bad_cell": "a cell is not written as its column asks",
    "lost_zero": "a spreadsheet dropped the zero a code begins with",
    "key_again": "two rows have one key",
    "unknown_inferred": "inferred names no column of the table",
    "value_despite_status": "a figure stands beside a status that says there is none",
    "silently_empty": "a figure is missing and no status says why",
    "negative_amount": "an amount below zero of a kind that cannot be",
    "impossible_quantity": "a term of support that its unit does not allow",
    "wrong_order": "the end of a span lies before its beginning",
    "unknown_source": "no such row of sources",
    "unknown_program": "no such row of programs",
    "unknown_kpi": "no such KPI",
    "unknown_name": "a name that nothing bears",
    "circle": "a name leads back to itself",
    "larger_than_whole": "a part is larger than what it is part of",
    "unknown_level": "a published level that its rubric does not know",
    "bad_rubric": "a rubric is not written as docs/data.md says",
    "sources_contradict": "two sources that evaluate one year print different figures, and "
    "nothing says which is the later word",
}
DOUBTS = {
    "unknown_file": "a file that no table has; nothing reads it",
    "unknown_column": "columns that the table does not have; nothing reads them",
    "unknown_word": "a scheme, word of progress or grade that no rubric knows",
    "printed_differs": "a figure is not what its printed text says",
    "status_differs": "a status is not what the printed text says",
    "bound_differs": "a bound (at least, about and the like) is printed and not held, or held "
    "otherwise",
    "total_differs": "a total is not the sum of its parts",
    "full_differs": "a full cost is not the direct cost and the personnel cost",
    "money_differs": "where the money comes from does not add up to the cost",
    "unused_differs": "the unused amount is not what the settled account leaves of the total",
    "thousandfold": "a settled account is far from its budget, or most amounts of a source from "
    "those of the year before, as by a wrong unit",
    "execution_rate_differs": "a published execution rate is not settled over a budget",
    "several_years": "an amount printed for several years is held as one year's",
    "tenfold": "an actual or target is ten times its neighbours' years or more, or a tenth or less",
    "far_above_target": "an actual above 1,000 % of its target",
    "unit_changes": "the unit of a KPI changes between its rows",
    "direction_changes": "the direction of a KPI changes between its rows",
    "name_changes": "the name of a KPI changes between its rows",
    "baseline_changes": "the baseline of a KPI changes between its rows",
    "target_beside_baseline": "a target lies on the wrong side of the baseline",
    "target_unchanged": "target_before is the target",
    "change_differs": "a published change is not that of the figures",
    "above_limit": "a figure lies beyond the natural limit",
    "unknown_row": "a reason for a row that is not there",
    "small_sample": "a part is larger than the number it is a part of",
    "future_year": "a result of a year that had not begun when the source was read",
    "final_too_early": "an actual is called final before its year, or the day in as_of, was over",
    "outside_year": "as_of is no day of the row's fiscal year",
    "editions_differ": "two editions print different figures; only their edition or day tells "
    "which is later",
}
NOTES = {
    "no_table": "a table is missing, and reports will say that there is nothing to tell",
    "printed_unread": "a printed text with a number in it could not be compared",
    "history_differs": "a later source prints another figure of an earlier year",
    "year_of_source": "a source holds figures of a KPI for other years only than its own",
    "no_longer_listed": "a program that the next source of the publisher does not list",
    "program_not_shown": "a source prints figures of a program and has no row of it in programs",
    "years_overlap": "an amount for several years stands beside amounts of single years",
    "no_glyph": "a character that no font of the figures has: a box stands for it",
    "reason_unused": "a reason for a cell that no row calls inferred",
}
MEANINGS = ERRORS | DOUBTS | NOTES
SEVERITY_OF = {
    kind: severity
    for severity, kinds in zip(SEVERITIES, (ERRORS, DOUBTS, NOTES), strict=True)
    for kind in kinds
}
MOST_NAMED = 5  # rows or columns named of many
MANY = 40  # above this many problems a list shows only some of each kind
SHOWN = 5  # that many
MOST_LISTED = 1_000  # of one kind in one column; the others are counted
LONG, BEGINNING = 100, 40  # a cell longer than the one is shown with its beginning only
MOST_SAID = 1_000  # characters of what was found, however it was put together
# Controls but for tab and line feed, what turns the direction of text, what is not to be seen.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def make_problem(
    kind: str,
    file: str,
    found: str,
    expected: str,
    *,
    row: Any = None,
    column: str = "",
    rows: list[Any] | None = None,
) -> Problem:
    """Make one problem; its severity is that of its kind.

    `rows` are all rows it stands for, where there are several; the first is `row`.
    """
    found = found if len(found) <= MOST_SAID else f"{found[:MOST_SAID]}…"
    return {
        "file": escape(file),
        "row": rows[0] if rows else row,
        "column": escape(column),
        "found": escape(found),
        "expected": escape(expected),
        "severity": SEVERITY_OF[kind],
        "kind": kind,
        "rows": rows or [row],
    }


def keep_first(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first of many problems of one kind in one column; the last tells how many more."""
    kept: dict[tuple[str, str, str], list[Problem]] = {}
    more: dict[tuple[str, str, str], list[Any]] = {}
    for problem in problems:
        key = (problem["kind"], problem["file"], problem["column"])
        same = kept.setdefault(key, [])
        if len(same) < MOST_LISTED:
            same.append(problem)
        else:
            more.setdefault(key, []).extend(problem["rows"])
    for key, rows in more.items():
        kept[key].append(_tell_more(kept[key][-1], rows))
    return [problem for same in kept.values() for problem in same]


def _tell_more(last: Problem, rows: list[Any]) -> Problem:
    said = f"{len(rows):,} more like those above"
    return last | {"row": rows[0], "rows": rows, "found": said}


def table_problems(problems: Iterable[Problem]) -> pd.DataFrame:
    """Put problems into a table: `rows` is the number of rows each stands for."""
    counted = [problem | {"rows": len(problem["rows"])} for problem in problems]
    return pd.DataFrame(counted, columns=PROBLEM_COLUMNS).astype({"row": "Int64", "rows": "int64"})


def list_problems(
    kind: str,
    table: str,
    column: str,
    rows: Iterable[Any],
    found: Iterable[str],
    expected: str | Iterable[str],
) -> list[Problem]:
    """Make a problem for each of some rows of one column of a table; of many as `keep_first`."""
    labels = list(rows)
    wanted = itertools.repeat(expected) if isinstance(expected, str) else expected
    problems = [
        make_problem(kind, f"{table}.csv", said, want, row=row, column=column)
        for row, said, want in zip(labels[:MOST_LISTED], found, wanted, strict=False)
    ]
    if len(labels) > MOST_LISTED:
        problems.append(_tell_more(problems[-1], labels[MOST_LISTED:]))
    return problems


def quote(text: str) -> str:
    """Put the text of a cell in quotes, of a long one the beginning, or say that it is empty.

    Examples
    --------
    >>> quote("約120"), quote(""), quote("a" * 40_000)[-26:]
    ("'約120'", 'an empty cell', "aaaa…' (40,000 characters)")
    """
    if len(text) > LONG:
        return f"'{text[:BEGINNING]}…' ({len(text):,} characters)"
    return f"'{text}'" if text else "an empty cell"


def escape(text: str) -> str:
    r"""Write characters that no terminal or page may be given raw as Python does.

    Examples
    --------
    >>> print(escape(chr(27) + "[2J"))
    \x1b[2J
    """
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def count(number: int, word: str) -> str:
    """Write a number and what is counted, in the plural where there are several.

    Examples
    --------
    >>> count(1, "row"), count(1_100_000, "row")
    ('1 row', '1,100,000 rows')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def show_number(number: float) -> str:
    """Write a figure as a message shows it: 9,702,000 or 46.3.

    Examples
    --------
    >>> show_number(9_702_000.0), show_number(46.3)
    ('9,702,000', '46.3')
    """
    return f"{number:,.12g}"


def summarize_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """Count the problems by kind, file and column.

    Returns
    -------
    One row per `severity`, `kind`, `file` and `column` with `rows` (how many), `first_row`,
    and `found` and `expected` of the first; errors first, then the most frequent.
    """
    by = ["severity", "kind", "file", "column"]
    grouped = problems.groupby(by, sort=False)
    counted = grouped.agg(
        rows=("rows", "sum"),
        first_row=("row", "first"),
        found=("found", "first"),
        expected=("expected", "first"),
    ).reset_index()
    order = counted["severity"].map(SEVERITIES.index).astype("int64")
    return (
        counted.assign(order=order)
        .sort_values(["order", "rows"], ascending=[True, False], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def describe_problems(problems: pd.DataFrame) -> str:
    """Say each problem in one line: where, what was found, what to write instead."""
    return "\n".join(_describe_problem(problem) for problem in problems.to_dict("records"))


def _describe_problem(problem: dict[Any, Any]) -> str:
    row = "" if pd.isna(problem["row"]) else f" row {problem['row']}"
    column = f", column {problem['column']}" if problem["column"] else ""
    mild = "" if problem["severity"] == "error" else f" ({problem['severity']})"
    text = f"{problem['found']}; expected {problem['expected']}{_describe_place(problem)}"
    return " ".join(f"{problem['file']}{row}{column}{mild}: found {text}".split())


def _describe_place(problem: dict[Any, Any]) -> str:
    """Say what is printed and where; nothing of what was not traced (`add_places`)."""
    file = problem.get("source_file") or problem.get("source") or ""
    where = " ".join(filter(None, (file, problem.get("place", ""))))
    printed = problem.get("printed", "")
    said = f"printed {quote(printed)}" if printed else "printed" if where else ""
    return f"; {said}{f' in {where}' if where else ''}" if said else ""


def cut_problems(problems: pd.DataFrame) -> pd.DataFrame:
    """Keep the first few problems of each kind, file and column where there are many."""
    if len(problems) <= MANY:
        return problems
    return problems.groupby(["kind", "file", "column"], sort=False).head(SHOWN)


def describe_summary(problems: pd.DataFrame) -> str:
    """Count the problems in one line per kind, file and column: how many, where, what."""
    lines = []
    for group in summarize_problems(problems).to_dict("records"):
        column = f", column {group['column']}" if group["column"] else ""
        first = "" if pd.isna(group["first_row"]) else f" from row {group['first_row']}"
        lines.append(
            f"{group['rows']:>6} × {group['severity']} {group['kind']}: {group['file']}{column}"
            f"{first}: {MEANINGS[group['kind']]}"
        )
    return "\n".join(lines)


def count_severities(problems: pd.DataFrame) -> str:
    """Count the problems by severity: 0 errors, 2 doubts, 1 note.

    Examples
    --------
    >>> count_severities(pd.DataFrame({"severity": ["doubt", "note", "doubt"]}))
    '0 errors, 2 doubts, 1 note'
    """
    counts = problems["severity"].value_counts().reindex(SEVERITIES, fill_value=0)
    return ", ".join(count(n, word) for word, n in counts.items())
