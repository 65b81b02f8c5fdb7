"""How much the documents at hand hold, of how many programs, whose and of which years."""

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from analysis.measures.evaluability import PARTS, share_evaluability
from analysis.measures.keys import PROGRAM


class Evaluability(NamedTuple):
    """Of how many programs the documents at hand hold what.

    `rows` counts each fiscal year of a program, `programs` each program once. Of the rows
    `with_kpi` have a KPI, `judged` one that can be said to have reached its target or not,
    `with_money` any amount and `settled` a settled one; `nothing` hold none of the eight parts
    and `everything` all.
    """

    rows: int
    programs: int
    with_kpi: int
    judged: int
    with_money: int
    settled: int
    nothing: int
    everything: int


def count_evaluability(evaluability: pd.DataFrame) -> Evaluability:
    """Count what the documents hold of the programs in the table of `rate_evaluability`."""
    money = evaluability[["budget", "settled"]] != "not_held"
    return Evaluability(
        rows=len(evaluability),
        programs=len(evaluability.drop_duplicates(PROGRAM)),
        with_kpi=int((evaluability["kpis"] > 0).sum()),
        judged=int((evaluability["judged"] > 0).sum()),
        with_money=int(money.any(axis=1).sum()),
        settled=int(money["settled"].sum()),
        nothing=int((evaluability["parts_held"] + evaluability["parts_partly"] == 0).sum()),
        everything=int((evaluability["parts_held"] == len(PARTS)).sum()),
    )


class Shown(NamedTuple):
    """Whose programs, from which fiscal year to which, are shown."""

    governments: list[str]
    first_year: int
    last_year: int


def find_shown(shown_programs: pd.DataFrame) -> Shown:
    """Find whose programs, and of which years, `dataset.shown_programs` holds."""
    years = shown_programs["fiscal_year"]
    return Shown(list(dict.fromkeys(shown_programs["government"])), years.min(), years.max())


def find_last_reading(sources: pd.DataFrame) -> str | None:
    """Find the day on which the last of the documents was read; None where none is known."""
    days = sources["read_on"].dropna()
    return str(days.max()) if len(days) else None


TOLD_APART_BY = ("government", "fiscal_year", "department", "project", "policy_group")


def share_by_each(evaluability: pd.DataFrame) -> pd.DataFrame:
    """Count how many programs hold each part: all together, then by each thing that parts them.

    Returns
    -------
    The counts of `share_evaluability` for all programs (`grouping` everything), and for each of
    TOLD_APART_BY that is not the same for all of them; `group` is what they have in common
    (missing of everything, and where it is not printed).
    """
    told_apart = [n for n in TOLD_APART_BY if len(evaluability[n].drop_duplicates()) > 1]
    tables = []
    for grouping in ("everything", *told_apart):
        group = None if grouping == "everything" else evaluability[grouping].astype("object")
        name = "fiscal_year" if grouping == "fiscal_year" else "group"
        shares = share_evaluability(evaluability.assign(**{name: group}), [name])
        tables.append(shares.rename(columns={name: "group"}).assign(grouping=grouping))
    return pd.concat([table.astype({"group": "object"}) for table in tables], ignore_index=True)


def find_differing(programs: pd.DataFrame) -> list[str]:
    """Find what tells programs apart: their government, their fiscal year, both or neither."""
    return [name for name in ("government", "fiscal_year") if len(set(programs[name])) > 1]


def count_described(instruments: pd.DataFrame) -> tuple[int, int]:
    """Count the programs with a quantity of their terms, of how many whose terms were read."""
    described = instruments[instruments["quantity"].notna()]
    of_both = (len(rows[PROGRAM].drop_duplicates()) for rows in (described, instruments))
    return next(of_both), next(of_both)


def group_absent(parts: pd.DataFrame, states: Collection[str]) -> list[tuple[int, list[str]]]:
    """Group the parts that are in some of these states by in how many rows, the most first.

    `parts` is the table of `list_parts`.

    Examples
    --------
    >>> parts = pd.DataFrame({part: ["final", "final"] for part in PARTS})
    >>> group_absent(parts.assign(actual="pending", settled=["pending", "final"]), ["pending"])
    [(2, ['actual']), (1, ['settled'])]
    """
    by_count: dict[int, list[str]] = {}
    for part in PARTS:
        count = sum(state in states for state in parts[part].tolist())
        by_count.setdefault(count, []).append(part)
    return [(count, by_count[count]) for count in sorted(by_count, reverse=True) if count]
