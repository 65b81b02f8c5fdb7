"""Whether what one concludes depends on the formula."""

from typing import Any

import pandas as pd

from analysis.measures.readings import (
    Dependence,
    count_dependence,
    group_notes,
    has_doubtful_rates,
    is_against_comparison,
    list_readings,
    spread_reading,
)
from analysis.measures.repeats import leave_out_repeats
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import format_rate
from analysis.wording.labels import (
    NO_FIGURE,
    READINGS,
    REASONS,
    VERDICTS,
    VERDICTS_OF_COURSE,
    labels,
)
from analysis.wording.phrases import count_reasons, quote_names
from analysis.wording.tables import label_table

DEPENDENCE = labels("dependence")
MOST_TOLD = 3


def name_verdict(kpi: dict[str, Any], name: str) -> str:
    """Name the verdict of one reading in a word."""
    if pd.isna(kpi[name]):
        return NO_FIGURE
    if kpi[f"{name}_verdict"] == "":
        return labels("counted")["not_due"]
    words = VERDICTS_OF_COURSE if name in ("pace_rate", "cagr_rate") else VERDICTS
    return words[kpi[f"{name}_verdict"]]


def say_verdict(kpi: dict[str, Any], name: str) -> str:
    """Name the verdict of one reading, in brackets where it only seems to be one."""
    word = name_verdict(kpi, name)
    said = pd.notna(kpi[name]) and kpi[f"{name}_verdict"] != ""
    return f"（{word}）" if said and kpi[f"{name}_note"] == "reads_reversed" else word


def describe_readings(kpis: pd.DataFrame) -> str:
    """Say which readings and verdicts each KPI has; nothing where there is none."""
    if len(kpis) > MOST_SAID:
        return _count_readings(kpis)
    rated = [k for k in list_readings(kpis) if any(pd.notna(k[name]) for name in READINGS)]
    if not rated:
        return ""
    each = "読み方ごとの率を100％の線と比べた図。" + "".join(
        f"{name_with_dependence(k)}：{'、'.join(_say_reading(k, name) for name in READINGS)}。"
        for k in rated
    )
    return each if len(each) <= LONGEST else _count_readings(kpis)


def _count_readings(kpis: pd.DataFrame) -> str:
    """Say by each reading how many KPIs have which rate, and of how many it changes the verdict."""
    spreads = {name: spread_reading(kpis, name) for name in READINGS}
    said = "".join(
        f"{READINGS[name]}は{len(s.figures):,}指標で中央値{format_rate(s.at(0.5))}。"
        for name, s in spreads.items()
        if len(s.figures)
    )
    if not said:
        return ""
    found = count_dependence(kpis)
    if not found.compared:
        return f"読み方ごとの率の分布。{said}"
    return (
        f"読み方ごとの率の分布。{said}2つ以上の読み方を比べられる{found.compared:,}指標のうち、"
        f"結論が式によって変わるのは{len(found.split):,}です。"
    )


def name_with_dependence(kpi: dict[str, Any]) -> str:
    """Name a KPI with whether its conclusion depends on the formula."""
    return f"{kpi['kpi']}（{DEPENDENCE[kpi['depends_on_formula']]}）"


def _say_reading(kpi: dict[str, Any], name: str) -> str:
    if pd.notna(kpi[name]):
        return f"{READINGS[name]}{format_rate(kpi[name])}（{name_verdict(kpi, name)}）"
    return f"{READINGS[name]}なし（{REASONS.get(kpi[f'{name}_note'], '')}）"


def describe_dependence(kpis: pd.DataFrame) -> str:
    """Say for how many KPIs, and which, the verdict depends on the formula.

    That all formulas agree is said only of KPIs with two readings at least.
    """
    kpis = leave_out_repeats(kpis)
    found = count_dependence(kpis)
    if found.judged + found.silent == found.kpis:
        why = count_reasons(kpis["achievement_rate_note"])
        because = f"（達成率を求められない理由は、{why}）" if why else ""
        return f"率を求められる指標がないため、式による違いはここでは示せません{because}。"
    if found.kpis == 1:
        return _dependence_of_one(list_readings(kpis)[0])
    said = []
    if found.split:
        said.append(
            f"{len(found.split)}指標は、目標に届いたか、最終目標への歩みが順調かの"
            f"結論が式によって変わります（{quote_names(found.split, unit='指標')}）。"
        )
    if found.same:
        said.append(_say_same(found))
    if found.degree:
        said.append(
            f"ただし{len(found.degree)}指標は、届かなかった程度が式で違います"
            f"（{_ends_of(found.degree)}）。"
        )
    if found.single:
        said.append(
            f"{found.single:,}指標は、いま結論を出せる読み方が1つしかなく、式どうしを比べられません。"
        )
    if found.judged:
        said.append(f"{found.judged:,}指標は、目標に届いたかは分かりますが、率を求められません。")
    if found.silent:
        said.append(f"{found.silent:,}指標は、どの読み方でもまだ結論が出ません。")
    return "".join(said)


def _say_same(found: Dependence) -> str:
    asked = "歩みが順調か" if found.on_course else "届いたか"
    if found.same == found.kpis > 1:
        return f"どの式を使っても「{asked}」の結論は{found.same:,}指標とも変わりません。"
    return f"{found.same:,}指標は、どの式を使っても「{asked}」の結論が変わりません。"


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
        if is_against_comparison(row):
            compared = labels("reached")[row["reached"]]
            ends += f"、実績と目標を比べると{compared}"
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
    rows = list_readings(kpis)
    return label_table(
        "readings",
        {
            "kpi": kpis["kpi"],
            **{name: [_cell(row, name) for row in rows] for name in READINGS},
            "conclusion": kpis["depends_on_formula"].astype("str").map(DEPENDENCE),
            "reading_notes": [_notes(row) for row in rows],
        },
        headers=READINGS,
    )


def _cell(kpi: dict[str, Any], name: str) -> str:
    rate = format_rate(kpi[name])
    return rate if pd.isna(kpi[name]) else f"{rate} {say_verdict(kpi, name)}"


def _notes(kpi: dict[str, Any]) -> str:
    """Each reason or remark once, with the readings it is about."""
    return "、".join(
        f"{'・'.join(READINGS[name] for name in names)}：{REASONS[note]}"
        for note, names in group_notes(kpi).items()
    )


def describe_doubts(kpis: pd.DataFrame) -> str:
    """Say what the mark ？ behind a rate means; nothing where no reading of a KPI has one."""
    if not has_doubtful_rates(kpis):
        return ""
    return (
        "率の「？」は、1,000％を超える率に付けています。目標や従前値がごく小さいか、"
        "単位を読み違えている可能性があります。"
    )
