"""Which conclusions move between two editions of the same rows, and which figures move them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.achievement import RATES, add_achievement
from analysis.measures.matches import GROUPS, Match, describe_rows, differ, group_column
from analysis.measures.rubrics import apply_rubric, list_grades

Results = dict[str, pd.Series]  # by the name of a conclusion, one of each row
OF_KPIS = ("reached", "at_final", *RATES)
ORDER = (*GROUPS, "definition", "rating")
GRADE = "rubric_grade"


def find_moved(match: Match, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Find the verdicts, rates and grades by rubrics for KPIs that differ between two editions.

    A row per conclusion that differs: with `column`, `item`, `earlier`, `later` and `moved_by`
    as `find_changes` explains them; `at_final` only where `reached` stays. Both editions are
    graded by the same rubrics.
    """

    def conclude(kpis: pd.DataFrame) -> Results:
        rated = add_achievement(kpis)
        results: Results = {name: rated[name].astype("object") for name in OF_KPIS}
        graded = list_grades(rated, rubrics)
        for name, grades in graded.groupby("rubric", sort=False) if len(graded) else ():
            results[str(name)] = grades["grade"].astype("object").set_axis(kpis.index)
        return results

    found = _find_moved(match, conclude, group_column)
    if found.empty:
        return found
    has_moved = found["row"].isin(found.loc[found["column"] == "reached", "row"])
    return found[(found["column"] != "at_final") | ~has_moved]


def find_moved_judgements(match: Match, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Find the grades that rubrics for programs give to published levels, where they differ."""

    def conclude(ratings: pd.DataFrame) -> Results:
        results = {}
        for name, rubric in rubrics.items():
            if rubric.get("level") == "program" and "level_words" in rubric:
                levels = ratings[rubric["inputs"]]
                known = levels.isna() | levels.isin(rubric["level_words"])
                graded = known.all(axis=1) & (ratings["scheme"] == name).fillna(False)
                grades = apply_rubric(ratings[graded], rubric)["rubric_grade"]
                results[name] = grades.astype("object").reindex(ratings.index)
        return results

    return _find_moved(match, conclude, lambda _: "rating")


def _find_moved(
    match: Match,
    conclude: Callable[[pd.DataFrame], Results],
    group: Callable[[str], str],
) -> pd.DataFrame:
    """Conclude from both editions of the rows that differ, and from each group of columns alone."""
    old, new = match.both
    groups: dict[str, list[str]] = {}
    for column in old.columns.drop(["source_id", "place"]):
        groups.setdefault(group(column), []).append(column)
    differing = {
        name: np.any([differ(old[c], new[c]) for c in columns], axis=0)
        for name, columns in groups.items()
    }
    touched = np.flatnonzero(np.any(list(differing.values()), axis=0))
    old, new = (rows.iloc[touched].reset_index(drop=True) for rows in (old, new))
    if not len(old):
        return pd.DataFrame({"row": []})
    ends = conclude(old), conclude(new)
    moving = [name for name, rows in differing.items() if rows.any()]
    alone = dict.fromkeys(groups, ends[0]) | dict.fromkeys(moving, ends[1])
    several = moving if len(moving) > 1 else ()  # of one group alone the end is known
    alone |= {name: conclude(old.assign(**new[groups[name]])) for name in several}
    is_other, parts = {name: rows[touched] for name, rows in differing.items()}, []
    for name in ends[0]:
        earlier, later = ends[0][name], ends[1][name]
        rows = np.flatnonzero(differ(earlier, later))
        moved_by = _name_movers(
            earlier.iloc[rows],
            later.iloc[rows],
            {g: results[name].iloc[rows] for g, results in alone.items()},
            {g: other[rows] for g, other in is_other.items()},
        )
        described = describe_rows(match.name, old.iloc[rows], new.iloc[rows]).assign(
            row=touched[rows],
            part="conclusion",
            column=name,
            change="moved",
            earlier=earlier.iloc[rows],
            later=later.iloc[rows],
            moved_by=moved_by,
        )
        is_rubric = name not in OF_KPIS
        parts.append(described.assign(column=GRADE, item=name) if is_rubric else described)
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({"row": []})


def _name_movers(
    earlier: pd.Series,
    later: pd.Series,
    alone: dict[str, pd.Series],
    differing: dict[str, Any],
) -> list[str]:
    """Name the groups that each give the later result alone, with a blank between.

    If none does, with + between, those that move it; if none does that either, all that differ.
    """
    groups = [name for name in ORDER if name in alone]
    suffices = {name: ~differ(alone[name], later) for name in groups}
    moves = {name: differ(alone[name], earlier) for name in groups}
    one, some = (np.any(list(found.values()), axis=0) for found in (suffices, moves))
    words = [
        np.where(
            np.select([one, some], [suffices[name], moves[name]], differing[name]), name, ""
        ).tolist()
        for name in groups
    ]
    joints = np.where(one, " ", "+").tolist()
    rows = zip(joints, zip(*words, strict=True), strict=True)
    return [joint.join(filter(None, row)) for joint, row in rows]
