"""Amounts of one program and year against one another."""

import pytest
from folders import amount, found, said, write

from analysis import check, load


def test_a_total_that_is_not_the_sum_of_its_parts_is_seen(folder):
    parts = [amount("initial", 3_000_000), amount("supplementary", -200_500)]
    write(folder, "budgets", *parts, amount("carried_in", 1_000_000), amount("total", 3_799_500))
    assert found(folder) == []
    write(folder, "budgets", *parts, amount("carried_in", 1_000_000), amount("total", 3_979_500))
    assert found(folder) == [["total_differs", 5, "amount_yen"]]
    assert said(folder)[1] == "3,799,500, the sum of its parts"


@pytest.mark.parametrize("total", [1_500_100, 1_300_100])
def test_what_is_carried_out_may_be_left_in_a_total_or_not(folder, total):
    parts = {"initial": 1_000_100, "carried_in": 500_000, "carried_out": 200_000}
    rows = [amount(kind, yen) for kind, yen in parts.items()]
    write(folder, "budgets", *rows, amount("total", total))
    assert found(folder) == []


def test_a_total_of_amounts_rounded_to_thousands_may_miss_their_sum_by_a_thousand(folder):
    parts = [amount("initial", 3_000_000), amount("carried_in", 1_000_000)]
    write(folder, "budgets", *parts, amount("total", 4_001_000))
    assert found(folder) == []
    yen = [part | {"amount_printed": f"{part['amount_yen']:,}円"} for part in parts]
    write(folder, "budgets", *yen, amount("total", 4_001_000, amount_printed="4,001,000円"))
    assert found(folder) == [["total_differs", 4, "amount_yen"]]


def test_a_total_beside_the_initial_budget_alone_may_hold_what_is_not_printed(folder):
    write(folder, "budgets", amount("initial", 3_000_000), amount("total", 3_500_000))
    assert found(folder) == []


def test_a_full_cost_is_the_direct_and_the_personnel_cost(folder):
    """郡山市: 総事業費 25,567千円 = 事業費 22,963千円 + 人件費 2,604千円."""
    direct = amount("settled", 22_963_000, item="事業費", nature="direct")
    staff = amount("settled", 2_604_000, item="人件費", nature="personnel")
    full = amount("settled", 25_567_000, item="総事業費", nature="full")
    write(folder, "budgets", direct, staff, full)
    assert found(folder) == []
    write(folder, "budgets", direct, staff, full | {"amount_yen": 22_963_000})
    assert found(folder) == [["full_differs", 4, "amount_yen"]]


def test_a_complete_list_of_where_the_money_comes_from_adds_up_to_the_cost(folder):
    cost = amount("settled", 10_000_000)
    grant = amount("source", 6_000_000, item="国庫支出金")
    own = amount("source", 4_000_000, item="一般財源")
    write(folder, "budgets", cost, grant, own)
    assert found(folder) == []
    write(folder, "budgets", cost, grant, own | {"amount_yen": 400_000})
    assert found(folder) == [["money_differs", 3, "amount_yen"]]


def test_an_incomplete_list_of_money_is_no_more_than_the_cost(folder):
    cost = amount("settled", 10_000_000)
    write(folder, "budgets", cost, amount("source", 6_000_000, item="国庫支出金"))
    assert found(folder) == []
    write(folder, "budgets", cost, amount("source", 60_000_000, item="国庫支出金"))
    assert found(folder) == [["money_differs", 3, "amount_yen"]]


def test_unused_money_is_what_the_settled_account_leaves(folder):
    rows = [amount("total", 1_000_100), amount("settled", 900_000)]
    write(folder, "budgets", *rows, amount("unused", 100_100))
    assert found(folder) == []
    write(folder, "budgets", *rows, amount("unused", 10_010))
    assert found(folder) == [["unused_differs", 4, "amount_yen"]]
    write(folder, "budgets", *rows, amount("unused", 60_100), amount("carried_out", 40_000))
    assert found(folder) == []


@pytest.mark.parametrize(("settled", "is_seen"), [(3_691, True), (3_691_000, False)])
def test_a_settled_account_in_thousand_yen_beside_a_budget_in_yen_is_seen(folder, settled, is_seen):
    write(folder, "budgets", amount("initial", 3_969_000), amount("settled", settled))
    assert found(folder) == ([["thousandfold", 3, "amount_yen"]] if is_seen else [])


def test_a_settled_account_a_thousand_times_its_budget_is_seen(folder):
    write(folder, "budgets", amount("total", 3_969), amount("settled", 3_691_000))
    assert found(folder) == [["thousandfold", 3, "amount_yen"]]


@pytest.mark.parametrize(
    ("amounts", "is_seen"),
    [
        ((8_571, 925, 540), True),  # a whole table typed in thousand yen
        ((8_571, 925, 540_000), True),  # most of it
        ((8_571, 925_000, 540_000), False),  # one alone may well be so small
        ((8_571, 925), False),  # two are too few to tell
        ((8_571_000_000, 925_000_000, 540_000_000), True),
    ],
)
def test_most_amounts_a_thousandth_of_the_year_before_are_one_doubt(folder, amounts, is_seen):
    before = (8_571_000, 924_800, 540_000)[: len(amounts)]
    rows = [amount("total", yen, item=f"{n}") for n, yen in enumerate(before)]
    later = [amount("total", yen, item=f"{n}", fiscal_year=2019) for n, yen in enumerate(amounts)]
    write(folder, "budgets", *rows, *later)
    seen = [p for p in found(folder) if p[0] == "thousandfold"]
    assert seen == ([["thousandfold", 2 + len(rows), "amount_yen"]] if is_seen else [])


@pytest.mark.parametrize(
    ("rate", "printed", "is_seen"),
    [
        (0.802, "80.2", False),  # 17,790 of 22,170 is 80.24
        (0.803, "80.3", False),  # rounded up or cut off: one unit of the last decimal is allowed
        (0.82, "82.0", True),
        (0.82, "", True),
        (0.8, "80", False),
    ],
)
def test_a_published_execution_rate_is_settled_over_total(folder, rate, printed, is_seen):
    told = {"published_execution_rate": rate, "published_execution_rate_printed": printed}
    write(
        folder,
        "budgets",
        amount("total", 22_170_000, item="直接事業費"),
        amount("settled", 17_790_000, item="直接事業費", **told),
        amount("settled", 34_361_000, item="人件費"),
    )
    expected = [["execution_rate_differs", 3, "published_execution_rate"]]
    assert found(folder) == (expected if is_seen else [])


@pytest.mark.parametrize(
    ("rate", "budgets"),
    [
        (0.9, {"initial": 1_000_000}),  # 540 of 1,000 - 400
        (0.9, {"total": 1_000_000}),
        (0.94, {"total": 1_000_000}),  # 540 + 400 of 1,000
        (0.9, {"initial": 700_000, "supplementary": 300_000}),
        (0.54, {"initial": 700_000, "supplementary": 300_000}),
        (0.54, {"initial": 900_000, "planned": 1_000_000}),
    ],
)
def test_an_execution_rate_may_leave_out_what_is_carried_over_or_count_it_as_spent(
    folder, rate, budgets
):
    told = {"published_execution_rate_printed": f"{rate:.1%}".rstrip("%")}
    rows = [amount(kind, yen) for kind, yen in budgets.items()]
    rows.append(amount("carried_out", 400_000))
    settled = amount("settled", 540_000, published_execution_rate=rate, **told)
    write(folder, "budgets", *rows, settled)
    assert found(folder) == []
    wrong = {"published_execution_rate": 0.85, "published_execution_rate_printed": "85.0"}
    write(folder, "budgets", *rows, settled | wrong)
    assert found(folder) == [["execution_rate_differs", len(rows) + 2, "published_execution_rate"]]


def test_an_amount_whose_last_year_is_before_its_first_is_refused(folder):
    write(folder, "budgets", amount("whole_plan", 5_000_000, last_year=2017))
    assert found(folder) == [["wrong_order", 2, "last_year"]]
    assert check(folder)["severity"].tolist() == ["error"]


def test_an_amount_printed_for_several_years_says_which_is_the_last(folder):
    text = "5,000千円（H30～R4年度）"
    write(folder, "budgets", amount("planned", 5_000_000, amount_printed=text))
    assert found(folder) == [["several_years", 2, "last_year"]]
    write(folder, "budgets", amount("planned", 5_000_000, amount_printed=text, last_year=2022))
    assert found(folder) == []


def test_an_amount_for_several_years_beside_one_of_a_single_year_is_a_note(folder):
    several = amount("planned", 5_000_000, last_year="2022")
    write(folder, "budgets", several, amount("planned", 1_000_000) | {"fiscal_year": 2019})
    assert found(folder) == [["years_overlap", 2, "last_year"]]
    assert check(folder)["severity"].tolist() == ["note"]
    # of the first year, too: two facts, not one typed twice
    write(folder, "budgets", several, amount("planned", 1_000_000))
    assert found(folder) == [["years_overlap", 2, "last_year"]]
    assert load(folder).budgets["amount_yen"].tolist() == [5_000_000, 1_000_000]
