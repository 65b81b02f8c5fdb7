"""What a check of a data folder found and expected, as it writes it in English, for readers.

Columns, tables and the words of columns are called as readers know them; names that somebody
typed (of programs, of sources) stay as they are.
"""

import re
from functools import cache

from analysis.dataset.tables import TABLES
from analysis.wording.codebook import name_column, name_table
from analysis.wording.formats import LISTS
from analysis.wording.labels import STATUSES, labels, say
from analysis.wording.typed import OF_BOUNDS, name_words

DETAILS = labels("problem_details")
TABLE_NAMES = labels("table_names")
WORDS = {word: name for s in OF_BOUNDS for word, name in labels(s).items()}
WORDS |= {**STATUSES, **labels("changes_from")}
NAME_COLUMNS = ("inferred", "column")  # whose cells name columns
CSV, RUBRICS = ".csv", "rubrics/"
STOP, EMPTY_CELL = LISTS["comma"], "an empty cell"  # the latter as checks write it
BETWEEN = re.compile(r", | and | or ")


class _Part(str):
    """A part of what a check wrote, of a problem in a column of a table; formats as it is asked."""

    table: str
    column: str

    def __format__(self, spec: str) -> str:
        match spec:
            case "column":
                return STOP.join(name_any_column(self.table, name) for name in _split(self))
            case "value":
                return name_value(self.table, self.column, str(self))
            case "list":
                return STOP.join(map(self._name_listed, _split(self)))
            case "key":
                return self._name_key()
            case "table":
                return STOP.join(map(_name_file, _split(self)))
            case "row":
                return self._name_rows()
        return WORDS.get(self, str(self))

    def _name_listed(self, text: str) -> str:
        """A word of a list: of a column, else a column, else a table."""
        if text == EMPTY_CELL:
            return say("details.empty")
        plain = text.strip("'")
        if self.table.startswith(RUBRICS):
            return plain  # the keys of a file that is no table
        word = name_value(self.table, self.column, plain)
        if word != plain:
            return word
        if self.table in TABLES and self.column in TABLES[self.table].columns:
            return WORDS.get(plain, plain)
        is_table = self.table in TABLES
        return name_any_column(self.table, plain) if is_table else _name_file(plain)

    def _name_rows(self) -> str:
        """The rows of which numbers are written, with their table where readers know it."""
        listed = _split(self)
        rows = say("details.row" if len(listed) == 1 else "details.rows", rows=STOP.join(listed))
        if self.table not in TABLE_NAMES:
            return rows
        return say("details.of_table", table=_name_file(self.table), rows=rows)

    def _name_key(self) -> str:
        """The cells of a key: words of whichever of its columns they stand in."""
        columns = self.column.split(" + ")
        named = ([name_value(self.table, c, text) for c in columns] for text in _split(self))
        return STOP.join(
            next((name for name in names if name != text), text)
            for names, text in zip(named, _split(self), strict=True)
        )


def _split(text: str) -> list[str]:
    return BETWEEN.split(text)


def _name_file(file: str) -> str:
    table = file.removesuffix(CSV)
    if table not in TABLE_NAMES:
        return file
    return say("lists.noted", what=name_table(table), note=f"{table}{CSV}")


def name_any_column(table: str, column: str) -> str:
    """Name a column as its table does, else as the first table that has it.

    Examples
    --------
    >>> name_any_column("reasons", "amount_yen"), name_any_column("kpis", "own_note")
    ('金額（円）', 'own_note')
    """
    tables = (table, *(name for name, defined in TABLES.items() if column in defined.columns))
    named = (name_column(name, column) for name in tables)
    return next((name for name in named if name != column), column)


def name_value(table: str, column: str, text: str) -> str:
    """Name what a cell holds, if it is a word of its column, or the name of a column.

    Examples
    --------
    >>> name_value("kpis", "direction", "down"), name_value("kpis", "unit", "down")
    ('減らす', 'down')
    """
    if column in NAME_COLUMNS:
        return " ".join(name_any_column(table, name) for name in text.split(" "))
    named = name_words(table, column) if table in TABLES else {}
    return named.get(text, text)


def name_columns_of(table: str, column: str) -> str:
    """Name the columns that a problem is about; of a file that is no table they stay as they are.

    Examples
    --------
    >>> name_columns_of("kpis", "kpi_id + fiscal_year")
    '指標の識別名＋年度'
    """
    if table not in TABLE_NAMES:
        return column
    return say("details.and").join(name_any_column(table, name) for name in column.split(" + "))


@cache
def _list_details() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern, re.DOTALL), said) for pattern, said in DETAILS.items()]


def say_detail(text: str, table: str = "", column: str = "") -> str:
    """Say what was found or expected in a column, as a check writes it; what has no words as it is.

    Examples
    --------
    >>> say_detail("about 5,005 as in the years around it"), say_detail("'約120'")
    ('前後の年度は5,005程度', '「約120」')
    >>> say_detail("'up' as in row 2 of this KPI, or another kpi_id; or the reason in break_note",
    ...            "kpis", "direction")
    '指標（kpis.csv）の2行目では「増やす」'
    """
    for pattern, said in _list_details():
        if found := pattern.fullmatch(text):
            return said.format(*(_as_part(part or "", table, column) for part in found.groups()))
    return text


def _as_part(text: str, table: str, column: str) -> _Part:
    part = _Part(text)
    part.table, part.column = table, column
    return part
