"""What was changed afterwards."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.revisions import FinalChanges, count_final_changes, count_revisions
from analysis.wording.codebook import name_column
from analysis.wording.formats import (
    LISTS,
    MOST_NAMED,
    format_fiscal_year,
    format_number,
    format_percent,
    format_value,
    short_fiscal_year,
)
from analysis.wording.labels import NO_FIGURE, STATUSES, labels, say
from analysis.wording.phrases import say_judges
from analysis.wording.tables import label_table
from analysis.wording.trends import name_of, signed

COLUMNS = labels("columns") | labels("revised")
CHANGES = labels("changes")
REACHED = labels("reached")
LOWERED = labels("lowered")
POSTPONED = labels("postponed")


def tabulate_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """Each figure a later edition prints differently, from the table of `list_revisions`."""
    rows = list_rows(revisions)
    return label_table(
        "revisions",
        {
            "program_or_kpi": [
                _said(r["program"]) if pd.isna(r["kpi"]) else str(r["kpi"]) for r in rows
            ],
            "fiscal_year": [short_fiscal_year(r["fiscal_year"]) for r in rows],
            "item": [_name(r) for r in rows],
            "earlier": [_cell(r["earlier"], r["column"]) for r in rows],
            "later": [_cell(r["later"], r["column"]) for r in rows],
            "change": [CHANGES[r["change"]] for r in rows],
            "verdict": [_pair(_say_reached(r[end]) for end in REACHED_ENDS) for r in rows],
            "grade": [_pair(_say_grade(r[end]) for end in GRADE_ENDS) for r in rows],
        },
    )


def _name(row: dict[str, Any]) -> str:
    name = COLUMNS.get(row["column"]) or name_column(row["table"], row["column"])
    has_judge = row["table"] == "ratings" and pd.notna(row["item"])
    return say("lists.noted", what=name, note=row["item"]) if has_judge else name


def _said(value: object) -> str:
    return NO_FIGURE if pd.isna(value) else str(value)


def _cell(value: Any, column: str) -> str:
    if pd.isna(value):
        return NO_FIGURE
    if isinstance(value, str):
        return STATUSES.get(value, value)
    return format_percent(value) if column == "published_rate" else format_number(value)


REACHED_ENDS = ("reached_before", "reached_after")
GRADE_ENDS = ("grade_before", "grade_after")


def _say_reached(word: Any) -> str:
    return REACHED.get(word, NO_FIGURE)


def _say_grade(judges: Any) -> str:
    """A grade by its judges; missing where there was no judgement."""
    return (say_judges(judges) if isinstance(judges, dict) else None) or NO_FIGURE


def _pair(said: Iterable[str]) -> str:
    """What both editions say: once where it is the same."""
    return " → ".join(dict.fromkeys(said))


def describe_revisions(revisions: pd.DataFrame) -> str:
    """Say how many figures a later edition changed, and how many verdicts with them."""
    if revisions.empty:
        return say("revisions.nothing_revised") + say("revisions.few_editions")
    found = count_revisions(revisions)
    said = _list_counts({CHANGES[change]: count for change, count in found.changes.items()})
    return say("revisions.revised", count=found.cells, ways=said) + say(
        "revisions.verdicts_move" if found.verdicts else "revisions.no_verdict_moves",
        count=found.verdicts,
    )


def _list_counts(counts: dict[str, int]) -> str:
    return LISTS["comma"].join(
        say("revisions.counted", what=what, count=count) for what, count in counts.items() if count
    )


def tabulate_changed_targets(changed: pd.DataFrame) -> pd.DataFrame:
    """Each target that was changed by a later fiscal year, or within one source."""
    rows = list_rows(changed)
    return label_table(
        "changed_targets",
        {
            "kpi": [name_of(r) for r in rows],
            "stated_before": [_aim(r, "before") for r in rows],
            "stated_after": [_aim(r, "after") for r in rows],
            "changed_by": [signed(r["change"]) for r in rows],
            "way": [LOWERED[r["lowered"] if r["change"] else "same"] for r in rows],
            "due": [POSTPONED[r["postponed"]] for r in rows],
        },
    )


def _aim(row: dict[str, Any], when: str) -> str:
    due, target = row[f"due_{when}"], format_value(row[f"target_{when}"], row["unit"])
    year = short_fiscal_year(due)
    if row["within"] == "yes":
        return say(
            "revisions.aim_before_change" if when == "before" else "revisions.aim",
            year=year,
            target=target,
        )
    stated = short_fiscal_year(row[f"stated_{when}"])
    return say(
        "revisions.stated" if pd.isna(due) else "revisions.stated_with_due",
        stated=stated,
        target=target,
        due=year,
    )


def describe_changed_targets(changed: pd.DataFrame) -> str:
    """Say how many targets were changed and which way, without saying why."""
    if changed.empty:
        return say("revisions.no_target_changed")
    within = changed["within"] == "yes"
    said = [_say_change(row) for row in list_rows(changed[within])]
    finals = count_final_changes(changed)
    if finals.changes == 1:
        said.insert(0, _say_one_final(list_rows(changed[~within])[0]))
    elif finals.changes:
        said.insert(0, _say_finals(finals))
    told, left = "".join(said[:MOST_NAMED]), len(said) - MOST_NAMED
    if left > 0:
        told = say("revisions.more_changes", told=told, count=left)
    return told + say("revisions.no_reason_given")


def _say_change(row: dict[str, Any]) -> str:
    return say(
        "revisions.raised_within" if row["change"] > 0 else "revisions.lowered_within",
        kpi=name_of(row),
        year=format_fiscal_year(row["due_after"]),
        **_say_ends(row),
    )


def _say_ends(row: dict[str, Any]) -> dict[str, str]:
    return {w: format_value(row[f"target_{w}"], row["unit"]) for w in ("before", "after")}


def _say_one_final(row: dict[str, Any]) -> str:
    way = ("raised" if row["change"] > 0 else "lowered") if row["change"] else ""
    later = "postponed" if row["postponed"] == "yes" else ""
    return say(
        f"revisions.final_{'_and_'.join(filter(None, [way, later])) or 'due_changed'}",
        **_say_ends(row),
        due_before=format_fiscal_year(row["due_before"]),
        due_after=format_fiscal_year(row["due_after"]),
    )


def _say_finals(finals: FinalChanges) -> str:
    """How many of several changes of a final target went which way."""
    words = labels("counted")
    counts = {
        "later_easier": finals.easier,
        "later_harder": finals.harder,
        "later_unknown": finals.unknown,
        "postponed": finals.postponed,
    }
    told = _list_counts({words[name]: count for name, count in counts.items()})
    return say(
        "revisions.finals_by_way" if told else "revisions.finals", count=finals.changes, ways=told
    )
