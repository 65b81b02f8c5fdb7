"""The sheets of a publication as they are drawn."""

from types import SimpleNamespace

from analysis.intake import drawing
from analysis.intake.drawing import draw_sheets, is_too_large, join_facts
from analysis.intake.facts import DOUBT, LEFT_OUT, PROBLEM, READ, Fact
from analysis.intake.grid import Cell, Grid


def grid_of(*rows, name="表", **spans):
    """A sheet of rows of texts; "" is no cell. `spans` are (rows, columns) by address."""
    cells = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            place = f"{chr(65 + column)}{row + 1}"
            if text:
                down, across = spans.get(place, (1, 1))
                cells[row, column] = Cell(text, f"{name}!{place}", row, column, down, across)
    return Grid("a.xlsx", name, cells)


def fact(place, outcome=READ, printed="1", **said):
    return Fact(f"表!{place}", printed, outcome=outcome, **said)


def draw(grid, *facts):
    publication = SimpleNamespace(file="a.xlsx", grids=[grid], contexts=[], facts=list(facts))
    return draw_sheets(publication, join_facts(publication))[0]


def shown(drawn):
    """The texts and states of the rows of the first part, None for an empty place."""
    return [
        (row.number + 1, [cell and (cell.cell.text, cell.state) for cell in row.cells])
        for row in drawn.parts[0].rows
    ]


def test_a_cell_is_what_the_weightiest_of_its_facts_became():
    grid = grid_of(["目標", "実績"], ["1", "2"], ["3", "4"])
    facts = [
        *(fact("A2"), fact("A2", PROBLEM), fact("B2", DOUBT), fact("B2")),
        *(fact("A3", LEFT_OUT), fact("A3", READ), fact("B3", LEFT_OUT)),
    ]
    assert shown(draw(grid, *facts)) == [
        (1, [("目標", "label"), ("実績", "label")]),
        (2, [("1", PROBLEM), ("2", DOUBT)]),
        (3, [("3", READ), ("4", LEFT_OUT)]),
    ]


def test_a_name_without_a_fact_of_its_own_is_a_label_and_any_other_text_is_not():
    grid = grid_of(["相談件数（件）", "何か", "1"])
    found = draw(grid, fact("C1", kpi="相談件数"))
    assert shown(found) == [(1, [("相談件数（件）", "label"), ("何か", ""), ("1", READ)])]


def test_cells_of_one_record_get_their_own_facts_by_column_and_else_by_text():
    cells = [Cell(text, "record 1", 0, column) for column, text in enumerate(("5", "5", "6"))]
    grid = Grid("a.csv", "", {(0, cell.column): cell for cell in cells})
    first, second = (Fact("record 1", "5", column=n, field="x") for n in (0, 1))
    third, lost = Fact("record 1", "6"), Fact("record 9", "7")
    facts = [first, second, third, lost]
    joined = join_facts(SimpleNamespace(grids=[grid], facts=facts))
    assert joined.by_corner == [{(0, 0): [first], (0, 1): [second], (0, 2): [third]}]
    assert joined.without == [lost]


def test_the_same_fact_told_twice_is_one():
    joined = join_facts(SimpleNamespace(grids=[grid_of(["1"])], facts=[fact("A1"), fact("A1")]))
    assert joined.by_corner[0][0, 0] == [fact("A1")]


def test_rows_and_columns_in_which_no_cell_begins_are_not_drawn_and_gaps_are_known():
    grid = grid_of(["表題", "", "", ""], [], ["甲", "", "", "乙"], A1=(1, 4))
    drawn = draw(grid)
    assert drawn.parts[0].letters == ("A", "D")
    rows = drawn.parts[0].rows
    assert [(row.number, row.is_after_gap) for row in rows] == [(0, False), (2, True)]
    assert [(cell.rows, cell.columns) for cell in rows[0].cells] == [(1, 2)]


def test_a_text_alone_in_its_row_runs_on_and_a_figure_does_not():
    grid = grid_of(["表題", "", ""], ["1", "", ""], ["甲", "乙", "丙"])
    first, second, _ = draw(grid, fact("A2")).parts[0].rows
    assert [(cell.columns, cell.is_alone) for cell in first.cells] == [(3, True)]
    assert [cell and cell.columns for cell in second.cells] == [1, None, None]


def test_a_merged_cell_covers_what_it_spans():
    grid = grid_of(["甲", "乙", "丙"], ["", "丁", "戊"], A1=(2, 1))
    rows = draw(grid).parts[0].rows
    assert [len(row.cells) for row in rows] == [3, 2]
    assert rows[0].cells[0].rows == 2


def test_of_a_large_file_only_rows_that_ask_something_are_drawn_under_their_headers(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_CELLS", 9)
    rows = [["事業名", "目標", "実績"], *([f"事業{n}", "1", "2"] for n in range(5))]
    rows[4][0] = ""  # the name of the row above is merged over it
    grid = grid_of(["表題", "", ""], *rows, A5=(2, 1))
    drawn = draw(grid, fact("A1", LEFT_OUT), fact("B4"), fact("C6", PROBLEM))
    assert [number for number, _ in shown(drawn)] == [2, 6]
    assert shown(drawn)[0][1][1] == ("目標", "label")
    assert drawn.left_out == 5


def test_a_merged_cell_that_begins_above_the_rows_drawn_stands_in_the_first_of_them(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_CELLS", 0)
    grid = grid_of(["事業名", "目標"], ["甲", "1"], ["", "2"], ["", "3"], A2=(3, 1))
    drawn = draw(grid, fact("A2"), fact("B2"), fact("B3"), fact("B4", DOUBT))
    assert shown(drawn)[1] == (4, [("甲", READ), ("3", DOUBT)])
    assert drawn.parts[0].rows[1].cells[0].rows == 1


def test_a_file_is_large_by_all_its_cells_or_when_they_lie_far_apart():
    half = Grid("a", "1", {(0, n): Cell("x", f"1!{n}", 0, n) for n in range(2_501)})
    apart = Grid("a", "1", {(n, n): Cell("x", f"1!{n}", n, n) for n in range(200)})
    assert not is_too_large([half])
    assert is_too_large([half, half])
    assert is_too_large([apart])


def test_a_wide_sheet_is_drawn_in_parts_without_columns_that_have_headers_only():
    heads = [f"令和{n}年度" for n in range(2, 42)]
    grid = grid_of(heads, ["1"] * 38)
    letters = [drawing.letter_of(n) for n in range(40)]
    facts = [Fact(cell.place, "1") for (row, _), cell in grid.cells.items() if row == 1]
    drawn = draw(grid, *facts)
    assert drawn.bare == 2
    assert [len(part.letters) for part in drawn.parts] == [13, 12, 13]
    assert [letter for part in drawn.parts for letter in part.letters] == letters[:38]


def test_an_empty_sheet_is_drawn_as_nothing():
    assert draw(Grid("a", "1")).parts == ()
