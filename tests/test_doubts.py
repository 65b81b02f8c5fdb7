"""What `check` doubts: slips of typing that every cell by itself allows. One story a slip."""

import pandas as pd
import pytest
from test_check import (
    BUDGET,
    CONSULTATIONS,
    JOB_FAIR,
    OBSERVATION,
    PROGRAM,
    RATING,
    SOURCE,
    TRACE,
    write,
    write_headers,
)

from analysis import check, load
from analysis.dataset.problems import MEANINGS, SEVERITY_OF, summarize_problems

NEXT = SOURCE | {"source_id": "tsukuba_2019", "fiscal_year": 2019}
OF_NEXT = {"source_id": "tsukuba_2019"}
TERM = {**PROGRAM, "term": "融資枠", "kind": "loan", "what": "金額", "unit": "円", **TRACE}


@pytest.fixture
def folder(tmp_path):
    """A sound folder: one program, one amount, one KPI."""
    write_headers(tmp_path, "ratings", "observations", "instruments")
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    write(tmp_path, "budgets", BUDGET)
    write(tmp_path, "kpis", CONSULTATIONS)
    return tmp_path


def found(folder):
    """Kind, row and column of each problem."""
    problems = check(folder)
    return problems[["kind", "row", "column"]].astype(object).to_numpy().tolist()


def said(folder):
    """What the one problem found and expected."""
    [problem] = check(folder).to_dict("records")
    return problem["found"], problem["expected"]


def amount(kind, yen, **cells):
    return BUDGET | {"kind": kind, "amount_yen": yen} | cells


def of_year(year, **cells):
    return CONSULTATIONS | {"fiscal_year": year} | cells


# Figures beside their printed texts


def test_two_digits_that_changed_places_are_seen_beside_the_printed_amount(folder):
    write(folder, "budgets", amount("total", 9_072_000, amount_printed="9,702,000"))
    assert found(folder) == [["printed_differs", 2, "amount_yen"]]
    assert said(folder) == (
        "9,072,000 beside amount_printed '9,702,000'",
        "9,702,000, as printed",
    )


def test_thousand_yen_typed_as_yen_are_seen_and_the_yen_are_told(folder):
    write(folder, "budgets", amount("total", 12_100, amount_printed="12,100 千円"))
    assert found(folder) == [["printed_differs", 2, "amount_yen"]]
    assert said(folder)[1] == "12,100,000, for 12,100千円 is printed"


@pytest.mark.parametrize(
    ("yen", "printed"),
    [
        (12_100_000, "12,100 千円"),
        (12_100_000, "12,100"),  # of a table headed 千円
        (12_100, "12,100"),
        (3_670_000_000, "36.7億円"),
        (478_240_000, "4億7824万円"),
        (0, "0"),
    ],
)
def test_an_amount_in_any_unit_is_what_is_printed(folder, yen, printed):
    write(folder, "budgets", amount("total", yen, amount_printed=printed))
    assert found(folder) == []


def test_what_is_carried_out_may_be_printed_with_a_minus_and_held_without(folder):
    write(folder, "budgets", amount("carried_out", 500_000, amount_printed="▲500千円"))
    assert found(folder) == []
    write(folder, "budgets", amount("supplementary", 500_000, amount_printed="▲500千円"))
    assert found(folder) == [["printed_differs", 2, "amount_yen"]]


@pytest.mark.parametrize("column", ["actual", "target", "baseline", "final_target"])
def test_600_beside_six_is_seen_in_every_figure_of_a_kpi(folder, column):
    cells = {"baseline": 1, "target": 8, "actual": 6, "final_target": 9}
    write(folder, "kpis", CONSULTATIONS | cells | {f"{column}_printed": f"{cells[column]}件"})
    assert found(folder) == []
    write(folder, "kpis", CONSULTATIONS | cells | {column: 5, f"{column}_printed": "6件"})
    assert found(folder) == [["printed_differs", 2, column]]


@pytest.mark.parametrize(
    ("cells", "is_right"),
    [
        ({"actual": 1110, "unit": "千円", "actual_printed": "1,110"}, True),
        ({"actual": 1110, "unit": "千円", "actual_printed": "1,110千円"}, True),
        ({"actual": 1110, "unit": "千円", "actual_printed": "1,110,000円"}, True),
        ({"actual": 1110, "unit": "円", "actual_printed": "1,110千円"}, False),
        ({"actual": 12600, "unit": "回", "actual_printed": "1万2600回"}, True),
        ({"actual": 46.3, "unit": "％", "actual_printed": "46.3％"}, True),
        ({"actual": 3, "unit": "社", "actual_printed": "3社 (7社)"}, True),
        ({"actual": 7, "unit": "社", "actual_printed": "3社 (7社)"}, True),
        ({"actual": 5, "unit": "社", "actual_printed": "3社 (7社)"}, False),
        ({"actual": "", "actual_status": "pending", "actual_printed": "148件"}, False),
    ],
)
def test_a_figure_is_compared_in_its_unit_and_with_any_part_of_its_cell(folder, cells, is_right):
    small = {"baseline": "", "target": "", "final_target": ""}
    write(folder, "kpis", CONSULTATIONS | small | {"actual_status": "final"} | cells)
    assert found(folder) == ([] if is_right else [["printed_differs", 2, "actual"]])


@pytest.mark.parametrize(
    ("table", "row", "wrong"),
    [
        ("ratings", RATING | {"published_rate": 0.74, "published_rate_printed": "74.0"}, None),
        (
            "ratings",
            RATING | {"published_rate": 74, "published_rate_printed": "74.0"},
            "published_rate",
        ),
        ("observations", OBSERVATION | {"printed": "75名"}, None),
        ("observations", OBSERVATION | {"printed": "57名"}, "value"),
        ("instruments", TERM | {"quantity": 6 * 10**10, "printed": "600億円"}, None),
        ("instruments", TERM | {"quantity": 6 * 10**9, "printed": "600億円"}, "quantity"),
        ("instruments", TERM | {"quantity": 0.5, "unit": "割合", "printed": "５割"}, None),
        ("instruments", TERM | {"quantity": 0.666667, "unit": "割合", "printed": "2/3"}, None),
        (
            "budgets",
            amount(
                "settled",
                3_780_000,
                published_execution_rate=0.802,
                published_execution_rate_printed="80.2",
            ),
            None,
        ),
        (
            "budgets",
            amount(
                "settled",
                3_780_000,
                published_execution_rate=0.82,
                published_execution_rate_printed="80.2",
            ),
            "published_execution_rate",
        ),
        (
            "kpis",
            CONSULTATIONS
            | {"published_unit_cost_yen": 1200, "published_unit_cost_printed": "1.2千円/件"},
            None,
        ),
        (
            "kpis",
            CONSULTATIONS
            | {"published_unit_cost_yen": 12_000, "published_unit_cost_printed": "1.2千円/件"},
            "published_unit_cost_yen",
        ),
    ],
)
def test_every_printed_text_is_compared_with_its_figure(folder, table, row, wrong):
    write(folder, table, row)
    assert found(folder) == ([["printed_differs", 2, wrong]] if wrong else [])


def test_a_text_that_cannot_be_read_is_a_note_only_where_none_of_its_numbers_is_the_figure(folder):
    text = "平成29~31年度の3か年で10,000社"
    small = {"baseline": "", "target": "", "final_target": 10_000, "actual": 300}
    write(folder, "kpis", CONSULTATIONS | small | {"final_target_printed": text})
    assert found(folder) == []
    write(
        folder,
        "kpis",
        CONSULTATIONS | small | {"final_target": 1_500, "final_target_printed": text},
    )
    assert found(folder) == [["printed_unread", 2, "final_target"]]
    assert check(folder)["severity"].tolist() == ["note"]


@pytest.mark.parametrize(
    ("cells", "kind", "column"),
    [
        ({"actual_printed": "集計中"}, "status_differs", "actual_status"),
        (
            {
                "actual": 4600,
                "target": 4630,
                "actual_printed": "推 4,600",
                "actual_status": "final",
            },
            "status_differs",
            "actual_status",
        ),
        ({"target_printed": "200件超"}, "bound_differs", "target_bound"),
        ({"target_printed": "200件以下"}, "bound_differs", "target_bound"),
        ({"target_printed": "約200件", "target_bound": "above"}, "bound_differs", "target_bound"),
        ({"final_target_printed": "200件超"}, "bound_differs", "final_target_bound"),
    ],
)
def test_a_status_or_bound_that_is_printed_is_held(folder, cells, kind, column):
    write(folder, "kpis", CONSULTATIONS | {"final_target": 200} | cells)
    assert found(folder) == [[kind, 2, column]]


@pytest.mark.parametrize(
    "cells",
    [
        {"target_printed": "200件超", "target_bound": "above"},
        {"target_printed": "200件以上"},  # what a target of what should rise means anyway
        {"target_printed": "200～300件", "target_upper": 300},
        {"target": "", "target_printed": "－"},
        {"actual_printed": "148 (速報)"},
    ],
)
def test_a_status_or_bound_that_is_held_as_printed_is_no_problem(folder, cells):
    write(folder, "kpis", CONSULTATIONS | cells)
    assert found(folder) == []


# Amounts of one program and year


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


# One KPI over its years, and its figures against one another


def years_of(*actuals, **cells):
    """One KPI of a source of the last year, with an actual a year up to 2018."""
    first = 2019 - len(actuals)
    return [of_year(first + n, actual=actual, **cells) for n, actual in enumerate(actuals)]


def test_1760_for_176_between_its_neighbours_is_seen(folder):
    write(folder, "kpis", *years_of(180, 1760, 170))
    assert found(folder) == [["tenfold", 3, "actual"]]
    assert said(folder) == ("1,760", "about 175 as in the years around it")


@pytest.mark.parametrize("actuals", [(180, 176, 17), (180, 176, 1760), (180, 1760)])
def test_the_last_year_a_tenth_or_ten_times_those_before_is_seen(folder, actuals):
    write(folder, "kpis", *years_of(*actuals))
    assert found(folder) == [["tenfold", len(actuals) + 1, "actual"]]


@pytest.mark.parametrize("actuals", [(1, 10, 12), (100, 250, 600), (0, 180, 176), (5, 0)])
def test_small_counts_and_plain_growth_are_not_doubted(folder, actuals):
    write(folder, "kpis", *years_of(*actuals))
    assert found(folder) == []


def test_a_total_that_starts_small_and_a_break_that_is_told_are_not_doubted(folder):
    write(folder, "kpis", *years_of(20, 180, aggregation="cumulative"))
    assert found(folder) == []
    after = [of_year(2019 + n, actual=180 + n) for n in range(2)]
    write(folder, "kpis", *years_of(18, 20), after[0] | {"break_note": "数え方を改めた"}, after[1])
    assert found(folder) == []


def bare_years_of(*actuals, **cells):
    """The same without baseline and targets, which very small or large figures would contradict."""
    return years_of(*actuals, baseline="", target="", final_target="", **cells)


@pytest.mark.parametrize(
    ("actuals", "aggregation", "row"),
    [
        ((0.012, 0.0125, 12.3), "level", 4),  # small figures grow tenfold, not a thousandfold
        ((12.1, 0.0125, 12.3), "level", 3),
        ((180, 176_000), "cumulative", 3),
        ((180, 176, 176_000), "unknown", 4),
        ((176_000, 180, 176), "unknown", 2),
        ((180, 176, 170, 172_000, 175_000, 178_000), "unknown", 5),  # another unit from here on
        ((12.1, 12.4, 12.3), "level", None),
        ((0.01, 0.1, 1), "level", None),
    ],
)
def test_an_actual_a_thousand_times_or_a_thousandth_of_the_year_before_is_seen(
    folder, actuals, aggregation, row
):
    write(folder, "kpis", *bare_years_of(*actuals, aggregation=aggregation))
    assert found(folder) == ([["tenfold", row, "actual"]] if row else [])


def test_the_first_year_of_a_total_is_not_doubted_and_one_that_falls_to_a_tenth_is(folder):
    write(folder, "kpis", *bare_years_of(20, 180, 350, aggregation="cumulative"))
    assert found(folder) == []
    write(folder, "kpis", *bare_years_of(180, 350, 20, aggregation="cumulative"))
    assert found(folder) == [["tenfold", 4, "actual"]]


@pytest.mark.parametrize(
    ("targets", "row"),
    [
        ((200, 2000, 200), 3),
        ((200, 21, 220, 230), 3),
        ((200, 200, 2000), 4),
        ((20, 200, 210, 220), None),  # what has just begun
        ((100, 150, 200, 250), None),
        ((50, 150, 250, 350, 450), None),
    ],
)
def test_a_target_ten_times_or_a_tenth_of_the_years_around_it_is_seen(folder, targets, row):
    rows = [
        of_year(2019 - len(targets) + n, baseline="", final_target="", target=target)
        for n, target in enumerate(targets)
    ]
    write(folder, "kpis", *rows)
    assert found(folder) == ([["tenfold", row, "target"]] if row else [])


def test_an_actual_above_ten_times_its_target_is_seen(folder):
    """石巻市: 2,998 tons of a target of 100."""
    write(folder, "kpis", CONSULTATIONS | {"baseline": "", "target": 100, "actual": 2_998})
    assert found(folder) == [["far_above_target", 2, "actual"]]
    write(folder, "kpis", CONSULTATIONS | {"baseline": "", "target": 100, "actual": 1_000})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("column", "cell", "kind"),
    [
        ("baseline", 107, "baseline_changes"),
        ("unit", "千件", "unit_changes"),
        ("kpi", "来場者数", "name_changes"),
        ("direction", "keep_above", "direction_changes"),
    ],
)
def test_what_makes_a_kpi_one_series_does_not_change_without_a_reason(folder, column, cell, kind):
    later = of_year(2019, actual=150, **{column: cell})
    write(folder, "kpis", CONSULTATIONS, later)
    assert found(folder) == [[kind, 3, column]]
    assert "in row 2 of this KPI" in said(folder)[1]
    write(folder, "kpis", CONSULTATIONS, later | {"break_note": "数え方を改めた"})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("unit", "other", "is_seen"),
    [
        ("％", "%", False),
        ("ｇ／人", "g/人", False),
        ("㎡", "m2", False),
        ("千 円", "千円", False),
        ("％", "割合", True),
        ("千円", "円", True),
    ],
)
def test_a_unit_in_other_widths_is_no_other_unit(folder, unit, other, is_seen):
    write(folder, "kpis", CONSULTATIONS | {"unit": unit}, of_year(2019, unit=other))
    assert found(folder) == ([["unit_changes", 3, "unit"]] if is_seen else [])


def test_a_name_in_other_widths_and_a_baseline_of_another_year_are_no_change(folder):
    wide = CONSULTATIONS | {"kpi": "ＰＲ 件数", "baseline_year": 2015}
    write(folder, "kpis", wide, wide | {"fiscal_year": 2019, "kpi": "PR件数"})
    assert found(folder) == []
    write(folder, "kpis", wide, wide | {"fiscal_year": 2019, "baseline": 9, "baseline_year": 2019})
    assert found(folder) == []


@pytest.mark.parametrize(
    ("direction", "target", "is_seen"),
    [("up", 160, True), ("up", 180, False), ("down", 180, True), ("keep_above", 160, False)],
)
def test_a_target_on_the_wrong_side_of_the_baseline_is_seen(folder, direction, target, is_seen):
    cells = {"direction": direction, "target": target, "final_target": ""}
    write(folder, "kpis", CONSULTATIONS | cells)
    assert found(folder) == ([["target_beside_baseline", 2, "target"]] if is_seen else [])


@pytest.mark.parametrize(
    ("change", "origin", "is_seen"),
    [
        (-22, "baseline", False),
        (22, "baseline", True),
        (-52, "target", False),
        (-32, "previous_year", False),
        (-23, "previous_year", True),
        (5, "", False),
    ],
)
def test_a_published_change_is_that_of_the_figures(folder, change, origin, is_seen):
    told = {"published_change": change, "published_change_from": origin}
    write(folder, "kpis", of_year(2017, actual=180), CONSULTATIONS | told)
    assert found(folder) == ([["change_differs", 3, "published_change"]] if is_seen else [])


def test_a_target_before_its_revision_is_another_one(folder):
    write(folder, "kpis", CONSULTATIONS | {"target_before": 200})
    assert found(folder) == [["target_unchanged", 2, "target_before"]]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"unit": "％", "actual": 148, "target": 90, "natural_limit": 200}, None),
        ({"unit": "％", "actual": 148, "natural_limit": 100, "target": 95}, "actual"),
        ({"unit": "％", "actual": 98, "natural_limit": 100, "target": 950}, "target"),
        ({"direction": "down", "unit": "％", "natural_limit": 100, "target": 5, "actual": 8}, None),
        ({"direction": "down", "natural_limit": 0, "target": 5, "actual": -8}, "actual"),
    ],
)
def test_no_figure_lies_beyond_its_natural_limit(folder, cells, column):
    bare = {"baseline": "", "final_target": ""}
    write(folder, "kpis", CONSULTATIONS | bare | cells)
    assert found(folder) == ([["above_limit", 2, column]] if column else [])


@pytest.mark.parametrize(
    ("day", "cells", "is_seen"),
    [
        ("2018-04-01", {}, False),
        ("2019-03-31", {}, False),
        ("2018-03-31", {}, True),
        ("2019-04-01", {}, True),
        ("2018-01-31", {"is_calendar_year": "yes"}, False),
        ("2017-12-31", {"actual_year": 2017}, False),
    ],
)
def test_the_day_of_a_part_year_figure_lies_in_its_fiscal_year(folder, day, cells, is_seen):
    write(folder, "kpis", CONSULTATIONS | {"as_of": day} | cells)
    assert found(folder) == ([["outside_year", 2, "as_of"]] if is_seen else [])


def test_a_part_is_no_larger_than_what_it_is_a_part_of(folder):
    write(folder, "observations", OBSERVATION | {"value": 53, "unit": "社", "sample_size": 7})
    assert found(folder) == [["small_sample", 2, "sample_size"]]
    write(folder, "observations", OBSERVATION | {"value": 53, "unit": "％", "sample_size": 7})
    assert found(folder) == []


def test_a_result_of_a_year_that_had_not_begun_when_the_source_was_read_is_seen(folder):
    write(folder, "sources", SOURCE | {"read_on": "2019-03-31"})
    write(folder, "kpis", CONSULTATIONS, of_year(2019, actual="", actual_status="not_in_source"))
    assert found(folder) == []
    write(folder, "kpis", CONSULTATIONS, of_year(2019, actual=150))
    assert found(folder) == [["future_year", 3, "fiscal_year"]]


@pytest.mark.parametrize(
    ("days", "cells", "is_seen"),
    [
        ({"published_on": "2019-03-31"}, {}, True),
        ({"published_on": "2019-04-01"}, {}, False),
        ({"published_on": "2019-02-01", "read_on": "2026-11-22"}, {}, True),
        ({"read_on": "2019-02-01"}, {}, True),
        ({"read_on": "2019-05-01"}, {}, False),
        ({}, {}, False),  # the year is over today
        ({"published_on": "2019-02-01"}, {"actual_status": "preliminary"}, False),
        ({"published_on": "2019-02-01"}, {"actual_year": 2017}, False),
        ({"published_on": "2019-02-01"}, {"is_calendar_year": "yes"}, False),
        ({"published_on": "2018-12-28"}, {"is_calendar_year": "yes"}, True),
        ({"published_on": "2019-02-01"}, {"as_of": "2018-09-30"}, False),
        ({"published_on": "2019-02-01"}, {"as_of": "2018"}, False),
        ({"published_on": "2019-02-01"}, {"as_of": "2019-03-01"}, True),
    ],
)
def test_an_actual_is_not_final_before_its_year_is_over(folder, days, cells, is_seen):
    write(folder, "sources", SOURCE | days)
    write(folder, "kpis", CONSULTATIONS | {"actual_status": "final"} | cells)
    assert found(folder) == ([["final_too_early", 2, "actual_status"]] if is_seen else [])


def test_a_final_actual_that_came_too_early_is_told_both_days(folder):
    write(folder, "sources", SOURCE | {"published_on": "2019-02-01"})
    write(folder, "kpis", CONSULTATIONS | {"actual_status": "final"})
    one, other = said(folder)
    assert one == "'final' in a source of 2019-02-01"
    assert other.endswith("the figure is known from 2019-04-01 on")


def test_a_source_about_a_year_to_come_is_seen(folder):
    write(folder, "sources", SOURCE | {"fiscal_year": 2091})
    assert ["future_year", 2, "fiscal_year"] in found(folder)


def test_a_repeated_kpi_names_one_that_is_there_and_not_itself(folder):
    other = CONSULTATIONS | {"kpi_id": "again", "same_as": "job_fair/consultations"}
    write(folder, "kpis", CONSULTATIONS, other)
    assert found(folder) == []
    for named in ("job_fair/consultation", "job_fair/again"):
        write(folder, "kpis", CONSULTATIONS, other | {"same_as": named})
        assert found(folder) == [["unknown_kpi", 3, "same_as"]]
        assert check(folder)["severity"].tolist() == ["error"]


# What several sources say


def two_sources(folder, second, rows):
    write(folder, "sources", SOURCE, second)
    write(folder, "programs", JOB_FAIR, JOB_FAIR | {"source_id": second["source_id"]})
    for table, pair in rows.items():
        write(folder, table, *pair)


SAME_YEAR = SOURCE | {"source_id": "other_2018"}
OF_SAME_YEAR = {"source_id": "other_2018"}


def test_two_sources_of_one_year_with_different_amounts_are_refused_until_one_is_the_later(folder):
    rows = [amount("settled", 3_691_000), amount("settled", 3_619_000, **OF_SAME_YEAR)]
    two_sources(folder, SAME_YEAR, {"budgets": rows})
    assert found(folder) == [["sources_contradict", 3, "amount_yen"]]
    assert check(folder)["severity"].tolist() == ["error"]
    later = SAME_YEAR | {"supersedes": "tsukuba_2018"}
    two_sources(folder, later, {})
    assert found(folder) == []
    assert load(folder).budgets["amount_yen"].tolist() == [3_619_000]


def test_items_of_one_kind_are_compared_by_their_sum(folder):
    two = [amount("settled", 100, item="物件費"), amount("settled", 50, item="人件費")]
    two_sources(folder, SAME_YEAR, {"budgets": [*two, amount("settled", 150, **OF_SAME_YEAR)]})
    assert found(folder) == []
    two_sources(folder, SAME_YEAR, {"budgets": [*two, amount("settled", 160, **OF_SAME_YEAR)]})
    assert found(folder) == [["sources_contradict", 4, "amount_yen"]]


def test_a_direct_and_a_full_cost_of_two_sources_do_not_contradict(folder):
    rows = [
        amount("settled", 100, nature="direct"),
        amount("settled", 150, nature="full", **OF_SAME_YEAR),
    ]
    two_sources(folder, SAME_YEAR, {"budgets": rows})
    assert found(folder) == []


@pytest.mark.parametrize("column", ["actual", "target"])
def test_two_sources_of_one_year_with_different_figures_of_a_kpi_are_refused(folder, column):
    two_sources(
        folder, SAME_YEAR, {"kpis": [CONSULTATIONS, CONSULTATIONS | {column: 190} | OF_SAME_YEAR]}
    )
    assert found(folder) == [["sources_contradict", 3, column]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"edition": "速報版"}, {"edition": "確定版"}),
        ({"published_on": "2019-05-01"}, {"published_on": "2019-10-01"}),
    ],
)
def test_editions_or_days_that_tell_which_is_later_leave_a_doubt(folder, first, second):
    two_sources(
        folder,
        SAME_YEAR | second,
        {"kpis": [CONSULTATIONS, CONSULTATIONS | {"actual": 150} | OF_SAME_YEAR]},
    )
    write(folder, "sources", SOURCE | first, SAME_YEAR | second)
    assert found(folder) == [["editions_differ", 3, "actual"]]
    assert check(folder)["severity"].tolist() == ["doubt"]


def test_a_later_source_that_revises_an_earlier_year_is_a_note(folder):
    rows = [CONSULTATIONS, CONSULTATIONS | {"actual": 149} | OF_NEXT, of_year(2019) | OF_NEXT]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == [["history_differs", 3, "actual"]]
    assert check(folder)["severity"].tolist() == ["note"]
    assert said(folder)[1].startswith("148 as in row 2 (tsukuba_2018)")


def test_next_years_row_typed_with_last_years_number_is_noted_once_a_source(folder):
    rows = [CONSULTATIONS, CONSULTATIONS | OF_NEXT, CONSULTATIONS | {"kpi_id": "hires"} | OF_NEXT]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == [["year_of_source", 3, "fiscal_year"]]
    assert said(folder) == (
        "2 rows of 2018 in tsukuba_2019",
        "a row of 2019, the year this source evaluates, too",
    )


def test_history_and_a_plan_beside_the_evaluated_year_are_no_problem(folder):
    plan = of_year(2020, actual="", actual_status="not_in_source")
    rows = [row | OF_NEXT for row in (CONSULTATIONS, of_year(2019), plan)]
    two_sources(folder, NEXT, {"kpis": rows})
    assert found(folder) == []


def test_forgotten_program_rows_of_a_new_source_are_noted(folder):
    write(folder, "sources", SOURCE, NEXT)
    write(folder, "kpis", CONSULTATIONS, of_year(2019) | OF_NEXT)
    assert found(folder) == [["program_not_shown", 3, "source_id"]]
    assert said(folder)[0] == "1 programs with figures from tsukuba_2019"


def test_a_program_that_the_next_source_of_the_publisher_leaves_out_is_noted(folder):
    open_end = {"end_year": 2020}
    names = ("job_fair", "seminar", "tour")
    rows = [JOB_FAIR | open_end | {"program_id": name} for name in names]
    next_rows = [row | OF_NEXT for row in rows]
    write(folder, "sources", SOURCE, NEXT)
    write(folder, "programs", *rows, *next_rows)
    assert found(folder) == []
    write(folder, "programs", *rows, *next_rows[:2])
    assert found(folder) == [["no_longer_listed", 4, "program_id"]]
    ended = [*rows[:2], rows[2] | {"end_year": 2018}]
    write(folder, "programs", *ended, *next_rows[:2])
    assert found(folder) == []


def test_another_document_of_the_publisher_need_not_list_the_programs(folder):
    others = [JOB_FAIR | OF_NEXT | {"program_id": f"measure_{n}"} for n in range(3)]
    write(folder, "sources", SOURCE, NEXT)
    rows = [JOB_FAIR | {"program_id": name, "end_year": 2020} for name in ("job_fair", "tour")]
    write(folder, "programs", *rows, *others)
    assert found(folder) == []


# Names: editions, reasons


@pytest.mark.parametrize(
    ("supersedes", "kind"),
    [
        (("", "tsukuba_2018"), None),
        (("", "tsukuba_2017"), "unknown_name"),
        (("", "tsukuba_2018 tsukuba_2017"), "unknown_name"),
        (("tsukuba_2019", "tsukuba_2018"), "circle"),
        (("", "tsukuba_2019"), "circle"),
    ],
)
def test_an_edition_supersedes_one_that_is_there_and_never_itself(folder, supersedes, kind):
    first, second = supersedes
    write(folder, "sources", SOURCE | {"supersedes": first}, NEXT | {"supersedes": second})
    problems = found(folder)
    assert [p[0] for p in problems] == ([kind] * (2 if first else 1) if kind else [])
    assert all(column == "supersedes" for _, _, column in problems)


REASON = {"table": "kpis", "column": "kpi_kind", "key": "*", "reason": "数えるものから"}
KEY = "082201/job_fair/consultations/2018/tsukuba_2018"


@pytest.mark.parametrize(
    ("cells", "kind", "column"),
    [
        ({}, None, None),
        ({"key": KEY}, None, None),
        ({"key": "*/tsukuba_2018"}, None, None),
        ({"key": "*/tsukuba_2017"}, "unknown_row", "key"),
        ({"key": "082201/job_fair/consultations/2019/tsukuba_2018"}, "unknown_row", "key"),
        ({"column": "kpi_kinds"}, "unknown_name", "column"),
        ({"column": "direction"}, "reason_unused", "column"),
        ({"table": "kpi"}, "bad_cell", "table"),
        ({"table": "budgets", "column": "amount_yen"}, "reason_unused", "column"),
    ],
)
def test_a_reason_is_about_a_column_and_a_row_that_are_there(folder, cells, kind, column):
    write(folder, "kpis", CONSULTATIONS | {"inferred": "kpi_kind"})
    write(folder, "reasons", REASON | cells)
    problems = [p for p in found(folder) if p[0] != "reason_unused" or kind == "reason_unused"]
    assert problems == ([[kind, 2, column]] if kind else [])


def test_a_key_leaves_empty_cells_out(folder):
    whole = RATING | {"kpi_id": "", "inferred": "grade"}
    write(folder, "ratings", whole)
    key = "082201/job_fair/2018/tsukuba_2018"
    write(folder, "reasons", {"table": "ratings", "column": "grade", "key": key, "reason": "?"})
    assert found(folder) == []


def test_a_character_that_no_figure_can_show_is_noted_with_its_place_and_its_number(folder):
    names = ["𠮷田町の①㈱髙﨑、葛\U000e0100城市", "つくば🦊の\t町🦊", "二\n行", "外字\ue000"]
    rows = [CONSULTATIONS | {"kpi_id": f"k{n}", "kpi": name} for n, name in enumerate(names)]
    write(folder, "kpis", *rows)
    problems = check(folder)
    assert problems[["kind", "row", "column", "severity"]].to_numpy().tolist() == [
        ["no_glyph", 3, "kpi", "note"],
        ["no_glyph", 5, "kpi", "note"],
    ]
    assert problems["found"].tolist() == ["'🦊' (U+1F98A), U+0009", "U+E000"]


def test_what_was_concluded_needs_no_reason(folder):
    write(folder, "kpis", CONSULTATIONS | {"inferred": "kpi_kind direction"})
    assert found(folder) == []


def test_axes_of_a_rating_stand_alone_but_for_their_program(folder):
    axis = {**PROGRAM, "kpi_id": "", "fiscal_year": 2018, "axis": "必要性", "level": "高", **TRACE}
    write(folder, "rating_axes", axis)
    assert found(folder) == []
    write(folder, "rating_axes", axis | {"program_id": "fair"})
    assert found(folder) == [["unknown_program", 2, "program_id"]]


# Counting


def test_problems_are_counted_by_kind_file_and_column_errors_first(folder):
    rows = [OBSERVATION | {"what": f"参加者{n}", "printed": "57名"} for n in range(3)]
    write(folder, "observations", *rows, OBSERVATION | {"value": "約75"})
    counted = summarize_problems(check(folder))
    columns = ["severity", "kind", "file", "column", "rows", "first_row"]
    assert counted[columns].astype(object).to_numpy().tolist() == [
        ["error", "bad_cell", "observations.csv", "value", 1, 5],
        ["doubt", "printed_differs", "observations.csv", "value", 3, 2],
    ]


def test_nothing_is_counted_where_there_is_no_problem(folder):
    assert summarize_problems(check(folder)).empty


def test_every_kind_has_one_severity_and_stands_in_the_docs(root):
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    assert set(MEANINGS) == set(SEVERITY_OF)
    assert [kind for kind in MEANINGS if f"`{kind}`" not in text] == []


def test_a_folder_whose_tables_are_all_empty_has_no_doubts(tmp_path):
    write_headers(tmp_path, "observations", "instruments")
    write(tmp_path, "sources", SOURCE)
    write(tmp_path, "programs", JOB_FAIR)
    for table, row in (("budgets", BUDGET), ("kpis", CONSULTATIONS), ("ratings", RATING)):
        pd.DataFrame(columns=list(row)).to_csv(tmp_path / f"{table}.csv", index=False)
    assert found(tmp_path) == []
