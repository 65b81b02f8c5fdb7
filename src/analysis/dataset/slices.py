"""Which rows of a data folder belong to which slice: the one definition.

`load` takes the rows of a slice by it, and a run finds by it which rows a report has read. The
question is answered once for a folder; to look one slice up costs what the slice holds, not
what the folder holds.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.dataset.tables import LINKED, PROGRAM, list_names
from analysis.errors import DataError

Rows = NDArray[np.intp]
DATED = ("kpis", "budgets", "ratings")
TRACED = [*PROGRAM, "source_id"]
MANY_YEARS = 10_000  # puts every year before that of the source behind every later one
MEMBER_COLUMNS = ["row", *PROGRAM, "fiscal_year"]


def list_dated_years(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """List the years of which each source prints a KPI, an amount or a judgement of a program.

    One row per `government_code`, `program_id`, `fiscal_year` and `source_id`: the year the
    source evaluates, its history and its plans.
    """
    dated = pd.concat([tables[name][[*TRACED, "fiscal_year"]] for name in DATED])
    return dated.drop_duplicates()


def list_shown_years(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """List the fiscal year for which each source shows each program.

    One row per `government_code`, `program_id`, `fiscal_year` and `source_id`. A source
    evaluates one year, its own; history and next year's budget beside it are data, and no
    further years of the program. Where it prints nothing of its own year, it shows the program
    in the first year planned, else in the last year it tells of. A source that holds a row of
    the program and no KPI, amount or judgement shows it for its own year.
    """
    of_source = tables["sources"][["source_id", "fiscal_year"]]
    dated = list_dated_years(tables)
    beside = dated.merge(of_source.rename(columns={"fiscal_year": "evaluated"}), on="source_id")
    ahead = (beside["fiscal_year"] - beside["evaluated"]).astype("int64")
    nearest = beside.assign(distance=ahead.where(ahead >= 0, MANY_YEARS - ahead))
    nearest = nearest.sort_values("distance", kind="stable").drop_duplicates(TRACED).sort_index()
    programs = tables["programs"][TRACED].merge(of_source, on="source_id")
    undated = programs[~_is_in(programs, dated, TRACED)]
    return pd.concat([nearest, undated])[[*PROGRAM, "fiscal_year", "source_id"]].drop_duplicates()


def list_members(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """List for each table the program and the fiscal years each row belongs to.

    A KPI, an amount and a judgement belong to their own year; an amount for several years also
    to those of them for which its source shows the program. A row of `programs` and its
    `instruments` belong to the year for which their source shows the program
    (`list_shown_years`), and a row of `programs` to a year of the program that no source shows:
    history and plans, which are there for whoever asks for that year. A row of
    `observations` belongs to its year if the program has that year, and to each later year for
    which the same source shows the program, for that sheet quotes it; one that belongs to no
    year by this, to the last year its source shows. A plan and its items belong to their
    government and the year of their source, and to no program; a link to all that its two ends
    belong to. Sources have no year of their own, and grants belong to no slice.

    Returns
    -------
    By table, one row per row and year: `row` (its position), `government_code`, `program_id`
    and `fiscal_year`, which is missing where a row belongs to no year.
    """
    years, dated = list_shown_years(tables), list_dated_years(tables)
    of_year = (*DATED, "rating_axes")
    members = {name: _number_rows(tables[name])[MEMBER_COLUMNS] for name in of_year}
    members |= {
        "programs": _find_years_of_programs(tables["programs"], years, dated),
        "observations": _find_years_of_observations(tables["observations"], years, dated),
        "instruments": _number_rows(tables["instruments"]).merge(years, on=TRACED)[MEMBER_COLUMNS],
        "strategies": _find_years_of_plans(tables["strategies"], tables),
        "strategy_items": _find_years_of_plans(tables["strategy_items"], tables),
        "grants": members["kpis"].iloc[:0],
    }
    members["budgets"] = _find_years_of_amounts(tables["budgets"], years)
    return members | {"links": _find_members_of_links(tables, members)}


def _number_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(row=np.arange(len(table)))


def _find_years_of_programs(
    programs: pd.DataFrame, years: pd.DataFrame, dated: pd.DataFrame
) -> pd.DataFrame:
    numbered = _number_rows(programs)[["row", *TRACED]]
    shown = numbered.merge(years, on=TRACED)[MEMBER_COLUMNS]
    beside = numbered.merge(dated[~_is_in(dated, shown)], on=TRACED)[MEMBER_COLUMNS]
    shown = pd.concat([shown, beside])
    pairs = pd.concat([years, dated])[[*PROGRAM, "fiscal_year"]].drop_duplicates()
    elsewhere = numbered.merge(pairs[~_is_in(pairs, shown)], on=PROGRAM)[MEMBER_COLUMNS]
    return pd.concat([shown, elsewhere]).sort_values("row")


def _find_years_of_observations(
    observations: pd.DataFrame, years: pd.DataFrame, dated: pd.DataFrame
) -> pd.DataFrame:
    numbered = _number_rows(observations)
    own = numbered[_is_in(numbered, years) | _is_in(numbered, dated)][MEMBER_COLUMNS]
    traced = numbered[["row", *TRACED, "fiscal_year"]].rename(columns={"fiscal_year": "observed"})
    shown = traced.merge(years, on=TRACED)
    quoted = shown[shown["observed"] < shown["fiscal_year"]][MEMBER_COLUMNS]
    found = pd.concat([own, quoted])
    last = shown[~shown["row"].isin(found["row"])].sort_values("fiscal_year")
    found = pd.concat([found, last.drop_duplicates("row", keep="last")[MEMBER_COLUMNS]])
    nowhere = numbered[~numbered["row"].isin(found["row"])].assign(fiscal_year=pd.NA)
    return pd.concat([found, nowhere[MEMBER_COLUMNS]]).drop_duplicates().sort_values("row")


def _find_years_of_amounts(budgets: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    numbered = _number_rows(budgets)
    own = numbered[MEMBER_COLUMNS]
    if "last_year" not in budgets or budgets["last_year"].isna().all():
        return own
    traced = numbered[["row", *TRACED, "fiscal_year", "last_year"]].dropna(subset="last_year")
    shown = traced.rename(columns={"fiscal_year": "first_year"}).merge(years, on=TRACED)
    later = shown["fiscal_year"].between(shown["first_year"], shown["last_year"])
    found = pd.concat([own, shown.loc[later, MEMBER_COLUMNS]])
    return found.drop_duplicates().sort_values("row", kind="stable")


def _find_years_of_plans(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The government of the plan, and the year of the source of each row."""
    numbered = _number_rows(rows)[["row", "strategy_id", "source_id"]]
    of_plan = tables["strategies"][["strategy_id", "government_code"]]
    of_source = tables["sources"][["source_id", "fiscal_year"]]
    found = numbered.merge(of_plan, on="strategy_id").merge(of_source, on="source_id")
    no_program = pd.Series(pd.NA, index=found.index, dtype="str")
    return found.assign(program_id=no_program)[MEMBER_COLUMNS].sort_values("row")


def _find_members_of_links(
    tables: dict[str, pd.DataFrame], members: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    there = pd.concat(
        members[name].assign(end=list_names(name, tables[name]).take(members[name]["row"]).array)
        for name in LINKED
    ).drop(columns="row")
    links = _number_rows(tables["links"])
    found = [
        links[["row", end]].rename(columns={end: "end"}).merge(there, on="end")
        for end in ("from_id", "to_id")
    ]
    return pd.concat(found)[MEMBER_COLUMNS].drop_duplicates().sort_values("row")


def _is_in(
    table: pd.DataFrame, other: pd.DataFrame, on: list[str] | tuple[str, ...] = MEMBER_COLUMNS[1:]
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
        self._shown = list_shown_years(tables)
        sources = pd.Index(tables["sources"]["source_id"])
        self._cited = {
            name: sources.get_indexer(tables[name]["source_id"])
            for name in self._members
            if name != "links"
        }
        self._found: dict[tuple[str, ...], dict[str, dict[Any, Rows]]] = {}

    def find_rows(
        self,
        government: str | None = None,
        fiscal_year: int | None = None,
        program: str | None = None,
    ) -> dict[str, Rows]:
        """Find the rows of one slice: by table their positions, in the order of the file.

        The `sources` of a slice are those its rows cite, but for links, which lead elsewhere;
        without any argument all rows are found. A fiscal year without a program holds the
        programs that are shown for it (`list_shown_years`): the history and the plans that other
        programs have of that year only where no program of the government is. Reasons belong
        to every slice. A slice that holds nothing has no rows in any other table.

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
        cited = [of_rows[rows[name]] for name, of_rows in self._cited.items() if len(rows[name])]
        sources = np.unique(np.concatenate(cited)) if cited else _NO_ROWS
        any_row = any(len(found) for found in rows.values())
        reasons = np.arange(self._sizes["reasons"]) if any_row else _NO_ROWS
        found = rows | {"sources": sources, "reasons": reasons}
        return {name: found[name] for name in self._sizes}

    def _index(self, columns: tuple[str, ...]) -> dict[str, dict[Any, Rows]]:
        """By table the rows of every value of some columns; made when first asked for."""
        if columns not in self._found:
            years = "fiscal_year" in columns and "program_id" not in columns
            self._found[columns] = {
                name: _list_rows(self._leave_out_beside(members) if years else members, columns)
                for name, members in self._members.items()
            }
        return self._found[columns]

    def _leave_out_beside(self, members: pd.DataFrame) -> pd.DataFrame:
        """Leave out the history and plans of other programs in a year that shows programs."""
        shown = _is_in(members, self._shown)
        year = _is_in(members, self._shown, ["government_code", "fiscal_year"])
        return members[shown | ~year | members["program_id"].isna()]


_NO_ROWS: Rows = np.array([], dtype=np.intp)
_NO_ROWS.flags.writeable = False


def _list_rows(members: pd.DataFrame, columns: tuple[str, ...]) -> dict[Any, Rows]:
    members = members[["row", *columns]].drop_duplicates()
    row = members["row"].to_numpy()
    by = list(columns) if len(columns) > 1 else columns[0]
    return {key: row[found] for key, found in members.groupby(by).indices.items()}
