"""The cost-effectiveness plane, dominance, the frontier, and DEA."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    DataError,
    add_achievement,
    compare_programs,
    load,
    measure_efficiency,
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


# --- place_on_plane ---


def test_a_program_whose_kpis_only_repeat_others_says_so():
    table = programs(("a", 1, 0.6, 0.6), ("b", 2, np.nan, np.nan), ("c", 3, np.nan, np.nan))
    placed = place_on_plane(table.assign(kpis=[1, 0, 0], repeated=[0, 0, 2]))
    assert placed["plane_note"].tolist() == ["too_few_programs", "no_kpi", "only_repeats"]


def test_quadrants_are_cut_at_the_medians_of_cost_and_progress():
    # medians: cost (2 + 3)/2 = 2.5, progress (0.4 + 0.6)/2 = 0.5
    placed = plane(("a", 1, 0.6, 0.6), ("b", 2, 0.4, 0.4), ("c", 3, 0.9, 0.9), ("d", 9, 0, 0))
    assert placed["quadrant"].tolist() == ["cheap_far", "cheap_near", "dear_far", "dear_near"]
    assert placed["dominated_by"].tolist() == ["", "a", "", "a、b、c"]
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
    assert placed["dominated_by"][0] == ("b" if dominated else "")
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
    assert placed["dominated_by"][0] == ("b" if word == "no" else "")


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
    assert placed["dominated_by"].tolist() == ["", "", "b", "a"]
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
    assert placed["dominated_by"].tolist() == ["", "a", "a、b"]


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
    assert placed["dominated_by"].tolist() == ["", "a"]
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
    assert placed.loc["job_fair", "dominated_by"] == seminar
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


# --- measure_efficiency ---

# Cooper, Seiford and Tone, Data Envelopment Analysis: two inputs, one output of 1.
STORES = pd.DataFrame(
    {"staff": [4, 7, 8, 4, 2, 10], "space": [3, 3, 1, 2, 4, 1], "sales": [1] * 6},
    index=list("ABCDEF"),
)
INPUTS, OUTPUTS = ["staff", "space"], ["sales"]


def test_the_textbook_example_of_six_stores():
    rated = measure_efficiency(STORES, INPUTS, OUTPUTS, least=6)
    assert rated["efficiency"].round(4).tolist() == [0.8571, 0.6316, 1, 1, 1, 1]
    # F has C's space and two more of staff: no proportional cut, but a cut of one input
    assert rated["efficiency_note"].tolist() == ["", "", "", "", "", "slack_remains"]


def test_variable_returns_let_a_small_unit_be_its_own_peer():
    # One input, one output, by hand. CCR: output per input against the best (3/3): 1/2, 1, 5/6.
    # BCC: a has the least input of all, c the most output, and b lies between them.
    # d (4 for 2): the mixture of a and b that makes 2 needs 2.5, so 2.5 / 4 = 0.625.
    units = pd.DataFrame({"cost": [2, 3, 6, 4], "result": [1, 3, 5, 2]}, index=list("abcd"))
    constant = measure_efficiency(units, ["cost"], ["result"], least=4)
    variable = measure_efficiency(units, ["cost"], ["result"], "variable", least=4)
    assert constant["efficiency"].round(4).tolist() == [0.5, 1, 0.8333, 0.5]
    assert variable["efficiency"].round(4).tolist() == [1, 1, 1, 0.625]


def test_too_few_units_are_refused_with_the_number_needed():
    with pytest.raises(DataError, match=r"6 of 6 rows .* needs at least 9"):
        measure_efficiency(STORES, INPUTS, OUTPUTS)


def test_incomplete_units_do_not_count_towards_the_number_needed():
    with pytest.raises(DataError, match="5 of 6 rows"):
        measure_efficiency(STORES.assign(sales=[1, 1, 1, 1, 1, None]), INPUTS, OUTPUTS, least=6)


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"staff": None}, "no_value"),
        ({"sales": np.inf}, "no_value"),
        ({"staff": 0}, "input_not_positive"),
        ({"space": -1}, "input_not_positive"),
        ({"sales": -1}, "negative_value"),
        ({"sales": 0}, "nothing_achieved"),
    ],
)
def test_a_unit_that_cannot_be_compared_stays_without_an_efficiency(cells, note):
    odd = pd.DataFrame([{"staff": 1, "space": 1, "sales": 9} | cells], index=["X"])
    rated = measure_efficiency(pd.concat([STORES, odd]), INPUTS, OUTPUTS, least=6)
    assert rated["efficiency_note"]["X"] == note
    assert np.isnan(rated["efficiency"]["X"])
    assert rated["efficiency"].round(4).tolist()[:6] == [0.8571, 0.6316, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("inputs", "outputs", "returns", "message"),
    [
        (INPUTS, OUTPUTS, "rising", "'rising' is not one of constant, variable"),
        ([], OUTPUTS, "constant", "at least one"),
        (INPUTS, INPUTS, "constant", "none twice"),
        (["rent"], OUTPUTS, "constant", "no column rent; there are staff, space, sales"),
    ],
)
def test_a_wrong_request_is_refused(inputs, outputs, returns, message):
    with pytest.raises(DataError, match=message):
        measure_efficiency(STORES, inputs, outputs, returns, least=1)


units = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=6
).map(lambda rows: pd.DataFrame(rows, columns=["staff", "space", "sales"]))


@settings(max_examples=15)
@given(units, st.sampled_from([0.001, 7, 1_000_000]))
def test_efficiency_lies_in_its_bounds_and_does_not_depend_on_the_unit_of_money(table, scale):
    before = table.copy(deep=True)
    constant = measure_efficiency(table, INPUTS, OUTPUTS, least=1)["efficiency"]
    variable = measure_efficiency(table, INPUTS, OUTPUTS, "variable", least=1)["efficiency"]
    scaled = measure_efficiency(
        table.assign(staff=table["staff"] * scale), INPUTS, OUTPUTS, least=1
    )
    assert ((constant > 0) & (constant <= variable + 1e-7) & (variable <= 1)).all()
    assert np.isclose(constant.max(), 1)
    assert np.allclose(scaled["efficiency"], constant)
    pd.testing.assert_frame_equal(table, before)
