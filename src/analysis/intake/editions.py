"""Which publication is a later edition of another of a folder: 確定版 of what was 速報版.

Two are editions of one where publisher, year and title agree but for the word of the edition,
whichever was read first. What a person wrote into `supersedes` stays.
"""

import re
from typing import Any

import pandas as pd

from analysis.dataset.vocabulary import EDITIONS
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.context import EDITION
from analysis.intake.names import same_name
from analysis.wording.labels import labels

COLUMN = "supersedes"
BRACKETS = re.compile("[][()（）【】〔〕]")


def link_editions(
    tables: dict[str, pd.DataFrame], new: list[dict[str, Any]], replaced: set[str]
) -> list[dict[str, str]]:
    """Say in each later edition what it supersedes; the reasons of those that are not new.

    Parameters
    ----------
    tables
        What the folder holds; its sources, and their reasons, are changed where they need be.
    new
        The sources that are read now: changed, too.
    replaced
        The ids of what they replace.
    """
    held = tables.get("sources", pd.DataFrame()).to_dict("records")
    gone = replaced | {row["source_id"] for row in new}
    typed = {row["place"]: row[COLUMN] for row in held if _is_typed(row)}
    old = [row for row in held if row["source_id"] not in gone]
    for row in new:
        if row["place"] in typed:
            row[COLUMN] = typed[row["place"]]
    changed = [row for row in [*old, *new] if not _is_typed(row) and _link(row, [*old, *new])]
    moved = {row["source_id"]: row for row in old if any(row is one for one in changed)}
    if moved:
        rows = [moved.get(row["source_id"], row) for row in held]
        tables["sources"] = pd.DataFrame(rows).fillna("")
        _drop_reasons(tables, {*moved})
    said = labels("intake_reasons", LANGUAGE_OF_DOCUMENTS)[COLUMN]
    reason = {"table": "sources", "column": COLUMN, "reason": said}
    return [reason | {"key": f"*/{name}"} for name, row in moved.items() if row[COLUMN]]


def _is_typed(row: dict[str, Any]) -> bool:
    return bool(row.get(COLUMN)) and COLUMN not in row["inferred"].split()


def _link(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Name in a source the earlier editions of it; whether that changes it."""
    rank = _rank(row.get("edition", ""))
    earlier = [
        other["source_id"]
        for other in rows
        if rank > 0 > _rank(other.get("edition", "")) and _identify(other) == _identify(row)
    ]
    before = row.get(COLUMN, "")
    found = " ".join(sorted(earlier)) if row["fiscal_year"] else ""
    if found == before:
        return False
    inferred = {*row["inferred"].split()} - {COLUMN} | ({COLUMN} if found else set())
    row |= {COLUMN: found, "inferred": " ".join(sorted(inferred))}
    return True


def _rank(edition: str) -> int:
    return sum(rank for word, rank in EDITIONS.items() if word in edition)


def _identify(row: dict[str, Any]) -> tuple[str, str, str]:
    """Publisher, year and title but for its edition."""
    title = BRACKETS.sub("", EDITION.sub("", row["title"]))
    return same_name(row["publisher"]), str(row["fiscal_year"]), same_name(title)


def _drop_reasons(tables: dict[str, pd.DataFrame], sources: set[str]) -> None:
    """Take out why these sources superseded others before."""
    reasons = tables.get("reasons")
    if reasons is not None:
        is_old = (reasons["table"] == "sources") & (reasons["column"] == COLUMN)
        tables["reasons"] = reasons[~(is_old & reasons["key"].isin([f"*/{s}" for s in sources]))]
