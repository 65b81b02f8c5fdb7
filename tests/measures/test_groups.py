"""Programs summed up by group, each figure with its denominator, worked by hand."""

import pandas as pd
import pytest

from analysis import DataError, load, measure, sum_groups, tabulate_groups

KEYS = {"government_code": "082201", "fiscal_year": 2023}


def executed(*rows):
    """Programs, each typed as (field, KPIs reached, missed, unknown, total, settled)."""
    names = ["policy_group", "reached", "missed", "unknown", "total_yen", "settled_yen"]
    table = pd.DataFrame(rows, columns=names).assign(**KEYS)
    table["program_id"] = [f"p{n}" for n in range(len(table))]
    table["kpis"] = table["reached"] + table["missed"] + table["unknown"]
    money = table[["total_yen", "settled_yen"]].astype("Int64")
    rate = (money["settled_yen"] / money["total_yen"]).astype("Float64")
    return table.assign(**money, execution_rate=rate.astype("float64"))


def test_reached_kpis_are_a_share_of_those_that_can_be_judged():
    [row] = sum_groups(executed(("福祉", 3, 1, 6, 100, 50))).to_dict("records")
    assert (row["kpis"], row["reached"], row["missed"], row["unknown"]) == (10, 3, 1, 6)
    assert row["share_reached"] == 0.75


def test_a_share_is_missing_where_nothing_can_be_judged():
    [row] = sum_groups(executed(("福祉", 0, 0, 2, None, None))).to_dict("records")
    assert pd.isna(row["share_reached"])
    assert pd.isna(row["execution_rate"])
    assert row["rated"] == 0


def test_only_programs_with_both_amounts_count_in_the_rate_of_a_group():
    # 90 of 100 and 10 of 100; 500 budgeted by a program without an account take no part
    groups = sum_groups(
        executed(
            ("福祉", 0, 0, 0, 100, 90), ("福祉", 0, 0, 0, 100, 10), ("福祉", 0, 0, 0, 500, None)
        )
    )
    [row] = groups.to_dict("records")
    assert (row["programs"], row["rated"]) == (3, 2)
    assert (row["total_yen"], row["settled_yen"]) == (200, 100)
    assert row["execution_rate"] == 0.5
    assert row["rate_median"] == 0.5
    assert (row["rate_low"], row["rate_high"]) == pytest.approx((0.3, 0.7))


def test_the_group_of_most_programs_comes_first_and_those_without_one_stay_together():
    groups = sum_groups(
        executed(
            (None, 1, 0, 0, 1, 1),
            ("北", 1, 0, 0, 1, 1),
            ("南", 1, 0, 0, 1, 1),
            ("南", 0, 1, 0, 1, 1),
        )
    )
    assert groups["group"].tolist() == ["南", "", "北"]
    assert groups["programs"].sum() == 4
    assert tabulate_groups(groups)["分野"].tolist() == ["南", "（記載なし）", "北"]


def test_every_program_and_kpi_of_the_data_is_in_one_group():
    measured = measure(load("data", fiscal_year=2018))
    for by in ("field", "government", "fiscal_year", "department"):
        groups = sum_groups(measured.execution, by)
        assert groups["programs"].sum() == len(measured.execution)
        assert groups["kpis"].sum() == measured.execution["kpis"].sum()


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(DataError, match="by 'prefecture'"):
        sum_groups(executed(("福祉", 1, 0, 0, 1, 1)), "prefecture")
