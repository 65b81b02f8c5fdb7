"""How an actual stands to its target, its baseline and a steady growth, for the rules of rubrics.

Growth is that of Eurostat, Statistics Canada and Open SDG: compound and yearly, from the
baseline to the actual, counted positive where the KPI moved the way it should. The trap is the
base: growth from 0 or from a negative value is no figure, and none is made up here.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.kpis import SIGN_OF_DIRECTION, read_figures

LIMIT_EXPONENT = 4.44  # chosen by Statistics Canada, whose methodology gives it
YES_NO = {True: "yes", False: "no"}


def add_standing(kpis: pd.DataFrame, zero_target: float | None = None) -> pd.DataFrame:
    """Add how each actual stands to its targets, its baseline and its growth.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `direction`, `aggregation`, `baseline`, `target`,
        `target_upper`, `actual`, `final_target`, `natural_limit` in the KPI's own unit, and
        the years `baseline_year`, `fiscal_year`, `actual_year` and `final_year`. Absent
        columns count as missing.
    zero_target
        What stands for a final target of 0 in `growth_ratio`, where a rubric names such a
        figure; else the ratio is missing there.

    Returns
    -------
    The same rows in the same order with these columns, each missing where a figure it needs
    is missing or the direction gives no better and worse:

    exceeded
        yes where the actual is strictly better than the target in the KPI's direction, else
        no. Missing for a range.
    change
        better, same or worse: the actual beside the baseline in the KPI's direction.
    change_rate
        that change as a ratio to the baseline's size, negative when it got worse; missing
        where the baseline is 0.
    course_years
        years from the baseline to the final target.
    difference
        actual - target in the KPI's own unit, whatever its direction. Missing for a range.
    directed_difference
        the same, positive where the actual is better than the target.
    final_reached
        yes where the actual is at the final target or better, else no.
    yearly_growth
        (actual / baseline) ^ (1 / years) - 1, negative where the KPI moved away. Only for
        KPIs that should rise or fall (up, down), from a baseline above 0, to an actual of at
        least 0 in a later year; missing for yearly increases (increment), which are no level.
    growth_ratio
        yearly_growth over the size of the yearly growth that leads from the baseline to the
        final target in its year. Minus infinity where the target equals the baseline and was
        lost again.
    limit_factor
        1, or less the nearer the baseline lies to `natural_limit` in the KPI's direction; 0 at
        the limit. A limit on the other side of the baseline does not count.
    growth_of_limit
        yearly_growth over limit_factor where it is positive; what was held at the limit is
        infinite.

    References
    ----------
    Statistics Canada, progress measurement for the SDGs
    (sdgcif-data-canada-oddcic-donnee.github.io/methodology), for the last four.

    Examples
    --------
    >>> kpis = pd.DataFrame({"direction": ["down"], "baseline": [611.0], "target": [580.0],
    ...                      "actual": [586.0]})
    >>> added = add_standing(kpis)[["exceeded", "change", "change_rate", "difference"]]
    >>> added.round(4).values.tolist()
    [['no', 'better', 0.0409, 6.0]]
    """
    direction = kpis.get("direction", pd.Series(index=kpis.index, dtype="str"))
    sign = direction.map(SIGN_OF_DIRECTION).to_numpy(dtype="float64", na_value=np.nan)
    baseline, actual = read_figures(kpis, "baseline"), read_figures(kpis, "actual")
    is_range = ~np.isnan(read_figures(kpis, "target_upper"))
    difference = np.where(is_range, np.nan, actual - read_figures(kpis, "target"))
    gain = sign * (actual - baseline)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        change_rate = np.where(baseline == 0, np.nan, gain / np.abs(baseline))
    course = read_figures(kpis, "final_year") - read_figures(kpis, "baseline_year")
    beyond_final = sign * (actual - read_figures(kpis, "final_target"))
    beyond_final[_is(kpis, "aggregation", "increment")] = np.nan
    return kpis.assign(
        exceeded=_words(kpis, sign * difference > 0, YES_NO, sign * difference),
        change=_words(kpis, np.sign(gain), {1: "better", 0: "same", -1: "worse"}, gain),
        change_rate=change_rate,
        course_years=course,
        difference=difference,
        directed_difference=sign * difference,
        final_reached=_words(kpis, beyond_final >= 0, YES_NO, beyond_final),
        **_grow(kpis, zero_target),
    )


def _is(kpis: pd.DataFrame, name: str, *words: str) -> Any:
    if name not in kpis:
        return np.zeros(len(kpis), dtype=bool)
    return kpis[name].isin(words).to_numpy()


def _words(kpis: pd.DataFrame, codes: Any, words: dict[Any, str], needed: Any) -> pd.Series:
    return pd.Series(codes, index=kpis.index).map(words).where(~np.isnan(needed))


def _grow(kpis: pd.DataFrame, zero_target: float | None) -> dict[str, Any]:
    """The yearly growth, what it is of the growth needed, and the limit that slows it."""
    baseline, actual = read_figures(kpis, "baseline"), read_figures(kpis, "actual")
    sign = np.where(_is(kpis, "direction", "up"), 1.0, -1.0)
    year = read_figures(kpis, "actual_year")
    year = np.where(np.isnan(year), read_figures(kpis, "fiscal_year"), year)
    grows = _is(kpis, "direction", "up", "down") & ~_is(kpis, "aggregation", "increment")
    years = year - read_figures(kpis, "baseline_year")
    growth = np.where(grows, sign * _yearly_growth(baseline, actual, years), np.nan)
    target = read_figures(kpis, "final_target")
    target = np.where(target == 0, np.nan if zero_target is None else zero_target, target)
    course = read_figures(kpis, "final_year") - read_figures(kpis, "baseline_year")
    needed = np.abs(_yearly_growth(baseline, target, course))
    factor = _limit_factor(baseline, read_figures(kpis, "natural_limit"), sign)
    factor = np.where(grows, factor, np.nan)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = growth / needed
        of_limit = np.where(growth > 0, growth / factor, growth)
    return {
        "yearly_growth": growth,
        "growth_ratio": ratio,
        "limit_factor": factor,
        "growth_of_limit": np.where((factor == 0) & (growth >= 0), np.inf, of_limit),
    }


def _yearly_growth(first: Any, last: Any, years: Any) -> Any:
    can = (first > 0) & (last >= 0) & (years > 0)
    first, last, years = (np.where(can, x, np.nan) for x in (first, last, years))
    with np.errstate(over="ignore"):
        return (last / first) ** (1 / years) - 1


def _limit_factor(baseline: Any, limit: Any, sign: Any) -> Any:
    """1 - nearness ^ 4.44: nearness is 1 at the limit, 0 at its double (falling) or at 0."""
    above = (sign > 0) & (baseline <= limit)  # the limit is a ceiling above the baseline
    below = (sign < 0) & (limit <= baseline) & (baseline < 2 * limit)  # a floor below it
    with np.errstate(divide="ignore", invalid="ignore"):
        nearness = np.select([above, below], [baseline / limit, 2 - baseline / limit], 0.0)
    nearness = np.where(baseline > 0, nearness, np.nan)
    return 1 - nearness**LIMIT_EXPONENT
