"""The pages of one table are one grid: headers once, cut rows whole."""

from dataclasses import replace

import pytest
from grids import grid_of

from analysis.intake.stack import stack_pages

HEAD = ("事業名", "指標", "目標値", "実績値")


def page(*rows, number=1, **said):
    """A page of a paper: places by page and row."""
    grid = grid_of(rows, "a.pdf", str(number), **said)
    cells = {
        at: replace(cell, place=f"page {number} row {cell.row + 1}")
        for at, cell in grid.cells.items()
    }
    return replace(grid, cells=cells)


def show(grid):
    """The texts of a grid, row by row."""
    rows = [["" for _ in range(grid.width)] for _ in range(grid.height)]
    for (row, column), cell in grid.cells.items():
        rows[row][column] = cell.text
    return rows


def test_a_header_that_comes_again_is_dropped():
    [joined] = stack_pages(
        [
            page(HEAD, ("甲", "来場者数", "200", "148")),
            page(HEAD, ("乙", "創業件数", "30", "16"), number=2),
        ]
    )
    assert show(joined) == [
        list(HEAD),
        ["甲", "来場者数", "200", "148"],
        ["乙", "創業件数", "30", "16"],
    ]
    assert joined.cells[2, 3].place == "page 2 row 2"


def test_a_page_of_the_same_columns_goes_on_without_a_header():
    [joined] = stack_pages(
        [
            page(HEAD, ("甲", "来場者数", "200", "148")),
            page(("乙", "創業件数", "30", "16"), number=2),
        ]
    )
    assert show(joined)[2] == ["乙", "創業件数", "30", "16"]


def test_a_row_that_the_page_cuts_is_joined_at_its_first_place():
    [joined] = stack_pages(
        [
            page(HEAD, ("甲", "合同就職面接会の", "200", "148")),
            page(HEAD, ("", "来場者数", "", ""), ("乙", "創業件数", "30", "16"), number=2),
        ]
    )
    assert show(joined)[1] == ["甲", "合同就職面接会の\n来場者数", "200", "148"]
    assert show(joined)[2] == ["乙", "創業件数", "30", "16"]
    assert joined.cells[1, 1].place == "page 1 row 2"


def test_figures_below_a_name_of_the_page_before_are_a_row_of_their_own():
    [joined] = stack_pages(
        [
            page(HEAD, ("甲", "来場者数", "200", "148")),
            page(HEAD, ("", "創業件数", "30", "16"), number=2),
        ]
    )
    assert show(joined)[2] == ["", "創業件数", "30", "16"]


def test_a_table_of_other_columns_is_another_grid():
    pages = [page(HEAD, ("甲", "来場者数", "200", "148")), page(("番号", "備考"), number=2)]
    assert stack_pages(pages) == pages


def test_three_pages_are_one_and_the_text_below_is_that_of_the_last():
    bodies = {n: ("甲", f"指標{n}", "200", "148") for n in (1, 2, 3)}
    [joined] = stack_pages(
        [page(HEAD, body, number=n, after=(f"p. {n}",)) for n, body in bodies.items()]
    )
    assert joined.height == 4
    assert joined.after == ("p. 3",)


def test_sheets_of_a_workbook_stay_apart_however_alike():
    sheets = [grid_of((HEAD, ("甲", "来場者数", "200", "148")), name=name) for name in "AB"]
    assert stack_pages(sheets) == sheets


@pytest.mark.xfail(reason="rows that are equal from the top on are all taken for the header")
def test_a_row_equal_to_the_first_of_the_table_is_no_header():
    body = ("〃", "-", "-", "-")
    [joined] = stack_pages([page(HEAD, body), page(HEAD, body, number=2)])
    assert joined.height == 3
