"""What the rubrics at hand would give for the same KPIs."""

from typing import Any

import pandas as pd

from analysis.measures.gradings import PLACES, Gradings, count_gradings, list_giving, list_places
from analysis.wording.formats import LISTS, SIGNS, short_fiscal_year
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.rubrics import name_grades
from analysis.wording.tables import label_table

WORDS = labels("rubrics")
NOTES = labels("rubrics.notes")


def tabulate_gradings(gradings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The grades of `list_grades`: one KPI a row, the rubrics by the place they give it.

    `rubrics` gives their names. A KPI that no rubric can grade has no row.
    """
    names = {name: rubric["name"] for name, rubric in rubrics.items()}
    grades = {name: name_grades(rubric) for name, rubric in rubrics.items()}
    listed = list_places(gradings)

    def name_given(given: list[tuple[str, str]]) -> str:
        said = [f"{names[name]} {grades[name].get(grade, grade)}" for name, grade in given]
        return LISTS["comma"].join(said) or NO_FIGURE

    return label_table(
        "gradings",
        {
            "kpi": [kpi.kpi + WORDS["not_final"] * kpi.is_open for kpi in listed],
            "fiscal_year": [short_fiscal_year(kpi.fiscal_year) for kpi in listed],
            **{place: [name_given(kpi.by_place[place]) for kpi in listed] for place in PLACES},
            "without_grade": [_say_without(kpi.without, names) for kpi in listed],
        },
    )


def _say_without(without: dict[str, list[str]], names: dict[str, str]) -> str:
    """Say which rubrics give no grade, and why; those of one word together."""
    by_word: dict[str, list[str]] = {}
    for note, rubrics in without.items():
        if note in NOTES:
            by_word.setdefault(NOTES[note], []).extend(rubrics)
    said = [
        say("lists.named", what=word, named=LISTS["comma"].join(names[name] for name in some))
        for word, some in by_word.items()
    ]
    return LISTS["stop"].join(said) or NO_FIGURE


def tabulate_rubrics(gradings: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """The rubrics that grade a KPI in the table of `list_grades`: source, years, what is inferred.

    One that gives no grade here has no row.
    """
    giving = list_giving(gradings)
    shown = [rubric for name, rubric in rubrics.items() if name in giving]
    return label_table(
        "rubrics",
        {
            "rubric": [rubric["name"] for rubric in shown],
            "source_of_rubric": [rubric["source"] for rubric in shown],
            "fiscal_year": [_say_years(rubric) for rubric in shown],
            "inferred": [rubric["inferred"] or NO_FIGURE for rubric in shown],
            "note": ["".join(rubric["note"].split()) or NO_FIGURE for rubric in shown],
        },
    )


def _say_years(rubric: dict[str, Any]) -> str:
    ends = [short_fiscal_year(rubric.get(key, float("nan"))) for key in ("valid_from", "valid_to")]
    if set(ends) == {NO_FIGURE}:
        return WORDS["unknown"]
    return SIGNS["to"].join(dict.fromkeys(ends))


def describe_gradings(gradings: pd.DataFrame) -> str:
    """Say for how many KPIs the place in the scale hangs on the rubric, and what that means."""
    if gradings.empty:
        return say("gradings.no_kpi")
    counts = count_gradings(gradings)
    if not counts.graded:
        return say("gradings.none_graded")
    left = counts.kpis - counts.graded
    others = say("gradings.others", count=left) if left else ""
    return _say_how_many(counts) + others + _say_places(counts) + say("gradings.of_others")


def _say_how_many(counts: Gradings) -> str:
    """Say how many rubrics grade at least one of the KPIs, and how many all of them."""
    giving = "one" if counts.giving == 1 else "several"
    if counts.giving_all == counts.giving:
        which = f"{giving}_for_one" if counts.graded == 1 else f"{giving}_for_all"
    else:
        which = "several_and_some_for_all" if counts.giving_all else "several_for_some"
    return say(
        f"gradings_by.{which}",
        rubrics=counts.rubrics,
        giving=counts.giving,
        for_all=counts.giving_all,
        kpis=counts.graded,
    )


def _say_places(counts: Gradings) -> str:
    """Say for how many KPIs the place changes; nothing where no KPI has two rubrics."""
    several = counts.graded > 1
    if not counts.comparable:
        return ""
    if counts.changing and several:
        return say("gradings.place_of_some", count=counts.changing)
    if counts.changing:
        return say("gradings.place_depends")
    return say("gradings.place_of_all_is_same" if several else "gradings.place_is_same")
