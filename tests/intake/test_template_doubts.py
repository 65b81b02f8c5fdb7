"""What a person who types may have slipped in, seen beside last year's figures."""

import pytest

from analysis.intake.template import About
from analysis.intake.template_doubts import find_doubts
from analysis.intake.template_names import Filled

CELLS = ("amount_yen", "actual", "value", "end_year", "final_year")


def asked(table, *rows, before=(), last=()):
    """The notes on some rows, each with the number of its row."""
    filled = Filled(About("082201", "つくば市", 2019, 2018))
    filled.rows[table] = [{"program_id": "fair"} | row for row in rows]
    for number in range(len(rows)):
        filled.before[table, number] = before[number] if number < len(before) else {}
        filled.cells[table, number] = {column: f"{column} {number}" for column in CELLS}
    return [(int(fact.place.split()[1]), fact.note) for fact in find_doubts(filled, last)]


def amount(kind, yen, **cells):
    return {"kind": kind, "amount_yen": str(yen)} | cells


@pytest.mark.parametrize(
    ("yen", "is_asked"),
    [
        (9_000, True),  # thousand yen
        (8_571_000_000_000, True),  # yen, with 百万円 chosen above
        (85_710_000, True),
        (857_100, True),
        (85_000_000, False),
        (860_000, False),
    ],
)
def test_an_amount_ten_times_last_years_or_a_tenth_is_asked_about(yen, is_asked):
    found = asked("budgets", amount("total", yen), before=[amount("total", 8_571_000)])
    assert found == ([(0, "far_from_before")] if is_asked else [])


def test_an_amount_of_no_counterpart_is_held_against_the_largest_of_its_program():
    last = [{"program_id": "fair"} | amount("total", 8_571_000)]
    assert asked("budgets", amount("settled", 8_400), last=last) == [(0, "far_from_before")]
    assert asked("budgets", amount("settled", 8_400_000), last=last) == []
    other = [{"program_id": "course"} | amount("total", 8_571_000)]
    assert asked("budgets", amount("settled", 8_400), last=other) == []
    assert asked("budgets", {"amount_yen": "5"}, last=last) == [(0, "far_from_before")]


def test_other_figures_are_held_against_last_years():
    row = {"what": "参加者", "value": "750"}
    assert asked("observations", row, before=[{"value": "75"}]) == [(0, "far_from_before")]
    assert asked("observations", row, before=[{"value": "76"}]) == []


def test_an_account_above_its_budget_is_asked_about():
    rows = [amount("total", 3_000_000), amount("settled", 3_000_001)]
    assert asked("budgets", *rows) == [(1, "above_budget")]
    assert asked("budgets", amount("total", 3_000_000), amount("settled", 3_000_000)) == []
    apart = [amount("total", 1, item="a"), amount("settled", 9, item="b")]
    assert asked("budgets", *apart) == []


def test_a_figure_below_zero_is_asked_about_unless_others_are():
    assert asked("kpis", {"actual": "-5"}) == [(0, "below_zero")]
    assert asked("kpis", {"actual": "-5", "baseline": "-7"}) == []
    assert asked("kpis", {"actual": "-5"}, before=[{"actual": "-1"}]) == []
    assert asked("kpis", {"actual": "0"}) == []
    assert asked("budgets", amount("settled", -100)) == [(0, "below_zero")]


def test_a_program_past_its_last_year_is_asked_about_once():
    assert asked("programs", {"end_year": "2018"}) == [(0, "after_end: 2018")]
    assert asked("programs", {"end_year": "2019"}) == []
    assert asked("kpis", {"final_year": "2018"}) == [(0, "after_final: 2018")]
    assert asked("kpis", {"final_year": "2020"}) == []


def test_actuals_that_are_last_years_one_and_all_are_asked_about():
    rows = [{"actual": "93"}, {"actual": "148"}, {"actual": "16.0"}]
    before = [{"actual": "93"}, {"actual": "148"}, {"actual": "16"}]
    assert asked("kpis", *rows, before=before) == [(0, "all_as_before")]
    assert asked("kpis", *rows, before=[*before[:2], {"actual": "14"}]) == []
    assert asked("kpis", *rows[:2], before=before[:2]) == []
