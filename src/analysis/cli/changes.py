"""What `sosei diff` says: how much differs, then one change a line."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.measures.achievement import RATES
from analysis.measures.changes import count_changes
from analysis.measures.keys import list_rows
from analysis.page.changes import Comparison, write_changes, write_page
from analysis.page.export.clean import CONTROLS
from analysis.wording import name_subject, word_changes

MOST_LINES = 20  # of one part
LONGEST_TEXT = 80
COUNTED_ONLY = (*RATES, "rubric_grade", "sentence")  # unless every change is to be listed
NAMES = {
    "conclusion": "conclusions",
    "actual": "actuals and baselines",
    "target": "targets",
    "presence": "programs, KPIs and rows that one edition has alone",
    "definition": "names, units, directions",
    "amount": "amounts",
    "rating": "published judgements",
    "other": "other figures",
    "years": "fiscal years that one edition has alone (no change)",
}


def describe_comparison(comparison: Comparison, *, show_all: bool = False) -> str:
    """Describe what differs: counts, and of each part its changes, one a line."""
    changes = comparison.changes
    old, new = comparison.names
    if changes.empty:
        return f"{old} -> {new}: nothing differs"
    found = count_changes(changes)
    lines = [
        f"{old} -> {new}: differences {found.differs:,}, verdicts that move {found.verdicts:,}"
    ]
    for part, rows in changes.groupby("part", sort=False):
        kinds = rows["column" if part == "conclusion" else "change"].value_counts(sort=False)
        said = ", ".join(f"{number:,} {word}" for word, number in kinds.items())
        lines.append(f"{len(rows):6,} × {NAMES[str(part)]}: {said}")
    if comparison.unworded:
        lines.append(
            f"{comparison.unworded:,} programs of a year whose sentences were not compared"
        )
    for part, rows in changes.groupby("part", sort=False):
        lines += ["", f"{NAMES[str(part)]}:", *_list_changes(rows, comparison, show_all)]
    return "\n".join(lines)


def _list_changes(rows: pd.DataFrame, comparison: Comparison, show_all: bool) -> Iterator[str]:
    listed = rows if show_all else rows[~rows["column"].isin(COUNTED_ONLY)].head(MOST_LINES)
    worded = word_changes(listed, comparison.new.rubrics)
    for row, said in zip(list_rows(listed), list_rows(worded), strict=True):
        ends = " -> ".join(_shorten(said[end], show_all) for end in ("before", "after"))
        year = "" if pd.isna(row["fiscal_year"]) else f" {row['fiscal_year']}"
        places = [
            f"{row[f'{end}_source_id']} {row[f'{end}_place']}"
            for end in ("earlier", "later")
            if pd.notna(row[f"{end}_place"])
        ]
        where = f" [{' -> '.join(dict.fromkeys(places))}]" if places else ""
        line = f"  {name_subject(row)}{year} {said['what']}: {ends}; {said['how']}{where}"
        yield CONTROLS.sub("\ufffd", line).replace("\n", " ").replace("\t", " ")
    if len(listed) < len(rows):
        yield f"  {len(rows) - len(listed):,} more: --all lists every one, --csv FILE writes them"


def _shorten(text: str, show_all: bool) -> str:
    return text if show_all or len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def write_files(comparison: Comparison, csv: Path | None, html: Path | None) -> Iterator[str]:
    """Write the files that were asked for, and say what stands in each."""
    if csv is not None:
        write_changes(comparison, csv)
        yield f"{csv} holds every change"
    if html is not None:
        beside = write_page(comparison, html)
        yield f"{html} is the page, {beside} holds every change"
