"""Published grades: what a rubric says, and whether the published figures explain them.

A rubric is data (data/rubrics/*.toml). Where it does not know, the answer is "unknown";
where published figures do not explain a grade, that is said, and never called wrong: the
criteria may stand in a paper that is not at hand.
"""

from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.measures.achievement import SIGN_OF_DIRECTION

PROGRAM_YEAR = ["government_code", "program_id", "fiscal_year"]
KEYS = ["government_code", "program_id", "kpi_id", "fiscal_year"]
EXPLAINED_BY_FINDING = {
    "no_kpi": "no",
    "program_as_a_whole": "unknown",
    "no_actual": "no",
    "worse_than_baseline": "no",
    "missed_but_best_word": "no",
    "reached_but_lower_word": "unknown",
    "not_judged": "unknown",
    "nothing_against_it": "yes",
}


def apply_rubric(table: pd.DataFrame, rubric: dict[str, Any]) -> pd.DataFrame:
    """Look up the grade a rubric gives to published levels.

    Parameters
    ----------
    table
        One row per judgement, with the rubric's input columns (published levels as printed).
    rubric
        One of `dataset.rubrics`: a matrix of `cells`, each with the levels, the grade and,
        where a sheet shows it, the fiscal year it was `attested` in.

    Returns
    -------
    The same rows with `rubric_grade` (a grade, or "unknown") and `rubric_note`:
    attested_YEAR (attested where the year is not given), unknown_cell (no sheet shows what
    these levels give) or missing_input (a level is not published).

    Raises
    ------
    DataError
        When the table lacks an input column, or holds a level the rubric does not have.
    """
    inputs, output = rubric["input"], rubric["output"]
    absent = [column for column in inputs if column not in table]
    if absent:
        raise DataError(f"{rubric['name']}: the table has no column {', '.join(absent)}")
    found = {level for column in inputs for level in table[column].dropna()}
    strange = sorted(found - set(rubric["levels"]))
    if strange:
        raise DataError(
            f"{rubric['name']}: {', '.join(strange)} is not one of its levels "
            f"{'・'.join(rubric['levels'])}"
        )
    cells = pd.DataFrame(rubric["cells"]).reindex(columns=[*inputs, output, "attested"])
    looked_up = table[inputs].merge(cells, on=inputs, how="left").set_axis(table.index)
    grade = looked_up[output].fillna("unknown")
    attested = looked_up["attested"].astype("Int64").astype("str")
    note = ("attested_" + attested).where(looked_up["attested"].notna(), "attested")
    note = note.where(grade != "unknown", "unknown_cell")
    note = note.mask(table[inputs].isna().any(axis=1), "missing_input")
    return table.assign(rubric_grade=grade, rubric_note=note)


def find_rubric(ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the rubric that published judgements follow, or None where none is known.

    `ratings` has `scheme`, the name of a rubric. Where judgements follow several rubrics,
    the one most of them follow is returned.
    """
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
    """
    judged = ratings.drop_duplicates(KEYS, keep="last")[[*KEYS, "progress", "grade"]]
    return kpis.merge(judged, on=KEYS, how="left").set_axis(kpis.index)


def audit_published(
    kpis: pd.DataFrame, ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    """Ask of each published judgement whether the published figures explain it.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    ratings
        One row per published judgement of a program, or of one of its KPIs.
    rubrics
        The rubrics by name; a judgement's `scheme` names its own. Needed are
        `progress_words` (published words of progress, best first).

    Returns
    -------
    The same judgements in the same order with the KPI's figures, rates and `reached`, what
    the rubric gives for the published levels (`rubric_grade`, `rubric_note`, see
    `apply_rubric`; no_rubric where none is known), the rank of the word of progress
    (`progress_rank`, 0 the best, missing where unknown), and the words `finding` and
    `explained`:

    ========================  =========  ==================================================
    finding                   explained  when
    ========================  =========  ==================================================
    no_kpi                    no         judged, but no KPI is published
    program_as_a_whole        unknown    not one KPI is judged but a program that has KPIs
    no_actual                 no         judged, but no actual is published
    worse_than_baseline       no         a word of progress, though the actual moved from
                                         the baseline away from the target
    missed_but_best_word      no         the best word, though the target was missed
    reached_but_lower_word    unknown    the target was reached, the word is not the best:
                                         the final target may count
    not_judged                unknown    no word of progress, or one of unknown rank
    nothing_against_it        yes        none of these
    ========================  =========  ==================================================

    "yes" means that no figure at hand contradicts the word, not that the word follows.
    """
    figures = [
        "kpi",
        "unit",
        "direction",
        "baseline",
        "target",
        "actual",
        "actual_status",
        "final_target",
    ]
    rates = ["achievement_rate", "progress_rate", "final_rate", "reached"]
    of_kpi = kpis[KEYS + figures + rates]
    judged = ratings.merge(of_kpi, on=KEYS, how="left").set_axis(ratings.index)
    words = judged["scheme"].map(lambda s: rubrics.get(s, {}).get("progress_words", []))
    rank = pd.Series(
        [w.index(p) if p in w else -1 for w, p in zip(words, judged["progress"], strict=True)],
        index=judged.index,
        dtype="int64",
    )
    finding = pd.Series("nothing_against_it", index=judged.index, dtype="str")
    finding = finding.mask((judged["reached"] == "yes") & (rank > 0), "reached_but_lower_word")
    finding = finding.mask((judged["reached"] == "no") & (rank == 0), "missed_but_best_word")
    sign = judged["direction"].map(SIGN_OF_DIRECTION)
    worse = (judged["actual"] - judged["baseline"]) * sign < 0
    worse |= (judged["progress_rate"] < 0) & sign.isna()
    finding = finding.mask(
        worse & (judged["reached"] != "yes") & (rank >= 0), "worse_than_baseline"
    )
    finding = finding.mask(rank < 0, "not_judged")
    finding = finding.mask(judged["actual"].isna() & judged["kpi"].notna(), "no_actual")
    has_kpis = pd.MultiIndex.from_frame(judged[PROGRAM_YEAR]).isin(
        pd.MultiIndex.from_frame(kpis[PROGRAM_YEAR])
    )
    finding = finding.mask(judged["kpi"].isna(), "no_kpi")
    finding = finding.mask(judged["kpi_id"].isna() & has_kpis, "program_as_a_whole")
    return judged.assign(
        progress_rank=rank.where(rank >= 0),
        finding=finding,
        explained=finding.map(EXPLAINED_BY_FINDING),
        **_grades_by_rubric(ratings, rubrics),
    )


def _grades_by_rubric(
    ratings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> dict[str, pd.Series]:
    grade = pd.Series("unknown", index=ratings.index, dtype="str")
    note = pd.Series("no_rubric", index=ratings.index, dtype="str")
    for name, rows in ratings.groupby("scheme"):
        if name in rubrics:
            graded = apply_rubric(rows, rubrics[str(name)])
            grade, note = (
                graded[column].reindex(ratings.index).fillna(other)
                for column, other in (("rubric_grade", grade), ("rubric_note", note))
            )
    return {"rubric_grade": grade, "rubric_note": note}
