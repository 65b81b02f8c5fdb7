"""What state an actual is in: reached, missed, estimated, not there."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.states import BEFORE_FINAL_YEAR, find_state
from analysis.wording.formats import say_day, short_fiscal_year
from analysis.wording.labels import REASONS, STATUSES

STATUS_COLUMNS = (
    *("actual_status", "actual_year", "fiscal_year", "as_of"),
    *("is_calendar_year", "break_note"),
)
STATE_COLUMNS = (
    *("reached", "reached_note", "progress_rate", "actual_status", "actual_year", "as_of"),
    *("fiscal_year", "final_year", "target", "final_target"),
)


def describe_status(kpis: pd.DataFrame) -> pd.Series:
    """Say what each actual is (速報値, ...), of what day or year, and if a series breaks there."""
    rows = list_rows(kpis, *STATUS_COLUMNS)
    return pd.Series([_status(row) for row in rows], index=kpis.index, dtype="str")


def _status(kpi: dict[str, Any]) -> str:
    broken = kpi.get("break_note")
    return (
        STATUSES.get(kpi["actual_status"], "")
        + _older_year(kpi)
        + _as_of(kpi)
        + "（暦年）" * (kpi.get("is_calendar_year") == "yes")
        + ("" if broken is None or pd.isna(broken) else f"（前年度までと比べられない：{broken}）")
    )


def _older_year(kpi: dict[str, Any]) -> str:
    year = kpi.get("actual_year", float("nan"))
    is_older = pd.notna(year) and year < kpi["fiscal_year"]
    return f"（{short_fiscal_year(year)}の値）" if is_older else ""


def describe_state(kpis: pd.DataFrame) -> pd.Series:
    """Say in a mark and a few words where each KPI stands.

    ● reached, ◆ missed, ○ and ◇ the same by an estimate, □ not due yet, ？ unknown with the
    reason. `kpis` has the columns of `add_achievement`.
    """
    states = [f"{mark_state(row)} {say_state(row)}" for row in list_rows(kpis, *STATE_COLUMNS)]
    return pd.Series(states, index=kpis.index, dtype="str")


STATE_MARKS = {("yes", False): "●", ("yes", True): "○", ("no", False): "◆", ("no", True): "◇"}


def mark_state(kpi: dict[str, Any]) -> str:
    """Choose the one mark for where a KPI stands, in figures and tables alike."""
    if kpi["reached_note"] in BEFORE_FINAL_YEAR:
        return "□"
    return STATE_MARKS.get((kpi["reached"], kpi["actual_status"] == "estimated"), "？")


def say_state(kpi: dict[str, Any]) -> str:
    """Say in a few words where a KPI stands, from its STATE_COLUMNS."""
    state, final_year, note = find_state(kpi), kpi["final_year"], kpi["reached_note"]
    later = pd.notna(final_year) and final_year > kpi["fiscal_year"]
    final = f"（最終年度は{short_fiscal_year(final_year)}）" if later else ""
    worse = "（従前値より悪い）" if kpi["progress_rate"] < 0 else ""
    estimated = "推計で" if kpi["actual_status"] == "estimated" else ""
    if state == "already_final":
        return f"最終目標にはすでに達している{_as_of(kpi)}{final}"
    if state == "begins_later":
        return f"この年度の目標は0で、期限前{final}"
    if state == "not_due":
        return f"期限前{worse}{final}"
    if state == "reached":
        return f"{estimated}到達{_as_of(kpi)}{final}{_older_year(kpi)}"
    if state == "missed":
        only_final = final if kpi["final_target"] == kpi["target"] else ""
        return f"{estimated}未達{worse}{only_final}{_older_year(kpi)}"
    why = f"実績は{_status(kpi)}" if note == "no_actual" else REASONS.get(note, "")
    return f"判定できない（{why}{_as_of(kpi) if note == 'part_year' else ''}）"


def _as_of(kpi: dict[str, Any]) -> str:
    """The day of an actual of part of the year: （9月30日現在）."""
    day = kpi.get("as_of")
    return "" if day is None or pd.isna(day) else f"（{say_day(day)}）"
