"""What the columns of a table are, once all of them are seen."""

from grids import sheet_of

from analysis.intake.blocks import find_blocks
from analysis.intake.columns import find_meaning, name_columns, settle_year
from analysis.intake.context import Context


def find(*rows, year=None, given=False, **said):
    """The meaning of the columns of a table."""
    sheet = sheet_of(rows, **said)
    [block] = find_blocks(sheet)
    name_columns(sheet, block)
    return find_meaning(sheet, block, Context(year=year, given=given))


def fields(*rows, **said):
    return [label.field for _, label in sorted(find(*rows, **said).labels.items())]


def test_of_several_columns_of_programs_the_one_called_so_is_the_program():
    head = ("施策名", "事業名", "実績値")
    assert fields(head, ("雇用の創出", "就職面接会", "148")) == [
        "policy_group",
        "program",
        "actual",
    ]


def test_a_present_value_beside_actuals_is_the_baseline_and_beside_a_baseline_the_actual():
    row = ("相談件数", "120", "148")
    assert fields(("指標", "現状値", "実績値"), row) == ["kpi", "baseline", "actual"]
    assert fields(("指標", "基準値", "現状値"), row) == ["kpi", "baseline", "actual"]


def test_years_alone_are_actuals_where_other_columns_are_figures_of_kpis():
    head = ("指標", "H29", "H30", "目標値（R2）")
    found = find(head, ("相談件数", "140", "148", "200"))
    assert [label.field for _, label in sorted(found.labels.items())] == [
        "kpi",
        "actual",
        "actual",
        "target",
    ]
    assert (found.actual_years, found.target_years) == ({2017, 2018}, {2020})


def test_a_column_that_says_activity_or_outcome_is_the_kind_of_the_kpis_beside_it():
    head = ("事業名", "指標", "", "実績値")
    rows = (("甲", "活動指標", "開催回数", "12"), ("", "成果指標", "来場者数", "148"))
    found = fields(head, *rows, spans={"B1": (1, 2)})
    assert found == ["program", "kind_of_kpi", "kpi", "actual"]


def test_a_column_of_units_below_the_header_of_names_is_one():
    head = ("指標", "", "実績値")
    assert fields(head, ("来場者数", "人", "148"), spans={"A1": (1, 2)}) == [
        "kpi",
        "unit",
        "actual",
    ]


def test_amounts_beside_their_sum_are_parts_of_it():
    head = ("事業名", "当初予算額（国費）", "当初予算額（合計）")
    assert fields(head, ("甲", "10", "20")) == ["program", "sum", "amount"]


def test_two_columns_of_actuals_of_no_year_are_unclear():
    found = find(("指標", "実績値", "実績値"), ("相談件数", "140", "148"))
    assert [label.unclear for _, label in sorted(found.labels.items())] == [False, True, True]


def test_columns_of_two_years_are_clear():
    found = find(("指標", "H29実績値", "H30実績値"), ("相談件数", "140", "148"))
    assert not any(label.unclear for label in found.labels.values())


def test_the_year_is_that_of_the_last_actuals_unless_it_is_given():
    rows = (("指標", "H28実績値", "H29実績値"), ("相談件数", "140", "148"))
    assert find(*rows, year=2018).year == 2017
    assert find(*rows, year=2018, given=True).year == 2018
    assert find(*rows).year == 2017


def test_a_sheet_named_after_the_next_year_is_of_its_last_actuals():
    sheet = sheet_of((("指標", "H28実績値", "H29実績値"), ("相談件数", "140", "148")))
    context = Context(year=2018)
    settle_year(sheet, find_blocks(sheet), context)
    assert context.year == 2017
