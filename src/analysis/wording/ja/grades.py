"""Published levels and grades, with the reasons given."""

import pandas as pd

from analysis.wording.ja.audit import name_judged, name_places
from analysis.wording.ja.phrases import print_texts, where_printed
from analysis.wording.labels import NO_FIGURE, REASONS


def describe_grades(audit: pd.DataFrame) -> str:
    """Say where the published judgements lie in the grade matrix, or that there are none."""
    judged = audit.dropna(subset=["effectiveness", "efficiency"]).fillna({"grade": "記載なし"})
    if judged.empty:
        return "有効性と効率性の水準が手元の資料にないため、図はありません。"
    judged = judged.assign(place=name_places(judged))
    cells = judged.groupby(["effectiveness", "efficiency", "grade"], sort=False)["place"].agg(
        "・".join
    )
    return "有効性と効率性の組み合わせに総合評価を置いた図。" + "".join(
        f"有効性{e}・効率性{f}は{g}（{places}）。" for (e, f, g), places in cells.items()
    )


GRADE_FINDINGS = {
    "no_grade": NO_FIGURE,
    "no_rubric": "当てはまる基準が手元にない",
    "not_graded": "基準からは求められない",
    "circular": "この年度の資料による基準で、確かめられない",
    "unlike_rubric": "公表の評価と違う",
    "unlike_not_final": "公表の評価と違うが、実績が確定前",
    "like_rubric": "公表の評価と同じ",
}


def tabulate_grades(audit: pd.DataFrame) -> pd.DataFrame:
    """The levels and the grade of each published judgement, its rubric's, and its reason.

    A judgement without any of these has no row.
    """
    printed = audit.reindex(columns=["effectiveness", "efficiency", "grade", "reason"])
    audit = audit[printed.notna().any(axis=1)]
    note = audit["rubric_note"].astype("str").map(REASONS | NOTES_OF_RUBRICS)
    told = audit["grade_finding"].map(GRADE_FINDINGS)
    why = (audit["grade_finding"] == "not_graded") & note.notna()
    return pd.DataFrame(
        {
            "場所": audit["place"],
            "指標": name_judged(audit),
            **where_printed(audit, {"rated_by": "評価した者"}),
            "有効性": print_texts(audit["effectiveness"]),
            "効率性": print_texts(audit["efficiency"]),
            "総合評価": print_texts(audit["grade"]),
            "基準では": audit["rubric_grade"]
            .replace("unknown", "不明")
            .mask(audit["rubric_possible"] != "", audit["rubric_possible"].str.replace("・", "か")),
            "基準との関係": told.mask(why, told + "（" + note + "）"),
            "示された理由（要約）": print_texts(audit["reason"]),
        }
    )


NOTES_OF_RUBRICS = {
    "gap": "基準に定めがない",
    "unknown_cell": "どのシートにも現れない組み合わせ",
    "missing_input": "必要な数値か水準がない",
    "reads_reversed": "減らす指標の単純な比",
}
