"""What the first sentences of a report conclude: counts and rows, without their words."""

import pandas as pd
import pytest
from made import NO_AUDIT, an_audit, some_kpis
from slices import GOSE, MORIOKA, TSUKUBA, report

from analysis.measures.findings import (
    count_concluded,
    count_others,
    find_final_targets,
    group_unknown,
    list_missed_finals,
    list_reached_early,
    list_worse,
)

MISSING = float("nan")
PART = {"aggregation": "single_year", "actual": 210.0, "as_of": "2018-09-30"}


def test_a_kpi_worse_than_its_baseline_is_listed_unless_a_judgement_is_held_to_it():
    kpis = some_kpis({"actual": 90.0}, {"actual": 120.0}, {"actual": 80.0})
    assert list_worse(kpis, NO_AUDIT) == ["指標0", "指標2"]
    audit = an_audit({"kpi": "指標0", "finding": "worse_than_baseline"})
    assert list_worse(kpis, audit) == ["指標2"]


def test_a_kpi_worse_than_its_baseline_counts_before_it_is_due_and_not_without_an_actual():
    not_due = {"target": MISSING, "actual": 90.0}
    assert list_worse(some_kpis(not_due, {"actual": MISSING}), NO_AUDIT) == ["指標0"]


def test_kpis_reached_within_the_year_are_counted_with_their_days_in_order():
    later = PART | {"as_of": "2018-12-31"}
    assert list_reached_early(some_kpis(later, PART, {})) == (2, ["2018-09-30", "2018-12-31"])
    assert list_reached_early(some_kpis({})) == (0, [])


def test_only_a_concluded_target_or_actual_of_a_judged_kpi_counts():
    kpis = some_kpis(
        {"inferred": "target unit"},
        {"inferred": "unit"},
        {"inferred": "actual", "actual": MISSING},
    )
    assert count_concluded(kpis) == 1
    assert count_concluded(some_kpis({})) == 0


def test_tsukuba_is_at_one_of_four_final_targets_two_years_before_they_are_due():
    found = find_final_targets(report(TSUKUBA, 2018).kpis)
    assert (found.kpis, found.reached, found.by_part_year) == (4, 1, 0)
    assert (found.years, found.years_left, found.fiscal_years) == ([2020], [2], [2018])
    assert found.early == 0  # each of the four has a target of the year, too


def test_gose_has_final_targets_alone_and_one_of_three_moved_away():
    # 平成25年度: station users fell from 21,754 to 19,975
    found = find_final_targets(report(GOSE, 2013).kpis)
    assert (found.early, found.early_years, found.years_left) == (3, [2020], [7])
    assert (found.on_course, found.off_course, found.moved_away) == (2, 0, 1)


def test_a_final_target_reached_within_the_year_keeps_its_day():
    found = find_final_targets(some_kpis(PART | {"actual": 310.0}, {}))
    assert (found.reached, found.by_part_year, found.days) == (1, 1, ["2018-09-30"])


def test_one_kpi_has_no_course_and_none_without_a_later_final_target():
    alone = find_final_targets(some_kpis({"target": MISSING}))
    assert (alone.early, alone.on_course, alone.off_course, alone.moved_away) == (1, 0, 0, 0)
    assert find_final_targets(some_kpis({"final_year": 2018})) is None


def test_a_final_target_missed_in_the_year_it_is_due_is_listed_beside_a_reached_one():
    due = {"actual": 250.0, "final_year": 2018}
    others = ({"actual": 310.0, "final_year": 2018}, {"actual": 250.0, "final_year": None}, {})
    [missed] = list_missed_finals(some_kpis(due, *others))
    assert missed["kpi"] == "指標0"


def test_unknown_kpis_are_grouped_by_reason_those_without_an_actual_first():
    kpis = some_kpis(
        {"target": MISSING, "final_target": MISSING, "final_year": None},
        {"actual": MISSING, "actual_status": "pending"},
        {"actual": MISSING, "actual_status": "pending", "target": MISSING},
        {"actual": MISSING, "actual_status": "unpublished", "target_status": "planned"},
        {},
    )
    groups = [(g.reason, g.measured, g.aim, len(g.rows)) for g in group_unknown(kpis)]
    assert groups == [
        ("pending", False, "none", 2),
        ("unpublished", False, "planned", 1),
        ("no_target", True, "none", 1),
    ]


@pytest.mark.parametrize(
    ("cells", "aim"),
    [
        ({}, "target"),
        ({"target": MISSING}, "final_target"),
        ({"target_status": "planned"}, "planned"),
    ],
)
def test_the_aim_of_kpis_without_an_actual_is_what_all_of_them_have(cells, aim):
    [group] = group_unknown(some_kpis({"actual": MISSING, "actual_status": "pending"} | cells))
    assert group.aim == aim


def test_other_figures_are_counted_with_their_years_and_those_without_a_value_are_not():
    others = pd.DataFrame({"value": [3.0, MISSING, 5.0], "fiscal_year": [2018, 2016, 2017]})
    assert count_others(others) == (2, [2017, 2018])
    assert count_others(others.iloc[1:2]) == (0, [])
    assert count_others(report(MORIOKA, 2021).data.observations) == (0, [])
