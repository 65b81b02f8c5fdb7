"""How far published grades agree with those their rubric gives."""

from typing import Any

import pandas as pd

from analysis.wording.ja.formats import format_number, format_percent
from analysis.wording.labels import NO_FIGURE, REASONS


def tabulate_agreement(counts: pd.DataFrame, scheme: str | None = None) -> pd.DataFrame:
    """Published grades (rows) against computed ones (columns), from `count_agreement`.

    `scheme` names the rubric where the table holds several; without it, the first is shown.
    Judges stand below each other.
    """
    if counts.empty:
        return pd.DataFrame(columns=["公表の評価"])
    of_one = counts[counts["scheme"] == (scheme or counts["scheme"].iloc[0])]
    scale = list(dict.fromkeys(of_one["published"]))
    parts = []
    for judge, of_judge in of_one.groupby(of_one["rated_by"].fillna(""), sort=False):
        wide = of_judge.pivot_table(
            index="published", columns="computed", values="judgements", aggfunc="sum"
        )
        wide = wide.reindex(index=scale, columns=scale)
        columns = {f"計算では{grade}": wide[grade].astype("str").to_numpy() for grade in scale}
        who = {"評価した者": judge or NO_FIGURE} if of_one["rated_by"].notna().any() else {}
        parts.append(pd.DataFrame({"公表の評価": scale, **who, **columns}))
    return pd.concat(parts, ignore_index=True)


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
