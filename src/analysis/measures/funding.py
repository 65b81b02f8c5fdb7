"""Where the money of a program came from: national, prefectural, the government's own, others.

Sources are never a cost beside the cost: they are the same money seen from its other end.
Where not all of them are printed, what they give together is not the whole.
"""

import numpy as np
import pandas as pd

from analysis.dataset.vocabulary import BUDGET_SIDES, SIDE
from analysis.measures.cost_basis import NUMBER_OF_BASIS, keep_yearly, list_costs
from analysis.measures.keys import PROGRAM_YEAR, find_rows, is_among, list_keys
from analysis.measures.needs import AMOUNTS, check_table

OF_ACCOUNT = ("settled", "settled_full")
OF_BUDGET = ("total", "total_full", "parts", "parts_full", "initial", "initial_full")


def share_funding(budgets: pd.DataFrame) -> pd.DataFrame:
    """Share each source of money (財源) of the whole: of all sources, or of the cost above them.

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
    `amount_yen` and

    equals
        which cost of `list_costs` the sum of the sources is equal to (settled, total, ...),
        else which single amount, as settled/直接事業費 (the kind and the item); empty where it
        is none of them.
    whole_yen, share_of
        what the share is of. The sum of the sources of that program and year ("sources") where
        it equals an amount; else, where it is below the cost, that cost (its name in
        `list_costs`: the settled account, else the budget; the budget for the sources of one),
        for sources that are not printed have a part in it, too. Where no cost is known or the
        sum is above it, the sum again.
    share
        `amount_yen` / `whole_yen`, a ratio; missing while a source is pending, and where the
        whole is not above 0.
    rest_yen
        what of the cost no printed source pays; 0 where the sources add up to an amount, and
        missing where that is not known.

    Raises
    ------
    DataError
        When a column it needs is not there, with what looks like it.

    Examples
    --------
    福岡県 prints 一般財源 793 of 1,193 千円 and no other source: 66.5 %, and 400 are left.

    >>> budgets = pd.DataFrame({"government_code": "400009", "program_id": "civil_protection",
    ...     "fiscal_year": 2024, "kind": ["settled", "source"], "item": [None, "一般財源"],
    ...     "amount_yen": [1193, 793]})
    >>> share_funding(budgets).round(3)[["share", "share_of", "rest_yen"]].values.tolist()
    [[0.665, 'settled', 400]]
    """
    check_table(budgets, "budgets", f"{AMOUNTS} item")
    yearly = keep_yearly(budgets)
    rows = yearly[yearly["kind"] == "source"].reset_index(drop=True)
    amount = rows["amount_yen"].astype("Int64").to_numpy("float64", na_value=np.nan)
    side = rows["item"].astype("str").str.extract(SIDE, expand=False).fillna("")
    groups = [*(rows[key] for key in PROGRAM_YEAR), side]
    summed = pd.Series(amount).groupby(groups).transform(lambda yen: yen.sum(skipna=False))
    costs = list_costs(budgets)
    names = [name for name in costs if name not in PROGRAM_YEAR]
    beside = costs[names].reset_index(drop=True).reindex(find_rows(rows, costs, PROGRAM_YEAR))
    beside = beside.reset_index(drop=True)
    same = beside.to_numpy("float64") == summed.to_numpy()[:, np.newaxis]
    of_cost = np.array(names, dtype=object)[same.argmax(axis=1)]
    equals = np.where(same.any(axis=1), of_cost, _find_amounts(rows, summed, yearly))
    cost, name = _find_costs(beside, side)
    is_short = (equals == "") & (cost > summed).to_numpy()
    whole = summed.mask(is_short, cost)
    rest = (whole - summed).where(is_short | ((equals != "") & summed.notna()))
    return rows[[*PROGRAM_YEAR, "item", "amount_yen"]].assign(
        share=amount / whole.where(whole > 0).to_numpy(),
        equals=pd.array([str(name) for name in equals], dtype="str"),
        whole_yen=whole.astype("Int64"),
        share_of=name.where(is_short, "sources").astype("str"),
        rest_yen=rest.astype("Int64"),
    )


def _find_costs(beside: pd.DataFrame, side: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The cost that the sources of each side have to pay for, and its name in `list_costs`."""
    cost, name = np.full(len(side), np.nan), np.full(len(side), "", dtype=object)
    of_budget = is_among(side, BUDGET_SIDES)
    unsaid = is_among(side, [""])
    for columns, is_of_side in ((OF_ACCOUNT, ~of_budget), (OF_BUDGET, unsaid | of_budget)):
        for column in columns:
            yen = beside[column].to_numpy()
            found = is_of_side & np.isnan(cost) & ~np.isnan(yen)
            cost[found], name[found] = yen[found], column
    return pd.Series(cost, index=beside.index), pd.Series(name, index=beside.index, dtype="str")


def _find_amounts(rows: pd.DataFrame, whole: pd.Series, budgets: pd.DataFrame) -> list[str]:
    """Find for each sum the first printed amount of the program's year that is the same."""
    others = budgets[budgets["kind"].isin(NUMBER_OF_BASIS) & budgets["item"].notna()]
    printed: dict[tuple[object, ...], str] = {}
    amounts = others["amount_yen"].astype("Int64").to_numpy("float64", na_value=np.nan)
    for key, yen, kind, item in zip(
        list_keys(others, PROGRAM_YEAR), amounts, others["kind"], others["item"], strict=True
    ):
        printed.setdefault((*key, yen), f"{kind}/{item}")
    keys = zip(list_keys(rows, PROGRAM_YEAR), whole, strict=True)
    return [printed.get((*key, yen), "") for key, yen in keys]


def list_rests(funding: pd.DataFrame) -> pd.DataFrame:
    """List once each what of a cost no printed source pays, from the table of `share_funding`.

    Returns
    -------
    `share_of` (the name of the cost), `whole_yen` and `rest_yen`, above 0.
    """
    of = [name for name in (*PROGRAM_YEAR, "share_of", "whole_yen", "rest_yen") if name in funding]
    short = funding.loc[(funding["rest_yen"] > 0).fillna(False), of].drop_duplicates()
    return short[["share_of", "whole_yen", "rest_yen"]]
