"""How far a figure could be off."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import format_number, format_percent_range, format_value
from analysis.wording.ja.phrases import join_cells, say_note
from analysis.wording.labels import NO_FIGURE

METHODS = {
    "wilson": "回答数による（ウィルソンの方法）",
    "poisson": "件数の偶然の増減（ポアソン分布）",
}


FEW_KPIS = 10


def tabulate_intervals(kpis: pd.DataFrame) -> pd.DataFrame:
    """By how much each actual could differ by chance, from `add_intervals`, or why not said."""
    rows = list_rows(kpis, "actual", "unit", "actual_low", "actual_high", "interval_method")
    level = format_number(kpis["interval_level"].iloc[0] * 100) if rows else "95"
    return pd.DataFrame(
        {
            "指標": kpis["kpi"],
            "実績": [format_value(row["actual"], row["unit"]) for row in rows],
            f"偶然による幅（{level}％）": [
                NO_FIGURE if pd.isna(row["actual_low"]) else _print_interval(row) for row in rows
            ],
            "求め方・求めない理由": join_cells(
                kpis["interval_method"].map(METHODS).fillna(""),
                [say_note(note) for note in kpis["interval_note"]],
            ),
        }
    )


def _print_interval(row: dict[str, Any]) -> str:
    """Both ends; of a count without decimals, which nobody counts."""
    decimals = 0 if row["interval_method"] == "poisson" else 1
    low, high = (format_number(row[f"actual_{end}"], decimals) for end in ("low", "high"))
    return f"{low}～{high}{row['unit']}"


def describe_mean_progress(means: pd.DataFrame) -> str:
    """Say how far the mean progress depends on which KPIs there are; one sentence a group.

    Nothing is said of a single KPI: it has a rate, and no mean.
    """
    if means.empty:
        return "指標がないため、進み具合の平均は求められません。"
    said = []
    for row in means[means["kpis"] > 1].to_dict("records"):
        if row["not_due"] == row["kpis"]:
            said.append(f"{row['kpis']}指標とも最終年度前のため、平均は求めません。")
            continue
        if row["unknown"] == row["kpis"]:
            said.append(f"{row['kpis']}指標のどれも率が分からず、進み具合の平均は求められません。")
            continue
        ends = format_percent_range(row["mean_capped_low"], row["mean_capped_high"])
        notes = ["0～100％に収める"]
        if row["counted_whole"]:
            notes.append(f"うち{row['counted_whole']}指標は率がないが、到達のため100％と数える")
        if row["unknown"]:
            notes.append(f"うち{row['unknown']}指標は率が分からず0％と100％の幅で数える")
        said.append(
            f"{row['kpis']}指標の進み具合の平均（{'、'.join(notes)}）は{ends}です。{_say_interval(row)}"
        )
    return "".join(said)


def _say_interval(row: dict[str, Any]) -> str:
    """Say between what ends the mean may lie by the choice of KPIs; few say so, and are too few."""
    if row["interval_note"] == "too_few_kpis":
        return "指標が少ないため、指標の選び方による幅は求めません。"
    low, high = (format_number(row[f"interval_{end}"] * 100, 0) for end in ("low", "high"))
    level = format_number(row["level"] * 100)
    few = row["kpis"] <= FEW_KPIS
    wider = "（指標が少ないため、実際の幅はこれより広い可能性があります）" if few else ""
    if low == high:
        return f"{row['kpis']}指標を選び直しても、{level}％の場合で{low}％のままです{wider}。"
    return f"{row['kpis']}指標を選び直すと、{level}％の場合で{low}～{high}％の間になります{wider}。"
