"""A fiscal year against the one before: what the KPIs of both years did."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.cost_basis import PARTS_OF_TOTAL, keep_yearly
from analysis.measures.execution import add_execution
from analysis.measures.keys import KPI, PROGRAM, PROGRAM_YEAR
from analysis.measures.kpis import SIGN_OF_DIRECTION
from analysis.measures.needs import ONE_KPI_YEAR, check_table
from analysis.measures.repeats import leave_out_repeats

EARLIER = "_earlier"
SUMS = {"total": ("total",), "parts": tuple(PARTS_OF_TOTAL), "settled": ("settled",)}  # of kinds
NEEDED = f"{ONE_KPI_YEAR} kpi unit direction aggregation actual reached"


def compare_with_year_before(kpis: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Set each KPI of a fiscal year beside itself in the last year before that has an actual.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, over all years at hand, with the columns of
        `add_achievement`.
    fiscal_year
        The year that is compared with the ones before it.

    Returns
    -------
    One row per KPI that has an actual in both, in the order of `kpis`, with its columns of the
    year and the same of the year before, named `..._earlier`. A KPI that repeats another one's
    fact is left out. Besides

    change
        the actual less the one before, in the KPI's unit; missing where the units differ.
    way
        better or worse, by the direction of the KPI; same; and where neither can be said:
        no_direction, total (of a cumulative KPI, which only rises), other_unit, same_figure
        (the same year's figure is printed in both).
    turn
        gained (a target that was missed the year before is reached), lost (the reverse) or "".

    Raises
    ------
    DataError
        When a column it needs is not there.

    Examples
    --------
    >>> from analysis import add_achievement, load
    >>> changed = compare_with_year_before(add_achievement(load("data", "080004").kpis), 2016)
    >>> changed[["kpi_id", "fiscal_year_earlier", "change", "way"]].values.tolist()[0]
    ['job_creation', 2015, -333.0, 'worse']
    """
    check_table(kpis, "kpis", NEEDED)
    held = kpis[kpis["actual"].notna()]
    now = leave_out_repeats(held[held["fiscal_year"] == fiscal_year])
    earlier = held[held["fiscal_year"] < fiscal_year].sort_values("fiscal_year", kind="stable")
    earlier = earlier.drop_duplicates(KPI, keep="last").set_index(KPI).add_suffix(EARLIER)
    both = now.merge(earlier, left_on=KPI, right_index=True)
    units = [both[name].fillna("").astype("object") for name in ("unit", f"unit{EARLIER}")]
    sign = both["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    change = both["actual"] - both[f"actual{EARLIER}"]
    change = change.mask(np.isclose(both["actual"], both[f"actual{EARLIER}"], rtol=1e-12), 0.0)
    change = change.where(units[0] == units[1])
    ways = {
        "other_unit": units[0] != units[1],
        "same_figure": _year_of_actual(both, "") == _year_of_actual(both, EARLIER),
        "total": both["aggregation"] == "cumulative",
        "same": change == 0,
        "no_direction": sign.isna(),
        "better": sign * change > 0,
    }
    reached, before = both["reached"], both[f"reached{EARLIER}"]
    gained, lost = (before == "no") & (reached == "yes"), (before == "yes") & (reached == "no")
    return both.assign(
        change=change,
        way=np.select(list(ways.values()), list(ways), "worse"),
        turn=np.select([gained, lost], ["gained", "lost"], ""),
    )


def _year_of_actual(both: pd.DataFrame, suffix: str) -> pd.Series:
    """The year that a figure is of: that of the row where no other one is printed."""
    year = both[f"fiscal_year{suffix}"].astype("float64")
    printed = both.reindex(columns=[f"actual_year{suffix}"]).iloc[:, 0].astype("float64")
    return printed.fillna(year)


class YearOnYear(NamedTuple):
    """How many KPIs went which way since the year before, by `way` and by `turn`."""

    ways: dict[str, int]
    turns: dict[str, list[str]]
    years: list[int]


def find_year_on_year(changed: pd.DataFrame) -> YearOnYear:
    """Count the ways of `compare_with_year_before`, name what turned, list the years before."""
    turned = changed[changed["turn"] != ""]
    return YearOnYear(
        ways=changed["way"].value_counts().to_dict(),
        turns={turn: rows["kpi"].tolist() for turn, rows in turned.groupby("turn", sort=False)},
        years=sorted(set(changed[f"fiscal_year{EARLIER}"].tolist())),
    )


def compare_budgets_with_year_before(budgets: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Set the budget and the settled amount of each program beside those of the last year before.

    Parameters
    ----------
    budgets
        One row per amount over all years at hand, as `add_execution` takes them.
    fiscal_year
        The year that is compared with the ones before it.

    Returns
    -------
    One row per program and kind that is known in both, in the order of `budgets`: `kind` (total
    as printed, parts: the sum of the parts in `kinds`, or settled), `yen` and `fiscal_year` of the
    year, the same of the year before (`..._earlier`), and `change_yen`, the difference. Both are
    of the same kinds, items and natures (with personnel or without); where these differ, or a rate
    of execution leaves some out, the program is left out. Amounts of several years take no part.

    Raises
    ------
    DataError
        When a column it needs is not there.

    Examples
    --------
    >>> from analysis import load
    >>> budgets = load("data", "012211").budgets
    >>> changed = compare_budgets_with_year_before(budgets, 2019)
    >>> changed[["kind", "fiscal_year_earlier", "change_yen"]].values.tolist()
    [['total', 2018, 2739000], ['settled', 2018, 2035000]]
    """
    check_table(budgets, "budgets", f"{' '.join(PROGRAM_YEAR)} kind amount_yen")
    amounts = keep_yearly(budgets)
    executed = add_execution(budgets[PROGRAM_YEAR].drop_duplicates(), budgets)
    is_whole = executed["execution_left_out"].map(len) == 0
    found = []
    for kind, kinds in SUMS.items():
        is_kind = True if kind == "settled" else executed["total_basis"] == kind
        yen = executed["settled_yen" if kind == "settled" else "total_yen"].where(
            is_kind & is_whole
        )
        known = executed[PROGRAM_YEAR].assign(kind=kind, yen=yen)
        known = known[yen.notna()].astype({"yen": "int64"})
        known = known.merge(_list_what(amounts[amounts["kind"].isin(kinds)]), on=PROGRAM_YEAR)
        earlier = known[known["fiscal_year"] < fiscal_year]
        earlier = earlier.sort_values("fiscal_year", kind="stable")
        earlier = earlier.drop_duplicates(PROGRAM, keep="last")
        now = known[known["fiscal_year"] == fiscal_year]
        same = [*PROGRAM, "kind", "kinds", "of"]
        found.append(now.merge(earlier, on=same, suffixes=("", EARLIER)))
    both = pd.concat(found, ignore_index=True).drop(columns="of")
    return both.assign(change_yen=both["yen"] - both[f"yen{EARLIER}"])


def _list_what(amounts: pd.DataFrame) -> pd.DataFrame:
    """What the amounts of each program and year are of: their kinds, and each whole."""
    named = amounts.reindex(columns=[*PROGRAM_YEAR, "kind", "item", "nature"])
    named = named.astype({"item": "str", "nature": "str"}).fillna({"item": "", "nature": ""})
    of = named["kind"] + "/" + named["item"] + "/" + named["nature"]
    listed = named.assign(kinds=named["kind"], of=of).groupby(PROGRAM_YEAR, sort=False)
    return listed[["kinds", "of"]].agg(lambda texts: " ".join(sorted(set(texts)))).reset_index()


def compare_grades_with_year_before(ratings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Set each published grade beside the last one before of the same program, KPI and judge.

    Parameters
    ----------
    ratings
        One row per published judgement over all years at hand.
    fiscal_year
        The year that is compared with the ones before it.

    Returns
    -------
    One row per judgement with a grade by the same scheme in both, with `grade` and `fiscal_year`
    of the year and of the year before (`..._earlier`), and `is_same`. Which of two grades is the
    better one is not said: that is for a rubric.

    Raises
    ------
    DataError
        When a column it needs is not there.
    """
    key = [*PROGRAM, "kpi_id", "rated_by", "scheme"]
    check_table(ratings, "ratings", f"{' '.join(key)} fiscal_year grade")
    held = ratings[ratings["grade"].fillna("") != ""]
    held = held[[*key, "fiscal_year", "grade"]].fillna(
        dict.fromkeys(("kpi_id", "rated_by", "scheme"), "")
    )
    earlier = held[held["fiscal_year"] < fiscal_year].sort_values("fiscal_year", kind="stable")
    earlier = earlier.drop_duplicates(key, keep="last")
    now = held[held["fiscal_year"] == fiscal_year]
    both = now.merge(earlier, on=key, suffixes=("", EARLIER))
    return both.assign(is_same=both["grade"] == both[f"grade{EARLIER}"])
