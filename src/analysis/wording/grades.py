"""Published levels and grades, with the reasons given."""

import pandas as pd

from analysis.measures.audit_findings import LEVELS, group_levels
from analysis.wording.audit import name_judged, name_places
from analysis.wording.distributions import LONGEST
from analysis.wording.labels import REASONS, labels
from analysis.wording.phrases import print_texts, where_printed
from analysis.wording.tables import label_table

FINDINGS = labels("grades.findings")
NOTES = labels("grades.notes")
WORDS = labels("grades.words")
MOST_CELLS = 12


def describe_grades(audit: pd.DataFrame) -> str:
    """Say where the published judgements lie in the grade matrix, or that there are none."""
    judged = audit.dropna(subset=LEVELS)
    cells = group_levels(judged.assign(place=name_places(judged)))
    if not cells:
        return "有効性と効率性の水準が手元の資料にないため、図はありません。"
    start = "有効性と効率性の組み合わせに総合評価を置いた図。"
    named = "".join(
        f"有効性{e}・効率性{f}は{g or WORDS['not_stated']}（{'・'.join(rows['place'])}）。"
        for (e, f, g), rows in cells
    )
    if len(start + named) <= LONGEST:
        return start + named
    most = sorted(cells, key=lambda cell: -len(cell[1]))[:MOST_CELLS]
    counted = "".join(
        f"有効性{e}・効率性{f}は{g or WORDS['not_stated']}（{len(rows):,}件）。"
        for (e, f, g), rows in most
    )
    return f"{start}件数の多い順に、{counted}"


def tabulate_grades(audit: pd.DataFrame) -> pd.DataFrame:
    """The levels and the grade of each published judgement, its rubric's, and its reason.

    A judgement without any of these has no row.
    """
    printed = audit.reindex(columns=[*LEVELS, "grade", "reason"])
    audit = audit[printed.notna().any(axis=1)]
    note = audit["rubric_note"].astype("str").map(REASONS | NOTES)
    told = audit["grade_finding"].map(FINDINGS)
    why = (audit["grade_finding"] == "not_graded") & note.notna()
    by_rubric = [
        "か".join(possible) or WORDS.get(grade, grade)
        for possible, grade in zip(audit["rubric_possible"], audit["rubric_grade"], strict=True)
    ]
    return label_table(
        "grades",
        {
            "place_of_judgement": audit["place"],
            "kpi": name_judged(audit),
            **where_printed(audit, "rated_by"),
            **{name: print_texts(audit[name]) for name in (*LEVELS, "grade")},
            "rubric_grade": by_rubric,
            "grade_finding": told.mask(why, told + "（" + note + "）"),
            "reason_summary": print_texts(audit["reason"]),
        },
    )
