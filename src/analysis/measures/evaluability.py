"""What the documents at hand hold of each program that an evaluation would need.

The eight parts are those without which some question of an evaluation stays open: whether
anything is measured (kpi), from where (baseline) to where (target), what happened (actual),
what was planned to be spent (budget) and what was (settled), over which years (period), and
what one unit of a result cost (unit_cost). Another document may hold what these do not.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.achievement import is_in_words
from analysis.measures.cost_basis import KEYS, keep_yearly
from analysis.measures.gaps import BUDGET_KINDS, is_personnel
from analysis.measures.keys import find_rows, list_keys, number_groups, take
from analysis.measures.needs import AMOUNTS, PROGRAM_YEAR, check_table

PARTS = ("kpi", "baseline", "target", "actual", "budget", "settled", "period", "unit_cost")
MOST_PROGRAMS_ONE_BY_ONE = 15
MOST_GROUPS = 40


def rate_evaluability(
    shown_programs: pd.DataFrame, kpis: pd.DataFrame, budgets: pd.DataFrame
) -> pd.DataFrame:
    """Rate by parts how far each program could be evaluated from the documents at hand.

    Parameters
    ----------
    shown_programs
        `dataset.shown_programs`: one row per program and fiscal year.
    kpis
        One row per KPI and fiscal year, with the columns of `add_achievement` and `add_costs`.
    budgets
        The table of a dataset.

    Returns
    -------
    The rows of `shown_programs` with a word for each of PARTS: held, partly or not_held. A part
    of a KPI is held where every KPI of the program has it and partly held where some have; a
    final target and a target in words are targets; estimates are actuals. An amount whose nature
    is not stated is partly a budget; a period of which one end is known, partly a period. Further
    `kpis` (their number), `judged` (how many of them can be said to have reached their target or
    not), `pending` and `planned` (how many actuals were still being counted, and how many targets
    are only planned values), `parts_held` (0 to 8, the wholly held) and `parts_partly`.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> import analysis
    >>> data = analysis.load("data", government="080004", fiscal_year=2017)
    >>> kpis = analysis.add_costs(analysis.add_achievement(data.kpis), data.budgets)
    >>> rated = rate_evaluability(data.shown_programs, kpis, data.budgets)
    >>> rated.loc[rated["parts_held"] > 0, ["program_id", "kpis", "judged", "parts_held"]]
                   program_id  kpis  judged  parts_held
    0  comprehensive_strategy     1       1           4
    2           startup_10000     1       0           3
    """
    check_table(shown_programs, "shown_programs", f"{PROGRAM_YEAR} start_year end_year")
    check_table(
        kpis,
        "kpis",
        f"{PROGRAM_YEAR} baseline target actual final_target actual_status reached unit_cost_yen",
    )
    check_table(budgets, "budgets", AMOUNTS)
    keys = list_keys(shown_programs, KEYS)
    has = {
        "kpi": pd.Series(True, index=kpis.index),
        "baseline": kpis["baseline"].notna(),
        "target": kpis[["target", "final_target"]].notna().any(axis=1)
        | is_in_words(kpis, "target")
        | is_in_words(kpis, "final_target"),
        "actual": kpis["actual"].notna(),
        "unit_cost": kpis["unit_cost_yen"].notna(),
        "judged": kpis["reached"] != "unknown",
        "pending": kpis["actual_status"] == "pending",
        "planned": kpis["target_status"] == "planned",
    }
    group, first = number_groups(kpis, KEYS)
    counted = pd.DataFrame(has).groupby(group).sum()
    place = find_rows(shown_programs, kpis.iloc[first], KEYS)
    counts = pd.DataFrame(
        {name: take(counted[name], place, shown_programs.index) for name in counted}
    )
    counts = counts.fillna(0).astype("int64")
    number = counts["kpi"]
    ends = shown_programs[["start_year", "end_year"]].notna().sum(axis=1)
    words: dict[str, Any] = {part: _rate(counts[part], number) for part in counts if part in PARTS}
    words |= {"period": _rate(ends, pd.Series(2, index=ends.index))}
    words |= {
        "budget": _rate_amounts(keys, budgets, BUDGET_KINDS, ("reported",)),
        "settled": _rate_amounts(keys, budgets, ("settled",), ()),
    }
    rated = shown_programs.assign(
        **{part: pd.array(words[part], dtype="str") for part in PARTS},
        kpis=number,
        **{name: counts[name] for name in ("judged", "pending", "planned")},
    )
    parts = rated[list(PARTS)]
    return rated.assign(
        parts_held=(parts == "held").sum(axis=1), parts_partly=(parts == "partly").sum(axis=1)
    )


def _rate(count: pd.Series, of: pd.Series) -> Any:
    """Say held where all of some are there, partly where some are; none of none is not held."""
    return np.select([(count == of) & (of > 0), count > 0], ["held", "partly"], "not_held")


def _rate_amounts(
    keys: list[tuple[object, ...]],
    budgets: pd.DataFrame,
    kinds: tuple[str, ...],
    unclear: tuple[str, ...],
) -> list[str]:
    yearly = keep_yearly(budgets)
    printed = yearly[yearly["amount_yen"].notna() & ~is_personnel(yearly)]
    clearly, unclearly = (
        set(list_keys(printed[printed["kind"].isin(wanted)], KEYS)) for wanted in (kinds, unclear)
    )
    return [
        "held" if key in clearly else "partly" if key in unclearly else "not_held" for key in keys
    ]


def leave_out(table: pd.DataFrame, measured_years: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows of a table about programs that have reports of their own.

    `measured_years` is `dataset.measured_years`; a program is left out with all its years. What
    stays stands nowhere but in the portfolio.
    """
    measured = set(list_keys(measured_years, KEYS[:2]))
    stays = [key not in measured for key in list_keys(table, KEYS[:2])]
    return table[np.array(stays, dtype=bool)]


def share_evaluability(evaluability: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Count for groups of programs how many hold each part.

    Parameters
    ----------
    evaluability
        The table of `rate_evaluability`.
    by
        The columns that make a group, such as government_code, government and fiscal_year, or
        what `find_grouping` returns. A missing value is a group of its own.

    Returns
    -------
    One row per group in order of appearance, the years of a government together: the columns of
    `by`, `programs` (the denominator of all shares), for each of PARTS `<part>_held` and
    `<part>_partly`, and `judged`: programs of which at least one KPI can be said to have reached
    its target or not.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(
        evaluability,
        "evaluability",
        "kpi baseline target actual budget settled period unit_cost judged",
    )
    counts = {
        f"{part}_{word}": (evaluability[part] == word).astype("int64")
        for part in PARTS
        for word in ("held", "partly")
    }
    counts |= {"judged": (evaluability["judged"] > 0).astype("int64")}
    table = evaluability[by].assign(programs=1, **counts)
    shares = table.groupby(by, sort=False, dropna=False).sum().reset_index()
    if "fiscal_year" not in by:
        return shares
    codes = shares.get("government_code", pd.Series("", index=shares.index))
    place = codes.map({code: number for number, code in enumerate(dict.fromkeys(codes))})
    ordered = shares.assign(place=place).sort_values(["place", "fiscal_year"])
    return ordered.drop(columns="place").reset_index(drop=True)


def find_grouping(evaluability: pd.DataFrame) -> list[str]:
    """Choose the columns to show programs by, so that there are no more than 40 groups.

    Of several governments or years: by both, else by government, else by year. Of one: program by
    program if they are few, else by department where it is printed of every program, else by
    project, else all together, by the year.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(
        evaluability, "evaluability", "government_code government program department fiscal_year"
    )
    places = ["government_code", "government"]
    choices = [["department"]] if evaluability["department"].notna().all() else []
    choices += [["project"], ["fiscal_year"]]
    if len(evaluability) <= MOST_PROGRAMS_ONE_BY_ONE:
        choices = [["program"]]
    if len(evaluability[[*places, "fiscal_year"]].drop_duplicates()) > 1:
        choices = [[*places, "fiscal_year"], places, ["fiscal_year"]]
    few = [by for by in choices if len(evaluability[by].drop_duplicates()) <= MOST_GROUPS]
    return few[0] if few else ["fiscal_year"]
