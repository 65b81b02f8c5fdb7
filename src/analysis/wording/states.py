"""What state an actual is in: reached, missed, estimated, not there."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.reasons import is_figure_concluded
from analysis.measures.states import BEFORE_FINAL_YEAR, find_state
from analysis.wording.formats import say_day, short_fiscal_year
from analysis.wording.labels import REASONS, STATUSES, say

STATUS_COLUMNS = (
    *("actual_status", "actual_year", "fiscal_year", "as_of"),
    *("is_calendar_year", "break_note"),
)
STATE_COLUMNS = (
    *("reached", "reached_note", "progress_rate", "actual_status", "actual_year", "as_of"),
    *("fiscal_year", "final_year", "target", "final_target", "inferred"),
)


def describe_status(kpis: pd.DataFrame) -> pd.Series:
    """Say what each actual is (速報値, ...), of what day or year, and if a series breaks there."""
    rows = list_rows(kpis, *STATUS_COLUMNS)
    return pd.Series([_status(row) for row in rows], index=kpis.index, dtype="str")


def _status(kpi: dict[str, Any]) -> str:
    broken = kpi.get("break_note")
    is_broken = broken is not None and pd.notna(broken)
    return add_notes(
        STATUSES.get(kpi["actual_status"], ""),
        _older_year(kpi),
        _as_of(kpi),
        say("states.calendar_year") if kpi.get("is_calendar_year") == "yes" else "",
        say("states.break", why=broken) if is_broken else "",
    )


def add_notes(what: str, *notes: str) -> str:
    """Put each note that is there in brackets behind what it is about.

    Examples
    --------
    >>> add_notes("速報値", "H28の値", "", "暦年")
    '速報値（H28の値）（暦年）'
    """
    for note in filter(None, notes):
        what = say("lists.noted", what=what, note=note)
    return what.lstrip()


def _older_year(kpi: dict[str, Any]) -> str:
    """The year of an actual that is not of the year evaluated: H28の値."""
    year = kpi.get("actual_year", float("nan"))
    is_older = pd.notna(year) and year < kpi["fiscal_year"]
    return say("states.of_year", year=short_fiscal_year(year)) if is_older else ""


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
    final = say("states.final_year", year=short_fiscal_year(final_year)) if later else ""
    worse = say("states.worse") if kpi["progress_rate"] < 0 else ""
    by_estimate = kpi["actual_status"] == "estimated"
    if state == "already_final":
        return add_notes(say("states.already_final"), _as_of(kpi), final)
    if state == "begins_later":
        return add_notes(say("states.begins_later"), final)
    if state == "not_due":
        return add_notes(say("states.not_due"), worse, final)
    if state == "reached":
        said = say("states.reached_by_estimate" if by_estimate else "states.reached")
        return add_notes(said, _as_of(kpi), final, _older_year(kpi), _say_concluded(kpi))
    if state == "missed":
        said = say("states.missed_by_estimate" if by_estimate else "states.missed")
        only_final = final if kpi["final_target"] == kpi["target"] else ""
        return add_notes(said, worse, only_final, _older_year(kpi), _say_concluded(kpi))
    if note == "no_actual":
        return say("states.unknown", why=say("states.no_actual", status=_status(kpi)))
    day = _as_of(kpi) if note == "part_year" else ""
    return say("states.unknown", why=add_notes(REASONS.get(note, ""), day))


def _say_concluded(kpi: dict[str, Any]) -> str:
    """That the target or the actual was concluded rather than read: 推定."""
    return say("states.concluded") if is_figure_concluded(kpi.get("inferred")) else ""


def _as_of(kpi: dict[str, Any]) -> str:
    """The day of an actual of part of the year: 9月30日現在."""
    day = kpi.get("as_of")
    return "" if day is None or pd.isna(day) else say_day(day)
