"""What a program cost in a year: which amounts stand for it, and what they hold."""

import pandas as pd
import pytest
from made import typed
from priced import budgets_of, natures_of

from analysis import find_cost_basis, sum_costs
from analysis.measures.cost_basis import list_costs
from analysis.measures.notes import NOTE


def basis_of(*amounts):
    """The cost and its basis found for one program's amounts, as a list of rows."""
    return find_cost_basis(budgets_of(*amounts))[["cost_yen", "cost_basis"]].to_numpy().tolist()


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
