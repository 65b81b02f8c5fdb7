"""The cells of a table as text: whether each is written as its column asks, and as what type.

A cell is checked as the text it was typed as, so that a message can show what stands in the
file.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.kinds import DIGITS_HELD, KINDS, LARGEST, TEXT
from analysis.dataset.tables import TABLES, Column


def check_digit_of_code(code: str) -> bool:
    """Whether the check digit of a government code or corporate number is right.

    Six digits are a 地方公共団体コード (weights 6 5 4 3 2, modulus 11), thirteen a
    法人番号 (first digit, weights 1 and 2 from the right, modulus 9).

    References
    ----------
    総務省, 全国地方公共団体コード; 国税庁, 法人番号の指定（チェックデジットの計算）.

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


def is_code(code: str) -> bool:
    """Whether a well-written code exists: its check digit is right, or it is a name (x_ ...)."""
    return not code.isdigit() or check_digit_of_code(code)


LOST_ZERO = "a spreadsheet dropped it; read this column in as text"
EXISTING = {
    "code": "a code whose check digit is right",
    "date": "a day of the calendar such as 2019-03-31",
    "as_of": "a day of the calendar such as 2019-03-31",
    "number": "a number of at most 15 digits; what has more would be rounded",
    "count": f"a whole number up to {LARGEST:,}; larger ones would be rounded",
    "yen": f"whole yen up to {LARGEST:,}; larger amounts would be rounded",
}
LONGEST_NUMBER = 40  # of a number as it is written, zeros and all


@cache
def _pattern(column: Column) -> str:
    pattern = "|".join(column.words) if column.words else KINDS[column.kind].pattern
    if not column.filled:
        return f"(?:{pattern})?"
    return rf"(?=[\s\S]*\S)(?:{pattern})"  # blanks alone do not fill a cell


def _find_misfits(column: Column, cells: pd.Series) -> list[tuple[Any, str]]:
    """The cells that are not written as they must be, or whose code, day or figure cannot be.

    Each with the label of its row.
    """
    pattern, most = re.compile(_pattern(column)), KINDS[column.kind].most
    texts = cells.tolist()
    distinct = set(texts)
    if _are_texts(column, distinct):
        return []
    misfits = {
        cell
        for cell in distinct
        if len(cell) > most or not pattern.fullmatch(cell) or not _can_be(column.kind, cell)
    }
    if not misfits:
        return []
    return [(row, cell) for row, cell in zip(cells.index, texts, strict=True) if cell in misfits]


def _are_texts(column: Column, distinct: set[str]) -> bool:
    """Whether all cells of a column of free text are well written, looked at in one go."""
    kind = KINDS[column.kind]
    return (
        kind.pattern == TEXT
        and not column.words
        and re.fullmatch(TEXT, "\n".join(distinct)) is not None
        and max(map(len, distinct), default=0) <= kind.most
        and (not column.filled or all(map(str.strip, distinct)))
    )


def _can_be(kind: str, cell: str) -> bool:
    """Whether there is what a well-written cell names; an empty cell names nothing."""
    if kind == "code":
        return is_code(cell)
    if kind in ("number", "count", "yen"):
        return len(cell) <= DIGITS_HELD or _is_held(cell)
    if kind == "date" or (kind == "as_of" and len(cell) > len("2025")):
        return not cell or _is_day(cell)
    return True


def _is_day(cell: str) -> bool:
    try:
        datetime.date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _is_held(number: str) -> bool:
    """Whether a float holds a number as it is written, and every whole number up to it."""
    if len(number) > LONGEST_NUMBER:
        return False
    held = float(number)
    return abs(held) <= LARGEST and Decimal(repr(held)) == Decimal(number)


class CellProblem(NamedTuple):
    """A cell that does not fit: the label of its row, its column, its text, what was expected."""

    row: int
    column: str
    found: str
    expected: str


def find_cell_problems(name: str, table: pd.DataFrame) -> Iterator[CellProblem]:
    """Check one table of text cells against its definition; missing columns are not looked for."""
    for column, definition in TABLES[name].columns.items():
        if column in table:
            for row, found in _find_misfits(definition, table[column]):
                yield CellProblem(row, column, found, _expected(definition, found))


def _expected(column: Column, found: str) -> str:
    with_zero = f"0{found}"
    if column.kind == "code" and re.fullmatch("[0-9]{5}", found) and is_code(with_zero):
        return f"{with_zero}, a 6-digit local government code with its leading zero: {LOST_ZERO}"
    most = KINDS[column.kind].most
    if len(found) > most:
        return f"at most {most:,} characters: is a quote missing, or was a text pasted here?"
    if not re.fullmatch(TEXT, found):
        return "text without control characters; take them out"
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


def convert_loosely(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Read what can be read of unchecked text cells, so that rows can be compared.

    Numbers are floats, missing where a cell is empty or not a number; text stays text, an empty
    cell an empty text. Columns that the file does not have are added, empty.
    """
    if table.empty:
        return _read_nothing(name)
    no_text = pd.array([""] * len(table), dtype="str")
    no_number = np.full(len(table), np.nan)
    read = {}
    for column, definition in TABLES[name].columns.items():
        if KINDS[definition.kind].dtype == "str":
            read[column] = table[column].array if column in table else no_text
        else:
            is_there = column in table and any(table[column].tolist())
            read[column] = _read_numbers(table[column]) if is_there else no_number
    return pd.DataFrame(read, index=table.index)


@cache
def _read_nothing(name: str) -> pd.DataFrame:
    kinds = {column: KINDS[c.kind].dtype for column, c in TABLES[name].columns.items()}
    dtypes = {column: "str" if dtype == "str" else "float64" for column, dtype in kinds.items()}
    return pd.DataFrame(columns=list(dtypes)).astype(dtypes)


def read_distinct(cells: pd.Series, read: Callable[[pd.Series], Any]) -> Any:
    """Read a column by reading each of its texts once: what `read` makes of them, for each cell.

    Examples
    --------
    >>> cells = pd.Series(["a", "b", "a"], index=[4, 5, 6])
    >>> read_distinct(cells, lambda texts: texts.str.upper()).to_dict()
    {4: 'A', 5: 'B', 6: 'A'}
    """
    codes, distinct = pd.factorize(cells)
    return read(pd.Series(distinct, dtype="str")).take(codes).set_axis(cells.index)


def _read_numbers(cells: pd.Series) -> Any:
    numbers = read_distinct(cells, _read_each).to_numpy("float64")
    return np.where(np.abs(numbers) <= LARGEST, numbers, np.nan)


def _read_each(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts.where(texts != ""), errors="coerce")


def _typed(cells: pd.Series, dtype: str) -> pd.Series:
    if not any(cells.tolist()):
        return pd.Series(None, index=cells.index, dtype=dtype)
    if dtype == "str":
        return cells.where(cells != "")
    return read_distinct(cells, lambda texts: pd.to_numeric(texts.where(texts != "")).astype(dtype))
