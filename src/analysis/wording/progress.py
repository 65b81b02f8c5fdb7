"""How far each KPI got towards its target."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.repeats import find_repeats
from analysis.measures.scale import choose_scale
from analysis.measures.states import BEFORE_FINAL_YEAR
from analysis.measures.targets import TARGET_COLUMNS
from analysis.wording.distributions import LONGEST, MOST_SAID, summarize_rates
from analysis.wording.formats import format_number, format_rate, format_value
from analysis.wording.labels import READINGS, REASONS, STATUSES
from analysis.wording.phrases import count_reasons, print_values, say_judges
from analysis.wording.states import (
    STATE_COLUMNS,
    describe_state,
    describe_status,
    mark_state,
    say_state,
)
from analysis.wording.tables import label_table
from analysis.wording.targets import format_goal, say_goal


def describe_progress(kpis: pd.DataFrame) -> str:
    """Say what the progress figure shows, or why there is none."""
    if kpis.empty:
        return "手元の資料に指標（KPI）が載っていないため、目標に届いたかは判断できません。"
    scale = choose_scale(kpis)
    if scale is None:
        why = count_reasons(kpis["progress_rate_note"])
        return f"従前値からの進捗率を求められる指標がないため、図はありません（{why}）。"
    if len(kpis) > MOST_SAID:
        return summarize_rates(kpis)
    start = "従前値を0、目標を1とした進み具合の図。"
    if scale == "achievement_rate":
        start = "従前値の記載がないため、0から目標までを1とした図。"
    columns = ("kpi", "baseline", "actual", scale, *TARGET_COLUMNS, *STATE_COLUMNS)
    rows = list_rows(kpis, *dict.fromkeys(columns))
    each = start + "".join(_say_progress(row, scale) for row in rows)
    return each if len(each) <= LONGEST else summarize_rates(kpis)


def _say_progress(kpi: dict[str, Any], scale: str) -> str:
    start = f"従前値{format_value(kpi['baseline'], kpi['unit'])}、"
    return (
        f"{kpi['kpi']}：{start if scale == 'progress_rate' else ''}"
        f"{say_goal(kpi)}、実績{format_value(kpi['actual'], kpi['unit'])}、"
        f"{READINGS[scale]}{format_rate(kpi[scale])}、{say_state(kpi)}。"
    )


def explain_progress(kpis: pd.DataFrame) -> str:
    """Say how to read the progress figure and by which formula; nothing where there is none."""
    scale = choose_scale(kpis)
    if scale == "achievement_rate":
        return (
            "従前値の記載がないため、0から目標までを実績がどこまで満たしたかを見ます。"
            "100％は目標ちょうどです。達成率 ＝ 実績 ÷ 目標"
        )
    if scale == "progress_rate":
        return (
            "事業を始める前の値（従前値）から目標までの道のりを、どこまで進んだかを見ます。"
            "0％は従前値と同じ、100％は目標ちょうど、▲は従前値より目標から遠ざかったことを表します。"
            "進捗率 ＝（実績 − 従前値）÷（目標 − 従前値）"
        )
    return ""


def caption_progress(kpis: pd.DataFrame) -> str:
    """Caption the progress figure: from what its bars begin."""
    start = "0" if choose_scale(kpis) == "achievement_rate" else "従前値"
    return f"図　{start}から目標までの進み具合。○と◇は推計値、□は期限前か不明。"


def name_way(kpi: dict[str, Any], in_short: bool = False) -> str:
    """Name the way a KPI goes: 従前 170件 → 目標200件, in short with the unit only once.

    `kpi` is a row of `list_progress`; where its scale begins at 0, only the goal is named.
    """
    if kpi["scale"] != "progress_rate":
        return say_goal(kpi)
    baseline = format_number(kpi["baseline"])
    if not in_short:
        baseline = format_value(kpi["baseline"], kpi["unit"])
    return f"従前 {baseline} → {say_goal(kpi)}"


def name_result(kpi: dict[str, Any]) -> str:
    """Name a KPI's actual, marked where it is an estimate."""
    estimated = "（推計）" if kpi["actual_status"] == "estimated" else ""
    return format_value(kpi["actual"], kpi["unit"]) + estimated


def say_why_no_bar(kpi: dict[str, Any]) -> str:
    """Say of a row of `list_progress` without a rate where it stands, and why it has no bar."""
    why = REASONS.get(kpi["why"], "")
    if kpi["reached_note"] in BEFORE_FINAL_YEAR:
        return f"{mark_state(kpi)} {name_result(kpi)}（{REASONS[kpi['reached_note']]}）"
    if kpi["reached"] in ("yes", "no"):
        return f"{mark_state(kpi)} {name_result(kpi)}（{why}）"
    if kpi["why"] == "no_actual":
        return f"実績は{STATUSES.get(str(kpi['actual_status']), '')}"
    return why


def say_rate_beside_words(kpi: dict[str, Any], judged: bool) -> str:
    """Say the rate of a row of `list_progress`, with the published words where any are."""
    rate = f"{READINGS[kpi['scale']]} {format_rate(kpi['shown'])}"
    if not judged:
        return rate
    progress, grade = (say_judges(kpi[f"{name}_judges"]) for name in ("progress", "grade"))
    return f"{rate}　公表 {print_text(progress)}・{print_text(grade)}"


def print_text(word: object) -> str:
    """A printed text in a figure: a word, a name; a dash where there is none."""
    return "－" if pd.isna(word) else str(word)


RATES_TO_TARGETS = ("achievement_rate", "progress_rate", "final_rate")


def tabulate_progress(kpis: pd.DataFrame) -> pd.DataFrame:
    """How far each KPI got: target, actual with its status, the plain rates, where it stands.

    A KPI that repeats another one's fact (`find_repeats`) says so, also where that one is of a
    program that is not among the rows.
    """
    said = kpis.reindex(columns=["same_as"])["same_as"].notna()
    elsewhere = np.where(said, "（ほかの事業の指標の再掲）", "")
    again = np.where(find_repeats(kpis) != "", "（再掲。数には含めない）", elsewhere)
    return label_table(
        "progress",
        {
            "kpi": kpis["kpi"],
            "conclusion": describe_state(kpis) + again,
            "target": [format_goal(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "actual": print_values(kpis, "actual"),
            "actual_status": describe_status(kpis),
            **{name: kpis[name].map(format_rate) for name in RATES_TO_TARGETS},
        },
        states=["conclusion"],
        headers=READINGS,
    )
