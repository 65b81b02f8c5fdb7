"""Columns are found as a profile names them; what is not there, or is there twice, is told."""

import pytest
from grids import grid_of

from analysis import DataError
from analysis.intake.layout import find_column, find_layout, find_published
from analysis.intake.profiles import Block, Column, Table

ROWS = [
    ["事業名", "指標\n名", "実績", "国庫支出金", "実績", "国庫支出金", "2020"],
    ["面接会", "件数", "1", "2", "3", "4", "5"],
]
BLOCKS = (
    Block("C:D", 2020, "actual", "settled", concluded=True),
    Block("E:F", 2021, "target", "planned", "planned"),
)


def table(*, blocks=BLOCKS, **columns):
    return Table(columns={name: Column(**rule) for name, rule in columns.items()}, blocks=blocks)


def test_a_column_is_found_by_header_letter_or_pattern():
    headers = {cell.column: cell for cell in grid_of(ROWS).cells.values() if cell.row == 0}
    assert find_column("指標 名", headers) == 1
    assert find_column("C", headers) == 2
    assert find_column("20??", headers) == 6
    assert find_column("目標", headers) is None


def test_a_block_says_the_year_of_its_columns_and_what_they_leave_open():
    found = find_layout(
        grid_of(ROWS),
        table(
            事業名={"field": "program"},
            B={"field": "kpi"},
            実績={},
            国庫支出金={"field": "amount", "kind": "source"},
        ),
    )
    said = {n: (label.field, label.kind, label.year) for n, label in found.labels.items()}
    assert said[2] == ("actual", "", 2020)
    assert said[4] == ("target", "", 2021)
    assert said[3] == ("amount", "source", 2020)
    assert found.labels[5].status == "planned"
    assert found.concluded == {2, 3}
    assert found.kpi_of[2] == 1


def test_a_header_that_is_a_year_says_it():
    found = find_layout(grid_of(ROWS), table(**{"20??": {"field": "actual"}}))
    assert found.labels[6].year == 2020


def test_all_columns_that_are_not_there_are_told_with_what_they_may_be():
    with pytest.raises(DataError) as caught:
        find_layout(grid_of(ROWS), table(事業={"field": "program"}, 成果={"field": "kpi"}))
    first, second = str(caught.value).splitlines()
    assert "no column '事業'" in first
    assert "Did you mean '事業名'?" in first
    assert "no column '成果'" in second


def test_columns_of_figures_that_nothing_tells_apart_are_refused():
    rule = {"実績": {"field": "actual"}, "事業名": {"field": "program"}}
    with pytest.raises(DataError, match=r"columns C, E \('実績'\) are the same"):
        find_layout(grid_of(ROWS), table(blocks=(), **rule))


def test_what_is_published_in_a_year_gives_the_results_of_the_year_before():
    grid = grid_of([["公開年度", "事業名"], ["2020", "面接会"]])
    assert find_published(grid, Table(published_in="公開年度")) == 2019
    assert find_published(grid, Table()) is None


def test_columns_of_which_nothing_says_what_they_are_are_refused():
    with pytest.raises(DataError, match=r"nothing says what columns C \('実績'\), E"):
        find_layout(grid_of(ROWS), table(blocks=(), 実績={}))


def test_blocks_that_overlap_are_refused():
    blocks = (BLOCKS[0], Block("D:F", 2021, "actual"))
    with pytest.raises(DataError, match="block D:F overlaps with C:D"):
        find_layout(grid_of(ROWS), table(blocks=blocks, 実績={}))


def test_a_header_that_stands_in_blocks_and_outside_them_is_refused():
    with pytest.raises(DataError, match="'国庫支出金' stands in blocks, and in column F"):
        find_layout(
            grid_of(ROWS),
            table(blocks=BLOCKS[:1], 国庫支出金={"field": "amount", "kind": "source"}),
        )


def test_figures_of_a_column_that_is_no_kpi_are_refused():
    with pytest.raises(DataError, match="does not call a kpi"):
        find_layout(grid_of(ROWS), table(事業名={"field": "program"}, 実績={"kpi": "事業名"}))


def test_a_letter_beyond_the_sheet_is_not_there():
    with pytest.raises(DataError, match="no column 'AZ'"):
        find_layout(grid_of(ROWS), table(AZ={"field": "program"}))
