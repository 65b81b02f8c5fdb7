"""Programs of different kinds side by side: the cost-effectiveness plane and DEA.

Both only compare the programs at hand with one another. Progress towards a target a program
set itself is not what it brought about, so a place on the frontier is no mark of quality.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from analysis.errors import DataError
from analysis.measures.comparison import has_only_repeats, has_only_span, is_nothing_known
from analysis.measures.costs import WHOLE_COST
from analysis.measures.needs import check_table
from analysis.measures.words import first_word

LEAST_PROGRAMS = 3  # half of two programs lie on either side of their median whatever they do
LEAST_PER_DIMENSION = 3
RETURNS = ("constant", "variable")
FRONTIER = pd.CategoricalDtype(["yes", "no", "unknown"])


def place_on_plane(
    programs: pd.DataFrame, by: Sequence[str] = ("government_code", "fiscal_year")
) -> pd.DataFrame:
    """Place each program on the cost-effectiveness plane: cost against mean capped progress.

    Parameters
    ----------
    programs
        The table of `compare_programs`: one row per program and fiscal year with `program`,
        `cost_yen`, `cost_basis`, `cost_natures`, `kpis`, and `mean_capped_low` and
        `mean_capped_high`, the ends of its mean progress over what its unknown KPIs may turn
        out to be.
    by
        The columns within which programs are compared with one another. Costs with and
        without personnel are never compared: each kind has its own medians and rivals.

    Returns
    -------
    The same rows in the same order with

    quadrant
        cheap or dear (cost up to or above the median), far or near (progress from or below
        the median): cheap_far, cheap_near, dear_far, dear_near. The medians are those of the
        programs with both figures. Missing where a range lies across the median.
    dominated_by
        the names of the programs that cost no more and got at least as far, one of the two
        strictly, for every value in both ranges of progress; "、" between them, empty if none.
    on_frontier
        yes: no program dominates it whatever the unknown KPIs are; no: one does for certain;
        unknown: one may, or the program itself cannot be placed. Programs that cannot be
        placed are not looked at as rivals.
    on_frontier_full
        on_frontier by the cost with personnel (`full_cost_yen`); missing where that is not
        known of every program compared.
    changes_with_personnel
        yes or no: whether the two differ; missing where one of them is.
    plane_note
        why it cannot be placed (no_cost, several_years, planned_amount, nature_not_stated,
        zero_cost: what cost nothing, or less, leads no comparison; no_kpi; only_repeats: its KPIs
        repeat those of other programs; nothing_known: no KPI says how far it got; other_nature:
        the only cost with, or without, personnel among others), why it has no quadrant
        (too_few_programs: fewer than three placed; straddles_median), or
        what to mind (with_personnel, budget_not_settled).

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Source: the quadrants and dominance of cost-effectiveness analysis, docs/methods.md.

    Examples
    --------
    >>> programs = pd.DataFrame({"program": ["面接会", "拠点", "冊子"], "cost_basis": "settled",
    ...     "cost_yen": [3, 8, 9], "kpis": 2, "mean_capped_low": [0.5, 1, 0.1],
    ...     "mean_capped_high": [0.5, 1, 1]})
    >>> placed = place_on_plane(programs, by=[])
    >>> placed["plane_note"].tolist()
    ['straddles_median', '', 'straddles_median']
    >>> placed["on_frontier"].tolist(), placed["dominated_by"].tolist()
    (['yes', 'yes', 'no'], ['', '', '拠点'])
    """
    check_table(
        programs, "programs", "program cost_yen cost_basis mean_capped_low mean_capped_high"
    )
    table = programs.reset_index(drop=True)
    basis = table["cost_basis"]
    absent = first_word(
        [
            (has_only_span(table), "several_years"),
            (table["cost_yen"].isna(), "no_cost"),
            (basis == "planned", "planned_amount"),
            (~basis.isin(WHOLE_COST), "nature_not_stated"),
            (table["cost_yen"].astype("Float64").fillna(1) <= 0, "zero_cost"),
            (has_only_repeats(table), "only_repeats"),
            (table["mean_capped_low"].isna(), "no_kpi"),
            (is_nothing_known(table), "nothing_known"),
        ],
        table.index,
    )
    alone = _is_alone(table[absent == ""], by).reindex(table.index, fill_value=False)
    absent = absent.mask(alone, "other_nature")
    known = table[absent == ""]
    groups = [*_group(known, by), is_full(known)]
    found = _find_quadrant(known, groups).join(_dominate(known, groups))
    found = found.join(_dominate_in_full(known, groups)).reindex(table.index)
    changes = found["on_frontier_full"].astype("str") != found["on_frontier"].astype("str")
    words = pd.Series(np.where(changes, "yes", "no"), index=table.index, dtype="str")
    return table.assign(
        quadrant=found["quadrant"],
        dominated_by=found["dominated_by"],
        on_frontier=found["on_frontier"].fillna("unknown"),
        on_frontier_full=found["on_frontier_full"],
        changes_with_personnel=words.where(found["on_frontier_full"].notna()),
        plane_note=absent.where(absent != "", found["plane_note"]),
    ).set_axis(programs.index)


def is_full(programs: pd.DataFrame) -> pd.Series:
    """Whether a cost holds personnel (人件費): it is not compared with those that do not."""
    if "cost_natures" not in programs:
        return pd.Series(False, index=programs.index)
    return programs["cost_natures"] == "full"


def _group(known: pd.DataFrame, by: Sequence[str]) -> list[pd.Series]:
    return [known[key] for key in by] or [pd.Series(0, index=known.index)]


def _is_alone(known: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """Whether all others that a program would be compared with have a cost of another nature."""
    groups, cost = _group(known, by), known["cost_yen"]
    others = cost.groupby(groups).transform("size")
    alike = cost.groupby([*groups, is_full(known)]).transform("size")
    return (alike == 1) & (others > 1)


def _find_quadrant(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Where each program lies for certain, whatever its unknown KPIs and those of others are."""
    cost = known["cost_yen"].astype("float64")
    low, high = known["mean_capped_low"], known["mean_capped_high"]
    near = high < low.groupby(groups).transform("median")
    far = low >= high.groupby(groups).transform("median")
    cheap = cost <= cost.groupby(groups).transform("median")
    too_few = cost.groupby(groups).transform("size") < LEAST_PROGRAMS
    quadrant = np.where(cheap, "cheap_", "dear_").astype(object) + np.where(far, "far", "near")
    note = first_word(
        [
            (too_few, "too_few_programs"),
            (~(far | near), "straddles_median"),
            (is_full(known), "with_personnel"),
            (known["cost_basis"] != "settled", "budget_not_settled"),
        ],
        known.index,
    )
    placed = (far | near) & ~too_few
    words = pd.Series(quadrant, index=known.index, dtype="str").where(placed)
    return pd.DataFrame({"quadrant": words, "plane_note": note})


def _dominate(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Who dominates each program for certain, and whether any may; pairs in a matrix."""
    tables = [pd.DataFrame({"dominated_by": [], "on_frontier": []}, dtype="str")]
    for _, part in known.groupby(groups, sort=False):
        names = ["cost_yen", "mean_capped_low", "mean_capped_high"]
        cost, low, high = part[names].astype("float64").to_numpy().T
        dearer, no_cheaper = cost[:, None] > cost, cost[:, None] >= cost  # row against rival
        surely = (no_cheaper & (low > high[:, None])) | (dearer & (low >= high[:, None]))
        maybe = (no_cheaper & (high > low[:, None])) | (dearer & (high >= low[:, None]))
        np.fill_diagonal(maybe, False)
        rivals = part["program"].to_numpy(dtype=object)
        words = np.select([surely.any(axis=1), maybe.any(axis=1)], ["no", "unknown"], "yes")
        by_whom = ["、".join(rivals[row]) for row in surely]
        columns = {"dominated_by": by_whom, "on_frontier": words}
        tables.append(pd.DataFrame(columns, index=part.index, dtype="str"))
    return pd.concat(tables[1:] or tables).astype({"on_frontier": FRONTIER})


def _dominate_in_full(known: pd.DataFrame, groups: list[pd.Series]) -> pd.DataFrame:
    """Who is on the frontier by the cost with personnel, where all of a group have one."""
    full = known.get("full_cost_yen", pd.Series(pd.NA, index=known.index, dtype="Int64"))
    whole = full.notna().groupby(groups).transform("all") if len(known) else full.notna()
    by_full = _dominate(known.assign(cost_yen=full)[whole], [group[whole] for group in groups])
    return by_full[["on_frontier"]].add_suffix("_full")


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

    Source: Charnes, Cooper and Rhodes 1978; Banker, Charnes and Cooper 1984; Cooper, Seiford
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
