"""Where a KPI stands: reached, missed, not due yet or unknown."""

from typing import Any

BEFORE_FINAL_YEAR = ("already_final", "not_due")


def find_state(kpi: dict[str, Any]) -> str:
    """Find where a KPI stands in the year, from a row with the columns of `add_achievement`.

    Returns
    -------
    already_final (the final target of a later year is met already), begins_later (the year's
    target is 0 before another final target), not_due, reached, missed or unknown.

    Examples
    --------
    >>> find_state({"reached": "no", "reached_note": ""})
    'missed'
    >>> find_state({"reached": "unknown", "reached_note": "not_due", "target": 0.0,
    ...             "final_target": 50.0})
    'begins_later'
    """
    note = kpi["reached_note"]
    if note == "already_final":
        return "already_final"
    if note == "not_due":
        begins = kpi["target"] == 0 and kpi["final_target"] != 0
        return "begins_later" if begins else "not_due"
    return {"yes": "reached", "no": "missed"}.get(kpi["reached"], "unknown")
