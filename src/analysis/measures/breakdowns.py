"""Amounts that repeat one another: a whole beside its parts, a part that is only named.

A table prints a settled account, then what it was spent on, then 合計, and 「うち国費」 below.
Added up they would be twice the money. Where `nature` says what an amount is of, that counts;
where it is empty, the words of the item do.
"""

import numpy as np
import pandas as pd

from analysis.dataset.vocabulary import PART_OF, STAFF, WHOLE
from analysis.measures.keys import PROGRAM_YEAR, list_keys

OF_A_YEAR = ("settled", "total", "initial", "planned", "reported")
FIGURE = [*PROGRAM_YEAR, "kind"]


def keep_wholes(budgets: pd.DataFrame) -> pd.DataFrame:
    """Keep one reading of each amount: a whole instead of the parts printed beside it.

    Parameters
    ----------
    budgets
        One row per amount, with `kind` and, where they are there, `item` and `nature`.

    Returns
    -------
    The rows that may be added up, in the same order, with `nature` where the item says it:

    - an item that begins with うち is a part of another amount, and left out;
    - an item of 人件費 is personnel;
    - of one program, year and kind an amount without an item, or of 合計 and the like, is the
      whole of the items beside it, which are left out; beside 人件費 one called 合計 is full.

    Money by source (kind source) and the changes of a budget (補正, 繰越) are never left out.

    Examples
    --------
    >>> key = {"government_code": "x_town", "program_id": "fair", "fiscal_year": 2020}
    >>> budgets = pd.DataFrame([
    ...     {**key, "kind": "settled", "item": item, "nature": None, "amount_yen": yen}
    ...     for item, yen in ((None, 100), ("委託料", 60), ("報償費", 40), ("うち国費", 50))])
    >>> keep_wholes(budgets)["amount_yen"].tolist()
    [100]
    """
    if "item" not in budgets or budgets["item"].isna().all():
        return budgets
    item = budgets["item"].fillna("").astype("str").str.strip()
    nature = _read_natures(budgets, item)
    part = item.str.startswith(PART_OF).to_numpy() & (budgets["kind"] != "source").to_numpy()
    whole = ((item == "") | item.isin(WHOLE)).to_numpy()
    plain = ~nature.isin(["personnel", "full"]).to_numpy() & ~part
    of_year = budgets["kind"].isin(OF_A_YEAR).to_numpy()
    keys = list_keys(budgets, FIGURE)
    with_whole = {key for key, yes in zip(keys, whole & plain & of_year, strict=True) if yes}
    beside = np.array([key in with_whole for key in keys], dtype=bool)
    repeated = beside & plain & ~whole & of_year
    kept = ~(part | repeated)
    if kept.all() and nature.equals(budgets.get("nature")):
        return budgets
    return budgets.assign(nature=nature)[kept]


def _read_natures(budgets: pd.DataFrame, item: pd.Series) -> pd.Series:
    """The nature of each amount: as stated, else personnel or full where the item says so."""
    stated = budgets.get("nature", pd.Series(index=budgets.index, dtype="str"))
    nature = stated.fillna("").astype("str")
    unstated = (nature == "") & (budgets["kind"] != "source")
    nature = nature.mask(unstated & item.str.contains(STAFF, regex=False), "personnel")
    keys = list_keys(budgets, FIGURE)
    staffed = {key for key, word in zip(keys, nature, strict=True) if word == "personnel"}
    beside = pd.Series([key in staffed for key in keys], index=budgets.index)
    nature = nature.mask(unstated & item.isin(WHOLE) & beside & (nature == ""), "full")
    return nature.mask(nature == "")
