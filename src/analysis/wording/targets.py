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
from analysis.wording.formats import LISTS, SIGNS, format_number, format_value, short_fiscal_year
from analysis.wording.labels import DIRECTIONS, KPI_KINDS, NO_FIGURE, STATUSES, labels, say
from analysis.wording.phrases import print_values
from analysis.wording.tables import label_table

BOUNDS = labels("bounds")
TARGETS_IN_WORDS = labels("targets_in_words")


def format_target(kpi: dict[str, Any]) -> str:
    """Write a KPI's target as it was set: 93％超, 696～890人, 100％±10％, 従前値より改善.

    Words that nothing can be compared with stand in brackets: 「充実」.
    """
    if pd.notna(kpi["target"]) and pd.notna(kpi.get("tolerance")):
        band = SIGNS["percent"].format(number=format_number(kpi["tolerance"] * 100))
        target = format_value(kpi["target"], kpi.get("unit"))
        return say("targets.band", target=target, tolerance=band)
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
    final = say(
        "targets.final" if pd.isna(kpi.get("final_year")) else "targets.final_by",
        target=format_final_target(kpi),
        year=short_fiscal_year(kpi.get("final_year", float("nan"))),
    )
    return LISTS["dot"].join([format_target(kpi), final]) if goal == "both" else final


def say_goal(kpi: dict[str, Any]) -> str:
    """Name what a KPI aims at in words: 目標200件, 最終目標93％（R2）."""
    goal = format_goal(kpi)
    return goal if find_goal(kpi) == "final_target" else say("targets.of_year", target=goal)


def _format_bound(kpi: dict[str, Any], name: str) -> str:
    form, bound, unit = find_form(kpi, name), str(kpi.get(f"{name}_bound")), kpi.get("unit")
    if form == "none":
        return NO_FIGURE
    if form == "comparable":
        return TARGETS_IN_WORDS[bound]
    if form == "words":
        return say("targets.in_words", words=kpi[f"{name}_printed"])
    upper: Any = kpi.get(f"{name}_upper")
    if pd.notna(upper):
        return format_number(kpi[name]) + SIGNS["to"] + format_value(upper, unit)
    value = format_value(kpi[name], unit)
    return say(f"targets_bounded.{bound}", target=value) if bound in BOUNDS else value


def describe_targets(kpis: pd.DataFrame) -> str:
    """Say what the figure of planned values shows, or why there is none."""
    if kpis.empty:
        return say("targets.nothing")
    if len(kpis) > MOST_SAID:
        return _count_targets(kpis)
    planned = list_planned(kpis)
    worded = "".join(
        say("targets.worded", kpi=k["kpi"], goal=say_goal(k)) for k in list_worded(kpis)
    )
    if not planned and worded:
        return say("targets.no_number") + worded
    if not planned:
        return say("targets.no_target", count=len(kpis))
    each = say("targets.figure") + "".join(map(_say_planned, planned)) + worded
    return each if len(each) <= LONGEST else _count_targets(kpis)


def _say_planned(kpi: dict[str, Any]) -> str:
    return say(
        "targets.kpi",
        kpi=kpi["kpi"],
        baseline=format_value(kpi["baseline"], kpi["unit"]),
        target=format_target(kpi),
        final_target=format_final_target(kpi),
        actual=format_value(kpi["actual"], kpi["unit"]),
        status=STATUSES[kpi["actual_status"]],
    )


def _count_targets(kpis: pd.DataFrame) -> str:
    """Say how many KPIs have which target."""
    [(_, (of_year, final, none))] = count_planned(kpis, None)
    return say("targets.counted", count=len(kpis), of_year=of_year, final=final, none=none)


def name_planned_values(kpi: dict[str, Any]) -> list[tuple[float, str]]:
    """Name what stands on the line of a KPI's plan: values with words, equal ones as one.

    `kpi` is a row of `list_planned`. What has one value above 0 alone stands on a line from 0.
    """
    is_plan, is_dated = kpi["target_status"] == "planned", pd.notna(kpi["final_year"])
    year, last = short_fiscal_year(kpi["fiscal_year"]), short_fiscal_year(kpi["final_year"])
    words = {
        "baseline": say("targets.planned_baseline"),
        "target": say(
            "targets.planned_target_as_plan" if is_plan else "targets.planned_target", year=year
        ),
        "final_target": say(
            "targets.planned_final_by" if is_dated else "targets.planned_final", year=last
        ),
    }
    values, said = group_planned_values(kpi), []
    for value, names in values:
        named = say("targets.equals").join(words[name] for name in names)
        printed = format_value(value, kpi["unit"])
        said.append((value, say("targets.planned_value", names=named, value=printed)))
    alone = len(values) == 1 and pd.isna(kpi["baseline"]) and values[0][0] > 0
    return [(0.0, "0"), *said] if alone else said


def name_actual(kpi: dict[str, Any]) -> str:
    """Name the actual above the line of a plan, or say what stands in its place."""
    if pd.isna(kpi["actual"]):
        return say("targets.actual_is", status=STATUSES.get(kpi["actual_status"], ""))
    return say("targets.actual", actual=format_actual(kpi))


def format_actual(kpi: dict[str, Any]) -> str:
    """Write a KPI's actual, marked where it is an estimate."""
    actual = format_value(kpi["actual"], kpi["unit"])
    is_estimate = kpi["actual_status"] == "estimated"
    return say("targets.estimated", actual=actual) if is_estimate else actual


def _targets_of_the_year(kpis: pd.DataFrame) -> list[str]:
    """The targets, but none where it was only concluded from that of a later year."""
    rows = list_rows(kpis, *TARGET_COLUMNS, "target_before")
    targets = [_format_revised(kpi) for kpi in rows]
    return [NO_FIGURE if no else t for t, no in zip(targets, has_copied_target(kpis), strict=True)]


def _format_revised(kpi: dict[str, Any]) -> str:
    """The target, with what it was before it was revised where the source prints both."""
    target, before = format_target(kpi), kpi.get("target_before")
    if before is None or pd.isna(before):
        return target
    return say("targets.revised", target=target, before=format_value(before, kpi["unit"]))


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
