"""What a KPI aims at: in which form its targets are given, and which of them is the goal."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.distributions import Group, split_groups
from analysis.measures.keys import list_rows
from analysis.measures.kpis import (
    AGAINST_BASELINE,
    has_copied_target,
    is_in_words,
    says_words,
)

PLANNED_VALUES = ("baseline", "target", "final_target")
TARGET_COLUMNS = (
    *("target", "target_bound", "target_upper", "tolerance", "unit"),
    *("final_target", "final_target_bound", "final_target_upper", "final_year"),
    *("target_printed", "target_status", "final_target_printed", "final_target_status"),
)
BESIDE_TARGETS = ("kpi", "fiscal_year", "baseline", "actual", "actual_status", "reached")


def find_form(kpi: dict[str, Any], name: str) -> str:
    """Find in which form a target (or `final_target`) of a KPI is given.

    Returns
    -------
    number, comparable (words that are held against the baseline: 改善), words (「充実」) or none.

    Examples
    --------
    >>> find_form({"target": float("nan"), "target_printed": "充実"}, "target")
    'words'
    """
    if pd.notna(kpi[name]):
        return "number"
    if str(kpi.get(f"{name}_bound")) in AGAINST_BASELINE:
        return "comparable"
    printed, status = kpi.get(f"{name}_printed"), kpi.get(f"{name}_status")
    return "words" if says_words(printed, status) else "none"


def find_goal(kpi: dict[str, Any]) -> str:
    """Find what a KPI aims at: its `target` of the year, else its `final_target`; or `both`.

    Both where the year's target is words that nothing can be compared with, and the final one a
    number.

    Examples
    --------
    >>> find_goal({"target": float("nan"), "final_target": 93.0})
    'final_target'
    """
    form = find_form(kpi, "target")
    if form == "words" and pd.notna(kpi["final_target"]):
        return "both"
    if form == "none" and find_form(kpi, "final_target") != "none":
        return "final_target"
    return "target"


def list_planned(kpis: pd.DataFrame) -> list[dict[str, Any]]:
    """List the KPIs that have a target in figures, of the year or a final one.

    Added is `target_is_copied`: the year's target was only concluded from that of a later year.
    """
    rows = zip(_list_targets(kpis), has_copied_target(kpis).tolist(), strict=True)
    return [row | {"target_is_copied": copied} for row, copied in rows if _has_figure(row)]


def has_planned(kpis: pd.DataFrame) -> Any:
    """Whether each KPI has a target in figures, of the year or a final one."""
    return (kpis["target"].notna() | kpis["final_target"].notna()).to_numpy()


def find_planned_change(kpis: pd.DataFrame) -> pd.Series:
    """Find by what share of its baseline each KPI should change: 0.5 from 100 to 150.

    To the year's target, else to the final one. Missing without a baseline, or from one of 0.
    """
    aim = kpis["target"].fillna(kpis["final_target"]).astype("float64")
    baseline = kpis["baseline"].astype("float64")
    baseline = baseline.where(baseline != 0)
    return (aim - baseline) / baseline.abs()


def count_planned(kpis: pd.DataFrame, by: str | None) -> list[tuple[Group, tuple[int, int, int]]]:
    """Count for each group the KPIs with a target of the year, with only a final one, with none.

    A target in words counts.
    """
    of_year = kpis["target"].notna() | is_in_words(kpis, "target")
    final = ~of_year & (kpis["final_target"].notna() | is_in_words(kpis, "final_target"))
    flags = np.column_stack([of_year, final, ~of_year & ~final])
    return [
        (group, tuple(flags[group.rows].sum(axis=0).tolist())) for group in split_groups(kpis, by)
    ]


def list_worded(kpis: pd.DataFrame) -> list[dict[str, Any]]:
    """List the KPIs whose targets are given in words alone."""
    in_words = is_in_words(kpis, "target") | is_in_words(kpis, "final_target")
    rows = zip(_list_targets(kpis), in_words, strict=True)
    return [row for row, worded in rows if worded and not _has_figure(row)]


def _list_targets(kpis: pd.DataFrame) -> list[dict[str, Any]]:
    return list_rows(kpis, *BESIDE_TARGETS, *TARGET_COLUMNS)


def _has_figure(row: dict[str, Any]) -> bool:
    return bool(pd.notna(row["target"]) or pd.notna(row["final_target"]))


def group_planned_values(kpi: dict[str, Any]) -> list[tuple[float, list[str]]]:
    """Group what was planned of a KPI by value: of each, which of PLANNED_VALUES it is.

    `kpi` is a row of `list_planned`. A copied target is none of the year.

    Examples
    --------
    >>> group_planned_values({"baseline": 5.0, "target": 9.0, "final_target": 9.0,
    ...                       "target_is_copied": False})
    [(5.0, ['baseline']), (9.0, ['target', 'final_target'])]
    """
    of_value: dict[float, list[str]] = {}
    for name in PLANNED_VALUES:
        if pd.notna(kpi[name]) and not (name == "target" and kpi["target_is_copied"]):
            of_value.setdefault(kpi[name], []).append(name)
    return list(of_value.items())
