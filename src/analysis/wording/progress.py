"""How far each KPI got towards its target."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.repeats import find_repeats
from analysis.measures.scale import choose_scale
from analysis.measures.states import BEFORE_FINAL_YEAR
from analysis.measures.targets import TARGET_COLUMNS
from analysis.wording.distributions import LONGEST, MOST_SAID, summarize_rates
from analysis.wording.formats import format_number, format_rate, format_value
from analysis.wording.labels import READINGS, REASONS, STATUSES, say
from analysis.wording.phrases import count_reasons, print_values, say_judges
from analysis.wording.states import (
    STATE_COLUMNS,
    describe_state,
    describe_status,
    mark_state,
    say_state,
)
from analysis.wording.tables import label_table
from analysis.wording.targets import format_actual, format_goal, say_goal


def describe_progress(kpis: pd.DataFrame) -> str:
    """Say what the progress figure shows, or why there is none."""
    if kpis.empty:
        return say("progress.nothing")
    scale = choose_scale(kpis)
    if scale is None:
        return say("progress.no_figure", why=count_reasons(kpis["progress_rate_note"]))
    if len(kpis) > MOST_SAID:
        return summarize_rates(kpis)
    is_from_zero = scale == "achievement_rate"
    start = say("progress.from_zero" if is_from_zero else "progress.from_baseline")
    columns = ("kpi", "baseline", "actual", scale, *TARGET_COLUMNS, *STATE_COLUMNS)
    rows = list_rows(kpis, *dict.fromkeys(columns))
    each = start + "".join(_say_progress(row, scale) for row in rows)
    return each if len(each) <= LONGEST else summarize_rates(kpis)


def _say_progress(kpi: dict[str, Any], scale: str) -> str:
    is_from_zero = scale == "achievement_rate"
    return say(
        "progress.kpi_from_zero" if is_from_zero else "progress.kpi_from_baseline",
        kpi=kpi["kpi"],
        baseline=format_value(kpi["baseline"], kpi["unit"]),
        goal=say_goal(kpi),
        actual=format_value(kpi["actual"], kpi["unit"]),
        reading=READINGS[scale],
        rate=format_rate(kpi[scale]),
        state=say_state(kpi),
    )


def explain_progress(kpis: pd.DataFrame) -> str:
    """Say how to read the progress figure and by which formula; nothing where there is none."""
    scale = choose_scale(kpis)
    return say(f"progress.how_by_{scale}") if scale else ""


def caption_progress(kpis: pd.DataFrame) -> str:
    """Caption the progress figure: from what its bars begin."""
    is_from_zero = choose_scale(kpis) == "achievement_rate"
    return say("progress.caption_from_zero" if is_from_zero else "progress.caption_from_baseline")


def name_way(kpi: dict[str, Any], in_short: bool = False) -> str:
    """Name the way a KPI goes: 従前 170件 → 目標200件, in short with the unit only once.

    `kpi` is a row of `list_progress`; where its scale begins at 0, only the goal is named.
    """
    if kpi["scale"] != "progress_rate":
        return say_goal(kpi)
    baseline = format_number(kpi["baseline"])
    if not in_short:
        baseline = format_value(kpi["baseline"], kpi["unit"])
    return say("progress.way", baseline=baseline, goal=say_goal(kpi))


def name_result(kpi: dict[str, Any]) -> str:
    """Name a KPI's actual, marked where it is an estimate."""
    return format_actual(kpi)


def say_why_no_bar(kpi: dict[str, Any]) -> str:
    """Say of a row of `list_progress` without a rate where it stands, and why it has no bar."""
    why = REASONS.get(kpi["why"], "")
    is_early = kpi["reached_note"] in BEFORE_FINAL_YEAR
    if is_early or kpi["reached"] in ("yes", "no"):
        note = REASONS[kpi["reached_note"]] if is_early else why
        return say("lists.noted", what=f"{mark_state(kpi)} {name_result(kpi)}", note=note)
    if kpi["why"] == "no_actual":
        return say("targets.actual_is", status=STATUSES.get(str(kpi["actual_status"]), ""))
    return why


def say_rate_beside_words(kpi: dict[str, Any], judged: bool) -> str:
    """Say the rate of a row of `list_progress`, with the published words where any are."""
    rate = say("progress.rate", reading=READINGS[kpi["scale"]], rate=format_rate(kpi["shown"]))
    if not judged:
        return rate
    progress, grade = (
        print_text(say_judges(kpi[f"{name}_judges"])) for name in ("progress", "grade")
    )
    return say("progress.rate_beside_words", rate=rate, progress=progress, grade=grade)


def print_text(word: object) -> str:
    """A printed text in a figure: a word, a name; a dash where there is none."""
    return say("progress.no_text") if pd.isna(word) else str(word)


RATES_TO_TARGETS = ("achievement_rate", "progress_rate", "final_rate")


def tabulate_progress(kpis: pd.DataFrame) -> pd.DataFrame:
    """How far each KPI got: target, actual with its status, the plain rates, where it stands.

    Baselines are a column where any is known.

    A KPI that repeats another one's fact (`find_repeats`) says so, also where that one is of a
    program that is not among the rows.
    """
    said = kpis.reindex(columns=["same_as"])["same_as"].notna()
    elsewhere = np.where(said, say("progress.repeats_unlisted"), "")
    again = np.where(find_repeats(kpis) != "", say("progress.repeats_listed"), elsewhere)
    has_baseline = kpis.empty or kpis["baseline"].notna().any()
    return label_table(
        "progress",
        {
            "kpi": kpis["kpi"],
            "conclusion": describe_state(kpis) + again,
            **({"baseline": print_values(kpis, "baseline")} if has_baseline else {}),
            "target": [format_goal(kpi) for kpi in list_rows(kpis, *TARGET_COLUMNS)],
            "actual": print_values(kpis, "actual"),
            "actual_status": describe_status(kpis),
            **{name: kpis[name].map(format_rate) for name in RATES_TO_TARGETS},
        },
        states=["conclusion"],
        headers=READINGS,
    )
