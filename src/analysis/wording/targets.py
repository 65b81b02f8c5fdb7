"""What was planned."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.kpis import has_copied_target
from analysis.measures.targets import (
    TARGET_COLUMNS,
    count_planned,
    find_form,
    find_goal,
    group_planned_values,
    list_planned,
    list_worded,
)
from analysis.wording.distributions import LONGEST, MOST_SAID
from analysis.wording.formats import format_number, format_value, short_fiscal_year
from analysis.wording.labels import DIRECTIONS, KPI_KINDS, NO_FIGURE, STATUSES, labels
from analysis.wording.phrases import print_values
from analysis.wording.tables import label_table

BOUNDS = labels("bounds")
TARGETS_IN_WORDS = labels("targets_in_words")


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
    goal = find_goal(kpi)
    if goal == "target":
        return format_target(kpi)
    year = kpi.get("final_year", float("nan"))
    due = "" if pd.isna(year) else f"（{short_fiscal_year(year)}）"
    final = f"最終目標{format_final_target(kpi)}{due}"
    return f"{format_target(kpi)}・{final}" if goal == "both" else final


def say_goal(kpi: dict[str, Any]) -> str:
    """Name what a KPI aims at in words: 目標200件, 最終目標93％（R2）."""
    return format_goal(kpi) if find_goal(kpi) == "final_target" else f"目標{format_goal(kpi)}"


def _format_bound(kpi: dict[str, Any], name: str) -> str:
    form, bound, unit = find_form(kpi, name), str(kpi.get(f"{name}_bound")), kpi.get("unit")
    if form == "none":
        return NO_FIGURE
    if form == "comparable":
        return TARGETS_IN_WORDS[bound]
    if form == "words":
        return f"「{kpi[f'{name}_printed']}」"
    upper: Any = kpi.get(f"{name}_upper")
    if pd.notna(upper):
        return f"{format_number(kpi[name])}～{format_value(upper, unit)}"
    return format_value(kpi[name], unit) + BOUNDS.get(bound, "")


def describe_targets(kpis: pd.DataFrame) -> str:
    """Say what the figure of planned values shows, or why there is none."""
    if kpis.empty:
        return "指標がないため、目指した水準は分かりません。"
    if len(kpis) > MOST_SAID:
        return _count_targets(kpis)
    planned = list_planned(kpis)
    worded = "".join(
        f"{k['kpi']}の{say_goal(k)}は数値でなく言葉で示されています。" for k in list_worded(kpis)
    )
    if not planned and worded:
        return f"目標の数値がないため、計画を示す図はありません。{worded}"
    if not planned:
        return f"{len(kpis)}指標のどれにも目標の記載がないため、計画を示す図はありません。"
    said = "".join(
        f"{k['kpi']}：従前値{format_value(k['baseline'], k['unit'])}、"
        f"年度の目標{format_target(k)}、"
        f"最終目標{format_final_target(k)}、"
        f"実績{format_value(k['actual'], k['unit'])}（{STATUSES[k['actual_status']]}）。"
        for k in planned
    )
    each = f"従前値・年度の目標・最終目標・実績を指標ごとの目盛りに並べた図。{said}{worded}"
    return each if len(each) <= LONGEST else _count_targets(kpis)


def _count_targets(kpis: pd.DataFrame) -> str:
    """Say how many KPIs have which target."""
    [(_, (of_year, final, none))] = count_planned(kpis, None)
    return (
        f"目標のある指標の図。{len(kpis):,}指標のうち、年度の目標があるのは{of_year:,}、"
        f"最終目標だけがあるのは{final:,}、目標の記載がないのは{none:,}です。"
    )


def name_planned_values(kpi: dict[str, Any]) -> list[tuple[float, str]]:
    """Name what stands on the line of a KPI's plan: values with words, equal ones as one.

    `kpi` is a row of `list_planned`. What has one value above 0 alone stands on a line from 0.
    """
    planned = "（計画値）" if kpi["target_status"] == "planned" else ""
    final = short_fiscal_year(kpi["final_year"]) if pd.notna(kpi["final_year"]) else ""
    words = {
        "baseline": "従前",
        "target": f"{short_fiscal_year(kpi['fiscal_year'])}目標{planned}",
        "final_target": f"{final}最終目標",
    }
    values = group_planned_values(kpi)
    said = [
        (value, f"{'＝'.join(words[name] for name in names)} {format_value(value, kpi['unit'])}")
        for value, names in values
    ]
    alone = len(values) == 1 and pd.isna(kpi["baseline"]) and values[0][0] > 0
    return [(0.0, "0"), *said] if alone else said


def name_actual(kpi: dict[str, Any]) -> str:
    """Name the actual above the line of a plan, or say what stands in its place."""
    if pd.isna(kpi["actual"]):
        return f"実績は{STATUSES.get(kpi['actual_status'], '')}"
    estimated = "（推計）" if kpi["actual_status"] == "estimated" else ""
    return f"実績 {format_value(kpi['actual'], kpi['unit'])}{estimated}"


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
    return label_table(
        "targets",
        {
            "kpi": kpis["kpi"],
            "kind": kpis["kpi_kind"].map(KPI_KINDS),
            "direction": kpis["direction"].map(DIRECTIONS),
            "baseline": print_values(kpis, "baseline"),
            "target_of_year": _targets_of_the_year(kpis),
            "final_target": [format_final_target(k) for k in list_rows(kpis, *TARGET_COLUMNS)],
            "final_year": [short_fiscal_year(year) for year in kpis["final_year"]],
            "place": kpis["place"],
        },
    )
