"""Programs side by side."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.costs import print_costs
from analysis.wording.ja.formats import (
    format_percent,
    format_percent_range,
    format_rate,
    format_yen,
)
from analysis.wording.labels import NO_FIGURE


def describe_three_readings(comparison: pd.DataFrame) -> str:
    """Say how many programs reached any, all and what share of their KPIs, unknown ones kept."""
    with_kpi = comparison[comparison["kpis"] > 0]
    if with_kpi.empty:
        return "指標のある事業がありません。"
    any_kpi = int((with_kpi["reached"] > 0).sum())
    all_kpis = int((with_kpi["reached"] == with_kpi["kpis"]).sum())
    reached, kpis = int(with_kpi["reached"].sum()), int(with_kpi["kpis"].sum())
    unknown = int(with_kpi["unknown"].sum())
    if unknown == kpis:
        return f"指標のある{len(with_kpi)}事業の{kpis}指標は、どれも到達したかを判定できません。"
    rest = f"判定できない{unknown}指標も分母に含みます。" if unknown else ""
    share = (
        f"{kpis}指標のうち{reached}指標（{format_percent(reached / kpis)}）が目標に到達しました。"
    )
    if kpis == 1:
        return ""  # the lead has said it
    if len(with_kpi) == 1:
        return share + rest
    every = f"その{any_kpi}事業はすべての指標で到達しました。" if any_kpi else ""
    if all_kpis < any_kpi:
        every = f"すべての指標で到達した事業は{all_kpis}です。"
    return (
        f"指標のある{len(with_kpi)}事業のうち、1つでも目標に到達した事業は{any_kpi}で、"
        f"{every}{share}{rest}"
    )


NATIONAL_LINE = (
    "全国については、2024年12月の資料（wic-net.com の17918）に、"
    "1つでも指標の目標に届いた事業は1,788事業の76％、"
    "目標に届いた指標は6,174指標（1事業4指標まで）の47％とあります。"
    "年度も集め方も違うため、この団体の値と並べて優劣をみることはできません。"
)


def tabulate_programs(comparison: pd.DataFrame) -> pd.DataFrame:
    """The programs of a government side by side, from the table of `compare_programs`."""
    means = zip(comparison["mean_capped_low"], comparison["mean_capped_high"], strict=True)
    label, costs = print_costs(comparison)
    repeated = comparison["repeated"]
    again = np.where(repeated > 0, "（ほかに再掲" + repeated.astype("str") + "）", "")
    full = {}
    if "full_cost_yen" in comparison and comparison["full_cost_yen"].notna().any():
        full = {"人件費を含む費用": [format_yen(cost) for cost in comparison["full_cost_yen"]]}
    return pd.DataFrame(
        {
            "事業": comparison["program"],
            label: costs,
            **full,
            **{
                label: comparison[name].astype("str") + (again if name == "kpis" else "")
                for name, label in (
                    ("kpis", "指標"),
                    ("reached", "到達"),
                    ("missed", "未達"),
                    ("unknown", "不明"),
                )
            },
            "進み具合の平均（0～100％に収める）": [
                format_percent_range(low, high) for low, high in means
            ],
            "同（上限なし）": comparison["mean_raw"].map(format_rate),
            "平均のもと": [say_basis(row) for row in list_rows(comparison, *BASIS_OF_MEAN)],
        }
    )


BASIS_OF_MEAN = {
    "by_progress": "進捗率",
    "by_ratio": "目標に対する比",
    "by_reached": "率のない到達（100％とする）",
    "bounded": "率が不明（0～100％の幅とする）",
}


def say_basis(row: dict[str, Any]) -> str:
    """Say on how many KPIs a mean rests and by which rate of each: 進捗率2、不明1."""
    said = [f"{label}{row[name]}" for name, label in BASIS_OF_MEAN.items() if row[name]]
    return "、".join(said) or NO_FIGURE
