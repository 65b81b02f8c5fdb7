"""Whether what one concludes depends on the formula."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.repeats import leave_out_repeats
from analysis.wording.ja.formats import BEYOND, format_rate
from analysis.wording.ja.phrases import count_reasons, quote_names
from analysis.wording.labels import (
    BEFORE_FINAL_YEAR,
    NO_FIGURE,
    READINGS,
    REASONS,
    VERDICTS,
    VERDICTS_OF_COURSE,
)

DEPENDENCE = {
    "yes": "式によって変わる",
    "degree": "程度だけ変わる",
    "no": "どの式でも同じ",
    "single": "読み方は1つだけ",
    "unknown": "比べられない",
}


NOT_DUE = "期限前"


MOST_TOLD = 3


def say_verdict(row: dict[str, Any], name: str) -> str:
    """The verdict of one reading in a word."""
    if pd.isna(row[name]):
        return NO_FIGURE
    if row[f"{name}_verdict"] == "":
        return NOT_DUE
    words = VERDICTS_OF_COURSE if name in ("pace_rate", "cagr_rate") else VERDICTS
    word = words[row[f"{name}_verdict"]]
    return f"（{word}）" if row[f"{name}_note"] == "reads_reversed" else word


def describe_readings(kpis: pd.DataFrame) -> str:
    """Say which readings and verdicts each KPI has; nothing where there is none."""
    rated = kpis[kpis[list(READINGS)].notna().any(axis=1)]
    if rated.empty:
        return ""
    return "読み方ごとの率を100％の線と比べた図。" + "".join(
        f"{k['kpi']}（{DEPENDENCE[k['depends_on_formula']]}）："
        + "、".join(
            f"{label}{format_rate(k[name])}（{say_verdict(k, name).strip('（）')}）"
            if pd.notna(k[name])
            else f"{label}なし（{REASONS.get(k[f'{name}_note'], '')}）"
            for name, label in READINGS.items()
        )
        + "。"
        for k in list_rows(rated)
    )


def describe_dependence(kpis: pd.DataFrame) -> str:
    """Say for how many KPIs, and which, the verdict depends on the formula.

    That all formulas agree is said only of KPIs with two readings at least.
    """
    kpis = leave_out_repeats(kpis)
    counts = kpis["depends_on_formula"].value_counts()
    if kpis.empty or counts["unknown"] == len(kpis):
        why = count_reasons(kpis["achievement_rate_note"])
        because = f"（達成率を求められない理由は、{why}）" if why else ""
        return f"率を求められる指標がないため、式による違いはここでは示せません{because}。"
    rows = list_rows(kpis)
    if len(rows) == 1:
        return _dependence_of_one(rows[0])
    split = kpis.loc[kpis["depends_on_formula"] == "yes", "kpi"]
    degree = [row for row in rows if row["depends_on_formula"] == "degree"]
    compared = int(counts["yes"] + counts["degree"] + counts["no"])
    said = []
    if len(split):
        said.append(
            f"{len(split)}指標は、目標に届いたか、最終目標への歩みが順調かの結論が式によって変わります（{quote_names(split)}）。"
        )
    if same := compared - len(split):
        asked = "歩みが順調か" if kpis["reached_note"].isin(BEFORE_FINAL_YEAR).all() else "届いたか"
        said.append(
            f"どの式を使っても「{asked}」の結論は{same}指標とも変わりません。"
            if same == len(rows) > 1
            else f"{same}指標は、どの式を使っても「{asked}」の結論が変わりません。"
        )
    if degree:
        said.append(
            f"ただし{len(degree)}指標は、届かなかった程度が式で違います（{_ends_of(degree)}）。"
        )
    if counts["single"]:
        said.append(
            f"{counts['single']}指標は、いま結論を出せる読み方が1つしかなく、式どうしを比べられません。"
        )
    silent = kpis["depends_on_formula"] == "unknown"
    judged = int((silent & (kpis["reached"] != "unknown")).sum())
    if judged:
        said.append(f"{judged}指標は、目標に届いたかは分かりますが、率を求められません。")
    if left := int(silent.sum()) - judged:
        said.append(f"{left}指標は、どの読み方でもまだ結論が出ません。")
    return "".join(said)


def _dependence_of_one(row: dict[str, Any]) -> str:
    word = str(row["depends_on_formula"])
    if word == "single":
        name = READINGS[row["lowest_reading"]]
        return (
            f"いま結論を出せる読み方は{name}（{format_rate(row['lowest_rate'])}）だけで、"
            "ほかの式と比べることはできません。"
        )
    low, high = _end(row, "lowest"), _end(row, "highest")
    ends = low if low == high else f"{low}から{high}まで"
    if word == "yes":
        if (row["lowest_rate"] >= 1) == (row["highest_rate"] >= 1) and row["reached"] != "unknown":
            ends += f"、実績と目標を比べると{'到達' if row['reached'] == 'yes' else '未達'}"
        return (
            "目標に届いたか、最終目標への歩みが順調かの結論は、"
            f"どの式を使うかで変わります（{ends}）。"
        )
    if word == "degree":
        return f"どの式でも届いていませんが、どれほど届いていないかは式で違います（{ends}）。"
    return f"どの式を使っても、結論は同じです（{ends}）。"


def _ends_of(rows: list[dict[str, Any]]) -> str:
    said = [f"「{row['kpi']}」は{_end(row, 'highest')}、{_end(row, 'lowest')}" for row in rows]
    return "。".join(said[:MOST_TOLD]) + ("ほか" if len(said) > MOST_TOLD else "")


def _end(row: dict[str, Any], end: str) -> str:
    return f"{READINGS[row[f'{end}_reading']]}{format_rate(row[f'{end}_rate'])}"


def describe_assumed(kpis: pd.DataFrame) -> str:
    """Say the same of KPIs whose baseline year is assumed; nothing where there are none."""
    if kpis.empty:
        return ""
    return f"従前値を事業開始の前年度の値と仮定すると、{describe_dependence(kpis)}"


def tabulate_readings(kpis: pd.DataFrame) -> pd.DataFrame:
    """Every reading of each KPI with its verdict, and why one cannot be had or what to mind."""
    rows = list_rows(kpis)
    rates = {label: [_cell(row, name) for row in rows] for name, label in READINGS.items()}
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            **rates,
            "結論": kpis["depends_on_formula"].astype("str").map(DEPENDENCE),
            "求められない理由・注意": [_notes(row) for row in rows],
        }
    )


def _cell(kpi: dict[str, Any], name: str) -> str:
    rate = format_rate(kpi[name])
    return rate if pd.isna(kpi[name]) else f"{rate} {say_verdict(kpi, name)}"


def _notes(kpi: dict[str, Any]) -> str:
    """Each reason or remark once, with the readings it is about."""
    readings: dict[str, list[str]] = {}
    for name, label in READINGS.items():
        if kpi[f"{name}_note"]:
            readings.setdefault(REASONS[kpi[f"{name}_note"]], []).append(label)
    return "、".join(f"{'・'.join(labels)}：{reason}" for reason, labels in readings.items())


def describe_doubts(kpis: pd.DataFrame) -> str:
    """Say what the mark ？ behind a rate means; nothing where no reading of a KPI has one."""
    rates = kpis.reindex(columns=list(READINGS)).astype("float64").abs()
    if not (rates > BEYOND).any(axis=None):
        return ""
    return (
        "率の「？」は、1,000％を超える率に付けています。目標や従前値がごく小さいか、"
        "単位を読み違えている可能性があります。"
    )
