"""What each reading of a KPI would have one conclude, and whether the conclusion depends on it.

The bands are those 長野県 grades its KPIs by (100 % and 80 %), with a class of its own for what
moved away from the baseline; the ratio of yearly growth has the bands of Eurostat and Open
SDG. They are a yardstick to compare formulas with, not a grade.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.achievement import RATES
from analysis.measures.composite import is_not_final
from analysis.measures.distributions import Spread, split_groups, spread_values
from analysis.measures.keys import find_rows, list_rows, take
from analysis.measures.kpis import Columns, is_not_due, is_part_year, read_figures
from analysis.measures.needs import ALL_RATES, ONE_PROGRAM, check_table
from analysis.measures.notes import first_word
from analysis.measures.repeats import leave_out_repeats
from analysis.measures.states import BEFORE_FINAL_YEAR

CLOSE_FROM = 0.80
GROWTH_ON_TRACK_FROM, GROWTH_CLOSE_FROM = 0.95, 0.60
VERDICT = pd.CategoricalDtype(["reached", "close", "short", "away", ""])
NOTHING_SAID = VERDICT.categories.get_loc("")
DEPENDS = pd.CategoricalDtype(["yes", "degree", "no", "single", "unknown"])


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

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", ONE_PROGRAM)
    check_table(programs, "programs", f"{ONE_PROGRAM} start_year")
    rows = find_rows(kpis, programs, ["government_code", "program_id"])
    before = take(programs["start_year"], rows, kpis.index).astype("Int64") - 1
    printed = kpis.get("baseline_year", pd.Series(pd.NA, index=kpis.index, dtype="Int64"))
    missing = printed.isna() & before.notna()
    return kpis.assign(baseline_year=printed.fillna(before), baseline_year_assumed=missing)


def add_verdicts(kpis: pd.DataFrame) -> pd.DataFrame:
    """Add the verdict of each reading, and whether the verdict depends on the formula.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`, `fiscal_year`
        and `final_year`.

    Returns
    -------
    The same rows in the same order with `achievement_rate_verdict`, `progress_rate_verdict`,
    ... for every reading and `depends_on_formula`. A verdict is

    reached
        1 or more (cagr_rate: 0.95, on track).
    close
        0.8 or more (cagr_rate: 0.60).
    short
        0 or more.
    away
        below 0: it moved away from its target.
    (empty)
        the reading cannot be had; or it measures by the final target (final_rate, and the
        others too where that is the only target), is below 1, and the final year has not come
        or is not printed: nothing is due yet; or its actual covers only a part of the year and
        is not enough already; or is only planned; or it is a plain ratio, and no direction is
        known.
        What moved away is said at any time.

    A plain ratio of a KPI that should fall gets the verdict it seems to give, for that is how
    it is read in print; its note says reads_reversed.

    `depends_on_formula` is "yes" where some readings, or the plain comparison of actual and
    target (`reached`), say the target was reached and others do not; "degree" where all are on
    one side but their words differ; "no" where two readings at least were compared and agree;
    "single" where there is only one; "unknown" where there is none.

    `readings` is the number of readings that say anything; `lowest_reading` and
    `highest_reading` name the ends of what they say, with their rates in `lowest_rate` and
    `highest_rate` (missing where there is none).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    長野県 (平成29年度 実績評価) for 100 % and 80 %; Eurostat and Open SDG for growth.

    Examples
    --------
    >>> from analysis import add_achievement
    >>> waste = pd.DataFrame({"direction": ["down"], "baseline": [611.0], "target": [580.0],
    ...                       "actual": [586.0], "fiscal_year": [2013]})
    >>> judged = add_verdicts(add_achievement(waste))
    >>> judged[["achievement_rate_verdict", "progress_rate_verdict"]].values.tolist()
    [['reached', 'close']]
    >>> judged["depends_on_formula"].tolist()
    ['yes']
    """
    check_table(kpis, "kpis", f"fiscal_year reached {ALL_RATES}")
    part, not_due = is_part_year(kpis), is_not_due(kpis)
    verdicts = {
        name: np.where(_is_silent(kpis, name, part), NOTHING_SAID, _verdict(kpis, name, not_due))
        for name in RATES
    }
    codes = np.column_stack(list(verdicts.values()))
    said, reached = codes < NOTHING_SAID, codes == 0
    compared, met = ~_says(kpis, "reached", "unknown"), _says(kpis, "reached", "yes")
    some_reached = reached.any(axis=1) | (compared & met)
    some_not = (said & ~reached).any(axis=1) | (compared & ~met)
    lowest = np.where(said, codes, 99).min(axis=1)
    highest = np.where(said, codes, -1).max(axis=1)
    readings = said.sum(axis=1)
    depends = np.select(
        [readings == 0, some_reached & some_not, readings == 1, lowest != highest],
        [DEPENDS.categories.get_loc(word) for word in ("unknown", "yes", "single", "degree")],
        default=DEPENDS.categories.get_loc("no"),
    )
    return kpis.assign(
        **{
            f"{name}_verdict": pd.Categorical.from_codes(verdict, dtype=VERDICT)
            for name, verdict in verdicts.items()
        },
        depends_on_formula=pd.Categorical.from_codes(depends, dtype=DEPENDS),
        readings=readings,
        **_find_ends(kpis, said),
    )


def _find_ends(kpis: pd.DataFrame, said: Any) -> dict[str, Any]:
    """The lowest and the highest of the readings that say anything, and their rates."""
    rates = np.column_stack([read_figures(kpis, name) for name in RATES])
    rows, some = np.arange(len(kpis)), said.any(axis=1)
    ends: dict[str, Any] = {}
    for end, find, beyond in (("lowest", np.argmin, np.inf), ("highest", np.argmax, -np.inf)):
        place = find(np.where(said, rates, beyond), axis=1)
        names = np.where(some, np.array(RATES, dtype=object)[place], None)
        ends[f"{end}_reading"] = pd.array(names, dtype="str")
        ends[f"{end}_rate"] = np.where(some, rates[rows, place], np.nan)
    return ends


def _is_silent(kpis: pd.DataFrame, name: str, part: Any) -> Any:
    """Whether a rate says nothing of a KPI: of a plan, of part of a year, or without a direction.

    Part of a year says something where it is enough already, or worse than the baseline.
    """
    rate = read_figures(kpis, name)
    silent = _says(kpis, "reached_note", "planned_actual")
    if name in ("achievement_rate", "final_rate"):
        silent = silent | _says(kpis, "reached_note", "direction_unknown")
    enough = _says(kpis, "reached", "yes")
    if "at_final" in kpis:
        at_final = _says(kpis, "at_final", "yes")
        enough = enough | (at_final & _says(kpis, "reached_note", "already_final"))
    return silent | (part & ~(enough & (rate >= 1)) & ~(rate < 0))


def _says(kpis: pd.DataFrame, name: str, word: str) -> Any:
    """Whether each cell of a column is a word."""
    return np.asarray(kpis[name].array == word, dtype=bool)


def _verdict(kpis: pd.DataFrame, name: str, not_due: Any) -> Any:
    """The code of the word (in VERDICT) that a reading seems to say."""
    rate = read_figures(kpis, name)
    full, close = 1.0, CLOSE_FROM
    if name == "cagr_rate":
        full, close = GROWTH_ON_TRACK_FROM, GROWTH_CLOSE_FROM
    said, reversed_ = ~np.isnan(rate), _says(kpis, f"{name}_note", "reads_reversed")
    if name not in ("pace_rate", "cagr_rate"):
        due = ~is_not_final(kpis) if name == "final_rate" else ~not_due
        early = (rate >= full) & ~reversed_
        if name == "final_rate" and "at_final" in kpis:
            early &= ~_says(kpis, "at_final", "no")
        said &= due | early | (rate < 0)
    full_reached = rate >= full
    if name == "final_rate" and "at_final" in kpis:  # 95 of a final target above 95 is not there
        full_reached &= ~_says(kpis, "at_final", "no") | reversed_
    return np.select([~said, full_reached, rate >= close, rate >= 0], [NOTHING_SAID, 0, 1, 2], 3)


def add_reversed_ratio(kpis: pd.DataFrame, form: str = "ratio") -> pd.DataFrame:
    """Add the ratio turned round for KPIs that should fall (逆数の達成率).

    No municipal document at hand prints it, so nothing else here uses it.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `direction`, `target` and `actual`.
    form
        "ratio" for target / actual, "mirror" for 2 - actual / target.

    Returns
    -------
    The same rows with `reversed_ratio` (1 at the target, more when it fell further) and
    `reversed_ratio_note`: not_falling, no_actual, no_target, zero_actual (for "ratio"),
    zero_target and beyond_mirror, an actual of more than twice the target (for "mirror"),
    negative_value.

    Raises
    ------
    DataError
        When `form` is another word.
    """
    check_table(kpis, "kpis", "actual direction target")
    if form not in ("ratio", "mirror"):
        raise DataError(f"form {form!r} is not one of ratio, mirror")
    k = Columns(kpis)
    general = [
        (~k.falls, "not_falling"),
        (k.no_actual, "no_actual"),
        (k.no_target, "no_target"),
        ((k.actual < 0) | (k.target < 0), "negative_value"),
    ]
    with np.errstate(all="ignore"):
        ratio = k.target / k.actual if form == "ratio" else 2 - k.actual / k.target
    if form == "ratio":
        reasons = [*general, (k.actual == 0, "zero_actual")]
    else:
        reasons = [*general, (k.target == 0, "zero_target"), (ratio < 0, "beyond_mirror")]
    why = first_word(reasons, kpis.index)
    return kpis.assign(reversed_ratio=np.where(why == "", ratio, np.nan), reversed_ratio_note=why)


BEYOND = 10  # a ratio above 1,000 ％, either way, may be a slip of unit or digit


class Dependence(NamedTuple):
    """How many KPIs' conclusions depend on the formula, and which; repeats left out.

    `compared` have two readings at least, `split` is the names of those whose conclusion itself
    differs, `degree` the rows of those missed to different degrees, `single` the number with one
    reading; of those with none `judged` are known to have reached their target or not, and
    `silent` are not. `on_course` is whether nothing but final targets of later years is asked.
    """

    kpis: int
    compared: int
    split: list[str]
    degree: list[dict[str, Any]]
    single: int
    judged: int
    silent: int
    on_course: bool

    @property
    def same(self) -> int:
        """How many conclusions are the same by each formula, but for their degree."""
        return self.compared - len(self.split)


def count_dependence(kpis: pd.DataFrame) -> Dependence:
    """Count the KPIs whose conclusion depends on the formula, from the columns of `add_verdicts`.

    That all formulas agree is counted only of KPIs with two readings at least.
    """
    kpis = leave_out_repeats(kpis)
    depends = kpis["depends_on_formula"]
    unknown = depends == "unknown"
    judged = unknown & (kpis["reached"] != "unknown")
    return Dependence(
        kpis=len(kpis),
        compared=int(depends.isin(["yes", "degree", "no"]).sum()),
        split=kpis.loc[depends == "yes", "kpi"].tolist(),
        degree=[row for row in list_readings(kpis) if row["depends_on_formula"] == "degree"],
        single=int((depends == "single").sum()),
        judged=int(judged.sum()),
        silent=int((unknown & ~judged).sum()),
        on_course=bool(kpis["reached_note"].isin(BEFORE_FINAL_YEAR).all()),
    )


def list_readings(kpis: pd.DataFrame) -> list[dict[str, Any]]:
    """List the KPIs with what is said of their readings, from the columns of `add_verdicts`."""
    of_rates = (f"{name}{what}" for name in RATES for what in ("", "_note", "_verdict"))
    ends = ("lowest_reading", "lowest_rate", "highest_reading", "highest_rate")
    own = ("kpi", "actual_status", "reached", "depends_on_formula")
    return list_rows(kpis, *own, *of_rates, *ends)


def spread_reading(kpis: pd.DataFrame, name: str) -> Spread:
    """Spread out the rates of KPIs by one reading, each with what it would have one conclude.

    A KPI that repeats another one's fact counts once; what only seems a verdict (`reads_reversed`)
    is none.
    """
    kpis = leave_out_repeats(kpis)
    verdict = kpis[f"{name}_verdict"].astype("str")
    states = verdict.map({"reached": "yes", "": "unknown"}).fillna("no")
    silent = (kpis[f"{name}_note"] == "reads_reversed") | kpis[name].isna()
    [spread] = spread_values(kpis[name], states.mask(silent, "unknown"), split_groups(kpis, None))
    return spread


def is_against_comparison(kpi: dict[str, Any]) -> bool:
    """Whether actual and target, compared, say something else than all of a KPI's readings."""
    if kpi["reached"] == "unknown":
        return False
    return bool((kpi["lowest_rate"] >= 1) == (kpi["highest_rate"] >= 1))


def group_notes(kpi: dict[str, Any]) -> dict[str, list[str]]:
    """Group the readings of a KPI by the note that each has; those without one are left out."""
    readings: dict[str, list[str]] = {}
    for name in RATES:
        if kpi[f"{name}_note"]:
            readings.setdefault(kpi[f"{name}_note"], []).append(name)
    return readings


def has_doubtful_rates(kpis: pd.DataFrame) -> bool:
    """Whether some reading of some KPI lies beyond 1,000 ％."""
    rates = kpis.reindex(columns=list(RATES)).astype("float64").abs()
    return bool((rates > BEYOND).any(axis=None))
