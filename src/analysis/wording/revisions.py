"""What was changed afterwards."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.revisions import FinalChanges, count_final_changes, count_revisions
from analysis.wording.codebook import name_column
from analysis.wording.formats import (
    format_fiscal_year,
    format_number,
    format_percent,
    format_value,
    list_some,
    short_fiscal_year,
)
from analysis.wording.labels import NO_FIGURE, STATUSES, labels
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
            "item": [_name(r) + _judge(r) for r in rows],
            "earlier": [_cell(r["earlier"], r["column"]) for r in rows],
            "later": [_cell(r["later"], r["column"]) for r in rows],
            "change": [CHANGES[r["change"]] for r in rows],
            "verdict": [_pair(_say_reached(r[end]) for end in REACHED_ENDS) for r in rows],
            "grade": [_pair(_say_grade(r[end]) for end in GRADE_ENDS) for r in rows],
        },
    )


def _name(row: dict[str, Any]) -> str:
    return COLUMNS.get(row["column"]) or name_column(row["table"], row["column"])


def _judge(row: dict[str, Any]) -> str:
    return f"（{row['item']}）" if row["table"] == "ratings" and pd.notna(row["item"]) else ""


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
        return (
            "手元の資料には、版によって違う数値は見つかりません。"
            "1つの版しか手元にない資料が多く、後から直されていないという意味ではありません。"
        )
    found = count_revisions(revisions)
    said = "、".join(f"{CHANGES[change]}{count}件" for change, count in found.changes.items())
    follows = "到達の判定は変わりません。"
    if found.verdicts:
        follows = f"{found.verdicts:,}指標で到達の判定が変わります。"
    return f"後の版で違っている数値は{found.cells}件です（{said}）。{follows}"


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
    due = row[f"due_{when}"]
    if row["within"] == "yes":
        earlier = "（変更前）" if when == "before" else ""
        goal = format_value(row[f"target_{when}"], row["unit"])
        return f"{short_fiscal_year(due)}の目標{earlier}：{goal}"
    by = "" if pd.isna(due) else f"（{short_fiscal_year(due)}まで）"
    stated = short_fiscal_year(row[f"stated_{when}"])
    return f"{stated}：{format_value(row[f'target_{when}'], row['unit'])}{by}"


def describe_changed_targets(changed: pd.DataFrame) -> str:
    """Say how many targets were changed and which way, without saying why."""
    if changed.empty:
        return "手元の資料の中で、途中で変わった目標は見つかりません。"
    within = changed["within"] == "yes"
    said = [_say_change(row) for row in list_rows(changed[within])]
    finals = count_final_changes(changed)
    if finals.changes == 1:
        said.insert(0, f"最終目標の変更は1件{_say_one_final(list_rows(changed[~within])[0])}。")
    elif finals.changes:
        said.insert(0, f"最終目標の変更は{finals.changes}件です{_say_finals(finals)}。")
    return f"{list_some(said, '')}変えた理由は、この表からは分かりません。"


def _say_change(row: dict[str, Any]) -> str:
    way = "引き上げ" if row["change"] > 0 else "引き下げ"
    return (
        f"「{name_of(row)}」の{format_fiscal_year(row['due_after'])}の目標は"
        f"{_ends(row)}に{way}られました（同じ資料の記載）。"
    )


def _ends(row: dict[str, Any]) -> str:
    return "から".join(format_value(row[f"target_{w}"], row["unit"]) for w in ("before", "after"))


def _say_one_final(row: dict[str, Any]) -> str:
    years = "から".join(format_fiscal_year(row[f"due_{w}"]) for w in ("before", "after"))
    later = f"{years}への期限の先送り" if row["postponed"] == "yes" else ""
    moved = f"{_ends(row)}への{'引き上げ' if row['change'] > 0 else '引き下げ'}"
    how = "と、".join(filter(None, [moved if row["change"] else "", later]))
    return f"で、{how or '期限の記載が変わったもの'}です"


def _say_finals(finals: FinalChanges) -> str:
    """How many of several changes of a final target went which way."""
    words = labels("counted")
    counts = {
        "later_easier": finals.easier,
        "later_harder": finals.harder,
        "later_unknown": finals.unknown,
        "postponed": finals.postponed,
    }
    told = "、".join(f"{words[name]}{count}件" for name, count in counts.items() if count)
    return f"（{told}）" if told else ""
