"""What became of a budget: the total, what was spent of it, what was left."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import add_execution, audit_execution, load
from analysis.dataset.tables import BUDGET_KINDS

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


def test_what_is_carried_out_is_subtracted_with_whichever_sign_it_is_printed():
    # The review of the ministries prints 翌年度へ繰越し as a negative amount.
    negative = [(kind, -yen if kind == "carried_out" else yen) for kind, yen in PARTS]
    for rows in (negative, [*negative, ("total", 960)]):
        row = execute(*rows, ("settled", 864))
        assert row[["total_yen", "unused_yen", "carried_out_yen"]].tolist() == [960, 96, 300]
    row = execute(*negative, ("total", 1260), ("settled", 864))
    assert row["unused_yen"] == 96


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


# --- like for like ---

LIKE = ["total_yen", "settled_yen", "execution_rate", "execution_note"]
LEFT_OUT = ["execution_left_out", "execution_left_out_yen"]


def items(*rows, **columns):
    """One program's amounts, each typed as (kind, item, nature, yen)."""
    table = pd.DataFrame(rows, columns=["kind", "item", "nature", "amount_yen"])
    return table.assign(**KEYS, **columns).astype({"amount_yen": "Int64"})


def compare(*rows, **columns):
    return add_execution(YEARS, items(*rows, **columns)).iloc[0]


BUDGETED = ("total", "直接事業費", "direct", 22_170_000)
SPENT = ("settled", "直接事業費", "direct", 17_790_000)
STAFF = ("settled", "人件費", "personnel", 34_361_000)


@pytest.mark.parametrize("nature", ["direct", None])
def test_personnel_beside_a_settled_account_does_not_exceed_the_budget(nature):
    # 17,790 / 22,170 = 80.2 %, as published; with 人件費 it would be 235.2 %
    row = compare(*[(*amount[:2], nature, amount[3]) for amount in (BUDGETED, SPENT)], STAFF)
    assert row[LIKE[:2]].tolist() == [22_170_000, 17_790_000]
    assert round(row["execution_rate"], 3) == 0.802
    assert row["execution_note"] == "items_left_out"
    assert row[LEFT_OUT].tolist() == [(("settled", "人件費", "personnel"),), 34_361_000]


@pytest.mark.parametrize(
    ("rows", "like", "left_out"),
    [
        # by hand: only A has a counterpart, 9 / 10
        (
            [
                *(("total", "A", None, 10), ("total", "B", None, 20)),
                *(("settled", "A", None, 9), ("settled", "C", None, 5)),
            ],
            [10, 9, 0.9, "items_left_out"],
            [(("total", "B", "plain"), ("settled", "C", "plain")), 25],
        ),
        # one amount of which nothing is said, and the items it is made of: 22 / 40
        (
            [("total", None, None, 40)] + [("settled", item, None, 11) for item in "AB"],
            [40, 22, 0.55, ""],
            [(), 0],
        ),
        (
            [("total", item, "direct", 20) for item in "AB"] + [("settled", None, None, 22)],
            [40, 22, 0.55, ""],
            [(), 0],
        ),
        # direct money and personnel on both sides: (90 + 50) / (100 + 40), the full ones once
        (
            [
                *(("total", "直", "direct", 100), ("total", "人", "personnel", 40)),
                *(("settled", "直", "direct", 90), ("settled", "人", "personnel", 50)),
                *(("total", "総", "full", 140), ("settled", "総", "full", 140)),
            ],
            [140, 140, 1.0, ""],
            [(), 0],
        ),
        (
            [("total", None, "full", 140), ("settled", None, "full", 70)],
            [140, 70, 0.5, ""],
            [(), 0],
        ),
        # the nature of an item that is printed on one side is that of the other, too
        (
            [("total", "人件費", None, 40), (*STAFF[:3], 20)],
            [40, 20, 0.5, ""],
            [(), 0],
        ),
    ],
    ids=["counterparts", "items of one sum", "sum of items", "all natures", "full", "one nature"],
)
def test_only_amounts_of_the_same_are_compared(rows, like, left_out):
    for row in (compare(*rows), compare(*rows[::-1])):
        assert row[LIKE].tolist() == like
        assert sorted(row["execution_left_out"]) == sorted(left_out[0])
        assert row["execution_left_out_yen"] == left_out[1]


@pytest.mark.parametrize(
    "rows",
    [
        [("total", None, None, 100), STAFF],
        [("total", None, "direct", 100), ("settled", None, "full", 120)],
        [("total", None, None, 100), ("settled", None, "full", 120)],
        [("total", "A", None, 100), ("settled", "B", None, 90)],
        [("initial", "A", None, 100), ("settled", "B", None, 90)],
    ],
)
def test_amounts_of_nothing_the_same_have_no_rate(rows):
    row = compare(*rows)
    assert pd.isna(row["execution_rate"])
    assert row[["execution_note", "unused_note"]].tolist() == ["unlike_items"] * 2
    assert row[LEFT_OUT].tolist() == [(), 0]


def test_an_item_of_nothing_leaves_nothing_out():
    # 貝塚市 prints 間接事業費 0 beside 直接事業費
    row = compare(BUDGETED, SPENT, ("settled", "間接事業費", None, 0))
    assert row["execution_note"] == ""
    assert row[LEFT_OUT].tolist() == [(), 0]


def test_the_parts_of_a_budget_are_compared_item_by_item():
    # by hand: A 100 + 20 - 30 = 90, 81 spent of it; B has no settled account
    parts = ("initial", "A", None, 100), ("supplementary", "A", None, 20)
    row = compare(*parts, ("carried_out", "A", None, 30), ("initial", "B", None, 50))
    assert row["execution_note"] == "no_settled"
    rows = (*parts, ("carried_out", "A", None, 30), ("initial", "B", None, 50))
    row = compare(*rows, ("settled", "A", None, 81), ("settled", "C", None, 1))
    assert row[LIKE].tolist() == [90, 81, 0.9, "items_left_out"]
    assert row[["total_basis", "unused_note"]].tolist() == ["parts", "items_left_out"]


def test_sources_plans_and_amounts_of_several_years_take_no_part():
    years = pd.array([None, None, None, None, 2022], dtype="Int64")
    amounts = [("total", None, None, 100), ("settled", None, None, 90)]
    amounts += [("source", "一般財源", None, 40), ("whole_plan", None, None, 500)]
    row = compare(*amounts, ("settled", "改修", None, 700), last_year=years)
    assert row[LIKE].tolist() == [100, 90, 0.9, ""]


# --- published rates of execution ---

FOUND = ["explained_by", "rounding", "finding", "finding_note"]


def audited(rate, printed, *rows):
    """The audit of a rate on the last of some amounts, each typed as (kind, item, nature, yen)."""
    on_last = [None] * (len(rows) - 1)
    table = items(*rows).assign(
        published_execution_rate=[*on_last, rate],
        published_execution_rate_printed=[*on_last, printed],
    )
    return audit_execution(table.astype({"published_execution_rate": "float64"}))


def test_a_rate_without_decimals_is_explained_by_rounding_half_up():
    # 名寄市 prints 100 % for 99.7 %
    table = audited(1.0, "100", ("total", None, None, 1000), ("settled", None, None, 997))
    assert table[FOUND].to_numpy().tolist() == [["settled/total", "half_up", "explained", ""]]
    assert table["computed"].tolist() == [0.997]


@pytest.mark.parametrize(
    ("rate", "printed", "rows", "found"),
    [
        # by hand: 90 / 100; 90 / (100 - 20) = 112.5; (90 + 5) / 100; 90 / 80 of the initial
        (0.9, "90.0", [("total", 100)], ["settled/total", "half_up"]),
        (
            1.125,
            "112.5％",
            [("total", 100), ("carried_out", 20)],
            ["settled/total_less_carried_out"],
        ),
        (0.95, "95.0", [("total", 100), ("carried_out", 5)], ["settled_and_carried_out/total"]),
        (1.125, "112.5", [("total", 100), ("initial", 80)], ["settled/initial"]),
        (0.9, "90", [("initial", 80), ("supplementary", 20)], ["settled/parts", "half_up"]),
        (0.75, "75.0", [("planned", 120)], ["settled/planned"]),
        (0.692, "69.2", [("total", 130)], ["settled/total", "half_up"]),  # 69.23
        (0.967, "96.7", [("total", 93)], ["settled/total", "truncated"]),  # 96.77
    ],
)
def test_the_division_and_the_rounding_of_a_published_rate_are_found(rate, printed, rows, found):
    amounts = [(kind, None, None, yen) for kind, yen in rows]
    table = audited(rate, printed, *amounts, ("settled", None, None, 90))
    assert table[FOUND].iloc[0].tolist()[: len(found)] == found


@pytest.mark.parametrize(
    ("rate", "printed", "rows", "found"),
    [
        (0.5, "50.0", [("total", 100)], ["", "", "anomaly", ""]),
        (0.9, None, [("total", 100)], ["", "", "cannot_be_checked", "not_printed"]),
        (0.9, "90.0", [], ["", "", "cannot_be_checked", "no_total"]),
    ],
)
def test_a_rate_nothing_explains_is_an_anomaly_and_one_without_figures_unchecked(
    rate, printed, rows, found
):
    amounts = [(kind, None, None, yen) for kind, yen in rows]
    table = audited(rate, printed, *amounts, ("settled", None, None, 90))
    assert table[FOUND].to_numpy().tolist() == [found]


def test_the_parts_of_full_amounts_are_not_left_out_of_them():
    # 4,000 of 5,000 in full; 3,000 and 1,000 of personnel are what the 4,000 consist of
    table = items(
        ("total", "フルコスト", "full", 5_000),
        ("settled", "事業費", "direct", 3_000),
        ("settled", "人件費", "personnel", 1_000),
        ("settled", "フルコスト", "full", 4_000),
    )
    executed = add_execution(pd.DataFrame([KEYS]), table).iloc[0]
    assert executed["execution_rate"] == 0.8
    assert executed[["execution_left_out", "execution_left_out_yen"]].tolist() == [(), 0]


def test_a_rate_on_an_item_is_of_that_item():
    rows = [BUDGETED, ("total", "委託", None, 10), STAFF, ("settled", "委託", None, 5), SPENT]
    table = audited(0.802, "80.2", *rows)
    assert table[FOUND].iloc[0].tolist()[:3] == ["settled/total", "half_up", "explained"]


def test_a_printed_rate_that_is_another_number_than_the_ratio_is_not_checked_and_says_so():
    table = audited(0.9, "80.2", ("total", None, None, 100), ("settled", None, None, 90))
    row = table[table["finding"].notna()].iloc[0]
    assert (row["finding"], row["finding_note"]) == ("cannot_be_checked", "printed_differs")


def test_without_published_rates_nothing_is_audited():
    assert audit_execution(items(BUDGETED, SPENT)).empty


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
