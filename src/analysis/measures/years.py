"""Years side by side, and added up: totals from single years, and single years from totals.

A total is given only where every year since the program began is at hand, and figures that
are totals already are never added.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.keys import (
    KPI,
    KPI_YEAR,
    PROGRAM_YEAR,
    find_rows,
    list_keys,
    number_groups,
    take,
)
from analysis.measures.kpis import LOWER_IS_BETTER, OF_ONE_YEAR, PROVISIONAL
from analysis.measures.needs import ONE_KPI_YEAR, ONE_PROGRAM, ONE_PROGRAM_YEAR, check_table
from analysis.measures.notes import Reasons, first_code, words_of
from analysis.measures.progress import WORD_OF_COUNT
from analysis.measures.repeats import leave_out_repeats


def check_one_row_per_year(kpis: pd.DataFrame) -> None:
    """Refuse a table with two rows of one KPI in one fiscal year, naming the first ones."""
    keys = list_keys(kpis, KPI_YEAR)
    if len(set(keys)) < len(keys):
        again = kpis[kpis.duplicated(KPI_YEAR)]
        named = [" ".join(map(str, key)) for key in again[KPI_YEAR].head(3).to_numpy()]
        raise DataError(
            f"{len(again)} KPI(s) with more than one row in a fiscal year ({', '.join(named)}); "
            "expected one row per KPI and year. Use dataset.kpis, which holds the latest edition."
        )


def add_cumulative(kpis: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Add the total of a KPI since its program began (累計), and the year's own figure.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, over all years at hand (a slice of one year has no
        earlier years to add), with `aggregation`, `target`, `actual`, `actual_status` and,
        where the actual is of an earlier year, `actual_year`.
    programs
        One row per program, with `start_year`.

    Returns
    -------
    The same rows in the same order with these columns in the KPI's unit, each followed by
    a column `*_note` that says why it is missing:

    cumulative_actual, cumulative_target
        the sum from the program's start_year to this fiscal year, for figures of single
        years and yearly increases. Missing with aggregation_unknown, level_kpi,
        cumulative_actual (a total already, never added), no_start_year, before_start,
        missing_year (a year without a figure; nothing is filled in).
    cumulative_rate
        cumulative_actual / cumulative_target as a ratio; further reasons are zero_target and
        negative_value, a remark reads_reversed.
    year_actual
        what the year itself brought: the actual where it is of one year, and the difference
        of two consecutive years where it is a total (the total itself in the program's first
        year). Missing with no_actual, aggregation_unknown, level_kpi, missing_year.

    `cumulative_provisional` counts the estimated and preliminary figures in the sum.

    Raises
    ------
    DataError
        When a KPI has two rows in one fiscal year.

    References
    ----------
    茨城県 prints the same KPI both ways (2,748 and 2,415 in single years, 5,163 of
    4,000 in total).

    Examples
    --------
    >>> kpis = pd.DataFrame({"government_code": "080004", "program_id": "p", "kpi_id": "jobs",
    ...                      "fiscal_year": [2015, 2016], "aggregation": "single_year",
    ...                      "target": 2000.0, "actual": [2748.0, 2415.0],
    ...                      "actual_status": "final"})
    >>> programs = pd.DataFrame({"government_code": ["080004"], "program_id": ["p"],
    ...                          "start_year": [2015]})
    >>> add_cumulative(kpis, programs)["cumulative_actual"].tolist()
    [2748.0, 5163.0]
    """
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} aggregation target actual actual_status")
    check_table(programs, "programs", f"{ONE_PROGRAM} start_year")
    check_one_row_per_year(kpis)
    cells = _Series(kpis, programs)
    totals = {name: _total(cells, getattr(cells, name)) for name in ("actual", "target")}
    added: dict[str, Any] = {}
    for name, (total, why) in totals.items():
        added[f"cumulative_{name}"] = total
        added[f"cumulative_{name}_note"] = words_of(why)
    counted = cells.provisional & (cells.year >= cells.start) & ~np.isnan(cells.actual)
    provisional = cells.add_up(counted.astype("float64"))
    missing = np.isnan(totals["actual"][0])
    rate, rate_why = _rate(kpis, totals)
    own, own_why = _of_the_year(cells)
    return kpis.assign(
        **added,
        cumulative_provisional=pd.array(np.where(missing, np.nan, provisional), dtype="Int64"),
        cumulative_rate=rate,
        cumulative_rate_note=words_of(rate_why),
        year_actual=own,
        year_actual_note=words_of(own_why),
    )


def compare_years(
    kpis: pd.DataFrame,
    programs: pd.DataFrame,
    ratings: pd.DataFrame,
    program_years: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set governments and fiscal years side by side: what each published, what it reached.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year with the columns of `add_achievement`, over all
        governments and years at hand.
    programs, ratings
        The tables of a dataset.
    program_years
        `dataset.program_years`, where only the years that a source evaluates are to be compared
        and not the history and the plans printed beside them.

    Returns
    -------
    One row per government and fiscal year with a KPI or a judgement, governments in the
    order of the programs table, with `government_code`, `government`, `fiscal_year` and
    counts: `kpis`, those with a `target` (of the year or a final one), an `actual`, a
    `baseline`; `reached`, `missed`, `unknown` (they add up to `kpis`); `not_due`, those of the
    unknown whose only target is the final one of a later year; `estimated` and `preliminary`
    actuals; published `rates` and `grades` of programs and KPIs, those of two judges of one
    thing counted twice. A KPI that repeats another one's fact counts once (`find_repeats`).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{ONE_PROGRAM_YEAR} target actual baseline actual_status reached")
    check_table(programs, "programs", "government_code government")
    check_table(ratings, "ratings", "government_code fiscal_year published_rate grade")
    kpis = leave_out_repeats(kpis)
    if program_years is not None:
        of_year = PROGRAM_YEAR
        kpis, ratings = (t[find_rows(t, program_years, of_year) >= 0] for t in (kpis, ratings))
    key = ["government_code", "fiscal_year"]
    ones = kpis[key].assign(
        kpis=1,
        target=kpis[["target", "final_target"]].notna().any(axis=1),
        **{name: kpis[name].notna() for name in ("actual", "baseline")},
        **{name: kpis["reached"] == word for name, word in WORD_OF_COUNT.items()},
        not_due=kpis["reached_note"] == "not_due",
        **{name: (kpis["actual_status"] == name) & kpis["actual"].notna() for name in PROVISIONAL},
    )
    judged = ratings[key].assign(
        rates=ratings["published_rate"].notna(), grades=ratings["grade"].notna()
    )
    both = pd.concat([ones, judged]).astype({"fiscal_year": "Int64"})
    counts = [column for column in both if column not in key]
    both[counts] = both[counts].fillna(0).astype("int64")
    summed = both.groupby(key, as_index=False)[counts].sum()
    names = programs.drop_duplicates("government_code")[["government_code", "government"]]
    return names.merge(summed, on="government_code").reset_index(drop=True)


class _Series:
    """The columns the totals need, as arrays, and the rows of each KPI in order of years."""

    def __init__(self, kpis: pd.DataFrame, programs: pd.DataFrame) -> None:
        rows = find_rows(kpis, programs, KPI[:2])
        start = take(programs["start_year"], rows, kpis.index)
        self.start = start.to_numpy(dtype="float64", na_value=np.nan)
        self.year = kpis["fiscal_year"].to_numpy(dtype="float64", na_value=np.nan)
        self.actual = _of_its_year(kpis)
        self.target = kpis["target"].to_numpy(dtype="float64", na_value=np.nan)
        self.provisional = kpis["actual_status"].isin(PROVISIONAL).to_numpy()
        self.aggregation = kpis["aggregation"].astype("object").to_numpy()
        self.group = number_groups(kpis, KPI)[0]
        self.order = np.lexsort((self.year, self.group))

    def add_up(self, values: Any) -> Any:
        """The sum of each KPI's values up to the year of each row."""
        ordered = pd.Series(values[self.order]).groupby(self.group[self.order]).cumsum()
        return self.put_back(ordered.to_numpy())

    def put_back(self, ordered: Any) -> Any:
        """Values in order of years, in the order of the rows again."""
        values = np.empty_like(ordered)
        values[self.order] = ordered
        return values


def _of_its_year(kpis: pd.DataFrame) -> Any:
    """The actual, but none where it is of an earlier year: it would be counted twice."""
    actual = kpis["actual"].to_numpy(dtype="float64", na_value=np.nan)
    if "actual_year" not in kpis:
        return actual
    late = kpis["actual_year"].notna() & (kpis["actual_year"] != kpis["fiscal_year"]).fillna(False)
    return np.where(late, np.nan, actual)


def _why_no_sum(cells: _Series) -> Reasons:
    return [
        (cells.aggregation == "level", "level_kpi"),
        (cells.aggregation == "cumulative", "cumulative_actual"),
        (~np.isin(cells.aggregation, OF_ONE_YEAR), "aggregation_unknown"),
        (np.isnan(cells.start), "no_start_year"),
        (cells.year < cells.start, "before_start"),
    ]


def _total(cells: _Series, values: Any) -> tuple[Any, Any]:
    """The sum over the years since the program began, and the code of why there is none."""
    values = np.where(cells.year >= cells.start, values, np.nan)
    years = cells.add_up((~np.isnan(values)).astype("float64"))
    complete = years == cells.year - cells.start + 1
    why = first_code(
        [*_why_no_sum(cells), (~complete, "missing_year")],
    )
    total = cells.add_up(np.where(np.isnan(values), 0, values))
    return np.where(why == 0, total, np.nan), why


def _of_the_year(cells: _Series) -> tuple[Any, Any]:
    order, group = cells.order, cells.group[cells.order]
    new = np.append(True, group[1:] != group[:-1])
    year, actual = (
        cells.put_back(np.where(new, np.nan, np.roll(values[order], 1)))
        for values in (cells.year, cells.actual)
    )
    follows = (year == cells.year - 1) & ~np.isnan(actual)
    is_total = cells.aggregation == "cumulative"
    is_first = cells.year == cells.start
    why = first_code(
        [
            (np.isnan(cells.actual), "no_actual"),
            (cells.aggregation == "level", "level_kpi"),
            (~is_total & ~np.isin(cells.aggregation, OF_ONE_YEAR), "aggregation_unknown"),
            (is_total & ~is_first & ~follows, "missing_year"),
        ],
    )
    own = cells.actual - np.where(is_total & ~is_first, actual, 0)
    return np.where(why == 0, own, np.nan), why


def _rate(kpis: pd.DataFrame, totals: dict[str, tuple[Any, Any]]) -> tuple[Any, Any]:
    """The total over its target; a total that is missing says why, then its target does."""
    (actual, no_actual), (target, no_target) = totals["actual"], totals["target"]
    no_total = np.where(no_actual != 0, no_actual, no_target)
    no_rate = first_code(
        [(target == 0, "zero_target"), ((target < 0) | (actual < 0), "negative_value")]
    )
    why = np.where(no_total != 0, no_total, no_rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(why == 0, actual / target, np.nan)
    falls = kpis["direction"].isin(LOWER_IS_BETTER) if "direction" in kpis else np.False_
    remark = first_code([(np.broadcast_to(falls, len(kpis)), "reads_reversed")])
    return rate, np.where(why != 0, why, remark)


def list_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """List the single years and the totals of KPIs where one follows from the other.

    Parameters
    ----------
    totals
        One row per KPI and fiscal year with the columns of `add_cumulative` and of
        `add_achievement`.

    Returns
    -------
    The rows of which both are known, with `total`, `total_target` and `total_rate`: of a KPI of
    totals as printed, else added up.
    """
    is_total = totals["aggregation"] == "cumulative"
    known = totals["cumulative_actual"].notna() | (is_total & totals["year_actual"].notna())
    shown, printed = totals[known], is_total[known]
    return shown.assign(
        total=shown["actual"].where(printed, shown["cumulative_actual"]),
        total_target=shown["target"].where(printed, shown["cumulative_target"]),
        total_rate=shown["achievement_rate"].where(printed, shown["cumulative_rate"]),
    )
