"""Unit costs beside one another, and published ones against what the amounts give.

Yen per idea and yen per visitor have no order, nor have money spent and money budgeted.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.words import first_word


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
    natures = kpis.loc[priced, "cost_natures"] if "cost_natures" in kpis else pd.Series(dtype="str")
    if (natures == "full").any() and (natures != "full").any():
        raise DataError(
            "unit costs with and without personnel (人件費) have no order; found cost_natures "
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
