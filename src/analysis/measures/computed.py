"""The columns that functions add to the tables (`computed.toml`), by name."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from analysis.dataset.tables import TABLES

UNITS = {
    "ratio": "ratio (0.74 is 74 %)",
    "unit": "that in the column unit",
    "unit a year": "that in the column unit, a year",
}


COLUMNS = {column for table in TABLES.values() for column in table.columns}


class Computed(NamedTuple):
    """One computed column: its meaning, its unit, and the function that adds it."""

    meaning: str
    unit: str
    function: str


def _read_columns() -> dict[tuple[str, str], Computed]:
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        (function, name): Computed(
            column["meaning"], UNITS.get(column["unit"], column["unit"]), function
        )
        for function, columns in said.items()
        for name, column in columns.items()
    }


ADDED = _read_columns()  # by function and column
COMPUTED = {  # of one name the first, if no table has it
    name: column for (_, name), column in reversed(ADDED.items()) if name not in COLUMNS
}
