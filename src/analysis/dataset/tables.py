"""The tidy tables: what a row is, its key, its columns, and how a cell must be written.

`tables.toml` is the only place where a table or a column is defined. The checks, the conversion
to numbers, the slices, the editions and the codebook are all made from it.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.dataset.kinds import KINDS

# With pyarrow pandas would hold text as Arrow does: less for a nation, but what a report computes
# of its few rows takes half as long again.
pd.set_option("mode.string_storage", "python")

ALL_ROWS = "*"  # the key of a reason that holds for every row
OWN = "own_"  # before the name of a column that no table has, lest it be taken for one of them
INFERRING = "inferring_tables"  # the words of a column that names a table with `inferred`


@dataclass(frozen=True)
class Column:
    """One column: what its cells mean, how they are written; `tables.toml` says the rest."""

    meaning: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    filled: bool = False
    core: bool = False
    status: str = ""
    explained: bool = False
    printed: str = ""
    bound: str = ""
    unit: str = ""
    not_below: str = ""
    revised: bool = False

    @property
    def expected(self) -> str:
        """What a cell of this column must hold, in words for a message."""
        what = f"one of {', '.join(self.words)}" if self.words else KINDS[self.kind].expected
        return what if self.filled else f"{what}, or nothing"

    @property
    def needed(self) -> bool:
        """Whether it must stand in the header of its file."""
        return self.filled or self.core


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its key, its columns; `tables.toml` says what each part means."""

    row: str
    key: tuple[str, ...]
    figure: tuple[str, ...]
    slice: str
    columns: dict[str, Column]
    main: str = ""
    shows: bool = False
    required: bool = False
    missed: str = ""
    linked: bool = False
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, str]:
        """By figure that has a status, the column of that."""
        return {name: c.status for name, c in self.columns.items() if c.status}

    @property
    def revised(self) -> list[str]:
        """The columns of which reports tell what a later edition prints differently."""
        return [name for name, column in self.columns.items() if column.revised]


def _read_tables(said: dict[str, Any]) -> dict[str, Table]:
    words, shared = said.pop("words"), said.pop("shared")
    words[INFERRING] = [
        name for name, table in said.items() if "inferred" in _list_columns(table, shared)
    ]
    return {name: _make_table(table, shared, words) for name, table in said.items()}


def _list_columns(table: dict[str, Any], shared: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The columns of a table: of which program, its own, where it was read."""
    parts = table.get("shared", ())
    before, behind = (shared[name] if name in parts else {} for name in ("program", "trace"))
    columns: dict[str, dict[str, Any]] = before | table["columns"] | behind
    return columns


def _make_table(said: dict[str, Any], shared: dict[str, Any], words: dict[str, Any]) -> Table:
    columns = {
        name: Column(**column | {"words": _list_words(column.get("words", ()), words)})
        for name, column in _list_columns(said, shared).items()
    }
    references = {parent: tuple(on) for parent, on in said.get("references", {}).items()}
    if "trace" in said.get("shared", ()):
        references = {"sources": ("source_id",)} | references
    figure = said.get("figure", [column for column in said["key"] if column != "source_id"])
    told = {
        "key": tuple(said["key"]),
        "figure": tuple(figure),
        "columns": columns,
        "references": references,
    }
    return Table(**{name: what for name, what in said.items() if name != "shared"} | told)


def _list_words(said: str | Iterable[str], words: dict[str, Any]) -> tuple[str, ...]:
    return tuple(words[said] if isinstance(said, str) else said)


_said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_words: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in _said["words"].items()}
STATUSES = _words["statuses"]
DIRECTIONS = _words["directions"]
AGGREGATIONS = _words["aggregations"]
BOUNDS = _words["bounds"]
BUDGET_KINDS = _words["budget_kinds"]
INSTRUMENT_KINDS = _words["instrument_kinds"]
WITHOUT_VALUE = ("pending", "unpublished", "not_in_source", "not_set", "not_surveyed")
TABLES = _read_tables(_said)

PROGRAM = ["government_code", "program_id"]
PROGRAM_YEAR = [*PROGRAM, "fiscal_year"]
TRACED = [*PROGRAM, "source_id"]
TRACED_YEAR = [*PROGRAM_YEAR, "source_id"]
SOURCED = [name for name, table in TABLES.items() if "sources" in table.references]
SHOWING = [name for name, table in TABLES.items() if table.shows]
OF_YEAR = [name for name, table in TABLES.items() if table.slice == "year"]
LINKED = [name for name, table in TABLES.items() if table.linked]


def list_keys(table: pd.DataFrame, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    """List the key of each row."""
    return list(zip(*(table[column].tolist() for column in columns), strict=True))


def list_key_names(table: str, rows: pd.DataFrame) -> list[str]:
    """List the key of each row as `reasons` names it: without empty cells, / between.

    Examples
    --------
    >>> links = {"from_id": ["plan_2"], "to_id": ["plan_1"], "kind": ["succeeds"]}
    >>> list_key_names("links", pd.DataFrame(links))
    ['plan_2/plan_1/succeeds']
    """
    keys = list_keys(rows, [column for column in TABLES[table].key if column in rows])
    return ["/".join(str(cell) for cell in key if pd.notna(cell) and cell != "") for key in keys]


def list_names(table: str, rows: pd.DataFrame) -> pd.Series:
    """List the names by which `links` names the rows of a table: their keys with / between.

    Examples
    --------
    >>> programs = {"government_code": ["082201"], "program_id": ["fair"], "source_id": ["list"]}
    >>> list_names("programs", pd.DataFrame(programs)).tolist()
    ['082201/fair/list']
    """
    names = ["/".join(key) for key in list_keys(rows, TABLES[table].key)]
    return pd.Series(names, index=rows.index, dtype="str")
