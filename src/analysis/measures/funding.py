"""Where the money of a program came from: national, prefectural, the government's own, others.

Sources are never a cost beside the cost: they are the same money seen from its other end.
"""

import numpy as np
import pandas as pd

from analysis.measures.costs import KEYS, NUMBER_OF_BASIS, keep_yearly, list_costs
from analysis.measures.keys import find_rows, list_keys
from analysis.measures.needs import AMOUNTS, check_table

SIDE = r"（(予算|当初|当初予算|補正後|決算|決算見込|見込)）$"


def share_funding(budgets: pd.DataFrame) -> pd.DataFrame:
    """Share each source of money (財源) of what all sources of the program's year give together.

    Parameters
    ----------
    budgets
        One row per amount in yen; those of kind `source` have the source as printed in `item`
        (国庫支出金, 一般財源). Where the sources of a budget and of an account are both
        printed, the item says which, as in 一般財源（予算）; they are shared apart. Amounts of
        several years take no part.

    Returns
    -------
    One row per amount of kind `source`, in the order given, with the keys, `item`,
    `amount_yen`, `share` (of the sum of all sources of that program and year, a ratio; missing
    while one of them is pending, and where the sum is not above 0) and `equals`: which cost of
    `list_costs` the sum is equal to (settled, total, ...), else which single amount, as
    settled/直接事業費 (the kind and the item); empty where it is none of them.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    >>> budgets = pd.DataFrame({"government_code": "x_town", "program_id": "fair",
    ...     "fiscal_year": 2018, "kind": ["settled", "source", "source"],
    ...     "item": [None, "国庫支出金", "一般財源"], "amount_yen": [10, 6, 4]})
    >>> share_funding(budgets)[["item", "share", "equals"]].values.tolist()
    [['国庫支出金', 0.6, 'settled'], ['一般財源', 0.4, 'settled']]
    """
    check_table(budgets, "budgets", f"{AMOUNTS} item")
    yearly = keep_yearly(budgets)
    rows = yearly[yearly["kind"] == "source"].reset_index(drop=True)
    amount = rows["amount_yen"].astype("Int64").to_numpy("float64", na_value=np.nan)
    side = rows["item"].astype("str").str.extract(SIDE, expand=False).fillna("")
    groups = [*(rows[key] for key in KEYS), side]
    whole = pd.Series(amount).groupby(groups).transform(lambda yen: yen.sum(skipna=False))
    costs = list_costs(budgets)
    names = [name for name in costs if name not in KEYS]
    beside = costs[names].reset_index(drop=True).reindex(find_rows(rows, costs, KEYS))
    same = beside.to_numpy("float64") == whole.to_numpy()[:, np.newaxis]
    of_cost = np.array(names, dtype=object)[same.argmax(axis=1)]
    equals = np.where(same.any(axis=1), of_cost, _find_amounts(rows, whole, yearly))
    return rows[[*KEYS, "item", "amount_yen"]].assign(
        share=amount / whole.where(whole > 0).to_numpy(),
        equals=pd.array([str(name) for name in equals], dtype="str"),
    )


def _find_amounts(rows: pd.DataFrame, whole: pd.Series, budgets: pd.DataFrame) -> list[str]:
    """Find for each sum the first printed amount of the program's year that is the same."""
    others = budgets[budgets["kind"].isin(NUMBER_OF_BASIS) & budgets["item"].notna()]
    printed: dict[tuple[object, ...], str] = {}
    amounts = others["amount_yen"].astype("Int64").to_numpy("float64", na_value=np.nan)
    for key, yen, kind, item in zip(
        list_keys(others, KEYS), amounts, others["kind"], others["item"], strict=True
    ):
        printed.setdefault((*key, yen), f"{kind}/{item}")
    keys = zip(list_keys(rows, KEYS), whole, strict=True)
    return [printed.get((*key, yen), "") for key, yen in keys]
