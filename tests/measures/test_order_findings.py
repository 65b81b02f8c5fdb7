"""Which orders hold, which are open, and what they rest on."""

import pandas as pd

from analysis.measures.order_findings import find_assumptions, find_order

PAIR = {"first_program": "甲", "second_program": "乙", "order_note": "", "order": "first"}
PAIR |= {"order_full": None, "changes_with_personnel": None, "draws": 500, "seed": 1}
PAIR |= {"error": 0.05, "estimated": 0, "both_rates": 0, "unknown": 0}


def pairs(*rows):
    return pd.DataFrame([PAIR | row for row in rows])


def test_certain_orders_are_counted_and_open_ones_listed():
    found = find_order(pairs({}, {"order": "second"}, {"order": "open"}, {"order_note": "no_kpi"}))
    assert (found.compared, found.holding) == (3, 2)
    assert found.open["order"].tolist() == ["open"]
    assert found.missing == {"no_kpi": 1}


def test_orders_that_are_others_with_personnel_are_listed_of_those_that_have_one():
    same = {"order_full": "first", "changes_with_personnel": "no"}
    found = find_order(pairs(same, {"order_full": "second", "changes_with_personnel": "yes"}, {}))
    assert found.in_full == 2
    assert found.changed["order_full"].tolist() == ["second"]


def test_an_assumption_is_found_only_where_it_occurs_among_compared_pairs():
    table = pairs({"estimated": 1}, {"unknown": 1, "order_note": "no_cost"})
    found = find_assumptions(table)
    assert (found.has_estimates, found.has_unknown, found.has_both_rates) == (True, False, False)
    assert (found.draws, found.error, found.seed) == (500, 0.05, 1)
    assert find_assumptions(table.iloc[1:]) is None
