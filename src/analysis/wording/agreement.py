"""How far published grades agree with those their rubric gives."""

from typing import Any

import pandas as pd

from analysis.measures.agreement import cross_agreement
from analysis.wording.formats import format_number, format_percent
from analysis.wording.labels import NO_FIGURE, REASONS, labels
from analysis.wording.tables import label_table

COMPUTED = labels("columns")["computed_grade"]


def tabulate_agreement(counts: pd.DataFrame, scheme: str | None = None) -> pd.DataFrame:
    """Published grades (rows) against computed ones (columns), from `count_agreement`.

    `scheme` names the rubric where the table holds several; without it, the first is shown.
    Judges stand below each other.
    """
    crossed = cross_agreement(counts, scheme)
    scale = list(crossed[0][1].columns) if crossed else []
    cells: dict[str, list[str]] = {"published_grade": scale * len(crossed)}
    if any(judge for judge, _ in crossed):
        cells["rated_by"] = [judge or NO_FIGURE for judge, table in crossed for _ in table.index]
    for grade in scale:
        cells[f"computed_{grade}"] = [str(n) for _, table in crossed for n in table[grade]]
    headers = {f"computed_{grade}": COMPUTED.format(grade=grade) for grade in scale}
    return label_table("agreement", cells, headers=headers)


def describe_agreement(agreement: pd.DataFrame, rubrics: dict[str, dict[str, Any]]) -> str:
    """Say how far published grades agree with their rubric, and how little that may show."""
    if agreement["both"].sum() == 0:
        return "公表の総合評価のうち、基準から求めた評価と並べられるものはありません。"
    return "".join(
        _agreement(row, rubrics[row["scheme"]]["name"])
        for row in agreement.to_dict("records")
        if row["both"]
    )


def _agreement(row: dict[str, Any], name: str) -> str:
    judge = "" if pd.isna(row.get("rated_by")) else f"（{row['rated_by']}）"
    which = f"{name}{judge}：公表の総合評価{row['judgements']}件"
    which += f"のうち、基準から評価を求められる{row['both']}件" * (row["both"] < row["judgements"])
    every = row["agreeing"] == row["both"]
    all_of_it = f"{row['both']}件とも" if row["both"] > 1 else ""
    share = f"{row['agreeing']}件（{format_percent(row['agreement'])}）が"
    agree = f"{which}は、{all_of_it if every else share}基準から求めた評価と一致します"
    if row["agreeing"] == 0:
        agree = f"{which}は、{all_of_it}基準から求めた評価と違います"
    if every and row["circular"] == row["both"]:
        return (
            f"{agree}が、{'いずれも' if row['both'] > 1 else ''}同じ年度の資料から読み取った"
            "対応なので、確かめたことにはなりません。"
        )
    said = f"{agree}。{_say_kappa(row)}"
    if row["circular"]:
        said += (
            f"うち{row['circular']}件は、同じ年度の資料から読み取った対応による評価なので、"
            "一致しても基準を確かめたことにはなりません。"
        )
    return said


def _say_kappa(row: dict[str, Any]) -> str:
    if row["kappa_note"]:
        return f"偶然の一致を除いた度合いは求めません（{REASONS[row['kappa_note']]}）。"
    return f"偶然の一致を除いた一致の度合い（重みつきκ）は{format_number(row['kappa'], 2)}です。"
