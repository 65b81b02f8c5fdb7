"""How far each KPI got towards its target."""

import numpy as np
import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.repeats import find_repeats
from analysis.wording.ja.formats import format_rate, format_value
from analysis.wording.ja.phrases import count_reasons, print_values
from analysis.wording.ja.states import describe_state, describe_status
from analysis.wording.ja.targets import TARGET_COLUMNS, format_goal, say_goal
from analysis.wording.labels import READINGS


def choose_scale(kpis: pd.DataFrame) -> str | None:
    """Choose the rate to draw: progress_rate, else achievement_rate of KPIs that should rise.

    None where no KPI has either.
    """
    if kpis["progress_rate"].notna().any():
        return "progress_rate"
    usable = kpis["achievement_rate"].notna() & (kpis["achievement_rate_note"] != "reads_reversed")
    return "achievement_rate" if usable.any() else None


def describe_progress(kpis: pd.DataFrame) -> str:
    """Say what the progress figure shows, or why there is none."""
    if kpis.empty:
        return "手元の資料に指標（KPI）が載っていないため、目標に届いたかは判断できません。"
    scale = choose_scale(kpis)
    if scale is None:
        why = count_reasons(kpis["progress_rate_note"])
        return f"従前値からの進捗率を求められる指標がないため、図はありません（{why}）。"
    columns = ("kpi", "baseline", "actual", scale, *TARGET_COLUMNS)
    rows = zip(list_rows(kpis, *columns), describe_state(kpis), strict=True)
    start = "従前値を0、目標を1とした進み具合の図。"
    if scale == "achievement_rate":
        start = "従前値の記載がないため、0から目標までを1とした図。"
    return start + "".join(
        f"{k['kpi']}："
        + (f"従前値{format_value(k['baseline'], k['unit'])}、" if scale == "progress_rate" else "")
        + f"{say_goal(k)}、実績{format_value(k['actual'], k['unit'])}、"
        f"{READINGS[scale]}{format_rate(k[scale])}、{state[2:]}。"
        for k, state in rows
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


RATES_TO_TARGETS = ("achievement_rate", "progress_rate", "final_rate")


def tabulate_progress(kpis: pd.DataFrame) -> pd.DataFrame:
    """How far each KPI got: target, actual with its status, the plain rates, where it stands.

    A KPI that repeats another one's fact (`find_repeats`) says so, also where that one is of a
    program that is not among the rows.
    """
    said = kpis.reindex(columns=["same_as"])["same_as"].notna()
    elsewhere = np.where(said, "（ほかの事業の指標の再掲）", "")
    again = np.where(find_repeats(kpis) != "", "（再掲。数には含めない）", elsewhere)
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "目標": [format_goal(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "実績": print_values(kpis, "actual"),
            "実績の扱い": describe_status(kpis),
            **{READINGS[n]: kpis[n].map(format_rate) for n in RATES_TO_TARGETS},
            "結論": describe_state(kpis) + again,
        }
    )
