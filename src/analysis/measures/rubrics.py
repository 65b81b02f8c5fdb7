"""Published grades: what a rubric gives for published levels, or for the figures of a KPI.

A rubric is data (data/rubrics/*.toml): rules in order, the first whose conditions all hold
gives the grade. Where it does not know, the answer is "unknown", never a guess; where a
figure an earlier rule asks for is missing, no later rule is tried.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.intake.rubrics import STANDING
from analysis.measures.achievement import (
    LOWER_IS_BETTER,
    RATES,
    SIGN_OF_DIRECTION,
    is_not_due,
)
from analysis.measures.keys import find_rows, take
from analysis.measures.needs import ALL_RATES, KPI_YEAR, check_table

KEYS = ["government_code", "program_id", "kpi_id", "fiscal_year"]
PLAIN_RATIOS = ("achievement_rate", "final_rate")
OF_THE_YEAR = ("achievement_rate", "progress_rate", "exceeded", "reached")
FIGURES = (*RATES, *STANDING, "reached", "actual")
NOT_FINAL = ("estimated", "preliminary", "planned")
NEEDED_FOR = {
    "exceeded": ("direction", "target", "actual"),
    "change": ("direction", "baseline", "actual"),
    "change_rate": ("direction", "baseline", "actual"),
    "course_years": ("baseline_year", "final_year"),
}
UNDECIDED, UNCLEAR = -2, -1  # beside the numbers of the rules; places from a list's end
TOLERANCE = 1e-9  # of an end of a band, so that 0.63 after 0.7 is a tenth less


def add_standing(kpis: pd.DataFrame) -> pd.DataFrame:
    """Add how each actual stands to its target and its baseline, for the rules of rubrics.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `direction`, `baseline`, `target`, `actual`,
        `baseline_year` and `final_year`. Absent columns count as missing.

    Returns
    -------
    The same rows in the same order with four columns, each missing where a figure it needs
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

    Examples
    --------
    >>> kpis = pd.DataFrame({"direction": ["down"], "baseline": [611.0], "target": [580.0],
    ...                      "actual": [586.0]})
    >>> added = add_standing(kpis)[["exceeded", "change", "change_rate"]]
    >>> added.round(4).values.tolist()
    [['no', 'better', 0.0409]]
    """

    def figure(name: str) -> Any:
        if name not in kpis:
            return np.full(len(kpis), np.nan)
        return kpis[name].to_numpy(dtype="float64", na_value=np.nan)

    direction = kpis.get("direction", pd.Series(index=kpis.index, dtype="str"))
    sign = direction.map(SIGN_OF_DIRECTION).to_numpy(dtype="float64", na_value=np.nan)
    baseline, actual = figure("baseline"), figure("actual")
    beyond = sign * (actual - figure("target"))
    beyond = np.where(np.isnan(figure("target_upper")), beyond, np.nan)
    gain = sign * (actual - baseline)
    with np.errstate(divide="ignore", invalid="ignore"):
        change_rate = np.where(baseline == 0, np.nan, gain / np.abs(baseline))
    exceeded = pd.Series(beyond > 0, index=kpis.index).map({True: "yes", False: "no"})
    change = pd.Series(np.sign(gain), index=kpis.index)
    return kpis.assign(
        exceeded=exceeded.where(~np.isnan(beyond)),
        change=change.map({1: "better", 0: "same", -1: "worse"}),
        change_rate=change_rate,
        course_years=figure("final_year") - figure("baseline_year"),
    )


def apply_rubric(table: pd.DataFrame, rubric: dict[str, Any]) -> pd.DataFrame:
    """Give each row the grade a rubric gives, or say why it gives none.

    Parameters
    ----------
    table
        One row per judgement with the published levels, or one row per KPI and fiscal year
        with the columns of `add_achievement`: whatever stands in the rubric's `inputs`
        (`add_standing` is applied here).
    rubric
        One of `dataset.rubrics` (docs/data.md says how such a file is written).

    Returns
    -------
    The same rows with `rubric_grade` (a grade; the rubric's own word for what cannot be
    judged, where it has one, else "unknown") and `rubric_note`:

    ===============  ====================================================================
    attested_YEAR    a sheet of that year shows this combination (attested: year not given)
    (empty)          a rule holds
    not_final        a rule holds, but the actual is an estimate, preliminary or planned: the
                     grade is one of that status, never final
    unknown_cell     no sheet shows what these levels give
    gap              the rubric's text leaves this value open, or does not cover such a KPI
    missing_input    a figure or level the rules ask for is missing, or its direction
    reads_reversed   they ask for a plain ratio, and the KPI should fall
    not_due          they ask for the year's target, and the only one is that of a later year
    ===============  ====================================================================

    Raises
    ------
    DataError
        When the table lacks an input column, or holds a level the rubric does not have.

    Source: each rubric's file names its own.

    Examples
    --------
    >>> rubric = {"name": "A town", "inputs": ["achievement_rate"], "rules": [
    ...     {"grade": "A", "when": {"achievement_rate": {"at_least": 1.0}}},
    ...     {"grade": "B", "when": {"achievement_rate": {"below": 0.99}}}]}
    >>> kpis = pd.DataFrame({"direction": ["up", "up", "down"], "actual_status": "final",
    ...                      "achievement_rate": [0.5, 0.995, 1.01]})
    >>> apply_rubric(kpis, rubric)[["rubric_grade", "rubric_note"]].values.tolist()
    [['B', ''], ['unknown', 'gap'], ['unknown', 'reads_reversed']]
    """
    inputs, rules = rubric["inputs"], rubric["rules"]
    _check_columns(table, rubric)
    known = add_standing(table) if set(inputs) & set(STANDING) else table
    _check_levels(known, rubric)
    rule = np.full(len(table), UNDECIDED)
    not_due = is_not_due(table).to_numpy()
    unreadable = {
        name: _unreadable(known, name) | (not_due & (name in OF_THE_YEAR)) for name in inputs
    }
    for number, one in enumerate(rules):
        holds, unclear = _test(known, one["when"], unreadable)
        rule = np.where((rule == UNDECIDED) & unclear, UNCLEAR, rule)
        rule = np.where((rule == UNDECIDED) & holds, number, rule)
    grades = [*(r["grade"] for r in rules), "unknown", rubric.get("unknown", "unknown")]
    grade = pd.Series(np.array(grades, dtype=object)[rule], index=table.index, dtype="str")
    reverse = np.zeros(len(table), dtype=bool)
    for name in set(inputs) & set(PLAIN_RATIOS):
        falls = known["direction"].isin(LOWER_IS_BETTER) & known[name].notna()
        reverse |= falls.to_numpy()
    reverse &= rule == UNCLEAR
    grade = grade.mask(reverse, "unknown")
    return table.assign(rubric_grade=grade, rubric_note=_note(known, rubric, rule, grade, reverse))


def _check_columns(table: pd.DataFrame, rubric: dict[str, Any]) -> None:
    inputs = rubric["inputs"]
    needed = [c for name in inputs for c in NEEDED_FOR.get(name, (name,))]
    if set(inputs) & set(RATES):
        needed.append("direction")
    if set(inputs) & set(FIGURES):
        needed.append("actual_status")
    absent = [column for column in dict.fromkeys(needed) if column not in table]
    if absent:
        raise DataError(f"{rubric['name']}: the table has no column {', '.join(absent)}")


def _check_levels(table: pd.DataFrame, rubric: dict[str, Any]) -> None:
    levels = rubric.get("level_words")
    if levels is None:
        return
    found = {level for column in rubric["inputs"] for level in table[column].dropna()}
    strange = sorted(found - set(levels))
    if strange:
        raise DataError(
            f"{rubric['name']}: {', '.join(strange)} is not one of its levels {'・'.join(levels)}"
        )


def _unreadable(table: pd.DataFrame, name: str) -> Any:
    """Where a column says nothing: missing, or a plain ratio of a KPI that need not rise."""
    missing = table[name].isna().to_numpy()
    if name in RATES and name not in PLAIN_RATIOS:
        return missing | ~table["direction"].isin(list(SIGN_OF_DIRECTION)).to_numpy()
    if name in PLAIN_RATIOS:
        return missing | ~table["direction"].isin(("up", "keep_above")).to_numpy()
    return missing


def _test(table: pd.DataFrame, when: dict[str, Any], unreadable: dict[str, Any]) -> tuple[Any, Any]:
    """Where all conditions hold, and where that cannot be told."""
    holds = np.ones(len(table), dtype=bool)
    fails = np.zeros(len(table), dtype=bool)
    for name, condition in when.items():
        met = _meets(table[name], condition)
        holds &= met & ~unreadable[name]
        fails |= ~met & ~unreadable[name]
    return holds, ~holds & ~fails


def _meets(values: pd.Series, condition: Any) -> Any:
    if isinstance(condition, str):
        return (values == condition).fillna(False).to_numpy(dtype=bool)
    if not isinstance(condition, dict):
        condition = {"at_least": condition, "at_most": condition}
    figures = values.to_numpy(dtype="float64", na_value=np.nan)
    met = np.ones(len(figures), dtype=bool)
    for word, end in condition.items():
        slack = TOLERANCE * max(1.0, abs(end))
        met &= {
            "at_least": figures >= end - slack,
            "above": figures > end + slack,
            "at_most": figures <= end + slack,
            "below": figures < end - slack,
        }[word]
    return met


def _note(
    table: pd.DataFrame, rubric: dict[str, Any], rule: Any, grade: pd.Series, reverse: Any
) -> pd.Series:
    held = [_word_of_sheet(r.get("attested")) for r in rubric["rules"]]
    only_words = all(isinstance(c, str) for r in rubric["rules"] for c in r["when"].values())
    open_word = "unknown_cell" if only_words else "gap"
    words = np.array([*held, open_word, "missing_input"], dtype=object)
    note = pd.Series(words[rule], index=table.index, dtype="str")
    note = note.mask((grade == "unknown") & (rule >= 0), open_word)
    if set(rubric["inputs"]) & set(FIGURES):
        not_final = table["actual_status"].isin(NOT_FINAL) & (rule >= 0) & (grade != "unknown")
        note = note.mask(not_final, "not_final")
    note = note.mask((note == "missing_input") & is_not_due(table), "not_due")
    return note.mask(reverse, "reads_reversed")


def _word_of_sheet(attested: int | bool | None) -> str:
    if not attested:
        return ""
    return "attested" if attested is True else f"attested_{attested}"


def list_grades(kpis: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Grade the same KPIs by every rubric for KPIs, side by side.

    The bands are those of other governments; they say how much hangs on a rubric, and
    nothing of the government whose KPIs these are.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    rubrics
        `dataset.rubrics`; those whose `level` is "kpi" are applied.

    Returns
    -------
    One row per KPI and rubric, KPIs in the order given: `government_code`, `program_id`,
    `kpi_id`, `fiscal_year`, `kpi`, `rubric` (its name in `rubrics`), `grade` and `note` (see
    `apply_rubric`), and `standing`, the place of the grade in its own scale: best, between,
    worst, or unknown.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{KPI_YEAR} kpi {ALL_RATES}")
    parts = []
    for name, rubric in rubrics.items():
        if rubric.get("level") == "kpi":
            graded = apply_rubric(kpis, rubric)
            scale = [g["grade"] for g in rubric["grades"] if g.get("from_figures", True)]
            place = dict.fromkeys(scale, "between") | {scale[-1]: "worst", scale[0]: "best"}
            part = graded[[*KEYS, "kpi"]].assign(
                rubric=name,
                grade=graded["rubric_grade"],
                note=graded["rubric_note"],
                standing=graded["rubric_grade"].map(place).fillna("unknown"),
            )
            parts.append(part.assign(_row=range(len(part))))
    if not parts:
        columns = [*KEYS, "kpi", "rubric", "grade", "note", "standing"]
        return kpis.iloc[:0].reindex(columns=columns)
    listed = pd.concat(parts).sort_values("_row", kind="stable")
    return listed.drop(columns="_row").reset_index(drop=True)


def find_rubric(ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the rubric that published judgements follow, or None where none is known.

    `ratings` has `scheme`, the name of a rubric. Where judgements follow several rubrics,
    the one most of them follow is returned.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(ratings, "ratings", "scheme")
    known = ratings["scheme"][ratings["scheme"].isin(list(rubrics))]
    return None if known.empty else rubrics[str(known.mode().iloc[0])]


def add_ratings(kpis: pd.DataFrame, ratings: pd.DataFrame) -> pd.DataFrame:
    """Add to each KPI the published judgement of it: `progress` and `grade`, missing where none.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year.
    ratings
        One row per published judgement of a program or KPI.

    Returns
    -------
    The same KPIs in the same order with the two columns.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", KPI_YEAR)
    check_table(ratings, "ratings", f"{KPI_YEAR} progress grade")
    rows = find_rows(kpis, ratings, KEYS)
    return kpis.assign(
        progress=take(ratings["progress"], rows, kpis.index),
        grade=take(ratings["grade"], rows, kpis.index),
    )
