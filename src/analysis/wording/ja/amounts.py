"""Printed amounts, each as it was printed."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.ja.formats import format_yen, say_years, short_fiscal_year
from analysis.wording.ja.phrases import name_programs
from analysis.wording.labels import BUDGET_KINDS, NATURES, NO_FIGURE, STATUSES

PERSONNEL_BESIDE = "人件費（決算か予算かの記載なし）"


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
    return BUDGET_KINDS[amount["kind"]] + "（推定）" * is_concluded


def tabulate_amounts(budgets: pd.DataFrame, programs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every amount as it is printed, with what it is of and for which years; sources apart.

    `programs` is the table of the dataset: with more than one, each row names its own.
    """
    rows = budgets[budgets["kind"] != "source"]
    last = rows.get("last_year", pd.Series(index=rows.index, dtype="Int64"))
    natures = rows.get("nature", pd.Series(index=rows.index, dtype="str"))
    statuses = rows.get("amount_status", pd.Series(index=rows.index, dtype="str"))
    years = [
        say_years(first, end) if pd.notna(end) else short_fiscal_year(first)
        for first, end in zip(rows["fiscal_year"], last, strict=True)
    ]
    return pd.DataFrame(
        {
            **name_programs(rows, programs),
            "年度": years,
            "種類": [name_kind(row) for row in list_rows(rows, "kind", "nature", "inferred")],
            "項目": rows["item"].fillna(NO_FIGURE),
            "範囲": natures.map(NATURES).fillna("記載なし"),
            "金額（円）": [format_yen(yen).removesuffix("円") for yen in rows["amount_yen"]],
            "扱い": statuses.map(STATUSES).fillna(NO_FIGURE),
            "記載の場所": rows["place"],
        }
    ).reset_index(drop=True)
