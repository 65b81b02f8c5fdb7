"""The comparison with a truth file: what counts as right, wrong, missing and more than there is."""

import pytest
from intake.scoring import are_same, compare


def row(value="12", **other):
    base = {
        "table": "kpis",
        "program": "就職面接会",
        "kpi": "相談件数（件）",
        "fiscal_year": "2018",
    }
    return {**base, "field": "actual", "place": "A1", "value": value, **other}


@pytest.mark.parametrize(
    ("left", "right"),
    [("1000", "1000.0"), ("0.943", "0.9430000001"), ("Ｂ＋", "B+"), ("概ね 順調", "概ね順調")],
)
def test_numbers_are_compared_by_value_and_names_without_width(left, right):
    assert are_same(left, right)


def test_another_number_is_another_value():
    assert not are_same("12", "12.5")


def test_a_name_may_keep_or_lose_its_unit_in_brackets():
    found = compare([row(kpi="相談件数")], [row(kpi="相談件数（件）")])
    assert (found.right, found.passes) == (1, True)


def test_a_wrong_figure_is_silent_unless_it_is_a_doubt():
    sure = compare([row()], [row("13", outcome="read")])
    doubted = compare([row()], [row("13", outcome="doubt")])
    assert (len(sure.wrong), len(sure.silent)) == (1, 1)
    assert (len(doubted.wrong), len(doubted.silent), doubted.doubts) == (1, 0, 1)
    assert "should be '12'" in str(sure)


def test_a_figure_of_another_year_is_missing_and_extra():
    found = compare([row()], [row(fiscal_year="2017")])
    assert (found.right, len(found.missing), len(found.extra)) == (0, 1, 1)


def test_only_figures_of_fields_that_the_truth_holds_are_extra():
    more = [row(), row("x", field="actual"), row(field="baseline")]
    assert compare([row()], more).extra == []


def test_a_program_chooses_among_equal_names():
    want = [row("1", program="甲"), row("2", program="乙")]
    assert compare(want, [row("2", program="乙"), row("1", program="甲")]).right == 2


def test_amounts_are_found_by_kind_whatever_the_item():
    money = {"table": "budgets", "kpi": ""}
    want = [
        row("5", field="amount_yen:source:国", **money),
        row("7", field="amount_yen:source:県", **money),
    ]
    have = [
        row("7", field="amount_yen:source:県支出金", **money),
        row("5", field="amount_yen:source:国庫", **money),
    ]
    assert compare(want, have).right == 2


def test_too_many_doubts_are_no_reading():
    want = [row(str(number), kpi=f"指標{number}") for number in range(20)]
    have = [{**line, "outcome": "doubt" if n < 4 else "read"} for n, line in enumerate(want)]
    found = compare(want, have)
    assert (found.right, found.doubts, found.passes) == (20, 4, False)


def test_doubts_without_a_year_do_not_count():
    want = [row(fiscal_year="")]
    assert compare(want, [row(fiscal_year="", outcome="doubt")]).passes
