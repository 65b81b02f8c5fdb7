"""How often one program comes before another, with every share worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis import DataError, add_achievement, compare_programs, load, simulate_order

TOWN, YEAR = "082201", 2018


def programs(*rows):
    """Programs of one town and year, each typed as (name, cost)."""
    table = pd.DataFrame(rows, columns=["program_id", "cost_yen"]).astype({"cost_yen": "Int64"})
    return table.assign(
        government_code=TOWN, fiscal_year=YEAR, program=table["program_id"], cost_basis="settled"
    )


def kpi(program, kpi_id="k", **cells):
    """A KPI at half of its target (0 -> 5 of 10), with some cells changed."""
    row = {"government_code": TOWN, "program_id": program, "kpi_id": kpi_id, "fiscal_year": YEAR}
    row |= {"direction": "up", "baseline": 0.0, "target": 10.0, "actual": 5.0}
    return row | {"actual_status": "final"} | cells


def order(table, *kpis, **options):
    kpis = add_achievement(pd.DataFrame(kpis))
    return simulate_order(table, kpis, **({"draws": 2_000} | options))


def shares(table, *kpis, **options):
    return order(table, *kpis, **options)[["share_low", "share_high"]].to_numpy().tolist()


def test_more_progress_per_yen_comes_first_in_every_draw():
    # 0.5 / 100 against 0.5 / 200, and against 0.5 / 50
    table = programs(("a", 100), ("b", 200), ("c", 50))
    assert shares(table, kpi("a"), kpi("b"), kpi("c")) == [[1, 1], [0, 0], [0, 0]]


def test_equal_scores_are_half_before_and_half_after():
    table = programs(("a", 100), ("b", 200))
    assert shares(table, kpi("a"), kpi("b", actual=10.0)) == [[0.5, 0.5]]


def test_programs_without_any_progress_tie_and_come_last():
    table = programs(("a", 1), ("b", 100), ("c", 9))
    kpis = kpi("a", actual=0.0), kpi("b"), kpi("c", actual=0.0)
    assert shares(table, *kpis) == [[0, 0], [0.5, 0.5], [1, 1]]


def test_the_shares_of_a_budget_are_drawn_evenly():
    # a: one KPI at 1 and one at 0, so its score is the first KPI's share, which is uniform for
    # two KPIs; b stands at 0.7 of the same cost. P(share > 0.7) = 0.3.
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=0.0), kpi("b", actual=7.0)
    [[low, high]] = shares(table, *kpis, draws=10_000)
    assert low == high == pytest.approx(0.3, abs=0.02)


def test_an_estimated_actual_is_off_either_way_by_up_to_the_error_named():
    # a at 0.5 by an estimate, off by up to 10 %: from 0.45 to 0.55; b at 0.525: a quarter above.
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", actual_status="estimated"), kpi("b", actual=5.25)
    [[low, high]] = shares(table, *kpis, error=0.1, draws=10_000)
    assert low == high == pytest.approx(0.25, abs=0.02)
    assert shares(table, *kpis, error=0) == [[0, 0]]
    assert shares(table, *kpis, error=0.04) == [[0, 0]]


def test_each_formula_decides_half_of_the_draws():
    # a: 148 of 200 after 170 is 74 % of the target, but below its baseline; b is at 0.5 in both.
    table = programs(("a", 100), ("b", 100))
    fallen = kpi("a", baseline=170.0, target=200.0, actual=148.0)
    [[low, high]] = shares(table, fallen, kpi("b"), draws=10_000)
    assert low == high == pytest.approx(0.5, abs=0.02)


def test_an_order_that_hangs_on_the_formula_says_so():
    # As above: 0.74 by the ratio and 0 by progress, against 0.5 by both.
    table = programs(("a", 100), ("b", 100))
    row = order(table, kpi("a", baseline=170.0, target=200.0, actual=148.0), kpi("b")).iloc[0]
    by_formula = ["share_by_ratio_low", "share_by_ratio_high"]
    by_formula += ["share_by_progress_low", "share_by_progress_high"]
    assert row[by_formula].tolist() == [1, 1, 0, 0]
    assert row[["order_by_ratio", "order_by_progress"]].tolist() == ["first", "second"]
    assert row[["order", "depends_on_formula"]].tolist() == ["by_formula", "yes"]


def test_an_order_that_holds_by_either_formula_depends_on_neither():
    table = programs(("a", 100), ("b", 200), ("c", 50))
    found = order(table, kpi("a"), kpi("b"), kpi("c"))
    assert found["order"].tolist() == ["first", "second", "second"]
    assert found["depends_on_formula"].tolist() == ["no"] * 3
    assert found["order_by_ratio"].tolist() == found["order_by_progress"].tolist()


def test_an_order_that_the_shares_of_a_budget_decide_is_open():
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=0.0), kpi("b", actual=7.0)
    row = order(table, *kpis).iloc[0]
    assert row[["order", "depends_on_formula"]].tolist() == ["open", "no"]


def test_an_order_that_unknown_kpis_can_turn_round_says_so():
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=np.nan), kpi("b", actual=7.0)
    assert order(table, *kpis).iloc[0]["order"] == "by_unknown"


def test_programs_of_which_nothing_is_known_have_no_order():
    table = programs(("a", 100), ("b", 200), ("c", 300))
    found = order(table, kpi("a", target=np.nan), kpi("b", target=np.nan), kpi("c"))
    assert found["order_note"].tolist() == ["nothing_known"] * 3
    assert found[["share_low", "share_high", "order", "depends_on_formula"]].isna().all(axis=None)


EARLY = {"actual": 0.0, "final_target": 10.0, "final_year": YEAR + 2}


@pytest.mark.parametrize(
    "cells",
    [
        {"inferred": "target"},  # the printed target is the final one: nothing is due yet
        {"target": 0.0, "baseline": 0.0},  # 0 aimed at before work begins, 10 in two years
    ],
)
def test_what_is_not_due_yet_is_no_rate_of_nothing(cells):
    table = programs(("a", 100), ("b", 100))
    found = order(table, kpi("a", **(EARLY | cells)), kpi("b"))
    assert found["order_note"].tolist() == ["not_due"]
    two = kpi("a", "x"), kpi("a", "y", **(EARLY | cells))
    row = order(table, *two, kpi("b", actual=4.0)).iloc[0]
    assert row[["unknown", "share_high"]].tolist() == [1, 1]
    assert row["share_low"] < 1


def test_costs_with_and_without_personnel_have_no_order():
    table = programs(("a", 100), ("b", 200), ("c", 50)).assign(cost_natures=["full", "", "direct"])
    found = order(table, kpi("a"), kpi("b"), kpi("c"))
    assert found["order_note"].tolist() == ["other_nature", "other_nature", ""]


def test_an_order_may_turn_round_with_personnel():
    # half of the way for 100 and for 200 yen; with staff for 400 and for 300
    table = programs(("a", 100), ("b", 200), ("c", 500)).assign(
        full_cost_yen=pd.array([400, 300, pd.NA], dtype="Int64")
    )
    found = order(table, kpi("a"), kpi("b"), kpi("c"))
    assert found["order"].tolist() == ["first", "first", "first"]
    assert found["order_full"].astype("object").fillna("-").tolist() == ["second", "-", "-"]
    assert found["changes_with_personnel"].fillna("-").tolist() == ["yes", "-", "-"]
    kept = order(table.assign(full_cost_yen=[200, 400, 800]), kpi("a"), kpi("b"), kpi("c"))
    assert kept["changes_with_personnel"].tolist() == ["no", "no", "no"]
    absent = order(programs(("a", 100), ("b", 200)), kpi("a"), kpi("b"))
    assert absent[["order_full", "changes_with_personnel"]].isna().all(axis=None)


def test_the_number_of_kpis_with_both_rates_is_told():
    kpis = kpi("a"), kpi("a", "y", baseline=np.nan), kpi("b", baseline=np.nan)
    assert order(programs(("a", 100), ("b", 200)), *kpis)["both_rates"].tolist() == [1]


def test_the_plain_ratio_of_a_kpi_that_should_fall_is_never_used():
    # 100 -> 50 aimed at, 90 reached: progress 0.2; its plain ratio 90 / 50 would count as 1.
    table = programs(("a", 100), ("b", 100))
    falling = kpi("a", direction="down", baseline=100.0, target=50.0, actual=90.0)
    assert shares(table, falling, kpi("b")) == [[0, 0]]


def test_an_unknown_kpi_gives_a_range_from_nothing_to_everything():
    # a: one KPI at 1, one unknown; b at 0.7. Unknown as 0: a's share is uniform, 0.3 above 0.7.
    # Unknown as 1: always above.
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=np.nan), kpi("b", actual=7.0)
    row = order(table, *kpis, draws=10_000).iloc[0]
    assert row["share_low"] == pytest.approx(0.3, abs=0.02)
    assert row["share_high"] == 1
    assert row["unknown"] == 1


def test_pairs_that_cannot_be_compared_stay_with_the_reason():
    table = programs(("a", 100), ("b", None), ("c", 0), ("d", 5), ("e", 7), ("f", 7))
    table["cost_basis"] = ["settled", None, "settled", "reported", "planned", "settled"]
    found = order(table, *(kpi(name) for name in "abcde")).head(5)
    assert found["first_program"].tolist() == ["a"] * 5
    assert found["second_program"].tolist() == ["b", "c", "d", "e", "f"]
    notes = ["no_cost", "zero_cost", "nature_not_stated", "planned_amount", "no_kpi"]
    assert found["order_note"].tolist() == notes
    assert found[["share_low", "share_high"]].isna().all(axis=None)


def test_kpis_that_repeat_those_of_another_program_put_nothing_in_order():
    table = programs(("a", 100), ("b", 200)).assign(kpis=[1, 0], repeated=[0, 1])
    found = order(table, kpi("a") | {"same_as": None}, kpi("b") | {"same_as": "a/k"})
    assert found["order_note"].tolist() == ["only_repeats"]


def test_the_assumptions_stand_in_every_row():
    table = programs(("a", 100), ("b", 200))
    row = order(table, kpi("a", actual_status="estimated"), kpi("b"), error=0.1, seed=3).iloc[0]
    assert row[["draws", "error", "seed", "estimated", "unknown"]].tolist() == [2_000, 0.1, 3, 1, 0]


def test_the_same_data_give_the_same_shares_in_any_order_of_kpis():
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=0.0), kpi("b", actual=7.0)
    pd.testing.assert_frame_equal(order(table, *kpis), order(table, *reversed(kpis)))
    assert shares(table, *kpis, seed=1) != shares(table, *kpis, seed=2)


def test_turning_a_pair_round_turns_its_shares_round():
    table = programs(("a", 100), ("b", 100))
    kpis = kpi("a", "x", actual=10.0), kpi("a", "y", actual=np.nan), kpi("b", actual=7.0)
    [[low, high]], [[back_low, back_high]] = shares(table, *kpis), shares(table.iloc[::-1], *kpis)
    assert [back_low, back_high] == pytest.approx([1 - high, 1 - low])


def test_the_inputs_are_unchanged_and_a_single_program_has_no_pairs():
    table, kpis = programs(("a", 100)), add_achievement(pd.DataFrame([kpi("a")]))
    before = table.copy(deep=True), kpis.copy(deep=True)
    assert simulate_order(table, kpis, draws=10).empty
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(kpis, before[1])


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (programs(("a", 1), ("b", 1)).assign(fiscal_year=[2018, 2019]), {}, "found 2018, 2019"),
        (programs(("a", 1), ("a", 1)), {}, "program_id a stands twice"),
        (programs(("a", 1)), {"draws": 0}, "at least 1 draw"),
        (programs(("a", 1)), {"error": 1}, "0.05 for 5 %"),
        (programs(("a", 1)), {"error": -0.1}, "0.05 for 5 %"),
    ],
)
def test_a_wrong_request_is_refused(table, options, message):
    with pytest.raises(DataError, match=message):
        order(table, kpi("a"), **options)


def test_the_order_of_two_tsukuba_programs_depends_on_the_formula(root):
    # job fair: 0.74 / 3,780,000 by achievement, 0 by progress; hub: 1 / 8,640,000 by both.
    data = load(root / "data", TOWN, YEAR)
    kpis = add_achievement(data.kpis)
    table = compare_programs(data.program_years, data.programs, kpis, data.budgets)
    found = simulate_order(table, kpis).set_index(["first_program_id", "second_program_id"])
    row = found.loc[("job_fair", "local_hub_cocreation")]
    assert row["share_low"] == row["share_high"] == pytest.approx(0.5, abs=0.02)
    # seminar: 1 / 540,000, before both in every draw
    assert found.loc[("lifestyle_seminar", "job_fair"), "share_low"] == 1
    assert found.loc[("support_robot_trial", "job_fair"), "order_note"] == "no_kpi"


def test_unknown_kpis_are_counted_one_by_one():
    table = programs(("a", 100), ("b", 100))
    unknown = [kpi("a", f"k{n}", actual=None) for n in range(3)]
    [row] = order(table, kpi("a", "known"), *unknown, kpi("b")).to_dict("records")
    assert row["unknown"] == 3
    [row] = order(table, *unknown, kpi("b")).to_dict("records")
    assert row["order_note"] == "nothing_known"


def test_of_many_programs_only_neighbours_of_one_field_are_compared():
    # 30 programs of two fields; program n reached n/30 of its target at the same cost
    rows = [(f"p{n:02}", 100) for n in range(30)]
    kpis = add_achievement(pd.DataFrame([kpi(f"p{n:02}", actual=n / 3) for n in range(30)]))
    table = programs(*rows).assign(
        policy_group=["北", "南"] * 15,
        mean_capped_low=kpis["achievement_rate"],
        mean_capped_high=kpis["achievement_rate"],
    )
    found = simulate_order(table, kpis, draws=50)
    pairs = list(zip(found["first_program_id"], found["second_program_id"], strict=True))
    assert pairs[:2] == [("p29", "p27"), ("p27", "p25")]
    assert len(pairs) == 14 + 14
    assert set(found["field"]) == {"北", "南"}
    assert set(found["order"][:28]) <= {"first"}
    alone = simulate_order(table.assign(policy_group=table["program_id"]), kpis, draws=50)
    assert alone.empty
