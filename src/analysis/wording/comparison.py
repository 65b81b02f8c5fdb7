"""Programs side by side."""

from typing import Any

import pandas as pd

from analysis.measures.comparison import RESTS_ON, ThreeReadings, count_three_readings
from analysis.measures.keys import list_rows
from analysis.wording.costs import print_costs
from analysis.wording.formats import (
    LISTS,
    format_percent,
    format_percent_range,
    format_rate,
    format_yen,
)
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.tables import label_table

BASES_OF_MEAN = labels("bases_of_mean")


def describe_three_readings(comparison: pd.DataFrame) -> str:
    """Say how many programs reached any, all and what share of their KPIs, unknown ones kept."""
    found = count_three_readings(comparison)
    if not found.programs:
        return say("comparison.nothing")
    if found.unknown == found.kpis:
        return say("comparison.none_judged", programs=found.programs, kpis=found.kpis)
    if found.kpis == 1:
        return ""  # the lead has said it
    share = format_percent(found.reached / found.kpis)
    said = say("comparison.share", kpis=found.kpis, reached=found.reached, share=share)
    if found.unknown:
        said += say("comparison.unknown_counted", count=found.unknown)
    return said if found.programs == 1 else _say_programs(found) + said


def _say_programs(found: ThreeReadings) -> str:
    """Say how many programs reached any target, and how many of these all of theirs."""
    if not found.any_kpi:
        return say("comparison.none_reached", programs=found.programs, any=found.any_kpi)
    return say(
        "comparison.fewer_than_any" if found.all_kpis < found.any_kpi else "comparison.all_of_any",
        programs=found.programs,
        any=found.any_kpi,
        all=found.all_kpis,
    )


NATIONAL_LINE = say("comparison.national")


def tabulate_programs(comparison: pd.DataFrame) -> pd.DataFrame:
    """The programs of a government side by side, from the table of `compare_programs`."""
    means = zip(comparison["mean_capped_low"], comparison["mean_capped_high"], strict=True)
    header, costs = print_costs(comparison)
    full = {}
    if "full_cost_yen" in comparison and comparison["full_cost_yen"].notna().any():
        full = {"full_cost": [format_yen(cost) for cost in comparison["full_cost_yen"]]}
    return label_table(
        "programs",
        {
            "program": comparison["program"],
            "cost": costs,
            **full,
            "kpi": [_count_kpis(row) for row in list_rows(comparison, "kpis", "repeated")],
            **{n: comparison[n].astype("str") for n in ("reached", "missed", "unknown")},
            "mean_capped": [format_percent_range(low, high) for low, high in means],
            "mean_raw": comparison["mean_raw"].map(format_rate),
            "mean_basis": [say_basis(row) for row in list_rows(comparison, *RESTS_ON)],
        },
        headers={"cost": header},
    )


def _count_kpis(row: dict[str, Any]) -> str:
    """Count the KPIs of a program, and beside them those that repeat another one's fact."""
    if row["repeated"] > 0:
        return say("comparison.with_repeats", kpis=row["kpis"], repeated=row["repeated"])
    return str(row["kpis"])


def say_basis(row: dict[str, Any]) -> str:
    """Say on how many KPIs a mean rests and by which rate of each: 進捗率2、不明1."""
    said = [
        say("comparison.basis", basis=BASES_OF_MEAN[name], count=row[name])
        for name in RESTS_ON
        if row[name]
    ]
    return LISTS["comma"].join(said) or NO_FIGURE
