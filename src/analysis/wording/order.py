"""How often one program comes before another."""

from typing import Any

import pandas as pd

from analysis.measures.keys import list_rows
from analysis.measures.order import NEARLY_ALWAYS
from analysis.measures.order_findings import Order, find_assumptions, find_order, keep_compared
from analysis.wording.formats import LISTS, format_number, format_percent_range
from analysis.wording.labels import NO_FIGURE, labels, say
from analysis.wording.phrases import say_counts
from analysis.wording.tables import label_table

MOST_PAIRS_NAMED = 3
ORDERS = labels("order.orders")
FORMULAS = labels("order.formulas")


def tabulate_order(order: pd.DataFrame) -> pd.DataFrame:
    """In what share of the draws one program came before another, from `simulate_order`.

    Pairs that cannot be compared have no row; `describe_order` names them.
    """
    compared = keep_compared(order)
    rows = list_rows(compared)
    in_full = {}
    if compared["order_full"].notna().any():
        words = compared["order_full"].astype("str").map(ORDERS)
        in_full = {"order_full": words.fillna(NO_FIGURE)}
    return label_table(
        "order",
        {
            "program": compared["first_program"],
            "second_program": compared["second_program"],
            "share_of_draws": [_share_of_draws(row) for row in rows],
            "order": [ORDERS[row["order"]] for row in rows],
            **in_full,
            "estimated": [say("order.kpis", count=n) for n in compared["estimated"]],
            "kpis_without_rate": [say("order.kpis", count=n) for n in compared["unknown"]],
        },
    )


def _share_of_draws(pair: dict[str, Any]) -> str:
    """The share of all draws, or of those with each formula where the order hangs on it."""
    if pair["order"] != "by_formula":
        return format_percent_range(pair["share_low"], pair["share_high"])
    ends = {name: [pair[f"share_by_{name}_{end}"] for end in ("low", "high")] for name in FORMULAS}
    return LISTS["comma"].join(
        f"{word} {format_percent_range(*ends[name])}" for name, word in FORMULAS.items()
    )


def describe_order(order: pd.DataFrame) -> str:
    """Say how often the order of progress per yen holds (`describe_assumptions`: in what draws)."""
    found = find_order(order)
    if not found.compared:
        why = say_counts(found.missing, LISTS["pairs"])
        return say("order.none_because" if why else "order.none", why=why)
    said = [
        say("order.compared_in_fields" if found.in_fields else "order.compared", n=found.compared),
        say("order.holding", n=found.holding, percent=format_number(NEARLY_ALWAYS * 100)),
    ]
    said += [_say_open(pair) for pair in list_rows(found.open.head(MOST_PAIRS_NAMED))]
    more = len(found.open) - MOST_PAIRS_NAMED
    if more > 0:
        said.append(say("order.more_are_open", count=more))
    return "".join([*said, _say_personnel(found)])


def _say_open(pair: dict[str, Any]) -> str:
    """Say why the order of one pair is not certain."""
    both = _name_both(pair)
    if pair["order"] == "by_formula":
        ways = [(word, pair[f"order_by_{name}"]) for name, word in FORMULAS.items()]
        said = [say(f"order.{way}_by_one", formula=word, **both) for word, way in ways]
        by = LISTS["comma"].join(said)
        return say("order.by_formula", by=by, **both)
    if pair["order"] == "by_unknown":
        return say("order.by_unknown", **both)
    share = format_percent_range(pair["share_low"], pair["share_high"])
    return say("order.open", share=share, **both)


def _name_both(pair: dict[str, Any]) -> dict[str, str]:
    return {"first": pair["first_program"], "second": pair["second_program"]}


def _say_personnel(found: Order) -> str:
    """Say which orders are others by the cost with personnel, where that is known."""
    if not found.in_full:
        return ""
    of = "some" if found.in_full < found.compared else "all"
    if found.changed.empty:
        return say(f"order.{of}_unchanged", of=found.in_full)
    named = LISTS["comma"].join(
        say(f"order_in_full.{pair['order_full']}", **_name_both(pair))
        for pair in list_rows(found.changed.head(MOST_PAIRS_NAMED))
    )
    more = len(found.changed) - MOST_PAIRS_NAMED
    if more > 0:
        named = say("order.named_and_more", named=named, more=more)
    return say(f"order.{of}_changed", of=found.in_full, count=len(found.changed), named=named)


def describe_assumptions(order: pd.DataFrame) -> str:
    """Say what `simulate_order` drew and assumed; nothing where no pair is compared.

    Estimated actuals, two formulas and unknown KPIs are named only where they occur.
    """
    found = find_assumptions(order)
    if found is None:
        return ""
    said = [say("order.draws", draws=format_number(found.draws), seed=found.seed)]
    if found.has_estimates:
        said.append(say("order.moved_estimates", percent=format_number(found.error * 100)))
    if found.has_both_rates:
        said.append(say("order.both_rates"))
    said.append(say("order.rates_are_kept"))
    if found.has_unknown:
        said.append(say("order.unknown_rates"))
    return "".join(said)
