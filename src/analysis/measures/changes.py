"""What differs between two editions of the data: figures, names, what is there, conclusions."""

from typing import NamedTuple

import pandas as pd

from analysis.dataset.load import Dataset
from analysis.dataset.tables import PROGRAM, PROGRAM_YEAR, list_keys
from analysis.errors import DataError
from analysis.measures.conclusions import find_moved, find_moved_judgements
from analysis.measures.keys import KPI, KPI_YEAR, find_rows, take
from analysis.measures.matches import MAIN, compare_cells, list_presence, match_rows

PARTS = (
    *("conclusion", "actual", "target", "presence", "amount", "rating", "definition", "other"),
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
        conclusion, actual (with baselines), target, presence, amount, rating, definition (names,
        units, directions), other; last years: fiscal years of which the other edition has neither
        a row in this table nor a KPI of the government.
    table, column
        What changed; of a conclusion `reached`, `at_final` (where `reached` stays), a rate of
        `add_achievement`, or `rubric_grade` (`item` names the rubric of `new`).
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
        Of a target or final target that changed: eased or tightened by the KPI's direction;
        unknown without one, or where unit, direction or aggregation changed as well.
    moved_by
        Of a conclusion, which figures move it: actual, baseline, target, definition (unit,
        direction and the like), of a graded judgement rating. With a blank between, each of them
        alone gives the later conclusion; with + between, they do so only together.
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
        government=_find_names(changes, old.programs, new.programs, PROGRAM[:1], "government"),
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

    `kinds` counts the rows by part and change, `ways` those of targets by their way. The verdict
    (`reached`) of `kpis` moved, whatever the year; counted by year `now_reached` went from no to
    yes, `by_target` of them by their targets alone, `no_longer` from yes to no, and of
    `other_verdicts` it was or is not known. Of `finals` more it moved only whether they are at
    their final target. Years that one edition has alone are no changes, and conclusions follow
    from what `differs`.
    """

    kinds: dict[tuple[str, str], int]
    ways: dict[str, int]
    kpis: int
    now_reached: int
    by_target: int
    no_longer: int
    other_verdicts: int
    finals: int

    @property
    def verdicts(self) -> int:
        """Of how many KPIs of a year the verdict moved."""
        return self.now_reached + self.no_longer + self.other_verdicts

    @property
    def differs(self) -> int:
        """How many cells and rows differ; what is concluded from them is not counted."""
        apart = ("conclusion", "years")
        return sum(n for (part, _), n in self.kinds.items() if part not in apart)

    def count(self, *parts: str, change: str = "") -> int:
        """Count the rows of some parts, or those of one change in them."""
        return sum(
            n for (part, word), n in self.kinds.items() if part in parts and change in ("", word)
        )


def count_changes(changes: pd.DataFrame) -> ChangeCounts:
    """Count the rows of `find_changes` by what a first sentence says of them."""
    kinds = changes.groupby(["part", "change"], sort=False).size()
    verdicts = changes[changes["column"] == "reached"]
    now = (verdicts["earlier"] == "no") & (verdicts["later"] == "yes")
    no_longer = (verdicts["earlier"] == "yes") & (verdicts["later"] == "no")
    return ChangeCounts(
        kinds={(str(part), str(word)): int(n) for (part, word), n in kinds.items()},
        ways={str(way): int(n) for way, n in changes["way"].value_counts().items()},
        kpis=len(verdicts.drop_duplicates(KPI)),
        now_reached=int(now.sum()),
        by_target=int((now & (verdicts["moved_by"] == "target")).sum()),
        no_longer=int(no_longer.sum()),
        other_verdicts=int((~now & ~no_longer).sum()),
        finals=int((changes["column"] == "at_final").sum()),
    )


def list_touched(
    changes: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame
) -> list[tuple[str, str, int]]:
    """List the programs and years of which a KPI or a judgement of one changed, came or went.

    Those with a verdict that moved come first. `old` and `new` are the KPIs of both editions,
    whose years those have that came or went whole.
    """
    listed = changes[changes["table"].isin(["kpis", "ratings"]) & (changes["part"] != "years")]
    whole = listed[listed["fiscal_year"].isna()]
    parts = [listed[listed["column"] == "reached"], listed.dropna(subset="fiscal_year")]
    parts += [kpis[find_rows(kpis, whole, KPI) >= 0] for kpis in (old, new)]
    return list(dict.fromkeys(key for part in parts for key in list_keys(part, PROGRAM_YEAR)))
