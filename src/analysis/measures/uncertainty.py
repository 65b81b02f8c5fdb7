"""How far a figure could be off: resampled KPIs, intervals of single figures.

Each answers one narrow question under assumptions it names. None covers what matters most,
what would have happened without the program. Everything random starts from a given seed and
from sorted rows, so that the same data give the same figures in whatever order they come.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from analysis.dataset.values import YEN_PER_UNIT
from analysis.dataset.vocabulary import COUNT_UNITS, EVENT_UNITS, PERCENT_UNITS
from analysis.errors import DataError
from analysis.measures.composite import choose_rates
from analysis.measures.keys import is_among
from analysis.measures.kpis import OF_ONE_YEAR
from analysis.measures.needs import check_table
from analysis.measures.notes import first_code, first_word, words_of
from analysis.measures.percentages import PERCENT
from analysis.measures.repeats import leave_out_repeats
from analysis.measures.states import BEFORE_FINAL_YEAR

LEVEL = 0.95
SEED = 2018
BATCH = 1_000  # resamples at once: of thousands of KPIs all take gigabytes
LEAST_KPIS = 5
RESAMPLES = 9_999
EVENT_KINDS = ("outcome", "societal")


def bootstrap_mean_progress(
    kpis: pd.DataFrame,
    by: Sequence[str] = ("government_code", "fiscal_year"),
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """How much the mean capped progress depends on which KPIs happened to be chosen.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    by
        The columns that tell the groups apart: a government's year, or a program's.
    level
        How many of the resampled means the interval holds.
    resamples, seed
        The number of resamples and where the random numbers start.

    Returns
    -------
    One row per group, in the order of the first KPI of each, with the number of `kpis`, of
    those `unknown`, of those `not_due` (unknown, for the final year is yet to come) and of
    those `counted_whole` (reached without a rate, such as a milestone: counted as 1);
    `mean_capped_low` and `mean_capped_high`, each KPI's rate (`choose_rates`) held between 0
    and 1 and an unknown one as 0 and as 1; `interval_low` and `interval_high`, the lower end
    of the percentile interval of the low mean and the upper end of that of the high mean.
    `interval_note` is too_few_kpis below five KPIs, for which there is no interval; for ten
    or fewer it is still too narrow. `level`, `resamples` and `seed` stand beside it.

    The interval speaks of other KPIs the program could have had, as if those at hand had been
    drawn from them; it says nothing of errors in the actuals.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    Efron, percentile bootstrap, as in scipy.stats.bootstrap.

    Examples
    --------
    >>> kpis = pd.DataFrame({"program_id": "hub", "progress_rate": [0.2, 0.4, 0.6, 0.8, 1.7]})
    >>> row = bootstrap_mean_progress(kpis, by=["program_id"]).iloc[0]
    >>> print(f"{row['mean_capped_low']:.2f} {row['interval_low']:.2f} {row['interval_high']:.2f}")
    0.60 0.36 0.84
    """
    check_table(kpis, "kpis", "progress_rate")
    _check_level(level)
    kpis = leave_out_repeats(kpis)
    chosen = choose_rates(kpis)
    rate, whole = chosen["held_rate"].clip(0, 1), chosen["held_by"] == "reached"
    ends = kpis[list(by)].assign(
        kpis=1,
        unknown=rate.isna().astype(int),
        not_due=(rate.isna() & _is_not_due(kpis)).astype(int),
        counted_whole=whole.astype(int),
        mean_capped_low=rate.fillna(0),
        mean_capped_high=rate.fillna(1),
    )
    groups = ends.groupby(list(by), sort=False)
    counts, means = (
        ("kpis", "unknown", "not_due", "counted_whole"),
        ("mean_capped_low", "mean_capped_high"),
    )
    table = groups.agg(dict.fromkeys(counts, "sum") | dict.fromkeys(means, "mean"))
    intervals = [
        (
            _resample(part["mean_capped_low"], level, resamples, seed)[0],
            _resample(part["mean_capped_high"], level, resamples, seed)[1],
        )
        for _, part in groups
    ]
    low, high = np.array(intervals, dtype="float64").reshape(-1, 2).T
    few = (table["kpis"] < LEAST_KPIS).to_numpy()
    return table.reset_index().assign(
        interval_low=low,
        interval_high=high,
        interval_note=first_word([(few, "too_few_kpis")], pd.RangeIndex(len(table))),
        level=level,
        resamples=resamples,
        seed=seed,
    )


def _is_not_due(kpis: pd.DataFrame) -> pd.Series:
    notes = kpis.get("reached_note", pd.Series("", index=kpis.index))
    return notes.isin(BEFORE_FINAL_YEAR)


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise DataError(f"level {level} is not between 0 and 1; write 0.95 for 95 %")


def _resample(values: pd.Series, level: float, resamples: int, seed: int) -> tuple[float, float]:
    if len(values) < LEAST_KPIS:
        return np.nan, np.nan
    if (values == values.iloc[0]).all():
        return float(values.iloc[0]), float(values.iloc[0])
    from scipy import stats  # takes a second to import, and few reports need it

    interval = stats.bootstrap(
        (np.sort(values.to_numpy()),),
        np.mean,
        confidence_level=level,
        n_resamples=resamples,
        batch=BATCH,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return float(interval.low), float(interval.high)


def estimate_share(successes: Any, n: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """Return the Wilson interval of a share: what a survey of n answers says of everybody.

    Parameters
    ----------
    successes, n
        The answers counted and all answers; numbers or columns. A share printed as a rounded
        percentage may give a fraction of an answer, which is used as it is.
    level
        How often such intervals hold the share of all those asked, if they answered at random.

    Returns
    -------
    The lower and the upper end, between 0 and 1; missing where n is 0 or missing or the
    successes are not between 0 and n.

    References
    ----------
    Wilson 1927; Newcombe, Statistics in Medicine 17 (1998), method 3.

    Examples
    --------
    >>> low, high = estimate_share(81, 263)
    >>> print(round(low, 4), round(high, 4))
    0.2553 0.3662
    """
    _check_level(level)
    k, n = np.asarray(successes, dtype="float64"), np.asarray(n, dtype="float64")
    sensible = (n > 0) & (k >= 0) & (k <= n)
    n, share = np.where(sensible, n, np.nan), k / np.where(sensible, n, np.nan)
    z = special.ndtri((1 + level) / 2)
    middle = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    whole = 1 + z**2 / n
    return np.maximum((middle - half) / whole, 0), np.minimum((middle + half) / whole, 1)


def estimate_count(count: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """Return the exact Poisson interval of a count of events that come one by one by chance.

    Parameters
    ----------
    count
        Events counted in the year; a number or a column.
    level
        At least how often such intervals hold the mean of many such years.

    Returns
    -------
    The lower and the upper end in events; missing where the count is not a whole number of 0
    or more.

    References
    ----------
    Garwood, Biometrika 28 (1936); by quantiles of chi-squared.

    Examples
    --------
    >>> low, high = estimate_count(16)
    >>> print(round(low, 2), round(high, 2))
    9.15 25.98
    """
    _check_level(level)
    k = np.asarray(count, dtype="float64")
    k = np.where((k >= 0) & (k == np.floor(k)), k, np.nan)
    tail = (1 - level) / 2
    low = np.where(k == 0, 0, special.gammaincinv(k, tail))
    return low[()], special.gammainccinv(k + 1, tail)


def add_intervals(kpis: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Add by how much each actual could differ by chance alone, where that can be said.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `unit`, `kpi_kind`, `actual`, and where known
        `sample_size` (answers behind a survey share) and `aggregation`.
    level
        The level of the intervals.

    Returns
    -------
    The same rows in the same order with `actual_low` and `actual_high` in the KPI's own unit,
    `interval_method` ("wilson" for a share with a sample size, "poisson" for a count of
    events, else missing), and `interval_note`: why there is none (no_actual,
    no_sample_size, not_a_share, activity_kpi, kind_unknown, money_kpi, level_kpi,
    cumulative_actual, aggregation_unknown, not_a_count, not_events) or what to mind
    (actual_estimated: the error of the estimate is not in it).
    `interval_level` is the level.

    A count gets the interval of events that come one by one by chance: what is counted in 件,
    of one year, and is an outcome or what happens in society. People, firms and shops get none
    (not_events): who attends is bounded by the seats, who is a member stands in a register,
    and one brings another along; nor does what is counted in 回: one visitor views many pages,
    and a meeting is held because it was planned. A level, a running total and what a program does
    itself (activity), which is decided, not counted by chance, get none either.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> kpis = pd.DataFrame({"unit": ["％", "％", "件"], "kpi_kind": "outcome",
    ...     "actual": [50.0, 93.0, 16.0], "sample_size": [110, None, None],
    ...     "aggregation": "single_year"})
    >>> table = add_intervals(kpis)
    >>> table[["actual_low", "actual_high"]].round(1).fillna(0).values.tolist()
    [[40.8, 59.2], [0.0, 0.0], [9.1, 26.0]]
    >>> table["interval_note"].tolist()
    ['', 'no_sample_size', '']
    """
    check_table(kpis, "kpis", "unit kpi_kind actual")
    actual = kpis["actual"].to_numpy(dtype="float64", na_value=np.nan)
    size = np.full(len(kpis), np.nan)
    if "sample_size" in kpis:
        size = kpis["sample_size"].to_numpy(dtype="float64", na_value=np.nan)
    is_share = is_among(kpis["unit"], PERCENT_UNITS)
    is_count = is_among(kpis["unit"], COUNT_UNITS) & (actual >= 0) & (actual == np.floor(actual))
    added_up = kpis["aggregation"] if "aggregation" in kpis else pd.Series("", index=kpis.index)
    is_milestone = is_among(kpis.get("direction", added_up), ["milestone"])
    is_activity, is_known = (
        is_among(kpis["kpi_kind"], words) for words in (["activity"], EVENT_KINDS)
    )
    why = first_code(
        [
            (np.isnan(actual), "no_actual"),
            (is_share & ~((actual >= 0) & (actual <= PERCENT)), "not_a_share"),
            (is_share & ~(size > 0), "no_sample_size"),
            (~is_share & is_activity, "activity_kpi"),
            (~is_share & ~is_known, "kind_unknown"),
            (is_among(kpis["unit"], YEN_PER_UNIT), "money_kpi"),
            (~is_share & is_among(added_up, ["level"]), "level_kpi"),
            (~is_share & ~is_count, "not_a_count"),
            (~is_share & (is_milestone | ~is_among(kpis["unit"], EVENT_UNITS)), "not_events"),
            (~is_share & is_among(added_up, ["cumulative"]), "cumulative_actual"),
            (~is_share & ~is_among(added_up, OF_ONE_YEAR), "aggregation_unknown"),
        ],
    )
    by_share = [PERCENT * end for end in estimate_share(actual / PERCENT * size, size, level)]
    low, high = (
        np.where(why == 0, np.where(is_share, *ends), np.nan)
        for ends in zip(by_share, estimate_count(actual, level), strict=True)
    )
    status = kpis["actual_status"] if "actual_status" in kpis else pd.Series("", index=kpis.index)
    remark = first_code([(is_among(status, ["estimated"]), "actual_estimated")])
    method = pd.Series(np.where(is_share, "wilson", "poisson"), index=kpis.index, dtype="str")
    return kpis.assign(
        actual_low=low,
        actual_high=high,
        interval_method=method.where(why == 0),
        interval_note=words_of(np.where(why != 0, why, remark)),
        interval_level=level,
    )


FEW_KPIS = 10  # of so few or fewer the interval is too narrow


def judge_means(means: pd.DataFrame) -> pd.DataFrame:
    """Add to the rows of `bootstrap_mean_progress` what can be said of each mean.

    Returns
    -------
    The rows of more than one KPI (a single one has a rate, and no mean) with `mean_note`: not_due
    (the final year of all is yet to come), nothing_known (none has a rate), or nothing; and
    `is_narrow`: the interval is narrower than it should be, for there are few KPIs.
    """
    several = means[means["kpis"] > 1]
    note = np.select(
        [several["not_due"] == several["kpis"], several["unknown"] == several["kpis"]],
        ["not_due", "nothing_known"],
        "",
    )
    return several.assign(mean_note=note, is_narrow=several["kpis"] <= FEW_KPIS)
