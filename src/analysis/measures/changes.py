"""What differs between two editions of the data: figures, names, what is there, conclusions."""

from typing import NamedTuple

import pandas as pd

from analysis.dataset.load import Dataset
from analysis.dataset.tables import PROGRAM
from analysis.errors import DataError
from analysis.measures.conclusions import find_moved, find_moved_judgements
from analysis.measures.keys import KPI, KPI_YEAR, find_rows, take
from analysis.measures.matches import MAIN, compare_cells, list_presence, match_rows

PARTS = (
    *("conclusion", "actual", "target", "presence", "definition", "amount", "rating", "other"),
    "years",
)
CHANGE_COLUMNS = (
    *("part", "table", "column", "change", "government", "program", "kpi", *KPI_YEAR, "item"),
    *("earlier", "later", "unit_before", "unit_after", "status_before", "status_after"),
    *("way", "moved_by", "earlier_source_id", "earlier_place", "later_source_id", "later_place"),
)
AS_GIVEN = ("earlier", "later")  # figures and words, as their tables hold them


def find_changes(old: Dataset, new: Dataset) -> pd.DataFrame:
    """Find what differs between two editions of the data, and which conclusions move with it.

    Parameters
    ----------
    old, new
        As `load` returns them: two folders, or two slices of the same kind.

    Returns
    -------
    One row per change, in the order of `part`:

    part
        conclusion, actual (with baselines), target, presence, definition (names, units,
        directions), amount, rating, other; last years: fiscal years that one edition has alone.
    table, column
        What changed; of a conclusion `reached`, a rate of `add_achievement`, or
        `rubric_grade` (`item` names the rubric of `new`).
    change
        changed; filled (only `new` has the figure); withdrawn (only `old` has it); status (the
        figure stands, its status does not); moved (a conclusion); new and gone (a program, KPI,
        row); new_year and gone_year (one row per government, table and fiscal year).
    government, program, kpi
        The names, of `new` where it has them.
    government_code, program_id, kpi_id, fiscal_year, item
        The key; `item` is which amount, observation, judge, axis, rubric.
    earlier, later
        The figure or word; words of a cell without a figure; of new_year and gone_year the
        number of rows. Missing where there is none.
    unit_before, unit_after, status_before, status_after
        The unit (yen and ratio are codes) and the status beside the figure, where it has them.
    way
        Of a target or final target: eased, tightened by the KPI's direction, or unknown (no direction, or unit or
        direction changed as well).
    moved_by
        Of a conclusion: the groups of figures (actual, baseline, target, definition; a blank
        between) of which each alone gives the later conclusion; if none does, those that
        move it at all; if none does that either, all that differ. Of a graded judgement: rating.
    earlier_source_id, earlier_place, later_source_id, later_place
        Where each was printed.

    Rows are matched by their keys without the source. A source or place alone is no change; nor
    are notes in our own words. What belongs to a program that came or went is not listed beside
    it, but for its KPIs; nor are the years of a KPI that did.

    Raises
    ------
    DataError
        When one of them is no dataset, or a table has two rows with one key.

    Examples
    --------
    >>> from analysis import load
    >>> fair = load("data", "082201", 2018, "job_fair")
    >>> len(find_changes(fair, fair))
    0
    """
    for name, given in (("old", old), ("new", new)):
        if not isinstance(given, Dataset):
            kind = type(given).__name__
            raise DataError(f"{name} is {kind!r}; give what load returns, not one of its tables")
    matches = {name: match_rows(name, old.tables[name], new.tables[name]) for name in MAIN}
    found = [
        find_moved(matches["kpis"], new.rubrics),
        find_moved_judgements(matches["ratings"], new.rubrics),
        *map(compare_cells, matches.values()),
        *list_presence(matches),
    ]
    rows = [part.astype("object") for part in found if len(part)]
    changes = pd.concat(rows) if rows else pd.DataFrame(columns=list(CHANGE_COLUMNS))
    return _finish(changes, old, new)


def _finish(changes: pd.DataFrame, old: Dataset, new: Dataset) -> pd.DataFrame:
    """Put the changes in the order of their parts, with names, each column in its own type."""
    changes = changes.reset_index(drop=True)
    order = changes["part"].map(PARTS.index).argsort(kind="stable")
    changes = changes.iloc[order].reset_index(drop=True)
    named = changes.assign(
        government=_find_names(changes, old.programs, new.programs, PROGRAM, "government"),
        program=_find_names(changes, old.programs, new.programs, PROGRAM, "program"),
        kpi=_find_names(changes, old.kpis, new.kpis, KPI, "kpi"),
    )
    texts = [name for name in CHANGE_COLUMNS if name not in (*AS_GIVEN, "fiscal_year")]
    types = dict.fromkeys(texts, "str") | {"fiscal_year": "Int64"}
    return named.reindex(columns=list(CHANGE_COLUMNS)).astype(types)


def _find_names(
    changes: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, on: list[str], name: str
) -> pd.Series:
    """The name of each row's program or KPI: that of the new edition, else of the old."""
    keys = changes.reindex(columns=on)
    found = [
        take(table[name].astype("object"), find_rows(keys, table, on), changes.index)
        for table in (new, old)
    ]
    return found[0].where(found[0].notna(), found[1])


class ChangeCounts(NamedTuple):
    """How much differs between two editions: rows of `find_changes`, and KPIs of a year.

    `now_reached` and `no_longer` are the KPI-years whose verdict moved between yes and no,
    `other_verdicts` those that began or ceased to be known; `by_target` of all three moved by
    their targets alone. `years` are fiscal years that one edition has alone, which are no
    changes.
    """

    changes: int
    parts: dict[str, int]
    now_reached: int
    no_longer: int
    other_verdicts: int
    by_target: int
    corrected: int
    filled: int
    withdrawn: int
    statuses: int
    eased: int
    tightened: int
    gone: int
    new: int
    years: int


def count_changes(changes: pd.DataFrame) -> ChangeCounts:
    """Count the rows of `find_changes` by what a first sentence says of them."""
    part, change = changes["part"], changes["change"]
    figures = changes[part.isin(["actual", "amount", "other"])]["change"]
    verdicts = changes[changes["column"] == "reached"]
    ends = [verdicts["earlier"], verdicts["later"]]
    now, no_longer = (
        int(((ends[0] == a) & (ends[1] == b)).sum()) for a, b in (("no", "yes"), ("yes", "no"))
    )
    is_year = part == "years"
    return ChangeCounts(
        changes=int((~is_year).sum()),
        parts={name: int((part == name).sum()) for name in PARTS},
        now_reached=now,
        no_longer=no_longer,
        other_verdicts=len(verdicts) - now - no_longer,
        by_target=int((verdicts["moved_by"] == "target").sum()),
        corrected=int((figures == "changed").sum()),
        filled=int((figures == "filled").sum()),
        withdrawn=int((figures == "withdrawn").sum()),
        statuses=int((change == "status").sum()),
        eased=int((changes["way"] == "eased").sum()),
        tightened=int((changes["way"] == "tightened").sum()),
        gone=int((change == "gone").sum()),
        new=int((change == "new").sum()),
        years=int(is_year.sum()),
    )
