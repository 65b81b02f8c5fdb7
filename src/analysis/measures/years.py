"""Years side by side, and added up: totals from single years, and single years from totals.

A total is given only where every year since the program began is at hand, and figures that
are totals already are never added.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.achievement import COUNTED, LOWER_IS_BETTER
from analysis.measures.words import Reasons, first_word

KPI = ["government_code", "program_id", "kpi_id"]
SUMMABLE = ("single_year", "increment")
PROVISIONAL = ("estimated", "preliminary")


def check_one_row_per_year(kpis: pd.DataFrame) -> None:
    """Refuse a table with two rows of one KPI in one fiscal year, naming the first ones."""
    again = kpis[kpis.duplicated([*KPI, "fiscal_year"])]
    if len(again):
        named = [" ".join(map(str, key)) for key in again[[*KPI, "fiscal_year"]].head(3).to_numpy()]
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

    Source: 茨城県 prints the same KPI both ways (2,748 and 2,415 in single years, 5,163 of
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
    check_one_row_per_year(kpis)
    start = _start_of(kpis, programs)
    keys = kpis[[*KPI, "fiscal_year"]].astype({"fiscal_year": "float64"})
    table = keys.assign(
        start=start,
        aggregation=kpis["aggregation"].astype("object"),
        actual=_of_its_year(kpis),
        target=kpis["target"].to_numpy(dtype="float64", na_value=np.nan),
        provisional=kpis["actual_status"].isin(PROVISIONAL),
    ).reset_index(drop=True)
    ordered = table.sort_values([*KPI, "fiscal_year"], kind="stable")
    added = _totals(ordered).join(_of_the_year(ordered)).sort_index().set_axis(kpis.index)
    rate, note = _rate(kpis, added)
    return kpis.assign(
        **{name: added[name] for name in added if not str(name).startswith("year_")},
        cumulative_rate=rate,
        cumulative_rate_note=note,
        year_actual=added["year_actual"],
        year_actual_note=added["year_actual_note"],
    )


def compare_years(
    kpis: pd.DataFrame, programs: pd.DataFrame, ratings: pd.DataFrame
) -> pd.DataFrame:
    """Set governments and fiscal years side by side: what each published, what it reached.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year with the columns of `add_achievement`, over all
        governments and years at hand.
    programs, ratings
        The tables of a dataset.

    Returns
    -------
    One row per government and fiscal year with a KPI or a judgement, governments in the
    order of the programs table, with `government_code`, `government`, `fiscal_year` and
    counts: `kpis`, those with a `target`, an `actual`, a `baseline`; `reached`, `missed`,
    `unknown` (they add up to `kpis`); `not_due`, those of the unknown whose only target is
    the final one of a later year; `estimated` and
    `preliminary` actuals; published `rates` and `grades` of programs and KPIs.
    """
    key = ["government_code", "fiscal_year"]
    ones = kpis[key].assign(
        kpis=1,
        **{name: kpis[name].notna() for name in ("target", "actual", "baseline")},
        **{name: kpis["reached"] == word for name, word in COUNTED.items()},
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


def _start_of(kpis: pd.DataFrame, programs: pd.DataFrame) -> Any:
    program = ["government_code", "program_id"]
    start = programs.drop_duplicates(program, keep="last").set_index(program)["start_year"]
    keys = pd.MultiIndex.from_frame(kpis[program])
    return start.reindex(keys).to_numpy(dtype="float64", na_value=np.nan)


def _of_its_year(kpis: pd.DataFrame) -> Any:
    """The actual, but none where it is of an earlier year: it would be counted twice."""
    actual = kpis["actual"].to_numpy(dtype="float64", na_value=np.nan)
    if "actual_year" not in kpis:
        return actual
    late = kpis["actual_year"].notna() & (kpis["actual_year"] != kpis["fiscal_year"]).fillna(False)
    return np.where(late, np.nan, actual)


def _why_no_sum(table: pd.DataFrame) -> Reasons:
    return [
        (table["aggregation"] == "level", "level_kpi"),
        (table["aggregation"] == "cumulative", "cumulative_actual"),
        (~table["aggregation"].isin(SUMMABLE), "aggregation_unknown"),
        (table["start"].isna(), "no_start_year"),
        (table["fiscal_year"] < table["start"], "before_start"),
    ]


def _totals(table: pd.DataFrame) -> pd.DataFrame:
    """The sums over the years of each KPI, whose rows stand together in order of years."""
    counted = table["fiscal_year"] >= table["start"]
    groups = [table[column] for column in KPI]
    years_due = table["fiscal_year"] - table["start"] + 1
    added = pd.DataFrame(index=table.index)
    for name in ("actual", "target"):
        values = table[name].where(counted)
        years = values.notna().groupby(groups).cumsum()
        note = first_word([*_why_no_sum(table), (years != years_due, "missing_year")], table.index)
        added[f"cumulative_{name}"] = values.fillna(0).groupby(groups).cumsum().where(note == "")
        added[f"cumulative_{name}_note"] = note
    summed = (table["provisional"] & counted & table["actual"].notna()).groupby(groups).cumsum()
    given = added["cumulative_actual"].notna()
    return added.assign(cumulative_provisional=summed.where(given).astype("Int64"))


def _of_the_year(table: pd.DataFrame) -> pd.DataFrame:
    before = table.groupby(KPI, sort=False)[["fiscal_year", "actual"]].shift()
    follows = (before["fiscal_year"] == table["fiscal_year"] - 1) & before["actual"].notna()
    is_total = table["aggregation"] == "cumulative"
    is_first = table["fiscal_year"] == table["start"]
    note = first_word(
        [
            (table["actual"].isna(), "no_actual"),
            (table["aggregation"] == "level", "level_kpi"),
            (~is_total & ~table["aggregation"].isin(SUMMABLE), "aggregation_unknown"),
            (is_total & ~is_first & ~follows, "missing_year"),
        ],
        table.index,
    )
    earlier = before["actual"].where(is_total & ~is_first, 0)
    own = (table["actual"] - earlier).where(note == "")
    return pd.DataFrame({"year_actual": own, "year_actual_note": note})


def _rate(kpis: pd.DataFrame, added: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    actual, target = added["cumulative_actual"], added["cumulative_target"]
    reasons = [
        *((added["cumulative_actual_note"] == word, word) for word in WORDS_OF_TOTALS),
        *((added["cumulative_target_note"] == word, word) for word in WORDS_OF_TOTALS),
        (target == 0, "zero_target"),
        ((target < 0) | (actual < 0), "negative_value"),
    ]
    missing = first_word(reasons, added.index)
    falls = kpis.get("direction", pd.Series("", index=kpis.index)).isin(LOWER_IS_BETTER)
    note = first_word([*reasons, (falls, "reads_reversed")], added.index)
    return (actual / target.where(target != 0)).where(missing == ""), note


WORDS_OF_TOTALS = (
    "level_kpi",
    "cumulative_actual",
    "aggregation_unknown",
    "no_start_year",
    "before_start",
    "missing_year",
)
