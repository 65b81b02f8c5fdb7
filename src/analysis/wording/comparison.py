"""Programs side by side."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.comparison import RESTS_ON, count_three_readings
from analysis.measures.keys import list_rows
from analysis.wording.costs import print_costs
from analysis.wording.formats import (
    format_percent,
    format_percent_range,
    format_rate,
    format_yen,
)
from analysis.wording.labels import NO_FIGURE, labels
from analysis.wording.tables import label_table

BASES_OF_MEAN = labels("bases_of_mean")


def describe_three_readings(comparison: pd.DataFrame) -> str:
    """Say how many programs reached any, all and what share of their KPIs, unknown ones kept."""
    found = count_three_readings(comparison)
    if not found.programs:
        return "指標のある事業がありません。"
    if found.unknown == found.kpis:
        return (
            f"指標のある{found.programs:,}事業の{found.kpis:,}指標は、"
            "どれも到達したかを判定できません。"
        )
    if found.kpis == 1:
        return ""  # the lead has said it
    rest = f"判定できない{found.unknown:,}指標も分母に含みます。" if found.unknown else ""
    share = format_percent(found.reached / found.kpis)
    shared = f"{found.kpis:,}指標のうち{found.reached:,}指標（{share}）が目標に到達しました。"
    if found.programs == 1:
        return shared + rest
    every = f"その{found.any_kpi:,}事業はすべての指標で到達しました。" if found.any_kpi else ""
    if found.all_kpis < found.any_kpi:
        every = f"すべての指標で到達した事業は{found.all_kpis}です。"
    return (
        f"指標のある{found.programs:,}事業のうち、1つでも目標に到達した事業は{found.any_kpi}で、"
        f"{every}{shared}{rest}"
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
    header, costs = print_costs(comparison)
    repeated, counted = comparison["repeated"], comparison["kpis"].astype("str")
    again = np.where(repeated > 0, "（ほかに再掲" + repeated.astype("str") + "）", "")
    full = {}
    if "full_cost_yen" in comparison and comparison["full_cost_yen"].notna().any():
        full = {"full_cost": [format_yen(cost) for cost in comparison["full_cost_yen"]]}
    return label_table(
        "programs",
        {
            "program": comparison["program"],
            "cost": costs,
            **full,
            "kpi": counted + again,
            **{n: comparison[n].astype("str") for n in ("reached", "missed", "unknown")},
            "mean_capped": [format_percent_range(low, high) for low, high in means],
            "mean_raw": comparison["mean_raw"].map(format_rate),
            "mean_basis": [say_basis(row) for row in list_rows(comparison, *RESTS_ON)],
        },
        headers={"cost": header},
    )


def say_basis(row: dict[str, Any]) -> str:
    """Say on how many KPIs a mean rests and by which rate of each: 進捗率2、不明1."""
    said = [f"{BASES_OF_MEAN[name]}{row[name]}" for name in RESTS_ON if row[name]]
    return "、".join(said) or NO_FIGURE
