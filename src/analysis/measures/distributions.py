"""How the figures of many KPIs lie, group by group.

The trap: a rate is known of some KPIs only, so each group says of how many it is, and what is
unknown stands beside it and never in a share.
"""

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.keys import KPI, PROGRAM, PROGRAM_YEAR, find_rows, take
from analysis.measures.kpis import is_part_year
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table
from analysis.measures.repeats import leave_out_repeats

MOST_GROUPS = 12  # shown one by one; the others together
GROUPINGS = ("department", "policy_group", "project", "government", "fiscal_year", "kpi_kind")
IN_ORDER = ("fiscal_year", "cost_yen", "kpi_kind")  # groups with an order of their own
KINDS = ("activity", "outcome", "societal", "unknown")
OF_PROGRAM = ("government", "project", "program", "department", "policy_group")


class Group(NamedTuple):
    """The rows of one group, or of all the smaller ones together.

    `name` is the value they have in common (None: none is printed), `groups` how many groups
    they are, `rows` their positions in the table.
    """

    name: Any
    groups: int
    rows: Any


class Spread(NamedTuple):
    """How the figures of a group lie.

    `figures` are those there are, in rising order, and `states` what is known of each (yes, no,
    unknown: whether its target was reached; other where that is not asked). Of `total` KPIs
    `judged` are known to have reached their target (`reached`) or not.
    """

    group: Group
    figures: Any
    states: Any
    total: int
    judged: int
    reached: int

    @property
    def ends(self) -> list[float]:
        """The lowest and the highest figure; none without any."""
        return [float(self.figures[n]) for n in (0, -1)] if len(self.figures) else []

    def at(self, share: float) -> float:
        """The figure below which a share of the group's figures lies; missing without any."""
        return float(np.quantile(self.figures, share)) if len(self.figures) else float("nan")


def add_program_columns(kpis: pd.DataFrame, shown_programs: pd.DataFrame) -> pd.DataFrame:
    """Add what tells programs apart to their KPIs, so that these can be grouped by it.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year.
    shown_programs
        `dataset.shown_programs`: one row per program and fiscal year.

    Returns
    -------
    The same rows in the same order with `government`, `project`, `program`, `department` and
    `policy_group` of the program in that year, else in another year; missing where none is printed.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", ONE_PROGRAM_YEAR)
    check_table(shown_programs, "shown_programs", ONE_PROGRAM_YEAR)
    rows = find_rows(kpis, shown_programs, PROGRAM_YEAR)
    rows = np.where(rows < 0, find_rows(kpis, shown_programs, PROGRAM), rows)
    return kpis.assign(
        **{
            name: take(shown_programs[name], rows, kpis.index)
            for name in OF_PROGRAM
            if name in shown_programs
        }
    )


def find_by(table: pd.DataFrame) -> str | None:
    """Find the column that tells the rows of a table apart best, for a figure of a dozen groups.

    It is the first of department, policy_group, project, government, fiscal_year and kpi_kind of
    which the largest groups hold at least half of the rows. None where no column makes two groups.
    """
    for name in GROUPINGS:
        if name not in table or table[name].nunique() < 2:
            continue
        sizes = table[name].value_counts()
        if sizes.head(MOST_GROUPS).sum() * 2 >= len(table):
            return name
    return None


def split_groups(table: pd.DataFrame, by: str | None, most: int = MOST_GROUPS) -> list[Group]:
    """Split a table into at most `most` groups and one of all the others.

    Years, kinds and amounts stand in their own order, other groups with the largest first. Of
    amounts (`cost_yen`) a group is a power of ten: its name is the least amount in it. Without
    `by` all rows are one group.

    Examples
    --------
    >>> table = pd.DataFrame({"department": ["b", "a", "b", None]})
    >>> [(g.name, g.groups, g.rows.tolist()) for g in split_groups(table, "department", 1)]
    [('b', 1, [0, 2]), (None, 2, [1, 3])]
    """
    if by is None:
        return [Group(None, 1, np.arange(len(table)))]
    values = find_classes(table[by]) if by == "cost_yen" else table[by]
    codes, names = pd.factorize(values)
    found = [Group(name, 1, np.flatnonzero(codes == n)) for n, name in _largest(codes, names, most)]
    apart = np.concatenate([group.rows for group in found]) if found else np.array([], dtype=int)
    rest = np.setdiff1d(np.arange(len(table)), apart)
    missing = rest[codes[rest] < 0]
    others = len(set(codes[rest].tolist()) - {-1}) + bool(len(missing))
    found.sort(key=lambda group: _rank(by, group))
    return [*found, Group(None, others, rest)] if others else found


def _largest(codes: Any, names: Any, most: int) -> list[tuple[int, Hashable]]:
    sizes = np.bincount(codes[codes >= 0], minlength=len(names))
    largest = np.argsort(-sizes, kind="stable")[:most]
    return [(int(n), names[n]) for n in largest]


def _rank(by: str, group: Group) -> Any:
    if by == "kpi_kind":
        return KINDS.index(group.name)
    return group.name if by in IN_ORDER else -len(group.rows)


def find_classes(amounts: pd.Series) -> pd.Series:
    """Find the power of ten of each amount above 0: 10,000,000 of 37,660,800; else missing."""
    yen = amounts.astype("float64").where(lambda yen: yen > 0)
    return 10 ** np.floor(np.log10(yen)).astype("Int64")


def find_rates(kpis: pd.DataFrame, scale: str | None = None) -> tuple[str, pd.Series]:
    """Find the rate by which the KPIs of a table are best laid side by side, and each one's.

    It is progress_rate where it is known of at least half as many KPIs as achievement_rate, which
    is not that of a KPI that should fall; or the one named. Missing also where the actual is of
    part of a year.
    """
    whole = ~is_part_year(kpis)
    ratio = kpis["achievement_rate"].where(
        whole & (kpis["achievement_rate_note"] != "reads_reversed")
    )
    progress = kpis["progress_rate"].where(whole)
    if scale is None:
        is_known = progress.notna().any() and 2 * progress.notna().sum() >= ratio.notna().sum()
        scale = "progress_rate" if is_known else "achievement_rate"
    return scale, progress if scale == "progress_rate" else ratio


def spread_values(values: pd.Series, reached: pd.Series, groups: Sequence[Group]) -> list[Spread]:
    """Spread the figures of a table out over groups of its rows."""
    figures, states = values.to_numpy("float64", na_value=np.nan), reached.to_numpy(dtype=object)
    spreads = []
    for group in groups:
        mine, known = figures[group.rows], states[group.rows]
        order = np.argsort(mine, kind="stable")
        order = order[np.isfinite(mine[order])]
        yes, no = int((known == "yes").sum()), int((known == "no").sum())
        spreads.append(Spread(group, mine[order], known[order], len(known), yes + no, yes))
    return spreads


def spread_rates(kpis: pd.DataFrame, by: str | None, most: int = MOST_GROUPS) -> list[Spread]:
    """Spread the rates of KPIs (`find_rates`) out over the groups of a column.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year with the columns of `add_achievement`, and `by`. A KPI
        that repeats another one's fact counts once (`find_repeats`).
    by, most
        See `split_groups`.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    wanted = "achievement_rate achievement_rate_note progress_rate reached"
    check_table(kpis, "kpis", wanted if by is None else f"{wanted} {by}")
    kpis = leave_out_repeats(kpis)
    return spread_values(find_rates(kpis)[1], kpis["reached"], split_groups(kpis, by, most))


def cross_reached(
    kpis: pd.DataFrame, by: str, across: str = "fiscal_year", last: int = MOST_GROUPS
) -> tuple[list[Any], list[tuple[Group, list[tuple[int, int, int]]]]]:
    """Count for each group of one column and each value of another how many KPIs reached.

    Returns
    -------
    The `last` values of `across` in their order; and for each group of `by`
    (`split_groups`) the three numbers of each value: reached, known to have reached or not, all.
    A KPI that repeats another one's fact counts once (`find_repeats`).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"reached {by} {across}")
    kpis = leave_out_repeats(kpis)
    if across == "cost_yen":
        kpis = kpis.assign(cost_yen=find_classes(kpis["cost_yen"]))
    values = sorted(kpis[across].dropna().unique().tolist())[-last:]
    places = kpis[across].map({value: n for n, value in enumerate(values)}).fillna(-1)
    at, reached = places.to_numpy("int64"), kpis["reached"].to_numpy(dtype=object)
    crossed = []
    for group in split_groups(kpis, by):
        rows = group.rows[at[group.rows] >= 0]
        flags = [reached[rows] == "yes", reached[rows] != "unknown", np.full(len(rows), True)]
        counts = [np.bincount(at[rows], flag, len(values)).astype(int).tolist() for flag in flags]
        crossed.append((group, list(zip(*counts, strict=True))))
    return values, crossed


def choose_rows(
    table: pd.DataFrame, figures: pd.Series, most: int, largest: bool = False
) -> pd.DataFrame:
    """Choose the rows with the lowest (or largest) figures, of equal ones those that cost most.

    Parameters
    ----------
    table
        One row for each of `figures`; `cost_yen` where the cost is known, and of several years of
        one KPI only the one that comes first is chosen.
    figures
        By what is chosen; a row without a figure never is.
    most
        How many rows at most.
    largest
        Whether the largest figures come first.
    """
    cost = table.get("cost_yen", pd.Series(0.0, index=table.index)).astype("float64").fillna(0.0)
    key = figures.to_numpy("float64", na_value=np.nan) * (-1 if largest else 1)
    order = np.lexsort((-cost.to_numpy(), key))
    ranked = table.iloc[order[~np.isnan(key[order])]]
    return (ranked.drop_duplicates(KPI) if set(KPI) <= set(ranked) else ranked).head(most)


def pool_groups(counts: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep the `most` groups with the most `programs`, and add up what is counted of all others.

    Returns the rows in their order with `groups`, of how many groups each is; the sum stands last,
    and what is no count in it is missing. Where there are not more than `most` groups, all stay.

    Examples
    --------
    >>> counts = pd.DataFrame({"department": ["a", "b", "c"], "programs": [1, 5, 2]})
    >>> pool_groups(counts, 1).values.tolist()
    [['b', 5, 1], [nan, 3, 2]]
    """
    counts = counts.assign(groups=1)
    if len(counts) <= most:
        return counts
    largest = counts["programs"].sort_values(ascending=False, kind="stable").index[:most]
    is_kept = counts.index.isin(largest)
    numbers = counts[~is_kept].select_dtypes("number").drop(columns="fiscal_year", errors="ignore")
    rest = pd.DataFrame([numbers.sum()]).astype("int64").reindex(columns=list(counts))
    return pd.concat([counts[is_kept], rest], ignore_index=True)


def spread_observations(observations: pd.DataFrame, most: int = MOST_GROUPS) -> list[Spread]:
    """Spread the values above 0 out over what they are of and its unit, frequent ones first."""
    known = observations[observations["value"] > 0]
    table = known.assign(thing=list(zip(known["what"], known["unit"].fillna(""), strict=True)))
    other = pd.Series("other", index=known.index)
    return spread_values(known["value"], other, split_groups(table, "thing", most))
