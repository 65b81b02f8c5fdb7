"""Load a data folder, or the slice of it that one report is about."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, make_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.asked import Names, read_years
from analysis.dataset.folder import keep_folder
from analysis.dataset.locations import name_folder
from analysis.dataset.overview import describe_dataset, write_html
from analysis.dataset.shown_years import list_shown_years
from analysis.dataset.slices import Rows, ShownIn
from analysis.dataset.tables import (
    PROGRAM,
    PROGRAM_YEAR,
    SHOWING,
    TABLES,
    TRACED,
    list_keys,
)
from analysis.environment import tell_run
from analysis.errors import DataError

NOWHERE = -1  # no row of programs
MOST_LISTED = 10  # programs in a message
Slice = dict[str, Any]
Years = int | str | Iterable[int | str]
_Tables: Any = make_dataclass("_Tables", [(name, pd.DataFrame) for name in TABLES])


@dataclass
class Dataset(_Tables):  # type: ignore[misc]
    """The tables of a data folder, or of one slice of it.

    Every table that `tables.toml` defines is an attribute. Each has the columns of
    `analysis.codebook()`, in that order; rows keep the order of the file. Where several sources
    print the same figure, the table holds the latest one and `revisions` the others, under the
    table's name. `rubrics` holds the grading
    rubrics by name: the package's own, overridden by those in the folder. `warnings` are the
    doubts and notes of `check`, which did not stop the folder from loading. `shown_years` tells
    for which fiscal year each source shows each program (code, program, year, source).
    `fiscal_year` is the year of the slice, where one was asked for.
    """

    revisions: dict[str, pd.DataFrame] = field(default_factory=dict)
    rubrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: pd.DataFrame = field(default_factory=pd.DataFrame)
    shown_years: list[ShownIn] = field(default_factory=list)
    fiscal_year: int | None = None

    def __repr__(self) -> str:
        return describe_dataset(self)

    def _repr_html_(self) -> str:
        return write_html(self)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Say of what a dataset has not what it has that looks like it; its tables are found."""
        near = [] if name.startswith("_") else get_close_matches(name, dir(self), 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"a dataset has no {name}{meant}")

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in TABLES}

    @property
    def program_sources(self) -> pd.DataFrame:
        """The publications about programs, without those that only tell of grants."""
        return self.sources[~self.sources["source_id"].isin(self.grants["source_id"])]

    @property
    def program_years(self) -> pd.DataFrame:
        """The programs and the fiscal years for which a source shows them.

        One row per `government_code`, `program_id` and `fiscal_year`, in the order of the
        programs table: the year each source evaluates, or the first it plans where it prints
        nothing of that (`analysis.dataset.shown_years`). In the slice of one year
        that year, of history and plans, too.
        """
        return _table_years(self._find_shown())

    @property
    def measured_years(self) -> pd.DataFrame:
        """Those of `program_years` with a KPI or an amount, each of which can have a report."""
        measured = self._list_measured()
        return _table_years(key for key in self._find_shown() if key in measured)

    @property
    def dated_years(self) -> pd.DataFrame:
        """The programs and all fiscal years with a KPI or an amount, history and plans too.

        What can have a report of its own when that year is asked for.
        """
        return _table_years(self._order(self._list_measured()))

    def _list_measured(self) -> set[tuple[Any, ...]]:
        return {
            key for table in (self.kpis, self.budgets) for key in list_keys(table, PROGRAM_YEAR)
        }

    @property
    def all_years(self) -> pd.DataFrame:
        """`program_years` and `dated_years` together, each once."""
        both = pd.concat([self.program_years, self.dated_years]).drop_duplicates()
        return _table_years(self._order(list_keys(both, PROGRAM_YEAR)))

    @property
    def shown_programs(self) -> pd.DataFrame:
        """The programs as they were shown for each year, `program_years` with the other columns.

        A row is that of the source that shows the program for the year, superseded or not; the
        latest where there are several, or where none does. `year_concluded` says whether the
        year was concluded: from no source it could be read.
        """
        shown, read = self._find_shown(), self._list_read_years()
        rows = self._all_programs.iloc[list(shown.values())].reset_index(drop=True)
        return rows.assign(
            fiscal_year=_table_years(shown)["fiscal_year"],
            year_concluded=[key not in read for key in shown],
        )

    def _list_read_years(self) -> set[tuple[Any, ...]]:
        """The programs and years of which some row has a fiscal year that was read."""
        tables = self.tables
        years = {key for name in SHOWING for key in list_keys(_read(tables[name]), PROGRAM_YEAR)}
        year_of = dict(list_keys(_read(self.sources), ["source_id", "fiscal_year"]))
        for *key, source in list_keys(self._all_programs, [*PROGRAM, "source_id"]):
            if source in year_of:
                years.add((*key, year_of[source]))
        return years

    @property
    def _all_programs(self) -> pd.DataFrame:
        """The rows of programs of all sources, the superseded first."""
        superseded = self.revisions.get("programs", ())
        if not len(superseded):  # as in most slices; to join tables takes longer than all the rest
            return self.programs
        return pd.concat([superseded, self.programs], ignore_index=True)

    def _find_shown(self) -> dict[tuple[Any, ...], int]:
        """By program and year the row of `_all_programs` that shows it."""
        programs = list_keys(self._all_programs, TRACED)
        last = {traced[:2]: row for row, traced in enumerate(programs)}
        own = {traced: row for row, traced in enumerate(programs)}
        shown: dict[tuple[Any, ...], int] = {}
        for code, program, year, source in self.shown_years:
            key = (code, program, year)
            row = own.get((code, program, source), NOWHERE)
            shown[key] = max(row, shown.get(key, NOWHERE))
        return {
            key: last[key[:2]] if shown[key] == NOWHERE else shown[key]
            for key in self._order(shown)
        }

    def _order(self, keys: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Put programs and years in the order of the programs table; others are left out."""
        order = {key: number for number, key in enumerate(list_keys(self.programs, PROGRAM))}
        known = [key for key in keys if key[:2] in order]
        return sorted(known, key=lambda key: (order[key[:2]], key[2]))

    @property
    def hashes(self) -> dict[str, str]:
        """The first 12 digits of the SHA-256 of each table's rows.

        The same rows have the same hash. Tables without rows are left out.
        """
        return {
            name: hashlib.sha256(table.to_csv(index=False).encode()).hexdigest()[:12]
            for name, table in self.tables.items()
            if len(table)
        }


def _read(table: pd.DataFrame) -> pd.DataFrame:
    """The rows whose fiscal year was read, not concluded."""
    inferred = table["inferred"].fillna("").tolist()
    return table[np.array(["fiscal_year" not in names.split() for names in inferred], dtype=bool)]


def _table_years(keys: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    listed = pd.DataFrame(list(keys), columns=PROGRAM_YEAR)
    return listed.astype(dict.fromkeys(PROGRAM, "str") | {"fiscal_year": "Int64"})


def load(
    data: str | Path,
    government: str | None = None,
    fiscal_year: Years | None = None,
    program: str | None = None,
) -> Dataset:
    """Load a data folder, or the slice of it that belongs to a government, year or program.

    Parameters
    ----------
    data
        The folder with the CSV files. A relative path is looked for in the working folder
        and then in the folders above it, so that a notebook finds `data` wherever it runs.
    government
        Its name, or its code as text: "つくば市", "つくば" or "082201".
    fiscal_year
        Western year in which the fiscal year begins, or as it is printed: 2018, "H30" or
        "平成30年度". Of several, as in [2017, 2018] or "H29～H30", the rows of each; one of which
        there is nothing adds nothing. Observations of earlier years that a judgement of a year
        quotes stay in its slice.
    program
        The `program_id`, or the name as published.

    Raises
    ------
    DataError
        When the folder has problems (all of them, one a line), what is asked for is not there or
        may be several (with what looks like it), or the slice is empty (with what there is).
    """
    found = name_folder(data)
    try:
        folder = keep_folder(data)
        tell_run("digest", [found, folder.digest])
        slices = _find_slices(folder.names, government, fiscal_year, program)
    except DataError:
        tell_run("slice", {"data": found})  # any change of the folder may mend it
        raise
    for asked in slices:
        tell_run("slice", {"data": found} | asked)
    rows = _join([folder.slices.find_rows(**asked) for asked in slices])
    if slices != [{}] and not len(rows["programs"]):
        raise DataError(_nothing_there(folder.tables, slices))
    split = {name: folder.split_editions(name, found) for name, found in rows.items()}
    latest, revisions = (
        {name: folder.take(name, parts[which]) for name, parts in split.items()} for which in (0, 1)
    )
    return Dataset(
        **latest,
        revisions=revisions,
        rubrics=folder.rubrics,
        warnings=folder.warnings.copy(deep=False),  # pandas copies it when it is written to
        shown_years=[one for asked in slices for one in folder.slices.find_years(**asked)],
        fiscal_year=slices[0].get("fiscal_year") if len(slices) == 1 else None,
    )


def _find_slices(names: Names, government: Any, fiscal_year: Any, program: Any) -> list[Slice]:
    """The slices that are asked for, as the data name them: one for each year."""
    asked: Slice = {}
    if government is not None:
        asked["government"] = _name("government", names.find_government, government)
    years = [] if fiscal_year is None else _name("fiscal_year", read_years, fiscal_year)
    if program is not None:
        asked["program"] = _name("program", names.find_program, program, list(asked.values()))
    return [asked | {"fiscal_year": year} for year in years] or [asked]


def _name(what: str, find: Callable[..., Any], *asked: Any) -> Any:
    try:
        return find(*asked)
    except DataError as error:
        raise DataError(f"{what} {error}") from None


def _join(found: list[dict[str, Rows]]) -> dict[str, Rows]:
    """The rows that any of some slices holds, each once."""
    if len(found) == 1:
        return found[0]
    return {name: np.unique(np.concatenate([rows[name] for rows in found])) for name in found[0]}


def _nothing_there(tables: dict[str, pd.DataFrame], slices: list[Slice]) -> str:
    asked = {name: list(dict.fromkeys(one[name] for one in slices)) for name in slices[0]}
    there = tables["programs"].drop_duplicates(PROGRAM)
    for column, name in (("government_code", "government"), ("program_id", "program")):
        same = there[column].isin(asked.get(name, []))
        there = there[same] if same.any() else there
    listed = list_shown_years(tables).groupby(PROGRAM)["fiscal_year"]
    years = listed.agg(lambda y: sorted(set(y)))
    lines = [
        f"  {code} {name} {program_id} "
        + ", ".join(str(year) for year in years.get((code, program_id), []))
        for code, program_id, name in list_keys(there[:MOST_LISTED], [*PROGRAM, "government"])
    ]
    if len(there) > MOST_LISTED:
        keys = set(list_keys(there, PROGRAM))
        all_years = sorted(
            {year for key, of_one in years.items() if key in keys for year in of_one}
        )
        more = f"  and {len(there) - MOST_LISTED} more programs; fiscal years of all: "
        lines.append(more + ", ".join(map(str, all_years)))
    words = [f"{name} {' or '.join(map(repr, values))}" for name, values in asked.items()]
    return f"the data hold nothing for {', '.join(words)}; there is:\n" + "\n".join(lines)
