"""What a result cost: one budget over its KPIs, and a unit cost only where one means something.

A KPI's level is not what the money caused, so nothing here is an effect. One budget often
stands behind several KPIs and no published rule shares it out; every figure therefore comes
as a range over the ways of sharing it, up to the full cost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.dataset.values import YEN_PER_UNIT
from analysis.dataset.vocabulary import COUNT_UNITS
from analysis.measures.cost_basis import WHOLE_COST, find_cost_basis, find_span_costs
from analysis.measures.distributions import MOST_GROUPS, Spread, split_groups, spread_values
from analysis.measures.keys import PROGRAM_YEAR, Rows, find_rows, is_among, number_groups, take
from analysis.measures.kpis import LOWER_IS_BETTER, is_part_year, read_figures
from analysis.measures.needs import ONE_PROGRAM_YEAR, check_table
from analysis.measures.notes import Reasons, count_notes, first_code, first_word, words_of

COUNTED_KINDS = ("activity", "outcome")
RISING = ("up", "keep_above", "keep_within", "milestone")


def spread_unit_costs(kpis: pd.DataFrame, most: int = MOST_GROUPS) -> list[Spread]:
    """Spread the unit costs above 0 of KPIs out over their units, the most frequent ones first."""
    priced = kpis[kpis["unit_cost_yen"] > 0]
    groups = split_groups(priced, "unit", most)
    return spread_values(priced["unit_cost_yen"], priced["reached"], groups)


class Shares(NamedTuple):
    """What each KPI bears of its program's cost, and the least it may bear; the most is all."""

    own: pd.Series
    low: pd.Series


def add_costs(kpis: pd.DataFrame, budgets: pd.DataFrame) -> pd.DataFrame:
    """Add what each KPI's result cost (単位当たりコスト), as a range over the shares of a budget.

    Parameters
    ----------
    kpis
        One row per KPI and fiscal year, with `kpi_kind`, `unit`, `aggregation`, `direction`,
        `baseline` and `actual`. Hold all KPIs of a program: the equal share divides by their
        number.
    budgets
        One row per amount in yen.

    Returns
    -------
    The same rows in the same order with

    cost_yen, cost_low_yen, cost_high_yen
        the whole cost of the program, which each KPI bears: an upper bound; and from the equal
        share of its KPIs up to the whole. `allocate_costs` shares it in other ways.
    cost_basis, cost_natures, cost_note
        what the cost is and holds (see `find_cost_basis`); the note is no_cost, several_years (an
        amount for several years is all there is, `find_span_costs`), nature_not_stated,
        with_personnel (nothing but a full amount is printed), budget_not_settled or nothing.
    unit_cost_yen (and low, high)
        cost / actual: yen per unit of result. A note says why it is missing (no_cost,
        several_years, planned_amount, nature_not_stated, zero_cost (0 or below: a reserve or a
        total may be negative), no_actual, part_year, planned_actual, societal_kpi, kind_unknown,
        money_kpi, not_a_count, cumulative_actual, level_kpi (subscribers of all years are no
        result of one), falling_kpi (a cost per remaining case means nothing), nothing_achieved)
        or what to mind (actual_estimated, older_actual, aggregation_unknown).
    marginal_cost_yen (and low, high)
        cost / (actual - baseline): yen per unit gained, or per unit reduced where the KPI
        should fall. Missing also with no_baseline, increment_actual (a year's increase has
        no increase since a baseline) or no_gain; direction_unknown where it fell and may
        have been meant to, and as what to mind where it rose.
    gain_per_yen (and low, high)
        for a KPI in money: yen of it per yen spent. Its note is as that of the unit cost,
        with not_money for all other KPIs, and direction_unknown to mind.
    unit_cost_with_personnel_low_yen (and high), full_cost_note
        the same ends by the cost with personnel, as marginal_cost_with_personnel_low_yen and
        gain_per_yen_with_personnel_low are; missing where that is not known, and where the
        cost holds personnel already. The note is that of `find_cost_basis`.

    Nothing is ever infinite: a cost per zero results is undefined.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    References
    ----------
    行政事業レビュー, 単位当たりコスト = 執行額 / 活動実績; docs/methods.md for the guards.

    Examples
    --------
    つくば市 H30: four KPIs share 8,640,000 yen; ④-9 counts 16 ideas.

    >>> from analysis import load
    >>> data = load("data", "082201", 2018, "local_hub_cocreation")
    >>> costs = add_costs(data.kpis, data.budgets).set_index("place")
    >>> costs.loc["④-9", ["unit_cost_low_yen", "unit_cost_high_yen"]].tolist()
    [135000.0, 540000.0]
    """
    return price_shares(kpis, budgets, _share_equally)


def _share_equally(kpis: pd.DataFrame, full: pd.Series) -> Shares:
    """The whole cost for each KPI, from its equal share up."""
    return Shares(full, full / count_alike(kpis))


def count_alike(kpis: pd.DataFrame) -> Any:
    """How many KPIs the program of each has in that fiscal year."""
    group, _ = number_groups(kpis, PROGRAM_YEAR)
    return np.bincount(group)[group]


def price_shares(
    kpis: pd.DataFrame,
    budgets: pd.DataFrame,
    share_out: Callable[[pd.DataFrame, pd.Series], Shares],
    no_share: str = "",
) -> pd.DataFrame:
    """Add what each KPI's result cost by a way of sharing the cost of its program.

    `share_out` gives of the KPIs and the whole cost of their programs the Shares; where it gives
    none, the notes say `no_share`. The columns are those of `add_costs`.
    """
    check_table(kpis, "kpis", f"{ONE_PROGRAM_YEAR} unit kpi_kind actual")
    costs = find_cost_basis(budgets)
    rows = find_rows(kpis, costs, PROGRAM_YEAR)
    spans = find_rows(kpis, find_span_costs(budgets), PROGRAM_YEAR) >= 0
    full = take(costs["cost_yen"], rows, kpis.index).astype("float64")
    names = ("cost_basis", "cost_natures")
    basis, natures = (take(costs[name], rows, kpis.index) for name in names)
    own, low = share_out(kpis, full)
    unshared: Reasons = [(full.notna() & own.isna(), no_share)] if no_share else []
    reasons: Reasons = [
        (spans, "several_years"),
        (basis.isna(), "no_cost"),
        *unshared,
        (basis == "reported", "nature_not_stated"),
        (natures == "full", "with_personnel"),
        (basis != "settled", "budget_not_settled"),
    ]
    note = first_word(reasons, kpis.index)
    added: dict[str, Any] = {"cost_basis": basis, "cost_natures": natures, "cost_note": note}
    results, why = _count_results(kpis, full, basis, spans)
    added |= _divide({"": own, "low_": low, "high_": full}, results)
    added |= _price_in_full(costs, rows, kpis.index, added)
    for name, mind in _remarks(kpis).items():
        remark = first_code([*unshared, *mind])
        added[f"{name}_note"] = words_of(np.where(why[name] != 0, why[name], remark))
    return kpis.assign(**added)


def _divide(shares: dict[str, pd.Series], results: dict[str, Any]) -> dict[str, Any]:
    """Each share of the cost, what one result costs by it, and what a yen of it brought."""
    added: dict[str, Any] = {}
    for part, share in shares.items():
        added[f"cost_{part}yen"] = share
        added[f"unit_cost_{part}yen"] = share / results["unit_cost"]
        added[f"marginal_cost_{part}yen"] = share / results["marginal_cost"]
    gains = {part: results["gain_per_yen"] / share for part, share in shares.items()}
    added["gain_per_yen"] = gains[""]
    added["gain_per_yen_low"] = np.fmin(gains["low_"], gains["high_"])
    added["gain_per_yen_high"] = np.fmax(gains["low_"], gains["high_"])
    return added


def _price_in_full(
    costs: pd.DataFrame, rows: Rows, index: pd.Index, added: dict[str, Any]
) -> dict[str, Any]:
    """The ends of each figure by the cost with personnel, from those by the cost without."""
    cost, full = (costs[name].astype("float64") for name in ("cost_yen", "full_cost_yen"))
    ratio = (full / cost).where((cost > 0) & (costs["cost_natures"] != "full"))
    times = take(ratio, rows, index)
    priced: dict[str, Any] = {"full_cost_note": take(costs["full_cost_note"], rows, index)}
    for end in ("low", "high"):
        for name in ("unit_cost", "marginal_cost"):
            priced[f"{name}_with_personnel_{end}_yen"] = added[f"{name}_{end}_yen"] * times
        priced[f"gain_per_yen_with_personnel_{end}"] = added[f"gain_per_yen_{end}"] / times
    return priced


def _remarks(kpis: pd.DataFrame) -> dict[str, Reasons]:
    """What to mind in a figure that can be had."""
    mind: Reasons = [
        (_is(kpis, "actual_status", "estimated"), "actual_estimated"),
        (read_figures(kpis, "actual_year") < read_figures(kpis, "fiscal_year"), "older_actual"),
        (_is(kpis, "aggregation", "unknown"), "aggregation_unknown"),
    ]
    of_gain: Reasons = [
        (~_is(kpis, "direction", *LOWER_IS_BETTER, *RISING), "direction_unknown"),
        *mind,
    ]
    return {"unit_cost": mind, "marginal_cost": of_gain, "gain_per_yen": of_gain}


def _is(kpis: pd.DataFrame, name: str, *words: str) -> Any:
    """Whether each cell of a column is one of some words; nowhere if there is no such column."""
    return is_among(kpis[name], words) if name in kpis else np.zeros(len(kpis), dtype=bool)


def _count_results(
    kpis: pd.DataFrame, full: pd.Series, basis: pd.Series, spans: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each cost is divided by (or, for money, the yen earned), and why there is nothing.

    The reasons are codes (see `first_code`).
    """
    actual, baseline = read_figures(kpis, "actual"), read_figures(kpis, "baseline")
    falls = _is(kpis, "direction", *LOWER_IS_BETTER)
    unknown = ~_is(kpis, "direction", *LOWER_IS_BETTER, *RISING)
    gain = (actual - baseline) * np.where(falls, -1, 1)
    yen = np.array([YEN_PER_UNIT.get(unit, np.nan) for unit in kpis["unit"].tolist()])
    known = _why_unknown(kpis, full, basis, spans, actual)
    cumulative = (_is(kpis, "aggregation", "cumulative"), "cumulative_actual")
    level = (_is(kpis, "aggregation", "level"), "level_kpi")  # what was there before, too
    counted: Reasons = [
        (~np.isnan(yen), "money_kpi"),
        (~is_among(kpis["unit"], COUNT_UNITS), "not_a_count"),
        cumulative,
    ]
    achieved: Reasons = [level, (falls, "falling_kpi"), (actual <= 0, "nothing_achieved")]
    gained: Reasons = [
        (np.isnan(baseline), "no_baseline"),
        (_is(kpis, "aggregation", "increment") & (baseline != 0), "increment_actual"),
        (unknown & (gain < 0), "direction_unknown"),
        (gain <= 0, "no_gain"),
    ]
    earned: Reasons = [(np.isnan(yen), "not_money"), cumulative, level, (falls, "falling_kpi")]
    why = {
        "unit_cost": first_code([*known, *counted, *achieved]),
        "marginal_cost": first_code([*known, *counted, *gained]),
        "gain_per_yen": first_code([*known, *earned]),
    }
    results = {"unit_cost": actual, "marginal_cost": gain, "gain_per_yen": actual * yen}
    return {name: np.where(code == 0, results[name], np.nan) for name, code in why.items()}, why


def _why_unknown(
    kpis: pd.DataFrame, full: pd.Series, basis: pd.Series, spans: Any, actual: Any
) -> Reasons:
    """Why no cost of any kind can be set against the actual."""
    return [
        (spans, "several_years"),
        (basis.isna(), "no_cost"),
        (is_among(basis, ["planned"]), "planned_amount"),
        (~is_among(basis, WHOLE_COST), "nature_not_stated"),
        (full <= 0, "zero_cost"),
        (np.isnan(actual), "no_actual"),
        (is_part_year(kpis), "part_year"),
        (_is(kpis, "actual_status", "planned"), "planned_actual"),
        (is_among(kpis["kpi_kind"], ["societal"]), "societal_kpi"),
        (~is_among(kpis["kpi_kind"], COUNTED_KINDS), "kind_unknown"),
    ]


@dataclass(frozen=True)
class Costs:
    """What is known of the costs of some KPIs, and what to mind.

    `priced` and `gaining` are the rows with a unit cost, and with a gain per yen that is also
    known with personnel. `missing` counts by reason the KPIs without a unit cost.
    """

    priced: pd.DataFrame
    gaining: pd.DataFrame
    missing: dict[str, int]
    is_reckoned: bool
    is_range: bool
    is_weighted: bool
    is_budget: bool
    holds_personnel: bool
    is_per_result: bool
    is_known: bool


def find_costs(kpis: pd.DataFrame) -> Costs:
    """Find what the costs of some KPIs come to, from the columns of `add_costs`.

    `is_reckoned`: some figure holds personnel of which nobody says whether it was spent;
    `is_range`: a budget is shared by several KPIs; `is_weighted`: by weights, too; `is_budget`: a
    cost is not that of a settled account; `holds_personnel`: nothing but a full amount is
    printed; `is_per_result`: something is said per result; `is_known`: of any KPI the cost is.
    """
    priced = kpis[kpis["unit_cost_yen"].notna()]
    gain = kpis.get("gain_per_yen_with_personnel_high", pd.Series(np.nan, index=kpis.index))
    natures = kpis.get("cost_natures", pd.Series("", index=kpis.index))
    return Costs(
        priced=priced,
        gaining=kpis[gain.notna()],
        missing=count_notes(kpis["unit_cost_note"][kpis["unit_cost_yen"].isna()]),
        is_reckoned=bool((note_personnel(kpis) != "").any()),
        is_range=bool((priced["cost_low_yen"] != priced["cost_high_yen"]).any()),
        is_weighted="weight" in kpis,
        is_budget=bool((priced["cost_basis"] != "settled").any()),
        holds_personnel=bool((natures == "full").any()),
        is_per_result=bool(kpis[["unit_cost_yen", "marginal_cost_yen"]].notna().any(axis=None)),
        is_known=bool(kpis["cost_yen"].notna().any()),
    )


def note_personnel(kpis: pd.DataFrame) -> pd.Series:
    """The note of the personnel in a figure (`full_cost_note`), where any of the row holds it."""
    ends = [
        *(f"{name}_with_personnel_low_yen" for name in ("unit_cost", "marginal_cost")),
        "gain_per_yen_with_personnel_low",
    ]
    known = kpis.reindex(columns=ends).notna().any(axis=1)
    notes = kpis.get("full_cost_note", pd.Series("", index=kpis.index)).astype("str")
    return notes.where(known, "")


def has_falling_gain(kpis: pd.DataFrame) -> bool:
    """Whether a marginal cost is one per unit reduced: that of a KPI that should fall."""
    falling = kpis["direction"].isin(LOWER_IS_BETTER) & kpis["marginal_cost_yen"].notna()
    return bool(falling.any())
