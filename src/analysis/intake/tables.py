"""The tidy tables: what a row is, its key, its columns, and how a cell must be written.

`TABLES` is the only place where a column is defined. The checks, the conversion to
numbers and the codebook are all made from it. A cell is checked as the text it was
typed as, so that a message can show what stands in the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

STATUSES = (
    "final",
    "preliminary",
    "estimated",
    "pending",
    "unpublished",
    "not_in_source",
    "planned",
    "not_set",
)
WITHOUT_VALUE = ("pending", "unpublished", "not_in_source", "not_set")
DIRECTIONS = ("up", "down", "keep_above", "keep_below", "keep_within", "milestone", "unknown")
AGGREGATIONS = ("single_year", "increment", "cumulative", "level", "unknown")
KPI_KINDS = ("activity", "outcome", "societal", "unknown")
BOUNDS = (
    "at_least",
    "above",
    "at_most",
    "below",
    "better_than_baseline",
    "no_worse_than_baseline",
)
BUDGET_KINDS = (
    "initial",
    "supplementary",
    "carried_in",
    "carried_out",
    "reserve",
    "total",
    "settled",
    "national_grant",
    "unused",
    "planned",
    "reported",
)


@dataclass(frozen=True)
class Kind:
    """A way of writing a cell: a pattern, the words a message uses for it, a pandas dtype."""

    pattern: str
    expected: str
    dtype: str = "str"


KINDS = {
    "text": Kind(r"[\s\S]*", "text"),
    "code": Kind(
        r"[0-9]{6}|[0-9]{13}",
        "a 6-digit 地方公共団体コード with its leading zero, or a 13-digit 法人番号",
    ),
    "slug": Kind(
        r"[a-z0-9]+(_[a-z0-9]+)*", "a name of small letters, digits and _, such as job_fair"
    ),
    "year": Kind(
        r"(19|20)[0-9]{2}",
        "the western year in which the fiscal year begins, such as 2018 for 平成30年度",
        "Int64",
    ),
    "number": Kind(
        r"-?[0-9]+(\.[0-9]+)?",
        "a plain number such as 1110 or -4.3; put other text in the column *_printed",
        "float64",
    ),
    "count": Kind(r"[0-9]+", "a whole number such as 110", "Int64"),
    "yen": Kind(
        r"-?[0-9]+", "whole yen without separators such as 10010000 for 10,010千円", "Int64"
    ),
    "date": Kind(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2019-03-31"),
}


@dataclass(frozen=True)
class Column:
    """One column: how its cells are written, what they mean, and whether they may be empty.

    A `filled` column has no empty cell. A `core` column may have empty cells but must stand in
    the header: a report without it would look as if nothing had been published.
    """

    meaning: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    filled: bool = False
    core: bool = False

    @property
    def expected(self) -> str:
        """What a cell of this column must hold, in words for a message."""
        what = f"one of {', '.join(self.words)}" if self.words else KINDS[self.kind].expected
        return what if self.filled else f"{what}, or nothing"


@dataclass(frozen=True)
class Table:
    """One table: what a row is, the columns that tell rows apart, and all columns."""

    row: str
    key: tuple[str, ...]
    columns: dict[str, Column]


def _trace() -> dict[str, Column]:
    return {
        "source_id": Column("the publication the row was read from", "slug", filled=True),
        "place": Column("sheet, page or cell in that publication", filled=True),
        "inferred": Column(
            "the columns of this row that were concluded, not read; blanks between", core=True
        ),
    }


def _program() -> dict[str, Column]:
    return {
        "government_code": Column("the government", "code", filled=True),
        "program_id": Column(
            "the program (個別事業), our own name, stable over the years", "slug", filled=True
        ),
    }


def _status(of: str) -> Column:
    return Column(f"what the {of} is; empty: a plain printed figure", words=STATUSES)


TABLES = {
    "sources": Table(
        "one publication",
        ("source_id",),
        {
            "source_id": Column("our own name of the publication", "slug", filled=True),
            "publisher": Column("who published it", filled=True),
            "title": Column("its title as printed", filled=True),
            "edition": Column("速報版, 確定版 or as printed"),
            "fiscal_year": Column("the fiscal year it is about", "year", filled=True),
            "published_on": Column("the day it was published", "date"),
            "document_id": Column("its number among the papers it belongs to"),
            "address": Column("where it was found"),
            "license": Column("the terms it is offered on; empty: not stated"),
            "place": Column("where in it these facts stand", filled=True),
            "inferred": Column("the columns of this row that were concluded, not read", core=True),
        },
    ),
    "programs": Table(
        "one program as one source shows it",
        ("government_code", "program_id", "source_id"),
        _program()
        | {
            "government": Column("name of the government", filled=True),
            "project": Column("the grant project (交付金事業) it belongs to"),
            "program": Column("name of the program (個別事業) as printed", filled=True),
            "department": Column("the department or departments in charge, ・ between them"),
            "start_year": Column("first fiscal year", "year"),
            "end_year": Column("last fiscal year", "year"),
            "grant_name": Column("the grant that pays for it"),
            "scope": Column("one government alone, or several together", words=("単独", "連携")),
            "joint_with": Column("the other governments, ・ between them"),
            "flag": Column("how the source marks it", words=("new", "expanded")),
            "note": Column("what it does, in our own words"),
        }
        | _trace(),
    ),
    "budgets": Table(
        "one amount of a program in one fiscal year",
        ("government_code", "program_id", "fiscal_year", "kind", "item", "source_id"),
        _program()
        | {
            "fiscal_year": Column("the fiscal year of the amount", "year", filled=True),
            "kind": Column("what kind of amount", words=BUDGET_KINDS, filled=True),
            "item": Column("which item, where one program has several amounts of a kind"),
            "amount_yen": Column("the amount in yen", "yen", core=True),
            "amount_status": _status("amount"),
            "amount_printed": Column("the amount as printed"),
        }
        | _trace(),
    ),
    "kpis": Table(
        "one KPI (重要業績評価指標) in one fiscal year, as one source shows it",
        ("government_code", "program_id", "kpi_id", "fiscal_year", "source_id"),
        _program()
        | {
            "kpi_id": Column("our own name of the KPI, stable over the years", "slug", filled=True),
            "fiscal_year": Column("the fiscal year evaluated", "year", filled=True),
            "kpi": Column("name of the KPI as printed", filled=True),
            "unit": Column("the unit of all its values, as printed", core=True),
            "kpi_kind": Column("what it counts", words=KPI_KINDS, filled=True),
            "direction": Column("where it should go", words=DIRECTIONS, filled=True),
            "aggregation": Column("how years add up", words=AGGREGATIONS, filled=True),
            "baseline": Column("value before the program (従前値)", "number", core=True),
            "baseline_year": Column("fiscal year of the baseline", "year"),
            "baseline_status": _status("baseline"),
            "target": Column("value aimed at for this fiscal year (目標値)", "number", core=True),
            "target_status": _status("target"),
            "target_bound": Column("how a target in words bounds the actual", words=BOUNDS),
            "target_upper": Column("upper end of a target range", "number"),
            "tolerance": Column("accepted share of the target either way (0.1 = ±10％)", "number"),
            "target_printed": Column("the target as printed, if not a bare number"),
            "actual": Column("value reached (実績値)", "number", core=True),
            "actual_year": Column("fiscal year of the actual, if an earlier one", "year"),
            "actual_status": Column("what the actual is", words=STATUSES, filled=True),
            "actual_printed": Column("the actual as printed, if not a bare number"),
            "sample_size": Column("number of answers behind a survey share", "count"),
            "final_target": Column(
                "value aimed at for the program's last year (最終目標値)", "number", core=True
            ),
            "final_year": Column("fiscal year of the final target", "year"),
        }
        | _trace(),
    ),
    "ratings": Table(
        "one published judgement of a program, or of one of its KPIs",
        ("government_code", "program_id", "kpi_id", "fiscal_year", "source_id"),
        _program()
        | {
            "kpi_id": Column("the KPI judged; empty: the program as a whole", "slug"),
            "fiscal_year": Column("the fiscal year judged", "year", filled=True),
            "scheme": Column("the rubric it follows: a file of data/rubrics", "slug", core=True),
            "progress": Column("published progress (進捗状況)", core=True),
            "effectiveness": Column("published effectiveness (有効性)"),
            "efficiency": Column("published efficiency (効率性)"),
            "grade": Column("published overall grade (総合評価)", core=True),
            "policy": Column("published plan for the future (今後の方針)"),
            "published_rate": Column("published rate as a ratio (0.74 for 74 ％)", "number"),
            "published_rate_printed": Column(
                "the rate in percent as printed, with all its decimals (101.0)"
            ),
            "rated_by": Column("who judged: department, outside experts, assembly"),
            "rated_on": Column("the day of the judgement", "date"),
            "reason": Column("the reason given, in our own words"),
        }
        | _trace(),
    ),
    "observations": Table(
        "any other published figure about a program",
        ("government_code", "program_id", "what", "fiscal_year", "source_id"),
        _program()
        | {
            "what": Column("what was counted, in our own words", filled=True),
            "fiscal_year": Column("the fiscal year the figure is about", "year", filled=True),
            "value": Column("the figure", "number", core=True),
            "value_status": _status("figure"),
            "unit": Column("its unit", core=True),
            "sample_size": Column("the number it is a share or part of", "count"),
            "printed": Column("the figure as printed, if not a bare number"),
        }
        | _trace(),
    ),
}

PROGRAM = ["government_code", "program_id"]
REQUIRED_TABLES = ("sources", "programs")


def check_digit_of_code(code: str) -> bool:
    """Whether the check digit of a government code or corporate number is right.

    Six digits are a 地方公共団体コード (weights 6 5 4 3 2, modulus 11), thirteen a
    法人番号 (first digit, weights 1 and 2 from the right, modulus 9).

    Source: 総務省, 全国地方公共団体コード; 国税庁, 法人番号の指定（チェックデジットの計算）.

    Examples
    --------
    >>> check_digit_of_code("082201"), check_digit_of_code("082202")
    (True, False)
    """
    digits = [int(digit) for digit in code]
    if len(digits) == 6:
        total = sum(w * d for w, d in zip((6, 5, 4, 3, 2), digits[:5], strict=True))
        return digits[5] == (11 - total % 11) % 10
    total = sum(d * (1 + n % 2) for n, d in enumerate(reversed(digits[1:])))
    return digits[0] == 9 - total % 9


@cache
def _schema(name: str) -> pa.DataFrameSchema:
    """One check of all cells at a time: a check for each column would cost several times more."""
    columns = TABLES[name].columns

    def fit(table: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({column: _fits(columns[column], table[column]) for column in table})

    return pa.DataFrameSchema(checks=[pa.Check(fit, ignore_na=False)])


EXISTING = {
    "code": "a code whose check digit is right",
    "date": "a day of the calendar such as 2019-03-31",
}


def _pattern(column: Column) -> str:
    pattern = "|".join(column.words) if column.words else KINDS[column.kind].pattern
    if not column.filled:
        return f"(?:{pattern})?"
    return rf"(?=[\s\S]*\S)(?:{pattern})"  # blanks alone do not fill a cell


ANYTHING = _pattern(Column(""))


def _fits(column: Column, cells: pd.Series) -> pd.Series:
    """Whether each cell is written as it must be, and its code or day is one that exists."""
    written = cells.str.fullmatch(_pattern(column))
    if column.kind == "date":
        return written & (pd.to_datetime(cells, errors="coerce").notna() | (cells == ""))
    if column.kind == "code":
        right = {code: check_digit_of_code(code) for code in cells[written].unique()}
        return written & cells.map(right).eq(True)
    return written


class CellProblem(NamedTuple):
    """A cell that does not fit: the label of its row, its column, its text, what was expected."""

    row: int
    column: str
    found: str
    expected: str


def find_cell_problems(name: str, table: pd.DataFrame) -> list[CellProblem]:
    """Check one table of text cells against its definition; missing columns are not looked for."""
    columns = TABLES[name].columns
    checked = [c for c, d in columns.items() if c in table and _pattern(d) != ANYTHING]
    if not checked:
        return []
    try:
        _schema(name).validate(table[checked], lazy=True)
    except pa.errors.SchemaErrors as errors:
        return [
            CellProblem(int(case["index"]), column, found, _expected(columns[column], found))
            for case in errors.failure_cases.sort_values("index").to_dict("records")
            for column, found in case["failure_case"].items()
        ]
    return []


def _expected(column: Column, found: str) -> str:
    written = re.fullmatch(_pattern(column), found)
    return EXISTING[column.kind] if written else column.expected


def convert(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Turn checked text cells into the types of their columns, in the order of the definition.

    Empty cells become missing. A column that the file does not have is added, missing
    everywhere; a column that the definition does not have is kept as text at the end.
    """
    known = TABLES[name].columns
    extra = [column for column in table.columns if column not in known]
    empty = pd.Series("", index=table.index, dtype="str")
    converted = {
        column: _typed(table.get(column, empty), KINDS[definition.kind].dtype)
        for column, definition in known.items()
    }
    return pd.DataFrame(converted, index=table.index).join(table[extra])


def _typed(cells: pd.Series, dtype: str) -> pd.Series:
    filled = cells.where(cells != "")
    if dtype == "str":
        return filled
    return pd.to_numeric(filled).astype(dtype)


def codebook(names: Iterable[str] = TABLES) -> pd.DataFrame:
    """Every column of every table with its key, meaning and way of writing.

    One row per column: `table`, `column`, `in_key`, `may_be_empty`, `meaning`, `written`.
    """
    return pd.DataFrame(
        [
            {
                "table": name,
                "column": column,
                "in_key": column in TABLES[name].key,
                "may_be_empty": not definition.filled,
                "meaning": definition.meaning,
                "written": definition.expected.removesuffix(", or nothing"),
            }
            for name in names
            for column, definition in TABLES[name].columns.items()
        ]
    )
