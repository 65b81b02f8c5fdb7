"""A cost shared out, unit costs in order, efficiency: what no report uses."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import typed
from priced import budget_tables, budgets_of, ends, kpi_tables, natures_of, priced

from analysis import (
    DataError,
    add_costs,
    allocate_costs,
    find_cost_basis,
    measure_efficiency,
    rank_unit_costs,
)

laws = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])

COSTS = ["cost_yen", "unit_cost_yen", "marginal_cost_yen"]


DIRECT = ("settled", "事業費", "direct", 22_963)


def test_pending_personnel_leaves_the_cost_and_takes_the_full_cost():
    pending = ("settled", "人件費", "personnel", pd.NA)
    assert natures_of(DIRECT, pending) == [[22_963, "settled", "direct", None, None]]


KPI_COLUMNS = (
    "government_code program_id kpi_id fiscal_year unit kpi_kind direction aggregation "
    "baseline actual actual_status"
)

H30 = typed(
    KPI_COLUMNS,
    ("082201", "hub", "income", 2018, "千円", "outcome", "up", "single_year", 0, 1110, "final"),
    ("082201", "hub", "links", 2018, "件", "outcome", "up", "single_year", 0, 2, "final"),
    ("082201", "hub", "ideas", 2018, "件", "outcome", "up", "single_year", 0, 16, "final"),
    ("082201", "hub", "meetings", 2018, "回", "activity", "up", "single_year", 0, 14, "final"),
    ("082201", "job_fair", "talks", 2018, "件", "outcome", "up", "single_year", 170, 148, "final"),
).set_axis(["④-7", "④-8", "④-9", "④-10", "④-4"])

H30_BUDGETS = pd.concat(
    [budgets_of(("total", 8_640_000)), budgets_of(("total", 3_780_000), program_id="job_fair")],
    ignore_index=True,
)


def test_one_budget_over_four_kpis_gives_a_range_from_the_equal_share_to_the_full_cost():
    # By hand: 8,640,000 / 4 = 2,160,000. Per unit: /2, /16, /14; 3,780,000 / 148 = 25,541.
    expected = pd.DataFrame(
        {
            "cost_yen": [8_640_000.0] * 4 + [3_780_000.0],
            "cost_low_yen": [2_160_000.0] * 4 + [3_780_000.0],
            "cost_high_yen": [8_640_000.0] * 4 + [3_780_000.0],
            "unit_cost_yen": [np.nan, 4_320_000, 540_000, 617_143, 25_541],
            "unit_cost_low_yen": [np.nan, 1_080_000, 135_000, 154_286, 25_541],
            "unit_cost_high_yen": [np.nan, 4_320_000, 540_000, 617_143, 25_541],
        },
        index=H30.index,
    )
    costed = add_costs(H30, H30_BUDGETS)
    pd.testing.assert_frame_equal(costed[list(expected.columns)].round(), expected)
    assert costed["unit_cost_note"].tolist() == ["money_kpi", "", "", "", ""]


def test_equal_shares_change_the_main_columns_and_leave_the_range():
    full, equal = add_costs(H30, H30_BUDGETS), allocate_costs(H30, H30_BUDGETS, "equal")
    assert equal["cost_yen"].tolist() == [2_160_000] * 4 + [3_780_000]
    assert equal["unit_cost_yen"].round().tolist()[1:] == [1_080_000, 135_000, 154_286, 25_541]
    ranges = [column for column in full if "_low" in column or "_high" in column]
    assert len(ranges) == 14
    pd.testing.assert_frame_equal(equal[ranges], full[ranges])


def test_an_unknown_allocation_is_refused_with_the_known_ones():
    with pytest.raises(DataError, match="'half' is not one of full, equal"):
        allocate_costs(H30, H30_BUDGETS, "half")


MONEY = ["cost_yen", "unit_cost_yen", "unit_cost_low_yen", "unit_cost_high_yen"]


def weighted(*weights):
    """④-8 to ④-10 on 8,640,000 yen (2 and 16 件, 14 回) with these weights."""
    return H30.iloc[1:4].assign(weight=list(weights))


def test_weights_are_scaled_to_the_whole_and_widen_the_range():
    # By hand: 1 : 6 : 3 of 8,640,000 are 864,000, 5,184,000, 2,592,000; a third is 2,880,000.
    expected = pd.DataFrame(
        {
            "cost_yen": [864_000.0, 5_184_000, 2_592_000],
            "unit_cost_yen": [432_000.0, 324_000, 185_143],
            "unit_cost_low_yen": [432_000.0, 180_000, 185_143],
            "unit_cost_high_yen": [4_320_000.0, 540_000, 617_143],
        },
        index=["④-8", "④-9", "④-10"],
    )
    costed = allocate_costs(weighted(2, 12, 6), H30_BUDGETS, "weights")
    pd.testing.assert_frame_equal(costed[MONEY].round(), expected)
    assert costed["cost_note"].tolist() == ["budget_not_settled"] * 3


def test_the_range_is_the_same_whatever_share_is_asked_for():
    kpis = weighted(2, 12, 6)
    ranges = [
        allocate_costs(kpis, H30_BUDGETS, allocation).filter(regex="_low|_high")
        for allocation in ("full", "equal", "weights", "program")
    ]
    for other in ranges[1:]:
        pd.testing.assert_frame_equal(other, ranges[0])


def test_one_missing_weight_leaves_its_program_without_weighted_shares():
    kpis = pd.concat([weighted(2, None, 6), H30.iloc[4:].assign(weight=5)])
    costed = allocate_costs(kpis, H30_BUDGETS, "weights")
    assert costed["cost_yen"].isna().tolist() == [True, True, True, False]
    assert costed["cost_note"].tolist() == ["no_weight"] * 3 + ["budget_not_settled"]
    assert costed["unit_cost_note"].tolist() == ["no_weight"] * 3 + [""]
    assert costed["unit_cost_low_yen"].round().tolist() == [1_440_000, 180_000, 205_714, 25_541]


@pytest.mark.parametrize("weight", [0, -1, np.inf])
def test_a_weight_that_is_not_above_zero_is_refused(weight):
    with pytest.raises(DataError, match="above 0; found another at kpi_id ideas"):
        allocate_costs(weighted(2, weight, 6), H30_BUDGETS, "weights")


def test_weights_cannot_be_asked_for_where_there_is_no_column():
    with pytest.raises(DataError, match="needs a column weight in kpis"):
        allocate_costs(H30, H30_BUDGETS, "weights")


def test_a_program_as_a_whole_gives_no_share_to_one_of_its_kpis():
    costed = allocate_costs(H30, H30_BUDGETS, "program")
    assert costed["cost_yen"].fillna(0).tolist() == [0, 0, 0, 0, 3_780_000]
    assert costed["cost_note"].tolist() == ["shared_cost"] * 4 + ["budget_not_settled"]
    notes = ["money_kpi", "shared_cost", "shared_cost", "shared_cost", ""]
    assert costed["unit_cost_note"].tolist() == notes
    assert costed["unit_cost_yen"].round().fillna(0).tolist() == [0, 0, 0, 0, 25_541]


@pytest.mark.parametrize(
    ("ranges", "ranks"),
    [
        ([(5, 6), (1, 2), (3, 4)], [3, 1, 2]),
        ([(1, 2), (2, 3)], [1, 2]),  # they touch: the second is never the cheaper one
        ([(1, 3), (2, 4), (5, 6)], [0, 0, 3]),  # only the first two overlap
        ([(1, 9), (2, 3), (4, 5)], [0, 0, 0]),
        ([(1, 2), (1, 2)], [0, 0]),
        ([(2, 2), (2, 2), (3, 3)], [1, 1, 3]),
        ([(1, 4), (2, 2)], [0, 0]),
        ([(1, 4), (1, 1), (4, 4)], [2, 1, 3]),
        ([(7, 8)], [1]),
    ],
)
def test_a_rank_is_given_only_where_no_other_range_overlaps(ranges, ranks):
    ranked = rank_unit_costs(priced(*ranges))
    assert ranked["unit_cost_rank"].fillna(0).tolist() == ranks
    notes = ["" if rank else "order_changes" for rank in ranks]
    assert ranked["unit_cost_rank_note"].tolist() == notes


def test_a_kpi_without_a_unit_cost_has_no_rank_and_says_why():
    ranked = rank_unit_costs(priced((3, 4), None, (1, 2)))
    assert ranked["unit_cost_rank"].tolist() == [2, pd.NA, 1]
    assert ranked["unit_cost_rank_note"].tolist() == ["", "no_actual", ""]


def test_ranking_all_of_tsukuba_h30_is_refused_and_its_outcomes_in_ken_overlap():
    # 25,541 for the job fair; 1,080,000 to 4,320,000 per collaboration; 135,000 to 540,000 per idea
    costed = add_costs(H30, H30_BUDGETS)
    with pytest.raises(DataError, match=r"件 \(outcome\), 回 \(activity\)"):
        rank_unit_costs(costed)
    ranked = rank_unit_costs(costed.loc[["④-8", "④-9", "④-4"]])
    assert ranked["unit_cost_rank"].tolist() == [3, 2, 1]


@given(st.lists(ends, min_size=1, max_size=7))
def test_ranks_agree_with_every_pair_compared_by_itself(ranges):
    pairs = [
        [a[0] < b[1] and b[0] < a[1] for m, b in enumerate(ranges) if m != n]
        for n, a in enumerate(ranges)
    ]
    ranked = rank_unit_costs(priced(*ranges))
    assert ranked["unit_cost_rank"].isna().tolist() == [any(pair) for pair in pairs]
    for n, a in enumerate(ranges):
        if not any(pairs[n]):
            cheaper = sum(b[1] <= a[0] and b != a for b in ranges)
            assert ranked["unit_cost_rank"][n] == cheaper + 1


@laws
@given(kpi_tables, budget_tables)
def test_equal_shares_add_up_to_the_full_cost(kpis, budgets):
    keys = ["government_code", "program_id", "fiscal_year"]
    costed = allocate_costs(kpis, budgets, "equal").dropna(subset="cost_yen")
    shared = costed.groupby(keys)["cost_yen"].sum().sort_index()
    whole = find_cost_basis(budgets).set_index(keys)["cost_yen"].astype("float64")
    pd.testing.assert_series_equal(shared, whole.loc[shared.index])


@laws
@given(kpi_tables, budget_tables)
def test_the_range_of_a_cost_holds_both_allocations(kpis, budgets):
    full, equal = add_costs(kpis, budgets), allocate_costs(kpis, budgets, "equal")
    for name in COSTS:
        low, high = (full[name.replace("yen", f"{end}_yen")] for end in ("low", "high"))
        assert (low.isna() == full[name].isna()).all()
        assert (low.dropna() <= high.dropna()).all()
        pd.testing.assert_series_equal(full[name], high, check_names=False)
        pd.testing.assert_series_equal(equal[name], low, check_names=False)


def test_unit_costs_on_several_bases_are_not_ranked():
    kpis = pd.DataFrame(
        {
            **{"unit": "件", "kpi_kind": "outcome", "unit_cost_note": ""},
            "unit_cost_low_yen": [100.0, 300.0],
            "unit_cost_high_yen": [200.0, 400.0],
            "cost_basis": ["settled", "total"],
        }
    )
    with pytest.raises(DataError, match="several bases have no order; found settled, total"):
        rank_unit_costs(kpis)


def test_unit_costs_with_and_without_personnel_are_not_ranked():
    table = priced((1, 2), (3, 4), cost_natures=["direct", "full"])
    with pytest.raises(DataError, match="with and without personnel have no order"):
        rank_unit_costs(table)
    for natures in (["direct", ""], ["full", "full"]):
        ranked = rank_unit_costs(priced((1, 2), (3, 4), cost_natures=natures))
        assert ranked["unit_cost_rank"].tolist() == [1, 2]


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
