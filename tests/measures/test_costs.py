"""What a result cost: the range of one budget over its KPIs, and the words for a missing figure."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import typed
from priced import budget_tables, budgets_of, cost, kpi_tables, priced

from analysis import DataError, add_costs, load, rank_unit_costs

laws = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])

NOTES_OF = {
    "cost_yen": "cost_note",
    "unit_cost_yen": "unit_cost_note",
    "marginal_cost_yen": "marginal_cost_note",
    "gain_per_yen": "gain_per_yen_note",
}

COSTS = ["cost_yen", "unit_cost_yen", "marginal_cost_yen"]


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


def test_money_earned_is_compared_with_the_yen_spent():
    # 1,110 千円 = 1,110,000 yen: of 8,640,000 yen 0.128, of the equal share 2,160,000 yen 0.514.
    costed = add_costs(H30, H30_BUDGETS)
    gains = costed[["gain_per_yen", "gain_per_yen_low", "gain_per_yen_high"]].round(3)
    assert gains.loc["④-7"].tolist() == [0.128, 0.128, 0.514]
    assert gains.drop("④-7").isna().all(axis=None)


@pytest.mark.parametrize(
    ("unit", "gain"),
    [("円", 0.005), ("千円", 5), ("万円", 50), ("百万円", 5_000), ("億円", 500_000)],
)
def test_money_is_read_in_the_unit_it_is_printed_in(unit, gain):
    # 3,000 of the unit for 600,000 yen
    assert cost({"unit": unit, "actual": 3000.0})["gain_per_yen"] == pytest.approx(gain)


def test_the_marginal_cost_counts_only_what_came_on_top_of_the_baseline():
    costed = cost()  # 600,000 yen, from 10 to 30
    assert costed[COSTS].tolist() == [600_000, 20_000, 30_000]
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == ["", ""]


@pytest.mark.parametrize(("baseline", "actual"), [(30, 30), (170, 148)])
def test_the_marginal_cost_is_missing_when_nothing_was_gained(baseline, actual):
    costed = cost({"baseline": baseline, "actual": actual})
    assert math.isnan(costed["marginal_cost_yen"])
    assert costed["marginal_cost_note"] == "no_gain"
    assert costed["unit_cost_note"] == ""


def test_the_marginal_cost_of_a_kpi_that_should_fall_is_missing_when_it_rose():
    costed = cost({"direction": "down", "baseline": 10.0, "actual": 30.0})
    assert math.isnan(costed["marginal_cost_yen"])
    assert costed["marginal_cost_note"] == "no_gain"


def test_the_marginal_cost_is_missing_without_a_baseline():
    costed = cost({"baseline": np.nan})
    assert math.isnan(costed["marginal_cost_yen"])
    assert costed["marginal_cost_note"] == "no_baseline"
    assert costed["unit_cost_yen"] == 20_000


@pytest.mark.parametrize(
    ("kpi", "amounts", "note"),
    [
        ({"kpi_kind": "societal"}, [("settled", 1)], "societal_kpi"),
        ({"kpi_kind": "unknown"}, [("settled", 1)], "kind_unknown"),
        ({"unit": "千円"}, [("settled", 1)], "money_kpi"),
        ({"unit": "％"}, [("settled", 1)], "not_a_count"),
        ({"unit": None}, [("settled", 1)], "not_a_count"),
        ({"aggregation": "cumulative"}, [("settled", 1)], "cumulative_actual"),
        ({}, [("reported", 1)], "nature_not_stated"),
        ({}, [("national_grant", 1)], "no_cost"),
        ({}, [], "no_cost"),
        ({"actual": np.nan}, [("settled", 1)], "no_actual"),
    ],
)
def test_a_cost_per_result_is_missing_for_a_reason(kpi, amounts, note):
    costed = cost(kpi, amounts)
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == [note, note]
    missing = [c for c in costed.index if c.startswith(("unit_cost", "marginal_cost"))]
    assert costed[[c for c in missing if c.endswith("yen")]].isna().all()


@pytest.mark.parametrize("yen", [0, -600_000])
def test_what_cost_nothing_has_no_cost_per_result(yen):
    # 郡山市 展示物更新: 0 yen, 0 renewals, and 0 yen for each of the visitors
    costed = cost(amounts=[("settled", yen)])
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == ["zero_cost", "zero_cost"]
    assert costed[["unit_cost_yen", "marginal_cost_yen", "unit_cost_low_yen"]].isna().all()
    assert cost({"unit": "千円"}, [("settled", yen)])["gain_per_yen_note"] == "zero_cost"


def test_a_cost_that_holds_personnel_says_so():
    kpi = pd.DataFrame([cost()])[[*KPI_COLUMNS.split()]]
    budgets = budgets_of(("settled", 600_000)).assign(nature="full")
    costed = add_costs(kpi, budgets).iloc[0]
    assert costed[["cost_yen", "cost_natures", "cost_note"]].tolist() == [
        *(600_000, "full", "with_personnel"),
    ]


def test_a_figure_with_personnel_stands_beside_the_one_without():
    # 600,000 yen and 300,000 of staff for 30 results after 10: 30,000 each, 45,000 more each
    kpi = pd.DataFrame([cost()])[[*KPI_COLUMNS.split()]]
    budgets = budgets_of(("settled", 600_000), ("reported", 300_000))
    budgets = budgets.assign(item="費", nature=["direct", "personnel"])
    [row] = add_costs(kpi, budgets).to_dict("records")
    assert row["unit_cost_yen"] == 20_000
    assert row["unit_cost_with_personnel_high_yen"] == 30_000
    assert row["marginal_cost_with_personnel_low_yen"] == 45_000
    assert row["full_cost_note"] == "personnel_reckoned"
    # 1,800 千円 for 600,000 yen are 3 yen per yen, for 900,000 are 2
    [row] = add_costs(kpi.assign(unit="千円", actual=1800.0), budgets).to_dict("records")
    assert (row["gain_per_yen_high"], row["gain_per_yen_with_personnel_high"]) == (3, 2)
    [row] = add_costs(kpi, budgets.iloc[:1].assign(nature="full")).to_dict("records")
    assert np.isnan(row["unit_cost_with_personnel_high_yen"])  # it holds it already


@pytest.mark.parametrize("actual", [0, -3])
def test_a_unit_cost_is_missing_when_nothing_was_achieved(actual):
    costed = cost({"actual": actual})
    assert math.isnan(costed["unit_cost_yen"])
    assert costed["unit_cost_note"] == "nothing_achieved"


@pytest.mark.parametrize(
    ("kpi", "amounts"),
    [
        ({"kpi_kind": "societal"}, [("settled", 1)]),
        ({"actual": np.nan}, [("settled", 1)]),
        ({}, [("reported", 1)]),
        ({}, []),
    ],
)
def test_money_gained_is_missing_where_a_unit_cost_would_be(kpi, amounts):
    assert math.isnan(cost({"unit": "千円"} | kpi, amounts)["gain_per_yen"])


@pytest.mark.parametrize(
    ("amounts", "note"),
    [
        ([("settled", 1)], ""),
        ([("total", 1)], "budget_not_settled"),
        ([("initial", 1)], "budget_not_settled"),
        ([("planned", 1)], "budget_not_settled"),
        ([("reported", 1)], "nature_not_stated"),
        ([], "no_cost"),
    ],
)
def test_a_note_says_what_the_cost_is(amounts, note):
    assert cost(amounts=amounts)["cost_note"] == note


def test_a_planned_amount_is_not_called_one_of_unstated_nature():
    costed = cost(amounts=[("planned", 1)])
    assert costed["unit_cost_note"] != "nature_not_stated"
    assert costed["marginal_cost_note"] != "nature_not_stated"


@pytest.mark.parametrize(
    ("kpi", "note"),
    [
        ({"actual_status": "estimated"}, "actual_estimated"),
        ({"aggregation": "unknown"}, "aggregation_unknown"),
        ({"actual_status": "estimated", "aggregation": "unknown"}, "actual_estimated"),
        ({"actual_status": "preliminary"}, ""),
    ],
)
def test_a_cost_that_needs_care_is_given_with_a_remark(kpi, note):
    costed = cost(kpi)
    assert costed["unit_cost_yen"] == 20_000
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == [note, note]


def test_money_gained_for_a_program_that_cost_nothing_is_not_infinite():
    gains = cost({"unit": "千円"}, [("settled", 0)]).filter(like="gain_per_yen")
    assert gains.drop("gain_per_yen_note").isna().all()
    assert gains["gain_per_yen_note"] == "zero_cost"


def test_only_the_columns_named_in_its_description_are_needed():
    named = ["government_code", "program_id", "kpi_id", "fiscal_year", "kpi_kind", "unit"]
    kpis = H30[[*named, "aggregation", "baseline", "actual"]]
    assert add_costs(kpis, H30_BUDGETS)["unit_cost_yen"].round().tolist()[-1] == 25_541


def test_whole_numbers_with_gaps_are_read_as_numbers_with_gaps():
    kpis = H30.assign(actual=[1110, 2, None, 14, 148], baseline=[0, 0, 0, None, 170])
    costed = add_costs(kpis.astype({"actual": "Int64", "baseline": "Int64"}), H30_BUDGETS)
    assert costed["unit_cost_note"].tolist() == ["money_kpi", "", "no_actual", "", ""]
    assert costed["marginal_cost_note"].tolist()[2:] == ["no_actual", "no_baseline", "no_gain"]
    assert costed["unit_cost_yen"].round().tolist()[-1] == 25_541


@pytest.mark.parametrize("direction", ["down", "keep_below"])
def test_a_count_that_should_fall_has_a_cost_per_unit_reduced_and_none_per_remaining_one(direction):
    # 600,000 yen, from 50 cases to 30: 30,000 yen for each of the 20 cases fewer
    costed = cost({"direction": direction, "baseline": 50.0, "actual": 30.0})
    assert math.isnan(costed["unit_cost_yen"])
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == ["falling_kpi", ""]
    assert costed["marginal_cost_yen"] == 30_000


@pytest.mark.parametrize(
    ("actual", "marginal", "note"),
    [
        (30.0, 30_000, "direction_unknown"),
        (10.0, None, "no_gain"),
        (5.0, None, "direction_unknown"),
    ],
)
def test_without_a_direction_a_rise_is_priced_with_a_remark_and_a_fall_is_not_called_a_loss(
    actual, marginal, note
):
    costed = cost({"direction": "unknown", "actual": actual})
    assert costed["marginal_cost_note"] == note
    assert costed["marginal_cost_yen"] == marginal or math.isnan(costed["marginal_cost_yen"])
    assert math.isnan(costed["marginal_cost_yen"]) == (marginal is None)


def test_one_years_increase_has_no_increase_since_a_baseline():
    costed = cost({"aggregation": "increment"})
    assert costed[["unit_cost_note", "marginal_cost_note"]].tolist() == ["", "increment_actual"]
    assert cost({"aggregation": "increment", "baseline": 0.0})["marginal_cost_yen"] == 20_000


@pytest.mark.parametrize(
    ("kpi", "note"),
    [
        ({}, ""),
        ({"unit": "件"}, "not_money"),
        ({"aggregation": "cumulative"}, "cumulative_actual"),
        ({"direction": "down"}, "falling_kpi"),
        ({"kpi_kind": "societal"}, "societal_kpi"),
        ({"actual": np.nan}, "no_actual"),
    ],
)
def test_money_gained_has_its_own_note(kpi, note):
    costed = cost({"unit": "千円"} | kpi)
    assert costed["gain_per_yen_note"] == note
    assert math.isnan(costed["gain_per_yen"]) == (note != "")


def test_money_gained_without_a_direction_is_given_with_a_remark():
    costed = cost({"unit": "千円", "direction": "unknown"})
    assert (costed["gain_per_yen"], costed["gain_per_yen_note"]) == (0.05, "direction_unknown")


def test_a_loss_has_its_range_the_right_way_round():
    kpis = H30.assign(actual=[-864, 2, 16, 14, 148])  # -864,000 of 8,640,000, of 2,160,000 yen
    gains = add_costs(kpis, H30_BUDGETS).loc["④-7", ["gain_per_yen_low", "gain_per_yen_high"]]
    assert gains.tolist() == [-0.4, -0.1]


def test_tsukuba_h30_as_it_lies_in_the_data_folder(root):
    # By hand: 8,640,000 / 4 / 16 and / 16 for the ideas; 3,780,000 / 148 for the job fair.
    data = load(root / "data", "082201", 2018)
    costs = add_costs(data.kpis, data.budgets).set_index("kpi_id")
    ends = costs[["unit_cost_low_yen", "unit_cost_high_yen"]].round()
    assert ends.loc["ideas_proposed"].tolist() == [135_000, 540_000]
    assert ends.loc["matching_consultations"].tolist() == [25_541, 25_541]
    assert costs.loc["business_income", "gain_per_yen_low"] == pytest.approx(1_110 / 8_640)


@pytest.mark.parametrize("cells", [{"unit": ["件", "人"]}, {"kpi_kind": ["outcome", "activity"]}])
def test_unlike_unit_costs_are_refused_with_what_to_do(cells):
    with pytest.raises(DataError, match="have no order; found 件") as error:
        rank_unit_costs(priced((1, 2), (3, 4), **cells))
    assert "Keep the KPIs of one unit and one kpi_kind" in str(error.value)


@laws
@given(kpi_tables, budget_tables)
def test_no_cost_is_infinite_and_each_missing_one_has_a_reason(kpis, budgets):
    costed = add_costs(kpis, budgets)
    assert not np.isinf(costed.select_dtypes("float64").to_numpy()).any()
    for name in NOTES_OF:
        missing = costed[name].isna()
        note = costed[NOTES_OF[name]]
        assert (note[missing] != "").all()
        remarks = {"", "actual_estimated", "aggregation_unknown", "direction_unknown"}
        assert name == "cost_yen" or set(note[~missing]) <= remarks


@laws
@given(kpi_tables, budget_tables, st.randoms(use_true_random=False))
def test_the_order_of_kpis_and_of_amounts_is_irrelevant(kpis, budgets, random):
    order = random.sample(range(len(kpis)), len(kpis))
    amounts = budgets.iloc[random.sample(range(len(budgets)), len(budgets))]
    expected = add_costs(kpis, budgets).iloc[order]
    pd.testing.assert_frame_equal(add_costs(kpis.iloc[order], amounts), expected)


@laws
@given(kpi_tables, budget_tables)
def test_rows_and_columns_are_kept_and_the_inputs_are_unchanged(kpis, budgets):
    kpis_before, budgets_before = kpis.copy(deep=True), budgets.copy(deep=True)
    costed = add_costs(kpis, budgets)
    pd.testing.assert_frame_equal(kpis, kpis_before)
    pd.testing.assert_frame_equal(budgets, budgets_before)
    pd.testing.assert_frame_equal(costed[list(kpis_before.columns)], kpis_before)


def test_a_result_of_an_earlier_year_beside_this_years_money_is_remarked(root):
    data = load(root / "data", government="082201", fiscal_year=2018, program="job_fair")
    kpis = data.kpis.assign(actual_year=pd.array([2015], dtype="Int64"), aggregation="single_year")
    assert add_costs(kpis, data.budgets)["unit_cost_note"].tolist() == ["older_actual"]


@pytest.mark.parametrize(
    ("cells", "note"),
    [({"as_of": "2020-05-31"}, "part_year"), ({"actual_status": "planned"}, "planned_actual")],
)
def test_an_actual_of_part_of_the_year_or_a_planned_one_has_no_unit_cost(cells, note):
    key = {"government_code": "082201", "program_id": "p", "fiscal_year": 2020}
    kpi = key | {"kpi_id": "k", "kpi": "相談", "unit": "件", "kpi_kind": "outcome"}
    kpi |= {
        "direction": "up",
        "aggregation": "single_year",
        "actual": 5.0,
        "actual_status": "final",
    }
    settled = pd.DataFrame([key | {"kind": "settled", "item": None, "amount_yen": 1_000_000}])
    row = add_costs(pd.DataFrame([kpi | cells]), settled).iloc[0]
    assert pd.isna(row["unit_cost_yen"])
    assert row["unit_cost_note"] == note
