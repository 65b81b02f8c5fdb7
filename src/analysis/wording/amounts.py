"""Printed amounts, each as it was printed."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.formats import say_years, short_fiscal_year
from analysis.wording.labels import BUDGET_KINDS, NATURES, NO_FIGURE, STATUSES, labels
from analysis.wording.phrases import name_programs, print_yen
from analysis.wording.tables import label_table

WORDS = labels("amounts")
PERSONNEL_BESIDE = WORDS["personnel_beside"]


def name_kind(amount: dict[str, Any]) -> str:
    """Name the kind of an amount: one that was concluded is marked, personnel is called so.

    Examples
    --------
    >>> name_kind({"kind": "initial", "inferred": "kind"})
    '当初予算（推定）'
    >>> name_kind({"kind": "reported", "nature": "personnel"})
    '人件費（決算か予算かの記載なし）'
    """
    if amount["kind"] == "reported" and amount.get("nature") == "personnel":
        return PERSONNEL_BESIDE
    inferred = amount.get("inferred")
    is_concluded = pd.notna(inferred) and "kind" in str(inferred).split()
    return BUDGET_KINDS[amount["kind"]] + WORDS["concluded"] * is_concluded


def tabulate_amounts(budgets: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every amount as it is printed, with what it is of and for which years; sources apart.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    rows = budgets[budgets["kind"] != "source"].reset_index(drop=True)
    last = rows.get("last_year", pd.Series(index=rows.index, dtype="Int64"))
    natures = rows.get("nature", pd.Series(index=rows.index, dtype="str"))
    statuses = rows.get("amount_status", pd.Series(index=rows.index, dtype="str"))
    years = [
        say_years(first, end) if pd.notna(end) else short_fiscal_year(first)
        for first, end in zip(rows["fiscal_year"], last, strict=True)
    ]
    return label_table(
        "amounts",
        {
            **name_programs(rows, programs),
            "fiscal_year": years,
            "kind": [name_kind(row) for row in list_rows(rows, "kind", "nature", "inferred")],
            "item": rows["item"].fillna(NO_FIGURE),
            "nature": natures.map(NATURES).fillna(WORDS["not_stated"]),
            "amount_yen": print_yen(rows["amount_yen"]),
            "amount_status": statuses.map(STATUSES).fillna(NO_FIGURE),
            "place": rows["place"],
        },
    )
