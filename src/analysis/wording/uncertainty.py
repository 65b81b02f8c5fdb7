"""How far a figure could be off."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.uncertainty import judge_means
from analysis.wording.formats import LISTS, format_number, format_percent_range, format_value
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import join_cells, say_note
from analysis.wording.tables import label_table

METHODS = labels("uncertainty.methods")


def tabulate_intervals(kpis: pd.DataFrame) -> pd.DataFrame:
    """By how much each actual could differ by chance, from `add_intervals`, or why not said."""
    rows = list_rows(kpis, "actual", "unit", "actual_low", "actual_high", "interval_method")
    level = format_number(kpis["interval_level"].iloc[0] * 100) if rows else "95"
    return label_table(
        "intervals",
        {
            "kpi": kpis["kpi"],
            "actual": [format_value(row["actual"], row["unit"]) for row in rows],
            "interval": [
                NO_FIGURE if pd.isna(row["actual_low"]) else _print_interval(row) for row in rows
            ],
            "interval_ground": join_cells(
                kpis["interval_method"].map(METHODS).fillna(""),
                [say_note(note) for note in kpis["interval_note"]],
            ),
        },
        headers={"interval": labels("columns")["interval"].format(level=level)},
    )


def _print_interval(row: dict[str, Any]) -> str:
    """Both ends; of a count without decimals, which nobody counts."""
    decimals = 0 if row["interval_method"] == "poisson" else 1
    low, high = (format_number(row[f"actual_{end}"], decimals) for end in ("low", "high"))
    return say("uncertainty.interval", low=low, high=high, unit=row["unit"])


def describe_mean_progress(means: pd.DataFrame) -> str:
    """Say how far the mean progress depends on which KPIs there are; one sentence a group.

    Nothing is said of a single KPI: it has a rate, and no mean.
    """
    if means.empty:
        return say("uncertainty.nothing")
    said = []
    for row in list_rows(judge_means(means)):
        if row["mean_note"] == "not_due":
            said.append(say("uncertainty.not_due", kpis=row["kpis"]))
        elif row["mean_note"] == "nothing_known":
            said.append(say("uncertainty.nothing_known", kpis=row["kpis"]))
        else:
            said.append(_say_mean(row))
    return "".join(said)


def _say_mean(row: dict[str, Any]) -> str:
    ends = format_percent_range(row["mean_capped_low"], row["mean_capped_high"])
    notes = [say("uncertainty.capped")]
    if row["counted_whole"]:
        notes.append(say("uncertainty.counted_whole", count=row["counted_whole"]))
    if row["unknown"]:
        notes.append(say("uncertainty.unknown", count=row["unknown"]))
    noted = LISTS["comma"].join(notes)
    return say("uncertainty.mean", kpis=row["kpis"], notes=noted, mean=ends) + _say_interval(row)


def _say_interval(row: dict[str, Any]) -> str:
    """Say between what ends the mean may lie by the choice of KPIs; few say so, and are too few."""
    if row["interval_note"] == "too_few_kpis":
        return say("uncertainty.too_few")
    low, high = (format_number(row[f"interval_{end}"] * 100, 0) for end in ("low", "high"))
    return say(
        "uncertainty.stays" if low == high else "uncertainty.varies",
        kpis=row["kpis"],
        level=format_number(row["level"] * 100),
        low=low,
        high=high,
        wider=say("uncertainty.wider") if row["is_narrow"] else "",
    )
