"""Cost and progress of programs side by side: the plane, and who leads for certain."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    add_achievement,
    compare_programs,
    load,
    place_on_plane,
)

PLANE = ["quadrant", "dominated_by", "on_frontier", "plane_note"]

laws = settings(max_examples=15)


def programs(*rows):
    """Programs of one town and year, each typed as name, cost, lowest and highest progress."""
    names = ["program", "cost_yen", "mean_capped_low", "mean_capped_high"]
    table = pd.DataFrame(rows, columns=names).astype(
        {"cost_yen": "Int64", "mean_capped_low": "float64", "mean_capped_high": "float64"}
    )
    return table.assign(government_code="082201", fiscal_year=2018, cost_basis="settled", kpis=1)


def plane(*rows):
    return place_on_plane(programs(*rows))


def test_a_program_whose_kpis_only_repeat_others_says_so():
    table = programs(("a", 1, 0.6, 0.6), ("b", 2, np.nan, np.nan), ("c", 3, np.nan, np.nan))
    placed = place_on_plane(table.assign(kpis=[1, 0, 0], repeated=[0, 0, 2]))
    assert placed["plane_note"].tolist() == ["too_few_programs", "no_kpi", "only_repeats"]


def test_quadrants_are_cut_at_the_medians_of_cost_and_progress():
    # medians: cost (2 + 3)/2 = 2.5, progress (0.4 + 0.6)/2 = 0.5
    placed = plane(("a", 1, 0.6, 0.6), ("b", 2, 0.4, 0.4), ("c", 3, 0.9, 0.9), ("d", 9, 0, 0))
    assert placed["quadrant"].tolist() == ["cheap_far", "cheap_near", "dear_far", "dear_near"]
    assert placed["dominated_by"].tolist() == [(), ("a",), (), ("a", "b", "c")]
    assert placed["on_frontier"].tolist() == ["yes", "no", "yes", "no"]


def test_a_program_at_the_median_is_cheap_and_far():
    placed = plane(("a", 1, 0.2, 0.2), ("b", 2, 0.5, 0.5), ("c", 3, 0.9, 0.9))
    assert placed["quadrant"].tolist() == ["cheap_near", "cheap_far", "dear_far"]


@pytest.mark.parametrize(
    ("rival", "dominated"),
    [
        ((5, 0.5), False),  # the same cost, just as far: neither is strictly better
        ((5, 0.6), True),
        ((4, 0.5), True),
        ((4, 0.4), False),
        ((6, 0.9), False),
    ],
)
def test_one_of_cost_and_progress_has_to_be_strictly_better(rival, dominated):
    cost, progress = rival
    placed = plane(("a", 5, 0.5, 0.5), ("b", cost, progress, progress))
    assert placed["dominated_by"][0] == (("b",) if dominated else ())
    assert placed["on_frontier"][0] == ("no" if dominated else "yes")


@pytest.mark.parametrize(
    ("own", "rival", "word"),
    [
        ((0.2, 0.4), (0.4, 0.9), "no"),  # cheaper, and at least as far for every value
        ((0.2, 0.4), (0.3, 0.9), "unknown"),
        ((0.2, 0.4), (0.0, 0.1), "yes"),
        ((0.2, 0.4), (0.0, 0.2), "unknown"),  # just as far if both are 0.2
    ],
)
def test_a_range_dominates_only_where_every_value_does(own, rival, word):
    placed = plane(("a", 5, *own), ("b", 4, *rival))
    assert placed["on_frontier"][0] == word
    assert placed["dominated_by"][0] == (("b",) if word == "no" else ())


def test_a_range_across_the_median_has_no_quadrant():
    placed = plane(("a", 1, 0.2, 0.9), ("b", 2, 0.5, 0.5), ("c", 3, 0.6, 0.6))
    assert placed["quadrant"].isna().tolist() == [True, True, False]
    assert placed["plane_note"].tolist() == ["straddles_median", "straddles_median", ""]
    assert placed["quadrant"][2] == "dear_far"


def test_programs_that_cannot_be_placed_stay_with_the_reason():
    table = programs(
        ("a", 1, 0.5, 0.5), ("b", None, 0.9, 0.9), ("c", 3, np.nan, np.nan), ("d", 4, 0.9, 0.9)
    ).assign(cost_basis=["total", None, "settled", "reported"])
    placed = place_on_plane(table)
    assert placed["plane_note"].tolist() == [
        "too_few_programs",
        "no_cost",
        "no_kpi",
        "nature_not_stated",
    ]
    assert placed["on_frontier"].tolist() == ["yes", "unknown", "unknown", "unknown"]
    assert placed["quadrant"].isna().all()
    assert placed["dominated_by"].isna().tolist() == [False, True, True, True]


def test_a_budget_is_a_remark_and_a_plan_is_no_cost():
    rows = [("a", 1, 0, 0), ("b", 2, 0.5, 0.5), ("c", 3, 1, 1), ("d", 4, 1, 1)]
    table = programs(*rows).assign(cost_basis=["settled", "total", "parts", "planned"])
    notes = place_on_plane(table)["plane_note"].tolist()
    assert notes == ["", "budget_not_settled", "budget_not_settled", "planned_amount"]


def test_a_program_that_cost_nothing_leads_no_comparison():
    # 郡山市 展示物更新 cost nothing and renewed nothing; nobody could beat it
    placed = plane(("a", 0, 0.4, 0.4), ("b", 2, 0.5, 0.5), ("c", -3, 1, 1))
    assert placed["plane_note"].tolist() == ["zero_cost", "too_few_programs", "zero_cost"]
    assert placed["on_frontier"].tolist() == ["unknown", "yes", "unknown"]


def test_programs_of_which_nothing_is_known_are_compared_with_nothing():
    placed = plane(("a", 1, 0, 1), ("b", 2, 0, 1), ("c", 3, 0.5, 0.5))
    assert placed["plane_note"].tolist() == ["nothing_known", "nothing_known", "too_few_programs"]
    assert placed["on_frontier"].tolist() == ["unknown", "unknown", "yes"]
    assert placed["dominated_by"].isna().tolist() == [True, True, False]


def test_a_missed_target_without_a_rate_is_something_known():
    table = programs(("a", 1, 0, 1), ("b", 2, 0.5, 0.5)).assign(reached=0, missed=[1, 0])
    assert place_on_plane(table)["plane_note"].tolist() == ["too_few_programs"] * 2
    bounded = table.assign(bounded=[1, 0], missed=0)
    assert place_on_plane(bounded)["plane_note"].tolist() == ["nothing_known", "too_few_programs"]


def test_costs_with_and_without_personnel_are_not_compared():
    rows = ("a", 1, 0.9, 0.9), ("b", 2, 0.5, 0.5), ("c", 3, 0.4, 0.4), ("d", 4, 0.6, 0.6)
    table = programs(*rows).assign(cost_natures=["full", "", "direct", "full"])
    placed = place_on_plane(table)
    assert placed["dominated_by"].tolist() == [(), (), ("b",), ("a",)]
    placed = place_on_plane(table.iloc[:3])
    assert placed["plane_note"].tolist() == ["other_nature", *["too_few_programs"] * 2]
    assert placed["on_frontier"].tolist() == ["unknown", "yes", "no"]


def test_a_cost_with_personnel_is_a_remark():
    rows = ("a", 1, 0.9, 0.9), ("b", 2, 0.5, 0.5), ("c", 3, 0.4, 0.4)
    placed = place_on_plane(programs(*rows).assign(cost_natures="full"))
    assert placed["plane_note"].tolist() == ["with_personnel"] * 3


def test_who_is_on_the_frontier_may_change_with_personnel():
    # 福岡県 R6: 国民保護 1,193 and with staff 16,024; 自主防災 2,107 and 5,914 千円; both at 100 %
    table = programs(("a", 1_193, 1, 1), ("b", 2_107, 1, 1), ("c", 19_317, 0.5, 0.5))
    placed = place_on_plane(table.assign(full_cost_yen=[16_024, 5_914, 260_864]))
    assert placed["on_frontier"].tolist() == ["yes", "no", "no"]
    assert placed["on_frontier_full"].tolist() == ["no", "yes", "no"]
    assert placed["changes_with_personnel"].tolist() == ["yes", "yes", "no"]
    assert placed["dominated_by"].tolist() == [(), ("a",), ("a", "b")]


def test_without_personnel_of_every_program_nothing_is_said_of_the_frontier_with_it():
    table = programs(("a", 1_193, 1, 1), ("b", 2_107, 1, 1)).astype({"cost_yen": "Int64"})
    one = table.assign(full_cost_yen=pd.array([16_024, pd.NA], dtype="Int64"))
    for columns in (table, one):
        placed = place_on_plane(columns)
        assert placed[["on_frontier_full", "changes_with_personnel"]].isna().all(axis=None)


def test_programs_are_compared_only_within_their_government_and_year():
    table = programs(("a", 1, 0.9, 0.9), ("b", 2, 0.5, 0.5)).assign(fiscal_year=[2018, 2019])
    assert place_on_plane(table)["on_frontier"].tolist() == ["yes", "yes"]
    assert place_on_plane(table, by=["government_code"])["on_frontier"].tolist() == ["yes", "no"]


def test_without_any_program_to_place_every_row_stays():
    placed = plane(("a", None, 0.5, 0.5))
    assert placed[PLANE].fillna("").to_numpy().tolist() == [["", "", "unknown", "no_cost"]]
    assert place_on_plane(programs())[PLANE].empty


def test_rows_with_the_same_label_keep_their_own_figures():
    table = programs(("a", 1, 0.9, 0.9), ("b", 2, 0.5, 0.5)).set_axis([7, 7])
    placed = place_on_plane(table)
    assert placed["dominated_by"].tolist() == [(), ("a",)]
    assert placed.index.tolist() == [7, 7]


def test_tsukuba_h30_on_the_plane(root):
    # By hand: the seminar (540,000) and the hub (8,640,000) reached every target they had, the
    # others did not; nothing is cheaper than the seminar or got farther than it.
    data = load(root / "data", "082201", 2018)
    kpis = add_achievement(data.kpis)
    table = compare_programs(data.program_years, data.programs, kpis, data.budgets)
    placed = place_on_plane(table).set_index("program_id")
    assert placed.loc["lifestyle_seminar", ["quadrant", "on_frontier"]].tolist() == [
        "cheap_far",
        "yes",
    ]
    assert placed.loc["local_hub_cocreation", ["quadrant", "on_frontier"]].tolist() == [
        "dear_far",
        "no",
    ]
    seminar = placed.loc["lifestyle_seminar", "program"]
    assert placed.loc["job_fair", "dominated_by"] == (seminar,)
    assert placed.loc["job_fair", "quadrant"] == "cheap_near"
    assert placed.loc["support_robot_trial", "plane_note"] == "no_kpi"


ranges = st.tuples(st.integers(1, 5), st.integers(0, 4), st.integers(0, 2)).map(
    lambda r: (r[0], r[1] / 4, min(1, (r[1] + r[2]) / 4))
)

tables = st.lists(ranges, min_size=1, max_size=6).map(
    lambda rows: programs(*((f"p{n}", *row) for n, row in enumerate(rows)))
)


@laws
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_programs_is_irrelevant_and_the_input_unchanged(table, random):
    before = table.copy(deep=True)
    order = random.sample(range(len(table)), len(table))
    expected = place_on_plane(table).iloc[order].drop(columns="dominated_by")
    turned = place_on_plane(table.iloc[order]).drop(columns="dominated_by")
    pd.testing.assert_frame_equal(turned, expected)
    pd.testing.assert_frame_equal(table, before)


@laws
@given(tables)
def test_whatever_the_unknown_kpis_are_a_certain_word_holds(table):
    words = place_on_plane(table)
    for end in ("low", "high"):
        progress = table[f"mean_capped_{end}"]
        fixed = place_on_plane(table.assign(mean_capped_low=progress, mean_capped_high=progress))
        certain = words["on_frontier"] != "unknown"
        assert (fixed["on_frontier"][certain] == words["on_frontier"][certain]).all()
        sure = words["quadrant"].notna()
        assert (fixed["quadrant"][sure] == words["quadrant"][sure]).all()
        assert (fixed["on_frontier"] == "yes").any()
