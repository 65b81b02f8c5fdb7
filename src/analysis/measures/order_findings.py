"""What the simulated order of pairs of programs comes to, and what it rests on."""

from dataclasses import dataclass

import pandas as pd

from analysis.measures.notes import count_notes


@dataclass(frozen=True)
class Order:
    """What the simulated order of pairs of programs comes to.

    `compared` pairs, of which `holding` have a certain order; `open` and `changed` are the rows
    that have none, and that have another one by the cost with personnel, which `in_full` pairs
    have. `missing` counts by reason the pairs that cannot be compared. `in_fields` says that only
    neighbours of one field were paired.
    """

    compared: int
    holding: int
    open: pd.DataFrame
    in_full: int
    changed: pd.DataFrame
    missing: dict[str, int]
    in_fields: bool


@dataclass(frozen=True)
class Assumptions:
    """What was drawn and assumed, and which assumption occurs among the pairs compared."""

    draws: int
    seed: int
    error: float
    has_estimates: bool
    has_both_rates: bool
    has_unknown: bool


def find_order(order: pd.DataFrame) -> Order:
    """Find how many orders hold and which do not, from the table of `simulate_order`."""
    compared = keep_compared(order)
    holds = compared["order"].isin(["first", "second"])
    in_full = compared[compared["order_full"].notna()]
    changes = in_full.get("changes_with_personnel", pd.Series(index=in_full.index, dtype="str"))
    return Order(
        compared=len(compared),
        holding=int(holds.sum()),
        open=compared[~holds],
        in_full=len(in_full),
        changed=in_full[changes == "yes"],
        missing=count_notes(order["order_note"]),
        in_fields="field" in order and bool(order["field"].notna().any()),
    )


def keep_compared(order: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs that can be compared."""
    return order[order["order_note"] == ""]


def find_assumptions(order: pd.DataFrame) -> Assumptions | None:
    """Find what the shares of the compared pairs rest on; None where there is none."""
    compared = keep_compared(order)
    if compared.empty:
        return None
    first = compared.iloc[0]
    return Assumptions(
        draws=first["draws"],
        seed=first["seed"],
        error=first["error"],
        has_estimates=bool((compared["estimated"] > 0).any()),
        has_both_rates=bool((compared["both_rates"] > 0).any()),
        has_unknown=bool((compared["unknown"] > 0).any()),
    )
