"""Programs side by side: what they cost, how many KPIs they reached, how far they got."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.achievement import NO, REACHED, UNKNOWN, YES
from analysis.measures.composite import choose_rates
from analysis.measures.cost_basis import find_cost_basis, find_span_costs
from analysis.measures.keys import PROGRAM, PROGRAM_YEAR, find_rows, number_groups, take, take_cells
from analysis.measures.needs import ONE_PROGRAM, ONE_PROGRAM_YEAR, check_table
from analysis.measures.progress import count_reached
from analysis.measures.reasons import has_concluded_figures
from analysis.measures.repeats import find_repeats

OF_ACTUALS = ("estimated", "concluded")
MEANS = ("mean_capped_low", "mean_capped_high", "mean_raw")
ADDED_ONE_BY_ONE = 7  # the most values that numpy adds one after the other
RESTS_ON = {
    "by_progress": ["progress_rate"],
    "by_ratio": ["achievement_rate", "final_rate"],
    "by_reached": ["reached"],
    "bounded": [""],
}

COSTS = (
    *("cost_yen", "cost_basis", "cost_natures", "cost_kinds", "personnel_yen"),
    *("full_cost_yen", "full_cost_natures", "full_cost_note"),
)
SPANS = {
    **{"cost_yen": "span_yen", "cost_basis": "span_basis"},
    **{"first_year": "span_first_year", "last_year": "span_last_year"},
}


def compare_programs(
    program_years: pd.DataFrame,
    programs: pd.DataFrame,
    kpis: pd.DataFrame,
    budgets: pd.DataFrame,
) -> pd.DataFrame:
    """Summarize each program of a fiscal year without ever dropping an unknown KPI.

    Parameters
    ----------
    program_years
        `dataset.program_years`: the rows wanted.
    programs, budgets
        The tables of a dataset.
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.

    Returns
    -------
    One row per program and fiscal year with `program`, `department`, the cost as
    `find_cost_basis` gives it (`cost_yen`, `cost_basis`, `cost_natures`, `cost_kinds`,
    `personnel_yen`, `full_cost_yen`, `full_cost_natures`, `full_cost_note`), what is printed for
    several years together where that is all (`find_span_costs`: `span_yen`, `span_basis`,
    `span_first_year`, `span_last_year`), the counts `kpis`,
    `reached`, `missed`, `unknown` (0 for a program without a KPI), `estimated` and `concluded`
    (judged by a target or actual that was concluded, not read), the three readings of "the
    program reached its targets":

    any_reached, all_reached
        yes, no or unknown. Unknown KPIs leave "any" unknown where none is known to be
        reached, and "all" where none is known to be missed; so does having no KPI at all.
    share_reached_low, share_reached_high
        reached / kpis; the unknown ones stay in the denominator, as not reached in the low
        and as reached in the high share.

    and the mean of its KPIs' rates, one each as `choose_rates` takes it:

    mean_capped_low, mean_capped_high
        each KPI between 0 and 1, an unknown one 0 in the low and 1 in the high mean.
    mean_raw
        uncapped; missing as soon as one KPI is unknown or has no rate.
    by_progress, by_ratio, by_reached, bounded
        on how many KPIs the mean rests: progress_rate, a plain ratio, a target met without
        any rate (counted 1), and those of which nothing is known (from 0 to 1). They add up to
        `kpis`.

    Shares and means are missing for a program without a KPI. A KPI that repeats another one's
    fact (`find_repeats`) counts once in all of this; `repeated` is how many a program has, which
    may be all it has.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(program_years, "program_years", ONE_PROGRAM_YEAR)
    check_table(programs, "programs", f"{ONE_PROGRAM} government program project department")
    check_table(kpis, "kpis", f"{ONE_PROGRAM_YEAR} actual_status progress_rate reached")
    again = find_repeats(kpis) != ""
    repeats, kpis = _count_rows(kpis[PROGRAM_YEAR][again]), kpis[~again] if again.any() else kpis
    costs, counted, means = find_cost_basis(budgets), count_reached(kpis), _average(kpis)
    index = pd.RangeIndex(len(program_years))
    names = ["government", "program", "project", "department"]
    found = (
        (programs, PROGRAM, [*names, *(["policy_group"] if "policy_group" in programs else [])]),
        (costs, PROGRAM_YEAR, COSTS),
        (find_span_costs(budgets).rename(columns=SPANS), PROGRAM_YEAR, SPANS.values()),
        (counted, PROGRAM_YEAR, ("kpis", "reached", "missed", "unknown")),
        (means, PROGRAM_YEAR, (*OF_ACTUALS, *RESTS_ON, *MEANS)),
        (repeats, PROGRAM_YEAR, ("repeated",)),
    )
    added: dict[str, Any] = {}
    for table, on, columns in found:
        rows = find_rows(program_years, table, on)
        added |= {name: take(table[name], rows, index) for name in columns}
    counts = {
        name: added[name].fillna(0).to_numpy("int64")
        for name in ("kpis", "reached", "missed", "unknown", *OF_ACTUALS, "repeated", *RESTS_ON)
    }
    added |= {name: pd.array(count, dtype="Int64") for name, count in counts.items()}
    number, reached, missed = (counts[name] for name in ("kpis", "reached", "missed"))
    whole = np.where(number > 0, number, np.nan)
    return program_years.reset_index(drop=True).assign(
        **added,
        any_reached=_decide(reached > 0, missed == number, number),
        all_reached=_decide(reached == number, missed > 0, number),
        share_reached_low=reached / whole,
        share_reached_high=(reached + counts["unknown"]) / whole,
    )


def _count_rows(kpis: pd.DataFrame) -> pd.DataFrame:
    group, first = number_groups(kpis, PROGRAM_YEAR)
    repeated = np.bincount(group, minlength=len(first))
    return pd.DataFrame(take_cells(kpis, PROGRAM_YEAR, first) | {"repeated": repeated})


def _average(kpis: pd.DataFrame) -> pd.DataFrame:
    """The mean rate of each program's KPIs in each year, three ways; what it rests on."""
    group, first = number_groups(kpis, PROGRAM_YEAR)
    chosen = choose_rates(kpis)
    rate, by = chosen["held_rate"], chosen["held_by"]
    held = rate.clip(0, 1)
    estimated = (kpis["actual_status"] == "estimated") & kpis["actual"].notna()
    concluded = has_concluded_figures(kpis) & (kpis["reached"] != "unknown")
    values = {
        "mean_capped_low": held.fillna(0.0),
        "mean_capped_high": held.fillna(1.0),
        "mean_raw": rate.mask(by == "reached"),
    }
    counts = {"estimated": estimated, "concluded": concluded}
    counts |= {name: by.isin(ways) for name, ways in RESTS_ON.items()}
    means = {name: _average_groups(c.to_numpy(), group) for name, c in values.items()}
    counted = {
        name: np.bincount(group, column.to_numpy(), len(first)).astype("int64")
        for name, column in counts.items()
    }
    return pd.DataFrame(take_cells(kpis, PROGRAM_YEAR, first) | counted | means)


def _average_groups(values: Any, group: Any) -> Any:
    """The mean of each group, to the last bit as numpy reckons it of the group alone.

    Up to seven values numpy adds one by one, as is done here for all groups at once.
    """
    sizes = np.bincount(group)
    means = np.bincount(group, values, len(sizes)) / sizes
    order, ends = np.argsort(group, kind="stable"), np.cumsum(sizes)
    for number in np.flatnonzero(sizes > ADDED_ONE_BY_ONE).tolist():
        means[number] = values[order[ends[number] - sizes[number] : ends[number]]].mean()
    return means


def _decide(yes: Any, no: Any, kpis: Any) -> pd.Categorical:
    """Yes or no where that is certain of a program with KPIs, else unknown."""
    codes = np.select([kpis == 0, yes, no], [UNKNOWN, YES, NO], UNKNOWN)
    return pd.Categorical.from_codes(codes, dtype=REACHED)


def has_only_repeats(programs: pd.DataFrame) -> pd.Series:
    """Whether all KPIs of a program repeat another one's fact: it has KPIs, and none counts.

    `programs` is the table of `compare_programs`.
    """
    if "repeated" not in programs:
        return pd.Series(False, index=programs.index)
    return (programs["repeated"] > 0) & (programs["kpis"] == 0)


def is_nothing_known(programs: pd.DataFrame) -> pd.Series:
    """Whether a program has KPIs, but none of them says how far it got: its mean is 0 to 100 %.

    Such a program is compared with nothing. `programs` is the table of `compare_programs`.

    Examples
    --------
    >>> programs = pd.DataFrame({"kpis": [2, 2, 0], "bounded": [2, 1, 0], "missed": 0})
    >>> is_nothing_known(programs).tolist()
    [True, False, False]
    """
    missed = programs["missed"] > 0 if "missed" in programs else False
    if "bounded" in programs:
        return (programs["kpis"] > 0) & (programs["bounded"] == programs["kpis"]) & ~missed
    reached = programs["reached"] > 0 if "reached" in programs else False
    open_range = (programs["mean_capped_low"] == 0) & (programs["mean_capped_high"] == 1)
    return open_range & ~(missed | reached)


def has_only_span(programs: pd.DataFrame) -> pd.Series:
    """Whether all that is printed of a program's cost is an amount for several years."""
    none = pd.Series(index=programs.index, dtype="Int64")
    return programs["cost_yen"].isna() & programs.get("span_yen", none).notna()


class ThreeReadings(NamedTuple):
    """Three readings of "the programs reached their targets", unknown KPIs kept in the whole.

    Of the `programs` with a KPI, `any_kpi` reached a target and `all_kpis` reached all of theirs;
    of their `kpis` `reached` are reached and of `unknown` it is not known.
    """

    programs: int
    any_kpi: int
    all_kpis: int
    kpis: int
    reached: int
    unknown: int


def count_three_readings(comparison: pd.DataFrame) -> ThreeReadings:
    """Count programs by any, by all and by share of their KPIs, from `compare_programs`."""
    with_kpi = comparison[comparison["kpis"] > 0]
    return ThreeReadings(
        programs=len(with_kpi),
        any_kpi=int((with_kpi["reached"] > 0).sum()),
        all_kpis=int((with_kpi["reached"] == with_kpi["kpis"]).sum()),
        **{name: int(with_kpi[name].sum()) for name in ("kpis", "reached", "unknown")},
    )
