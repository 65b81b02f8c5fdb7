"""What the first screen says in figures: targets reached, cost, which question."""

import pandas as pd
import pytest
from made import some_budgets, some_kpis
from slices import MORIOKA, TSUKUBA, report

from analysis.measures.headlines import (
    count_reached_targets,
    find_cost,
    find_extent,
    find_question,
    list_grants,
    list_without_kpi,
)

MISSING = float("nan")


@pytest.mark.parametrize(
    ("flags", "extent"),
    [([True, True], "all"), ([True, False], "some"), ([False], "none")],
)
def test_an_extent_is_all_some_or_none(flags, extent):
    assert find_extent(flags) == extent


def test_the_question_is_of_targets_else_of_the_course_else_of_what_is_published():
    assert find_question(some_kpis({}, {"actual": MISSING})) == "reached"
    assert find_question(some_kpis({"target": MISSING})) == "course"
    assert find_question(report(MORIOKA, 2021).kpis) == "published"
    assert find_question(some_kpis({}).iloc[:0]) == "published"


def test_grants_are_listed_once_and_none_where_one_program_has_none():
    programs = pd.DataFrame({"grant_name": ["甲", "乙", "甲"]})
    assert list_grants(programs) == ["甲", "乙"]
    assert list_grants(pd.DataFrame({"grant_name": ["甲", None]})) == []


def test_tsukuba_reached_five_of_seven_one_by_an_estimate_and_six_preliminary():
    found = count_reached_targets(report(TSUKUBA, 2018).kpis)
    assert (found.reached, found.kpis, found.known) == (5, 7, 7)
    assert (found.estimated, found.preliminary, found.part_year) == (1, 6, 0)
    assert found.unjudged == found.not_due == 0


def test_what_was_concluded_is_counted_where_it_judges_a_kpi():
    unknown = {"actual": MISSING, "actual_status": "pending", "inferred": "target"}
    kpis = some_kpis({"inferred": "kpi actual"}, {"inferred": "final_target"}, unknown)
    assert count_reached_targets(kpis).concluded == 1


def test_what_is_not_due_is_not_among_what_cannot_be_judged():
    kpis = some_kpis(
        {"target": MISSING},
        {"target": MISSING, "actual": 310.0},
        {"actual": MISSING, "actual_status": "pending"},
        {},
    )
    found = count_reached_targets(kpis)
    assert (found.known, found.not_due, found.already_final, found.unjudged) == (1, 2, 1, 1)


def test_a_program_whose_kpis_only_repeat_others_is_not_without_a_kpi():
    comparison = pd.DataFrame(
        {"program": ["a", "b", "c"], "kpis": [0, 0, 1], "repeated": [0, 2, 0]}
    )
    assert list_without_kpi(comparison) == ["a"]


def test_costs_of_one_basis_have_a_sum_and_others_have_none():
    whole = find_cost(some_budgets(("p", "settled", 5), ("q", "settled", 7)))
    assert (whole.kind, whole.programs, whole.sums["cost_yen"].tolist()) == ("sum", 2, [12])
    unlike = find_cost(some_budgets(("p", "settled", 5), ("q", "total", 7)))
    assert (unlike.kind, len(unlike.sums)) == ("unlike", 2)


def test_amounts_that_are_no_cost_and_no_amounts_are_two_things():
    assert find_cost(some_budgets(("p", "national_grant", 5))).kind == "no_total"
    assert find_cost(some_budgets(("p", "total", None))).kind == "nothing"
    assert find_cost(some_budgets()).kind == "nothing"


def test_an_amount_for_several_years_stands_beside_costs_and_alone_is_a_span():
    span = some_budgets(("p", "settled", 12)).assign(fiscal_year=2019, last_year=2021)
    alone = find_cost(span)
    assert (alone.kind, alone.spans, alone.span["cost_yen"]) == ("span", 1, 12)
    two = find_cost(pd.concat([span, span.assign(program_id="q")]))
    assert (two.kind, two.spans, two.span) == ("span", 2, None)
    beside = find_cost(
        pd.concat([span, some_budgets(("q", "settled", 5)).assign(fiscal_year=2019)])
    )
    assert (beside.kind, beside.spans) == ("sum", 1)


@pytest.mark.parametrize(
    ("statuses", "extent"),
    [(["estimated"] * 2, "all"), (["estimated", None], "some"), ([None] * 2, "none")],
)
def test_of_how_many_amounts_a_cost_is_an_estimate(statuses, extent):
    budgets = some_budgets(("p", "settled", 5), ("p", "settled", 7))
    budgets = budgets.assign(amount_status=statuses, item=["物件費", "委託料"])
    assert find_cost(budgets).estimated == extent


def test_of_how_many_amounts_the_kind_was_concluded():
    one, other = some_budgets(("p", "total", 5)), some_budgets(("q", "total", 7))
    assert find_cost(one).concluded == "none"
    both = pd.concat([one.assign(inferred="kind"), other.assign(inferred=None)])
    assert find_cost(both).concluded == "some"
    assert find_cost(one.assign(inferred="kind fiscal_year")).concluded == "all"


def test_personnel_beside_a_cost_is_counted_and_none_within_it():
    budgets = some_budgets(("p", "settled", 5), ("p", "reported", 7), ("q", "settled", 1))
    found = find_cost(budgets.assign(nature=["direct", "personnel", "direct"], item=None))
    assert (found.personnel_yen, found.with_personnel, found.programs) == (7, 1, 2)
    within = some_budgets(("p", "settled", 5), ("p", "settled", 2))
    assert find_cost(within.assign(nature=["full", "personnel"], item=None)).with_personnel == 0
