"""How far a published file follows the ministry's rule for machine-readable tables, in words."""

import re
from collections.abc import Mapping

import pandas as pd

from analysis.wording.labels import labels, say
from analysis.wording.places import name_place

LABELS = labels("ministry")
CHECKS, OUTCOMES = labels("ministry.checks"), labels("ministry.outcomes")
REASONS, NOTES = labels("ministry.reasons"), labels("ministry.notes")
EXAMPLES, REMEDIES = labels("ministry.examples"), labels("ministry.remedies")
LONGEST_SHOWN = 40  # letters of a cell in an example
SPAN = re.compile(r"(\d+) x (\d+)")


def note_finding(check: str, why: str, printed: str = "") -> str:
    """Say in a word what was found at a place; "" where the quoted cell says it.

    Examples
    --------
    >>> note_finding("2-1", "empty_row"), note_finding("1-4", "2 x 1"), note_finding("1-3", "text")
    ('空白の行', '2行1列の結合', '')
    """
    said = NOTES.get(f"{check}.{why}", NOTES.get(check, ""))
    return said.format(printed=printed, **_parts(why))


def say_example(check: str, why: str, printed: str, instead: str) -> str:
    r"""Say with a cell of the file itself how it could be written; "" where no cell shows it.

    Examples
    --------
    >>> say_example("1-3", "letters", "推 4,600", "4600")
    '「推 4,600」→ 数値の4600'
    >>> say_example("1-2", "", "36（1）", "36 | 1")
    '「36（1）」→ 「36」と「1」を別々のセルへ'
    >>> say_example("1-5", "break", "実績値\n（件）", "実績値（件）")
    '「実績値↵（件）」→「実績値（件）」'
    """
    said = EXAMPLES.get(f"{check}.{why}", EXAMPLES.get(check, ""))
    if ("{instead}" in said and not instead) or ("{printed}" in said and not printed):
        return ""
    printed, instead = (_show_breaks(text) for text in (printed, instead))
    values = LABELS["and"].join(
        LABELS["value"].format(value=value) for value in instead.split(" | ")
    )
    return said.format(printed=printed, instead=instead, values=values, **_parts(why))


def _show_breaks(text: str) -> str:
    """The beginning of a text on one line, with a sign where a line breaks."""
    plain = text.replace("\n", "↵")
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"


def _parts(why: str) -> dict[str, str]:
    found = SPAN.fullmatch(why)
    rows, columns = found.groups() if found else ("", "")
    return {"rows": rows, "columns": columns}


def title_review(file: str, fulfilled: int) -> str:
    """The title of the page of a file.

    Examples
    --------
    >>> title_review("a.xlsx", 8)
    '「a.xlsx」は、15のチェック項目のうち8項目を満たしています'
    """
    return say("ministry.title", file=file, fulfilled=fulfilled, checks=len(CHECKS))


def summarize_review(counts: Mapping[str, int]) -> str:
    """Say how many checks are fulfilled, could be, and are to be judged by eye.

    Examples
    --------
    >>> summarize_review({"fulfilled": 15})
    '15項目すべてを満たしています。'
    """
    if counts.get("fulfilled") == len(CHECKS):
        return say("ministry.all", checks=len(CHECKS))
    said = say("ministry.fulfilled", count=counts.get("fulfilled", 0))
    if found := counts.get("not_fulfilled", 0):
        said += say("ministry.not_fulfilled", count=found)
    if told := counts.get("by_eye", 0):
        said += say("ministry.by_eye", count=told)
    return said


def say_what_was_read(read: int, doubts: int, problems: int) -> str:
    """Say of how many cells of the file figures and names are read all the same."""
    said = say("ministry.read", count=read)
    if doubts and problems:
        return said + say("ministry.doubts_and_problems", doubts=doubts, problems=problems)
    if doubts:
        return said + say("ministry.doubts", count=doubts)
    return said + say("ministry.problems", count=problems) if problems else said


def say_places(count: int) -> str:
    """Say at how many places."""
    return say("ministry.places", count=count)


def tabulate_review(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings of a file as a table for readers: check, outcome, place, what to write."""
    rows = findings.to_dict("records")
    return pd.DataFrame(
        {
            LABELS["number"]: [row["check"] for row in rows],
            LABELS["check"]: [CHECKS[row["check"]] for row in rows],
            LABELS["outcome"]: [OUTCOMES[row["outcome"]] for row in rows],
            LABELS["sheet"]: [row["sheet"] for row in rows],
            LABELS["places"]: [name_place(row["place"]) for row in rows],
            LABELS["printed"]: [row["printed"] for row in rows],
            LABELS["reason"]: [_tell(row) for row in rows],
            LABELS["instead"]: [_show_example(row) for row in rows],
            LABELS["remedy"]: [REMEDIES[row["check"]] if row["place"] else "" for row in rows],
        }
    )


def _tell(row: Mapping[str, str]) -> str:
    reason = REASONS.get(row["why"], "")
    return note_finding(row["check"], row["why"], row["printed"]) if row["place"] else reason


def _show_example(row: Mapping[str, str]) -> str:
    if not row["place"]:
        return ""
    return say_example(row["check"], row["why"], row["printed"], row["instead"])
