"""What the documents at hand hold of each program that an evaluation would need.

The eight parts are those without which some question of an evaluation stays open: whether
anything is measured (kpi), from where (baseline) to where (target), what happened (actual),
what was planned to be spent (budget) and what was (settled), over which years (period), and
what one unit of a result cost (unit_cost). Another document may hold what these do not.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.dataset.tables import WITHOUT_VALUE
from analysis.measures.cost_basis import keep_yearly
from analysis.measures.costs import add_costs
from analysis.measures.keys import (
    PROGRAM,
    PROGRAM_YEAR,
    Rows,
    find_rows,
    list_keys,
    take,
)
from analysis.measures.kpis import is_in_words
from analysis.measures.needs import (
    AMOUNTS,
    ONE_KPI_YEAR,
    ONE_PROGRAM,
    ONE_PROGRAM_YEAR,
    check_table,
)

PARTS = ("kpi", "baseline", "target", "actual", "budget", "settled", "period", "unit_cost")
BUDGETED = ("total", "initial", "planned")
ABSENT = (*WITHOUT_VALUE, "not_reckoned")
PARTLY = {"budget": "nature_not_stated", "period": "one_end"}
NOT_HELD = {"settled": "nature_not_stated"}  # it may as well be the budget
NOT_AT_HAND = (  # why there is no unit cost though the KPI may well have one
    *("no_cost", "several_years", "planned_amount", "nature_not_stated", "no_actual"),
    *("part_year", "planned_actual"),
)


def list_parts(kpis: pd.DataFrame, programs: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """List for each KPI which parts of an evaluation the documents at hand hold.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_costs`; without them they are
        added here.
    programs
        `dataset.shown_programs`, or `dataset.programs`, where the years of a program do not tell
        its rows apart.
    budgets
        The table of a dataset.

    Returns
    -------
    One row per KPI and fiscal year, and one for each program (of a year) without any KPI (its
    `kpi_id` and `name` are missing), with `government_code`, `program_id`, `program`, `kpi_id`,
    `name` (of the KPI) and a word for each of PARTS. It is a status (final, preliminary,
    estimated, pending, planned, ...), or not_in_source where these documents hold nothing;
    another document may. Further:

    target
        the final target is one, too, and so is a target in words.
    budget, settled
        nature_not_stated for an amount of which nothing more is said, so that it may be budget
        or account; one for several years is none of the year's, and personnel alone is neither.
    period
        one_end where only the first or the last year is known.
    unit_cost
        not_reckoned where all is at hand, but a cost per unit of the KPI means nothing (a share,
        a level, what should fall).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.
    """
    check_table(kpis, "kpis", f"{ONE_KPI_YEAR} kpi baseline target actual final_target")
    check_table(programs, "programs", f"{ONE_PROGRAM} program start_year end_year")
    check_table(budgets, "budgets", AMOUNTS)
    if "unit_cost_yen" not in kpis:
        kpis = add_costs(kpis, budgets)
    on = [name for name in PROGRAM_YEAR if name in programs]
    of_program = find_rows(kpis, programs, on)
    of_program = np.where(of_program < 0, find_rows(kpis, programs, PROGRAM), of_program)
    of_program, of_kpi = _pair_rows(of_program, find_rows(programs, programs, on))
    index = pd.RangeIndex(len(of_program))
    names = {c: take(programs[c], of_program, index) for c in (*PROGRAM, "program")}
    names |= {
        "kpi_id": take(kpis["kpi_id"], of_kpi, index),
        "name": take(kpis["kpi"], of_kpi, index),
    }
    states = _state_parts(programs, kpis, budgets, of_program, of_kpi)
    return pd.DataFrame(names).join(states)


def _pair_rows(of_program: Rows, programs: Rows) -> tuple[Rows, Rows]:
    """The row of each program with that of each of its KPIs; -1 for a program without any.

    `of_program` is the row of each KPI's program, -1 where it is not among the programs.
    """
    without = np.setdiff1d(programs, of_program)
    of_kpi = np.flatnonzero(of_program >= 0)
    pairs = np.append(of_program[of_kpi], without)
    order = np.argsort(pairs, kind="stable")
    return pairs[order], np.append(of_kpi, np.full(len(without), -1))[order]


def _state_parts(
    programs: pd.DataFrame,
    kpis: pd.DataFrame,
    budgets: pd.DataFrame,
    of_program: Rows,
    of_kpi: Rows,
) -> pd.DataFrame:
    """The word for each part of each pair of a program and a KPI (`_pair_rows`)."""
    index = pd.RangeIndex(len(of_program))
    states = {
        name: take(state, of_kpi, index).fillna("not_in_source")
        for name, state in _state_kpis(kpis).items()
    }
    ends = programs[["start_year", "end_year"]].notna().sum(axis=1).to_numpy()[of_program]
    years = take(kpis["fiscal_year"], of_kpi, index)
    if "fiscal_year" in programs:
        years = years.fillna(take(programs["fiscal_year"], of_program, index))
    keys = [
        (*program, None if pd.isna(year) else year)
        for program, year in zip(list_keys(programs.iloc[of_program], PROGRAM), years, strict=True)
    ]
    words: dict[str, Any] = states | {
        "budget": _state_amounts(keys, budgets, [*BUDGETED, "reported"]),
        "settled": _state_amounts(keys, budgets, ["settled", "reported"]),
        "period": np.select([ends == 2, ends == 1], ["final", "one_end"], "not_in_source"),
    }
    return pd.DataFrame({part: pd.array(words[part], dtype="str") for part in PARTS}, index=index)


def _state_kpis(kpis: pd.DataFrame) -> dict[str, pd.Series]:
    """The word for each part that a KPI has of itself."""
    has_final = kpis["final_target"].notna() | is_in_words(kpis, "final_target")
    has_target = kpis["target"].notna() | is_in_words(kpis, "target")
    target = _state(kpis, "target", has_target)
    final = _state(kpis, "final_target", has_final)
    by_final = ~has_target & (has_final | (target == "not_in_source"))
    cost, note = kpis["unit_cost_yen"].notna(), kpis["unit_cost_note"].astype("str")
    states = {
        "kpi": pd.Series("final", index=kpis.index),
        "baseline": _state(kpis, "baseline", kpis["baseline"].notna()),
        "target": target.mask(by_final, final),
        "actual": _state(kpis, "actual", kpis["actual"].notna()),
    }
    word = np.select([cost, note.isin(NOT_AT_HAND)], ["final", "not_in_source"], "not_reckoned")
    return states | {"unit_cost": pd.Series(word, index=kpis.index)}


def _state(kpis: pd.DataFrame, name: str, is_there: pd.Series) -> pd.Series:
    """The status of a figure; what is there without one is final, what is not has none but why."""
    word = pd.Series(np.where(is_there, "final", "not_in_source"), index=kpis.index)
    status = kpis.get(f"{name}_status")
    if status is None:
        return word
    said = status.notna() & (status.isin(WITHOUT_VALUE) != is_there)
    return word.mask(said, status)


def _state_amounts(
    keys: list[tuple[Any, ...]], budgets: pd.DataFrame, kinds: list[str]
) -> list[str]:
    """The word of the first kind of amount that is printed for the program and year.

    For a key without a year, of a program without a KPI, an amount of any year counts.
    """
    yearly = keep_yearly(budgets)
    amounts = yearly[yearly["kind"].isin(kinds) & ~is_personnel(yearly)]
    printed = amounts["amount_yen"].notna().tolist()
    statuses = amounts.get("amount_status", pd.Series(index=amounts.index, dtype="str"))
    said = [
        (kinds.index(kind) + len(kinds) * (not there), key, _word(kind, there, status))
        for kind, there, status, key in zip(
            amounts["kind"], printed, statuses, list_keys(amounts, PROGRAM_YEAR), strict=True
        )
    ]
    words: dict[tuple[Any, ...], str] = {}
    for _, key, word in sorted(said, key=lambda one: one[0]):
        words.setdefault(key, word)
        words.setdefault(key[:2], word)
    return [words.get(key[:2] if key[2] is None else key, "not_in_source") for key in keys]


def is_personnel(budgets: pd.DataFrame) -> pd.Series:
    """Whether an amount is cost of staff (人件費) alone: no budget or account of the program."""
    if "nature" not in budgets:
        return pd.Series(False, index=budgets.index)
    return (budgets["nature"] == "personnel").fillna(False)


def _word(kind: str, printed: bool, status: Any) -> str:
    if printed and kind in ("planned", "reported"):
        return "planned" if kind == "planned" else "nature_not_stated"
    if pd.notna(status) and printed == (status not in WITHOUT_VALUE):
        return str(status)
    return "final" if printed else "not_in_source"


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
    check_table(shown_programs, "shown_programs", f"{ONE_PROGRAM_YEAR} start_year end_year")
    check_table(
        kpis,
        "kpis",
        f"{ONE_PROGRAM_YEAR} baseline target actual final_target actual_status reached "
        "unit_cost_yen unit_cost_note",
    )
    check_table(budgets, "budgets", AMOUNTS)
    places = np.arange(len(shown_programs))
    of_program, of_kpi = _pair_rows(find_rows(kpis, shown_programs, PROGRAM_YEAR), places)
    states = _state_parts(shown_programs, kpis, budgets, of_program, of_kpi)

    def count(flags: Any) -> Any:
        return np.bincount(of_program, flags, len(places)).astype("int64")

    def count_kpis(flags: pd.Series) -> Any:
        return count(take(flags.astype("float64"), of_kpi, states.index).fillna(0))

    words = {part: _rate_part(part, states[part], count) for part in PARTS}
    rated = shown_programs.assign(
        **{part: pd.array(word, dtype="str") for part, word in words.items()},
        kpis=count(of_kpi >= 0),
        judged=count_kpis(kpis["reached"] != "unknown"),
        pending=count_kpis(kpis["actual_status"] == "pending"),
        planned=count_kpis(kpis["target_status"] == "planned"),
    )
    parts = rated[list(PARTS)]
    return rated.assign(
        parts_held=(parts == "held").sum(axis=1), parts_partly=(parts == "partly").sum(axis=1)
    )


def count_held(parts: pd.DataFrame) -> pd.Series:
    """Count of each row of `list_parts` the parts of which these documents hold anything."""
    return (~parts[list(PARTS)].isin(ABSENT)).sum(axis=1)


def _rate_part(part: str, states: pd.Series, count: Callable[[Any], Any]) -> Any:
    """Say held where all KPIs of a program have a part, partly where some have or have half."""
    half = states == PARTLY.get(part)
    whole = ~half & ~states.isin(ABSENT) & (states != NOT_HELD.get(part))
    all_of_them = count(whole) == count(np.ones(len(states)))
    return np.select([all_of_them, count(whole | half) > 0], ["held", "partly"], "not_held")


def leave_out(table: pd.DataFrame, measured_years: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows of a table about programs that have reports of their own.

    `measured_years` is `dataset.measured_years`; a program is left out with all its years. What
    stays stands nowhere but in the portfolio.
    """
    measured = set(list_keys(measured_years, PROGRAM))
    stays = [key not in measured for key in list_keys(table, PROGRAM)]
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
