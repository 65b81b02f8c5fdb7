"""The rows of two editions side by side: which are in both, what differs in them, what is alone."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.tables import PROGRAM, TABLES, WITHOUT_VALUE
from analysis.dataset.vocabulary import ONLY_MARKS
from analysis.errors import DataError
from analysis.measures.keys import KPI, Rows, find_rows
from analysis.measures.kpis import SIGN_OF_DIRECTION
from analysis.measures.revisions import name_items

FIRST = ("programs", "kpis")
MAIN = {  # of each table that is compared, the column that stands for a row that came or went
    name: TABLES[name].main
    for name in (*FIRST, *(name for name in TABLES if name not in FIRST))
    if TABLES[name].main
}
PART_OF_TABLE = {
    "programs": "definition",
    "budgets": "amount",
    "ratings": "rating",
    "rating_axes": "rating",
}  # of others: other
GROUPS = {  # of the columns of a KPI, by how they begin; all others define what is measured
    "actual": ("actual", "as_of", "sample_size", "published_change"),
    "baseline": ("baseline",),
    "target": ("target", "tolerance", "final_", "inferred"),
}
WITH_WAY = ("target", "final_target")
SIDES = (("earlier", "before"), ("later", "after"))


class Match(NamedTuple):
    """The rows of one table in two editions: positions of those in both, and of the others."""

    name: str
    old: pd.DataFrame
    new: pd.DataFrame
    before: Rows
    after: Rows
    gone: Rows
    came: Rows

    @property
    def both(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The rows that are in both editions, under the same numbers."""
        old, new = self.old.iloc[self.before], self.new.iloc[self.after]
        return old.reset_index(drop=True), new.reset_index(drop=True)


def match_rows(name: str, old: pd.DataFrame, new: pd.DataFrame) -> Match:
    """Match the rows of a table in two editions by their key without the source.

    Raises
    ------
    DataError
        When an edition has two rows with one key.
    """
    columns = list(TABLES[name].columns)
    old, new = (table.reindex(columns=columns) for table in (old, new))
    named = dict.fromkeys([*TABLES[name].figure, *TABLES[name].key])
    key = [column for column in named if column != "source_id"]
    if not len(old) or not len(new):
        nothing = np.arange(0)
        return Match(name, old, new, nothing, nothing, np.arange(len(old)), np.arange(len(new)))
    keys = pd.concat([old[key], new[key]], ignore_index=True).astype("object")
    number = keys.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
    ends = number[: len(old)], number[len(old) :]
    for which, numbers in zip(("old", "new"), ends, strict=True):
        if len(np.unique(numbers)) < len(numbers):
            raise DataError(f"{name} of {which}: two rows with one {', '.join(key)}")
    place = np.full(number.max() + 1, -1)
    place[ends[0]] = np.arange(len(old))
    before = place[ends[1]]
    gone = np.setdiff1d(np.arange(len(old)), before)
    after = np.flatnonzero(before >= 0)
    return Match(name, old, new, before[after], after, gone, np.flatnonzero(before < 0))


def group_column(column: str) -> str:
    """Find to which group of figures a column of KPIs belongs.

    Examples
    --------
    >>> group_column("final_year"), group_column("unit")
    ('target', 'definition')
    """
    found = (group for group, begins in GROUPS.items() if column.startswith(begins))
    return next(found, "definition")


def _name_part(table: str, column: str) -> str:
    """The part of all changes that a column belongs to."""
    if table != "kpis":
        return PART_OF_TABLE.get(table, "other")
    group = "amount" if column.startswith("published_unit_cost") else group_column(column)
    return "actual" if group == "baseline" else group


def list_compared(table: str) -> list[str]:
    """List the columns of a table that are compared.

    Not its key, where it was read, prose of our own; and what is told beside a figure: its
    status and the text it was typed from.
    """
    columns = TABLES[table].columns
    told = {name for c in columns.values() for name in (c.status, c.printed)}
    told |= {*TABLES[table].key, "place", "inferred"}
    return [name for name, c in columns.items() if name not in told and c.kind != "prose"]


def compare_cells(match: Match) -> pd.DataFrame:
    """Compare the rows that both editions have: a row per cell that differs; `row` numbers them."""
    old, new = match.both
    parts = [_compare_column(match.name, old, new, name) for name in list_compared(match.name)]
    found = [part for part in parts if len(part)]
    if not found:
        return pd.DataFrame({"row": []})
    return pd.concat(found, ignore_index=True).sort_values("row", kind="stable")


def _compare_column(table: str, old: pd.DataFrame, new: pd.DataFrame, name: str) -> pd.DataFrame:
    column = TABLES[table].columns[name]
    earlier, later = (_read_cells(rows, table, name) for rows in (old, new))
    filled, lost = earlier.isna(), later.isna()
    differs = differ(earlier, later)
    change = np.select([filled, lost], ["filled", "withdrawn"], "changed")
    if column.status:
        statuses = [_read_status(rows, name, column.status) for rows in (old, new)]
        only_status = ~differs & differ(*statuses)
        change, differs = np.where(only_status, "status", change), differs | only_status
    rows = np.flatnonzero(differs)
    cells = describe_rows(table, old.iloc[rows], new.iloc[rows]).assign(
        row=rows,
        part=_name_part(table, name),
        column=name,
        change=change[rows],
        earlier=earlier.iloc[rows],
        later=later.iloc[rows],
        **_tell_units(column.unit, old.iloc[rows], new.iloc[rows]),
    )
    if column.status:
        cells["status_before"], cells["status_after"] = (s.iloc[rows] for s in statuses)
    if table == "kpis" and name in WITH_WAY:
        cells["way"] = _find_ways(cells, old.iloc[rows], new.iloc[rows])
    return cells


def differ(earlier: pd.Series, later: pd.Series) -> Any:
    """Whether cells differ, row by row: two missing ones do not, nor do 93 and 93.0.

    Examples
    --------
    >>> differ(pd.Series([93, None, 0.0]), pd.Series([93.0, None, None])).tolist()
    [False, False, True]
    """
    filled, lost = earlier.isna().to_numpy(), later.isna().to_numpy()
    same = earlier.astype("object").where(~filled, None).to_numpy()
    return (same != later.astype("object").where(~lost, None).to_numpy()).astype(bool)


def _read_cells(rows: pd.DataFrame, table: str, name: str) -> pd.Series:
    """The cells of a column; of a figure that is none, the words that stand in its place."""
    column, cells = TABLES[table].columns[name], rows[name]
    if not column.printed or cells.notna().all():
        return cells.astype("object")
    printed = rows[column.printed].astype("str")
    worded = cells.isna() & printed.notna() & ~printed.str.fullmatch(ONLY_MARKS).fillna(True)
    if column.status:
        worded &= ~rows[column.status].isin(WITHOUT_VALUE)
    return cells.astype("object").mask(worded.astype(bool), printed.astype("object"))


def _read_status(rows: pd.DataFrame, figure: str, name: str) -> pd.Series:
    """The status of a figure; a figure without one is as plainly printed as a final one."""
    is_plain = rows[name].isna() & rows[figure].notna()
    return rows[name].astype("object").mask(is_plain, "final")


def _tell_units(unit: str, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, Any]:
    """The unit of a figure in both editions: its column, or a code (yen, ratio)."""
    if not unit:
        return {}
    ends = (("unit_before", old), ("unit_after", new))
    return {name: rows.get(unit, unit) for name, rows in ends}


def _find_ways(cells: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> Any:
    """Of targets that changed: eased or tightened by the direction; unknown where not alike."""
    same = np.ones(len(cells), dtype=bool)
    for name in ("direction", "unit", "aggregation"):
        same &= ~differ(old[name], new[name])
    sign = new["direction"].map(SIGN_OF_DIRECTION).to_numpy(dtype="float64", na_value=np.nan)
    ends = [pd.to_numeric(cells[end], errors="coerce") for end in ("earlier", "later")]
    moved = np.where(same, sign * (ends[1] - ends[0]).to_numpy(dtype="float64"), np.nan)
    ways = np.select([moved < 0, moved > 0], ["eased", "tightened"], "unknown")
    return pd.Series(ways, index=cells.index).where(cells["change"] == "changed")


def describe_rows(table: str, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The keys of rows of both editions, and where each was printed."""
    told = {name: new.get(name, pd.Series(None, index=new.index, dtype="str")) for name in KEYS}
    for (side, _), rows in zip(SIDES, (old, new), strict=True):
        told |= {f"{side}_{name}": rows[name] for name in ("source_id", "place")}
    return pd.DataFrame(told).assign(table=table, item=name_items(new, table))


KEYS = (*KPI, "fiscal_year")


def list_presence(matches: Mapping[str, Match]) -> Iterator[pd.DataFrame]:
    """List the programs, KPIs and rows that one edition has alone, and its years by number."""
    for match in matches.values():
        for side, word in ((0, "gone"), (1, "new")):
            yield from _list_alone(match, matches, side, word)


def _list_alone(
    match: Match, matches: Mapping[str, Match], side: int, word: str
) -> Iterator[pd.DataFrame]:
    own, other = (match.old, match.new)[:: 1 - 2 * side]
    alone = own.iloc[(match.gone, match.came)[side]]
    kpis, programs = ((matches[name].new, matches[name].old)[side] for name in ("kpis", "programs"))
    if match.name == "kpis":
        lost = own[_is_without(own, other, KPI)].sort_values("fiscal_year", kind="stable")
        whole = lost.drop_duplicates(KPI, keep="last").sort_index()
        yield _tell_alone(match.name, whole.assign(fiscal_year=pd.NA), "kpi", word)
    if "fiscal_year" in alone:
        year = ["government_code", "fiscal_year"]
        is_new = _is_without(alone, other, year) & _is_without(alone, kpis, year)
        yield _count_years(match.name, alone[is_new], word)
        alone = alone[~is_new]
    if match.name != "programs":
        alone = alone[~_is_without(alone, programs, PROGRAM)]
        if "kpi_id" in alone:
            of_kpi = alone["kpi_id"].notna().to_numpy()
            alone = alone[~(of_kpi & _is_without(alone, kpis, KPI))]
    yield _tell_alone(match.name, alone, MAIN[match.name], word)


def _is_without(rows: pd.DataFrame, table: pd.DataFrame, on: list[str]) -> Any:
    """Whether no row of another table has the key of each row."""
    return find_rows(rows, table, on) < 0


def _tell_alone(table: str, rows: pd.DataFrame, column: str, word: str) -> pd.DataFrame:
    """Rows that one edition has alone, each with what stands for it on its own side."""
    end, when = SIDES[word == "new"]
    described = describe_rows(table, rows, rows)
    empty = SIDES[word != "new"][0]
    definition = TABLES[table].columns[column]
    told = {end: rows[column].astype("object")}
    if definition.unit:
        unit = rows.get(definition.unit, definition.unit)
        told[f"unit_{when}"] = unit
    if definition.status:
        told[f"status_{when}"] = _read_status(rows, column, definition.status)
    return described.drop(columns=[f"{empty}_source_id", f"{empty}_place"]).assign(
        part="presence", column=column, change=word, **told
    )


def _count_years(table: str, rows: pd.DataFrame, word: str) -> pd.DataFrame:
    """Of each fiscal year that one edition has alone: how many rows."""
    counted = rows.groupby(["government_code", "fiscal_year"], sort=True).size()
    years = counted.rename(SIDES[word == "new"][0]).reset_index()
    return years.assign(part="years", table=table, change=f"{word}_year")
