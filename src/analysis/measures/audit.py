"""What was published against what the published figures give: words and grades.

Two comparisons, kept apart: a word of progress with the figures, and a grade with its rubric.
Where they do not explain a judgement, that is said, and never called wrong: the criteria may
stand in a paper that is not at hand.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import WITHOUT_VALUE
from analysis.errors import DataError
from analysis.measures.keys import KPI_YEAR, PROGRAM_YEAR, find_rows, list_keys, take
from analysis.measures.kpis import SIGN_OF_DIRECTION
from analysis.measures.needs import ONE_KPI_YEAR, check_rubrics, check_table
from analysis.measures.rubrics import apply_rubric, is_open

JUDGED_FIGURES = ["kpi", "unit", "direction", "baseline", "target", "actual", "actual_status"]
JUDGED_WORDS = ["progress", "effectiveness", "efficiency", "grade"]
EXPLAINED_BY_FINDING = {
    "only_policy": "unknown",
    "program_as_a_whole": "unknown",
    "no_kpi": "no",
    "no_actual": "no",
    "no_word": "unknown",
    "unknown_rank": "unknown",
    "worse_than_baseline": "no",
    "missed_but_best_word": "no",
    "missed_but_good_word": "unknown",
    "missed_and_last_word": "yes",
    "reached_but_lower_word": "unknown",
    "nothing_to_compare": "unknown",
    "nothing_against_it": "yes",
}
WITHOUT_BASELINE = {"exceeded", "reached", "achievement_rate", "final_rate", "direction"}
SPEAKS_AGAINST = ("worse_than_baseline", "missed_but_best_word")


def audit_published(
    kpis: pd.DataFrame,
    ratings: pd.DataFrame,
    rubrics: dict[str, dict[str, Any]],
    programs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ask of each published judgement whether the published figures explain it.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement`.
    ratings
        One row per published judgement of a program, or of one of its KPIs; of two judges
        (`rated_by`) each has its own.
    rubrics
        The rubrics by name; a judgement's `scheme` names its own. Its `progress_words` are
        the published words of progress, best first.
    programs
        One row per program with its name, which is put beside each judgement; none without.

    Returns
    -------
    The same judgements in the same order (without those that only print a rate, which
    `audit_rates` is for) with the KPI's figures, rates and `reached`; `program`, its name, and
    `of_whole` (yes, no: not one KPI is judged but a program that has KPIs); `no_actual_note`, why
    its actual is no figure (pending, unpublished, not_in_source, not_set, not_surveyed, or
    not_one_number: something is printed); what the rubric gives for the published levels or
    the figures (`rubric_name`, `rubric_grade`, `rubric_note`, see `apply_rubric`; no_rubric
    where none is known; `rubric_possible`, a tuple of the grades that it may give where only
    the baseline is missing); the rank of the word of progress (`progress_rank`, 0 the best,
    missing where unknown); and the words `finding`, `grade_finding`, `against` and `explained`.

    `finding` compares the word with the figures:

    ========================  =========  ==================================================
    finding                   explained  when
    ========================  =========  ==================================================
    only_policy               unknown    only what is to follow (今後の方針) is printed
    program_as_a_whole        unknown    not one KPI is judged but a program that has KPIs
    no_kpi                    no         judged, but no KPI is published
    no_actual                 no         judged, but no actual is published
    no_word                   unknown    no word of progress
    unknown_rank              unknown    a word of which no rubric says how good it is
    worse_than_baseline       no         a word of progress, though the actual moved from
                                         the baseline away from the target
    missed_but_best_word      no         the best word, though the target was missed
    missed_but_good_word      unknown    a word with better and worse ones beside it, though
                                         the target was missed: what it allows is not known
    missed_and_last_word      yes        the target was missed, and no worse word is known
    reached_but_lower_word    unknown    the target was reached, the word is not the best:
                                         the final target may count
    nothing_to_compare        unknown    neither a target nor a baseline to compare with
    nothing_against_it        yes        none of these
    ========================  =========  ==================================================

    `grade_finding` compares the grade with its rubric:

    =======================  =========  ===================================================
    grade_finding            explained  when
    =======================  =========  ===================================================
    no_grade                            no grade is printed
    no_rubric                           no rubric is known, or it has no such grade
    not_graded                          the rubric gives none here: `rubric_note` says why
    circular                            the rubric was read off sheets of the year judged
    unlike_rubric            no         the rubric gives another grade, or can give only others
                                        whatever the missing baseline was
    unlike_not_final         unknown    the same, by an actual that is not final
    like_rubric              yes        the rubric gives the same grade
    =======================  =========  ===================================================

    `against` names what speaks against a judgement: progress, grade, both with a blank
    between, or nothing. `explained` is no where either comparison says no; where no word can
    be compared, what the grade says counts. "yes" means that nothing at hand contradicts the
    judgement, not that it follows.

    Raises
    ------
    DataError
        When `kpis` has a KPI twice in one fiscal year.
    """
    check_table(
        kpis, "kpis", f"{ONE_KPI_YEAR} kpi unit reached achievement_rate progress_rate final_rate"
    )
    check_table(ratings, "ratings", f"{ONE_KPI_YEAR} scheme")
    check_rubrics(rubrics)
    ratings = name_programs(ratings[~_is_only_a_rate(ratings)], programs)
    whole = join_kpis(kpis, ratings)
    rates = ["achievement_rate", "progress_rate", "final_rate", "reached"]
    judged = whole[[*ratings.columns, *JUDGED_FIGURES, "final_target", *rates]]
    words = judged["scheme"].map(lambda s: rubrics.get(s, {}).get("progress_words", []))
    of_word = list(zip(words, judged["progress"], strict=True))
    rank = pd.Series(
        [w.index(p) if p in w else -1 for w, p in of_word], index=judged.index, dtype="int64"
    )
    last = pd.Series([len(w) - 1 for w, _ in of_word], index=judged.index, dtype="int64")
    of_whole = judged["kpi_id"].isna() & (find_rows(judged, kpis, PROGRAM_YEAR) >= 0)
    finding = _finding(judged, rank, last, of_whole)
    judged = judged.assign(
        of_whole=pd.array(np.where(of_whole, "yes", "no"), dtype="str"),
        actual_printed=whole.get("actual_printed", pd.Series(index=whole.index, dtype="str")),
        is_open=is_open(whole),
        progress_rank=rank.where(rank >= 0),
        finding=finding,
        **_grades_by_rubric(whole, rubrics),
    )
    judged["rubric_possible"] = _list_possible(whole.assign(**judged[RUBRIC]), rubrics)
    judged = judged.assign(
        no_actual_note=_why_no_actual(judged), grade_finding=_grade_finding(judged, rubrics)
    )
    return judged.assign(explained=_explained(judged), against=_against(judged))


def _is_only_a_rate(ratings: pd.DataFrame) -> pd.Series:
    """Whether a row publishes a rate and no word: nothing is judged by it."""
    words = ratings.reindex(columns=[*JUDGED_WORDS, "policy"])
    rate = ratings.get("published_rate", pd.Series(np.nan, index=ratings.index))
    return words.isna().all(axis=1) & rate.notna()


def join_kpis(
    kpis: pd.DataFrame, ratings: pd.DataFrame, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Put the KPI's own columns beside each judgement; or some, missing where `kpis` has none.

    Raises
    ------
    DataError
        When `kpis` has a KPI twice in one fiscal year.
    """
    keys = list_keys(kpis, KPI_YEAR)
    if len(set(keys)) < len(keys):
        twice = kpis[kpis.duplicated(KPI_YEAR)]
        raise DataError(
            f"kpis: {len(twice)} row(s) repeat a KPI in one fiscal year, the first "
            f"{' '.join(str(cell) for cell in twice[KPI_YEAR].iloc[0])}; expected one row each: "
            "give the tables of `load`, which keeps the latest edition"
        )
    own = [c for c in (kpis.columns if columns is None else columns) if c not in ratings]
    beside = kpis.reindex(columns=own).reset_index(drop=True)
    beside = beside.reindex(find_rows(ratings, kpis, KPI_YEAR))
    return pd.concat([ratings, beside.set_axis(ratings.index)], axis=1)


def name_programs(ratings: pd.DataFrame, programs: pd.DataFrame | None) -> pd.DataFrame:
    """Put the name of its program beside each judgement: `program`, missing where none is known."""
    if programs is None:
        return ratings.assign(program=pd.Series(index=ratings.index, dtype="str"))
    rows = find_rows(ratings, programs, PROGRAM_YEAR[:2])
    return ratings.assign(program=take(programs["program"], rows, ratings.index))


def _finding(
    judged: pd.DataFrame, rank: pd.Series, last: pd.Series, of_whole: pd.Series
) -> pd.Series:
    """What comparing the word of progress with the figures shows."""
    sign = judged["direction"].map(SIGN_OF_DIRECTION).astype("float64")
    gain = (judged["actual"] - judged["baseline"]) * sign
    worse = (gain < 0) | ((judged["progress_rate"] < 0) & sign.isna())
    no_kpi, reached = judged["kpi"].isna(), judged["reached"]
    printed = judged.reindex(columns=[*JUDGED_WORDS, "policy"]).notna()
    missed = reached == "no"
    words = {
        "only_policy": printed["policy"] & ~printed[JUDGED_WORDS].any(axis=1),
        "program_as_a_whole": of_whole,
        "no_kpi": no_kpi,
        "no_actual": judged["actual"].isna(),
        "no_word": judged["progress"].isna(),
        "unknown_rank": rank < 0,
        "worse_than_baseline": worse & (reached != "yes"),
        "missed_but_best_word": missed & (rank == 0),
        "missed_but_good_word": missed & (rank < last),
        "missed_and_last_word": missed,
        "reached_but_lower_word": (reached == "yes") & (rank > 0),
        "nothing_to_compare": (reached == "unknown") & gain.isna() & judged["progress_rate"].isna(),
    }
    found = np.select(list(words.values()), list(words), "nothing_against_it")
    return pd.Series(found, index=judged.index, dtype="str")


def _why_no_actual(judged: pd.DataFrame) -> pd.Series:
    """Why a judged KPI has no figure to compare with: its status, or what is printed instead."""
    status = judged["actual_status"].astype("object")
    silent = status.isna() | ~status.isin(WITHOUT_VALUE) | (status == "not_in_source")
    why = status.mask(silent, "not_in_source")
    why = why.mask(silent & judged["actual_printed"].notna(), "not_one_number")
    there = judged["kpi"].isna() | judged["actual"].notna()
    return why.mask(there, "").astype("str")


def _grades_by_rubric(
    judged: pd.DataFrame, rubrics: dict[str, dict[str, Any]]
) -> dict[str, pd.Series]:
    grade = pd.Series("unknown", index=judged.index, dtype="str")
    note = pd.Series("no_rubric", index=judged.index, dtype="str")
    for name in judged["scheme"].dropna().unique():
        if name in rubrics:
            graded = apply_rubric(judged[judged["scheme"] == name], rubrics[name])
            grade, note = (
                graded[column].reindex(judged.index).fillna(other)
                for column, other in (("rubric_grade", grade), ("rubric_note", note))
            )
    names = {name: rubric.get("name") for name, rubric in rubrics.items()}
    return {
        "rubric_name": judged["scheme"].map(names).astype("str"),
        "rubric_grade": grade,
        "rubric_note": note,
    }


RUBRIC = ["rubric_grade", "rubric_note"]


def _list_possible(judged: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.Series:
    """The grades a rubric gives where it lacks a baseline: by one below, at, above the actual."""
    possible: list[tuple[str, ...]] = [()] * len(judged)
    places = np.arange(len(judged))
    lacking = judged["baseline"].isna() & judged["actual"].notna()
    lacking &= judged["rubric_note"] == "missing_input"
    for name in judged.loc[lacking, "scheme"].unique():
        if set(rubrics[name]["inputs"]) - WITHOUT_BASELINE == {"change"}:
            chosen = (lacking & (judged["scheme"] == name)).to_numpy()
            rows = judged[chosen].drop(columns=RUBRIC)
            tried = [
                apply_rubric(rows.assign(baseline=rows["actual"] + step), rubrics[name])
                for step in (-1, 0, 1)
            ]
            given = pd.concat([one["rubric_grade"] for one in tried], axis=1).to_numpy().tolist()
            scale = list_scale(rubrics[name])
            for place, said in zip(places[chosen], given, strict=True):
                possible[place] = tuple(g for g in scale if g in said)
    return pd.Series(possible, index=judged.index, dtype="object")


def list_scale(rubric: dict[str, Any]) -> list[str]:
    """List the grades of a rubric, best first."""
    return [grade["grade"] for grade in rubric["grades"]]


def is_circular(audit: pd.DataFrame) -> pd.Series:
    """Whether a rubric's cell was read off a sheet of the very year that is judged."""
    sheet = "attested_" + audit["fiscal_year"].astype("Int64").astype("str")
    return audit["rubric_note"] == sheet


def _grade_finding(judged: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.Series:
    """What comparing the grade with its rubric shows."""
    grade = judged.get("grade", pd.Series(index=judged.index, dtype="str"))
    scales = {name: set(list_scale(rubric)) for name, rubric in rubrics.items()}
    of_row = [scales.get(scheme, set()) for scheme in judged["scheme"]]

    def is_in_scale(grades: pd.Series) -> Any:
        return np.array([g in scale for g, scale in zip(grades, of_row, strict=True)], dtype=bool)

    named = zip(grade, judged["rubric_possible"], strict=True)
    impossible = np.array([bool(said) and g not in said for g, said in named], dtype=bool)
    not_final = judged["is_open"] & judged["rubric_note"].isin(["not_final", "missing_input"])
    unlike = (grade != judged["rubric_grade"]) & is_in_scale(judged["rubric_grade"]) | impossible
    words = {
        "no_grade": grade.isna(),
        "no_rubric": ~is_in_scale(grade),
        "not_graded": ~is_in_scale(judged["rubric_grade"]) & ~impossible,
        "circular": is_circular(judged),
        "unlike_not_final": unlike & not_final,
        "unlike_rubric": unlike,
    }
    found = np.select(list(words.values()), list(words), "like_rubric")
    return pd.Series(found, index=judged.index, dtype="str")


def _explained(judged: pd.DataFrame) -> pd.Series:
    word = judged["finding"].map(EXPLAINED_BY_FINDING)
    speechless = judged["finding"].isin(["no_word", "unknown_rank", "nothing_to_compare"])
    word = word.mask(speechless & (judged["grade_finding"] == "like_rubric"), "yes")
    word = word.mask((judged["grade_finding"] == "unlike_not_final") & (word == "yes"), "unknown")
    return word.mask(judged["grade_finding"] == "unlike_rubric", "no").astype("str")


def _against(judged: pd.DataFrame) -> pd.Series:
    progress = np.where(judged["finding"].isin(SPEAKS_AGAINST), "progress ", "")
    grade = np.where(judged["grade_finding"] == "unlike_rubric", "grade", "")
    both = [f"{one}{other}".strip() for one, other in zip(progress, grade, strict=True)]
    return pd.Series(both, index=judged.index, dtype="str")
