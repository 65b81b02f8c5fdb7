"""The tables of a sheet, for whoever wants to see what would be read."""

from grids import grid_of

from analysis.intake.find import find_tables

ROWS = [
    ["事業名", "指標", "スタート時", "令和5年度 目標値", "令和5年度 実績値"],
    ["面接会", "件数（件）", "1", "10", "8"],
    ["移住相談", "人数（人）", "2", "20", "推 25"],
]


def test_each_column_is_told_with_what_it_was_understood_as():
    found = find_tables(grid_of(ROWS)).set_index("column")
    assert found["field"].tolist() == ["program", "kpi", "", "target", "actual"]
    assert found["fiscal_year"].dropna().tolist() == [2023, 2023]
    assert found.loc["E", "first"] == "8"
    assert set(found["cells"]) == {2}


def test_two_tables_of_a_sheet_are_counted():
    money = [["事業名", "予算額（千円）", "決算額（千円）"], ["面接会", "100", "90"]]
    found = find_tables(grid_of([*ROWS, ["", ""], *money]))
    assert found["table"].unique().tolist() == [1, 2]


def test_a_sheet_without_tables_gives_no_rows():
    assert find_tables(grid_of([["お知らせ"]])).empty
