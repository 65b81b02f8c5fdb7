"""Grades of whole programs, where a rubric averages the points of their KPIs.

Mean of points = sum of the points of a program's KPIs in a fiscal year / number of these KPIs.
The trap is a KPI without points: leaving it out lets a program gain by what it does not
publish, so the mean is then missing, and only the ends it lies between are given.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.rubrics import MEAN_OF_POINTS, find_points
from analysis.errors import DataError
from analysis.measures.keys import KPI_YEAR, PROGRAM_YEAR, number_groups
from analysis.measures.rubrics import apply_rubric


def grade_programs(kpis: pd.DataFrame, rubric: dict[str, Any]) -> pd.DataFrame:
    """Average the points of each program's KPIs, and grade the mean where the rubric says how.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    rubric
        One of `dataset.rubrics` whose `aggregation` is mean_of_points. Its grades have points,
        or are numbers; its `program_rules`, if it has any, grade `mean_points` (docs/data.md).

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, in order of appearance:

    kpis, unknown_kpis
        how many KPIs the program has, and how many of them have no points.
    mean_points
        the mean of their points, missing where one KPI has none.
    mean_points_low, mean_points_high
        the mean if the KPIs without points had the fewest, and the most points of the scale;
        both equal mean_points where it is known.
    grade, note
        what `program_rules` give and the note of `apply_rubric`; "unknown" with not_stated
        where the rubric has no such rules; not_final where the points of a KPI are not.

    Raises
    ------
    DataError
        When the rubric does not average points, or a KPI stands twice in one fiscal year.

    References
    ----------
    Each rubric's file names its own.

    Examples
    --------
    >>> rubric = {"name": "A town", "inputs": ["achievement_rate"],
    ...           "aggregation": "mean_of_points",
    ...           "grades": [{"grade": "A", "points": 2}, {"grade": "B", "points": 1}],
    ...           "rules": [{"grade": "A", "when": {"achievement_rate": {"at_least": 1.0}}},
    ...                     {"grade": "B", "when": {"achievement_rate": {"below": 1.0}}}],
    ...           "program_rules": [{"grade": "good", "when": {"mean_points": {"at_least": 1.5}}}]}
    >>> kpis = pd.DataFrame({"government_code": "082201", "program_id": ["hub", "hub", "port"],
    ...                      "kpi_id": ["a", "b", "a"], "fiscal_year": 2018, "direction": "up",
    ...                      "actual_status": "final", "achievement_rate": [1.2, 0.4, None]})
    >>> graded = grade_programs(kpis, rubric)
    >>> graded[["program_id", "mean_points", "mean_points_low", "grade"]].values.tolist()
    [['hub', 1.5, 1.5, 'good'], ['port', nan, 1.0, 'unknown']]
    """
    _check(kpis, rubric)
    points = _list_points(rubric)
    graded = apply_rubric(kpis, rubric)
    of_kpi = graded["rubric_grade"].map(points).to_numpy(dtype="float64", na_value=np.nan)
    group, first = number_groups(kpis, PROGRAM_YEAR)
    count = np.bincount(group, minlength=len(first))
    low, high = (
        np.bincount(group, np.where(np.isnan(of_kpi), end, of_kpi), len(first)) / count
        for end in (min(points.values()), max(points.values()))
    )
    unknown = np.bincount(group, np.isnan(of_kpi), len(first)).astype("int64")
    programs = kpis[PROGRAM_YEAR].iloc[first].reset_index(drop=True)
    programs = programs.assign(
        kpis=count,
        unknown_kpis=unknown,
        mean_points=np.where(unknown > 0, np.nan, low),
        mean_points_low=low,
        mean_points_high=high,
    )
    is_final = np.bincount(group, graded["rubric_note"] == "not_final", len(first)) == 0
    return _grade_means(programs, rubric, is_final)


def _check(kpis: pd.DataFrame, rubric: dict[str, Any]) -> None:
    if rubric["aggregation"] != MEAN_OF_POINTS:
        raise DataError(
            f"{rubric['name']}: its aggregation is {rubric['aggregation']!r}; expected "
            f"{MEAN_OF_POINTS!r}, for its text has to say that the points of KPIs are averaged"
        )
    twice = kpis[kpis.duplicated(KPI_YEAR)]
    if len(twice):
        first = " ".join(str(cell) for cell in twice[KPI_YEAR].iloc[0])
        raise DataError(
            f"kpis: {len(twice)} row(s) repeat a KPI in one fiscal year, the first {first}; "
            "expected one row each: give the tables of `load`, which keeps the latest edition"
        )


def _list_points(rubric: dict[str, Any]) -> dict[str, float]:
    given = [grade for grade in rubric["grades"] if grade.get("from_figures", True)]
    points = {g["grade"]: find_points(g["grade"], g.get("points")) for g in given}
    return {grade: number for grade, number in points.items() if number is not None}


def _grade_means(programs: pd.DataFrame, rubric: dict[str, Any], is_final: Any) -> pd.DataFrame:
    rules = rubric.get("program_rules", [])
    if not rules:
        return programs.assign(grade="unknown", note="not_stated")
    inputs = list(dict.fromkeys(column for rule in rules for column in rule["when"]))
    of_program = {"name": rubric["name"], "inputs": inputs, "rules": rules}
    graded = apply_rubric(programs, of_program | {"unknown": rubric.get("unknown", "unknown")})
    known = graded["rubric_note"] == ""
    return programs.assign(
        grade=graded["rubric_grade"],
        note=graded["rubric_note"].mask(known & ~is_final, "not_final"),
    )
