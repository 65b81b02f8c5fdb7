"""What a report says first of its KPIs: what was reached, what lies ahead, what is not known.

The counts and the rows that each sentence of `describe_findings` puts into words. Rows are dicts
of the columns of `add_achievement`; KPIs that only repeat another one's fact are to be left out
before (`leave_out_repeats`).
"""

from typing import Any, NamedTuple

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.kpis import is_part_year
from analysis.measures.reasons import has_concluded_figures
from analysis.measures.states import BEFORE_FINAL_YEAR
from analysis.measures.targets import TARGET_COLUMNS

SAID_OF_UNKNOWN = ("kpi", "unit", "actual", "target", "final_target", "final_year")

Row = dict[str, Any]


def list_worse(kpis: pd.DataFrame, audit: pd.DataFrame) -> list[str]:
    """List the KPIs that are worse than their baseline, but for those a judgement is held to.

    A KPI counts once its target can be judged, or while it is not due yet.
    """
    judged = audit.loc[audit["finding"] == "worse_than_baseline", "kpi"]
    asked = (kpis["reached"] != "unknown") | (kpis["reached_note"] == "not_due")
    worse = (kpis["progress_rate"] < 0) & asked & ~kpis["kpi"].isin(judged)
    return list(kpis.loc[worse, "kpi"])


def list_days(kpis: pd.DataFrame) -> list[str]:
    """List the days within the year that actuals are of (`as_of`), the earliest first."""
    return sorted(set(kpis["as_of"])) if "as_of" in kpis else []


def list_reached_early(kpis: pd.DataFrame) -> tuple[int, list[str]]:
    """Count the KPIs judged by a day within the year already, and list the days."""
    early = kpis[(kpis["reached"] != "unknown") & is_part_year(kpis)]
    return len(early), list_days(early) if len(early) else []


def count_concluded(kpis: pd.DataFrame) -> int:
    """Count the judged KPIs whose target or actual was concluded rather than read."""
    return int((has_concluded_figures(kpis) & (kpis["reached"] != "unknown")).sum())


class FinalTargets(NamedTuple):
    """Where the KPIs stand that have a final target of a later year.

    `kpis` is their number and `first` one of them; `reached` are at it already, of these
    `by_part_year` by a day of `days`. `years` are the final years, `years_left` how far off they
    were in the `fiscal_years` evaluated. Of `early` no target of the year is printed, their final
    years are `early_years`; on the straight line to it are `on_course`, below it `off_course`,
    and farther than at the start `moved_away` (all 0 where fewer than two or without a rate).
    """

    kpis: int
    first: Row
    reached: int
    by_part_year: int
    days: list[str]
    years: list[int]
    years_left: list[int]
    fiscal_years: list[int]
    early: int
    early_years: list[int]
    on_course: int
    off_course: int
    moved_away: int


def find_final_targets(kpis: pd.DataFrame) -> FinalTargets | None:
    """Find where the KPIs stand that have a final target of a later year; None without any.

    One of which it is not known whether it is at its final target is not looked at.
    """
    later = kpis[(kpis["final_year"] > kpis["fiscal_year"]) & (kpis["at_final"] != "unknown")]
    if later.empty:
        return None
    reached = later[later["at_final"] == "yes"]
    by_part = reached[is_part_year(reached)]
    early = later[later["reached_note"].isin(BEFORE_FINAL_YEAR) & (later["target"] != 0)]
    pace = early["pace_rate"].dropna() if len(early) > 1 else early["pace_rate"].iloc[:0]
    on_course, moved_away = int((pace >= 1).sum()), int((pace < 0).sum())
    return FinalTargets(
        kpis=len(later),
        first=list_rows(later, "kpi", *TARGET_COLUMNS)[0],
        reached=len(reached),
        by_part_year=len(by_part),
        days=list_days(by_part),
        years=sorted(set(later["final_year"])),
        years_left=sorted(set(later["final_year"] - later["fiscal_year"])),
        fiscal_years=sorted(set(later["fiscal_year"])),
        early=len(early),
        early_years=sorted(set(early["final_year"])),
        on_course=on_course,
        off_course=len(pace) - on_course - moved_away,
        moved_away=moved_away,
    )


def list_missed_finals(kpis: pd.DataFrame) -> list[Row]:
    """List what reached the year's own target and not the final one of the same year."""
    due = (kpis["final_year"] == kpis["fiscal_year"]) & (kpis["reached"] == "yes")
    missed = (due & (kpis["at_final"] == "no")).fillna(False)
    rows = list_rows(kpis, "kpi", *TARGET_COLUMNS)
    return [row for row, is_missed in zip(rows, missed, strict=True) if is_missed]


class Unknown(NamedTuple):
    """KPIs of which it is not known, for one reason, whether they reached their target.

    `reason` is the status of the actual where there is none (`measured` is False), else the note
    of `reached`. `aim` is what all of them have of targets: planned, target, final_target or
    none.
    """

    reason: str
    measured: bool
    aim: str
    rows: list[Row]


def group_unknown(kpis: pd.DataFrame) -> list[Unknown]:
    """Group the KPIs that cannot be judged by the reason: first those without an actual."""
    unknown = kpis[kpis["reached"] == "unknown"]
    measured = unknown["actual"].notna()
    groups = [
        Unknown(str(status), False, _find_aim(rows), list_rows(rows, *SAID_OF_UNKNOWN))
        for status, rows in unknown[~measured].groupby("actual_status", sort=False)
    ]
    by_note = unknown[measured].groupby("reached_note", sort=False, observed=True)
    return groups + [
        Unknown(str(note), True, _find_aim(rows), list_rows(rows, *SAID_OF_UNKNOWN))
        for note, rows in by_note
    ]


def _find_aim(rows: pd.DataFrame) -> str:
    if rows["target"].notna().all():
        return "planned" if (rows["target_status"] == "planned").all() else "target"
    if rows["target"].isna().all() and rows["final_target"].notna().all():
        return "final_target"
    return "none"


def count_others(observations: pd.DataFrame) -> tuple[int, list[int]]:
    """Count the published figures that are no KPI's, and list their fiscal years."""
    known = observations[observations["value"].notna()]
    return len(known), sorted(set(known["fiscal_year"])) if len(known) else []
