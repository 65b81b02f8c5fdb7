"""What a result cost: the basis, the shares of one budget, and the words for a missing figure."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import DataError, add_costs, find_cost_basis, load, rank_unit_costs, sum_costs
from analysis.measures.cost_basis import list_costs
from analysis.measures.notes import NOTE

laws = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
NOTES_OF = {
    "cost_yen": "cost_note",
    "unit_cost_yen": "unit_cost_note",
    "marginal_cost_yen": "marginal_cost_note",
    "gain_per_yen": "gain_per_yen_note",
}
COSTS = ["cost_yen", "unit_cost_yen", "marginal_cost_yen"]


def typed(header, *rows):
    return pd.DataFrame(rows, columns=header.split())


def budgets_of(*amounts, program_id="hub", fiscal_year=2018):
    """One program's amounts, each typed as (kind, yen)."""
    rows = [("082201", program_id, fiscal_year, kind, yen) for kind, yen in amounts]
    table = typed("government_code program_id fiscal_year kind amount_yen", *rows)
    return table.astype({"amount_yen": "Int64"})


def basis_of(*amounts):
    """The cost and its basis found for one program's amounts, as a list of rows."""
    return find_cost_basis(budgets_of(*amounts))[["cost_yen", "cost_basis"]].to_numpy().tolist()


# --- find_cost_basis ---

EVERY_KIND = [
    ("reported", 7),
    ("planned", 11),
    ("initial", 1000),
    ("supplementary", 200),
    ("carried_in", 50),
    ("carried_out", 300),
    ("reserve", 10),
    ("total", 970),
    ("settled", 900),
    ("national_grant", 450),
    ("unused", 70),
]
PARTS = ("initial", "supplementary", "carried_in", "carried_out", "reserve")


@pytest.mark.parametrize(
    ("absent", "cost"),
    [
        ((), [900, "settled"]),
        (("settled",), [970, "total"]),
        (("settled", "total"), [960, "parts"]),  # 1000 + 200 + 50 - 300 + 10
        (("settled", "total", *PARTS), [11, "planned"]),
        (("settled", "total", *PARTS, "planned"), [7, "reported"]),
    ],
)
def test_the_first_published_basis_is_taken(absent, cost):
    assert basis_of(*[amount for amount in EVERY_KIND if amount[0] not in absent]) == [cost]


def test_what_is_carried_out_is_subtracted():
    assert basis_of(("initial", 1000), ("carried_out", 400)) == [[600, "parts"]]


def test_parts_are_summed_only_where_an_initial_budget_is_published():
    assert basis_of(("supplementary", 200), ("carried_in", 50)) == []
    assert basis_of(("supplementary", 200), ("planned", 11)) == [[11, "planned"]]


@pytest.mark.parametrize(
    "amounts",
    [
        [("initial", pd.NA), ("supplementary", 200)],
        [("initial", 1000), ("carried_out", pd.NA)],
        [("settled", 900), ("settled", pd.NA)],
    ],
    ids=["initial", "carried_out", "one of two settled items"],
)
def test_an_amount_that_is_still_pending_is_not_counted_as_zero(amounts):
    assert basis_of(*amounts) == []


@pytest.mark.parametrize(
    "amounts",
    [[("national_grant", 450), ("unused", 70)], [("settled", pd.NA)], [("total", pd.NA)]],
    ids=["no cost among the amounts", "settled account pending", "total pending"],
)
def test_a_program_without_a_known_cost_has_no_row(amounts):
    assert basis_of(*amounts) == []


def test_a_pending_settled_account_leaves_the_budget_as_the_cost():
    assert basis_of(("settled", pd.NA), ("total", 970)) == [[970, "total"]]


def test_the_items_of_one_kind_are_added():
    # 盛岡市 成長分野拠点形成支援事業 (nature not stated): 10,010 + 1,333 + 17,662 = 29,005 千円
    amounts = [("reported", 10_010_000), ("reported", 1_333_000), ("reported", 17_662_000)]
    assert basis_of(*amounts) == [[29_005_000, "reported"]]


def test_each_program_and_year_has_its_own_row_and_its_own_basis():
    budgets = pd.concat(
        [
            budgets_of(("total", 8_640_000)),
            budgets_of(("total", 3_780_000), ("settled", 3_500_000), program_id="job_fair"),
            budgets_of(("initial", 9_000_000), ("carried_in", 1_000_000), fiscal_year=2019),
            budgets_of(("national_grant", 1), program_id="seminar"),
        ],
        ignore_index=True,
    )
    before = budgets.copy(deep=True)
    expected = typed(
        "government_code program_id fiscal_year cost_yen cost_basis cost_natures cost_kinds",
        ("082201", "hub", 2018, 8_640_000, "total", "", "total"),
        ("082201", "job_fair", 2018, 3_500_000, "settled", "", "settled"),
        ("082201", "hub", 2019, 10_000_000, "parts", "", "initial carried_in"),
    ).astype({"cost_yen": "Int64"})
    none = pd.array([pd.NA] * 3, dtype="Int64")
    expected = expected.assign(
        personnel_yen=none,
        full_cost_yen=none,
        full_cost_natures=pd.array([None] * 3, dtype="str"),
        full_cost_note=pd.Series([""] * 3, dtype=NOTE),
    )
    pd.testing.assert_frame_equal(find_cost_basis(budgets), expected)
    pd.testing.assert_frame_equal(budgets, before)


def test_no_amounts_give_no_rows():
    assert basis_of() == []


# --- what an amount is of: direct, personnel, full ---

NATURES = ["cost_yen", "cost_basis", "cost_natures", "full_cost_yen", "full_cost_natures"]


def natures_of(*amounts, **columns):
    """What is found for one program's amounts, each typed as (kind, item, nature, yen)."""
    header = "kind item nature amount_yen"
    table = typed(header, *amounts).astype({"amount_yen": "Int64"})
    keys = {"government_code": "072036", "program_id": "hall", "fiscal_year": 2018}
    found = find_cost_basis(table.assign(**keys, **columns))[NATURES]
    return found.astype(object).where(found.notna(), None).to_numpy().tolist()


DIRECT = ("settled", "事業費", "direct", 22_963)
PERSONNEL = ("settled", "人件費", "personnel", 2_604)
WHOLE = ("settled", "総事業費", "full", 25_567)


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        # 郡山市 prints 事業費 22,963 and 人件費 2,604 千円: together 25,567
        ([DIRECT, PERSONNEL], [22_963, "settled", "direct", 25_567, "direct personnel"]),
        ([DIRECT, PERSONNEL, WHOLE], [22_963, "settled", "direct", 25_567, "full"]),
        ([DIRECT, WHOLE], [22_963, "settled", "direct", 25_567, "full"]),
        ([DIRECT], [22_963, "settled", "direct", None, None]),
        (
            [DIRECT, ("settled", "間接事業費", None, 0)],
            [22_963, "settled", "direct", None, None],
        ),
        ([("settled", None, None, 0)], [0, "settled", "", None, None]),
        ([WHOLE], [25_567, "settled", "full", 25_567, "full"]),
        ([WHOLE, PERSONNEL], [25_567, "settled", "full", 25_567, "full"]),
        (
            [("settled", "事業費", None, 22_963), PERSONNEL],
            [22_963, "settled", "", 25_567, "personnel"],
        ),
        # an amount of which nothing is said may hold the personnel already
        ([("settled", None, None, 22_963), PERSONNEL], [22_963, "settled", "", None, None]),
    ],
)
def test_the_cost_is_the_money_without_personnel_and_the_full_cost_is_full_once(amounts, found):
    assert natures_of(*amounts) == [found]
    assert natures_of(*amounts[::-1]) == [found]


def test_personnel_alone_is_no_cost_and_leaves_the_budget():
    assert natures_of(PERSONNEL) == []
    budget = ("total", None, None, 30_000)
    assert natures_of(PERSONNEL, budget) == [[30_000, "total", "", None, None]]


def test_ten_million_with_its_sources_beside_it_is_ten_million():
    sources = [("source", "一般財源", None, 4_000_000), ("source", "国庫支出金", None, 6_000_000)]
    grant = ("national_grant", None, None, 6_000_000)
    for kind in ("settled", "reported"):
        cost = (kind, "事業費", None, 10_000_000)
        assert natures_of(cost, *sources, grant)[0][:2] == [10_000_000, kind]
    assert natures_of(*sources, grant) == []


def test_amounts_of_several_years_or_of_a_whole_plan_are_no_cost_of_a_year():
    years = pd.array([2022, pd.NA], dtype="Int64")
    amounts = ("total", "事業費", None, 50_000), ("total", "改修", None, 10_000)
    assert natures_of(*amounts, last_year=years) == [[10_000, "total", "", None, None]]
    assert natures_of(("whole_plan", None, None, 50_000)) == []


def test_negative_parts_may_make_a_sum_negative_and_it_stays():
    amounts = [("initial", None, None, 100), ("reserve", None, None, -130)]
    assert natures_of(*amounts) == [[-30, "parts", "", None, None]]


def test_full_parts_are_no_budget_while_nobody_says_what_the_other_parts_hold():
    amounts = [("initial", None, "full", 100), ("carried_in", None, None, 30)]
    assert natures_of(*amounts) == []
    assert natures_of(amounts[0]) == [[100, "parts", "full", 100, "full"]]


def test_pending_personnel_leaves_the_cost_and_takes_the_full_cost():
    pending = ("settled", "人件費", "personnel", pd.NA)
    assert natures_of(DIRECT, pending) == [[22_963, "settled", "direct", None, None]]


BESIDE = ("reported", "人件費", "personnel", 14_831)


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        # 福岡県 国民保護体制推進事業, R6決算 1,193 and beside it 人件費 14,831 千円: 16,024
        (
            [("settled", None, "direct", 1_193), BESIDE],
            [14_831, 16_024, "direct personnel", "personnel_reckoned"],
        ),
        ([DIRECT, PERSONNEL, BESIDE], [2_604, 25_567, "direct personnel", ""]),
        ([DIRECT, WHOLE, BESIDE], [14_831, 25_567, "full", ""]),
        # 1,193 may hold the personnel already; it is not added
        ([("settled", None, None, 1_193), BESIDE], [14_831, None, None, ""]),
        ([DIRECT], [None, None, None, ""]),
        ([("initial", None, "direct", 6_148), PERSONNEL], [None, None, None, ""]),
    ],
)
def test_personnel_is_of_the_basis_of_the_cost_else_what_is_reported_beside_it(amounts, found):
    table = typed("kind item nature amount_yen", *amounts).astype({"amount_yen": "Int64"})
    keys = {"government_code": "400009", "program_id": "hall", "fiscal_year": 2024}
    [row] = find_cost_basis(table.assign(**keys)).to_dict("records")
    names = ("personnel_yen", "full_cost_yen", "full_cost_natures", "full_cost_note")
    assert [None if pd.isna(row[name]) else row[name] for name in names] == found


def test_the_kinds_of_a_budget_are_those_that_are_printed():
    budget = [("initial", 1000), ("carried_out", 400), ("settled", pd.NA)]
    assert find_cost_basis(budgets_of(*budget))["cost_kinds"].tolist() == ["initial carried_out"]
    assert find_cost_basis(budgets_of(("initial", 5)))["cost_kinds"].tolist() == ["initial"]


def test_an_initial_budget_alone_is_listed_as_such():
    alone = list_costs(budgets_of(("initial", 5))).iloc[0]
    assert alone["initial"] == 5
    assert pd.isna(alone["parts"])
    several = list_costs(budgets_of(("initial", 5), ("carried_in", 2))).iloc[0]
    assert several["parts"] == 7
    assert pd.isna(several["initial"])


# --- sum_costs ---


def test_only_costs_of_one_year_basis_and_nature_are_added():
    costs = typed(
        "fiscal_year cost_yen cost_basis cost_natures",
        (2018, 1, "settled", "direct"),
        (2018, 2, "settled", "direct"),
        (2018, 4, "settled", "full"),
        (2018, 8, "total", "direct"),
        (2019, 16, "settled", "direct"),
        (2019, pd.NA, None, None),
    ).astype({"cost_yen": "Int64"})
    expected = typed(
        "fiscal_year cost_basis cost_natures programs cost_yen",
        (2018, "settled", "direct", 2, 3),
        (2018, "settled", "full", 1, 4),
        (2018, "total", "direct", 1, 8),
        (2019, "settled", "direct", 1, 16),
    ).astype({"cost_yen": "Int64"})
    pd.testing.assert_frame_equal(sum_costs(costs), expected)
    assert sum_costs(costs.iloc[:0]).empty
    kinds = ["initial", "initial reserve"]
    budgets = costs.iloc[:2].assign(cost_basis="parts", cost_kinds=kinds)
    assert sum_costs(budgets)["cost_kinds"].tolist() == ["initial reserve"]


# --- add_costs: つくば市 H30, ④-7 to ④-10 share 8,640,000 yen, ④-4 has 3,780,000 ---

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


def cost(kpi=None, amounts=(("settled", 600_000),)):
    """The one row that `add_costs` makes of one KPI (30 件 after 10) with some cells changed."""
    cells = {
        **{"government_code": "082201", "program_id": "hub", "kpi_id": "ideas"},
        **{"fiscal_year": 2018, "unit": "件", "kpi_kind": "outcome", "direction": "up"},
        **{"aggregation": "single_year", "baseline": 10.0, "actual": 30.0},
        **{"actual_status": "final"},
    }
    return add_costs(pd.DataFrame([cells | (kpi or {})]), budgets_of(*amounts)).iloc[0]


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


def test_an_unknown_allocation_is_refused_with_the_known_ones():
    with pytest.raises(DataError, match="'half' is not one of full, equal"):
        allocate_costs(H30, H30_BUDGETS, "half")


def test_money_gained_for_a_program_that_cost_nothing_is_not_infinite():
    gains = cost({"unit": "千円"}, [("settled", 0)]).filter(like="gain_per_yen")
    assert gains.drop("gain_per_yen_note").isna().all()
    assert gains["gain_per_yen_note"] == "zero_cost"


def test_only_the_columns_named_in_its_description_are_needed():
    named = ["government_code", "program_id", "kpi_id", "fiscal_year", "kpi_kind", "unit"]
    kpis = H30[[*named, "aggregation", "baseline", "actual"]]
    assert add_costs(kpis, H30_BUDGETS)["unit_cost_yen"].round().tolist()[-1] == 25_541


# --- shares ---

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


# --- guards ---


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


# --- rank_unit_costs ---


def priced(*ranges, **cells):
    """KPIs in 件 with these lowest and highest unit costs; None for one without."""
    ends = [ends or (None, None) for ends in ranges]
    table = pd.DataFrame(ends, columns=["unit_cost_low_yen", "unit_cost_high_yen"], dtype="float64")
    notes = ["" if ends else "no_actual" for ends in ranges]
    return table.assign(**({"unit": "件", "kpi_kind": "outcome", "unit_cost_note": notes} | cells))


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


@pytest.mark.parametrize("cells", [{"unit": ["件", "人"]}, {"kpi_kind": ["outcome", "activity"]}])
def test_unlike_unit_costs_are_refused_with_what_to_do(cells):
    with pytest.raises(DataError, match="have no order; found 件") as error:
        rank_unit_costs(priced((1, 2), (3, 4), **cells))
    assert "Keep the KPIs of one unit and one kpi_kind" in str(error.value)


def test_ranking_all_of_tsukuba_h30_is_refused_and_its_outcomes_in_ken_overlap():
    # 25,541 for the job fair; 1,080,000 to 4,320,000 per collaboration; 135,000 to 540,000 per idea
    costed = add_costs(H30, H30_BUDGETS)
    with pytest.raises(DataError, match=r"件 \(outcome\), 回 \(activity\)"):
        rank_unit_costs(costed)
    ranked = rank_unit_costs(costed.loc[["④-8", "④-9", "④-4"]])
    assert ranked["unit_cost_rank"].tolist() == [3, 2, 1]


ends = st.tuples(st.integers(1, 6), st.integers(0, 3)).map(lambda e: (e[0], e[0] + e[1]))


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


# --- laws ---

kpi_rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "unit": st.sampled_from(["件", "人", "％", "千円"]),
        "kpi_kind": st.sampled_from(["activity", "outcome", "societal", "unknown"]),
        "direction": st.sampled_from(["up", "down", "unknown"]),
        "aggregation": st.sampled_from(["single_year", "cumulative", "unknown"]),
        "baseline": st.none() | st.integers(0, 9),
        "actual": st.none() | st.integers(0, 9),
        "actual_status": st.sampled_from(["final", "estimated"]),
    }
)
amount_rows = st.fixed_dictionaries(
    {
        "government_code": st.just("082201"),
        "program_id": st.sampled_from(["hub", "job_fair", "seminar"]),
        "fiscal_year": st.sampled_from([2017, 2018]),
        "kind": st.sampled_from(["settled", "total", "initial", "supplementary", "reported"]),
        "amount_yen": st.integers(1, 10**9),
    }
)


def as_kpis(drawn):
    table = pd.DataFrame(drawn).astype({"baseline": "float64", "actual": "float64"})
    names = [f"kpi_{n}" for n in range(len(table))]
    return table.assign(kpi_id=names).set_axis(names)


kpi_tables = st.lists(kpi_rows, min_size=1, max_size=6).map(as_kpis)
budget_tables = st.lists(amount_rows, min_size=1, max_size=6).map(
    lambda drawn: pd.DataFrame(drawn).astype({"amount_yen": "Int64"})
)


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
@given(kpi_tables, budget_tables)
def test_the_range_of_a_cost_holds_both_allocations(kpis, budgets):
    full, equal = add_costs(kpis, budgets), allocate_costs(kpis, budgets, "equal")
    for name in COSTS:
        low, high = (full[name.replace("yen", f"{end}_yen")] for end in ("low", "high"))
        assert (low.isna() == full[name].isna()).all()
        assert (low.dropna() <= high.dropna()).all()
        pd.testing.assert_series_equal(full[name], high, check_names=False)
        pd.testing.assert_series_equal(equal[name], low, check_names=False)


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
    with pytest.raises(DataError, match=r"with and without personnel .* have no order"):
        rank_unit_costs(table)
    for natures in (["direct", ""], ["full", "full"]):
        ranked = rank_unit_costs(priced((1, 2), (3, 4), cost_natures=natures))
        assert ranked["unit_cost_rank"].tolist() == [1, 2]


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
