"""What the rubrics at hand would give for the same KPIs."""

from typing import Any

import pandas as pd

from analysis.measures.gradings import PLACES, Gradings, count_gradings, list_giving, list_places
from analysis.wording.formats import short_fiscal_year
from analysis.wording.labels import NO_FIGURE, labels
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
        return "、".join(said) or NO_FIGURE

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
    said = [f"{word}：{'、'.join(names[name] for name in some)}" for word, some in by_word.items()]
    return "。".join(said) or NO_FIGURE


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
    return "～".join(dict.fromkeys(ends))


def describe_gradings(gradings: pd.DataFrame) -> str:
    """Say for how many KPIs the place in the scale hangs on the rubric, and what that means."""
    if gradings.empty:
        return "別の基準に当てはめられる指標はありません。"
    counts = count_gradings(gradings)
    if not counts.graded:
        return "ほかの団体の基準で評価できる指標はありません。"
    left = counts.kpis - counts.graded
    rest = f"ほかの{left}指標は、どの基準でも評価できません。" if left else ""
    return (
        f"手元にある{counts.rubrics}通りの基準のうち{_say_how_many(counts)}{rest}"
        f"{_say_places(counts)}"
        "基準はほかの団体などのもので、この団体の評価が正しいかどうかを示すものではありません。"
    )


def _say_how_many(counts: Gradings) -> str:
    """Say how many rubrics grade at least one of the KPIs, and how many all of them."""
    of = f"{counts.graded}指標すべて" if counts.graded > 1 else "1指標"
    if counts.giving_all == counts.giving:
        only = "だけ" if counts.giving == 1 else ""
        return f"{counts.giving}通り{only}が、{of}を評価できます。"
    every = f"{of}を評価できる基準はありません。"
    if counts.giving_all:
        every = f"{of}を評価できるのは{counts.giving_all}通りです。"
    return f"{counts.giving}通りが、少なくとも1指標を評価できます。{every}"


def _say_places(counts: Gradings) -> str:
    """Say for how many KPIs the place changes; nothing where no KPI has two rubrics."""
    place = "位置（最上位・最下位・その間）"
    if not counts.comparable:
        return ""
    if counts.changing and counts.graded > 1:
        return f"うち{counts.changing}指標は、どの基準を使うかによって{place}が変わります。"
    if counts.changing:
        return f"どの基準を使うかによって{place}が変わります。"
    which = "どの指標も、" if counts.graded > 1 else ""
    return f"{which}どの基準でも{place}は同じです。"
