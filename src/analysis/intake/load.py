"""Load a data folder, or the slice of it that one report is about."""

import hashlib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.intake.check import describe_problems, find_folder, read_folder
from analysis.intake.tables import PROGRAM, TABLES, convert


@dataclass
class Dataset:
    """The tables of a data folder, or of one slice of it.

    Each table has the columns of `analysis.codebook()`, in that order; rows keep the order
    of the file. Where several sources print the same figure, the table holds the latest
    one and `revisions` the others, under the table's name. `rubrics` holds the grading
    rubrics by name: the package's own, overridden by those in the folder. `warnings` are the
    problems of the folder that did not stop it from loading (see `check`).
    """

    sources: pd.DataFrame
    programs: pd.DataFrame
    budgets: pd.DataFrame
    kpis: pd.DataFrame
    ratings: pd.DataFrame
    observations: pd.DataFrame
    revisions: dict[str, pd.DataFrame] = field(default_factory=dict)
    rubrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    warnings: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The six tables by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in TABLES}

    @property
    def program_years(self) -> pd.DataFrame:
        """The programs and fiscal years that have a KPI, an amount or a judgement.

        One row per `government_code`, `program_id` and `fiscal_year`, in the order of the
        programs table.
        """
        years = _program_years(self.tables)[[*PROGRAM, "fiscal_year"]].drop_duplicates()
        order = self.programs[PROGRAM].drop_duplicates()
        return order.merge(years, on=PROGRAM).reset_index(drop=True)

    @property
    def hashes(self) -> dict[str, str]:
        """The first 12 digits of the SHA-256 of each table's rows: the same rows, the same hash."""
        return {
            name: hashlib.sha256(table.to_csv(index=False).encode()).hexdigest()[:12]
            for name, table in self.tables.items()
        }


def load(
    data: str | Path,
    government: str | None = None,
    fiscal_year: int | None = None,
    program: str | None = None,
) -> Dataset:
    """Load a data folder, or the slice of it that belongs to a government, year or program.

    Parameters
    ----------
    data
        The folder with the CSV files. A relative path is looked for in the working folder
        and then in the folders above it, so that a notebook finds `data` wherever it runs.
    government
        Government code as text, such as "082201".
    fiscal_year
        Western year in which the fiscal year begins, such as 2018. Observations of earlier
        years that a judgement of this year quotes stay in the slice.
    program
        The `program_id`.

    Raises
    ------
    DataError
        When the folder has problems (all of them, one a line), or the slice is empty (with
        what there is instead).
    """
    folder = find_folder(data)
    tables, rubrics, problems = read_folder(folder)
    errors = problems[problems["severity"] == "error"]
    if len(errors):
        raise DataError(
            f"{folder}: {len(errors)} problem(s) in the data\n{describe_problems(errors)}"
        )
    tables = {name: convert(name, table) for name, table in tables.items()}
    whole = tables
    tables = _slice(tables, government, fiscal_year, program)
    sliced = any(value is not None for value in (government, fiscal_year, program))
    if tables["programs"].empty and sliced:
        raise DataError(_nothing_there(whole, government, fiscal_year, program))
    latest, revisions = {}, {}
    rank = _rank_of_sources(tables["sources"])
    for name, table in tables.items():
        latest[name], revisions[name] = _split_editions(name, table, rank)
    warnings = problems[problems["severity"] == "warning"]
    return Dataset(**latest, revisions=revisions, rubrics=rubrics, warnings=warnings)


def _program_years(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    columns = [*PROGRAM, "fiscal_year", "source_id"]
    return pd.concat([tables[name][columns] for name in ("kpis", "budgets", "ratings")])


def _slice(
    tables: dict[str, pd.DataFrame],
    government: str | None,
    fiscal_year: int | None,
    program: str | None,
) -> dict[str, pd.DataFrame]:
    if not isinstance(government, str | None):
        raise DataError(
            f"government {government!r} is not text: write the code in quotes, such as '082201'"
        )
    for column, wanted in (("government_code", government), ("program_id", program)):
        if wanted is not None:
            tables = {
                name: table[table[column] == wanted] if column in table else table
                for name, table in tables.items()
            }
    if fiscal_year is not None:
        tables = _slice_year(tables, fiscal_year)
    if any(value is not None for value in (government, fiscal_year, program)):
        used = {s for name, t in tables.items() if name != "sources" for s in t["source_id"]}
        sources = tables["sources"]
        tables = tables | {"sources": sources[sources["source_id"].isin(used)]}
    return {name: table.reset_index(drop=True) for name, table in tables.items()}


def _slice_year(tables: dict[str, pd.DataFrame], fiscal_year: int) -> dict[str, pd.DataFrame]:
    years = _program_years(tables)
    this_year = years[years["fiscal_year"] == fiscal_year]
    of_year = tables["sources"].set_index("source_id")["fiscal_year"] == fiscal_year
    programs, observations = tables["programs"], tables["observations"]
    has_no_year = ~_is_in(programs, years, PROGRAM) & programs["source_id"].map(of_year)
    traced = [*PROGRAM, "source_id"]
    shown_this_year = programs[_is_in(programs, this_year, traced)]
    only_elsewhere = _is_in(programs, this_year, PROGRAM)
    only_elsewhere &= ~_is_in(programs, shown_this_year, PROGRAM)
    quoted = _is_in(observations, this_year, traced) & (observations["fiscal_year"] < fiscal_year)
    of_this_year = observations["fiscal_year"] == fiscal_year
    return tables | {
        **{
            name: tables[name][tables[name]["fiscal_year"] == fiscal_year]
            for name in ("kpis", "budgets", "ratings")
        },
        "programs": programs[
            programs.index.isin(shown_this_year.index) | only_elsewhere | has_no_year
        ],
        "observations": observations[
            (of_this_year & _is_in(observations, this_year, PROGRAM)) | quoted
        ],
    }


def _is_in(table: pd.DataFrame, other: pd.DataFrame, on: list[str]) -> Any:
    return pd.MultiIndex.from_frame(table[on]).isin(pd.MultiIndex.from_frame(other[on]))


def _nothing_there(
    tables: dict[str, pd.DataFrame],
    government: str | None,
    fiscal_year: int | None,
    program: str | None,
) -> str:
    asked = {"government": government, "fiscal_year": fiscal_year, "program": program}
    there = tables["programs"].drop_duplicates(PROGRAM)[[*PROGRAM, "government"]]
    if (there["government_code"] == government).any():
        there = there[there["government_code"] == government]
    years = _program_years(tables).groupby(PROGRAM)["fiscal_year"].agg(lambda y: sorted(set(y)))
    lines = [
        f"  {code} {name} {program_id} "
        + ", ".join(str(year) for year in years.get((code, program_id), []))
        for code, program_id, name in there.to_numpy().tolist()
    ]
    words = [f"{name} {value!r}" for name, value in asked.items() if value is not None]
    return f"the data hold nothing for {', '.join(words)}; there is:\n" + "\n".join(lines)


def _rank_of_sources(sources: pd.DataFrame) -> pd.Series:
    """Order publications from the earliest to the latest word on a figure."""
    edition = sources["edition"].fillna("")
    order = sources.assign(
        edition=edition.str.contains("確定").astype(int) - edition.str.contains("速報").astype(int),
        published_on=sources["published_on"].fillna(""),
    ).sort_values(["fiscal_year", "edition", "published_on"], kind="stable")
    return pd.Series(range(len(order)), index=order["source_id"])


def _split_editions(
    name: str, table: pd.DataFrame, rank: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    if name == "sources":
        return table, table.iloc[:0]
    key = [column for column in TABLES[name].key if column != "source_id"]
    ordered = table.assign(_rank=table["source_id"].map(rank)).sort_values("_rank", kind="stable")
    superseded = table.index.isin(ordered.index[ordered.duplicated(key, keep="last")])
    return (
        table[~superseded].reset_index(drop=True),
        table[superseded].reset_index(drop=True),
    )
