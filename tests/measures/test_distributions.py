"""How figures of many KPIs are split into groups and lie in them."""

import numpy as np
import pandas as pd
import pytest
from made import at_rates, judged_kpis

from analysis.errors import DataError
from analysis.measures.distributions import (
    add_program_columns,
    choose_rows,
    cross_reached,
    find_by,
    find_classes,
    find_rates,
    pool_groups,
    split_groups,
    spread_observations,
    spread_rates,
)


def groups_of(column, by="department", most=12):
    found = split_groups(pd.DataFrame({by: column}), by, most)
    return [(group.name, group.groups, group.rows.tolist()) for group in found]


def test_the_largest_groups_come_first_and_all_others_are_one():
    assert groups_of(["a", "b", "b", "c", "b", "c", "d"], most=2) == [
        ("b", 1, [1, 2, 4]),
        ("c", 1, [3, 5]),
        (None, 2, [0, 6]),
    ]


def test_rows_without_a_group_are_a_group_and_lost_in_none():
    assert groups_of(["a", None, "a"]) == [("a", 1, [0, 2]), (None, 1, [1])]
    assert groups_of([None, None]) == [(None, 1, [0, 1])]


def test_years_and_kinds_stand_in_their_own_order():
    assert [name for name, *_ in groups_of([2019, 2018, 2019], "fiscal_year")] == [2018, 2019]
    kinds = ["outcome", "outcome", "activity"]
    assert [name for name, *_ in groups_of(kinds, "kpi_kind")] == ["activity", "outcome"]


def test_costs_are_grouped_by_powers_of_ten_and_nothing_and_less_by_none():
    yen = pd.Series([999, 1_000, 37_660_800, 0, -5, None], dtype="Float64")
    assert find_classes(yen).tolist()[:3] == [100, 1_000, 10_000_000]
    assert find_classes(yen).isna().tolist() == [False] * 3 + [True] * 3


def test_a_column_groups_well_if_its_largest_groups_hold_half_of_the_rows():
    many = pd.DataFrame({"department": [f"d{n}" for n in range(100)], "kpi_kind": ["a", "b"] * 50})
    assert find_by(many) == "kpi_kind"
    assert find_by(many.assign(department=["d", "e"] * 50)) == "department"
    assert find_by(many.assign(kpi_kind="a")) is None


def test_the_rate_is_the_one_that_at_least_half_as_many_kpis_have():
    kpis = at_rates(0.5, 0.6, 0.7)
    assert find_rates(kpis)[0] == "progress_rate"
    one = kpis.assign(progress_rate=[0.5, np.nan, np.nan])
    assert find_rates(one)[0] == "achievement_rate"
    assert find_rates(one, "progress_rate")[1].tolist()[0] == 0.5


def test_the_plain_ratio_of_a_kpi_that_should_fall_is_no_rate():
    falling = judged_kpis({"direction": "down", "target": 50.0, "baseline": None})
    assert find_rates(falling)[1].isna().all()


def test_what_is_unknown_is_counted_beside_and_in_no_share():
    kpis = at_rates(0.5, 1.0, 1.5).assign(department=["a", "a", "b"])
    kpis.loc[0, ["reached", "progress_rate"]] = ["unknown", np.nan]
    one, other = spread_rates(kpis, "department")
    assert (one.total, one.judged, one.reached) == (2, 1, 1)
    assert one.figures.tolist() == [1.0] and one.states.tolist() == ["yes"]
    assert (other.total, other.judged, other.reached) == (1, 1, 1)


def test_quarters_are_those_of_the_figures_there_are():
    [whole] = spread_rates(at_rates(0.1, 0.5, 0.3, 0.2, 0.4), None)
    assert [whole.at(q) for q in (0.25, 0.5, 0.75)] == pytest.approx([0.2, 0.3, 0.4])
    assert whole.ends == pytest.approx([0.1, 0.5])
    [empty] = spread_rates(
        at_rates(1.0).assign(progress_rate=np.nan, achievement_rate=np.nan), None
    )
    assert np.isnan(empty.at(0.5)) and empty.ends == []


def test_a_missing_column_is_named():
    with pytest.raises(DataError, match="department"):
        spread_rates(at_rates(1.0), "department")


def test_kpis_get_what_tells_their_programs_apart_from_that_year_else_from_another():
    kpis = at_rates(1.0, 1.0)
    kpis["program_id"] = ["p", "q"]
    rows = [("p", 2017, "旧課"), ("p", 2018, "新課"), ("q", 2016, "別課")]
    shown = pd.DataFrame(rows, columns=["program_id", "fiscal_year", "department"])
    added = add_program_columns(kpis, shown.assign(government_code="082201"))
    assert added["department"].tolist() == ["新課", "別課"]


def test_reached_targets_are_crossed_with_the_last_years():
    kpis = at_rates(0.5, 1.0, 1.0, 1.0).assign(
        department=["a", "a", "b", "a"], fiscal_year=[2018, 2018, 2018, 2019]
    )
    kpis.loc[3, "reached"] = "unknown"
    years, crossed = cross_reached(kpis, "department")
    assert years == [2018, 2019]
    assert [(group.name, cells) for group, cells in crossed] == [
        ("a", [(1, 2, 2), (0, 0, 1)]),
        ("b", [(1, 1, 1), (0, 0, 0)]),
    ]
    assert cross_reached(kpis, "department", last=1)[0] == [2019]


def test_the_lowest_are_chosen_and_of_equal_ones_those_that_cost_most():
    table = pd.DataFrame({"name": ["a", "b", "c", "d"], "cost_yen": [1, 5, 9, 100]})
    figures = pd.Series([0.0, 0.0, 1.0, np.nan])
    assert choose_rows(table, figures, 2)["name"].tolist() == ["b", "a"]
    assert choose_rows(table, figures, 9, largest=True)["name"].tolist() == ["c", "b", "a"]


def test_of_several_years_of_a_kpi_one_is_chosen():
    kpis = pd.concat([at_rates(0.5), at_rates(0.2), at_rates(0.9)], ignore_index=True)
    chosen = choose_rows(kpis, kpis["progress_rate"], 5)
    assert chosen["progress_rate"].tolist() == pytest.approx([0.2])


def test_pooled_groups_keep_the_sum_of_what_is_counted():
    counts = pd.DataFrame({"fiscal_year": 2018, "programs": [1, 5, 2, 5], "new": [1, 0, 2, 3]})
    pooled = pool_groups(counts, 2)
    assert pooled["programs"].tolist() == [5, 5, 3]
    assert pooled["new"].sum() == counts["new"].sum()
    assert pooled["groups"].tolist() == [1, 1, 2]
    assert pd.isna(pooled["fiscal_year"].iloc[-1])
    assert pool_groups(counts, 4)["groups"].tolist() == [1] * 4


def test_observations_lie_with_those_of_the_same_thing_and_unit_and_zero_with_none():
    rows = [
        ("来場者", "人", 5.0),
        ("来場者", "人", 0.0),
        ("来場者", None, 7.0),
        ("来場者", "人", 9.0),
    ]
    spreads = spread_observations(pd.DataFrame(rows, columns=["what", "unit", "value"]))
    assert [(s.group.name, s.figures.tolist()) for s in spreads] == [
        (("来場者", "人"), [5.0, 9.0]),
        (("来場者", ""), [7.0]),
    ]
