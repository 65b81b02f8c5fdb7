"""What a result cost: one budget over its KPIs, and a unit cost only where one means something.

A KPI's level is not what the money caused, so nothing here is an effect. One budget often
stands behind several KPIs and no published rule shares it out; every figure therefore comes
as a range from the equal share to the full cost.
"""

from typing import Any

import pandas as pd

from analysis.errors import DataError
from analysis.measures.words import first_word

KEYS = ["government_code", "program_id", "fiscal_year"]
ALLOCATIONS = ("full", "equal")
PARTS_OF_TOTAL = {
    "initial": 1,
    "supplementary": 1,
    "carried_in": 1,
    "carried_out": -1,
    "reserve": 1,
}
BASES = ("settled", "total", "parts", "planned", "reported")
WHOLE_COST = ("settled", "total", "parts")
COUNT_UNITS = frozenset(
    [
        *("件", "回", "人", "名", "社", "者", "組", "台", "店", "戸", "棟", "室", "校", "品", "枚"),
        *("部", "冊", "隻", "頭", "本", "泊", "日", "時間", "団体", "世帯", "箇所", "か所", "カ所"),
        *("ヶ所", "区画", "事業所", "企業", "講座", "商品", "品目", "人泊", "人日", "人回", "事業"),
        *("延べ人", "施設", "拠点", "地区", "市街地", "プロジェクト"),
    ]
)
YEN_PER_UNIT = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
COUNTED_KINDS = ("activity", "outcome")


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

    Source: docs/methods.md, cost.
    """
    kinds = budgets["kind"]
    basis = kinds.where(kinds.isin(BASES)).mask(kinds.isin(list(PARTS_OF_TOTAL)), "parts")
    sign = kinds.map(PARTS_OF_TOTAL).fillna(1).astype("Int64")
    amounts = budgets[KEYS].assign(cost_basis=basis, cost_yen=budgets["amount_yen"] * sign)
    has_initial = (kinds == "initial").groupby([budgets[key] for key in KEYS]).transform("any")
    amounts = amounts[(basis != "parts") | has_initial].dropna(subset="cost_basis")
    groups = amounts.groupby([*KEYS, "cost_basis"], as_index=False, sort=False)
    sums = groups["cost_yen"].sum(skipna=False).dropna(subset="cost_yen")
    rank = sums["cost_basis"].map({basis: n for n, basis in enumerate(BASES)})
    first = sums.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(KEYS)
    return (
        first.sort_index()
        .drop(columns="rank")
        .reset_index(drop=True)[[*KEYS, "cost_yen", "cost_basis"]]
    )


def add_costs(kpis: pd.DataFrame, budgets: pd.DataFrame, allocation: str = "full") -> pd.DataFrame:
    """Add what each KPI's result cost (単位当たりコスト), as a range over the shares of a budget.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `kpi_kind`, `unit`, `aggregation`, `baseline`
        and `actual`. Hold all KPIs of a program: the equal share divides by their number.
    budgets
        One row per amount in yen.
    allocation
        Which share of the program's cost the main columns take: "full" (each KPI bears the
        whole cost, an upper bound) or "equal" (the cost divided by the number of KPIs).

    Returns
    -------
    The same rows in the same order with

    cost_yen, cost_low_yen, cost_high_yen
        the share asked for, the equal share and the full cost, in yen.
    cost_basis, cost_note
        what the cost is (see `find_cost_basis`); the note is no_cost, budget_not_settled,
        nature_not_stated or nothing.
    unit_cost_yen (and low, high)
        cost / actual: yen per unit of result. A note says why it is missing (no_cost,
        planned_amount, nature_not_stated, no_actual, kind_unknown, societal_kpi, money_kpi,
        not_a_count, cumulative_actual, nothing_achieved) or what to mind (actual_estimated,
        aggregation_unknown).
    marginal_cost_yen (and low, high)
        cost / (actual - baseline): yen per unit gained. Missing also with no_baseline or
        no_gain.
    gain_per_yen (and low, high)
        for a KPI in money: yen of it per yen spent; missing for all others.

    Nothing is ever infinite: a cost per zero results is undefined.

    Source: 行政事業レビュー, 単位当たりコスト = 執行額 / 活動実績; docs/methods.md for the guards.
    """
    if allocation not in ALLOCATIONS:
        raise DataError(f"allocation {allocation!r} is not one of {', '.join(ALLOCATIONS)}")
    cost = kpis[KEYS].merge(find_cost_basis(budgets), on=KEYS, how="left").set_axis(kpis.index)
    full = cost["cost_yen"].astype("float64")
    equal = full / kpis.groupby(KEYS)["kpi_id"].transform("size")
    shares = {"": full if allocation == "full" else equal, "low_": equal, "high_": full}
    basis = cost["cost_basis"]
    added: dict[str, Any] = {
        "cost_basis": basis,
        "cost_note": first_word(
            [
                (basis.isna(), "no_cost"),
                (basis == "reported", "nature_not_stated"),
                (basis != "settled", "budget_not_settled"),
            ],
            kpis.index,
        ),
    }
    per_unit, per_gain, why_unit, why_gain, is_money = _divisors(kpis, basis)
    money = kpis["unit"].map(YEN_PER_UNIT)
    for part, share in shares.items():
        added[f"cost_{part}yen"] = share
        added[f"unit_cost_{part}yen"] = share / per_unit
        added[f"marginal_cost_{part}yen"] = share / per_gain
    earned = (kpis["actual"] * money).where(is_money & (full > 0))
    added["gain_per_yen"] = earned / shares[""]
    added["gain_per_yen_low"] = earned / full
    added["gain_per_yen_high"] = earned / equal
    nothing = pd.Series("", index=kpis.index)
    remarks = [
        (kpis.get("actual_status", nothing) == "estimated", "actual_estimated"),
        (kpis["aggregation"] == "unknown", "aggregation_unknown"),
    ]
    mind = first_word(remarks, kpis.index)
    added["unit_cost_note"] = why_unit.where(why_unit != "", mind)
    added["marginal_cost_note"] = why_gain.where(why_gain != "", mind)
    return kpis.assign(**added)


def _divisors(kpis: pd.DataFrame, basis: pd.Series) -> tuple[Any, Any, Any, Any, Any]:
    actual, gain = kpis["actual"], kpis["actual"] - kpis["baseline"]
    direction = kpis.get("direction", pd.Series("unknown", index=kpis.index))
    falls = direction.isin(["down", "keep_below"])
    gain = gain.where(~falls, -gain)
    money = kpis["unit"].isin(list(YEN_PER_UNIT))
    known = [
        (basis.isna(), "no_cost"),
        (basis == "planned", "planned_amount"),
        (~basis.isin(WHOLE_COST), "nature_not_stated"),
        (actual.isna(), "no_actual"),
        (kpis["kpi_kind"] == "societal", "societal_kpi"),
        (~kpis["kpi_kind"].isin(COUNTED_KINDS), "kind_unknown"),
    ]
    counted = [
        (money, "money_kpi"),
        (~kpis["unit"].isin(COUNT_UNITS), "not_a_count"),
        (kpis["aggregation"] == "cumulative", "cumulative_actual"),
    ]
    why_unit = first_word([*known, *counted, (actual <= 0, "nothing_achieved")], kpis.index)
    why_gain = first_word(
        [*known, *counted, (kpis["baseline"].isna(), "no_baseline"), (gain <= 0, "no_gain")],
        kpis.index,
    )
    is_money = (first_word(known, kpis.index) == "") & money
    return (
        actual.where(why_unit == ""),
        gain.where(why_gain == ""),
        why_unit,
        why_gain,
        is_money,
    )
