"""How far a KPI got: the readings in use, each with the reason where it cannot be had.

Every rate here divides something by something else, and the same row gives very different
rates (docs/methods.md). None of them is "the" achievement rate; `add_achievement` gives all.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import BOUNDS
from analysis.measures.kpis import AGAINST_BASELINE, KEEP, ONE_SIDED, Columns, is_one_of
from analysis.measures.needs import check_table
from analysis.measures.notes import Reasons, first_code, words_of

ANY_TARGET = "target final_target target_bound final_target_bound"
RATES = ("achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate")
DOUBTED_FROM = 10  # ten times the target: more often a slip of unit or digit than a result
REACHED = pd.CategoricalDtype(["yes", "no", "unknown"])
YES, NO, UNKNOWN = range(3)  # places in REACHED


def add_achievement(kpis: pd.DataFrame) -> pd.DataFrame:
    """Add every reading of how far each KPI got (達成率), and whether it reached its target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `direction`, `aggregation`, `baseline`,
        `target` (with `target_bound`, `target_upper`, `tolerance`), `actual` and
        `final_target` in the KPI's own unit, and the years `baseline_year`, `fiscal_year`,
        `actual_year` and `final_year`. Absent columns count as missing.

    Returns
    -------
    The same rows in the same order with these ratios (0.74 is 74 %), each followed by a
    column `*_note`:

    achievement_rate
        actual / target (達成率).
    progress_rate
        (actual - baseline) / (target - baseline) (従前値からの進捗率); negative when the
        KPI moved away from its target.
    pace_rate
        progress made so far over the progress due by now on the straight line from the
        baseline to the final target (期待値・目安に対する率); after the final year all is due.
    final_rate
        actual / final_target (最終目標に対する率).
    cagr_rate
        yearly growth from the baseline to the actual over the yearly growth that leads from
        the baseline to the final target (成長率比), negative when it moved away.

    Where the only target is the final one, progress_rate measures by that (its note says
    of_final_target) and there is no achievement_rate: final_rate is that ratio.

    A rate that cannot be had is missing, and its note says why: no_actual, no_target,
    no_baseline, no_baseline_year, no_final_target, no_final_year, zero_target, zero_value,
    negative_value, sign_change, milestone, keep_target, target_range, baseline_range,
    target_in_words (延伸 and the like), not_finite (too large to be a figure),
    target_equals_baseline, met_at_baseline (the target lies on the wrong side of the
    baseline), no_time_passed, increment_actual (one year's increase is not a level). A rate
    that can be had but needs care has a note as well: part_year (the actual does not cover the
    year, see `is_part_year`), reads_reversed (a plain ratio of a KPI that should fall; not at
    exactly 1, where it says the same), direction_unknown, assumed_baseline_year,
    mixed_aggregation (a cumulative figure beside a baseline that may be of one year),
    about_value (約), beyond_tenfold (a ratio beyond 1,000 %: a unit or a digit may have slipped).

    `reached` is yes, no or unknown; `reached_note` says why it is unknown. It compares
    actual and target in the KPI's direction, or with the bound, range or band the target is
    given in, and never uses a rate; a target that only says "better" is compared with the
    baseline. A KPI whose only target is the final one is judged by that from its final year
    on; before, it is unknown with already_final or not_due, and no_final_year where that is not
    printed. A target in words that nothing can be compared with (充実) is target_in_words, unless
    the final target is a figure and due. A target of 0 before a later final target is not_due
    as well (`is_not_due`); an approximate target (about) that is not met is about_target; an
    actual of part of the year is part_year unless a count that only grows has met its target
    already; an actual that is only planned is planned_actual. An estimated or preliminary
    actual counts; its status stays beside it in `actual_status`.

    `at_final` is yes, no or unknown: whether the actual is at the final target by its direction
    or bound, whatever year that is due in.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    docs/methods.md names who prints which reading.

    Examples
    --------
    >>> kpis = pd.DataFrame({"direction": ["up"], "baseline": [170.0], "target": [200.0],
    ...                      "actual": [148.0]})
    >>> rated = add_achievement(kpis)
    >>> rated[["achievement_rate", "progress_rate", "reached"]].round(3).values.tolist()
    [[0.74, -0.733, 'no']]
    """
    check_table(kpis, "kpis", "actual direction", either=ANY_TARGET)
    with np.errstate(all="ignore"):  # what cannot be divided is blanked, with its reason
        added = _rate(Columns(kpis))
    again = [name for name in added if name in kpis]
    return (kpis.drop(columns=again) if again else kpis).assign(**added)


def _rate(k: Columns) -> dict[str, Any]:
    """All readings with their notes, and whether the target was reached."""
    rates = {
        "achievement_rate": _ratio(k, of_final=False),
        "progress_rate": _progress_rate(k),
        "pace_rate": _pace_rate(k),
        "final_rate": _ratio(k, of_final=True),
        "cagr_rate": _cagr_rate(k),
    }
    added = {}
    for name, (rate, reasons, remarks) in rates.items():
        why = first_code([*reasons, (~np.isfinite(rate), "not_finite")])
        mind = first_code(
            [
                (k.planned, "planned_actual"),
                (k.part, "part_year"),
                *remarks,
                (k.about, "about_value"),
                (np.abs(rate) > DOUBTED_FROM, "beyond_tenfold"),
            ]
        )
        added[name] = np.where(why == 0, rate, np.nan)
        added[f"{name}_note"] = words_of(np.where(why == 0, mind, why))
    return added | _reached(k)


Reading = tuple[Any, Reasons, Reasons]  # the rate, why it is missing, what to mind


def _ratio(k: Columns, of_final: bool) -> Reading:
    whole = k.final if of_final else k.target
    no_whole = k.no_final if of_final else k.no_target | k.only_final
    in_words = k.final_in_words | k.final_worded if of_final else k.in_words | k.worded
    rate = k.actual / whole
    reasons = [
        (k.no_actual, "no_actual"),
        (in_words, "target_in_words"),
        (no_whole, "no_final_target" if of_final else "no_target"),
        (k.says("direction", "milestone"), "milestone"),
        (k.final_range if of_final else k.is_range, "target_range"),
        (whole == 0, "zero_target"),
        ((whole < 0) | (k.actual < 0), "negative_value"),
    ]
    remarks = [(k.falls & (rate != 1), "reads_reversed")]
    if of_final:
        remarks += [(k.says("aggregation", "increment"), "increment_actual")]
    return rate, reasons, remarks


def _progress_rate(k: Columns) -> Reading:
    goal = np.where(k.only_final, k.final, k.target)
    way = goal - k.baseline
    reasons = [
        (k.no_actual, "no_actual"),
        (k.in_words | (k.only_final & k.final_in_words), "target_in_words"),
        (np.isnan(goal) & (k.worded | k.final_worded), "target_in_words"),
        (np.isnan(goal), "no_target"),
        (k.no_baseline, "no_baseline"),
        (k.baseline_range, "baseline_range"),
        (k.says("direction", "milestone"), "milestone"),
        (np.where(k.only_final, k.final_range, k.is_range), "target_range"),
        (way == 0, "target_equals_baseline"),
        (k.says("direction", *KEEP), "keep_target"),
        (way * k.sign < 0, "met_at_baseline"),
    ]
    remarks = [
        (k.sign == 0, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
        (k.only_final, "of_final_target"),
    ]
    return (k.actual - k.baseline) / way, reasons, remarks


def _pace_rate(k: Columns) -> Reading:
    way = k.final - k.baseline
    due = np.minimum((k.year - k.baseline_year) / (k.final_year - k.baseline_year), 1)
    remarks = [
        (k.year_assumed, "assumed_baseline_year"),
        (k.sign == 0, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
    ]
    return (k.actual - k.baseline) / (way * due), _why_no_course(k), remarks


def _why_no_course(k: Columns) -> Reasons:
    """Why nothing can be said of the course from the baseline to the final target."""
    way = k.final - k.baseline
    on_the_way = (k.year > k.baseline_year) & (k.final_year > k.baseline_year)
    return [
        (k.no_actual, "no_actual"),
        (k.final_in_words | k.final_worded, "target_in_words"),
        (k.no_final, "no_final_target"),
        (k.no_baseline, "no_baseline"),
        (k.baseline_range, "baseline_range"),
        (k.final_range, "target_range"),
        (k.says("direction", "milestone"), "milestone"),
        (k.says("direction", *KEEP), "keep_target"),
        (k.says("aggregation", "increment"), "increment_actual"),
        (np.isnan(k.baseline_year), "no_baseline_year"),
        (np.isnan(k.final_year), "no_final_year"),
        (way == 0, "target_equals_baseline"),
        (way * k.sign < 0, "met_at_baseline"),
        (~on_the_way, "no_time_passed"),
    ]


def _cagr_rate(k: Columns) -> Reading:
    sign = k.sign + (k.sign == 0) * np.sign(k.final - k.baseline)
    made = _yearly_growth(k.baseline, k.actual, k.year - k.baseline_year)
    due = np.abs(_yearly_growth(k.baseline, k.final, k.final_year - k.baseline_year))
    zero = (k.baseline == 0) | (k.actual == 0) | (k.final == 0)
    turns = (k.baseline * k.actual < 0) | (k.baseline * k.final < 0)
    reasons = [
        *_why_no_course(k),
        (zero, "zero_value"),
        (turns, "sign_change"),
        (k.baseline < 0, "negative_value"),
    ]
    remarks = [
        (k.year_assumed, "assumed_baseline_year"),
        (k.sign == 0, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
    ]
    return sign * made / due, reasons, remarks


def _yearly_growth(first: Any, last: Any, years: Any) -> Any:
    return (last / first) ** (1 / years) - 1


def _is_within(distance: Any, most: Any) -> Any:
    """Compare up to the last digits, so that 82.4 lies in 80 ± 3 %."""
    return distance <= most + 1e-12 * np.abs(most)


def _reached(k: Columns) -> dict[str, Any]:
    """Compare actual and target in the KPI's direction (到達したか)."""
    goal = np.where(k.only_final, k.final, k.target)
    bound = np.where(k.only_final, k.final_bound, k.bound)
    upper = np.where(k.only_final, k.final_upper, k.upper)
    is_range, by_bound = ~np.isnan(upper), is_one_of(bound, BOUNDS, *ONE_SIDED)
    by_baseline = is_one_of(bound, BOUNDS, *AGAINST_BASELINE)
    met = _meets(k, goal, bound, upper)
    due = k.is_due | ~k.only_final
    part_year = k.part & ~(met & k.grows) if k.part.any() else k.part
    why = first_code(
        [
            (k.no_actual, "no_actual"),
            (k.planned, "planned_actual"),
            (np.isnan(goal) & ~by_baseline & (k.worded | k.final_worded), "target_in_words"),
            (np.isnan(goal) & ~by_baseline, "no_target"),
            (k.no_baseline & by_baseline, "no_baseline"),
            (k.no_direction & ~by_bound & ~is_range, "direction_unknown"),
            (k.within & ~is_range & np.isnan(k.tolerance), "no_band"),
            (~due & met, "already_final"),
            (~due & np.isnan(k.final_year), "no_final_year"),
            (k.not_due, "not_due"),
            (part_year, "part_year"),
            (is_one_of(bound, BOUNDS, "about") & ~met, "about_target"),
        ]
    )
    return {
        "reached": _say_reached(why != 0, met),
        "reached_note": words_of(why),
        "at_final": _at_final(k),
    }


def _at_final(k: Columns) -> pd.Categorical:
    """Whether the actual is at the final target, whatever year that is due."""
    met = _meets(k, k.final, k.final_bound, k.final_upper)
    by_bound = is_one_of(k.final_bound, BOUNDS, *ONE_SIDED)
    unknown = k.no_actual | k.planned | (k.no_final & ~k.final_in_words)
    unknown |= (k.no_direction & ~by_bound & ~k.final_range) | k.within & ~k.final_range
    unknown |= k.final_in_words & k.no_baseline
    return _say_reached(unknown, met)


def _say_reached(unknown: Any, met: Any) -> pd.Categorical:
    """Say unknown, yes or no."""
    codes = np.select([unknown, met], [UNKNOWN, YES], NO)
    return pd.Categorical.from_codes(codes, dtype=REACHED)


def _meets(k: Columns, goal: Any, bound: Any, upper: Any) -> Any:
    """Whether the actual meets a target, as far as both are known."""
    above, below = k.actual >= goal, k.actual <= goal
    is_range = ~np.isnan(upper)
    met = (k.rises & above) | (~k.rises & below)
    if k.within.any():
        in_band = _is_within(np.abs(k.actual - goal), np.abs(k.tolerance * goal))
        met = (k.within & in_band) | (~k.within & met)
    if is_range.any():
        most = k.actual <= upper
        met = np.where(is_range & ~k.rises, (above | k.falls) & most, met)
    if is_one_of(bound, BOUNDS, *ONE_SIDED, *AGAINST_BASELINE).any():
        gain = (k.actual - k.baseline) * np.where(k.falls, -1, 1)
        for word, kept in (
            ("above", k.actual > goal),
            ("below", k.actual < goal),
            ("at_least", above),
            ("at_most", below),
            ("better_than_baseline", gain > 0),
            ("no_worse_than_baseline", gain >= 0),
        ):
            met = np.where(is_one_of(bound, BOUNDS, word), kept, met)
    return met
