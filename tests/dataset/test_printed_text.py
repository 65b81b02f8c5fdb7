"""Figures beside their printed texts."""

import pytest
from folders import CONSULTATIONS, OBSERVATION, PROGRAM, RATING, TRACE, amount, found, said, write

from analysis import check

TERM = {**PROGRAM, "term": "融資枠", "kind": "loan", "what": "金額", "unit": "円", **TRACE}


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


def test_a_figure_that_was_corrected_may_differ_from_its_text(folder):
    corrected = CONSULTATIONS | {"actual": 184, "actual_printed": "148"}
    write(folder, "kpis", corrected | {"inferred": "actual"})
    assert "printed_differs" not in {kind for kind, *_ in found(folder)}
    write(folder, "kpis", corrected | {"inferred": "target"})
    assert ["printed_differs", 2, "actual"] in found(folder)
