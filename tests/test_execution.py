"""What became of a budget: the total, what was spent of it, what was left."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import add_execution, load
from analysis.intake.tables import BUDGET_KINDS

KEYS = {"government_code": "082201", "program_id": "hub", "fiscal_year": 2018}
YEARS = pd.DataFrame([KEYS])


def amounts(*rows):
    """One program's amounts, each typed as (kind, yen)."""
    table = pd.DataFrame(
        [KEYS | {"kind": kind, "amount_yen": yen} for kind, yen in rows],
        columns=[*KEYS, "kind", "amount_yen"],
    )
    return table.astype({"kind": "str", "amount_yen": "Int64"})


def execute(*rows):
    return add_execution(YEARS, amounts(*rows)).iloc[0]


PARTS = [
    ("initial", 1000),
    ("supplementary", 200),
    ("carried_in", 50),
    ("carried_out", 300),
    ("reserve", 10),
]


def test_the_sum_of_the_parts_is_the_total_where_none_is_printed():
    # By hand: 1000 + 200 + 50 - 300 + 10 = 960; 864 / 960 = 0.9; 960 - 864 = 96 left.
    row = execute(*PARTS, ("settled", 864))
    assert row[["total_yen", "total_basis", "execution_rate"]].tolist() == [960, "parts", 0.9]
    assert row[["unused_yen", "execution_note", "unused_note"]].tolist() == [96, "", ""]


def test_a_printed_total_that_is_gross_loses_what_is_carried_out_once():
    # 予算現額 1260 holds the 300 carried out: 1260 - 864 - 300 = 96.
    row = execute(*PARTS, ("total", 1260), ("settled", 864))
    assert row[["total_yen", "total_basis", "unused_yen"]].tolist() == [1260, "total", 96]


def test_a_printed_total_that_is_net_does_not_lose_it_again():
    row = execute(*PARTS, ("total", 960), ("settled", 864))
    assert row[["total_yen", "total_basis", "unused_yen"]].tolist() == [960, "total", 96]


def test_a_printed_unused_amount_is_taken_as_printed():
    row = execute(("total", 1000), ("settled", 900), ("unused", 70))
    assert row[["unused_yen", "unused_note"]].tolist() == [70, ""]


def test_what_is_left_is_not_called_unused_where_it_may_have_been_carried_over():
    row = execute(("total", 1000), ("settled", 900))
    assert row["execution_rate"] == 0.9
    assert pd.isna(row["unused_yen"])
    assert row["unused_note"] == "no_carried_out"


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([("total", 1000)], "no_settled"),
        ([("total", 1000), ("settled", None)], "no_settled"),
        ([("settled", 900)], "no_total"),
        ([("settled", 900), ("supplementary", 1000)], "no_total"),
        ([("settled", 900), ("initial", 1000), ("carried_in", None)], "no_total"),
        ([("settled", 900), ("planned", 1000), ("reported", 7)], "no_total"),
        ([("settled", 0), ("total", 0)], "zero_total"),
        ([], "no_settled"),
    ],
)
def test_a_rate_of_execution_is_missing_for_a_reason(rows, note):
    row = execute(*rows)
    assert pd.isna(row["execution_rate"])
    assert row["execution_note"] == note


def test_spending_above_the_budget_is_flagged_and_kept():
    row = execute(("total", 1000), ("settled", 1026), ("carried_out", 0))
    assert row[["execution_rate", "execution_note"]].tolist() == [1.026, "over_execution"]
    assert pd.isna(row["unused_yen"])
    assert row["unused_note"] == "over_execution"


def test_every_kind_of_amount_has_a_column_and_its_items_are_added():
    rows = [(kind, 10**n) for n, kind in enumerate(BUDGET_KINDS)] + [("national_grant", 5)]
    row = execute(*rows)
    expected = [
        10**n + (5 if kind == "national_grant" else 0) for n, kind in enumerate(BUDGET_KINDS)
    ]
    assert row[[f"{kind}_yen" for kind in BUDGET_KINDS]].tolist() == expected


def test_each_row_keeps_its_place_and_a_year_without_amounts_stays():
    years = pd.DataFrame([KEYS | {"fiscal_year": 2019}, KEYS], index=["b", "a"])
    executed = add_execution(years, amounts(("total", 1000), ("settled", 500)))
    pd.testing.assert_frame_equal(executed[list(KEYS)], years)
    assert executed["execution_rate"].fillna(-1).tolist() == [-1, 0.5]
    assert executed["execution_note"].tolist() == ["no_settled", ""]


def test_tsukuba_prints_budgets_and_no_settled_account(root):
    data = load(root / "data", "082201", 2018)
    executed = add_execution(data.program_years, data.budgets).set_index("program_id")
    assert executed.loc["local_hub_cocreation", "total_yen"] == 8_640_000
    assert executed.loc["job_fair", "total_yen"] == 3_780_000
    assert (executed["execution_note"] == "no_settled").all()
    assert executed["execution_rate"].isna().all()


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(BUDGET_KINDS), st.none() | st.integers(0, 99)), max_size=8)
)
def test_each_missing_figure_has_a_reason_and_none_is_infinite(rows):
    budgets = amounts(*rows)
    before = budgets.copy(deep=True)
    row = add_execution(YEARS, budgets).iloc[0]
    pd.testing.assert_frame_equal(budgets, before)
    assert row["execution_rate"] != float("inf")
    assert pd.notna(row["execution_rate"]) or row["execution_note"] != ""
    assert pd.notna(row["unused_yen"]) == (row["unused_note"] == "")
