"""What was changed afterwards: figures between two editions, targets between fiscal years."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.load import Dataset
from analysis.dataset.tables import TABLES
from analysis.errors import DataError
from analysis.measures.achievement import add_achievement
from analysis.measures.keys import KPI, KPI_YEAR, list_keys, number_groups
from analysis.measures.kpis import SIGN_OF_DIRECTION
from analysis.measures.needs import ONE_PROGRAM, check_table
from analysis.measures.ratings import list_judges
from analysis.measures.years import check_one_row_per_year

KPI_COLUMNS = ("kpi", "unit", "direction", "aggregation")


def list_revisions(dataset: Dataset) -> pd.DataFrame:
    """List the figures that a later edition prints differently, and what follows from them.

    Parameters
    ----------
    dataset
        As `load` returns it: the latest edition of each row in its tables, the earlier ones
        in `dataset.revisions`.

    Returns
    -------
    One row per changed cell: `table`, the names `program` and `kpi`, the keys
    `government_code`, `program_id`, `kpi_id`, `fiscal_year` and `item` (which amount or
    observation, whose judgement), then `column`, `earlier` and `later` (the figure or word;
    missing where an edition has none), `change` (changed, filled where only the later edition
    has it, not_printed where only the earlier has), the two publications
    `earlier_source_id` and `later_source_id`, and the consequence:
    `reached_before` and `reached_after` for figures of a KPI, `grade_before` and
    `grade_after` for figures of a KPI and for judgements, each as its edition has it (a
    grade by its judges, as in `grade_judges` of `add_ratings`). With more than two editions
    each earlier one is set beside the latest. No row where every figure was printed once.

    Raises
    ------
    DataError
        When no dataset is given.
    """
    if not hasattr(dataset, "revisions"):
        kind = type(dataset).__name__
        raise DataError(f"dataset is {kind!r}; give what load returns, not one of its tables")
    of_kpis_first = sorted(TABLES, key=lambda name: name != "kpis")
    reprinted = [
        name
        for name in of_kpis_first
        if TABLES[name].revised and len(dataset.revisions.get(name, ()))
    ]
    changed = [c for c in (_changed_cells(dataset, table) for table in reprinted) if len(c)]
    if not changed:
        nothing = pd.DataFrame(columns=list(REVISION_COLUMNS), dtype="str")
        return nothing.astype({"fiscal_year": "Int64", "earlier": "object", "later": "object"})
    cells = pd.concat(changed, ignore_index=True)
    cells = _with_reached(cells, dataset)
    return _with_names(_with_grades(cells, dataset), dataset)[list(REVISION_COLUMNS)]


REVISION_COLUMNS = (
    *("table", "program", "kpi", *KPI_YEAR, "item", "column"),
    *("earlier", "later", "change", "earlier_source_id", "later_source_id"),
    *("reached_before", "reached_after", "grade_before", "grade_after"),
)


def _changed_cells(dataset: Dataset, table: str) -> pd.DataFrame:
    key = [column for column in TABLES[table].key if column != "source_id"]
    figures = TABLES[table].revised
    columns = [*key, "source_id", *figures]
    earlier = dataset.revisions.get(table, dataset.tables[table].iloc[:0])[columns]
    pairs = earlier.merge(
        _find_counterparts(dataset.tables[table][columns], earlier, table),
        on=key,
        how="outer" if table == "budgets" else "left",
        suffixes=("", "_later"),
    )
    cells = [
        pairs[key].assign(
            table=table,
            column=name,
            earlier=pairs[name].astype("object"),
            later=pairs[f"{name}_later"].astype("object"),
            earlier_source_id=pairs["source_id"],
            later_source_id=pairs["source_id_later"],
            order=range(len(pairs)),
        )
        for name in figures
    ]
    both = pd.concat(cells, ignore_index=True).sort_values("order", kind="stable")
    filled, gone = both["earlier"].isna(), both["later"].isna()
    both = both.assign(change=_change_words(filled, gone))
    differs = (both["earlier"] != both["later"]).fillna(True).astype("bool") & ~(filled & gone)
    both["kpi_id"] = both.get("kpi_id", pd.Series(None, index=both.index, dtype="str"))
    return both.assign(item=name_items(both, table))[differs]


def name_items(cells: pd.DataFrame, table: str) -> pd.Series:
    """Name what of its KPI or program a figure is of: the words of its key, blanks between."""
    columns = TABLES[table].columns
    names = [c for c in TABLES[table].key if c not in KPI_YEAR and columns[c].kind == "text"]
    said = [" ".join(filter(pd.notna, row)) or None for row in list_keys(cells, names)]
    return pd.Series(said or None, index=cells.index, dtype="str")


def _change_words(filled: pd.Series, gone: pd.Series) -> pd.Series:
    words = pd.Series("changed", index=filled.index, dtype="str")
    return words.mask(filled, "filled").mask(gone, "not_printed")


def _find_counterparts(latest: pd.DataFrame, earlier: pd.DataFrame, table: str) -> pd.DataFrame:
    """The latest rows to compare with; of budgets those of a program, year and kind reprinted."""
    if table != "budgets":
        return latest
    reprinted = set(list_keys(earlier, AMOUNT))
    return latest[np.array([key in reprinted for key in list_keys(latest, AMOUNT)], dtype=bool)]


AMOUNT = ["government_code", "program_id", "fiscal_year", "kind"]


def _with_reached(cells: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Say of each KPI's changed figure what each edition says about the target."""
    earlier = dataset.revisions.get("kpis", dataset.kpis.iloc[:0])
    editions = pd.concat([earlier, dataset.kpis], ignore_index=True)
    reached = add_achievement(editions)[[*KPI_YEAR, "source_id", "reached"]]
    reached = reached.astype({"reached": "str"}).assign(table="kpis")
    return _look_up(cells, reached, "reached", ["table", *KPI_YEAR])


def _with_grades(cells: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    earlier = dataset.revisions.get("ratings", dataset.ratings.iloc[:0])
    editions = pd.concat([earlier, dataset.ratings], ignore_index=True)
    key = [*KPI_YEAR, "source_id"]
    _, first = number_groups(editions, key)
    grades = editions.iloc[first][key].assign(grade=list_judges(editions, "grade", key))
    both = [grades.assign(table=table) for table in ("kpis", "ratings")]
    return _look_up(cells, pd.concat(both), "grade", ["table", *KPI_YEAR])


def _with_names(cells: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    programs = dataset.programs.drop_duplicates(KPI[:2], keep="last")[[*KPI[:2], "program"]]
    kpis = dataset.kpis.drop_duplicates(KPI, keep="last")[[*KPI, "kpi"]]
    return cells.merge(programs, on=KPI[:2], how="left").merge(kpis, on=KPI, how="left")


def _look_up(
    cells: pd.DataFrame, editions: pd.DataFrame, name: str, key: list[str]
) -> pd.DataFrame:
    for edition, when in (("earlier_source_id", "before"), ("later_source_id", "after")):
        found = editions.rename(columns={"source_id": edition, name: f"{name}_{when}"})
        cells = cells.merge(found, on=[*key, edition], how="left")
    return cells


def list_changed_targets(kpis: pd.DataFrame) -> pd.DataFrame:
    """List the targets of a KPI that were changed: by a later fiscal year, or within one source.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, over all years at hand, with `direction`, `aggregation`,
        `target`, `final_target`, `final_year`; `target_before`, where it is there, is an earlier
        target that the source prints beside that of the year.

    Returns
    -------
    One row per change, in the order of the rows that state the new target: the KPI
    (`government_code`, `program_id`, `kpi_id`, `kpi`, `unit`, `direction`,
    `aggregation`), `stated_before`
    and `stated_after` (the fiscal years of the two rows), `target_before`, `target_after`,
    `due_before`, `due_after` (the years they are due), `change` (after - before, in the
    KPI's unit), `lowered` (yes, no, unknown: whether the new target is easier to reach in
    the KPI's direction), `postponed` (yes, no, unknown) and `within` (yes, no: whether one
    source prints both). Between two fiscal years that follow each other in the table final
    targets are compared; where a row has none, the target of its own year if that is the KPI's
    final year. Within a source it is the target of the row's year, due in that year.

    A changed target is a fact, not a fault: the row does not say why it was changed.

    Raises
    ------
    DataError
        When a KPI has two rows in one fiscal year.

    Examples
    --------
    >>> kpis = pd.DataFrame({"government_code": "080004", "program_id": "p", "kpi_id": "jobs",
    ...     "kpi": "雇用創出数", "unit": "人", "direction": "up", "aggregation": "cumulative",
    ...     "fiscal_year": [2016, 2017],
    ...     "target": [4000.0, 6000.0], "final_target": [10000.0, 13000.0], "final_year": 2019})
    >>> changed = list_changed_targets(kpis)
    >>> changed[["target_before", "target_after", "change", "lowered"]].values.tolist()
    [[10000.0, 13000.0, 3000.0, 'no']]
    """
    check_table(
        kpis, "kpis", f"{ONE_PROGRAM} kpi_id fiscal_year kpi target final_target final_year"
    )
    check_one_row_per_year(kpis)
    numbers = ("fiscal_year", "target", "final_target", "final_year")
    year, target, final_target, due = (
        kpis[name].to_numpy(dtype="float64", na_value=np.nan) for name in numbers
    )
    own = np.where(due == year, target, np.nan)
    aim = np.where(np.isnan(final_target), own, final_target)
    group, _ = number_groups(kpis, KPI)
    order = np.lexsort((year, group))
    order = order[~np.isnan(aim[order])]
    follows = group[order[1:]] == group[order[:-1]]
    before, after = order[:-1][follows], order[1:][follows]
    same_due = (due[before] == due[after]) | np.isnan(due[before]) | np.isnan(due[after])
    differs = (aim[before] != aim[after]) | ~same_due
    before, after = before[differs], after[differs]
    between = _list_changes(
        kpis,
        after,
        (year[before], year[after]),
        (aim[before], aim[after]),
        (due[before], due[after]),
    )
    printed = _list_printed_changes(kpis, year, target)
    both = pd.concat([between.assign(within="no"), printed.assign(within="yes")])
    return both.sort_index(kind="stable").reset_index(drop=True).astype({"within": "str"})


def _list_printed_changes(kpis: pd.DataFrame, year: Any, target: Any) -> pd.DataFrame:
    """The targets beside which their source prints an earlier one."""
    earlier = np.full(len(kpis), np.nan)
    if "target_before" in kpis:
        earlier = kpis["target_before"].to_numpy(dtype="float64", na_value=np.nan)
    rows = np.flatnonzero(~np.isnan(earlier) & ~np.isnan(target) & (earlier != target))
    years = (year[rows], year[rows])
    return _list_changes(kpis, rows, years, (earlier[rows], target[rows]), years)


Pair = tuple[Any, Any]


def _list_changes(
    kpis: pd.DataFrame, rows: Any, stated: Pair, aims: Pair, due: Pair
) -> pd.DataFrame:
    """Set the earlier and the later of each beside the KPIs, under the numbers of their rows."""
    listed = kpis[[*KPI, *KPI_COLUMNS]].iloc[rows].set_axis(rows)
    sign = listed["direction"].map(SIGN_OF_DIRECTION).to_numpy(dtype="float64")
    change = aims[1] - aims[0]
    return listed.assign(
        stated_before=pd.array(stated[0], dtype="Int64"),
        stated_after=pd.array(stated[1], dtype="Int64"),
        target_before=aims[0],
        target_after=aims[1],
        due_before=pd.array(due[0], dtype="Int64"),
        due_after=pd.array(due[1], dtype="Int64"),
        change=change,
        lowered=_yes_no(sign * change < 0, (change != 0) & np.isnan(sign)),
        postponed=_yes_no(due[1] > due[0], np.isnan(due[0]) | np.isnan(due[1])),
    )


def _yes_no(yes: Any, unknown: Any) -> Any:
    return pd.array(np.select([unknown, yes], ["unknown", "yes"], "no"), dtype="str")


class RevisionCounts(NamedTuple):
    """How many cells a later edition changed in which way, and how many verdicts with them."""

    cells: int
    changes: dict[str, int]
    verdicts: int


def count_revisions(revisions: pd.DataFrame) -> RevisionCounts:
    """Count the rows of `list_revisions`; a KPI whose verdict turned counts once a year."""
    both = revisions.dropna(subset=["reached_before", "reached_after"]).drop_duplicates(KPI_YEAR)
    turned = both["reached_before"] != both["reached_after"]
    changes = {str(word): int(n) for word, n in revisions["change"].value_counts().items()}
    return RevisionCounts(len(revisions), changes, int(turned.sum()))


class FinalChanges(NamedTuple):
    """How many final targets were changed between fiscal years, by which way they went."""

    changes: int
    easier: int
    harder: int
    unknown: int
    postponed: int


def count_final_changes(changed: pd.DataFrame) -> FinalChanges:
    """Count the changes of `list_changed_targets` between fiscal years, not within a source."""
    finals = changed[changed["within"] != "yes"]
    moved, lowered = finals["change"] != 0, finals["lowered"]
    counts = (
        lowered == "yes",
        (lowered == "no") & moved,
        lowered == "unknown",
        finals["postponed"] == "yes",
    )
    return FinalChanges(len(finals), *(int(rows.sum()) for rows in counts))
