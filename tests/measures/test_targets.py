"""In which form targets are given, which is the goal, and what stands on the line of a plan."""

import pytest
from made import some_kpis

from analysis.measures.targets import (
    count_planned,
    find_form,
    find_goal,
    find_planned_change,
    group_planned_values,
    has_planned,
    list_planned,
    list_worded,
)

MISSING = float("nan")
WORDS = {"target": MISSING, "target_printed": "充実"}
WITHOUT_FINAL = {"final_target": MISSING, "final_year": None}


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ({"target": 0.0}, "number"),
        (WORDS, "words"),
        ({"target": MISSING, "target_bound": "better_than_baseline"}, "comparable"),
        ({"target": MISSING, "target_printed": "－"}, "none"),
        ({"target": MISSING, "target_printed": "調査中", "target_status": "pending"}, "none"),
        ({"target": MISSING}, "none"),
    ],
)
def test_a_target_is_a_number_words_with_a_meaning_other_words_or_none(cells, form):
    assert find_form(cells, "target") == form


@pytest.mark.parametrize(
    ("cells", "goal"),
    [
        ({"target": 200.0, "final_target": 300.0}, "target"),
        ({"target": MISSING, "final_target": 300.0}, "final_target"),
        (
            {"target": MISSING, "final_target": MISSING, "final_target_printed": "増加"},
            "final_target",
        ),
        (WORDS | {"final_target": 300.0}, "both"),
        (WORDS | {"final_target": MISSING}, "target"),
        ({"target": MISSING, "final_target": MISSING}, "target"),
    ],
)
def test_the_goal_is_the_year_s_target_else_the_final_one_and_both_beside_bare_words(cells, goal):
    assert find_goal(cells) == goal


def test_kpis_with_figures_are_planned_and_those_with_words_alone_are_worded():
    kpis = some_kpis({}, WORDS | WITHOUT_FINAL, WORDS, {"target": MISSING} | WITHOUT_FINAL)
    names = kpis["kpi"].tolist()
    assert [kpi["kpi"] for kpi in list_planned(kpis)] == [names[0], names[2]]
    assert [kpi["kpi"] for kpi in list_worded(kpis)] == [names[1]]


def test_equal_values_of_a_plan_are_one_and_a_copied_target_is_none_of_the_year():
    [equal] = list_planned(some_kpis({"target": 300.0}))
    assert group_planned_values(equal) == [
        (100.0, ["baseline"]),
        (300.0, ["target", "final_target"]),
    ]
    [copied] = list_planned(some_kpis({"target": 300.0, "inferred": "target"}))
    assert group_planned_values(copied) == [(100.0, ["baseline"]), (300.0, ["final_target"])]


def test_a_planned_change_is_a_share_of_the_baseline_and_of_one_of_0_there_is_none():
    kpis = some_kpis(
        {},
        {"target": MISSING},
        {"baseline": -100.0, "target": -50.0},
        {"baseline": 0.0},
        {"baseline": MISSING},
    )
    changes = find_planned_change(kpis)
    assert changes.tolist()[:3] == [1.0, 2.0, 0.5]
    assert changes.isna().tolist() == [False, False, False, True, True]


def test_targets_are_counted_once_each_those_in_words_too():
    kpis = some_kpis(
        {}, {"target": MISSING}, WORDS | WITHOUT_FINAL, {"target": MISSING} | WITHOUT_FINAL
    )
    [(_, counts)] = count_planned(kpis, None)
    assert counts == (2, 1, 1)
    assert has_planned(kpis).tolist() == [True, True, False, False]
