"""What was planned."""

from typing import Any

import pandas as pd

from analysis.measures.achievement import has_copied_target, is_in_words
from analysis.measures.keys import list_rows
from analysis.wording.formats import format_value, short_fiscal_year
from analysis.wording.ja.phrases import print_values
from analysis.wording.labels import DIRECTIONS, KPI_KINDS, NO_FIGURE, STATUSES
from analysis.wording.targets import TARGET_COLUMNS, format_final_target, format_target, say_goal


def describe_targets(kpis: pd.DataFrame) -> str:
    """Say what the figure of planned values shows, or why there is none."""
    if kpis.empty:
        return "指標がないため、目指した水準は分かりません。"
    columns = ["kpi", "baseline", "actual", "actual_status", *TARGET_COLUMNS]
    has_target = kpis[["target", "final_target"]].notna().any(axis=1)
    planned = kpis.reindex(columns=columns)[has_target]
    in_words = ~has_target & (is_in_words(kpis, "target") | is_in_words(kpis, "final_target"))
    worded = "".join(
        f"{k['kpi']}の{say_goal(k)}は数値でなく言葉で示されています。"
        for k in list_rows(kpis[in_words], "kpi", *TARGET_COLUMNS)
    )
    if planned.empty and worded:
        return f"目標の数値がないため、計画を示す図はありません。{worded}"
    if planned.empty:
        return f"{len(kpis)}指標のどれにも目標の記載がないため、計画を示す図はありません。"
    return (
        "従前値・年度の目標・最終目標・実績を指標ごとの目盛りに並べた図。"
        + "".join(
            f"{k['kpi']}：従前値{format_value(k['baseline'], k['unit'])}、"
            f"年度の目標{format_target(k)}、"
            f"最終目標{format_final_target(k)}、"
            f"実績{format_value(k['actual'], k['unit'])}（{STATUSES[k['actual_status']]}）。"
            for k in list_rows(planned, *columns)
        )
        + worded
    )


def _targets_of_the_year(kpis: pd.DataFrame) -> list[str]:
    """The targets, but none where it was only concluded from that of a later year."""
    rows = list_rows(kpis, *TARGET_COLUMNS, "target_before")
    targets = [format_target(kpi) + _before(kpi) for kpi in rows]
    return [NO_FIGURE if no else t for t, no in zip(targets, has_copied_target(kpis), strict=True)]


def _before(kpi: dict[str, Any]) -> str:
    """The target before it was revised, where the source prints both."""
    before = kpi.get("target_before")
    if before is None or pd.isna(before):
        return ""
    return f"（当初{format_value(before, kpi['unit'])}）"


def tabulate_targets(kpis: pd.DataFrame) -> pd.DataFrame:
    """What each KPI aims at: kind, direction, baseline, targets."""
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "種類": kpis["kpi_kind"].map(KPI_KINDS),
            "方向": kpis["direction"].map(DIRECTIONS),
            "従前値": print_values(kpis, "baseline"),
            "年度の目標": _targets_of_the_year(kpis),
            "最終目標": [format_final_target(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "最終年度": [short_fiscal_year(year) for year in kpis["final_year"]],
            "記載の場所": kpis["place"],
        }
    )
