"""Which rows of a data folder belong to which slice: the one definition.

`load` takes the rows of a slice by it, and a run finds by it which rows a report has read. The
question is answered once for a folder; to look one slice up costs what the slice holds, not
what the folder holds. The rule of each table is the word `slice` of its definition:

    year     its own fiscal year, and for an amount of several years each of them for which its
             source shows the program
    shown    the years for which its source shows the program; also each year of the program that
             no source shows: history and plans, which are there for whoever asks for that year
    source   the years for which its source shows the program
    quoted   its own fiscal year if the program has that, and each later year for which the same
             source shows the program, for that sheet quotes it; if neither, the last year its
             source shows
    plan     the government of its plan and the year of its source; no program
    ends     all that its two ends belong to
    none     nothing
    cited    whatever slice has a row that names it as its source (a link, which leads elsewhere,
             does not count)
    told     what a reason is about: all that its source shows, or its program; a reason for a whole
             table, or for a row of no program, is in every slice
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset.shown_years import (
    YEAR_OF_SOURCE,
    is_in,
    list_dated_years,
    list_shown_years,
)
from analysis.dataset.tables import (
    ALL_ROWS,
    LINKED,
    PROGRAM,
    TABLES,
    TRACED,
    TRACED_YEAR,
    list_keys,
    list_names,
)

Rows = NDArray[np.intp]
ShownIn = tuple[str, str, int, str]  # government, program, fiscal year, source
MEMBER_COLUMNS = ["row", *PROGRAM, "fiscal_year"]


class _Known(NamedTuple):
    """All tables, and the years in which they show programs and tell of them."""

    tables: dict[str, pd.DataFrame]
    shown: pd.DataFrame
    dated: pd.DataFrame


def list_members(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """List for each table the program and the fiscal years each row belongs to.

    Returns
    -------
    By table, one row per row and year: `row` (its position), `government_code`, `program_id`
    and `fiscal_year`, which is missing where a row belongs to no year. Tables that belong to
    every slice, are cited or told, are left out.
    """
    return _list_members(_know(tables))


def _know(tables: dict[str, pd.DataFrame]) -> _Known:
    dated = list_dated_years(tables)
    return _Known(tables, list_shown_years(tables, dated), dated)


def _list_members(known: _Known) -> dict[str, pd.DataFrame]:
    tables = known.tables
    members = {
        name: _FINDERS[TABLES[name].slice](_number_rows(table), known)
        for name, table in tables.items()
        if TABLES[name].slice in _FINDERS
    }
    ends = _list_ends(tables, members)
    return members | {
        name: _find_members_of_ends(_number_rows(table), ends)
        for name, table in tables.items()
        if TABLES[name].slice == "ends"
    }


def _number_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(row=np.arange(len(table)))


def _find_own_years(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    own = rows[MEMBER_COLUMNS]
    if "last_year" not in rows or rows["last_year"].isna().all():
        return own
    traced = rows[["row", *TRACED, "fiscal_year", "last_year"]].dropna(subset="last_year")
    shown = traced.rename(columns={"fiscal_year": "first_year"}).merge(known.shown, on=TRACED)
    later = shown["fiscal_year"].between(shown["first_year"], shown["last_year"])
    found = pd.concat([own, shown.loc[later, MEMBER_COLUMNS]])
    return found.drop_duplicates().sort_values("row", kind="stable")


def _find_shown_years(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    traced = rows[["row", *TRACED]]
    shown = traced.merge(known.shown, on=TRACED)[MEMBER_COLUMNS]
    beside = traced.merge(known.dated[~is_in(known.dated, shown)], on=TRACED)[MEMBER_COLUMNS]
    shown = pd.concat([shown, beside])
    pairs = pd.concat([known.shown, known.dated])[[*PROGRAM, "fiscal_year"]].drop_duplicates()
    elsewhere = traced.merge(pairs[~is_in(pairs, shown)], on=PROGRAM)[MEMBER_COLUMNS]
    return pd.concat([shown, elsewhere]).sort_values("row")


def _find_years_of_source(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    return rows[["row", *TRACED]].merge(known.shown, on=TRACED)[MEMBER_COLUMNS]


def _find_quoted_years(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    own = rows[is_in(rows, known.shown) | is_in(rows, known.dated)][MEMBER_COLUMNS]
    traced = rows[["row", *TRACED, "fiscal_year"]].rename(columns={"fiscal_year": "observed"})
    shown = traced.merge(known.shown, on=TRACED)
    quoted = shown[shown["observed"] < shown["fiscal_year"]][MEMBER_COLUMNS]
    found = pd.concat([own, quoted])
    last = shown[~shown["row"].isin(found["row"])].sort_values("fiscal_year")
    found = pd.concat([found, last.drop_duplicates("row", keep="last")[MEMBER_COLUMNS]])
    nowhere = rows[~rows["row"].isin(found["row"])].assign(fiscal_year=pd.NA)
    return pd.concat([found, nowhere[MEMBER_COLUMNS]]).drop_duplicates().sort_values("row")


def _find_years_of_plan(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    of_plan = known.tables["strategies"][["strategy_id", "government_code"]]
    of_source = known.tables["sources"][YEAR_OF_SOURCE]
    traced = rows[["row", "strategy_id", "source_id"]]
    found = traced.merge(of_plan, on="strategy_id").merge(of_source, on="source_id")
    no_program = pd.Series(pd.NA, index=found.index, dtype="str")
    return found.assign(program_id=no_program)[MEMBER_COLUMNS].sort_values("row")


def _find_nothing(rows: pd.DataFrame, known: _Known) -> pd.DataFrame:
    nothing = known.shown.iloc[:0].assign(row=rows["row"].iloc[:0])
    return nothing[MEMBER_COLUMNS]


_FINDERS: dict[str, Callable[[pd.DataFrame, _Known], pd.DataFrame]] = {
    "year": _find_own_years,
    "shown": _find_shown_years,
    "source": _find_years_of_source,
    "quoted": _find_quoted_years,
    "plan": _find_years_of_plan,
    "none": _find_nothing,
}


def _list_ends(tables: dict[str, pd.DataFrame], members: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What every row that a link may name belongs to, by its name."""
    return pd.concat(
        members[name].assign(end=list_names(name, tables[name]).take(members[name]["row"]).array)
        for name in LINKED
    ).drop(columns="row")


def _find_members_of_ends(rows: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    found = [
        rows[["row", end]].rename(columns={end: "end"}).merge(ends, on="end")
        for end in ("from_id", "to_id")
    ]
    return pd.concat(found)[MEMBER_COLUMNS].drop_duplicates().sort_values("row")


class Slices:
    """The rows of every slice of some tables, by position.

    Examples
    --------
    >>> import analysis
    >>> slices = Slices(analysis.load("data").tables)
    >>> slices.find_rows(government="032018", fiscal_year=2022)["programs"].tolist()
    [10]
    """

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        self._sizes = {name: len(table) for name, table in tables.items()}
        known = _know(tables)
        self._members = _list_members(known)
        self._shown = known.shown
        beside = known.dated[~is_in(known.dated, known.shown)]
        years = pd.concat([known.shown, beside], ignore_index=True)
        self._years = years.assign(row=np.arange(len(years)))
        self._shown_in: list[Any] = list_keys(years, TRACED_YEAR)
        sources = pd.Index(tables["sources"]["source_id"])
        self._sources_of = {
            name: sources.get_indexer(tables[name]["source_id"]) for name in self._members
        }
        self._source_ids = tables["sources"]["source_id"].tolist()
        self._programs = list_keys(tables["programs"], PROGRAM)
        self._reasons = _group_reasons(tables["reasons"])
        self._found: dict[tuple[str, ...], dict[str, dict[Any, Rows]]] = {}
        self._found_years: dict[tuple[str, ...], dict[Any, Rows]] = {}

    def find_rows(
        self,
        government: str | None = None,
        fiscal_year: int | None = None,
        program: str | None = None,
    ) -> dict[str, Rows]:
        """Find the rows of one slice: by table their positions, in the order of the file.

        Without any argument all rows are found. A fiscal year without a program holds the
        programs that are shown for it (`list_shown_years`): the history and the plans that other
        programs have of that year only where no program of the government is. A slice that holds
        nothing has no rows in any other table.
        """
        asked = _list_asked(government, fiscal_year, program)
        if not asked:
            return {name: np.arange(size) for name, size in self._sizes.items()}
        columns, key = tuple(asked), _key_of(asked)
        if columns not in self._found:
            self._found[columns] = {
                name: self._list_rows(members, columns) for name, members in self._members.items()
            }
        rows = {name: found.get(key, _NO_ROWS) for name, found in self._found[columns].items()}
        sources = self._find_sources(rows, [n for n in rows if TABLES[n].slice != "ends"])
        any_row = any(len(found) for found in rows.values())
        told = self._find_reasons(rows) if any_row else _NO_ROWS
        beside = {"cited": sources, "told": told}
        return {
            name: rows[name] if name in rows else beside[TABLES[name].slice] for name in self._sizes
        }

    def _find_sources(self, rows: dict[str, Rows], names: Iterable[str]) -> Rows:
        """The sources of some rows of some tables."""
        cited = [self._sources_of[name][rows[name]] for name in names if len(rows[name])]
        return np.unique(np.concatenate(cited)) if cited else _NO_ROWS

    def _find_reasons(self, rows: dict[str, Rows]) -> Rows:
        """The reasons for a whole table, and those about the sources and programs of some rows."""
        sources = self._find_sources(rows, rows).tolist()
        about: list[Any] = [None, *(self._source_ids[row] for row in sources)]
        about += dict.fromkeys(self._programs[row] for row in rows["programs"].tolist())
        found = [self._reasons[one] for one in about if one in self._reasons]
        return np.sort(np.concatenate(found)) if found else _NO_ROWS

    def find_years(
        self,
        government: str | None = None,
        fiscal_year: int | None = None,
        program: str | None = None,
    ) -> list[ShownIn]:
        """Find the fiscal years for which each source shows each program of one slice.

        The rows of `list_shown_years`; where a year was asked for also the history and the plans
        that the slice holds of it.
        """
        asked = _list_asked(government, fiscal_year, program)
        if not asked:
            return self._shown_in[: len(self._shown)]
        columns = tuple(asked)
        if columns not in self._found_years:
            size = None if "fiscal_year" in asked else len(self._shown)
            self._found_years[columns] = self._list_rows(self._years[:size], columns)
        rows = self._found_years[columns].get(_key_of(asked), _NO_ROWS)
        return [self._shown_in[row] for row in rows.tolist()]

    def _list_rows(self, members: pd.DataFrame, columns: tuple[str, ...]) -> dict[Any, Rows]:
        """The rows of every value of some columns."""
        if "fiscal_year" in columns and "program_id" not in columns:
            members = self._leave_out_beside(members)
        members = members[["row", *columns]].drop_duplicates()
        row = members["row"].to_numpy()
        by = list(columns) if len(columns) > 1 else columns[0]
        return {key: row[found] for key, found in members.groupby(by).indices.items()}

    def _leave_out_beside(self, members: pd.DataFrame) -> pd.DataFrame:
        """Leave out the history and plans of other programs in a year that shows programs."""
        shown = is_in(members, self._shown)
        year = is_in(members, self._shown, ["government_code", "fiscal_year"])
        return members[shown | ~year | members["program_id"].isna()]


def _group_reasons(reasons: pd.DataFrame) -> dict[Any, Rows]:
    """The rows of reasons by what they are about: a source, a program, None for all."""
    rows: dict[Any, list[int]] = {}
    for row, (table, key) in enumerate(list_keys(reasons, ["table", "key"])):
        rows.setdefault(_tell_about(table, key), []).append(row)
    return {about: np.array(found, dtype=np.intp) for about, found in rows.items()}


def _tell_about(table: str, key: str) -> Any:
    of_one = f"{ALL_ROWS}/"
    if key.startswith(of_one):
        return key.removeprefix(of_one)
    if TABLES[table].key == ("source_id",):
        return None if key == ALL_ROWS else key
    is_of_program = list(TABLES[table].key[: len(PROGRAM)]) == PROGRAM and key != ALL_ROWS
    return tuple(key.split("/")[: len(PROGRAM)]) if is_of_program else None


_NO_ROWS: Rows = np.array([], dtype=np.intp)
_NO_ROWS.flags.writeable = False


def _list_asked(
    government: str | None, fiscal_year: int | None, program: str | None
) -> dict[str, Any]:
    """The columns that a slice is asked for by, with their values."""
    given = {"government_code": government, "program_id": program, "fiscal_year": fiscal_year}
    return {column: value for column, value in given.items() if value is not None}


def _key_of(asked: dict[str, Any]) -> Any:
    return tuple(asked.values()) if len(asked) > 1 else next(iter(asked.values()))
