"""What the costs of some KPIs come to."""

import pandas as pd
from slices import report

from analysis.measures.costs import (
    find_costs,
    has_falling_gain,
    note_personnel,
    spread_unit_costs,
)

TSUKUBA, FUKUOKA, MORIOKA = ("082201", 2018), ("400009", 2024), ("032018", 2021)


def test_the_kpis_without_a_unit_cost_are_counted_by_reason():
    found = find_costs(report(*TSUKUBA).kpis)
    assert len(found.priced) + sum(found.missing.values()) == 7
    assert found.missing["money_kpi"] == 1
    assert (found.is_range, found.is_weighted) == (True, False)
    assert (found.is_budget, found.is_per_result, found.is_known) == (True, True, True)


def test_personnel_of_which_nobody_says_if_it_was_spent_is_found():
    kpis = report(*FUKUOKA).kpis
    assert find_costs(kpis).is_reckoned
    assert set(note_personnel(kpis)) == {"", "personnel_reckoned"}
    assert len(find_costs(kpis).gaining) == 1
    assert not find_costs(report(*TSUKUBA).kpis).is_reckoned


def test_without_a_unit_cost_nothing_is_said_per_result():
    found = find_costs(report(*MORIOKA).kpis)
    assert len(found.priced) == 0
    assert (found.is_range, found.is_budget, found.is_per_result) == (False, False, False)


def test_a_marginal_cost_is_one_per_unit_reduced_where_the_kpi_should_fall():
    kpis = report(*TSUKUBA).kpis
    assert not has_falling_gain(kpis)
    assert has_falling_gain(kpis.assign(direction="down"))


def test_unit_costs_lie_with_those_of_the_same_unit_and_0_with_none():
    kpis = pd.DataFrame({"unit": ["件", "件", "人"], "unit_cost_yen": [100.0, 0.0, 7.0]})
    spreads = spread_unit_costs(kpis.assign(reached="yes"))
    assert [(s.group.name, s.figures.tolist()) for s in spreads] == [("件", [100.0]), ("人", [7.0])]
