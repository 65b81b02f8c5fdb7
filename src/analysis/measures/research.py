"""For researchers: measures that no report uses.

A cost shared out in other ways than a report does, unit costs in order, efficiency beside peers.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from analysis.errors import DataError
from analysis.measures.costs import Shares, count_alike, price_shares
from analysis.measures.keys import PROGRAM_YEAR
from analysis.measures.needs import check_table
from analysis.measures.notes import first_word

ALLOCATIONS = ("full", "equal", "weights", "program")
RETURNS = ("constant", "variable")
LEAST_PER_DIMENSION = 3


def measure_efficiency(
    table: pd.DataFrame,
    inputs: Sequence[str],
    outputs: Sequence[str],
    returns: str = "constant",
    least: int | None = None,
) -> pd.DataFrame:
    """Add how far each unit's inputs could shrink to what its peers need (DEA, input-oriented).

    Parameters
    ----------
    table
        One row per unit (a program), with the columns named.
    inputs, outputs
        Columns of what goes in (less is better) and what comes out (more is better).
    returns
        "constant" returns to scale (CCR: any multiple of a peer is a peer) or "variable"
        (BCC: only mixtures of peers).
    least
        The smallest number of complete units to compare. By default 3 x (inputs + outputs):
        with fewer nearly every unit comes out efficient. Only textbook examples should be
        computed with another number.

    Returns
    -------
    The same rows in the same order with `efficiency` (the share of all its inputs that
    mixtures of the units would need for at least its outputs; 1: no proportional cut is
    possible) and `efficiency_note`: no_value, input_not_positive (an input is 0 or below),
    negative_value (an output below 0), nothing_achieved (all outputs 0); such a unit has no
    efficiency and is nobody's peer. slack_remains marks an efficiency of 1 where a peer
    needs less of one input or has more of one output all the same.

    Raises
    ------
    DataError
        When `returns` is another word, a column is missing or named twice, or there are too
        few complete units.

    References
    ----------
    Charnes, Cooper and Rhodes 1978; Banker, Charnes and Cooper 1984; Cooper, Seiford
    and Tone, Data Envelopment Analysis, whose example of six stores this computes.

    Examples
    --------
    >>> stores = pd.DataFrame({"staff": [4, 7, 8, 4, 2, 10], "space": [3, 3, 1, 2, 4, 1],
    ...                        "sales": 1}, index=list("ABCDEF"))
    >>> rated = measure_efficiency(stores, ["staff", "space"], ["sales"], least=6)
    >>> rated["efficiency"].round(4).tolist()
    [0.8571, 0.6316, 1.0, 1.0, 1.0, 1.0]
    >>> rated["efficiency_note"]["F"]
    'slack_remains'
    """
    _check_columns(table, inputs, outputs, returns)
    into = table[list(inputs)].astype("float64")
    out = table[list(outputs)].astype("float64")
    why = first_word(
        [
            (~np.isfinite(into.join(out)).all(axis=1), "no_value"),
            ((into <= 0).any(axis=1), "input_not_positive"),
            ((out < 0).any(axis=1), "negative_value"),
            ((out == 0).all(axis=1), "nothing_achieved"),
        ],
        table.index,
    )
    complete = (why == "").to_numpy()
    least = LEAST_PER_DIMENSION * (len(inputs) + len(outputs)) if least is None else least
    if complete.sum() < max(least, 1):
        raise DataError(
            f"{complete.sum()} of {len(table)} rows have all inputs and outputs; comparing "
            f"{len(inputs)} input(s) and {len(outputs)} output(s) needs at least {least}. "
            "Use fewer columns, or the programs of several governments."
        )
    x, y = (values[complete].to_numpy() for values in (into, out))
    x, y = x / x.max(axis=0), y / np.where(y.max(axis=0) > 0, y.max(axis=0), 1)
    solved = [_solve(x, y, unit, returns == "variable") for unit in range(len(x))]
    efficiency = np.full(len(table), np.nan)
    efficiency[complete] = [rate for rate, _ in solved]
    slack = np.zeros(len(table), dtype=bool)
    slack[complete] = [rate > 1 - 1e-7 and rest > 1e-7 for rate, rest in solved]
    remark = first_word([(slack, "slack_remains")], table.index)
    return table.assign(efficiency=efficiency, efficiency_note=why.where(why != "", remark))


def _check_columns(
    table: pd.DataFrame, inputs: Sequence[str], outputs: Sequence[str], returns: str
) -> None:
    if returns not in RETURNS:
        raise DataError(f"returns {returns!r} is not one of {', '.join(RETURNS)}")
    named = [*inputs, *outputs]
    if not inputs or not outputs or len(set(named)) < len(named):
        raise DataError(
            f"inputs {list(inputs)} and outputs {list(outputs)} must each name at least one "
            "column, and none twice"
        )
    absent = [name for name in named if name not in table]
    if absent:
        raise DataError(f"no column {', '.join(absent)}; there are {', '.join(table.columns)}")


def _solve(x: Any, y: Any, unit: int, variable: bool) -> tuple[float, float]:
    """The efficiency of one unit, and then the largest sum of slacks that is left at it."""
    n, dims = len(x), x.shape[1] + y.shape[1]
    mixed = np.vstack([x.T, -y.T])  # a mixture's inputs at most, its outputs at least, the unit's
    own_inputs = np.concatenate([x[unit], np.zeros(y.shape[1])])
    own_outputs = np.concatenate([np.zeros(x.shape[1]), -y[unit]])
    weights_add_up = np.ones((1, n)) if variable else np.zeros((0, n))
    one = np.ones(len(weights_add_up))
    first = linprog(
        np.concatenate([[1.0], np.zeros(n)]),
        A_ub=np.column_stack([-own_inputs, mixed]),
        b_ub=own_outputs,
        A_eq=np.column_stack([np.zeros(len(one)), weights_add_up]) if variable else None,
        b_eq=one if variable else None,
        method="highs",
    )
    rate = min(float(first.x[0]), 1.0)
    if rate < 1 - 1e-7:
        return rate, 0.0
    second = linprog(
        np.concatenate([np.zeros(n), -np.ones(dims)]),
        A_eq=np.vstack(
            [
                np.column_stack([mixed, np.eye(dims)]),
                np.column_stack([weights_add_up, np.zeros((len(one), dims))]),
            ]
        ),
        b_eq=np.concatenate([own_inputs + own_outputs, one]),
        method="highs",
    )
    return 1.0, -float(second.fun)


def allocate_costs(kpis: pd.DataFrame, budgets: pd.DataFrame, allocation: str) -> pd.DataFrame:
    """Add what each KPI's result cost by another share of its program's cost.

    Parameters
    ----------
    kpis, budgets
        As for `add_costs`. A column `weight` (above 0) gives the shares for "weights"; those of
        one program and year are scaled to add up to 1, and where one is missing none is used.
    allocation
        Which share of the program's cost the main columns take:

        full
            each KPI bears the whole cost, as in `add_costs`.
        equal
            the cost divided by the number of KPIs.
        weights
            the share given by `weight`; without it missing, with the note no_weight.
        program
            no share for one KPI: a cost only where the program has a single KPI, else
            missing with the note shared_cost. The whole is compared by `compare_programs`.

    Returns
    -------
    The columns of `add_costs`. The low end of each range is the lowest of equal and weights
    (where given), the same whatever the allocation.

    Raises
    ------
    DataError
        When `allocation` is another word, "weights" are asked for without a column `weight`,
        or a weight is not above 0.
    """
    if allocation not in ALLOCATIONS:
        raise DataError(f"allocation {allocation!r} is not one of {', '.join(ALLOCATIONS)}")
    weight = _scale_weights(kpis, allocation)

    def share_out(kpis: pd.DataFrame, full: pd.Series) -> Shares:
        number = count_alike(kpis)
        ways = {
            "full": full,
            "equal": full / number,
            "weights": full * weight,
            "program": full.where(number == 1),
        }
        return Shares(ways[allocation], np.fmin(ways["equal"], ways["weights"]))

    no_share = {"weights": "no_weight", "program": "shared_cost"}.get(allocation, "")
    return price_shares(kpis, budgets, share_out, no_share)


def _scale_weights(kpis: pd.DataFrame, allocation: str) -> pd.Series:
    """The shares of one program's KPIs, adding up to 1; missing where one has no weight."""
    if "weight" not in kpis:
        if allocation == "weights":
            raise DataError(
                "allocation 'weights' needs a column weight in kpis: each KPI's share of the "
                "program's cost, in any unit. Add it, or use 'equal' or 'full'."
            )
        return pd.Series(np.nan, index=kpis.index)
    weight = kpis["weight"].astype("float64")
    if not (weight.isna() | ((weight > 0) & np.isfinite(weight))).all():
        bad = kpis.loc[~(weight > 0) & weight.notna() | np.isinf(weight), "kpi_id"]
        raise DataError(
            f"weights must be numbers above 0; found another at kpi_id {', '.join(bad)}. "
            "Leave a weight empty where none is known."
        )
    programs = [kpis[key] for key in PROGRAM_YEAR]
    complete = weight.notna().groupby(programs).transform("all")
    return (weight / weight.groupby(programs).transform("sum")).where(complete)


def rank_unit_costs(kpis: pd.DataFrame) -> pd.DataFrame:
    """Rank unit costs from the lowest, and only where every way of sharing the budget agrees.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with the columns of `add_costs`. Those with a unit
        cost have one `unit` and one `kpi_kind`.

    Returns
    -------
    The same rows in the same order with `unit_cost_rank` (1 is the lowest; equal costs share
    a rank) and `unit_cost_rank_note`. The rank is missing with order_changes where the range
    of a unit cost overlaps that of another, so that the order depends on how the budgets are
    shared; ranges that only touch keep their order. A KPI without a unit cost has none
    either, and keeps the note of its unit cost.

    A low unit cost is not a good program: what would have happened without it is unknown. The
    ranges end at the equal share (or a lower weight); a KPI that in truth took less of the
    budget than that lies below its range.

    Raises
    ------
    DataError
        When the unit costs are of several units or kinds (yen per idea and yen per visitor
        have no order), or rest on several cost bases or on costs with and without personnel.

    Examples
    --------
    >>> kpis = pd.DataFrame({"unit": ["件"] * 3, "kpi_kind": ["outcome"] * 3,
    ...     "unit_cost_low_yen": [100.0, 300, 350], "unit_cost_high_yen": [200.0, 400, 500],
    ...     "unit_cost_note": [""] * 3})
    >>> ranked = rank_unit_costs(kpis)
    >>> ranked["unit_cost_rank"].tolist(), ranked["unit_cost_rank_note"].tolist()
    ([1, <NA>, <NA>], ['', 'order_changes', 'order_changes'])
    """
    check_table(kpis, "kpis", "unit kpi_kind unit_cost_low_yen unit_cost_high_yen")
    low, high = kpis["unit_cost_low_yen"], kpis["unit_cost_high_yen"]
    priced = low.notna()
    kinds = kpis.loc[priced, ["unit", "kpi_kind"]].drop_duplicates()
    if len(kinds) > 1:
        found = ", ".join(f"{unit} ({kind})" for unit, kind in kinds.itertuples(index=False))
        unit, kind = kinds.iloc[0]
        raise DataError(
            f"unit costs of several units or kinds have no order; found {found}. Keep the KPIs "
            f"of one unit and one kpi_kind, for example kpis[(kpis['unit'] == {unit!r}) & "
            f"(kpis['kpi_kind'] == {kind!r})], and rank each group by itself."
        )
    bases = list(kpis.loc[priced, "cost_basis"].unique()) if "cost_basis" in kpis else []
    if len(bases) > 1:
        raise DataError(
            f"unit costs of several bases have no order; found {', '.join(bases)}. Keep the KPIs "
            "of one cost_basis: money spent and money budgeted are not the same."
        )
    natures = kpis.loc[priced, "cost_natures"] if "cost_natures" in kpis else pd.Series(dtype="str")
    if (natures == "full").any() and (natures != "full").any():
        raise DataError(
            "unit costs with and without personnel have no order; found cost_natures "
            f"{', '.join(repr(word) for word in natures.unique())}. Keep the KPIs whose "
            "cost_natures are all 'full', or none of them."
        )
    overlaps = _overlaps(low[priced].to_numpy(), high[priced].to_numpy())
    unsure = priced.copy()
    unsure[priced] = overlaps
    rank = (low + high).rank(method="min").where(priced & ~unsure)
    note = first_word([(unsure, "order_changes")], kpis.index)
    return kpis.assign(
        unit_cost_rank=rank.astype("Int64"),
        unit_cost_rank_note=note.where(priced, kpis["unit_cost_note"].astype(note.dtype)),
    )


def _overlaps(low: Any, high: Any) -> Any:
    """Whether each range shares more than an end with another one.

    Ranges that begin below its high end, less those that end by its low end: what is left
    overlaps it, itself included. A range of one point has only itself and its equals.
    """
    begin_below = np.searchsorted(np.sort(low), high, side="left")
    end_by = np.searchsorted(np.sort(high), low, side="right")
    points = np.sort(low[low == high])
    equals = np.searchsorted(points, low, "right") - np.searchsorted(points, low, "left")
    return np.where(low == high, begin_below - end_by + equals > 0, begin_below - end_by > 1)
