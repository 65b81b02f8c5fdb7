"""Programs side by side, what the documents hold of each, and the first reason that holds."""

import numpy as np
import pandas as pd
import pytest
from made import typed

from analysis import add_achievement, compare_programs
from analysis.measures.comparison import count_three_readings, has_only_repeats


def amounts(*rows):
    table = typed("government_code program_id fiscal_year kind amount_yen amount_status", *rows)
    return table.astype({"amount_yen": "Int64", "amount_status": "str"})


# --- compare_programs: four small programs of one town ---

TOWN = "082201"
PROGRAMS = typed(
    "government_code program_id government program project department",
    (TOWN, "fair", "町", "面接会", "若者定着", "経済部"),
    (TOWN, "hub", "町", "拠点", None, "都市計画部"),
    (TOWN, "robot", "町", "ロボット", "産業", "政策部"),
    (TOWN, "booklet", "町", "冊子", "若者定着", "保健部"),
)
PROGRAM_YEARS = typed(
    "government_code program_id fiscal_year",
    (TOWN, "robot", 2018),
    (TOWN, "fair", 2018),
    (TOWN, "hub", 2018),
    (TOWN, "hub", 2019),
    (TOWN, "booklet", 2018),
)
KPIS = typed(
    "government_code program_id kpi_id fiscal_year actual actual_status progress_rate reached",
    (TOWN, "fair", "visitors", 2018, 30.0, "estimated", 1.5, "yes"),
    (TOWN, "fair", "talks", 2018, 25.0, "final", 0.5, "no"),
    (TOWN, "hub", "ideas", 2018, 25.0, "estimated", 0.5, "no"),
    (TOWN, "hub", "income", 2018, np.nan, "estimated", np.nan, "unknown"),
    (TOWN, "hub", "ideas", 2019, 148.0, "final", -0.75, "no"),
)
BUDGETS = amounts(
    (TOWN, "fair", 2018, "settled", 1_000_000, None),
    (TOWN, "robot", 2018, "total", 500_000, None),
    (TOWN, "hub", 2019, "total", 8_640_000, None),
)


def test_programs_keep_their_rows_counts_and_the_bounds_of_their_mean_progress():
    # By hand. fair: capped (1 + 0.5)/2 = 0.75, raw (1.5 + 0.5)/2 = 1. hub 2018: one of two unknown,
    # so capped (0.5 + 0)/2 to (0.5 + 1)/2 and no raw mean. hub 2019: -0.75 counts as 0 when capped.
    expected = pd.DataFrame(
        {
            "program_id": ["robot", "fair", "hub", "hub", "booklet"],
            "fiscal_year": [2018, 2018, 2018, 2019, 2018],
            "program": ["ロボット", "面接会", "拠点", "拠点", "冊子"],
            "department": ["政策部", "経済部", "都市計画部", "都市計画部", "保健部"],
            "cost_yen": pd.array([500_000, 1_000_000, pd.NA, 8_640_000, pd.NA], dtype="Int64"),
            "cost_basis": ["total", "settled", None, "total", None],
            "cost_natures": ["", "", None, "", None],
            "full_cost_yen": pd.array([pd.NA] * 5, dtype="Int64"),
            "kpis": [0, 2, 2, 1, 0],
            "reached": [0, 1, 0, 0, 0],
            "missed": [0, 1, 1, 1, 0],
            "unknown": [0, 0, 1, 0, 0],
            "estimated": [0, 1, 1, 0, 0],
            "mean_capped_low": [np.nan, 0.75, 0.25, 0.0, np.nan],
            "mean_capped_high": [np.nan, 0.75, 0.75, 0.0, np.nan],
            "mean_raw": [np.nan, 1.0, np.nan, -0.75, np.nan],
            "any_reached": ["unknown", "yes", "unknown", "no", "unknown"],
            "all_reached": ["unknown", "no", "no", "no", "unknown"],
            "share_reached_low": [np.nan, 0.5, 0.0, 0.0, np.nan],
            "share_reached_high": [np.nan, 0.5, 0.5, 0.0, np.nan],
        }
    ).astype(dict.fromkeys(["kpis", "reached", "missed", "unknown", "estimated"], "Int64"))
    words = pd.CategoricalDtype(["yes", "no", "unknown"])
    expected = expected.astype({"any_reached": words, "all_reached": words})
    compared = compare_programs(PROGRAM_YEARS, PROGRAMS, KPIS, BUDGETS)
    pd.testing.assert_frame_equal(compared[list(expected.columns)], expected)


@pytest.mark.parametrize(
    ("reached", "any_all"),
    [
        (["yes", "yes"], ["yes", "yes"]),
        (["yes", "no"], ["yes", "no"]),
        (["no", "no"], ["no", "no"]),
        (["yes", "unknown"], ["yes", "unknown"]),
        (["no", "unknown"], ["unknown", "no"]),
        (["unknown", "unknown"], ["unknown", "unknown"]),
    ],
)
def test_unknown_kpis_leave_any_and_all_unknown_only_where_they_could_decide(reached, any_all):
    compared = compare_programs(
        PROGRAM_YEARS.iloc[[1]], PROGRAMS, KPIS.iloc[:2].assign(reached=reached), BUDGETS
    )
    assert compared[["any_reached", "all_reached"]].to_numpy().tolist() == [any_all]
    ends = [reached.count("yes") / 2, 1 - reached.count("no") / 2]
    assert compared[["share_reached_low", "share_reached_high"]].to_numpy().tolist() == [ends]


def compare_rated(*kpis):
    """One program whose KPIs are given by a few cells each, compared."""
    cells = {"government_code": TOWN, "program_id": "fair", "fiscal_year": 2018}
    cells |= {"actual_status": "final", "direction": "up", "unit": "件", "kpi": "相談"}
    rows = [cells | {"kpi_id": f"k{n}"} | kpi for n, kpi in enumerate(kpis)]
    kpis = add_achievement(pd.DataFrame(rows))
    return compare_programs(PROGRAM_YEARS.iloc[[1]], PROGRAMS, kpis, BUDGETS.iloc[:0]).iloc[0]


RESTS_ON = ["by_progress", "by_ratio", "by_reached", "bounded"]


def test_three_known_misses_have_one_mean_without_any_baseline():
    # 0, 42 and 67 of 100: their mean is 36.33 %
    row = compare_rated(*({"target": 100, "actual": actual} for actual in (0, 42, 67)))
    assert row["mean_capped_low"] == row["mean_capped_high"] == pytest.approx(1.09 / 3)
    assert row[RESTS_ON].tolist() == [0, 3, 0, 0]


def test_a_mean_says_how_many_kpis_it_rests_on_and_by_what():
    row = compare_rated(
        {"baseline": 0, "target": 10, "actual": 5},
        {"target": 10, "actual": 8},
        {"direction": "milestone", "target": 1, "actual": 1},
        {"target": 10, "actual": None, "actual_status": "pending"},
    )
    assert row[RESTS_ON].tolist() == [1, 1, 1, 1]
    assert row["mean_capped_low"] == pytest.approx((0.5 + 0.8 + 1 + 0) / 4)
    assert row["mean_capped_high"] == pytest.approx((0.5 + 0.8 + 1 + 1) / 4)
    assert pd.isna(row["mean_raw"])


@pytest.mark.parametrize(
    "kpi",
    [
        {"target": 0, "actual": 0, "final_target": 534, "final_year": 2020},
        {"target": 10, "actual": 8, "as_of": "2018-09-30", "aggregation": "single_year"},
        {"target": 10, "actual": 12, "as_of": "2018-09-30", "aggregation": "single_year"},
        {"actual": 3, "final_target": 5, "final_year": 2020},
        {"direction": "down", "target": 10, "actual": 12},
        {"direction": "unknown", "target": 10, "actual": 12},
        {"target": 10, "actual": 12, "actual_status": "planned"},
    ],
)
def test_what_is_not_due_not_over_or_read_the_wrong_way_round_is_bounded_and_never_full(kpi):
    row = compare_rated(kpi)
    assert (row["mean_capped_low"], row["mean_capped_high"], row["bounded"]) == (0, 1, 1)


def test_a_fact_printed_as_the_years_figure_and_as_the_total_counts_once():
    # 茨城県, 平成27年度: 2,748 of 2,000 jobs, in the year and since the start
    jobs = {"kpi": "雇用創出数", "unit": "人", "target": 2000, "actual": 2748}
    row = compare_rated(
        jobs | {"aggregation": "single_year"},
        jobs | {"aggregation": "cumulative", "kpi": "雇用創出数（累計）"},
    )
    assert (row["kpis"], row["reached"]) == (1, 1)


@pytest.mark.parametrize("change", [{"kpi": "起業数（累計）"}, {"actual": 5163}, {"unit": "社"}])
def test_other_facts_of_like_kpis_count_each(change):
    jobs = {"kpi": "雇用創出数", "unit": "人", "target": 2000, "actual": 2748}
    total = jobs | {"aggregation": "cumulative", "kpi": "雇用創出数（累計）"} | change
    assert compare_rated(jobs | {"aggregation": "single_year"}, total)["kpis"] == 2


def test_a_kpi_that_a_source_prints_again_under_another_program_counts_once():
    first = {"kpi_id": "talks", "target": 10, "actual": 12}
    again = {"kpi_id": "again", "target": 10, "actual": 12, "same_as": "fair/talks"}
    assert compare_rated(first, again)["kpis"] == 1
    elsewhere = again | {"same_as": "hub/talks"}  # not among the rows at hand
    assert compare_rated(first, elsewhere)["kpis"] == 2


def test_a_program_whose_kpis_only_repeat_others_has_kpis_of_which_none_counts():
    cells = {"government_code": TOWN, "fiscal_year": 2018, "direction": "up", "target": 10}
    cells |= {"actual": 12, "actual_status": "final"}
    kpis = add_achievement(
        pd.DataFrame(
            [
                cells | {"program_id": "fair", "kpi_id": "talks", "same_as": None},
                cells | {"program_id": "hub", "kpi_id": "talks", "same_as": "fair/talks"},
            ]
        )
    )
    compared = compare_programs(PROGRAM_YEARS.iloc[[0, 1, 2]], PROGRAMS, kpis, BUDGETS)
    assert compared[["kpis", "repeated"]].to_numpy().tolist() == [[0, 0], [1, 0], [0, 1]]
    assert has_only_repeats(compared).tolist() == [False, False, True]


def test_programs_are_compared_where_none_has_a_kpi_or_an_amount():
    compared = compare_programs(PROGRAM_YEARS, PROGRAMS, KPIS.iloc[:0], BUDGETS.iloc[:0])
    assert compared["program_id"].tolist() == PROGRAM_YEARS["program_id"].tolist()
    assert compared["kpis"].tolist() == [0] * 5
    missing = ["cost_yen", "cost_basis", "mean_capped_low", "mean_capped_high", "mean_raw"]
    assert compared[missing].isna().all(axis=None)


def test_a_program_named_by_two_sources_has_one_row_with_the_later_name():
    renamed = pd.concat([PROGRAMS, PROGRAMS.iloc[[1]].assign(program="新拠点")])
    compared = compare_programs(PROGRAM_YEARS, renamed, KPIS, BUDGETS)
    assert compared["program"].tolist() == ["ロボット", "面接会", "新拠点", "新拠点", "冊子"]


def test_the_order_of_kpis_and_amounts_is_irrelevant_to_the_comparison():
    compared = compare_programs(PROGRAM_YEARS, PROGRAMS, KPIS, BUDGETS)
    turned = compare_programs(PROGRAM_YEARS, PROGRAMS, KPIS.iloc[::-1], BUDGETS.iloc[::-1])
    pd.testing.assert_frame_equal(turned, compared)


def test_comparing_changes_none_of_the_tables():
    tables = (PROGRAM_YEARS, PROGRAMS, KPIS, BUDGETS)
    before = [table.copy(deep=True) for table in tables]
    compare_programs(*tables)
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_an_amount_for_several_years_stands_beside_programs_and_is_no_cost():
    rows = amounts((TOWN, "hub", 2018, "settled", 12_000_000, None))
    years = pd.DataFrame({"government_code": [TOWN], "program_id": "hub", "fiscal_year": 2018})
    kpis = pd.DataFrame([KPI_OF_HUB])
    kpis = add_achievement(kpis)
    compared = compare_programs(years, PROGRAMS, kpis, rows.assign(last_year=2020)).iloc[0]
    assert pd.isna(compared["cost_yen"])
    assert compared[["span_yen", "span_basis", "span_last_year"]].tolist() == [
        *(12_000_000, "settled", 2020)
    ]
    beside = pd.concat([rows.assign(last_year=2020), rows.assign(last_year=pd.NA)])
    compared = compare_programs(years, PROGRAMS, kpis, beside).iloc[0]
    assert (compared["cost_yen"], pd.isna(compared["span_yen"])) == (12_000_000, True)


KPI_OF_HUB = {
    **{"government_code": TOWN, "program_id": "hub", "kpi_id": "ideas", "fiscal_year": 2018},
    **{"kpi": "提案", "direction": "up", "target": 8.0, "actual": 16.0, "actual_status": "final"},
}


def test_programs_are_counted_by_any_all_and_share_and_unknown_kpis_stay_in_the_whole():
    counts = {"kpis": [2, 3, 0, 1], "reached": [2, 1, 0, 0], "unknown": [0, 1, 0, 1]}
    found = count_three_readings(pd.DataFrame(counts))
    assert (found.programs, found.any_kpi, found.all_kpis) == (3, 2, 1)
    assert (found.kpis, found.reached, found.unknown) == (6, 3, 2)
