"""Targets as they are printed, with their bounds."""

from typing import Any

import pandas as pd

from analysis.measures.achievement import says_words
from analysis.wording.formats import format_number, format_value, short_fiscal_year
from analysis.wording.labels import NO_FIGURE

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
