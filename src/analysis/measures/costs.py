"""What a result cost: one budget over its KPIs, and a unit cost only where one means something.

A KPI's level is not what the money caused, so nothing here is an effect. One budget often
stands behind several KPIs and no published rule shares it out; every figure therefore comes
as a range over the ways of sharing it, up to the full cost.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.intake.values import YEN_PER_UNIT
from analysis.measures.keys import find_rows, is_among, number_groups, take
from analysis.measures.needs import AMOUNTS, PROGRAM_YEAR, check_table
from analysis.measures.words import Reasons, first_code, first_word, words_of

KEYS = ["government_code", "program_id", "fiscal_year"]
ALLOCATIONS = ("full", "equal", "weights", "program")
PARTS_OF_TOTAL = {
    "initial": 1,
    "supplementary": 1,
    "carried_in": 1,
    "carried_out": -1,
    "reserve": 1,
}
BASES = ("settled", "total", "parts", "planned", "reported")
NUMBER_OF_BASIS = {basis: n for n, basis in enumerate(BASES)} | dict.fromkeys(
    PARTS_OF_TOTAL, BASES.index("parts")
)
WHOLE_COST = ("settled", "total", "parts")
COUNT_UNITS = frozenset(
    [
        *("件", "回", "人", "名", "社", "者", "組", "台", "店", "戸", "棟", "室", "校", "品", "枚"),
        *("部", "冊", "隻", "頭", "本", "泊", "日", "時間", "団体", "世帯", "箇所", "か所", "カ所"),
        *("ヶ所", "区画", "事業所", "企業", "講座", "商品", "品目", "人泊", "人日", "人回", "事業"),
        *("延べ人", "施設", "拠点", "地区", "市街地", "プロジェクト"),
    ]
)
COUNTED_KINDS = ("activity", "outcome")
FALLING = ("down", "keep_below")
RISING = ("up", "keep_above", "keep_within", "milestone")


def find_cost_basis(budgets: pd.DataFrame) -> pd.DataFrame:
    """Find what each program cost in each fiscal year, and on what basis.

    Parameters
    ----------
    budgets
        One row per amount, with `kind` and `amount_yen` (integer yen).

    Returns
    -------
    One row per `government_code`, `program_id` and `fiscal_year`, with `cost_yen` and
    `cost_basis`, the first of these that is published:

    settled
        決算額, the money spent.
    total
        予算現額 or 総予算額: a budget, flagged as such wherever it is shown.
    parts
        a budget as the sum initial + supplementary + carried in - carried out + reserve;
        only where an initial budget is published.
    planned
        an amount planned.
    reported
        the sum of amounts whose nature the source does not state; it need not be the whole
        cost, so no unit cost is made from it.

    A basis of which one amount is still pending or unpublished is not complete and is passed
    over. A program without any has no row: an unknown cost is not zero.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Source: docs/methods.md, cost.
    """
    check_table(budgets, "budgets", AMOUNTS)
    group, first = number_groups(budgets, KEYS)
    number = np.array([NUMBER_OF_BASIS.get(kind, -1) for kind in budgets["kind"]], dtype=np.intp)
    initial = group[(budgets["kind"] == "initial").to_numpy()]
    is_part = number == BASES.index("parts")
    used = np.flatnonzero((number >= 0) & (~is_part | np.isin(group, initial)))
    place = (group[used], number[used])
    sign = [PARTS_OF_TOTAL.get(kind, 1) for kind in budgets["kind"].iloc[used]]
    amounts = budgets["amount_yen"].astype("Int64").iloc[used]
    sums = np.zeros((len(first), len(BASES)), dtype="int64")
    np.add.at(sums, place, amounts.to_numpy(dtype="int64", na_value=0) * sign)
    row = np.full(sums.shape, len(budgets))  # the first row of each basis; none: behind all rows
    np.minimum.at(row, place, used)
    complete = row < len(budgets)
    np.logical_and.at(complete, place, amounts.notna().to_numpy())
    found = np.flatnonzero(complete.any(axis=1))
    basis = complete[found].argmax(axis=1)
    order = np.argsort(row[found, basis])
    found, basis = found[order], basis[order]
    return (
        budgets[KEYS]
        .iloc[first[found]]
        .reset_index(drop=True)
        .assign(
            cost_yen=pd.array(sums[found, basis], dtype="Int64"),
            cost_basis=pd.array([BASES[n] for n in basis], dtype="str"),
        )
    )


def add_costs(kpis: pd.DataFrame, budgets: pd.DataFrame, allocation: str = "full") -> pd.DataFrame:
    """Add what each KPI's result cost (単位当たりコスト), as a range over the shares of a budget.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `kpi_kind`, `unit`, `aggregation`, `direction`,
        `baseline` and `actual`. Hold all KPIs of a program: the equal share divides by their
        number. A column `weight` (above 0) gives the shares for "weights"; those of one
        program and year are scaled to add up to 1, and where one is missing none is used.
    budgets
        One row per amount in yen.
    allocation
        Which share of the program's cost the main columns take:

        full
            each KPI bears the whole cost, an upper bound.
        equal
            the cost divided by the number of KPIs.
        weights
            the share given by `weight`; without it missing, with the note no_weight.
        program
            no share for one KPI: a cost only where the program has a single KPI, else
            missing with the note shared_cost. The whole is compared by `compare_programs`.

    Returns
    -------
    The same rows in the same order with

    cost_yen, cost_low_yen, cost_high_yen
        the share asked for, and the lowest and highest of equal, weights (where given) and
        full, in yen. The range is the same whatever the allocation.
    cost_basis, cost_note
        what the cost is (see `find_cost_basis`); the note is no_cost, no_weight,
        shared_cost, budget_not_settled, nature_not_stated or nothing.
    unit_cost_yen (and low, high)
        cost / actual: yen per unit of result. A note says why it is missing (no_cost,
        planned_amount, nature_not_stated, no_actual, societal_kpi, kind_unknown, money_kpi,
        not_a_count, cumulative_actual, falling_kpi (a cost per remaining case means
        nothing), nothing_achieved, no_weight, shared_cost) or what to mind (actual_estimated,
        older_actual, aggregation_unknown).
    marginal_cost_yen (and low, high)
        cost / (actual - baseline): yen per unit gained, or per unit reduced where the KPI
        should fall. Missing also with no_baseline, increment_actual (a year's increase has
        no increase since a baseline) or no_gain; direction_unknown where it fell and may
        have been meant to, and as what to mind where it rose.
    gain_per_yen (and low, high)
        for a KPI in money: yen of it per yen spent. Its note is as that of the unit cost,
        with not_money for all other KPIs, zero_cost, and direction_unknown to mind.

    Nothing is ever infinite: a cost per zero results is undefined.

    Raises
    ------
    DataError
        When `allocation` is another word, "weights" are asked for without a column `weight`,
        or a weight is not above 0.

    Source: 行政事業レビュー, 単位当たりコスト = 執行額 / 活動実績; docs/methods.md for the guards.

    Examples
    --------
    つくば市 H30: four KPIs share 8,640,000 yen; ④-9 counts 16 ideas.

    >>> from analysis import load
    >>> data = load("data", "082201", 2018, "local_hub_cocreation")
    >>> costs = add_costs(data.kpis, data.budgets).set_index("place")
    >>> costs.loc["④-9", ["unit_cost_low_yen", "unit_cost_high_yen"]].tolist()
    [135000.0, 540000.0]
    """
    check_table(kpis, "kpis", f"{PROGRAM_YEAR} unit kpi_kind actual")
    if allocation not in ALLOCATIONS:
        raise DataError(f"allocation {allocation!r} is not one of {', '.join(ALLOCATIONS)}")
    weight = _scale_weights(kpis, allocation)
    costs = find_cost_basis(budgets)
    rows = find_rows(kpis, costs, KEYS)
    full = take(costs["cost_yen"], rows, kpis.index).astype("float64")
    basis = take(costs["cost_basis"], rows, kpis.index)
    shares = _share_out(kpis, full, weight, allocation)
    not_shared = {"weights": "no_weight", "program": "shared_cost"}.get(allocation)
    no_share = [(full.notna() & shares[""].isna(), not_shared)] if not_shared else []
    added: dict[str, Any] = {
        "cost_basis": basis,
        "cost_note": first_word(
            [
                (basis.isna(), "no_cost"),
                *no_share,
                (basis == "reported", "nature_not_stated"),
                (basis != "settled", "budget_not_settled"),
            ],
            kpis.index,
        ),
    }
    results, why = _count_results(kpis, full, basis)
    for part, share in shares.items():
        added[f"cost_{part}yen"] = share
        added[f"unit_cost_{part}yen"] = share / results["unit_cost"]
        added[f"marginal_cost_{part}yen"] = share / results["marginal_cost"]
    gains = {part: results["gain_per_yen"] / share for part, share in shares.items()}
    added["gain_per_yen"] = gains[""]
    added["gain_per_yen_low"] = np.fmin(gains["low_"], gains["high_"])
    added["gain_per_yen_high"] = np.fmax(gains["low_"], gains["high_"])
    for name, mind in _remarks(kpis).items():
        note = first_code([*no_share, *mind], len(kpis))
        added[f"{name}_note"] = words_of(np.where(why[name] != 0, why[name], note), kpis.index)
    return kpis.assign(**added)


def _share_out(
    kpis: pd.DataFrame, full: pd.Series, weight: pd.Series, allocation: str
) -> dict[str, pd.Series]:
    """Each KPI's share of its program's cost: the one asked for, the lowest, the highest."""
    group, _ = number_groups(kpis, KEYS)
    number = np.bincount(group)[group]
    ways = {
        "full": full,
        "equal": full / number,
        "weights": full * weight,
        "program": full.where(number == 1),
    }
    return {
        "": ways[allocation],
        "low_": np.fmin(ways["equal"], ways["weights"]),
        "high_": full,
    }


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
    programs = [kpis[key] for key in KEYS]
    complete = weight.notna().groupby(programs).transform("all")
    return (weight / weight.groupby(programs).transform("sum")).where(complete)


def _remarks(kpis: pd.DataFrame) -> dict[str, Reasons]:
    """What to mind in a figure that can be had."""
    mind: Reasons = [
        (_is(kpis, "actual_status", "estimated"), "actual_estimated"),
        (_figures(kpis, "actual_year") < _figures(kpis, "fiscal_year"), "older_actual"),
        (_is(kpis, "aggregation", "unknown"), "aggregation_unknown"),
    ]
    of_gain: Reasons = [(~_is(kpis, "direction", *FALLING, *RISING), "direction_unknown"), *mind]
    return {"unit_cost": mind, "marginal_cost": of_gain, "gain_per_yen": of_gain}


def _is(kpis: pd.DataFrame, name: str, *words: str) -> Any:
    """Whether each cell of a column is one of some words; nowhere if there is no such column."""
    return is_among(kpis[name], words) if name in kpis else np.zeros(len(kpis), dtype=bool)


def _figures(kpis: pd.DataFrame, name: str) -> Any:
    """A column as numbers; missing everywhere if there is none."""
    if name not in kpis:
        return np.full(len(kpis), np.nan)
    return kpis[name].to_numpy(dtype="float64", na_value=np.nan)


def _count_results(
    kpis: pd.DataFrame, full: pd.Series, basis: pd.Series
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each cost is divided by (or, for money, the yen earned), and why there is nothing.

    The reasons are codes (see `first_code`).
    """
    actual, baseline = _figures(kpis, "actual"), _figures(kpis, "baseline")
    falls, unknown = _is(kpis, "direction", *FALLING), ~_is(kpis, "direction", *FALLING, *RISING)
    gain = (actual - baseline) * np.where(falls, -1, 1)
    yen = np.array([YEN_PER_UNIT.get(unit, np.nan) for unit in kpis["unit"].tolist()])
    is_money = ~np.isnan(yen)
    cumulative = (_is(kpis, "aggregation", "cumulative"), "cumulative_actual")
    known: Reasons = [
        (basis.isna(), "no_cost"),
        (is_among(basis, ["planned"]), "planned_amount"),
        (~is_among(basis, WHOLE_COST), "nature_not_stated"),
        (np.isnan(actual), "no_actual"),
        (is_among(kpis["kpi_kind"], ["societal"]), "societal_kpi"),
        (~is_among(kpis["kpi_kind"], COUNTED_KINDS), "kind_unknown"),
    ]
    counted: Reasons = [
        (is_money, "money_kpi"),
        (~is_among(kpis["unit"], COUNT_UNITS), "not_a_count"),
        cumulative,
    ]
    achieved: Reasons = [(falls, "falling_kpi"), (actual <= 0, "nothing_achieved")]
    gained: Reasons = [
        (np.isnan(baseline), "no_baseline"),
        (_is(kpis, "aggregation", "increment") & (baseline != 0), "increment_actual"),
        (unknown & (gain < 0), "direction_unknown"),
        (gain <= 0, "no_gain"),
    ]
    earned: Reasons = [
        (~is_money, "not_money"),
        cumulative,
        (falls, "falling_kpi"),
        (full <= 0, "zero_cost"),
    ]
    why = {
        "unit_cost": first_code([*known, *counted, *achieved], len(kpis)),
        "marginal_cost": first_code([*known, *counted, *gained], len(kpis)),
        "gain_per_yen": first_code([*known, *earned], len(kpis)),
    }
    results = {"unit_cost": actual, "marginal_cost": gain, "gain_per_yen": actual * yen}
    return {name: np.where(code == 0, results[name], np.nan) for name, code in why.items()}, why


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
        have no order) or rest on several cost bases.

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
        raise DataError(
            f"unit costs of several units or kinds have no order; found {found}. Keep the KPIs "
            "of one unit and one kpi_kind, for example kpis[(kpis['unit'] == '件') & "
            "(kpis['kpi_kind'] == 'outcome')], and rank each group by itself."
        )
    bases = list(kpis.loc[priced, "cost_basis"].unique()) if "cost_basis" in kpis else []
    if len(bases) > 1:
        raise DataError(
            f"unit costs of several bases have no order; found {', '.join(bases)}. Keep the KPIs "
            "of one cost_basis: money spent and money budgeted are not the same."
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
