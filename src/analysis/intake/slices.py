"""Which rows of a data folder belong to which slice: the one definition.

`load` takes the rows of a slice by it, and a run finds by it which rows a report has read. The
question is answered once for a folder; to look one slice up costs what the slice holds, not
what the folder holds.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import DataError
from analysis.intake.tables import PROGRAM

Rows = NDArray[np.intp]
DATED = ("kpis", "budgets", "ratings")
TRACED = [*PROGRAM, "source_id"]
MEMBER_COLUMNS = ["row", *PROGRAM, "fiscal_year"]


def list_program_years(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """List the years in which a program has a KPI, an amount or a judgement, by source.

    One row per `government_code`, `program_id`, `fiscal_year` and `source_id`.
    """
    columns = [*PROGRAM, "fiscal_year", "source_id"]
    return pd.concat([tables[name][columns] for name in DATED]).drop_duplicates()


def list_members(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """List for each table but `sources` the program and the fiscal years each row belongs to.

    A KPI, an amount and a judgement belong to their own year. A row of `programs` belongs to
    the years for which its own source shows the program; to a year for which no row of the
    program does; and, where a program has no year at all, to the year of its source. A row of
    `observations` belongs to its year if the program has that year, and to each later year for
    which the same source shows the program, for that sheet quotes it.

    Returns
    -------
    By table, one row per row and year: `row` (its position), `government_code`, `program_id`
    and `fiscal_year`, which is missing where a row belongs to no year.
    """
    years = list_program_years(tables)
    dated = {name: _number_rows(tables[name])[MEMBER_COLUMNS] for name in DATED}
    return dated | {
        "programs": _find_years_of_programs(tables["programs"], tables["sources"], years),
        "observations": _find_years_of_observations(tables["observations"], years),
    }


def _number_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(row=np.arange(len(table)))


def _find_years_of_programs(
    programs: pd.DataFrame, sources: pd.DataFrame, years: pd.DataFrame
) -> pd.DataFrame:
    numbered = _number_rows(programs)[["row", *TRACED]]
    shown = numbered.merge(years, on=TRACED)[MEMBER_COLUMNS]
    pairs = years[[*PROGRAM, "fiscal_year"]].drop_duplicates()
    elsewhere = numbered.merge(pairs[~_is_in(pairs, shown)], on=PROGRAM)[MEMBER_COLUMNS]
    undated = numbered[~_is_in(numbered, years, PROGRAM)]
    undated = undated.merge(sources[["source_id", "fiscal_year"]], on="source_id")
    return pd.concat([shown, elsewhere, undated[MEMBER_COLUMNS]]).sort_values("row")


def _find_years_of_observations(observations: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    numbered = _number_rows(observations)
    own = numbered[_is_in(numbered, years)][MEMBER_COLUMNS]
    traced = numbered[["row", *TRACED, "fiscal_year"]].rename(columns={"fiscal_year": "observed"})
    quoted = traced.merge(years, on=TRACED)
    quoted = quoted[quoted["observed"] < quoted["fiscal_year"]][MEMBER_COLUMNS]
    dated = pd.concat([own, quoted])
    undated = numbered[~numbered["row"].isin(dated["row"])][["row", *PROGRAM]]
    undated["fiscal_year"] = pd.array([pd.NA] * len(undated), dtype="Int64")
    return pd.concat([dated, undated]).sort_values("row")


def _is_in(
    table: pd.DataFrame, other: pd.DataFrame, on: tuple[str, ...] | list[str] = MEMBER_COLUMNS[1:]
) -> Any:
    both = pd.concat([other[on], table[on]]) if len(other) and len(table) else None
    if both is None:
        return np.zeros(len(table), dtype=bool)
    group = both.groupby(list(on), sort=False, dropna=False).ngroup().to_numpy()
    return np.isin(group[len(other) :], group[: len(other)])


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
        self._members = list_members(tables)
        sources = pd.Index(tables["sources"]["source_id"])
        self._cited = {
            name: sources.get_indexer(tables[name]["source_id"]) for name in self._members
        }
        self._found: dict[tuple[str, ...], dict[str, dict[Any, Rows]]] = {}

    def find_rows(
        self,
        government: str | None = None,
        fiscal_year: int | None = None,
        program: str | None = None,
    ) -> dict[str, Rows]:
        """Find the rows of one slice: by table their positions, in the order of the file.

        The `sources` of a slice are those its rows cite; without any argument all rows are
        found. A slice that holds nothing has no rows in any table.

        Raises
        ------
        DataError
            When the government code is not text.
        """
        if not isinstance(government, str | None):
            raise DataError(
                f"government {government!r} is not text: write the code in quotes, such as '082201'"
            )
        given = {
            "government_code": government,
            "program_id": program,
            "fiscal_year": fiscal_year,
        }
        asked = {column: value for column, value in given.items() if value is not None}
        if not asked:
            return {name: np.arange(size) for name, size in self._sizes.items()}
        index = self._index(tuple(asked))
        key = tuple(asked.values()) if len(asked) > 1 else next(iter(asked.values()))
        rows = {name: found.get(key, _NO_ROWS) for name, found in index.items()}
        cited = [self._cited[name][found] for name, found in rows.items() if len(found)]
        sources = np.unique(np.concatenate(cited)) if cited else _NO_ROWS
        return {name: sources if name == "sources" else rows[name] for name in self._sizes}

    def _index(self, columns: tuple[str, ...]) -> dict[str, dict[Any, Rows]]:
        """By table the rows of every value of some columns; made when first asked for."""
        if columns not in self._found:
            self._found[columns] = {
                name: _list_rows(members, list(columns)) for name, members in self._members.items()
            }
        return self._found[columns]


_NO_ROWS: Rows = np.array([], dtype=np.intp)
_NO_ROWS.flags.writeable = False


def _list_rows(members: pd.DataFrame, columns: list[str]) -> dict[Any, Rows]:
    members = members[["row", *columns]].drop_duplicates()
    row = members["row"].to_numpy()
    by = columns if len(columns) > 1 else columns[0]
    return {key: row[found] for key, found in members.groupby(by).indices.items()}
