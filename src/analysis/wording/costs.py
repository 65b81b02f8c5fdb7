"""What a cost is called: its basis, what it holds, its year."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.wording.formats import format_yen, say_span
from analysis.wording.labels import BASES, NATURES, PARTS


def name_cost(basis: str, natures: str, kinds: str = "") -> str:
    """Name a cost by its basis and by whether it holds personnel, where that is stated.

    `kinds` are those of the amounts in it (`cost_kinds`): a budget is named by the ones there.

    Examples
    --------
    >>> name_cost("settled", ""), name_cost("total", "full")
    ('決算額', '総予算額・人件費を含む')
    >>> name_cost("parts", "", "initial"), name_cost("parts", "", "initial carried_in")
    ('当初予算額', '予算額（当初・繰越の合計）')
    """
    name = name_parts(kinds.split()) if basis == "parts" and kinds else BASES[basis]
    return "・".join(filter(None, [name, NATURES.get(natures, "")]))


def name_parts(kinds: list[str]) -> str:
    """Name a budget by the kinds of amount it is the sum of."""
    if kinds == ["initial"]:
        return BASES["initial"]
    words = dict.fromkeys(PARTS[kind] for kind in kinds)
    return f"予算額（{'・'.join(words)}の合計）"


def name_costs(table: pd.DataFrame) -> pd.Series:
    """Name the cost of each row by `cost_basis`, `cost_natures` and, where given, `cost_kinds`.

    Missing where there is no cost.
    """
    columns = [
        table.get(name, pd.Series("", index=table.index)).tolist()
        for name in ("cost_basis", "cost_natures", "cost_kinds")
    ]
    names = [
        None if pd.isna(basis) else name_cost(basis, natures, kinds)
        for basis, natures, kinds in zip(*columns, strict=True)
    ]
    return pd.Series(names, index=table.index, dtype="str")


def print_costs(table: pd.DataFrame) -> tuple[str, list[str]]:
    """Print costs under a header that names what they are, or each with its own name.

    Costs of several bases or natures never stand in one column unmarked.
    """
    columns = ("span_yen", "span_basis", "span_first_year", "span_last_year")
    spans = list_rows(table, "cost_yen", *columns)
    names, yen = name_costs(table), [_print_cost(row) for row in spans]
    kinds = list(dict.fromkeys(names.dropna()))
    if len(kinds) == 1:
        return f"費用（{kinds[0]}）", yen
    marked = [
        amount if pd.isna(name) else f"{amount}（{name}）"
        for amount, name in zip(yen, names, strict=True)
    ]
    return "費用", marked


def _print_cost(row: dict[str, Any]) -> str:
    """The cost of a year, or what is printed for several years with the years it is for."""
    span = row.get("span_yen")
    if pd.notna(row["cost_yen"]) or span is None or pd.isna(span):
        return format_yen(row["cost_yen"])
    years = say_span(row["span_first_year"], row["span_last_year"])
    return f"{years}の合計 {format_yen(span)}（{BASES[row['span_basis']]}）"
