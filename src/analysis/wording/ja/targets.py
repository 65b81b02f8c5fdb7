"""What was planned."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.kpis import has_copied_target, is_in_words, says_words
from analysis.wording.ja.formats import format_number, format_value, short_fiscal_year
from analysis.wording.ja.phrases import print_values
from analysis.wording.labels import DIRECTIONS, KPI_KINDS, NO_FIGURE, STATUSES

BOUND_WORDS = {
    "at_least": "以上",
    "above": "超",
    "at_most": "以下",
    "below": "未満",
    "about": "程度",
}


TARGETS_IN_WORDS = {
    "better_than_baseline": "従前値より改善",
    "no_worse_than_baseline": "従前値を維持",
}


TARGET_COLUMNS = (
    *("target", "target_bound", "target_upper", "tolerance", "unit"),
    *("final_target", "final_target_bound", "final_target_upper", "final_year"),
    *("target_printed", "target_status", "final_target_printed", "final_target_status"),
)


def format_target(kpi: dict[str, Any]) -> str:
    """Write a KPI's target as it was set: 93％超, 696～890人, 100％±10％, 従前値より改善.

    Words that nothing can be compared with stand in brackets: 「充実」.
    """
    if pd.notna(kpi["target"]) and pd.notna(kpi.get("tolerance")):
        band = format_number(kpi["tolerance"] * 100)
        return f"{format_value(kpi['target'], kpi.get('unit'))}±{band}％"
    return _format_bound(kpi, "target")


def format_final_target(kpi: dict[str, Any]) -> str:
    """Write a KPI's final target as it was set, as `format_target` does."""
    return _format_bound(kpi, "final_target")


def format_goal(kpi: dict[str, Any]) -> str:
    """Write what a KPI aims at: the year's target, else the final one, called so with its year.

    Examples
    --------
    >>> kpi = {"target": float("nan"), "final_target": 93.0, "final_year": 2020, "unit": "％"}
    >>> format_goal(kpi)
    '最終目標93％（R2）'
    """
    target, final = format_target(kpi), format_final_target(kpi)
    in_words = target.startswith("「") and pd.notna(kpi["final_target"])
    if final == NO_FIGURE or not (in_words or target == NO_FIGURE):
        return target
    year = kpi.get("final_year", float("nan"))
    said = f"最終目標{final}" + ("" if pd.isna(year) else f"（{short_fiscal_year(year)}）")
    return f"{target}・{said}" if in_words else said


def say_goal(kpi: dict[str, Any]) -> str:
    """Name what a KPI aims at in words: 目標200件, 最終目標93％（R2）."""
    goal = format_goal(kpi)
    return goal if goal.startswith("最終目標") else f"目標{goal}"


def _format_bound(kpi: dict[str, Any], name: str) -> str:
    value, bound = kpi[name], kpi.get(f"{name}_bound")
    upper: Any = kpi.get(f"{name}_upper")
    unit: Any = kpi.get("unit")
    if pd.isna(value):
        printed = kpi.get(f"{name}_printed")
        words = f"「{printed}」" if says_words(printed, kpi.get(f"{name}_status")) else NO_FIGURE
        return TARGETS_IN_WORDS.get(str(bound), words)
    if pd.notna(upper):
        return f"{format_number(value)}～{format_value(upper, unit)}"
    return format_value(value, unit) + BOUND_WORDS.get(str(bound), "")


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
