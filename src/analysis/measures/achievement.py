"""How far a KPI got: the readings in use, each with the reason where it cannot be had.

Every rate here divides something by something else, and the same row gives very different
rates (docs/methods.md). None of them is "the" achievement rate; `add_achievement` gives all.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.words import Reasons, first_word

RATES = ("achievement_rate", "progress_rate", "pace_rate", "final_rate")
SIGN_OF_DIRECTION = {"up": 1, "down": -1, "keep_above": 1, "keep_below": -1}
LOWER_IS_BETTER = ("down", "keep_below")
KEEP = ("keep_above", "keep_below", "keep_within")


def assume_baseline_year(kpis: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Read a baseline without a printed year as that of the year before the program began.

    This is an assumption, not a figure from a document. Apply it before `add_achievement`
    when pace_rate is wanted where no baseline year is printed; the result is marked
    `assumed_baseline_year` in `pace_rate_note`.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year.
    programs
        One row per program, with `start_year`.

    Returns
    -------
    The same rows with `baseline_year` filled where it was missing and the program's first
    year is known, and with `baseline_year_assumed` (true or false).
    """
    start = programs.drop_duplicates(["government_code", "program_id"], keep="last")
    start = start.set_index(["government_code", "program_id"])["start_year"]
    keys = pd.MultiIndex.from_frame(kpis[["government_code", "program_id"]])
    before = pd.Series(start.reindex(keys).to_numpy(), index=kpis.index, dtype="Int64") - 1
    printed = kpis.get("baseline_year", pd.Series(pd.NA, index=kpis.index, dtype="Int64"))
    missing = printed.isna() & before.notna()
    return kpis.assign(baseline_year=printed.fillna(before), baseline_year_assumed=missing)


def add_achievement(kpis: pd.DataFrame) -> pd.DataFrame:
    """Add every reading of how far each KPI got (達成率), and whether it reached its target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `direction`, `baseline`, `target`, `actual`
        and `final_target` in the KPI's own unit, and the years `baseline_year`,
        `fiscal_year`, `actual_year` and `final_year`. Absent columns count as missing.

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
        baseline to the final target (期待値・目安に対する率).
    final_rate
        actual / final_target (最終目標に対する率).

    A rate that cannot be had is missing, and its note says why: no_actual, no_target,
    no_baseline, no_baseline_year, no_final_target, no_final_year, zero_target,
    negative_value, milestone, keep_target, target_equals_baseline, met_at_baseline (the
    target lies on the wrong side of the baseline), no_time_passed. A rate that can be had
    but needs care has a note as well: reads_reversed (a plain ratio of a KPI that should
    fall), direction_unknown, assumed_baseline_year.

    `reached` is yes, no or unknown; `reached_note` says why it is unknown. It compares
    actual and target in the KPI's direction and never uses a rate. An estimated or
    preliminary actual counts; its status stays beside it in `actual_status`.

    Source: docs/methods.md names who prints which reading.

    Examples
    --------
    >>> kpis = pd.DataFrame({"direction": ["up"], "baseline": [170.0], "target": [200.0],
    ...                      "actual": [148.0]})
    >>> rated = add_achievement(kpis)
    >>> rated[["achievement_rate", "progress_rate", "reached"]].round(3).values.tolist()
    [[0.74, -0.733, 'no']]
    """
    k = _Cells(kpis)
    rates = {
        "achievement_rate": _achievement_rate(k),
        "progress_rate": _progress_rate(k),
        "pace_rate": _pace_rate(k),
        "final_rate": _final_rate(k),
    }
    added: dict[str, Any] = {}
    for name, (rate, reasons, remarks) in rates.items():
        missing = first_word(reasons, k.index)
        added[name] = pd.Series(rate, index=k.index, dtype="float64").where(missing == "")
        added[f"{name}_note"] = missing.where(missing != "", first_word(remarks, k.index))
    return kpis.assign(**added, **_reached(k))


class _Cells:
    """The columns a reading needs, as numpy arrays; an absent column is missing everywhere."""

    def __init__(self, kpis: pd.DataFrame) -> None:
        self.index = kpis.index
        number = {
            name: kpis[name].to_numpy(dtype="float64", na_value=np.nan)
            if name in kpis
            else np.full(len(kpis), np.nan)
            for name in (
                *("baseline", "target", "actual", "final_target", "target_upper", "tolerance"),
                *("baseline_year", "fiscal_year", "actual_year", "final_year"),
            )
        }
        self.baseline, self.target = number["baseline"], number["target"]
        self.actual, self.final = number["actual"], number["final_target"]
        self.upper, self.tolerance = number["target_upper"], number["tolerance"]
        self.baseline_year, self.final_year = number["baseline_year"], number["final_year"]
        self.year = np.where(
            np.isnan(number["actual_year"]), number["fiscal_year"], number["actual_year"]
        )
        self.direction = self._words(kpis, "direction", "unknown")
        self.bound = self._words(kpis, "target_bound", "")
        self.sign = pd.Series(self.direction).map(SIGN_OF_DIRECTION).to_numpy(dtype="float64")
        self.milestone = self.direction == "milestone"
        self.keep = np.isin(self.direction, KEEP)
        self.reversed = np.isin(self.direction, LOWER_IS_BETTER)
        self.year_assumed = (
            kpis["baseline_year_assumed"].to_numpy(dtype=bool)
            if "baseline_year_assumed" in kpis
            else np.zeros(len(kpis), dtype=bool)
        )

    @staticmethod
    def _words(kpis: pd.DataFrame, name: str, default: str) -> Any:
        if name not in kpis:
            return np.full(len(kpis), default, dtype=object)
        words = kpis[name].astype("object")
        return words.where(words.notna(), default).to_numpy()


def _divide(part: Any, whole: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return part / whole


def _ratio(k: _Cells, whole: Any, missing: str) -> tuple[Any, Reasons, Reasons]:
    reasons = [
        (np.isnan(k.actual), "no_actual"),
        (np.isnan(whole), missing),
        (k.milestone, "milestone"),
        (whole == 0, "zero_target"),
        ((whole < 0) | (k.actual < 0), "negative_value"),
    ]
    return _divide(k.actual, whole), reasons, [(k.reversed, "reads_reversed")]


def _is_within(distance: Any, most: Any) -> Any:
    """Compare up to the last digits, so that 82.4 lies in 80 ± 3 %."""
    return (distance <= most) | np.isclose(distance, most, rtol=1e-12)


def _achievement_rate(k: _Cells) -> tuple[Any, Reasons, Reasons]:
    return _ratio(k, k.target, "no_target")


def _final_rate(k: _Cells) -> tuple[Any, Reasons, Reasons]:
    return _ratio(k, k.final, "no_final_target")


def _progress_rate(k: _Cells) -> tuple[Any, Reasons, Reasons]:
    way = k.target - k.baseline
    reasons = [
        (np.isnan(k.actual), "no_actual"),
        (np.isnan(k.target), "no_target"),
        (np.isnan(k.baseline), "no_baseline"),
        (k.milestone, "milestone"),
        (way == 0, "target_equals_baseline"),
        (k.keep, "keep_target"),
        (way * k.sign < 0, "met_at_baseline"),
    ]
    return _divide(k.actual - k.baseline, way), reasons, [(np.isnan(k.sign), "direction_unknown")]


def _pace_rate(k: _Cells) -> tuple[Any, Reasons, Reasons]:
    way = k.final - k.baseline
    on_the_way = (k.year > k.baseline_year) & (k.final_year > k.baseline_year)
    share_of_time = _divide(k.year - k.baseline_year, k.final_year - k.baseline_year)
    share_of_time = np.where(on_the_way, share_of_time, np.nan)
    reasons = [
        (np.isnan(k.actual), "no_actual"),
        (np.isnan(k.final), "no_final_target"),
        (np.isnan(k.baseline), "no_baseline"),
        (k.milestone, "milestone"),
        (k.keep, "keep_target"),
        (np.isnan(k.baseline_year), "no_baseline_year"),
        (np.isnan(k.final_year), "no_final_year"),
        (way == 0, "target_equals_baseline"),
        (way * k.sign < 0, "met_at_baseline"),
        (~on_the_way, "no_time_passed"),
    ]
    remarks = [
        (k.year_assumed, "assumed_baseline_year"),
        (np.isnan(k.sign), "direction_unknown"),
    ]
    return _divide(k.actual - k.baseline, way * share_of_time), reasons, remarks


def _reached(k: _Cells) -> dict[str, pd.Series]:
    """Compare actual and target in the KPI's direction (到達したか)."""
    at_least = np.isin(k.direction, ("up", "keep_above", "milestone"))
    met = np.select(
        [
            k.bound == "above",
            k.bound == "below",
            k.bound == "at_least",
            k.bound == "at_most",
            (k.direction == "keep_within") & ~np.isnan(k.upper),
            k.direction == "keep_within",
            at_least,
        ],
        [
            k.actual > k.target,
            k.actual < k.target,
            k.actual >= k.target,
            k.actual <= k.target,
            (k.actual >= k.target) & (k.actual <= k.upper),
            _is_within(np.abs(k.actual - k.target), np.abs(k.tolerance * k.target)),
            k.actual >= k.target,
        ],
        default=k.actual <= k.target,
    )
    band = (k.direction == "keep_within") & np.isnan(k.upper) & np.isnan(k.tolerance)
    why = first_word(
        [
            (np.isnan(k.actual), "no_actual"),
            (np.isnan(k.target), "no_target"),
            ((k.direction == "unknown") & (k.bound == ""), "direction_unknown"),
            (band, "no_band"),
        ],
        k.index,
    )
    answer = pd.Series(np.where(met, "yes", "no"), index=k.index, dtype="str")
    return {"reached": answer.where(why == "", "unknown"), "reached_note": why}


def count_reached(kpis: pd.DataFrame) -> pd.DataFrame:
    """Count the KPIs of each program and fiscal year by whether they reached their target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `reached` from `add_achievement`.

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with the numbers of KPIs
    `kpis`, `reached`, `missed` and `unknown`. The three parts add up to `kpis`.
    """
    keys = ["government_code", "program_id", "fiscal_year"]
    counted = kpis[keys].assign(
        kpis=1, **{n: (kpis["reached"] == w).astype(int) for n, w in COUNTED.items()}
    )
    return counted.groupby(keys, sort=False, as_index=False).sum()


COUNTED = {"reached": "yes", "missed": "no", "unknown": "unknown"}
