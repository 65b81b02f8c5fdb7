"""How far a KPI got: the readings in use, each with the reason where it cannot be had.

Every rate here divides something by something else, and the same row gives very different
rates (docs/methods.md). None of them is "the" achievement rate; `add_achievement` gives all.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import AGGREGATIONS, BOUNDS, DIRECTIONS, WITHOUT_VALUE
from analysis.errors import DataError
from analysis.measures.keys import find_rows, number_groups, take
from analysis.measures.needs import ONE_PROGRAM, PROGRAM_YEAR, check_table
from analysis.measures.notes import Reasons, first_code, words_of
from analysis.measures.repeats import leave_out_repeats

ANY_TARGET = "target final_target target_bound final_target_bound"
RATES = ("achievement_rate", "progress_rate", "pace_rate", "final_rate", "cagr_rate")
SIGN_OF_DIRECTION = {"up": 1, "down": -1, "keep_above": 1, "keep_below": -1}
HIGHER_IS_BETTER = ("up", "keep_above")
LOWER_IS_BETTER = ("down", "keep_below")
KEEP = ("keep_above", "keep_below", "keep_within")
AGAINST_BASELINE = ("better_than_baseline", "no_worse_than_baseline")
ONE_SIDED = ("at_least", "above", "at_most", "below")
ABOUT = BOUNDS.index("about")
DOUBTED_FROM = 10  # ten times the target: more often a slip of unit or digit than a result
REACHED = pd.CategoricalDtype(["yes", "no", "unknown"])
ROWS_AT_A_TIME = 50_000  # so that a step's arrays stay in the processor's cache


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
        the baseline to the final target (年平均成長率の比), negative when it moved away.

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

    Source: docs/methods.md names who prints which reading.

    Examples
    --------
    >>> kpis = pd.DataFrame({"direction": ["up"], "baseline": [170.0], "target": [200.0],
    ...                      "actual": [148.0]})
    >>> rated = add_achievement(kpis)
    >>> rated[["achievement_rate", "progress_rate", "reached"]].round(3).values.tolist()
    [[0.74, -0.733, 'no']]
    """
    check_table(kpis, "kpis", "actual direction", either=ANY_TARGET)
    columns = _columns(kpis)
    added: dict[str, Any] = {}
    for part in _parts(len(kpis)):
        with np.errstate(all="ignore"):  # what cannot be divided is blanked, with its reason
            rated = _rate(_Cells(columns, part))
        for name, values in rated.items():
            column = added.setdefault(name, np.empty(len(kpis), dtype=values.dtype))
            column[part] = values
    for name in list(added):
        if name.endswith("_note"):
            added[name] = words_of(added[name], kpis.index)
    for name in ("reached", "at_final"):
        added[name] = pd.Categorical.from_codes(added[name], dtype=REACHED)
    rated = pd.DataFrame(added, index=kpis.index, copy=False)
    return pd.concat([kpis.drop(columns=[name for name in added if name in kpis]), rated], axis=1)


def _parts(rows: int) -> Iterator[slice]:
    for start in range(0, max(rows, 1), ROWS_AT_A_TIME):
        yield slice(start, min(start + ROWS_AT_A_TIME, rows))


NUMBERS = (
    *("baseline", "target", "actual", "final_target", "target_upper", "tolerance"),
    *("baseline_upper", "final_target_upper"),
    *("baseline_year", "fiscal_year", "actual_year", "final_year"),
)
WORDS = {
    "direction": DIRECTIONS,
    "aggregation": AGGREGATIONS,
    "target_bound": BOUNDS,
    "final_target_bound": BOUNDS,
    "baseline_bound": BOUNDS,
}
TYPE_OF_WORDS = {name: pd.CategoricalDtype(words) for name, words in WORDS.items()}
TARGET = re.compile(r"\btarget\b")
SHARE_UNITS = "[%‰割点位歳倍度]|ポイント|pt|°C"
SHARE_NAMES = "平均|割合|比率|[1一]人(?:当|あ)たり|率(?:$|[(（])"
ONLY_MARKS = re.compile(r"[\W_ー]*")  # a dash where a figure would stand


def _columns(kpis: pd.DataFrame) -> dict[str, Any]:
    """The columns a reading needs, as numpy arrays; an absent one is missing everywhere.

    Words are small numbers, their places in the list of words: these are quick to compare.
    """
    codes = {name: _codes(kpis[name], name) for name in WORDS if name in kpis}
    _check_cells(kpis, codes)
    columns: dict[str, Any] = {name: np.broadcast_to(np.nan, len(kpis)) for name in NUMBERS}
    columns |= {name: np.broadcast_to(np.int8(-1), len(kpis)) for name in WORDS}
    columns |= {name: _figures(kpis[name]) for name in NUMBERS if name in kpis}
    assumed: Any = np.zeros(len(kpis), dtype=bool)
    if "baseline_year_assumed" in kpis:
        assumed = kpis["baseline_year_assumed"].to_numpy(dtype=bool)
    copied, part = has_copied_target(kpis).to_numpy(), is_part_year(kpis).to_numpy()
    planned = np.zeros(len(kpis), dtype=bool)
    if "actual_status" in kpis:
        planned = (kpis["actual_status"] == "planned").fillna(False).to_numpy(dtype=bool)
    marks = {"copied": copied, "part": part, "planned": planned}
    marks |= {"share": is_share(kpis).to_numpy() if part.any() else np.zeros(len(kpis), bool)}
    marks |= {"worded": has_words(kpis, "target").to_numpy()}
    marks |= {"final_worded": has_words(kpis, "final_target").to_numpy()}
    return columns | codes | marks | {"baseline_year_assumed": assumed}


def _figures(column: pd.Series) -> Any:
    is_float = column.dtype == "float64"
    return column.to_numpy("float64", **({} if is_float else {"na_value": np.nan}))


def _codes(column: pd.Series, name: str) -> Any:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.astype(TYPE_OF_WORDS[name]).cat.codes)
    return TYPE_OF_WORDS[name].categories.get_indexer(column).astype("int8")


def _check_cells(kpis: pd.DataFrame, codes: dict[str, Any]) -> None:
    """Refuse cells that are no numbers, or no words of their column, naming the first of each."""
    problems = []
    for name in [name for name in NUMBERS if name in kpis]:
        if not pd.api.types.is_numeric_dtype(kpis[name]):
            bad = kpis[name].notna() & pd.to_numeric(kpis[name], errors="coerce").isna()
            problems += [
                f"column {name}: {found!r} is not a number" for found in kpis[name][bad][:1]
            ]
    for name in [name for name, codes_here in codes.items() if (codes_here < 0).any()]:
        for found in set(kpis[name][codes[name] < 0].dropna()):
            problems.append(f"column {name}: {found!r} is not one of {', '.join(WORDS[name])}")
    if problems:
        raise DataError("kpis: " + "; ".join(problems))


def has_copied_target(kpis: pd.DataFrame) -> pd.Series:
    """Whether a KPI's target was concluded from the final one of a later year.

    True where `target` stands in `inferred`, equals `final_target`, and `final_year` lies after
    `fiscal_year`: no target is printed for the year itself. A target printed for it is due in
    it, whatever its size.
    """
    if not {"inferred", "final_year", "final_target", "target", "fiscal_year"} <= set(kpis):
        return pd.Series(False, index=kpis.index)
    later = _figures(kpis["final_year"]) > _figures(kpis["fiscal_year"])
    copied = later & (_figures(kpis["target"]) == _figures(kpis["final_target"]))
    rows = np.flatnonzero(copied)
    copied[rows] = [
        isinstance(names, str) and TARGET.search(names) is not None
        for names in kpis["inferred"].iloc[rows].tolist()
    ]
    return pd.Series(copied, index=kpis.index)


def has_words(kpis: pd.DataFrame, name: str) -> pd.Series:
    """Whether a target (or `final_target`) is printed in words alone: 充実, 増加.

    True where there is no number and no bound that could be compared, and the printed text is no
    mark of absence (`says_words`).
    """
    printed = kpis.get(f"{name}_printed")
    if printed is None:
        return pd.Series(False, index=kpis.index)
    none = pd.Series(index=kpis.index, dtype="str")
    by_baseline = kpis.get(f"{name}_bound", none).isin(AGAINST_BASELINE)
    absent = kpis.get(name, none).isna() & ~by_baseline & printed.notna()
    found = absent.to_numpy(dtype=bool, copy=True)
    rows, status = np.flatnonzero(found), kpis.get(f"{name}_status", none)
    found[rows] = [
        says_words(text, word)
        for text, word in zip(printed.iloc[rows], status.iloc[rows], strict=True)
    ]
    return pd.Series(found, index=kpis.index)


def says_words(printed: Any, status: Any) -> bool:
    """Whether a printed cell without a number says something, not only that nothing is there.

    Examples
    --------
    >>> says_words("充実", None), says_words("－", None), says_words("調査中", "pending")
    (True, False, False)
    """
    if pd.isna(printed) or (pd.notna(status) and status in WITHOUT_VALUE):
        return False
    return ONLY_MARKS.fullmatch(str(printed)) is None


def is_in_words(kpis: pd.DataFrame, name: str) -> pd.Series:
    """Whether a target has no number and is given in words, comparable (延伸) or not (充実)."""
    bound = kpis.get(f"{name}_bound", pd.Series(index=kpis.index, dtype="str"))
    return has_words(kpis, name) | (kpis[name].isna() & bound.isin(AGAINST_BASELINE))


def is_share(kpis: pd.DataFrame) -> pd.Series:
    """Whether a KPI is a share, a rate or a mean, by its unit or name: it may fall within a year.

    Examples
    --------
    >>> is_share(pd.DataFrame({"unit": ["％", "日", "人/日", "人"],
    ...                        "kpi": ["満足度", "平均滞在日数", "利用者", "利用者"]})).tolist()
    [True, True, True, False]
    """
    cells = kpis.reindex(columns=["unit", "kpi"]).astype("str").fillna("")
    unit = cells["unit"].str.normalize("NFKC").str.strip()
    of_unit = unit.str.fullmatch(SHARE_UNITS) | unit.str.contains("/|当たり|あたり")
    return (of_unit | cells["kpi"].str.contains(SHARE_NAMES)).astype(bool)


def is_part_year(kpis: pd.DataFrame) -> pd.Series:
    """Whether the actual is that of a day within the year (`as_of`), so that more may come.

    True where `as_of` lies before the last day of the fiscal year, 31 March (of a KPI of
    calendar years, 31 December), or is the year alone: within it, on a day that is not printed.
    """
    if not {"as_of", "fiscal_year"} <= set(kpis):
        return pd.Series(False, index=kpis.index)
    day = kpis["as_of"].astype("str").fillna("9999")
    year = kpis["fiscal_year"].astype("Int64")
    end = (year + 1).astype("str") + "-03-31"
    if "is_calendar_year" in kpis:
        of_calendar = (kpis["is_calendar_year"] == "yes").fillna(False)
        end = end.mask(of_calendar, year.astype("str") + "-12-31")
    return (day < end).fillna(False).astype(bool)


def is_not_due(kpis: pd.DataFrame) -> pd.Series:
    """Whether nothing is due in the year: the only target is that of a later year (期限前).

    True where no target is printed for the year, in figures or words (or only one copied from
    the final target, see `has_copied_target`), and `final_year` lies after `fiscal_year`; and
    where the year's target is 0 before another final target of a later year, unless the KPI
    should fall or starts from a baseline other than 0 (net migration up to 0 is due).
    """
    return pd.Series(_Cells(_columns(kpis), slice(None)).not_due, index=kpis.index)


class _Cells:
    """Some rows of the columns, and what several readings ask of them."""

    def __init__(self, columns: dict[str, Any], part: slice) -> None:
        cells = {name: column[part] for name, column in columns.items()}
        self.rows = len(cells["actual"])
        self.baseline, self.target = cells["baseline"], cells["target"]
        self.actual, self.final = cells["actual"], cells["final_target"]
        self.upper, self.tolerance = cells["target_upper"], cells["tolerance"]
        self.final_upper = cells["final_target_upper"]
        self.baseline_year, self.final_year = cells["baseline_year"], cells["final_year"]
        fiscal_year, earlier = cells["fiscal_year"], ~np.isnan(cells["actual_year"])
        self.year = fiscal_year
        if earlier.any():
            self.year = np.where(earlier, cells["actual_year"], self.year)
        self.no_actual, self.no_target = np.isnan(self.actual), np.isnan(self.target)
        self.no_baseline, self.no_final = np.isnan(self.baseline), np.isnan(self.final)
        self.is_range, self.final_range = ~np.isnan(self.upper), ~np.isnan(self.final_upper)
        self.baseline_range = ~np.isnan(cells["baseline_upper"])
        direction, aggregation = cells["direction"], cells["aggregation"]
        self.reversed = _among(direction, DIRECTIONS, *LOWER_IS_BETTER)
        self.milestone = _among(direction, DIRECTIONS, "milestone")
        self.keep = _among(direction, DIRECTIONS, *KEEP)
        self.within = _among(direction, DIRECTIONS, "keep_within")
        self.no_direction = ~_among(direction, DIRECTIONS, *DIRECTIONS[:-1])
        upwards = _among(direction, DIRECTIONS, *HIGHER_IS_BETTER)
        self.rises = upwards | self.milestone
        self.no_sign = ~(upwards | self.reversed)
        self.sign = upwards.astype("float64") - self.reversed  # 0 where it is not known
        self.bound, self.final_bound = cells["target_bound"], cells["final_target_bound"]
        self.increment = _among(aggregation, AGGREGATIONS, "increment")
        summed = _among(aggregation, AGGREGATIONS, "increment", "cumulative")
        counted = summed | _among(aggregation, AGGREGATIONS, "single_year")
        self.grows = self.rises & counted & ~cells["share"]
        self.mixed = summed & ~self.no_baseline & (self.baseline != 0)
        self.in_words = self.no_target & _among(self.bound, BOUNDS, *AGAINST_BASELINE)
        final_words = self.no_final & _among(self.final_bound, BOUNDS, *AGAINST_BASELINE)
        self.final_in_words = final_words
        self.about = _among(cells["baseline_bound"], BOUNDS, "about") | (self.bound == ABOUT)
        self.year_assumed, self.part = cells["baseline_year_assumed"], cells["part"]
        self.planned = cells["planned"]
        self.is_due = fiscal_year >= self.final_year  # not where no final year is printed
        self.worded, self.final_worded = cells["worded"], cells["final_worded"]
        unprinted = self.no_target & ~self.in_words & ~(self.worded & ~self.is_due)
        self.only_final = cells["copied"] | (unprinted & (~self.no_final | final_words))
        later = self.final_year > fiscal_year
        begins = (self.target == 0) & ~self.no_final & (self.final != 0)
        begins &= later & ~self.reversed & (self.no_baseline | (self.baseline == 0))
        self.not_due = (self.only_final & later) | begins

    @cached_property
    def why_no_course(self) -> Reasons:
        """Why nothing can be said of the course from the baseline to the final target."""
        way = self.final - self.baseline
        on_the_way = (self.year > self.baseline_year) & (self.final_year > self.baseline_year)
        return [
            (self.no_actual, "no_actual"),
            (self.final_in_words | self.final_worded, "target_in_words"),
            (self.no_final, "no_final_target"),
            (self.no_baseline, "no_baseline"),
            (self.baseline_range, "baseline_range"),
            (self.final_range, "target_range"),
            (self.milestone, "milestone"),
            (self.keep, "keep_target"),
            (self.increment, "increment_actual"),
            (np.isnan(self.baseline_year), "no_baseline_year"),
            (np.isnan(self.final_year), "no_final_year"),
            (way == 0, "target_equals_baseline"),
            (way * self.sign < 0, "met_at_baseline"),
            (~on_the_way, "no_time_passed"),
        ]


def _among(codes: Any, all_words: tuple[str, ...], *words: str) -> Any:
    """Whether each code is that of one of the words."""
    found = codes == all_words.index(words[0])
    for word in words[1:]:
        found |= codes == all_words.index(word)
    return found


def _rate(k: _Cells) -> dict[str, Any]:
    """All readings with the codes of their notes, and whether the target was reached."""
    rates = {
        "achievement_rate": _ratio(k, of_final=False),
        "progress_rate": _progress_rate(k),
        "pace_rate": _pace_rate(k),
        "final_rate": _ratio(k, of_final=True),
        "cagr_rate": _cagr_rate(k),
    }
    added = {}
    for name, (rate, reasons, remarks) in rates.items():
        why = first_code([*reasons, (~np.isfinite(rate), "not_finite")], k.rows)
        mind = [
            (k.planned, "planned_actual"),
            (k.part, "part_year"),
            *remarks,
            (k.about, "about_value"),
        ]
        mind += [(np.abs(rate) > DOUBTED_FROM, "beyond_tenfold")]
        added[name] = _without(rate, why != 0)
        added[f"{name}_note"] = why | first_code(mind, k.rows) * (why == 0)
    return added | _reached(k)


def _without(rate: Any, missing: Any) -> Any:
    """Make a rate NaN, all bits set, where it is missing: no branch, so six times `np.where`."""
    return (rate.view("int64") | -missing.astype("int64")).view("float64")


Reading = tuple[Any, Reasons, Reasons]  # the rate, why it is missing, what to mind


def _ratio(k: _Cells, of_final: bool) -> Reading:
    whole = k.final if of_final else k.target
    no_whole = k.no_final if of_final else k.no_target | k.only_final
    in_words = k.final_in_words | k.final_worded if of_final else k.in_words | k.worded
    rate = k.actual / whole
    reasons = [
        (k.no_actual, "no_actual"),
        (in_words, "target_in_words"),
        (no_whole, "no_final_target" if of_final else "no_target"),
        (k.milestone, "milestone"),
        (k.final_range if of_final else k.is_range, "target_range"),
        (whole == 0, "zero_target"),
        ((whole < 0) | (k.actual < 0), "negative_value"),
    ]
    remarks = [(k.reversed & (rate != 1), "reads_reversed")]
    return rate, reasons, remarks + [(k.increment, "increment_actual")] * of_final


def _progress_rate(k: _Cells) -> Reading:
    goal = np.where(k.only_final, k.final, k.target)
    way = goal - k.baseline
    reasons = [
        (k.no_actual, "no_actual"),
        (k.in_words | (k.only_final & k.final_in_words), "target_in_words"),
        (np.isnan(goal) & (k.worded | k.final_worded), "target_in_words"),
        (np.isnan(goal), "no_target"),
        (k.no_baseline, "no_baseline"),
        (k.baseline_range, "baseline_range"),
        (k.milestone, "milestone"),
        (np.where(k.only_final, k.final_range, k.is_range), "target_range"),
        (way == 0, "target_equals_baseline"),
        (k.keep, "keep_target"),
        (way * k.sign < 0, "met_at_baseline"),
    ]
    remarks = [
        (k.no_sign, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
        (k.only_final, "of_final_target"),
    ]
    return (k.actual - k.baseline) / way, reasons, remarks


def _pace_rate(k: _Cells) -> Reading:
    way = k.final - k.baseline
    due = np.minimum((k.year - k.baseline_year) / (k.final_year - k.baseline_year), 1)
    remarks = [
        (k.year_assumed, "assumed_baseline_year"),
        (k.no_sign, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
    ]
    return (k.actual - k.baseline) / (way * due), k.why_no_course, remarks


def _cagr_rate(k: _Cells) -> Reading:
    sign = k.sign + k.no_sign * np.sign(k.final - k.baseline)
    made = _yearly_growth(k.baseline, k.actual, k.year - k.baseline_year)
    due = np.abs(_yearly_growth(k.baseline, k.final, k.final_year - k.baseline_year))
    zero = (k.baseline == 0) | (k.actual == 0) | (k.final == 0)
    turns = (k.baseline * k.actual < 0) | (k.baseline * k.final < 0)
    reasons = [
        *k.why_no_course,
        (zero, "zero_value"),
        (turns, "sign_change"),
        (k.baseline < 0, "negative_value"),
    ]
    remarks = [
        (k.year_assumed, "assumed_baseline_year"),
        (k.no_sign, "direction_unknown"),
        (k.mixed, "mixed_aggregation"),
    ]
    return sign * made / due, reasons, remarks


def _yearly_growth(first: Any, last: Any, years: Any) -> Any:
    return (last / first) ** (1 / years) - 1


def _is_within(distance: Any, most: Any) -> Any:
    """Compare up to the last digits, so that 82.4 lies in 80 ± 3 %."""
    return distance <= most + 1e-12 * np.abs(most)


def _reached(k: _Cells) -> dict[str, Any]:
    """Compare actual and target in the KPI's direction (到達したか)."""
    goal = np.where(k.only_final, k.final, k.target)
    bound = np.where(k.only_final, k.final_bound, k.bound)
    upper = np.where(k.only_final, k.final_upper, k.upper)
    is_range, by_bound = ~np.isnan(upper), _among(bound, BOUNDS, *ONE_SIDED)
    by_baseline = _among(bound, BOUNDS, *AGAINST_BASELINE)
    met = _meets(k, goal, bound, upper)
    due = k.is_due | ~k.only_final
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
            (k.part & ~(met & k.grows), "part_year"),
            ((bound == ABOUT) & ~met, "about_target"),
        ],
        k.rows,
    )
    reached = np.maximum(~met, 2 * (why != 0).view("int8"))  # the codes of REACHED
    return {"reached": reached, "reached_note": why, "at_final": _at_final(k)}


def _at_final(k: _Cells) -> Any:
    """Whether the actual is at the final target, whatever year that is due: codes of REACHED."""
    met = _meets(k, k.final, k.final_bound, k.final_upper)
    by_bound = _among(k.final_bound, BOUNDS, *ONE_SIDED)
    unknown = k.no_actual | k.planned | (k.no_final & ~k.final_in_words)
    unknown |= (k.no_direction & ~by_bound & ~k.final_range) | k.within & ~k.final_range
    unknown |= k.final_in_words & k.no_baseline
    return np.maximum(~met, 2 * unknown.view("int8"))


def _meets(k: _Cells, goal: Any, bound: Any, upper: Any) -> Any:
    """Whether the actual meets a target, as far as both are known."""
    above, below = k.actual >= goal, k.actual <= goal
    is_range = ~np.isnan(upper)
    met = (k.rises & above) | (~k.rises & below)
    if k.within.any():
        in_band = _is_within(np.abs(k.actual - goal), np.abs(k.tolerance * goal))
        met = (k.within & in_band) | (~k.within & met)
    if is_range.any():
        most = k.actual <= upper
        met = np.where(is_range & ~k.rises, (above | k.reversed) & most, met)
    if _among(bound, BOUNDS, *ONE_SIDED, *AGAINST_BASELINE).any():
        gain = (k.actual - k.baseline) * np.where(k.reversed, -1, 1)
        for word, kept in (
            ("above", k.actual > goal),
            ("below", k.actual < goal),
            ("at_least", above),
            ("at_most", below),
            ("better_than_baseline", gain > 0),
            ("no_worse_than_baseline", gain >= 0),
        ):
            met = np.where(_among(bound, BOUNDS, word), kept, met)
    return met


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
    k = _Cells(_columns(kpis), slice(None))
    negative = (k.actual < 0) | (k.target < 0)
    general = [
        (~k.reversed, "not_falling"),
        (k.no_actual, "no_actual"),
        (k.no_target, "no_target"),
        (negative, "negative_value"),
    ]
    with np.errstate(all="ignore"):
        ratio = k.target / k.actual if form == "ratio" else 2 - k.actual / k.target
    if form == "ratio":
        reasons = [*general, (k.actual == 0, "zero_actual")]
    else:
        reasons = [*general, (k.target == 0, "zero_target"), (ratio < 0, "beyond_mirror")]
    why = first_code(reasons, k.rows)
    return kpis.assign(
        reversed_ratio=np.where(why == 0, ratio, np.nan),
        reversed_ratio_note=words_of(why, kpis.index),
    )


def count_reached(kpis: pd.DataFrame) -> pd.DataFrame:
    """Count the KPIs of each program and fiscal year by whether they reached their target.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `reached` from `add_achievement`.

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with the numbers of KPIs
    `kpis`, `reached`, `missed` and `unknown`. The three parts add up to `kpis`. A KPI that
    repeats another one's fact counts once (`find_repeats`).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{PROGRAM_YEAR} reached")
    kpis = leave_out_repeats(kpis)
    keys = ["government_code", "program_id", "fiscal_year"]
    group, first = number_groups(kpis, keys)
    return (
        kpis[keys]
        .iloc[first]
        .reset_index(drop=True)
        .assign(
            kpis=np.bincount(group, minlength=len(first)),
            **{
                name: np.bincount(group[(kpis["reached"] == word).to_numpy()], minlength=len(first))
                for name, word in COUNTED.items()
            },
        )
    )


COUNTED = {"reached": "yes", "missed": "no", "unknown": "unknown"}
